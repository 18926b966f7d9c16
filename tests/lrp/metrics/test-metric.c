/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-metric.c: numbers about explanations are those that their papers define */
#include "nets.h"

#include "lrp/metrics/call.h"
#include "lrp/metrics/probe.h"
#include "lrp/metrics/rows.h"
#include "lrp/base/stats.h"

#include <math.h>
#include <string.h>

#define SAMPLES 3

/* A network and explanations of some samples by one method. */
typedef struct
{
  LrpNetwork *network;
  LrpRun *run;
  LrpRequest *request;
  LrpExplanation *explanations[SAMPLES];
} Subject;

static LrpNetwork *
linear_net (gboolean bias)
{
  LrpNetwork *network = lrp_network_new ("linear", "input", &LRP_SHAPE (1, 2, 4, 4));
  LrpLayer *flatten = lrp_layer_new (LRP_OP_FLATTEN, NULL);

  flatten->axis = 1;
  nets_add (network, flatten, -1);
  nets_add (network, nets_dense (32, 3, bias, 21), -1);
  return network;
}

static void
subject_init (Subject *subject, LrpNetwork *network, const char *method)
{
  g_autoptr (GError) error = NULL;
  const LrpShape *shape = &lrp_network_get_layer (network, 0)->shape;

  subject->network = network;
  subject->run = lrp_run_new (network, shape, &error);
  g_assert_no_error (error);
  subject->request = lrp_request_new ();
  g_assert_true (lrp_request_set_method (subject->request, method, &error));
  for (guint i = 0; i < SAMPLES; i++)
    {
      g_autoptr (LrpTensor) input = nets_positive (shape, 40 + i);
      subject->explanations[i] = lrp_request_explain (subject->request, subject->run, input, NULL, &error);
      g_assert_no_error (error);
    }
}

static void
subject_clear (Subject *subject)
{
  for (guint i = 0; i < SAMPLES; i++)
    lrp_explanation_unref (subject->explanations[i]);
  lrp_request_free (subject->request);
  lrp_run_free (subject->run);
  lrp_network_unref (subject->network);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Subject, subject_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LrpMeasure, lrp_measure_clear)

static LrpMetricCall
make_call (const Subject *subject, LrpChoice *choice, const char *metric, guint first, guint n)
{
  g_autoptr (GError) error = NULL;

  lrp_choice_parse (choice, &lrp_metrics, metric, &error);
  g_assert_no_error (error);
  return (LrpMetricCall){ .metric = choice,
                          .request = subject->request,
                          .run = subject->run,
                          .explanations = subject->explanations + first,
                          .references = subject->explanations + first,
                          .n = n };
}

/* Measures one sample. */
static LrpMeasure
measure (const Subject *subject, const char *metric, guint sample)
{
  g_autoptr (GError) error = NULL;
  LrpChoice choice;
  LrpMetricCall call = make_call (subject, &choice, metric, sample, 1);
  LrpMeasure result;

  lrp_metric_measure (&call, &result, &error);
  g_assert_no_error (error);
  return result;
}

static void
assert_near (double a, double b, double tolerance)
{
  g_assert_cmpfloat_with_epsilon (a, b, tolerance);
}

/* --- statistics --------------------------------------------------------------------------------------------------- */

static void
test_gini (void)
{
  /* (1 + 2 + 3 + 4): 1 - 2 (0.1 3.5 + 0.2 2.5 + 0.3 1.5 + 0.4 0.5) / 4. */
  assert_near (lrp_stats_gini ((double[]){ 3, 1, 4, 2 }, 4), 0.25, 1e-15);
  assert_near (lrp_stats_gini ((double[]){ -30, 10, -40, 20 }, 4), 0.25, 1e-15);
  assert_near (lrp_stats_gini ((double[]){ 7, 7, 7, -7, 7 }, 5), 0, 1e-15);
  assert_near (lrp_stats_gini ((double[]){ 0, 0, -9, 0 }, 4), 0.75, 1e-15);
  g_assert_true (isnan (lrp_stats_gini ((double[]){ 0, 0 }, 2)));
}

static void
test_entropy (void)
{
  assert_near (lrp_stats_entropy ((double[]){ 1, -1, 1, 1, 1, -1, 1, 1 }, 8), 3, 1e-15);
  assert_near (lrp_stats_entropy ((double[]){ 0, 2, 0 }, 3), 0, 1e-15);
  assert_near (lrp_stats_entropy ((double[]){ 10, -5, 5 }, 3), 1.5, 1e-15);
  g_assert_true (isnan (lrp_stats_entropy ((double[]){ 0 }, 1)));
}

static void
test_spearman (void)
{
  const double up[] = { -2, 0, 1, 50 }, tied[] = { 1, 2, 2, 3 };

  assert_near (lrp_stats_spearman (up, (double[]){ 1, 2, 3, 4 }, 4), 1, 1e-15);
  assert_near (lrp_stats_spearman (up, (double[]){ 9, 8, 7, -6 }, 4), -1, 1e-15);
  /* Ranks 1, 2.5, 2.5, 4 with 1, 2, 3, 4: 4.5 / sqrt (4.5 5). */
  assert_near (lrp_stats_spearman (tied, up, 4), 4.5 / sqrt (22.5), 1e-15);
  /* 1 - 6 (1 + 1 + 0) / (3 (9 - 1)). */
  assert_near (lrp_stats_spearman ((double[]){ 1, 2, 3 }, (double[]){ 2, 1, 3 }, 3), 0.5, 1e-15);
  g_assert_true (isnan (lrp_stats_spearman (up, (double[]){ 5, 5, 5, 5 }, 4)));
}

static void
test_sort (void)
{
  const double values[] = { 2, 5, 2, -1, 5 };
  g_autofree guint *down = lrp_stats_sort (values, 5, TRUE), *up = lrp_stats_sort (values, 5, FALSE);
  const guint down_wanted[] = { 1, 4, 0, 2, 3 }, up_wanted[] = { 3, 0, 2, 1, 4 };

  g_assert_cmpmem (down, sizeof down_wanted, down_wanted, sizeof down_wanted);
  g_assert_cmpmem (up, sizeof up_wanted, up_wanted, sizeof up_wanted);
}

/* Mean, variance, skewness and kurtosis of a normal distribution; the tolerances are five standard errors. */
static void
test_normal (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  const guint n = 40000;
  double moments[5] = { 0 };

  for (guint i = 0; i < n / 2; i++)
    {
      double pair[2];
      lrp_stats_normal (rand, pair);
      for (guint k = 1; k < 5; k++)
        moments[k] += (pow (pair[0], k) + pow (pair[1], k)) / n;
    }
  assert_near (moments[1], 0, 5 * sqrt (1.0 / n));
  assert_near (moments[2], 1, 5 * sqrt (2.0 / n));
  assert_near (moments[3], 0, 5 * sqrt (15.0 / n));
  assert_near (moments[4], 3, 5 * sqrt (96.0 / n));
}

/* --- one map ------------------------------------------------------------------------------------------------------ */

/* What is not found at the pixels was absorbed; on the way nothing is created by LRP-0. */
static void
test_conservation (void)
{
  g_auto (Subject) subject = { 0 };
  subject_init (&subject, nets_lenet (TRUE), "lrp:composite=epsilon,epsilon=0.01");

  for (guint i = 0; i < SAMPLES; i++)
    {
      const LrpExplanation *e = subject.explanations[i];
      g_auto (LrpMeasure) conserved = measure (&subject, "conservation", i);
      g_auto (LrpMeasure) absorbed = measure (&subject, "absorbed", i);
      assert_near (conserved.values[0], lrp_tensor_sum (e->relevance) / e->score, 1e-12);
      assert_near (conserved.values[0] + absorbed.values[0], 1, 1e-4);
      assert_near (absorbed.values[1] + absorbed.values[2], absorbed.values[0], 1e-12);
      g_assert_cmpfloat (fabs (absorbed.values[1]), >, 1e-3);
    }
}

/* On a linear network without bias the gradient times the input is the score; nothing is handed down, so nothing
 * absorbed. */
static void
test_conservation_gradient (void)
{
  g_auto (Subject) subject = { 0 };
  subject_init (&subject, linear_net (FALSE), "gradient-x-input");

  g_auto (LrpMeasure) conserved = measure (&subject, "conservation", 0);
  g_auto (LrpMeasure) absorbed = measure (&subject, "absorbed", 0);
  assert_near (conserved.values[0], 1, 1e-5);
  g_assert_true (isnan (absorbed.values[0]));
}

/* Channels of a pixel are added before anything is said about the map. */
static void
test_map (void)
{
  g_auto (Subject) subject = { 0 };
  double pixels[16], entropy = 0, positive = 0, all = 0;
  subject_init (&subject, linear_net (TRUE), "gradient-x-input");

  const float *r = subject.explanations[1]->relevance->data;
  for (guint i = 0; i < 16; i++)
    {
      pixels[i] = (double) r[i] + (double) r[16 + i];
      all += fabs (pixels[i]);
      positive += fmax (pixels[i], 0);
    }
  for (guint i = 0; i < 16; i++)
    entropy -= fabs (pixels[i]) / all * log2 (fabs (pixels[i]) / all);
  g_auto (LrpMeasure) plus = measure (&subject, "positive", 1);
  g_auto (LrpMeasure) minus = measure (&subject, "negative", 1);
  g_auto (LrpMeasure) sparsity = measure (&subject, "sparsity", 1);
  g_auto (LrpMeasure) spread = measure (&subject, "entropy", 1);
  assert_near (plus.values[0], positive / all, 1e-12);
  assert_near (plus.values[0] + minus.values[0], 1, 1e-12);
  assert_near (sparsity.values[0], lrp_stats_gini (pixels, 16), 1e-12);
  assert_near (spread.values[0], entropy, 1e-12);
  assert_near (spread.values[1], entropy / 4, 1e-12);
}

/* --- pixel flipping ----------------------------------------------------------------------------------------------- */

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* On a linear network each pixel that becomes zero takes its own contribution with it: the largest first. */
static void
test_flipping_linear (void)
{
  static const struct
  {
    const char *metric;
    gboolean descending;
  } orders[] = {
    { "pixel-flipping:order=morf,baseline=zero,steps=16", TRUE },
    { "pixel-flipping:order=lerf,baseline=zero,steps=16", FALSE },
  };
  g_auto (Subject) subject = { 0 };
  subject_init (&subject, linear_net (TRUE), "gradient-x-input");

  for (guint o = 0; o < 2; o++)
    {
      const LrpExplanation *e = subject.explanations[0];
      g_auto (LrpMeasure) result = measure (&subject, orders[o].metric, 0);
      const LrpCurve *curve = result.curves->pdata[0];
      double left = e->score, parts[16], area = 0;
      for (guint i = 0; i < 16; i++)
        parts[i] = (double) e->relevance->data[i] + (double) e->relevance->data[16 + i];
      qsort (parts, 16, sizeof *parts, compare_doubles);
      g_assert_cmpuint (curve->n, ==, 17);
      g_assert_cmpstr (curve->quantity, ==, "score");
      for (guint i = 0; i <= 16; i++)
        {
          assert_near (curve->x[i], i / 16.0, 1e-15);
          assert_near (curve->y[i], left, 1e-5);
          area += left / (i == 0 || i == 16 ? 32 : 16);
          left -= i < 16 ? parts[orders[o].descending ? 15 - i : i] : 0;
        }
      assert_near (result.values[0], area, 1e-5);
    }
}

/* The same curve from one forward pass after the other, with the pixels replaced by hand. */
static void
test_flipping_slowly (void)
{
  g_autoptr (GError) error = NULL;
  g_auto (Subject) subject = { 0 };
  subject_init (&subject, nets_lenet (TRUE), "lrp");
  const LrpExplanation *e = subject.explanations[2];
  g_auto (LrpMeasure) result = measure (&subject, "pixel-flipping:baseline=mean,steps=37", 2);
  const LrpCurve *score = result.curves->pdata[0], *probability = result.curves->pdata[1];
  g_autoptr (LrpTensor) x = lrp_tensor_new_copy (&e->input->shape, e->input->data, NULL);
  gsize n;
  g_autofree double *pixels = lrp_metric_dup_pixels (e, &n);
  float means[2];

  g_assert_cmpuint (n, ==, 144);
  for (guint c = 0; c < 2; c++)
    {
      double sum = 0;
      for (guint i = 0; i < 144; i++)
        sum += (double) x->data[c * 144 + i];
      means[c] = (float) (sum / 144);
    }
  for (guint step = 0, gone = 0; step <= 37; step++)
    {
      double all = 0;
      for (; gone < (guint) lround (step * 144.0 / 37); gone++)
        {
          guint best = 0;
          for (guint i = 1; i < 144; i++)
            best = pixels[i] > pixels[best] ? i : best;
          pixels[best] = -INFINITY;
          x->data[best] = means[0];
          x->data[144 + best] = means[1];
        }
      g_assert_true (lrp_run_forward (subject.run, x, NULL, &error));
      g_autoptr (LrpTensor) scores = lrp_run_dup_activation (subject.run, subject.network->output, &error);
      for (guint i = 0; i < 5; i++)
        all += exp ((double) scores->data[i]);
      assert_near (score->x[step], gone / 144.0, 1e-15);
      assert_near (score->y[step], (double) scores->data[lrp_explanation_get_class (e, 0)], 1e-4);
      assert_near (probability->y[step], exp ((double) scores->data[lrp_explanation_get_class (e, 0)]) / all, 1e-4);
    }
}

/* What is looked at is what was measured: the network gives the curve's scores for the inputs that are handed out. */
static void
test_flipping_shown (void)
{
  g_autoptr (GError) error = NULL;
  g_auto (Subject) subject = { 0 };
  subject_init (&subject, nets_lenet (TRUE), "lrp");
  const LrpExplanation *e = subject.explanations[2];
  g_auto (LrpMeasure) result = measure (&subject, "pixel-flipping:baseline=mean,steps=12", 2);
  const LrpCurve *score = result.curves->pdata[0];
  g_autoptr (LrpFlipping) flipping = NULL;
  LrpChoice metric;

  g_assert_true (lrp_choice_parse (&metric, &lrp_metrics, "pixel-flipping:baseline=mean,steps=12", &error));
  flipping = lrp_flipping_new (&metric, e, &error);
  g_assert_no_error (error);
  for (guint step = 0; step <= 12; step++)
    {
      g_autoptr (LrpTensor) x = lrp_flipping_dup_input (flipping, score->x[step], &error);
      g_assert_true (lrp_run_forward (subject.run, x, NULL, &error));
      g_autoptr (LrpTensor) scores = lrp_run_dup_activation (subject.run, subject.network->output, &error);
      assert_near (score->y[step], (double) scores->data[lrp_explanation_get_class (e, 0)], 1e-4);
    }
}

/* Whatever is replaced, and in whichever order, in the end everything is. */
static void
test_flipping_ends (void)
{
  static const char *const baselines[] = { "zero", "mean", "blur", "noise" };
  g_auto (Subject) subject = { 0 };
  subject_init (&subject, nets_lenet (TRUE), "lrp");

  for (guint i = 0; i < G_N_ELEMENTS (baselines); i++)
    {
      double ends[3];
      for (guint o = 0; o < 3; o++)
        {
          g_autofree char *text =
              g_strdup_printf ("pixel-flipping:order=%s,baseline=%s,steps=7", LRP_FLIPPING_ORDERS[o], baselines[i]);
          g_auto (LrpMeasure) result = measure (&subject, text, 0);
          const LrpCurve *curve = result.curves->pdata[0];
          g_assert_cmpstr (curve->name, ==, LRP_FLIPPING_ORDERS[o]);
          assert_near (curve->y[0], subject.explanations[0]->score, 1e-4);
          ends[o] = curve->y[curve->n - 1];
        }
      assert_near (ends[0], ends[1], 1e-6);
      assert_near (ends[0], ends[2], 1e-6);
    }
}

/* The most relevant first cannot leave more than the least relevant first, where contributions add up. */
static void
test_abpc (void)
{
  g_auto (Subject) subject = { 0 };
  subject_init (&subject, linear_net (TRUE), "gradient-x-input");

  for (guint i = 0; i < SAMPLES; i++)
    {
      g_auto (LrpMeasure) lerf = measure (&subject, "pixel-flipping:order=lerf,baseline=zero,steps=8", i);
      g_auto (LrpMeasure) morf = measure (&subject, "pixel-flipping:order=morf,baseline=zero,steps=8", i);
      g_auto (LrpMeasure) between = measure (&subject, "abpc:baseline=zero,steps=8", i);
      g_assert_cmpfloat (between.values[0], >, 0.1);
      g_assert_cmpfloat (between.values[1], >, 0.01);
      for (guint k = 0; k < 2; k++)
        assert_near (between.values[k], lerf.values[k] - morf.values[k], 1e-12);
      g_assert_cmpuint (between.curves->len, ==, 4);
    }
}

/* --- infidelity --------------------------------------------------------------------------------------------------- */

/* The gradient foretells what a linear network does. */
static void
test_infidelity_gradient (void)
{
  g_auto (Subject) subject = { 0 };
  subject_init (&subject, linear_net (TRUE), "gradient");

  g_auto (LrpMeasure) result = measure (&subject, "infidelity:samples=50,size=0.5", 0);
  assert_near (result.values[0], 0, 1e-10);
  assert_near (result.values[1], 0, 1e-10);
}

/* A map times s foretells s times too much: (s - 1)^2 times what an empty map misses, which is size^2 |w|^2 on average;
 * the factor 1 / s makes that good again. The tolerance is five standard errors of a squared normal distribution. */
static void
test_infidelity_scale (void)
{
  g_auto (Subject) subject = { 0 };
  double low, high, norm = 0, expected;
  subject_init (&subject, linear_net (TRUE), "gradient");
  LrpTensor *relevance = subject.explanations[0]->relevance;
  const LrpTensor *x = subject.explanations[0]->input;

  low = high = (double) x->data[0];
  for (gsize i = 0; i < x->count; i++)
    {
      low = fmin (low, (double) x->data[i]);
      high = fmax (high, (double) x->data[i]);
      norm += (double) relevance->data[i] * (double) relevance->data[i];
      relevance->data[i] *= 3;
    }
  expected = 0.04 * (high - low) * (high - low) * norm;
  g_auto (LrpMeasure) tripled = measure (&subject, "infidelity:samples=2000,size=0.2", 0);
  memset (relevance->data, 0, relevance->count * sizeof (float));
  g_auto (LrpMeasure) empty = measure (&subject, "infidelity:samples=2000,size=0.2", 0);
  assert_near (empty.values[0], expected, 5 * sqrt (2.0 / 2000) * expected);
  assert_near (tripled.values[0], 4 * empty.values[0], 1e-4 * expected);
  assert_near (tripled.values[1], 0, 1e-8);
  assert_near (empty.values[1], empty.values[0], 1e-12);
}

/* --- two maps ----------------------------------------------------------------------------------------------------- */

static void
test_correlation (void)
{
  g_autoptr (GError) error = NULL;
  g_auto (Subject) a = { 0 }, b = { 0 };
  subject_init (&a, linear_net (TRUE), "gradient-x-input");
  subject_init (&b, linear_net (TRUE), "sensitivity");
  LrpChoice choice;
  LrpMetricCall call = make_call (&a, &choice, "rank-correlation", 0, 1);
  gsize n;
  g_autofree double *x = lrp_metric_dup_pixels (a.explanations[0], &n);
  g_autofree double *y = lrp_metric_dup_pixels (b.explanations[0], &n);
  g_auto (LrpMeasure) self = measure (&a, "rank-correlation", 0);
  g_auto (LrpMeasure) both = { 0 };
  g_auto (LrpMeasure) absolute = { 0 };

  assert_near (self.values[0], 1, 1e-12);
  call.references = b.explanations;
  g_assert_true (lrp_metric_measure (&call, &both, &error));
  assert_near (both.values[0], lrp_stats_spearman (x, y, n), 1e-12);
  g_assert_true (lrp_choice_set (&choice, "absolute", "yes", NULL));
  g_assert_true (lrp_metric_measure (&call, &absolute, &error));
  for (gsize i = 0; i < n; i++)
    x[i] = fabs (x[i]);
  assert_near (absolute.values[0], lrp_stats_spearman (x, y, n), 1e-12);
}

/* --- randomised weights ------------------------------------------------------------------------------------------- */

static void
mean_and_deviation (const LrpTensor *tensor, double *mean, double *deviation)
{
  double square = 0;

  *mean = lrp_tensor_sum (tensor) / (double) tensor->count;
  for (gsize i = 0; i < tensor->count; i++)
    square += pow ((double) tensor->data[i] - *mean, 2);
  *deviation = sqrt (square / (double) tensor->count);
}

/* Only the layer asked for has other weights, of the same distribution; five standard errors are allowed. */
static void
test_randomize_layer (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpNetwork) network = nets_lenet (TRUE);
  g_autoptr (LrpNetwork) other = lrp_randomize_layer (network, 4, 7, &error);
  double mean, deviation, fresh_mean, fresh_deviation;

  g_assert_no_error (error);
  g_assert_cmpuint (other->layers->len, ==, network->layers->len);
  g_assert_cmpuint (other->output, ==, network->output);
  for (guint i = 0; i < network->layers->len; i++)
    {
      const LrpLayer *a = lrp_network_get_layer (network, i), *b = lrp_network_get_layer (other, i);
      g_assert_cmpstr (a->name, ==, b->name);
      g_assert_true ((a->weights == b->weights) == (i != 4 || !a->weights));
      g_assert_true ((a->bias == b->bias) == (i != 4 || !a->bias));
    }
  const LrpTensor *old = lrp_network_get_layer (network, 4)->weights,
                  *fresh = lrp_network_get_layer (other, 4)->weights;
  mean_and_deviation (old, &mean, &deviation);
  mean_and_deviation (fresh, &fresh_mean, &fresh_deviation);
  assert_near (fresh_mean, mean, 5 * deviation / sqrt ((double) old->count));
  assert_near (fresh_deviation, deviation, 5 * deviation / sqrt (2.0 * (double) old->count));
}

/* Layers that share their weights still do. */
static void
test_randomize_shared (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpNetwork) network = lrp_network_new ("twice", "input", &LRP_SHAPE (1, 6));
  LrpLayer *first = nets_dense (6, 6, FALSE, 1), *second = nets_dense (6, 6, FALSE, 2);

  lrp_tensor_unref (second->weights);
  second->weights = lrp_tensor_ref (first->weights);
  nets_add (network, first, -1);
  nets_add (network, lrp_layer_new (LRP_OP_RELU, NULL), -1);
  nets_add (network, second, -1);
  g_autoptr (LrpNetwork) other = lrp_randomize_layer (network, 3, 1, &error);
  g_assert_true (lrp_network_get_layer (other, 1)->weights == lrp_network_get_layer (other, 3)->weights);
  g_assert_true (lrp_network_get_layer (other, 1)->weights != lrp_network_get_layer (network, 1)->weights);

  g_auto (Subject) subject = { 0 };
  subject_init (&subject, lrp_network_ref (network), "gradient");
  g_auto (LrpMeasure) result = measure (&subject, "randomized-weights", 0);
  g_assert_cmpuint (((LrpCurve *) result.curves->pdata[0])->n, ==, 2);
}

/* A map resembles itself; that of a network that learned nothing of the same does not, on average over many draws. The
 * rank correlation of 144 unrelated pixels deviates by 1 / sqrt (143); the mean of 20 by less than a quarter of it. */
static void
test_randomized_weights (void)
{
  g_auto (Subject) subject = { 0 };
  double last = 0, mean = 0;
  subject_init (&subject, nets_lenet (TRUE), "gradient");

  for (guint seed = 0; seed < 20; seed++)
    {
      g_autofree char *text = g_strdup_printf ("randomized-weights:seed=%u", seed);
      g_auto (LrpMeasure) result = measure (&subject, text, 0);
      const LrpCurve *curve = result.curves->pdata[0];
      double sum = 0;
      g_assert_cmpuint (curve->n, ==, 5);
      assert_near (curve->y[0], 1, 1e-12);
      for (guint i = 1; i < 5; i++)
        sum += curve->y[i];
      assert_near (result.values[0], sum / 4, 1e-12);
      g_assert_true (result.values[1] == curve->y[4]);
      last += curve->y[4] / 20;
      mean += curve->y[1] / 20;
    }
  g_assert_cmpfloat (fabs (last), <, 0.15);
  g_assert_cmpfloat (mean, >, fabs (last));
}

/* Relevance of the pixels of linear_net(), by hand: x times the weights of a class, over both channels. */
static void
multiply (const LrpTensor *x, const LrpTensor *weights, guint class_index, double *pixels)
{
  for (guint i = 0; i < 16; i++)
    pixels[i] = fabs ((double) x->data[i] * (double) weights->data[class_index * 32 + i]
                      + (double) x->data[16 + i] * (double) weights->data[class_index * 32 + 16 + i]);
}

static double
pearson (const double *a, const double *b, guint n)
{
  double sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0;

  for (guint i = 0; i < n; i++)
    {
      sa += a[i];
      sb += b[i];
      saa += a[i] * a[i];
      sbb += b[i] * b[i];
      sab += a[i] * b[i];
    }
  return (n * sab - sa * sb) / sqrt ((n * saa - sa * sa) * (n * sbb - sb * sb));
}

/* Ranks where no two values are the same. */
static void
rank (const double *values, guint n, double *ranks)
{
  for (guint i = 0; i < n; i++)
    {
      ranks[i] = 0;
      for (guint k = 0; k < n; k++)
        ranks[i] += values[k] < values[i];
    }
}

/* Where both maps are 0 nothing is compared: here half of the input is 0, and so is half of every map. */
static void
test_randomized_zeros (void)
{
  g_auto (Subject) subject = { 0 };
  g_autoptr (LrpTensor) input = nets_positive (&LRP_SHAPE (1, 2, 4, 4), 3);
  g_autoptr (LrpNetwork) other = NULL;
  double map[16], fresh[16], ranks[8], fresh_ranks[8];

  subject_init (&subject, linear_net (FALSE), "gradient-x-input");
  memset (input->data, 0, 8 * sizeof (float));
  memset (input->data + 16, 0, 8 * sizeof (float));
  lrp_explanation_unref (subject.explanations[0]);
  subject.explanations[0] = lrp_request_explain (subject.request, subject.run, input, NULL, NULL);
  g_auto (LrpMeasure) result = measure (&subject, "randomized-weights:seed=7", 0);

  other = lrp_randomize_layer (subject.network, 2, 7, NULL);
  multiply (input, lrp_network_get_layer (subject.network, 2)->weights,
            lrp_explanation_get_class (subject.explanations[0], 0), map);
  multiply (input, lrp_network_get_layer (other, 2)->weights, lrp_explanation_get_class (subject.explanations[0], 0),
            fresh);
  rank (map + 8, 8, ranks);
  rank (fresh + 8, 8, fresh_ranks);
  assert_near (result.values[1], pearson (ranks, fresh_ranks, 8), 1e-9);
}

/* 1 - the mean correlation of |R| with that of each other class; by hand, too. */
static void
test_class_sensitivity (void)
{
  g_auto (Subject) subject = { 0 };
  double maps[3][16], mean = 0;
  guint c;

  subject_init (&subject, linear_net (FALSE), "gradient-x-input");
  g_auto (LrpMeasure) result = measure (&subject, "class-sensitivity", 0);
  c = lrp_explanation_get_class (subject.explanations[0], 0);
  for (guint k = 0; k < 3; k++)
    multiply (subject.explanations[0]->input, lrp_network_get_layer (subject.network, 2)->weights, k, maps[k]);
  for (guint k = 0; k < 3; k++)
    mean += k == c ? 0 : pearson (maps[c], maps[k], 16) / 2;
  assert_near (result.values[0], 1 - mean, 1e-5);
}

/* A map that is the same everywhere is the same for every class; where none or two are explained nothing is said; and
 * of many classes only the strongest are asked about. */
static void
test_class_insensitivity (void)
{
  g_auto (Subject) subject = { 0 };
  LrpClassSensitivity found;
  g_autoptr (LrpWarning) warning = NULL, none = NULL;

  subject_init (&subject, linear_net (FALSE), "lrp:composite=flat");
  g_assert_true (lrp_class_sensitivity_measure (subject.request, subject.run, subject.explanations[0], 1, NULL, NULL,
                                                NULL, &found, NULL));
  g_assert_cmpfloat (found.value, ==, 0);
  g_assert_cmpuint (found.n_asked, ==, 1);
  g_assert_cmpuint (found.n_others, ==, 2);
  warning = lrp_class_sensitivity_dup_warning (&found, subject.request, subject.explanations[0]);
  g_assert_cmpstr (warning->code, ==, "same-for-every-class");
  subject.request->target.against = LRP_TARGET_RUNNER_UP;
  g_assert_true (lrp_class_sensitivity_measure (subject.request, subject.run, subject.explanations[0], 16, NULL, NULL,
                                                NULL, &found, NULL));
  g_assert_true (isnan (found.value));
  none = lrp_class_sensitivity_dup_warning (&found, subject.request, subject.explanations[0]);
  g_assert_null (none);
}

/* The target stays what it was, whatever the network without its weights would say. */
static void
test_fixed_target (void)
{
  g_auto (Subject) subject = { 0 };
  subject_init (&subject, nets_lenet (TRUE), "gradient");

  for (guint i = 0; i < SAMPLES; i++)
    {
      g_autoptr (LrpRequest) fixed = lrp_probe_fix_request (subject.request, subject.explanations[i]);
      g_autoptr (LrpTensor) other = nets_tensor (&subject.explanations[i]->input->shape, 90 + i);
      g_autoptr (LrpExplanation) e = lrp_request_explain (fixed, subject.run, other, NULL, NULL);
      g_assert_cmpuint (lrp_explanation_get_class (e, 0), ==, lrp_explanation_get_class (subject.explanations[i], 0));
    }
}

/* --- every metric ------------------------------------------------------------------------------------------------- */

/* Small enough to be quick, large enough for several batches. */
static const char *const all_metrics[] = {
  "conservation",
  "absorbed",
  "positive",
  "negative",
  "sparsity",
  "entropy",
  "pixel-flipping:order=random,baseline=noise,steps=40",
  "abpc:baseline=blur,steps=20",
  "infidelity:samples=40",
  "rank-correlation",
  "class-sensitivity:classes=2",
  "randomized-weights",
  "time:repeat=2",
};

static gboolean
same_measure (const LrpMeasure *a, const LrpMeasure *b)
{
  for (guint i = 0; i < LRP_METRIC_MAX_VALUES; i++)
    if (!(a->values[i] == b->values[i] || (isnan (a->values[i]) && isnan (b->values[i]))))
      return FALSE;
  for (guint i = 0; a->curves && i < a->curves->len; i++)
    {
      const LrpCurve *x = a->curves->pdata[i], *y = b->curves->pdata[i];
      if (x->n != y->n || memcmp (x->y, y->y, x->n * sizeof *x->y) != 0)
        return FALSE;
    }
  return TRUE;
}

/* To the bit the same numbers again, alone or beside others; another seed gives others. Time is no such number. */
static void
test_reproducible (void)
{
  g_auto (Subject) subject = { 0 };
  subject_init (&subject, nets_lenet (TRUE), "lrp");

  for (guint m = 0; m + 1 < G_N_ELEMENTS (all_metrics); m++)
    {
      g_autoptr (GError) error = NULL;
      LrpChoice choice;
      LrpMetricCall call = make_call (&subject, &choice, all_metrics[m], 0, SAMPLES);
      LrpMeasure together[SAMPLES];
      g_assert_true (lrp_metric_measure (&call, together, &error));
      for (guint i = 0; i < SAMPLES; i++)
        {
          g_auto (LrpMeasure) alone = measure (&subject, all_metrics[m], i);
          g_assert_true (same_measure (&together[i], &alone));
        }
      if (strstr (all_metrics[m], "noise") || strstr (all_metrics[m], "infidelity")
          || strstr (all_metrics[m], "weights"))
        {
          g_autofree char *text =
              g_strdup_printf ("%s%cseed=2", all_metrics[m], strchr (all_metrics[m], ':') ? ',' : ':');
          g_auto (LrpMeasure) other = measure (&subject, text, 0);
          g_assert_false (same_measure (&together[0], &other));
        }
      for (guint i = 0; i < SAMPLES; i++)
        lrp_measure_clear (&together[i]);
    }
}

/* How many inputs are scored at once does not count: fewer steps find the same points. */
static void
test_batches (void)
{
  g_auto (Subject) subject = { 0 };
  subject_init (&subject, nets_lenet (TRUE), "lrp");
  g_auto (LrpMeasure) fine = measure (&subject, "pixel-flipping:baseline=zero,steps=144", 1);
  g_auto (LrpMeasure) coarse = measure (&subject, "pixel-flipping:baseline=zero,steps=9", 1);
  const LrpCurve *a = fine.curves->pdata[0], *b = coarse.curves->pdata[0];

  for (guint i = 0; i <= 9; i++)
    {
      g_assert_true (a->x[i * 16] == b->x[i]);
      assert_near (a->y[i * 16], b->y[i], 1e-5);
    }
}

/* What a progress function has seen, and after how many calls it cancels. */
typedef struct
{
  double last;
  guint calls, cancel_at;
  GCancellable *cancellable;
} Watch;

static void
watch (double fraction, gpointer data)
{
  Watch *seen = data;

  g_assert_cmpfloat (fraction, >=, seen->last);
  g_assert_cmpfloat (fraction, <=, 1 + 1e-12);
  seen->last = fraction;
  if (++seen->calls == seen->cancel_at)
    g_cancellable_cancel (seen->cancellable);
}

static void
test_progress (void)
{
  g_auto (Subject) subject = { 0 };
  subject_init (&subject, nets_lenet (TRUE), "lrp");

  g_assert_cmpuint (G_N_ELEMENTS (all_metrics), ==, lrp_metrics.n_rows);
  for (guint m = 0; m < G_N_ELEMENTS (all_metrics); m++)
    {
      g_autoptr (GError) error = NULL;
      Watch seen = { 0 };
      LrpChoice choice;
      LrpMetricCall call = make_call (&subject, &choice, all_metrics[m], 0, SAMPLES);
      LrpMeasure measures[SAMPLES];
      g_assert_true (choice.entry == lrp_table_get (&lrp_metrics, m));
      call.progress = watch;
      call.progress_data = &seen;
      g_assert_true (lrp_metric_measure (&call, measures, &error));
      assert_near (seen.last, 1, 1e-12);
      for (guint i = 0; i < SAMPLES; i++)
        lrp_measure_clear (&measures[i]);
    }
}

/* After the first piece of work that is reported no other is done. */
static void
test_cancel (void)
{
  g_auto (Subject) subject = { 0 };
  subject_init (&subject, nets_lenet (TRUE), "lrp");

  for (guint m = 0; m < G_N_ELEMENTS (all_metrics); m++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Watch seen = { .cancel_at = 1, .cancellable = cancellable };
      LrpChoice choice;
      LrpMetricCall call = make_call (&subject, &choice, all_metrics[m], 0, SAMPLES);
      LrpMeasure measures[SAMPLES];
      call.progress = watch;
      call.progress_data = &seen;
      call.cancellable = cancellable;
      g_assert_false (lrp_metric_measure (&call, measures, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpuint (seen.calls, ==, 1);
      for (guint i = 0; i < SAMPLES; i++)
        lrp_measure_clear (&measures[i]);
    }
}

/* Values that a sample does not have do not count; curves are averaged point by point. */
static void
test_mean (void)
{
  LrpMeasure measures[2] = { { { 1, NAN, 5, NAN }, NULL }, { { 3, NAN, NAN, 7 }, NULL } }, mean;

  for (guint i = 0; i < 2; i++)
    {
      LrpCurve *curve = lrp_measure_add_curve (&measures[i], "morf", "score", 3);
      for (guint k = 0; k < 3; k++)
        {
          curve->x[k] = k / 2.0;
          curve->y[k] = k * (i + 1.0);
        }
    }
  lrp_measure_mean (measures, 2, &mean);
  g_assert_cmpfloat (mean.values[0], ==, 2);
  g_assert_true (isnan (mean.values[1]));
  g_assert_cmpfloat (mean.values[2], ==, 5);
  g_assert_cmpfloat (mean.values[3], ==, 7);
  assert_near (((LrpCurve *) mean.curves->pdata[0])->y[2], 3, 1e-15);
  assert_near (lrp_curve_get_area (mean.curves->pdata[0]), 1.5, 1e-15);
  for (guint i = 0; i < 2; i++)
    lrp_measure_clear (&measures[i]);
  lrp_measure_clear (&mean);
}

/* A map of a layer inside is not one of the input's pixels. */
static void
test_inner_layer (void)
{
  g_autoptr (GError) error = NULL;
  g_auto (Subject) subject = { 0 };
  LrpChoice choice;
  g_auto (LrpMeasure) result = { 0 };
  subject_init (&subject, nets_lenet (TRUE), "lrp");
  LrpMetricCall call = make_call (&subject, &choice, "sparsity", 0, 1);

  subject.request->layer = g_strdup (lrp_network_get_layer (subject.network, 3)->name);
  g_autoptr (LrpExplanation) inner =
      lrp_request_explain (subject.request, subject.run, subject.explanations[0]->input, NULL, &error);
  g_assert_no_error (error);
  call.explanations = &inner;
  g_assert_false (lrp_metric_measure (&call, &result, &error));
  g_assert_error (error, LRP_ERROR, LRP_ERROR_UNSUPPORTED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/metric/gini", test_gini);
  g_test_add_func ("/metric/entropy", test_entropy);
  g_test_add_func ("/metric/spearman", test_spearman);
  g_test_add_func ("/metric/sort", test_sort);
  g_test_add_func ("/metric/normal", test_normal);
  g_test_add_func ("/metric/conservation", test_conservation);
  g_test_add_func ("/metric/conservation/gradient", test_conservation_gradient);
  g_test_add_func ("/metric/map", test_map);
  g_test_add_func ("/metric/flipping/linear", test_flipping_linear);
  g_test_add_func ("/metric/flipping/slowly", test_flipping_slowly);
  g_test_add_func ("/metric/flipping/shown", test_flipping_shown);
  g_test_add_func ("/metric/flipping/ends", test_flipping_ends);
  g_test_add_func ("/metric/abpc", test_abpc);
  g_test_add_func ("/metric/infidelity/gradient", test_infidelity_gradient);
  g_test_add_func ("/metric/infidelity/scale", test_infidelity_scale);
  g_test_add_func ("/metric/rank-correlation", test_correlation);
  g_test_add_func ("/metric/randomize/layer", test_randomize_layer);
  g_test_add_func ("/metric/randomize/shared", test_randomize_shared);
  g_test_add_func ("/metric/randomized-weights", test_randomized_weights);
  g_test_add_func ("/metric/randomized-zeros", test_randomized_zeros);
  g_test_add_func ("/metric/class-sensitivity", test_class_sensitivity);
  g_test_add_func ("/metric/class-insensitivity", test_class_insensitivity);
  g_test_add_func ("/metric/fixed-target", test_fixed_target);
  g_test_add_func ("/metric/reproducible", test_reproducible);
  g_test_add_func ("/metric/batches", test_batches);
  g_test_add_func ("/metric/progress", test_progress);
  g_test_add_func ("/metric/cancel", test_cancel);
  g_test_add_func ("/metric/mean", test_mean);
  g_test_add_func ("/metric/inner-layer", test_inner_layer);
  return g_test_run ();
}
