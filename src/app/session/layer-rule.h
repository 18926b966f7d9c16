/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layer-rule.h: the rule of one layer: the composite's, or another one */
#pragma once

#include "lrp/rules/composite.h"

G_BEGIN_DECLS

guint rlv_layer_rule_get (const LrpComposite *composite, const LrpNetwork *network, guint layer);
void rlv_layer_rule_set (LrpComposite *composite, const LrpNetwork *network, guint layer, guint selected);
void rlv_layer_rule_set_all (LrpComposite *composite, const LrpNetwork *network, const char *pattern,
                             const GArray *layers, guint selected);
const char *rlv_layer_rule_get_title (const LrpComposite *composite, const LrpNetwork *network, guint layer);
char *rlv_layer_rule_describe (const LrpComposite *composite, const LrpNetwork *network,
                               guint layer) G_GNUC_WARN_UNUSED_RESULT;

/* Of all layers: what is not meant for this network. */
guint rlv_layer_rule_drop_named (LrpComposite *composite);
guint rlv_layer_rule_drop_strange (LrpComposite *composite, const LrpNetwork *network);
char *rlv_layer_rule_say_dropped (guint n) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
