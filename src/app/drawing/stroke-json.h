/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stroke-json.h: strokes out of a JSON file */
#pragma once

#include <json-glib/json-glib.h>

#include "app/drawing/stroke.h"

G_BEGIN_DECLS

/* Adds the strokes of an array to an array of RlvStroke. Each is {"width": 0.07, "eraser": false,
 * "points": [[x, y], [x, y, pressure]]}, of which only the points must be there. */
gboolean rlv_stroke_json_read (JsonArray *array, GPtrArray *strokes, GError **error);

G_END_DECLS
