/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session.c: what the window shows is saved, and comes back */
#include "config.h"

#include "app/window/window-private.h"

#include "app/kit/job.h"
#include "app/kit/text.h"
#include "app/session/file-state.h"
#include "app/session/layer-rule.h"
#include "app/window/pages.h"

#include <glib/gi18n.h>
#include <string.h>

/* Everything but what the session itself knows. */
static RlvSessionFile *
take (gpointer data)
{
  RlvWindow *self = data;
  g_autofree char *model = _rlv_window_get_model (self);
  RlvSessionFile *file = rlv_session_state_take (self->session, *model ? model : NULL);

  file->page = g_strdup (adw_view_stack_get_visible_child_name (self->pages));
  rlv_compare_page_collect_items (self->compare, file->items);
  return file;
}

/* --- saving ------------------------------------------------------------------------------------------------------- */

typedef struct
{
  RlvSessionFile *file;
  char *path;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  rlv_session_file_free (saving->file);
  g_free (saving->path);
  g_free (saving);
}

static gpointer
write_session (RlvJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const Saving *saving = data;

  return rlv_session_file_write (saving->file, saving->path, error) ? data : NULL;
}

static const RlvJobKind writing = {
  .work = write_session, .free_data = saving_free, .title = N_("Saving “%s”"), .writes = TRUE
};

static void
set_session_path (RlvWindow *self, const char *path)
{
  g_autofree char *name = path ? g_path_get_basename (path) : NULL;
  g_autofree char *title = name ? g_strdup_printf (_("%s – Relevance"), name) : g_strdup (_("Relevance"));
  char *copy = g_strdup (path);

  g_free (self->session_path);
  self->session_path = copy;
  gtk_window_set_title (GTK_WINDOW (self), title);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RlvWindow) self = data;
  const Saving *saving = rlv_job_get_data (result);
  g_autofree char *name = g_path_get_basename (saving->path), *text = NULL;
  g_autoptr (GError) error = NULL;

  /* Closed meanwhile. */
  if (!self->closing)
    return;
  if (rlv_job_finish (result, &error))
    {
      set_session_path (self, saving->path);
      _rlv_window_remember (saving->path);
      text = g_strdup_printf (_("Saved “%s”"), name);
      _rlv_window_toast (self, text, NULL, NULL);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      text = g_strdup_printf (_("“%s” could not be saved: %s"), name, error->message);
      _rlv_window_complain (self, text);
    }
}

/**
 * rlv_window_save_session:
 * @self: a window
 * @path: where to; without the suffix of sessions it gets it
 *
 * Saves what the window shows, in a thread. It is saved even if the window is closed at once.
 */
void
rlv_window_save_session (RlvWindow *self, const char *path)
{
  Saving *saving;

  g_return_if_fail (self);

  saving = g_new0 (Saving, 1);
  saving->file = take (self);
  saving->path = g_str_has_suffix (path, RLV_SESSION_FILE_SUFFIX) ? g_strdup (path)
                                                                  : g_strconcat (path, RLV_SESSION_FILE_SUFFIX, NULL);
  rlv_job_run (&writing, saving, saving->path, NULL, written_cb, g_object_ref (self));
}

static void
chosen_cb (RlvWindow *self, int response)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser_session));
  g_clear_object (&self->chooser_session);
  path = file ? g_file_get_path (file) : NULL;
  if (path)
    rlv_window_save_session (self, path);
}

/**
 * _rlv_window_save_as:
 * @self: a window
 *
 * Lets people choose where to save the session.
 */
void
_rlv_window_save_as (RlvWindow *self)
{
  GtkFileChooser *chooser;
  g_autoptr (GFile) file = self->session_path ? g_file_new_for_path (self->session_path) : NULL;

  g_clear_object (&self->chooser_session);
  self->chooser_session = gtk_file_chooser_native_new (_("Save the Session"), GTK_WINDOW (self),
                                                       GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  chooser = GTK_FILE_CHOOSER (self->chooser_session);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser_session), TRUE);
  if (file)
    gtk_file_chooser_set_file (chooser, file, NULL);
  else
    gtk_file_chooser_set_current_name (chooser, _("drawing.relevance"));
  g_signal_connect_object (self->chooser_session, "response", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser_session));
}

/**
 * _rlv_window_save:
 * @self: a window
 *
 * Saves the session where it is from, or was saved last.
 */
void
_rlv_window_save (RlvWindow *self)
{
  if (self->session_path)
    rlv_window_save_session (self, self->session_path);
  else
    _rlv_window_save_as (self);
}

/* --- opening ------------------------------------------------------------------------------------------------------ */

static void
show_problems (RlvWindow *self, const RlvSessionFile *file)
{
  g_autofree char *text = NULL;

  if (!file->problems->len)
    return;
  g_ptr_array_add (file->problems, NULL);
  text = g_strjoinv ("\n", (char **) file->problems->pdata);
  _rlv_window_complain (self, text);
}

/* Its rules for layers are for its own network, which could not be loaded, or another one was asked for. */
static void
drop_rules (RlvWindow *self, RlvSessionFile *file)
{
  g_autofree char *model = _rlv_window_get_model (self);
  guint n = file->model && strcmp (model, file->model) ? rlv_layer_rule_drop_named (file->own->request->composite) : 0;

  if (n > 0)
    g_ptr_array_add (file->problems, rlv_layer_rule_say_dropped (n));
}

/* Shows what the session shows, and says what of it is missing. The window's network is the session's, if that could
 * be loaded. */
static void
apply (RlvWindow *self, RlvSessionFile *file)
{
  drop_rules (self, file);
  rlv_session_state_apply (file, self->session);
  rlv_pages_show (self->pages, file->page);
  rlv_compare_page_restore_items (self->compare, file->items, file->problems);
  show_problems (self, file);
}

typedef struct
{
  char *path;
  gboolean restoring; /* what a crash left */
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_free (opening->path);
  g_free (opening);
}

static gpointer
read_session (RlvJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  return rlv_session_file_read (((Opening *) data)->path, error);
}

static const RlvJobKind reading = { .work = read_session,
                                    .free_data = opening_free,
                                    .free_result = (GDestroyNotify) rlv_session_file_free };

/* Only where it would be another one: what is loaded need not be loaded again. One that was asked for by name goes
 * before that of a drawing which comes back by itself. */
static void
load_and_apply (RlvWindow *self, RlvSessionFile *file, gboolean restoring)
{
  g_autofree char *model = _rlv_window_get_model (self);

  if (file->model && !(restoring && self->model_asked)
      && (!rlv_session_get_network (self->session) || strcmp (model, file->model) != 0))
    _rlv_window_load_model_of (self, file, apply);
  else
    {
      apply (self, file);
      rlv_session_file_free (file);
      _rlv_window_open_waiting_picture (self);
    }
}

/* What was left is never lost: where it is, and what can be done with it. */
static void
tell_kept (RlvWindow *self, const char *path, const char *message)
{
  g_autofree char *name = g_path_get_basename (path), *folder = g_path_get_dirname (path);
  g_autofree char *reason = rlv_text_sentence (message);
  g_autofree char *text =
      g_strdup_printf (_("Your last drawing cannot be restored. %s It is kept as “%s” in %s and can be opened there."),
                       reason, name, folder);

  _rlv_window_complain (self, text);
}

static void
refuse (RlvWindow *self, const GError *error)
{
  g_autofree char *path = rlv_autosave_refuse (self->autosave, error);

  tell_kept (self, path, error->message);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RlvWindow) self = data;
  const Opening *opening = rlv_job_get_data (result);
  g_autoptr (GError) error = NULL;
  RlvSessionFile *file = rlv_job_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (opening->restoring)
    self->restoring = FALSE;
  if (file && opening->restoring)
    rlv_autosave_take_over (self->autosave);
  else if (opening->restoring)
    refuse (self, error);
  else if (!file)
    _rlv_window_show_failure (self, opening->path, error->message);
  if (!file)
    {
      _rlv_window_open_waiting_picture (self);
      return;
    }
  /* A picture that waits takes the drawing's place. */
  if (opening->restoring && !self->picture)
    _rlv_window_toast (self, _("Restored your last drawing"), _("_Discard"), "win.undo");
  if (!opening->restoring)
    {
      set_session_path (self, opening->path);
      _rlv_window_remember (opening->path);
    }
  load_and_apply (self, file, opening->restoring);
}

static void
start_reading (RlvWindow *self, const char *path, gboolean restoring)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->path = g_strdup (path);
  opening->restoring = restoring;
  rlv_job_run (&reading, opening, NULL, self->closing, read_cb, g_object_ref (self));
}

/**
 * _rlv_window_open_session:
 * @self: a window
 * @path: a session's file
 *
 * Opens a session. Where the file cannot be read all stays as it is, and a sentence says why.
 */
void
_rlv_window_open_session (RlvWindow *self, const char *path)
{
  start_reading (self, path, FALSE);
}

static void
failed (gpointer data, const char *message)
{
  g_autofree char *text = g_strdup_printf (
      _("What you draw cannot be kept for the next start (%s): save it elsewhere, or make room."), message);

  _rlv_window_complain (data, text);
}

static const RlvAutosaveOwner owner = { take, failed };

/**
 * _rlv_window_finish_autosave:
 * @self: a window that goes, and is still whole
 *
 * What it shows comes back at the next start, if it is the last window or all are closed at once.
 */
void
_rlv_window_finish_autosave (RlvWindow *self)
{
  GApplication *application = g_application_get_default ();
  GList *windows = application ? gtk_application_get_windows (GTK_APPLICATION (application)) : NULL;
  gboolean last = TRUE;

  for (GList *l = windows; l; l = l->next)
    last = last && (l->data == self || G_OBJECT_TYPE (l->data) != G_OBJECT_TYPE (self));
  if (self->autosave)
    rlv_autosave_finish (self->autosave, last || self->comes_back);
  g_clear_object (&self->autosave);
}

/**
 * _rlv_window_start_autosave:
 * @self: a window that remembers things
 *
 * Saves what is drawn from now on, and brings back what a window had before.
 */
void
_rlv_window_start_autosave (RlvWindow *self)
{
  g_autofree char *kept = NULL;
  const char *left;

  self->autosave = rlv_autosave_new (self->session, &owner, self);
  if (!self->autosave)
    return;
  kept = rlv_autosave_steal_kept (self->autosave);
  if (kept)
    tell_kept (self, kept, _("The program ended when it was to be shown."));
  left = rlv_autosave_try (self->autosave);
  if (left)
    {
      self->restoring = TRUE;
      start_reading (self, left, TRUE);
    }
}
