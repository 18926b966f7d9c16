/* SPDX-License-Identifier: GPL-3.0-or-later */
/* arith.c: what files compute from constants, carried out while a network is read */
#include "config.h"

#include "files/onnx/op.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

/* Operators on whole numbers. Each returns whether there is a result. */
static gboolean
add_ints (gint64 a, gint64 b, gint64 *out)
{
  return !__builtin_add_overflow (a, b, out);
}
static gboolean
sub_ints (gint64 a, gint64 b, gint64 *out)
{
  return !__builtin_sub_overflow (a, b, out);
}
static gboolean
mul_ints (gint64 a, gint64 b, gint64 *out)
{
  return !__builtin_mul_overflow (a, b, out);
}
static gboolean
equal_ints (gint64 a, gint64 b, gint64 *out)
{
  *out = a == b;
  return TRUE;
}
static gboolean
max_ints (gint64 a, gint64 b, gint64 *out)
{
  *out = MAX (a, b);
  return TRUE;
}
static gboolean
min_ints (gint64 a, gint64 b, gint64 *out)
{
  *out = MIN (a, b);
  return TRUE;
}
static gboolean
and_ints (gint64 a, gint64 b, gint64 *out)
{
  *out = a && b;
  return TRUE;
}
static gboolean
or_ints (gint64 a, gint64 b, gint64 *out)
{
  *out = a || b;
  return TRUE;
}
static gboolean
xor_ints (gint64 a, gint64 b, gint64 *out)
{
  *out = !a != !b;
  return TRUE;
}
static gboolean
at_most_ints (gint64 a, gint64 b, gint64 *out)
{
  *out = a <= b;
  return TRUE;
}
static gboolean
at_least_ints (gint64 a, gint64 b, gint64 *out)
{
  *out = a >= b;
  return TRUE;
}
static gboolean
less_ints (gint64 a, gint64 b, gint64 *out)
{
  *out = a < b;
  return TRUE;
}
static gboolean
greater_ints (gint64 a, gint64 b, gint64 *out)
{
  *out = a > b;
  return TRUE;
}

static gboolean
div_ints (gint64 a, gint64 b, gint64 *out)
{
  gboolean defined = b != 0 && !(a == G_MININT64 && b == -1);

  *out = defined ? a / b : 0;
  return defined;
}

/* The remainder, whose sign is that of the divisor, as in Python. */
static gboolean
mod_ints (gint64 a, gint64 b, gint64 *out)
{
  gint64 rest = b != 0 && b != -1 ? a % b : 0;

  *out = rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
  return b != 0;
}

static gboolean
pow_ints (gint64 a, gint64 b, gint64 *out)
{
  gboolean defined = b >= 0 && (b < 64 || (a >= -1 && a <= 1));

  *out = 1;
  for (gint64 i = 0; defined && i < (b < 64 ? b : 2 + b % 2); i++)
    defined = !__builtin_mul_overflow (*out, a, out);
  return defined;
}

static float
add_floats (float a, float b)
{
  return a + b;
}
static float
sub_floats (float a, float b)
{
  return a - b;
}
static float
mul_floats (float a, float b)
{
  return a * b;
}
static float
div_floats (float a, float b)
{
  return a / b;
}
static float
equal_floats (float a, float b)
{
  return a == b;
}
static float
mod_floats (float a, float b)
{
  return fmodf (a, b);
}
static float
at_most_floats (float a, float b)
{
  return a <= b;
}
static float
at_least_floats (float a, float b)
{
  return a >= b;
}
static float
less_floats (float a, float b)
{
  return a < b;
}
static float
greater_floats (float a, float b)
{
  return a > b;
}
static float
negative_float (float a)
{
  return -a;
}
static float
inverse_float (float a)
{
  return 1 / a;
}

static gboolean
negative_int (gint64 a, gint64 *out)
{
  return !__builtin_sub_overflow (0, a, out);
}
static gboolean
not_int (gint64 a, gint64 *out)
{
  *out = !a;
  return TRUE;
}
static gboolean
absolute_int (gint64 a, gint64 *out)
{
  *out = a;
  return a >= 0 || !__builtin_sub_overflow (0, a, out);
}
static gboolean
same_int (gint64 a, gint64 *out)
{
  *out = a;
  return TRUE;
}

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
  { "LessOrEqual", at_most_ints, at_most_floats, TRUE },
  { "Greater", greater_ints, greater_floats, TRUE },
  { "GreaterOrEqual", at_least_ints, at_least_floats, TRUE },
  { "Min", min_ints, fminf },
  { "Max", max_ints, fmaxf },
  { "Mod", mod_ints, mod_floats },
  { "Pow", pow_ints, powf },
  { "And", and_ints },
  { "Or", or_ints },
  { "Xor", xor_ints },
};

static const struct
{
  const char *op;
  gboolean (*ints) (gint64 a, gint64 *out);
  float (*floats) (float a);
} unaries[] = {
  { "Neg", negative_int, negative_float },
  { "Abs", absolute_int, fabsf },
  { "Floor", same_int, floorf },
  { "Ceil", same_int, ceilf },
  { "Round", NULL, rintf },
  { "Not", not_int },
  { "Sqrt", NULL, sqrtf },
  { "Reciprocal", NULL, inverse_float },
  { "Exp", NULL, expf },
  { "Log", NULL, logf },
  { "Sin", NULL, sinf },
  { "Cos", NULL, cosf },
  { "Tanh", NULL, tanhf },
  { "Erf", NULL, erff },
};

/**
 * lrp_onnx_common_shape:
 * @node: who asks
 * @a: a constant's shape
 * @b: another's
 * @out: (out): the shape in which they meet, as NumPy has it
 * @error: return location for an error
 *
 * Returns: whether they can meet
 */
gboolean
lrp_onnx_common_shape (const LrpOnnxNode *node, const LrpShape *a, const LrpShape *b, LrpShape *out, GError **error)
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
apply (const LrpOnnxNode *node, const Binary *row, const LrpConstant *a, const LrpConstant *b, const LrpShape *shape,
       GError **error)
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
  if (a->floats && !row->floats)
    {
      lrp_onnx_fail (node, LRP_ERROR_DAMAGED, error, _("it works on whole numbers and truth values only"));
      return NULL;
    }
  return lrp_onnx_common_shape (node, &a->shape, &b->shape, &shape, error) ? apply (node, row, a, b, &shape, error)
                                                                           : NULL;
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
 * @node: a comparison, a logical operation or a Mod of constants
 * @error: return location for an error
 *
 * Returns: whether the node became a constant
 */
gboolean
lrp_onnx_compare (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  const LrpConstant *x = lrp_onnx_get_constant (node, 0, error);

  if (x && lrp_onnx_attribute (node, "fmod") && (lrp_onnx_int (node, "fmod", 0) != 0) != (x->floats != NULL))
    return lrp_onnx_fail (node, LRP_ERROR_UNSUPPORTED, error, _("this value of “fmod” is not supported"));
  return x && lrp_onnx_fold (node, error);
}

/* Applies a row of the table to a constant. */
static gboolean
fold_unary (const LrpOnnxNode *node, guint row, GError **error)
{
  const LrpConstant *x = lrp_onnx_get_constant (node, 0, error);
  g_autoptr (LrpConstant) out = NULL;
  gboolean defined = TRUE;

  if (!x)
    return FALSE;
  if (x->count > 0 && !(x->floats ? (gpointer) unaries[row].floats : (gpointer) unaries[row].ints))
    return lrp_onnx_fail (node, LRP_ERROR_DAMAGED, error, _("it does not work on this type of numbers"));
  if (!(out = lrp_constant_new_zeros (&x->shape, x->floats != NULL, error)))
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
 * lrp_onnx_unary:
 * @import: the network so far
 * @op: the operator's row, which says the kind of layer that a node becomes where it reads activations
 * @node: a function of one constant; or of activations, if there is such a layer
 * @error: return location for an error
 *
 * Returns: whether the node became a layer or a constant
 */
gboolean
lrp_onnx_unary (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  g_autoptr (LrpLayer) layer = NULL;
  guint in;

  for (guint row = 0; lrp_onnx_is_constant (node, 0) && row < G_N_ELEMENTS (unaries); row++)
    if (g_str_equal (unaries[row].op, op->type))
      return fold_unary (node, row, error);
  if (!lrp_onnx_get_layer (node, 0, &in, error))
    return FALSE;
  if (op->kind == LRP_OP_INPUT)
    return lrp_onnx_fail (node, LRP_ERROR_UNSUPPORTED, error,
                          _("it works on activations; only constants are supported"));
  layer = lrp_layer_new (op->kind, node->name);
  if (op->kind == LRP_OP_SCALE
      && !(layer->weights = lrp_tensor_new_copy (&LRP_SHAPE (1), (const float[]){ -1 }, error)))
    return FALSE;
  return lrp_onnx_finish (import, node, g_steal_pointer (&layer), in, error);
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
  if (!lrp_onnx_common_shape (node, &in[1]->shape, &in[2]->shape, &shape, error)
      || !lrp_onnx_common_shape (node, &in[0]->shape, &shape, &shape, error)
      || !(which = lrp_constant_broadcast (in[0], &shape, error))
      || !(a = lrp_constant_broadcast (in[1], &shape, error)) || !(b = lrp_constant_broadcast (in[2], &shape, error)))
    return FALSE;
  for (gsize i = 0; i < a->count; i++)
    if (!which->ints[i] && a->floats)
      a->floats->data[i] = b->floats->data[i];
    else if (!which->ints[i])
      a->ints[i] = b->ints[i];
  return lrp_onnx_finish_constant (node, g_steal_pointer (&a));
}
