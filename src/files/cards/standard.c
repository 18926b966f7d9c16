/* SPDX-License-Identifier: GPL-3.0-or-later */
/* standard.c: what the ONNX standard lets a model say about pictures */
#include "config.h"

#include "files/cards/fields.h"

#include "files/io/text.h"

#include <glib/gi18n-lib.h>

/* ONNX's standard names of pixel formats. */
static const LrpCardWord bitmap_formats[] = {
  { "Gray8", LRP_PIXELS_GRAY },
  { "Rgb8", LRP_PIXELS_RGB },
  { "Bgr8", LRP_PIXELS_BGR },
  { NULL },
};

/* And of what its numbers stand for. */
static const LrpCardWord gammas[] = {
  { "Linear", TRUE },
  { "SRGB", FALSE },
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

  return bytes ? lrp_text_show (lrp_bytes_of (bytes)) : NULL;
}

static void
set_range (LrpCard *card, double low, double high)
{
  card->input->scale = (high - low) / 255;
  for (guint c = 0; c < LRP_MAX_CHANNELS && low != 0; c++)
    card->input->mean[c] = -low;
  card->known |= low != 0 ? LRP_CARD_HAS_SCALE | LRP_CARD_HAS_MEAN : LRP_CARD_HAS_SCALE;
  card->input->origins.scale = card->input->origins.mean = card->origin;
}

/**
 * lrp_card_read_standard:
 * @card: what is known so far
 * @metadata: (nullable) (element-type utf8 GBytes): the metadata of a model, keys in lower case
 * @error: return location for an error
 *
 * Formats and ranges that the standard does not say, or that we do not know, leave the card open.
 *
 * Returns: whether the network reads as many channels as the metadata say
 */
gboolean
lrp_card_read_standard (LrpCard *card, GHashTable *metadata, GError **error)
{
  g_autofree char *format = dup_metadata (metadata, "image.bitmappixelformat");
  g_autofree char *range = dup_metadata (metadata, "image.nominalpixelrange");
  g_autofree char *gamma = dup_metadata (metadata, "image.colorspacegamma");
  const LrpCardWord *word = lrp_card_find_word (bitmap_formats, format);
  const LrpCardWord *curve = lrp_card_find_word (gammas, gamma);

  if (word && !(card->known & LRP_CARD_HAS_PIXELS) && !lrp_card_set_pixels (card, (LrpPixels) word->value, error))
    return FALSE;
  if (curve && !(card->known & LRP_CARD_HAS_GAMMA))
    {
      card->input->linear = curve->value;
      card->known |= LRP_CARD_HAS_GAMMA;
    }
  for (guint i = 0; range && !(card->closed & LRP_CARD_HAS_SCALE) && i < G_N_ELEMENTS (ranges); i++)
    if (g_ascii_strcasecmp (ranges[i].name, range) == 0)
      set_range (card, ranges[i].low, ranges[i].high);
  return TRUE;
}
