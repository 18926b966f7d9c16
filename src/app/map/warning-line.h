/* SPDX-License-Identifier: GPL-3.0-or-later */
/* warning-line.h: why the map above it should not be believed, and what would make a better one */
#pragma once

#include <gtk/gtk.h>

#include "app/session/session.h"

G_BEGIN_DECLS

#define RLV_TYPE_WARNING_LINE (rlv_warning_line_get_type ())
G_DECLARE_FINAL_TYPE (RlvWarningLine, rlv_warning_line, RLV, WARNING_LINE, GtkWidget)

void rlv_warning_line_set_session (RlvWarningLine *self, RlvSession *session);

G_END_DECLS
