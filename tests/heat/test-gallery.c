/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-gallery.c: several maps on one page: where they stand, that their pixels are kept, that the legend is true */
#include "config.h"

#include "heat/gallery.h"

#include <glib/gstdio.h>
#include <string.h>

#define N    5
#define SIDE 100

typedef struct
{
  float heat[N][4];
  LrpHeatStyle style;
  LrpGalleryMap maps[N];
  LrpGallery gallery;
} Fixture;

/* Map i has its i-th cell of four red, all else is zero. */
static void
set_up (Fixture *f, gconstpointer unused)
{
  memset (f, 0, sizeof *f);
  f->style = (LrpHeatStyle) LRP_HEAT_STYLE_INIT;
  for (guint i = 0; i < N; i++)
    {
      f->heat[i][i % 4] = 2;
      f->maps[i] = (LrpGalleryMap){
        { .heat = f->heat[i], .cells_w = 2, .cells_h = 2, .style = &f->style, .width = 2 * SIDE, .height = 2 * SIDE },
        "A method",
        NULL
      };
    }
  f->gallery = (LrpGallery){ .maps = f->maps, .n = N, .side = SIDE, .style = &f->style, .scale = 2 };
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
}

static GByteArray *
encode (Fixture *f, double magnify, const char *suffix)
{
  g_autoptr (GError) error = NULL;
  GByteArray *file = lrp_gallery_encode (&f->gallery, magnify, suffix, &error);

  g_assert_no_error (error);
  return file;
}

static cairo_surface_t *
read_png (GByteArray *file)
{
  g_autofree char *folder = g_dir_make_tmp ("test-gallery-XXXXXX", NULL),
                  *path = g_build_filename (folder, "a.png", NULL);
  gboolean written = g_file_set_contents (path, (const char *) file->data, (gssize) file->len, NULL);
  cairo_surface_t *image;

  g_assert_true (written);
  image = cairo_image_surface_create_from_png (path);
  g_assert_cmpint (cairo_surface_status (image), ==, CAIRO_STATUS_SUCCESS);
  g_unlink (path);
  g_rmdir (folder);
  return image;
}

static guint32
pixel (cairo_surface_t *image, int x, int y)
{
  const guint8 *data = cairo_image_surface_get_data (image);

  return ((const guint32 *) (const void *) (data + y * cairo_image_surface_get_stride (image)))[x] & 0xffffff;
}

/* Where the map begins on a page without a heading or captions: 16 around, 16 between, a line of 20 below each. */
static int
left_of (guint i)
{
  return 16 + (int) (i % 3) * (SIDE + 16);
}

static int
top_of (guint i)
{
  return 16 + (int) (i / 3) * (SIDE + 20 + 16);
}

/* Five maps are three and two; at twice the size of the page each has its own 200 pixels, and no other. */
static void
test_places (Fixture *f, gconstpointer unused)
{
  g_autoptr (GByteArray) file = encode (f, 2, "x.PNG");
  cairo_surface_t *image = read_png (file);
  double width, height;

  lrp_gallery_get_size (&f->gallery, &width, &height);
  g_assert_cmpfloat (width, ==, 16 + 3 * (SIDE + 16));
  g_assert_cmpint (cairo_image_surface_get_width (image), ==, (int) (2 * width));
  g_assert_cmpint (cairo_image_surface_get_height (image), ==, (int) (2 * height));
  for (guint i = 0; i < N; i++)
    for (guint cell = 0; cell < 4; cell++)
      {
        int x = 2 * left_of (i) + (int) (cell % 2) * SIDE, y = 2 * top_of (i) + (int) (cell / 2) * SIDE;
        guint32 color = cell == i % 4 ? 0xff0000 : 0xffffff;
        g_assert_cmphex (pixel (image, x + 2, y + 2), ==, color);
        g_assert_cmphex (pixel (image, x + SIDE - 3, y + SIDE - 3), ==, color);
      }
  cairo_surface_destroy (image);
}

/* Captions, a heading and words below the legend take room only where there are any. */
static void
test_room (Fixture *f, gconstpointer unused)
{
  double width, plain, more;

  lrp_gallery_get_size (&f->gallery, &width, &plain);
  f->maps[2].caption = "sum 3";
  lrp_gallery_get_size (&f->gallery, &width, &more);
  g_assert_cmpfloat (more, ==, plain + 2 * 16);
  f->gallery.title = "Methods";
  lrp_gallery_get_size (&f->gallery, &width, &more);
  g_assert_cmpfloat (more, ==, plain + 2 * 16 + 28);
  f->gallery.legend = "Relevance";
  lrp_gallery_get_size (&f->gallery, &width, &more);
  g_assert_cmpfloat (more, ==, plain + 2 * 16 + 28 + 16);
  f->gallery.columns = 5;
  lrp_gallery_get_size (&f->gallery, &width, &more);
  g_assert_cmpfloat (width, ==, 16 + 5 * (SIDE + 16));
}

/* A tall map stands in the middle of its square, in its own proportions. */
static void
test_tall (Fixture *f, gconstpointer unused)
{
  g_autoptr (GByteArray) file = NULL;
  cairo_surface_t *image;

  f->heat[0][1] = f->heat[0][0] = 2;
  f->maps[0].figure.cells_w = 1;
  f->maps[0].figure.width = SIDE;
  f->gallery.n = 1;
  file = encode (f, 2, ".png");
  image = read_png (file);
  g_assert_cmphex (pixel (image, 2 * 16 + 50 - 6, 2 * 16 + 10), ==, 0xffffff);
  g_assert_cmphex (pixel (image, 2 * 16 + 50 + 6, 2 * 16 + 10), ==, 0xff0000);
  g_assert_cmphex (pixel (image, 2 * 16 + 150 - 6, 2 * 16 + 190), ==, 0xff0000);
  g_assert_cmphex (pixel (image, 2 * 16 + 150 + 6, 2 * 16 + 190), ==, 0xffffff);
  cairo_surface_destroy (image);
}

/* Within what the legend's bar is blended by where it is made smaller. */
static gboolean
is_like (guint32 a, guint32 b)
{
  for (int shift = 0; shift < 24; shift += 8)
    if (ABS ((int) (a >> shift & 255) - (int) (b >> shift & 255)) > 4)
      return FALSE;
  return TRUE;
}

static guint
count_color (cairo_surface_t *image, guint32 color)
{
  guint n = 0;

  for (int y = 0; y < cairo_image_surface_get_height (image); y++)
    for (int x = 0; x < cairo_image_surface_get_width (image); x++)
      n += is_like (pixel (image, x, y), color);
  return n;
}

/* Blue is nowhere but at the legend's low end; a map that is never negative has none there. */
static void
test_legend (Fixture *f, gconstpointer unused)
{
  const LrpColormap *hot = lrp_colormap_find ("wred", NULL);
  g_autoptr (GByteArray) both = encode (f, 1, ".png"), one = NULL;
  cairo_surface_t *image = read_png (both);

  g_assert_cmpuint (count_color (image, 0x0000ff), >=, 5);
  cairo_surface_destroy (image);
  f->style.map = hot;
  one = encode (f, 1, ".png");
  image = read_png (one);
  g_assert_cmpuint (count_color (image, 0x0000ff), ==, 0);
  g_assert_cmpuint (count_color (image, 0xff0000), >, N * SIDE * SIDE / 4);
  cairo_surface_destroy (image);
}

static void
test_formats (Fixture *f, gconstpointer unused)
{
  static const char *const text[] = { "Request", "lrp & more", NULL };
  g_autoptr (GByteArray) svg = NULL, pdf = NULL;

  f->gallery.text = text;
  svg = encode (f, 1, "a.svg");
  pdf = encode (f, 1, "a.pdf");
  g_assert_nonnull (g_strstr_len ((const char *) svg->data, (gssize) svg->len, "<desc>Request: lrp &amp; more</desc>"));
  g_assert_nonnull (g_strstr_len ((const char *) svg->data, (gssize) svg->len, "<path"));
  g_assert_cmpmem (pdf->data, 5, "%PDF-", 5);
}

static void
test_refused (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) suffix = NULL, size = NULL;

  g_assert_null (lrp_gallery_encode (&f->gallery, 1, "a.gif", &suffix));
  g_assert_error (suffix, LRP_ERROR, LRP_ERROR_UNSUPPORTED);
  g_assert_null (lrp_gallery_encode (&f->gallery, 1e6, "a.png", &size));
  g_assert_error (size, LRP_ERROR, LRP_ERROR_SHAPE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add ("/heat/gallery/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("places", test_places);
  ADD ("room", test_room);
  ADD ("tall", test_tall);
  ADD ("legend", test_legend);
  ADD ("formats", test_formats);
  ADD ("refused", test_refused);
  return g_test_run ();
}
