/* SPDX-License-Identifier: GPL-3.0-or-later */
/* probe.h: what a network says of other inputs in place of the explained one; private to the core */
#pragma once

#include "lrp/metrics/metric.h"

G_BEGIN_DECLS

/* Makes input number i of those that are to be scored. */
typedef void (*LrpProbeMake) (gpointer data, guint sample, guint i, float *x, gsize size);
/* What the network says of n inputs in place of the explained one: the score of what was explained, and (nullable) its
 * probability. */
gboolean lrp_probe (const LrpMetricCall *call, const LrpExplanation *explanation, guint n, LrpProbeMake make,
                    gpointer data, double *scores, double *probabilities, GError **error);
/* The request for exactly what was explained, whatever another network or input would put on top. */
LrpRequest *lrp_probe_fix_request (const LrpRequest *request,
                                   const LrpExplanation *explanation) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
