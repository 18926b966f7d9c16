/* SPDX-License-Identifier: GPL-3.0-or-later */
/* channel-cells.h: how one channel of a montage is painted */
#pragma once

#include <gtk/gtk.h>

#include "app/layers/layers.h"

G_BEGIN_DECLS

typedef struct _RlvCells RlvCells;

RlvCells *rlv_cells_new (void) G_GNUC_WARN_UNUSED_RESULT;
void rlv_cells_free (RlvCells *self);
/* Forgets all images. */
void rlv_cells_clear (RlvCells *self);

/* The least width of a cell, and its height: with maps, or of a unit with a bar. */
void rlv_cells_get_size (gboolean places, int *width, int *height);
void rlv_cells_draw (RlvCells *self, GtkSnapshot *snapshot, GtkWidget *widget, RlvLayers *layers, guint layer,
                     guint channel, const graphene_rect_t *cell);

G_END_DECLS
