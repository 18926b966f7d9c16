/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-export.c: files are what they say, and say how they were made */
#include "config.h"

#include "heat/export.h"

#include <glib/gstdio.h>
#include <math.h>
#include <png.h>
#include <string.h>

/* A PNG file read back by libpng. */
typedef struct
{
  png_uint_32 width, height;
  int depth, color;
  guint8 *pixels; /* rows without gaps, 16 bits in big-endian order */
  GHashTable *text;
} Png;

static void
png_read (Png *png, const char *path)
{
  FILE *file = g_fopen (path, "rb");
  png_structp reader = png_create_read_struct (PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
  png_infop info = png_create_info_struct (reader);
  png_textp text;
  int n;
  gsize stride;

  g_assert_nonnull (file);
  g_assert_cmpint (setjmp (png_jmpbuf (reader)), ==, 0);
  png_init_io (reader, file);
  png_read_png (reader, info, PNG_TRANSFORM_IDENTITY, NULL);
  png_get_IHDR (reader, info, &png->width, &png->height, &png->depth, &png->color, NULL, NULL, NULL);
  stride = png_get_rowbytes (reader, info);
  png->pixels = g_malloc (stride * png->height);
  for (guint y = 0; y < png->height; y++)
    memcpy (png->pixels + y * stride, png_get_rows (reader, info)[y], stride);
  png->text = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  png_get_text (reader, info, &text, &n);
  for (int i = 0; i < n; i++)
    g_hash_table_insert (png->text, g_strdup (text[i].key), g_strdup (text[i].text));
  png_destroy_read_struct (&reader, &info, NULL);
  fclose (file);
}

static void
png_clear (Png *png)
{
  g_free (png->pixels);
  g_hash_table_unref (png->text);
}

static const char *
png_text_of (Png *png, const char *key)
{
  return g_hash_table_lookup (png->text, key);
}

typedef struct
{
  char *folder, *path;
  float heat[6];
  LrpHeatStyle style;
  LrpFigure figure;
} Fixture;

static const char *const made_by[] = {
  "Software", "Relevance", "Request", "lrp:composite=epsilon-plus-flat", "Target", "3 — “drei” < & vier", NULL,
};

static void
set_up (Fixture *f, gconstpointer name)
{
  static const float heat[] = { 1, -2, 0.5f, 0, 0.123f, -0.7f };

  f->folder = g_dir_make_tmp ("test-export-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, name, NULL);
  memcpy (f->heat, heat, sizeof heat);
  f->style = (LrpHeatStyle) LRP_HEAT_STYLE_INIT;
  f->figure = (LrpFigure){
    .heat = f->heat, .cells_w = 3, .cells_h = 2, .style = &f->style, .width = 60, .height = 40, .text = made_by
  };
}

static void
tear_down (Fixture *f, gconstpointer name)
{
  g_unlink (f->path);
  g_assert_cmpint (g_rmdir (f->folder), ==, 0); /* and nothing else was left there */
  g_free (f->path);
  g_free (f->folder);
}

static void
save (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (lrp_export_figure (&f->figure, f->path, &error));
  g_assert_no_error (error);
}

static char *
contents (Fixture *f, gsize *size)
{
  char *data = NULL;

  g_assert_true (g_file_get_contents (f->path, &data, size, NULL));
  return data;
}

/* The file has the very pixels that the window shows. */
static void
test_png (Fixture *f, gconstpointer name)
{
  cairo_surface_t *image = lrp_heat_compose (f->heat, 3, 2, NULL, NULL, NULL, &f->style, 60, 40);
  const guint8 *data = cairo_image_surface_get_data (image);
  Png png;

  save (f);
  png_read (&png, f->path);
  g_assert_cmpuint (png.width, ==, 60);
  g_assert_cmpuint (png.height, ==, 40);
  g_assert_cmpint (png.depth, ==, 8);
  g_assert_cmpint (png.color, ==, PNG_COLOR_TYPE_RGB);
  for (int i = 0; i < 60 * 40; i++)
    {
      guint32 pixel = ((const guint32 *) (data + i / 60 * cairo_image_surface_get_stride (image)))[i % 60];
      const guint8 *rgb = &png.pixels[3 * i];
      g_assert_cmphex (rgb[0] << 16 | rgb[1] << 8 | rgb[2], ==, pixel & 0xffffff);
    }
  png_clear (&png);
  cairo_surface_destroy (image);
}

static void
test_png_text (Fixture *f, gconstpointer name)
{
  g_autofree char *data = NULL;
  gsize size;
  Png png;

  save (f);
  /* What Latin-1 cannot hold is in a chunk made for UTF-8. */
  data = contents (f, &size);
  g_assert_nonnull (memmem (data, size, "iTXtTarget", 10));
  g_assert_nonnull (memmem (data, size, "tEXtRequest", 11));
  png_read (&png, f->path);
  g_assert_cmpuint (g_hash_table_size (png.text), ==, 3);
  for (guint i = 0; made_by[i]; i += 2)
    g_assert_cmpstr (png_text_of (&png, made_by[i]), ==, made_by[i + 1]);
  png_clear (&png);
}

/* Relevance can be computed back from the greys: 32768 is zero, a step is scale / 32767. */
static void
test_png_values (Fixture *f, gconstpointer name)
{
  Png png;

  f->figure.values = TRUE;
  save (f);
  png_read (&png, f->path);
  g_assert_cmpuint (png.width, ==, 3);
  g_assert_cmpuint (png.height, ==, 2);
  g_assert_cmpint (png.depth, ==, 16);
  g_assert_cmpint (png.color, ==, PNG_COLOR_TYPE_GRAY);
  for (int i = 0; i < 6; i++)
    {
      double value = ((png.pixels[2 * i] << 8 | png.pixels[2 * i + 1]) - 32768) / 32767.0 * 2;
      g_assert_cmpfloat_with_epsilon (value, f->heat[i], 0.5 * 2 / 32767 + 1e-9);
    }
  g_assert_cmpint (png.pixels[2] << 8 | png.pixels[3], ==, 1); /* -2 of 2 */
  g_assert_cmpint (png.pixels[6] << 8 | png.pixels[7], ==, 32768);
  g_assert_cmpstr (png_text_of (&png, "Software"), ==, "Relevance");
  png_clear (&png);
}

static void
test_png_values_not_finite (Fixture *f, gconstpointer name)
{
  Png png;

  f->figure.values = TRUE;
  f->heat[0] = NAN;
  f->heat[1] = -INFINITY;
  f->heat[2] = 1;
  save (f);
  png_read (&png, f->path);
  g_assert_cmpint (png.pixels[0] << 8 | png.pixels[1], ==, 32768);
  g_assert_cmpint (png.pixels[2] << 8 | png.pixels[3], ==, 1);
  g_assert_cmpint (png.pixels[4] << 8 | png.pixels[5], ==, 65535);
  png_clear (&png);
}

static guint
count (const char *text, const char *what)
{
  guint n = 0;

  for (; (text = strstr (text, what)); text++)
    n++;
  return n;
}

/* Whether a path of that colour and outline is drawn, however cairo spells it: 1.16 writes style="fill:rgb(0%,...)",
 * 1.18 fill="rgb(0%, ...)". */
static gboolean
has_path (const char *svg, const char *colour, const char *outline)
{
  gboolean found = FALSE;

  for (const char *path = strstr (svg, "<path"); path && !found; path = strstr (path + 1, "<path"))
    {
      g_autofree char *element = g_strndup (path, (gsize) (strchr (path, '>') - path));
      g_auto (GStrv) words = g_strsplit (element, " ", -1);
      g_autofree char *packed = g_strjoinv ("", words);
      found = strstr (packed, colour) && strstr (element, outline);
    }
  return found;
}

/* A well-formed document: the paper, a shape for every cell that is not zero, and the text. */
static void
test_svg (Fixture *f, gconstpointer name)
{
  static const GMarkupParser nothing = { 0 };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&nothing, 0, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  gsize size;

  save (f);
  data = contents (f, &size);
  g_assert_true (g_str_has_prefix (data, "<?xml"));
  g_assert_true (g_markup_parse_context_parse (context, data, (gssize) size, &error));
  g_assert_true (g_markup_parse_context_end_parse (context, &error));
  g_assert_no_error (error);
  g_assert_nonnull (strstr (data, "width=\"60"));
  g_assert_nonnull (strstr (data, "height=\"40"));
  g_assert_cmpuint (count (data, "<rect"), ==, 1);
  g_assert_cmpuint (count (data, "<path"), ==, 5);
  /* -2 is full blue, from (20, 0) to (40, 20). */
  g_assert_true (has_path (data, "rgb(0%,0%,100%)", "d=\"M 20 0 L 40 0 L 40 20 L 20 20 Z"));
  g_assert_false (has_path (data, "rgb(0%,0%,100%)", "d=\"M 0 0 "));
  g_assert_null (strstr (data, "<image"));
  g_assert_nonnull (strstr (data, "Request: lrp:composite=epsilon-plus-flat"));
  g_assert_nonnull (strstr (data, "“drei” &lt; &amp; vier"));
}

/* A whole PDF file, and the same bytes when written again. */
static void
test_pdf (Fixture *f, gconstpointer name)
{
  g_autofree char *data = NULL, *again = NULL;
  gsize size, size_again;

  save (f);
  data = contents (f, &size);
  g_assert_true (g_str_has_prefix (data, "%PDF-1."));
  g_assert_cmpuint (size, >, 800);
  g_assert_nonnull (g_strstr_len (data + size - 16, 16, "%%EOF"));
  g_assert_nonnull (memmem (data, size, "Relevance", 9));
  g_assert_null (memmem (data, size, "CreationDate", 12));
  save (f);
  again = contents (f, &size_again);
  g_assert_cmpmem (data, size, again, size_again);
}

/* Many cells become an image, so that the file stays small. */
static void
test_many_cells (Fixture *f, gconstpointer name)
{
  g_autofree float *heat = g_new (float, 100 * 100);
  g_autofree char *data = NULL;
  gsize size;

  for (int i = 0; i < 10000; i++)
    heat[i] = sinf ((float) i);
  f->figure.heat = heat;
  f->figure.cells_w = f->figure.cells_h = f->figure.width = f->figure.height = 100;
  save (f);
  data = contents (f, &size);
  g_assert_nonnull (strstr (data, "<image"));
  g_assert_cmpuint (size, <, 100 * 1000);
}

static void
test_unknown_suffix (Fixture *f, gconstpointer name)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (lrp_page_knows (f->path));
  g_assert_true (lrp_page_knows ("a.b.PNG"));
  g_assert_false (lrp_export_figure (&f->figure, f->path, &error));
  g_assert_error (error, LRP_ERROR, LRP_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (error->message, ".svg"));
  g_assert_false (g_file_test (f->path, G_FILE_TEST_EXISTS));
}

/* A file that cannot be made is an error, and what was there stays. */
static void
test_not_written (Fixture *f, gconstpointer name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  g_autofree char *nowhere = g_build_filename (f->folder, "nowhere", "x.png", NULL);

  g_assert_true (g_file_set_contents (f->path, "before", -1, NULL));
  f->figure.width = 40000;
  g_assert_false (lrp_export_figure (&f->figure, f->path, &error));
  g_assert_error (error, LRP_ERROR, LRP_ERROR_MEMORY);
  g_assert_nonnull (strstr (error->message, "40000"));
  data = contents (f, NULL);
  g_assert_cmpstr (data, ==, "before");
  g_clear_error (&error);
  f->figure.width = 60;
  g_assert_false (lrp_export_figure (&f->figure, nowhere, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

#define ADD(path, file, function) g_test_add (path, Fixture, file, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/heat/export/png", "a.png", test_png);
  ADD ("/heat/export/png-text", "a.png", test_png_text);
  ADD ("/heat/export/png-values", "a.png", test_png_values);
  ADD ("/heat/export/png-values-not-finite", "a.png", test_png_values_not_finite);
  ADD ("/heat/export/svg", "a.svg", test_svg);
  ADD ("/heat/export/pdf", "a.pdf", test_pdf);
  ADD ("/heat/export/many-cells", "a.svg", test_many_cells);
  ADD ("/heat/export/unknown-suffix", "a.bmp", test_unknown_suffix);
  ADD ("/heat/export/not-written", "a.png", test_not_written);
  return g_test_run ();
}
