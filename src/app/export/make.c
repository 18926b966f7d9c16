/* SPDX-License-Identifier: GPL-3.0-or-later */
/* make.c: files and previews are made of a map, by threads */
#include "config.h"

#include "app/export/map-private.h"

#include "app/kit/job.h"
#include "app/map/image.h"
#include "files/io/csv.h"
#include "files/io/npy.h"
#include "files/io/write.h"

#include <glib/gi18n.h>
#include <math.h>

/**
 * rlv_export_map_get_size:
 * @map: a map
 * @options: what is to be made
 * @width: (out): pixels in a row
 * @height: (out): pixels in a column
 *
 * Finds how large a picture would be.
 */
void
rlv_export_map_get_size (const RlvExportMap *map, const RlvExportOptions *options, int *width, int *height)
{
  if (map->gallery)
    {
      RlvExportOptions possible = _rlv_export_gallery_get_options (options);
      rlv_export_gallery_get_size (map->gallery, &possible, width, height);
    }
  else if (options->legend)
    rlv_export_gallery_get_size (&(RlvExportGallery){ .maps = &map, .n = 1 }, options, width, height);
  else
    _rlv_export_picture_get_size (map, options, width, height);
}

static GBytes *
encode_map (const RlvExportMap *map, const RlvExportOptions *options, GError **error)
{
  g_auto (RlvExportPicture) picture = { 0 };
  GByteArray *file;

  if (options->legend)
    return rlv_export_gallery_encode (&(RlvExportGallery){ .maps = &map, .n = 1 }, options, error);
  _rlv_export_picture_init (&picture, map, options);
  _rlv_export_picture_describe (&picture, map);
  file = lrp_export_encode (&picture.figure, rlv_export_format_suffix (options->format), error);
  return file ? g_byte_array_free_to_bytes (file) : NULL;
}

static GBytes *
encode_table (const RlvExportMap *map)
{
  g_autoptr (GPtrArray) comments = g_ptr_array_new ();

  for (guint i = 0; i < map->warnings->len; i++)
    g_ptr_array_add (comments, ((LrpWarning *) g_ptr_array_index (map->warnings, i))->text);
  g_ptr_array_add (comments, NULL);
  return lrp_csv_encode (map->heat, (gsize) map->cells_h, (gsize) map->cells_w, (const char *const *) comments->pdata);
}

/**
 * rlv_export_map_encode:
 * @map: a map
 * @options: what to make
 * @error: return location for an error
 *
 * Takes a while, so threads do it.
 *
 * Returns: (transfer full) (nullable): what the file shall hold
 */
GBytes *
rlv_export_map_encode (const RlvExportMap *map, const RlvExportOptions *options, GError **error)
{
  if (map->gallery)
    {
      RlvExportOptions possible = _rlv_export_gallery_get_options (options);
      return rlv_export_gallery_encode (map->gallery, &possible, error);
    }
  if (options->format == RLV_EXPORT_NPY)
    return lrp_npy_encode (map->explanation->relevance, error);
  if (options->format == RLV_EXPORT_CSV)
    return encode_table (map);
  return encode_map (map, options, error);
}

/* What a thread is given. */
typedef struct
{
  RlvExportMap *map;
  RlvExportOptions options;
  char *path;
  int side;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  rlv_export_map_unref (work->map);
  g_free (work->path);
  g_free (work);
}

static Work *
work_new (RlvExportMap *map, const RlvExportOptions *options, const char *path, int side)
{
  Work *work = g_new0 (Work, 1);

  work->map = rlv_export_map_ref (map);
  work->options = *options;
  rlv_export_options_check (&work->options);
  work->path = g_strdup (path);
  work->side = side;
  return work;
}

static gpointer
write_file (RlvJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Work *work = data;
  g_autoptr (GBytes) file = rlv_export_map_encode (work->map, &work->options, error);

  return file && lrp_write_file (work->path, &file, 1, error) ? work : NULL;
}

static const RlvJobKind writing = {
  .work = write_file, .free_data = work_free, .title = N_("Saving “%s”"), .writes = TRUE
};

/**
 * rlv_export_map_write_async:
 * @map: a map
 * @options: what to make; what cannot be had is as rlv_export_options_check() makes it
 * @path: the file, which is there as a whole or not at all
 * @callback: called when it is done
 * @data: for @callback
 *
 * Writes a file in a thread.
 */
void
rlv_export_map_write_async (RlvExportMap *map, const RlvExportOptions *options, const char *path,
                            GAsyncReadyCallback callback, gpointer data)
{
  rlv_job_run (&writing, work_new (map, options, path, 0), path, NULL, callback, data);
}

/**
 * rlv_export_map_write_finish:
 * @result: what the callback got
 * @error: return location for an error, which does not name the file
 *
 * Returns: whether the file was written
 */
gboolean
rlv_export_map_write_finish (GAsyncResult *result, GError **error)
{
  return rlv_job_finish (result, error) != NULL;
}

/* --- the preview -------------------------------------------------------------------------------------------------- */

/* Grey values, as a viewer of PNG files would show them. */
static LrpHeatStyle
grey_style (const RlvExportMap *map, LrpColormap **greys)
{
  LrpHeatStyle style = map->style;

  *greys = lrp_colormap_new ("000,fff", NULL);
  style.map = *greys;
  style.strength = 1;
  style.smooth = style.dark = FALSE;
  return style;
}

/* Each map as large as it is seen. */
static cairo_surface_t *
draw_gallery_preview (const RlvExportGallery *gallery, const RlvExportOptions *options, int side)
{
  RlvExportOptions small = _rlv_export_gallery_get_options (options);

  small.width = MAX ((int) (side / ceil (sqrt (gallery->n))), 1);
  return _rlv_export_draw_gallery (gallery, &small, side);
}

static cairo_surface_t *
draw_map_preview (const RlvExportMap *map, const RlvExportOptions *options, int side)
{
  RlvExportOptions small = *options;
  g_auto (RlvExportPicture) picture = { 0 };
  g_autoptr (LrpColormap) greys = NULL;
  LrpHeatStyle style = grey_style (map, &greys);
  LrpFigure *figure = &picture.figure;
  double proportion = _rlv_export_picture_get_proportion (map, options);

  small.cells = FALSE;
  small.width = MAX ((int) (proportion > 1 ? side / proportion : side), 1);
  if (options->legend)
    return _rlv_export_draw_gallery (&(RlvExportGallery){ .maps = &map, .n = 1 }, &small, side);
  _rlv_export_picture_init (&picture, map, &small);
  if (figure->values)
    figure->style = &style;
  return lrp_heat_compose (figure->heat, figure->cells_w, figure->cells_h, figure->transform, figure->ink,
                           figure->picture, figure->style, figure->width, figure->height);
}

static cairo_surface_t *
draw_preview_of (const RlvExportMap *map, const RlvExportOptions *options, int side)
{
  return map->gallery ? draw_gallery_preview (map->gallery, options, side) : draw_map_preview (map, options, side);
}

static gpointer
draw_preview (RlvJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Work *work = data;

  return rlv_heat_image_to_texture (draw_preview_of (work->map, &work->options, work->side));
}

static const RlvJobKind drawing = { .work = draw_preview, .free_data = work_free, .free_result = g_object_unref };

/**
 * rlv_export_map_preview_async:
 * @map: a map
 * @options: what is to be made
 * @side: the most pixels of the preview's longer side
 * @cancellable: (nullable): to stop caring
 * @callback: called when it is done
 * @data: for @callback
 *
 * Draws in a thread what would be made.
 */
void
rlv_export_map_preview_async (RlvExportMap *map, const RlvExportOptions *options, int side, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
  rlv_job_run (&drawing, work_new (map, options, NULL, side), NULL, cancellable, callback, data);
}

/**
 * rlv_export_map_preview_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the picture
 */
GdkTexture *
rlv_export_map_preview_finish (GAsyncResult *result, GError **error)
{
  return rlv_job_finish (result, error);
}
