/* SPDX-License-Identifier: GPL-3.0-or-later */
/* photo-pad-input.c: pointer and keys move the brush, or the frame */
#include "config.h"

#include "app/pad/photo-pad-private.h"

#include "app/kit/keys.h"
#include "app/pad/pointer.h"

#include <glib/gi18n.h>

/* The cross moves by a share of the photo's longer side, or a quarter of that with Shift. */
#define CROSS_STEP (1.0 / 28)

static RlvDocument *
get_document (RlvPhotoPad *self)
{
  return rlv_session_get_document (self->session);
}

/* --- the brush ---------------------------------------------------------------------------------------------------- */

/* From widget coordinates to shares of the photo. */
static void
get_share (RlvPhotoPad *self, double x, double y, double *share_x, double *share_y)
{
  graphene_rect_t area;

  _rlv_photo_pad_get_area (self, &area);
  *share_x = (x - (double) area.origin.x) / (double) area.size.width;
  *share_y = (y - (double) area.origin.y) / (double) area.size.height;
}

static void
begin_brush (RlvPhotoPad *self, double x, double y, gboolean restore)
{
  rlv_document_paint_begin (get_document (self), restore ? RLV_FILL_ORIGINAL : self->fill, x, y, self->brush_width);
}

static void
lead_brush (gpointer data, double x, double y, double pressure)
{
  RlvPhotoPad *self = data;
  double share_x, share_y;

  get_share (self, x, y, &share_x, &share_y);
  rlv_document_paint_to (get_document (self), share_x, share_y);
}

/* Tells assistive technology what the keys would do. */
static void
update_description (RlvPhotoPad *self)
{
  const RlvPhotoInput *input = &self->input;
  g_autofree char *text = NULL;

  if (self->tool == RLV_PHOTO_TOOL_FRAME)
    text = g_strdup (_("Arrow keys move the frame, + and − resize it, Home puts it back."));
  else if (!input->keyboard)
    text = g_strdup (_("Arrow keys move a cross, Space puts the brush down and lifts it, "
                        "Escape takes the stroke back."));
  else
    text = g_strdup_printf (input->down ? _("Brush down, %.0f %% from the left and %.0f %% from the top. "
                                             "Arrow keys paint, Space lifts the brush.")
                                        : _("Brush up, %.0f %% from the left and %.0f %% from the top. "
                                             "Arrow keys move, Space puts the brush down."),
                            100 * input->cross_x, 100 * input->cross_y);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static void
update_cursor (RlvPhotoPad *self)
{
  graphene_rect_t frame;
  int x = 0, y = 0;

  if (self->tool == RLV_PHOTO_TOOL_FRAME && rlv_photo_pad_get_frame (self, &frame))
    _rlv_photo_pad_find_corner (&frame, self->input.hover_x, self->input.hover_y, &x, &y);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), self->tool != RLV_PHOTO_TOOL_FRAME ? "crosshair"
                                                      : x * y > 0                        ? "nwse-resize"
                                                      : x * y < 0                        ? "nesw-resize"
                                                                                         : "move");
}

/**
 * _rlv_photo_pad_stop_input:
 * @self: a photo pad
 *
 * Another tool or hand takes over.
 */
void
_rlv_photo_pad_stop_input (RlvPhotoPad *self)
{
  if (self->input.down)
    rlv_document_stroke_end (get_document (self));
  self->input.down = self->input.keyboard = FALSE;
  update_description (self);
  update_cursor (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
move_cross (RlvPhotoPad *self, double dx, double dy)
{
  RlvPhoto *photo = _rlv_photo_pad_get_photo (self);
  RlvPhotoInput *input = &self->input;
  double longer = MAX (rlv_photo_get_width (photo), rlv_photo_get_height (photo));

  /* The first key only shows where the cross is. */
  if (input->keyboard)
    {
      input->cross_x = CLAMP (input->cross_x + dx * longer / rlv_photo_get_width (photo), 0, 1);
      input->cross_y = CLAMP (input->cross_y + dy * longer / rlv_photo_get_height (photo), 0, 1);
    }
  input->keyboard = TRUE;
  if (input->down)
    rlv_document_paint_to (get_document (self), input->cross_x, input->cross_y);
}

static void
toggle_brush (RlvPhotoPad *self)
{
  RlvPhotoInput *input = &self->input;

  input->down = !input->down || !rlv_document_get_drawing (get_document (self));
  input->keyboard = TRUE;
  if (input->down)
    begin_brush (self, input->cross_x, input->cross_y, self->tool == RLV_PHOTO_TOOL_RESTORE);
  else
    rlv_document_stroke_end (get_document (self));
}

/* --- events ------------------------------------------------------------------------------------------------------- */

static void
drag_begin_cb (RlvPhotoPad *self, double x, double y, GtkGestureDrag *drag)
{
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (drag));
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (drag));
  gboolean framing = self->tool == RLV_PHOTO_TOOL_FRAME;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  _rlv_photo_pad_stop_input (self);
  if (!_rlv_photo_pad_get_photo (self) || (button != GDK_BUTTON_PRIMARY && (framing || button != GDK_BUTTON_SECONDARY))
      || (framing && !_rlv_photo_pad_begin_frame (self, x, y)))
    {
      gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
  if (framing)
    return;
  get_share (self, x, y, &x, &y);
  begin_brush (self, x, y,
               self->tool == RLV_PHOTO_TOOL_RESTORE || button == GDK_BUTTON_SECONDARY || rlv_pointer_is_eraser (event));
}

static void
drag_update_cb (RlvPhotoPad *self, double dx, double dy, GtkGestureDrag *drag)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (drag));
  double x, y;

  if (!_rlv_photo_pad_get_photo (self) || !gtk_gesture_drag_get_start_point (drag, &x, &y))
    return;
  if (self->tool == RLV_PHOTO_TOOL_FRAME)
    {
      _rlv_photo_pad_move_frame (self, dx, dy);
      return;
    }
  rlv_pointer_follow (GTK_WIDGET (self), event, lead_brush, self);
  lead_brush (self, x + dx, y + dy, 0);
}

static void
drag_end_cb (RlvPhotoPad *self)
{
  rlv_document_stroke_end (get_document (self));
}

static void
drag_cancel_cb (RlvPhotoPad *self)
{
  rlv_document_stroke_cancel (get_document (self));
}

static void
motion_cb (RlvPhotoPad *self, double x, double y)
{
  RlvPhotoInput *input = &self->input;

  /* GTK repeats a motion after every new layout; another frame for it would delay the next one that matters. */
  if (input->hovering && input->hover_x == x && input->hover_y == y)
    return;
  input->hovering = TRUE;
  input->hover_x = x;
  input->hover_y = y;
  update_cursor (self);
  if (self->tool != RLV_PHOTO_TOOL_FRAME)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
leave_cb (RlvPhotoPad *self)
{
  self->input.hovering = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
cancel_stroke (RlvPhotoPad *self)
{
  if (!rlv_document_get_drawing (get_document (self)))
    return FALSE;
  self->input.down = FALSE;
  rlv_document_stroke_cancel (get_document (self));
  return TRUE;
}

static gboolean
brush_key (RlvPhotoPad *self, guint key, double step)
{
  int dx, dy;

  if (key == GDK_KEY_Escape)
    return cancel_stroke (self);
  if (rlv_key_is_press (key))
    {
      toggle_brush (self);
      return TRUE;
    }
  if (rlv_key_is_arrow (key, &dx, &dy))
    {
      move_cross (self, step * dx, step * dy);
      return TRUE;
    }
  return _rlv_photo_pad_frame_key (self, key);
}

static gboolean
key_cb (RlvPhotoPad *self, guint key, guint code, GdkModifierType state)
{
  gboolean done;

  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK) || !_rlv_photo_pad_get_photo (self))
    return FALSE;
  if (self->tool == RLV_PHOTO_TOOL_FRAME)
    done = _rlv_photo_pad_frame_key (self, key);
  else
    done = brush_key (self, key, state & GDK_SHIFT_MASK ? CROSS_STEP / 4 : CROSS_STEP);
  update_description (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return done;
}

static void
add_drag (RlvPhotoPad *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), 0);
  gtk_gesture_single_set_exclusive (GTK_GESTURE_SINGLE (drag), TRUE);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect_swapped (drag, "cancel", G_CALLBACK (drag_cancel_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

/**
 * _rlv_photo_pad_init_input:
 * @self: a photo pad
 *
 * Gives it its event controllers.
 */
void
_rlv_photo_pad_init_input (RlvPhotoPad *self)
{
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkEventController *keys = gtk_event_controller_key_new (), *motion = gtk_event_controller_motion_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->input.cross_x = self->input.cross_y = 0.5;
  add_drag (self);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (_rlv_photo_pad_scroll), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  g_signal_connect_swapped (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (_rlv_photo_pad_stop_input), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}
