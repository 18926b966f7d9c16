/* SPDX-License-Identifier: GPL-3.0-or-later */
/* metric.h: the table of metrics: numbers that say how good an explanation is */
#pragma once

#include "lrp/methods/request.h"
#include "lrp/metrics/measure.h"

G_BEGIN_DECLS

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
  double begin, span; /* this call's own part of all progress: where it begins, and how much it is */
} LrpMetricCall;

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

G_END_DECLS
