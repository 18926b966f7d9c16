/* SPDX-License-Identifier: GPL-3.0-or-later */
/* onnx-arith.c: what files compute from shapes and constants, carried out while a network is read */
#include "config.h"

#include "files/onnx-op.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

/* --- arithmetic ---------------------------------------------------------------------------------------------------- */

/* FALSE where there is no result. */
static gboolean add_ints (gint64 a, gint64 b, gint64 *out) { return !__builtin_add_overflow (a, b, out); }
static gboolean sub_ints (gint64 a, gint64 b, gint64 *out) { return !__builtin_sub_overflow (a, b, out); }
static gboolean mul_ints (gint64 a, gint64 b, gint64 *out) { return !__builtin_mul_overflow (a, b, out); }
static gboolean equal_ints (gint64 a, gint64 b, gint64 *out) { *out = a == b; return TRUE; }
static gboolean less_ints (gint64 a, gint64 b, gint64 *out) { *out = a < b; return TRUE; }
static gboolean greater_ints (gint64 a, gint64 b, gint64 *out) { *out = a > b; return TRUE; }

static gboolean
div_ints (gint64 a, gint64 b, gint64 *out)
{
  gboolean defined = b != 0 && !(a == G_MININT64 && b == -1);

  *out = defined ? a / b : 0;
  return defined;
}

static float add_floats (float a, float b) { return a + b; }
static float sub_floats (float a, float b) { return a - b; }
static float mul_floats (float a, float b) { return a * b; }
static float div_floats (float a, float b) { return a / b; }
static float equal_floats (float a, float b) { return a == b; }
static float less_floats (float a, float b) { return a < b; }
static float greater_floats (float a, float b) { return a > b; }
static float negative_float (float a) { return -a; }

static gboolean negative_int (gint64 a, gint64 *out) { return !__builtin_sub_overflow (0, a, out); }
static gboolean same_int (gint64 a, gint64 *out) { *out = a; return TRUE; }

typedef struct
{
  const char *op;
  gboolean (*ints) (gint64 a, gint64 b, gint64 *out);
  float (*floats) (float a, float b);
  gboolean truth; /* the result is whole: 0 or 1 */
} Binary;

static const Binary binaries[] = {
  { "Add", add_ints, add_floats },
  { "Sum", add_ints, add_floats },
  { "Sub", sub_ints, sub_floats },
  { "Mul", mul_ints, mul_floats },
  { "Div", div_ints, div_floats },
  { "Equal", equal_ints, equal_floats, TRUE },
  { "Less", less_ints, less_floats, TRUE },
  { "Greater", greater_ints, greater_floats, TRUE },
};

static const struct
{
  const char *op;
  gboolean (*ints) (gint64 a, gint64 *out);
  float (*floats) (float a);
} unaries[] = {
  { "Neg", negative_int, negative_float },
  { "Floor", same_int, floorf },
  { "Ceil", same_int, ceilf },
};

/* The shape in which two constants meet. */
static gboolean
common_shape (const LrpOnnxNode *node, const LrpShape *a, const LrpShape *b, LrpShape *out, GError **error)
{
  *out = a->rank > b->rank ? *a : *b;
  for (guint i = 0; i < MIN (a->rank, b->rank); i++)
    {
      gint64 x = a->dims[a->rank - 1 - i], y = b->dims[b->rank - 1 - i];
      if (x != y && x != 1 && y != 1)
        {
          g_autofree char *s = lrp_shape_to_string (a), *t = lrp_shape_to_string (b);
          return lrp_onnx_fail (node, LRP_ERROR_SHAPE, error, _("constants of shape %s and %s do not fit"), s, t);
        }
      out->dims[out->rank - 1 - i] = x == 1 ? y : x;
    }
  return TRUE;
}

static LrpConstant *
apply (const LrpOnnxNode *node, const Binary *row, const LrpConstant *a, const LrpConstant *b, const LrpShape *shape, GError **error)
{
  g_autoptr (LrpConstant) x = lrp_constant_broadcast (a, shape, error);
  g_autoptr (LrpConstant) y = x ? lrp_constant_broadcast (b, shape, error) : NULL;
  g_autoptr (LrpConstant) out = y ? lrp_constant_new_zeros (shape, a->floats && !row->truth, error) : NULL;
  gboolean defined = TRUE;

  for (gsize i = 0; out && i < out->count && a->ints; i++)
    defined = row->ints (x->ints[i], y->ints[i], &out->ints[i]) && defined;
  for (gsize i = 0; out && i < out->count && a->floats && !row->truth; i++)
    out->floats->data[i] = row->floats (x->floats->data[i], y->floats->data[i]);
  for (gsize i = 0; out && i < out->count && a->floats && row->truth; i++)
    out->ints[i] = row->floats (x->floats->data[i], y->floats->data[i]) != 0;
  if (!defined)
    {
      lrp_onnx_fail (node, LRP_ERROR_RANGE, error, _("a whole number is divided by zero or grows too large"));
      return NULL;
    }
  return g_steal_pointer (&out);
}

static LrpConstant *
fold_two (const LrpOnnxNode *node, const Binary *row, const LrpConstant *a, const LrpConstant *b, GError **error)
{
  LrpShape shape;

  if (a->count > 0 && b->count > 0 && !a->floats != !b->floats)
    {
      lrp_onnx_fail (node, LRP_ERROR_DAMAGED, error, _("real and whole numbers are mixed"));
      return NULL;
    }
  return common_shape (node, &a->shape, &b->shape, &shape, error) ? apply (node, row, a, b, &shape, error) : NULL;
}

/**
 * lrp_onnx_fold:
 * @node: a node all of whose inputs are constants: an operation between two, or any number of them
 * @error: return location for an error
 *
 * Returns: whether the node became a constant
 */
gboolean
lrp_onnx_fold (const LrpOnnxNode *node, GError **error)
{
  const Binary *row = NULL;
  g_autoptr (LrpConstant) result = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (binaries) && !row; i++)
    row = g_str_equal (node->op, binaries[i].op) ? &binaries[i] : NULL;
  g_assert (row);
  for (guint i = 0; i < node->n_inputs; i++)
    {
      const LrpConstant *constant = lrp_onnx_get_constant (node, i, error);
      LrpConstant *next;
      if (!constant)
        return FALSE;
      next = result ? fold_two (node, row, result, constant, error) : lrp_constant_ref ((LrpConstant *) constant);
      lrp_constant_unref (result);
      result = next;
      if (!result)
        return FALSE;
    }
  return lrp_onnx_finish_constant (node, g_steal_pointer (&result));
}

/**
 * lrp_onnx_compare:
 * @import: the network so far
 * @op: the operator's row
 * @node: an Equal, Less or Greater of constants
 * @error: return location for an error
 *
 * Returns: whether the node became a constant
 */
gboolean
lrp_onnx_compare (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  return lrp_onnx_fold (node, error);
}

/**
 * lrp_onnx_unary:
 * @import: the network so far
 * @op: the operator's row
 * @node: a Neg, Floor or Ceil of a constant; or a Neg of activations
 * @error: return location for an error
 *
 * Returns: whether the node became a layer or a constant
 */
gboolean
lrp_onnx_unary (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  const LrpConstant *x;
  g_autoptr (LrpConstant) out = NULL;
  gboolean defined = TRUE;
  guint row = 0, in;

  if (!lrp_onnx_is_constant (node, 0) && op->kind == LRP_OP_SCALE)
    {
      g_autoptr (LrpLayer) layer = lrp_layer_new (LRP_OP_SCALE, node->name);
      layer->weights = lrp_tensor_new_copy (&LRP_SHAPE (1), (const float[]) { -1 }, error);
      return layer->weights && lrp_onnx_get_layer (node, 0, &in, error)
             && lrp_onnx_finish (import, node, g_steal_pointer (&layer), in, error);
    }
  while (!g_str_equal (unaries[row].op, op->type))
    row++;
  if (!(x = lrp_onnx_get_constant (node, 0, error))
      || !(out = lrp_constant_new_zeros (&x->shape, x->floats != NULL, error)))
    return FALSE;
  for (gsize i = 0; i < out->count; i++)
    if (x->floats)
      out->floats->data[i] = unaries[row].floats (x->floats->data[i]);
    else
      defined = unaries[row].ints (x->ints[i], &out->ints[i]) && defined;
  if (!defined)
    return lrp_onnx_fail (node, LRP_ERROR_RANGE, error, _("a whole number is divided by zero or grows too large"));
  return lrp_onnx_finish_constant (node, g_steal_pointer (&out));
}

/**
 * lrp_onnx_where:
 * @import: the network so far
 * @op: the operator's row
 * @node: a Where: a choice between constants
 * @error: return location for an error
 *
 * Returns: whether the node became a constant
 */
gboolean
lrp_onnx_where (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  const LrpConstant *in[3];
  g_autoptr (LrpConstant) which = NULL, a = NULL, b = NULL;
  LrpShape shape;

  for (guint i = 0; i < 3; i++)
    if (!(in[i] = lrp_onnx_get_constant (node, i, error)))
      return FALSE;
  if (in[0]->floats || !in[1]->floats != !in[2]->floats)
    return lrp_onnx_fail (node, LRP_ERROR_DAMAGED, error, _("real and whole numbers are mixed"));
  if (!common_shape (node, &in[1]->shape, &in[2]->shape, &shape, error)
      || !common_shape (node, &in[0]->shape, &shape, &shape, error)
      || !(which = lrp_constant_broadcast (in[0], &shape, error)) || !(a = lrp_constant_broadcast (in[1], &shape, error))
      || !(b = lrp_constant_broadcast (in[2], &shape, error)))
    return FALSE;
  for (gsize i = 0; i < a->count; i++)
    if (!which->ints[i] && a->floats)
      a->floats->data[i] = b->floats->data[i];
    else if (!which->ints[i])
      a->ints[i] = b->ints[i];
  return lrp_onnx_finish_constant (node, g_steal_pointer (&a));
}

/* --- shapes -------------------------------------------------------------------------------------------------------- */

/**
 * lrp_onnx_shape:
 * @import: the network so far
 * @op: the operator's row
 * @node: a Shape, of activations too: it is known, for the batch that the file declares
 * @error: return location for an error
 *
 * Returns: whether the node became a constant
 */
gboolean
lrp_onnx_shape (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  const LrpConstant *constant = NULL;
  const LrpShape *shape;
  gint64 begin, end;
  guint in;

  if (lrp_onnx_is_constant (node, 0) ? !(constant = lrp_onnx_get_constant (node, 0, error))
                                     : !lrp_onnx_get_layer (node, 0, &in, error))
    return FALSE;
  shape = constant ? &constant->shape : lrp_onnx_get_shape (import, node, 0);
  begin = lrp_onnx_int (node, "start", 0);
  end = lrp_onnx_int (node, "end", shape->rank);
  begin = CLAMP (begin < 0 ? begin + shape->rank : begin, 0, (gint64) shape->rank);
  end = CLAMP (end < 0 ? end + shape->rank : end, begin, (gint64) shape->rank);
  return lrp_onnx_finish_constant (node, lrp_constant_new_ints (&LRP_SHAPE (end - begin), shape->dims + begin, error));
}

/* A shape that a constant holds. */
static gboolean
read_shape (const LrpOnnxNode *node, guint i, LrpShape *shape, GError **error)
{
  return lrp_onnx_get_ints (node, i, shape->dims, LRP_MAX_RANK, &shape->rank, error);
}

/**
 * lrp_onnx_expand:
 * @import: the network so far
 * @op: the operator's row
 * @node: an Expand of a constant; or of activations that have that shape already
 * @error: return location for an error
 *
 * Returns: whether the node became a constant or a layer
 */
gboolean
lrp_onnx_expand (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  const LrpConstant *constant;
  LrpShape target = { 0 }, shape;

  if (!read_shape (node, 1, &target, error))
    return FALSE;
  if (lrp_onnx_is_constant (node, 0))
    return (constant = lrp_onnx_get_constant (node, 0, error))
           && common_shape (node, &constant->shape, &target, &shape, error)
           && lrp_onnx_finish_constant (node, lrp_constant_broadcast (constant, &shape, error));
  if (!common_shape (node, lrp_onnx_get_shape (import, node, 0), &target, &shape, error))
    return FALSE;
  if (!lrp_shape_equal (&shape, lrp_onnx_get_shape (import, node, 0)))
    return lrp_onnx_fail (node, LRP_ERROR_UNSUPPORTED, error, _("it repeats activations; this is not supported"));
  return lrp_onnx_identity (import, op, node, error);
}

/**
 * lrp_onnx_tile:
 * @import: the network so far
 * @op: the operator's row
 * @node: a Tile of a constant; or of activations, once
 * @error: return location for an error
 *
 * Returns: whether the node became a constant or a layer
 */
gboolean
lrp_onnx_tile (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  const LrpConstant *constant;
  g_autoptr (LrpConstant) result = NULL;
  LrpShape times = { 0 };
  gboolean once = TRUE;

  if (!read_shape (node, 1, &times, error))
    return FALSE;
  for (guint i = 0; i < times.rank; i++)
    once = once && times.dims[i] == 1;
  if (once && !lrp_onnx_is_constant (node, 0))
    return lrp_onnx_identity (import, op, node, error);
  if (!(constant = lrp_onnx_get_constant (node, 0, error)))
    return FALSE;
  if (times.rank != constant->shape.rank)
    return lrp_onnx_fail (node, LRP_ERROR_SHAPE, error, _("it does not say how often to repeat each of %u dimensions"),
                          constant->shape.rank);
  for (guint i = 0; i < times.rank; i++)
    if (times.dims[i] < 0 || !mul_ints (times.dims[i], constant->shape.dims[i], &times.dims[i]))
      return lrp_onnx_fail (node, LRP_ERROR_RANGE, error, _("it repeats a dimension too often, or less than not at all"));
  result = lrp_constant_new_zeros (&times, constant->floats != NULL, error);
  for (gsize i = 0; result && i < result->count; i++)
    {
      gsize rest = i, at = 0, stride = 1;
      for (guint k = times.rank; k-- > 0; rest /= (gsize) times.dims[k], stride *= (gsize) constant->shape.dims[k])
        at += rest % (gsize) times.dims[k] % (gsize) constant->shape.dims[k] * stride;
      if (result->floats)
        result->floats->data[i] = constant->floats->data[at];
      else
        result->ints[i] = constant->ints[at];
    }
  return lrp_onnx_finish_constant (node, g_steal_pointer (&result));
}

/**
 * lrp_onnx_constant_of_shape:
 * @import: the network so far
 * @op: the operator's row
 * @node: a ConstantOfShape: one number, as often as a constant shape says
 * @error: return location for an error
 *
 * Returns: whether the node became a constant
 */
gboolean
lrp_onnx_constant_of_shape (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  const LrpAttributeProto *attribute = lrp_onnx_attribute (node, "value");
  g_autoptr (LrpConstant) value = NULL, one = NULL;
  LrpShape shape = { 0 };

  if (!read_shape (node, 0, &shape, error))
    return FALSE;
  value = attribute ? lrp_onnx_read_tensor (node, attribute, error)
                    : lrp_constant_new_zeros (&(LrpShape) { .rank = 0 }, TRUE, error);
  if (!value)
    return FALSE;
  if (value->count != 1)
    return lrp_onnx_fail (node, LRP_ERROR_DAMAGED, error, _("its value must be one number"));
  return (one = lrp_constant_reshape (value, &(LrpShape) { .rank = 0 }, error))
         && lrp_onnx_finish_constant (node, lrp_constant_broadcast (one, &shape, error));
}

/* How many numbers there are from start up or down to limit, which is not among them; -1 where that is no number. */
static double
count_steps (double start, double limit, double delta)
{
  double count = delta != 0 ? ceil ((limit - start) / delta) : NAN;

  return count >= 0 ? count : count < 0 ? 0 : -1;
}

/**
 * lrp_onnx_range:
 * @import: the network so far
 * @op: the operator's row
 * @node: a Range between constants
 * @error: return location for an error
 *
 * Returns: whether the node became a constant
 */
gboolean
lrp_onnx_range (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  const LrpConstant *in[3];
  g_autoptr (LrpConstant) result = NULL;
  double numbers[3], count;

  for (guint i = 0; i < 3; i++)
    {
      if (!(in[i] = lrp_onnx_get_constant (node, i, error)))
        return FALSE;
      if (in[i]->count != 1 || !in[i]->floats != !in[0]->floats)
        return lrp_onnx_fail (node, LRP_ERROR_DAMAGED, error, _("start, limit and step must be one number each"));
      numbers[i] = in[i]->floats ? (double) in[i]->floats->data[0] : (double) in[i]->ints[0];
    }
  count = count_steps (numbers[0], numbers[1], numbers[2]);
  if (count < 0 || count > (double) LRP_ONNX_MAX_NUMBERS)
    return lrp_onnx_fail (node, LRP_ERROR_RANGE, error, _("from %g to %g in steps of %g there are too many numbers"),
                          numbers[0], numbers[1], numbers[2]);
  result = lrp_constant_new_zeros (&LRP_SHAPE ((gint64) count), in[0]->floats != NULL, error);
  for (gsize i = 0; result && i < result->count; i++)
    if (result->floats)
      result->floats->data[i] = (float) (numbers[0] + (double) i * numbers[2]);
    else
      result->ints[i] = (gint64) ((guint64) in[0]->ints[0] + (guint64) i * (guint64) in[2]->ints[0]);
  return result && lrp_onnx_finish_constant (node, g_steal_pointer (&result));
}
