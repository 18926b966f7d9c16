/* SPDX-License-Identifier: GPL-3.0-or-later */
/* functions.h: what the operators' files offer to the table and to each other; private to the core */
#pragma once

#include "lrp/base/broadcast.h"
#include "lrp/engine/linear.h"

G_BEGIN_DECLS

/* What the operators' files offer to the table. */
#define SHAPE(name)    gboolean name (const LrpLayer *layer, const LrpShape *in, LrpShape *out, GError **error)
#define COMPILE(name)  gboolean name (LrpStep *step, gsize *out_block, GError **error)
#define FORWARD(name)  void name (LrpStep *step)
#define BACKWARD(name) void name (LrpStep *step, const LrpBackward *call)

SHAPE (lrp_input_shape);
SHAPE (lrp_same_shape);
SHAPE (lrp_activation_shape);
SHAPE (lrp_axis_shape);
SHAPE (lrp_conv_shape);
SHAPE (lrp_conv_transpose_shape);
SHAPE (lrp_dense_shape);
SHAPE (lrp_broadcast_shape);
SHAPE (lrp_batch_norm_shape);
SHAPE (lrp_layer_norm_shape);
SHAPE (lrp_group_norm_shape);
SHAPE (lrp_local_response_shape);
SHAPE (lrp_resize_shape);
SHAPE (lrp_reduce_shape);
SHAPE (lrp_matmul_shape);
SHAPE (lrp_pool_shape);
SHAPE (lrp_global_pool_shape);
SHAPE (lrp_sum_shape);
SHAPE (lrp_concat_shape);
SHAPE (lrp_flatten_shape);
SHAPE (lrp_reshape_shape);
SHAPE (lrp_transpose_shape);
SHAPE (lrp_pad_shape);
SHAPE (lrp_slice_shape);
SHAPE (lrp_product_shape);
SHAPE (lrp_constant_shape);

COMPILE (lrp_same_compile);  /* inputs and output in the block of the first input */
COMPILE (lrp_plain_compile); /* inputs and output in row-major order */
COMPILE (lrp_conv_compile);
COMPILE (lrp_conv_transpose_compile);
COMPILE (lrp_dense_compile);
COMPILE (lrp_broadcast_compile);
COMPILE (lrp_batch_norm_compile);
COMPILE (lrp_normalize_compile);
COMPILE (lrp_local_response_compile);
COMPILE (lrp_resize_compile);
COMPILE (lrp_reduce_compile);
COMPILE (lrp_pool_compile);
COMPILE (lrp_concat_compile);
COMPILE (lrp_spread_compile); /* the block of the first input if all are of one shape, else row-major order */
COMPILE (lrp_product_compile);

FORWARD (lrp_bias_forward);
FORWARD (lrp_scale_forward);
FORWARD (lrp_batch_norm_forward);
FORWARD (lrp_activation_forward);
FORWARD (lrp_prelu_forward);
FORWARD (lrp_normalize_forward);
FORWARD (lrp_local_response_forward);
FORWARD (lrp_map_forward);
FORWARD (lrp_map_max_forward);
FORWARD (lrp_matmul_forward);
FORWARD (lrp_max_pool_forward);
FORWARD (lrp_average_pool_forward);
FORWARD (lrp_sum_forward);
FORWARD (lrp_concat_forward);
FORWARD (lrp_copy_forward);
FORWARD (lrp_move_forward);
FORWARD (lrp_softmax_forward);
FORWARD (lrp_slice_forward);
FORWARD (lrp_product_forward);
FORWARD (lrp_constant_forward);

BACKWARD (lrp_bias_backward);
BACKWARD (lrp_scale_backward);
BACKWARD (lrp_activation_backward);
BACKWARD (lrp_prelu_backward);
BACKWARD (lrp_normalize_backward);
BACKWARD (lrp_local_response_backward);
BACKWARD (lrp_map_backward);
BACKWARD (lrp_map_max_backward);
BACKWARD (lrp_matmul_backward);
BACKWARD (lrp_max_pool_backward);
BACKWARD (lrp_average_pool_backward);
BACKWARD (lrp_sum_backward);
BACKWARD (lrp_concat_backward);
BACKWARD (lrp_copy_backward);
BACKWARD (lrp_move_backward);
BACKWARD (lrp_softmax_backward);
BACKWARD (lrp_log_softmax_backward);
BACKWARD (lrp_slice_backward);
BACKWARD (lrp_product_backward);
BACKWARD (lrp_constant_backward);

FORWARD (lrp_normalize_free);
FORWARD (lrp_local_response_free);
FORWARD (lrp_map_free);
FORWARD (lrp_broadcast_free);
FORWARD (lrp_pool_free);

#undef SHAPE
#undef COMPILE
#undef FORWARD
#undef BACKWARD

/* Where the elements of an output stand in an input: walked row by row, the output's last axis being the rows. A
 * stride of 0 repeats an input along an axis of the output that it does not have. */
typedef struct
{
  LrpShape out;
  gint64 first;
  gint64 stride[LRP_MAX_RANK];
} LrpSpread;

/* The shape of inputs that meet element by element, as NumPy defines it. */
gboolean lrp_spread_shape (const LrpShape *in, guint n, LrpShape *out, GError **error);
LrpSpread lrp_spread_new (const LrpShape *in, const LrpShape *out);
gint64 lrp_spread_row (const LrpSpread *spread, gsize row);
/* The rows of an output: how many, and how long. */
gsize lrp_spread_rows (const LrpSpread *spread, gsize *length);
/* Adds numbers like the output to the places they came from; rx is emptied first. */
void lrp_spread_collect (const LrpSpread *spread, const LrpBuffer *x, const float *numbers, float *rx);

/* Works out automatic padding for an input of h x w; sets the output's height and width. */
gboolean lrp_window_resolve (LrpWindow *window, const gint64 *in, gint64 *out, GError **error);
/* The same for a transposed convolution, whose windows lie on the output. */
gboolean lrp_window_resolve_transposed (LrpWindow *window, const gint64 *in, gint64 *out, GError **error);

G_END_DECLS
