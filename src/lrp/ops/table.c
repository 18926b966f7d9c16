/* SPDX-License-Identifier: GPL-3.0-or-later */
/* table.c: the operator table: it stands on everything that operators are made of */
#include "config.h"

#include "lrp/ops/functions.h"

#include <glib/gi18n-lib.h>

#define LEAK_PADDING N_("Relevance that lies on padding belongs to no input, and ends there.")
#define LEAK_SOFTMAX                                                                                                   \
  N_("A softmax’s inputs compete: relevance is not shared out among them but weighed against each other.")

/* What families have in common. */
#define ONE_INPUT  .min_inputs = 1, .max_inputs = 1
#define TWO_INPUTS .min_inputs = 2, .max_inputs = 2
#define LINEAR                                                                                                         \
  .forward = lrp_linear_forward, .backward = lrp_linear_backward, .free_state = lrp_linear_free, .linear = TRUE
#define ACTIVATION(op_name, op_sign)                                                                                   \
  {                                                                                                                    \
    .name = op_name, ONE_INPUT, .sign = op_sign, .shape = lrp_activation_shape, .compile = lrp_same_compile,           \
    .forward = lrp_activation_forward, .backward = lrp_activation_backward, .slopes = TRUE                             \
  }
#define NORMALIZATION(op_name, op_shape)                                                                               \
  {                                                                                                                    \
    .name = op_name, ONE_INPUT, .sign = LRP_SIGN_ANY, .shape = op_shape, .compile = lrp_normalize_compile,             \
    .forward = lrp_normalize_forward, .backward = lrp_normalize_backward, .free_state = lrp_normalize_free,            \
    .slopes = TRUE, .secant = 16                                                                                       \
  }
#define NOTHING(op_name)                                                                                               \
  {                                                                                                                    \
    .name = op_name, ONE_INPUT, .sign = LRP_SIGN_FOLLOWS, .shape = lrp_same_shape, .compile = lrp_same_compile,        \
    .forward = lrp_copy_forward, .backward = lrp_copy_backward                                                         \
  }

static const LrpOp ops[] = {
  [LRP_OP_INPUT] = { .name = "input", .sign = LRP_SIGN_ANY, .shape = lrp_input_shape },
  [LRP_OP_CONV] = {
    .name = "conv",
    ONE_INPUT,
    .sign = LRP_SIGN_ANY,
    .shape = lrp_conv_shape,
    .compile = lrp_conv_compile,
    LINEAR,
    .windowed = TRUE,
  },
  [LRP_OP_CONV_TRANSPOSE] = {
    .name = "conv-transpose",
    ONE_INPUT,
    .sign = LRP_SIGN_ANY,
    .shape = lrp_conv_transpose_shape,
    .compile = lrp_conv_transpose_compile,
    LINEAR,
    .windowed = TRUE,
  },
  [LRP_OP_DENSE] = {
    .name = "dense",
    ONE_INPUT,
    .sign = LRP_SIGN_ANY,
    .shape = lrp_dense_shape,
    .compile = lrp_dense_compile,
    LINEAR,
  },
  [LRP_OP_BIAS] = {
    .name = "bias",
    ONE_INPUT,
    .sign = LRP_SIGN_ANY,
    .shape = lrp_broadcast_shape,
    .compile = lrp_broadcast_compile,
    .forward = lrp_bias_forward,
    .backward = lrp_bias_backward,
    .free_state = lrp_broadcast_free,
  },
  [LRP_OP_SCALE] = {
    .name = "scale",
    ONE_INPUT,
    .sign = LRP_SIGN_ANY,
    .shape = lrp_broadcast_shape,
    .compile = lrp_broadcast_compile,
    .forward = lrp_scale_forward,
    .backward = lrp_scale_backward,
    .free_state = lrp_broadcast_free,
    .slopes = TRUE,
  },
  [LRP_OP_BATCH_NORM] = {
    .name = "batch-norm",
    ONE_INPUT,
    .sign = LRP_SIGN_ANY,
    .shape = lrp_batch_norm_shape,
    .compile = lrp_batch_norm_compile,
    .forward = lrp_batch_norm_forward,
    .backward = lrp_scale_backward,
    .free_state = lrp_broadcast_free,
    .slopes = TRUE,
  },
  [LRP_OP_RELU] = ACTIVATION ("relu", LRP_SIGN_NOT_NEGATIVE),
  [LRP_OP_LEAKY_RELU] = ACTIVATION ("leaky-relu", LRP_SIGN_FOLLOWS),
  [LRP_OP_TANH] = ACTIVATION ("tanh", LRP_SIGN_FOLLOWS),
  [LRP_OP_SIGMOID] = ACTIVATION ("sigmoid", LRP_SIGN_NOT_NEGATIVE),
  [LRP_OP_ELU] = ACTIVATION ("elu", LRP_SIGN_FOLLOWS),
  [LRP_OP_SELU] = ACTIVATION ("selu", LRP_SIGN_FOLLOWS),
  [LRP_OP_CELU] = ACTIVATION ("celu", LRP_SIGN_FOLLOWS),
  [LRP_OP_GELU] = ACTIVATION ("gelu", LRP_SIGN_FOLLOWS),
  [LRP_OP_GELU_TANH] = ACTIVATION ("gelu-tanh", LRP_SIGN_FOLLOWS),
  [LRP_OP_SILU] = ACTIVATION ("silu", LRP_SIGN_FOLLOWS),
  [LRP_OP_MISH] = ACTIVATION ("mish", LRP_SIGN_FOLLOWS),
  [LRP_OP_HARD_SWISH] = ACTIVATION ("hard-swish", LRP_SIGN_FOLLOWS),
  [LRP_OP_HARD_SIGMOID] = ACTIVATION ("hard-sigmoid", LRP_SIGN_NOT_NEGATIVE),
  [LRP_OP_SOFTPLUS] = ACTIVATION ("softplus", LRP_SIGN_NOT_NEGATIVE),
  [LRP_OP_SOFTSIGN] = ACTIVATION ("softsign", LRP_SIGN_FOLLOWS),
  [LRP_OP_CAPPED_RELU] = ACTIVATION ("capped-relu", LRP_SIGN_NOT_NEGATIVE),
  [LRP_OP_CLIP] = ACTIVATION ("clip", LRP_SIGN_ANY),
  [LRP_OP_THRESHOLDED_RELU] = ACTIVATION ("thresholded-relu", LRP_SIGN_FOLLOWS),
  [LRP_OP_PRELU] = {
    .name = "prelu",
    ONE_INPUT,
    .sign = LRP_SIGN_FOLLOWS,
    .shape = lrp_broadcast_shape,
    .compile = lrp_broadcast_compile,
    .forward = lrp_prelu_forward,
    .backward = lrp_prelu_backward,
    .free_state = lrp_broadcast_free,
    .slopes = TRUE,
  },
  [LRP_OP_ERF] = ACTIVATION ("erf", LRP_SIGN_FOLLOWS),
  [LRP_OP_EXP] = ACTIVATION ("exp", LRP_SIGN_NOT_NEGATIVE),
  [LRP_OP_LOG] = ACTIVATION ("log", LRP_SIGN_ANY),
  [LRP_OP_SQRT] = ACTIVATION ("sqrt", LRP_SIGN_FOLLOWS),
  [LRP_OP_ABS] = ACTIVATION ("abs", LRP_SIGN_NOT_NEGATIVE),
  [LRP_OP_RECIPROCAL] = ACTIVATION ("reciprocal", LRP_SIGN_ANY),
  [LRP_OP_LAYER_NORM] = NORMALIZATION ("layer-norm", lrp_layer_norm_shape),
  [LRP_OP_RMS_NORM] = NORMALIZATION ("rms-norm", lrp_layer_norm_shape),
  [LRP_OP_GROUP_NORM] = NORMALIZATION ("group-norm", lrp_group_norm_shape),
  [LRP_OP_LOCAL_RESPONSE] = {
    .name = "local-response",
    ONE_INPUT,
    .sign = LRP_SIGN_FOLLOWS,
    .shape = lrp_local_response_shape,
    .compile = lrp_local_response_compile,
    .forward = lrp_local_response_forward,
    .backward = lrp_local_response_backward,
    .free_state = lrp_local_response_free,
    .slopes = TRUE,
    .secant = 16,
  },
  [LRP_OP_MAX_POOL] = {
    .name = "max-pool",
    ONE_INPUT,
    .sign = LRP_SIGN_FOLLOWS,
    .shape = lrp_pool_shape,
    .compile = lrp_pool_compile,
    .forward = lrp_max_pool_forward,
    .backward = lrp_max_pool_backward,
    .free_state = lrp_pool_free,
    .leak = LEAK_PADDING,
    .windowed = TRUE,
  },
  [LRP_OP_AVERAGE_POOL] = {
    .name = "average-pool",
    ONE_INPUT,
    .sign = LRP_SIGN_FOLLOWS,
    .shape = lrp_pool_shape,
    .compile = lrp_pool_compile,
    .forward = lrp_average_pool_forward,
    .backward = lrp_average_pool_backward,
    .free_state = lrp_pool_free,
    .windowed = TRUE,
  },
  [LRP_OP_SUM_POOL] = {
    .name = "sum-pool",
    ONE_INPUT,
    .sign = LRP_SIGN_FOLLOWS,
    .shape = lrp_pool_shape,
    .compile = lrp_pool_compile,
    .forward = lrp_average_pool_forward,
    .backward = lrp_average_pool_backward,
    .free_state = lrp_pool_free,
    .windowed = TRUE,
  },
  [LRP_OP_GLOBAL_MAX_POOL] = {
    .name = "global-max-pool",
    ONE_INPUT,
    .sign = LRP_SIGN_FOLLOWS,
    .shape = lrp_global_pool_shape,
    .compile = lrp_pool_compile,
    .forward = lrp_max_pool_forward,
    .backward = lrp_max_pool_backward,
    .free_state = lrp_pool_free,
  },
  [LRP_OP_GLOBAL_AVERAGE_POOL] = {
    .name = "global-average-pool",
    ONE_INPUT,
    .sign = LRP_SIGN_FOLLOWS,
    .shape = lrp_global_pool_shape,
    .compile = lrp_pool_compile,
    .forward = lrp_average_pool_forward,
    .backward = lrp_average_pool_backward,
    .free_state = lrp_pool_free,
  },
  [LRP_OP_RESIZE] = {
    .name = "resize",
    ONE_INPUT,
    .sign = LRP_SIGN_FOLLOWS,
    .shape = lrp_resize_shape,
    .compile = lrp_resize_compile,
    .forward = lrp_map_forward,
    .backward = lrp_map_backward,
    .free_state = lrp_map_free,
  },
  [LRP_OP_REDUCE_MEAN] = {
    .name = "reduce-mean",
    ONE_INPUT,
    .sign = LRP_SIGN_FOLLOWS,
    .shape = lrp_reduce_shape,
    .compile = lrp_reduce_compile,
    .forward = lrp_map_forward,
    .backward = lrp_map_backward,
    .free_state = lrp_map_free,
  },
  [LRP_OP_REDUCE_SUM] = {
    .name = "reduce-sum",
    ONE_INPUT,
    .sign = LRP_SIGN_FOLLOWS,
    .shape = lrp_reduce_shape,
    .compile = lrp_reduce_compile,
    .forward = lrp_map_forward,
    .backward = lrp_map_backward,
    .free_state = lrp_map_free,
  },
  [LRP_OP_REDUCE_MAX] = {
    .name = "reduce-max",
    ONE_INPUT,
    .sign = LRP_SIGN_FOLLOWS,
    .shape = lrp_reduce_shape,
    .compile = lrp_reduce_compile,
    .forward = lrp_map_max_forward,
    .backward = lrp_map_max_backward,
    .free_state = lrp_map_free,
  },
  [LRP_OP_MATMUL] = {
    .name = "matmul",
    TWO_INPUTS,
    .sign = LRP_SIGN_FOLLOWS,
    .shape = lrp_matmul_shape,
    .compile = lrp_plain_compile,
    .forward = lrp_matmul_forward,
    .backward = lrp_matmul_backward,
    .secant = 1,
  },
  [LRP_OP_SUM] = {
    .name = "sum",
    .min_inputs = 2,
    .max_inputs = G_MAXUINT,
    .sign = LRP_SIGN_FOLLOWS,
    .shape = lrp_sum_shape,
    .compile = lrp_spread_compile,
    .forward = lrp_sum_forward,
    .backward = lrp_sum_backward,
  },
  [LRP_OP_CONCAT] = {
    .name = "concat",
    .min_inputs = 1,
    .max_inputs = G_MAXUINT,
    .sign = LRP_SIGN_FOLLOWS,
    .shape = lrp_concat_shape,
    .compile = lrp_concat_compile,
    .forward = lrp_concat_forward,
    .backward = lrp_concat_backward,
  },
  [LRP_OP_FLATTEN] = {
    .name = "flatten",
    ONE_INPUT,
    .sign = LRP_SIGN_FOLLOWS,
    .shape = lrp_flatten_shape,
    .compile = lrp_plain_compile,
    .forward = lrp_copy_forward,
    .backward = lrp_copy_backward,
  },
  [LRP_OP_RESHAPE] = {
    .name = "reshape",
    ONE_INPUT,
    .sign = LRP_SIGN_FOLLOWS,
    .shape = lrp_reshape_shape,
    .compile = lrp_plain_compile,
    .forward = lrp_copy_forward,
    .backward = lrp_copy_backward,
  },
  [LRP_OP_TRANSPOSE] = {
    .name = "transpose",
    ONE_INPUT,
    .sign = LRP_SIGN_FOLLOWS,
    .shape = lrp_transpose_shape,
    .compile = lrp_plain_compile,
    .forward = lrp_move_forward,
    .backward = lrp_move_backward,
  },
  [LRP_OP_PAD] = {
    .name = "pad",
    ONE_INPUT,
    .sign = LRP_SIGN_ANY,
    .shape = lrp_pad_shape,
    .compile = lrp_plain_compile,
    .forward = lrp_move_forward,
    .backward = lrp_move_backward,
    .leak = LEAK_PADDING,
  },
  [LRP_OP_IDENTITY] = NOTHING ("identity"),
  [LRP_OP_DROPOUT] = NOTHING ("dropout"),
  [LRP_OP_SOFTMAX] = {
    .name = "softmax",
    ONE_INPUT,
    .sign = LRP_SIGN_NOT_NEGATIVE,
    .shape = lrp_axis_shape,
    .compile = lrp_plain_compile,
    .forward = lrp_softmax_forward,
    .backward = lrp_softmax_backward,
    .leak = LEAK_SOFTMAX,
    .secant = 16,
  },
  [LRP_OP_LOG_SOFTMAX] = {
    .name = "log-softmax",
    ONE_INPUT,
    .sign = LRP_SIGN_ANY,
    .shape = lrp_axis_shape,
    .compile = lrp_plain_compile,
    .forward = lrp_softmax_forward,
    .backward = lrp_log_softmax_backward,
    .leak = LEAK_SOFTMAX,
    .secant = 16,
  },
  [LRP_OP_SLICE] = {
    .name = "slice",
    ONE_INPUT,
    .sign = LRP_SIGN_FOLLOWS,
    .shape = lrp_slice_shape,
    .compile = lrp_plain_compile,
    .forward = lrp_slice_forward,
    .backward = lrp_slice_backward,
  },
  [LRP_OP_PRODUCT] = {
    .name = "product",
    TWO_INPUTS,
    .sign = LRP_SIGN_FOLLOWS,
    .shape = lrp_product_shape,
    .compile = lrp_product_compile,
    .forward = lrp_product_forward,
    .backward = lrp_product_backward,
    .secant = 1,
  },
  [LRP_OP_CONSTANT] = {
    .name = "constant",
    ONE_INPUT,
    .sign = LRP_SIGN_ANY,
    .shape = lrp_constant_shape,
    .compile = lrp_plain_compile,
    .forward = lrp_constant_forward,
    .backward = lrp_constant_backward,
  },
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
