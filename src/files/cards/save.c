/* SPDX-License-Identifier: GPL-3.0-or-later */
/* save.c: what was set by hand about a model is kept in a card, which goes before what the model's file says */
#include "config.h"

#include "files/cards/card.h"

#include "files/io/json.h"
#include "files/io/read.h"
#include "files/io/write.h"

#include <string.h>

static void
add_channels (JsonBuilder *json, const char *key, const double *values, guint n)
{
  json_builder_set_member_name (json, key);
  json_builder_begin_array (json);
  for (guint c = 0; c < n; c++)
    json_builder_add_double_value (json, values[c]);
  json_builder_end_array (json);
}

static JsonNode *
describe_input (const LrpNetwork *network)
{
  const LrpInput *input = &network->input;
  static const char *const formats[] = { NULL, "gray", "rgb", "bgr" };
  g_autoptr (JsonBuilder) json = json_builder_new ();
  guint n = lrp_network_get_layer (network, 0)->shape.rank == 4 ? CLAMP (input->n_channels, 1, LRP_MAX_CHANNELS) : 1;

  json_builder_begin_object (json);
  if (formats[input->pixels])
    {
      json_builder_set_member_name (json, "format");
      json_builder_add_string_value (json, formats[input->pixels]);
    }
  json_builder_set_member_name (json, "ink");
  json_builder_add_string_value (json, input->inverted ? "light-on-dark" : "dark-on-light");
  json_builder_set_member_name (json, "scale");
  json_builder_add_double_value (json, input->scale);
  add_channels (json, "mean", input->mean, n);
  add_channels (json, "std", input->std, n);
  if (input->linear)
    {
      json_builder_set_member_name (json, "gamma");
      json_builder_add_string_value (json, "linear");
    }
  json_builder_set_member_name (json, "crop");
  json_builder_add_double_value (json, input->crop);
  json_builder_end_object (json);
  return json_builder_get_root (json);
}

static JsonArray *
describe_labels (char **labels)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; labels[i]; i++)
    json_array_add_string_element (array, labels[i]);
  return array;
}

/* Replaces what the card says of the input; what it says of other things stays. */
static JsonNode *
read_or_begin (const char *path)
{
  g_autoptr (GBytes) bytes = lrp_read_file (path, LRP_JSON_MAX_SIZE, NULL);
  JsonNode *root = bytes ? lrp_json_parse (bytes, NULL) : NULL;

  if (root && JSON_NODE_HOLDS_OBJECT (root))
    return root;
  g_clear_pointer (&root, json_node_unref);
  root = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (root, json_object_new ());
  return root;
}

static gboolean
save (const LrpNetwork *network, const char *path, GError **error)
{
  g_autoptr (JsonNode) root = read_or_begin (path);
  JsonObject *card = json_node_get_object (root);
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;

  json_object_set_member (card, "input", describe_input (network));
  if (network->labels)
    json_object_set_array_member (card, "labels", describe_labels (network->labels));
  text = json_to_string (root, TRUE);
  bytes = g_bytes_new (text, strlen (text));
  return lrp_write_file (path, &bytes, 1, error);
}

/**
 * lrp_card_save:
 * @network: a network
 * @model_path: where it is from
 * @beside: whether the card may lie beside the model; else, or if that folder cannot be written to, it is kept in the
 *   user's own folder
 * @saved: (out) (optional) (transfer full): where it is kept
 * @error: return location for an error
 *
 * Keeps how pictures become the network's input, and its labels, for the next time that it is loaded.
 *
 * Returns: whether it was saved
 */
gboolean
lrp_card_save (const LrpNetwork *network, const char *model_path, gboolean beside, char **saved, GError **error)
{
  g_autofree char *own = lrp_card_dup_own_path (model_path), *folder = g_path_get_dirname (own);
  g_autofree char *path = lrp_card_dup_path (model_path);

  if (!beside || g_str_equal (path, model_path) || g_file_test (own, G_FILE_TEST_EXISTS) || !save (network, path, NULL))
    {
      g_mkdir_with_parents (folder, 0700);
      if (!save (network, own, error))
        return FALSE;
      g_free (path);
      path = g_steal_pointer (&own);
    }
  if (saved)
    *saved = g_steal_pointer (&path);
  return TRUE;
}
