/* SPDX-License-Identifier: GPL-3.0-or-later */
/* linear.c: products, sums and normalisation: what networks compute with constants, and where branches meet */
#include "config.h"

#include "files/onnx/op.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/* A copy of a tensor, times a factor. */
static LrpTensor *
scaled (const LrpTensor *tensor, double factor, GError **error)
{
  LrpTensor *result = lrp_tensor_new_copy (&tensor->shape, tensor->data, error);

  for (gsize i = 0; result && factor != 1 && i < result->count; i++)
    result->data[i] = (float) (result->data[i] * factor);
  return result;
}

/* A matrix [C, K], or its transpose, as a dense layer's weights [K, C]. */
static LrpTensor *
dense_weights (const LrpOnnxNode *node, guint i, gboolean transposed, double factor, GError **error)
{
  const LrpTensor *matrix = lrp_onnx_get_floats (node, i, error);
  g_autoptr (LrpConstant) turned = NULL;

  if (!matrix)
    return NULL;
  if (matrix->shape.rank != 2)
    {
      g_autofree char *text = lrp_shape_to_string (&matrix->shape);
      lrp_onnx_fail (node, LRP_ERROR_UNSUPPORTED, error, _("the constant must be a matrix, not %s"), text);
      return NULL;
    }
  if (transposed)
    return factor == 1 ? lrp_tensor_ref ((LrpTensor *) matrix) : scaled (matrix, factor, error);
  turned = lrp_constant_transpose (node->inputs[i]->constant, (const guint[]){ 1, 0 }, error);
  return turned ? scaled (turned->floats, factor, error) : NULL;
}

/* Gemm's C, which is spread over [N, K], as a bias [K]. */
static LrpTensor *
dense_bias (const LrpOnnxNode *node, gint64 outputs, double factor, GError **error)
{
  const LrpTensor *c = lrp_onnx_get_floats (node, 2, error);
  LrpTensor *bias;

  if (!c)
    return NULL;
  if (c->shape.rank > 2 || (c->shape.rank == 2 && c->shape.dims[0] != 1)
      || (c->count != 1 && c->count != (gsize) outputs))
    {
      g_autofree char *text = lrp_shape_to_string (&c->shape);
      lrp_onnx_fail (node, LRP_ERROR_SHAPE, error, _("a bias of shape %s does not fit %" PRId64 " outputs"), text,
                     outputs);
      return NULL;
    }
  bias = lrp_tensor_new (&LRP_SHAPE (outputs), error);
  for (gsize i = 0; bias && i < bias->count; i++)
    bias->data[i] = (float) (c->data[c->count == 1 ? 0 : i] * factor);
  return bias;
}

/**
 * lrp_onnx_gemm:
 * @import: the network so far
 * @op: the operator's row
 * @node: a Gemm: alpha A B + beta C, with A the activations (or numbers that are the same for every sample) and B
 * constant
 * @error: return location for an error
 *
 * Returns: whether the node became a layer
 */
gboolean
lrp_onnx_gemm (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  g_autoptr (LrpLayer) layer = lrp_layer_new (LRP_OP_DENSE, node->name);
  double beta = lrp_onnx_float (node, "beta", 1);
  gboolean constant_bias = lrp_onnx_is_constant (node, 2);
  guint in[2];

  if (!lrp_onnx_take_layer (import, node, 0, &in[0], error))
    return FALSE;
  if (lrp_onnx_int (node, "transA", 0) != 0)
    return lrp_onnx_fail (node, LRP_ERROR_UNSUPPORTED, error, _("“transA” is not supported"));
  if (lrp_network_get_layer (import->network, in[0])->shape.rank != 2)
    return lrp_onnx_fail (node, LRP_ERROR_SHAPE, error, _("the input must have 2 dimensions"));
  layer->weights =
      dense_weights (node, 1, lrp_onnx_int (node, "transB", 0) != 0, lrp_onnx_float (node, "alpha", 1), error);
  if (!layer->weights)
    return FALSE;
  if (constant_bias && !(layer->bias = dense_bias (node, layer->weights->shape.dims[0], beta, error)))
    return FALSE;
  if (constant_bias || !lrp_onnx_has_input (node, 2))
    return lrp_onnx_finish (import, node, g_steal_pointer (&layer), in[0], error);
  if (beta != 1)
    return lrp_onnx_fail (node, LRP_ERROR_UNSUPPORTED, error, _("“beta” is not supported where C is not a constant"));
  return lrp_onnx_get_layer (node, 2, &in[1], error) && lrp_onnx_push (import, g_steal_pointer (&layer), &in[0], error)
         && lrp_onnx_finish_many (import, node, lrp_layer_new (LRP_OP_SUM, node->name), in, 2, error);
}

/* Pushes what makes the last two axes change places. */
static gboolean
push_turn (LrpOnnxImport *import, const LrpOnnxNode *node, guint rank, guint *in, GError **error)
{
  LrpLayer *layer = lrp_layer_new (LRP_OP_TRANSPOSE, node->name);

  for (guint i = 0; i < rank; i++)
    layer->perm[i] = i + 2 < rank ? i : 2 * rank - 3 - i;
  return lrp_onnx_push (import, layer, in, error);
}

/* Whether the samples are none of the C of activations [..., C, N]. */
static gboolean
keeps_samples (const LrpOnnxImport *import, guint index)
{
  const LrpLayer *layer = lrp_network_get_layer (import->network, index);

  return lrp_layer_batch_axis (layer) + 2 < (int) layer->shape.rank;
}

/* A constant [K, C] times activations [..., C, N]: a dense layer over another axis. */
static gboolean
multiply_from_left (LrpOnnxImport *import, const LrpOnnxNode *node, LrpLayer *dense, guint in, GError **error)
{
  g_autoptr (LrpLayer) layer = dense;
  guint rank = lrp_onnx_get_shape (import, node, 1)->rank;

  if (!(layer->weights = dense_weights (node, 0, TRUE, 1, error)) || !push_turn (import, node, rank, &in, error)
      || !lrp_onnx_push (import, g_steal_pointer (&layer), &in, error) || !push_turn (import, node, rank, &in, error))
    return FALSE;
  node->outputs[0]->layer = (int) in;
  return TRUE;
}

/**
 * lrp_onnx_matmul:
 * @import: the network so far
 * @op: the operator's row
 * @node: a MatMul: activations [..., C] times a constant [C, K], or times other activations; or a constant times them
 * @error: return location for an error
 *
 * Returns: whether the node became a layer
 */
gboolean
lrp_onnx_matmul (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  g_autoptr (LrpLayer) layer = lrp_layer_new (LRP_OP_DENSE, node->name);
  guint in[2];

  if (lrp_onnx_is_constant (node, 0) && lrp_onnx_get_layer (node, 1, &in[1], NULL) && keeps_samples (import, in[1]))
    return multiply_from_left (import, node, g_steal_pointer (&layer), in[1], error);
  if (!lrp_onnx_get_layer (node, 0, &in[0], error))
    return FALSE;
  if (!lrp_onnx_is_constant (node, 1))
    return lrp_onnx_get_layer (node, 1, &in[1], error)
           && lrp_onnx_finish_many (import, node, lrp_layer_new (LRP_OP_MATMUL, node->name), in, 2, error);
  return (layer->weights = dense_weights (node, 1, FALSE, 1, error))
         && lrp_onnx_finish (import, node, g_steal_pointer (&layer), in[0], error);
}

/**
 * lrp_onnx_batch_norm:
 * @import: the network so far
 * @op: the operator's row
 * @node: a BatchNormalization, as when predicting: scale, shift, mean and variance are constants [C]
 * @error: return location for an error
 *
 * Returns: whether the node became a layer
 */
gboolean
lrp_onnx_batch_norm (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  g_autoptr (LrpLayer) layer = lrp_layer_new (LRP_OP_BATCH_NORM, node->name);
  gsize channels = 0;
  guint in;

  if (lrp_onnx_int (node, "training_mode", 0) != 0 || lrp_onnx_int (node, "spatial", 1) != 1)
    return lrp_onnx_fail (
        node, LRP_ERROR_UNSUPPORTED, error,
        _("only normalisation per channel with fixed statistics is supported; export the model for inference"));
  if (!lrp_onnx_get_layer (node, 0, &in, error))
    return FALSE;
  for (guint i = 0; i < 4; i++)
    {
      const LrpTensor *row = lrp_onnx_get_floats (node, i + 1, error);
      if (!row)
        return FALSE;
      if (i == 0)
        {
          channels = row->count;
          layer->weights = lrp_tensor_new (&LRP_SHAPE (4, (gint64) channels), error);
        }
      if (!layer->weights)
        return FALSE;
      if (row->count != channels)
        return lrp_onnx_fail (node, LRP_ERROR_SHAPE, error, _("scale, shift, mean and variance differ in length"));
      memcpy (layer->weights->data + i * channels, row->data, channels * sizeof (float));
    }
  layer->norm.epsilon = lrp_onnx_float (node, "epsilon", 1e-5);
  return lrp_onnx_finish (import, node, g_steal_pointer (&layer), in, error);
}

/* A layer that adds or multiplies a constant. */
static LrpLayer *
constant_layer (LrpOpKind kind, const LrpOnnxNode *node, const LrpTensor *constant)
{
  LrpLayer *layer = lrp_layer_new (kind, node->name);

  layer->weights = lrp_tensor_ref ((LrpTensor *) constant);
  return layer;
}

/* Pushes x times -1. */
static gboolean
push_negative (LrpOnnxImport *import, const LrpOnnxNode *node, guint *in, GError **error)
{
  g_autoptr (LrpTensor) minus = lrp_tensor_new (&LRP_SHAPE (1), error);

  if (!minus)
    return FALSE;
  minus->data[0] = -1;
  return lrp_onnx_push (import, constant_layer (LRP_OP_SCALE, node, minus), in, error);
}

/**
 * lrp_onnx_sum:
 * @import: the network so far
 * @op: the operator's row
 * @node: an Add or Sum: of activations, and of constants
 * @error: return location for an error
 *
 * Returns: whether the node became layers
 */
gboolean
lrp_onnx_sum (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  g_autofree guint *in = g_new (guint, node->n_inputs);
  guint n = 0;

  if (lrp_onnx_all_constant (node))
    return lrp_onnx_fold (node, error);
  for (guint i = 0; i < node->n_inputs; i++)
    if (!lrp_onnx_is_constant (node, i) && !lrp_onnx_get_layer (node, i, &in[n++], error))
      return FALSE;
  if (n > 1)
    {
      LrpLayer *layer = lrp_layer_new (LRP_OP_SUM, node->name);
      int index;
      lrp_layer_set_inputs (layer, in, n);
      index = lrp_network_add (import->network, layer, error);
      if (index < 0)
        return FALSE;
      in[0] = (guint) index;
    }
  for (guint i = 0; i < node->n_inputs; i++)
    if (lrp_onnx_is_constant (node, i))
      {
        const LrpTensor *constant = lrp_onnx_get_floats (node, i, error);
        if (!constant || !lrp_onnx_push (import, constant_layer (LRP_OP_BIAS, node, constant), &in[0], error))
          return FALSE;
      }
  node->outputs[0]->layer = (int) in[0];
  return TRUE;
}

/**
 * lrp_onnx_sub:
 * @import: the network so far
 * @op: the operator's row
 * @node: a Sub: x - c, c - x or x - y
 * @error: return location for an error
 *
 * Returns: whether the node became layers
 */
gboolean
lrp_onnx_sub (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  guint in[2];
  const LrpTensor *constant;
  g_autoptr (LrpTensor) negative = NULL;

  if (lrp_onnx_all_constant (node))
    return lrp_onnx_fold (node, error);
  if (lrp_onnx_is_constant (node, 1))
    return lrp_onnx_get_layer (node, 0, &in[0], error) && (constant = lrp_onnx_get_floats (node, 1, error))
           && (negative = scaled (constant, -1, error))
           && lrp_onnx_finish (import, node, constant_layer (LRP_OP_BIAS, node, negative), in[0], error);
  if (!lrp_onnx_get_layer (node, 1, &in[1], error) || !push_negative (import, node, &in[1], error))
    return FALSE;
  if (lrp_onnx_is_constant (node, 0))
    return (constant = lrp_onnx_get_floats (node, 0, error))
           && lrp_onnx_finish (import, node, constant_layer (LRP_OP_BIAS, node, constant), in[1], error);
  return lrp_onnx_get_layer (node, 0, &in[0], error)
         && lrp_onnx_finish_many (import, node, lrp_layer_new (LRP_OP_SUM, node->name), in, 2, error);
}

/**
 * lrp_onnx_mul:
 * @import: the network so far
 * @op: the operator's row
 * @node: a Mul: by a constant, of two constants, or of two activations, one of which may be the other's gate
 * @error: return location for an error
 *
 * Returns: whether the node became a layer or a constant
 */
gboolean
lrp_onnx_mul (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  guint side = lrp_onnx_is_constant (node, 0) ? 0 : 1, in, both[2];
  const LrpTensor *constant;

  if (lrp_onnx_all_constant (node))
    return lrp_onnx_fold (node, error);
  if (!lrp_onnx_is_constant (node, side))
    return lrp_onnx_get_layer (node, 0, &both[0], error) && lrp_onnx_get_layer (node, 1, &both[1], error)
           && lrp_onnx_finish_many (import, node, lrp_layer_new (LRP_OP_PRODUCT, node->name), both, 2, error);
  return lrp_onnx_get_layer (node, 1 - side, &in, error) && (constant = lrp_onnx_get_floats (node, side, error))
         && lrp_onnx_finish (import, node, constant_layer (LRP_OP_SCALE, node, constant), in, error);
}
