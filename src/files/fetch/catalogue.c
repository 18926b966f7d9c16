/* SPDX-License-Identifier: GPL-3.0-or-later */
/* catalogue.c: data/catalogue.json, or another file of that form: the networks that can be fetched. An institution's
 * own catalogue comes from elsewhere, so nothing in it is believed before it was looked at. */
#include "config.h"

#include "files/fetch/catalogue.h"

#include "files/io/json.h"
#include "files/io/paths.h"
#include "files/io/read.h"
#include "files/io/text.h"
#include "lrp/base/error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CATALOGUE    "data/catalogue.json"
#define MAX_NAME     64
#define MAX_NETWORKS 1000
#define MAX_BYTES    ((double) (G_GUINT64_CONSTANT (4) << 30)) /* the largest network file that can be read */
#define SHA256_CHARS 64

/* An entry, and the file around it, from which it may take what it does not say itself. */
typedef struct
{
  JsonObject *root, *entry;
} Context;

typedef struct
{
  const char *key;
  gsize offset; /* in LrpOffer */
  gboolean needed;
  gboolean spoken; /* may be said in several languages */
} Text;

static const Text texts[] = {
  { "name", G_STRUCT_OFFSET (LrpOffer, name), TRUE },
  { "title", G_STRUCT_OFFSET (LrpOffer, title), TRUE, TRUE },
  { "licence", G_STRUCT_OFFSET (LrpOffer, licence), TRUE },
  { "sha256", G_STRUCT_OFFSET (LrpOffer, sha256), TRUE },
  { "description", G_STRUCT_OFFSET (LrpOffer, description), FALSE, TRUE },
  { "note", G_STRUCT_OFFSET (LrpOffer, note), FALSE, TRUE },
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
  g_clear_pointer (&offer->spoken, json_object_unref);
  g_clear_pointer (&offer->input, json_node_unref);
  g_free (offer);
}

/* A member of the entry, or, if it has none, the one that stands in the file for all entries. */
static JsonNode *
find_member (const Context *context, const char *key)
{
  JsonNode *own = json_object_get_member (context->entry, key);

  return own ? own : json_object_get_member (context->root, key);
}

/* Takes a string that is not empty. */
static gboolean
take_text (char **out, const char *member, JsonNode *node, GError **error)
{
  const char *text = lrp_json_get_string (node);

  if (!text || !*text)
    return lrp_json_fail (member, _("a string"), error);
  *out = lrp_text_show_string (text);
  return TRUE;
}

/* What a text that may be said in several languages is read into. */
typedef struct
{
  JsonObject *all;
  char **shown;
} Spoken;

static gboolean
read_spoken (const char *member, JsonNode *node, gboolean shown, gpointer data, GError **error)
{
  const Spoken *spoken = data;
  g_autofree char *text = NULL;

  if (!take_text (&text, member, node, error))
    return FALSE;
  json_object_set_string_member (spoken->all, member, text);
  if (shown)
    *spoken->shown = g_steal_pointer (&text);
  return TRUE;
}

/* Reads the texts of an entry. Only “source”, who offers the networks, may be said for all at once. */
static gboolean
read_texts (LrpOffer *offer, const Context *context, GError **error)
{
  offer->spoken = json_object_new ();
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gboolean shared = texts[i].offset == G_STRUCT_OFFSET (LrpOffer, source);
      const char *key = texts[i].key;
      JsonNode *node = shared ? find_member (context, key) : json_object_get_member (context->entry, key);
      char **text = (char **) G_STRUCT_MEMBER_P (offer, texts[i].offset);
      Spoken spoken = { offer->spoken, text };
      if (!node && texts[i].needed)
        return lrp_json_fail (key, _("a string"), error);
      if (texts[i].spoken ? !lrp_json_read_languages (context->entry, key, read_spoken, &spoken, error)
                          : node && !take_text (text, key, node, error))
        return FALSE;
    }
  return TRUE;
}

/* Names and paths become parts of file names and addresses, so they have few characters. */
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
    return lrp_json_fail ("name", _("of letters from a to z, digits, “-”, “_” and “.”, 64 at most"), error);
  if (offer->labels && !is_plain (offer->labels, "-_"))
    return lrp_json_fail ("labels", _("the name of a list of labels that comes with the program"), error);
  if (strlen (digits) != SHA256_CHARS || strspn (digits, "0123456789abcdef") != SHA256_CHARS)
    return lrp_json_fail ("sha256", _("64 hexadecimal digits"), error);
  g_free (offer->sha256);
  offer->sha256 = g_steal_pointer (&digits);
  path = lrp_data_path (bundled);
  return !path || lrp_json_fail ("name", _("another than that of a network that comes with the program"), error);
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

  if (!node || !lrp_json_get_number (node, &bytes) || bytes < 1 || bytes > MAX_BYTES
      || bytes != (double) (guint64) bytes)
    return lrp_json_fail ("bytes", _("a whole number from 1 to 4 GiB"), error);
  offer->bytes = (guint64) bytes;
  for (guint i = 0; i < G_N_ELEMENTS (shares); i++)
    if ((node = json_object_get_member (entry, shares[i].key))
        && (!lrp_json_get_number (node, shares[i].value) || *shares[i].value <= 0 || *shares[i].value > 100))
      return lrp_json_fail (shares[i].key, _("a number above 0 and up to 100"), error);
  return TRUE;
}

/* Reads "input": an object, or the name of one of the file's "inputs". */
static gboolean
read_input (LrpOffer *offer, const Context *context, GError **error)
{
  JsonNode *node = json_object_get_member (context->entry, "input");
  JsonNode *shared = json_object_get_member (context->root, "inputs");
  const char *name = lrp_json_get_string (node);

  if (!node)
    return TRUE;
  if (name && shared && JSON_NODE_HOLDS_OBJECT (shared))
    node = json_object_get_member (json_node_get_object (shared), name);
  if (!node || !JSON_NODE_HOLDS_OBJECT (node))
    return lrp_json_fail ("input", _("an object, or the name of one of “inputs”"), error);
  offer->input = json_node_copy (node);
  return TRUE;
}

/* Fills in a pattern such as "https://host/{name}/{path}". */
static char *
fill_in (const char *pattern, const char *name, const char *path)
{
  g_autoptr (GString) address = g_string_new (pattern);

  g_string_replace (address, "{name}", name, 0);
  g_string_replace (address, "{path}", path ? path : name, 0);
  return g_string_free (g_steal_pointer (&address), FALSE);
}

static gboolean
read_addresses (LrpOffer *offer, const Context *context, GError **error)
{
  JsonNode *node = find_member (context, "addresses"), *path_node = json_object_get_member (context->entry, "path");
  JsonArray *array = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  const char *path = lrp_json_get_string (path_node);
  guint n = array ? json_array_get_length (array) : 0;

  if (path_node && (!path || !is_plain (path, "-_./")))
    return lrp_json_fail ("path", _("of letters from a to z, digits, “-”, “_”, “.” and “/”"), error);
  offer->addresses = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++)
    {
      const char *pattern = lrp_json_get_string (json_array_get_element (array, i));
      if (!pattern)
        return lrp_json_fail ("addresses", _("a list of strings"), error);
      offer->addresses[i] = fill_in (pattern, offer->name, path);
    }
  return n > 0 || lrp_json_fail ("addresses", _("a list of strings"), error);
}

static LrpOffer *
read_offer (const Context *context, GError **error)
{
  g_autoptr (LrpOffer) offer = g_new0 (LrpOffer, 1);

  g_atomic_ref_count_init (&offer->ref_count);
  if (read_texts (offer, context, error) && check_texts (offer, error) && read_numbers (offer, context->entry, error)
      && read_input (offer, context, error) && read_addresses (offer, context, error))
    return g_steal_pointer (&offer);
  if (offer->name)
    g_prefix_error (error, "%s: ", offer->name);
  return NULL;
}

static gboolean
add_offer (GPtrArray *catalogue, JsonObject *root, JsonNode *node, guint number, GError **error)
{
  Context context = { root, node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL };
  LrpOffer *offer = NULL;

  if (!context.entry)
    lrp_json_fail ("networks", _("a list of objects"), error);
  else if (!(offer = read_offer (&context, error)))
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
      g_set_error (error, LRP_ERROR, LRP_ERROR_SYNTAX, _("it must have a list “networks”, of %d at most"),
                   MAX_NETWORKS);
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
