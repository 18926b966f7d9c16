/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-load.c: the networks and digits that come with the program can be used, and what is no network is told what it
 * is */
#include "files/load.h"
#include "files/io/paths.h"
#include "files/io/read.h"
#include "files/pictures/samples.h"

#include "lrp/lrp.h"
#include "onnx-reading.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static char *
write_file (const char *name, gconstpointer data, gssize size)
{
  g_autofree char *folder = g_dir_make_tmp ("load-XXXXXX", NULL);
  char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, data, size, NULL));
  return path;
}

static void
remove_file (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_list (void)
{
  g_auto (GStrv) names = lrp_list_models ();

  g_assert_cmpstr (names[0], ==, LRP_DEFAULT_MODEL);
  g_assert_true (g_strv_contains ((const char *const *) names, "mnist-mlp"));
  for (guint i = 2; names[0] && names[i - 1] && names[i]; i++)
    g_assert_cmpstr (names[i - 1], <, names[i]);
  g_assert_true (g_strv_contains (lrp_load_patterns (), "*.onnx"));
  g_assert_true (g_strv_contains (lrp_load_patterns (), "*.prototxt"));
}

/* Digits are bright on dark. The lowest and the highest that a channel can be are a black and a white pixel. */
static void
assert_input (const LrpInput *input)
{
  guint n_channels = input->pixels == LRP_PIXELS_GRAY ? 1 : 3;

  g_assert_cmpint (input->pixels, !=, LRP_PIXELS_UNKNOWN);
  g_assert_true (input->bounded);
  g_assert_cmpint (input->inverted, ==, input->pixels == LRP_PIXELS_GRAY);
  for (guint c = 0; c < n_channels; c++)
    {
      g_assert_cmpfloat_with_epsilon (input->low[c] * input->std[c] + input->mean[c], 0, 1e-6);
      g_assert_cmpfloat_with_epsilon (input->high[c] * input->std[c] + input->mean[c], 255 * input->scale, 1e-6);
    }
}

/* Every bundled network knows its title, its classes and its input, by name as by path. */
static void
test_bundled (void)
{
  g_auto (GStrv) names = lrp_list_models ();

  g_assert_cmpuint (g_strv_length (names), >=, 2);
  for (guint i = 0; names[i]; i++)
    {
      g_autofree char *path = lrp_find_model (names[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (LrpNetwork) network = lrp_load_network (names[i], &error), same = NULL;
      g_assert_no_error (error);
      g_assert_cmpstr (network->name, ==, names[i]);
      g_assert_nonnull (network->title);
      g_assert_cmpuint (g_strv_length (network->labels), ==, lrp_network_n_classes (network));
      assert_input (&network->input);
      same = lrp_load_network (path, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (same->name, ==, names[i]);
    }
}

static guint
find_best (const float *scores, guint n)
{
  guint best = 0;

  for (guint k = 1; k < n; k++)
    best = scores[k] > scores[best] ? k : best;
  return best;
}

/* The cards promise an accuracy of 0.97 and better on digits of this kind. */
static void
test_bundled_read_digits (void)
{
  g_auto (GStrv) names = lrp_list_models ();

  for (guint i = 0; names[i]; i++)
    {
      g_autoptr (LrpNetwork) network = lrp_load_network (names[i], NULL);
      g_autoptr (LrpRun) run = lrp_run_new (network, &LRP_SHAPE (1, 1, 28, 28), NULL);
      guint n_right = 0;
      if (network->input.pixels != LRP_PIXELS_GRAY)
        continue;
      g_assert_nonnull (run);
      for (guint k = 0; k < lrp_samples_count (); k++)
        {
          g_autoptr (LrpTensor) image = lrp_samples_dup_image (k), scores = NULL;
          g_assert_true (lrp_run_forward (run, image, NULL, NULL));
          scores = lrp_run_dup_activation (run, network->output, NULL);
          n_right += (int) find_best (scores->data, 10) == lrp_samples_get_label (k);
        }
      g_test_message ("%s: %u of %u digits", names[i], n_right, lrp_samples_count ());
      g_assert_cmpuint (n_right * 100, >=, 95 * lrp_samples_count ());
    }
}

static void
test_samples (void)
{
  guint seen[10] = { 0 }, n = lrp_samples_count ();

  g_assert_cmpuint (n, ==, 200);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LrpTensor) image = lrp_samples_dup_image (i);
      float most = 0;
      g_assert_true (lrp_shape_equal (&image->shape, &LRP_SHAPE (1, 1, 28, 28)));
      for (gsize k = 0; k < image->count; k++)
        {
          g_assert_cmpfloat (image->data[k], >=, 0);
          most = MAX (most, image->data[k]);
        }
      /* Bright ink, on paper that is black at the corner. */
      g_assert_cmpfloat (most, >, 0.5);
      g_assert_cmpfloat (most, <=, 1);
      g_assert_cmpfloat (image->data[0], ==, 0);
      seen[lrp_samples_get_label (i)]++;
    }
  for (guint digit = 0; digit < 10; digit++)
    g_assert_cmpuint (seen[digit], >, 0);
  g_assert_null (lrp_samples_dup_image (n));
  g_assert_cmpint (lrp_samples_get_label (n), ==, -1);
}

/* What people open by mistake, and the words that tell them. */
static const struct
{
  const char *name, *content, *fragment;
} strangers[] = {
  { "empty.onnx", "", "the file is empty" },
  { "page.onnx", "\n<!DOCTYPE html>\n<html><head><title>404", "web page" },
  { "page.onnx", "<html>", "web page" },
  { "pointer.onnx", "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 26454\n",
    "the model itself was not downloaded" },
  { "net.pt", "PK\003\004\024", "ZIP archive" },
  { "net.h5", "\211HDF\r\n\032\n", "HDF5" },
  { "net.onnx", "\223NUMPY\001", "NumPy array" },
  { "net.png", "\211PNG\r\n\032\n", "picture" },
  { "net.md", "Hello, world.\n", "not a network that can be read" },
  { "net.onnx", "Hello, world.\n", "" },
  { "net.caffemodel", "layer { name: \"a\" type: \"ReLU\" }\n", "this is text; the weights" },
  { "net.caffemodel", "Hello, world.\n", "this is text; the weights" },
};

static void
test_strangers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (strangers); i++)
    {
      g_autofree char *path = write_file (strangers[i].name, strangers[i].content, -1);
      g_autoptr (GError) error = NULL;
      g_assert_null (lrp_load_network (path, &error));
      g_assert_nonnull (error);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, strangers[i].fragment));
      g_assert_null (strstr (error->message, path));
      g_assert_null (strchr (error->message, '\n'));
      g_assert_null (lrp_load_network (path, NULL));
      remove_file (path);
    }
}

/* The message names the one of two files that is wrong. */
static void
test_text_for_weights (void)
{
  static const char layers[] = "input: \"data\" input_dim: 1 input_dim: 1 input_dim: 2 input_dim: 2\n"
                               "layer { name: \"r\" type: \"ReLU\" bottom: \"data\" top: \"r\" }\n";
  g_autofree char *path = write_file ("net.prototxt", layers, -1), *folder = g_path_get_dirname (path);
  g_autofree char *weights = g_build_filename (folder, "net.caffemodel", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (weights, layers, -1, NULL));
  g_assert_null (lrp_load_network (path, &error));
  g_assert_true (g_str_has_prefix (error->message, "“net.caffemodel”: this is text; the weights"));
  g_assert_cmpint (g_unlink (weights), ==, 0);
  remove_file (path);
}

static void
test_not_files (void)
{
  g_autofree char *path = write_file ("twin", "x", -1), *pipe = g_strconcat (path, ".onnx", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_null (lrp_load_network (folder, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ISDIR);
  g_clear_error (&error);
  g_assert_null (lrp_load_network (pipe, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_clear_error (&error);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_null (lrp_load_network (pipe, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL);
  g_clear_error (&error);
  g_unlink (pipe);
  remove_file (path);
  /* A name without a suffix may be a bundled network's: the message says which there are. */
  g_assert_null (lrp_load_network ("mnist-cmm", &error));
  g_assert_nonnull (strstr (error->message, LRP_DEFAULT_MODEL));
  g_clear_error (&error);
  g_assert_null (lrp_load_network ("", &error));
  g_assert_nonnull (error);
}

/* A bundled network cut off at any of many places, with the good twin at the end; the name says nothing. */
static void
test_cut_off (void)
{
  g_autofree char *path = lrp_find_model ("mnist-mlp"), *data = NULL, *copy = NULL;
  g_autoptr (LrpNetwork) network = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  for (guint i = 1; i < 24; i++)
    {
      gsize part = i < 8 ? i : i < 16 ? size - (24 - i) : size * i / 24;
      g_autofree char *cut = write_file ("cut.onnx", data, (gssize) part);
      g_autoptr (GError) error = NULL;
      g_assert_null (lrp_load_network (cut, &error));
      g_assert_nonnull (error);
      remove_file (cut);
    }
  copy = write_file ("whole.model", data, (gssize) size);
  network = lrp_load_network (copy, NULL);
  g_assert_nonnull (network);
  g_assert_cmpstr (network->name, ==, "whole");
  remove_file (copy);
}

/* The variable comes first; without it, the program must not find files of the working folder. */
static void
test_paths (void)
{
  g_autofree char *old = g_strdup (g_getenv ("RELEVANCE_DATA_DIR")),
                  *digits = lrp_data_path ("data/samples/digits.npy");
  g_autofree char *path = write_file ("note", "x", -1), *folder = g_path_get_dirname (path), *found = NULL;

  g_assert_true (g_str_has_prefix (digits, old));
  g_assert_null (lrp_data_path ("data/samples/no-such-file"));
  g_setenv ("RELEVANCE_DATA_DIR", folder, TRUE);
  found = lrp_data_path ("note");
  g_assert_cmpstr (found, ==, path);
  g_setenv ("RELEVANCE_DATA_DIR", old, TRUE);
  remove_file (path);
  g_clear_pointer (&found, g_free);
  found = lrp_find_model ("./" LRP_DEFAULT_MODEL);
  g_assert_cmpstr (found, ==, "./" LRP_DEFAULT_MODEL);
}

/* No zeros. */
static void
fill (guint8 *numbers, gsize size)
{
  for (gsize k = 0; k < size; k++)
    numbers[k] = (guint8) (1 + k % 251);
}

static GBytes *
write_and_read (const guint8 *numbers, gsize size)
{
  g_autofree char *path = write_file ("numbers", numbers, (gssize) size);
  g_autoptr (GError) error = NULL;
  GBytes *bytes = lrp_read_file (path, size, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), numbers, size);
  remove_file (path);
  return bytes;
}

/* The middle of a large file is given back; all around it stays. A small file, or memory of another kind, just stays.
 */
static void
test_release (void)
{
  const gsize large = (gsize) 17 << 20, small = 1 << 20, edge = 1 << 16;

  for (guint i = 0; i < 2; i++)
    {
      gsize size = i ? small : large;
      g_autofree guint8 *numbers = g_malloc (size);
      g_autoptr (GBytes) bytes = NULL;
      const guint8 *data;
      fill (numbers, size);
      bytes = write_and_read (numbers, size);
      data = g_bytes_get_data (bytes, NULL);
      lrp_read_release (data + edge + 5, size - 2 * edge - 7);
      lrp_read_release (numbers, size);
      g_assert_true (memcmp (data, numbers, edge + 5) == 0);
      g_assert_true (memcmp (data + size - edge - 2, numbers + size - edge - 2, edge + 2) == 0);
      g_assert_true (i == 0 || memcmp (data, numbers, size) == 0);
    }
}

/* What is moved arrives whole; of a large file nothing is left where it was but the edges. */
static void
test_move (void)
{
  const gsize sizes[] = { 1 << 20, ((gsize) 33 << 20) + 12345 }, edge = 1 << 16;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      gsize size = sizes[i], left = 0;
      g_autofree guint8 *numbers = g_malloc (size), *moved = g_malloc0 (size);
      g_autoptr (GBytes) bytes = NULL;
      const guint8 *data;
      fill (numbers, size);
      bytes = write_and_read (numbers, size);
      data = g_bytes_get_data (bytes, NULL);
      lrp_read_move (moved, data + 5, size - 7);
      g_assert_true (memcmp (moved, numbers + 5, size - 7) == 0);
      for (gsize k = 0; k < size; k++)
        left += data[k] != 0;
      if (i == 0)
        g_assert_cmpuint (left, ==, size);
      else
        g_assert_cmpuint (left, <, 16 * edge);
    }
}

/* Weights that two nodes share are read once, although their part of a large file is given back then. */
static void
test_large (void)
{
  OnnxModel *model = onnx_model_new (13);
  gsize n = 2100;
  g_autofree float *weights = g_new (float, n *n), *got = NULL, *x = g_new0 (float, n);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (LrpNetwork) network = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  for (gsize i = 0; i < n * n; i++)
    weights[i] = i / n == (i % n + 7) % n ? 2 : 0;
  onnx_input (model, "x", ONNX_FLOAT, "1x2100");
  onnx_output (model, "y");
  onnx_add_node (model, onnx_node ("MatMul", "one", "x w", "z"));
  onnx_add_node (model, onnx_node ("MatMul", "two", "z w", "y"));
  onnx_add_initializer (model, onnx_tensor_raw ("w", ONNX_FLOAT, "2100x2100", weights, n * n * sizeof *weights));
  bytes = onnx_model_finish (model);
  onnx_model_free (model);
  path = write_file ("large.onnx", g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  network = lrp_load_network (path, &error);
  g_assert_no_error (error);
  remove_file (path);
  for (gsize i = 0; i < n; i++)
    x[i] = (float) i;
  got = onnx_compute (network, &LRP_SHAPE (1, 2100), x);
  for (gsize i = 0; i < n; i++)
    g_assert_cmpfloat (got[i], ==, 4 * x[(i + 14) % n]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/load/list", test_list);
  g_test_add_func ("/load/bundled", test_bundled);
  g_test_add_func ("/load/bundled-read-digits", test_bundled_read_digits);
  g_test_add_func ("/load/samples", test_samples);
  g_test_add_func ("/load/strangers", test_strangers);
  g_test_add_func ("/load/text-for-weights", test_text_for_weights);
  g_test_add_func ("/load/not-files", test_not_files);
  g_test_add_func ("/load/cut-off", test_cut_off);
  g_test_add_func ("/load/paths", test_paths);
  g_test_add_func ("/load/release", test_release);
  g_test_add_func ("/load/move", test_move);
  g_test_add_func ("/load/large", test_large);
  return g_test_run ();
}
