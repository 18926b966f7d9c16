/* SPDX-License-Identifier: GPL-3.0-or-later */
/* average.c: gradients at many inputs, a batch at a time: integrated gradients and smoothgrad */
#include "config.h"

#include "lrp/methods/own-ways.h"

#include "lrp/methods/baseline.h"
#include "lrp/engine/secant.h"
#include "lrp/base/memory.h"
#include "lrp/base/stats.h"

#include <math.h>
#include <string.h>

/* A weighted mean of gradients. */
typedef struct
{
  const double *weights; /* of each input */
  guint n;
  gboolean square;
  double *sum; /* of the sample at work */
  LrpTensor *relevance;
} Mean;

static void
collect (gpointer data, const LrpPoint *point)
{
  Mean *mean = data;
  float *result = mean->relevance->data + point->sample * point->size;

  for (gsize k = 0; k < point->size; k++)
    {
      double g = (double) point->gradient[k];
      mean->sum[k] = (point->i > 0 ? mean->sum[k] : 0) + mean->weights[point->i] * (mean->square ? g * g : g);
    }
  for (gsize k = 0; point->i + 1 == mean->n && k < point->size; k++)
    result[k] = (float) mean->sum[k];
}

/* The weighted mean of gradients at n inputs that make writes, for every sample of the request. */
static gboolean
average (const LrpMethodCall *call, guint n, const double *weights, gboolean square,
         void (*make) (gpointer data, guint sample, guint i, float *x, gsize size), gpointer data, LrpTensor *relevance,
         GError **error)
{
  g_autofree double *sum = lrp_memory_new0 (double, relevance->count / call->explanation->n, error);
  Mean mean = { weights, n, square, sum, relevance };
  LrpPoints points = lrp_method_points (call, n);

  if (!sum)
    return FALSE;
  points.gradient = TRUE;
  points.make = make;
  points.make_data = data;
  points.take = collect;
  points.take_data = &mean;
  return lrp_points_visit (&points, error);
}

/* --- integrated gradients ----------------------------------------------------------------------------------------- */

/* As Captum counts it, so that numbers can be compared: every point weighs 1 / n, the ends half. The weights add up to
 * 1 - 1 / n, which is one reason why this is not the default. */
static void
trapezoid (guint n, double *nodes, double *weights)
{
  for (guint i = 0; i < n; i++)
    {
      nodes[i] = n > 1 ? (double) i / (n - 1) : 0.5;
      weights[i] = (n > 1 && (i == 0 || i == n - 1) ? 0.5 : 1) / n;
    }
}

static void
middle (guint n, double *nodes, double *weights)
{
  for (guint i = 0; i < n; i++)
    {
      nodes[i] = (i + 0.5) / n;
      weights[i] = 1.0 / n;
    }
}

/* ORDER: LRP_QUADRATURE_NAMES */
static void (*const quadratures[]) (guint n, double *nodes, double *weights) = { lrp_gauss_legendre, trapezoid,
                                                                                 middle };

typedef struct
{
  const LrpTensor *x, *baseline;
  const double *nodes;
} Path;

static void
point_on_path (gpointer data, guint sample, guint i, float *out, gsize size)
{
  const Path *path = data;
  const float *x = path->x->data + sample * size, *x0 = path->baseline->data + sample * size;
  float t = (float) path->nodes[i];

  for (gsize k = 0; k < size; k++)
    out[k] = x0[k] + t * (x[k] - x0[k]);
}

gboolean
lrp_average_path (const LrpMethodCall *call, LrpTensor *relevance, double *expected, GError **error)
{
  guint n = (guint) lrp_choice_get (call->method, "steps");
  const LrpTensor *x = call->explanation->input;
  g_autoptr (LrpTensor) baseline = lrp_method_new_baseline (call, error);
  g_autofree double *nodes = g_new (double, n), *weights = g_new (double, n);
  Path path = { x, baseline, nodes };

  if (!baseline)
    return FALSE;
  quadratures[(guint) lrp_choice_get (call->method, "rule")](n, nodes, weights);
  if (!average (call, n, weights, FALSE, point_on_path, &path, relevance, error)
      || !lrp_points_score (call->run, call->aim, baseline, expected, call->cancellable, error))
    return FALSE;
  *expected = call->explanation->score - *expected;
  for (gsize i = 0; i < x->count; i++)
    relevance->data[i] *= x->data[i] - baseline->data[i];
  return TRUE;
}

/* --- smoothgrad --------------------------------------------------------------------------------------------------- */

typedef struct
{
  const LrpTensor *x;
  const LrpInput *input;
  double share; /* of the input's range: the standard deviation */
  guint32 seed;
} Noise;

/* Normal noise, the same for a seed whatever the batch, and for each of its samples, so that the map of one is what it
 * is alone: as sample 0. */
static void
noisy_copy (gpointer data, guint sample, guint i, float *out, gsize size)
{
  const Noise *noise = data;
  g_autoptr (GRand) rand = g_rand_new_with_seed_array ((guint32[]){ noise->seed, 0, i }, 3);
  const float *x = noise->x->data + sample * size;
  double pair[2], low, high, deviation;

  lrp_baseline_range (noise->input, x, size, &low, &high);
  deviation = noise->share * (high - low);
  for (gsize k = 0; k < size; k++)
    {
      if (k % 2 == 0)
        lrp_stats_normal (rand, pair);
      out[k] = x[k] + (float) (deviation * pair[k % 2]);
    }
}

gboolean
lrp_average_noise (const LrpMethodCall *call, LrpTensor *relevance, double *expected, GError **error)
{
  guint n = (guint) lrp_choice_get (call->method, "samples");
  g_autofree double *weights = g_new (double, n);
  Noise noise = { .x = call->explanation->input,
                  .input = &call->explanation->network->input,
                  .share = lrp_choice_get (call->method, "noise"),
                  .seed = (guint32) lrp_choice_get (call->method, "seed") };

  for (guint i = 0; i < n; i++)
    weights[i] = 1.0 / n;
  return average (call, n, weights, lrp_choice_get (call->method, "square") == 1, noisy_copy, &noise, relevance, error);
}
