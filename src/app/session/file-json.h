/* SPDX-License-Identifier: GPL-3.0-or-later */
/* file-json.h: members of a session's file, none of which is believed before it is checked */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Sets an error, "“name” must be a list", and returns FALSE. */
gboolean _rlv_json_fail (GError **error, const char *name, const char *wanted);

/* What is missing is no error, and stays as it was. */
gboolean _rlv_json_read_text (JsonObject *object, const char *name, char **text, GError **error);
gboolean _rlv_json_read_flag (JsonObject *object, const char *name, gboolean *flag, GError **error);
gboolean _rlv_json_read_number (JsonObject *object, const char *name, double *number, GError **error);
/* NULL without an error: it is missing. */
JsonObject *_rlv_json_read_object (JsonObject *object, const char *name, GError **error);
JsonArray *_rlv_json_read_array (JsonObject *object, const char *name, GError **error);

G_END_DECLS
