/* SPDX-License-Identifier: GPL-3.0-or-later */
/* points.c: many inputs through a network, a batch at a time */
#include "config.h"

#include "lrp/methods/points.h"

/* How many inputs go through the network at once: enough to fill the vector units, few enough to stay in the cache. */
#define MAX_BATCH 16

/* A visit: the run for a batch, and the batch that it reads. */
typedef struct
{
  const LrpPoints *points;
  LrpRun *run;
  LrpTensor *batch;
  guint room;
  double scores[MAX_BATCH];
} Visit;

/* The network for as large a batch as it takes, and as there is memory for. */
static LrpRun *
get_run (LrpRun *run, guint batch, GError **error)
{
  g_autoptr (GError) local = NULL;
  LrpRun *sibling;

  if (lrp_network_find_meeting (lrp_run_get_network (run)))
    batch = 1;
  sibling = lrp_run_get_sibling (run, batch, &local);
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

/* Fills a batch; where there are fewer inputs left than it has room for, the last one is repeated. */
static void
fill_batch (const Visit *visit, guint sample, guint first)
{
  const LrpPoints *points = visit->points;
  gsize size = visit->batch->count / visit->room;

  for (guint i = 0; i < visit->room; i++)
    points->make (points->make_data, sample, MIN (first + i, points->n - 1), visit->batch->data + i * size, size);
}

/* The gradient of what is explained in this sample, at all inputs of the batch. */
static LrpTensor *
find_gradients (const Visit *visit, guint sample, GError **error)
{
  const LrpPoints *points = visit->points;
  g_autoptr (LrpTensor) start = lrp_aim_weights (points->aim, visit->run, (int) sample, error);

  if (!start
      || !lrp_run_pass_back (visit->run, &(LrpPass){ NULL, NULL, points->aim->layer, start }, points->cancellable,
                             error))
    return NULL;
  return lrp_run_dup_relevance (visit->run, 0, error);
}

static gboolean
visit_batch (Visit *visit, guint sample, guint first, GError **error)
{
  const LrpPoints *points = visit->points;
  gsize size = visit->batch->count / visit->room;
  g_autoptr (LrpTensor) outputs = NULL;
  g_autoptr (LrpTensor) gradients = NULL;

  fill_batch (visit, sample, first);
  if (!lrp_run_forward (visit->run, visit->batch, points->cancellable, error)
      || !lrp_aim_scores (points->aim, visit->run, (int) sample, visit->scores, error)
      || (points->outputs
          && !(outputs = lrp_run_dup_activation (visit->run, lrp_run_get_network (visit->run)->output, error)))
      || (points->gradient && !(gradients = find_gradients (visit, sample, error))))
    return FALSE;
  for (guint i = 0; i < visit->room && first + i < points->n; i++)
    points->take (points->take_data, &(LrpPoint){ sample, first + i, visit->scores[i],
                                                  outputs ? outputs->data + i * (outputs->count / visit->room) : NULL,
                                                  gradients ? gradients->data + i * size : NULL, size });
  return TRUE;
}

gboolean
lrp_points_visit (const LrpPoints *points, GError **error)
{
  LrpRun *run = get_run (points->run, MIN (points->n, MAX_BATCH), error);
  g_autoptr (LrpTensor) batch = run ? lrp_tensor_new (lrp_run_get_shape (run, 0), error) : NULL;
  Visit visit = { .points = points, .run = run, .batch = batch };

  if (!batch)
    return FALSE;
  visit.room = lrp_run_get_batch (run);
  for (guint sample = 0; sample < points->samples; sample++)
    for (guint first = 0; first < points->n; first += visit.room)
      {
        double done = (double) (sample * (guint64) points->n + first) / ((double) points->samples * points->n);
        if (points->progress)
          points->progress (done, points->progress_data);
        if (!visit_batch (&visit, sample, first, error))
          return FALSE;
      }
  return TRUE;
}

gboolean
lrp_points_score (LrpRun *run, const LrpAim *aim, const LrpTensor *input, double *score, GCancellable *cancellable,
                  GError **error)
{
  guint n = (guint) input->shape.dims[0];
  g_autofree double *scores = g_new (double, n);

  if (!lrp_run_forward (run, input, cancellable, error) || !lrp_aim_scores (aim, run, -1, scores, error))
    return FALSE;
  *score = 0;
  for (guint i = 0; i < n; i++)
    *score += scores[i];
  return TRUE;
}
