/* SPDX-License-Identifier: GPL-3.0-or-later */
/* channel-montage.h: all channels of a layer, small: relevance and activation side by side */
#pragma once

#include <gtk/gtk.h>

#include "app/layers/layers.h"

G_BEGIN_DECLS

#define RLV_TYPE_CHANNEL_MONTAGE (rlv_channel_montage_get_type ())
G_DECLARE_FINAL_TYPE (RlvChannelMontage, rlv_channel_montage, RLV, CHANNEL_MONTAGE, GtkWidget)

/* Property "channel" (int) is notified when another one is chosen; -1: none. */
void rlv_channel_montage_set_layers (RlvChannelMontage *self, RlvLayers *layers);
void rlv_channel_montage_set_layer (RlvChannelMontage *self, guint layer, int channel);
void rlv_channel_montage_set_order (RlvChannelMontage *self, RlvChannelOrder order);
int rlv_channel_montage_get_channel (RlvChannelMontage *self);
void rlv_channel_montage_set_channel (RlvChannelMontage *self, int channel);

G_END_DECLS
