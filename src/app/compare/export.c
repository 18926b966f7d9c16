/* SPDX-License-Identifier: GPL-3.0-or-later */
/* export.c: all cards as one picture, to be made into a file */
#include "config.h"

#include "app/compare/page-private.h"

#include "app/export/map.h"

static RlvExportMap *
freeze (RlvComparePage *self, RlvCompareCard *card)
{
  const RlvItem *item = rlv_compare_card_get_item (card);
  RlvCompareCard *first, *second;
  int width, height;
  const float *heat = rlv_compare_card_get_heat (card, &width, &height, NULL);

  if (!heat)
    return NULL;
  if (!rlv_compare_card_get_sources (card, &first, &second))
    return rlv_export_map_new (self->session, rlv_compare_card_get_query (card),
                               item->network ? item->network : self->model);
  item = rlv_compare_card_get_item (first);
  return rlv_export_map_new_difference (self->session, rlv_compare_card_get_query (first),
                                        rlv_compare_card_get_query (second), heat, width, height,
                                        item->network ? item->network : self->model);
}

/* How many columns the picture has; where cards are left out of a table, it is none any more, which is meant by 0. */
static guint
get_columns (RlvComparePage *self, guint n_maps)
{
  g_autoptr (GPtrArray) items = _rlv_compare_page_dup_items (self);

  return n_maps == items->len ? rlv_compare_items_get_columns (items) : 0;
}

/* Leaves out cards without a map; NULL where no card has one. */
static RlvExportMap *
freeze_all (RlvComparePage *self)
{
  g_autoptr (GPtrArray) maps = g_ptr_array_new_with_free_func ((GDestroyNotify) rlv_export_map_unref);
  g_autoptr (GPtrArray) titles = g_ptr_array_new (), details = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < rlv_compare_page_get_n_cards (self); i++)
    {
      RlvCompareCard *card = rlv_compare_page_get_card (self, i);
      RlvExportMap *map = freeze (self, card);

      if (!map)
        continue;
      g_ptr_array_add (maps, map);
      g_ptr_array_add (titles, (char *) rlv_compare_card_get_title (card));
      g_ptr_array_add (details, rlv_compare_card_dup_detail (card));
    }
  if (!maps->len)
    return NULL;
  return rlv_export_map_new_gallery (&(RlvExportGallery){ .maps = (const RlvExportMap *const *) maps->pdata,
                                                          .n = maps->len,
                                                          .titles = (const char *const *) titles->pdata,
                                                          .details = (const char *const *) details->pdata,
                                                          .columns = get_columns (self, maps->len),
                                                          .shared_scale = rlv_compare_look_get_scale (self->look) });
}

static void
hand_over (RlvComparePage *self, guint data)
{
  g_autoptr (RlvExportMap) map = freeze_all (self);

  g_signal_emit_by_name (self, "figure", map);
}

/**
 * rlv_compare_page_export:
 * @self: a page
 * @model: (nullable): what the session's network is called to load it
 *
 * Asks all cards, those out of sight as well; then #RlvComparePage::figure has their maps.
 */
void
rlv_compare_page_export (RlvComparePage *self, const char *model)
{
  g_return_if_fail (self->session);

  g_free (self->model);
  self->model = g_strdup (model);
  _rlv_compare_page_ask_all (self, hand_over, 0);
}
