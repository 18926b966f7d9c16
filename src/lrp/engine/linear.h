/* SPDX-License-Identifier: GPL-3.0-or-later */
/* linear.h: a layer with weights in a run: its primitives, and a rule made ready for it; private to the core */
#pragma once

#include "lrp/engine/parts.h"
#include "lrp/engine/step.h"

G_BEGIN_DECLS

/* Takes the map; sets the step's layouts and packs the weights. */
gboolean lrp_linear_compile (LrpStep *step, LrpParts *map, gsize *out_block, GError **error);

/* What rows of linear operators have in common. */
void lrp_linear_forward (LrpStep *step);
void lrp_linear_backward (LrpStep *step, const LrpBackward *call);
void lrp_linear_free (LrpStep *step);

/* Whether the step was made ready for this rule last. */
gboolean lrp_linear_has_plan (const LrpStep *step, const LrpChoice *rule);
/* Makes a rule ready: packs the parts of the weights it needs. entry NULL: the plain gradient. */
gboolean lrp_linear_plan (LrpStep *step, const LrpChoice *rule, GError **error);

/* That of the rule that was planned. */
LrpStabilizer lrp_linear_get_stabilizer (const LrpStep *step);

/* Whether relevance is zero at every input that is zero, whatever arrives: each term has the factor a. */
gboolean lrp_linear_follows_input (const LrpStep *step);

G_END_DECLS
