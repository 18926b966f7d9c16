/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vector.c: the drawing of a heatmap, or another, as SVG or PDF */
#include "config.h"

#include "heat/vector.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "heat/painter.h"

/* Maps of more cells than this become one image: rectangles would make files of megabytes. */
#define MAX_RECTANGLES (64 * 64)

static cairo_status_t
append (void *file, const guchar *data, guint size)
{
  g_byte_array_append (file, data, size);
  return CAIRO_STATUS_SUCCESS;
}

static void
set_color (cairo_t *cr, guint32 color, double opacity)
{
  cairo_set_source_rgba (cr, (color >> 16 & 255) / 255.0, (color >> 8 & 255) / 255.0, (color & 255) / 255.0, opacity);
}

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

/* An image of that colour: Cairo's SVG files lay masks in another place than images where there is a scale. */
static void
paint_through (cairo_t *cr, cairo_surface_t *mask, guint32 color, double alpha)
{
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, cairo_image_surface_get_width (mask),
                                                       cairo_image_surface_get_height (mask));
  cairo_t *inner = cairo_create (image);

  set_color (inner, color, alpha);
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
  set_color (cr, palette->paper, 1);
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
  LrpHeatTransform across = { figure->cells_w, 0, 0, 0 }, down = { figure->cells_h, 0, 0, 0 };

  if (figure->transform)
    {
      across = down = *figure->transform;
      if (down.scale_y > 0)
        down.scale = down.scale_y;
    }
  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, figure->width, figure->height);
  cairo_clip (cr);
  cairo_scale (cr, figure->width / across.scale, figure->height / down.scale);
  cairo_translate (cr, -across.dx, -down.dy);
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

/**
 * lrp_vector_draw_figure:
 * @cr: where to, with a pixel of the figure as its unit
 * @data: (type LrpFigure): what to draw
 *
 * Draws a heatmap of rectangles; maps of very many cells, and smooth ones, are an image.
 */
void
lrp_vector_draw_figure (cairo_t *cr, gconstpointer data)
{
  const LrpFigure *figure = data;
  LrpPainter painter;

  if (figure->style->smooth || (gint64) figure->cells_w * figure->cells_h > MAX_RECTANGLES)
    {
      draw_image (cr, lrp_heat_compose (figure->heat, figure->cells_w, figure->cells_h, figure->transform, figure->ink,
                                        figure->picture, figure->style, figure->width, figure->height));
      return;
    }
  lrp_painter_init (&painter, figure->style, figure->cells_w, figure->cells_h, figure->width, figure->height);
  lrp_painter_set_heat (&painter, figure->heat);
  draw_base (cr, figure, &painter.palette);
  draw_cells (cr, figure, &painter);
  if (figure->ink && figure->style->outline)
    draw_contour (cr, figure, &painter);
  lrp_painter_clear (&painter);
}

/* Draws, closes the file, and frees the surface. */
static GByteArray *
finish (cairo_surface_t *surface, GByteArray *file, const LrpVectorPage *page, GError **error)
{
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  page->draw (cr, page->data);
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return file;
  g_set_error (error, LRP_ERROR, LRP_ERROR_MEMORY, _("the picture could not be drawn: %s"),
               cairo_status_to_string (status));
  g_byte_array_unref (file);
  return NULL;
}

/* "Key: value" lines. */
static char *
describe (const LrpVectorPage *page)
{
  GString *lines = g_string_new (NULL);

  for (gsize i = 0; page->text && page->text[i] && page->text[i + 1]; i += 2)
    g_string_append_printf (lines, "%s%s: %s", i ? "\n" : "", page->text[i], page->text[i + 1]);
  return g_string_free (lines, FALSE);
}

/* Cells keep sharp edges at every size (crisp), and the text becomes the drawing's description, which screen readers
 * read out. */
static GByteArray *
complete_svg (GByteArray *file, gboolean crisp, const char *text)
{
  const char *start = g_strstr_len ((const char *) file->data, (gssize) file->len, "<svg");
  const char *end = start ? memchr (start, '>', file->len - (gsize) (start - (const char *) file->data)) : NULL;
  g_autofree char *description = g_markup_printf_escaped (">\n<desc>%s</desc>", text);
  g_autofree char *addition = g_strconcat (crisp ? " shape-rendering=\"crispEdges\"" : "", description, NULL);
  GByteArray *whole;
  guint head;

  if (!end)
    return file;
  head = (guint) (end - (const char *) file->data);
  whole = g_byte_array_sized_new (file->len + (guint) strlen (addition));
  g_byte_array_append (whole, file->data, head);
  g_byte_array_append (whole, (const guint8 *) addition, (guint) strlen (addition));
  g_byte_array_append (whole, file->data + head + 1, file->len - head - 1);
  g_byte_array_unref (file);
  return whole;
}

/**
 * lrp_vector_encode_page_svg:
 * @page: what to draw; a pixel is one CSS pixel
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): an SVG file
 */
GByteArray *
lrp_vector_encode_page_svg (const LrpVectorPage *page, GError **error)
{
  GByteArray *file = g_byte_array_new ();
  g_autofree char *text = describe (page);
  cairo_surface_t *surface = cairo_svg_surface_create_for_stream (append, file, page->width, page->height);

  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
  file = finish (surface, file, page, error);
  return file ? complete_svg (file, page->crisp, text) : NULL;
}

/**
 * lrp_vector_encode_page_pdf:
 * @page: what to draw; a pixel is one point
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): a PDF file of one page
 */
GByteArray *
lrp_vector_encode_page_pdf (const LrpVectorPage *page, GError **error)
{
  GByteArray *file = g_byte_array_new ();
  g_autofree char *text = describe (page);
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append, file, page->width, page->height);

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Relevance " RELEVANCE_VERSION);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, text);
  /* The same drawing with the same settings gives the same bytes. */
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, "");
  return finish (surface, file, page, error);
}

static LrpVectorPage
page_of (const LrpFigure *figure)
{
  return (LrpVectorPage){ lrp_vector_draw_figure, figure, figure->width, figure->height, TRUE, figure->text };
}

/**
 * lrp_vector_encode_svg:
 * @figure: what to draw; a pixel is one CSS pixel
 * @error: return location for an error
 *
 * Cells are rectangles; maps of very many cells, and smooth ones, are an image.
 *
 * Returns: (transfer full) (nullable): an SVG file
 */
GByteArray *
lrp_vector_encode_svg (const LrpFigure *figure, GError **error)
{
  LrpVectorPage page = page_of (figure);

  return lrp_vector_encode_page_svg (&page, error);
}

/**
 * lrp_vector_encode_pdf:
 * @figure: what to draw; a pixel is one point
 * @error: return location for an error
 *
 * Cells are rectangles; maps of very many cells, and smooth ones, are an image.
 *
 * Returns: (transfer full) (nullable): a PDF file of one page
 */
GByteArray *
lrp_vector_encode_pdf (const LrpFigure *figure, GError **error)
{
  LrpVectorPage page = page_of (figure);

  return lrp_vector_encode_page_pdf (&page, error);
}
