/* SPDX-License-Identifier: GPL-3.0-or-later */
/* flipping.h: what the metric pixel-flipping does to an input, to be looked at */
#pragma once

#include "lrp/methods/explanation.h"

G_BEGIN_DECLS

typedef struct _LrpFlipping LrpFlipping;

LrpFlipping *lrp_flipping_new (const LrpChoice *metric, const LrpExplanation *explanation,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
void lrp_flipping_free (LrpFlipping *flipping);
LrpTensor *lrp_flipping_dup_input (const LrpFlipping *flipping, double share, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LrpFlipping, lrp_flipping_free)

G_END_DECLS
