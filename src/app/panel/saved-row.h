/* SPDX-License-Identifier: GPL-3.0-or-later */
/* saved-row.h: one saved composite */
#pragma once

#include <adwaita.h>

#include "files/own/shelf.h"

G_BEGIN_DECLS

#define RLV_TYPE_SAVED_ROW (rlv_saved_row_get_type ())
G_DECLARE_FINAL_TYPE (RlvSavedRow, rlv_saved_row, RLV, SAVED_ROW, AdwActionRow)

GtkWidget *rlv_saved_row_new (const LrpSaved *saved) G_GNUC_WARN_UNUSED_RESULT;
void rlv_saved_row_set_used (RlvSavedRow *self, gboolean used);

/* What it is shown by. */
const char *rlv_saved_row_get_title (RlvSavedRow *self);

G_END_DECLS
