/* SPDX-License-Identifier: GPL-3.0-or-later */
/* catalogue.c: data/catalogue.json, or another file of that form: the networks that can be fetched. An institution's own
 * catalogue comes from elsewhere, so nothing in it is believed before it was looked at. */
#include "config.h"

#include "files/catalogue.h"

#include "files/json.h"
#include "files/paths.h"
#include "files/read.h"
#include "files/text.h"
#include "lrp/error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CATALOGUE    "data/catalogue.json"
#define MAX_NAME     64
#define MAX_NETWORKS 1000
#define MAX_BYTES    ((double) (G_GUINT64_CONSTANT (4) << 30)) /* the largest network file that can be read */
#define SHA256_CHARS 64

/* What an entry may take from the file around it. */
typedef struct
{
  JsonObject *root, *entry;
} Place;

typedef struct
{
  const char *key;
  gsize offset; /* in LrpOffer */
  gboolean needed;
} Text;

static const Text texts[] = {
  { "name", G_STRUCT_OFFSET (LrpOffer, name), TRUE },
  { "title", G_STRUCT_OFFSET (LrpOffer, title), TRUE },
  { "licence", G_STRUCT_OFFSET (LrpOffer, licence), TRUE },
  { "sha256", G_STRUCT_OFFSET (LrpOffer, sha256), TRUE },
  { "description", G_STRUCT_OFFSET (LrpOffer, description) },
  { "note", G_STRUCT_OFFSET (LrpOffer, note) },
  { "source", G_STRUCT_OFFSET (LrpOffer, source) },
  { "labels", G_STRUCT_OFFSET (LrpOffer, labels) },
};

/**
 * lrp_offer_ref:
 * @offer: an offer
 *
 * Returns: (transfer full): @offer
 */
LrpOffer *
lrp_offer_ref (LrpOffer *offer)
{
  g_atomic_ref_count_inc (&offer->ref_count);
  return offer;
}

/**
 * lrp_offer_unref:
 * @offer: (transfer full) (nullable): an offer
 */
void
lrp_offer_unref (LrpOffer *offer)
{
  if (!offer || !g_atomic_ref_count_dec (&offer->ref_count))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (G_STRUCT_MEMBER (char *, offer, texts[i].offset));
  g_strfreev (offer->addresses);
  g_clear_pointer (&offer->input, json_node_unref);
  g_free (offer);
}

static gboolean
fail (GError **error, const char *key, const char *expected)
{
  g_set_error (error, LRP_ERROR, LRP_ERROR_SYNTAX, _("“%s” must be %s"), key, expected);
  return FALSE;
}

static const char *
get_string (JsonNode *node)
{
  return node && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

/* What stands in the entry, else what stands in the file for all entries. */
static JsonNode *
find_member (const Place *place, const char *key)
{
  JsonNode *own = json_object_get_member (place->entry, key);

  return own ? own : json_object_get_member (place->root, key);
}

/* Of the entry; only who offers the networks may be said for all at once. */
static gboolean
read_texts (LrpOffer *offer, const Place *place, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gboolean shared = texts[i].offset == G_STRUCT_OFFSET (LrpOffer, source);
      JsonNode *node =
          shared ? find_member (place, texts[i].key) : json_object_get_member (place->entry, texts[i].key);
      const char *text = get_string (node);
      if ((node || texts[i].needed) && (!text || !*text))
        return fail (error, texts[i].key, _("a string"));
      if (text)
        G_STRUCT_MEMBER (char *, offer, texts[i].offset) = lrp_text_show_string (text);
    }
  return TRUE;
}

/* It becomes a part of file names and addresses. */
static gboolean
is_plain (const char *text, const char *others)
{
  gsize length = strlen (text);

  for (const char *at = text; *at; at++)
    if (!g_ascii_isalnum (*at) && !strchr (others, *at))
      return FALSE;
  return length > 0 && g_ascii_isalnum (*text) && !strstr (text, "..");
}

static gboolean
check_texts (LrpOffer *offer, GError **error)
{
  g_autofree char *digits = g_ascii_strdown (offer->sha256, -1);
  g_autofree char *bundled = g_strconcat ("models/", offer->name, ".onnx", NULL), *path = NULL;

  if (!is_plain (offer->name, "-_.") || strlen (offer->name) > MAX_NAME)
    return fail (error, "name", _("of letters from a to z, digits, “-”, “_” and “.”, 64 at most"));
  if (offer->labels && !is_plain (offer->labels, "-_"))
    return fail (error, "labels", _("the name of a list of labels that comes with the program"));
  if (strlen (digits) != SHA256_CHARS || strspn (digits, "0123456789abcdef") != SHA256_CHARS)
    return fail (error, "sha256", _("64 hexadecimal digits"));
  g_free (offer->sha256);
  offer->sha256 = g_steal_pointer (&digits);
  path = lrp_data_path (bundled);
  return !path || fail (error, "name", _("another than that of a network that comes with the program"));
}

static gboolean
read_numbers (LrpOffer *offer, JsonObject *entry, GError **error)
{
  const struct
  {
    const char *key;
    double *value;
  } shares[] = { { "top1", &offer->top1 }, { "top5", &offer->top5 } };
  JsonNode *node = json_object_get_member (entry, "bytes");
  double bytes;

  if (!node || !lrp_json_get_number (node, &bytes) || bytes < 1 || bytes > MAX_BYTES || bytes != (double) (guint64) bytes)
    return fail (error, "bytes", _("a whole number from 1 to 4 GiB"));
  offer->bytes = (guint64) bytes;
  for (guint i = 0; i < G_N_ELEMENTS (shares); i++)
    if ((node = json_object_get_member (entry, shares[i].key))
        && (!lrp_json_get_number (node, shares[i].value) || *shares[i].value <= 0 || *shares[i].value > 100))
      return fail (error, shares[i].key, _("a number above 0 and up to 100"));
  return TRUE;
}

/* An object, or the name of one of the file's "inputs". */
static gboolean
read_input (LrpOffer *offer, const Place *place, GError **error)
{
  JsonNode *node = json_object_get_member (place->entry, "input");
  JsonNode *shared = json_object_get_member (place->root, "inputs");
  const char *name = get_string (node);

  if (!node)
    return TRUE;
  if (name && shared && JSON_NODE_HOLDS_OBJECT (shared))
    node = json_object_get_member (json_node_get_object (shared), name);
  if (!node || !JSON_NODE_HOLDS_OBJECT (node))
    return fail (error, "input", _("an object, or the name of one of “inputs”"));
  offer->input = json_node_copy (node);
  return TRUE;
}

/* "https://host/{name}/{path}" */
static char *
fill_in (const char *pattern, const char *name, const char *path)
{
  g_autoptr (GString) address = g_string_new (pattern);

  g_string_replace (address, "{name}", name, 0);
  g_string_replace (address, "{path}", path ? path : name, 0);
  return g_string_free (g_steal_pointer (&address), FALSE);
}

static gboolean
read_addresses (LrpOffer *offer, const Place *place, GError **error)
{
  JsonNode *node = find_member (place, "addresses"), *path_node = json_object_get_member (place->entry, "path");
  JsonArray *array = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  const char *path = get_string (path_node);
  guint n = array ? json_array_get_length (array) : 0;

  if (path_node && (!path || !is_plain (path, "-_./")))
    return fail (error, "path", _("of letters from a to z, digits, “-”, “_”, “.” and “/”"));
  offer->addresses = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++)
    {
      const char *pattern = get_string (json_array_get_element (array, i));
      if (!pattern)
        return fail (error, "addresses", _("a list of strings"));
      offer->addresses[i] = fill_in (pattern, offer->name, path);
    }
  return n > 0 || fail (error, "addresses", _("a list of strings"));
}

static LrpOffer *
read_offer (const Place *place, GError **error)
{
  g_autoptr (LrpOffer) offer = g_new0 (LrpOffer, 1);

  g_atomic_ref_count_init (&offer->ref_count);
  if (read_texts (offer, place, error) && check_texts (offer, error) && read_numbers (offer, place->entry, error)
      && read_input (offer, place, error) && read_addresses (offer, place, error))
    return g_steal_pointer (&offer);
  if (offer->name)
    g_prefix_error (error, "%s: ", offer->name);
  return NULL;
}

static gboolean
add_offer (GPtrArray *catalogue, JsonObject *root, JsonNode *node, guint number, GError **error)
{
  Place place = { root, node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL };
  LrpOffer *offer = NULL;

  if (!place.entry)
    fail (error, "networks", _("a list of objects"));
  else if (!(offer = read_offer (&place, error)))
    g_prefix_error (error, _("network %u: "), number);
  else if (lrp_catalogue_find (catalogue, offer->name))
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_SYNTAX, _("there are two networks “%s”"), offer->name);
      g_clear_pointer (&offer, lrp_offer_unref);
    }
  if (offer)
    g_ptr_array_add (catalogue, offer);
  return offer != NULL;
}

static GPtrArray *
read_catalogue (GBytes *bytes, GError **error)
{
  g_autoptr (JsonNode) root = lrp_json_parse (bytes, error);
  g_autoptr (GPtrArray) catalogue = g_ptr_array_new_with_free_func ((GDestroyNotify) lrp_offer_unref);
  JsonObject *object = root && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonNode *node = object ? json_object_get_member (object, "networks") : NULL;
  JsonArray *networks = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (!root)
    return NULL;
  if (!networks || json_array_get_length (networks) > MAX_NETWORKS)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_SYNTAX, _("it must have a list “networks”, of %d at most"), MAX_NETWORKS);
      return NULL;
    }
  for (guint i = 0; i < json_array_get_length (networks); i++)
    if (!add_offer (catalogue, object, json_array_get_element (networks, i), i + 1, error))
      return NULL;
  return g_steal_pointer (&catalogue);
}

/**
 * lrp_catalogue_read:
 * @error: return location for an error that names the file
 *
 * Reads which networks can be fetched: from the file that $RELEVANCE_CATALOGUE names, else from the one that comes with
 * the program.
 *
 * Returns: (transfer full) (element-type LrpOffer) (nullable): the networks, in the file's order
 */
GPtrArray *
lrp_catalogue_read (GError **error)
{
  const char *variable = g_getenv ("RELEVANCE_CATALOGUE");
  g_autofree char *path = variable && *variable ? g_strdup (variable) : lrp_data_path (CATALOGUE);
  g_autofree char *shown = path ? g_filename_display_name (path) : NULL;
  g_autoptr (GBytes) bytes = NULL;
  GPtrArray *catalogue = NULL;

  if (!path)
    {
      g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
                           _("the catalogue of networks is missing; install the program again"));
      return NULL;
    }
  bytes = lrp_read_file (path, LRP_JSON_MAX_SIZE, error);
  if (bytes)
    catalogue = read_catalogue (bytes, error);
  if (!catalogue)
    g_prefix_error (error, "%s: ", shown);
  return catalogue;
}

/**
 * lrp_catalogue_find:
 * @catalogue: (element-type LrpOffer): a catalogue
 * @name: a network's name
 *
 * Returns: (transfer none) (nullable): the network of that name
 */
LrpOffer *
lrp_catalogue_find (const GPtrArray *catalogue, const char *name)
{
  for (guint i = 0; i < catalogue->len; i++)
    if (g_str_equal (((LrpOffer *) catalogue->pdata[i])->name, name))
      return catalogue->pdata[i];
  return NULL;
}
