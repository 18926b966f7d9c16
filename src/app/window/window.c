/* SPDX-License-Identifier: GPL-3.0-or-later */
/* window.c: sketchpad, classes, page and panel, put together */
#include "config.h"

#include "app/window/window-private.h"

#include "app/window/pages.h"
#include "app/window/settings.h"
#include "app/kit/tooltip.h"
#include "app/session/slot.h"
#include "app/window/workspace.h"

/**
 * RlvWindow:
 *
 * Holds a session and shows it. The window itself only puts widgets together; what can be done is in actions.c and
 * draw-actions.c, what comes from files in open.c and what that stands on.
 */
G_DEFINE_FINAL_TYPE (RlvWindow, rlv_window, ADW_TYPE_APPLICATION_WINDOW)

/* Folded, the panel lies over the page, so it waits to be called; else it is shown as it was left. */
static void
folded_cb (RlvWindow *self)
{
  gboolean wanted = !self->settings || g_settings_get_boolean (self->settings, "panel-visible");

  adw_flap_set_reveal_flap (self->flap, !adw_flap_get_folded (self->flap) && wanted);
}

static void
revealed_cb (RlvWindow *self)
{
  if (self->settings && !adw_flap_get_folded (self->flap))
    g_settings_set_boolean (self->settings, "panel-visible", adw_flap_get_reveal_flap (self->flap));
}

/* Where the header has no room to choose pages, the bar below does. */
static gboolean
has_none (RlvWindow *self, GtkWidget *shown, gboolean visible)
{
  return !shown || !visible;
}

static gboolean
dropped_cb (RlvWindow *self, const GValue *value)
{
  rlv_window_open (self, g_value_get_object (value));
  return TRUE;
}

static void
rlv_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rlv_window_parent_class)->realize (widget);
  g_signal_connect_object (gtk_widget_get_frame_clock (widget), "before-paint", G_CALLBACK (rlv_asker_hurry),
                           rlv_session_get_asker (RLV_WINDOW (widget)->session), G_CONNECT_SWAPPED);
}

static void
rlv_window_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GTK_WIDGET_CLASS (rlv_window_parent_class)->size_allocate (widget, width, height, baseline);
  _rlv_window_fit_header (RLV_WINDOW (widget));
}

static void
rlv_window_dispose (GObject *object)
{
  RlvWindow *self = RLV_WINDOW (object);

  _rlv_window_finish_autosave (self);
  g_clear_handle_id (&self->fit_source, g_source_remove);
  if (self->closing)
    g_cancellable_cancel (self->closing);
  if (self->loading)
    g_cancellable_cancel (self->loading);
  if (self->chooser)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  if (self->chooser_session)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser_session));
  if (self->chooser_input)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser_input));
  _rlv_window_remove_actions (self);
  g_clear_object (&self->closing);
  g_clear_object (&self->loading);
  g_clear_object (&self->chooser);
  g_clear_object (&self->chooser_input);
  g_clear_object (&self->chooser_session);
  g_clear_pointer (&self->session_path, g_free);
  g_clear_pointer (&self->saved, g_free);
  g_clear_pointer (&self->picture, g_free);
  g_clear_pointer (&self->says, rlv_toasts_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), RLV_TYPE_WINDOW);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (rlv_window_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/relevance_lrp/Relevance/ui/window/window.ui");
  gtk_widget_class_bind_template_child (widget_class, RlvWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, RlvWindow, header);
  gtk_widget_class_bind_template_child (widget_class, RlvWindow, squeezer);
  gtk_widget_class_bind_template_child (widget_class, RlvWindow, switcher);
  gtk_widget_class_bind_template_child (widget_class, RlvWindow, export_button);
  gtk_widget_class_bind_template_child (widget_class, RlvWindow, model_button);
  gtk_widget_class_bind_template_child (widget_class, RlvWindow, model_label);
  gtk_widget_class_bind_template_child (widget_class, RlvWindow, flap);
  gtk_widget_class_bind_template_child (widget_class, RlvWindow, pad);
  gtk_widget_class_bind_template_child (widget_class, RlvWindow, classes);
  gtk_widget_class_bind_template_child (widget_class, RlvWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, RlvWindow, panel);
  gtk_widget_class_bind_template_child (widget_class, RlvWindow, models);
  gtk_widget_class_bind_template_child (widget_class, RlvWindow, fetched);
  gtk_widget_class_bind_template_child (widget_class, RlvWindow, opened);
  gtk_widget_class_bind_template_child (widget_class, RlvWindow, recent);
  gtk_widget_class_bind_template_callback (widget_class, has_none);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  gtk_widget_class_bind_template_callback (widget_class, revealed_cb);
  gtk_widget_class_bind_template_callback (widget_class, dropped_cb);
  gtk_widget_class_bind_template_callback_full (widget_class, "accept_drop", G_CALLBACK (_rlv_window_accept_drop));
}

static void
rlv_window_class_init (RlvWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rlv_window_dispose;
  GTK_WIDGET_CLASS (klass)->realize = rlv_window_realize;
  GTK_WIDGET_CLASS (klass)->size_allocate = rlv_window_size_allocate;

  g_type_ensure (RLV_TYPE_WORKSPACE);
  g_type_ensure (RLV_TYPE_PAD_COLUMN);
  g_type_ensure (RLV_TYPE_CLASS_LIST);
  g_type_ensure (RLV_TYPE_METHOD_PANEL);
  g_type_ensure (G_TYPE_FILE);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
rlv_window_init (RlvWindow *self)
{
  self->closing = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->says = rlv_toasts_new (self->toasts);
  rlv_tooltip_wrap (self->model_button);
  rlv_tooltip_give_way (GTK_WIDGET (self));
}

static void
remember_size (RlvWindow *self)
{
  static const struct
  {
    const char *key, *property;
  } remembered[] = {
    { "window-width", "default-width" },
    { "window-height", "default-height" },
    { "window-maximized", "maximized" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (remembered); i++)
    g_settings_bind (self->settings, remembered[i].key, self, remembered[i].property, G_SETTINGS_BIND_DEFAULT);
}

/* The digit that a key bears without Shift, on whichever layout has one there; -1: none. */
static int
digit_of (guint keycode)
{
  g_autofree GdkKeymapKey *keys = NULL;
  g_autofree guint *keyvals = NULL;
  int n, digit = -1;

  if (!gdk_display_map_keycode (gdk_display_get_default (), keycode, &keys, &keyvals, &n))
    return -1;
  for (int i = 0; i < n && digit < 0; i++)
    if (keys[i].level == 0 && keyvals[i] >= GDK_KEY_0 && keyvals[i] <= GDK_KEY_9)
      digit = (int) (keyvals[i] - GDK_KEY_0);
  return digit;
}

/* Keys without modifiers do things in the window; whoever writes a name means letters by them, and a card is asked
 * first what they mean for it. */
static gboolean
key_cb (RlvWindow *self, guint keyval, guint keycode, GdkModifierType state, GtkEventControllerKey *keys)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));
  GtkWidget *card = focus ? gtk_widget_get_ancestor (focus, RLV_TYPE_COMPARE_CARD) : NULL;
  gboolean plain = !(state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK));
  int digit;

  if (card || GTK_IS_TEXT (focus))
    return plain && gtk_event_controller_key_forward (keys, card ? card : focus);
  /* An accelerator would have to say what is above the digit, which each layout does differently. */
  digit = plain && (state & GDK_SHIFT_MASK) ? digit_of (keycode) : -1;
  return digit >= 0 && gtk_widget_activate_action (GTK_WIDGET (self), "win.contrast", "i", digit);
}

/* What was added last is asked first, so this is added when the application's keys are there. */
static void
let_write (RlvWindow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
connect_session (RlvWindow *self)
{
  g_object_bind_property (adw_style_manager_get_default (), "dark", rlv_session_get_display (self->session), "dark",
                          G_BINDING_SYNC_CREATE);
  rlv_pad_column_set_session (self->pad, self->session);
  rlv_class_list_set_session (self->classes, self->session);
  rlv_method_panel_set_session (self->panel, self->session);
  _rlv_window_say_for (self, rlv_method_panel_get_saved (self->panel));
  _rlv_window_say_for (self, rlv_method_panel_get_input (self->panel));
  _rlv_window_say_for (self, rlv_timeline_bar_get_saver (rlv_pad_column_get_timeline (self->pad)));
  g_signal_connect_object (rlv_pad_column_get_sketchpad (self->pad), "notify::eraser",
                           G_CALLBACK (_rlv_window_show_tool), self, G_CONNECT_SWAPPED);
}

/* Two pages are more to the window than a page: maps are dragged from the one, and all maps of the other exported. */
static void
add_pages (RlvWindow *self)
{
  rlv_pages_add (self->pages, self->session, self->settings);
  for (GtkWidget *page = gtk_widget_get_first_child (GTK_WIDGET (self->pages)); page;
       page = gtk_widget_get_next_sibling (page))
    _rlv_window_say_for (self, page);
  self->heat = RLV_HEAT_PAGE (adw_view_stack_get_child_by_name (self->pages, "heatmap"));
  self->compare = RLV_COMPARE_PAGE (adw_view_stack_get_child_by_name (self->pages, "compare"));
  g_signal_connect_object (self->compare, "figure", G_CALLBACK (_rlv_window_export_map), self, G_CONNECT_SWAPPED);
}

/**
 * rlv_window_new:
 * @application: the application
 * @session: what is looked at in it
 * @settings: (nullable): where things are remembered
 *
 * Returns: (transfer none): a window, not yet shown, in which the model used last is being loaded
 */
GtkWidget *
rlv_window_new (GtkApplication *application, RlvSession *session, GSettings *settings)
{
  RlvWindow *self = g_object_new (RLV_TYPE_WINDOW, "application", application, NULL);

  self->session = g_object_ref (session);
  let_write (self);
  connect_session (self);
  _rlv_window_add_draw_actions (self);
  _rlv_window_add_actions (self);
  _rlv_window_add_shortcuts (self);
  if (settings)
    {
      self->settings = g_object_ref (settings);
      remember_size (self);
      rlv_settings_follow (settings, self->session, self->pad);
    }
  add_pages (self);
  _rlv_window_add_drag (self);
  folded_cb (self);
  _rlv_window_follow_recent (self);
  _rlv_window_list_models (self);
  _rlv_window_list_fetched (self);
  _rlv_window_load_last_model (self);
  if (settings)
    _rlv_window_start_autosave (self);
  gtk_widget_grab_focus (GTK_WIDGET (rlv_pad_column_get_sketchpad (self->pad)));
  return GTK_WIDGET (self);
}

/**
 * rlv_window_quit:
 * @self: a window
 *
 * Closes it together with all others, so that it comes back with them.
 */
void
rlv_window_quit (RlvWindow *self)
{
  g_return_if_fail (RLV_IS_WINDOW (self));

  self->comes_back = TRUE;
  gtk_window_destroy (GTK_WINDOW (self));
}

/**
 * rlv_window_count_left:
 *
 * Returns: how many more windows it takes to bring back all that were left
 */
guint
rlv_window_count_left (void)
{
  return rlv_slot_count_left ();
}
