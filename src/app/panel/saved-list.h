/* SPDX-License-Identifier: GPL-3.0-or-later */
/* saved-list.h: composites of the user's own: to save, to choose, to remove */
#pragma once

#include "app/panel/saved-row.h"
#include "app/session/session.h"

G_BEGIN_DECLS

#define RLV_TYPE_SAVED_LIST (rlv_saved_list_get_type ())
G_DECLARE_FINAL_TYPE (RlvSavedList, rlv_saved_list, RLV, SAVED_LIST, AdwExpanderRow)

void rlv_saved_list_set_session (RlvSavedList *self, RlvSession *session);

AdwEntryRow *rlv_saved_list_get_entry (RlvSavedList *self);
/* What went wrong with the name in the entry, as a sentence, or NULL. */
const char *rlv_saved_list_get_problem (RlvSavedList *self);
GtkWidget *rlv_saved_list_get_replace (RlvSavedList *self);

guint rlv_saved_list_get_n_rows (RlvSavedList *self);
RlvSavedRow *rlv_saved_list_get_row (RlvSavedList *self, guint i);

G_END_DECLS
