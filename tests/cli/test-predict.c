/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-predict.c: `lrp predict`, and pictures as input */
#include "program.h"

#include "files/pictures/samples.h"

#include <cairo.h>
#include <math.h>

static int
top_index (JsonObject *json, guint sample)
{
  JsonObject *top = json_array_get_object_element (json_object_get_array_member (json, "top"), sample);

  return (int) json_object_get_int_member (top, "index");
}

/* JSON, the array written and `lrp explain` tell of the same scores. */
static void
test_scores (void)
{
  g_autofree char *input = program_write_digit (3);
  g_autofree char *output = program_file ("scores.npy");
  g_autoptr (JsonObject) json = program_run_json ("predict mnist-cnn %s -o %s --json", input, output);
  g_autoptr (JsonObject) explained = program_run_json ("explain mnist-cnn %s --json", input);
  JsonArray *scores = json_object_get_array_member (json, "scores");
  JsonArray *again = json_object_get_array_member (explained, "scores");
  g_autoptr (LrpTensor) written = program_read_array (output);

  g_assert_true (lrp_shape_equal (&written->shape, &LRP_SHAPE (1, 10)));
  g_assert_cmpuint (json_array_get_length (scores), ==, 10);
  for (guint i = 0; i < 10; i++)
    {
      g_assert_cmpfloat (json_array_get_double_element (scores, i), ==, (double) written->data[i]);
      g_assert_cmpfloat (json_array_get_double_element (again, i), ==, (double) written->data[i]);
      g_assert_cmpfloat (json_array_get_double_element (scores, i), <=, json_array_get_double_element (scores, 3));
    }
  g_assert_cmpint (top_index (json, 0), ==, 3);
}

static void
test_probability (void)
{
  g_autofree char *input = program_write_digit (3);
  g_autoptr (JsonObject) json = program_run_json ("predict mnist-cnn %s --json", input);
  JsonArray *scores = json_object_get_array_member (json, "scores");
  JsonObject *top = json_array_get_object_element (json_object_get_array_member (json, "top"), 0);
  double sum = 0;

  for (guint i = 0; i < 10; i++)
    sum += exp (json_array_get_double_element (scores, i));
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (top, "probability"),
                                  exp (json_object_get_double_member (top, "score")) / sum, 1e-9);
}

/* The networks that come with the program read handwriting. */
static void
test_accuracy (gconstpointer model)
{
  guint n = lrp_samples_count (), right = 0;
  g_autoptr (LrpTensor) batch = lrp_tensor_new (&LRP_SHAPE (n, 1, 28, 28), NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LrpTensor) image = lrp_samples_dup_image (i);
      memcpy (batch->data + 784 * i, image->data, 784 * sizeof (float));
    }
  g_autofree char *input = program_write_array ("samples.npy", batch);
  g_autoptr (JsonObject) json = program_run_json ("predict %s %s --json", (const char *) model, input);
  for (guint i = 0; i < n; i++)
    right += top_index (json, i) == lrp_samples_get_label (i);
  g_assert_cmpuint (n, ==, 200);
  g_assert_cmpuint (right, >=, 190);
}

/* A digit as a picture: a cell of so many x 10 pixels for each of its pixels. */
static void
write_picture (const LrpTensor *digit, gboolean dark_ink, int cell_width, const char *path)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 28 * cell_width, 280);
  cairo_t *cr = cairo_create (surface);

  for (int y = 0; y < 28; y++)
    for (int x = 0; x < 28; x++)
      {
        double ink = (double) digit->data[28 * y + x], gray = dark_ink ? 1 - ink : ink;
        cairo_set_source_rgb (cr, gray, gray, gray);
        cairo_rectangle (cr, cell_width * x, 10 * y, cell_width, 10);
        cairo_fill (cr);
      }
  g_assert_cmpint (cairo_surface_write_to_png (surface, path), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

/* Bright ink or dark ink: a picture of a digit is read as the digit. */
static void
test_picture (gconstpointer data)
{
  gboolean dark_ink = GPOINTER_TO_INT (data);
  g_autofree char *path = program_file ("digit.png");

  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *array = program_write_digit (i);
      g_autoptr (LrpTensor) digit = program_read_array (array);
      write_picture (digit, dark_ink, 10, path);
      g_autoptr (JsonObject) json = program_run_json ("predict mnist-cnn %s --json", path);
      g_assert_cmpint (top_index (json, 0), ==, i);
    }
}

static double
top_score (JsonObject *json)
{
  JsonObject *top = json_array_get_object_element (json_object_get_array_member (json, "top"), 0);

  return json_object_get_double_member (top, "score");
}

/* A digit drawn three times as wide is itself again when it is stretched to the input; it is not when it is cropped. */
static void
test_fit (void)
{
  g_autofree char *path = program_file ("wide.png");

  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *array = program_write_digit (i);
      g_autoptr (LrpTensor) digit = program_read_array (array);
      g_autoptr (JsonObject) straight = program_run_json ("predict mnist-cnn %s --json", array);
      write_picture (digit, FALSE, 30, path);
      g_autoptr (JsonObject) stretched = program_run_json ("predict mnist-cnn %s --fit stretch --json", path);
      g_autoptr (JsonObject) cropped = program_run_json ("predict mnist-cnn %s --fit=fill --json", path);
      g_autoptr (JsonObject) usual = program_run_json ("predict mnist-cnn %s --json", path);
      g_assert_cmpint (top_index (stretched, 0), ==, i);
      g_assert_cmpfloat (fabs (top_score (stretched) - top_score (straight)), <,
                         fabs (top_score (cropped) - top_score (straight)));
      g_assert_cmpfloat (top_score (cropped), ==, top_score (usual));
    }
}

static void
test_text (void)
{
  g_autofree char *input = program_write_digit (3);
  g_autoptr (Outcome) outcome = program_run ("predict mnist-cnn %s", input);
  g_auto (GStrv) lines = g_strsplit (outcome->out, "\n", -1);

  g_assert_cmpint (outcome->status, ==, 0);
  g_assert_cmpuint (g_strv_length (lines), ==, 12);
  g_assert_true (g_str_has_prefix (lines[1], "3  3 "));
}

int
main (int argc, char **argv)
{
  program_init (&argc, &argv);
  g_test_add_func ("/cli/predict/scores", test_scores);
  g_test_add_func ("/cli/predict/probability", test_probability);
  g_test_add_data_func ("/cli/predict/accuracy/mnist-cnn", "mnist-cnn", test_accuracy);
  g_test_add_data_func ("/cli/predict/accuracy/mnist-mlp", "mnist-mlp", test_accuracy);
  g_test_add_data_func ("/cli/predict/picture/bright-ink", GINT_TO_POINTER (FALSE), test_picture);
  g_test_add_data_func ("/cli/predict/picture/dark-ink", GINT_TO_POINTER (TRUE), test_picture);
  g_test_add_func ("/cli/predict/fit", test_fit);
  g_test_add_func ("/cli/predict/text", test_text);
  return program_finish ();
}
