/* SPDX-License-Identifier: GPL-3.0-or-later */
/* json.c: JSON from strangers: json-glib descends by recursion, so depth and size are looked at first */
#include "config.h"

#include "files/json.h"

#include "lrp/error.h"

#include <glib/gi18n-lib.h>
#include <math.h>

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
