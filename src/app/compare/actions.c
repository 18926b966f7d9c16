/* SPDX-License-Identifier: GPL-3.0-or-later */
/* actions.c: what can be done with a comparison and its cards, by button, menu or key */
#include "config.h"

#include "app/compare/page-private.h"

#include "app/compare/curves.h"
#include "app/compare/item-text.h"

#include <glib/gi18n.h>
#include <stdlib.h>

/* --- the card that commands are about ----------------------------------------------------------------------------- */

/* The card that has the keyboard; while the menu has that, and where no card has it, the card dealt with last. */
static RlvCompareCard *
get_current (RlvComparePage *self)
{
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self->grid));

  if (focus && !gtk_widget_get_mapped (self->menu))
    g_set_weak_pointer (&self->current, RLV_COMPARE_CARD (focus));
  return self->current && _rlv_compare_page_find (self, self->current) >= 0 ? self->current : NULL;
}

/* The popover opens beside the card, as far as that is seen, so that one sees how the card changes. */
static void
open_popover (RlvComparePage *self, GtkWidget *popover, RlvCompareCard *card)
{
  graphene_rect_t bounds, page;

  if (!gtk_widget_compute_bounds (GTK_WIDGET (card), GTK_WIDGET (self), &bounds))
    return;
  page = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (GTK_WIDGET (self)),
                             (float) gtk_widget_get_height (GTK_WIDGET (self)));
  graphene_rect_intersection (&bounds, &page, &bounds);
  gtk_popover_set_position (GTK_POPOVER (popover), GTK_POS_RIGHT);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover),
                               &(GdkRectangle){ (int) bounds.origin.x, (int) bounds.origin.y, (int) bounds.size.width,
                                                (int) bounds.size.height });
  gtk_popover_popup (GTK_POPOVER (popover));
}

static void
alike_cb (const char *const *names, gpointer data)
{
  RlvComparePage *self = data;

  rlv_compare_edit_set_networks (RLV_COMPARE_EDIT (self->edit), names);
}

static void
edit (RlvComparePage *self, RlvCompareCard *card)
{
  LrpNetwork *network = rlv_session_get_network (self->session);

  if (rlv_item_is_difference (rlv_compare_card_get_item (card)))
    return;
  rlv_compare_edit_set_card (RLV_COMPARE_EDIT (self->edit), card, network);
  if (network)
    rlv_compare_networks_list_alike (self->networks, network, alike_cb, self);
  open_popover (self, self->edit, card);
}

/* The submenu "Difference from" lists all other cards; it is made anew, since cards come and go. */
static void
open_menu (RlvComparePage *self, RlvCompareCard *card)
{
  g_menu_remove_all (self->difference_menu);
  for (guint i = 0; i < rlv_compare_page_get_n_cards (self); i++)
    {
      RlvCompareCard *other = rlv_compare_page_get_card (self, i);
      const RlvItem *item = rlv_compare_card_get_item (other);
      g_autofree char *detail = rlv_compare_item_dup_detail (item);
      g_autofree char *label = g_strdup_printf ("%u. %s %s", i + 1, rlv_compare_card_get_title (other), detail);
      g_autofree char *action = g_strdup_printf ("compare.difference-from(uint32 %u)", i);
      if (other != card && !rlv_item_is_difference (item))
        g_menu_append (self->difference_menu, label, action);
    }
  self->aimed = rlv_compare_look_get_pointed (self->look, &self->aim_u, &self->aim_v);
  _rlv_compare_page_update_actions (self);
  open_popover (self, self->menu, card);
}

static void
duplicate (RlvComparePage *self, RlvCompareCard *card)
{
  const RlvItem *item = rlv_compare_card_get_item (card);

  if (rlv_item_is_difference (item) || rlv_compare_page_get_n_cards (self) >= RLV_MAX_ITEMS)
    return;
  _rlv_compare_page_go_to (self, _rlv_compare_page_insert (self, item, _rlv_compare_page_find (self, card) + 1));
  _rlv_compare_page_say_changed (self);
}

static void
remove_card (RlvComparePage *self, RlvCompareCard *card)
{
  g_autoptr (GVariant) before = _rlv_compare_page_dup_state (self);
  g_autofree char *title = g_strdup (rlv_compare_card_get_title (card));

  _rlv_compare_page_remove (self, card);
  _rlv_compare_page_say_changed (self);
  _rlv_compare_page_say (self, g_strdup_printf (_("“%s” removed"), title), _rlv_compare_page_restore, before);
}

/* The window explains as the card does. */
static void
use (RlvComparePage *self, RlvCompareCard *card)
{
  const RlvItem *item = rlv_compare_card_get_item (card);

  if (rlv_item_is_difference (item))
    return;
  rlv_session_set_request (self->session, item->request);
  if (!item->follows)
    rlv_session_set_full_target (self->session, &item->request->target);
  _rlv_compare_page_say (self, g_strdup_printf (_("“%s” is used in the window"), rlv_compare_card_get_title (card)),
                         NULL, NULL);
}

static void
move (RlvComparePage *self, RlvCompareCard *card, int step)
{
  gboolean mirrored = abs (step) == 1 && gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  _rlv_compare_page_move (self, card, _rlv_compare_page_find (self, card) + (mirrored ? -step : step));
}

static void
move_left (RlvComparePage *self, RlvCompareCard *card)
{
  move (self, card, -1);
}

static void
move_right (RlvComparePage *self, RlvCompareCard *card)
{
  move (self, card, 1);
}

static void
move_up (RlvComparePage *self, RlvCompareCard *card)
{
  move (self, card, -_rlv_compare_page_get_columns (self));
}

static void
move_down (RlvComparePage *self, RlvCompareCard *card)
{
  move (self, card, _rlv_compare_page_get_columns (self));
}

/* Pins the pixel pointed at, or lets go of it where it is pinned already. From the menu, that is the pixel over which
 * the menu was opened. */
static void
pin (RlvComparePage *self, RlvCompareCard *card)
{
  double u = self->aim_u, v = self->aim_v;
  int column, row;

  if (!self->aimed && !rlv_compare_look_get_pointed (self->look, &u, &v))
    return;
  if (rlv_compare_view_get_cell (rlv_compare_card_get_view (card), u, v, &column, &row))
    rlv_pins_toggle (rlv_session_get_pins (self->session), column, row);
}

/* --- what all cards share ----------------------------------------------------------------------------------------- */

/* The place pointed at stays where it is, or else the middle of what is seen. */
static void
zoom_by (RlvComparePage *self, double factor)
{
  double u, v, left, top, zoom = rlv_compare_look_get_zoom (self->look, &left, &top);

  if (!rlv_compare_look_get_pointed (self->look, &u, &v))
    u = left + 0.5 / zoom, v = top + 0.5 / zoom;
  rlv_compare_look_zoom_by (self->look, factor, u, v);
}

static void
zoom_in (RlvComparePage *self, RlvCompareCard *card)
{
  zoom_by (self, RLV_COMPARE_ZOOM_STEP);
}

static void
zoom_out (RlvComparePage *self, RlvCompareCard *card)
{
  zoom_by (self, 1 / RLV_COMPARE_ZOOM_STEP);
}

static void
zoom_reset (RlvComparePage *self, RlvCompareCard *card)
{
  zoom_by (self, 0);
}

static gboolean
get_selected (RlvComparePage *self, RlvCompareCard *two[2])
{
  g_autoptr (GList) selected = gtk_flow_box_get_selected_children (self->grid);
  gboolean fit = g_list_length (selected) == 2;

  for (int i = 0; fit && i < 2; i++)
    {
      two[i] = g_list_nth_data (selected, (guint) i);
      fit = rlv_compare_card_get_query (two[i]) != NULL;
    }
  /* As they stand, whichever was selected first. */
  if (fit && _rlv_compare_page_find (self, two[0]) > _rlv_compare_page_find (self, two[1]))
    {
      RlvCompareCard *first = two[1];
      two[1] = two[0];
      two[0] = first;
    }
  return fit;
}

static void
add_difference (RlvComparePage *self, RlvCompareCard *first, RlvCompareCard *second)
{
  if (rlv_compare_page_get_n_cards (self) >= RLV_MAX_ITEMS)
    return;
  _rlv_compare_page_go_to (self, _rlv_compare_page_insert_difference (self, first, second, -1));
  _rlv_compare_page_say_changed (self);
}

static void
difference (RlvComparePage *self, RlvCompareCard *card)
{
  RlvCompareCard *two[2];

  if (get_selected (self, two))
    add_difference (self, two[0], two[1]);
}

static void
show_curves (RlvComparePage *self, guint data)
{
  g_autoptr (RlvCompareFlips) flips = rlv_compare_flips_new ();
  gboolean dark = rlv_display_get_style (rlv_session_get_display (self->session))->dark;

  for (guint i = 0; i < rlv_compare_page_get_n_cards (self); i++)
    {
      RlvCompareCard *card = rlv_compare_page_get_card (self, i);
      const RlvItem *item = rlv_compare_card_get_item (card);
      RlvQuery *query = rlv_compare_card_get_query (card);
      g_autofree char *detail = rlv_compare_item_dup_detail (item);
      g_autofree char *name = g_strdup_printf ("%s %s", rlv_compare_card_get_title (card), detail);
      if (query && rlv_query_get_explanation (query))
        rlv_compare_flips_add (flips, name, rlv_query_get_explanation (query), item->request);
    }
  if (rlv_compare_flips_get_n (flips))
    gtk_window_present (
        GTK_WINDOW (rlv_compare_curves_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), flips, dark)));
  else
    _rlv_compare_page_say (self, g_strdup (_("There is nothing yet to be measured")), NULL, NULL);
}

static void
curves (RlvComparePage *self, RlvCompareCard *card)
{
  _rlv_compare_page_ask_all (self, show_curves, 0);
}

/* --- commands ----------------------------------------------------------------------------------------------------- */

static const struct
{
  const char *name;
  void (*work) (RlvComparePage *self, RlvCompareCard *card);
  gboolean needs_card;
} commands[] = {
  { "edit", edit, TRUE },
  { "menu", open_menu, TRUE },
  { "use", use, TRUE },
  { "duplicate", duplicate, TRUE },
  { "pin", pin, TRUE },
  { "remove", remove_card, TRUE },
  { "move-left", move_left, TRUE },
  { "move-right", move_right, TRUE },
  { "move-up", move_up, TRUE },
  { "move-down", move_down, TRUE },
  { "zoom-in", zoom_in, FALSE },
  { "zoom-out", zoom_out, FALSE },
  { "zoom-reset", zoom_reset, FALSE },
  { "difference", difference, FALSE },
  { "curves", curves, FALSE },
};

/**
 * _rlv_compare_page_command:
 * @self: the page
 * @command: what is to be done
 * @card: (nullable): with which card
 */
void
_rlv_compare_page_command (RlvComparePage *self, const char *command, RlvCompareCard *card)
{
  if (card)
    g_set_weak_pointer (&self->current, card);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, command) && (card || !commands[i].needs_card))
      commands[i].work (self, card);
}

static void
command_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  _rlv_compare_page_command (data, g_action_get_name (G_ACTION (action)), get_current (data));
}

/* --- actions with a parameter ------------------------------------------------------------------------------------- */

static void
order_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  _rlv_compare_page_put_in_order (data, g_variant_get_string (parameter, NULL));
}

static void
difference_from_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  RlvComparePage *self = data;
  RlvCompareCard *other = rlv_compare_page_get_card (self, g_variant_get_uint32 (parameter)),
                 *card = get_current (self);

  if (card && other && card != other && rlv_compare_card_get_query (card) && rlv_compare_card_get_query (other))
    add_difference (self, card, other);
}

static const GActionEntry entries[] = {
  { "order", order_cb, "s" },
  { "difference-from", difference_from_cb, "u" },
};

/**
 * _rlv_compare_page_update_actions:
 * @self: the page
 *
 * Enables just the actions that would do something.
 */
void
_rlv_compare_page_update_actions (RlvComparePage *self)
{
  RlvCompareCard *two[2];
  gboolean fit = get_selected (self, two);
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "difference");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), fit);
  action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "pin");
  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), self->aimed);
}

/**
 * _rlv_compare_page_add_actions:
 * @self: a page that has its session
 *
 * Adds the actions "compare.NAME".
 */
void
_rlv_compare_page_add_actions (RlvComparePage *self)
{
  g_autoptr (GPropertyAction) locked = g_property_action_new ("locked", self->look, "locked");

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      const GActionEntry entry = { commands[i].name, command_cb };
      g_action_map_add_action_entries (G_ACTION_MAP (self->actions), &entry, 1, self);
    }
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (locked));
}
