/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rows.h: the functions that the rows of the table of metrics name, by their files; private to the core */
#pragma once

#include "lrp/metrics/metric.h"

G_BEGIN_DECLS

/* plain.c: what the maps themselves say, and the clock */
gboolean lrp_metric_conservation (const LrpMetricCall *call, guint i, LrpMeasure *measure, GError **error);
gboolean lrp_metric_absorbed (const LrpMetricCall *call, guint i, LrpMeasure *measure, GError **error);
gboolean lrp_metric_positive (const LrpMetricCall *call, guint i, LrpMeasure *measure, GError **error);
gboolean lrp_metric_negative (const LrpMetricCall *call, guint i, LrpMeasure *measure, GError **error);
gboolean lrp_metric_sparsity (const LrpMetricCall *call, guint i, LrpMeasure *measure, GError **error);
gboolean lrp_metric_entropy (const LrpMetricCall *call, guint i, LrpMeasure *measure, GError **error);
gboolean lrp_metric_correlation (const LrpMetricCall *call, guint i, LrpMeasure *measure, GError **error);
gboolean lrp_metric_time (const LrpMetricCall *call, guint i, LrpMeasure *measure, GError **error);

/* flipping.c: pixels replaced one after the other, in one of these orders */
#define LRP_FLIPPING_ORDERS ((const char *const[]){ "morf", "lerf", "random", NULL })
gboolean lrp_metric_pixel_flipping (const LrpMetricCall *call, guint i, LrpMeasure *measure, GError **error);
gboolean lrp_metric_abpc (const LrpMetricCall *call, guint i, LrpMeasure *measure, GError **error);

/* infidelity.c: inputs disturbed by noise */
gboolean lrp_metric_infidelity (const LrpMetricCall *call, guint i, LrpMeasure *measure, GError **error);

/* class-sensitivity.c: the same question about other classes */
gboolean lrp_metric_class_sensitivity (const LrpMetricCall *call, guint i, LrpMeasure *measure, GError **error);

/* randomize.c: networks that have forgotten what they learned */
gboolean lrp_metric_randomized_weights (const LrpMetricCall *call, LrpMeasure *measures, GError **error);
/* A copy whose layer, and all that share its weights, has other weights of the same mean and deviation. */
LrpNetwork *lrp_randomize_layer (const LrpNetwork *network, guint layer, guint32 seed,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
