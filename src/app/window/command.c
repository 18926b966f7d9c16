/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command.c: the command line that makes the map that is shown */
#include "config.h"

#include "app/window/window-private.h"

#include "app/drawing/photo.h"
#include "app/kit/job.h"
#include "files/io/npy.h"
#include "files/own/command-text.h"

#include <glib/gi18n.h>

/* Like the file that was saved last, or else its name without a folder. */
static char *
dup_output (RlvWindow *self, const char *input)
{
  g_autofree char *folder = g_path_get_dirname (input);
  RlvExportOptions options;
  g_autofree char *name = NULL;

  rlv_export_options_recall (&options, self->settings);
  /* `lrp` writes no tables. */
  if (options.format == RLV_EXPORT_CSV)
    options.format = RLV_EXPORT_NPY;
  name = g_strconcat ("map", rlv_export_format_suffix (options.format), NULL);
  return g_path_is_absolute (input) ? g_build_filename (folder, name, NULL) : g_strdup (name);
}

/**
 * rlv_window_dup_command:
 * @self: a window in which something is explained
 * @input: the file that is explained
 * @output: (nullable): the file to be written; %NULL: a map beside @input
 *
 * Returns: (transfer full): the command line that makes the map that is shown
 */
char *
rlv_window_dup_command (RlvWindow *self, const char *input, const char *output)
{
  const LrpHeatStyle *style = rlv_display_get_style (rlv_session_get_display (self->session));
  const LrpColormap *map = style->map;
  g_autofree char *model = _rlv_window_get_model (self);
  g_autofree char *own_output = output ? g_strdup (output) : dup_output (self, input);
  guint fit;

  g_object_get (self->session, "photo-fit", &fit, NULL);
  return lrp_command_text_make (
      &(LrpCommandText){ .model = model,
                         .input = input,
                         .request = rlv_session_get_request (self->session),
                         .network = rlv_session_get_network (self->session),
                         .fit = (LrpFit) fit,
                         .output = own_output,
                         .colormap = map && map != lrp_colormap_get_default () ? map->entry.name : NULL,
                         .clip = style->clip,
                         .gain = style->gain,
                         .overlay = style->strength,
                         .smooth = style->smooth,
                         .dark = style->dark,
                         .outline = style->outline });
}

static void
copy_command_for (RlvWindow *self, const char *input, const char *toast)
{
  g_autofree char *command = rlv_window_dup_command (self, input, NULL);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), command);
  _rlv_window_toast (self, toast, NULL, NULL);
}

typedef struct
{
  LrpTensor *input;
  char *path;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  lrp_tensor_unref (saving->input);
  g_free (saving->path);
  g_free (saving);
}

static gpointer
write_input (RlvJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const Saving *saving = data;

  return lrp_npy_write (saving->path, saving->input, error) ? data : NULL;
}

static const RlvJobKind writing = {
  .work = write_input, .free_data = saving_free, .title = N_("Saving “%s”"), .writes = TRUE
};

static void
fail_to_save (RlvWindow *self, const char *path, const GError *error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *text = g_strdup_printf (_("“%s” could not be saved: %s"), name, error->message);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    _rlv_window_complain (self, text);
}

static void
input_written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RlvWindow) self = data;
  const Saving *saving = rlv_job_get_data (result);
  g_autoptr (GError) error = NULL;

  /* Closed meanwhile. */
  if (!self->closing)
    return;
  if (rlv_job_finish (result, &error))
    copy_command_for (self, saving->path, _("Command copied, and what it explains saved beside it"));
  else
    fail_to_save (self, saving->path, error);
}

/**
 * rlv_window_copy_command_with:
 * @self: a window in which something is explained
 * @path: where to save what is explained, as the network's input
 *
 * Saves the input, and copies the command line that makes the map of it.
 */
void
rlv_window_copy_command_with (RlvWindow *self, const char *path)
{
  LrpExplanation *explanation = rlv_session_get_explanation (self->session);
  Saving *saving;

  if (!explanation)
    return;
  saving = g_new0 (Saving, 1);
  saving->input = lrp_tensor_ref (explanation->input);
  saving->path = g_str_has_suffix (path, ".npy") ? g_strdup (path) : g_strconcat (path, ".npy", NULL);
  rlv_job_run (&writing, saving, saving->path, NULL, input_written_cb, g_object_ref (self));
}

static void
input_chosen_cb (RlvWindow *self, int response)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser_input));
  g_clear_object (&self->chooser_input);
  path = file ? g_file_get_path (file) : NULL;
  if (path)
    rlv_window_copy_command_with (self, path);
}

static void
choose_input_file (RlvWindow *self)
{
  g_clear_object (&self->chooser_input);
  self->chooser_input = gtk_file_chooser_native_new (_("Save the Network’s Input"), GTK_WINDOW (self),
                                                     GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser_input), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser_input), _("drawing.npy"));
  g_signal_connect_object (self->chooser_input, "response", G_CALLBACK (input_chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser_input));
}

static void
asked_cb (RlvWindow *self, const char *response)
{
  if (g_str_equal (response, "save"))
    choose_input_file (self);
  else if (g_str_equal (response, "copy"))
    copy_command_for (self, "drawing.npy", _("Command copied; it explains “drawing.npy”"));
}

/* The file that a photo is from, where the command would show the network the same part of it. */
static const char *
find_input (RlvWindow *self)
{
  RlvDocument *document = rlv_session_get_document (self->session);
  RlvPhoto *photo = rlv_document_get_photo (document);

  return photo && !rlv_document_get_region (document) && !rlv_document_get_painted (document)
             ? rlv_photo_get_path (photo)
             : NULL;
}

/**
 * _rlv_window_copy_command:
 * @self: a window
 *
 * Copies the command line that makes the same map, and offers to save what it explains where that is no file yet.
 */
void
_rlv_window_copy_command (RlvWindow *self)
{
  const char *input = find_input (self);
  GtkWindow *parent = GTK_WINDOW (self);
  AdwMessageDialog *dialog;

  if (!rlv_session_get_explanation (self->session))
    {
      _rlv_window_toast (self, _("There is nothing to explain yet: draw something first"), NULL, NULL);
      return;
    }
  if (input)
    {
      copy_command_for (self, input, _("Command copied"));
      return;
    }
  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, _("Save What Is Explained?"),
                                                       _("The command reads its input from a file, and this drawing "
                                                          "is in none. It can be saved just as the network sees "
                                                          "it.")));
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "copy", _("_Copy Only"), "save", _("_Save…"),
                                    NULL);
  adw_message_dialog_set_response_appearance (dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "save");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (asked_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}
