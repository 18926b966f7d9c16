/* SPDX-License-Identifier: GPL-3.0-or-later */
/* open.c: files come into the window */
#include "config.h"

#include "app/window/window-private.h"

#include "files/load.h"

#include <glib/gi18n.h>

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

  g_return_if_fail (self);

  if (!path)
    _rlv_window_show_failure (self, uri, _("Only files on this computer can be opened; copy it here first."));
  else if (g_str_has_suffix (path, RLV_SESSION_FILE_SUFFIX))
    _rlv_window_open_session (self, path);
  else if (looks_like_model (path))
    {
      self->model_asked = self->restoring;
      _rlv_window_load_model (self, path);
    }
  else
    _rlv_window_load_picture (self, path);
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
