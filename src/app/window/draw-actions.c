/* SPDX-License-Identifier: GPL-3.0-or-later */
/* draw-actions.c: what can be done with what is on the pad, by button, menu or key */
#include "config.h"

#include "app/window/window-private.h"

#include <glib/gi18n.h>

/* A share of the pad's side. */
#define PEN_STEP 0.01

static RlvDocument *
document_of (RlvWindow *self)
{
  return rlv_session_get_document (self->session);
}

static void
undo (RlvWindow *self)
{
  rlv_session_undo (self->session);
}

static void
redo (RlvWindow *self)
{
  rlv_session_redo (self->session);
}

static void
clear (RlvWindow *self)
{
  RlvDocument *document = document_of (self);
  gboolean photo = rlv_document_get_photo (document) != NULL;

  if (rlv_document_get_empty (document))
    return;
  rlv_document_clear (document);
  _rlv_window_toast (self, photo ? _("Photo removed") : _("Drawing cleared"), _("_Undo"), "win.undo");
}

static void
unpaint (RlvWindow *self)
{
  rlv_document_unpaint (document_of (self));
}

/* On a photo, to draw is to paint over, and to erase is to bring back. */
static void
set_tool (GSimpleAction *action, GVariant *state, gpointer data)
{
  RlvWindow *self = data;
  gboolean eraser = g_str_equal (g_variant_get_string (state, NULL), "eraser");

  if (rlv_document_get_photo (document_of (self)))
    rlv_photo_pad_set_tool (rlv_pad_column_get_photo (self->pad),
                            eraser ? RLV_PHOTO_TOOL_RESTORE : RLV_PHOTO_TOOL_BRUSH);
  else
    rlv_sketchpad_set_eraser (rlv_pad_column_get_sketchpad (self->pad), eraser);
}

static void
change_brush (RlvWindow *self, double step)
{
  RlvPhotoPad *pad = rlv_pad_column_get_photo (self->pad);

  rlv_photo_pad_set_brush_width (pad, rlv_photo_pad_get_brush_width (pad) + step);
}

static void
change_pen (RlvWindow *self, double step)
{
  RlvSketchpad *sketchpad = rlv_pad_column_get_sketchpad (self->pad);

  rlv_sketchpad_set_pen_width (
      sketchpad, CLAMP (rlv_sketchpad_get_pen_width (sketchpad) + step, RLV_PEN_WIDTH_MIN, RLV_PEN_WIDTH_MAX));
}

static void
change_width (RlvWindow *self, double step)
{
  (rlv_document_get_photo (document_of (self)) ? change_brush : change_pen) (self, step);
}

static void
pen_thinner (RlvWindow *self)
{
  change_width (self, -PEN_STEP);
}

static void
pen_thicker (RlvWindow *self)
{
  change_width (self, PEN_STEP);
}

/**
 * _rlv_window_add_draw_actions:
 * @self: a window that has its session and its widgets
 *
 * Adds the actions on what is drawn, and keeps them enabled just as long as they would do something.
 */
void
_rlv_window_add_draw_actions (RlvWindow *self)
{
  static const RlvWindowAction acts[] = {
    { "undo", undo },
    { "redo", redo },
    { "clear", clear },
    { "unpaint", unpaint },
    { "sample", _rlv_window_load_sample },
    { "pen-thinner", pen_thinner },
    { "pen-thicker", pen_thicker },
  };
  static const GActionEntry tools[] = { { "tool", NULL, "s", "'pen'", set_tool } };
  RlvHistory *history = rlv_session_get_history (self->session);

  _rlv_window_add_acts (self, acts, G_N_ELEMENTS (acts));
  g_action_map_add_action_entries (G_ACTION_MAP (self), tools, G_N_ELEMENTS (tools), self);
  _rlv_window_add_property_action (self, "photo-tool", rlv_pad_column_get_photo (self->pad), "tool");
  _rlv_window_add_property_action (self, "fill", rlv_pad_column_get_photo (self->pad), "fill");
  _rlv_window_enable_while (self, "undo", history, "can-undo", G_BINDING_DEFAULT);
  _rlv_window_enable_while (self, "redo", history, "can-redo", G_BINDING_DEFAULT);
  _rlv_window_enable_while (self, "clear", document_of (self), "empty", G_BINDING_INVERT_BOOLEAN);
}

/**
 * _rlv_window_show_tool:
 * @self: a window
 *
 * Makes the buttons show which tool the sketchpad has.
 */
void
_rlv_window_show_tool (RlvWindow *self)
{
  gboolean eraser = rlv_sketchpad_get_eraser (rlv_pad_column_get_sketchpad (self->pad));
  GAction *tool = g_action_map_lookup_action (G_ACTION_MAP (self), "tool");

  g_simple_action_set_state (G_SIMPLE_ACTION (tool), g_variant_new_string (eraser ? "eraser" : "pen"));
}
