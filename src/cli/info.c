/* SPDX-License-Identifier: GPL-3.0-or-later */
/* info.c: `lrp info` */
#include "config.h"

#include "cli/columns.h"
#include "cli/command.h"
#include "cli/json.h"
#include "cli/prepare.h"
#include "cli/subject.h"
#include "files/pictures/values.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdio.h>

/* How each LrpPixels is called. */
static const char *const pixel_names[] = {
  [LRP_PIXELS_UNKNOWN] = "unknown", [LRP_PIXELS_GRAY] = "gray", [LRP_PIXELS_RGB] = "rgb", [LRP_PIXELS_BGR] = "bgr"
};

/* The rule that the default composite gives a layer; NULL where rules do not apply. */
static char *
default_rule (const LrpRequest *request, const LrpNetwork *network, guint index)
{
  LrpChoice rule;

  if (!lrp_op_is_linear (lrp_network_get_layer (network, index)->kind)
      || !lrp_composite_get_rule (request->composite, network, index, &rule, NULL) || !rule.entry)
    return NULL;
  return lrp_choice_to_string (&rule);
}

static guint64
total (const LrpNetwork *network, guint64 (*count) (const LrpNetwork *network, guint index))
{
  guint64 sum = 0;

  for (guint i = 0; i < network->layers->len; i++)
    sum += count (network, i);
  return sum;
}

/* Whole numbers with their thousands set off; nothing for zero. */
static char *
format_count (guint64 count)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (count == 0)
    return g_strdup ("");
  g_string_printf (text, "%" G_GUINT64_FORMAT, count);
  for (gssize at = (gssize) text->len - 3; at > 0; at -= 3)
    g_string_insert_c (text, at, ',');
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The values that each channel can have; once where all have the same. */
static char *
format_values (const LrpInput *input)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint c = 0; c < input->n_channels; c++)
    if (c == 0 || input->low[c] != input->low[0] || input->high[c] != input->high[0])
      {
        g_string_append (text, c ? ", " : "");
        g_string_append_printf (text, _("%g to %g"), input->low[c], input->high[c]);
      }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Where a description is from, in words and for programs. */
static const char *const origin_texts[LRP_N_ORIGINS] = { N_("assumed"), N_("by a configuration beside it"),
                                                         N_("by the model’s file"), N_("by its card") };
static const char *const origin_names[LRP_N_ORIGINS] = { "assumed", "config", "model", "card" };
static const char *const ink_names[] = { "dark-on-light", "light-on-dark" };

static char *
with_origin (const char *text, LrpOrigin origin)
{
  return g_strdup_printf ("%s (%s)", text, _(origin_texts[origin]));
}

/* How a picture becomes the input, and who says so. */
static void
add_preparing (CliColumns *columns, const LrpNetwork *network)
{
  const LrpInput *input = &network->input;
  g_autofree char *pixels = with_origin (pixel_names[input->pixels], input->origins.pixels);
  g_autofree char *ink = with_origin (lrp_values_describe_ink (input), input->origins.ink);
  g_autofree char *range = format_values (input), *values = with_origin (range, lrp_values_get_origin (input));

  cli_columns_add (columns, _("Pixels"),
                   input->pixels == LRP_PIXELS_UNKNOWN ? pixel_names[LRP_PIXELS_UNKNOWN] : pixels, NULL);
  if (input->pixels == LRP_PIXELS_GRAY)
    cli_columns_add (columns, _("Ink"), ink, NULL);
  if (input->bounded)
    cli_columns_add (columns, _("Values"), values, NULL);
}

/* "21", "21, each at 28 × 28 places", and who named them, where that was not the network's own file. */
static char *
format_classes (const LrpNetwork *network)
{
  const LrpOrigin origin = network->labels ? network->input.origins.labels : LRP_ORIGIN_ASSUMED;
  g_autofree char *count = format_count (lrp_network_n_classes (network)), *dims = NULL;
  g_autofree char *classes = origin == LRP_ORIGIN_ASSUMED
                                 ? g_strdup (count)
                                 : g_strdup_printf (_("%s, named %s"), count, _(origin_texts[origin]));
  LrpShape places, shown = LRP_SHAPE (1);

  lrp_network_get_places (network, &places);
  if (places.rank == 0)
    return g_steal_pointer (&classes);
  for (guint i = 0; i < places.rank; i++)
    shown.dims[shown.rank++] = places.dims[i];
  dims = cli_format_dims (&shown);
  return g_strdup_printf (_("%s, each at %s places"), classes, dims);
}

static char *
format_end (const LrpNetwork *network)
{
  const LrpEnd *end = lrp_network_get_end (network);

  return with_origin (_(end->text), end->assumed ? LRP_ORIGIN_ASSUMED : LRP_ORIGIN_MODEL);
}

static void
print_summary (const LrpNetwork *network)
{
  g_autoptr (CliColumns) columns = cli_columns_new ("ll");
  g_autofree char *input = cli_format_dims (&lrp_network_get_layer (network, 0)->shape);
  g_autofree char *classes = format_classes (network), *output = format_end (network);
  g_autofree char *assumed = lrp_values_dup_assumed (network);
  g_autofree char *parameters = format_count (lrp_network_n_parameters (network));
  g_autofree char *macs = format_count (total (network, lrp_network_layer_macs));

  cli_columns_add (columns, _("Name"), network->name, NULL);
  if (network->title)
    cli_columns_add (columns, _("Title"), network->title, NULL);
  if (network->description)
    cli_columns_add (columns, _("Description"), network->description, NULL);
  cli_columns_add (columns, _("Input"), input, NULL);
  add_preparing (columns, network);
  cli_columns_add (columns, _("Classes"), classes, NULL);
  cli_columns_add (columns, _("Output"), output, NULL);
  cli_columns_add (columns, _("Parameters"), parameters, NULL);
  cli_columns_add (columns, _("Multiply-adds"), macs, NULL);
  cli_columns_print (columns);
  if (assumed)
    printf (_("\nWhat is assumed can be said by a card, or with --scale, --mean, --std, --bgr and --invert.\n"));
}

static void
print_layers (const LrpNetwork *network, const LrpRequest *request)
{
  g_autoptr (CliColumns) columns = cli_columns_new ("rlllrrl");
  g_autofree char *rule_title = g_strdup_printf (_("Rule by %s"), request->composite->choice.entry->name);

  cli_columns_add (columns, "", _("Layer"), _("Kind"), _("Output"), _("Parameters"), _("Multiply-adds"),
                   rule_title, NULL);
  for (guint i = 0; i < network->layers->len; i++)
    {
      const LrpLayer *layer = lrp_network_get_layer (network, i);
      g_autofree char *number = g_strdup_printf ("%u", i);
      g_autofree char *dims = cli_format_dims (&layer->shape);
      g_autofree char *parameters = format_count (lrp_network_layer_parameters (network, i));
      g_autofree char *macs = format_count (lrp_network_layer_macs (network, i));
      g_autofree char *rule = default_rule (request, network, i);
      cli_columns_add (columns, number, layer->name, lrp_op_kind_name (layer->kind), dims, parameters, macs,
                       rule ? rule : "", NULL);
    }
  cli_columns_print (columns);
}

static void
add_input (JsonBuilder *json, const LrpNetwork *network)
{
  const LrpInput *input = &network->input;

  json_builder_set_member_name (json, "input");
  json_builder_begin_object (json);
  cli_json_add_shape (json, "shape", &lrp_network_get_layer (network, 0)->shape);
  cli_json_add_string (json, "pixels", pixel_names[input->pixels]);
  json_builder_set_member_name (json, "channels");
  json_builder_begin_array (json);
  for (guint c = 0; input->pixels != LRP_PIXELS_UNKNOWN && c < input->n_channels; c++)
    {
      json_builder_begin_object (json);
      cli_json_add_number (json, "mean", input->mean[c]);
      cli_json_add_number (json, "std", input->std[c]);
      cli_json_add_number (json, "low", input->bounded ? input->low[c] : NAN);
      cli_json_add_number (json, "high", input->bounded ? input->high[c] : NAN);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
  cli_json_add_number (json, "scale", input->scale);
  cli_json_add_string (json, "ink", input->pixels == LRP_PIXELS_GRAY ? ink_names[input->inverted] : NULL);
  json_builder_set_member_name (json, "from");
  json_builder_begin_object (json);
  cli_json_add_string (json, "pixels", origin_names[input->origins.pixels]);
  cli_json_add_string (json, "ink", origin_names[input->origins.ink]);
  cli_json_add_string (json, "values", origin_names[lrp_values_get_origin (input)]);
  cli_json_add_string (json, "labels", network->labels ? origin_names[input->origins.labels] : NULL);
  json_builder_end_object (json);
  json_builder_end_object (json);
}

static void
add_layers (JsonBuilder *json, const LrpNetwork *network, const LrpRequest *request)
{
  json_builder_set_member_name (json, "layers");
  json_builder_begin_array (json);
  for (guint i = 0; i < network->layers->len; i++)
    {
      const LrpLayer *layer = lrp_network_get_layer (network, i);
      g_autofree char *rule = default_rule (request, network, i);
      json_builder_begin_object (json);
      cli_json_add_string (json, "name", layer->name);
      cli_json_add_string (json, "kind", lrp_op_kind_name (layer->kind));
      cli_json_add_shape (json, "shape", &layer->shape);
      cli_json_add_integer (json, "parameters", (gint64) lrp_network_layer_parameters (network, i));
      cli_json_add_integer (json, "macs", (gint64) lrp_network_layer_macs (network, i));
      cli_json_add_string (json, "rule", rule);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_labels (JsonBuilder *json, const LrpNetwork *network)
{
  json_builder_set_member_name (json, "labels");
  json_builder_begin_array (json);
  for (guint i = 0; i < lrp_network_n_classes (network); i++)
    {
      g_autofree char *label = lrp_network_dup_label (network, i);
      g_autofree char *valid = g_utf8_make_valid (label, -1);
      json_builder_add_string_value (json, valid);
    }
  json_builder_end_array (json);
}

static void
print_json (const LrpNetwork *network, const LrpRequest *request)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();
  LrpShape places;

  json_builder_begin_object (json);
  cli_json_add_string (json, "model", network->name);
  cli_json_add_string (json, "title", network->title);
  cli_json_add_string (json, "description", network->description);
  add_input (json, network);
  cli_json_add_integer (json, "classes", lrp_network_n_classes (network));
  add_labels (json, network);
  lrp_network_get_places (network, &places);
  cli_json_add_shape (json, "places", &places);
  cli_json_add_end (json, network);
  cli_json_add_integer (json, "parameters", (gint64) lrp_network_n_parameters (network));
  cli_json_add_integer (json, "macs", (gint64) total (network, lrp_network_layer_macs));
  cli_json_add_string (json, "composite", request->composite->choice.entry->name);
  add_layers (json, network, request);
  json_builder_end_object (json);
  cli_json_print (json);
}

/**
 * cli_info:
 * @command: its row
 * @argv: (array zero-terminated=1): its words
 * @error: return location for an error
 *
 * Describes a network and its layers.
 *
 * Returns: whether all was done
 */
gboolean
cli_info (const CliCommand *command, char **argv, GError **error)
{
  g_autofree char *weights = NULL;
  gboolean want_json = FALSE;
  const GOptionEntry entries[] = { CLI_OPTION_WEIGHTS (&weights), CLI_OPTION_JSON (&want_json), G_OPTION_ENTRY_NULL };
  g_auto (GStrv) arguments = cli_parse (command, argv, entries, error);
  g_autoptr (LrpRequest) request = lrp_request_new ();
  const CliPrepare prepare = { 0 };
  g_autoptr (LrpNetwork) network =
      arguments ? cli_prepare_network (&prepare, cli_subject_load_network (arguments[0], weights, error), TRUE, error)
                : NULL;

  if (!network)
    return FALSE;
  lrp_composite_resolve (request->composite, network);
  if (want_json)
    print_json (network, request);
  else
    {
      print_summary (network);
      printf ("\n");
      print_layers (network, request);
    }
  return TRUE;
}
