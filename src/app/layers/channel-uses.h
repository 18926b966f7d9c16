/* SPDX-License-Identifier: GPL-3.0-or-later */
/* channel-uses.h: which channels of the next layer with weights use a channel, found in a thread once all is calm */
#pragma once

#include "app/layers/channel-links.h"
#include "app/layers/layers.h"

G_BEGIN_DECLS

#define RLV_TYPE_CHANNEL_USES (rlv_channel_uses_get_type ())
G_DECLARE_FINAL_TYPE (RlvChannelUses, rlv_channel_uses, RLV, CHANNEL_USES, GObject)

/* Signal "found" (no arguments): there is an answer, or none any more. */
RlvChannelUses *rlv_channel_uses_new (RlvLayers *layers) G_GNUC_WARN_UNUSED_RESULT;

void rlv_channel_uses_ask (RlvChannelUses *self, guint layer, guint channel);
void rlv_channel_uses_forget (RlvChannelUses *self);

/* The strongest first. */
const RlvLink *rlv_channel_uses_get_links (RlvChannelUses *self, guint *n);
/* How many of the channels above were asked about, where these are not all that relevance comes to; else 0. */
guint rlv_channel_uses_get_limit (RlvChannelUses *self);

G_END_DECLS
