/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fields.h: what is known of a network while its cards are read, one after the other */
#pragma once

#include "lrp/net/network.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What the sources have said already. */
typedef enum
{
  LRP_CARD_HAS_PIXELS = 1 << 0,
  LRP_CARD_HAS_SCALE = 1 << 1,
  LRP_CARD_HAS_MEAN = 1 << 2,
  LRP_CARD_HAS_STD = 1 << 3,
  LRP_CARD_HAS_LOW = 1 << 4,
  LRP_CARD_HAS_HIGH = 1 << 5,
  LRP_CARD_HAS_INK = 1 << 6,
  LRP_CARD_HAS_CROP = 1 << 7,
  LRP_CARD_HAS_GAMMA = 1 << 8,
} LrpCardKnown;

/* The numbers that only together say what a pixel becomes: the first source to say one of them says all. */
#define LRP_CARD_VALUES (LRP_CARD_HAS_SCALE | LRP_CARD_HAS_MEAN | LRP_CARD_HAS_STD)

/**
 * LrpCard:
 * @network: the network that is described
 * @input: its description of the input
 * @channels: how many channels it reads; 0 where it reads no pictures
 * @known: what the sources have said so far
 * @closed: of what they have not said, that which no further source may say
 * @origin: of what is read just now
 *
 * What is known of a network while its cards are read.
 */
typedef struct
{
  LrpNetwork *network;
  LrpInput *input;
  guint channels;
  LrpCardKnown known, closed;
  LrpOrigin origin;
} LrpCard;

/* Words that a key may have, and what they mean. */
typedef struct
{
  const char *word;
  int value;
} LrpCardWord;

const LrpCardWord *lrp_card_find_word (const LrpCardWord *words, const char *text);
gboolean lrp_card_set_pixels (LrpCard *card, LrpPixels pixels, GError **error);
/* The title and the description of a card. */
gboolean lrp_card_read_texts (LrpNetwork *network, JsonObject *object, GError **error);
gboolean lrp_card_read_json (LrpCard *card, GBytes *bytes, GError **error);
/* What ONNX's own metadata say about pictures. */
gboolean lrp_card_read_standard (LrpCard *card, GHashTable *metadata, GError **error);
/* What Hugging Face's files beside the model say. */
gboolean lrp_card_read_config (LrpCard *card, const char *model_path, GError **error);

G_END_DECLS
