/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-heatmap.c: `lrp explain -o` writes pictures */
#include "program.h"

#include <cairo.h>

static GBytes *
explain (const char *options, const char *name)
{
  g_autofree char *input = program_write_digit (3);
  g_autofree char *output = program_file (name);
  g_autoptr (GError) error = NULL;
  char *content;
  gsize size;

  program_run_well ("explain mnist-cnn %s %s -o %s", input, options, output);
  g_file_get_contents (output, &content, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (content, size);
}

static gboolean
contains (GBytes *bytes, const char *text)
{
  gsize size;
  const char *content = g_bytes_get_data (bytes, &size);

  return memmem (content, size, text, strlen (text)) != NULL;
}

static gboolean
begins (GBytes *bytes, const char *text)
{
  return memcmp (g_bytes_get_data (bytes, NULL), text, strlen (text)) == 0;
}

/* A PNG that says how it was made, in whole pixels per cell. */
static void
test_png (void)
{
  g_autoptr (GBytes) bytes = explain ("--target 3", "heatmap.png");
  g_autofree char *path = program_file ("heatmap.png");
  cairo_surface_t *image = cairo_image_surface_create_from_png (path);

  g_assert_true (begins (bytes, "\211PNG\r\n\032\n"));
  g_assert_true (contains (bytes, "mnist-cnn"));
  g_assert_true (contains (bytes, "epsilon-plus-flat"));
  g_assert_cmpint (cairo_image_surface_get_width (image), >=, 448);
  g_assert_cmpint (cairo_image_surface_get_width (image) % 28, ==, 0);
  g_assert_cmpint (cairo_image_surface_get_height (image), ==, cairo_image_surface_get_width (image));
  cairo_surface_destroy (image);
}

/* The average of red minus blue over a picture. */
static double
warmth (const char *options)
{
  g_autofree char *path = program_file ("warmth.png");
  g_bytes_unref (explain (options, "warmth.png"));
  cairo_surface_t *image = cairo_image_surface_create_from_png (path);
  int width = cairo_image_surface_get_width (image), height = cairo_image_surface_get_height (image);
  double sum = 0;

  for (int y = 0; y < height; y++)
    {
      const guint32 *row =
          (const guint32 *) (cairo_image_surface_get_data (image) + y * cairo_image_surface_get_stride (image));
      for (int x = 0; x < width; x++)
        sum += (double) (row[x] >> 16 & 255) - (double) (row[x] & 255);
    }
  cairo_surface_destroy (image);
  return sum / width / height;
}

/* What speaks for the answer is red, what speaks against an answer is blue; another map has other colours. */
static void
test_colors (void)
{
  g_assert_cmpfloat (warmth ("--target 3"), >, 5);
  g_assert_cmpfloat (warmth ("--target 8"), <, -5);
  g_assert_cmpfloat (warmth ("--target 3 --colormap f00,80:fff,00f"), <, -5);
}

/* Where only the largest values are clipped, all others have more colour. */
static void
test_clip (void)
{
  g_assert_cmpfloat (warmth ("--target 3 --clip 90"), >, 1.2 * warmth ("--target 3"));
}

/* Each way to show it gives another picture: stronger colours, weaker ones, and others where it is dark. */
static void
test_looks (void)
{
  static const char *const looks[] = { "--smooth", "--dark", "--no-outline", "--overlay 0.5", "--gain 2" };
  g_autoptr (GBytes) plain = explain ("--target 3", "plain.png");

  g_assert_cmpfloat (warmth ("--target 3 --gain 3"), >, 1.2 * warmth ("--target 3"));
  g_assert_cmpfloat (warmth ("--target 3 --overlay 0.3"), <, 0.5 * warmth ("--target 3"));
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      g_autofree char *options = g_strconcat ("--target 3 ", looks[i], NULL);
      g_autoptr (GBytes) other = explain (options, "other.png");
      g_assert_false (g_bytes_equal (plain, other));
    }
}

static void
test_svg (void)
{
  g_autoptr (GBytes) bytes = explain ("", "heatmap.svg");

  g_assert_true (begins (bytes, "<?xml"));
  g_assert_true (contains (bytes, "<svg"));
  g_assert_cmpuint (g_bytes_get_size (bytes), >, 5000);
}

static void
test_pdf (void)
{
  g_autoptr (GBytes) bytes = explain ("", "heatmap.pdf");

  g_assert_true (begins (bytes, "%PDF-"));
  g_assert_true (contains (bytes, "%%EOF"));
}

/* Same input and settings, same bytes. */
static void
test_reproducible (void)
{
  g_autoptr (GBytes) first = explain ("", "first.png");
  g_autoptr (GBytes) second = explain ("", "second.png");
  g_autoptr (GBytes) other = explain ("--target 8", "other.png");

  g_assert_true (g_bytes_equal (first, second));
  g_assert_false (g_bytes_equal (first, other));
}

int
main (int argc, char **argv)
{
  program_init (&argc, &argv);
  g_test_add_func ("/cli/heatmap/png", test_png);
  g_test_add_func ("/cli/heatmap/colors", test_colors);
  g_test_add_func ("/cli/heatmap/clip", test_clip);
  g_test_add_func ("/cli/heatmap/looks", test_looks);
  g_test_add_func ("/cli/heatmap/svg", test_svg);
  g_test_add_func ("/cli/heatmap/pdf", test_pdf);
  g_test_add_func ("/cli/heatmap/reproducible", test_reproducible);
  return program_finish ();
}
