/* SPDX-License-Identifier: GPL-3.0-or-later */
/* shown.h: a picture at its full size, of which a part was shown to a network */
#pragma once

#include "heat/draw.h"

G_BEGIN_DECLS

/**
 * LrpShown:
 * @picture: all of it, opaque ARGB32 or RGB24
 * @x: left edge of the part that became the network's input, in pixels of the picture
 * @y: upper edge
 * @width: of the part; it may reach beyond the picture
 * @height: of the part
 *
 * What a network was shown.
 */
typedef struct
{
  cairo_surface_t *picture;
  double x, y, width, height;
} LrpShown;

/* The part that lies on the picture, in pixels of the picture. */
void lrp_shown_get_size (const LrpShown *shown, double *width, double *height);
/* Where a map of so many cells lies on that part; cells beyond the picture lie outside. */
void lrp_shown_get_transform (const LrpShown *shown, int cells_w, int cells_h, LrpHeatTransform *transform);
/* That part, RGB24, for lrp_heat_compose(). */
cairo_surface_t *lrp_shown_render (const LrpShown *shown, int width, int height) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
