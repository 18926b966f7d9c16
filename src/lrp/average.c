/* SPDX-License-Identifier: GPL-3.0-or-later */
/* average.c: gradients at many inputs, a batch at a time: integrated gradients and smoothgrad */
#include "config.h"

#include "lrp/average.h"

#include "lrp/baseline.h"

#include <math.h>
#include <string.h>

/* How many inputs go through the network at once: enough to fill the vector units, few enough to stay in the cache. */
#define MAX_BATCH 16

/* One of the inputs whose gradients are averaged: number i of them, for one sample of the request. */
typedef void (*MakePoint) (gpointer data, guint sample, guint i, float *x, gsize size);

typedef struct
{
  guint n;          /* how many inputs */
  double *weights;  /* of each */
  gboolean square;
  MakePoint make;
  gpointer data;
} Points;

/* Adds the weighted gradients of inputs first .. first + count - 1 to sum. */
static void
collect (const Points *points, guint first, guint count, const LrpTensor *gradients, double *sum)
{
  gsize size = gradients->count / (gsize) gradients->shape.dims[0];

  for (guint i = 0; i < count; i++)
    for (gsize k = 0; k < size; k++)
      {
        double g = (double) gradients->data[i * size + k];
        sum[k] += points->weights[first + i] * (points->square ? g * g : g);
      }
}

/* Fills a batch; places that are left over repeat the last input. */
static void
fill_batch (const Points *points, guint sample, guint first, LrpTensor *batch)
{
  guint room = (guint) batch->shape.dims[0];
  gsize size = batch->count / room;

  for (guint i = 0; i < room; i++)
    points->make (points->data, sample, MIN (first + i, points->n - 1), batch->data + i * size, size);
}

static gboolean
average_sample (const LrpMethodCall *call, const Points *points, LrpRun *run, guint sample, LrpTensor *batch, LrpTensor *start,
                float *result, GError **error)
{
  guint room = (guint) batch->shape.dims[0];
  gsize size = batch->count / room, classes = start->count / room;
  g_autofree double *sum = g_new0 (double, size);

  memset (start->data, 0, start->count * sizeof (float));
  for (guint i = 0; i < room; i++)
    start->data[i * classes + call->explanation->targets[sample]] = 1;
  for (guint first = 0; first < points->n; first += room)
    {
      g_autoptr (LrpTensor) gradients = NULL;
      fill_batch (points, sample, first, batch);
      if (!lrp_run_forward (run, batch, call->cancellable, error)
          || !lrp_run_relevance (run, NULL, start, call->cancellable, error)
          || !(gradients = lrp_run_dup_relevance (run, 0, error)))
        return FALSE;
      collect (points, first, MIN (room, points->n - first), gradients, sum);
    }
  for (gsize k = 0; k < size; k++)
    result[k] = (float) sum[k];
  return TRUE;
}

/* The weighted mean of gradients at all points, for every sample of the request. */
static gboolean
average (const LrpMethodCall *call, const Points *points, LrpTensor *relevance, GError **error)
{
  const LrpExplanation *e = call->explanation;
  LrpShape shape = e->input->shape;
  LrpRun *run;
  g_autoptr (LrpTensor) batch = NULL;
  g_autoptr (LrpTensor) start = NULL;

  shape.dims[0] = MIN (points->n, MAX_BATCH);
  run = lrp_run_get_sibling (call->run, (guint) shape.dims[0], error);
  if (!run || !(batch = lrp_tensor_new (&shape, error))
      || !(start = lrp_tensor_new (&LRP_SHAPE (shape.dims[0], (gint64) e->scores->count / e->n), error)))
    return FALSE;
  for (guint n = 0; n < e->n; n++)
    if (!average_sample (call, points, run, n, batch, start, relevance->data + n * (relevance->count / e->n), error))
      return FALSE;
  return TRUE;
}

/* --- integrated gradients ------------------------------------------------------------------------------------------ */

/* Nodes and weights on 0 .. 1. The nodes are the roots of the Legendre polynomial P_n, found by Newton's method;
 * w = 2 / ((1 - x^2) P'_n(x)^2). */
static void
gauss_legendre (guint n, double *nodes, double *weights)
{
  for (guint i = 0; i < n; i++)
    {
      double x = cos (G_PI * ((double) i + 0.75) / ((double) n + 0.5)), slope = 1, step = 1;
      for (guint round = 0; round < 100 && fabs (step) > 1e-15; round++)
        {
          double p = 1, before = 0;
          for (guint k = 0; k < n; k++)
            {
              double next = ((2.0 * k + 1) * x * p - k * before) / (k + 1.0);
              before = p;
              p = next;
            }
          slope = n * (x * p - before) / (x * x - 1);
          step = p / slope;
          x -= step;
        }
      nodes[n - 1 - i] = (1 + x) / 2;
      weights[n - 1 - i] = 1 / ((1 - x * x) * slope * slope);
    }
}

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
static void (*const quadratures[]) (guint n, double *nodes, double *weights) = { gauss_legendre, trapezoid, middle };

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
lrp_average_path (const LrpMethodCall *call, LrpTensor *relevance, GError **error)
{
  guint n = (guint) lrp_choice_get (call->method, "steps");
  const LrpTensor *x = call->explanation->input;
  g_autoptr (LrpTensor) baseline
      = lrp_baseline_new ((LrpBaseline) lrp_choice_get (call->method, "baseline"), &call->explanation->network->input, x,
                          (guint32) lrp_choice_get (call->method, "seed"), error);
  g_autofree double *nodes = g_new (double, n), *weights = g_new (double, n);
  Path path = { x, baseline, nodes };

  if (!baseline)
    return FALSE;
  quadratures[(guint) lrp_choice_get (call->method, "rule")](n, nodes, weights);
  if (!average (call, &(Points) { n, weights, FALSE, point_on_path, &path }, relevance, error))
    return FALSE;
  for (gsize i = 0; i < x->count; i++)
    relevance->data[i] *= x->data[i] - baseline->data[i];
  return TRUE;
}

/* --- smoothgrad ---------------------------------------------------------------------------------------------------- */

typedef struct
{
  const LrpTensor *x;
  double deviation;
  guint32 seed;
} Noise;

/* Normal noise by Box and Muller, the same for a seed whatever the batch. */
static void
noisy_copy (gpointer data, guint sample, guint i, float *out, gsize size)
{
  const Noise *noise = data;
  g_autoptr (GRand) rand = g_rand_new_with_seed_array ((guint32[]) { noise->seed, sample, i }, 3);
  const float *x = noise->x->data + sample * size;

  for (gsize k = 0; k < size; k++)
    {
      double u = 1 - g_rand_double (rand), v = g_rand_double (rand);
      out[k] = x[k] + (float) (noise->deviation * sqrt (-2 * log (u)) * cos (2 * G_PI * v));
    }
}

gboolean
lrp_average_noise (const LrpMethodCall *call, LrpTensor *relevance, GError **error)
{
  guint n = (guint) lrp_choice_get (call->method, "samples");
  g_autofree double *weights = g_new (double, n);
  Noise noise = { .x = call->explanation->input, .seed = (guint32) lrp_choice_get (call->method, "seed") };
  double low, high;

  lrp_baseline_range (&call->explanation->network->input, noise.x, &low, &high);
  noise.deviation = lrp_choice_get (call->method, "noise") * (high - low);
  for (guint i = 0; i < n; i++)
    weights[i] = 1.0 / n;
  return average (call, &(Points) { n, weights, lrp_choice_get (call->method, "square") == 1, noisy_copy, &noise }, relevance, error);
}
