/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-stroke-json.c: strokes out of JSON, and out of what only looks like it */
#include "config.h"

#include "drawings.h"

#include "lrp/base/error.h"

#include <string.h>

static void
test_all (void)
{
  const char *text = "{\"label\": 7, \"style\": \"a \\\"quoted\\\" 7\", \"strokes\": ["
                     "{\"width\": 0.05, \"points\": [[0.1, 0.2], [0.5, -0.25, 0.75]]}, "
                     "{\"width\": 0.1, \"eraser\": true, \"points\": [[0.3, 0.3]]}]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (Drawing) drawing = drawing_parse (text, strlen (text), &error);
  const RlvStroke *stroke, *eraser;

  g_assert_no_error (error);
  g_assert_cmpint (drawing->label, ==, 7);
  g_assert_cmpstr (drawing->style, ==, "a \"quoted\" 7");
  g_assert_cmpuint (drawing->strokes->len, ==, 2);
  stroke = drawing->strokes->pdata[0];
  eraser = drawing->strokes->pdata[1];
  g_assert_false (stroke->eraser);
  g_assert_true (eraser->eraser);
  g_assert_cmpfloat_with_epsilon (stroke->width, 0.05, 1e-4);
  g_assert_cmpuint (stroke->points->len, ==, 2);
  g_assert_cmpfloat_with_epsilon (g_array_index (stroke->points, RlvPoint, 1).y, -0.25, 1e-4);
  g_assert_cmpfloat_with_epsilon (g_array_index (stroke->points, RlvPoint, 1).pressure, 0.75, 1e-4);
  g_assert_cmpfloat_with_epsilon (g_array_index (stroke->points, RlvPoint, 0).pressure, RLV_PRESSURE_NORMAL, 1e-4);
}

static void
test_defaults (void)
{
  const char *text = "{\"strokes\": [{\"points\": [[0, 1]]}]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (Drawing) drawing = drawing_parse (text, strlen (text), &error);
  RlvStroke *stroke;

  g_assert_no_error (error);
  stroke = drawing->strokes->pdata[0];
  g_assert_cmpint (drawing->label, ==, -1);
  g_assert_null (drawing->style);
  g_assert_cmpfloat (stroke->width, ==, RLV_PEN_WIDTH_DEFAULT);
  g_assert_false (stroke->eraser);
}

static const char *const damaged[] = {
  "",
  "[]",
  "null",
  "{",
  "{}",
  "\xff\xfe",
  "{\"strokes\": 3}",
  "{\"strokes\": {}}",
  "{\"strokes\": [3]}",
  "{\"strokes\": [{}]}",
  "{\"strokes\": [{\"points\": []}]}",
  "{\"strokes\": [{\"points\": [3]}]}",
  "{\"strokes\": [{\"points\": [[1]]}]}",
  "{\"strokes\": [{\"points\": [[1, 2, 3, 4]]}]}",
  "{\"strokes\": [{\"points\": [[\"1\", 2]]}]}",
  "{\"strokes\": [{\"points\": [[true, 2]]}]}",
  "{\"strokes\": [{\"points\": [[null, 2]]}]}",
  "{\"strokes\": [{\"points\": [[1e999, 2]]}]}",
  "{\"strokes\": [{\"points\": [[0, 0]], \"width\": \"wide\"}]}",
  "{\"strokes\": [{\"points\": [[0, 0]], \"width\": null}]}",
};

static void
test_damaged (gconstpointer data)
{
  const char *text = data;
  g_autoptr (GError) error = NULL;

  g_assert_null (drawing_parse (text, strlen (text), &error));
  g_assert_true (g_error_matches (error, LRP_ERROR, LRP_ERROR_DAMAGED)
                 || g_error_matches (error, LRP_ERROR, LRP_ERROR_SYNTAX));
  g_assert_null (drawing_parse (text, strlen (text), NULL));
}

/* Deep enough to exhaust the stack of a parser that calls itself. */
static void
test_deep (void)
{
  const gsize n = 1000000;
  g_autofree char *text = g_malloc (n);
  g_autoptr (GError) error = NULL;

  memset (text, '[', n);
  g_assert_null (drawing_parse (text, n, &error));
  g_assert_error (error, LRP_ERROR, LRP_ERROR_SYNTAX);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stroke-json/all", test_all);
  g_test_add_func ("/stroke-json/defaults", test_defaults);
  for (guint i = 0; i < G_N_ELEMENTS (damaged); i++)
    {
      g_autofree char *path = g_strdup_printf ("/stroke-json/damaged/%u", i);
      g_test_add_data_func (path, damaged[i], test_damaged);
    }
  g_test_add_func ("/stroke-json/deep", test_deep);
  return g_test_run ();
}
