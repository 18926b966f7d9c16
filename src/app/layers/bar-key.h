/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bar-key.h: what the parts of the bars mean */
#pragma once

#include "app/layers/layers.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RLV_TYPE_BAR_KEY (rlv_bar_key_get_type ())
G_DECLARE_FINAL_TYPE (RlvBarKey, rlv_bar_key, RLV, BAR_KEY, GtkWidget)

void rlv_bar_key_set_layers (RlvBarKey *self, RlvLayers *layers);

G_END_DECLS
