/* SPDX-License-Identifier: GPL-3.0-or-later */
/* actions.c: what else can be done in the window, by button, menu or key */
#include "config.h"

#include "app/session/target-choice.h"
#include "app/window/window-private.h"

#include "app/window/network-window.h"
#include "app/window/pages.h"
#include "files/io/paths.h"

#include <glib/gi18n.h>

static void
target (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  RlvSession *session = ((RlvWindow *) data)->session;
  g_auto (LrpTarget) chosen = LRP_TARGET_INIT;

  lrp_target_copy (&chosen, rlv_session_get_full_target (session));
  rlv_target_explain (&chosen, g_variant_get_int32 (parameter));
  rlv_session_set_full_target (session, &chosen);
}

static void
contrast (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  RlvSession *session = ((RlvWindow *) data)->session;
  g_auto (LrpTarget) chosen = LRP_TARGET_INIT;

  lrp_target_copy (&chosen, rlv_session_get_full_target (session));
  rlv_target_compare (&chosen, g_variant_get_int32 (parameter), rlv_session_get_explanation (session));
  rlv_session_set_full_target (session, &chosen);
}

static void
target_top (RlvWindow *self)
{
  rlv_session_set_target (self->session, LRP_TARGET_TOP);
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
next_method (RlvWindow *self)
{
  g_autoptr (LrpRequest) request = lrp_request_copy (rlv_session_get_request (self->session));

  lrp_choice_init (&request->method, next_entry (&lrp_methods, request->method.entry));
  rlv_session_set_request (self->session, request);
  _rlv_window_toast (self, _(request->method.entry->title), NULL, NULL);
}

static void
next_colormap (RlvWindow *self)
{
  RlvDisplay *display = rlv_session_get_display (self->session);

  g_object_set (display, "colormap", next_entry (&lrp_colormaps, &rlv_display_get_style (display)->map->entry)->name,
                NULL);
}

static void
reset_method (RlvWindow *self)
{
  g_autoptr (LrpRequest) request = lrp_request_new ();

  rlv_session_set_request (self->session, request);
}

static void
set_model (GSimpleAction *action, GVariant *state, gpointer data)
{
  _rlv_window_load_model (data, g_variant_get_string (state, NULL));
}

static void
open_uri (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  rlv_window_open (data, file);
}

static void
about_network (RlvWindow *self)
{
  LrpNetwork *network = rlv_session_get_network (self->session);
  g_autoptr (GVariant) model = g_action_get_state (g_action_map_lookup_action (G_ACTION_MAP (self), "model"));

  if (network)
    gtk_window_present (
        GTK_WINDOW (rlv_network_window_new (GTK_WINDOW (self), network, g_variant_get_string (model, NULL))));
}

static void
imagenet_labels (RlvWindow *self)
{
  g_autofree char *path = lrp_data_path ("data/labels/imagenet.txt");

  if (path)
    rlv_input_group_load_labels (rlv_method_panel_get_input (self->panel), path);
}

static void
paste (RlvWindow *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));

  /* Whoever writes pastes text. */
  if (GTK_IS_TEXT (focus))
    gtk_widget_activate_action (focus, "clipboard.paste", NULL);
  else
    _rlv_window_paste (self);
}

static void
copy (RlvWindow *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));

  /* Whoever has chosen words copies them. */
  if (GTK_IS_TEXT (focus) || (GTK_IS_LABEL (focus) && gtk_label_get_selection_bounds (GTK_LABEL (focus), NULL, NULL)))
    gtk_widget_activate_action (focus, "clipboard.copy", NULL);
  else
    _rlv_window_copy (self);
}

static void
show_page (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  RlvWindow *self = data;

  rlv_pages_show (self->pages, g_variant_get_string (parameter, NULL));
}

static void
toggle_fullscreen (RlvWindow *self)
{
  if (gtk_window_is_fullscreen (GTK_WINDOW (self)))
    gtk_window_unfullscreen (GTK_WINDOW (self));
  else
    gtk_window_fullscreen (GTK_WINDOW (self));
}

static const RlvWindowAction acts[] = {
  { "target-top", target_top },
  { "next-method", next_method },
  { "next-colormap", next_colormap },
  { "reset-method", reset_method },
  { "open", _rlv_window_choose_file },
  { "catalogue", _rlv_window_show_catalogue },
  { "about-network", about_network },
  { "imagenet-labels", imagenet_labels },
  { "paste", paste },
  { "draw-on-photo", _rlv_window_draw_on_photo },
  { "save", _rlv_window_save },
  { "save-as", _rlv_window_save_as },
  { "export", _rlv_window_export },
  { "show-saved", _rlv_window_show_saved },
  { "copy", copy },
  { "copy-command", _rlv_window_copy_command },
  { "fullscreen", toggle_fullscreen },
};

/* These are given a value. */
static const GActionEntry entries[] = {
  { "target", target, "i" },     { "contrast", contrast, "i" }, { "model", NULL, "s", "''", set_model },
  { "open-uri", open_uri, "s" }, { "page", show_page, "s" },
};

/**
 * _rlv_window_add_actions:
 * @self: a window that has its session and its widgets
 *
 * Adds all actions but those on what is drawn, and keeps them enabled just as long as they would do something.
 */
void
_rlv_window_add_actions (RlvWindow *self)
{
  _rlv_window_add_acts (self, acts, G_N_ELEMENTS (acts));
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  _rlv_window_add_property_action (self, "pad-heat", rlv_session_get_display (self->session), "pad-heat");
  _rlv_window_add_property_action (self, "panel", self->flap, "reveal-flap");
  _rlv_window_enable_while (self, "target-top", self->session, "pinned", G_BINDING_DEFAULT);
}
