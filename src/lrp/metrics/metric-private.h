/* SPDX-License-Identifier: GPL-3.0-or-later */
/* metric-private.h: what metrics share, and those that need many passes; private to the core */
#pragma once

#include "lrp/metrics/metric.h"

G_BEGIN_DECLS

#define LRP_FLIPPING_ORDERS ((const char *const[]){ "morf", "lerf", "random", NULL })

/* Says how much of the call's own part is done, 0 to 1. */
void lrp_metric_report (const LrpMetricCall *call, double fraction);
/* The part of a call that is its n-th of so many equal ones. */
LrpMetricCall lrp_metric_part (const LrpMetricCall *call, guint n, guint parts);
/* Relevance of each pixel, summed over its channels. */
double *lrp_metric_dup_pixels (const LrpExplanation *explanation, gsize *n) G_GNUC_WARN_UNUSED_RESULT;
/* Adds a curve without numbers: all its x and y are 0. */
LrpCurve *lrp_measure_add_curve (LrpMeasure *measure, const char *name, const char *quantity, guint n);

/* Makes input number i of those that are to be scored. */
typedef void (*LrpProbeMake) (gpointer data, guint sample, guint i, float *x, gsize size);
/* What the network says of n inputs in place of the explained one: the score of what was explained, and (nullable) its
 * probability. */
gboolean lrp_probe (const LrpMetricCall *call, const LrpExplanation *explanation, guint n, LrpProbeMake make,
                    gpointer data, double *scores, double *probabilities, GError **error);
/* The request for exactly what was explained, whatever another network or input would put on top. */
LrpRequest *lrp_probe_fix_request (const LrpRequest *request,
                                   const LrpExplanation *explanation) G_GNUC_WARN_UNUSED_RESULT;

/* A copy whose layer, and all that share its weights, has other weights of the same mean and deviation. */
LrpNetwork *lrp_randomize_layer (const LrpNetwork *network, guint layer, guint32 seed,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean lrp_metric_pixel_flipping (const LrpMetricCall *call, guint i, LrpMeasure *measure, GError **error);
gboolean lrp_metric_abpc (const LrpMetricCall *call, guint i, LrpMeasure *measure, GError **error);
gboolean lrp_metric_infidelity (const LrpMetricCall *call, guint i, LrpMeasure *measure, GError **error);
gboolean lrp_metric_randomized_weights (const LrpMetricCall *call, LrpMeasure *measures, GError **error);

G_END_DECLS
