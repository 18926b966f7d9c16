/* SPDX-License-Identifier: GPL-3.0-or-later */
/* item.c: one of several explanations beside the session's own, or the difference of two of them */
#include "config.h"

#include "app/session/item.h"

/**
 * rlv_item_new:
 * @request: how it explains
 *
 * Returns: (transfer full): an item that explains the session's target, with the session's network
 */
RlvItem *
rlv_item_new (const LrpRequest *request)
{
  RlvItem *item = g_new0 (RlvItem, 1);

  item->request = lrp_request_copy (request);
  item->follows = TRUE;
  item->first = item->second = -1;
  return item;
}

/**
 * rlv_item_new_difference:
 * @first: the place of an item
 * @second: the place of the item that is taken from it
 *
 * Returns: (transfer full): their difference
 */
RlvItem *
rlv_item_new_difference (int first, int second)
{
  g_autoptr (LrpRequest) request = lrp_request_new ();
  RlvItem *item = rlv_item_new (request);

  item->first = first;
  item->second = second;
  return item;
}

/**
 * rlv_item_copy:
 * @item: an item
 *
 * Returns: (transfer full): a copy
 */
RlvItem *
rlv_item_copy (const RlvItem *item)
{
  RlvItem *copy = g_new (RlvItem, 1);

  *copy = *item;
  copy->request = lrp_request_copy (item->request);
  copy->unknown = g_strdup (item->unknown);
  copy->network = g_strdup (item->network);
  return copy;
}

/**
 * rlv_item_free:
 * @item: (transfer full) (nullable): an item
 */
void
rlv_item_free (RlvItem *item)
{
  if (!item)
    return;
  lrp_request_free (item->request);
  g_free (item->unknown);
  g_free (item->network);
  g_free (item);
}

/**
 * rlv_item_set_method:
 * @item: an item
 * @method: as lrp_request_to_string() writes it, perhaps of another version
 *
 * Takes a method, which stays unknown where there is none of that name.
 */
void
rlv_item_set_method (RlvItem *item, const char *method)
{
  g_clear_pointer (&item->unknown, g_free);
  if (!lrp_request_set_method (item->request, method, NULL))
    item->unknown = g_strdup (method);
}

/**
 * rlv_item_is_known:
 * @item: an item
 * @error: return location for an error that says why not
 *
 * Returns: whether this version knows its method
 */
gboolean
rlv_item_is_known (const RlvItem *item, GError **error)
{
  g_autoptr (LrpRequest) request = lrp_request_new ();

  return !item->unknown || lrp_request_set_method (request, item->unknown, error);
}

/**
 * rlv_item_is_difference:
 * @item: an item
 *
 * Returns: whether it is the difference of two others
 */
gboolean
rlv_item_is_difference (const RlvItem *item)
{
  return item->first >= 0;
}

/**
 * rlv_items_new:
 *
 * Returns: (transfer full) (element-type RlvItem): no items
 */
GPtrArray *
rlv_items_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) rlv_item_free);
}
