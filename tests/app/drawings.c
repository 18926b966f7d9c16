/* SPDX-License-Identifier: GPL-3.0-or-later */
/* drawings.c: the drawings of tests/strokes, and any drawing in numbers */
#include "config.h"

#include "drawings.h"

#include "app/drawing/stroke-json.h"
#include "files/io/json.h"

Drawing *
drawing_parse (const char *text, gsize length, GError **error)
{
  g_autoptr (Drawing) drawing = g_new0 (Drawing, 1);
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);
  g_autoptr (JsonNode) root = lrp_json_parse (bytes, error);
  JsonObject *object = root && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonNode *strokes = object ? json_object_get_member (object, "strokes") : NULL;
  double label;

  drawing->label = -1;
  drawing->strokes = g_ptr_array_new_with_free_func ((GDestroyNotify) rlv_stroke_free);
  if (!root
      || !rlv_stroke_json_read (strokes && JSON_NODE_HOLDS_ARRAY (strokes) ? json_node_get_array (strokes) : NULL,
                                drawing->strokes, error))
    return NULL;
  if (json_object_has_member (object, "label")
      && lrp_json_get_number (json_object_get_member (object, "label"), &label))
    drawing->label = (int) label;
  drawing->style = g_strdup (lrp_json_get_string (json_object_get_member (object, "style")));
  return g_steal_pointer (&drawing);
}

Drawing *
drawing_read (const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  Drawing *drawing;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  drawing = drawing_parse (text, length, &error);
  g_assert_no_error (error);
  return drawing;
}

void
drawing_free (Drawing *drawing)
{
  if (!drawing)
    return;
  g_free (drawing->style);
  g_clear_pointer (&drawing->strokes, g_ptr_array_unref);
  g_free (drawing);
}

void
drawing_rasterize (RlvDocument *document, int width, int height, gboolean fit, float *out, RlvPadGrid *grid)
{
  RlvInk ink = rlv_document_peek_ink (document);

  rlv_ink_rasterize (&ink, width, height, fit, out, grid);
}

gboolean
drawing_can (RlvDocument *document, const char *property)
{
  gboolean can;

  g_object_get (document, property, &can, NULL);
  return can;
}
