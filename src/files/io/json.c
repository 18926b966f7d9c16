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

/* A bracket weighs as much as that many numbers, in the memory that json-glib takes for it. */
#define BRACKET_WEIGHT 8
#define MAX_WEIGHT     2000000

/* What a text holds, counted before json-glib sees it. */
typedef struct
{
  guint depth;      /* of brackets, at the deepest place */
  guint64 weight;   /* of numbers, strings and brackets together */
  gboolean strange; /* json-glib reads what JSON does not have, and from there on nothing is taken to be quoted */
} Extent;

/* What four hexadecimal digits are, or -1 if they are none. */
static int
read_hex (const char *text, const char *end)
{
  int number = 0;

  for (guint i = 0; i < 4; i++)
    if (text + i >= end || !g_ascii_isxdigit (text[i]))
      return -1;
    else
      number = number * 16 + g_ascii_xdigit_value (text[i]);
  return number;
}

/* The end of the escape that begins at a backslash; NULL if JSON has none like that, of which json-glib may swallow the
 * quote that follows. */
static const char *
skip_escape (const char *text, const char *end)
{
  int unit;

  if (end - text < 2 || !strchr ("\"\\/bfnrtu", text[1]))
    return NULL;
  if (text[1] != 'u')
    return text + 2;
  unit = read_hex (text + 2, end);
  if (unit < 0xd800 || unit > 0xdfff)
    return unit < 0 ? NULL : text + 6;
  if (unit > 0xdbff || end - text < 12 || text[6] != '\\' || text[7] != 'u')
    return NULL;
  unit = read_hex (text + 8, end);
  return unit < 0xdc00 || unit > 0xdfff ? NULL : text + 12;
}

/* The end of the string that begins at a quote; NULL if it has none that is certain. */
static const char *
skip_string (const char *text, const char *end)
{
  for (text++; text && text < end && *text != '"';)
    text = *text == '\\' ? skip_escape (text, end) : text + 1;
  return text && text < end ? text + 1 : NULL;
}

/* Measures a text. Comments and single quotes are not JSON, but json-glib knows them, each release in its own way: what
 * comes after them may be quoted or not, so all of it counts as what costs most. */
static Extent
measure (const char *text, gsize size)
{
  const char *end = text + size;
  Extent extent = { 0 };
  guint depth = 0;

  while (text < end)
    {
      const char *next = *text == '"' && !extent.strange ? skip_string (text, end) : text + 1;

      extent.strange = extent.strange || !next || *text == '/' || *text == '\'';
      if (*text == '[' || *text == '{')
        {
          extent.weight += BRACKET_WEIGHT;
          depth++;
          extent.depth = MAX (extent.depth, depth);
        }
      else if ((*text == ']' || *text == '}') && depth > 0 && !extent.strange)
        depth--;
      else if (*text == ',')
        extent.weight++;
      text = next ? next : text + 1;
    }
  return extent;
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
 * Parses a JSON text of at most %LRP_JSON_MAX_DEPTH levels and two million numbers, or what takes as much memory.
 *
 * Returns: (transfer full) (nullable): its root
 */
JsonNode *
lrp_json_parse_large (GBytes *bytes, gsize limit, GError **error)
{
  g_autofree char *large = g_strdup_printf (_("it is larger than %u MB"), (guint) (limit / (1024 * 1024)));
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) reason = NULL;
  g_autofree char *said = NULL;
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size), *problem = NULL;
  Extent extent = size <= limit ? measure (text, size) : (Extent){ 0 };

  if (size == 0)
    problem = _("it is empty");
  else if (size > limit)
    problem = large;
  else if (!g_utf8_validate_len (text, size, NULL))
    problem = _("it is not UTF-8 text");
  else if (extent.depth > LRP_JSON_MAX_DEPTH && extent.strange)
    problem = _("it has comments, single quotes or escapes that JSON does not have");
  else if (extent.depth > LRP_JSON_MAX_DEPTH)
    problem = _("its brackets nest too deeply");
  else if (extent.weight > MAX_WEIGHT)
    problem = _("it has too many values, more than two million");
  else if (!json_parser_load_from_data (parser, text, (gssize) size, &reason))
    problem = said = g_utf8_make_valid (reason->message, -1); /* it may quote half a character */
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
