/* SPDX-License-Identifier: GPL-3.0-or-later */
/* shown.c: a picture at its full size, of which a part was shown to a network */
#include "config.h"

#include "heat/shown.h"

/* The part that lies on the picture. */
typedef struct
{
  double x, y, width, height;
} Box;

static Box
get_visible (const LrpShown *shown)
{
  double right = MIN (shown->x + shown->width, cairo_image_surface_get_width (shown->picture));
  double bottom = MIN (shown->y + shown->height, cairo_image_surface_get_height (shown->picture));
  double x = MAX (shown->x, 0), y = MAX (shown->y, 0);

  return (Box){ x, y, MAX (right - x, 0), MAX (bottom - y, 0) };
}

/**
 * lrp_shown_get_size:
 * @shown: what a network was shown
 * @width: (out): in pixels of the picture
 * @height: (out): in pixels of the picture
 *
 * Finds the size of the part that lies on the picture; nothing but that is worth showing.
 */
void
lrp_shown_get_size (const LrpShown *shown, double *width, double *height)
{
  Box part = get_visible (shown);

  *width = part.width;
  *height = part.height;
}

/**
 * lrp_shown_get_transform:
 * @shown: what a network was shown
 * @cells_w: cells in a row of the map
 * @cells_h: cells in a column of the map
 * @transform: (out caller-allocates): where the map lies on the part that lies on the picture
 */
void
lrp_shown_get_transform (const LrpShown *shown, int cells_w, int cells_h, LrpHeatTransform *transform)
{
  Box part = get_visible (shown);
  double across = cells_w / shown->width, down = cells_h / shown->height;

  *transform = (LrpHeatTransform){ part.width * across, (part.x - shown->x) * across, (part.y - shown->y) * down,
                                   part.height * down };
}

/**
 * lrp_shown_render:
 * @shown: what a network was shown
 * @width: device pixels in a row
 * @height: device pixels in a column
 *
 * Returns: (transfer full): the part that lies on the picture, at that size
 */
cairo_surface_t *
lrp_shown_render (const LrpShown *shown, int width, int height)
{
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (image);
  Box part = get_visible (shown);
  gboolean larger = width >= part.width;

  if (part.width > 0 && part.height > 0)
    {
      cairo_scale (cr, width / part.width, height / part.height);
      cairo_set_source_surface (cr, shown->picture, -part.x, -part.y);
      cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
      cairo_pattern_set_filter (cairo_get_source (cr), larger ? CAIRO_FILTER_BILINEAR : CAIRO_FILTER_GOOD);
      cairo_paint (cr);
    }
  cairo_destroy (cr);
  return image;
}
