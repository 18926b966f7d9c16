/* SPDX-License-Identifier: GPL-3.0-or-later */
/* thumbs.h: thumbnails of the most relevant channels of a layer */
#pragma once

#include <gtk/gtk.h>

#include "app/layers/layers.h"

G_BEGIN_DECLS

typedef struct _RlvThumbs RlvThumbs;

RlvThumbs *rlv_thumbs_new (void) G_GNUC_WARN_UNUSED_RESULT;
void rlv_thumbs_free (RlvThumbs *self);

void rlv_thumbs_invalidate (RlvThumbs *self);
/* At 0, 0: for layers with places n squares of a size, else as many bars as fit in the room of these. */
void rlv_thumbs_draw (RlvThumbs *self, GtkSnapshot *snapshot, GtkWidget *widget, RlvLayers *layers, guint row, guint n,
                      int size, int gap);

/* One channel's relevance as an image of device pixels; peak: what gets the full colour. */
cairo_surface_t *rlv_thumb_relevance (const RlvChannels *channels, guint channel, double peak,
                                      const LrpHeatStyle *style, int pixels) G_GNUC_WARN_UNUSED_RESULT;
/* Its activation, from paper (0) to ink (peak). */
cairo_surface_t *rlv_thumb_activation (const RlvChannels *channels, guint channel, const LrpHeatStyle *style,
                                       int pixels) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
