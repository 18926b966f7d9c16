/* SPDX-License-Identifier: GPL-3.0-or-later */
/* load.c: a network comes into the window */
#include "config.h"

#include "app/window/window-private.h"

#include "app/session/layer-rule.h"
#include "app/work/input.h"
#include "app/work/loading.h"
#include "files/io/paths.h"

#include <glib/gi18n.h>

/* A network that is being loaded. */
typedef struct
{
  RlvWindow *window;
  char *path_or_name;
  gint64 since;            /* when it was asked for */
  gboolean remembered;     /* not asked for just now, but taken from the settings */
  RlvSessionFile *session; /* nullable: that it is the network of */
  RlvWindowThen then;      /* what to do with the session when the network is there, or cannot be */
} Load;

static void
load_free (Load *load)
{
  g_object_unref (load->window);
  g_free (load->path_or_name);
  rlv_session_file_free (load->session);
  g_free (load);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Load, load_free)

static gboolean
is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void network_loaded_cb (GObject *source, GAsyncResult *result, gpointer data);

/* Takes what is to be loaded; the network asked for before is wanted no more. */
static void
start (Load *load)
{
  RlvWindow *self = load->window;

  if (self->loading)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  rlv_load_network_async (load->path_or_name, self->loading, network_loaded_cb, load);
}

static Load *
load_new (RlvWindow *self, const char *path_or_name)
{
  Load *load = g_new0 (Load, 1);

  load->window = g_object_ref (self);
  load->path_or_name = g_strdup (path_or_name);
  load->since = g_get_monotonic_time ();
  return load;
}

static void
load_remembered (RlvWindow *self, const char *path_or_name)
{
  Load *load = load_new (self, path_or_name);

  load->remembered = TRUE;
  start (load);
}

/* What people change about a model's input is kept beside it; a bundled model's folder is not theirs. */
static void
keep_changes (RlvWindow *self, const char *path_or_name)
{
  g_autofree char *path = lrp_find_model (path_or_name);

  rlv_input_group_set_model (rlv_method_panel_get_input (self->panel), path, g_path_is_absolute (path_or_name));
}

/* The rest of the session is shown to the network that is there. */
static void
miss_network (const Load *load, const GError *error)
{
  g_ptr_array_add (
      load->session->problems,
      g_strdup_printf (_("Its network “%s” cannot be opened (%s): put it back, or open it by hand. What is "
                          "drawn is shown to another one."),
                       load->path_or_name, error->message));
  load->then (load->window, load->session);
}

static char *
dup_last_model (RlvWindow *self)
{
  return self->settings ? g_settings_get_string (self->settings, "model") : g_strdup (LRP_DEFAULT_MODEL);
}

static void
network_failed (const Load *load, const GError *error)
{
  RlvWindow *self = load->window;
  gboolean is_default = g_str_equal (load->path_or_name, LRP_DEFAULT_MODEL);
  g_autofree char *last = load->remembered ? g_strdup (LRP_DEFAULT_MODEL) : dup_last_model (self);

  if (load->session)
    miss_network (load, error);
  else if (!load->remembered)
    _rlv_window_show_failure (self, load->path_or_name, error->message);
  _rlv_window_open_waiting_picture (self);
  if (rlv_session_get_network (self->session))
    return;
  /* At the start there must be something to go on with: as if nothing had been asked for. */
  if (is_default)
    rlv_asker_set_problem (rlv_session_get_asker (self->session), error->message);
  else
    load_remembered (self, last);
}

/* Rules that are remembered are for the layers of the model that is remembered. */
static guint
forget_rules (const Load *load)
{
  g_autofree char *last = dup_last_model (load->window);

  if (rlv_session_get_network (load->window->session) || g_str_equal (load->path_or_name, last))
    return 0;
  return rlv_session_forget_named_rules (load->window->session);
}

/* What was chosen and does not count any more is told, in the same breath as what the network lacks. 284 says little to
 * people; that so many classes are ImageNet's is likely, but only they can know. */
static void
tell (RlvWindow *self, const LrpNetwork *network, guint n_dropped)
{
  gboolean nameless = rlv_input_lacks_imagenet (network);
  g_autofree char *dropped = n_dropped > 0 ? rlv_layer_rule_say_dropped (n_dropped) : NULL;
  g_autofree char *text = g_strconcat (dropped ? dropped : "", dropped && nameless ? ". " : "",
                                       nameless ? _("Its classes have no names") : "", NULL);

  if (nameless)
    _rlv_window_toast (self, text, _("Use _ImageNet’s"), "win.imagenet-labels");
  else if (dropped)
    _rlv_window_toast (self, text, NULL, NULL);
}

static void
network_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Load) load = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpNetwork) network = rlv_load_network_finish (result, &error);
  RlvWindow *self = load->window;
  guint n_dropped;

  if (is_cancelled (error))
    return;
  if (!network)
    {
      network_failed (load, error);
      return;
    }
  /* One that takes the place of what could not be opened does not make up for that. */
  if (!load->remembered)
    _rlv_window_stop_complaining (self, load->since);
  n_dropped = forget_rules (load);
  n_dropped += rlv_session_set_network (self->session, network);
  _rlv_window_show_model (self, network, load->path_or_name);
  _rlv_window_remember (load->path_or_name);
  keep_changes (self, load->path_or_name);
  if (self->settings)
    g_settings_set_string (self->settings, "model", load->path_or_name);
  if (load->session)
    load->then (self, load->session);
  tell (self, network, n_dropped);
  _rlv_window_open_waiting_picture (self);
}

/**
 * _rlv_window_load_model:
 * @self: a window
 * @path_or_name: a file, or a bundled model's name
 *
 * Loads a model; when it is there, it is explained instead of the one before.
 */
void
_rlv_window_load_model (RlvWindow *self, const char *path_or_name)
{
  start (load_new (self, path_or_name));
}

/**
 * _rlv_window_load_model_of:
 * @self: a window
 * @file: (transfer full): a session that names its network
 * @then: what shows the session
 *
 * Loads the session's network, and shows the session when that is there, or cannot be.
 */
void
_rlv_window_load_model_of (RlvWindow *self, RlvSessionFile *file, RlvWindowThen then)
{
  Load *load = load_new (self, file->model);

  load->session = file;
  load->then = then;
  start (load);
}

/**
 * _rlv_window_load_last_model:
 * @self: a window
 *
 * Loads the model that was explained last time.
 */
void
_rlv_window_load_last_model (RlvWindow *self)
{
  g_autofree char *last = dup_last_model (self);

  load_remembered (self, last);
}
