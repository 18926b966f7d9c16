/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cards.c: the cards of a comparison: put in, moved, taken out, remembered */
#include "config.h"

#include "app/compare/page-private.h"

#include "app/kit/scroller.h"

/* Cards that were out of sight have no answer yet; how often it is looked whether all have, in milliseconds. */
#define LOOK_AGAIN 30
/* How many cards stand in a row of a wide window. */
#define MAX_COLUMNS 8

/* Another may have been chosen since. */
static void
network_cb (const char *name, LrpNetwork *network, const char *problem, gpointer data)
{
  if (g_strcmp0 (rlv_compare_card_get_item (data)->network, name) == 0)
    rlv_compare_card_set_network (data, network, problem);
}

/* What is dropped on a card takes its place. The drag carries a pointer, since GTK may keep what it carries for long.
 */
static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, RlvComparePage *self)
{
  RlvCompareCard *card = RLV_COMPARE_CARD (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target)));

  if (g_value_get_pointer (value) != self || !self->dragged || _rlv_compare_page_find (self, self->dragged) < 0)
    return FALSE; /* from another window, or gone meanwhile */
  _rlv_compare_page_move (self, self->dragged, _rlv_compare_page_find (self, card));
  return TRUE;
}

static GdkContentProvider *
prepare_cb (GtkDragSource *source, double x, double y, RlvComparePage *self)
{
  GtkWidget *card = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  g_autoptr (GdkPaintable) icon = gtk_widget_paintable_new (card);

  g_set_weak_pointer (&self->dragged, RLV_COMPARE_CARD (card));
  gtk_drag_source_set_icon (source, icon, (int) x, (int) y);
  return gdk_content_provider_new_typed (G_TYPE_POINTER, self);
}

static void
let_drag (RlvComparePage *self, GtkWidget *card)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_POINTER, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), self);
  gtk_widget_add_controller (card, GTK_EVENT_CONTROLLER (source));
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (card, GTK_EVENT_CONTROLLER (target));
}

static void
put (RlvComparePage *self, GtkWidget *card, int place)
{
  let_drag (self, card);
  g_signal_connect_object (card, "command", G_CALLBACK (_rlv_compare_page_command), self, G_CONNECT_SWAPPED);
  gtk_flow_box_insert (self->grid, card, place);
  gtk_stack_set_visible_child_name (self->stack, "cards");
  _rlv_compare_page_queue_sight (self);
}

/**
 * _rlv_compare_page_find:
 * @self: the page
 * @card: a card
 *
 * Returns: its place; -1 where it is not here
 */
int
_rlv_compare_page_find (RlvComparePage *self, RlvCompareCard *card)
{
  return gtk_widget_get_parent (GTK_WIDGET (card)) == GTK_WIDGET (self->grid)
             ? gtk_flow_box_child_get_index (GTK_FLOW_BOX_CHILD (card))
             : -1;
}

/**
 * _rlv_compare_page_insert:
 * @self: the page
 * @item: what a new card is about; no difference
 * @place: where it stands; -1: at the end
 *
 * Returns: (transfer none): the card
 */
RlvCompareCard *
_rlv_compare_page_insert (RlvComparePage *self, const RlvItem *item, int place)
{
  GtkWidget *card = rlv_compare_card_new (self->look, item);

  put (self, card, place);
  if (item->network)
    rlv_compare_networks_get (self->networks, item->network, network_cb, card);
  return RLV_COMPARE_CARD (card);
}

/**
 * _rlv_compare_page_set_network:
 * @self: the page
 * @card: a card on it that is no difference
 * @name: (nullable): of a bundled network, which the card explains from now on; %NULL: the open one
 */
void
_rlv_compare_page_set_network (RlvComparePage *self, RlvCompareCard *card, const char *name)
{
  rlv_compare_card_name_network (card, name);
  if (name)
    rlv_compare_networks_get (self->networks, name, network_cb, card);
  _rlv_compare_page_remember (self);
}

/**
 * _rlv_compare_page_insert_difference:
 * @self: the page
 * @first: a card
 * @second: the card whose map is taken from that of @first
 *
 * Adds a card for their difference at the end.
 */
void
_rlv_compare_page_insert_difference (RlvComparePage *self, RlvCompareCard *first, RlvCompareCard *second)
{
  put (self, rlv_compare_card_new_difference (self->look, first, second), -1);
}

/* Whether a card is made from another, so that it goes when that one does. */
static gboolean
is_made_from (RlvCompareCard *card, RlvCompareCard *other)
{
  RlvCompareCard *first, *second;

  return rlv_compare_card_get_sources (card, &first, &second) && (first == other || second == other);
}

/**
 * _rlv_compare_page_remove:
 * @self: the page
 * @card: a card on it
 *
 * Takes it out, and the differences made from it. The keyboard goes on at its place.
 */
void
_rlv_compare_page_remove (RlvComparePage *self, RlvCompareCard *card)
{
  int place = _rlv_compare_page_find (self, card);
  gboolean focused = gtk_widget_get_focus_child (GTK_WIDGET (self->grid)) == GTK_WIDGET (card);
  guint n;

  for (guint i = rlv_compare_page_get_n_cards (self); i-- > 0;)
    {
      RlvCompareCard *other = rlv_compare_page_get_card (self, i);
      if (is_made_from (other, card))
        gtk_flow_box_remove (self->grid, GTK_WIDGET (other));
    }
  gtk_flow_box_remove (self->grid, GTK_WIDGET (card));
  n = rlv_compare_page_get_n_cards (self);
  if (focused && n)
    gtk_widget_grab_focus (GTK_WIDGET (rlv_compare_page_get_card (self, MIN ((guint) place, n - 1))));
  if (!n)
    gtk_stack_set_visible_child_name (self->stack, "empty");
  _rlv_compare_page_queue_sight (self);
}

static void
shift (RlvComparePage *self, GtkWidget *card, int place)
{
  gboolean selected = gtk_flow_box_child_is_selected (GTK_FLOW_BOX_CHILD (card));
  g_autoptr (GtkWidget) kept G_GNUC_UNUSED = g_object_ref (card);

  gtk_flow_box_remove (self->grid, card);
  gtk_flow_box_insert (self->grid, card, place);
  if (selected)
    gtk_flow_box_select_child (self->grid, GTK_FLOW_BOX_CHILD (card));
}

/**
 * _rlv_compare_page_go_to:
 * @self: the page
 * @card: a card that is new on it, or at a new place
 *
 * Takes the keyboard there, and the eye.
 */
void
_rlv_compare_page_go_to (RlvComparePage *self, RlvCompareCard *card)
{
  gtk_widget_grab_focus (GTK_WIDGET (card));
  rlv_scroller_show (GTK_WIDGET (card));
}

/**
 * _rlv_compare_page_move:
 * @self: the page
 * @card: a card on it
 * @place: where it is to stand; beyond the ends, nothing happens
 *
 * Moves it, and the keyboard with it.
 */
void
_rlv_compare_page_move (RlvComparePage *self, RlvCompareCard *card, int place)
{
  if (place == _rlv_compare_page_find (self, card) || place < 0 || place >= (int) rlv_compare_page_get_n_cards (self))
    return;
  shift (self, GTK_WIDGET (card), place);
  _rlv_compare_page_go_to (self, card);
  _rlv_compare_page_remember (self);
  _rlv_compare_page_queue_sight (self);
}

/**
 * _rlv_compare_page_arrange:
 * @self: the page
 * @cards: (element-type RlvCompareCard): all cards on it, as they are to stand
 */
void
_rlv_compare_page_arrange (RlvComparePage *self, const GPtrArray *cards)
{
  for (guint i = 0; i < cards->len; i++)
    if (_rlv_compare_page_find (self, cards->pdata[i]) != (int) i)
      shift (self, cards->pdata[i], (int) i);
  _rlv_compare_page_remember (self);
  _rlv_compare_page_queue_sight (self);
}

/* How many cards stand in a row. */
int
_rlv_compare_page_get_columns (RlvComparePage *self)
{
  guint n = rlv_compare_page_get_n_cards (self), columns = 0;
  graphene_rect_t first, bounds;

  while (columns < n
         && gtk_widget_compute_bounds (GTK_WIDGET (rlv_compare_page_get_card (self, columns)), GTK_WIDGET (self->grid),
                                       &bounds))
    {
      if (columns == 0)
        first = bounds;
      if (bounds.origin.y > first.origin.y)
        break;
      columns++;
    }
  return (int) columns;
}

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
  /* In the order of their places, so that each gets its own. */
  for (guint i = 0; i < items->len; i++)
    {
      const RlvItem *item = items->pdata[i];
      if (rlv_item_is_difference (item))
        put (self, rlv_compare_card_new_difference (self->look, cards[item->first], cards[item->second]), (int) i);
    }
  gtk_stack_set_visible_child_name (self->stack, items->len ? "cards" : "empty");
  _rlv_compare_page_remember (self);
}

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
  _rlv_compare_page_update_actions (self);
}

/* --- answers of all cards ----------------------------------------------------------------------------------------- */

static gboolean
try_cb (gpointer data)
{
  RlvComparePage *self = data;

  if (!rlv_asker_is_up_to_date (rlv_session_get_asker (self->session)))
    return G_SOURCE_CONTINUE;
  self->asking_source = 0;
  self->then (self, self->then_data);
  _rlv_compare_page_queue_sight (self);
  return G_SOURCE_REMOVE;
}

/**
 * _rlv_compare_page_ask_all:
 * @self: the page
 * @then: called when all cards have answered, wherever they are
 * @data: for @then
 *
 * Asks the cards out of sight as well.
 */
void
_rlv_compare_page_ask_all (RlvComparePage *self, void (*then) (RlvComparePage *self, guint data), guint data)
{
  self->then = then;
  self->then_data = data;
  if (self->asking_source)
    return;
  for (guint i = 0; i < rlv_compare_page_get_n_cards (self); i++)
    rlv_compare_card_set_active (rlv_compare_page_get_card (self, i), TRUE);
  self->asking_source = g_timeout_add (LOOK_AGAIN, try_cb, self);
}
