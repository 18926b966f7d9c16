/* SPDX-License-Identifier: GPL-3.0-or-later */
/* metric.h: the table of numbers that say how good an explanation is */
#pragma once

#include "lrp/methods/request.h"

G_BEGIN_DECLS

#define LRP_METRIC_MAX_VALUES 4

/**
 * LrpMetricCall:
 * @metric: the row and its parameters
 * @request: how @explanations were made
 * @run: the network, compiled for one sample
 * @explanations: (array length=n): each of one sample, with the relevance at the input
 * @references: (nullable) (array length=n): of the same samples by another method, for metrics that compare
 * @n: how many samples
 * @cancellable: (nullable): looked at between layers
 * @progress: (nullable): told how much is done
 * @progress_data: for @progress
 *
 * What a metric is given.
 */
typedef struct
{
  const LrpChoice *metric;
  const LrpRequest *request;
  LrpRun *run;
  LrpExplanation *const *explanations;
  LrpExplanation *const *references;
  guint n;
  GCancellable *cancellable;
  LrpProgress progress;
  gpointer progress_data;
  /*< private >*/
  double begin, span; /* which part of all progress is this call's */
} LrpMetricCall;

/**
 * LrpCurve:
 * @name: what was done: "morf", "lerf", "random", "reset"
 * @quantity: what was measured: "score", "probability", "similarity"
 * @n: how many points it has
 * @x: (array length=n): the share done, 0 to 1
 * @y: (array length=n): the quantity then
 *
 * How a quantity changes while more and more is done.
 */
typedef struct
{
  const char *name, *quantity;
  guint n;
  double *x, *y;
} LrpCurve;

/**
 * LrpMeasure:
 * @values: as many as the metric has; NaN where a value is undefined
 * @curves: (element-type LrpCurve): those that the values were found from
 *
 * What a metric found.
 */
typedef struct
{
  double values[LRP_METRIC_MAX_VALUES];
  GPtrArray *curves;
} LrpMeasure;

/* One of the numbers that a metric gives; those with a title (translatable) are for tables. */
typedef struct
{
  const char *name, *title;
} LrpMetricValue;

/**
 * LrpMetric:
 * @entry: name, formula, parameters
 * @values: the numbers it gives, ended by one without a name
 * @compares: whether it needs references
 * @effort: how long it takes, roughly, in forward passes
 * @measure: (nullable): measures sample number i
 * @measure_all: (nullable): measures all samples, where they share work
 *
 * A row of the table of metrics.
 */
struct _LrpMetric
{
  LrpEntry entry;
  const LrpMetricValue *values;
  gboolean compares;
  guint effort;
  gboolean (*measure) (const LrpMetricCall *call, guint i, LrpMeasure *measure, GError **error);
  gboolean (*measure_all) (const LrpMetricCall *call, LrpMeasure *measures, GError **error);
};

extern const LrpTable lrp_metrics;

guint lrp_metric_n_values (const LrpMetric *metric);
/* Measures all samples of a call; measures: (array length=n), cleared by lrp_measure_clear(). */
gboolean lrp_metric_measure (const LrpMetricCall *call, LrpMeasure *measures, GError **error);

void lrp_measure_clear (LrpMeasure *measure);
/* The mean of each value over those measures that have it, and of each curve. */
void lrp_measure_mean (const LrpMeasure *measures, guint n, LrpMeasure *mean);

/* What the metric pixel-flipping does to an input, to be looked at. */
typedef struct _LrpFlipping LrpFlipping;
LrpFlipping *lrp_flipping_new (const LrpChoice *metric, const LrpExplanation *explanation,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
void lrp_flipping_free (LrpFlipping *flipping);
LrpTensor *lrp_flipping_dup_input (const LrpFlipping *flipping, double share, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LrpFlipping, lrp_flipping_free)

/* The mean height of a curve: the area under it, since x goes from 0 to 1. */
double lrp_curve_get_area (const LrpCurve *curve);

G_END_DECLS
