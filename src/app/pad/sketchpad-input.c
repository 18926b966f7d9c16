/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sketchpad-input.c: mouse, finger, stylus and keyboard become strokes */
#include "config.h"

#include "app/pad/sketchpad-private.h"

#include "app/kit/keys.h"
#include "app/pad/pointer.h"

#include <glib/gi18n.h>

/* The cross moves by a cell of MNIST, or by a quarter of it with Shift. */
#define KEY_STEP       (1.0 / 28)
#define KEY_SMALL_STEP (KEY_STEP / 4)

static void
hover_at (RlvSketchpad *self, double x, double y)
{
  RlvPadInput *input = &self->input;

  /* GTK repeats a motion after every new layout; another frame for it would delay the next one that matters. */
  if (input->hovering && input->hover_x == x && input->hover_y == y)
    return;
  input->hovering = TRUE;
  input->hover_x = x;
  input->hover_y = y;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The pointer takes over from the keys. */
static void
stop_keyboard (RlvSketchpad *self)
{
  RlvPadInput *input = &self->input;

  if (input->pen_down)
    rlv_sketchpad_stroke_end (self);
  input->pen_down = input->keyboard = FALSE;
  _rlv_sketchpad_update_description (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_begin_cb (GtkGestureDrag *drag, double x, double y, RlvSketchpad *self)
{
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (drag));
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (drag));

  if (button != GDK_BUTTON_PRIMARY && button != GDK_BUTTON_SECONDARY)
    {
      gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  stop_keyboard (self);
  rlv_sketchpad_stroke_begin (self, x, y, rlv_pointer_get_pressure (event),
                              button == GDK_BUTTON_SECONDARY || rlv_pointer_is_eraser (event));
}

static void
lead_on (gpointer self, double x, double y, double pressure)
{
  rlv_sketchpad_stroke_to (self, x, y, pressure);
}

static void
drag_update_cb (GtkGestureDrag *drag, double offset_x, double offset_y, RlvSketchpad *self)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (drag));
  double x, y;

  if (!gtk_gesture_drag_get_start_point (drag, &x, &y))
    return;
  rlv_pointer_follow (GTK_WIDGET (self), event, lead_on, self);
  rlv_sketchpad_stroke_to (self, x + offset_x, y + offset_y, rlv_pointer_get_pressure (event));
}

static void
drag_end_cb (GtkGestureDrag *drag, double offset_x, double offset_y, RlvSketchpad *self)
{
  rlv_sketchpad_stroke_end (self);
}

static void
drag_cancel_cb (GtkGesture *drag, GdkEventSequence *sequence, RlvSketchpad *self)
{
  rlv_sketchpad_stroke_cancel (self);
}

static void
motion_cb (GtkEventControllerMotion *motion, double x, double y, RlvSketchpad *self)
{
  hover_at (self, x, y);
}

static void
leave_cb (GtkEventControllerMotion *motion, RlvSketchpad *self)
{
  self->input.hovering = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The widget coordinates of the cross. */
static void
get_cross (RlvSketchpad *self, double *x, double *y)
{
  RlvPadInput *input = &self->input;
  graphene_rect_t pad;

  rlv_sketchpad_get_pad (self, &pad);
  *x = (double) pad.origin.x + input->cross_x * (double) pad.size.width;
  *y = (double) pad.origin.y + input->cross_y * (double) pad.size.height;
}

static void
move_cross (RlvSketchpad *self, double dx, double dy)
{
  RlvPadInput *input = &self->input;
  double x, y;

  /* The first key only shows where the cross is. */
  if (input->keyboard)
    {
      input->cross_x = CLAMP (input->cross_x + dx, 0, 1);
      input->cross_y = CLAMP (input->cross_y + dy, 0, 1);
    }
  input->keyboard = TRUE;
  if (input->pen_down)
    {
      get_cross (self, &x, &y);
      rlv_sketchpad_stroke_to (self, x, y, RLV_PRESSURE_NORMAL);
    }
  _rlv_sketchpad_update_description (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
toggle_pen (RlvSketchpad *self)
{
  RlvPadInput *input = &self->input;
  double x, y;

  /* Something else, such as undo, may have ended the stroke. */
  input->pen_down = !input->pen_down || !rlv_document_get_drawing (rlv_sketchpad_get_document (self));
  input->keyboard = TRUE;
  get_cross (self, &x, &y);
  if (input->pen_down)
    rlv_sketchpad_stroke_begin (self, x, y, RLV_PRESSURE_NORMAL, FALSE);
  else
    rlv_sketchpad_stroke_end (self);
  _rlv_sketchpad_update_description (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* A button that is still down then leads nothing on, since no stroke is running. */
static gboolean
cancel_stroke (RlvSketchpad *self)
{
  RlvPadInput *input = &self->input;

  if (!rlv_document_get_drawing (rlv_sketchpad_get_document (self)))
    return FALSE;
  input->pen_down = FALSE;
  rlv_sketchpad_stroke_cancel (self);
  _rlv_sketchpad_update_description (self);
  return TRUE;
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, RlvSketchpad *self)
{
  double step = state & GDK_SHIFT_MASK ? KEY_SMALL_STEP : KEY_STEP;
  int dx, dy;

  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK))
    return FALSE;
  if (key == GDK_KEY_Escape)
    return cancel_stroke (self);
  if (rlv_key_is_press (key))
    toggle_pen (self);
  else if (rlv_key_is_arrow (key, &dx, &dy))
    move_cross (self, dx * step, dy * step);
  else
    return FALSE;
  return TRUE;
}

static void
focus_leave_cb (GtkEventControllerFocus *focus, RlvSketchpad *self)
{
  stop_keyboard (self);
}

/**
 * _rlv_sketchpad_update_description:
 * @self: a sketchpad
 *
 * Tells assistive technology where the cross is and what the keys would do.
 */
void
_rlv_sketchpad_update_description (RlvSketchpad *self)
{
  RlvPadInput *input = &self->input;
  g_autofree char *text = NULL;

  if (input->keyboard)
    text = g_strdup_printf (input->pen_down ? _("Pen down, %.0f %% from the left and %.0f %% from the top. "
                                                 "Arrow keys draw, Space lifts the pen.")
                                            : _("Pen up, %.0f %% from the left and %.0f %% from the top. "
                                                 "Arrow keys move, Space puts the pen down."),
                            100 * input->cross_x, 100 * input->cross_y);
  else if (self->for_pictures)
    text =
        g_strdup (_("Paper to drop or paste a picture on, or to draw on. Arrow keys move a cross, Space puts the pen "
                     "down and lifts it, Escape takes the stroke back."));
  else
    text = g_strdup (_("Paper to draw a digit on. Arrow keys move a cross, Space puts the pen down and lifts it, "
                        "Escape takes the stroke back."));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

/* One drag gesture serves mouse, finger and stylus: the events themselves tell tool and pressure. */
static void
add_drag (RlvSketchpad *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), 0);
  gtk_gesture_single_set_exclusive (GTK_GESTURE_SINGLE (drag), TRUE);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect (drag, "cancel", G_CALLBACK (drag_cancel_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

/**
 * _rlv_sketchpad_init_input:
 * @self: a sketchpad
 *
 * Gives it its event controllers.
 */
void
_rlv_sketchpad_init_input (RlvSketchpad *self)
{
  RlvPadInput *input = &self->input;
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *key = gtk_event_controller_key_new (), *focus = gtk_event_controller_focus_new ();

  input->cross_x = input->cross_y = 0.5;
  add_drag (self);
  g_signal_connect (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect (key, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), key);
  g_signal_connect (focus, "leave", G_CALLBACK (focus_leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}
