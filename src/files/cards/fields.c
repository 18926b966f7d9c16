/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fields.c: the keys of a card, each with what reads it */
#include "config.h"

#include "files/cards/fields.h"

#include "files/cards/labels.h"
#include "files/io/json.h"
#include "files/io/paths.h"
#include "files/io/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * lrp_card_find_word:
 * @words: (array): words, the last without a text
 * @text: (nullable): what a card says
 *
 * Returns: (transfer none) (nullable): the word that it is, in small letters or capitals
 */
const LrpCardWord *
lrp_card_find_word (const LrpCardWord *words, const char *text)
{
  for (; text && words->word; words++)
    if (g_ascii_strcasecmp (words->word, text) == 0)
      return words;
  return NULL;
}

/**
 * lrp_card_set_pixels:
 * @card: what is known so far
 * @pixels: what the channels of a picture are
 * @error: return location for an error
 *
 * Returns: whether the network reads that many channels
 */
gboolean
lrp_card_set_pixels (LrpCard *card, LrpPixels pixels, GError **error)
{
  guint wanted = pixels == LRP_PIXELS_GRAY ? 1 : 3;

  if (card->channels != 0 && card->channels != wanted)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE,
                   _("the card says pictures of %u channels, but the network reads %u"), wanted, card->channels);
      return FALSE;
    }
  card->input->pixels = pixels;
  card->input->origins.pixels = card->origin;
  card->known |= LRP_CARD_HAS_PIXELS;
  return TRUE;
}

typedef struct _Field Field;

/* A key of the JSON: who reads it, which flag it sets, and where its numbers go. */
struct _Field
{
  const char *key;
  gboolean (*read) (LrpCard *card, const Field *field, JsonNode *node, GError **error);
  LrpCardKnown flag;
  gsize offset, origin; /* in LrpInput; no origin is kept at 0 */
};

static gboolean
fail (const Field *field, GError **error, const char *expected)
{
  return lrp_json_fail (field->key, expected, error);
}

static const LrpCardWord formats[] = {
  { "gray", LRP_PIXELS_GRAY }, { "rgb", LRP_PIXELS_RGB }, { "bgr", LRP_PIXELS_BGR }, { NULL }
};
static const LrpCardWord gammas[] = { { "linear", TRUE }, { "srgb", FALSE }, { NULL } };
static const LrpCardWord inks[] = { { "light-on-dark", TRUE }, { "dark-on-light", FALSE }, { NULL } };

static gboolean
read_format (LrpCard *card, const Field *field, JsonNode *node, GError **error)
{
  const LrpCardWord *word = lrp_card_find_word (formats, lrp_json_get_string (node));

  return word ? lrp_card_set_pixels (card, (LrpPixels) word->value, error)
              : fail (field, error, _("“gray”, “rgb” or “bgr”"));
}

static gboolean
read_ink (LrpCard *card, const Field *field, JsonNode *node, GError **error)
{
  const LrpCardWord *word = lrp_card_find_word (inks, lrp_json_get_string (node));

  if (word)
    card->input->inverted = word->value;
  return word || fail (field, error, _("“light-on-dark” or “dark-on-light”"));
}

static gboolean
read_gamma (LrpCard *card, const Field *field, JsonNode *node, GError **error)
{
  const LrpCardWord *word = lrp_card_find_word (gammas, lrp_json_get_string (node));

  if (word)
    card->input->linear = word->value;
  return word || fail (field, error, _("“linear” or “srgb”"));
}

static gboolean
read_scale (LrpCard *card, const Field *field, JsonNode *node, GError **error)
{
  return (lrp_json_get_number (node, &card->input->scale) && card->input->scale != 0)
         || fail (field, error, _("a number other than 0"));
}

static gboolean
read_crop (LrpCard *card, const Field *field, JsonNode *node, GError **error)
{
  double *crop = &card->input->crop;

  return (lrp_json_get_number (node, crop) && *crop > 0 && *crop <= 1)
         || fail (field, error, _("a number above 0 and up to 1"));
}

/* One number for all channels, or one for each. */
static gboolean
read_channels (LrpCard *card, const Field *field, JsonNode *node, GError **error)
{
  double *out = G_STRUCT_MEMBER_P (card->input, field->offset);
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = array ? json_array_get_length (array) : 0;

  if (n != 1 && (n == 0 || n != card->channels || n > LRP_MAX_CHANNELS))
    return fail (field, error, _("a list of one number, or of one for each channel"));
  for (guint c = 0; c < LRP_MAX_CHANNELS; c++)
    if (!lrp_json_get_number (json_array_get_element (array, MIN (c, n - 1)), &out[c])
        || (field->flag == LRP_CARD_HAS_STD && out[c] <= 0))
      return fail (field, error,
                   field->flag == LRP_CARD_HAS_STD ? _("a list of numbers above 0") : _("a list of numbers"));
  return TRUE;
}

#define ORIGIN(part) .origin = G_STRUCT_OFFSET (LrpInput, origins.part)

static const Field input_fields[] = {
  { "format", read_format, LRP_CARD_HAS_PIXELS },
  { "ink", read_ink, LRP_CARD_HAS_INK, ORIGIN (ink) },
  { "gamma", read_gamma, LRP_CARD_HAS_GAMMA },
  { "scale", read_scale, LRP_CARD_HAS_SCALE, ORIGIN (scale) },
  { "mean", read_channels, LRP_CARD_HAS_MEAN, G_STRUCT_OFFSET (LrpInput, mean), ORIGIN (mean) },
  { "std", read_channels, LRP_CARD_HAS_STD, G_STRUCT_OFFSET (LrpInput, std), ORIGIN (std) },
  { "crop", read_crop, LRP_CARD_HAS_CROP, ORIGIN (crop) },
  { "low", read_channels, LRP_CARD_HAS_LOW, G_STRUCT_OFFSET (LrpInput, low) },
  { "high", read_channels, LRP_CARD_HAS_HIGH, G_STRUCT_OFFSET (LrpInput, high) },
};

static gboolean
read_fields (LrpCard *card, JsonObject *object, const Field *fields, guint n, GError **error)
{
  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_object_get_member (object, fields[i].key);
      if (!node || (card->known | card->closed) & fields[i].flag)
        continue;
      if (!fields[i].read (card, &fields[i], node, error))
        return FALSE;
      card->known |= fields[i].flag;
      if (fields[i].origin)
        G_STRUCT_MEMBER (LrpOrigin, card->input, fields[i].origin) = card->origin;
    }
  return TRUE;
}

static gboolean
read_input (LrpCard *card, const Field *field, JsonNode *node, GError **error)
{
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return fail (field, error, _("an object"));
  return read_fields (card, json_node_get_object (node), input_fields, G_N_ELEMENTS (input_fields), error);
}

/* The name of a list that comes with the program. */
static gboolean
read_shipped_labels (LrpCard *card, const Field *field, const char *name, GError **error)
{
  g_autofree char *relative = g_strconcat ("data/labels/", name, ".txt", NULL), *note = NULL;
  g_autofree char *path = strchr (name, G_DIR_SEPARATOR) ? NULL : lrp_data_path (relative);

  if (card->network->labels)
    return TRUE;
  if (!path)
    return fail (field, error, _("a list of strings, or the name of a list that comes with the program"));
  card->network->labels = lrp_labels_read (path, lrp_network_n_classes (card->network), &note, error);
  card->input->origins.labels = card->origin;
  return card->network->labels != NULL;
}

static gboolean
read_labels (LrpCard *card, const Field *field, JsonNode *node, GError **error)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint classes = lrp_network_n_classes (card->network), n = array ? json_array_get_length (array) : 0;
  g_auto (GStrv) labels = NULL;

  if (lrp_json_get_string (node))
    return read_shipped_labels (card, field, lrp_json_get_string (node), error);
  if (!array)
    return fail (field, error, _("a list of strings, or the name of a list that comes with the program"));
  if (card->network->labels)
    return TRUE;
  if (n != classes)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE, _("“%s” names %u classes, but the network has %u"), field->key,
                   n, classes);
      return FALSE;
    }
  labels = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++)
    {
      const char *label = lrp_json_get_string (json_array_get_element (array, i));
      if (!label)
        return fail (field, error, _("a list of strings"));
      labels[i] = lrp_text_show_string (label);
    }
  card->network->labels = g_steal_pointer (&labels);
  card->input->origins.labels = card->origin;
  return TRUE;
}

static const Field card_fields[] = {
  { "labels", read_labels },
  { "input", read_input },
};

/**
 * lrp_card_read_json:
 * @card: what is known so far
 * @bytes: the JSON of a card
 * @error: return location for an error that names the key
 *
 * Takes from a card what those before it left open.
 *
 * Returns: whether it is understood and fits the network
 */
gboolean
lrp_card_read_json (LrpCard *card, GBytes *bytes, GError **error)
{
  g_autoptr (JsonNode) root = lrp_json_parse (bytes, error);
  JsonObject *object;

  if (!root)
    return FALSE;
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, LRP_ERROR, LRP_ERROR_SYNTAX, _("it must be a JSON object"));
      return FALSE;
    }
  object = json_node_get_object (root);
  return lrp_card_read_texts (card->network, object, error)
         && read_fields (card, object, card_fields, G_N_ELEMENTS (card_fields), error);
}
