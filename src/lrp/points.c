/* SPDX-License-Identifier: GPL-3.0-or-later */
/* points.c: many inputs through a network, a batch at a time */
#include "config.h"

#include "lrp/points.h"

/* How many inputs go through the network at once: enough to fill the vector units, few enough to stay in the cache. */
#define MAX_BATCH 16

/* A visit: the run for a batch, and the batch that it reads. */
typedef struct
{
  const LrpMethodCall *call;
  const LrpPoints *points;
  LrpRun *run;
  LrpTensor *batch;
  double scores[MAX_BATCH];
} Visit;

/* Fills a batch; places that are left over repeat the last input. */
static void
fill_batch (const Visit *visit, guint sample, guint first)
{
  guint room = (guint) visit->batch->shape.dims[0];
  gsize size = visit->batch->count / room;

  for (guint i = 0; i < room; i++)
    visit->points->make (visit->points->data, sample, MIN (first + i, visit->points->n - 1), visit->batch->data + i * size, size);
}

/* The gradient of what is explained in this sample, at all inputs of the batch. */
static LrpTensor *
find_gradients (const Visit *visit, guint sample, GError **error)
{
  g_autoptr (LrpTensor) start = lrp_aim_weights (visit->call->aim, visit->run, (int) sample, error);

  if (!start
      || !lrp_run_pass_back (visit->run, &(LrpPass) { NULL, NULL, visit->call->aim->layer, start }, visit->call->cancellable, error))
    return NULL;
  return lrp_run_dup_relevance (visit->run, 0, error);
}

static gboolean
visit_batch (Visit *visit, guint sample, guint first, GError **error)
{
  const LrpPoints *points = visit->points;
  guint room = (guint) visit->batch->shape.dims[0];
  gsize size = visit->batch->count / room;
  g_autoptr (LrpTensor) gradients = NULL;

  fill_batch (visit, sample, first);
  if (!lrp_run_forward (visit->run, visit->batch, visit->call->cancellable, error)
      || !lrp_aim_scores (visit->call->aim, visit->run, (int) sample, visit->scores, error)
      || (points->gradient && !(gradients = find_gradients (visit, sample, error))))
    return FALSE;
  for (guint i = 0; i < room && first + i < points->n; i++)
    points->take (points->data, sample, first + i, visit->scores[i], gradients ? gradients->data + i * size : NULL, size);
  return TRUE;
}

gboolean
lrp_points_visit (const LrpMethodCall *call, const LrpPoints *points, GError **error)
{
  const LrpExplanation *e = call->explanation;
  LrpShape shape = e->input->shape;
  g_autoptr (LrpTensor) batch = NULL;
  Visit visit = { .call = call, .points = points };

  shape.dims[0] = MIN (points->n, MAX_BATCH);
  visit.run = lrp_run_get_sibling (call->run, (guint) shape.dims[0], error);
  visit.batch = batch = visit.run ? lrp_tensor_new (&shape, error) : NULL;
  if (!batch)
    return FALSE;
  for (guint n = 0; n < e->n; n++)
    for (guint first = 0; first < points->n; first += (guint) shape.dims[0])
      {
        lrp_method_report (call, (double) (n * (guint64) points->n + first) / ((double) e->n * points->n));
        if (!visit_batch (&visit, n, first, error))
          return FALSE;
      }
  return TRUE;
}

gboolean
lrp_points_score (const LrpMethodCall *call, LrpRun *run, const LrpTensor *input, double *score, GError **error)
{
  guint n = call->explanation->n;
  g_autofree double *scores = g_new (double, n);

  if (!lrp_run_forward (run, input, call->cancellable, error) || !lrp_aim_scores (call->aim, run, -1, scores, error))
    return FALSE;
  *score = 0;
  for (guint i = 0; i < n; i++)
    *score += scores[i];
  return TRUE;
}
