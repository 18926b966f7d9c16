/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chart-file.c: charts become files: PNG, SVG, PDF */
#include "config.h"

#include "heat/chart.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "heat/export.h"
#include "heat/png-file.h"
#include "heat/vector.h"

static void
draw (cairo_t *cr, gconstpointer data)
{
  lrp_chart_draw (data, cr);
}

static LrpVectorPage
page_of (const LrpChart *chart)
{
  LrpVectorPage page = { draw, chart, 0, 0, FALSE, chart->text };

  lrp_chart_get_size (chart, &page.width, &page.height);
  return page;
}

static GByteArray *
encode_png (const LrpChart *chart, GError **error)
{
  LrpVectorPage page = page_of (chart);
  int width = (int) lrint (LRP_CHART_PNG_SCALE * page.width), height = (int) lrint (LRP_CHART_PNG_SCALE * page.height);
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (image);
  GByteArray *file = NULL;

  cairo_scale (cr, LRP_CHART_PNG_SCALE, LRP_CHART_PNG_SCALE);
  lrp_chart_draw (chart, cr);
  if (cairo_status (cr) == CAIRO_STATUS_SUCCESS)
    file = lrp_png_encode_image (image, chart->text, error);
  else
    g_set_error (error, LRP_ERROR, LRP_ERROR_MEMORY, _("a picture of %d × %d pixels cannot be drawn: %s"), width,
                 height, cairo_status_to_string (cairo_status (cr)));
  cairo_destroy (cr);
  cairo_surface_destroy (image);
  return file;
}

static GByteArray *
encode_svg (const LrpChart *chart, GError **error)
{
  LrpVectorPage page = page_of (chart);

  return lrp_vector_encode_page_svg (&page, error);
}

static GByteArray *
encode_pdf (const LrpChart *chart, GError **error)
{
  LrpVectorPage page = page_of (chart);

  return lrp_vector_encode_page_pdf (&page, error);
}

/* One row a format. */
static const struct
{
  const char *suffix;
  GByteArray *(*encode) (const LrpChart *chart, GError **error);
} formats[] = {
  { ".png", encode_png },
  { ".svg", encode_svg },
  { ".pdf", encode_pdf },
};

/**
 * lrp_chart_write:
 * @chart: what to write
 * @path: where; its suffix, one of lrp_export_suffixes(), says in which format
 * @error: return location for an error of domain #LRP_ERROR or #G_FILE_ERROR
 *
 * Writes a chart as a file, which is there as a whole or not at all.
 *
 * Returns: whether it was written
 */
gboolean
lrp_chart_write (const LrpChart *chart, const char *path, GError **error)
{
  g_autofree char *lower = g_ascii_strdown (path, -1), *known = NULL;
  g_autoptr (GByteArray) file = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_has_suffix (lower, formats[i].suffix))
      {
        file = formats[i].encode (chart, error);
        return file
               && g_file_set_contents_full (path, (const char *) file->data, (gssize) file->len,
                                            G_FILE_SET_CONTENTS_CONSISTENT, 0666, error);
      }
  known = g_strjoinv (", ", (char **) lrp_export_suffixes ());
  g_set_error (error, LRP_ERROR, LRP_ERROR_UNSUPPORTED, _("no picture format has this suffix; there are %s"), known);
  return FALSE;
}
