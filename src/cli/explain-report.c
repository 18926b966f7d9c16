/* SPDX-License-Identifier: GPL-3.0-or-later */
/* explain-report.c: an explanation in numbers, for people and as JSON */
#include "config.h"

#include "cli/explain-report.h"

#include "cli/columns.h"
#include "cli/json.h"
#include "cli/prepare.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdio.h>

typedef struct
{
  double sum, min, max;
} Range;

static Range
find_range (const LrpTensor *tensor)
{
  Range range = { lrp_tensor_sum (tensor), (double) tensor->data[0], (double) tensor->data[0] };

  for (gsize i = 1; i < tensor->count; i++)
    {
      range.min = MIN (range.min, (double) tensor->data[i]);
      range.max = MAX (range.max, (double) tensor->data[i]);
    }
  return range;
}

static void
add_pair (CliColumns *columns, const char *name, double value)
{
  g_autofree char *text = cli_format_number (value);

  cli_columns_add (columns, name, text, NULL);
}

/* As --rule takes it. */
static char *
format_override (const LrpRequest *request, guint index)
{
  return lrp_override_to_string (&g_array_index (request->composite->overrides, LrpOverride, index));
}

/* What was explained, and how. */
static void
print_classes (const LrpExplanation *explanation)
{
  const LrpNetwork *network = explanation->network;

  for (guint i = 0; i < explanation->n; i++)
    {
      g_autofree char *label = lrp_network_dup_label (network, lrp_explanation_get_class (explanation, i));
      g_autofree char *shown = cli_format_name (label);
      g_autofree char *score = cli_format_number (lrp_explanation_get_class_score (explanation, i));
      g_autofree char *probability = cli_format_probability (lrp_explanation_get_probability (explanation, i), network);
      if (lrp_network_has_probabilities (network))
        printf (_("Class %s: score %s, probability %s\n"), shown, score, probability);
      else
        printf (network->labels ? _("Value of %s: %s\n") : _("Value of output %s: %s\n"), shown, score);
    }
}

/* The composite alone does not tell which rules there are. */
static void
print_changed (const LrpExplanation *explanation, const LrpRequest *request)
{
  guint n = lrp_composite_count_changed (request->composite, explanation->network);
  g_autofree char *changed = g_strdup_printf (ngettext ("%u layer changed", "%u layers changed", n), n);

  if (request->composite->overrides->len > 0)
    printf ("%s, %s\n", request->composite->choice.entry->name, changed);
}

static void
print_target (const LrpExplanation *explanation, const LrpRequest *request)
{
  g_autofree char *target = lrp_explanation_dup_target (explanation, 0), *shown = cli_format_name (target);
  g_autofree char *score = cli_format_number (explanation->score);

  print_classes (explanation);
  if (!lrp_explanation_is_of_class (explanation) || request->target.against != LRP_TARGET_NONE
      || lrp_network_n_places (explanation->network) > 1)
    printf (_("Explained: %s, %s\n"), shown, score);
  printf ("\n%s\n", explanation->request);
  print_changed (explanation, request);
  for (guint i = 0; i < request->composite->overrides->len; i++)
    {
      g_autofree char *rule = format_override (request, i);
      printf ("  %s\n", rule);
    }
  printf ("\n");
}

static void
print_sums (const LrpExplanation *explanation, const LrpClassSensitivity *sensitivity, const CliTimes *times)
{
  g_autoptr (CliColumns) columns = cli_columns_new ("lr");
  Range range = find_range (explanation->relevance);

  add_pair (columns, _("Relevance, sum"), range.sum);
  add_pair (columns, _("Relevance, least"), range.min);
  add_pair (columns, _("Relevance, largest"), range.max);
  if (!isnan (explanation->expected))
    add_pair (columns, _("It should add up to"), explanation->expected);
  if (explanation->handed_down)
    {
      add_pair (columns, _("Absorbed by biases"), lrp_explanation_get_absorbed_by_bias (explanation));
      add_pair (columns, _("Absorbed by the stabiliser"), lrp_explanation_get_absorbed_by_stabilizer (explanation));
      add_pair (columns, _("Created by rules"), lrp_explanation_get_created (explanation));
    }
  if (!isnan (sensitivity->value))
    add_pair (columns, _("Class sensitivity"), sensitivity->value);
  add_pair (columns, _("Seconds to load"), times->load);
  add_pair (columns, _("Seconds forward"), times->forward);
  add_pair (columns, _("Seconds of relevance"), times->relevance);
  cli_columns_print (columns);
}

static void
print_layers (const LrpExplanation *explanation)
{
  g_autoptr (CliColumns) columns = cli_columns_new ("rlllrrrrrr");

  cli_columns_add (columns, "", _("Layer"), _("Kind"), _("Rule"), _("Sum"), _("Positive"), _("Negative"),
                   _("Bias"), _("Stabiliser"), _("Created"), NULL);
  for (guint i = 0; i < explanation->n_layers; i++)
    {
      const LrpLayerSum *layer = &explanation->layers[i];
      g_autofree char *number = g_strdup_printf ("%u", i);
      g_autofree char *sum = cli_format_number (layer->sum);
      g_autofree char *positive = cli_format_number (layer->positive);
      g_autofree char *negative = cli_format_number (layer->negative);
      g_autofree char *bias = cli_format_number (layer->bias);
      g_autofree char *stabilizer = cli_format_number (layer->stabilizer);
      g_autofree char *created = layer->cause ? cli_format_number (layer->created) : g_strdup ("");
      cli_columns_add (columns, number, layer->name, layer->kind, layer->rule ? layer->rule : "", sum, positive,
                       negative, bias, stabilizer, created, NULL);
    }
  cli_columns_print (columns);
}

/* Where layers hand on more or less than they were given, and why. */
static void
print_causes (const LrpExplanation *explanation)
{
  for (guint i = 0; i < explanation->n_layers; i++)
    if (explanation->layers[i].cause)
      {
        g_autofree char *shown = cli_format_name (explanation->layers[i].name);
        printf (explanation->layers[i].created > 0 ? _("%s creates relevance. %s\n")
                                                   : _("%s destroys relevance. %s\n"),
                shown, explanation->layers[i].cause);
      }
}

/* What makes the map doubtful, and what can be done. */
static void
print_warnings (const LrpExplanation *explanation)
{
  for (guint i = 0; i < explanation->warnings->len; i++)
    {
      const LrpWarning *warning = g_ptr_array_index (explanation->warnings, i);
      g_autofree char *shown = cli_format_name (warning->text);
      printf (_("\nWarning: %s\n"), shown);
      if (warning->change)
        printf (_("Try --method \"%s\"\n"), warning->change);
    }
}

/**
 * cli_report_text:
 * @explanation: an explanation
 * @request: what was asked for
 * @sensitivity: how much the map depends on the class; NaN where that is not known
 * @times: how long it took
 *
 * Prints it for people.
 */
void
cli_report_text (const LrpExplanation *explanation, const LrpRequest *request, const LrpClassSensitivity *sensitivity,
                 const CliTimes *times)
{
  print_target (explanation, request);
  print_sums (explanation, sensitivity, times);
  print_warnings (explanation);
  if (explanation->n_layers == 0)
    return;
  printf ("\n");
  print_layers (explanation);
  print_causes (explanation);
}

static void
add_targets (JsonBuilder *json, const LrpExplanation *explanation)
{
  g_autofree char *explained = lrp_target_to_string (&explanation->aim.target);

  cli_json_add_class (json, "target", explanation->network, lrp_explanation_get_class (explanation, 0));
  cli_json_add_string (json, "explained", explained);
  cli_json_add_string (json, "place", explanation->aim.target.place);
  cli_json_add_number (json, "score", explanation->score);
  cli_json_add_number (json, "probability", lrp_explanation_get_probability (explanation, 0));
  json_builder_set_member_name (json, "targets");
  json_builder_begin_array (json);
  for (guint i = 0; i < explanation->n; i++)
    cli_json_add_class (json, NULL, explanation->network, lrp_explanation_get_class (explanation, i));
  json_builder_end_array (json);
}

static void
add_rules (JsonBuilder *json, const LrpRequest *request)
{
  json_builder_set_member_name (json, "rules");
  json_builder_begin_array (json);
  for (guint i = 0; i < request->composite->overrides->len; i++)
    {
      g_autofree char *rule = format_override (request, i);
      g_autofree char *valid = g_utf8_make_valid (rule, -1);
      json_builder_add_string_value (json, valid);
    }
  json_builder_end_array (json);
}

static void
add_relevance (JsonBuilder *json, const LrpExplanation *explanation, const LrpRequest *request,
               const CliSubjectPicture *picture)
{
  const LrpShape shape = cli_subject_get_layout (&explanation->relevance->shape, picture);
  Range range = find_range (explanation->relevance);
  gboolean absorbs = explanation->handed_down;

  json_builder_set_member_name (json, "relevance");
  json_builder_begin_object (json);
  cli_json_add_string (json, "layer", request->layer);
  cli_json_add_shape (json, "shape", &shape);
  cli_json_add_number (json, "sum", range.sum);
  cli_json_add_number (json, "min", range.min);
  cli_json_add_number (json, "max", range.max);
  cli_json_add_number (json, "expected", explanation->expected);
  cli_json_add_number (json, "bias", absorbs ? lrp_explanation_get_absorbed_by_bias (explanation) : NAN);
  cli_json_add_number (json, "stabilizer", absorbs ? lrp_explanation_get_absorbed_by_stabilizer (explanation) : NAN);
  cli_json_add_number (json, "created", absorbs ? lrp_explanation_get_created (explanation) : NAN);
  json_builder_end_object (json);
}

static void
add_sensitivity (JsonBuilder *json, const LrpClassSensitivity *sensitivity)
{
  json_builder_set_member_name (json, "class_sensitivity");
  json_builder_begin_object (json);
  cli_json_add_number (json, "value", sensitivity->value);
  cli_json_add_integer (json, "asked", sensitivity->n_asked);
  cli_json_add_integer (json, "others", sensitivity->n_others);
  json_builder_end_object (json);
}

static void
add_layers (JsonBuilder *json, const LrpExplanation *explanation)
{
  json_builder_set_member_name (json, "layers");
  json_builder_begin_array (json);
  for (guint i = 0; i < explanation->n_layers; i++)
    {
      const LrpLayerSum *layer = &explanation->layers[i];
      json_builder_begin_object (json);
      cli_json_add_string (json, "name", layer->name);
      cli_json_add_string (json, "kind", layer->kind);
      cli_json_add_string (json, "rule", layer->rule);
      cli_json_add_number (json, "sum", layer->sum);
      cli_json_add_number (json, "positive", layer->positive);
      cli_json_add_number (json, "negative", layer->negative);
      cli_json_add_number (json, "bias", layer->bias);
      cli_json_add_number (json, "stabilizer", layer->stabilizer);
      cli_json_add_number (json, "left", layer->left);
      cli_json_add_number (json, "created", layer->created);
      cli_json_add_string (json, "cause", layer->cause);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_warnings (JsonBuilder *json, const LrpExplanation *explanation)
{
  json_builder_set_member_name (json, "warnings");
  json_builder_begin_array (json);
  for (guint i = 0; i < explanation->warnings->len; i++)
    {
      const LrpWarning *warning = g_ptr_array_index (explanation->warnings, i);
      json_builder_begin_object (json);
      cli_json_add_string (json, "code", warning->code);
      cli_json_add_string (json, "layer", warning->layer);
      cli_json_add_string (json, "text", warning->text);
      cli_json_add_string (json, "change", warning->change);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_times (JsonBuilder *json, const CliTimes *times)
{
  json_builder_set_member_name (json, "seconds");
  json_builder_begin_object (json);
  cli_json_add_number (json, "load", times->load);
  cli_json_add_number (json, "forward", times->forward);
  cli_json_add_number (json, "relevance", times->relevance);
  json_builder_end_object (json);
}

/**
 * cli_report_json:
 * @explanation: an explanation
 * @request: what was asked for
 * @picture: what the input was made from
 * @sensitivity: how much the map depends on the class; NaN where that is not known
 * @times: how long it took
 *
 * Prints it as one JSON object.
 */
void
cli_report_json (const LrpExplanation *explanation, const LrpRequest *request, const CliSubjectPicture *picture,
                 const LrpClassSensitivity *sensitivity, const CliTimes *times)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();

  json_builder_begin_object (json);
  cli_json_add_string (json, "model", explanation->network->name);
  cli_json_add_end (json, explanation->network);
  cli_json_add_string (json, "method", request->method.entry->name);
  cli_json_add_string (json, "request", explanation->request);
  add_rules (json, request);
  json_builder_set_member_name (json, "layers_changed");
  json_builder_add_int_value (json, lrp_composite_count_changed (request->composite, explanation->network));
  add_targets (json, explanation);
  cli_json_add_tensor (json, "scores", explanation->scores);
  if (picture->pixels)
    cli_prepare_add_json (json, explanation->network, &picture->notes);
  add_relevance (json, explanation, request, picture);
  add_sensitivity (json, sensitivity);
  add_layers (json, explanation);
  add_warnings (json, explanation);
  add_times (json, times);
  json_builder_end_object (json);
  cli_json_print (json);
}
