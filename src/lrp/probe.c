/* SPDX-License-Identifier: GPL-3.0-or-later */
/* probe.c: what a network says of other inputs in place of the explained one, a batch at a time */
#include "config.h"

#include "lrp/metric-private.h"

#include <math.h>
#include <string.h>

/* How many inputs go through the network at once: enough to fill the vector units, few enough to stay in the cache. */
#define MAX_BATCH 16

LrpRequest *
lrp_probe_fix_request (const LrpRequest *request, const LrpExplanation *explanation)
{
  LrpRequest *fixed = lrp_request_copy (request);

  if (fixed->target.unit || fixed->target.class_index == LRP_TARGET_ALL)
    return fixed;
  fixed->target.class_index = (int) explanation->targets[0];
  if (explanation->against[0] >= 0)
    fixed->target.against = explanation->against[0];
  return fixed;
}

/* The probability of the class that is explained; there is none of a unit or of all classes together. */
static double
probability_of (const LrpExplanation *explanation, const float *scores, guint classes)
{
  double others = 0;

  if (explanation->aim.whole || explanation->aim.n_places > 0)
    return NAN;
  for (guint i = 0; i < classes; i++)
    others += exp ((double) (scores[i] - scores[explanation->targets[0]]));
  return 1 / others;
}

static gboolean
read_probabilities (const LrpExplanation *explanation, LrpRun *run, double *probabilities, guint n, GError **error)
{
  g_autoptr (LrpTensor) output = lrp_run_dup_activation (run, explanation->network->output, error);
  guint classes = lrp_network_n_classes (explanation->network);

  for (guint i = 0; output && i < n; i++)
    probabilities[i] = probability_of (explanation, output->data + i * classes, classes);
  return output != NULL;
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
  LrpRun *run = get_run (call->run, MIN (n, MAX_BATCH), error);
  g_autoptr (LrpTensor) batch = run ? lrp_tensor_new (lrp_run_get_shape (run, 0), error) : NULL;
  double room_scores[MAX_BATCH];
  guint room;

  if (!batch)
    return FALSE;
  room = (guint) batch->shape.dims[0];
  for (guint first = 0; first < n; first += room)
    {
      guint taken = MIN (room, n - first);
      /* Places that are left over repeat the last input. */
      for (guint i = 0; i < room; i++)
        make (data, MIN (first + i, n - 1), batch->data + i * (batch->count / room), batch->count / room);
      if (!lrp_run_forward (run, batch, call->cancellable, error)
          || !lrp_aim_scores (&explanation->aim, run, 0, room_scores, error)
          || (probabilities && !read_probabilities (explanation, run, probabilities + first, taken, error)))
        return FALSE;
      memcpy (scores + first, room_scores, taken * sizeof *scores);
      lrp_metric_report (call, (double) (first + taken) / n);
    }
  return TRUE;
}
