/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dialog-choice.c: what is chosen in the dialog, and what would come of it */
#include "config.h"

#include "app/export/dialog-private.h"

#include "app/kit/text.h"

#include <glib/gi18n.h>

/* Of the preview's longer side, in pixels: sharp at twice its size on the screen. */
#define PREVIEW_SIDE 560

static const char *const contents[] = {
  [RLV_EXPORT_OVER] = N_("Heatmap over the input"),
  [RLV_EXPORT_ALONE] = N_("Heatmap alone"),
  [RLV_EXPORT_VALUES] = N_("Relevance as 16-bit greys"),
};
G_STATIC_ASSERT (G_N_ELEMENTS (contents) == RLV_EXPORT_N_CONTENTS);

gboolean
_rlv_export_dialog_is_gallery (RlvExportDialog *self)
{
  return rlv_export_map_get_gallery (self->map) != NULL;
}

/* Only pictures can hold several maps. */
static guint
get_n_formats (RlvExportDialog *self)
{
  return _rlv_export_dialog_is_gallery (self) ? RLV_EXPORT_PDF + 1 : RLV_EXPORT_N_FORMATS;
}

void
_rlv_export_dialog_offer_formats (RlvExportDialog *self)
{
  g_autoptr (GtkStringList) formats = gtk_string_list_new (NULL);

  for (guint i = 0; i < get_n_formats (self); i++)
    gtk_string_list_append (formats, rlv_export_format_title ((RlvExportFormat) i));
  self->setting = TRUE;
  adw_combo_row_set_model (self->format, G_LIST_MODEL (formats));
  self->setting = FALSE;
}

/**
 * rlv_export_dialog_get_options:
 * @self: a dialog
 * @options: (out caller-allocates): what is chosen
 */
void
rlv_export_dialog_get_options (RlvExportDialog *self, RlvExportOptions *options)
{
  g_return_if_fail (self);

  *options = (RlvExportOptions){ (RlvExportFormat) adw_combo_row_get_selected (self->format),
                                 (RlvExportContent) adw_combo_row_get_selected (self->content),
                                 gtk_spin_button_get_value_as_int (self->width), gtk_switch_get_active (self->cells),
                                 gtk_switch_get_active (self->legend) };
  rlv_export_options_check (options);
}

GWeakRef *
_rlv_export_dialog_weaken (RlvExportDialog *self)
{
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, self);
  return weak;
}

RlvExportDialog *
_rlv_export_dialog_strengthen (gpointer weak)
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
  g_autoptr (RlvExportDialog) self = _rlv_export_dialog_strengthen (data);
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
  rlv_export_map_preview_async (self->map, options, PREVIEW_SIDE, self->drawing, previewed_cb,
                                _rlv_export_dialog_weaken (self));
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

void
_rlv_export_dialog_set_problem (RlvExportDialog *self, const char *message)
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
  guint n =
      format == RLV_EXPORT_PNG && !_rlv_export_dialog_is_gallery (self) ? RLV_EXPORT_N_CONTENTS : RLV_EXPORT_VALUES;
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
  gtk_widget_set_visible (self->legend_row, picture && !values && !_rlv_export_dialog_is_gallery (self));
  gtk_widget_set_visible (self->cells_row, !_rlv_export_dialog_is_gallery (self) && options.format == RLV_EXPORT_PNG
                                               && options.content == RLV_EXPORT_ALONE && !options.legend);
  gtk_widget_set_visible (self->width_row, picture && !options.cells);
  _rlv_export_dialog_set_problem (self, NULL);
  show_size (self, &options);
  show_preview (self, &options);
}

void
_rlv_export_dialog_changed (RlvExportDialog *self)
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
  g_return_if_fail (self);

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

RlvExportFormat
_rlv_export_dialog_find_format (RlvExportDialog *self, const char *path)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  for (guint i = 0; i < get_n_formats (self); i++)
    if (g_str_has_suffix (lower, rlv_export_format_suffix ((RlvExportFormat) i)))
      return (RlvExportFormat) i;
  return RLV_EXPORT_N_FORMATS;
}
