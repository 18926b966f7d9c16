/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rule-button.h: says which rule a layer has, and opens a menu of others */
#pragma once

#include <gtk/gtk.h>

#include "app/layers/layers.h"

G_BEGIN_DECLS

#define RLV_TYPE_RULE_BUTTON (rlv_rule_button_get_type ())
G_DECLARE_FINAL_TYPE (RlvRuleButton, rlv_rule_button, RLV, RULE_BUTTON, GtkWidget)

/* row: -1 for none; the button hides where there is none, or where it has no rule. */
void rlv_rule_button_set_row (RlvRuleButton *self, RlvLayers *layers, int row);

G_END_DECLS
