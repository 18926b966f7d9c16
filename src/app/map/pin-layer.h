/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pin-layer.h: pixels of a heatmap are pointed at and pinned; lies over the heatmap */
#pragma once

#include "app/map/view.h"
#include "app/session/pins.h"

G_BEGIN_DECLS

#define RLV_TYPE_PIN_LAYER (rlv_pin_layer_get_type ())
G_DECLARE_FINAL_TYPE (RlvPinLayer, rlv_pin_layer, RLV, PIN_LAYER, GtkWidget)

void rlv_pin_layer_set_view (RlvPinLayer *self, RlvHeatView *view, RlvQuery *query, RlvPins *pins);
/* What the keyboard points at; FALSE where it points at nothing. */
gboolean rlv_pin_layer_get_cursor (RlvPinLayer *self, RlvPin *cursor);

G_END_DECLS
