/* SPDX-License-Identifier: GPL-3.0-or-later */
/* workspace.h: sketchpad, classes and page, arranged as the width allows */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RLV_TYPE_WORKSPACE (rlv_workspace_get_type ())
G_DECLARE_FINAL_TYPE (RlvWorkspace, rlv_workspace, RLV, WORKSPACE, GtkWidget)

GtkWidget *rlv_workspace_new (GtkWidget *pad, GtkWidget *classes, GtkWidget *page) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
