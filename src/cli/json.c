/* SPDX-License-Identifier: GPL-3.0-or-later */
/* json.c: what `lrp --json` prints, for programs */
#include "config.h"

#include "cli/json.h"

#include <math.h>
#include <stdio.h>

/* Adds key and text; a %NULL value is null. */
void
cli_json_add_string (JsonBuilder *json, const char *key, const char *value)
{
  g_autofree char *valid = value ? g_utf8_make_valid (value, -1) : NULL;

  json_builder_set_member_name (json, key);
  if (valid)
    json_builder_add_string_value (json, valid);
  else
    json_builder_add_null_value (json);
}

/* Adds key and a list of texts. */
void
cli_json_add_strings (JsonBuilder *json, const char *key, const char *const *texts)
{
  json_builder_set_member_name (json, key);
  json_builder_begin_array (json);
  for (guint i = 0; texts[i]; i++)
    {
      g_autofree char *valid = g_utf8_make_valid (texts[i], -1);
      json_builder_add_string_value (json, valid);
    }
  json_builder_end_array (json);
}

static void
add_double (JsonBuilder *json, double value)
{
  /* JSON has neither NaN nor infinity. */
  if (isfinite (value))
    json_builder_add_double_value (json, value + 0.0);
  else
    json_builder_add_null_value (json);
}

/* Adds key and number, in full precision; one that is not finite is null. */
void
cli_json_add_number (JsonBuilder *json, const char *key, double value)
{
  json_builder_set_member_name (json, key);
  add_double (json, value);
}

/* Adds key and whole number. */
void
cli_json_add_integer (JsonBuilder *json, const char *key, gint64 value)
{
  json_builder_set_member_name (json, key);
  json_builder_add_int_value (json, value);
}

/* Adds key and a flat list of all elements, in row-major order. */
void
cli_json_add_tensor (JsonBuilder *json, const char *key, const LrpTensor *tensor)
{
  json_builder_set_member_name (json, key);
  json_builder_begin_array (json);
  for (gsize i = 0; i < tensor->count; i++)
    add_double (json, (double) tensor->data[i]);
  json_builder_end_array (json);
}

/* Adds key and the list of dimensions. */
void
cli_json_add_shape (JsonBuilder *json, const char *key, const LrpShape *shape)
{
  json_builder_set_member_name (json, key);
  json_builder_begin_array (json);
  for (guint i = 0; i < shape->rank; i++)
    json_builder_add_int_value (json, shape->dims[i]);
  json_builder_end_array (json);
}

/* Adds "end": {"kind": "softmax", "from": "model"}. */
void
cli_json_add_end (JsonBuilder *json, const LrpNetwork *network)
{
  const LrpEnd *end = lrp_network_get_end (network);

  json_builder_set_member_name (json, "end");
  json_builder_begin_object (json);
  cli_json_add_string (json, "kind", end->name);
  cli_json_add_string (json, "from", end->assumed ? "assumed" : "model");
  json_builder_end_object (json);
}

/* Adds {"index": 3, "label": "3"}, under a key or (key %NULL) as an element of a list. */
void
cli_json_add_class (JsonBuilder *json, const char *key, const LrpNetwork *network, guint class_index)
{
  g_autofree char *label = lrp_network_dup_label (network, class_index);

  if (key)
    json_builder_set_member_name (json, key);
  json_builder_begin_object (json);
  cli_json_add_integer (json, "index", class_index);
  cli_json_add_string (json, "label", label);
  json_builder_end_object (json);
}

/* Prints what was built, in one line. */
void
cli_json_print (JsonBuilder *json)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = json_builder_get_root (json);
  g_autofree char *text = NULL;

  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, NULL);
  printf ("%s\n", text);
}
