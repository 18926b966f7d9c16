/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view-input.c: pointing at a card's map, zooming it, and dragging what is seen of it */
#include "config.h"

#include "app/compare/view-private.h"

#include <math.h>

/* The place of what was drawn that lies under a point of the widget; FALSE outside. */
static gboolean
find_place (RlvCompareView *self, double x, double y, double *u, double *v)
{
  graphene_rect_t area;
  double u0, v0, zoom;

  if (!self->look)
    return FALSE;
  _rlv_compare_view_get_area (self, &area);
  zoom = rlv_compare_look_get_zoom (self->look, &u0, &v0);
  *u = u0 + (x - (double) area.origin.x) / (double) area.size.width / zoom;
  *v = v0 + (y - (double) area.origin.y) / (double) area.size.height / zoom;
  return graphene_rect_contains_point (&area, &GRAPHENE_POINT_INIT ((float) x, (float) y));
}

static void
motion_cb (RlvCompareView *self, double x, double y)
{
  double u, v;

  if (find_place (self, x, y, &u, &v) && self->heat)
    rlv_compare_look_point (self->look, u, v);
  else if (self->look)
    rlv_compare_look_point_away (self->look);
}

static void
leave_cb (RlvCompareView *self)
{
  if (self->look)
    rlv_compare_look_point_away (self->look);
}

static gboolean
scroll_cb (RlvCompareView *self, double dx, double dy, GtkEventController *controller)
{
  double u = 0.5, v = 0.5;

  if (!self->look || !(gtk_event_controller_get_current_event_state (controller) & GDK_CONTROL_MASK))
    return FALSE;
  if (!rlv_compare_look_get_pointed (self->look, &u, &v))
    u = v = 0.5;
  rlv_compare_look_zoom_by (self->look, pow (RLV_COMPARE_ZOOM_STEP, -dy), u, v);
  return TRUE;
}

/* --- dragging ----------------------------------------------------------------------------------------------------- */

/* A hand where there is more than what is seen; else the card itself is dragged. */
static void
zoom_cb (RlvCompareView *self)
{
  double u, v;
  gboolean zoomed = rlv_compare_look_get_zoom (self->look, &u, &v) > 1;

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), zoomed ? "grab" : NULL);
  gtk_event_controller_set_propagation_phase (self->drag, zoomed ? GTK_PHASE_BUBBLE : GTK_PHASE_NONE);
}

static void
drag_begin_cb (RlvCompareView *self)
{
  rlv_compare_look_get_zoom (self->look, &self->held_u, &self->held_v);
}

/* The drag is claimed as soon as it is no click, which is for the card, but at half the distance at which the card
 * itself would be dragged. What was under the pointer stays there. */
static void
drag_update_cb (RlvCompareView *self, double dx, double dy, GtkGestureDrag *drag)
{
  GdkEventSequence *sequence = gtk_gesture_single_get_current_sequence (GTK_GESTURE_SINGLE (drag));
  double u, v, x, y, zoom = rlv_compare_look_get_zoom (self->look, &u, &v);
  graphene_rect_t area;

  if (gtk_gesture_get_sequence_state (GTK_GESTURE (drag), sequence) != GTK_EVENT_SEQUENCE_CLAIMED
      && !gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, (int) (2 * dx), (int) (2 * dy)))
    return;
  gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grabbing");
  _rlv_compare_view_get_area (self, &area);
  rlv_compare_look_pan_to (self->look, self->held_u - dx / (double) area.size.width / zoom,
                           self->held_v - dy / (double) area.size.height / zoom);
  gtk_gesture_drag_get_start_point (drag, &x, &y);
  motion_cb (self, x + dx, y + dy);
}

static void
add_drag (RlvCompareView *self)
{
  self->drag = GTK_EVENT_CONTROLLER (gtk_gesture_drag_new ());
  gtk_event_controller_set_propagation_phase (self->drag, GTK_PHASE_NONE);
  g_signal_connect_swapped (self->drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (self->drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (self->drag, "drag-end", G_CALLBACK (zoom_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), self->drag);
}

/**
 * _rlv_compare_view_add_input:
 * @self: a view
 *
 * Lets it point, zoom and be dragged.
 */
void
_rlv_compare_view_add_input (RlvCompareView *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);

  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  add_drag (self);
}

/**
 * _rlv_compare_view_follow_zoom:
 * @self: a view that has a look
 *
 * Shows a hand where there is more than what is seen; else the card itself is dragged.
 */
void
_rlv_compare_view_follow_zoom (RlvCompareView *self)
{
  zoom_cb (self);
  g_signal_connect_object (self->look, "notify::zoom", G_CALLBACK (zoom_cb), self, G_CONNECT_SWAPPED);
}
