/* SPDX-License-Identifier: GPL-3.0-or-later */
/* evaluation-report.c: what was measured, for people and as JSON */
#include "config.h"

#include "cli/columns.h"
#include "cli/evaluation.h"
#include "cli/json.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdio.h>

/* More samples than this are not listed one by one for people. */
#define SHOWN 10

static const CliCandidate *
get_candidate (const CliEvaluation *evaluation, guint index)
{
  return &g_array_index (evaluation->candidates, CliCandidate, index);
}

/* What was explained of a sample: in words and by its class, the score of that, and the class's probability. */
typedef struct
{
  const LrpExplanation *explanation;
  guint target;
  double score, probability;
} Answer;

static Answer
get_answer (const CliEvaluation *evaluation, guint sample)
{
  const LrpExplanation *e = get_candidate (evaluation, 0)->explanations[sample];

  return (Answer){ e, lrp_explanation_get_class (e, 0), e->score, lrp_explanation_get_probability (e, 0) };
}

static void
print_samples (const CliEvaluation *evaluation)
{
  g_autoptr (CliColumns) columns = cli_columns_new ("llrr");

  if (evaluation->samples->len > SHOWN)
    {
      printf (_("%u inputs\n\n"), evaluation->samples->len);
      return;
    }
  cli_columns_add (columns, _("Input"), _("Class"), _("Score"), _("Probability"), NULL);
  for (guint i = 0; i < evaluation->samples->len; i++)
    {
      const CliSample *sample = &g_array_index (evaluation->samples, CliSample, i);
      Answer answer = get_answer (evaluation, i);
      g_autofree char *file = g_filename_display_basename (sample->file);
      g_autofree char *name = sample->n > 1 ? g_strdup_printf ("%s #%u", file, sample->number) : g_strdup (file);
      g_autofree char *label = lrp_explanation_dup_target (answer.explanation, 0);
      g_autofree char *score = cli_format_number (answer.score);
      g_autofree char *probability = cli_format_probability (answer.probability, evaluation->network);
      cli_columns_add (columns, name, label, score, probability, NULL);
    }
  cli_columns_print (columns);
  printf ("\n");
}

/* One cell for each value that tables show; candidate NULL: their titles. */
static void
add_cells (const CliEvaluation *evaluation, const CliCandidate *candidate, GStrvBuilder *cells)
{
  for (guint m = 0; m < evaluation->metrics->len; m++)
    {
      const LrpMetric *metric = cli_evaluation_get_metric (evaluation, m);
      for (guint k = 0; k < lrp_metric_n_values (metric); k++)
        {
          g_autofree char *cell = NULL;
          if (!metric->values[k].title)
            continue;
          if (!candidate)
            cell = cli_evaluation_name_metric (evaluation, m, _(metric->values[k].title));
          else if (isnan (candidate->means[m].values[k]))
            cell = g_strdup ("–");
          else
            cell = cli_format_number (candidate->means[m].values[k]);
          g_strv_builder_add (cells, cell);
        }
    }
}

static void
print_means (const CliEvaluation *evaluation)
{
  g_autoptr (CliColumns) columns = NULL;
  g_autoptr (GString) alignment = g_string_new ("l");

  for (guint c = 0; c <= evaluation->candidates->len; c++)
    {
      const CliCandidate *candidate = c ? get_candidate (evaluation, c - 1) : NULL;
      g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
      g_auto (GStrv) cells = NULL;
      g_strv_builder_add (builder, candidate ? candidate->text : _("Method"));
      add_cells (evaluation, candidate, builder);
      cells = g_strv_builder_end (builder);
      if (!columns)
        {
          for (guint i = 1; cells[i]; i++)
            g_string_append_c (alignment, 'r');
          columns = cli_columns_new (alignment->str);
        }
      cli_columns_add_strv (columns, (const char *const *) cells);
    }
  cli_columns_print (columns);
}

/**
 * cli_evaluation_print_text:
 * @evaluation: an evaluation that was run
 *
 * Prints it for people: a row for each method, with means over the inputs.
 */
void
cli_evaluation_print_text (const CliEvaluation *evaluation)
{
  print_samples (evaluation);
  print_means (evaluation);
}

/* --- for programs ------------------------------------------------------------------------------------------------- */

static void
add_samples (JsonBuilder *json, const CliEvaluation *evaluation)
{
  json_builder_set_member_name (json, "inputs");
  json_builder_begin_array (json);
  for (guint i = 0; i < evaluation->samples->len; i++)
    {
      const CliSample *sample = &g_array_index (evaluation->samples, CliSample, i);
      Answer answer = get_answer (evaluation, i);
      g_autofree char *file = g_filename_display_name (sample->file);
      json_builder_begin_object (json);
      cli_json_add_string (json, "file", file);
      cli_json_add_integer (json, "sample", sample->number);
      cli_json_add_class (json, "target", evaluation->network, answer.target);
      cli_json_add_number (json, "score", answer.score);
      cli_json_add_number (json, "probability", answer.probability);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

/* The values by their names, as an element of a list or (key) under a key. */
static void
add_values (JsonBuilder *json, const char *key, const LrpMetric *metric, const LrpMeasure *measure)
{
  if (key)
    json_builder_set_member_name (json, key);
  json_builder_begin_object (json);
  for (guint k = 0; k < lrp_metric_n_values (metric); k++)
    cli_json_add_number (json, metric->values[k].name, measure->values[k]);
  json_builder_end_object (json);
}

static void
add_numbers (JsonBuilder *json, const char *key, const double *numbers, guint n)
{
  json_builder_set_member_name (json, key);
  json_builder_begin_array (json);
  for (guint i = 0; i < n; i++)
    if (isfinite (numbers[i]))
      json_builder_add_double_value (json, numbers[i]);
    else
      json_builder_add_null_value (json);
  json_builder_end_array (json);
}

static void
add_curves (JsonBuilder *json, const LrpMeasure *mean)
{
  json_builder_set_member_name (json, "curves");
  json_builder_begin_array (json);
  for (guint i = 0; mean->curves && i < mean->curves->len; i++)
    {
      const LrpCurve *curve = mean->curves->pdata[i];
      json_builder_begin_object (json);
      cli_json_add_string (json, "name", curve->name);
      cli_json_add_string (json, "quantity", curve->quantity);
      cli_json_add_number (json, "area", lrp_curve_get_area (curve));
      add_numbers (json, "share", curve->x, curve->n);
      add_numbers (json, "value", curve->y, curve->n);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_metrics (JsonBuilder *json, const CliEvaluation *evaluation, const CliCandidate *candidate)
{
  guint n = evaluation->samples->len;

  json_builder_set_member_name (json, "metrics");
  json_builder_begin_array (json);
  for (guint m = 0; m < evaluation->metrics->len; m++)
    {
      const LrpMetric *metric = cli_evaluation_get_metric (evaluation, m);
      g_autofree char *text = lrp_choice_to_string (&g_array_index (evaluation->metrics, LrpChoice, m));
      json_builder_begin_object (json);
      cli_json_add_string (json, "metric", metric->entry.name);
      cli_json_add_string (json, "request", text);
      add_values (json, "mean", metric, &candidate->means[m]);
      json_builder_set_member_name (json, "inputs");
      json_builder_begin_array (json);
      for (guint i = 0; i < n; i++)
        add_values (json, NULL, metric, &candidate->measures[m * n + i]);
      json_builder_end_array (json);
      add_curves (json, &candidate->means[m]);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

/**
 * cli_evaluation_print_json:
 * @evaluation: an evaluation that was run
 *
 * Prints it as one JSON object.
 */
void
cli_evaluation_print_json (const CliEvaluation *evaluation)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();

  json_builder_begin_object (json);
  cli_json_add_string (json, "model", evaluation->network->name);
  add_samples (json, evaluation);
  json_builder_set_member_name (json, "methods");
  json_builder_begin_array (json);
  for (guint c = 0; c < evaluation->candidates->len; c++)
    {
      const CliCandidate *candidate = get_candidate (evaluation, c);
      json_builder_begin_object (json);
      cli_json_add_string (json, "method", candidate->request->method.entry->name);
      cli_json_add_string (json, "request", candidate->text);
      add_metrics (json, evaluation, candidate);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
  json_builder_end_object (json);
  cli_json_print (json);
}
