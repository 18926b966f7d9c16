/* SPDX-License-Identifier: GPL-3.0-or-later */
/* direct.h: convolutions that oneDNN is slow at, place by place; private to the core */
#pragma once

#include "lrp/net/op.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A convolution's sizes: a window slides over a plane, of which there are `over` for each group, and gives `of` numbers
 * at each of its places. Weights are [group][of][over][R, S]. */
typedef struct
{
  gsize n, over, of;
  gint64 plane[2], places[2];
  LrpWindow window; /* its padding worked out */
} LrpDirect;

/* How many multiply-adds it takes, and how many if what lies on padding is counted. */
guint64 lrp_direct_macs (const LrpDirect *direct);
guint64 lrp_direct_macs_with_padding (const LrpDirect *direct);
/* places = planes * w + bias; bias (nullable) has one number per channel. All in row-major order. */
void lrp_direct_gather (const LrpDirect *direct, const float *w, const float *bias, const float *planes, float *places,
                        GCancellable *cancellable);
/* planes = places * w^T + bias */
void lrp_direct_scatter (const LrpDirect *direct, const float *w, const float *bias, const float *places, float *planes,
                         GCancellable *cancellable);

G_END_DECLS
