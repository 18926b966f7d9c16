/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dialog.h: choosing what file the map becomes */
#pragma once

#include <adwaita.h>

#include "app/export/map.h"

G_BEGIN_DECLS

#define RLV_TYPE_EXPORT_DIALOG (rlv_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RlvExportDialog, rlv_export_dialog, RLV, EXPORT_DIALOG, AdwWindow)

/* Signals "saved" (the file's path) and "copy-command"; the dialog closes with either. settings: (nullable) where
 * choices are remembered. */
GtkWidget *rlv_export_dialog_new (GtkWindow *parent, RlvExportMap *map, GSettings *settings) G_GNUC_WARN_UNUSED_RESULT;

void rlv_export_dialog_get_options (RlvExportDialog *self, RlvExportOptions *options);
void rlv_export_dialog_set_options (RlvExportDialog *self, const RlvExportOptions *options);
/* Saves there what is chosen; where the file's name has the suffix of another format, in that one. */
void rlv_export_dialog_save (RlvExportDialog *self, const char *path);

G_END_DECLS
