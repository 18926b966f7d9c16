/* SPDX-License-Identifier: GPL-3.0-or-later */
/* explainer.h: answers "why?" in a thread of its own; the latest question wins */
#pragma once

#include "lrp/request.h"

G_BEGIN_DECLS

#define RLV_TYPE_EXPLAINER (rlv_explainer_get_type ())
G_DECLARE_FINAL_TYPE (RlvExplainer, rlv_explainer, RLV, EXPLAINER, GObject)

RlvExplainer *rlv_explainer_new (void) G_GNUC_WARN_UNUSED_RESULT;

guint64 rlv_explainer_ask (RlvExplainer *self, LrpNetwork *network, const LrpRequest *request, LrpTensor *input);
void rlv_explainer_forget (RlvExplainer *self);
gboolean rlv_explainer_wait (RlvExplainer *self, guint microseconds);
gboolean rlv_explainer_is_busy (RlvExplainer *self);
double rlv_explainer_get_progress (RlvExplainer *self);

G_END_DECLS
