/* SPDX-License-Identifier: GPL-3.0-or-later */
/* file-json.c: members of a session's file, none of which is believed before it is checked */
#include "config.h"

#include "app/session/file-json.h"

#include "files/io/json.h"
#include "lrp/base/error.h"

#include <glib/gi18n.h>

gboolean
_rlv_json_fail (GError **error, const char *name, const char *wanted)
{
  g_set_error (error, LRP_ERROR, LRP_ERROR_DAMAGED, _("the session is damaged: “%s” must be %s"), name, wanted);
  return FALSE;
}

gboolean
_rlv_json_read_text (JsonObject *object, const char *name, char **text, GError **error)
{
  JsonNode *node = json_object_get_member (object, name);

  if (!node)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return _rlv_json_fail (error, name, _("text"));
  g_free (*text);
  *text = json_node_dup_string (node);
  return TRUE;
}

gboolean
_rlv_json_read_flag (JsonObject *object, const char *name, gboolean *flag, GError **error)
{
  JsonNode *node = json_object_get_member (object, name);

  if (!node)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return _rlv_json_fail (error, name, _("true or false"));
  *flag = json_node_get_boolean (node);
  return TRUE;
}

gboolean
_rlv_json_read_number (JsonObject *object, const char *name, double *number, GError **error)
{
  JsonNode *node = json_object_get_member (object, name);

  return !node || lrp_json_get_number (node, number) || _rlv_json_fail (error, name, _("a number"));
}

JsonObject *
_rlv_json_read_object (JsonObject *object, const char *name, GError **error)
{
  JsonNode *node = json_object_get_member (object, name);

  if (!node || JSON_NODE_HOLDS_OBJECT (node))
    return node ? json_node_get_object (node) : NULL;
  _rlv_json_fail (error, name, _("an object"));
  return NULL;
}

JsonArray *
_rlv_json_read_array (JsonObject *object, const char *name, GError **error)
{
  JsonNode *node = json_object_get_member (object, name);

  if (!node || JSON_NODE_HOLDS_ARRAY (node))
    return node ? json_node_get_array (node) : NULL;
  _rlv_json_fail (error, name, _("a list"));
  return NULL;
}
