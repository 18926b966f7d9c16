/* SPDX-License-Identifier: GPL-3.0-or-later */
/* canvas.h: a drawing or photo under a heatmap, as an image that is kept until something in it changes */
#pragma once

#include <gtk/gtk.h>

#include "app/session/session.h"

G_BEGIN_DECLS

/**
 * RlvHeatGrid:
 * @values: relevance of each cell, row by row from the top
 * @width: cells across
 * @height: cells down
 * @fit: where the cells lie on the image, with scale_y given
 *
 * A heatmap and its place. The values are borrowed.
 */
typedef struct
{
  const float *values;
  int width, height;
  LrpHeatTransform fit;
} RlvHeatGrid;

#define RLV_TYPE_CANVAS (rlv_canvas_get_type ())
G_DECLARE_FINAL_TYPE (RlvCanvas, rlv_canvas, RLV, CANVAS, GObject)

/* A widget that shows a heatmap owns one. To draw itself, it composes the image anew where it is stale, and appends it.
 */
RlvCanvas *rlv_canvas_new (GtkWidget *widget, RlvSession *session) G_GNUC_WARN_UNUSED_RESULT;
void rlv_canvas_invalidate (RlvCanvas *self);
gboolean rlv_canvas_is_stale (RlvCanvas *self, const RlvSite *site);
void rlv_canvas_compose (RlvCanvas *self, const RlvSite *site, const RlvHeatGrid *grid);
void rlv_canvas_append (RlvCanvas *self, const RlvSite *site, GtkSnapshot *snapshot);

/* Where the image lies in the widget, and which cell lies below a point of the widget. */
void rlv_canvas_get_area (RlvCanvas *self, const RlvSite *site, graphene_rect_t *area);
gboolean rlv_canvas_find_cell (RlvCanvas *self, const RlvSite *site, const RlvHeatGrid *grid, double x, double y,
                               int *column, int *row);

G_END_DECLS
