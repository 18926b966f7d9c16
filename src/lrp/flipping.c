/* SPDX-License-Identifier: GPL-3.0-or-later */
/* flipping.c: what becomes of the score while pixels are taken away in the order of their relevance [Samek17] */
#include "config.h"

#include "lrp/baseline.h"
#include "lrp/metric-private.h"
#include "lrp/stats.h"

#include <string.h>

/* ORDER: LRP_FLIPPING_ORDERS */
typedef enum
{
  ORDER_MORF, /* most relevant first */
  ORDER_LERF, /* least relevant first */
  ORDER_RANDOM,
} Order;

/* An input, what its pixels are replaced by, and in which order. A pixel is flipped in all its channels. */
typedef struct
{
  const float *x, *other;
  const guint *order;
  gsize pixels, channels;
  guint steps;
} Flipping;

static gsize
count_flipped (const Flipping *flipping, guint step)
{
  return (step * flipping->pixels + flipping->steps / 2) / flipping->steps;
}

static void
flip (gpointer data, guint sample, guint step, float *out, gsize size)
{
  const Flipping *flipping = data;
  gsize flipped = count_flipped (flipping, step);

  memcpy (out, flipping->x, size * sizeof (float));
  for (gsize c = 0; c < flipping->channels; c++)
    for (gsize i = 0; i < flipped; i++)
      {
        gsize at = c * flipping->pixels + flipping->order[i];
        out[at] = flipping->other[at];
      }
}

/* A permutation that depends on the seed alone, by Fisher and Yates. */
static guint *
shuffle (gsize n, guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed_array ((guint32[]) { seed, 1 }, 2);
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

/* Adds the two curves of one order. */
static gboolean
draw_curves (const LrpMetricCall *call, const LrpExplanation *e, Order order, LrpMeasure *measure, GError **error)
{
  guint32 seed = (guint32) lrp_choice_get (call->metric, "seed");
  g_autoptr (LrpTensor) other
      = lrp_baseline_new ((LrpBaseline) lrp_choice_get (call->metric, "baseline"), &e->network->input, e->input, seed, error);
  const char *name = LRP_FLIPPING_ORDERS[order];
  gsize pixels;
  g_autofree double *relevance = lrp_metric_dup_pixels (e, &pixels);
  g_autofree guint *places
      = order == ORDER_RANDOM ? shuffle (pixels, seed) : lrp_stats_sort (relevance, pixels, order == ORDER_MORF);
  guint steps = (guint) MIN (lrp_choice_get (call->metric, "steps"), (double) pixels);
  LrpCurve *score, *probability;
  Flipping flipping;

  if (!other)
    return FALSE;
  flipping = (Flipping) { e->input->data, other->data, places, pixels, e->input->count / pixels, steps };
  score = lrp_measure_add_curve (measure, name, "score", steps + 1);
  probability = lrp_measure_add_curve (measure, name, "probability", steps + 1);
  for (guint i = 0; i <= steps; i++)
    score->x[i] = probability->x[i] = (double) count_flipped (&flipping, i) / (double) pixels;
  return lrp_probe (call, e, steps + 1, flip, &flipping, score->y, probability->y, error);
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
    measure->values[k]
        = lrp_curve_get_area (measure->curves->pdata[2 + k]) - lrp_curve_get_area (measure->curves->pdata[k]);
  return TRUE;
}
