/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map.c: the map that is shown, as it was when it was asked for, and what can be made of it */
#include "config.h"

#include "app/export/map-private.h"

#include <glib/gi18n.h>

/**
 * RlvExportMap:
 *
 * Everything that a file is made of. It does not change, so that threads can use it while people draw on.
 */

/* Of some heat where a query's lies. */
static RlvExportMap *
map_new (RlvSession *session, RlvQuery *query, const float *heat, int width, int height, const char *model)
{
  const LrpColormap *colormap;
  RlvExportMap *map;

  /* A drawing that has just become a photo, or the other way round, is not what is explained. */
  if (!heat || !rlv_query_get_site (query)->photo != !rlv_document_get_photo (rlv_session_get_document (session)))
    return NULL;
  map = g_new0 (RlvExportMap, 1);
  g_atomic_ref_count_init (&map->ref_count);
  map->explanation = lrp_explanation_ref (rlv_query_get_explanation (query));
  map->warnings = g_ptr_array_ref (rlv_query_get_warnings (query));
  map->site = rlv_site_ref (rlv_query_get_site (query));
  map->drawing = rlv_snapshot_take (rlv_session_get_document (session));
  map->heat = g_memdup2 (heat, (gsize) width * (gsize) height * sizeof (float));
  map->cells_w = width;
  map->cells_h = height;
  map->style = *rlv_display_get_style (rlv_session_get_display (session));
  colormap = map->style.map;
  if (colormap && !lrp_colormap_find (colormap->entry.name, NULL))
    map->style.map = map->own_map = lrp_colormap_new (colormap->stops, NULL);
  map->model = g_strdup (model);
  return map;
}

/**
 * rlv_export_map_new:
 * @session: where it is looked at
 * @query: whose answer
 * @model: (nullable): what the network is called to load it
 *
 * Returns: (transfer full) (nullable): the map as it is now; %NULL where there is none
 */
RlvExportMap *
rlv_export_map_new (RlvSession *session, RlvQuery *query, const char *model)
{
  int width, height;
  const float *heat = rlv_query_get_heat (query, &width, &height);

  return map_new (session, query, heat, width, height, model);
}

/* What speaks against one of two speaks against their difference. */
static GPtrArray *
join_warnings (RlvQuery *first, RlvQuery *second)
{
  const GPtrArray *lists[] = { rlv_query_get_warnings (first), rlv_query_get_warnings (second) };
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) lrp_warning_free);

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint k = 0; k < lists[i]->len; k++)
      g_ptr_array_add (all, lrp_warning_copy (g_ptr_array_index (lists[i], k)));
  return all;
}

/**
 * rlv_export_map_new_difference:
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
RlvExportMap *
rlv_export_map_new_difference (RlvSession *session, RlvQuery *first, RlvQuery *second, const float *heat, int width,
                               int height, const char *model)
{
  LrpExplanation *minus = rlv_query_get_explanation (second);
  RlvExportMap *map =
      rlv_query_get_explanation (first) && minus ? map_new (session, first, heat, width, height, model) : NULL;

  if (!map)
    return NULL;
  map->minus = lrp_explanation_ref (minus);
  g_ptr_array_unref (map->warnings);
  map->warnings = join_warnings (first, second);
  return map;
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
  const RlvExportMap **maps = g_new (const RlvExportMap *, MAX (gallery->n, 1));

  for (guint i = 0; i < gallery->n; i++)
    maps[i] = rlv_export_map_ref ((RlvExportMap *) gallery->maps[i]);
  copy->maps = maps;
  copy->titles = copy_words (gallery->titles, gallery->n);
  copy->details = copy_words (gallery->details, gallery->n);
  copy->title = g_strdup (gallery->title);
  return copy;
}

static void
gallery_free (RlvExportGallery *gallery)
{
  for (guint i = 0; i < gallery->n; i++)
    rlv_export_map_unref ((RlvExportMap *) gallery->maps[i]);
  g_free ((gpointer) gallery->maps);
  g_strfreev ((char **) gallery->titles);
  g_strfreev ((char **) gallery->details);
  g_free ((char *) gallery->title);
  g_free (gallery);
}

/**
 * rlv_export_map_new_gallery:
 * @gallery: maps, one at least
 *
 * Returns: (transfer full): all of them as one
 */
RlvExportMap *
rlv_export_map_new_gallery (const RlvExportGallery *gallery)
{
  RlvExportMap *map = g_new0 (RlvExportMap, 1);

  g_atomic_ref_count_init (&map->ref_count);
  map->gallery = gallery_copy (gallery);
  map->explanation = lrp_explanation_ref (gallery->maps[0]->explanation);
  return map;
}

/**
 * rlv_export_map_get_gallery:
 * @map: a map
 *
 * Returns: (transfer none) (nullable): its maps, where these are several
 */
const RlvExportGallery *
rlv_export_map_get_gallery (const RlvExportMap *map)
{
  return map->gallery;
}

/**
 * rlv_export_map_ref:
 * @map: a map
 *
 * Returns: (transfer full): @map
 */
RlvExportMap *
rlv_export_map_ref (RlvExportMap *map)
{
  g_atomic_ref_count_inc (&map->ref_count);
  return map;
}

/**
 * rlv_export_map_unref:
 * @map: (transfer full) (nullable): a map
 */
void
rlv_export_map_unref (RlvExportMap *map)
{
  if (!map || !g_atomic_ref_count_dec (&map->ref_count))
    return;
  lrp_explanation_unref (map->explanation);
  g_clear_pointer (&map->warnings, g_ptr_array_unref);
  g_clear_pointer (&map->minus, lrp_explanation_unref);
  g_clear_pointer (&map->gallery, gallery_free);
  g_clear_pointer (&map->site, rlv_site_unref);
  g_clear_pointer (&map->drawing, rlv_snapshot_free);
  lrp_colormap_free (map->own_map);
  g_free (map->heat);
  g_free (map->model);
  g_free (map);
}

/**
 * rlv_export_map_get_explanation:
 * @map: a map
 *
 * Returns: (transfer none): what is shown
 */
LrpExplanation *
rlv_export_map_get_explanation (const RlvExportMap *map)
{
  return map->explanation;
}

/**
 * rlv_export_map_dup_name:
 * @map: a map
 * @format: of the file
 *
 * Returns: (transfer full): "why 3.png", "comparison.png"
 */
char *
rlv_export_map_dup_name (const RlvExportMap *map, RlvExportFormat format)
{
  g_autofree char *target = lrp_explanation_dup_target (map->explanation, 0);

  if (map->gallery)
    return g_strconcat (_ ("comparison"), rlv_export_format_suffix (format), NULL);
  /* No file of it is hidden, or in another folder. */
  g_strdelimit (target, "/\\:", '-');
  return g_strdup_printf ("%s %s%s", _ ("why"), target, rlv_export_format_suffix (format));
}
