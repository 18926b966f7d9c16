/* SPDX-License-Identifier: GPL-3.0-or-later */
/* infidelity.c: how well a map foretells what the score does when the input is disturbed [Yeh19] */
#include "config.h"

#include "lrp/base/stats.h"
#include "lrp/methods/baseline.h"
#include "lrp/metrics/probe.h"
#include "lrp/metrics/rows.h"

#include <string.h>

/* Disturbed inputs; foretold[i] is the change of the score that the map foretells of input i. */
typedef struct
{
  const float *x, *relevance;
  double deviation;
  guint32 seed;
  double *foretold;
} Disturbing;

/* Input 0 is left as it is. The noise depends on the seed and the input's number alone. */
static void
disturb (gpointer data, guint sample, guint i, float *out, gsize size)
{
  const Disturbing *d = data;
  g_autoptr (GRand) rand = g_rand_new_with_seed_array ((guint32[]){ d->seed, i }, 2);
  double sum = 0, pair[2];

  memcpy (out, d->x, size * sizeof (float));
  for (gsize k = 0; i > 0 && k < size; k++)
    {
      if (k % 2 == 0)
        lrp_stats_normal (rand, pair);
      out[k] -= (float) (d->deviation * pair[k % 2]);
      /* What the network sees of the noise, after rounding. */
      sum += ((double) d->x[k] - (double) out[k]) * (double) d->relevance[k];
    }
  d->foretold[i] = sum;
}

/* Mean of (I R - (f(x) - f(x - I)))^2; once with the map as it is, once times the factor that suits it best, so that
 * maps in other units can be compared. */
gboolean
lrp_metric_infidelity (const LrpMetricCall *call, guint i, LrpMeasure *measure, GError **error)
{
  const LrpExplanation *e = call->explanations[i];
  guint n = (guint) lrp_choice_get (call->metric, "samples");
  g_autofree double *foretold = g_new0 (double, n + 1), *scores = g_new0 (double, n + 1);
  Disturbing disturbing = { e->input->data, e->relevance->data, 0, (guint32) lrp_choice_get (call->metric, "seed"),
                            foretold };
  double low, high, both = 0, square = 0, factor, plain = 0, scaled = 0;

  lrp_baseline_range (&e->network->input, e->input->data, e->input->count, &low, &high);
  disturbing.deviation = lrp_choice_get (call->metric, "size") * (high - low);
  if (!lrp_probe (call, e, n + 1, disturb, &disturbing, scores, NULL, error))
    return FALSE;
  for (guint k = 1; k <= n; k++)
    {
      both += foretold[k] * (scores[0] - scores[k]);
      square += foretold[k] * foretold[k];
    }
  factor = square > 0 ? both / square : 0;
  for (guint k = 1; k <= n; k++)
    {
      double change = scores[0] - scores[k];
      plain += (foretold[k] - change) * (foretold[k] - change) / n;
      scaled += (factor * foretold[k] - change) * (factor * foretold[k] - change) / n;
    }
  measure->values[0] = plain;
  measure->values[1] = scaled;
  return TRUE;
}
