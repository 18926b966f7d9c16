/* SPDX-License-Identifier: GPL-3.0-or-later */
/* export.c: heatmaps become files: PNG, SVG, PDF */
#include "config.h"

#include "heat/export.h"

#include "heat/png-file.h"
#include "heat/scale.h"

/**
 * lrp_export_encode:
 * @figure: what to write
 * @path: a file's name, or only its suffix: in which format
 * @error: return location for an error of domain #LRP_ERROR
 *
 * Returns: (transfer full) (nullable): what a file of that format shall hold
 */
GByteArray *
lrp_export_encode (const LrpFigure *figure, const char *path, GError **error)
{
  const LrpPage page = { lrp_figure_draw, figure, figure->width, figure->height, 1, TRUE, figure->text };
  g_autofree char *lower = g_ascii_strdown (path, -1);
  double scale = lrp_heat_get_scale (figure->heat, (gsize) figure->cells_w * (gsize) figure->cells_h, figure->style);

  if (figure->values && g_str_has_suffix (lower, ".png"))
    return lrp_png_encode_relevance (figure->heat, figure->cells_w, figure->cells_h, scale, figure->text, error);
  return lrp_page_encode (&page, path, error);
}

/**
 * lrp_export_figure:
 * @figure: what to write
 * @path: where; its suffix says in which format
 * @error: return location for an error of domain #LRP_ERROR or #G_FILE_ERROR
 *
 * Writes a heatmap as a file, which is there as a whole or not at all.
 *
 * Returns: whether it was written
 */
gboolean
lrp_export_figure (const LrpFigure *figure, const char *path, GError **error)
{
  g_autoptr (GByteArray) file = lrp_export_encode (figure, path, error);

  return file
         && g_file_set_contents_full (path, (const char *) file->data, (gssize) file->len,
                                      G_FILE_SET_CONTENTS_CONSISTENT, 0666, error);
}
