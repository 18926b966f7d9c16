/* SPDX-License-Identifier: GPL-3.0-or-later */
/* figure.c: what an exported picture shows, and what it says about itself */
#include "config.h"

#include "app/export/private.h"

#include "files/io/digest.h"
#include "files/io/paths.h"
#include <math.h>

/* Height of the map for its width, in the proportions of what it shows. */
static double
get_proportion (const RlvExportJob *job, const RlvExportOptions *options)
{
  double width, height;

  if (options->content != RLV_EXPORT_OVER)
    return (double) job->cells_h / job->cells_w;
  if (!job->site->photo)
    return 1;
  lrp_shown_get_size (&job->site->shown, &width, &height);
  return width > 0 ? height / width : 1;
}

void
_rlv_export_picture_clear (RlvExportPicture *picture)
{
  g_clear_pointer (&picture->figure.ink, cairo_surface_destroy);
  g_clear_pointer (&picture->figure.picture, cairo_surface_destroy);
  g_clear_pointer (&picture->text, g_ptr_array_unref);
}

static void
get_map_size (const RlvExportJob *job, const RlvExportOptions *options, int *width, int *height)
{
  *width = options->cells ? job->cells_w : options->width;
  *height = MAX ((int) (*width * get_proportion (job, options) + 0.5), 1);
}

void
_rlv_export_picture_init (RlvExportPicture *picture, const RlvExportJob *job, const RlvExportOptions *options)
{
  RlvInk ink = rlv_snapshot_peek_ink (job->drawing);
  LrpFigure *figure = &picture->figure;

  *picture = (RlvExportPicture){ { .heat = job->heat,
                                   .cells_w = job->cells_w,
                                   .cells_h = job->cells_h,
                                   .style = &job->style,
                                   .values = options->content == RLV_EXPORT_VALUES } };
  get_map_size (job, options, &figure->width, &figure->height);
  if (options->content != RLV_EXPORT_OVER)
    return;
  figure->transform = &job->site->fit;
  if (job->site->photo)
    {
      LrpShown shown = job->site->shown;
      shown.picture = rlv_snapshot_peek_photo (job->drawing);
      figure->picture = lrp_shown_render (&shown, figure->width, figure->height);
    }
  else
    figure->ink = rlv_ink_render (&ink, figure->width);
}

/* --- what it says about itself ------------------------------------------------------------------------------------ */

static char *
number (double x)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.9g", x));
}

/* A file that cannot be read any more has no digest; the map can be saved all the same. */
void
_rlv_export_picture_describe (RlvExportPicture *picture, const RlvExportJob *job)
{
  const LrpExplanation *explanation = job->explanation;
  g_autofree char *path = job->model ? lrp_find_model (job->model) : NULL;
  char *digest = path ? lrp_digest_file (path, NULL) : NULL;
  GPtrArray *text = lrp_export_describe (explanation, &picture->figure);

  if (digest)
    lrp_export_describe_add (text, "Model-SHA256", digest);
  if (!lrp_explanation_is_of_unit (explanation))
    lrp_export_describe_add (text, "Probability", number (lrp_explanation_get_probability (explanation, 0)));
  if (explanation->handed_down)
    {
      lrp_export_describe_add (text, "Absorbed-by-biases", number (lrp_explanation_get_absorbed_by_bias (explanation)));
      lrp_export_describe_add (text, "Absorbed-by-stabiliser",
                               number (lrp_explanation_get_absorbed_by_stabilizer (explanation)));
    }
  g_ptr_array_add (text, NULL);
  picture->text = text;
  picture->figure.text = (const char *const *) text->pdata;
}

/**
 * rlv_export_job_get_size:
 * @job: a job
 * @options: what is to be made
 * @width: (out): pixels in a row
 * @height: (out): pixels in a column
 *
 * Finds how large a picture would be.
 */
void
rlv_export_job_get_size (const RlvExportJob *job, const RlvExportOptions *options, int *width, int *height)
{
  if (job->gallery)
    {
      RlvExportOptions possible = _rlv_export_gallery_get_options (options);
      rlv_export_gallery_get_size (job->gallery, &possible, width, height);
    }
  else if (options->legend)
    rlv_export_gallery_get_size (&(RlvExportGallery){ .jobs = &job, .n = 1 }, options, width, height);
  else
    get_map_size (job, options, width, height);
}

GBytes *
_rlv_export_encode_picture (const RlvExportJob *job, const RlvExportOptions *options, GError **error)
{
  g_auto (RlvExportPicture) picture = { 0 };
  GByteArray *file;

  if (options->legend)
    return rlv_export_gallery_encode (&(RlvExportGallery){ .jobs = &job, .n = 1 }, options, error);
  _rlv_export_picture_init (&picture, job, options);
  _rlv_export_picture_describe (&picture, job);
  file = lrp_export_encode (&picture.figure, rlv_export_format_suffix (options->format), error);
  return file ? g_byte_array_free_to_bytes (file) : NULL;
}

/* Grey values, as a viewer of PNG files would show them. */
static LrpHeatStyle
grey_style (const RlvExportJob *job, LrpColormap **greys)
{
  LrpHeatStyle style = job->style;

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
draw_map_preview (const RlvExportJob *job, const RlvExportOptions *options, int side)
{
  RlvExportOptions small = *options;
  g_auto (RlvExportPicture) picture = { 0 };
  g_autoptr (LrpColormap) greys = NULL;
  LrpHeatStyle style = grey_style (job, &greys);
  LrpFigure *figure = &picture.figure;
  double proportion = get_proportion (job, options);

  small.cells = FALSE;
  small.width = MAX ((int) (proportion > 1 ? side / proportion : side), 1);
  if (options->legend)
    return _rlv_export_draw_gallery (&(RlvExportGallery){ .jobs = &job, .n = 1 }, &small, side);
  _rlv_export_picture_init (&picture, job, &small);
  if (figure->values)
    figure->style = &style;
  return lrp_heat_compose (figure->heat, figure->cells_w, figure->cells_h, figure->transform, figure->ink,
                           figure->picture, figure->style, figure->width, figure->height);
}

cairo_surface_t *
_rlv_export_draw_preview (const RlvExportJob *job, const RlvExportOptions *options, int side)
{
  return job->gallery ? draw_gallery_preview (job->gallery, options, side) : draw_map_preview (job, options, side);
}
