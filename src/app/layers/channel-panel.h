/* SPDX-License-Identifier: GPL-3.0-or-later */
/* channel-panel.h: one channel or unit: its own map, its numbers, where its relevance comes from and goes to */
#pragma once

#include <gtk/gtk.h>

#include "app/map/view.h"
#include "app/layers/layers.h"

G_BEGIN_DECLS

#define RLV_TYPE_CHANNEL_PANEL (rlv_channel_panel_get_type ())
G_DECLARE_FINAL_TYPE (RlvChannelPanel, rlv_channel_panel, RLV, CHANNEL_PANEL, GtkWidget)

/* Emits "followed" (uint layer, uint channel) when somebody goes on to another channel, and "closed". */
void rlv_channel_panel_set_layers (RlvChannelPanel *self, RlvLayers *layers);
/* channel: -1 for none */
void rlv_channel_panel_set_channel (RlvChannelPanel *self, guint layer, int channel);

/* What passes through the channel. */

G_END_DECLS
