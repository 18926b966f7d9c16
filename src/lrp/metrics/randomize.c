/* SPDX-License-Identifier: GPL-3.0-or-later */
/* randomize.c: does a map depend on what the network learned? Weights are drawn anew from the top down [Adebayo18] */
#include "config.h"

#include "lrp/base/stats.h"
#include "lrp/metrics/call.h"
#include "lrp/metrics/probe.h"
#include "lrp/metrics/rows.h"

#include <math.h>

/* Other numbers with the mean and the standard deviation of these. */
static LrpTensor *
redraw (const LrpTensor *tensor, GRand *rand, GError **error)
{
  LrpTensor *fresh = lrp_tensor_new (&tensor->shape, error);
  double mean = lrp_tensor_sum (tensor) / (double) tensor->count, variance = 0, pair[2];

  for (gsize i = 0; i < tensor->count; i++)
    variance += ((double) tensor->data[i] - mean) * ((double) tensor->data[i] - mean) / (double) tensor->count;
  for (gsize i = 0; fresh && i < tensor->count; i++)
    {
      if (i % 2 == 0)
        lrp_stats_normal (rand, pair);
      fresh->data[i] = (float) (mean + sqrt (variance) * pair[i % 2]);
    }
  return fresh;
}

static void
replace (LrpTensor **place, const LrpTensor *old, LrpTensor *fresh)
{
  if (!old || *place != old)
    return;
  lrp_tensor_unref (*place);
  *place = lrp_tensor_ref (fresh);
}

/* A copy in which layers read fresh tensors where they read those of one layer. */
static LrpNetwork *
copy_with (const LrpNetwork *network, const LrpLayer *old, LrpTensor *weights, LrpTensor *bias, GError **error)
{
  const LrpLayer *input = lrp_network_get_layer (network, 0);
  g_autoptr (LrpNetwork) copy = lrp_network_new (network->name, input->name, &input->shape);
  GHashTableIter names;
  gpointer name, index;

  lrp_network_copy_description (network, copy);
  for (guint i = 1; i < network->layers->len; i++)
    {
      LrpLayer *layer = lrp_layer_copy (lrp_network_get_layer (network, i));
      replace (&layer->weights, old->weights, weights);
      replace (&layer->bias, old->bias, bias);
      if (lrp_network_add (copy, layer, error) < 0)
        return NULL;
    }
  /* Also the names of layers that canonising merged into others. */
  g_hash_table_iter_init (&names, network->names);
  while (g_hash_table_iter_next (&names, &name, &index))
    g_hash_table_insert (copy->names, g_strdup (name), index);
  copy->output = network->output;
  return g_steal_pointer (&copy);
}

LrpNetwork *
lrp_randomize_layer (const LrpNetwork *network, guint layer, guint32 seed, GError **error)
{
  const LrpLayer *old = lrp_network_get_layer (network, layer);
  g_autoptr (GRand) rand = g_rand_new_with_seed_array ((guint32[]){ seed, layer }, 2);
  g_autoptr (LrpTensor) weights = redraw (old->weights, rand, error);
  g_autoptr (LrpTensor) bias = weights && old->bias ? redraw (old->bias, rand, error) : NULL;

  if (!weights || (old->bias && !bias))
    return NULL;
  return copy_with (network, old, weights, bias, error);
}

/* The layers whose weights are drawn anew, in this order: from the top down, of those that share weights the topmost.
 */
static GArray *
find_layers (const LrpNetwork *network)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = network->layers->len; i-- > 1;)
    {
      const LrpLayer *layer = lrp_network_get_layer (network, i);
      if (lrp_op_is_linear (layer->kind) && g_hash_table_add (seen, layer->weights))
        g_array_append_val (found, i);
    }
  return found;
}

/* How much two maps resemble each other. Where both are 0, as on the black of a drawing, all methods that multiply by
 * the input agree, whatever the weights: that is no evidence, and these pixels are left out. A map that is the same
 * everywhere resembles no other. */
static double
similarity (const LrpExplanation *a, const LrpExplanation *b)
{
  gsize n, m, kept = 0;
  g_autofree double *x = lrp_metric_dup_pixels (a, &n), *y = lrp_metric_dup_pixels (b, &m);
  double correlation;

  g_return_val_if_fail (n == m, NAN);
  for (gsize i = 0; i < n; i++)
    if (x[i] != 0 || y[i] != 0)
      {
        x[kept] = fabs (x[i]);
        y[kept++] = fabs (y[i]);
      }
  correlation = lrp_stats_spearman (x, y, kept);
  return isnan (correlation) ? 0 : correlation;
}

/* Explains all samples by another network; y of step number `step` becomes the similarity. */
static gboolean
explain_all (const LrpMetricCall *call, LrpNetwork *network, guint step, LrpMeasure *measures, GError **error)
{
  g_autoptr (LrpRun) run = lrp_run_new (network, &call->explanations[0]->input->shape, error);

  for (guint i = 0; run && i < call->n; i++)
    {
      const LrpExplanation *original = call->explanations[i];
      g_autoptr (LrpRequest) request = lrp_probe_fix_request (call->request, original);
      g_autoptr (LrpExplanation) other = lrp_request_explain (request, run, original->input, call->cancellable, error);
      if (!other)
        return FALSE;
      ((LrpCurve *) measures[i].curves->pdata[0])->y[step] = similarity (original, other);
    }
  return run != NULL;
}

static void
set_values (LrpMeasure *measure)
{
  const LrpCurve *curve = measure->curves->pdata[0];

  measure->values[0] = 0;
  for (guint i = 1; i < curve->n; i++)
    measure->values[0] += curve->y[i] / (curve->n - 1);
  measure->values[1] = curve->y[curve->n - 1];
}

gboolean
lrp_metric_randomized_weights (const LrpMetricCall *call, LrpMeasure *measures, GError **error)
{
  guint32 seed = (guint32) lrp_choice_get (call->metric, "seed");
  g_autoptr (LrpNetwork) network = lrp_network_ref (lrp_run_get_network (call->run));
  g_autoptr (GArray) layers = find_layers (network);

  for (guint i = 0; i < call->n; i++)
    {
      LrpCurve *curve = lrp_measure_add_curve (&measures[i], "reset", "similarity", layers->len + 1);
      for (guint k = 0; k <= layers->len; k++)
        curve->x[k] = layers->len ? (double) k / layers->len : 0;
      curve->y[0] = similarity (call->explanations[i], call->explanations[i]);
    }
  for (guint k = 0; k < layers->len; k++)
    {
      LrpNetwork *fresh;
      if (g_cancellable_set_error_if_cancelled (call->cancellable, error))
        return FALSE;
      fresh = lrp_randomize_layer (network, g_array_index (layers, guint, k), seed, error);
      if (!fresh)
        return FALSE;
      lrp_network_unref (network);
      network = fresh;
      if (!explain_all (call, network, k + 1, measures, error))
        return FALSE;
      lrp_metric_report (call, (double) (k + 1) / layers->len);
    }
  for (guint i = 0; i < call->n && layers->len; i++)
    set_values (&measures[i]);
  return TRUE;
}
