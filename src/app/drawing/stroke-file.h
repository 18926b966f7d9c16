/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stroke-file.h: drawings as small JSON files */
#pragma once

#include <json-glib/json-glib.h>

#include "app/drawing/stroke.h"

G_BEGIN_DECLS

/**
 * RlvStrokeFile:
 * @label: what was drawn: a digit 0..9, or -1
 * @style: (nullable): a word on how it was drawn
 * @strokes: (element-type RlvStroke): in the order in which they were made
 *
 * {"label": 3, "style": "thin", "strokes": [{"width": 0.07, "eraser": false, "points": [[x, y], [x, y, pressure]]}]}.
 * Only strokes and their points must be there.
 */
typedef struct
{
  int label;
  char *style;
  GPtrArray *strokes;
} RlvStrokeFile;

RlvStrokeFile *rlv_stroke_file_new (void) G_GNUC_WARN_UNUSED_RESULT;
void rlv_stroke_file_free (RlvStrokeFile *file);

RlvStrokeFile *rlv_stroke_file_parse (const char *text, gsize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *rlv_stroke_file_to_text (const RlvStrokeFile *file) G_GNUC_WARN_UNUSED_RESULT;

/* Adds the strokes of "strokes" to an array of RlvStroke. */
gboolean rlv_stroke_file_take_strokes (JsonArray *array, GPtrArray *strokes, GError **error);

RlvStrokeFile *rlv_stroke_file_read (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean rlv_stroke_file_write (const RlvStrokeFile *file, const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RlvStrokeFile, rlv_stroke_file_free)

G_END_DECLS
