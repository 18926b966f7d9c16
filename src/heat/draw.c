/* SPDX-License-Identifier: GPL-3.0-or-later */
/* draw.c: a drawing or picture with its heatmap over it, as one image of device pixels */
#include "config.h"

#include "heat/draw.h"

#include "heat/painter.h"

/* The picture at the size of the drawing; the reference is the caller's. */
static cairo_surface_t *
fit_picture (cairo_surface_t *picture, int width, int height)
{
  int w = cairo_image_surface_get_width (picture), h = cairo_image_surface_get_height (picture);
  cairo_surface_t *fitted;
  cairo_t *cr;

  if (w == width && h == height)
    return cairo_surface_reference (picture);
  fitted = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cr = cairo_create (fitted);
  cairo_scale (cr, (double) width / w, (double) height / h);
  cairo_set_source_surface (cr, picture, 0, 0);
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_pattern_set_filter (cairo_get_source (cr), width >= w ? CAIRO_FILTER_NEAREST : CAIRO_FILTER_GOOD);
  cairo_paint (cr);
  cairo_destroy (cr);
  return fitted;
}

/**
 * lrp_heat_compose:
 * @heat: (array) (nullable): [cells_h, cells_w], relevance of each cell; what is NaN is shown as zero
 * @cells_w: cells in a row
 * @cells_h: cells in a column
 * @transform: (nullable): where the map lies on the drawing; %NULL: it covers all of it
 * @ink: (nullable): coverage of the drawing, CAIRO_FORMAT_A8, @width x @height
 * @picture: (nullable): what is looked at instead of ink, opaque ARGB32 or RGB24, of any size
 * @style: how it is to look
 * @width: device pixels in a row of the result
 * @height: device pixels in a column of the result
 *
 * Paints the drawing in luminance and its relevance in colour. Where there is neither, there is paper. Window and files
 * show the same image, since all come from here.
 *
 * Returns: (transfer full): an opaque image, CAIRO_FORMAT_ARGB32; in an error state if memory is short
 */
cairo_surface_t *
lrp_heat_compose (const float *heat, int cells_w, int cells_h, const LrpHeatTransform *transform, cairo_surface_t *ink,
                  cairo_surface_t *picture, const LrpHeatStyle *style, int width, int height)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_surface_t *fitted = NULL;
  LrpPainter painter;

  g_return_val_if_fail (width > 0 && height > 0 && cells_w > 0 && cells_h > 0, surface);
  g_return_val_if_fail (!ink
                            || (cairo_image_surface_get_format (ink) == CAIRO_FORMAT_A8
                                && cairo_image_surface_get_width (ink) == width
                                && cairo_image_surface_get_height (ink) == height),
                        surface);
  if (cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS)
    return surface;
  lrp_painter_init (&painter, style, cells_w, cells_h, width, height);
  lrp_painter_set_transform (&painter, transform);
  if (heat)
    lrp_painter_set_heat (&painter, heat);
  if (ink)
    lrp_painter_set_ink (&painter, ink);
  if (picture)
    lrp_painter_set_picture (&painter, (fitted = fit_picture (picture, width, height)));
  lrp_painter_paint (&painter, surface);
  cairo_surface_mark_dirty (surface);
  lrp_painter_clear (&painter);
  g_clear_pointer (&fitted, cairo_surface_destroy);
  return surface;
}

/**
 * lrp_heat_legend:
 * @style: how the heatmap looks
 * @width: device pixels
 * @height: device pixels
 * @vertical: from bottom to top instead of from left to right
 *
 * Paints the colours from the lowest relevance to the highest, or from zero to the highest where the map is one-sided,
 * on the same paper and as strong as lrp_heat_compose() does.
 *
 * Returns: (transfer full): an opaque image, CAIRO_FORMAT_ARGB32
 */
cairo_surface_t *
lrp_heat_legend (const LrpHeatStyle *style, int width, int height, gboolean vertical)
{
  gboolean one_sided = style->map && style->map->one_sided;
  int n = vertical ? height : width;
  g_autofree float *ramp = g_new (float, MAX (n, 1));
  LrpHeatStyle plain = *style;

  for (int i = 0; i < n; i++)
    {
      double share = n > 1 ? i / (n - 1.0) : 1;
      ramp[vertical ? n - 1 - i : i] = (float) (one_sided ? share : 2 * share - 1);
    }
  plain.gain = plain.fixed_scale = 1;
  plain.smooth = FALSE;
  return lrp_heat_compose (ramp, vertical ? 1 : width, vertical ? height : 1, NULL, NULL, NULL, &plain, width, height);
}
