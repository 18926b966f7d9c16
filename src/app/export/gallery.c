/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gallery.c: one map or several with words below them and a legend, as one picture */
#include "config.h"

#include "app/export/map-private.h"

#include "app/kit/text.h"
#include "app/session/target-choice.h"
#include "heat/gallery.h"

#include <glib/gi18n.h>
#include <math.h>

/* So wide is each map on the page; in PNG files its pixels are kept. */
#define SIDE 360

RlvExportOptions
_rlv_export_gallery_get_options (const RlvExportOptions *options)
{
  RlvExportOptions possible = *options;

  possible.format = MIN (possible.format, RLV_EXPORT_PDF);
  possible.content = MIN (possible.content, RLV_EXPORT_ALONE);
  possible.cells = possible.legend = FALSE;
  return possible;
}

/* A page with what it borrows. */
typedef struct
{
  LrpGallery gallery;
  guint n;
  RlvExportPicture *pictures;
  LrpHeatStyle *styles;
  LrpGalleryMap *maps;
  GPtrArray *words, *text; /* of char */
} Page;

static void
page_clear (Page *page)
{
  for (guint i = 0; page->pictures && i < page->n; i++)
    _rlv_export_picture_clear (&page->pictures[i]);
  g_clear_pointer (&page->pictures, g_free);
  g_clear_pointer (&page->styles, g_free);
  g_clear_pointer (&page->maps, g_free);
  g_clear_pointer (&page->words, g_ptr_array_unref);
  g_clear_pointer (&page->text, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Page, page_clear)

/* --- words -------------------------------------------------------------------------------------------------------- */

/* The page keeps it. */
static const char *
keep (Page *page, char *text)
{
  g_ptr_array_add (page->words, text);
  return text;
}

static char *
dup_title (const RlvExportMap *map)
{
  const LrpExplanation *explanation = map->explanation;
  g_autofree char *target = lrp_explanation_dup_target (explanation, 0);
  g_autofree char *answer = NULL;

  if (!lrp_explanation_is_of_class (explanation))
    return g_steal_pointer (&target);
  answer = rlv_target_answer_text (explanation);
  return g_strdup_printf (_("Why %s (%s)"), target, answer);
}

static double
get_scale (const RlvExportMap *map, const LrpHeatStyle *style)
{
  return lrp_heat_get_scale (map->heat, (gsize) map->cells_w * (gsize) map->cells_h, style);
}

/* What it is a map of, as the command line would have it. */
static char *
dup_request (const RlvExportMap *map)
{
  return map->minus ? g_strdup_printf ("%s − %s", map->explanation->request, map->minus->request)
                    : g_strdup (map->explanation->request);
}

/* Where the legend has no numbers, each map says its own. */
static char *
dup_caption (const RlvExportMap *map, const LrpHeatStyle *style, gboolean with_scale)
{
  g_autofree char *number = rlv_text_number (get_scale (map, style)), *request = dup_request (map);

  return with_scale ? g_strdup_printf (_("±%s · %s"), number, request) : g_steal_pointer (&request);
}

/* "Why 3 (99.8 %) · ±0.4 · gamma 0.25" */
static char *
dup_detailed_caption (const RlvExportMap *map, const LrpHeatStyle *style, gboolean with_scale, const char *detail)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *why = dup_title (map), *number = rlv_text_number (get_scale (map, style));
  g_autofree char *scale = g_strdup_printf ("±%s", number);
  g_auto (GStrv) parts = NULL;

  if (!map->minus)
    g_strv_builder_add (builder, why);
  if (with_scale)
    g_strv_builder_add (builder, scale);
  if (*detail)
    g_strv_builder_add (builder, detail);
  parts = g_strv_builder_end (builder);
  return g_strjoinv (" · ", parts);
}

/* The worst of what speaks against it; the file says all. */
static const char *
get_warning (const RlvExportMap *map)
{
  return map->warnings->len > 0 ? ((LrpWarning *) g_ptr_array_index (map->warnings, 0))->text : NULL;
}

static const char *
get_legend (const LrpHeatStyle *style, gboolean own_scales)
{
  if (style->map && style->map->one_sided)
    return own_scales ? _("Relevance per pixel, whatever its sign, up to each map’s own ±")
                      : _("Relevance per pixel, whatever its sign");
  return own_scales ? _("Relevance per pixel, up to each map’s own ±: above zero for, below against")
                    : _("Relevance per pixel: above zero for, below against");
}

/* --- the page ----------------------------------------------------------------------------------------------------- */

/* One scale for all, or for the only one. */
static double
get_page_scale (const RlvExportGallery *gallery)
{
  const RlvExportMap *first = gallery->maps[0];

  if (gallery->shared_scale > 0)
    return gallery->shared_scale / first->style.gain;
  return gallery->n == 1 ? get_scale (first, &first->style) : 0;
}

static void
add_map (Page *page, const RlvExportGallery *gallery, const RlvExportOptions *options, guint i)
{
  const RlvExportMap *map = gallery->maps[i];
  const char *title = gallery->titles ? gallery->titles[i] : keep (page, dup_title (map));
  LrpGalleryMap *placed = &page->maps[i];
  gboolean with_scale;

  page->styles[i] = map->style;
  placed->apart = map->minus != NULL;
  if (gallery->shared_scale > 0 && !placed->apart)
    page->styles[i].fixed_scale = gallery->shared_scale;
  _rlv_export_picture_init (&page->pictures[i], map, options);
  page->pictures[i].figure.style = &page->styles[i];
  placed->figure = page->pictures[i].figure;
  placed->title = title;
  placed->warning = get_warning (map);
  with_scale = placed->apart || !(page->gallery.scale > 0);
  placed->caption =
      keep (page, gallery->details ? dup_detailed_caption (map, &page->styles[i], with_scale, gallery->details[i])
                                   : dup_caption (map, &page->styles[i], with_scale));
}

static void
add_key (Page *page, guint i, const char *key, char *value)
{
  g_autofree char *numbered = g_strdup_printf ("%s-%u", key, i + 1);

  lrp_export_describe_add (page->text, keep (page, g_steal_pointer (&numbered)), value);
}

/* The first map that explains something itself; a difference is of such ones. */
static guint
find_lead (const RlvExportGallery *gallery)
{
  guint i = 0;

  while (i + 1 < gallery->n && gallery->maps[i]->minus)
    i++;
  return i;
}

/* Of one map all is told; of the others what they explain, and how. */
static void
describe (Page *page, const RlvExportGallery *gallery)
{
  guint lead = find_lead (gallery);

  _rlv_export_picture_describe (&page->pictures[lead], gallery->maps[lead]);
  page->text = g_ptr_array_ref (page->pictures[lead].text);
  g_ptr_array_remove_index (page->text, page->text->len - 1);
  for (guint i = 0; i < gallery->n; i++)
    {
      const LrpExplanation *explanation = gallery->maps[i]->explanation;

      if (i == lead)
        continue;
      add_key (page, i, "Request", dup_request (gallery->maps[i]));
      add_key (page, i, "Target", lrp_explanation_dup_target (explanation, 0));
      for (guint k = 0; k < gallery->maps[i]->warnings->len; k++)
        add_key (page, i, "Warning",
                 g_strdup (((LrpWarning *) g_ptr_array_index (gallery->maps[i]->warnings, k))->text));
      if (explanation->network != gallery->maps[lead]->explanation->network)
        add_key (page, i, "Model", g_strdup (explanation->network->name));
    }
  g_ptr_array_add (page->text, NULL);
  page->gallery.text = (const char *const *) page->text->pdata;
}

static void
page_init (Page *page, const RlvExportGallery *gallery, const RlvExportOptions *options)
{
  const LrpHeatStyle *style = &gallery->maps[0]->style;

  page->n = gallery->n;
  page->pictures = g_new0 (RlvExportPicture, gallery->n);
  page->styles = g_new0 (LrpHeatStyle, gallery->n);
  page->maps = g_new0 (LrpGalleryMap, gallery->n);
  page->words = g_ptr_array_new_with_free_func (g_free);
  page->gallery = (LrpGallery){ .maps = page->maps,
                                .n = gallery->n,
                                .columns = gallery->columns,
                                .side = SIDE,
                                .style = style,
                                .scale = get_page_scale (gallery),
                                .title = gallery->title };
  page->gallery.legend = get_legend (style, !(page->gallery.scale > 0));
  for (guint i = 0; i < gallery->n; i++)
    add_map (page, gallery, options, i);
}

/* Pixels for each unit of the page, so that a map has its own. */
static double
get_magnification (const LrpFigure *figure)
{
  return MAX (figure->width, figure->height) / (double) SIDE;
}

/**
 * rlv_export_gallery_encode:
 * @gallery: maps
 * @options: what to make: a picture's format, what each map shows, and its width
 * @error: return location for an error
 *
 * Takes a while, so threads do it.
 *
 * Returns: (transfer full) (nullable): what the file shall hold
 */
GBytes *
rlv_export_gallery_encode (const RlvExportGallery *gallery, const RlvExportOptions *options, GError **error)
{
  g_auto (Page) page = { 0 };
  GByteArray *file;

  page_init (&page, gallery, options);
  describe (&page, gallery);
  file = lrp_gallery_encode (&page.gallery, get_magnification (&page.maps[0].figure),
                             rlv_export_format_suffix (options->format), error);
  return file ? g_byte_array_free_to_bytes (file) : NULL;
}

/**
 * rlv_export_gallery_get_size:
 * @gallery: maps
 * @options: what is to be made
 * @width: (out): pixels in a row
 * @height: (out): pixels in a column
 *
 * Finds how large the picture would be.
 */
void
rlv_export_gallery_get_size (const RlvExportGallery *gallery, const RlvExportOptions *options, int *width, int *height)
{
  g_autofree LrpGalleryMap *maps = g_new0 (LrpGalleryMap, gallery->n);
  LrpGallery plain = {
    .maps = maps, .n = gallery->n, .columns = gallery->columns, .side = SIDE, .legend = "", .title = gallery->title
  };
  double w, h, magnify;

  maps[0].caption = "";
  for (guint i = 0; i < gallery->n; i++)
    if (get_warning (gallery->maps[i]))
      maps[0].warning = "";
  _rlv_export_picture_get_size (gallery->maps[0], options, width, height);
  magnify = options->format == RLV_EXPORT_PNG ? MAX (*width, *height) / (double) SIDE : 1;
  lrp_gallery_get_size (&plain, &w, &h);
  *width = (int) ceil (magnify * w);
  *height = (int) ceil (magnify * h);
}

cairo_surface_t *
_rlv_export_draw_gallery (const RlvExportGallery *gallery, const RlvExportOptions *options, int side)
{
  g_auto (Page) page = { 0 };
  cairo_surface_t *image;
  double width, height, scale;
  cairo_t *cr;

  page_init (&page, gallery, options);
  lrp_gallery_get_size (&page.gallery, &width, &height);
  scale = side / MAX (width, height);
  image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) ceil (scale * width), (int) ceil (scale * height));
  cr = cairo_create (image);
  cairo_scale (cr, scale, scale);
  lrp_gallery_draw (&page.gallery, cr, FALSE);
  cairo_destroy (cr);
  return image;
}
