/* SPDX-License-Identifier: GPL-3.0-or-later */
/* drawings.h: the drawings of tests/strokes, and any drawing in numbers */
#pragma once

#include "app/drawing/document.h"

/**
 * Drawing:
 * @label: what was drawn: a digit 0..9, or -1
 * @style: (nullable): a word on how it was drawn
 * @strokes: (element-type RlvStroke): in the order in which they were made
 *
 * {"label": 3, "style": "thin", "strokes": [...]}, of which only the strokes must be there.
 */
typedef struct
{
  int label;
  char *style;
  GPtrArray *strokes;
} Drawing;

Drawing *drawing_parse (const char *text, gsize length, GError **error);
/* Fails the test where the file is no drawing. */
Drawing *drawing_read (const char *path);
void drawing_free (Drawing *drawing);

/* out: [height, width]: what the network reads, as rlv_ink_rasterize() makes it. */
void drawing_rasterize (RlvDocument *document, int width, int height, gboolean fit, float *out, RlvPadGrid *grid);
gboolean drawing_can (RlvDocument *document, const char *property);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Drawing, drawing_free)
