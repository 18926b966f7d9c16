/* SPDX-License-Identifier: GPL-3.0-or-later */
/* json.h: what `lrp --json` prints, for programs */
#pragma once

#include <json-glib/json-glib.h>

#include "lrp/lrp.h"

G_BEGIN_DECLS

void cli_json_add_string (JsonBuilder *json, const char *key, const char *value);
void cli_json_add_strings (JsonBuilder *json, const char *key, const char *const *texts);
void cli_json_add_number (JsonBuilder *json, const char *key, double value);
void cli_json_add_integer (JsonBuilder *json, const char *key, gint64 value);
void cli_json_add_tensor (JsonBuilder *json, const char *key, const LrpTensor *tensor);
void cli_json_add_shape (JsonBuilder *json, const char *key, const LrpShape *shape);
/* Adds "end": how the network ends, and where that is from. */
void cli_json_add_end (JsonBuilder *json, const LrpNetwork *network);
void cli_json_add_class (JsonBuilder *json, const char *key, const LrpNetwork *network, guint class_index);
void cli_json_print (JsonBuilder *json);

G_END_DECLS
