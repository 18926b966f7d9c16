/* SPDX-License-Identifier: GPL-3.0-or-later */
/* job.c: the map that is shown, as it was when it was asked for, and what can be made of it */
#include "config.h"

#include "app/export/job-private.h"

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

static const char *const *
copy_words (const char *const *words, guint n)
{
  char **copy = words ? g_new0 (char *, n + 1) : NULL;

  for (guint i = 0; copy && i < n; i++)
    copy[i] = g_strdup (words[i]);
  return (const char *const *) copy;
}

static RlvExportGallery *
gallery_copy (const RlvExportGallery *gallery)
{
  RlvExportGallery *copy = g_memdup2 (gallery, sizeof *gallery);
  const RlvExportJob **jobs = g_new (const RlvExportJob *, MAX (gallery->n, 1));

  for (guint i = 0; i < gallery->n; i++)
    jobs[i] = rlv_export_job_ref ((RlvExportJob *) gallery->jobs[i]);
  copy->jobs = jobs;
  copy->titles = copy_words (gallery->titles, gallery->n);
  copy->details = copy_words (gallery->details, gallery->n);
  copy->title = g_strdup (gallery->title);
  return copy;
}

static void
gallery_free (RlvExportGallery *gallery)
{
  for (guint i = 0; i < gallery->n; i++)
    rlv_export_job_unref ((RlvExportJob *) gallery->jobs[i]);
  g_free ((gpointer) gallery->jobs);
  g_strfreev ((char **) gallery->titles);
  g_strfreev ((char **) gallery->details);
  g_free ((char *) gallery->title);
  g_free (gallery);
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
  job->gallery = gallery_copy (gallery);
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
  g_clear_pointer (&job->gallery, gallery_free);
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
