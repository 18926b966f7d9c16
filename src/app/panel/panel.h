/* SPDX-License-Identifier: GPL-3.0-or-later */
/* panel.h: how it is explained, and how that is shown */
#pragma once

#include "app/choose/choice-group.h"
#include "app/panel/input-group.h"
#include "app/panel/layer-rules.h"
#include "app/panel/saved-list.h"
#include "app/session/session.h"
#include "app/choose/target-row.h"

G_BEGIN_DECLS

#define RLV_TYPE_METHOD_PANEL (rlv_method_panel_get_type ())
G_DECLARE_FINAL_TYPE (RlvMethodPanel, rlv_method_panel, RLV, METHOD_PANEL, GtkWidget)

void rlv_method_panel_set_session (RlvMethodPanel *self, RlvSession *session);

RlvSavedList *rlv_method_panel_get_saved (RlvMethodPanel *self);
RlvInputGroup *rlv_method_panel_get_input (RlvMethodPanel *self);

G_END_DECLS
