/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pointer.c: the way of the pointer between two frames. GTK hands over one motion a frame; the points in between are
 * only in the event's history, in surface coordinates. */
#include "config.h"

#include "app/pad/pointer.h"

#include "app/drawing/stroke.h"

/**
 * rlv_pointer_get_pressure:
 * @event: (nullable): what the pointer did
 *
 * Returns: how hard a stylus is pressed, 0..1; mice and fingers report nothing of use
 */
double
rlv_pointer_get_pressure (GdkEvent *event)
{
  double pressure;

  if (event && gdk_event_get_device_tool (event) && gdk_event_get_axis (event, GDK_AXIS_PRESSURE, &pressure))
    return pressure;
  return RLV_PRESSURE_NORMAL;
}

/**
 * rlv_pointer_is_eraser:
 * @event: (nullable): what the pointer did
 *
 * Returns: whether it is the other end of a stylus
 */
gboolean
rlv_pointer_is_eraser (GdkEvent *event)
{
  GdkDeviceTool *tool = event ? gdk_event_get_device_tool (event) : NULL;

  return tool && gdk_device_tool_get_tool_type (tool) == GDK_DEVICE_TOOL_TYPE_ERASER;
}

/**
 * rlv_pointer_follow:
 * @widget: who is drawn on
 * @event: (nullable): a motion
 * @lead: called for each point before that of @event itself
 * @data: for @lead
 *
 * Leads a line through all the points that the pointer has passed since the motion before.
 */
void
rlv_pointer_follow (GtkWidget *widget, GdkEvent *event, RlvPointerFunc lead, gpointer data)
{
  GtkNative *native = gtk_widget_get_native (widget);
  guint n = 0;
  g_autofree GdkTimeCoord *history = event ? gdk_event_get_history (event, &n) : NULL;
  gboolean stylus = event && gdk_event_get_device_tool (event);
  double dx, dy;

  if (!native)
    return;
  gtk_native_get_surface_transform (native, &dx, &dy);
  for (guint i = 0; i < n; i++)
    {
      const double *axes = history[i].axes;
      graphene_point_t at = GRAPHENE_POINT_INIT ((float) (axes[GDK_AXIS_X] - dx), (float) (axes[GDK_AXIS_Y] - dy));
      gboolean pressed = stylus && (history[i].flags & GDK_AXIS_FLAG_PRESSURE);

      if ((history[i].flags & GDK_AXIS_FLAG_X) && (history[i].flags & GDK_AXIS_FLAG_Y)
          && gtk_widget_compute_point (GTK_WIDGET (native), widget, &at, &at))
        lead (data, (double) at.x, (double) at.y, pressed ? axes[GDK_AXIS_PRESSURE] : RLV_PRESSURE_NORMAL);
    }
}
