/* SPDX-License-Identifier: GPL-3.0-or-later */
/* export.c: heatmaps become files: PNG, SVG, PDF */
#include "config.h"

#include "heat/export.h"

#include <glib/gi18n-lib.h>

#include "heat/png-file.h"
#include "heat/vector.h"

typedef GByteArray *(*Encode) (const LrpFigure *figure, GError **error);

static GByteArray *
encode_png (const LrpFigure *figure, GError **error)
{
  cairo_surface_t *image;
  GByteArray *file = NULL;
  double scale = lrp_heat_get_scale (figure->heat, (gsize) figure->cells_w * (gsize) figure->cells_h, figure->style);

  if (figure->values)
    return lrp_png_encode_relevance (figure->heat, figure->cells_w, figure->cells_h, scale, figure->text, error);
  image = lrp_heat_compose (figure->heat, figure->cells_w, figure->cells_h, figure->transform, figure->ink,
                            figure->picture, figure->style, figure->width, figure->height);
  if (cairo_surface_status (image) == CAIRO_STATUS_SUCCESS)
    file = lrp_png_encode_image (image, figure->text, error);
  else
    g_set_error (error, LRP_ERROR, LRP_ERROR_MEMORY, _("a picture of %d × %d pixels cannot be drawn: %s"),
                 figure->width, figure->height, cairo_status_to_string (cairo_surface_status (image)));
  cairo_surface_destroy (image);
  return file;
}

/* One row a format. */
static const char *const suffixes[] = { ".png", ".svg", ".pdf", NULL };
static const Encode encoders[] = { encode_png, lrp_vector_encode_svg, lrp_vector_encode_pdf };
G_STATIC_ASSERT (G_N_ELEMENTS (suffixes) == G_N_ELEMENTS (encoders) + 1);

static Encode
find_encoder (const char *path)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  for (guint i = 0; suffixes[i]; i++)
    if (g_str_has_suffix (lower, suffixes[i]))
      return encoders[i];
  return NULL;
}

/**
 * lrp_export_suffixes:
 *
 * Returns: (transfer none) (array zero-terminated=1): ".png", ".svg", ...: the files that can be written
 */
const char *const *
lrp_export_suffixes (void)
{
  return suffixes;
}

/**
 * lrp_export_knows:
 * @path: a file's name
 *
 * Returns: whether its suffix, in small or capital letters, is one of those that can be written
 */
gboolean
lrp_export_knows (const char *path)
{
  return find_encoder (path) != NULL;
}

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
  Encode encode = find_encoder (path);
  g_autofree char *known = NULL;

  if (encode)
    return encode (figure, error);
  known = g_strjoinv (", ", (char **) suffixes);
  g_set_error (error, LRP_ERROR, LRP_ERROR_UNSUPPORTED, _("no picture format has this suffix; there are %s"), known);
  return NULL;
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
