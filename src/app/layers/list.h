/* SPDX-License-Identifier: GPL-3.0-or-later */
/* list.h: all layers, from pixels to the score */
#pragma once

#include <gtk/gtk.h>

#include "app/layers/row.h"

G_BEGIN_DECLS

#define RLV_TYPE_LAYER_LIST (rlv_layer_list_get_type ())
G_DECLARE_FINAL_TYPE (RlvLayerList, rlv_layer_list, RLV, LAYER_LIST, GtkWidget)

/* Emits "opened" when somebody wants to know more about the row looked at. */
void rlv_layer_list_set_layers (RlvLayerList *self, RlvLayers *layers);

GtkListView *rlv_layer_list_get_view (RlvLayerList *self);
/* The row's widget; NULL where it is not made, as it is far from what is seen. */
RlvLayerRow *rlv_layer_list_find_row (RlvLayerList *self, guint row);

G_END_DECLS
