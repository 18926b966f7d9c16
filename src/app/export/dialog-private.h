/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dialog-private.h: what the dialog's files share */
#pragma once

#include "app/export/dialog.h"

G_BEGIN_DECLS

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

/* In the order of dependence: */

/* dialog-choice.c */
gboolean _rlv_export_dialog_is_gallery (RlvExportDialog *self);
void _rlv_export_dialog_set_problem (RlvExportDialog *self, const char *message);
void _rlv_export_dialog_offer_formats (RlvExportDialog *self);
void _rlv_export_dialog_changed (RlvExportDialog *self);
/* The format whose suffix the file's name has; RLV_EXPORT_N_FORMATS: none that can be chosen. */
RlvExportFormat _rlv_export_dialog_find_format (RlvExportDialog *self, const char *path);
/* Threads do not keep a dialog that was closed: a window must not live longer than its parent. */
GWeakRef *_rlv_export_dialog_weaken (RlvExportDialog *self) G_GNUC_WARN_UNUSED_RESULT;
/* The dialog, if it is still there; frees what was made of it. */
RlvExportDialog *_rlv_export_dialog_strengthen (gpointer weak) G_GNUC_WARN_UNUSED_RESULT;

/* dialog-save.c */
void _rlv_export_dialog_choose_file (RlvExportDialog *self);

G_END_DECLS
