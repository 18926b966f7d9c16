/* SPDX-License-Identifier: GPL-3.0-or-later */
/* scrubber.h: a slider that leads through the layers, from the score down to the pixels, and can move by itself */
#pragma once

#include <gtk/gtk.h>

#include "app/layers/picture.h"

G_BEGIN_DECLS

#define RLV_TYPE_SCRUBBER (rlv_scrubber_get_type ())
G_DECLARE_FINAL_TYPE (RlvScrubber, rlv_scrubber, RLV, SCRUBBER, GtkWidget)

void rlv_scrubber_set_layers (RlvScrubber *self, RlvLayers *layers);

void rlv_scrubber_set_playing (RlvScrubber *self, gboolean playing);
/* Down by one layer, or up where steps is below 0. */
void rlv_scrubber_step (RlvScrubber *self, int steps);

G_END_DECLS
