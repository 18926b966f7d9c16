/* SPDX-License-Identifier: GPL-3.0-or-later */
/* flips.c: what becomes of the score while pixels go, for several explanations, found in a thread */
#include "config.h"

#include "app/compare/flips.h"

#include <math.h>

#define METRIC "pixel-flipping:steps=50"

/**
 * RlvCompareFlips:
 *
 * The most relevant pixels are taken away first, by each explanation's own word: the better that is, the faster falls
 * the score.
 */
struct _RlvCompareFlips
{
  GObject parent_instance;

  GArray *flips;
};

G_DEFINE_FINAL_TYPE (RlvCompareFlips, rlv_compare_flips, G_TYPE_OBJECT)

static void
clear_flip (gpointer data)
{
  RlvCompareFlip *flip = data;

  g_free (flip->name);
  lrp_explanation_unref (flip->explanation);
  lrp_request_free (flip->request);
  lrp_flipping_free (flip->flipping);
  lrp_measure_clear (&flip->measure);
  g_free (flip->problem);
}

static void
rlv_compare_flips_finalize (GObject *object)
{
  g_array_unref (RLV_COMPARE_FLIPS (object)->flips);
  G_OBJECT_CLASS (rlv_compare_flips_parent_class)->finalize (object);
}

static void
rlv_compare_flips_class_init (RlvCompareFlipsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rlv_compare_flips_finalize;
}

static void
rlv_compare_flips_init (RlvCompareFlips *self)
{
  self->flips = g_array_new (FALSE, TRUE, sizeof (RlvCompareFlip));
  g_array_set_clear_func (self->flips, clear_flip);
}

/**
 * rlv_compare_flips_new:
 *
 * Returns: (transfer full): no explanations yet
 */
RlvCompareFlips *
rlv_compare_flips_new (void)
{
  return g_object_new (RLV_TYPE_COMPARE_FLIPS, NULL);
}

/**
 * rlv_compare_flips_add:
 * @self: what is to be measured
 * @name: what the explanation is called
 * @explanation: of one sample, with the relevance at the input
 * @request: how it was made
 */
void
rlv_compare_flips_add (RlvCompareFlips *self, const char *name, LrpExplanation *explanation, const LrpRequest *request)
{
  const RlvCompareFlip flip = {
    g_strdup (name), lrp_explanation_ref (explanation), lrp_request_copy (request), NULL, { { 0 }, NULL }, NULL
  };

  g_return_if_fail (RLV_IS_COMPARE_FLIPS (self));
  g_array_append_val (self->flips, flip);
}

/* --- in the thread ------------------------------------------------------------------------------------------------ */

typedef struct
{
  RlvJob *job;
  guint at, n; /* the one that is measured, of how many */
} Progress;

static void
progress_cb (double fraction, gpointer data)
{
  const Progress *progress = data;

  rlv_job_tell ((progress->at + fraction) / progress->n, progress->job);
}

static gboolean
measure (RlvCompareFlip *flip, const LrpChoice *metric, Progress *progress, GCancellable *cancellable, GError **error)
{
  g_autoptr (LrpRun) run = lrp_run_new (flip->explanation->network, &flip->explanation->input->shape, error);
  LrpMetricCall call = { .metric = metric,
                         .request = flip->request,
                         .run = run,
                         .explanations = &flip->explanation,
                         .n = 1,
                         .cancellable = cancellable,
                         .progress = progress_cb,
                         .progress_data = progress };

  if (!run || !lrp_metric_measure (&call, &flip->measure, error))
    return FALSE;
  flip->flipping = lrp_flipping_new (metric, flip->explanation, error);
  return flip->flipping != NULL;
}

static gpointer
measure_all (RlvJob *job, gpointer data, GCancellable *cancellable, GError **unused)
{
  RlvCompareFlips *self = data;
  Progress progress = { job, 0, self->flips->len };
  LrpChoice metric;

  lrp_choice_parse (&metric, &lrp_metrics, METRIC, NULL);
  for (; progress.at < progress.n && !g_cancellable_is_cancelled (cancellable); progress.at++)
    {
      RlvCompareFlip *flip = &g_array_index (self->flips, RlvCompareFlip, progress.at);
      g_autoptr (GError) error = NULL;
      if (!measure (flip, &metric, &progress, cancellable, &error))
        flip->problem = g_strdup (error->message);
    }
  return self;
}

static const RlvJobKind measuring = { .work = measure_all, .free_data = g_object_unref };

/* ------------------------------------------------------------------------------------------------------------------ */

/**
 * rlv_compare_flips_measure_async:
 * @self: what is to be measured; once
 * @callback: called when it is done
 * @data: for @callback
 *
 * Measures all explanations, one after the other.
 *
 * Returns: (transfer none): the job, which says how far it is
 */
RlvJob *
rlv_compare_flips_measure_async (RlvCompareFlips *self, GAsyncReadyCallback callback, gpointer data)
{
  return rlv_job_run (&measuring, g_object_ref (self), NULL, NULL, callback, data);
}

/**
 * rlv_compare_flips_get_n:
 * @self: what was measured
 *
 * Returns: how many explanations
 */
guint
rlv_compare_flips_get_n (RlvCompareFlips *self)
{
  g_return_val_if_fail (RLV_IS_COMPARE_FLIPS (self), 0);
  return self->flips->len;
}

/**
 * rlv_compare_flips_get:
 * @self: what was measured
 * @i: which of them
 *
 * Returns: (transfer none): one of the explanations
 */
const RlvCompareFlip *
rlv_compare_flips_get (RlvCompareFlips *self, guint i)
{
  g_return_val_if_fail (RLV_IS_COMPARE_FLIPS (self), NULL);
  return &g_array_index (self->flips, RlvCompareFlip, i);
}

/**
 * rlv_compare_flip_get_curve:
 * @flip: one of the explanations
 *
 * Returns: (transfer none) (nullable): how its score falls
 */
const LrpCurve *
rlv_compare_flip_get_curve (const RlvCompareFlip *flip)
{
  return flip->measure.curves ? flip->measure.curves->pdata[0] : NULL;
}

/**
 * rlv_compare_flip_get_score:
 * @flip: one of the explanations
 * @share: of the pixels, 0 to 1
 *
 * Returns: the score when that share is gone, between the points of the curve in a straight line; NaN where there is
 * none
 */
double
rlv_compare_flip_get_score (const RlvCompareFlip *flip, double share)
{
  const LrpCurve *curve = rlv_compare_flip_get_curve (flip);
  guint i = 1;
  double part;

  if (!curve || curve->n < 2)
    return NAN;
  while (i + 1 < curve->n && curve->x[i] < share)
    i++;
  part = (share - curve->x[i - 1]) / (curve->x[i] - curve->x[i - 1]);
  return curve->y[i - 1] + CLAMP (part, 0, 1) * (curve->y[i] - curve->y[i - 1]);
}
