/* SPDX-License-Identifier: GPL-3.0-or-later */
/* workspace.h: sketchpad, classes and page, arranged as the width allows */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Construct-only properties "pad", "classes" and "page": the widgets to arrange. */
#define RLV_TYPE_WORKSPACE (rlv_workspace_get_type ())
G_DECLARE_FINAL_TYPE (RlvWorkspace, rlv_workspace, RLV, WORKSPACE, GtkWidget)

G_END_DECLS
