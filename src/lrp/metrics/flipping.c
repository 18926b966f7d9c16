/* SPDX-License-Identifier: GPL-3.0-or-later */
/* flipping.c: what becomes of the score while pixels are taken away in the order of their relevance [Samek17] */
#include "config.h"

#include "lrp/metrics/flipping.h"

#include "lrp/base/stats.h"
#include "lrp/methods/baseline.h"
#include "lrp/metrics/call.h"
#include "lrp/metrics/probe.h"
#include "lrp/metrics/rows.h"

#include <string.h>

/* ORDER: LRP_FLIPPING_ORDERS */
typedef enum
{
  ORDER_MORF, /* most relevant first */
  ORDER_LERF, /* least relevant first */
  ORDER_RANDOM,
} Order;

/* An input, what its pixels are replaced by, and in which order. A pixel is flipped in all its channels. */
struct _LrpFlipping
{
  LrpTensor *x, *other;
  guint *order;
  gsize pixels;
  guint steps;
};

static gsize
count_flipped (const LrpFlipping *flipping, guint step)
{
  return (step * flipping->pixels + flipping->steps / 2) / flipping->steps;
}

static void
flip (const LrpFlipping *flipping, gsize flipped, float *out)
{
  memcpy (out, flipping->x->data, flipping->x->count * sizeof (float));
  for (gsize from = 0; from < flipping->x->count; from += flipping->pixels)
    for (gsize i = 0; i < flipped; i++)
      out[from + flipping->order[i]] = flipping->other->data[from + flipping->order[i]];
}

static void
flip_step (gpointer data, guint sample, guint step, float *out, gsize size)
{
  flip (data, count_flipped (data, step), out);
}

/* A permutation that depends on the seed alone, by Fisher and Yates. */
static guint *
shuffle (gsize n, guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed_array ((guint32[]){ seed, 1 }, 2);
  guint *places = g_new (guint, n);

  for (gsize i = 0; i < n; i++)
    places[i] = (guint) i;
  for (gsize i = n; i > 1; i--)
    {
      guint k = (guint) g_rand_int_range (rand, 0, (gint32) i), last = places[i - 1];
      places[i - 1] = places[k];
      places[k] = last;
    }
  return places;
}

static LrpFlipping *
flipping_new (const LrpChoice *metric, const LrpExplanation *e, Order order, GError **error)
{
  guint32 seed = (guint32) lrp_choice_get (metric, "seed");
  LrpTensor *other =
      lrp_baseline_new ((LrpBaseline) lrp_choice_get (metric, "baseline"), &e->network->input, e->input, seed, error);
  LrpFlipping *flipping;
  g_autofree double *relevance = NULL;

  if (!other)
    return NULL;
  flipping = g_new (LrpFlipping, 1);
  flipping->x = lrp_tensor_ref (e->input);
  flipping->other = other;
  relevance = lrp_metric_dup_pixels (e, &flipping->pixels);
  flipping->order = order == ORDER_RANDOM ? shuffle (flipping->pixels, seed)
                                          : lrp_stats_sort (relevance, flipping->pixels, order == ORDER_MORF);
  flipping->steps = (guint) MIN (lrp_choice_get (metric, "steps"), (double) flipping->pixels);
  return flipping;
}

/**
 * lrp_flipping_new:
 * @metric: pixel-flipping and its parameters
 * @explanation: of one sample, with the relevance at the input
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): what the metric does to the explanation's input
 */
LrpFlipping *
lrp_flipping_new (const LrpChoice *metric, const LrpExplanation *explanation, GError **error)
{
  return flipping_new (metric, explanation, (Order) lrp_choice_get (metric, "order"), error);
}

/**
 * lrp_flipping_free:
 * @flipping: (nullable) (transfer full): what is no longer needed
 */
void
lrp_flipping_free (LrpFlipping *flipping)
{
  if (!flipping)
    return;
  lrp_tensor_unref (flipping->x);
  lrp_tensor_unref (flipping->other);
  g_free (flipping->order);
  g_free (flipping);
}

/**
 * lrp_flipping_dup_input:
 * @flipping: what the metric does
 * @share: of the pixels, 0 to 1
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the input with that share of its pixels replaced
 */
LrpTensor *
lrp_flipping_dup_input (const LrpFlipping *flipping, double share, GError **error)
{
  LrpTensor *input = lrp_tensor_new (&flipping->x->shape, error);

  if (input)
    flip (flipping, (gsize) (CLAMP (share, 0, 1) * (double) flipping->pixels + 0.5), input->data);
  return input;
}

/* Adds the two curves of one order. */
static gboolean
draw_curves (const LrpMetricCall *call, const LrpExplanation *e, Order order, LrpMeasure *measure, GError **error)
{
  g_autoptr (LrpFlipping) flipping = flipping_new (call->metric, e, order, error);
  const char *name = LRP_FLIPPING_ORDERS[order];
  LrpCurve *score, *probability;

  if (!flipping)
    return FALSE;
  score = lrp_measure_add_curve (measure, name, "score", flipping->steps + 1);
  probability = lrp_measure_add_curve (measure, name, "probability", flipping->steps + 1);
  for (guint i = 0; i <= flipping->steps; i++)
    score->x[i] = probability->x[i] = (double) count_flipped (flipping, i) / (double) flipping->pixels;
  return lrp_probe (call, e, flipping->steps + 1, flip_step, flipping, score->y, probability->y, error);
}

gboolean
lrp_metric_pixel_flipping (const LrpMetricCall *call, guint i, LrpMeasure *measure, GError **error)
{
  Order order = (Order) lrp_choice_get (call->metric, "order");

  if (!draw_curves (call, call->explanations[i], order, measure, error))
    return FALSE;
  for (guint k = 0; k < 2; k++)
    measure->values[k] = lrp_curve_get_area (measure->curves->pdata[k]);
  return TRUE;
}

/* The area between the curves of the least and the most relevant first [Schulz20]. */
gboolean
lrp_metric_abpc (const LrpMetricCall *call, guint i, LrpMeasure *measure, GError **error)
{
  LrpMetricCall first = lrp_metric_part (call, 0, 2), second = lrp_metric_part (call, 1, 2);

  if (!draw_curves (&first, call->explanations[i], ORDER_MORF, measure, error)
      || !draw_curves (&second, call->explanations[i], ORDER_LERF, measure, error))
    return FALSE;
  for (guint k = 0; k < 2; k++)
    measure->values[k] =
        lrp_curve_get_area (measure->curves->pdata[2 + k]) - lrp_curve_get_area (measure->curves->pdata[k]);
  return TRUE;
}
