/* SPDX-License-Identifier: GPL-3.0-or-later */
/* state.c: what the cards are about: kept for the next start, for the session's file, and for taking steps back */
#include "config.h"

#include "app/compare/page-private.h"

#include "app/compare/set.h"

#include <glib/gi18n.h>

/* How many cards stand in a row of a wide window. */
#define MAX_COLUMNS 8

/**
 * _rlv_compare_page_dup_items:
 * @self: the page
 *
 * Returns: (transfer full) (element-type RlvItem): what its cards are about
 */
GPtrArray *
_rlv_compare_page_dup_items (RlvComparePage *self)
{
  GPtrArray *items = rlv_items_new ();

  for (guint i = 0; i < rlv_compare_page_get_n_cards (self); i++)
    {
      RlvCompareCard *card = rlv_compare_page_get_card (self, i), *first, *second;
      RlvItem *item = rlv_item_copy (rlv_compare_card_get_item (card));
      if (rlv_compare_card_get_sources (card, &first, &second))
        {
          item->first = _rlv_compare_page_find (self, first);
          item->second = _rlv_compare_page_find (self, second);
        }
      g_ptr_array_add (items, item);
    }
  return items;
}

/**
 * _rlv_compare_page_dup_state:
 * @self: the page
 *
 * Returns: (transfer full): its cards, for taking back what is done next
 */
GVariant *
_rlv_compare_page_dup_state (RlvComparePage *self)
{
  g_autoptr (GPtrArray) items = _rlv_compare_page_dup_items (self);

  return g_variant_ref_sink (rlv_compare_items_to_variant (items));
}

/**
 * _rlv_compare_page_set_items:
 * @self: the page
 * @items: (element-type RlvItem): what its cards are to be about, instead of those that there are
 */
void
_rlv_compare_page_set_items (RlvComparePage *self, const GPtrArray *items)
{
  g_autofree RlvCompareCard **cards = g_new0 (RlvCompareCard *, MAX (items->len, 1));
  GtkWidget *child;

  while ((child = GTK_WIDGET (gtk_flow_box_get_child_at_index (self->grid, 0))))
    gtk_flow_box_remove (self->grid, child);
  for (guint i = 0; i < items->len; i++)
    if (!rlv_item_is_difference (items->pdata[i]))
      cards[i] = _rlv_compare_page_insert (self, items->pdata[i], -1);
  /* In ascending order, so that each difference is inserted where it belongs. */
  for (guint i = 0; i < items->len; i++)
    {
      const RlvItem *item = items->pdata[i];
      if (rlv_item_is_difference (item))
        _rlv_compare_page_insert_difference (self, cards[item->first], cards[item->second], (int) i);
    }
  gtk_stack_set_visible_child_name (self->stack, items->len ? "cards" : "empty");
  _rlv_compare_page_say_changed (self);
}

/**
 * _rlv_compare_page_restore:
 * @self: the page
 * @before: what _rlv_compare_page_dup_state() gave
 *
 * Takes back what was done to the cards since.
 */
void
_rlv_compare_page_restore (RlvComparePage *self, GVariant *before)
{
  g_autoptr (GPtrArray) items = rlv_compare_items_from_variant (before);

  _rlv_compare_page_set_items (self, items);
}

/* --- from one start to the next
 * ------------------------------------------------------------------------------------------ */

/**
 * _rlv_compare_page_remember:
 * @self: the page
 *
 * Keeps its cards for the next start, and lays them out.
 */
void
_rlv_compare_page_remember (RlvComparePage *self)
{
  g_autoptr (GPtrArray) items = _rlv_compare_page_dup_items (self);
  guint columns = rlv_compare_items_get_columns (items);

  if (self->settings)
    g_settings_set_value (self->settings, "comparison", rlv_compare_items_to_variant (items));
  /* A table keeps its columns, and is scrolled where there is no room. */
  gtk_flow_box_set_max_children_per_line (self->grid, columns ? columns : MAX_COLUMNS);
  gtk_flow_box_set_min_children_per_line (self->grid, columns ? columns : 1);
}

/**
 * _rlv_compare_page_recall:
 * @self: a page that has its session
 *
 * Shows the cards of last time; a new user finds the first set.
 */
void
_rlv_compare_page_recall (RlvComparePage *self)
{
  g_autoptr (GVariant) state = self->settings ? g_settings_get_value (self->settings, "comparison") : NULL;
  g_autoptr (GPtrArray) items = state ? rlv_compare_items_from_variant (state) : rlv_items_new ();

  if (!items->len)
    {
      g_ptr_array_unref (items);
      items = rlv_compare_set_make (&rlv_compare_sets[0], rlv_session_get_request (self->session), NULL, 0, NULL);
    }
  _rlv_compare_page_set_items (self, items);
}

/* --- the session's file ------------------------------------------------------------------------------------------- */

/**
 * rlv_compare_page_collect_items:
 * @self: a page
 * @items: (element-type RlvItem): gets what its cards are about, in their order
 */
void
rlv_compare_page_collect_items (RlvComparePage *self, GPtrArray *items)
{
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

  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (known, is_known (items->pdata[i], problems) ? rlv_item_copy (items->pdata[i]) : NULL);
  rlv_compare_items_tidy (known);
  _rlv_compare_page_set_items (self, known);
}
