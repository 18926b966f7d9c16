/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session.c: a comparison is saved with the session, and comes back with it */
#include "config.h"

#include "app/compare/page-private.h"

#include "app/session/file.h"

#include <glib/gi18n.h>

G_STATIC_ASSERT (RLV_COMPARE_MAX_ITEMS <= RLV_SESSION_FILE_MAX_CARDS);

/**
 * rlv_compare_page_collect_cards:
 * @self: a page
 * @cards: (element-type RlvSessionCard): gets its cards, in their order
 */
void
rlv_compare_page_collect_cards (RlvComparePage *self, GPtrArray *cards)
{
  g_autoptr (GPtrArray) items = _rlv_compare_page_dup_items (self);

  for (guint i = 0; i < items->len; i++)
    {
      const RlvCompareItem *item = items->pdata[i];
      RlvSessionCard *card = rlv_session_card_new (item->request, item->follows);

      card->model = g_strdup (item->network);
      card->first = item->first;
      card->second = item->second;
      g_ptr_array_add (cards, card);
    }
}

/* NULL, and a sentence, where another version wrote a method that this one does not know. */
static RlvCompareItem *
item_of (const RlvSessionCard *card, GPtrArray *problems)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpRequest) request = rlv_session_card_dup_request (card, &error);
  RlvCompareItem *item;

  if (!request)
    {
      g_ptr_array_add (problems,
                       g_strdup_printf (_("The comparison lacks “%s”, a method that is not known here (%s)."),
                                        card->method, error->message));
      return NULL;
    }
  item = rlv_compare_item_new_difference (card->first, card->second);
  lrp_request_free (item->request);
  item->request = g_steal_pointer (&request);
  item->follows = card->follows_target;
  item->network = g_strdup (card->model);
  return item;
}

/**
 * rlv_compare_page_restore_cards:
 * @self: a page
 * @cards: (element-type RlvSessionCard): what is shown instead of its cards
 * @problems: (element-type utf8): gets a sentence for each card that cannot be shown
 */
void
rlv_compare_page_restore_cards (RlvComparePage *self, const GPtrArray *cards, GPtrArray *problems)
{
  g_autoptr (GPtrArray) items = rlv_compare_items_new ();

  for (guint i = 0; i < MIN (cards->len, RLV_COMPARE_MAX_ITEMS); i++)
    g_ptr_array_add (items, item_of (cards->pdata[i], problems));
  rlv_compare_items_tidy (items);
  _rlv_compare_page_set_items (self, items);
}
