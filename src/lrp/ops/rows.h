/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rows.h: the list of operators: each kind and its row, which the operator's file defines; private to the core */
#pragma once

#include "lrp/net/op-row.h"

G_BEGIN_DECLS

/* ROW (KIND, name) for each LRP_OP_KIND, whose row is lrp_op_name. */
/* clang-format off */
#define LRP_OP_ROWS(ROW)                                                                                               \
  ROW (INPUT, input)                                                                                                   \
  ROW (CONV, conv)                                                                                                     \
  ROW (CONV_TRANSPOSE, conv_transpose)                                                                                 \
  ROW (DENSE, dense)                                                                                                   \
  ROW (BIAS, bias)                                                                                                     \
  ROW (SCALE, scale)                                                                                                   \
  ROW (BATCH_NORM, batch_norm)                                                                                         \
  ROW (RELU, relu)                                                                                                     \
  ROW (LEAKY_RELU, leaky_relu)                                                                                         \
  ROW (TANH, tanh)                                                                                                     \
  ROW (SIGMOID, sigmoid)                                                                                               \
  ROW (ELU, elu)                                                                                                       \
  ROW (SELU, selu)                                                                                                     \
  ROW (CELU, celu)                                                                                                     \
  ROW (GELU, gelu)                                                                                                     \
  ROW (GELU_TANH, gelu_tanh)                                                                                           \
  ROW (SILU, silu)                                                                                                     \
  ROW (MISH, mish)                                                                                                     \
  ROW (HARD_SWISH, hard_swish)                                                                                         \
  ROW (HARD_SIGMOID, hard_sigmoid)                                                                                     \
  ROW (SOFTPLUS, softplus)                                                                                             \
  ROW (SOFTSIGN, softsign)                                                                                             \
  ROW (CAPPED_RELU, capped_relu)                                                                                       \
  ROW (CLIP, clip)                                                                                                     \
  ROW (THRESHOLDED_RELU, thresholded_relu)                                                                             \
  ROW (PRELU, prelu)                                                                                                   \
  ROW (ERF, erf)                                                                                                       \
  ROW (EXP, exp)                                                                                                       \
  ROW (LOG, log)                                                                                                       \
  ROW (SQRT, sqrt)                                                                                                     \
  ROW (ABS, abs)                                                                                                       \
  ROW (RECIPROCAL, reciprocal)                                                                                         \
  ROW (LAYER_NORM, layer_norm)                                                                                         \
  ROW (RMS_NORM, rms_norm)                                                                                             \
  ROW (GROUP_NORM, group_norm)                                                                                         \
  ROW (LOCAL_RESPONSE, local_response)                                                                                 \
  ROW (MAX_POOL, max_pool)                                                                                             \
  ROW (AVERAGE_POOL, average_pool)                                                                                     \
  ROW (SUM_POOL, sum_pool)                                                                                             \
  ROW (GLOBAL_MAX_POOL, global_max_pool)                                                                               \
  ROW (GLOBAL_AVERAGE_POOL, global_average_pool)                                                                       \
  ROW (RESIZE, resize)                                                                                                 \
  ROW (REDUCE_MEAN, reduce_mean)                                                                                       \
  ROW (REDUCE_SUM, reduce_sum)                                                                                         \
  ROW (REDUCE_MAX, reduce_max)                                                                                         \
  ROW (MATMUL, matmul)                                                                                                 \
  ROW (SUM, sum)                                                                                                       \
  ROW (CONCAT, concat)                                                                                                 \
  ROW (FLATTEN, flatten)                                                                                               \
  ROW (RESHAPE, reshape)                                                                                               \
  ROW (TRANSPOSE, transpose)                                                                                           \
  ROW (PAD, pad)                                                                                                       \
  ROW (IDENTITY, identity)                                                                                             \
  ROW (DROPOUT, dropout)                                                                                               \
  ROW (SOFTMAX, softmax)                                                                                               \
  ROW (LOG_SOFTMAX, log_softmax)                                                                                       \
  ROW (SLICE, slice)                                                                                                   \
  ROW (PRODUCT, product)                                                                                               \
  ROW (CONSTANT, constant)
/* clang-format on */

#define LRP_OP_DECLARE(kind, name) extern const LrpOp lrp_op_##name;
LRP_OP_ROWS (LRP_OP_DECLARE)
#undef LRP_OP_DECLARE

G_END_DECLS
