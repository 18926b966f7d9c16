/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reduce.c: sums, means, maxima and their like over axes */
#include "config.h"

#include "files/onnx/op.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Whole numbers up to here are doubles, too. */
#define MAX_WHOLE 0x1p53

static double
add (double a, double b)
{
  return a + b;
}
static double
add_square (double a, double b)
{
  return a + b * b;
}
static double
multiply (double a, double b)
{
  return a * b;
}

/* How a number of a constant goes into the result, which begins with `start`; what is done with the result in the end,
 * n numbers having gone into it. */
static const struct
{
  const char *op;
  double start;
  double (*take) (double result, double number);
  gboolean mean, root;
} reductions[] = {
  { "ReduceL2", 0, add_square, .root = TRUE },
  { "ReduceMax", -INFINITY, fmax },
  { "ReduceMean", 0, add, .mean = TRUE },
  { "ReduceMin", INFINITY, fmin },
  { "ReduceProd", 1, multiply },
  { "ReduceSum", 0, add },
};

/* What each number of the result is made of, in the order of the result's elements; NULL if memory is short. */
static double *
reduce (const LrpConstant *x, guint axes, gsize n_out, guint row)
{
  double *out = g_try_new (double, n_out);

  if (!out)
    return NULL;
  for (gsize i = 0; i < n_out; i++)
    out[i] = reductions[row].start;
  for (gsize i = 0; i < x->count; i++)
    {
      gsize rest = i, at = 0, stride = 1;
      for (guint k = x->shape.rank; k-- > 0; rest /= (gsize) x->shape.dims[k])
        if (!(axes >> k & 1))
          {
            at += rest % (gsize) x->shape.dims[k] * stride;
            stride *= (gsize) x->shape.dims[k];
          }
      out[at] = reductions[row].take (out[at], x->floats ? (double) x->floats->data[i] : (double) x->ints[i]);
    }
  for (gsize i = 0; i < n_out; i++)
    {
      out[i] /= reductions[row].mean ? (double) (x->count / n_out) : 1;
      out[i] = reductions[row].root ? sqrt (out[i]) : out[i];
    }
  return out;
}

static gboolean
fold (const LrpOnnxNode *node, guint axes, GError **error)
{
  const LrpConstant *x = lrp_onnx_get_constant (node, 0, error);
  gboolean keep = lrp_onnx_int (node, "keepdims", 1) != 0;
  g_autoptr (LrpConstant) result = NULL;
  g_autofree double *numbers = NULL;
  LrpShape shape = { 0 };
  guint row = 0;

  if (x->count == 0)
    return lrp_onnx_fail (node, LRP_ERROR_SHAPE, error, _("the constant is empty"));
  while (!g_str_equal (reductions[row].op, node->op))
    row++;
  for (guint i = 0; i < x->shape.rank; i++)
    if (keep || !(axes >> i & 1))
      shape.dims[shape.rank++] = axes >> i & 1 ? 1 : x->shape.dims[i];
  if (!(result = lrp_constant_new_zeros (&shape, x->floats != NULL, error)))
    return FALSE;
  numbers = reduce (x, axes, result->count, row);
  if (!numbers)
    return lrp_onnx_fail (node, LRP_ERROR_MEMORY, error, _("not enough memory"));
  for (gsize i = 0; i < result->count; i++)
    if (result->floats)
      result->floats->data[i] = (float) numbers[i];
    else if (fabs (numbers[i]) <= MAX_WHOLE)
      result->ints[i] = (gint64) numbers[i];
    else
      return lrp_onnx_fail (node, LRP_ERROR_RANGE, error, _("a whole number is divided by zero or grows too large"));
  return lrp_onnx_finish_constant (node, g_steal_pointer (&result));
}

/* The root of the sum of squares. */
static gboolean
finish_length (LrpOnnxImport *import, const LrpOnnxNode *node, LrpLayer *sum, guint in, GError **error)
{
  const guint twice[] = { in, in };

  if (!lrp_onnx_push_many (import, lrp_layer_new (LRP_OP_PRODUCT, node->name), twice, 2, &in, error))
    {
      lrp_layer_free (sum);
      return FALSE;
    }
  return lrp_onnx_push (import, sum, &in, error)
         && lrp_onnx_finish (import, node, lrp_layer_new (LRP_OP_SQRT, node->name), in, error);
}

/**
 * lrp_onnx_reduce:
 * @import: the network so far
 * @op: the operator's row, which says the kind of layer, if there is one
 * @node: a ReduceMean, ReduceSum and so on; its axes are an attribute or, later, an input
 * @error: return location for an error
 *
 * Returns: whether the node became a layer or a constant
 */
gboolean
lrp_onnx_reduce (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  const LrpConstant *constant = NULL;
  LrpLayer *layer;
  guint in = 0, rank, n, axes;

  if (lrp_onnx_is_constant (node, 0) ? !(constant = lrp_onnx_get_constant (node, 0, error))
                                     : !lrp_onnx_get_layer (node, 0, &in, error))
    return FALSE;
  rank = constant ? constant->shape.rank : lrp_onnx_get_shape (import, node, 0)->rank;
  if (!lrp_onnx_axes (node, rank, FALSE, &axes, &n, error))
    return FALSE;
  if (n == 0)
    axes = (1u << rank) - 1;
  if (n == 0 && lrp_onnx_int (node, "noop_with_empty_axes", 0) != 0)
    return lrp_onnx_identity (import, op, node, error);
  if (constant)
    return fold (node, axes, error);
  if (op->kind == LRP_OP_INPUT)
    return lrp_onnx_fail (node, LRP_ERROR_UNSUPPORTED, error,
                          _("it works on activations; only constants are supported"));
  layer = lrp_layer_new (op->kind, node->name);
  layer->reduce.axes = axes;
  layer->reduce.keep = lrp_onnx_int (node, "keepdims", 1) != 0;
  return g_str_equal (op->type, "ReduceL2") ? finish_length (import, node, layer, in, error)
                                            : lrp_onnx_finish (import, node, layer, in, error);
}
