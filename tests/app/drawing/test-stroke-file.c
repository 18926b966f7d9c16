/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-stroke-file.c: drawings on disk */
#include "config.h"

#include "app/drawing/stroke-file.h"
#include "lrp/base/error.h"

#include <glib/gstdio.h>
#include <string.h>

static void
test_round_trip (void)
{
  g_autoptr (RlvStrokeFile) file = rlv_stroke_file_new (), back = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL, *again = NULL, *text = NULL;
  RlvStroke *stroke = rlv_stroke_new (0.05, FALSE), *eraser = rlv_stroke_new (0.1, TRUE);
  int fd = g_file_open_tmp ("drawing-XXXXXX.json", &path, &error);

  g_assert_no_error (error);
  g_assert_true (g_close (fd, NULL));
  file->label = 7;
  file->style = g_strdup ("a \"quoted\" 7");
  rlv_stroke_add (stroke, 0.1, 0.2, RLV_PRESSURE_NORMAL);
  rlv_stroke_add (stroke, 0.5, -0.25, 0.75);
  rlv_stroke_add (eraser, 0.3, 0.3, RLV_PRESSURE_NORMAL);
  g_ptr_array_add (file->strokes, stroke);
  g_ptr_array_add (file->strokes, eraser);
  g_assert_true (rlv_stroke_file_write (file, path, &error));
  g_assert_no_error (error);
  back = rlv_stroke_file_read (path, &error);
  g_assert_no_error (error);
  g_unlink (path);

  g_assert_cmpint (back->label, ==, 7);
  g_assert_cmpstr (back->style, ==, file->style);
  g_assert_cmpuint (back->strokes->len, ==, 2);
  stroke = back->strokes->pdata[0];
  eraser = back->strokes->pdata[1];
  g_assert_false (stroke->eraser);
  g_assert_true (eraser->eraser);
  g_assert_cmpfloat_with_epsilon (stroke->width, 0.05, 1e-4);
  g_assert_cmpuint (stroke->points->len, ==, 2);
  g_assert_cmpfloat_with_epsilon (g_array_index (stroke->points, RlvPoint, 1).y, -0.25, 1e-4);
  g_assert_cmpfloat_with_epsilon (g_array_index (stroke->points, RlvPoint, 1).pressure, 0.75, 1e-4);
  g_assert_cmpfloat_with_epsilon (g_array_index (stroke->points, RlvPoint, 0).pressure, RLV_PRESSURE_NORMAL, 1e-4);
  text = rlv_stroke_file_to_text (file);
  again = rlv_stroke_file_to_text (back);
  g_assert_cmpstr (text, ==, again);
}

static void
test_defaults (void)
{
  const char *text = "{\"strokes\": [{\"points\": [[0, 1]]}]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (RlvStrokeFile) file = rlv_stroke_file_parse (text, strlen (text), &error);
  RlvStroke *stroke;

  g_assert_no_error (error);
  stroke = file->strokes->pdata[0];
  g_assert_cmpint (file->label, ==, -1);
  g_assert_null (file->style);
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

  g_assert_null (rlv_stroke_file_parse (text, strlen (text), &error));
  g_assert_error (error, LRP_ERROR, LRP_ERROR_DAMAGED);
  g_assert_null (rlv_stroke_file_parse (text, strlen (text), NULL));
}

/* Deep enough to exhaust the stack of a parser that calls itself. */
static void
test_deep (void)
{
  const gsize n = 1000000;
  g_autofree char *text = g_malloc (n);
  g_autoptr (GError) error = NULL;

  memset (text, '[', n);
  g_assert_null (rlv_stroke_file_parse (text, n, &error));
  g_assert_error (error, LRP_ERROR, LRP_ERROR_DAMAGED);
}

static void
test_missing (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (rlv_stroke_file_read ("/nonexistent/drawing.json", &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stroke-file/round-trip", test_round_trip);
  g_test_add_func ("/stroke-file/defaults", test_defaults);
  for (guint i = 0; i < G_N_ELEMENTS (damaged); i++)
    {
      g_autofree char *path = g_strdup_printf ("/stroke-file/damaged/%u", i);
      g_test_add_data_func (path, damaged[i], test_damaged);
    }
  g_test_add_func ("/stroke-file/deep", test_deep);
  g_test_add_func ("/stroke-file/missing", test_missing);
  return g_test_run ();
}
