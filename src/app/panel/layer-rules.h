/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layer-rules.h: which rule each layer gets, and another one where it is wanted */
#pragma once

#include <adwaita.h>

#include "app/session/session.h"

G_BEGIN_DECLS

#define RLV_TYPE_LAYER_RULES (rlv_layer_rules_get_type ())
G_DECLARE_FINAL_TYPE (RlvLayerRules, rlv_layer_rules, RLV, LAYER_RULES, AdwExpanderRow)

void rlv_layer_rules_set_session (RlvLayerRules *self, RlvSession *session);

G_END_DECLS
