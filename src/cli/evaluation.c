/* SPDX-License-Identifier: GPL-3.0-or-later */
/* evaluation.c: several methods, measured by several metrics on several inputs */
#include "config.h"

#include "cli/evaluation.h"

#include "cli/options.h"
#include "cli/progress.h"
#include "cli/subject.h"

#include <glib/gi18n.h>
#include <string.h>

/* What explaining a sample takes, roughly, in forward passes. */
#define EXPLAIN_EFFORT 3

static void
sample_clear (gpointer data)
{
  CliSample *sample = data;

  g_free (sample->file);
  lrp_tensor_unref (sample->input);
}

CliEvaluation *
cli_evaluation_new (LrpNetwork *network)
{
  CliEvaluation *evaluation = g_new0 (CliEvaluation, 1);

  evaluation->network = lrp_network_ref (network);
  evaluation->samples = g_array_new (FALSE, TRUE, sizeof (CliSample));
  g_array_set_clear_func (evaluation->samples, sample_clear);
  evaluation->metrics = g_array_new (FALSE, FALSE, sizeof (LrpChoice));
  evaluation->candidates = g_array_new (FALSE, TRUE, sizeof (CliCandidate));
  return evaluation;
}

static void
candidate_clear (const CliEvaluation *evaluation, CliCandidate *candidate)
{
  for (guint i = 0; i < evaluation->samples->len; i++)
    lrp_explanation_unref (candidate->explanations ? candidate->explanations[i] : NULL);
  for (guint i = 0; candidate->measures && i < evaluation->samples->len * evaluation->metrics->len; i++)
    lrp_measure_clear (&candidate->measures[i]);
  for (guint i = 0; candidate->means && i < evaluation->metrics->len; i++)
    lrp_measure_clear (&candidate->means[i]);
  g_free (candidate->explanations);
  g_free (candidate->measures);
  g_free (candidate->means);
  g_free (candidate->text);
  lrp_request_free (candidate->request);
}

void
cli_evaluation_free (CliEvaluation *evaluation)
{
  if (!evaluation)
    return;
  for (guint i = 0; i < evaluation->candidates->len; i++)
    candidate_clear (evaluation, &g_array_index (evaluation->candidates, CliCandidate, i));
  g_array_unref (evaluation->candidates);
  g_array_unref (evaluation->metrics);
  g_array_unref (evaluation->samples);
  lrp_run_free (evaluation->run);
  lrp_network_unref (evaluation->network);
  g_free (evaluation);
}

/* The first input decides for which shape the network is compiled. */
static gboolean
check_shape (CliEvaluation *evaluation, const LrpTensor *sample, const char *path, GError **error)
{
  g_autofree char *wanted = NULL, *got = NULL;

  if (!evaluation->run)
    return (evaluation->run = cli_subject_compile (evaluation->network, sample, path, error)) != NULL;
  if (lrp_shape_equal (lrp_run_get_shape (evaluation->run, 0), &sample->shape))
    return TRUE;
  wanted = lrp_shape_to_string (lrp_run_get_shape (evaluation->run, 0));
  got = lrp_shape_to_string (&sample->shape);
  g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE, _("the input has the shape %s, but that before it %s"), got, wanted);
  cli_name_file (error, path);
  return FALSE;
}

gboolean
cli_evaluation_add_input (CliEvaluation *evaluation, const char *path, GError **error)
{
  g_autoptr (LrpTensor) input = cli_subject_load_input (path, evaluation->network, &evaluation->how, NULL, error);
  LrpShape one;

  if (!input)
    return FALSE;
  one = input->shape;
  one.dims[0] = 1;
  for (gint64 i = 0; i < input->shape.dims[0]; i++)
    {
      gsize size = input->count / (gsize) input->shape.dims[0];
      g_autoptr (LrpTensor) single = lrp_tensor_new_copy (&one, input->data + (gsize) i * size, error);
      CliSample sample = { NULL, (guint) i, (guint) input->shape.dims[0], NULL };
      if (!single || !check_shape (evaluation, single, path, error))
        return FALSE;
      sample.file = g_strdup (path);
      sample.input = g_steal_pointer (&single);
      g_array_append_val (evaluation->samples, sample);
    }
  return TRUE;
}

void
cli_evaluation_take_request (CliEvaluation *evaluation, LrpRequest *request)
{
  CliCandidate candidate = { .request = request, .text = lrp_request_to_string (request) };

  g_array_append_val (evaluation->candidates, candidate);
}

const LrpMetric *
cli_evaluation_get_metric (const CliEvaluation *evaluation, guint metric)
{
  return (const LrpMetric *) g_array_index (evaluation->metrics, LrpChoice, metric).entry;
}

char *
cli_evaluation_name_metric (const CliEvaluation *evaluation, guint metric, const char *name)
{
  guint same = 0;
  g_autofree char *text = lrp_choice_to_string (&g_array_index (evaluation->metrics, LrpChoice, metric));
  const char *colon = strchr (text, ':');

  for (guint i = 0; i < evaluation->metrics->len; i++)
    same += cli_evaluation_get_metric (evaluation, i) == cli_evaluation_get_metric (evaluation, metric);
  return same > 1 && colon ? g_strdup_printf ("%s (%s)", name, colon + 1) : g_strdup (name);
}

gboolean
cli_evaluation_has_curves (const CliEvaluation *evaluation)
{
  for (guint c = 0; c < evaluation->candidates->len; c++)
    for (guint m = 0; m < evaluation->metrics->len; m++)
      if (g_array_index (evaluation->candidates, CliCandidate, c).means[m].curves)
        return TRUE;
  return FALSE;
}

/* --- doing it ----------------------------------------------------------------------------------------------------- */

static gboolean
explain (const CliEvaluation *evaluation, CliCandidate *candidate, CliProgressBar *bar, GCancellable *cancellable,
         GError **error)
{
  guint n = evaluation->samples->len;

  candidate->explanations = g_new0 (LrpExplanation *, n);
  for (guint i = 0; i < n; i++)
    {
      LrpTensor *input = g_array_index (evaluation->samples, CliSample, i).input;
      candidate->explanations[i] = lrp_request_explain (candidate->request, evaluation->run, input, cancellable, error);
      if (!candidate->explanations[i])
        {
          g_prefix_error (error, "%s: ", evaluation->network->name);
          return FALSE;
        }
      cli_progress_bar_update ((double) (i + 1) / n, bar);
    }
  return TRUE;
}

static gboolean
measure (const CliEvaluation *evaluation, CliCandidate *candidate, guint metric, CliProgressBar *bar,
         GCancellable *cancellable, GError **error)
{
  guint n = evaluation->samples->len;
  LrpMeasure *measures = candidate->measures + metric * n;
  LrpMetricCall call = {
    .metric = &g_array_index (evaluation->metrics, LrpChoice, metric),
    .request = candidate->request,
    .run = evaluation->run,
    .explanations = candidate->explanations,
    .references = g_array_index (evaluation->candidates, CliCandidate, 0).explanations,
    .n = n,
    .cancellable = cancellable,
    .progress = cli_progress_bar_update,
    .progress_data = bar,
  };

  if (!lrp_metric_measure (&call, measures, error))
    {
      g_prefix_error (error, "%s: %s: ", evaluation->network->name, call.metric->entry->name);
      return FALSE;
    }
  lrp_measure_mean (measures, n, &candidate->means[metric]);
  return TRUE;
}

static double
all_effort (const CliEvaluation *evaluation)
{
  double effort = EXPLAIN_EFFORT;

  for (guint m = 0; m < evaluation->metrics->len; m++)
    effort += cli_evaluation_get_metric (evaluation, m)->effort;
  return effort * evaluation->candidates->len;
}

/**
 * cli_evaluation_run:
 * @evaluation: inputs, metrics and requests
 * @quiet: whether no progress is shown
 * @cancellable: looked at between layers
 * @error: return location for an error
 *
 * Explains all samples by all methods, and measures that.
 *
 * Returns: whether all was done
 */
gboolean
cli_evaluation_run (CliEvaluation *evaluation, gboolean quiet, GCancellable *cancellable, GError **error)
{
  g_autoptr (CliProgressBar) bar = cli_progress_bar_new (quiet);
  double effort = all_effort (evaluation);

  for (guint c = 0; c < evaluation->candidates->len; c++)
    {
      CliCandidate *candidate = &g_array_index (evaluation->candidates, CliCandidate, c);
      candidate->measures = g_new0 (LrpMeasure, evaluation->metrics->len * evaluation->samples->len);
      candidate->means = g_new0 (LrpMeasure, evaluation->metrics->len);
      cli_progress_bar_begin (bar, candidate->text, EXPLAIN_EFFORT / effort);
      if (!explain (evaluation, candidate, bar, cancellable, error))
        return FALSE;
      for (guint m = 0; m < evaluation->metrics->len; m++)
        {
          const LrpMetric *metric = cli_evaluation_get_metric (evaluation, m);
          g_autofree char *what = g_strdup_printf ("%s, %s", metric->entry.name, candidate->text);
          cli_progress_bar_begin (bar, what, metric->effort / effort);
          if (!measure (evaluation, candidate, m, bar, cancellable, error))
            return FALSE;
        }
    }
  return TRUE;
}
