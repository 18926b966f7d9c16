/* SPDX-License-Identifier: GPL-3.0-or-later */
/* metric.c: the table of metrics, and how one of them measures */
#include "config.h"

#include "lrp/metrics/metric.h"

#include "lrp/methods/baseline.h"
#include "lrp/metrics/call.h"
#include "lrp/metrics/class-sensitivity.h"
#include "lrp/metrics/rows.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define PARAM_BASELINE                                                                                                 \
  {                                                                                                                    \
    "baseline", N_("What a pixel is replaced by"), 0, 5, LRP_BASELINE_MEAN, 0, 5, FALSE, LRP_BASELINE_NAMES,          \
        N_("Replaced by")                                                                                             \
  }
#define PARAM_STEPS                                                                                                    \
  {                                                                                                                    \
    "steps", N_("In how many steps all pixels are replaced"), 1, 4096, 50, 1, 200, FALSE, NULL, N_("Steps")          \
  }
#define PARAM_SEED                                                                                                     \
  {                                                                                                                    \
    "seed", N_("Another number, other randomness"), 0, 4294967295.0, 1, 0, 100, FALSE, NULL, N_("Seed")              \
  }

static const LrpParam flipping_params[] = {
  { "order", N_("Most relevant first, least relevant first, or any"), 0, 2, 0, 0, 2, FALSE, LRP_FLIPPING_ORDERS,
    N_("Order") },
  PARAM_BASELINE,
  PARAM_STEPS,
  PARAM_SEED,
  { 0 },
};
static const LrpParam abpc_params[] = { PARAM_BASELINE, PARAM_STEPS, PARAM_SEED, { 0 } };
static const LrpParam infidelity_params[] = {
  { "samples", N_("How many disturbed inputs"), 1, 65536, 256, 1, 1024, FALSE, NULL, N_("Samples") },
  { "size", N_("Standard deviation of the disturbance, as a share of the input’s range"), 1e-6, 10, 0.1, 0, 0.5, FALSE,
    NULL, N_("Size") },
  PARAM_SEED,
  { 0 },
};
static const LrpParam correlation_params[] = {
  { "absolute", N_("Whether the sign of relevance is left out of account"), 0, 1, 0, 0, 1, FALSE,
    (const char *const[]){ "no", "yes", NULL }, N_("Absolute values") },
  { 0 },
};
static const LrpParam class_params[] = {
  { "classes", N_("About how many other classes is asked at most: of more, the strongest"), 1, 4096,
    LRP_CLASS_SENSITIVITY_CLASSES, 1, 100, FALSE, NULL, N_("Classes") },
  { 0 },
};
static const LrpParam randomized_params[] = { PARAM_SEED, { 0 } };
static const LrpParam time_params[] = {
  { "repeat", N_("How often it is done; the median counts"), 1, 10000, 5, 1, 50, FALSE, NULL, N_("Repetitions") },
  { 0 },
};

/* --- the table ---------------------------------------------------------------------------------------------------- */

#define VALUES(...) ((const LrpMetricValue[]){ __VA_ARGS__, { 0 } })

static const LrpMetric rows[] = {
  { { "conservation", N_("Conservation"),
      N_("Relevance found at the pixels, as a share of what was handed down; 1 is all of it"), "sum R / f  [Bach15]",
      NULL },
    VALUES ({ "share", N_("Conserved") }),
    .effort = 1,
    .measure = lrp_metric_conservation },
  { { "absorbed", N_("Absorbed share"),
      N_("What biases and the stabiliser kept of the relevance; only methods with rules have it"),
      "(sum absorbed by biases and stabiliser) / f  [Bach15]", NULL },
    VALUES ({ "share", N_("Absorbed") }, { "bias", NULL }, { "stabilizer", NULL }),
    .effort = 1,
    .measure = lrp_metric_absorbed },
  { { "positive", N_("Positive share"), N_("How much of the map speaks for the answer"), "sum max (R, 0) / sum |R|",
      NULL },
    VALUES ({ "share", N_("Positive") }),
    .effort = 1,
    .measure = lrp_metric_positive },
  { { "negative", N_("Negative share"), N_("How much of the map speaks against the answer"),
      "sum max (-R, 0) / sum |R|", NULL },
    VALUES ({ "share", N_("Negative") }),
    .effort = 1,
    .measure = lrp_metric_negative },
  { { "sparsity", N_("Sparsity"),
      N_("How few pixels have most of the relevance: 0 all have the same, 1 one has it all"),
      "Gini index of |R| = 1 - 2 sum_k |R|_k / sum |R| (N - k + 1/2) / N, sorted upwards  [Hurley09]", NULL },
    VALUES ({ "gini", N_("Sparsity") }),
    .effort = 1,
    .measure = lrp_metric_sparsity },
  { { "entropy", N_("Entropy"), N_("How widely relevance is spread, in bits: 0 one pixel has it all"),
      "-sum p log2 p, p = |R| / sum |R|  [Shannon48]", NULL },
    VALUES ({ "bits", N_("Entropy") }, { "relative", NULL }),
    .effort = 1,
    .measure = lrp_metric_entropy },
  { { "pixel-flipping", N_("Pixel flipping"),
      N_("The mean score while pixels are replaced, most relevant first (morf): the lower, the better the map"),
      "area under f (x with a share of its pixels replaced)  [Samek17]", flipping_params },
    VALUES ({ "score", N_("Flipping, score") }, { "probability", N_("Flipping, probability") }),
    .effort = 60,
    .measure = lrp_metric_pixel_flipping },
  { { "abpc", N_("Area between the curves"),
      N_("Pixel flipping with the least relevant first less that with the most relevant first: the higher, the better "
          "the map"),
      "area of f (lerf) - f (morf)  [Schulz20]", abpc_params },
    VALUES ({ "score", N_("ABPC, score") }, { "probability", N_("ABPC, probability") }),
    .effort = 120,
    .measure = lrp_metric_abpc },
  { { "infidelity", N_("Infidelity"),
      N_("How wrongly the map foretells the change of the score when the input is disturbed; scaled: times what suits "
          "it best"),
      "mean of (I R - (f (x) - f (x - I)))^2, I normal noise  [Yeh19]", infidelity_params },
    VALUES ({ "infidelity", N_("Infidelity") }, { "scaled", N_("Infidelity, scaled") }),
    .effort = 300,
    .measure = lrp_metric_infidelity },
  { { "rank-correlation", N_("Rank correlation"),
      N_("How far the map puts pixels in the same order as the first method’s map"),
      "Pearson correlation of ranks, ties averaged  [Spearman04]", correlation_params },
    VALUES ({ "correlation", N_("Rank correlation") }),
    .compares = TRUE,
    .effort = 1,
    .measure = lrp_metric_correlation },
  { { "class-sensitivity", N_("Class sensitivity"),
      N_("How much the map depends on which class is asked about: 0 it is the same for all"),
      "1 - mean over other classes d of the correlation of |R_c| and |R_d|, channels summed first  [Sixt20]",
      class_params },
    VALUES ({ "sensitivity", N_("Class sensitivity") }),
    .effort = 30,
    .measure = lrp_metric_class_sensitivity },
  { { "randomized-weights", N_("Randomised weights"),
      N_("How similar the map stays while weights are drawn anew, layer by layer from the top: high means it ignores "
          "them. Pixels where both maps are 0 do not count"),
      "rank correlation of |R| with |R after resets| where either is not 0, mean over resets  [Adebayo18]",
      randomized_params },
    VALUES ({ "mean", N_("Randomised") }, { "last", N_("Randomised, all") }),
    .effort = 100,
    .measure_all = lrp_metric_randomized_weights },
  { { "time", N_("Time"), N_("Seconds for one explanation, with its forward pass"), NULL, time_params },
    VALUES ({ "seconds", N_("Seconds") }, { "forward", NULL }, { "relevance", NULL }),
    .effort = 15,
    .measure = lrp_metric_time },
};

const LrpTable lrp_metrics = { "metric", rows, sizeof *rows, G_N_ELEMENTS (rows) };

/**
 * lrp_metric_n_values:
 * @metric: a metric
 *
 * Returns: how many numbers it gives
 */
guint
lrp_metric_n_values (const LrpMetric *metric)
{
  guint n = 0;

  while (metric->values[n].name)
    n++;
  g_assert (n <= LRP_METRIC_MAX_VALUES);
  return n;
}

/* --- measuring ---------------------------------------------------------------------------------------------------- */

static gboolean
check_maps (const LrpMetricCall *call, GError **error)
{
  const LrpMetric *metric = (const LrpMetric *) call->metric->entry;

  for (guint i = 0; i < call->n; i++)
    {
      const LrpExplanation *e = call->explanations[i];
      g_return_val_if_fail (e->n == 1 && (!metric->compares || call->references), FALSE);
      if (lrp_shape_equal (&e->relevance->shape, &e->input->shape))
        continue;
      g_set_error (error, LRP_ERROR, LRP_ERROR_UNSUPPORTED, _("%s: only maps of the whole input can be measured"),
                   metric->entry.name);
      return FALSE;
    }
  return TRUE;
}

/**
 * lrp_metric_measure:
 * @call: what is measured, and by which metric
 * @measures: (out caller-allocates) (array length=n): what was found; clear them in any case
 * @error: return location for an error, %G_IO_ERROR_CANCELLED among them
 *
 * Measures explanations. What is random depends on the metric's seed and on the sample alone, not on how many samples
 * there are.
 *
 * Returns: whether all were measured
 */
gboolean
lrp_metric_measure (const LrpMetricCall *call, LrpMeasure *measures, GError **error)
{
  const LrpMetric *metric = (const LrpMetric *) call->metric->entry;
  LrpMetricCall whole = *call;

  whole.begin = 0;
  whole.span = 1;
  for (guint i = 0; i < call->n; i++)
    {
      measures[i].curves = NULL;
      for (guint k = 0; k < LRP_METRIC_MAX_VALUES; k++)
        measures[i].values[k] = NAN;
    }
  if (!check_maps (call, error))
    return FALSE;
  if (metric->measure_all)
    return metric->measure_all (&whole, measures, error);
  for (guint i = 0; i < call->n; i++)
    {
      LrpMetricCall part = lrp_metric_part (&whole, i, call->n);
      if (g_cancellable_set_error_if_cancelled (call->cancellable, error)
          || !metric->measure (&part, i, &measures[i], error))
        return FALSE;
      lrp_metric_report (&part, 1);
    }
  return TRUE;
}
