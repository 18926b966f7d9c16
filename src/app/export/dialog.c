/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dialog.c: choosing what file the map becomes */
#include "config.h"

#include "app/export/dialog-private.h"

#include "app/choose/rows.h"

#include <glib/gi18n.h>
#include <math.h>

/* Of several maps together, in pixels, unless another width of each is chosen. */
#define GALLERY_WIDTH 3200

/**
 * RlvExportDialog:
 *
 * Says what will be saved, shows it, and saves it in a thread.
 */
G_DEFINE_FINAL_TYPE (RlvExportDialog, rlv_export_dialog, ADW_TYPE_WINDOW)

enum
{
  SAVED,
  COPY_COMMAND,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* The command writes what is chosen here; what more there is to say, the window says. */
static void
command_cb (RlvExportDialog *self)
{
  RlvExportOptions options;

  rlv_export_dialog_get_options (self, &options);
  rlv_export_options_remember (&options, self->settings, _rlv_export_dialog_is_gallery (self));
  g_signal_emit (self, signals[COPY_COMMAND], 0);
  gtk_window_close (GTK_WINDOW (self));
}

static void
rlv_export_dialog_dispose (GObject *object)
{
  RlvExportDialog *self = RLV_EXPORT_DIALOG (object);

  g_cancellable_cancel (self->drawing);
  if (self->chooser)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  gtk_widget_dispose_template (GTK_WIDGET (self), RLV_TYPE_EXPORT_DIALOG);
  G_OBJECT_CLASS (rlv_export_dialog_parent_class)->dispose (object);
}

static void
rlv_export_dialog_finalize (GObject *object)
{
  RlvExportDialog *self = RLV_EXPORT_DIALOG (object);

  g_clear_object (&self->drawing);
  g_clear_object (&self->settings);
  rlv_export_map_unref (self->map);
  g_free (self->path);
  G_OBJECT_CLASS (rlv_export_dialog_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/relevance_lrp/Relevance/ui/export/dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RlvExportDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, RlvExportDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, RlvExportDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, RlvExportDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, RlvExportDialog, size);
  gtk_widget_class_bind_template_child (widget_class, RlvExportDialog, format);
  gtk_widget_class_bind_template_child (widget_class, RlvExportDialog, content);
  gtk_widget_class_bind_template_child (widget_class, RlvExportDialog, legend_row);
  gtk_widget_class_bind_template_child (widget_class, RlvExportDialog, legend);
  gtk_widget_class_bind_template_child (widget_class, RlvExportDialog, cells_row);
  gtk_widget_class_bind_template_child (widget_class, RlvExportDialog, cells);
  gtk_widget_class_bind_template_child (widget_class, RlvExportDialog, width_row);
  gtk_widget_class_bind_template_child (widget_class, RlvExportDialog, width);
  gtk_widget_class_bind_template_child (widget_class, RlvExportDialog, command_group);
  gtk_widget_class_bind_template_callback_full (widget_class, "changed_cb", G_CALLBACK (_rlv_export_dialog_changed));
  gtk_widget_class_bind_template_callback_full (widget_class, "save_cb", G_CALLBACK (_rlv_export_dialog_choose_file));
  gtk_widget_class_bind_template_callback (widget_class, command_cb);
}

static void
rlv_export_dialog_class_init (RlvExportDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rlv_export_dialog_dispose;
  object_class->finalize = rlv_export_dialog_finalize;
  bind_template (GTK_WIDGET_CLASS (klass));
  /**
   * RlvExportDialog::saved:
   * @self: the dialog
   * @path: the file
   *
   * The file is there; the dialog closes.
   */
  signals[SAVED] = g_signal_new ("saved", RLV_TYPE_EXPORT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_STRING);
  /**
   * RlvExportDialog::copy-command:
   * @self: the dialog
   *
   * The command line is wanted that makes the same; the dialog closes.
   */
  signals[COPY_COMMAND] =
      g_signal_new ("copy-command", RLV_TYPE_EXPORT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rlv_export_dialog_init (RlvExportDialog *self)
{
  g_autoptr (GtkStringList) none = gtk_string_list_new (NULL);

  self->setting = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  rlv_combo_row_show_long (self->content);
  adw_combo_row_set_model (self->content, G_LIST_MODEL (none));
  self->setting = FALSE;
}

/* What was chosen last for one map is made fit for several: there is a legend, and all of it fits on a slide. */
static void
prepare_gallery (RlvExportDialog *self, RlvExportOptions *options)
{
  const RlvExportGallery *gallery = rlv_export_map_get_gallery (self->map);
  guint columns = gallery->columns ? gallery->columns : (guint) ceil (sqrt (gallery->n));

  options->format = rlv_export_format_is_picture (options->format) ? options->format : RLV_EXPORT_PNG;
  options->content = MIN (options->content, RLV_EXPORT_ALONE);
  options->cells = FALSE;
  options->legend = TRUE;
  options->width = CLAMP (GALLERY_WIDTH / (int) columns, RLV_EXPORT_WIDTH_MIN, options->width);
  gtk_window_set_title (GTK_WINDOW (self), _("Export the Comparison"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->width_row), _("Width of Each Map"));
  gtk_widget_set_visible (self->command_group, FALSE);
}

/**
 * rlv_export_dialog_new:
 * @parent: the window whose map it is
 * @map: the map
 * @settings: (nullable): where choices are remembered
 *
 * Returns: (transfer none): a dialog, not yet shown, in which is chosen what was chosen last
 */
GtkWidget *
rlv_export_dialog_new (GtkWindow *parent, RlvExportMap *map, GSettings *settings)
{
  RlvExportDialog *self = g_object_new (RLV_TYPE_EXPORT_DIALOG, "transient-for", parent, NULL);
  RlvExportOptions options;

  self->map = rlv_export_map_ref (map);
  self->settings = settings ? g_object_ref (settings) : NULL;
  _rlv_export_dialog_offer_formats (self);
  rlv_export_options_recall (&options, settings);
  if (_rlv_export_dialog_is_gallery (self))
    prepare_gallery (self, &options);
  rlv_export_dialog_set_options (self, &options);
  gtk_widget_grab_focus (self->save_button);
  return GTK_WIDGET (self);
}
