/* SPDX-License-Identifier: GPL-3.0-or-later */
/* input-labels.c: the names of a network's classes, as a row, and others from a file */
#include "config.h"

#include "app/panel/input-private.h"

#include "files/cards/labels.h"

#include <glib/gi18n.h>

/**
 * _rlv_input_show_labels:
 * @self: the rows
 *
 * Makes the row show what the network says.
 */
void
_rlv_input_show_labels (RlvInputGroup *self)
{
  LrpNetwork *network = rlv_session_get_network (self->session);
  guint n = lrp_network_n_classes (network);
  g_autofree char *text = network->labels ? g_strdup_printf (ngettext ("%u label", "%u labels", n), n)
                                          : g_strdup (_("None: classes are numbers"));

  adw_action_row_set_subtitle (self->labels, text);
}

/**
 * _rlv_input_load_labels:
 * @self: the rows
 * @path: a text file with one label a line
 *
 * Gives the network other labels; what did not fit, or why there are none, is said.
 */
void
_rlv_input_load_labels (RlvInputGroup *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *note = NULL;
  g_auto (GStrv) labels = NULL;
  LrpInput input;

  labels = lrp_labels_read (path, lrp_network_n_classes (rlv_session_get_network (self->session)), &note, &error);
  if (!labels)
    {
      _rlv_input_group_complain (self, error->message);
      return;
    }
  input = *_rlv_input_group_get_input (self);
  input.origins.labels = LRP_ORIGIN_CARD;
  _rlv_input_group_change (self, &input, (const char *const *) labels);
  if (note)
    _rlv_input_group_say (self, note);
}

static void
chosen_cb (RlvInputGroup *self, int response)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  g_clear_object (&self->chooser);
  path = file ? g_file_get_path (file) : NULL;
  if (path)
    _rlv_input_load_labels (self, path);
}

static void
choose_labels_cb (RlvInputGroup *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->chooser)
    return;
  self->chooser = gtk_file_chooser_native_new (_("Choose Labels, One a Line"), GTK_WINDOW (root),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/**
 * _rlv_input_add_labels:
 * @self: the rows
 *
 * Adds the one for the labels.
 */
void
_rlv_input_add_labels (RlvInputGroup *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("C_hoose…"));

  self->labels = ADW_ACTION_ROW (adw_action_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->labels), _("Labels"));
  gtk_widget_set_tooltip_text (button, _("A text file with one label a line"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (self->labels, button);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->labels));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (choose_labels_cb), self);
}
