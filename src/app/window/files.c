/* SPDX-License-Identifier: GPL-3.0-or-later */
/* files.c: models, pictures and samples come into the window */
#include "config.h"

#include "app/window/window-private.h"

#include "app/work/digit.h"
#include "app/work/input.h"
#include "app/work/loading.h"
#include "app/kit/text.h"
#include "files/load.h"
#include "files/io/paths.h"

#include <glib/gi18n.h>

/* A network or picture that is being loaded. */
typedef struct
{
  RlvWindow *window;
  char *path_or_name;
  gboolean remembered;     /* not asked for just now, but taken from the settings */
  RlvSessionFile *session; /* nullable: that it is the network of */
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

/**
 * _rlv_window_show_failure:
 * @self: a window
 * @path: a file
 * @message: why it could not be used
 *
 * Says what could not be opened, and why; long enough to be read, and until then nothing has changed.
 */
void
_rlv_window_show_failure (RlvWindow *self, const char *path, const char *message)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *sentence = rlv_text_sentence (message);
  g_autofree char *text = g_strdup_printf (_("“%s” cannot be opened. %s"), name, sentence);

  _rlv_window_complain (self, text);
}

/* The model's own names for people: in the menu's button, and whole in its tooltip, for there may be no room. */
static void
show_network (RlvWindow *self, const LrpNetwork *network)
{
  const char *name = network->title ? network->title : network->name;
  g_autofree char *tooltip = g_strdup_printf (
      "%s\n%s", name, network->description ? network->description : _("The network that is explained"));

  gtk_label_set_label (self->model_label, name);
  gtk_widget_set_tooltip_text (self->model_button, tooltip);
}

/**
 * _rlv_window_add_model:
 * @menu: a menu
 * @label: what the model is called
 * @path_or_name: a file, or the model's name
 *
 * Adds a model to a menu. In a label of a menu, an underscore marks a key unless there are two.
 */
void
_rlv_window_add_model (GMenu *menu, const char *label, const char *path_or_name)
{
  g_auto (GStrv) parts = g_strsplit (label, "_", -1);
  g_autofree char *escaped = g_strjoinv ("__", parts);
  g_autoptr (GMenuItem) item = g_menu_item_new (escaped, NULL);

  g_menu_item_set_action_and_target (item, "win.model", "s", path_or_name);
  g_menu_append_item (menu, item);
}

/**
 * _rlv_window_add_models:
 * @menu: a menu
 * @result: what the callback of rlv_load_models_async() or rlv_load_fetched_async() got
 *
 * Makes a menu of the models that were found, by their titles. Where they could not be, it stays as it is.
 */
void
_rlv_window_add_models (GMenu *menu, GAsyncResult *result)
{
  g_auto (GStrv) titles = NULL;
  g_auto (GStrv) names = rlv_load_models_finish (result, &titles, NULL);

  if (!names)
    return;
  g_menu_remove_all (menu);
  for (guint i = 0; names[i]; i++)
    _rlv_window_add_model (menu, titles[i], names[i]);
}

/* A model from a file is offered beside the bundled ones until another file is opened. */
static void
offer_opened (RlvWindow *self, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);

  if (!g_path_is_absolute (path))
    return;
  g_menu_remove_all (self->opened);
  _rlv_window_add_model (self->opened, name, path);
}

/* Puts a picture on the sketchpad. */
static void
take_picture (RlvWindow *self, const RlvPicture *picture)
{
  rlv_document_set_picture (rlv_session_get_document (self->session), picture->pixels, picture->width, picture->height,
                            picture->label);
}

static void
tell (RlvWindow *self, const LrpPictureNotes *notes)
{
  if (notes->inverted && notes->stretched)
    _rlv_window_toast (self, _("Dark ink on light paper: inverted, and the paper made plain, for this network"), NULL,
                       NULL);
  else if (notes->inverted)
    _rlv_window_toast (self, _("Dark ink on light paper: inverted for this network"), NULL, NULL);
  else if (notes->stretched)
    _rlv_window_toast (self, _("The paper was made plain and the ink strong for this network"), NULL, NULL);
  else if (notes->transparent)
    _rlv_window_toast (self, _("Transparent parts are shown on white"), NULL, NULL);
}

/* Handwriting becomes ink that one can go on drawing; any other picture stays what it is. */
void
_rlv_window_take_photo (RlvWindow *self, RlvPhoto *photo)
{
  LrpNetwork *network = rlv_session_get_network (self->session);
  LrpPictureNotes notes = { .transparent = photo->transparent };
  g_autoptr (GError) error = NULL;
  g_autofree float *ink = NULL;
  LrpRegion region;
  RlvField field;

  if (!network || !rlv_input_get_field (network, &field, &error)
      || !lrp_picture_find_region (photo->pixels, network, LRP_FIT_FILL, &region, &error)
      || (field.channels == 1 && !(ink = rlv_digit_from_photo (photo, network, &notes, &error))))
    {
      _rlv_window_complain (self, error ? error->message : _("There is no network that could look at a picture"));
      return;
    }
  _rlv_window_stop_complaining (self);
  tell (self, &notes);
  if (ink)
    rlv_document_set_picture (rlv_session_get_document (self->session), ink, field.width, field.height, NULL);
  else
    rlv_document_set_photo (rlv_session_get_document (self->session), photo);
}

static void
picture_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Load) load = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RlvPhoto) photo = rlv_load_photo_finish (result, &error);

  if (photo)
    {
      _rlv_window_take_photo (load->window, photo);
      _rlv_window_remember (load->path_or_name);
    }
  else if (!is_cancelled (error))
    _rlv_window_show_failure (load->window, load->path_or_name, error->message);
}

static void
load_picture (RlvWindow *self, const char *path)
{
  Load *load;

  if (!rlv_session_get_network (self->session) || self->restoring)
    {
      g_free (self->picture);
      self->picture = g_strdup (path);
      return;
    }
  load = g_new0 (Load, 1);
  load->window = g_object_ref (self);
  load->path_or_name = g_strdup (path);
  rlv_load_photo_async (path, self->closing, picture_loaded_cb, load);
}

/**
 * _rlv_window_open_waiting_picture:
 * @self: a window
 *
 * Opens the picture that was given at the start, if there is one, as soon as a network can look at it and the drawing
 * is back whose place it takes.
 */
void
_rlv_window_open_waiting_picture (RlvWindow *self)
{
  g_autofree char *path = NULL;

  if (!rlv_session_get_network (self->session) || self->restoring)
    return;
  path = g_steal_pointer (&self->picture);
  if (path)
    load_picture (self, path);
}

/* What people change about a model's input is kept beside it; a bundled model's folder is not theirs. */
static void
keep_changes (RlvWindow *self, const char *path_or_name)
{
  g_autofree char *path = lrp_find_model (path_or_name);

  rlv_input_group_set_model (rlv_method_panel_get_input (self->panel), path, g_path_is_absolute (path_or_name));
}

static void start_loading (RlvWindow *self, const char *path_or_name, gboolean remembered, RlvSessionFile *session);

/* The rest of the session is shown to the network that is there. */
static void
miss_network (const Load *load, const GError *error)
{
  g_ptr_array_add (
      load->session->problems,
      g_strdup_printf (_("Its network “%s” cannot be opened (%s): put it back, or open it by hand. What is "
                          "drawn is shown to another one."),
                       load->path_or_name, error->message));
  _rlv_window_apply_session (load->window, load->session);
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
    start_loading (self, last, TRUE, NULL);
}

/* 284 says little to people. That so many classes are ImageNet's is likely, but only they can know. */
static void
offer_labels (RlvWindow *self, const LrpNetwork *network)
{
  if (rlv_input_lacks_imagenet (network))
    _rlv_window_toast (self, _("Its classes have no names"), _("Use _ImageNet’s"), "win.imagenet-labels");
}

static void
network_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Load) load = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpNetwork) network = rlv_load_network_finish (result, &error);
  RlvWindow *self = load->window;

  if (is_cancelled (error))
    return;
  if (!network)
    {
      network_failed (load, error);
      return;
    }
  /* One that takes the place of what could not be opened does not make up for that. */
  if (!load->remembered)
    _rlv_window_stop_complaining (self);
  rlv_session_set_network (self->session, network);
  show_network (self, network);
  offer_opened (self, load->path_or_name);
  _rlv_window_remember (load->path_or_name);
  keep_changes (self, load->path_or_name);
  _rlv_window_show_model (self, load->path_or_name);
  if (self->settings)
    g_settings_set_string (self->settings, "model", load->path_or_name);
  if (load->session)
    _rlv_window_apply_session (self, load->session);
  offer_labels (self, network);
  _rlv_window_open_waiting_picture (self);
}

/* Takes the session. */
static void
start_loading (RlvWindow *self, const char *path_or_name, gboolean remembered, RlvSessionFile *session)
{
  Load *load = g_new0 (Load, 1);

  load->window = g_object_ref (self);
  load->path_or_name = g_strdup (path_or_name);
  load->remembered = remembered;
  load->session = session;
  if (self->loading)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  rlv_load_network_async (path_or_name, self->loading, network_loaded_cb, load);
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
  start_loading (self, path_or_name, FALSE, NULL);
}

/**
 * _rlv_window_load_model_of:
 * @self: a window
 * @file: (transfer full): a session that names its network
 *
 * Loads the session's network, and shows the session when that is there, or cannot be.
 */
void
_rlv_window_load_model_of (RlvWindow *self, RlvSessionFile *file)
{
  start_loading (self, file->model, FALSE, file);
}

static void
models_listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RlvWindow) self = data;

  _rlv_window_add_models (self->models, result);
}

/**
 * _rlv_window_list_models:
 * @self: a window
 *
 * Fills the menu of models, and loads the one that was explained last time.
 */
void
_rlv_window_list_models (RlvWindow *self)
{
  g_autofree char *model = dup_last_model (self);

  rlv_load_models_async (self->closing, models_listed_cb, g_object_ref (self));
  _rlv_window_list_fetched (self);
  start_loading (self, model, TRUE, NULL);
}

static void
sample_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RlvWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RlvPicture) picture = rlv_load_picture_finish (result, &error);

  if (picture)
    take_picture (self, picture);
  else if (!is_cancelled (error))
    _rlv_window_toast (self, error->message, NULL, NULL);
}

/**
 * _rlv_window_load_sample:
 * @self: a window
 *
 * Puts one of the handwritten digits that come with the program on the sketchpad, at random.
 */
void
_rlv_window_load_sample (RlvWindow *self)
{
  rlv_load_sample_async (self->closing, sample_loaded_cb, g_object_ref (self));
}

static gboolean
looks_like_model (const char *path)
{
  g_autofree char *name = g_ascii_strdown (path, -1);
  const char *const *patterns = lrp_load_patterns ();

  for (guint i = 0; patterns[i]; i++)
    if (g_pattern_match_simple (patterns[i], name))
      return TRUE;
  return FALSE;
}

/**
 * rlv_window_open:
 * @self: a window
 * @file: a model, a picture or a session
 *
 * Opens a file: a model becomes the network that is explained, a picture becomes the drawing, and of a session all
 * comes back. What cannot be opened is explained in a toast, and leaves everything as it was.
 */
void
rlv_window_open (RlvWindow *self, GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *uri = g_file_get_uri (file);

  g_return_if_fail (RLV_IS_WINDOW (self));

  if (!path)
    _rlv_window_show_failure (self, uri, _("Only files on this computer can be opened; copy it here first."));
  else if (g_str_has_suffix (path, RLV_SESSION_FILE_SUFFIX))
    _rlv_window_open_session (self, path);
  else if (looks_like_model (path))
    _rlv_window_load_model (self, path);
  else
    load_picture (self, path);
}

static void
chosen_cb (RlvWindow *self, int response)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  g_clear_object (&self->chooser);
  if (file)
    rlv_window_open (self, file);
}

static void
add_filter (GtkFileChooser *chooser, const char *name, gboolean models, gboolean pictures, gboolean sessions)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  const char *const *patterns = lrp_load_patterns ();

  gtk_file_filter_set_name (filter, name);
  for (guint i = 0; models && patterns[i]; i++)
    gtk_file_filter_add_pattern (filter, patterns[i]);
  if (pictures)
    gtk_file_filter_add_pixbuf_formats (filter);
  if (sessions)
    gtk_file_filter_add_pattern (filter, "*" RLV_SESSION_FILE_SUFFIX);
  gtk_file_chooser_add_filter (chooser, filter);
}

/**
 * _rlv_window_choose_file:
 * @self: a window
 *
 * Lets people choose a model, a picture or a session to open.
 */
void
_rlv_window_choose_file (RlvWindow *self)
{
  if (!self->chooser)
    {
      self->chooser = gtk_file_chooser_native_new (_("Open a Model, a Picture or a Session"), GTK_WINDOW (self),
                                                   GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), _("_Cancel"));
      gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
      add_filter (GTK_FILE_CHOOSER (self->chooser), _("All of These"), TRUE, TRUE, TRUE);
      add_filter (GTK_FILE_CHOOSER (self->chooser), _("Models"), TRUE, FALSE, FALSE);
      add_filter (GTK_FILE_CHOOSER (self->chooser), _("Pictures"), FALSE, TRUE, FALSE);
      add_filter (GTK_FILE_CHOOSER (self->chooser), _("Sessions"), FALSE, FALSE, TRUE);
      g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
    }
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}
