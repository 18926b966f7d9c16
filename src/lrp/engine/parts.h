/* SPDX-License-Identifier: GPL-3.0-or-later */
/* parts.h: a linear map at once or, where that would take long, in parts that one can stop between; private to the core
 */
#pragma once

#include "lrp/engine/kernels.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _LrpParts LrpParts;

/* x [N, C, H, W], y [N, K, P, Q]; window with its padding worked out. Weights are [K, C / group, R, S]. transposed: the
 * window slides over y, and weights are [C, K / group, R, S]. */
LrpParts *lrp_parts_new_conv (const LrpShape *x, const LrpShape *y, const LrpWindow *window, gboolean transposed,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* x [rows, c], y [rows, k]. Weights are [k, c]. */
LrpParts *lrp_parts_new_dense (gsize rows, gsize c, gsize k, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void lrp_parts_free (LrpParts *parts);

/* Channels side by side in x and in y: see LrpLayout. */
gsize lrp_parts_get_x_block (const LrpParts *parts);
gsize lrp_parts_get_y_block (const LrpParts *parts);

LrpPack *lrp_parts_pack (const LrpParts *parts, LrpDirection direction, const float *weights,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether a pack made for another map of the same layer suits this one. */
gboolean lrp_parts_accept (const LrpParts *parts, LrpDirection direction, const LrpPack *pack);

/* y = x * w + bias; bias (nullable) has one number per channel of y. Once cancelled, y holds anything. FALSE: memory
 * was short. */
gboolean lrp_parts_forward (LrpParts *parts, const LrpPack *weights, const float *bias, const float *x, float *y,
                            GCancellable *cancellable);
/* dx = dy * w^T */
gboolean lrp_parts_backward (LrpParts *parts, const LrpPack *weights, const float *dy, float *dx,
                             GCancellable *cancellable);

/* How many multiply-adds a part may have; tests ask for less than there are in a small layer. 0: as usual. */
void lrp_parts_set_limit (guint64 macs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LrpParts, lrp_parts_free)

G_END_DECLS
