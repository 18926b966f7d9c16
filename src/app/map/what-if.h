/* SPDX-License-Identifier: GPL-3.0-or-later */
/* what-if.h: what the network would say if one pixel were another */
#pragma once

#include "app/map/pixel-swap.h"

G_BEGIN_DECLS

#define RLV_TYPE_WHAT_IF (rlv_what_if_get_type ())
G_DECLARE_FINAL_TYPE (RlvWhatIf, rlv_what_if, RLV, WHAT_IF, GObject)

/* Signal "changed" (no arguments): there are answers. */
RlvWhatIf *rlv_what_if_new (void) G_GNUC_WARN_UNUSED_RESULT;

void rlv_what_if_ask (RlvWhatIf *self, LrpExplanation *explanation, RlvPins *pins);
void rlv_what_if_forget (RlvWhatIf *self);
/* What the answer about a pixel is, and of which explanation; NULL where none has come. */
const RlvWhatIfScore *rlv_what_if_get (RlvWhatIf *self, int column, int row);
/* What is explained as things are, in the answers. */
double rlv_what_if_get_score (RlvWhatIf *self);

G_END_DECLS
