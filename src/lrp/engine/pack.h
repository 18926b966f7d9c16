/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pack.h: parts of a layer's weights in oneDNN's layouts, kept on the network; private to the core */
#pragma once

#include "lrp/engine/parts.h"
#include "lrp/engine/step.h"

G_BEGIN_DECLS

/* A part of numbers that stand for weights, in a new array of `numbers->count`; NULL where memory is short. */
float *lrp_weight_part (const LrpTensor *numbers, LrpWeightPart part, double gamma,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* That part of the step's weights for its map, made once for all runs of the network. gamma: 0 where the part does
 * not depend on it. */
LrpPack *lrp_pack_get (const LrpStep *step, const LrpParts *map, LrpDirection direction, LrpWeightPart part,
                       double gamma, GError **error);

/* For how many rules side by side the layers of a network keep what they were made ready with. */
guint lrp_pack_n_variants (const LrpNetwork *network);

G_END_DECLS
