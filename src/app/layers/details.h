/* SPDX-License-Identifier: GPL-3.0-or-later */
/* details.h: all about one layer: its account, its channels, and one of these */
#pragma once

#include <gtk/gtk.h>

#include "app/layers/channel-montage.h"
#include "app/layers/channel-panel.h"

G_BEGIN_DECLS

#define RLV_TYPE_LAYER_DETAILS (rlv_layer_details_get_type ())
G_DECLARE_FINAL_TYPE (RlvLayerDetails, rlv_layer_details, RLV, LAYER_DETAILS, GtkWidget)

/* Property "folded": whether it stands in place of the list, so that there must be a way back: "back" is emitted. */
void rlv_layer_details_set_layers (RlvLayerDetails *self, RlvLayers *layers);

RlvChannelMontage *rlv_layer_details_get_montage (RlvLayerDetails *self);

G_END_DECLS
