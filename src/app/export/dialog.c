/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dialog.c: choosing what file the map becomes */
#include "config.h"

#include "app/export/dialog.h"

#include "app/choose/rows.h"
#include "app/kit/text.h"

#include <glib/gi18n.h>
#include <math.h>

/* Of the preview's longer side, in pixels: sharp at twice its size on the screen. */
#define PREVIEW_SIDE 560
/* Of several maps together, in pixels, unless another width of each is chosen. */
#define GALLERY_WIDTH 3200

/**
 * RlvExportDialog:
 *
 * Says what will be saved, shows it, and saves it in a thread.
 */
struct _RlvExportDialog
{
  AdwWindow parent_instance;

  RlvExportMap *map;
  GSettings *settings; /* nullable */
  GtkFileChooserNative *chooser;
  GCancellable *drawing; /* of the preview asked for last */
  char *path;            /* that is being written */
  gboolean setting;      /* the rows follow the options, not the other way round */

  GtkWidget *save_button, *spinner, *problem, *preview, *size;
  GtkWidget *legend_row, *cells_row, *width_row, *command_group;
  AdwComboRow *format, *content;
  GtkSwitch *legend, *cells;
  GtkSpinButton *width;
};

G_DEFINE_FINAL_TYPE (RlvExportDialog, rlv_export_dialog, ADW_TYPE_WINDOW)

enum
{
  SAVED,
  COPY_COMMAND,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *const contents[] = {
  [RLV_EXPORT_OVER] = N_("Heatmap over the input"),
  [RLV_EXPORT_ALONE] = N_("Heatmap alone"),
  [RLV_EXPORT_VALUES] = N_("Relevance as 16-bit greys"),
};
G_STATIC_ASSERT (G_N_ELEMENTS (contents) == RLV_EXPORT_N_CONTENTS);

/* --- what is chosen ----------------------------------------------------------------------------------------------- */

/**
 * rlv_export_dialog_recall:
 * @settings: (nullable): where choices are remembered
 * @options: (out caller-allocates): what was chosen last
 */
void
rlv_export_dialog_recall (GSettings *settings, RlvExportOptions *options)
{
  *options = (RlvExportOptions){ RLV_EXPORT_PNG, RLV_EXPORT_OVER, 1024, FALSE, FALSE };
  if (settings)
    {
      options->format = (RlvExportFormat) g_settings_get_enum (settings, "export-format");
      options->content = (RlvExportContent) g_settings_get_enum (settings, "export-content");
      options->width = g_settings_get_int (settings, "export-width");
      options->cells = g_settings_get_boolean (settings, "export-cells");
      options->legend = g_settings_get_boolean (settings, "export-legend");
    }
  rlv_export_options_check (options);
}

static gboolean
is_gallery (RlvExportDialog *self)
{
  return rlv_export_map_get_gallery (self->map) != NULL;
}

/* Only pictures can hold several maps. */
static guint
get_n_formats (RlvExportDialog *self)
{
  return is_gallery (self) ? RLV_EXPORT_PDF + 1 : RLV_EXPORT_N_FORMATS;
}

static void
remember_folder (RlvExportDialog *self)
{
  g_autofree char *folder = g_path_get_dirname (self->path);

  if (self->settings)
    g_settings_set_string (self->settings, "export-folder", folder);
}

/* How large the maps of a comparison are, and that it has a legend, says nothing about a single map. */
static void
remember (RlvExportDialog *self, const RlvExportOptions *options)
{
  if (!self->settings)
    return;
  g_settings_set_enum (self->settings, "export-format", (int) options->format);
  if (!rlv_export_format_is_picture (options->format))
    return;
  g_settings_set_enum (self->settings, "export-content", (int) options->content);
  if (is_gallery (self))
    return;
  g_settings_set_int (self->settings, "export-width", options->width);
  g_settings_set_boolean (self->settings, "export-cells", options->cells);
  g_settings_set_boolean (self->settings, "export-legend", options->legend);
}

/**
 * rlv_export_dialog_get_options:
 * @self: a dialog
 * @options: (out caller-allocates): what is chosen
 */
void
rlv_export_dialog_get_options (RlvExportDialog *self, RlvExportOptions *options)
{
  g_return_if_fail (RLV_IS_EXPORT_DIALOG (self));

  *options = (RlvExportOptions){ (RlvExportFormat) adw_combo_row_get_selected (self->format),
                                 (RlvExportContent) adw_combo_row_get_selected (self->content),
                                 gtk_spin_button_get_value_as_int (self->width), gtk_switch_get_active (self->cells),
                                 gtk_switch_get_active (self->legend) };
  rlv_export_options_check (options);
}

/* Threads do not keep a dialog that was closed: a window must not live longer than its parent. */
static GWeakRef *
weaken (RlvExportDialog *self)
{
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, self);
  return weak;
}

/* The dialog, if it is still there. */
static RlvExportDialog *
strengthen (gpointer weak)
{
  RlvExportDialog *self = g_weak_ref_get (weak);

  g_weak_ref_clear (weak);
  g_free (weak);
  return self;
}

/* --- what will be saved ------------------------------------------------------------------------------------------- */

static void
previewed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RlvExportDialog) self = strengthen (data);
  g_autoptr (GdkTexture) texture = rlv_export_map_preview_finish (result, NULL);

  /* NULL: another one is on its way. */
  if (self && texture)
    gtk_picture_set_paintable (GTK_PICTURE (self->preview), GDK_PAINTABLE (texture));
}

static void
show_preview (RlvExportDialog *self, const RlvExportOptions *options)
{
  g_cancellable_cancel (self->drawing);
  g_clear_object (&self->drawing);
  self->drawing = g_cancellable_new ();
  rlv_export_map_preview_async (self->map, options, PREVIEW_SIDE, self->drawing, previewed_cb, weaken (self));
}

static void
show_size (RlvExportDialog *self, const RlvExportOptions *options)
{
  const LrpExplanation *explanation = rlv_export_map_get_explanation (self->map);
  g_autofree char *shape = lrp_shape_to_string (&explanation->relevance->shape);
  g_autofree char *text = NULL;
  RlvExportOptions cells = { .format = RLV_EXPORT_PNG, .content = RLV_EXPORT_ALONE, .cells = TRUE };
  int width, height;

  rlv_export_map_get_size (self->map, rlv_export_format_is_picture (options->format) ? options : &cells, &width,
                           &height);
  if (options->format == RLV_EXPORT_NPY)
    text = g_strdup_printf (_("The relevance of each input, an array of shape %s"), shape);
  else if (options->format == RLV_EXPORT_CSV)
    text = g_strdup_printf (_("The relevance of each pixel, %d lines of %d numbers"), height, width);
  else if (options->format == RLV_EXPORT_PDF)
    text = g_strdup_printf (_("%d × %d points"), width, height);
  else
    text = g_strdup_printf (_("%d × %d pixels"), width, height);
  gtk_label_set_label (GTK_LABEL (self->size), text);
}

static void
set_problem (RlvExportDialog *self, const char *message)
{
  g_autofree char *sentence = message ? rlv_text_sentence (message) : NULL;

  gtk_label_set_label (GTK_LABEL (self->problem), sentence ? sentence : "");
  gtk_widget_set_visible (self->problem, message != NULL);
}

/* Only PNG can hold relevance itself, and that of one map. */
static void
offer_contents (RlvExportDialog *self, guint format)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint n = format == RLV_EXPORT_PNG && !is_gallery (self) ? RLV_EXPORT_N_CONTENTS : RLV_EXPORT_VALUES;
  guint selected = adw_combo_row_get_selected (self->content);

  if (g_list_model_get_n_items (adw_combo_row_get_model (self->content)) == n)
    return;
  for (guint i = 0; i < n; i++)
    gtk_string_list_append (list, _(contents[i]));
  adw_combo_row_set_model (self->content, G_LIST_MODEL (list));
  adw_combo_row_set_selected (self->content, selected < n ? selected : RLV_EXPORT_ALONE);
}

/* Shows what there is to choose, and what comes of it. */
static void
update (RlvExportDialog *self)
{
  RlvExportOptions options;
  gboolean picture, values;

  self->setting = TRUE;
  offer_contents (self, adw_combo_row_get_selected (self->format));
  self->setting = FALSE;
  rlv_export_dialog_get_options (self, &options);
  picture = rlv_export_format_is_picture (options.format);
  values = options.content == RLV_EXPORT_VALUES;
  gtk_widget_set_visible (GTK_WIDGET (self->content), picture);
  gtk_widget_set_visible (self->legend_row, picture && !values && !is_gallery (self));
  gtk_widget_set_visible (self->cells_row, !is_gallery (self) && options.format == RLV_EXPORT_PNG
                                               && options.content == RLV_EXPORT_ALONE && !options.legend);
  gtk_widget_set_visible (self->width_row, picture && !options.cells);
  set_problem (self, NULL);
  show_size (self, &options);
  show_preview (self, &options);
}

static void
changed_cb (RlvExportDialog *self)
{
  if (self->map && !self->setting)
    update (self);
}

/**
 * rlv_export_dialog_set_options:
 * @self: a dialog
 * @options: what to choose
 */
void
rlv_export_dialog_set_options (RlvExportDialog *self, const RlvExportOptions *options)
{
  g_return_if_fail (RLV_IS_EXPORT_DIALOG (self));

  self->setting = TRUE;
  adw_combo_row_set_selected (self->format, options->format);
  offer_contents (self, options->format);
  adw_combo_row_set_selected (self->content, options->content);
  gtk_spin_button_set_value (self->width, options->width);
  gtk_switch_set_active (self->cells, options->cells);
  gtk_switch_set_active (self->legend, options->legend);
  self->setting = FALSE;
  update (self);
}

/* --- saving ------------------------------------------------------------------------------------------------------- */

static void
set_busy (RlvExportDialog *self, gboolean busy)
{
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), busy);
  gtk_widget_set_sensitive (self->save_button, !busy);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RlvExportDialog) self = strengthen (data);
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL, *message = NULL;
  RlvExportOptions options;

  if (!self)
    return;
  if (rlv_export_map_write_finish (result, &error))
    {
      rlv_export_dialog_get_options (self, &options);
      remember (self, &options);
      remember_folder (self);
      g_signal_emit (self, signals[SAVED], 0, self->path);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  set_busy (self, FALSE);
  /* Another window writes the same file. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  name = g_path_get_basename (self->path);
  message = g_strdup_printf (_("“%s” could not be saved: %s"), name, error->message);
  set_problem (self, message);
}

/* The file gets the suffix of what is chosen; one that has another format's is meant so. */
static char *
complete_path (RlvExportDialog *self, const char *path, RlvExportOptions *options)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  for (guint i = 0; i < get_n_formats (self); i++)
    if (g_str_has_suffix (lower, rlv_export_format_suffix ((RlvExportFormat) i)))
      {
        options->format = (RlvExportFormat) i;
        rlv_export_options_check (options);
        rlv_export_dialog_set_options (self, options);
        return g_strdup (path);
      }
  return g_strconcat (path, rlv_export_format_suffix (options->format), NULL);
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

  g_return_if_fail (RLV_IS_EXPORT_DIALOG (self));

  rlv_export_dialog_get_options (self, &options);
  g_free (self->path);
  self->path = complete_path (self, path, &options);
  set_problem (self, NULL);
  set_busy (self, TRUE);
  rlv_export_map_write_async (self->map, &options, self->path, written_cb, weaken (self));
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
    set_problem (self, _("Files can be saved on this computer only; choose another folder."));
}

/* The folder used last, or else that for pictures. */
static char *
dup_folder (RlvExportDialog *self)
{
  g_autofree char *folder = self->settings ? g_settings_get_string (self->settings, "export-folder") : g_strdup ("");

  return g_file_test (folder, G_FILE_TEST_IS_DIR) ? g_steal_pointer (&folder)
                                                  : g_strdup (g_get_user_special_dir (G_USER_DIRECTORY_PICTURES));
}

static void
save_cb (RlvExportDialog *self)
{
  g_autofree char *folder = dup_folder (self);
  g_autofree char *name = NULL;
  RlvExportOptions options;

  rlv_export_dialog_get_options (self, &options);
  name = rlv_export_map_dup_name (self->map, options.format);
  g_clear_object (&self->chooser);
  self->chooser =
      gtk_file_chooser_native_new (is_gallery (self) ? _("Save the Figure") : _("Save the Map"), GTK_WINDOW (self),
                                   GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
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

/* The command writes what is chosen here; what more there is to say, the window says. */
static void
command_cb (RlvExportDialog *self)
{
  RlvExportOptions options;

  rlv_export_dialog_get_options (self, &options);
  remember (self, &options);
  g_signal_emit (self, signals[COPY_COMMAND], 0);
  gtk_window_close (GTK_WINDOW (self));
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

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
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
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

static void
offer_formats (RlvExportDialog *self)
{
  g_autoptr (GtkStringList) formats = gtk_string_list_new (NULL);

  for (guint i = 0; i < get_n_formats (self); i++)
    gtk_string_list_append (formats, rlv_export_format_title ((RlvExportFormat) i));
  self->setting = TRUE;
  adw_combo_row_set_model (self->format, G_LIST_MODEL (formats));
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
  offer_formats (self);
  rlv_export_dialog_recall (settings, &options);
  if (is_gallery (self))
    prepare_gallery (self, &options);
  rlv_export_dialog_set_options (self, &options);
  gtk_widget_grab_focus (self->save_button);
  return GTK_WIDGET (self);
}
