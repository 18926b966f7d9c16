/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ink-feed.h: a drawing as a network's input */
#pragma once

#include "app/drawing/document.h"
#include "lrp/net/network.h"

G_BEGIN_DECLS

#define RLV_TYPE_INK_FEED (rlv_ink_feed_get_type ())
G_DECLARE_FINAL_TYPE (RlvInkFeed, rlv_ink_feed, RLV, INK_FEED, GObject)

RlvInkFeed *rlv_ink_feed_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* stamp: another number whenever something else is drawn, or it is read in another way. late: (out): it was drawn
 * before. NULL without an error: "ready" comes. */
LrpTensor *rlv_ink_feed_get (RlvInkFeed *self, RlvDocument *document, LrpNetwork *network, gboolean fit, guint stamp,
                             RlvPadGrid *grid, gboolean *late, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean rlv_ink_feed_is_busy (RlvInkFeed *self);
void rlv_ink_feed_forget (RlvInkFeed *self);

G_END_DECLS
