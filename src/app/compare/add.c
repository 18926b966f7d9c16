/* SPDX-License-Identifier: GPL-3.0-or-later */
/* add.c: cards are added one by one, or a set takes the place of all */
#include "config.h"

#include "app/compare/page-private.h"

#include "app/compare/set.h"
#include "files/own/shelf.h"

#include <glib/gi18n.h>

static void
add (RlvComparePage *self, RlvItem *item)
{
  if (!item || rlv_compare_page_get_n_cards (self) >= RLV_MAX_ITEMS)
    return;
  _rlv_compare_page_go_to (self, _rlv_compare_page_insert (self, item, -1));
  _rlv_compare_page_say_changed (self);
}

static void
add_method_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (RlvItem) item = rlv_compare_item_parse (g_variant_get_string (parameter, NULL));

  add (data, item);
}

static void
add_chosen_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  RlvComparePage *self = data;
  g_autofree char *method = lrp_request_to_string (rlv_session_get_request (self->session));
  g_autoptr (RlvItem) item = rlv_compare_item_parse (method);

  add (self, item);
}

static void
add_saved_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpSaved) saved = lrp_shelf_find (g_variant_get_string (parameter, NULL), &error);
  g_autoptr (RlvItem) item = saved && saved->composite ? rlv_compare_item_parse ("lrp") : NULL;

  if (!item)
    return;
  lrp_composite_free (item->request->composite);
  item->request->composite = lrp_composite_copy (saved->composite);
  add (data, item);
}

static void
replace (RlvComparePage *self, const GPtrArray *items, const char *title)
{
  g_autoptr (GVariant) before = _rlv_compare_page_dup_state (self);

  _rlv_compare_page_set_items (self, items);
  _rlv_compare_page_say (self, g_strdup (title), _rlv_compare_page_restore, before);
}

static int
by_score (gconstpointer a, gconstpointer b, gpointer data)
{
  const float *scores = data;
  float x = scores[*(const guint *) a], y = scores[*(const guint *) b];

  return x < y ? 1 : x > y ? -1 : 0;
}

/* The most probable classes, in the network's order where these are all. */
static guint *
dup_classes (RlvComparePage *self, guint *n)
{
  LrpNetwork *network = rlv_session_get_network (self->session);
  LrpExplanation *explanation = rlv_session_get_explanation (self->session);
  guint all = network ? lrp_network_n_classes (network) : 0, *classes = g_new (guint, MAX (all, 1));

  for (guint i = 0; i < all; i++)
    classes[i] = i;
  if (all > RLV_COMPARE_N_CLASSES && explanation)
    g_qsort_with_data (classes, (int) all, sizeof *classes, by_score, explanation->scores->data);
  *n = MIN (all, RLV_COMPARE_N_CLASSES);
  return classes;
}

static void
use_set (RlvComparePage *self, const RlvCompareSet *set, const char *const *networks)
{
  guint n;
  g_autofree guint *classes = dup_classes (self, &n);
  g_autoptr (GPtrArray) items =
      rlv_compare_set_make (set, rlv_session_get_request (self->session), classes, n, networks);

  if (items->len)
    replace (self, items, _(set->title));
}

static void
alike_cb (const char *const *names, gpointer data)
{
  for (guint i = 0; i < rlv_compare_n_sets (); i++)
    if (rlv_compare_sets[i].networks)
      use_set (data, &rlv_compare_sets[i], names);
}

static void
set_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  RlvComparePage *self = data;
  const RlvCompareSet *set = rlv_compare_set_find (g_variant_get_string (parameter, NULL));

  if (set && !set->networks)
    use_set (self, set, NULL);
  else if (set && rlv_session_get_network (self->session))
    rlv_compare_networks_list_alike (self->networks, rlv_session_get_network (self->session), alike_cb, self);
}

/**
 * _rlv_compare_page_add_adding_actions:
 * @self: a page that has its session
 *
 * Adds the actions that add cards.
 */
void
_rlv_compare_page_add_adding_actions (RlvComparePage *self)
{
  static const GActionEntry entries[] = {
    { "add", add_method_cb, "s" },
    { "add-chosen", add_chosen_cb },
    { "add-saved", add_saved_cb, "s" },
    { "set", set_cb, "s" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
}
