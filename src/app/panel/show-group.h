/* SPDX-License-Identifier: GPL-3.0-or-later */
/* show-group.h: how the heatmap is to look, as rows */
#pragma once

#include <adwaita.h>

#include "app/session/session.h"

G_BEGIN_DECLS

#define RLV_TYPE_SHOW_GROUP (rlv_show_group_get_type ())
G_DECLARE_FINAL_TYPE (RlvShowGroup, rlv_show_group, RLV, SHOW_GROUP, AdwPreferencesGroup)

void rlv_show_group_set_session (RlvShowGroup *self, RlvSession *session);

G_END_DECLS
