/* SPDX-License-Identifier: GPL-3.0-or-later */
/* probe.c: what a network says of other inputs in place of the explained one, a batch at a time */
#include "config.h"

#include "lrp/metric-private.h"

#include <math.h>

/* How many inputs go through the network at once: enough to fill the vector units, few enough to stay in the cache. */
#define MAX_BATCH 16

/* The score of what was explained, and its probability, among the scores of another input. Only this function and
 * lrp_probe_fix_request() know what can be explained. */
static void
read_explained (const LrpExplanation *explanation, const float *scores, guint classes, double *score, double *probability)
{
  double target = (double) scores[explanation->targets[0]], others = 0;

  for (guint i = 0; i < classes; i++)
    others += exp ((double) scores[i] - target);
  *score = target;
  *probability = 1 / others;
}

LrpRequest *
lrp_probe_fix_request (const LrpRequest *request, const LrpExplanation *explanation)
{
  LrpRequest *fixed = lrp_request_copy (request);

  fixed->target = (int) explanation->targets[0];
  return fixed;
}

/* The network for as large a batch as there is memory for. */
static LrpRun *
get_run (LrpRun *run, guint batch, GError **error)
{
  g_autoptr (GError) local = NULL;
  LrpRun *sibling = lrp_run_get_sibling (run, batch, &local);

  while (!sibling && batch > 1 && g_error_matches (local, LRP_ERROR, LRP_ERROR_MEMORY))
    {
      g_clear_error (&local);
      batch /= 2;
      sibling = lrp_run_get_sibling (run, batch, &local);
    }
  if (local)
    g_propagate_error (error, g_steal_pointer (&local));
  return sibling;
}

gboolean
lrp_probe (const LrpMetricCall *call, const LrpExplanation *explanation, guint n, LrpProbeMake make, gpointer data,
           double *scores, double *probabilities, GError **error)
{
  const LrpNetwork *network = explanation->network;
  guint classes = lrp_network_n_classes (network), room;
  LrpRun *run = get_run (call->run, MIN (n, MAX_BATCH), error);
  g_autoptr (LrpTensor) batch = run ? lrp_tensor_new (lrp_run_get_shape (run, 0), error) : NULL;

  if (!batch)
    return FALSE;
  room = (guint) batch->shape.dims[0];
  for (guint first = 0; first < n; first += room)
    {
      g_autoptr (LrpTensor) output = NULL;
      /* Places that are left over repeat the last input. */
      for (guint i = 0; i < room; i++)
        make (data, MIN (first + i, n - 1), batch->data + i * (batch->count / room), batch->count / room);
      if (!lrp_run_forward (run, batch, call->cancellable, error)
          || !(output = lrp_run_dup_activation (run, network->output, error)))
        return FALSE;
      for (guint i = first; i < MIN (first + room, n); i++)
        {
          double unused;
          read_explained (explanation, output->data + (i - first) * classes, classes, &scores[i],
                          probabilities ? &probabilities[i] : &unused);
        }
      lrp_metric_report (call, (double) MIN (first + room, n) / n);
    }
  return TRUE;
}
