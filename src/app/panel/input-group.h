/* SPDX-License-Identifier: GPL-3.0-or-later */
/* input-group.h: how pictures become the network's input, as rows */
#pragma once

#include <adwaita.h>

#include "app/session/session.h"

G_BEGIN_DECLS

#define RLV_TYPE_INPUT_GROUP (rlv_input_group_get_type ())
G_DECLARE_FINAL_TYPE (RlvInputGroup, rlv_input_group, RLV, INPUT_GROUP, AdwPreferencesGroup)

void rlv_input_group_set_session (RlvInputGroup *self, RlvSession *session);
/* Where the network is from, so that changes are kept; beside: whether its folder may be written to. */
void rlv_input_group_set_model (RlvInputGroup *self, const char *path, gboolean beside);
void rlv_input_group_load_labels (RlvInputGroup *self, const char *path);

G_END_DECLS
