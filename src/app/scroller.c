/* SPDX-License-Identifier: GPL-3.0-or-later */
/* scroller.c: what is scrolled within something else that is scrolled */
#include "config.h"

#include "app/scroller.h"

static gboolean
has_more (GtkAdjustment *adjustment)
{
  return gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_lower (adjustment)
         > gtk_adjustment_get_page_size (adjustment);
}

/* Without an axis the wheel is nothing to it. */
static void
update (GtkScrolledWindow *scroller)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (scroller));
  GtkEventControllerScrollFlags flags = GTK_EVENT_CONTROLLER_SCROLL_KINETIC;

  if (has_more (gtk_scrolled_window_get_vadjustment (scroller)))
    flags |= GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES;
  else if (has_more (gtk_scrolled_window_get_hadjustment (scroller)))
    flags |= GTK_EVENT_CONTROLLER_SCROLL_HORIZONTAL;
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
        gtk_event_controller_scroll_set_flags (GTK_EVENT_CONTROLLER_SCROLL (controller), flags);
    }
}

/**
 * rlv_scroller_pass_on:
 * @scroller: a scrolled window within another one
 *
 * Has the wheel scroll what is around where there is no more to see within: GTK's own catches it and does nothing.
 */
void
rlv_scroller_pass_on (GtkScrolledWindow *scroller)
{
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (scroller), "changed", G_CALLBACK (update), scroller,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (scroller), "changed", G_CALLBACK (update), scroller,
                           G_CONNECT_SWAPPED);
  update (scroller);
}
