/* SPDX-License-Identifier: GPL-3.0-or-later */
/* row.h: one row of the list of layers */
#pragma once

#include <gtk/gtk.h>

#include "app/layers/layers.h"
#include "app/layers/rule-button.h"

G_BEGIN_DECLS

#define RLV_TYPE_LAYER_ROW (rlv_layer_row_get_type ())
G_DECLARE_FINAL_TYPE (RlvLayerRow, rlv_layer_row, RLV, LAYER_ROW, GtkWidget)

GtkWidget *rlv_layer_row_new (RlvLayers *layers);

void rlv_layer_row_bind (RlvLayerRow *self, guint row);
void rlv_layer_row_unbind (RlvLayerRow *self);
guint rlv_layer_row_get_row (RlvLayerRow *self);
/* What is shown is no longer true. It is drawn anew at once where it is to be seen, else when it comes to be. */
void rlv_layer_row_update (RlvLayerRow *self);
void rlv_layer_row_show_rule (RlvLayerRow *self);
void rlv_layer_row_scrolled (RlvLayerRow *self);

G_END_DECLS
