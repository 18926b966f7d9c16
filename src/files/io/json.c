/* SPDX-License-Identifier: GPL-3.0-or-later */
/* json.c: JSON from strangers: json-glib descends by recursion, so depth and size are looked at first */
#include "config.h"

#include "files/io/json.h"

#include "lrp/base/error.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* What names of languages consist of, as "sr_RS@latin", and how long they may be. */
#define LANGUAGE     G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-.@"
#define MAX_LANGUAGE 32

/* The deepest nesting of brackets outside strings. */
static guint
find_depth (const char *text, gsize size)
{
  guint depth = 0, deepest = 0;
  gboolean quoted = FALSE;

  for (gsize i = 0; i < size; i++)
    {
      if (quoted && text[i] == '\\')
        i++;
      else if (text[i] == '"')
        quoted = !quoted;
      else if (!quoted && (text[i] == '[' || text[i] == '{'))
        {
          depth++;
          deepest = MAX (deepest, depth);
        }
      else if (!quoted && (text[i] == ']' || text[i] == '}') && depth > 0)
        depth--;
    }
  return deepest;
}

/**
 * lrp_json_parse:
 * @bytes: a JSON text
 * @error: return location for an error
 *
 * Parses a JSON text of at most %LRP_JSON_MAX_SIZE bytes and %LRP_JSON_MAX_DEPTH levels.
 *
 * Returns: (transfer full) (nullable): its root
 */
JsonNode *
lrp_json_parse (GBytes *bytes, GError **error)
{
  return lrp_json_parse_large (bytes, LRP_JSON_MAX_SIZE, error);
}

/**
 * lrp_json_parse_large:
 * @bytes: a JSON text
 * @limit: how many bytes it may have
 * @error: return location for an error
 *
 * Parses a JSON text of at most %LRP_JSON_MAX_DEPTH levels.
 *
 * Returns: (transfer full) (nullable): its root
 */
JsonNode *
lrp_json_parse_large (GBytes *bytes, gsize limit, GError **error)
{
  g_autofree char *large = g_strdup_printf (_("it is larger than %u MB"), (guint) (limit / (1024 * 1024)));
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) reason = NULL;
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size), *problem = NULL;

  if (size == 0)
    problem = _("it is empty");
  else if (size > limit)
    problem = large;
  else if (!g_utf8_validate_len (text, size, NULL))
    problem = _("it is not UTF-8 text");
  else if (find_depth (text, size) > LRP_JSON_MAX_DEPTH)
    problem = _("its brackets nest too deeply");
  else if (!json_parser_load_from_data (parser, text, (gssize) size, &reason))
    problem = reason->message;
  else if (!json_parser_get_root (parser))
    problem = _("it is empty");
  else
    return json_parser_steal_root (parser);
  g_set_error (error, LRP_ERROR, LRP_ERROR_SYNTAX, _("this is not JSON that can be read: %s"), problem);
  return NULL;
}

/**
 * lrp_json_get_number:
 * @node: a node
 * @number: (out): its value
 *
 * Returns: whether the node is a finite number
 */
gboolean
lrp_json_get_number (JsonNode *node, double *number)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return FALSE;
  *number = json_node_get_double (node);
  return isfinite (*number);
}

/**
 * lrp_json_get_string:
 * @node: (nullable): a node
 *
 * Returns: (transfer none) (nullable): its value, or %NULL if it is not a string
 */
const char *
lrp_json_get_string (JsonNode *node)
{
  return node && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

/**
 * lrp_json_fail:
 * @member: the name of a member
 * @expected: what it must be, in words
 * @error: return location for an error that says so
 *
 * Returns: %FALSE
 */
gboolean
lrp_json_fail (const char *member, const char *expected, GError **error)
{
  g_set_error (error, LRP_ERROR, LRP_ERROR_SYNTAX, _("“%s” must be %s"), member, expected);
  return FALSE;
}

/* Whether a member says `key` in some language: "title" or "title[de]" for "title". */
static gboolean
is_of_key (const char *member, const char *key)
{
  gsize length = strlen (key), letters;

  if (strncmp (member, key, length) != 0 || member[length] != '[')
    return g_str_equal (member, key);
  letters = strspn (member + length + 1, LANGUAGE);
  return letters > 0 && letters <= MAX_LANGUAGE && g_str_equal (member + length + 1 + letters, "]");
}

/* The member in the first of the user's languages that the object has; the plain one where it has none of them. */
static char *
dup_shown_member (JsonObject *object, const char *key)
{
  const char *const *languages = g_get_language_names ();

  for (guint i = 0; languages[i]; i++)
    {
      g_autofree char *member = g_strdup_printf ("%s[%s]", key, languages[i]);
      if (json_object_has_member (object, member))
        return g_steal_pointer (&member);
    }
  return g_strdup (key);
}

/**
 * lrp_json_read_languages:
 * @object: an object
 * @key: what may be said in several languages: "title", and beside it "title[de]"
 * @read: (scope call): reads each of them
 * @data: for @read
 * @error: return location for an error
 *
 * Reads what is said in any language, in the file's order. The one that is for whoever uses the program is found as in
 * desktop files, by g_get_language_names().
 *
 * Returns: whether @read understood all of them
 */
gboolean
lrp_json_read_languages (JsonObject *object, const char *key, LrpJsonRead read, gpointer data, GError **error)
{
  g_autofree char *shown = dup_shown_member (object, key);
  g_autoptr (GList) members = json_object_get_members (object);
  gboolean good = TRUE;

  for (GList *each = members; good && each; each = each->next)
    {
      const char *member = each->data;
      if (is_of_key (member, key))
        good = read (member, json_object_get_member (object, member), g_str_equal (member, shown), data, error);
    }
  return good;
}
