/* SPDX-License-Identifier: GPL-3.0-or-later */
/* card.c: what is said about a model. The sources, each filling only what those before it left open: the card in the
 * user's own folder, the one beside the model, our own JSON in the file's metadata, ONNX's standard metadata about
 * pictures, and JSON with what is usual for its format. */
#include "config.h"

#include "files/cards/card.h"

#include "files/io/json.h"
#include "files/cards/labels.h"
#include "files/io/paths.h"
#include "files/io/read.h"
#include "files/io/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What is already known. */
typedef enum
{
  HAS_PIXELS = 1 << 0,
  HAS_SCALE = 1 << 1,
  HAS_MEAN = 1 << 2,
  HAS_STD = 1 << 3,
  HAS_LOW = 1 << 4,
  HAS_HIGH = 1 << 5,
  HAS_INK = 1 << 6,
  HAS_CROP = 1 << 7,
} Known;

/* The numbers that only together say what a pixel becomes: the first source to say one of them says all. */
#define VALUES (HAS_SCALE | HAS_MEAN | HAS_STD)

typedef struct
{
  LrpNetwork *network;
  LrpInput *input;
  guint channels;
  Known known, closed; /* closed: of the parts that are not known, those that no further source may say */
  LrpOrigin origin;    /* of what is read just now */
} Card;

typedef struct _Field Field;

/* A key of the JSON: who reads it, which flag it sets, and where its numbers go. */
struct _Field
{
  const char *key;
  gboolean (*read) (Card *card, const Field *field, JsonNode *node, GError **error);
  Known flag;
  gsize offset, origin; /* in LrpInput; no origin is kept at 0 */
};

static gboolean
fail (const Field *field, GError **error, const char *expected)
{
  return lrp_json_fail (field->key, expected, error);
}

/* Words that a key may have, and what they mean. */
typedef struct
{
  const char *word;
  int value;
} Word;

static const Word formats[] = {
  { "gray", LRP_PIXELS_GRAY }, { "rgb", LRP_PIXELS_RGB }, { "bgr", LRP_PIXELS_BGR }, { NULL }
};
static const Word inks[] = { { "light-on-dark", TRUE }, { "dark-on-light", FALSE }, { NULL } };

static const Word *
find_word (const Word *words, const char *text)
{
  for (; text && words->word; words++)
    if (g_ascii_strcasecmp (words->word, text) == 0)
      return words;
  return NULL;
}

static gboolean
set_pixels (Card *card, LrpPixels pixels, GError **error)
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
  card->known |= HAS_PIXELS;
  return TRUE;
}

static gboolean
read_format (Card *card, const Field *field, JsonNode *node, GError **error)
{
  const Word *word = find_word (formats, lrp_json_get_string (node));

  return word ? set_pixels (card, (LrpPixels) word->value, error) : fail (field, error, _("“gray”, “rgb” or “bgr”"));
}

static gboolean
read_ink (Card *card, const Field *field, JsonNode *node, GError **error)
{
  const Word *word = find_word (inks, lrp_json_get_string (node));

  if (word)
    card->input->inverted = word->value;
  return word || fail (field, error, _("“light-on-dark” or “dark-on-light”"));
}

static gboolean
read_scale (Card *card, const Field *field, JsonNode *node, GError **error)
{
  return (lrp_json_get_number (node, &card->input->scale) && card->input->scale != 0)
         || fail (field, error, _("a number other than 0"));
}

static gboolean
read_crop (Card *card, const Field *field, JsonNode *node, GError **error)
{
  double *crop = &card->input->crop;

  return (lrp_json_get_number (node, crop) && *crop > 0 && *crop <= 1)
         || fail (field, error, _("a number above 0 and up to 1"));
}

/* One number for all channels, or one for each. */
static gboolean
read_channels (Card *card, const Field *field, JsonNode *node, GError **error)
{
  double *out = G_STRUCT_MEMBER_P (card->input, field->offset);
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = array ? json_array_get_length (array) : 0;

  if (n != 1 && (n == 0 || n != card->channels || n > LRP_MAX_CHANNELS))
    return fail (field, error, _("a list of one number, or of one for each channel"));
  for (guint c = 0; c < LRP_MAX_CHANNELS; c++)
    if (!lrp_json_get_number (json_array_get_element (array, MIN (c, n - 1)), &out[c])
        || (field->flag == HAS_STD && out[c] <= 0))
      return fail (field, error, field->flag == HAS_STD ? _("a list of numbers above 0") : _("a list of numbers"));
  return TRUE;
}

#define ORIGIN(part) .origin = G_STRUCT_OFFSET (LrpInput, origins.part)

static const Field input_fields[] = {
  { "format", read_format, HAS_PIXELS },
  { "ink", read_ink, HAS_INK },
  { "scale", read_scale, HAS_SCALE, ORIGIN (scale) },
  { "mean", read_channels, HAS_MEAN, G_STRUCT_OFFSET (LrpInput, mean), ORIGIN (mean) },
  { "std", read_channels, HAS_STD, G_STRUCT_OFFSET (LrpInput, std), ORIGIN (std) },
  { "crop", read_crop, HAS_CROP, ORIGIN (crop) },
  { "low", read_channels, HAS_LOW, G_STRUCT_OFFSET (LrpInput, low) },
  { "high", read_channels, HAS_HIGH, G_STRUCT_OFFSET (LrpInput, high) },
};

static gboolean
read_fields (Card *card, JsonObject *object, const Field *fields, guint n, GError **error)
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
read_input (Card *card, const Field *field, JsonNode *node, GError **error)
{
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return fail (field, error, _("an object"));
  return read_fields (card, json_node_get_object (node), input_fields, G_N_ELEMENTS (input_fields), error);
}

/* The name of a list that comes with the program. */
static gboolean
read_shipped_labels (Card *card, const Field *field, const char *name, GError **error)
{
  g_autofree char *relative = g_strconcat ("data/labels/", name, ".txt", NULL), *note = NULL;
  g_autofree char *path = strchr (name, G_DIR_SEPARATOR) ? NULL : lrp_data_path (relative);

  if (card->network->labels)
    return TRUE;
  if (!path)
    return fail (field, error, _("a list of strings, or the name of a list that comes with the program"));
  card->network->labels = lrp_labels_read (path, lrp_network_n_classes (card->network), &note, error);
  return card->network->labels != NULL;
}

static gboolean
read_labels (Card *card, const Field *field, JsonNode *node, GError **error)
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
  return TRUE;
}

static const Field card_fields[] = {
  { "labels", read_labels },
  { "input", read_input },
};

static gboolean
read_json (Card *card, GBytes *bytes, GError **error)
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

/* ONNX's standard names of pixel formats. */
static const Word bitmap_formats[] = {
  { "Gray8", LRP_PIXELS_GRAY },
  { "Rgb8", LRP_PIXELS_RGB },
  { "Bgr8", LRP_PIXELS_BGR },
  { NULL },
};

/* ONNX's standard names of what a pixel of 0 and one of 255 become. */
static const struct
{
  const char *name;
  double low, high;
} ranges[] = {
  { "NominalRange_0_255", 0, 255 },
  { "Normalized_0_1", 0, 1 },
  { "Normalized_1_1", -1, 1 },
  { "NominalRange_16_235", 16, 235 },
};

static char *
dup_metadata (GHashTable *metadata, const char *key)
{
  GBytes *bytes = metadata ? g_hash_table_lookup (metadata, key) : NULL;
  gsize size;
  const guint8 *data;

  if (!bytes)
    return NULL;
  data = g_bytes_get_data (bytes, &size);
  return lrp_text_show ((LrpBytes){ data, size });
}

static void
set_range (Card *card, double low, double high)
{
  card->input->scale = (high - low) / 255;
  for (guint c = 0; c < LRP_MAX_CHANNELS && low != 0; c++)
    card->input->mean[c] = -low;
  card->known |= low != 0 ? HAS_SCALE | HAS_MEAN : HAS_SCALE;
  card->input->origins.scale = card->input->origins.mean = card->origin;
}

/* The formats and ranges that the standard does not say, or that we do not know, leave the card open. */
static gboolean
read_standard (Card *card, GHashTable *metadata, GError **error)
{
  g_autofree char *format = dup_metadata (metadata, "image.bitmappixelformat");
  g_autofree char *range = dup_metadata (metadata, "image.nominalpixelrange");
  const Word *word = find_word (bitmap_formats, format);

  if (word && !(card->known & HAS_PIXELS) && !set_pixels (card, (LrpPixels) word->value, error))
    return FALSE;
  for (guint i = 0; range && !(card->closed & HAS_SCALE) && i < G_N_ELEMENTS (ranges); i++)
    if (g_ascii_strcasecmp (ranges[i].name, range) == 0)
      set_range (card, ranges[i].low, ranges[i].high);
  return TRUE;
}

static gboolean
read_beside (Card *card, const char *model_path, GError **error)
{
  g_autofree char *path = lrp_card_dup_path (model_path), *base = g_path_get_basename (path);
  g_autofree char *shown = g_filename_display_name (base);
  g_autoptr (GBytes) bytes = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS) || g_str_equal (path, model_path))
    return TRUE;
  bytes = lrp_read_file (path, LRP_JSON_MAX_SIZE, error);
  if (bytes && read_json (card, bytes, error))
    return TRUE;
  g_prefix_error (error, _("the card “%s” beside the model: "), shown);
  return FALSE;
}

static gboolean
read_own (Card *card, const char *model_path, GError **error)
{
  g_autofree char *path = lrp_card_dup_own_path (model_path), *shown = g_filename_display_name (path);
  g_autoptr (GBytes) bytes = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  bytes = lrp_read_file (path, LRP_JSON_MAX_SIZE, error);
  if (bytes && read_json (card, bytes, error))
    return TRUE;
  g_prefix_error (error, _("the card “%s”: "), shown);
  return FALSE;
}

static gboolean
read_metadata (Card *card, GBytes *bytes, GError **error)
{
  if (!bytes || read_json (card, bytes, error))
    return TRUE;
  g_prefix_error (error, _("the card in the model: "));
  return FALSE;
}

/* What comes now is from there. */
static void
begin_source (Card *card, LrpOrigin origin)
{
  card->origin = origin;
  if (card->known & VALUES)
    card->closed |= VALUES | HAS_LOW | HAS_HIGH;
}

/* What pixels of 0 and 255 become, unless the card says itself. */
static gboolean
finish_range (Card *card, GError **error)
{
  LrpInput *input = card->input;

  if (!(card->known & HAS_SCALE))
    input->scale = 1.0 / 255;
  input->bounded = (card->known & HAS_LOW && card->known & HAS_HIGH) || card->known & HAS_PIXELS;
  for (guint c = 0; c < LRP_MAX_CHANNELS && input->bounded; c++)
    {
      double black = (0 - input->mean[c]) / input->std[c],
             white = (255 * input->scale - input->mean[c]) / input->std[c];
      if (!(card->known & HAS_LOW))
        input->low[c] = MIN (black, white);
      if (!(card->known & HAS_HIGH))
        input->high[c] = MAX (black, white);
      if (!(input->low[c] < input->high[c]))
        {
          g_set_error_literal (error, LRP_ERROR, LRP_ERROR_RANGE, _("the card's “low” is not below its “high”"));
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * lrp_card_apply:
 * @network: a network as it was imported
 * @metadata: (nullable) (element-type utf8 GBytes): what the model's file says besides, keys in lower case
 * @model_path: where the model is, for the card beside it
 * @error: return location for an error that names the card and the key
 *
 * Gives a network its title, description, labels and input description. What people wrote goes before what the model's
 * file says; scale, mean and standard deviation are taken together from one source. Where nothing is known of a
 * picture's range, a pixel of 255 becomes 1, as most training programs have it, and the input counts as unbounded.
 *
 * Returns: whether what the cards say is understood and fits the network
 */
gboolean
lrp_card_apply (LrpNetwork *network, GHashTable *metadata, const char *model_path, GError **error)
{
  const LrpShape *shape = &lrp_network_get_layer (network, 0)->shape;
  Card card = { network, &network->input, shape->rank == 4 ? (guint) MIN (shape->dims[1], G_MAXINT) : 0, 0,
                0,       LRP_ORIGIN_CARD };
  GBytes *own = metadata ? g_hash_table_lookup (metadata, "relevance") : NULL;
  GBytes *usual = metadata ? g_hash_table_lookup (metadata, "relevance.defaults") : NULL;

  if (!read_own (&card, model_path, error))
    return FALSE;
  begin_source (&card, LRP_ORIGIN_CARD);
  if (!read_beside (&card, model_path, error))
    return FALSE;
  begin_source (&card, LRP_ORIGIN_MODEL);
  if (!read_metadata (&card, own, error))
    return FALSE;
  begin_source (&card, LRP_ORIGIN_MODEL);
  if (!read_standard (&card, metadata, error))
    return FALSE;
  begin_source (&card, LRP_ORIGIN_ASSUMED);
  card.closed &= ~(Known) HAS_SCALE; /* formats differ in the unit that a mean has */
  return (!usual || read_json (&card, usual, error)) && finish_range (&card, error);
}
