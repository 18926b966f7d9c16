/* SPDX-License-Identifier: GPL-3.0-or-later */
/* catalogue.h: public networks that can be fetched: what they are, and where from */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * LrpOffer:
 * @name: as it is called on the command line, and its file without suffix
 * @title: for people, in their language if the catalogue knows it, as @description and @note
 * @description: (nullable): a sentence for people
 * @licence: under which it may be used: "Apache-2.0"
 * @note: (nullable): what people should know before they trust it
 * @source: (nullable): who offers it
 * @addresses: (array zero-terminated=1): where it may be, in the order to try
 * @bytes: its size
 * @sha256: its checksum, 64 hexadecimal digits in lower case
 * @top1: how many pictures in a hundred it gets right, or 0 where that is not known
 * @top5: for how many the right class is among its first five, or 0
 * @labels: (nullable): which list of labels that comes with the program names its classes
 * @input: (nullable): how pictures become its input, as in a card
 * @spoken: title, description and note in all languages, as in a card
 *
 * A network that can be fetched. It does not change, and may be shared between threads.
 */
typedef struct
{
  char *name, *title, *description, *licence, *note, *source;
  char **addresses;
  guint64 bytes;
  char *sha256;
  double top1, top5;
  char *labels;
  JsonNode *input;
  JsonObject *spoken;
  /*< private >*/
  gatomicrefcount ref_count;
} LrpOffer;

LrpOffer *lrp_offer_ref (LrpOffer *offer);
void lrp_offer_unref (LrpOffer *offer);

/* Of LrpOffer. Errors name the file and the entry. */
GPtrArray *lrp_catalogue_read (GError **error) G_GNUC_WARN_UNUSED_RESULT;
LrpOffer *lrp_catalogue_find (const GPtrArray *catalogue, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LrpOffer, lrp_offer_unref)

G_END_DECLS
