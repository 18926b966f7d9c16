/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sight.c: which cards are seen, since only these are computed; and the answers of all, seen or not */
#include "config.h"

#include "app/compare/page-private.h"

/* Cards that were out of sight have no answer yet; how often it is looked whether all have, in milliseconds. */
#define LOOK_AGAIN 30

/* Whether some of the card is within the bounds of all scrolled windows that it is in. */
static gboolean
is_in_sight (GtkWidget *card)
{
  gboolean seen = gtk_widget_get_mapped (card);

  for (GtkWidget *above = gtk_widget_get_parent (card); seen && above; above = gtk_widget_get_parent (above))
    {
      graphene_rect_t bounds, window;
      if (!GTK_IS_SCROLLED_WINDOW (above))
        continue;
      window = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (above), (float) gtk_widget_get_height (above));
      seen = gtk_widget_compute_bounds (card, above, &bounds) && graphene_rect_intersection (&bounds, &window, NULL);
    }
  return seen;
}

/* While all cards are asked, all count as seen; and so do the two that a seen difference is made from. */
static void
update_sight (RlvComparePage *self)
{
  guint n = rlv_compare_page_get_n_cards (self);
  g_autofree gboolean *active = g_new0 (gboolean, MAX (n, 1));

  for (guint i = 0; i < n; i++)
    {
      RlvCompareCard *card = rlv_compare_page_get_card (self, i), *first, *second;
      active[i] = active[i] || self->asking_source || is_in_sight (GTK_WIDGET (card));
      if (active[i] && rlv_compare_card_get_sources (card, &first, &second))
        active[_rlv_compare_page_find (self, first)] = active[_rlv_compare_page_find (self, second)] = TRUE;
    }
  for (guint i = 0; i < n; i++)
    rlv_compare_card_set_active (rlv_compare_page_get_card (self, i), active[i]);
}

static void
stop_looking (RlvComparePage *self)
{
  if (self->sight_handler)
    g_signal_handler_disconnect (gtk_widget_get_frame_clock (GTK_WIDGET (self)), self->sight_handler);
  self->sight_handler = 0;
}

static void
painted_cb (RlvComparePage *self)
{
  stop_looking (self);
  update_sight (self);
}

/**
 * _rlv_compare_page_queue_sight:
 * @self: the page
 *
 * Finds out what is in sight once the next frame has its layout.
 */
void
_rlv_compare_page_queue_sight (RlvComparePage *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  if (self->sight_handler || !clock || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->sight_handler = g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (painted_cb), self);
  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
}

static void
follow (RlvComparePage *self, GtkScrolledWindow *scroller)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (scroller);

  g_ptr_array_add (self->adjustments, g_object_ref (adjustment));
  g_signal_connect_swapped (adjustment, "value-changed", G_CALLBACK (_rlv_compare_page_queue_sight), self);
  g_signal_connect_swapped (adjustment, "changed", G_CALLBACK (_rlv_compare_page_queue_sight), self);
}

/**
 * _rlv_compare_page_watch:
 * @self: the page, which is mapped
 *
 * Follows what is in sight, whatever scrolls the cards.
 */
void
_rlv_compare_page_watch (RlvComparePage *self)
{
  for (GtkWidget *above = GTK_WIDGET (self->grid); above; above = gtk_widget_get_parent (above))
    if (GTK_IS_SCROLLED_WINDOW (above))
      follow (self, GTK_SCROLLED_WINDOW (above));
  _rlv_compare_page_queue_sight (self);
}

/**
 * _rlv_compare_page_stop_watching:
 * @self: the page, which is mapped no more
 *
 * Nothing is in sight from now on.
 */
void
_rlv_compare_page_stop_watching (RlvComparePage *self)
{
  stop_looking (self);
  for (guint i = 0; i < self->adjustments->len; i++)
    g_signal_handlers_disconnect_by_func (self->adjustments->pdata[i], _rlv_compare_page_queue_sight, self);
  g_ptr_array_set_size (self->adjustments, 0);
  update_sight (self);
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
