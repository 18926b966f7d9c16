/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plain.c: metrics that are read off the maps themselves, without another pass through the network, and the time */
#include "config.h"

#include "lrp/base/stats.h"
#include "lrp/metrics/call.h"
#include "lrp/metrics/rows.h"

#include <math.h>

/* --- of one map --------------------------------------------------------------------------------------------------- */

/* What relevance should add up to; for methods that promise no sum, the score. */
static double
get_start (const LrpExplanation *e)
{
  return isnan (e->expected) ? e->score : e->expected;
}

static double
divide (double a, double b)
{
  return b != 0 ? a / b : NAN;
}

gboolean
lrp_metric_conservation (const LrpMetricCall *call, guint i, LrpMeasure *measure, GError **error)
{
  const LrpExplanation *e = call->explanations[i];

  measure->values[0] = divide (lrp_tensor_sum (e->relevance), get_start (e));
  return TRUE;
}

gboolean
lrp_metric_absorbed (const LrpMetricCall *call, guint i, LrpMeasure *measure, GError **error)
{
  const LrpExplanation *e = call->explanations[i];
  double bias = lrp_explanation_get_absorbed_by_bias (e), stabilizer = lrp_explanation_get_absorbed_by_stabilizer (e);

  if (isnan (e->expected))
    return TRUE;
  measure->values[0] = divide (bias + stabilizer, e->expected);
  measure->values[1] = divide (bias, e->expected);
  measure->values[2] = divide (stabilizer, e->expected);
  return TRUE;
}

/* The share of one sign in all absolute relevance. */
static void
measure_sign (const LrpExplanation *e, double sign, LrpMeasure *measure)
{
  gsize n;
  g_autofree double *pixels = lrp_metric_dup_pixels (e, &n);
  double part = 0, all = 0;

  for (gsize k = 0; k < n; k++)
    {
      part += MAX (sign * pixels[k], 0);
      all += fabs (pixels[k]);
    }
  measure->values[0] = divide (part, all);
}

gboolean
lrp_metric_positive (const LrpMetricCall *call, guint i, LrpMeasure *measure, GError **error)
{
  measure_sign (call->explanations[i], 1, measure);
  return TRUE;
}

gboolean
lrp_metric_negative (const LrpMetricCall *call, guint i, LrpMeasure *measure, GError **error)
{
  measure_sign (call->explanations[i], -1, measure);
  return TRUE;
}

gboolean
lrp_metric_sparsity (const LrpMetricCall *call, guint i, LrpMeasure *measure, GError **error)
{
  gsize n;
  g_autofree double *pixels = lrp_metric_dup_pixels (call->explanations[i], &n);

  measure->values[0] = lrp_stats_gini (pixels, n);
  return TRUE;
}

gboolean
lrp_metric_entropy (const LrpMetricCall *call, guint i, LrpMeasure *measure, GError **error)
{
  gsize n;
  g_autofree double *pixels = lrp_metric_dup_pixels (call->explanations[i], &n);

  measure->values[0] = lrp_stats_entropy (pixels, n);
  measure->values[1] = divide (measure->values[0], log2 ((double) n));
  return TRUE;
}

/* --- of two maps, and of the clock -------------------------------------------------------------------------------- */

gboolean
lrp_metric_correlation (const LrpMetricCall *call, guint i, LrpMeasure *measure, GError **error)
{
  gboolean absolute = lrp_choice_get (call->metric, "absolute") == 1;

  measure->values[0] = lrp_metric_correlate (call->explanations[i], call->references[i], absolute);
  return TRUE;
}

gboolean
lrp_metric_time (const LrpMetricCall *call, guint i, LrpMeasure *measure, GError **error)
{
  guint n = (guint) lrp_choice_get (call->metric, "repeat");
  g_autofree double *times = g_new (double, 3 * n);

  for (guint k = 0; k < n; k++)
    {
      g_autoptr (LrpExplanation) e =
          lrp_request_explain (call->request, call->run, call->explanations[i]->input, call->cancellable, error);
      if (!e)
        return FALSE;
      times[k] = e->forward_seconds + e->relevance_seconds;
      times[n + k] = e->forward_seconds;
      times[2 * n + k] = e->relevance_seconds;
      lrp_metric_report (call, (double) (k + 1) / n);
    }
  for (guint k = 0; k < 3; k++)
    measure->values[k] = lrp_stats_median (times + k * n, n);
  return TRUE;
}
