/* SPDX-License-Identifier: GPL-3.0-or-later */
/* figure.c: a heatmap drawn as an image, or of rectangles and outlines that stay sharp at every size */
#include "config.h"

#include "heat/figure.h"

#include "heat/color.h"
#include "heat/painter.h"

/* Maps of more cells than this become one image: rectangles would make files of megabytes. */
#define MAX_RECTANGLES (64 * 64)

/* The colour of a level as it was before it was multiplied by its opacity. */
static void
set_level (cairo_t *cr, const LrpPalette *palette, guint level)
{
  guint32 over = palette->over[level];
  double opacity = (over >> 24) / 255.0;

  cairo_set_source_rgba (cr, (over >> 16 & 255) / 255.0 / opacity, (over >> 8 & 255) / 255.0 / opacity,
                         (over & 255) / 255.0 / opacity, opacity);
}

static void
draw_image (cairo_t *cr, cairo_surface_t *image)
{
  cairo_set_source_surface (cr, image, 0, 0);
  cairo_paint (cr);
  cairo_surface_destroy (image);
}

/* Paints a colour through a mask, by way of an image: in SVG files Cairo misplaces masks where there is a scale. */
static void
paint_through (cairo_t *cr, cairo_surface_t *mask, guint32 color, double alpha)
{
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, cairo_image_surface_get_width (mask),
                                                       cairo_image_surface_get_height (mask));
  cairo_t *inner = cairo_create (image);

  lrp_color_set_source (inner, color, alpha);
  cairo_mask_surface (inner, mask, 0, 0);
  cairo_destroy (inner);
  draw_image (cr, image);
}

static void
draw_base (cairo_t *cr, const LrpFigure *figure, const LrpPalette *palette)
{
  if (figure->picture)
    {
      draw_image (
          cr, lrp_heat_compose (NULL, 1, 1, NULL, NULL, figure->picture, figure->style, figure->width, figure->height));
      return;
    }
  lrp_color_set_source (cr, palette->paper, 1);
  cairo_rectangle (cr, 0, 0, figure->width, figure->height);
  cairo_fill (cr);
  if (!figure->ink)
    return;
  paint_through (cr, figure->ink, palette->ink, palette->shade);
}

/* One rectangle for each run of cells of one colour, from edge to edge without gaps or overlaps. */
static void
draw_cells (cairo_t *cr, const LrpFigure *figure, const LrpPainter *painter)
{
  const LrpHeatTransform *transform = &painter->transform;

  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, figure->width, figure->height);
  cairo_clip (cr);
  cairo_scale (cr, figure->width / transform->scale, figure->height / transform->scale_y);
  cairo_translate (cr, -transform->dx, -transform->dy);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  for (int y = 0; y < figure->cells_h; y++)
    for (int x = 0, end; x < figure->cells_w; x = end)
      {
        const float *row = &painter->values[(gsize) y * (gsize) figure->cells_w];
        guint level = lrp_palette_get_level (row[x]);
        for (end = x + 1; end < figure->cells_w && lrp_palette_get_level (row[end]) == level; end++)
          ;
        if (painter->palette.over[level] == 0)
          continue;
        set_level (cr, &painter->palette, level);
        cairo_rectangle (cr, x, y, end - x, 1);
        cairo_fill (cr);
      }
  cairo_restore (cr);
}

static void
draw_contour (cairo_t *cr, const LrpFigure *figure, LrpPainter *painter)
{
  cairo_surface_t *mask = cairo_image_surface_create (CAIRO_FORMAT_A8, figure->width, figure->height);
  guint8 *data = cairo_image_surface_get_data (mask);
  gsize stride = (gsize) cairo_image_surface_get_stride (mask);

  lrp_painter_set_ink (painter, figure->ink);
  for (int y = 0; data && y < figure->height; y++)
    {
      lrp_painter_find_edge (painter, y);
      for (int x = 0; x < figure->width; x++)
        data[(gsize) y * stride + (gsize) x] = (guint8) painter->edge[x];
    }
  cairo_surface_mark_dirty (mask);
  paint_through (cr, mask, painter->palette.contour, 1);
  cairo_surface_destroy (mask);
}

static void
draw_shapes (cairo_t *cr, const LrpFigure *figure)
{
  LrpPainter painter;

  lrp_painter_init (&painter, figure->style, figure->cells_w, figure->cells_h, figure->width, figure->height);
  lrp_painter_set_transform (&painter, figure->transform);
  lrp_painter_set_heat (&painter, figure->heat);
  draw_base (cr, figure, &painter.palette);
  draw_cells (cr, figure, &painter);
  if (figure->ink && figure->style->outline)
    draw_contour (cr, figure, &painter);
  lrp_painter_clear (&painter);
}

/**
 * lrp_figure_draw:
 * @cr: where to, with a pixel of the figure as its unit
 * @data: (type LrpFigure): what to draw
 * @shapes: whether cells become rectangles and ink an outline, for print; else the figure is one image
 *
 * Draws a heatmap. Maps of very many cells, and smooth ones, are an image in any case.
 */
void
lrp_figure_draw (cairo_t *cr, gconstpointer data, gboolean shapes)
{
  const LrpFigure *figure = data;

  if (shapes && !figure->style->smooth && (gint64) figure->cells_w * figure->cells_h <= MAX_RECTANGLES)
    draw_shapes (cr, figure);
  else
    draw_image (cr, lrp_heat_compose (figure->heat, figure->cells_w, figure->cells_h, figure->transform, figure->ink,
                                      figure->picture, figure->style, figure->width, figure->height));
}
