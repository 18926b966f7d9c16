/* SPDX-License-Identifier: GPL-3.0-or-later */
/* export-figure.c: what an exported picture shows, and what it says about itself */
#include "config.h"

#include "app/export-private.h"

#include "app/text.h"
#include "files/digest.h"
#include "files/paths.h"
#include "heat/gallery.h"

#include <glib/gi18n.h>
#include <math.h>

/* A map with words below it is so wide on the page; its pixels are kept. */
#define PAGE_SIDE 360

/* A figure with what it borrows. */
typedef struct
{
  LrpFigure figure;
  GPtrArray *text;
} Picture;

static void
picture_clear (Picture *picture)
{
  g_clear_pointer (&picture->figure.ink, cairo_surface_destroy);
  g_clear_pointer (&picture->figure.picture, cairo_surface_destroy);
  g_clear_pointer (&picture->text, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Picture, picture_clear)

/* Height of the map for its width, in the proportions of what it shows. */
static double
get_proportion (const RlvExportJob *job, const RlvExportOptions *options)
{
  double width, height;

  if (options->content != RLV_EXPORT_OVER)
    return (double) job->cells_h / job->cells_w;
  if (!job->place->photo)
    return 1;
  lrp_shown_get_size (&job->place->shown, &width, &height);
  return width > 0 ? height / width : 1;
}

static void
get_map_size (const RlvExportJob *job, const RlvExportOptions *options, int *width, int *height)
{
  *width = options->cells ? job->cells_w : options->width;
  *height = MAX ((int) (*width * get_proportion (job, options) + 0.5), 1);
}

static void
picture_init (Picture *picture, const RlvExportJob *job, const RlvExportOptions *options)
{
  RlvInk ink = rlv_snapshot_peek_ink (job->drawing);
  LrpFigure *figure = &picture->figure;

  *picture = (Picture) { { .heat = job->heat, .cells_w = job->cells_w, .cells_h = job->cells_h, .style = &job->style,
                           .values = options->content == RLV_EXPORT_VALUES } };
  get_map_size (job, options, &figure->width, &figure->height);
  if (options->content != RLV_EXPORT_OVER)
    return;
  figure->fit = &job->place->fit;
  if (job->place->photo)
    figure->picture = lrp_shown_render (&job->place->shown, figure->width, figure->height);
  else
    figure->ink = rlv_ink_render (&ink, figure->width);
}

/* --- what it says about itself -------------------------------------------------------------------------------------- */

static char *
number (double x)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.9g", x));
}

/* A file that cannot be read any more has no digest; the map can be saved all the same. */
static void
describe (Picture *picture, const RlvExportJob *job)
{
  const LrpExplanation *explanation = job->explanation;
  g_autofree char *path = job->model ? lrp_find_model (job->model) : NULL;
  char *digest = path ? lrp_digest_file (path, NULL) : NULL;
  GPtrArray *text = lrp_export_describe (explanation, &picture->figure);

  if (digest)
    lrp_export_describe_add (text, "Model-SHA256", digest);
  if (!explanation->unit)
    lrp_export_describe_add (text, "Probability",
                             number ((double) explanation->probabilities->data[explanation->targets[0]]));
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

static char *
dup_title (const RlvExportJob *job)
{
  g_autofree char *target = lrp_explanation_dup_target (job->explanation, 0);
  g_autofree char *percent = NULL;

  if (job->explanation->unit || job->explanation->aim.whole)
    return g_strdup (target);
  percent = rlv_text_percent ((double) job->explanation->probabilities->data[job->explanation->targets[0]]);
  return g_strdup_printf (_("Why %s (%s)"), target, percent);
}

/* --- with words and a legend ---------------------------------------------------------------------------------------- */

typedef struct
{
  LrpGallery gallery;
  LrpGalleryMap map;
  char *title;
} Page;

static void
page_init (Page *page, const Picture *picture, const RlvExportJob *job)
{
  gsize cells = (gsize) job->cells_w * (gsize) job->cells_h;
  gboolean one_sided = job->style.map && job->style.map->one_sided;

  page->title = dup_title (job);
  page->map = (LrpGalleryMap) { picture->figure, page->title, job->explanation->request };
  page->gallery = (LrpGallery) { .maps = &page->map, .n = 1, .side = PAGE_SIDE, .style = &job->style,
                                 .scale = lrp_heat_get_scale (job->heat, cells, &job->style),
                                 .legend = one_sided ? _("Relevance per pixel, whatever its sign")
                                                      : _("Relevance per pixel: above zero for, below against"), .text = picture->figure.text };
}

static void
page_clear (Page *page)
{
  g_clear_pointer (&page->title, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Page, page_clear)

/* Pixels for each unit of the page, so that the map has its own. */
static double
get_magnification (const LrpFigure *figure)
{
  return MAX (figure->width, figure->height) / (double) PAGE_SIDE;
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
  LrpGallery gallery = { .maps = &(LrpGalleryMap) { .caption = "" }, .n = 1, .side = PAGE_SIDE, .legend = "" };
  double w, h, magnify;

  get_map_size (job, options, width, height);
  if (!options->legend)
    return;
  magnify = options->format == RLV_EXPORT_PNG ? MAX (*width, *height) / (double) PAGE_SIDE : 1;
  lrp_gallery_get_size (&gallery, &w, &h);
  *width = (int) ceil (magnify * w);
  *height = (int) ceil (magnify * h);
}

GBytes *
_rlv_export_encode_picture (const RlvExportJob *job, const RlvExportOptions *options, GError **error)
{
  const char *suffix = rlv_export_format_suffix (options->format);
  g_auto (Picture) picture = { 0 };
  g_auto (Page) page = { 0 };
  GByteArray *file;

  picture_init (&picture, job, options);
  describe (&picture, job);
  if (options->legend)
    {
      page_init (&page, &picture, job);
      file = lrp_gallery_encode (&page.gallery, get_magnification (&picture.figure), suffix, error);
    }
  else
    file = lrp_export_encode (&picture.figure, suffix, error);
  return file ? g_byte_array_free_to_bytes (file) : NULL;
}

/* --- the preview ---------------------------------------------------------------------------------------------------- */

static cairo_surface_t *
draw_page (const Picture *picture, const RlvExportJob *job, int side)
{
  g_auto (Page) page = { 0 };
  cairo_surface_t *image;
  double width, height, scale;
  cairo_t *cr;

  page_init (&page, picture, job);
  lrp_gallery_get_size (&page.gallery, &width, &height);
  scale = side / MAX (width, height);
  image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) ceil (scale * width), (int) ceil (scale * height));
  cr = cairo_create (image);
  cairo_scale (cr, scale, scale);
  lrp_gallery_draw (&page.gallery, cr, FALSE);
  cairo_destroy (cr);
  return image;
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

cairo_surface_t *
_rlv_export_draw_preview (const RlvExportJob *job, const RlvExportOptions *options, int side)
{
  RlvExportOptions small = *options;
  g_auto (Picture) picture = { 0 };
  g_autoptr (LrpColormap) greys = NULL;
  LrpHeatStyle style = grey_style (job, &greys);
  LrpFigure *figure = &picture.figure;
  double proportion = get_proportion (job, options);

  small.cells = FALSE;
  small.width = MAX ((int) (proportion > 1 ? side / proportion : side), 1);
  picture_init (&picture, job, &small);
  if (options->legend)
    return draw_page (&picture, job, side);
  if (figure->values)
    figure->style = &style;
  return lrp_heat_compose (figure->heat, figure->cells_w, figure->cells_h, figure->fit, figure->ink, figure->picture,
                           figure->style, figure->width, figure->height);
}
