/* SPDX-License-Identifier: GPL-3.0-or-later */
/* figure.h: one heatmap with all that is needed to draw it */
#pragma once

#include "heat/draw.h"

G_BEGIN_DECLS

/**
 * LrpFigure:
 * @heat: (array): [cells_h, cells_w], relevance of each cell
 * @cells_w: cells in a row
 * @cells_h: cells in a column
 * @transform: (nullable): where the map lies; %NULL: it covers all
 * @ink: (nullable): coverage, A8, @width x @height
 * @picture: (nullable): opaque ARGB32 or RGB24
 * @style: how it looks
 * @width: pixels in a row
 * @height: pixels in a column
 * @text: (nullable) (array zero-terminated=1): pairs of key and value that say how it was made, kept in the file
 * @values: PNG only: write the relevance itself as 16-bit greys, one pixel a cell
 *
 * A heatmap to be drawn or written: the arguments of lrp_heat_compose(), and what a file shall say.
 */
typedef struct
{
  const float *heat;
  int cells_w, cells_h;
  const LrpHeatTransform *transform;
  cairo_surface_t *ink, *picture;
  const LrpHeatStyle *style;
  int width, height;
  const char *const *text;
  gboolean values;
} LrpFigure;

/* Draws an LrpFigure, with a pixel of it as the unit. shapes: of rectangles and outlines where that is possible, for
 * print; else as an image, for a screen. */
void lrp_figure_draw (cairo_t *cr, gconstpointer figure, gboolean shapes);

G_END_DECLS
