/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op.c: the operator table, and the life of a layer */
#include "config.h"

#include "lrp/net/op.h"

#include "lrp/engine/step.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LEAK_PADDING N_("Relevance that lies on padding belongs to no input, and ends there.")
#define LEAK_SOFTMAX                                                                                                   \
  N_("A softmax’s inputs compete: relevance is not shared out among them but weighed against each other.")
#define ACTIVATION                                                                                                     \
  lrp_activation_shape, lrp_same_compile, lrp_activation_forward, lrp_activation_backward, .slopes = TRUE
#define NORMALIZE lrp_normalize_compile, lrp_normalize_forward, lrp_normalize_backward, lrp_normalize_free

/* name, inputs, output's sign, shape, compile, forward, backward: see step.h */
static const LrpOp ops[] = {
  [LRP_OP_INPUT] = { "input", 0, 0, LRP_SIGN_ANY, .shape = lrp_input_shape },
  [LRP_OP_CONV] = { "conv", 1, 1, LRP_SIGN_ANY, lrp_conv_shape, lrp_conv_compile, lrp_linear_forward,
                    lrp_linear_backward, lrp_linear_free, .linear = TRUE, .windowed = TRUE },
  [LRP_OP_CONV_TRANSPOSE] = { "conv-transpose", 1, 1, LRP_SIGN_ANY, lrp_conv_transpose_shape,
                              lrp_conv_transpose_compile, lrp_linear_forward, lrp_linear_backward, lrp_linear_free,
                              .linear = TRUE, .windowed = TRUE },
  [LRP_OP_DENSE] = { "dense", 1, 1, LRP_SIGN_ANY, lrp_dense_shape, lrp_dense_compile, lrp_linear_forward,
                     lrp_linear_backward, lrp_linear_free, .linear = TRUE },
  [LRP_OP_BIAS] = { "bias", 1, 1, LRP_SIGN_ANY, lrp_broadcast_shape, lrp_broadcast_compile, lrp_bias_forward,
                    lrp_bias_backward, lrp_broadcast_free },
  [LRP_OP_SCALE] = { "scale", 1, 1, LRP_SIGN_ANY, lrp_broadcast_shape, lrp_broadcast_compile, lrp_scale_forward,
                     lrp_scale_backward, lrp_broadcast_free, .slopes = TRUE },
  [LRP_OP_BATCH_NORM] = { "batch-norm", 1, 1, LRP_SIGN_ANY, lrp_batch_norm_shape, lrp_batch_norm_compile,
                          lrp_batch_norm_forward, lrp_scale_backward, lrp_broadcast_free, .slopes = TRUE },
  [LRP_OP_RELU] = { "relu", 1, 1, LRP_SIGN_NOT_NEGATIVE, ACTIVATION },
  [LRP_OP_LEAKY_RELU] = { "leaky-relu", 1, 1, LRP_SIGN_FOLLOWS, ACTIVATION },
  [LRP_OP_TANH] = { "tanh", 1, 1, LRP_SIGN_FOLLOWS, ACTIVATION },
  [LRP_OP_SIGMOID] = { "sigmoid", 1, 1, LRP_SIGN_NOT_NEGATIVE, ACTIVATION },
  [LRP_OP_ELU] = { "elu", 1, 1, LRP_SIGN_FOLLOWS, ACTIVATION },
  [LRP_OP_SELU] = { "selu", 1, 1, LRP_SIGN_FOLLOWS, ACTIVATION },
  [LRP_OP_CELU] = { "celu", 1, 1, LRP_SIGN_FOLLOWS, ACTIVATION },
  [LRP_OP_GELU] = { "gelu", 1, 1, LRP_SIGN_FOLLOWS, ACTIVATION },
  [LRP_OP_GELU_TANH] = { "gelu-tanh", 1, 1, LRP_SIGN_FOLLOWS, ACTIVATION },
  [LRP_OP_SILU] = { "silu", 1, 1, LRP_SIGN_FOLLOWS, ACTIVATION },
  [LRP_OP_MISH] = { "mish", 1, 1, LRP_SIGN_FOLLOWS, ACTIVATION },
  [LRP_OP_HARD_SWISH] = { "hard-swish", 1, 1, LRP_SIGN_FOLLOWS, ACTIVATION },
  [LRP_OP_HARD_SIGMOID] = { "hard-sigmoid", 1, 1, LRP_SIGN_NOT_NEGATIVE, ACTIVATION },
  [LRP_OP_SOFTPLUS] = { "softplus", 1, 1, LRP_SIGN_NOT_NEGATIVE, ACTIVATION },
  [LRP_OP_SOFTSIGN] = { "softsign", 1, 1, LRP_SIGN_FOLLOWS, ACTIVATION },
  [LRP_OP_CAPPED_RELU] = { "capped-relu", 1, 1, LRP_SIGN_NOT_NEGATIVE, ACTIVATION },
  [LRP_OP_CLIP] = { "clip", 1, 1, LRP_SIGN_ANY, ACTIVATION },
  [LRP_OP_THRESHOLDED_RELU] = { "thresholded-relu", 1, 1, LRP_SIGN_FOLLOWS, ACTIVATION },
  [LRP_OP_PRELU] = { "prelu", 1, 1, LRP_SIGN_FOLLOWS, lrp_broadcast_shape, lrp_broadcast_compile, lrp_prelu_forward,
                     lrp_prelu_backward, lrp_broadcast_free, .slopes = TRUE },
  [LRP_OP_ERF] = { "erf", 1, 1, LRP_SIGN_FOLLOWS, ACTIVATION },
  [LRP_OP_EXP] = { "exp", 1, 1, LRP_SIGN_NOT_NEGATIVE, ACTIVATION },
  [LRP_OP_LOG] = { "log", 1, 1, LRP_SIGN_ANY, ACTIVATION },
  [LRP_OP_SQRT] = { "sqrt", 1, 1, LRP_SIGN_FOLLOWS, ACTIVATION },
  [LRP_OP_ABS] = { "abs", 1, 1, LRP_SIGN_NOT_NEGATIVE, ACTIVATION },
  [LRP_OP_RECIPROCAL] = { "reciprocal", 1, 1, LRP_SIGN_ANY, ACTIVATION },
  [LRP_OP_LAYER_NORM] = { "layer-norm", 1, 1, LRP_SIGN_ANY, lrp_layer_norm_shape, NORMALIZE, .slopes = TRUE,
                          .secant = 16 },
  [LRP_OP_RMS_NORM] = { "rms-norm", 1, 1, LRP_SIGN_ANY, lrp_layer_norm_shape, NORMALIZE, .slopes = TRUE, .secant = 16 },
  [LRP_OP_GROUP_NORM] = { "group-norm", 1, 1, LRP_SIGN_ANY, lrp_group_norm_shape, NORMALIZE, .slopes = TRUE,
                          .secant = 16 },
  [LRP_OP_LOCAL_RESPONSE] = { "local-response", 1, 1, LRP_SIGN_FOLLOWS, lrp_local_response_shape,
                              lrp_local_response_compile, lrp_local_response_forward, lrp_local_response_backward,
                              lrp_local_response_free, .slopes = TRUE, .secant = 16 },
  [LRP_OP_MAX_POOL] = { "max-pool", 1, 1, LRP_SIGN_FOLLOWS, lrp_pool_shape, lrp_pool_compile, lrp_max_pool_forward,
                        lrp_max_pool_backward, lrp_pool_free, .leak = LEAK_PADDING, .windowed = TRUE },
  [LRP_OP_AVERAGE_POOL] = { "average-pool", 1, 1, LRP_SIGN_FOLLOWS, lrp_pool_shape, lrp_pool_compile,
                            lrp_average_pool_forward, lrp_average_pool_backward, lrp_pool_free, .windowed = TRUE },
  [LRP_OP_SUM_POOL] = { "sum-pool", 1, 1, LRP_SIGN_FOLLOWS, lrp_pool_shape, lrp_pool_compile, lrp_average_pool_forward,
                        lrp_average_pool_backward, lrp_pool_free, .windowed = TRUE },
  [LRP_OP_GLOBAL_MAX_POOL] = { "global-max-pool", 1, 1, LRP_SIGN_FOLLOWS, lrp_global_pool_shape, lrp_pool_compile,
                               lrp_max_pool_forward, lrp_max_pool_backward, lrp_pool_free },
  [LRP_OP_GLOBAL_AVERAGE_POOL] = { "global-average-pool", 1, 1, LRP_SIGN_FOLLOWS, lrp_global_pool_shape,
                                   lrp_pool_compile, lrp_average_pool_forward, lrp_average_pool_backward,
                                   lrp_pool_free },
  [LRP_OP_RESIZE] = { "resize", 1, 1, LRP_SIGN_FOLLOWS, lrp_resize_shape, lrp_resize_compile, lrp_map_forward,
                      lrp_map_backward, lrp_map_free },
  [LRP_OP_REDUCE_MEAN] = { "reduce-mean", 1, 1, LRP_SIGN_FOLLOWS, lrp_reduce_shape, lrp_reduce_compile, lrp_map_forward,
                           lrp_map_backward, lrp_map_free },
  [LRP_OP_REDUCE_SUM] = { "reduce-sum", 1, 1, LRP_SIGN_FOLLOWS, lrp_reduce_shape, lrp_reduce_compile, lrp_map_forward,
                          lrp_map_backward, lrp_map_free },
  [LRP_OP_REDUCE_MAX] = { "reduce-max", 1, 1, LRP_SIGN_FOLLOWS, lrp_reduce_shape, lrp_reduce_compile,
                          lrp_map_max_forward, lrp_map_max_backward, lrp_map_free },
  [LRP_OP_MATMUL] = { "matmul", 2, 2, LRP_SIGN_FOLLOWS, lrp_matmul_shape, lrp_plain_compile, lrp_matmul_forward,
                      lrp_matmul_backward, .secant = 1 },
  [LRP_OP_SUM] = { "sum", 2, G_MAXUINT, LRP_SIGN_FOLLOWS, lrp_sum_shape, lrp_spread_compile, lrp_sum_forward,
                   lrp_sum_backward },
  [LRP_OP_CONCAT] = { "concat", 1, G_MAXUINT, LRP_SIGN_FOLLOWS, lrp_concat_shape, lrp_concat_compile,
                      lrp_concat_forward, lrp_concat_backward },
  [LRP_OP_FLATTEN] = { "flatten", 1, 1, LRP_SIGN_FOLLOWS, lrp_flatten_shape, lrp_plain_compile, lrp_copy_forward,
                       lrp_copy_backward },
  [LRP_OP_RESHAPE] = { "reshape", 1, 1, LRP_SIGN_FOLLOWS, lrp_reshape_shape, lrp_plain_compile, lrp_copy_forward,
                       lrp_copy_backward },
  [LRP_OP_TRANSPOSE] = { "transpose", 1, 1, LRP_SIGN_FOLLOWS, lrp_transpose_shape, lrp_plain_compile, lrp_move_forward,
                         lrp_move_backward },
  [LRP_OP_PAD] = { "pad", 1, 1, LRP_SIGN_ANY, lrp_pad_shape, lrp_plain_compile, lrp_move_forward, lrp_move_backward,
                   .leak = LEAK_PADDING },
  [LRP_OP_IDENTITY] = { "identity", 1, 1, LRP_SIGN_FOLLOWS, lrp_same_shape, lrp_same_compile, lrp_copy_forward,
                        lrp_copy_backward },
  [LRP_OP_DROPOUT] = { "dropout", 1, 1, LRP_SIGN_FOLLOWS, lrp_same_shape, lrp_same_compile, lrp_copy_forward,
                       lrp_copy_backward },
  [LRP_OP_SOFTMAX] = { "softmax", 1, 1, LRP_SIGN_NOT_NEGATIVE, lrp_axis_shape, lrp_plain_compile, lrp_softmax_forward,
                       lrp_softmax_backward, .leak = LEAK_SOFTMAX, .secant = 16 },
  [LRP_OP_LOG_SOFTMAX] = { "log-softmax", 1, 1, LRP_SIGN_ANY, lrp_axis_shape, lrp_plain_compile, lrp_softmax_forward,
                           lrp_log_softmax_backward, .leak = LEAK_SOFTMAX, .secant = 16 },
  [LRP_OP_SLICE] = { "slice", 1, 1, LRP_SIGN_FOLLOWS, lrp_slice_shape, lrp_plain_compile, lrp_slice_forward,
                     lrp_slice_backward },
  [LRP_OP_PRODUCT] = { "product", 2, 2, LRP_SIGN_FOLLOWS, lrp_product_shape, lrp_product_compile, lrp_product_forward,
                       lrp_product_backward, .secant = 1 },
  [LRP_OP_CONSTANT] = { "constant", 1, 1, LRP_SIGN_ANY, lrp_constant_shape, lrp_plain_compile, lrp_constant_forward,
                        lrp_constant_backward },
};
G_STATIC_ASSERT (G_N_ELEMENTS (ops) == LRP_N_OPS);

/**
 * lrp_op_get:
 * @kind: a kind of layer
 *
 * Returns: (transfer none): its row in the operator table
 */
const LrpOp *
lrp_op_get (LrpOpKind kind)
{
  g_assert (kind < LRP_N_OPS);
  return &ops[kind];
}

/**
 * lrp_op_kind_name:
 * @kind: a kind of layer
 *
 * Returns: (transfer none): "conv", "dense", "max-pool", ...
 */
const char *
lrp_op_kind_name (LrpOpKind kind)
{
  return lrp_op_get (kind)->name;
}

/**
 * lrp_op_is_linear:
 * @kind: a kind of layer
 *
 * Returns: whether rules apply to it: it has weights
 */
gboolean
lrp_op_is_linear (LrpOpKind kind)
{
  return lrp_op_get (kind)->linear;
}

/**
 * lrp_op_is_convolution:
 * @kind: a kind of layer
 *
 * Returns: whether it is a convolution, transposed or not: what composites call a convolution
 */
gboolean
lrp_op_is_convolution (LrpOpKind kind)
{
  return kind == LRP_OP_CONV || kind == LRP_OP_CONV_TRANSPOSE;
}

/**
 * lrp_layer_n_outputs:
 * @layer: a linear layer with weights
 *
 * Returns: how many channels it gives, each with a bias of its own
 */
gint64
lrp_layer_n_outputs (const LrpLayer *layer)
{
  const gint64 *w = layer->weights->shape.dims;

  return layer->kind == LRP_OP_CONV_TRANSPOSE ? w[1] * layer->window.group : w[0];
}

/**
 * lrp_layer_new:
 * @kind: which operator
 * @name: (nullable): as in the file; a network makes it unique
 *
 * Returns: (transfer full): a layer without inputs, whose window is 1x1 where it has one
 */
LrpLayer *
lrp_layer_new (LrpOpKind kind, const char *name)
{
  LrpLayer *layer = g_new0 (LrpLayer, 1);

  layer->kind = kind;
  layer->name = g_strdup (name);
  if (lrp_op_get (kind)->windowed)
    layer->window = (LrpWindow) LRP_WINDOW_INIT;
  return layer;
}

/**
 * lrp_layer_copy:
 * @layer: a layer
 *
 * Returns: (transfer full): a copy that shares the weights
 */
LrpLayer *
lrp_layer_copy (const LrpLayer *layer)
{
  LrpLayer *copy = g_memdup2 (layer, sizeof *layer);

  copy->name = g_strdup (layer->name);
  copy->cell = g_strdup (layer->cell);
  copy->inputs = g_memdup2 (layer->inputs, layer->n_inputs * sizeof *layer->inputs);
  if (layer->weights)
    lrp_tensor_ref (layer->weights);
  if (layer->bias)
    lrp_tensor_ref (layer->bias);
  return copy;
}

/**
 * lrp_layer_free:
 * @layer: (transfer full) (nullable): a layer
 */
void
lrp_layer_free (LrpLayer *layer)
{
  if (!layer)
    return;
  g_free (layer->name);
  g_free (layer->cell);
  g_free (layer->inputs);
  lrp_tensor_unref (layer->weights);
  lrp_tensor_unref (layer->bias);
  g_free (layer);
}

/**
 * lrp_layer_batch_axis:
 * @layer: a layer of a network
 *
 * Sequences often lie as [time, batch, features], so it need not be the first.
 *
 * Returns: which axis of its output grows with the number of samples; -1 if none does, or if that is not known
 */
int
lrp_layer_batch_axis (const LrpLayer *layer)
{
  for (guint i = 0; i < MIN (layer->shape.rank, layer->shape_of_more.rank); i++)
    if (layer->shape.dims[i] != layer->shape_of_more.dims[i])
      return (int) i;
  return -1;
}

/**
 * lrp_layer_set_inputs:
 * @layer: a layer
 * @inputs: (array length=n_inputs): indices of layers already in its network
 * @n_inputs: how many
 */
void
lrp_layer_set_inputs (LrpLayer *layer, const guint *inputs, guint n_inputs)
{
  g_free (layer->inputs);
  layer->inputs = g_memdup2 (inputs, n_inputs * sizeof *inputs);
  layer->n_inputs = n_inputs;
}
