/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chart-file.c: charts become files: PNG, SVG, PDF */
#include "config.h"

#include "heat/chart.h"

#include "heat/page.h"

static void
draw (cairo_t *cr, gconstpointer data, gboolean shapes)
{
  lrp_chart_draw (data, cr);
}

/**
 * lrp_chart_write:
 * @chart: what to write
 * @path: where; its suffix, ".png", ".svg" or ".pdf", says in which format
 * @error: return location for an error of domain #LRP_ERROR or #G_FILE_ERROR
 *
 * Writes a chart as a file, which is there as a whole or not at all.
 *
 * Returns: whether it was written
 */
gboolean
lrp_chart_write (const LrpChart *chart, const char *path, GError **error)
{
  LrpPage page = { .draw = draw, .data = chart, .magnify = LRP_CHART_PNG_SCALE, .text = chart->text };
  g_autoptr (GByteArray) file = NULL;

  lrp_chart_get_size (chart, &page.width, &page.height);
  file = lrp_page_encode (&page, path, error);
  return file
         && g_file_set_contents_full (path, (const char *) file->data, (gssize) file->len,
                                      G_FILE_SET_CONTENTS_CONSISTENT, 0666, error);
}
