/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gallery.c: several heatmaps with words below them and one legend, as one figure */
#include "config.h"

#include "heat/gallery.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "heat/color.h"
#include "heat/lettering.h"

#define MARGIN 16
#define GAP    16
/* Lines of text, with the space above them. */
#define HEADING      28
#define TITLE_LINE   20
#define CAPTION_LINE 16
#define WARNING_LINE 13
#define LEGEND       32
#define LEGEND_LINE  16
#define BAR_WIDTH    160
#define BAR_HEIGHT   10

/* How many lines a warning has at most. */
#define WARNING_LINES 2

#define INK         0x26262b
#define FAINT_INK   0x5c5c66
#define WARNING_INK 0x8a4600
#define FRAME       0xc8c8ce

static guint
get_columns (const LrpGallery *gallery)
{
  guint columns = gallery->columns ? gallery->columns : (guint) ceil (sqrt (gallery->n));

  return CLAMP (columns, 1, MAX (gallery->n, 1));
}

/* Captions and warnings take room only where there are any. */
static double
cell_height (const LrpGallery *gallery)
{
  gboolean captions = FALSE, warnings = FALSE;

  for (guint i = 0; i < gallery->n; i++)
    {
      captions |= gallery->maps[i].caption != NULL;
      warnings |= gallery->maps[i].warning != NULL;
    }
  return gallery->side + TITLE_LINE + (captions ? CAPTION_LINE : 0) + (warnings ? WARNING_LINES * WARNING_LINE : 0);
}

static double
legend_height (const LrpGallery *gallery)
{
  return LEGEND + (gallery->legend ? LEGEND_LINE : 0);
}

static double
heading_height (const LrpGallery *gallery)
{
  return gallery->title ? HEADING : 0;
}

/**
 * lrp_gallery_get_size:
 * @gallery: maps
 * @width: (out): of the page
 * @height: (out): of the page
 *
 * Finds how large the page is, in pixels of an ordinary screen or in points.
 */
void
lrp_gallery_get_size (const LrpGallery *gallery, double *width, double *height)
{
  guint columns = get_columns (gallery), rows = (gallery->n + columns - 1) / columns;

  *width = 2 * MARGIN + columns * gallery->side + (columns - 1) * GAP;
  *height =
      2 * MARGIN + heading_height (gallery) + rows * (cell_height (gallery) + GAP) - GAP + legend_height (gallery);
}

static void
write_line (cairo_t *cr, double x, double y, double room, double size, gboolean bold, guint32 color, const char *text)
{
  g_autofree char *shown = NULL;

  lrp_letter_font (cr, size, bold);
  lrp_color_set_source (cr, color, 1);
  shown = lrp_letter_shorten (cr, text, room);
  lrp_letter_draw (cr, x, y, LRP_LETTER_LEFT, shown);
}

/* Returns: how much of the text, which ends between words, there is room for; all where no part of it is short enough.
 */
static gsize
count_fitting (cairo_t *cr, const char *text, double room)
{
  gsize fitting = 0;

  for (const char *end = text; *end; end++)
    {
      g_autofree char *part = NULL;
      end += strcspn (end, " ");
      part = g_strndup (text, (gsize) (end - text));
      if (lrp_letter_width (cr, part) > room)
        break;
      fitting = (gsize) (end - text);
      if (!*end)
        break;
    }
  return fitting > 0 ? fitting : strlen (text);
}

/* On several lines, the last of which is shortened where they are too few. */
static void
write_warning (cairo_t *cr, double x, double y, double room, const char *text)
{
  for (guint i = 1; *text; i++, y += WARNING_LINE)
    {
      g_autofree char *line = NULL;
      gsize n;
      lrp_letter_font (cr, 10, FALSE);
      n = i < WARNING_LINES ? count_fitting (cr, text, room) : strlen (text);
      line = g_strndup (text, n);
      write_line (cr, x, y, room, 10, FALSE, WARNING_INK, line);
      text += n;
      text += strspn (text, " ");
    }
}

/* As large as fits into the square at (x, y), in its middle. */
static void
draw_map (cairo_t *cr, const LrpGallery *gallery, const LrpFigure *figure, double x, double y, gboolean shapes)
{
  double scale = gallery->side / MAX (figure->width, figure->height);
  double width = scale * figure->width, height = scale * figure->height;

  cairo_save (cr);
  cairo_translate (cr, x + (gallery->side - width) / 2, y + (gallery->side - height) / 2);
  cairo_save (cr);
  cairo_scale (cr, scale, scale);
  lrp_figure_draw (cr, figure, shapes);
  cairo_restore (cr);
  lrp_color_set_source (cr, FRAME, 1);
  cairo_set_line_width (cr, 1);
  cairo_rectangle (cr, -0.5, -0.5, width + 1, height + 1);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_cell (cairo_t *cr, const LrpGallery *gallery, guint i, gboolean shapes)
{
  const LrpGalleryMap *map = &gallery->maps[i];
  guint columns = get_columns (gallery);
  double x = MARGIN + i % columns * (gallery->side + GAP);
  double y = MARGIN + heading_height (gallery) + i / columns * (cell_height (gallery) + GAP);

  draw_map (cr, gallery, &map->figure, x, y, shapes);
  y += gallery->side + TITLE_LINE - 5;
  write_line (cr, x, y, gallery->side, 13, TRUE, INK, map->title);
  if (map->caption)
    write_line (cr, x, y + CAPTION_LINE, gallery->side, 11, FALSE, FAINT_INK, map->caption);
  if (map->warning)
    write_warning (cr, x, y + (map->caption ? CAPTION_LINE : 0) + WARNING_LINE + 1, gallery->side, map->warning);
}

/* Whether relevance of that sign goes beyond the limit on some map that has the legend's scale. */
static gboolean
is_beyond (const LrpGallery *gallery, int sign, double limit)
{
  for (guint i = 0; i < gallery->n; i++)
    {
      const LrpFigure *figure = &gallery->maps[i].figure;

      for (gsize k = 0; !gallery->maps[i].apart && k < (gsize) figure->cells_w * (gsize) figure->cells_h; k++)
        if (sign * (double) figure->heat[k] > limit * (1 + 1e-6))
          return TRUE;
    }
  return FALSE;
}

/* The words at one end of the bar. "≥" and "≤" say that relevance beyond it has the same colour; "±" that the colour
 * stands for both signs, as in a colour map that shows only how large relevance is. */
static char *
end_of_legend (const LrpGallery *gallery, int sign)
{
  gboolean one_sided = gallery->style->map && gallery->style->map->one_sided;
  gboolean both = one_sided && is_beyond (gallery, -1, 0), own = !(gallery->scale > 0), more;
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (one_sided && sign < 0)
    return g_strdup ("0");
  more = !own && (is_beyond (gallery, sign, gallery->scale) || (both && is_beyond (gallery, -1, gallery->scale)));
  g_ascii_formatd (buffer, sizeof buffer, "%.3g", gallery->scale);
  return g_strconcat (!more      ? ""
                      : sign < 0 ? "≤ "
                                 : "≥ ",
                      both       ? "±"
                      : sign < 0 ? "−"
                                 : "+",
                      own ? _("most") : buffer, NULL);
}

static void
draw_legend (cairo_t *cr, const LrpGallery *gallery, double width, double height)
{
  g_autofree char *low = end_of_legend (gallery, -1), *high = end_of_legend (gallery, 1);
  cairo_surface_t *bar = lrp_heat_legend (gallery->style, 2 * BAR_WIDTH, 2 * BAR_HEIGHT, FALSE);
  double x = MARGIN, y = height - MARGIN - 2 - (gallery->legend ? LEGEND_LINE : 0);

  lrp_letter_font (cr, 11, FALSE);
  lrp_color_set_source (cr, INK, 1);
  lrp_letter_draw (cr, x, y, LRP_LETTER_LEFT, low);
  x += ceil (lrp_letter_width (cr, low)) + 8;
  cairo_save (cr);
  cairo_translate (cr, x, y - BAR_HEIGHT + 1);
  cairo_scale (cr, 0.5, 0.5);
  cairo_set_source_surface (cr, bar, 0, 0);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_surface_destroy (bar);
  x += BAR_WIDTH + 8;
  lrp_color_set_source (cr, INK, 1);
  lrp_letter_draw (cr, x, y, LRP_LETTER_LEFT, high);
  if (gallery->legend)
    write_line (cr, MARGIN, y + LEGEND_LINE, width - 2 * MARGIN, 11, FALSE, FAINT_INK, gallery->legend);
}

/**
 * lrp_gallery_draw:
 * @gallery: maps
 * @cr: where to, its unit a pixel of an ordinary screen or a point
 * @shapes: whether to draw rectangles and outlines where that is possible, for a printer; else images, for a screen
 *
 * Draws the maps with their words, and one legend for all, on white paper.
 */
void
lrp_gallery_draw (const LrpGallery *gallery, cairo_t *cr, gboolean shapes)
{
  double width, height;

  lrp_gallery_get_size (gallery, &width, &height);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill (cr);
  if (gallery->title)
    write_line (cr, MARGIN, MARGIN + HEADING - 12, width - 2 * MARGIN, 16, TRUE, INK, gallery->title);
  for (guint i = 0; i < gallery->n; i++)
    draw_cell (cr, gallery, i, shapes);
  draw_legend (cr, gallery, width, height);
}

static void
draw_page (cairo_t *cr, gconstpointer gallery, gboolean shapes)
{
  lrp_gallery_draw (gallery, cr, shapes);
}

/**
 * lrp_gallery_encode:
 * @gallery: maps
 * @magnify: in PNG files, pixels for each unit of the page; with a map's own width over the gallery's side its pixels
 *   are kept as they are
 * @path: a file's name, or only its suffix: in which format, as lrp_page_knows() does
 * @error: return location for an error of domain #LRP_ERROR
 *
 * Returns: (transfer full) (nullable): what a file of that format shall hold
 */
GByteArray *
lrp_gallery_encode (const LrpGallery *gallery, double magnify, const char *path, GError **error)
{
  LrpPage page = { .draw = draw_page, .data = gallery, .magnify = magnify, .text = gallery->text };
  g_autofree char *lower = g_ascii_strdown (path, -1);

  lrp_gallery_get_size (gallery, &page.width, &page.height);
  if (!g_str_has_suffix (lower, ".png") || magnify * MAX (page.width, page.height) <= LRP_PAGE_MOST_PIXELS)
    return lrp_page_encode (&page, path, error);
  g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE,
               _("%.0f × %.0f pixels are too many for a picture; choose a smaller size"), magnify * page.width,
               magnify * page.height);
  return NULL;
}
