/* SPDX-License-Identifier: GPL-3.0-or-later */
/* application.c: the program: its options, its windows, its style */
#include "config.h"

#include "app/application.h"

#include "app/window/finishing.h"
#include "app/window/pages.h"
#include "app/window/settings.h"
#include "app/window/window.h"

#include <glib/gi18n.h>

/**
 * RlvApplication:
 *
 * One process for all windows. Files given to it are opened in the window used last.
 */
struct _RlvApplication
{
  AdwApplication parent_instance;

  GSettings *settings; /* NULL where no schema is installed */
};

G_DEFINE_FINAL_TYPE (RlvApplication, rlv_application, ADW_TYPE_APPLICATION)

/* Keys that act on the drawing are plain: nothing in the window takes text. */
static const struct
{
  const char *action, *keys[3];
} accels[] = {
  { "win.open", { "<Control>o" } },
  { "win.paste", { "<Control>v" } },
  { "win.copy", { "<Control>c" } },
  { "win.save", { "<Control>s" } },
  { "win.save-as", { "<Control><Shift>s" } },
  { "win.export", { "<Control>e" } },
  { "win.undo", { "<Control>z" } },
  { "win.redo", { "<Control><Shift>z", "<Control>y" } },
  { "win.clear", { "Delete" } },
  { "win.tool('pen')", { "d" } },
  { "win.tool('eraser')", { "e" } },
  { "win.photo-tool('frame')", { "f" } },
  { "win.pen-thinner", { "bracketleft" } },
  { "win.pen-thicker", { "bracketright" } },
  { "win.target(0)", { "0", "KP_0" } },
  { "win.target(1)", { "1", "KP_1" } },
  { "win.target(2)", { "2", "KP_2" } },
  { "win.target(3)", { "3", "KP_3" } },
  { "win.target(4)", { "4", "KP_4" } },
  { "win.target(5)", { "5", "KP_5" } },
  { "win.target(6)", { "6", "KP_6" } },
  { "win.target(7)", { "7", "KP_7" } },
  { "win.target(8)", { "8", "KP_8" } },
  { "win.target(9)", { "9", "KP_9" } },
  { "win.target-top", { "t" } },
  { "win.sample", { "r" } },
  { "win.next-method", { "m" } },
  { "win.next-colormap", { "c" } },
  { "win.panel", { "F9" } },
  { "win.fullscreen", { "F11" } },
  { "win.show-help-overlay", { "F1", "<Control>question" } },
  { "window.close", { "<Control>w" } },
  { "app.new-window", { "<Control>n" } },
  { "app.quit", { "<Control>q" } },
};

static GtkWidget *
make_window (RlvApplication *self)
{
  g_autoptr (RlvSession) session = rlv_session_new ();

  return rlv_window_new (GTK_APPLICATION (self), session, self->settings);
}

static void
new_window (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_window_present (GTK_WINDOW (make_window (data)));
}

static void
about (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWindow *parent = gtk_application_get_active_window (data);
  GtkWidget *window =
      g_object_new (ADW_TYPE_ABOUT_WINDOW, "application-name", _("Relevance"), "application-icon", RELEVANCE_APP_ID,
                    "version", RELEVANCE_VERSION, "developer-name", _("The Relevance developers"), "comments",
                    _("See why a neural network decides as it does, while you draw."), "license-type",
                    GTK_LICENSE_GPL_3_0, "transient-for", parent, "modal", TRUE, NULL);

  adw_about_window_add_legal_section (ADW_ABOUT_WINDOW (window), _("Patents"), NULL, GTK_LICENSE_CUSTOM,
                                      _("Layer-wise relevance propagation is patented (US 12,061,966; EP 3271863; "
                                         "Fraunhofer-Gesellschaft and others). The "
                                         "licence of this program is about copyright; whether a use of the method "
                                         "needs a licence of the patents’ owners "
                                         "is for its user to find out."));
  gtk_window_present (GTK_WINDOW (window));
}

static void
quit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWindow *window;

  /* Closed one by one, so that each remembers its size. */
  while ((window = gtk_application_get_active_window (data)))
    if (RLV_IS_WINDOW (window))
      rlv_window_quit (RLV_WINDOW (window));
    else
      gtk_window_destroy (window);
}

static const GActionEntry entries[] = {
  { "new-window", new_window },
  { "about", about },
  { "quit", quit },
};

static void
follow_color_scheme (RlvApplication *self)
{
  static const struct
  {
    const char *name;
    AdwColorScheme scheme;
  } schemes[] = {
    { "system", ADW_COLOR_SCHEME_DEFAULT },
    { "light", ADW_COLOR_SCHEME_FORCE_LIGHT },
    { "dark", ADW_COLOR_SCHEME_FORCE_DARK },
  };
  g_autofree char *chosen = g_settings_get_string (self->settings, "color-scheme");

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_str_equal (chosen, schemes[i].name))
      adw_style_manager_set_color_scheme (adw_style_manager_get_default (), schemes[i].scheme);
}

static void
add_settings (RlvApplication *self)
{
  g_autoptr (GAction) action = NULL;

  self->settings = rlv_settings_new ();
  if (!self->settings)
    {
      g_message (_("The settings’ schema is not installed: nothing will be remembered."));
      return;
    }
  action = g_settings_create_action (self->settings, "color-scheme");
  g_action_map_add_action (G_ACTION_MAP (self), action);
  g_signal_connect_object (self->settings, "changed::color-scheme", G_CALLBACK (follow_color_scheme), self,
                           G_CONNECT_SWAPPED);
  follow_color_scheme (self);
}

static void
rlv_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (rlv_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (RELEVANCE_APP_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries), application);
  add_settings (RLV_APPLICATION (application));
  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), accels[i].action, accels[i].keys);
  rlv_pages_add_keys (GTK_APPLICATION (application));
  rlv_finishing_follow (GTK_APPLICATION (application));
}

/* All windows that were there when the program ended, in whatever way. */
static void
restore_others (RlvApplication *self)
{
  for (guint n = self->settings ? rlv_window_count_left () : 0; n > 0; n--)
    gtk_window_present (GTK_WINDOW (make_window (self)));
}

static RlvWindow *
get_window (RlvApplication *self)
{
  RlvWindow *window;

  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l; l = l->next)
    if (RLV_IS_WINDOW (l->data))
      return l->data;
  window = RLV_WINDOW (make_window (self));
  restore_others (self);
  return window;
}

static void
rlv_application_activate (GApplication *application)
{
  gtk_window_present (GTK_WINDOW (get_window (RLV_APPLICATION (application))));
}

static void
rlv_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  RlvWindow *window = get_window (RLV_APPLICATION (application));

  for (int i = 0; i < n_files; i++)
    rlv_window_open (window, files[i]);
  gtk_window_present (GTK_WINDOW (window));
}

static int
rlv_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  if (!g_variant_dict_contains (options, "version"))
    return -1;
  g_print ("relevance %s\n", RELEVANCE_VERSION);
  return 0;
}

static void
rlv_application_dispose (GObject *object)
{
  g_clear_object (&RLV_APPLICATION (object)->settings);
  G_OBJECT_CLASS (rlv_application_parent_class)->dispose (object);
}

static void
rlv_application_class_init (RlvApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rlv_application_dispose;
  application_class->startup = rlv_application_startup;
  application_class->activate = rlv_application_activate;
  application_class->open = rlv_application_open;
  application_class->handle_local_options = rlv_application_handle_local_options;
}

static void
rlv_application_init (RlvApplication *self)
{
  static const GOptionEntry options[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version and exit"), NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _("[MODEL, PICTURE OR SESSION…]"));
  g_application_set_option_context_summary (
      G_APPLICATION (self), _("Draw a digit and see, at every stroke, why a neural network takes it for one."));
}

/**
 * rlv_application_new:
 * @flags: more than that it opens files; tests want G_APPLICATION_NON_UNIQUE
 *
 * Returns: (transfer full): the program
 */
RlvApplication *
rlv_application_new (GApplicationFlags flags)
{
  return g_object_new (RLV_TYPE_APPLICATION, "application-id", RELEVANCE_APP_ID, "flags",
                       G_APPLICATION_HANDLES_OPEN | flags, NULL);
}
