/* SPDX-License-Identifier: GPL-3.0-or-later */
/* flat.h: the flat rule's map, on which all weights are 1: counting and spreading need no weights; private to the core
 */
#pragma once

#include "lrp/engine/step.h"

G_BEGIN_DECLS

/* How many inputs reach each output, like the step's output; FALSE if memory is short. */
gboolean lrp_flat_count (const LrpStep *step, const LrpLayout *out, float *counts);
/* What each input gets if every output hands its share to all its inputs alike; sums and plane are room for one
 * output and one input channel. */
void lrp_flat_spread (const LrpStep *step, const LrpLayout *in, const LrpLayout *out, const float *shares, float *sums,
                      float *plane, float *rx);

G_END_DECLS
