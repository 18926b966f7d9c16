/* SPDX-License-Identifier: GPL-3.0-or-later */
/* items.c: all items of a comparison: how they are remembered, which are sound, and whether they are a table */
#include "config.h"

#include "app/compare/items.h"

/**
 * rlv_compare_item_parse:
 * @method: a method as the command line has it
 *
 * Returns: (transfer full) (nullable): an item for it, which explains the session's target; %NULL where there is no
 * such method
 */
RlvItem *
rlv_compare_item_parse (const char *method)
{
  g_autoptr (LrpRequest) request = lrp_request_new ();
  g_autoptr (GError) error = NULL;

  if (lrp_request_set_method (request, method, &error))
    return rlv_item_new (request);
  g_debug ("“%s” is left out: %s", method, error->message);
  return NULL;
}

/* --- remembering -------------------------------------------------------------------------------------------------- */

static GVariant *
item_to_variant (const RlvItem *item)
{
  const LrpTarget *target = &item->request->target;
  g_autofree char *method = lrp_request_to_string (item->request);

  return g_variant_new (RLV_COMPARE_ITEM_TYPE, method, item->follows, target->class_index, target->against,
                        target->unit ? target->unit : "", target->place ? target->place : "",
                        item->network ? item->network : "", item->first, item->second);
}

/**
 * rlv_compare_items_to_variant:
 * @items: (element-type RlvItem): items
 *
 * Returns: (transfer floating): the same, of type %RLV_COMPARE_ITEMS_TYPE
 */
GVariant *
rlv_compare_items_to_variant (const GPtrArray *items)
{
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE (RLV_COMPARE_ITEMS_TYPE));

  for (guint i = 0; i < items->len; i++)
    g_variant_builder_add_value (&builder, item_to_variant (items->pdata[i]));
  return g_variant_builder_end (&builder);
}

static RlvItem *
item_from_variant (GVariant *variant)
{
  const char *method, *unit, *place, *network;
  LrpTarget target = LRP_TARGET_INIT;
  RlvItem *item;
  gboolean follows;
  int first, second;

  g_variant_get (variant, "(&sbii&s&s&sii)", &method, &follows, &target.class_index, &target.against, &unit, &place,
                 &network, &first, &second);
  item = rlv_compare_item_parse (method);
  if (!item)
    return NULL;
  target.unit = *unit ? (char *) unit : NULL;
  target.place = *place ? (char *) place : NULL;
  lrp_target_clear (&item->request->target);
  lrp_target_copy (&item->request->target, &target);
  item->follows = follows;
  item->network = *network ? g_strdup (network) : NULL;
  item->first = first;
  item->second = second;
  return item;
}

/* A difference must be of two other items, which are there and no differences themselves. */
static gboolean
is_sound (const GPtrArray *items, const RlvItem *item)
{
  const int sources[] = { item->first, item->second };
  gboolean sound = TRUE;

  if (item->first < 0 && item->second < 0)
    return TRUE;
  for (guint i = 0; sound && i < G_N_ELEMENTS (sources); i++)
    sound = sources[i] >= 0 && sources[i] < (int) items->len && items->pdata[sources[i]]
            && !rlv_item_is_difference (items->pdata[sources[i]]);
  return sound && item->first != item->second;
}

/* Removes what is NULL, and corrects the places that differences name. */
static void
close_gaps (GPtrArray *items)
{
  g_autofree int *places = g_new (int, MAX (items->len, 1));
  int n = 0;

  for (guint i = 0; i < items->len; i++)
    places[i] = items->pdata[i] ? n++ : -1;
  for (guint i = items->len; i-- > 0;)
    {
      RlvItem *item = items->pdata[i];
      if (!item)
        g_ptr_array_remove_index (items, i);
      else if (rlv_item_is_difference (item))
        item->first = places[item->first], item->second = places[item->second];
    }
}

/**
 * rlv_compare_items_tidy:
 * @items: (element-type RlvItem): items as they were read, %NULL for those that could not be
 *
 * Takes out what cannot be shown: gaps, and differences of what is not there.
 */
void
rlv_compare_items_tidy (GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    if (items->pdata[i] && !is_sound (items, items->pdata[i]))
      {
        rlv_item_free (items->pdata[i]);
        items->pdata[i] = NULL;
      }
  close_gaps (items);
}

/**
 * rlv_compare_items_from_variant:
 * @variant: of type %RLV_COMPARE_ITEMS_TYPE, perhaps written by another version of the program
 *
 * Returns: (transfer full) (element-type RlvItem): what can be used of it
 */
GPtrArray *
rlv_compare_items_from_variant (GVariant *variant)
{
  GPtrArray *items = rlv_items_new ();
  gsize n = MIN (g_variant_n_children (variant), RLV_MAX_ITEMS);

  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (variant, i);
      g_ptr_array_add (items, item_from_variant (child));
    }
  rlv_compare_items_tidy (items);
  return items;
}

/* --- tables ------------------------------------------------------------------------------------------------------- */

static gboolean
explain_alike (const RlvItem *a, const RlvItem *b)
{
  return lrp_choice_equal (&a->request->method, &b->request->method)
         && lrp_composite_equal (a->request->composite, b->request->composite)
         && g_strcmp0 (a->network, b->network) == 0;
}

static gboolean
has_target (const RlvItem *item, int class_index)
{
  return !item->follows && !rlv_item_is_difference (item) && item->request->target.class_index == class_index;
}

/**
 * rlv_compare_items_get_columns:
 * @items: (element-type RlvItem): items
 *
 * Returns: of how many columns the items are a table, which has a class in each row and a method in each column; 0
 * where they are none
 */
guint
rlv_compare_items_get_columns (const GPtrArray *items)
{
  const RlvItem *first = items->len ? items->pdata[0] : NULL;
  guint n = 0;
  gboolean table = TRUE;

  while (n < items->len && has_target (items->pdata[n], first->request->target.class_index))
    n++;
  if (n < 2 || n == items->len || items->len % n != 0)
    return 0;
  for (guint i = 0; table && i < items->len; i++)
    {
      const RlvItem *row = items->pdata[i - i % n];
      table = explain_alike (items->pdata[i], items->pdata[i % n])
              && has_target (items->pdata[i], row->request->target.class_index);
    }
  return table ? n : 0;
}
