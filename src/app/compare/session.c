/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session.c: a comparison is saved with the session, and comes back with it */
#include "config.h"

#include "app/compare/page-private.h"

#include <glib/gi18n.h>

/**
 * rlv_compare_page_collect_items:
 * @self: a page
 * @items: (element-type RlvItem): gets what its cards are about, in their order
 */
void
rlv_compare_page_collect_items (RlvComparePage *self, GPtrArray *items)
{
  g_return_if_fail (RLV_IS_COMPARE_PAGE (self));
  g_ptr_array_extend_and_steal (items, _rlv_compare_page_dup_items (self));
}

/* Whether another version wrote a method that this one does not know, which is told in a sentence. */
static gboolean
is_known (const RlvItem *item, GPtrArray *problems)
{
  g_autoptr (GError) error = NULL;

  if (rlv_item_is_known (item, &error))
    return TRUE;
  g_ptr_array_add (problems, g_strdup_printf (_("The comparison lacks “%s”, a method that is not known here (%s)."),
                                              item->unknown, error->message));
  return FALSE;
}

/**
 * rlv_compare_page_restore_items:
 * @self: a page
 * @items: (element-type RlvItem): what is shown instead of its cards
 * @problems: (element-type utf8): gets a sentence for each item that cannot be shown
 */
void
rlv_compare_page_restore_items (RlvComparePage *self, const GPtrArray *items, GPtrArray *problems)
{
  g_autoptr (GPtrArray) known = rlv_items_new ();

  g_return_if_fail (RLV_IS_COMPARE_PAGE (self));

  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (known, is_known (items->pdata[i], problems) ? rlv_item_copy (items->pdata[i]) : NULL);
  rlv_compare_items_tidy (known);
  _rlv_compare_page_set_items (self, known);
}
