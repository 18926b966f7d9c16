/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture.h: what is drawn, with the relevance of one layer over it */
#pragma once

#include <gtk/gtk.h>

#include "app/layers/layers.h"

G_BEGIN_DECLS

#define RLV_TYPE_LAYER_PICTURE (rlv_layer_picture_get_type ())
G_DECLARE_FINAL_TYPE (RlvLayerPicture, rlv_layer_picture, RLV, LAYER_PICTURE, GtkWidget)

void rlv_layer_picture_set_layers (RlvLayerPicture *self, RlvLayers *layers);

char *rlv_layer_picture_dup_reading (RlvLayerPicture *self, double x, double y) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
