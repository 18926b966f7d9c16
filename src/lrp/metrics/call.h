/* SPDX-License-Identifier: GPL-3.0-or-later */
/* call.h: what metrics at work share; private to the core */
#pragma once

#include "lrp/metrics/metric.h"

G_BEGIN_DECLS

/* Says how much of the call's own part is done, 0 to 1. */
void lrp_metric_report (const LrpMetricCall *call, double fraction);
/* The same call with its n-th part of so many equal ones as its own: what it reports is a share of that. */
LrpMetricCall lrp_metric_part (const LrpMetricCall *call, guint n, guint parts);
/* Relevance of each pixel, summed over its channels. */
double *lrp_metric_dup_pixels (const LrpExplanation *explanation, gsize *n) G_GNUC_WARN_UNUSED_RESULT;
/* Rank correlation of the pixels of two maps of one size, or (absolute) of their absolute values; NaN where one of the
 * maps is the same everywhere. */
double lrp_metric_correlate (const LrpExplanation *a, const LrpExplanation *b, gboolean absolute);

G_END_DECLS
