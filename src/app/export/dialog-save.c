/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dialog-save.c: the file that was chosen is written, and the dialog closes or says what is wrong */
#include "config.h"

#include "app/export/dialog-private.h"

#include <glib/gi18n.h>

static void
remember_folder (RlvExportDialog *self)
{
  g_autofree char *folder = g_path_get_dirname (self->path);

  if (self->settings)
    g_settings_set_string (self->settings, "export-folder", folder);
}

static void
set_busy (RlvExportDialog *self, gboolean busy)
{
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), busy);
  gtk_widget_set_sensitive (self->save_button, !busy);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RlvExportDialog) self = _rlv_export_dialog_strengthen (data);
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL, *message = NULL;
  RlvExportOptions options;

  if (!self)
    return;
  if (rlv_export_map_write_finish (result, &error))
    {
      rlv_export_dialog_get_options (self, &options);
      rlv_export_options_remember (&options, self->settings, _rlv_export_dialog_is_gallery (self));
      remember_folder (self);
      g_signal_emit_by_name (self, "saved", self->path);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  set_busy (self, FALSE);
  /* Another window writes the same file. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  name = g_path_get_basename (self->path);
  message = g_strdup_printf (_("“%s” could not be saved: %s"), name, error->message);
  _rlv_export_dialog_set_problem (self, message);
}

/* The file gets the suffix of what is chosen; one that has another format's is meant so. */
static char *
complete_path (RlvExportDialog *self, const char *path, RlvExportOptions *options)
{
  RlvExportFormat format = _rlv_export_dialog_find_format (self, path);

  if (format == RLV_EXPORT_N_FORMATS)
    return g_strconcat (path, rlv_export_format_suffix (options->format), NULL);
  options->format = format;
  rlv_export_options_check (options);
  rlv_export_dialog_set_options (self, options);
  return g_strdup (path);
}

/**
 * rlv_export_dialog_save:
 * @self: a dialog
 * @path: the file
 *
 * Writes the file in a thread; when it is there, "saved" is emitted and the dialog closes.
 */
void
rlv_export_dialog_save (RlvExportDialog *self, const char *path)
{
  RlvExportOptions options;

  g_return_if_fail (self);

  rlv_export_dialog_get_options (self, &options);
  g_free (self->path);
  self->path = complete_path (self, path, &options);
  _rlv_export_dialog_set_problem (self, NULL);
  set_busy (self, TRUE);
  rlv_export_map_write_async (self->map, &options, self->path, written_cb, _rlv_export_dialog_weaken (self));
}

static void
chosen_cb (RlvExportDialog *self, int response)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  g_clear_object (&self->chooser);
  if (!file)
    return;
  path = g_file_get_path (file);
  if (path)
    rlv_export_dialog_save (self, path);
  else
    _rlv_export_dialog_set_problem (self, _("Files can be saved on this computer only; choose another folder."));
}

/* The folder used last, or else that for pictures. */
static char *
dup_folder (RlvExportDialog *self)
{
  g_autofree char *folder = self->settings ? g_settings_get_string (self->settings, "export-folder") : g_strdup ("");

  return g_file_test (folder, G_FILE_TEST_IS_DIR) ? g_steal_pointer (&folder)
                                                  : g_strdup (g_get_user_special_dir (G_USER_DIRECTORY_PICTURES));
}

void
_rlv_export_dialog_choose_file (RlvExportDialog *self)
{
  g_autofree char *folder = dup_folder (self);
  g_autofree char *name = NULL;
  RlvExportOptions options;

  rlv_export_dialog_get_options (self, &options);
  name = rlv_export_map_dup_name (self->map, options.format);
  g_clear_object (&self->chooser);
  self->chooser =
      gtk_file_chooser_native_new (_rlv_export_dialog_is_gallery (self) ? _("Save the Figure") : _("Save the Map"),
                                   GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  if (folder)
    {
      g_autoptr (GFile) file = g_file_new_for_path (folder);
      gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (self->chooser), file, NULL);
    }
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}
