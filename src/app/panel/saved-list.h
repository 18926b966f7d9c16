/* SPDX-License-Identifier: GPL-3.0-or-later */
/* saved-list.h: composites of the user's own: to save, to choose, to remove */
#pragma once

#include "app/panel/saved-row.h"
#include "app/session/session.h"

G_BEGIN_DECLS

#define RLV_TYPE_SAVED_LIST (rlv_saved_list_get_type ())
G_DECLARE_FINAL_TYPE (RlvSavedList, rlv_saved_list, RLV, SAVED_LIST, AdwExpanderRow)

void rlv_saved_list_set_session (RlvSavedList *self, RlvSession *session);

G_END_DECLS
