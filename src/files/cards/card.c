/* SPDX-License-Identifier: GPL-3.0-or-later */
/* card.c: what is said about a model. The sources, each filling only what those before it left open: the card in the
 * user's own folder, the one beside the model, our own JSON in the file's metadata, ONNX's standard metadata about
 * pictures, Hugging Face's files beside the model, and JSON with what is usual for its format. */
#include "config.h"

#include "files/cards/card.h"

#include "files/cards/fields.h"
#include "files/io/json.h"
#include "files/io/read.h"

#include <glib/gi18n-lib.h>

/* Reads a card if it is there. where: a message with one %s, for its name. */
static gboolean
read_file (LrpCard *card, const char *path, const char *where, const char *shown, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  bytes = lrp_read_file (path, LRP_JSON_MAX_SIZE, error);
  if (bytes && lrp_card_read_json (card, bytes, error))
    return TRUE;
  g_prefix_error (error, where, shown);
  return FALSE;
}

static gboolean
read_own (LrpCard *card, const char *model_path, GError **error)
{
  g_autofree char *path = lrp_card_dup_own_path (model_path), *shown = g_filename_display_name (path);

  return read_file (card, path, _("the card “%s”: "), shown, error);
}

static gboolean
read_beside (LrpCard *card, const char *model_path, GError **error)
{
  g_autofree char *path = lrp_card_dup_path (model_path), *base = g_path_get_basename (path);
  g_autofree char *shown = g_filename_display_name (base);

  return g_str_equal (path, model_path) || read_file (card, path, _("the card “%s” beside the model: "), shown, error);
}

static gboolean
read_metadata (LrpCard *card, GBytes *bytes, GError **error)
{
  if (!bytes || lrp_card_read_json (card, bytes, error))
    return TRUE;
  g_prefix_error (error, _("the card in the model: "));
  return FALSE;
}

/* What is read from now on comes from there. Once a source has said what a pixel becomes, no further one may. */
static void
begin_source (LrpCard *card, LrpOrigin origin)
{
  card->origin = origin;
  if (card->known & LRP_CARD_VALUES)
    card->closed |= LRP_CARD_VALUES | LRP_CARD_HAS_LOW | LRP_CARD_HAS_HIGH;
}

/* What pixels of 0 and 255 become, unless the card says itself. */
static gboolean
finish_range (LrpCard *card, GError **error)
{
  LrpInput *input = card->input;

  if (!(card->known & LRP_CARD_HAS_SCALE))
    input->scale = 1.0 / 255;
  input->bounded =
      (card->known & LRP_CARD_HAS_LOW && card->known & LRP_CARD_HAS_HIGH) || card->known & LRP_CARD_HAS_PIXELS;
  for (guint c = 0; c < LRP_MAX_CHANNELS && input->bounded; c++)
    {
      double black = (0 - input->mean[c]) / input->std[c],
             white = (255 * input->scale - input->mean[c]) / input->std[c];
      if (!(card->known & LRP_CARD_HAS_LOW))
        input->low[c] = MIN (black, white);
      if (!(card->known & LRP_CARD_HAS_HIGH))
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
  LrpCard card = { .network = network, .input = &network->input, .origin = LRP_ORIGIN_CARD };
  GBytes *own = metadata ? g_hash_table_lookup (metadata, "relevance") : NULL;
  GBytes *usual = metadata ? g_hash_table_lookup (metadata, "relevance.defaults") : NULL;

  if (shape->rank == 4)
    card.channels = (guint) MIN (shape->dims[1], G_MAXINT);
  if (!read_own (&card, model_path, error))
    return FALSE;
  begin_source (&card, LRP_ORIGIN_CARD);
  if (!read_beside (&card, model_path, error))
    return FALSE;
  begin_source (&card, LRP_ORIGIN_MODEL);
  if (!read_metadata (&card, own, error))
    return FALSE;
  begin_source (&card, LRP_ORIGIN_MODEL);
  if (!lrp_card_read_standard (&card, metadata, error))
    return FALSE;
  begin_source (&card, LRP_ORIGIN_CONFIG);
  if (!lrp_card_read_config (&card, model_path, error))
    return FALSE;
  begin_source (&card, LRP_ORIGIN_ASSUMED);
  card.closed &= ~(LrpCardKnown) LRP_CARD_HAS_SCALE; /* formats differ in the unit that a mean has */
  return (!usual || lrp_card_read_json (&card, usual, error)) && finish_range (&card, error);
}
