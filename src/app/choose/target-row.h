/* SPDX-License-Identifier: GPL-3.0-or-later */
/* target-row.h: the rows by which the class to explain is chosen, and the one to compare it with */
#pragma once

#include <adwaita.h>

#include "app/choose/class-picker.h"
#include "app/session/session.h"

G_BEGIN_DECLS

#define RLV_TYPE_TARGET_ROW (rlv_target_row_get_type ())
G_DECLARE_FINAL_TYPE (RlvTargetRow, rlv_target_row, RLV, TARGET_ROW, AdwPreferencesGroup)

void rlv_target_row_set_session (RlvTargetRow *self, RlvSession *session);

G_END_DECLS
