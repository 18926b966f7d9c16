/* SPDX-License-Identifier: GPL-3.0-or-later */
/* scroller.c: what is scrolled within something else that is scrolled */
#include "config.h"

#include "app/kit/scroller.h"

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

/* By set_value(), which ends GTK's own way to where the keyboard seemed to be.
 * Returns: how far it moved */
static double
move_to (GtkAdjustment *adjustment, double top, double height)
{
  double before = gtk_adjustment_get_value (adjustment), page = gtk_adjustment_get_page_size (adjustment);

  gtk_adjustment_set_value (adjustment, MIN (MAX (before, top + height - page), top));
  return gtk_adjustment_get_value (adjustment) - before;
}

/* What is moved within is not yet moved for what is around. */
static void
laid_out_cb (GtkWidget *widget, GdkFrameClock *clock)
{
  double moved = 0;

  g_signal_handlers_disconnect_by_func (clock, laid_out_cb, widget);
  for (GtkWidget *above = gtk_widget_get_parent (widget); above; above = gtk_widget_get_parent (above))
    {
      GtkAdjustment *adjustment;
      graphene_rect_t bounds;
      if (!GTK_IS_SCROLLED_WINDOW (above) || !gtk_widget_compute_bounds (widget, above, &bounds))
        continue;
      adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (above));
      moved += move_to (adjustment, gtk_adjustment_get_value (adjustment) + (double) bounds.origin.y - moved,
                        (double) bounds.size.height);
    }
}

/**
 * rlv_scroller_show:
 * @widget: what has just come, and has no place yet
 *
 * Scrolls all that is around it up or down, once the next frame has its layout, so that it is seen. GTK does so for
 * what gets the keyboard, but at once, where it does not yet know where that will be.
 */
void
rlv_scroller_show (GtkWidget *widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);

  if (!clock)
    return;
  g_signal_connect_object (clock, "after-paint", G_CALLBACK (laid_out_cb), widget, G_CONNECT_SWAPPED);
  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
}

/* A content that is wider than there is room is scrolled, and as high as at its own width. */
static void
measure (GtkWidget *around, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
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
  gtk_widget_size_allocate (gtk_widget_get_first_child (around), &(GtkAllocation){ 0, 0, width, height }, baseline);
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
