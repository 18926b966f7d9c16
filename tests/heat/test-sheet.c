/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-sheet.c: explanations as pictures: size, place of every sample, what lies below, what is written about them */
#include "config.h"

#include "heat/background.h"
#include "heat/export.h"

#include <glib/gstdio.h>
#include <string.h>

/* A file of this folder is written and read back by Cairo. */
typedef struct
{
  char *folder, *path;
  LrpNetwork *network;
  LrpExplanation explanation;
  int classes[5], against[5];
  LrpHeatStyle style;
  cairo_surface_t *image;
  GPtrArray *warnings;
} Fixture;

static void
set_up (Fixture *f, gconstpointer unused)
{
  LrpShape shape = LRP_SHAPE (1, 1, 28, 28);

  f->folder = g_dir_make_tmp ("test-sheet-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, "a.png", NULL);
  f->network = lrp_network_new ("net", "x", &shape);
  f->network->input = (LrpInput){ .pixels = LRP_PIXELS_GRAY, .scale = 1 / 255.0, .std = { 1 }, .inverted = TRUE };
  f->warnings = g_ptr_array_new ();
  f->explanation =
      (LrpExplanation){ .request = (char *) "lrp",
                        .network = f->network,
                        .warnings = f->warnings,
                        .aim = { .target = LRP_TARGET_INIT, .classes = f->classes, .against = f->against } };
  memset (f->against, -1, sizeof f->against);
  f->style = (LrpHeatStyle) LRP_HEAT_STYLE_INIT;
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  g_clear_pointer (&f->image, cairo_surface_destroy);
  g_clear_pointer (&f->explanation.input, lrp_tensor_unref);
  g_clear_pointer (&f->explanation.relevance, lrp_tensor_unref);
  g_clear_pointer (&f->explanation.scores, lrp_tensor_unref);
  g_ptr_array_unref (f->warnings);
  lrp_network_unref (f->network);
  g_unlink (f->path);
  g_assert_cmpint (g_rmdir (f->folder), ==, 0);
  g_free (f->path);
  g_free (f->folder);
}

static LrpTensor *
zeros (LrpShape shape)
{
  g_autoptr (GError) error = NULL;
  LrpTensor *tensor = lrp_tensor_new (&shape, &error);

  g_assert_no_error (error);
  return tensor;
}

/* [n, input...] and relevance of its own shape; the caller fills both. */
static void
explain (Fixture *f, guint n, LrpShape input, LrpShape relevance)
{
  f->explanation.n = n;
  f->explanation.input = zeros (input);
  f->explanation.relevance = zeros (relevance);
  f->explanation.scores = zeros (LRP_SHAPE (n, 10));
}

static void
save (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (lrp_export_explanation (&f->explanation, &f->style, f->path, &error));
  g_assert_no_error (error);
  f->image = cairo_image_surface_create_from_png (f->path);
  g_assert_cmpint (cairo_surface_status (f->image), ==, CAIRO_STATUS_SUCCESS);
}

static void
assert_size (Fixture *f, int width, int height)
{
  g_assert_cmpint (cairo_image_surface_get_width (f->image), ==, width);
  g_assert_cmpint (cairo_image_surface_get_height (f->image), ==, height);
}

static guint32
pixel (Fixture *f, int x, int y)
{
  const guint8 *data = cairo_image_surface_get_data (f->image);

  return ((const guint32 *) (data + y * cairo_image_surface_get_stride (f->image)))[x] & 0xffffff;
}

/* 28 cells a side are 16 pixels each: 448 at least, in whole multiples. Channels are summed. */
static void
test_one (Fixture *f, gconstpointer unused)
{
  explain (f, 1, LRP_SHAPE (1, 1, 28, 28), LRP_SHAPE (1, 2, 28, 28));
  f->explanation.relevance->data[3 * 28 + 5] = 3;
  f->explanation.relevance->data[784 + 3 * 28 + 5] = -1;
  f->explanation.relevance->data[784 + 10 * 28 + 20] = -1;
  save (f);
  assert_size (f, 448, 448);
  g_assert_cmphex (pixel (f, 5 * 16, 3 * 16), ==, 0xff0000);
  g_assert_cmphex (pixel (f, 5 * 16 + 15, 3 * 16 + 15), ==, 0xff0000);
  g_assert_cmphex (pixel (f, 5 * 16 + 16, 3 * 16), ==, 0xffffff);
  g_assert_cmphex (pixel (f, 20 * 16 + 8, 10 * 16 + 8), ==, 0x8080ff);
}

/* Five samples of 3 x 4 cells are three and two side by side, each with its own scale. */
static void
test_batch (Fixture *f, gconstpointer unused)
{
  explain (f, 5, LRP_SHAPE (5, 1, 3, 4), LRP_SHAPE (5, 1, 3, 4));
  for (int i = 0; i < 5; i++)
    f->explanation.relevance->data[i * 12 + i] = (float) (i + 1);
  save (f);
  assert_size (f, 12 * 38, 6 * 38);
  for (int i = 0; i < 5; i++)
    {
      int column = i % 3 * 4 + i % 4, row = i / 3 * 3 + i / 4;
      g_assert_cmphex (pixel (f, column * 38 + 19, row * 38 + 19), ==, 0xff0000);
    }
  g_assert_cmphex (pixel (f, 10 * 38, 5 * 38), ==, 0xffffff);
}

/* With a scale that is given, all samples share it. */
static void
test_batch_fixed (Fixture *f, gconstpointer unused)
{
  explain (f, 2, LRP_SHAPE (2, 1, 1, 1), LRP_SHAPE (2, 1, 1, 1));
  f->explanation.relevance->data[0] = 2;
  f->explanation.relevance->data[1] = 4;
  f->style.fixed_scale = 4;
  save (f);
  g_assert_cmphex (pixel (f, 10, 10), ==, 0xff8080);
  g_assert_cmphex (pixel (f, 300, 10), ==, 0xff0000);
}

/* A deeper layer's few cells lie over the whole picture, none of whose pixels is lost. */
static void
test_layer_over_input (Fixture *f, gconstpointer unused)
{
  f->network->input = (LrpInput){ .pixels = LRP_PIXELS_RGB, .scale = 1, .std = { 1, 1, 1 } };
  f->style.strength = 0;
  explain (f, 1, LRP_SHAPE (1, 3, 600, 600), LRP_SHAPE (1, 8, 7, 7));
  for (int i = 0; i < 600 * 300; i++)
    f->explanation.input->data[600 * 600 + i] = 200; /* the upper half is green */
  save (f);
  assert_size (f, 602, 602);
  g_assert_cmphex (pixel (f, 300, 10), ==, 0x00c800);
  g_assert_cmphex (pixel (f, 300, 590), ==, 0x000000);
}

/* A dense layer's outputs are laid out as a square, row by row. */
static void
test_dense_layer (Fixture *f, gconstpointer unused)
{
  explain (f, 1, LRP_SHAPE (1, 1, 28, 28), LRP_SHAPE (1, 10));
  f->explanation.relevance->data[9] = 1;
  save (f);
  assert_size (f, 4 * 112 + 0, 3 * 112);
  g_assert_cmphex (pixel (f, 112 + 50, 2 * 112 + 50), ==, 0xff0000);
  g_assert_cmphex (pixel (f, 2 * 112 + 50, 2 * 112 + 50), ==, 0xffffff);
}

/* Bright input is ink on paper for a network that reads handwriting. */
static void
test_ink (Fixture *f, gconstpointer unused)
{
  explain (f, 1, LRP_SHAPE (1, 1, 28, 28), LRP_SHAPE (1, 1, 28, 28));
  for (int y = 4; y < 24; y++)
    f->explanation.input->data[y * 28 + 10] = f->explanation.input->data[y * 28 + 11] = 1;
  f->style.outline = FALSE;
  save (f);
  g_assert_cmpuint (pixel (f, 11 * 16, 14 * 16) & 255, <, 150);
  g_assert_cmphex (pixel (f, 20 * 16, 14 * 16), ==, 0xffffff);
}

/* People see the picture that they gave, not what the network's preprocessing made of it; BGR is turned round. */
static void
test_preprocessing_undone (void)
{
  LrpInput input = {
    .pixels = LRP_PIXELS_BGR, .scale = 1 / 255.0, .mean = { 0.4, 0.5, 0.6 }, .std = { 0.1, 0.2, 0.3 }
  };
  const double rgb[3] = { 200, 100, 50 };
  float values[3];
  LrpBackground background;

  for (int c = 0; c < 3; c++)
    values[c] = (float) ((rgb[2 - c] / 255 - input.mean[c]) / input.std[c]);
  lrp_background_init (&background, &input, values, 3, 1, 1, 10, 10, TRUE);
  g_assert_null (background.ink);
  g_assert_cmphex (*(guint32 *) cairo_image_surface_get_data (background.picture) & 0xffffff, ==, 0xc86432);
  lrp_background_clear (&background);
}

/* Where nothing is known of the input, its own range is shown, and what is no picture has none. */
static void
test_unknown_input (void)
{
  LrpInput input = { 0 };
  const float values[] = { -2, 0, 2, 2 };
  LrpBackground background;
  const guint32 *pixels;

  lrp_background_init (&background, &input, values, 1, 2, 2, 10, 10, TRUE);
  pixels = (const guint32 *) cairo_image_surface_get_data (background.picture);
  g_assert_cmphex (pixels[0] & 0xffffff, ==, 0x000000);
  g_assert_cmphex (pixels[2] & 0xffffff, ==, 0xffffff);
  lrp_background_clear (&background);
  lrp_background_init (&background, &input, values, 2, 2, 1, 10, 10, TRUE);
  g_assert_null (background.picture);
  g_assert_null (background.ink);
}

/* What is written about a map is enough to make it again. */
static void
test_text (Fixture *f, gconstpointer unused)
{
  static const char *const wanted[] = { "Model: net\n", "Request: lrp\n",  "Target: 7\n", "Score: 2.5\n",
                                        "Sum: 1.25\n",  "Colormap: bwr\n", "Scale: 0.75" };
  g_autofree char *path = g_strconcat (f->path, ".svg", NULL), *data = NULL;

  explain (f, 1, LRP_SHAPE (1, 1, 2, 2), LRP_SHAPE (1, 1, 2, 2));
  f->classes[0] = 7;
  f->explanation.score = 2.5;
  f->explanation.relevance->data[0] = 0.5f;
  f->explanation.relevance->data[1] = 0.75f;
  g_assert_true (lrp_export_explanation (&f->explanation, &f->style, path, NULL));
  g_assert_true (g_file_get_contents (path, &data, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    g_assert_nonnull (strstr (data, wanted[i]));
  g_unlink (path);
}

static void
test_too_large (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  explain (f, 1, LRP_SHAPE (1, 1, 1, 40000), LRP_SHAPE (1, 1, 1, 40000));
  g_assert_false (lrp_export_explanation (&f->explanation, &f->style, f->path, &error));
  g_assert_error (error, LRP_ERROR, LRP_ERROR_SHAPE);
  g_assert_nonnull (strstr (error->message, "40000"));
  g_assert_false (g_file_test (f->path, G_FILE_TEST_EXISTS));
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/heat/sheet/one", test_one);
  ADD ("/heat/sheet/batch", test_batch);
  ADD ("/heat/sheet/batch-fixed", test_batch_fixed);
  ADD ("/heat/sheet/layer-over-input", test_layer_over_input);
  ADD ("/heat/sheet/dense-layer", test_dense_layer);
  ADD ("/heat/sheet/ink", test_ink);
  g_test_add_func ("/heat/sheet/preprocessing-undone", test_preprocessing_undone);
  g_test_add_func ("/heat/sheet/unknown-input", test_unknown_input);
  ADD ("/heat/sheet/text", test_text);
  ADD ("/heat/sheet/too-large", test_too_large);
  return g_test_run ();
}
