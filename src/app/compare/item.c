/* SPDX-License-Identifier: GPL-3.0-or-later */
/* item.c: what a card of a comparison is about, to be remembered */
#include "config.h"

#include "app/compare/item.h"

#include "app/kit/text.h"

#include <glib/gi18n.h>
#include <math.h>

#define SEPARATOR " \xc2\xb7 " /* a middle dot */

static RlvCompareItem *
item_new (LrpRequest *request)
{
  RlvCompareItem *item = g_new0 (RlvCompareItem, 1);

  item->request = request;
  item->follows = TRUE;
  item->first = item->second = -1;
  return item;
}

/**
 * rlv_compare_item_new:
 * @method: a method as the command line has it
 *
 * Returns: (transfer full) (nullable): a card for it, which explains the session's target; %NULL where there is no such
 *   method
 */
RlvCompareItem *
rlv_compare_item_new (const char *method)
{
  g_autoptr (LrpRequest) request = lrp_request_new ();
  g_autoptr (GError) error = NULL;

  if (lrp_request_set_method (request, method, &error))
    return item_new (g_steal_pointer (&request));
  g_debug ("“%s” is left out: %s", method, error->message);
  return NULL;
}

/**
 * rlv_compare_item_new_difference:
 * @first: the place of a card
 * @second: the place of the card that is taken from it
 *
 * Returns: (transfer full): a card for their difference
 */
RlvCompareItem *
rlv_compare_item_new_difference (int first, int second)
{
  RlvCompareItem *item = item_new (lrp_request_new ());

  item->first = first;
  item->second = second;
  return item;
}

/**
 * rlv_compare_item_copy:
 * @item: an item
 *
 * Returns: (transfer full): a copy
 */
RlvCompareItem *
rlv_compare_item_copy (const RlvCompareItem *item)
{
  RlvCompareItem *copy = g_new (RlvCompareItem, 1);

  *copy = *item;
  copy->request = lrp_request_copy (item->request);
  copy->network = g_strdup (item->network);
  return copy;
}

/**
 * rlv_compare_item_free:
 * @item: (transfer full) (nullable): an item
 */
void
rlv_compare_item_free (RlvCompareItem *item)
{
  if (!item)
    return;
  lrp_request_free (item->request);
  g_free (item->network);
  g_free (item);
}

/**
 * rlv_compare_item_is_difference:
 * @item: an item
 *
 * Returns: whether it is the difference of two others
 */
gboolean
rlv_compare_item_is_difference (const RlvCompareItem *item)
{
  return item->first >= 0;
}

/* --- names -------------------------------------------------------------------------------------------------------- */

/* What the parameters shown belong to. */
static const LrpChoice *
get_choice (const LrpRequest *request)
{
  return ((const LrpMethod *) request->method.entry)->uses_composite ? &request->composite->choice : &request->method;
}

/**
 * rlv_compare_item_dup_title:
 * @item: an item
 *
 * Returns: (transfer full): what people call its method: a composite goes by its own name
 */
char *
rlv_compare_item_dup_title (const RlvCompareItem *item)
{
  return g_strdup (rlv_compare_item_is_difference (item) ? _("Difference")
                                                         : _(get_choice (item->request)->entry->title));
}

/* Numbers are worth saying even where they are the usual ones, unless these say nothing: a seed, and the stabiliser of
 * composites that are not about it. */
static gboolean
is_worth_saying (const LrpEntry *entry, const LrpParam *param, double value)
{
  gboolean usual = value == param->def || (isnan (value) && isnan (param->def));
  gboolean minor = g_str_equal (param->name, "seed")
                   || (g_str_equal (param->name, "epsilon") && !g_str_equal (entry->name, "epsilon"));

  return !usual || !(param->choices || param->text || isnan (param->def) || minor);
}

static char *
dup_value (const LrpParam *param, double value)
{
  if (param->choices)
    return rlv_text_choice_title (param, (guint) value);
  return param->text ? lrp_param_format (param, value) : rlv_text_param_value (value);
}

static void
add_part (GString *text, const char *part)
{
  g_string_append_printf (text, "%s%s", text->len ? SEPARATOR : "", part);
}

/**
 * rlv_compare_item_dup_detail:
 * @item: an item that is no difference
 *
 * Returns: (transfer full): its parameters, its own target and network, in a line; empty where there is nothing to say
 */
char *
rlv_compare_item_dup_detail (const RlvCompareItem *item)
{
  const LrpChoice *choice = get_choice (item->request);
  GString *text = g_string_new (item->network);

  for (guint i = 0; i < lrp_entry_n_params (choice->entry); i++)
    {
      const LrpParam *param = &choice->entry->params[i];
      g_autofree char *title = rlv_text_param_title (param), *value = dup_value (param, choice->values[i]),
                      *part = g_strdup_printf ("%s %s", title, value);
      if (is_worth_saying (choice->entry, param, choice->values[i]))
        add_part (text, part);
    }
  if (choice == &item->request->composite->choice && item->request->composite->overrides->len)
    add_part (text, _("own rules"));
  return g_string_free (text, FALSE);
}

/* --- remembering -------------------------------------------------------------------------------------------------- */

/**
 * rlv_compare_items_new:
 *
 * Returns: (transfer full) (element-type RlvCompareItem): no items
 */
GPtrArray *
rlv_compare_items_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) rlv_compare_item_free);
}

static GVariant *
item_to_variant (const RlvCompareItem *item)
{
  const LrpTarget *target = &item->request->target;
  g_autofree char *method = lrp_request_to_string (item->request);

  return g_variant_new (RLV_COMPARE_ITEM_TYPE, method, item->follows, target->class_index, target->against,
                        target->unit ? target->unit : "", item->network ? item->network : "", item->first,
                        item->second);
}

/**
 * rlv_compare_items_to_variant:
 * @items: (element-type RlvCompareItem): items
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

static RlvCompareItem *
item_from_variant (GVariant *variant)
{
  const char *method, *unit, *network;
  LrpTarget target = LRP_TARGET_INIT;
  RlvCompareItem *item;
  gboolean follows;
  int first, second;

  g_variant_get (variant, "(&sbii&s&sii)", &method, &follows, &target.class_index, &target.against, &unit, &network,
                 &first, &second);
  item = rlv_compare_item_new (method);
  if (!item)
    return NULL;
  target.unit = *unit ? (char *) unit : NULL;
  lrp_target_clear (&item->request->target);
  lrp_target_copy (&item->request->target, &target);
  item->follows = follows;
  item->network = *network ? g_strdup (network) : NULL;
  item->first = first;
  item->second = second;
  return item;
}

/* A difference is of two cards that are none themselves. */
static gboolean
is_sound (const GPtrArray *items, const RlvCompareItem *item)
{
  const int sources[] = { item->first, item->second };
  gboolean sound = TRUE;

  if (item->first < 0 && item->second < 0)
    return TRUE;
  for (guint i = 0; sound && i < G_N_ELEMENTS (sources); i++)
    sound = sources[i] >= 0 && sources[i] < (int) items->len && items->pdata[sources[i]]
            && !rlv_compare_item_is_difference (items->pdata[sources[i]]);
  return sound && item->first != item->second;
}

/* Where cards have gone, the places that differences name have moved. */
static void
close_gaps (GPtrArray *items)
{
  g_autofree int *places = g_new (int, MAX (items->len, 1));
  int n = 0;

  for (guint i = 0; i < items->len; i++)
    places[i] = items->pdata[i] ? n++ : -1;
  for (guint i = items->len; i-- > 0;)
    {
      RlvCompareItem *item = items->pdata[i];
      if (!item)
        g_ptr_array_remove_index (items, i);
      else if (rlv_compare_item_is_difference (item))
        item->first = places[item->first], item->second = places[item->second];
    }
}

/**
 * rlv_compare_items_tidy:
 * @items: (element-type RlvCompareItem): items as they were read, %NULL for those that could not be
 *
 * Takes out what cannot be shown: gaps, and differences of what is not there.
 */
void
rlv_compare_items_tidy (GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    if (items->pdata[i] && !is_sound (items, items->pdata[i]))
      {
        rlv_compare_item_free (items->pdata[i]);
        items->pdata[i] = NULL;
      }
  close_gaps (items);
}

/**
 * rlv_compare_items_from_variant:
 * @variant: of type %RLV_COMPARE_ITEMS_TYPE, perhaps written by another version of the program
 *
 * Returns: (transfer full) (element-type RlvCompareItem): what can be used of it
 */
GPtrArray *
rlv_compare_items_from_variant (GVariant *variant)
{
  GPtrArray *items = rlv_compare_items_new ();
  gsize n = MIN (g_variant_n_children (variant), RLV_COMPARE_MAX_ITEMS);

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
explain_alike (const RlvCompareItem *a, const RlvCompareItem *b)
{
  return lrp_choice_equal (&a->request->method, &b->request->method)
         && lrp_composite_equal (a->request->composite, b->request->composite)
         && g_strcmp0 (a->network, b->network) == 0;
}

static gboolean
has_target (const RlvCompareItem *item, int class_index)
{
  return !item->follows && !rlv_compare_item_is_difference (item) && item->request->target.class_index == class_index;
}

/**
 * rlv_compare_items_get_columns:
 * @items: (element-type RlvCompareItem): items
 *
 * Returns: of how many columns the items are a table, which has a class in each row and a method in each column; 0
 * where they are none
 */
guint
rlv_compare_items_get_columns (const GPtrArray *items)
{
  const RlvCompareItem *first = items->len ? items->pdata[0] : NULL;
  guint n = 0;
  gboolean table = TRUE;

  while (n < items->len && has_target (items->pdata[n], first->request->target.class_index))
    n++;
  if (n < 2 || n == items->len || items->len % n != 0)
    return 0;
  for (guint i = 0; table && i < items->len; i++)
    {
      const RlvCompareItem *row = items->pdata[i - i % n];
      table = explain_alike (items->pdata[i], items->pdata[i % n])
              && has_target (items->pdata[i], row->request->target.class_index);
    }
  return table ? n : 0;
}
