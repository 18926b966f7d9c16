/* SPDX-License-Identifier: GPL-3.0-or-later */
/* title.c: what a model is called and said to be, in the language of whoever uses the program */
#include "config.h"

#include "files/cards/card.h"

#include "files/cards/fields.h"
#include "files/io/json.h"
#include "files/io/read.h"
#include "files/io/text.h"

#include <glib/gi18n-lib.h>

/* data: (char **) a string of the network that an earlier source may have set. */
static gboolean
read_text (const char *member, JsonNode *node, gboolean shown, gpointer data, GError **error)
{
  const char *string = lrp_json_get_string (node);
  char **text = data;

  if (!string)
    return lrp_json_fail (member, _("a string"), error);
  if (shown && !*text)
    *text = lrp_text_show_string (string);
  return TRUE;
}

/**
 * lrp_card_read_texts:
 * @network: a network
 * @object: a card
 * @error: return location for an error that names the key
 *
 * Gives a network the title and the description that a card says, as far as it has none.
 *
 * Returns: whether they are understood
 */
gboolean
lrp_card_read_texts (LrpNetwork *network, JsonObject *object, GError **error)
{
  return lrp_json_read_languages (object, "title", read_text, &network->title, error)
         && lrp_json_read_languages (object, "description", read_text, &network->description, error);
}

static void
add_title (const char *card_path, char **title)
{
  g_autoptr (GBytes) bytes = lrp_read_file (card_path, LRP_JSON_MAX_SIZE, NULL);
  g_autoptr (JsonNode) root = bytes ? lrp_json_parse (bytes, NULL) : NULL;

  if (root && JSON_NODE_HOLDS_OBJECT (root))
    lrp_json_read_languages (json_node_get_object (root), "title", read_text, title, NULL);
}

/**
 * lrp_card_dup_title:
 * @model_path: a model
 *
 * Looks into the model's cards only, which is quick however large the model is. All bundled and all fetched ones have
 * such a card. What is wrong with a card is told when the model is loaded.
 *
 * Returns: (transfer full) (nullable): what the model will be called; %NULL where its cards do not say it
 */
char *
lrp_card_dup_title (const char *model_path)
{
  g_autofree char *own = lrp_card_dup_own_path (model_path), *beside = lrp_card_dup_path (model_path);
  char *title = NULL;

  add_title (own, &title);
  add_title (beside, &title);
  return title;
}
