/* SPDX-License-Identifier: GPL-3.0-or-later */
/* job.c: the map that is shown, as it was when it was asked for, to be made into files by threads */
#include "config.h"

#include "app/export/private.h"

#include "app/kit/job.h"
#include "app/map/image.h"
#include "files/io/csv.h"
#include "files/io/npy.h"
#include "files/io/write.h"

#include <glib/gi18n.h>

/**
 * RlvExportJob:
 *
 * Everything that a file is made of. It does not change, so that threads can use it while people draw on.
 */

/* One row a format. */
static const struct
{
  const char *suffix, *title;
  gboolean picture;
} formats[] = {
  [RLV_EXPORT_PNG] = { ".png", N_("PNG picture"), TRUE },  [RLV_EXPORT_SVG] = { ".svg", N_("SVG drawing"), TRUE },
  [RLV_EXPORT_PDF] = { ".pdf", N_("PDF document"), TRUE }, [RLV_EXPORT_NPY] = { ".npy", N_("NumPy array"), FALSE },
  [RLV_EXPORT_CSV] = { ".csv", N_("CSV table"), FALSE },
};
G_STATIC_ASSERT (G_N_ELEMENTS (formats) == RLV_EXPORT_N_FORMATS);

/**
 * rlv_export_format_suffix:
 * @format: a format
 *
 * Returns: (transfer none): ".png"
 */
const char *
rlv_export_format_suffix (RlvExportFormat format)
{
  return formats[format].suffix;
}

/**
 * rlv_export_format_title:
 * @format: a format
 *
 * Returns: (transfer none): what people call it
 */
const char *
rlv_export_format_title (RlvExportFormat format)
{
  return _(formats[format].title);
}

/**
 * rlv_export_format_is_picture:
 * @format: a format
 *
 * Returns: whether it shows the map, and does not list its numbers
 */
gboolean
rlv_export_format_is_picture (RlvExportFormat format)
{
  return formats[format].picture;
}

/**
 * rlv_export_options_check:
 * @options: what is wanted, perhaps as another version remembered it
 *
 * Makes it what can be had: relevance itself fits into PNG pictures only, has no legend and one pixel a cell.
 */
void
rlv_export_options_check (RlvExportOptions *options)
{
  options->format = (RlvExportFormat) MIN ((guint) options->format, RLV_EXPORT_N_FORMATS - 1);
  options->content = (RlvExportContent) MIN ((guint) options->content, RLV_EXPORT_N_CONTENTS - 1);
  options->width = CLAMP (options->width, RLV_EXPORT_WIDTH_MIN, RLV_EXPORT_WIDTH_MAX);
  if (options->content == RLV_EXPORT_VALUES && options->format != RLV_EXPORT_PNG)
    options->content = RLV_EXPORT_ALONE;
  options->legend = options->legend && options->content != RLV_EXPORT_VALUES;
  options->cells = options->content == RLV_EXPORT_VALUES
                   || (options->cells && options->content == RLV_EXPORT_ALONE && options->format == RLV_EXPORT_PNG
                       && !options->legend);
}

/* Of some heat where a query's lies. */
static RlvExportJob *
job_new (RlvSession *session, RlvQuery *query, const float *heat, int width, int height, const char *model)
{
  const LrpColormap *map;
  RlvExportJob *job;

  /* A drawing that has just become a photo, or the other way round, is not what is explained. */
  if (!heat || !rlv_query_get_site (query)->photo != !rlv_document_get_photo (rlv_session_get_document (session)))
    return NULL;
  job = g_new0 (RlvExportJob, 1);
  g_atomic_ref_count_init (&job->ref_count);
  job->explanation = lrp_explanation_ref (rlv_query_get_explanation (query));
  job->site = rlv_site_ref (rlv_query_get_site (query));
  job->drawing = rlv_snapshot_take (rlv_session_get_document (session));
  job->heat = g_memdup2 (heat, (gsize) width * (gsize) height * sizeof (float));
  job->cells_w = width;
  job->cells_h = height;
  job->style = *rlv_display_get_style (rlv_session_get_display (session));
  map = job->style.map;
  if (map && !lrp_colormap_find (map->entry.name, NULL))
    job->style.map = job->own_map = lrp_colormap_new (map->stops, NULL);
  job->model = g_strdup (model);
  return job;
}

/**
 * rlv_export_job_new:
 * @session: where it is looked at
 * @query: whose answer
 * @model: (nullable): what the network is called to load it
 *
 * Returns: (transfer full) (nullable): the map as it is now; %NULL where there is none
 */
RlvExportJob *
rlv_export_job_new (RlvSession *session, RlvQuery *query, const char *model)
{
  int width, height;
  const float *heat = rlv_query_get_heat (query, &width, &height);

  return job_new (session, query, heat, width, height, model);
}

/**
 * rlv_export_job_new_difference:
 * @session: where it is looked at
 * @first: whose answer the other is taken from
 * @second: the other
 * @heat: (array): what is left
 * @width: cells across
 * @height: cells down
 * @model: (nullable): what the network of @first is called to load it
 *
 * Returns: (transfer full) (nullable): the difference as it is now; %NULL where there is none
 */
RlvExportJob *
rlv_export_job_new_difference (RlvSession *session, RlvQuery *first, RlvQuery *second, const float *heat, int width,
                               int height, const char *model)
{
  LrpExplanation *minus = rlv_query_get_explanation (second);
  RlvExportJob *job =
      rlv_query_get_explanation (first) && minus ? job_new (session, first, heat, width, height, model) : NULL;

  if (job)
    job->minus = lrp_explanation_ref (minus);
  return job;
}

/**
 * rlv_export_job_new_gallery:
 * @gallery: maps, one at least
 *
 * Returns: (transfer full): a job of all of them
 */
RlvExportJob *
rlv_export_job_new_gallery (const RlvExportGallery *gallery)
{
  RlvExportJob *job = g_new0 (RlvExportJob, 1);

  g_atomic_ref_count_init (&job->ref_count);
  job->gallery = _rlv_export_gallery_copy (gallery);
  job->explanation = lrp_explanation_ref (gallery->jobs[0]->explanation);
  return job;
}

/**
 * rlv_export_job_get_gallery:
 * @job: a job
 *
 * Returns: (transfer none) (nullable): its maps, where these are several
 */
const RlvExportGallery *
rlv_export_job_get_gallery (const RlvExportJob *job)
{
  return job->gallery;
}

/**
 * rlv_export_job_ref:
 * @job: a job
 *
 * Returns: (transfer full): @job
 */
RlvExportJob *
rlv_export_job_ref (RlvExportJob *job)
{
  g_atomic_ref_count_inc (&job->ref_count);
  return job;
}

/**
 * rlv_export_job_unref:
 * @job: (transfer full) (nullable): a job
 */
void
rlv_export_job_unref (RlvExportJob *job)
{
  if (!job || !g_atomic_ref_count_dec (&job->ref_count))
    return;
  lrp_explanation_unref (job->explanation);
  g_clear_pointer (&job->minus, lrp_explanation_unref);
  g_clear_pointer (&job->gallery, _rlv_export_gallery_free);
  g_clear_pointer (&job->site, rlv_site_unref);
  g_clear_pointer (&job->drawing, rlv_snapshot_free);
  lrp_colormap_free (job->own_map);
  g_free (job->heat);
  g_free (job->model);
  g_free (job);
}

/**
 * rlv_export_job_get_explanation:
 * @job: a job
 *
 * Returns: (transfer none): what is shown
 */
LrpExplanation *
rlv_export_job_get_explanation (const RlvExportJob *job)
{
  return job->explanation;
}

/**
 * rlv_export_job_dup_name:
 * @job: a job
 * @format: of the file
 *
 * Returns: (transfer full): "why 3.png", "comparison.png"
 */
char *
rlv_export_job_dup_name (const RlvExportJob *job, RlvExportFormat format)
{
  g_autofree char *target = lrp_explanation_dup_target (job->explanation, 0);

  if (job->gallery)
    return g_strconcat (_("comparison"), formats[format].suffix, NULL);
  /* No file of it is hidden, or in another folder. */
  g_strdelimit (target, "/\\:", '-');
  return g_strdup_printf ("%s %s%s", _("why"), target, formats[format].suffix);
}

/**
 * rlv_export_job_encode:
 * @job: a job
 * @options: what to make
 * @error: return location for an error
 *
 * Takes a while, so threads do it.
 *
 * Returns: (transfer full) (nullable): what the file shall hold
 */
GBytes *
rlv_export_job_encode (const RlvExportJob *job, const RlvExportOptions *options, GError **error)
{
  if (job->gallery)
    {
      RlvExportOptions possible = _rlv_export_gallery_get_options (options);
      return rlv_export_gallery_encode (job->gallery, &possible, error);
    }
  if (options->format == RLV_EXPORT_NPY)
    return lrp_npy_encode (job->explanation->relevance);
  if (options->format == RLV_EXPORT_CSV)
    return lrp_csv_encode (job->heat, (gsize) job->cells_h, (gsize) job->cells_w);
  return _rlv_export_encode_picture (job, options, error);
}

/* What a thread is given. */
typedef struct
{
  RlvExportJob *job;
  RlvExportOptions options;
  char *path;
  int side;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  rlv_export_job_unref (work->job);
  g_free (work->path);
  g_free (work);
}

static Work *
work_new (RlvExportJob *job, const RlvExportOptions *options, const char *path, int side)
{
  Work *work = g_new0 (Work, 1);

  work->job = rlv_export_job_ref (job);
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
  g_autoptr (GBytes) file = rlv_export_job_encode (work->job, &work->options, error);

  return file && lrp_write_file (work->path, &file, 1, error) ? work : NULL;
}

static const RlvJobKind writing = {
  .work = write_file, .free_data = work_free, .title = N_("Saving “%s”"), .writes = TRUE
};

/**
 * rlv_export_job_write_async:
 * @job: a job
 * @options: what to make; what cannot be had is as rlv_export_options_check() makes it
 * @path: the file, which is there as a whole or not at all
 * @callback: called when it is done
 * @data: for @callback
 *
 * Writes a file in a thread.
 */
void
rlv_export_job_write_async (RlvExportJob *job, const RlvExportOptions *options, const char *path,
                            GAsyncReadyCallback callback, gpointer data)
{
  rlv_job_run (&writing, work_new (job, options, path, 0), path, NULL, callback, data);
}

/**
 * rlv_export_job_write_finish:
 * @result: what the callback got
 * @error: return location for an error, which does not name the file
 *
 * Returns: whether the file was written
 */
gboolean
rlv_export_job_write_finish (GAsyncResult *result, GError **error)
{
  return rlv_job_finish (result, error) != NULL;
}

static gpointer
draw_preview (RlvJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Work *work = data;

  return rlv_heat_image_to_texture (_rlv_export_draw_preview (work->job, &work->options, work->side));
}

static const RlvJobKind drawing = { .work = draw_preview, .free_data = work_free, .free_result = g_object_unref };

/**
 * rlv_export_job_preview_async:
 * @job: a job
 * @options: what is to be made
 * @side: the most pixels of the preview's longer side
 * @cancellable: (nullable): to stop caring
 * @callback: called when it is done
 * @data: for @callback
 *
 * Draws in a thread what would be made.
 */
void
rlv_export_job_preview_async (RlvExportJob *job, const RlvExportOptions *options, int side, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
  rlv_job_run (&drawing, work_new (job, options, NULL, side), NULL, cancellable, callback, data);
}

/**
 * rlv_export_job_preview_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the picture
 */
GdkTexture *
rlv_export_job_preview_finish (GAsyncResult *result, GError **error)
{
  return rlv_job_finish (result, error);
}
