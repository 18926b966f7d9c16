/* SPDX-License-Identifier: GPL-3.0-or-later */
/* actions.c: what can be done in the window, by button, menu or key */
#include "config.h"

#include "app/session/target-choice.h"
#include "app/window/window-private.h"

#include "app/window/network-window.h"
#include "app/window/pages.h"
#include "files/io/paths.h"

#include <glib/gi18n.h>

#define PEN_STEP 0.01

static RlvDocument *
document_of (RlvWindow *self)
{
  return rlv_session_get_document (self->session);
}

static void
undo (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  rlv_session_undo (RLV_WINDOW (data)->session);
}

static void
redo (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  rlv_session_redo (RLV_WINDOW (data)->session);
}

static void
clear (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gboolean photo;

  if (rlv_document_get_empty (document_of (data)))
    return;
  photo = rlv_document_get_photo (document_of (data)) != NULL;
  rlv_document_clear (document_of (data));
  _rlv_window_toast (data, photo ? _("Photo removed") : _("Drawing cleared"), _("_Undo"), "win.undo");
}

static void
unpaint (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  rlv_document_unpaint (document_of (data));
}

static void
sample (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  _rlv_window_load_sample (data);
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
pen_thinner (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  (rlv_document_get_photo (document_of (data)) ? change_brush : change_pen) (data, -PEN_STEP);
}

static void
pen_thicker (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  (rlv_document_get_photo (document_of (data)) ? change_brush : change_pen) (data, PEN_STEP);
}

static void
target (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  RlvSession *session = RLV_WINDOW (data)->session;
  g_auto (LrpTarget) chosen = LRP_TARGET_INIT;

  lrp_target_copy (&chosen, rlv_session_get_full_target (session));
  rlv_target_explain (&chosen, g_variant_get_int32 (parameter));
  rlv_session_set_full_target (session, &chosen);
}

static void
contrast (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  RlvSession *session = RLV_WINDOW (data)->session;
  g_auto (LrpTarget) chosen = LRP_TARGET_INIT;

  lrp_target_copy (&chosen, rlv_session_get_full_target (session));
  rlv_target_compare (&chosen, g_variant_get_int32 (parameter), rlv_session_get_explanation (session));
  rlv_session_set_full_target (session, &chosen);
}

static void
target_top (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  rlv_session_set_target (RLV_WINDOW (data)->session, LRP_TARGET_TOP);
}

/* The row after that of @entry; after the last, or one of people's own, comes the first. */
static const LrpEntry *
next_entry (const LrpTable *table, const LrpEntry *entry)
{
  guint row = 0;

  while (row + 1 < table->n_rows && lrp_table_get (table, row) != entry)
    row++;
  return lrp_table_get (table, (row + 1) % table->n_rows);
}

static void
next_method (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  RlvWindow *self = data;
  g_autoptr (LrpRequest) request = lrp_request_copy (rlv_session_get_request (self->session));

  lrp_choice_init (&request->method, next_entry (&lrp_methods, request->method.entry));
  rlv_session_set_request (self->session, request);
  _rlv_window_toast (self, _(request->method.entry->title), NULL, NULL);
}

static void
next_colormap (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  RlvDisplay *display = rlv_session_get_display (RLV_WINDOW (data)->session);

  g_object_set (display, "colormap", next_entry (&lrp_colormaps, &rlv_display_get_style (display)->map->entry)->name,
                NULL);
}

static void
reset_method (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (LrpRequest) request = lrp_request_new ();

  rlv_session_set_request (RLV_WINDOW (data)->session, request);
}

static void
set_model (GSimpleAction *action, GVariant *state, gpointer data)
{
  _rlv_window_load_model (data, g_variant_get_string (state, NULL));
}

static void
open_file (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  _rlv_window_choose_file (data);
}

static void
show_catalogue (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  _rlv_window_show_catalogue (data);
}

static void
open_uri (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  rlv_window_open (data, file);
}

static void
about_network (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  RlvWindow *self = data;
  LrpNetwork *network = rlv_session_get_network (self->session);
  g_autoptr (GVariant) model = g_action_get_state (g_action_map_lookup_action (G_ACTION_MAP (self), "model"));

  if (network)
    gtk_window_present (
        GTK_WINDOW (rlv_network_window_new (GTK_WINDOW (self), network, g_variant_get_string (model, NULL))));
}

static void
imagenet_labels (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autofree char *path = lrp_data_path ("data/labels/imagenet.txt");

  if (path)
    rlv_input_group_load_labels (rlv_method_panel_get_input (RLV_WINDOW (data)->panel), path);
}

static void
paste (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (data));

  /* Whoever writes pastes text. */
  if (GTK_IS_TEXT (focus))
    gtk_widget_activate_action (focus, "clipboard.paste", NULL);
  else
    _rlv_window_paste (data);
}

static void
save (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  _rlv_window_save (data);
}

static void
save_as (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  _rlv_window_save_as (data);
}

static void export(GSimpleAction *action, GVariant *parameter, gpointer data)
{
  _rlv_window_export (data);
}

static void
show_saved (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  _rlv_window_show_saved (data);
}

static void
copy (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (data));

  /* Whoever has chosen words copies them. */
  if (GTK_IS_TEXT (focus) || (GTK_IS_LABEL (focus) && gtk_label_get_selection_bounds (GTK_LABEL (focus), NULL, NULL)))
    gtk_widget_activate_action (focus, "clipboard.copy", NULL);
  else
    _rlv_window_copy (data);
}

static void
copy_command (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  _rlv_window_copy_command (data);
}

static void
show_page (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  rlv_pages_show (RLV_WINDOW (data)->pages, g_variant_get_string (parameter, NULL));
}

static void
toggle_fullscreen (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  if (gtk_window_is_fullscreen (data))
    gtk_window_unfullscreen (data);
  else
    gtk_window_fullscreen (data);
}

static const GActionEntry entries[] = {
  { "undo", undo },
  { "redo", redo },
  { "clear", clear },
  { "unpaint", unpaint },
  { "sample", sample },
  { "tool", NULL, "s", "'pen'", set_tool },
  { "pen-thinner", pen_thinner },
  { "pen-thicker", pen_thicker },
  { "target", target, "i" },
  { "contrast", contrast, "i" },
  { "target-top", target_top },
  { "next-method", next_method },
  { "next-colormap", next_colormap },
  { "reset-method", reset_method },
  { "model", NULL, "s", "''", set_model },
  { "open", open_file },
  { "catalogue", show_catalogue },
  { "open-uri", open_uri, "s" },
  { "about-network", about_network },
  { "imagenet-labels", imagenet_labels },
  { "paste", paste },
  { "save", save },
  { "save-as", save_as },
  { "export", export },
  { "show-saved", show_saved },
  { "copy", copy },
  { "copy-command", copy_command },
  { "page", show_page, "s" },
  { "fullscreen", toggle_fullscreen },
};

static GSimpleAction *
find_action (RlvWindow *self, const char *name)
{
  return G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), name));
}

static void
add_property_action (RlvWindow *self, const char *name, gpointer object, const char *property)
{
  g_autoptr (GPropertyAction) action = g_property_action_new (name, object, property);

  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
}

/**
 * _rlv_window_add_actions:
 * @self: a window that has its session and its widgets
 *
 * Adds all actions, and keeps them enabled just as long as they would do something.
 */
void
_rlv_window_add_actions (RlvWindow *self)
{
  const struct
  {
    gpointer object;
    const char *property, *action;
    GBindingFlags flags;
  } enabled[] = {
    { rlv_session_get_history (self->session), "can-undo", "undo", G_BINDING_DEFAULT },
    { rlv_session_get_history (self->session), "can-redo", "redo", G_BINDING_DEFAULT },
    { document_of (self), "empty", "clear", G_BINDING_INVERT_BOOLEAN },
    { self->session, "pinned", "target-top", G_BINDING_DEFAULT },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  add_property_action (self, "pad-heat", rlv_session_get_display (self->session), "pad-heat");
  add_property_action (self, "photo-tool", rlv_pad_column_get_photo (self->pad), "tool");
  add_property_action (self, "fill", rlv_pad_column_get_photo (self->pad), "fill");
  add_property_action (self, "panel", self->flap, "reveal-flap");
  for (guint i = 0; i < G_N_ELEMENTS (enabled); i++)
    g_object_bind_property (enabled[i].object, enabled[i].property, find_action (self, enabled[i].action), "enabled",
                            G_BINDING_SYNC_CREATE | enabled[i].flags);
}

/**
 * _rlv_window_remove_actions:
 * @self: a window that goes
 *
 * GTK's tooltip window may keep the actions longer than the window; they must not keep what they act on.
 */
void
_rlv_window_remove_actions (RlvWindow *self)
{
  g_auto (GStrv) names = g_action_group_list_actions (G_ACTION_GROUP (self));

  for (guint i = 0; names[i]; i++)
    g_action_map_remove_action (G_ACTION_MAP (self), names[i]);
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

  g_simple_action_set_state (find_action (self, "tool"), g_variant_new_string (eraser ? "eraser" : "pen"));
}
