/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store.c: fetched networks lie in the user's data folder, each with a card that says what the catalogue says */
#include "config.h"

#include "files/fetch/store.h"

#include "files/cards/card.h"
#include "files/io/paths.h"
#include "files/io/write.h"
#include "lrp/base/error.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

static void
add_text (JsonObject *card, const char *key, const char *text)
{
  if (text)
    json_object_set_string_member (card, key, text);
}

static void
copy_member (JsonObject *spoken, const char *member, JsonNode *node, gpointer card)
{
  json_object_set_member (card, member, json_node_copy (node));
}

/* The file is known by its checksum, so what the catalogue says of it goes before what it may say itself; in all
 * languages, for the card outlives the one that is used just now. */
static GBytes *
describe (const LrpOffer *offer)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *card = json_object_new ();
  g_autofree char *text = NULL;

  json_node_take_object (root, card);
  json_object_foreach_member (offer->spoken, copy_member, card);
  add_text (card, "licence", offer->licence);
  add_text (card, "source", offer->source);
  add_text (card, "sha256", offer->sha256);
  add_text (card, "labels", offer->labels);
  if (offer->input)
    json_object_set_member (card, "input", json_node_copy (offer->input));
  text = json_to_string (root, TRUE);
  return g_bytes_new (text, strlen (text));
}

static gboolean
write_card (const LrpOffer *offer, const char *model, GError **error)
{
  g_autofree char *path = lrp_card_dup_path (model), *shown = g_filename_display_name (path);
  g_autoptr (GBytes) bytes = describe (offer);

  if (lrp_write_file (path, &bytes, 1, error))
    return TRUE;
  g_prefix_error (error, "%s: ", shown);
  return FALSE;
}

/**
 * lrp_store_has:
 * @offer: a network that can be fetched
 *
 * Returns: whether there is a file of its name and size
 */
gboolean
lrp_store_has (const LrpOffer *offer)
{
  g_autofree char *path = lrp_fetched_dup_path (offer->name);
  GStatBuf info;

  return g_stat (path, &info) == 0 && (guint64) info.st_size == offer->bytes;
}

/**
 * lrp_store_fetch:
 * @offer: a network
 * @progress: (nullable): told how much of it is there
 * @data: for @progress
 * @cancellable: (nullable): to stop; what has come is kept for the next time
 * @error: return location for an error, which does not name the network
 *
 * Fetches a network, so that it can be loaded by its name from then on. One that is there is not fetched again.
 *
 * Returns: whether it is there
 */
gboolean
lrp_store_fetch (const LrpOffer *offer, LrpProgress progress, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = lrp_fetched_dup_path (offer->name);
  const LrpFetch fetch = { (const char *const *) offer->addresses, path, offer->bytes, offer->sha256, 0 };

  return lrp_fetch (&fetch, progress, data, cancellable, error) && write_card (offer, path, error);
}

/* Removes a file; it is no failure if it is not there. */
static gboolean
remove_file (const char *path, gboolean *any, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);
  int code = g_unlink (path) == 0 ? 0 : errno;

  *any = *any || code == 0;
  if (code == 0 || code == ENOENT)
    return TRUE;
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), "%s: %s", shown, g_strerror (code));
  return FALSE;
}

/**
 * lrp_store_remove:
 * @name: a network
 * @error: return location for an error, which does not name the network
 *
 * Removes a fetched network, or what has come of it.
 *
 * Returns: whether there was something, and it is gone
 */
gboolean
lrp_store_remove (const char *name, GError **error)
{
  static const char *const ends[] = { "", ".part", ".part.tag" };
  g_autofree char *path = lrp_fetched_dup_path (name), *card = lrp_card_dup_path (path);
  gboolean any = FALSE, is_name = !strchr (name, G_DIR_SEPARATOR);

  for (guint i = 0; is_name && i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *file = g_strconcat (path, ends[i], NULL);
      if (!remove_file (file, &any, error))
        return FALSE;
    }
  if (any)
    return remove_file (card, &any, error);
  g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
                       _("it was not fetched, so there is nothing to remove"));
  return FALSE;
}
