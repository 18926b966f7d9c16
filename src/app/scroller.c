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

/* A content that is wider than there is room is scrolled, and as high as at its own width. */
static void
measure (GtkWidget *around,
         GtkOrientation orientation,
         int for_size,
         int *minimum,
         int *natural,
         int *minimum_baseline,
         int *natural_baseline)
{
  GtkWidget *scroller = gtk_widget_get_first_child (around);
  GtkWidget *content = gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scroller));
  int least, wanted;

  gtk_widget_measure (scroller, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL || for_size < 0)
    return;
  gtk_widget_measure (content, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  gtk_widget_measure (content, GTK_ORIENTATION_VERTICAL, MAX (for_size, least), NULL, &wanted, NULL, NULL);
  *natural = MAX (*minimum, wanted);
}

static void
allocate (GtkWidget *around, int width, int height, int baseline)
{
  gtk_widget_size_allocate (gtk_widget_get_first_child (around), &(GtkAllocation) { 0, 0, width, height }, baseline);
}

static GtkSizeRequestMode
get_mode (GtkWidget *around)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/**
 * rlv_scroller_fit_height:
 * @scroller: a scrolled window that is the only child of a widget, and propagates its content's height
 *
 * Has the widget around ask for the height that the content has at the width that there is: GTK's own measures it as
 * though it were as narrow as it can be, and what then is one column stays empty below several.
 */
void
rlv_scroller_fit_height (GtkScrolledWindow *scroller)
{
  g_return_if_fail (GTK_IS_SCROLLED_WINDOW (scroller));

  gtk_widget_set_layout_manager (gtk_widget_get_parent (GTK_WIDGET (scroller)),
                                 gtk_custom_layout_new (get_mode, measure, allocate));
}
