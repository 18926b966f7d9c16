/* SPDX-License-Identifier: GPL-3.0-or-later */
/* probe.c: what a network says of other inputs in place of the explained one */
#include "config.h"

#include "lrp/metrics/probe.h"

#include "lrp/methods/points.h"
#include "lrp/net/end.h"
#include "lrp/metrics/call.h"

#include <math.h>

LrpRequest *
lrp_probe_fix_request (const LrpRequest *request, const LrpExplanation *explanation)
{
  LrpRequest *fixed = lrp_request_copy (request);

  if (fixed->target.unit || fixed->target.class_index == LRP_TARGET_ALL)
    return fixed;
  fixed->target.class_index = (int) lrp_explanation_get_class (explanation, 0);
  if (lrp_explanation_get_against (explanation, 0) >= 0)
    fixed->target.against = lrp_explanation_get_against (explanation, 0);
  return fixed;
}

/* The probability of the class that is explained; there is none of a unit or of all classes together. */
static double
probability_of (const LrpExplanation *explanation, const float *outputs)
{
  guint classes = lrp_network_n_classes (explanation->network);
  g_autofree float *scores = g_new (float, classes);
  g_autofree double *probabilities = g_new (double, classes);

  if (!lrp_explanation_is_of_class (explanation))
    return NAN;
  lrp_network_read_outputs (explanation->network, outputs, explanation->aim.place, scores, probabilities);
  return probabilities[lrp_explanation_get_class (explanation, 0)];
}

/* Where scores and probabilities go. */
typedef struct
{
  const LrpExplanation *explanation;
  double *scores, *probabilities;
} Answers;

static void
take (gpointer data, const LrpPoint *point)
{
  Answers *answers = data;

  answers->scores[point->i] = point->score;
  if (answers->probabilities)
    answers->probabilities[point->i] = probability_of (answers->explanation, point->outputs);
}

static void
report (double fraction, gpointer call)
{
  lrp_metric_report (call, fraction);
}

gboolean
lrp_probe (const LrpMetricCall *call, const LrpExplanation *explanation, guint n, LrpProbeMake make, gpointer data,
           double *scores, double *probabilities, GError **error)
{
  Answers answers = { explanation, scores, probabilities };
  LrpPoints points = { .run = call->run,
                       .aim = &explanation->aim,
                       .samples = 1,
                       .n = n,
                       .outputs = probabilities != NULL,
                       .make = make,
                       .make_data = data,
                       .take = take,
                       .take_data = &answers,
                       .progress = report,
                       .progress_data = (gpointer) call,
                       .cancellable = call->cancellable };

  return lrp_points_visit (&points, error);
}
