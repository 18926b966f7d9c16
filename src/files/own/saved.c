/* SPDX-License-Identifier: GPL-3.0-or-later */
/* saved.c: a composite of the user's own, to and from JSON:
 * {"title": "Soft", "summary": "…", "composite": "epsilon-plus:epsilon=0.1", "rules": ["kind:conv=gamma"]} */
#include "config.h"

#include "files/own/saved.h"

#include "files/io/json.h"
#include "files/io/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * lrp_saved_new:
 * @name: a name, in the file system's encoding
 * @path: where its file is
 *
 * Returns: (transfer full): something saved, of which only the name is known
 */
LrpSaved *
lrp_saved_new (const char *name, const char *path)
{
  LrpSaved *saved = g_new0 (LrpSaved, 1);

  saved->name = g_filename_display_name (name);
  saved->path = g_filename_display_name (path);
  return saved;
}

/**
 * lrp_saved_free:
 * @saved: (transfer full) (nullable): a saved composite
 */
void
lrp_saved_free (LrpSaved *saved)
{
  if (!saved)
    return;
  g_free (saved->name);
  g_free (saved->path);
  g_free (saved->title);
  g_free (saved->summary);
  g_free (saved->problem);
  lrp_composite_free (saved->composite);
  g_free (saved);
}

/* Reads a text; *text stays as it is if there is no such member. */
static gboolean
get_text (JsonObject *object, const char *key, const char **text, GError **error)
{
  JsonNode *node = json_object_get_member (object, key);

  if (!node)
    return TRUE;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    {
      *text = json_node_get_string (node);
      return TRUE;
    }
  g_set_error (error, LRP_ERROR, LRP_ERROR_SYNTAX, _("“%s” must be a string"), key);
  return FALSE;
}

static gboolean
add_rules (LrpComposite *composite, JsonNode *node, GError **error)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = array ? json_array_get_length (array) : 0;
  gboolean strings = array != NULL;

  for (guint i = 0; i < n && strings; i++)
    {
      JsonNode *rule = json_array_get_element (array, i);
      strings = JSON_NODE_HOLDS_VALUE (rule) && json_node_get_value_type (rule) == G_TYPE_STRING;
    }
  if (!strings || n > LRP_SAVED_MAX_RULES)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_SYNTAX, _("“%s” must be a list of strings, %d at most"), "rules",
                   LRP_SAVED_MAX_RULES);
      return FALSE;
    }
  for (guint i = 0; i < n; i++)
    {
      LrpOverride override;
      if (!lrp_override_parse (&override, json_array_get_string_element (array, i), error))
        return FALSE;
      g_array_append_val (composite->overrides, override);
    }
  return TRUE;
}

/* Reads the members. Returns: whether they name a composite */
static gboolean
read_members (LrpSaved *saved, JsonObject *object, GError **error)
{
  const char *title = NULL, *summary = NULL, *composite = NULL;
  JsonNode *rules = json_object_get_member (object, "rules");

  if (!get_text (object, "title", &title, error) || !get_text (object, "summary", &summary, error)
      || !get_text (object, "composite", &composite, error))
    return FALSE;
  if (!composite)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_SYNTAX, _("“%s” is missing: a built-in composite, as in “%s”"),
                   "composite", "epsilon-plus:epsilon=0.1");
      return FALSE;
    }
  saved->title = title && *title ? lrp_text_show_string (title) : NULL;
  saved->summary = summary && *summary ? lrp_text_show_string (summary) : NULL;
  saved->composite = lrp_composite_new (composite, error);
  if (saved->composite && (!rules || add_rules (saved->composite, rules, error)))
    return TRUE;
  g_clear_pointer (&saved->composite, lrp_composite_free);
  return FALSE;
}

/**
 * lrp_saved_read:
 * @saved: takes what the text says
 * @text: what is in its file
 * @error: return location for an error that names the member
 *
 * Returns: whether the text says a composite
 */
gboolean
lrp_saved_read (LrpSaved *saved, GBytes *text, GError **error)
{
  g_autoptr (JsonNode) root = lrp_json_parse (text, error);

  if (!root)
    return FALSE;
  if (JSON_NODE_HOLDS_OBJECT (root))
    return read_members (saved, json_node_get_object (root), error);
  g_set_error_literal (error, LRP_ERROR, LRP_ERROR_SYNTAX, _("it must be a JSON object"));
  return FALSE;
}

/**
 * lrp_saved_dup_rules:
 * @composite: a composite
 *
 * Returns: (transfer full): PATTERN=RULE[:key=value,...] for every rule that some layers have instead of the
 *   composite's. What would end a pattern there stands as "?", which matches it.
 */
char **
lrp_saved_dup_rules (const LrpComposite *composite)
{
  g_autoptr (GStrvBuilder) rules = g_strv_builder_new ();

  for (guint i = 0; i < composite->overrides->len; i++)
    {
      g_autofree char *text = lrp_override_to_string (&g_array_index (composite->overrides, LrpOverride, i));
      g_strv_builder_add (rules, text);
    }
  return g_strv_builder_end (rules);
}

/**
 * lrp_saved_to_text:
 * @composite: a composite
 * @error: return location for an error
 *
 * Writes what lrp_saved_read() reads, without title and summary.
 *
 * Returns: (transfer full) (nullable): the text of a file
 */
GBytes *
lrp_saved_to_text (const LrpComposite *composite, GError **error)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autofree char *choice = lrp_choice_to_string (&composite->choice), *text = NULL;
  g_auto (GStrv) rules = lrp_saved_dup_rules (composite);
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (json);
  json_builder_set_member_name (json, "composite");
  json_builder_add_string_value (json, choice);
  json_builder_set_member_name (json, "rules");
  json_builder_begin_array (json);
  for (guint i = 0; rules[i]; i++)
    json_builder_add_string_value (json, rules[i]);
  json_builder_end_array (json);
  json_builder_end_object (json);
  root = json_builder_get_root (json);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  text = json_generator_to_data (generator, NULL);
  if (g_strv_length (rules) <= LRP_SAVED_MAX_RULES && strlen (text) < LRP_SAVED_MAX_SIZE)
    return g_string_free_to_bytes (g_string_append_c (g_string_new (text), '\n'));
  g_set_error (error, LRP_ERROR, LRP_ERROR_RANGE,
               _("it has %u rules for some layers; %d can be saved, and with all names no more than %d bytes"),
               g_strv_length (rules), LRP_SAVED_MAX_RULES, LRP_SAVED_MAX_SIZE);
  return NULL;
}
