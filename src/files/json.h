/* SPDX-License-Identifier: GPL-3.0-or-later */
/* json.h: JSON from strangers */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The largest JSON text that is read, and how deep its brackets may nest. */
#define LRP_JSON_MAX_SIZE (4 * 1024 * 1024)
#define LRP_JSON_MAX_DEPTH 64

JsonNode *lrp_json_parse (GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same for files that hold pictures. */
JsonNode *lrp_json_parse_large (GBytes *bytes, gsize limit, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean lrp_json_get_number (JsonNode *node, double *number);

G_END_DECLS
