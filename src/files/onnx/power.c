/* SPDX-License-Identifier: GPL-3.0-or-later */
/* power.c: quotients, powers, and limits: operators that become products and functions of one activation */
#include "config.h"

#include "files/onnx/op.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static gboolean
push_simple (LrpOnnxImport *import, const LrpOnnxNode *node, LrpOpKind kind, guint *in, GError **error)
{
  return lrp_onnx_push (import, lrp_layer_new (kind, node->name), in, error);
}

/* The layer that multiplies by one over a constant. */
static LrpLayer *
inverse_layer (const LrpOnnxNode *node, const LrpTensor *constant, GError **error)
{
  g_autoptr (LrpLayer) layer = lrp_layer_new (LRP_OP_SCALE, node->name);

  layer->weights = lrp_tensor_new_copy (&constant->shape, constant->data, error);
  for (gsize i = 0; layer->weights && i < layer->weights->count; i++)
    {
      if (constant->data[i] == 0)
        {
          lrp_onnx_fail (node, LRP_ERROR_RANGE, error, _("it divides by zero"));
          return NULL;
        }
      layer->weights->data[i] = 1 / constant->data[i];
    }
  return layer->weights ? g_steal_pointer (&layer) : NULL;
}

/* c / x or x / y, as a product with the reciprocal. */
static gboolean
divide_by_layer (LrpOnnxImport *import, const LrpOnnxNode *node, GError **error)
{
  g_autoptr (LrpLayer) scale = NULL;
  const LrpTensor *constant;
  guint in[2];

  if (!lrp_onnx_get_layer (node, 1, &in[1], error) || !push_simple (import, node, LRP_OP_RECIPROCAL, &in[1], error))
    return FALSE;
  if (!lrp_onnx_is_constant (node, 0))
    return lrp_onnx_get_layer (node, 0, &in[0], error)
           && lrp_onnx_finish_many (import, node, lrp_layer_new (LRP_OP_PRODUCT, node->name), in, 2, error);
  if (!(constant = lrp_onnx_get_floats (node, 0, error)))
    return FALSE;
  scale = lrp_layer_new (LRP_OP_SCALE, node->name);
  scale->weights = lrp_tensor_ref ((LrpTensor *) constant);
  return lrp_onnx_finish (import, node, g_steal_pointer (&scale), in[1], error);
}

/**
 * lrp_onnx_div:
 * @import: the network so far
 * @op: the operator's row
 * @node: a Div: by a constant, by activations, or of two constants
 * @error: return location for an error
 *
 * Returns: whether the node became layers or a constant
 */
gboolean
lrp_onnx_div (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  const LrpTensor *constant;
  LrpLayer *layer;
  guint in;

  if (lrp_onnx_all_constant (node))
    return lrp_onnx_fold (node, error);
  if (!lrp_onnx_is_constant (node, 1))
    return divide_by_layer (import, node, error);
  return lrp_onnx_get_layer (node, 0, &in, error) && (constant = lrp_onnx_get_floats (node, 1, error))
         && (layer = inverse_layer (node, constant, error)) && lrp_onnx_finish (import, node, layer, in, error);
}

/* The powers that networks have, as functions of x one after another; a product is that with x itself. */
static const struct
{
  double exponent;
  LrpOpKind functions[2];
  guint n;
} powers[] = {
  { 1, { LRP_OP_IDENTITY }, 1 },
  { 2, { LRP_OP_PRODUCT }, 1 },
  { 3, { LRP_OP_PRODUCT, LRP_OP_PRODUCT }, 2 },
  { 0.5, { LRP_OP_SQRT }, 1 },
  { -0.5, { LRP_OP_SQRT, LRP_OP_RECIPROCAL }, 2 },
  { -1, { LRP_OP_RECIPROCAL }, 1 },
};

/* Constants may be whole in either place, which says nothing about the other. */
static gboolean
fold_power (const LrpOnnxNode *node, GError **error)
{
  const LrpConstant *base = lrp_onnx_get_constant (node, 0, error);
  const LrpConstant *exponent = base ? lrp_onnx_get_constant (node, 1, error) : NULL;
  LrpConstant *same;

  if (!exponent)
    return FALSE;
  if (base->count == 0 || exponent->count == 0 || !base->floats == !exponent->floats)
    return lrp_onnx_fold (node, error);
  if (!base->floats)
    return lrp_onnx_fail (node, LRP_ERROR_UNSUPPORTED, error,
                          _("whole numbers to a power that is none; this is not supported"));
  if (!(same = lrp_constant_cast (exponent, FALSE, error)))
    return FALSE;
  lrp_constant_unref (node->inputs[1]->constant);
  node->inputs[1]->constant = same;
  return lrp_onnx_fold (node, error);
}

/* The exponent, which may be whole. */
static gboolean
read_exponent (const LrpOnnxNode *node, double *exponent, GError **error)
{
  const LrpConstant *constant = lrp_onnx_get_constant (node, 1, error);

  if (!constant)
    return FALSE;
  if (constant->count != 1)
    return lrp_onnx_fail (node, LRP_ERROR_UNSUPPORTED, error, _("the exponent must be one number"));
  *exponent = constant->floats ? (double) constant->floats->data[0] : (double) constant->ints[0];
  return TRUE;
}

/**
 * lrp_onnx_pow:
 * @import: the network so far
 * @op: the operator's row
 * @node: a Pow: activations to a power that networks have, or constants to any
 * @error: return location for an error
 *
 * Returns: whether the node became layers or a constant
 */
gboolean
lrp_onnx_pow (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  double exponent = 0;
  guint x, in;

  if (lrp_onnx_all_constant (node))
    return fold_power (node, error);
  if (!lrp_onnx_get_layer (node, 0, &x, error) || !read_exponent (node, &exponent, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (powers); i++)
    if (powers[i].exponent == exponent)
      {
        in = x;
        for (guint k = 0; k < powers[i].n; k++)
          if (!lrp_onnx_push_many (import, lrp_layer_new (powers[i].functions[k], node->name), (const guint[]){ in, x },
                                   powers[i].functions[k] == LRP_OP_PRODUCT ? 2 : 1, &in, error))
            return FALSE;
        node->outputs[0]->layer = (int) in;
        return TRUE;
      }
  return lrp_onnx_fail (node, LRP_ERROR_UNSUPPORTED, error, _("activations to the power %g are not supported"),
                        exponent);
}

/* Limits activations by one constant after another. */
static gboolean
push_limit (LrpOnnxImport *import, const LrpOnnxNode *node, guint i, gboolean least, guint *in, GError **error)
{
  double limit;
  LrpLayer *layer;

  if (!lrp_onnx_get_scalar (node, i, &limit, error))
    return FALSE;
  layer = lrp_layer_new (least && limit == 0 ? LRP_OP_RELU : LRP_OP_CLIP, node->name);
  if (layer->kind == LRP_OP_CLIP)
    {
      layer->activation.alpha = least ? limit : -INFINITY;
      layer->activation.beta = least ? INFINITY : limit;
    }
  return lrp_onnx_push (import, layer, in, error);
}

/**
 * lrp_onnx_limit:
 * @import: the network so far
 * @op: the operator's row
 * @node: a Max or Min of constants; or of activations and single numbers, which are limits then
 * @error: return location for an error
 *
 * Returns: whether the node became layers or a constant
 */
gboolean
lrp_onnx_limit (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  guint computed = 0, in;

  if (lrp_onnx_all_constant (node))
    return lrp_onnx_fold (node, error);
  while (lrp_onnx_is_constant (node, computed))
    computed++;
  if (!lrp_onnx_get_layer (node, computed, &in, error))
    return FALSE;
  for (guint i = 0; i < node->n_inputs; i++)
    if (i != computed && !lrp_onnx_is_constant (node, i))
      return lrp_onnx_fail (node, LRP_ERROR_UNSUPPORTED, error,
                            _("it compares activations with each other; this is not supported"));
    else if (i != computed && !push_limit (import, node, i, g_str_equal (op->type, "Max"), &in, error))
      return FALSE;
  node->outputs[0]->layer = (int) in;
  return TRUE;
}
