/* SPDX-License-Identifier: GPL-3.0-or-later */
/* config.c: what the files say that Hugging Face's tools write beside a model: preprocessor_config.json, how pictures
 * become its input, and config.json, the names of its classes. They are not ours: what in them is not understood, or is
 * about another network, leaves the card open. */
#include "config.h"

#include "files/cards/fields.h"

#include "files/io/json.h"
#include "files/io/read.h"
#include "files/io/text.h"

#include <string.h>

/* The file beside the model, or one folder up where the model is in one called "onnx". */
static JsonNode *
read_beside (const char *model_path, const char *name)
{
  g_autofree char *folder = g_path_get_dirname (model_path), *base = g_path_get_basename (folder);
  g_autofree char *beside = g_build_filename (folder, name, NULL), *above = g_build_filename (folder, "..", name, NULL);
  g_autoptr (GBytes) bytes = lrp_read_file (beside, LRP_JSON_MAX_SIZE, NULL);
  g_autoptr (JsonNode) root = NULL;

  if (!bytes && g_str_equal (base, "onnx"))
    bytes = lrp_read_file (above, LRP_JSON_MAX_SIZE, NULL);
  root = bytes ? lrp_json_parse (bytes, NULL) : NULL;
  return root && JSON_NODE_HOLDS_OBJECT (root) ? g_steal_pointer (&root) : NULL;
}

static gboolean
get_flag (JsonObject *object, const char *key, gboolean usual)
{
  JsonNode *node = json_object_get_member (object, key);

  return node && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN
             ? json_node_get_boolean (node)
             : usual;
}

static double
get_number (JsonObject *object, const char *key, double usual)
{
  JsonNode *node = json_object_get_member (object, key);
  double number;

  return node && lrp_json_get_number (node, &number) ? number : usual;
}

/* One number for all channels, or one for each. */
static gboolean
get_numbers (JsonObject *object, const char *key, guint channels, double *numbers)
{
  JsonNode *node = json_object_get_member (object, key);
  JsonArray *array = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = array ? json_array_get_length (array) : 0;

  if (n != 1 && (n == 0 || n != channels || n > LRP_MAX_CHANNELS))
    return FALSE;
  for (guint c = 0; c < LRP_MAX_CHANNELS; c++)
    if (!lrp_json_get_number (json_array_get_element (array, MIN (c, n - 1)), &numbers[c]))
      return FALSE;
  return TRUE;
}

/* Returns: whether they are understood */
static gboolean
take_values (LrpCard *card, JsonObject *object)
{
  LrpInput input = *card->input;
  double offset = get_flag (object, "rescale_offset", FALSE) || get_flag (object, "offset", FALSE) ? 1 : 0;
  gboolean normalizes = get_flag (object, "do_normalize", json_object_has_member (object, "image_mean"));

  input.scale = get_flag (object, "do_rescale", TRUE) ? get_number (object, "rescale_factor", 1 / 255.0) : 1;
  for (guint c = 0; c < LRP_MAX_CHANNELS; c++)
    {
      input.mean[c] = 0;
      input.std[c] = 1;
    }
  if (input.scale == 0
      || (normalizes
          && (!get_numbers (object, "image_mean", card->channels, input.mean)
              || !get_numbers (object, "image_std", card->channels, input.std))))
    return FALSE;
  for (guint c = 0; c < LRP_MAX_CHANNELS; c++)
    {
      input.mean[c] += offset;
      if (!(input.std[c] > 0))
        return FALSE;
    }
  input.origins.scale = input.origins.mean = input.origins.std = card->origin;
  *card->input = input;
  card->known |= LRP_CARD_VALUES;
  return TRUE;
}

/* A side of a size: a number for both, or an object. */
static double
get_side (JsonObject *object, const char *key)
{
  JsonNode *node = json_object_get_member (object, key);
  JsonObject *size = node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  if (!size)
    return get_number (object, key, 0);
  return get_number (size, "shortest_edge", get_number (size, "height", 0));
}

/* A picture is scaled until its shorter side is as long as `size`, of which the middle is taken. */
static void
take_crop (LrpCard *card, JsonObject *object)
{
  double size = get_side (object, "size"), middle = get_side (object, "crop_size");
  double crop =
      get_number (object, "crop_pct", get_flag (object, "do_center_crop", FALSE) && size > 0 ? middle / size : 0);

  if (!get_flag (object, "do_resize", TRUE) || !(crop > 0 && crop <= 1))
    return;
  card->input->crop = crop;
  card->input->origins.crop = card->origin;
  card->known |= LRP_CARD_HAS_CROP;
}

static gboolean
take_pixels (LrpCard *card, JsonObject *object, GError **error)
{
  if (card->known & LRP_CARD_HAS_PIXELS)
    return TRUE;
  return lrp_card_set_pixels (card,
                              card->channels == 1                                 ? LRP_PIXELS_GRAY
                              : get_flag (object, "do_flip_channel_order", FALSE) ? LRP_PIXELS_BGR
                                                                                  : LRP_PIXELS_RGB,
                              error);
}

/* "LABEL_3" is what is written for a class that has no name. */
static gboolean
is_no_name (const char *label)
{
  return !label || g_str_has_prefix (label, "LABEL_");
}

static char **
read_labels (JsonObject *names, guint n)
{
  g_auto (GStrv) labels = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *key = g_strdup_printf ("%u", i);
      JsonNode *node = json_object_get_member (names, key);
      const char *label = node ? lrp_json_get_string (node) : NULL;
      if (is_no_name (label))
        return NULL;
      labels[i] = lrp_text_show_string (label);
    }
  return g_steal_pointer (&labels);
}

static void
take_labels (LrpCard *card, JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "id2label");
  guint n = lrp_network_n_classes (card->network);

  if (card->network->labels || !node || !JSON_NODE_HOLDS_OBJECT (node)
      || json_object_get_size (json_node_get_object (node)) != n)
    return;
  card->network->labels = read_labels (json_node_get_object (node), n);
  if (card->network->labels)
    card->input->origins.labels = card->origin;
}

/**
 * lrp_card_read_config:
 * @card: what is known so far
 * @model_path: where the model is
 * @error: return location for an error
 *
 * Takes from Hugging Face's files beside a model what is still open.
 *
 * Returns: whether that fits the network
 */
gboolean
lrp_card_read_config (LrpCard *card, const char *model_path, GError **error)
{
  g_autoptr (JsonNode) preparing = read_beside (model_path, "preprocessor_config.json");
  g_autoptr (JsonNode) names = read_beside (model_path, "config.json");

  if (names)
    take_labels (card, json_node_get_object (names));
  if (!preparing || (card->channels != 1 && card->channels != 3))
    return TRUE;
  if (!((card->known | card->closed) & LRP_CARD_VALUES) && !take_values (card, json_node_get_object (preparing)))
    return TRUE;
  if (!(card->known & LRP_CARD_HAS_CROP))
    take_crop (card, json_node_get_object (preparing));
  return take_pixels (card, json_node_get_object (preparing), error);
}
