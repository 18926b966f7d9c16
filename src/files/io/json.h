/* SPDX-License-Identifier: GPL-3.0-or-later */
/* json.h: JSON from strangers */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The largest JSON text that is read, and how deep its brackets may nest. */
#define LRP_JSON_MAX_SIZE  (4 * 1024 * 1024)
#define LRP_JSON_MAX_DEPTH 64

JsonNode *lrp_json_parse (GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same for files that hold pictures. */
JsonNode *lrp_json_parse_large (GBytes *bytes, gsize limit, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean lrp_json_get_number (JsonNode *node, double *number);
const char *lrp_json_get_string (JsonNode *node);
/* Says that a member must be something else. Returns FALSE. */
gboolean lrp_json_fail (const char *member, const char *expected, GError **error);

/**
 * LrpJsonRead:
 * @member: the name of a member
 * @node: what it is
 * @shown: whether it is for the language of whoever uses the program
 * @data: what the reader was given
 * @error: return location for an error
 *
 * Reads what is said in one of several languages.
 *
 * Returns: whether it is understood
 */
typedef gboolean (*LrpJsonRead) (const char *member, JsonNode *node, gboolean shown, gpointer data, GError **error);

/* "title", and beside it "title[de]", as in desktop files; all are read, so that a file is good or bad for everybody.
 */
gboolean lrp_json_read_languages (JsonObject *object, const char *key, LrpJsonRead read, gpointer data, GError **error);

G_END_DECLS
