/* SPDX-License-Identifier: GPL-3.0-or-later */
/* scale.h: from relevance to the range -1..1 that colours are chosen by */
#pragma once

#include "heat/style.h"

G_BEGIN_DECLS

/* [H,W] sums over the channels of [C,H,W]. */
void lrp_scale_sum_channels (const float *relevance, gsize channels, gsize cells, float *heat);
/* The largest absolute value; NaN and infinities do not count. */
double lrp_scale_max_abs (const float *heat, gsize n);
/* The absolute value that `percent` of all values do not exceed; 100: the largest. */
double lrp_scale_percentile (const float *heat, gsize n, double percent);
/* The relevance that gets the full colour. */
double lrp_heat_get_scale (const float *heat, gsize n, const LrpHeatStyle *style);

G_END_DECLS
