/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kernels.h: linear maps at the machine's limit; kernels.c is the one file that knows oneDNN; private to the core */
#pragma once

#include "lrp/net/op.h"

G_BEGIN_DECLS

typedef struct _LrpKernel LrpKernel;
/* Weights in the layout that one direction of a kernel wants; shared and immutable. */
typedef struct _LrpPack LrpPack;

typedef enum
{
  LRP_FORWARD,  /* y = x * w */
  LRP_BACKWARD, /* dx = dy * w^T */
} LrpDirection;

/* x [N, C, H, W], y [N, K, P, Q]; window with its padding worked out. Weights are [K, C / group, R, S]. */
LrpKernel *lrp_kernel_new_conv (const LrpShape *x, const LrpShape *y, const LrpWindow *window,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same, transposed: the window slides over y, and weights are [C, K / group, R, S]. */
LrpKernel *lrp_kernel_new_conv_transpose (const LrpShape *x, const LrpShape *y, const LrpWindow *window,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* x [rows, c], y [rows, k]. Weights are [k, c]. */
LrpKernel *lrp_kernel_new_dense (gsize rows, gsize c, gsize k, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void lrp_kernel_free (LrpKernel *kernel);

/* Channels side by side in x and in y: see LrpLayout. */
gsize lrp_kernel_get_x_block (const LrpKernel *kernel);
gsize lrp_kernel_get_y_block (const LrpKernel *kernel);
/* Whether oneDNN has nothing better for a direction than its reference, which is many times slower. */
gboolean lrp_kernel_is_reference (const LrpKernel *kernel, LrpDirection direction);

LrpPack *lrp_kernel_pack (const LrpKernel *kernel, LrpDirection direction, const float *weights,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Weights as they are, for who computes without a kernel. */
LrpPack *lrp_pack_new_plain (const float *weights, gsize n, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* These, or NULL where they are packed for a kernel. */
const float *lrp_pack_get_plain (const LrpPack *pack);
/* Whether a pack made for another kernel of the same layer suits this one. */
gboolean lrp_kernel_accepts (const LrpKernel *kernel, LrpDirection direction, const LrpPack *pack);
LrpPack *lrp_pack_ref (LrpPack *pack);
void lrp_pack_unref (LrpPack *pack);

/* Both return whether there was memory for what oneDNN needs on the way.
 * y = x * w + bias; bias (nullable) has one number per channel of y. */
gboolean lrp_kernel_forward (LrpKernel *kernel, const LrpPack *weights, const float *bias, const float *x, float *y);
/* dx = dy * w^T */
gboolean lrp_kernel_backward (LrpKernel *kernel, const LrpPack *weights, const float *dy, float *dx);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LrpKernel, lrp_kernel_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LrpPack, lrp_pack_unref)

G_END_DECLS
