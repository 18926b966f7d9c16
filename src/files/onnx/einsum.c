/* SPDX-License-Identifier: GPL-3.0-or-later */
/* einsum.c: sums of products as Einstein wrote them, “bhid,bhjd->bhij”: each becomes a matrix product between
 * layers that only move numbers */
#include "config.h"

#include "files/onnx/equation.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_OPERANDS 2

/* An array with a letter for each of its axes. */
typedef struct
{
  LrpLetters letters;
  LrpShape shape;
  guint layer;
  const LrpTensor *constant; /* instead of the layer */
} Operand;

/* Each axis of the operands by where else its letter is. */
typedef struct
{
  LrpLetters both;              /* in both operands and in the result: one product for each place there */
  LrpLetters inner;             /* in both operands, not in the result: summed over */
  LrpLetters own[MAX_OPERANDS]; /* in one operand and in the result */
} Axes;

/* How long the axis of that letter is; 0 if there is none. */
static gint64
extent (const Operand *x, char letter)
{
  const char *at = strchr (x->letters, letter);

  return at ? x->shape.dims[at - x->letters] : 0;
}

/* Whether the result has no axis of its own, and the inputs agree about those of both. */
static gboolean
check_axes (const LrpOnnxNode *node, const Operand *x, guint n, const char *result, GError **error)
{
  for (const char *at = result; *at; at++)
    if (!strchr (x[0].letters, *at) && !strchr (x[n - 1].letters, *at))
      return lrp_onnx_fail_equation (node, error);
  for (const char *at = x[0].letters; *at; at++)
    if (strchr (x[n - 1].letters, *at) && extent (&x[0], *at) != extent (&x[n - 1], *at))
      return lrp_onnx_fail (node, LRP_ERROR_SHAPE, error, _("axis “%c” is not as long in one input as in the other"),
                            *at);
  return TRUE;
}

/* Puts the axes in another order. */
static gboolean
arrange (LrpOnnxImport *import, const LrpOnnxNode *node, Operand *x, const char *order, GError **error)
{
  LrpLayer *layer;
  Operand before = *x;

  if (g_str_equal (x->letters, order))
    return TRUE;
  layer = lrp_layer_new (LRP_OP_TRANSPOSE, node->name);
  for (guint i = 0; i < x->shape.rank; i++)
    {
      layer->perm[i] = (guint) (strchr (before.letters, order[i]) - before.letters);
      x->shape.dims[i] = before.shape.dims[layer->perm[i]];
    }
  g_strlcpy (x->letters, order, sizeof x->letters);
  return lrp_onnx_push (import, layer, &x->layer, error);
}

static gboolean
reshape (LrpOnnxImport *import, const LrpOnnxNode *node, const LrpShape *shape, guint *in, GError **error)
{
  if (lrp_shape_equal (&lrp_network_get_layer (import->network, *in)->shape, shape))
    return TRUE;
  return lrp_onnx_push (import, lrp_onnx_reshape_layer (import, node->name, shape, *in), in, error);
}

/* Sums over the axes that neither the other operand nor the result has. */
static gboolean
sum_away (LrpOnnxImport *import, const LrpOnnxNode *node, Operand *x, const char *other, const char *result,
          GError **error)
{
  LrpLayer *layer;
  Operand before = *x;
  guint axes = 0, kept = 0;

  for (guint i = 0; i < before.shape.rank; i++)
    if (strchr (other, before.letters[i]) || strchr (result, before.letters[i]))
      {
        x->letters[kept] = before.letters[i];
        x->shape.dims[kept++] = before.shape.dims[i];
      }
    else
      axes |= 1u << i;
  x->letters[kept] = '\0';
  x->shape.rank = kept;
  if (axes == 0)
    return TRUE;
  if (x->constant)
    return lrp_onnx_fail (node, LRP_ERROR_UNSUPPORTED, error,
                          _("it sums over an axis that only a constant has; this is not supported"));
  layer = lrp_layer_new (LRP_OP_REDUCE_SUM, node->name);
  layer->reduce.axes = axes;
  return lrp_onnx_push (import, layer, &x->layer, error);
}

/* Checks that samples stay apart: both sides have them on the same axis, and that is not summed over. */
static gboolean
check_samples (const LrpOnnxImport *import, const LrpOnnxNode *node, const Operand *x, guint n, const char *result,
               GError **error)
{
  char samples[MAX_OPERANDS] = { 0 };
  gboolean apart = TRUE;

  for (guint i = 0; i < n; i++)
    {
      int axis = x[i].constant ? -1 : lrp_layer_batch_axis (lrp_network_get_layer (import->network, x[i].layer));
      samples[i] = axis >= 0 ? x[i].letters[axis] : '\0';
      apart = apart && (!samples[i] || strchr (result, samples[i]));
    }
  if (!apart || (samples[0] && samples[1] && samples[0] != samples[1]))
    return lrp_onnx_fail (node, LRP_ERROR_UNSUPPORTED, error, _("it mixes samples of a batch; this is not supported"));
  return TRUE;
}

static void
sort_axes (const Operand *x, const char *result, Axes *axes)
{
  for (const char *at = result; *at; at++)
    {
      gboolean first = strchr (x[0].letters, *at) != NULL, second = strchr (x[1].letters, *at) != NULL;
      lrp_letters_append (first && second ? axes->both : axes->own[second], *at);
    }
  for (const char *at = x[0].letters; *at; at++)
    if (strchr (x[1].letters, *at) && !strchr (result, *at))
      lrp_letters_append (axes->inner, *at);
}

/* How many numbers the axes take together. */
static gint64
count (const Operand *x, const char *letters)
{
  gint64 n = 1;

  for (; *letters; letters++)
    n *= extent (x, *letters);
  return n;
}

/* The shape with one axis for each of `letters`, and then others. */
static LrpShape
shape_of (const Operand *x, const char *letters, const gint64 *more, guint n_more)
{
  LrpShape shape = { 0 };

  for (; *letters; letters++)
    shape.dims[shape.rank++] = extent (x, *letters);
  for (guint i = 0; i < n_more; i++)
    shape.dims[shape.rank++] = more[i];
  return shape;
}

/* Puts the axes of the product into the order of the result. */
static gboolean
finish (LrpOnnxImport *import, const LrpOnnxNode *node, Operand *x, const char *result, GError **error)
{
  if (!arrange (import, node, x, result, error))
    return FALSE;
  node->outputs[0]->layer = (int) x->layer;
  return TRUE;
}

/* The axes of the product one by one again: z [both, own 0, own 1]. */
static gboolean
unfold (LrpOnnxImport *import, const LrpOnnxNode *node, const Operand *x, const Axes *axes, guint layer,
        const char *result, GError **error)
{
  Operand z = { .layer = layer };

  for (guint part = 0; part < 3; part++)
    for (const char *at = part == 0 ? axes->both : axes->own[part - 1]; *at; at++)
      {
        z.shape.dims[z.shape.rank++] = extent (&x[part == 2 ? 1 : 0], *at);
        lrp_letters_append (z.letters, *at);
      }
  return reshape (import, node, &z.shape, &z.layer, error) && finish (import, node, &z, result, error);
}

/* x [own 0, inner] times a constant [inner, own 1]: a dense layer. */
static gboolean
multiply_constant (LrpOnnxImport *import, const LrpOnnxNode *node, Operand *x, const Axes *axes, const char *result,
                   GError **error)
{
  g_autofree char *left = g_strconcat (axes->own[0], axes->inner, NULL);
  g_autofree char *right = g_strconcat (axes->own[1], axes->inner, NULL);
  const gint64 inner = count (&x[0], axes->inner), outputs = count (&x[1], axes->own[1]);
  LrpShape merged = shape_of (&x[0], axes->own[0], &inner, 1);
  g_autoptr (LrpLayer) layer = lrp_layer_new (LRP_OP_DENSE, node->name);
  g_autoptr (LrpConstant) turned = NULL;
  guint perm[LRP_MAX_RANK];

  if (*axes->both || !*axes->inner)
    return lrp_onnx_fail (node, LRP_ERROR_UNSUPPORTED, error,
                          _("a product with a constant that is no matrix product is not supported"));
  for (guint i = 0; right[i]; i++)
    perm[i] = (guint) (strchr (x[1].letters, right[i]) - x[1].letters);
  turned = lrp_constant_transpose (node->inputs[x[1].layer]->constant, perm, error);
  if (!turned || !(layer->weights = lrp_tensor_new_copy (&LRP_SHAPE (outputs, inner), turned->floats->data, error)))
    return FALSE;
  return arrange (import, node, &x[0], left, error) && reshape (import, node, &merged, &x[0].layer, error)
         && lrp_onnx_push (import, g_steal_pointer (&layer), &x[0].layer, error)
         && unfold (import, node, x, axes, x[0].layer, result, error);
}

/* x [both, own 0, inner] times y [both, inner, own 1]. */
static gboolean
multiply (LrpOnnxImport *import, const LrpOnnxNode *node, Operand *x, const Axes *axes, const char *result,
          GError **error)
{
  g_autofree char *left = g_strconcat (axes->both, axes->own[0], axes->inner, NULL);
  g_autofree char *right = g_strconcat (axes->both, axes->inner, axes->own[1], NULL);
  const gint64 m = count (&x[0], axes->own[0]), k = count (&x[0], axes->inner), n = count (&x[1], axes->own[1]);
  LrpShape a, b;
  guint in[MAX_OPERANDS], product;

  if (strlen (axes->both) + 2 > LRP_MAX_RANK)
    return lrp_onnx_fail (node, LRP_ERROR_SHAPE, error, _("the result has more than %d dimensions"), LRP_MAX_RANK);
  a = shape_of (&x[0], axes->both, (const gint64[]){ m, k }, 2);
  b = shape_of (&x[1], axes->both, (const gint64[]){ k, n }, 2);
  if (!arrange (import, node, &x[0], left, error) || !reshape (import, node, &a, &x[0].layer, error)
      || !arrange (import, node, &x[1], right, error) || !reshape (import, node, &b, &x[1].layer, error))
    return FALSE;
  in[0] = x[0].layer;
  in[1] = x[1].layer;
  return lrp_onnx_push_many (import, lrp_layer_new (LRP_OP_MATMUL, node->name), in, 2, &product, error)
         && unfold (import, node, x, axes, product, result, error);
}

/* The inputs. For a constant, its place among the inputs stands where the layer would. */
static gboolean
read_operand (const LrpOnnxImport *import, const LrpOnnxNode *node, guint i, Operand *x, GError **error)
{
  *x = (Operand){ .layer = i };
  if (!lrp_onnx_is_constant (node, i))
    {
      x->shape = *lrp_onnx_get_shape (import, node, i);
      return lrp_onnx_get_layer (node, i, &x->layer, error);
    }
  if (!(x->constant = lrp_onnx_get_floats (node, i, error)))
    return FALSE;
  x->shape = x->constant->shape;
  return TRUE;
}

/* All letters of constants, and for each how far on the next element is in every constant and, last, in the result. */
typedef struct
{
  guint n;
  gint64 length[MAX_OPERANDS * LRP_MAX_RANK], stride[MAX_OPERANDS + 1][MAX_OPERANDS * LRP_MAX_RANK];
} Loops;

static gint64
stride_of (const LrpShape *shape, const char *letters, char letter)
{
  const char *at = strchr (letters, letter);
  gint64 stride = 1;

  for (guint i = shape->rank; at && i-- > (guint) (at - letters) + 1;)
    stride *= shape->dims[i];
  return at ? stride : 0;
}

/* Returns how many products there are, at most all that can be counted. */
static gsize
collect_loops (const Operand *x, guint n, const char *result, Loops *loops, LrpShape *shape)
{
  gsize total = 1;

  for (const char *at = result; *at; at++)
    shape->dims[shape->rank++] = MAX (extent (&x[0], *at), extent (&x[n - 1], *at));
  for (guint i = 0; i < n; i++)
    for (const char *at = x[i].letters; *at; at++)
      {
        if (i > 0 && strchr (x[0].letters, *at))
          continue;
        loops->length[loops->n] = extent (&x[i], *at);
        for (guint k = 0; k < n; k++)
          loops->stride[k][loops->n] = stride_of (&x[k].shape, x[k].letters, *at);
        loops->stride[MAX_OPERANDS][loops->n] = stride_of (shape, result, *at);
        if (!g_size_checked_mul (&total, total, (gsize) loops->length[loops->n++]))
          return G_MAXSIZE;
      }
  return total;
}

/* Steps to the next place of all letters. */
static void
advance (const Loops *loops, gint64 *places, gint64 *at)
{
  for (guint i = loops->n; i-- > 0;)
    {
      gboolean wraps = ++places[i] == loops->length[i];
      for (guint k = 0; k < MAX_OPERANDS + 1; k++)
        at[k] += loops->stride[k][i] * (wraps ? 1 - loops->length[i] : 1);
      if (!wraps)
        break;
      places[i] = 0;
    }
}

/* Adds up the products of constants, one by one. */
static gboolean
fold (const LrpOnnxNode *node, const Operand *x, guint n, const char *result, GError **error)
{
  gint64 places[MAX_OPERANDS * LRP_MAX_RANK] = { 0 }, at[MAX_OPERANDS + 1] = { 0 };
  g_autoptr (LrpConstant) out = NULL;
  LrpShape shape = { 0 };
  Loops loops = { 0 };
  gsize total = collect_loops (x, n, result, &loops, &shape);

  if (total > LRP_ONNX_MAX_MACS)
    return lrp_onnx_fail (node, LRP_ERROR_MEMORY, error, _("computing it from constants would take too much"));
  out = lrp_constant_new_zeros (&shape, TRUE, error);
  for (gsize i = 0; out && i < total; i++, advance (&loops, places, at))
    out->floats->data[at[MAX_OPERANDS]] += x[0].constant->data[at[0]] * (n > 1 ? x[1].constant->data[at[1]] : 1);
  return lrp_onnx_finish_constant (node, g_steal_pointer (&out));
}

/* The order of the two does not matter, and a constant goes last. */
static gboolean
contract (LrpOnnxImport *import, const LrpOnnxNode *node, Operand *x, guint n, const char *result, GError **error)
{
  Axes axes = { 0 };
  Operand first = x[0];

  if (!check_samples (import, node, x, n, result, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!sum_away (import, node, &x[i], n > 1 ? x[1 - i].letters : "", result, error))
      return FALSE;
  if (n == 1)
    return finish (import, node, x, result, error);
  first = x[0];
  if (first.constant)
    {
      x[0] = x[1];
      x[1] = first;
    }
  sort_axes (x, result, &axes);
  return x[1].constant ? multiply_constant (import, node, x, &axes, result, error)
                       : multiply (import, node, x, &axes, result, error);
}

/**
 * lrp_onnx_einsum:
 * @import: the network so far
 * @op: the operator's row
 * @node: an Einsum of one or two inputs
 * @error: return location for an error
 *
 * Returns: whether the node became layers or a constant
 */
gboolean
lrp_onnx_einsum (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  const LrpAttributeProto *attribute = lrp_onnx_attribute (node, "equation");
  g_autofree char *equation = attribute ? g_strndup ((const char *) attribute->s.data, attribute->s.size) : NULL;
  LrpLetters terms[MAX_OPERANDS] = { "" }, result = "";
  guint ranks[MAX_OPERANDS] = { 0 };
  Operand x[MAX_OPERANDS];

  if (!equation)
    return lrp_onnx_fail (node, LRP_ERROR_DAMAGED, error, _("“equation” is missing"));
  if (node->n_inputs > MAX_OPERANDS)
    return lrp_onnx_fail (node, LRP_ERROR_UNSUPPORTED, error,
                          _("a product of %u inputs is not supported, only of two"), node->n_inputs);
  for (guint i = 0; i < node->n_inputs; i++)
    {
      if (!read_operand (import, node, i, &x[i], error))
        return FALSE;
      ranks[i] = x[i].shape.rank;
    }
  if (!lrp_onnx_read_equation (node, equation, ranks, terms, result, error))
    return FALSE;
  for (guint i = 0; i < node->n_inputs; i++)
    g_strlcpy (x[i].letters, terms[i], sizeof x[i].letters);
  if (!check_axes (node, x, node->n_inputs, result, error))
    return FALSE;
  return lrp_onnx_all_constant (node) ? fold (node, x, node->n_inputs, result, error)
                                      : contract (import, node, x, node->n_inputs, result, error);
}
