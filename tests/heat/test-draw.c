/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-draw.c: which colour each pixel of a composed heatmap has */
#include "config.h"

#include "heat/draw.h"
#include "heat/palette.h"

#include <math.h>
#include <string.h>

static guint32
pixel (cairo_surface_t *image, int x, int y)
{
  const guint8 *data = cairo_image_surface_get_data (image);

  return ((const guint32 *) (data + y * cairo_image_surface_get_stride (image)))[x];
}

static guint32
paper_of (const LrpHeatStyle *style)
{
  LrpPalette palette;

  lrp_palette_init (&palette, style);
  return palette.paper;
}

static int
channel (guint32 color, int shift)
{
  return (int) (color >> shift & 255);
}

static void
assert_near (guint32 got, guint32 wanted, int most)
{
  for (int shift = 0; shift < 24; shift += 8)
    g_assert_cmpint (ABS (channel (got, shift) - channel (wanted, shift)), <=, most);
}

static cairo_surface_t *
ink_rectangle (int size, int x, int y, int w, int h)
{
  cairo_surface_t *ink = cairo_image_surface_create (CAIRO_FORMAT_A8, size, size);
  cairo_t *cr = cairo_create (ink);

  cairo_rectangle (cr, x, y, w, h);
  cairo_fill (cr);
  cairo_destroy (cr);
  return ink;
}

static void
assert_all_paper (cairo_surface_t *image, const LrpHeatStyle *style)
{
  guint32 paper = 0xff000000u | paper_of (style);

  g_assert_cmpint (cairo_surface_status (image), ==, CAIRO_STATUS_SUCCESS);
  for (int y = 0; y < cairo_image_surface_get_height (image); y++)
    for (int x = 0; x < cairo_image_surface_get_width (image); x++)
      g_assert_cmphex (pixel (image, x, y), ==, paper);
}

/* Zero is neutral, whatever the map: nothing is drawn, nothing is shown. */
static void
test_paper (void)
{
  const float zeros[6] = { 0 }, nans[6] = { NAN, NAN, NAN, NAN, NAN, NAN };

  for (guint row = 0; row < lrp_colormaps.n_rows; row++)
    for (int flags = 0; flags < 8; flags++)
      {
        LrpHeatStyle style = LRP_HEAT_STYLE_INIT;
        cairo_surface_t *a, *b, *c;
        style.map = (const LrpColormap *) lrp_table_get (&lrp_colormaps, row);
        style.dark = flags & 1, style.smooth = flags & 2, style.outline = flags & 4;
        a = lrp_heat_compose (zeros, 3, 2, NULL, NULL, NULL, &style, 31, 17);
        b = lrp_heat_compose (nans, 3, 2, NULL, NULL, NULL, &style, 31, 17);
        c = lrp_heat_compose (NULL, 3, 2, NULL, NULL, NULL, &style, 31, 17);
        assert_all_paper (a, &style);
        assert_all_paper (b, &style);
        assert_all_paper (c, &style);
        cairo_surface_destroy (a);
        cairo_surface_destroy (b);
        cairo_surface_destroy (c);
      }
}

/* On white paper every pixel of a cell has exactly the colour that the map gives its relevance. */
static void
test_crisp_cells (void)
{
  const float heat[12] = { 1, -2, 0.5f, 0, 2, -0.25f, 0, 1.75f, -1, 0.1f, -0.1f, 4 };
  LrpHeatStyle style = LRP_HEAT_STYLE_INIT;
  cairo_surface_t *image = lrp_heat_compose (heat, 4, 3, NULL, NULL, NULL, &style, 40, 30);

  for (int y = 0; y < 30; y++)
    for (int x = 0; x < 40; x++)
      {
        double t = heat[y / 10 * 4 + x / 10] / 4.0;
        g_assert_cmphex (pixel (image, x, y), ==, 0xff000000u | lrp_colormap_lookup (lrp_colormap_get_default (), t));
      }
  cairo_surface_destroy (image);
}

/* Positive is warm, negative is cool, on dark paper as on light, and as strong. */
static void
test_warm_and_cool (void)
{
  const float heat[] = { 1, -1, 0.3f, -0.3f };

  for (int dark = 0; dark < 2; dark++)
    {
      LrpHeatStyle style = LRP_HEAT_STYLE_INIT;
      cairo_surface_t *image;
      style.dark = dark;
      image = lrp_heat_compose (heat, 4, 1, NULL, NULL, NULL, &style, 4, 1);
      for (int x = 0; x < 4; x++)
        {
          int difference = channel (pixel (image, x, 0), 16) - channel (pixel (image, x, 0), 0);
          g_assert_cmpint (x % 2 ? -difference : difference, >, x < 2 ? 150 : 40);
        }
      /* Pure blue would be lost on dark paper. */
      if (dark)
        g_assert_cmpint (channel (pixel (image, 1, 0), 8), >, 50);
      cairo_surface_destroy (image);
    }
}

/* cell = scale u + d: a map of 4 x 4 cells whose drawing spans 8 cells, from (-2, -1) on. */
static void
test_fit (void)
{
  float heat[16] = { 0 };
  LrpHeatStyle style = LRP_HEAT_STYLE_INIT;
  LrpHeatTransform fit = { 8, -2, -1 };
  guint32 paper = 0xff000000u | paper_of (&style);

  heat[2 * 4 + 1] = 1;
  for (int smooth = 0; smooth < 2; smooth++)
    {
      cairo_surface_t *image;
      style.smooth = smooth;
      image = lrp_heat_compose (heat, 4, 4, &fit, NULL, NULL, &style, 80, 80);
      /* Cell (1, 2) spans u from 3/8 to 4/8 and v from 3/8 to 4/8. */
      assert_near (pixel (image, 35, 35), 0xff0000, smooth ? 40 : 0);
      for (int i = 0; i < 80; i++)
        {
          g_assert_cmphex (pixel (image, 5, i), ==, paper);  /* left of the map */
          g_assert_cmphex (pixel (image, 70, i), ==, paper); /* right of it */
          g_assert_cmphex (pixel (image, i, 5), ==, paper);  /* above it */
          g_assert_cmphex (pixel (image, i, 60), ==, paper); /* below it */
        }
      cairo_surface_destroy (image);
    }
  style.smooth = FALSE;
  cairo_surface_t *image = lrp_heat_compose (heat, 4, 4, &fit, NULL, NULL, &style, 80, 80);
  for (int y = 0; y < 80; y++)
    for (int x = 0; x < 80; x++)
      g_assert_cmphex (pixel (image, x, y), ==, x / 10 == 3 && y / 10 == 3 ? 0xffff0000u : paper);
  cairo_surface_destroy (image);
}

/* Half-way between the centres of two cells is half-way between their relevance; at a centre, the cell's own. */
static void
test_smooth (void)
{
  const float heat[] = { 1, 0, -1, -1 };
  LrpHeatStyle style = LRP_HEAT_STYLE_INIT;
  const LrpColormap *map = lrp_colormap_get_default ();
  cairo_surface_t *image;

  style.smooth = TRUE;
  image = lrp_heat_compose (heat, 2, 2, NULL, NULL, NULL, &style, 202, 202);
  assert_near (pixel (image, 50, 50), lrp_colormap_lookup (map, 1), 3);
  assert_near (pixel (image, 100, 50), lrp_colormap_lookup (map, 0.5), 3);
  assert_near (pixel (image, 151, 50), lrp_colormap_lookup (map, 0), 3);
  assert_near (pixel (image, 50, 100), lrp_colormap_lookup (map, 0), 3);
  assert_near (pixel (image, 100, 100), lrp_colormap_lookup (map, -0.25), 3);
  assert_near (pixel (image, 0, 0), lrp_colormap_lookup (map, 1), 3);
  cairo_surface_destroy (image);
}

/* Ink that has no relevance is seen by its shade, or by its contour; ink that has, by its colour. */
static void
test_ink (void)
{
  float heat[4] = { 1, 0, 0, 0 };
  cairo_surface_t *ink = ink_rectangle (100, 20, 20, 60, 60);

  for (int flags = 0; flags < 4; flags++)
    {
      LrpHeatStyle style = LRP_HEAT_STYLE_INIT;
      cairo_surface_t *image;
      int inside, edge, paper;
      style.dark = flags & 1, style.outline = flags & 2;
      image = lrp_heat_compose (heat, 2, 2, NULL, ink, NULL, &style, 100, 100);
      inside = channel (pixel (image, 65, 65), 8);
      edge = channel (pixel (image, 79, 65), 8);
      paper = channel (pixel (image, 90, 65), 8);
      g_assert_cmphex (pixel (image, 90, 65), ==, 0xff000000u | paper_of (&style));
      g_assert_cmpint (ABS (inside - paper), >, style.outline ? 10 : 80);
      g_assert_cmpint (ABS (edge - paper), >, 80);
      if (style.outline)
        g_assert_cmpint (ABS (edge - paper), >, ABS (inside - paper) + 50);
      g_assert_cmpint (channel (pixel (image, 35, 35), 16) - channel (pixel (image, 35, 35), 0), >, 120);
      cairo_surface_destroy (image);
    }
  cairo_surface_destroy (ink);
}

/* The contour runs round the ink, also at the first and last rows and columns, and nowhere else. */
static void
test_contour_at_border (void)
{
  cairo_surface_t *ink = ink_rectangle (40, 0, 0, 20, 40);
  LrpHeatStyle style = LRP_HEAT_STYLE_INIT;
  cairo_surface_t *image = lrp_heat_compose (NULL, 1, 1, NULL, ink, NULL, &style, 40, 40);
  guint32 shade = pixel (image, 10, 10), line = pixel (image, 19, 10), paper = 0xff000000u | paper_of (&style);

  g_assert_cmphex (line, !=, shade);
  for (int y = 0; y < 40; y++)
    for (int x = 0; x < 40; x++)
      g_assert_cmphex (pixel (image, x, y), ==, x < 19 ? shade : x < 21 ? line : paper);
  cairo_surface_destroy (image);
  cairo_surface_destroy (ink);
}

/* Without strength there is only the drawing; with half of it, half the colour. */
static void
test_strength (void)
{
  const float heat[] = { 1 };
  LrpHeatStyle style = LRP_HEAT_STYLE_INIT;
  cairo_surface_t *ink = ink_rectangle (20, 5, 5, 10, 10);
  cairo_surface_t *without, *none, *half;

  style.strength = 0;
  without = lrp_heat_compose (NULL, 1, 1, NULL, ink, NULL, &style, 20, 20);
  none = lrp_heat_compose (heat, 1, 1, NULL, ink, NULL, &style, 20, 20);
  for (int y = 0; y < 20; y++)
    for (int x = 0; x < 20; x++)
      g_assert_cmphex (pixel (none, x, y), ==, pixel (without, x, y));
  style.strength = 0.5;
  half = lrp_heat_compose (heat, 1, 1, NULL, NULL, NULL, &style, 20, 20);
  assert_near (pixel (half, 2, 2), 0xff8080, 1);
  cairo_surface_destroy (without);
  cairo_surface_destroy (none);
  cairo_surface_destroy (half);
  cairo_surface_destroy (ink);
}

/* Colours in the result are relevance: a green picture is grey below it; without strength it is as it was. */
static void
test_picture (void)
{
  const float heat[] = { 0, 1, 0, 0 };
  cairo_surface_t *green = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 8, 8);
  LrpHeatStyle style = LRP_HEAT_STYLE_INIT;
  cairo_surface_t *image;

  for (int i = 0; i < 64; i++)
    ((guint32 *) cairo_image_surface_get_data (green))[i] = 0xff20c040u;
  cairo_surface_mark_dirty (green);
  style.strength = 0;
  image = lrp_heat_compose (heat, 2, 2, NULL, NULL, green, &style, 40, 40);
  assert_near (pixel (image, 10, 10), 0x20c040, 1);
  assert_near (pixel (image, 30, 10), 0x20c040, 1);
  cairo_surface_destroy (image);
  style.strength = 1;
  image = lrp_heat_compose (heat, 2, 2, NULL, NULL, green, &style, 40, 40);
  g_assert_cmpint (channel (pixel (image, 10, 10), 8) - channel (pixel (image, 10, 10), 16), <, 60);
  g_assert_cmphex (pixel (image, 30, 10), ==, 0xffff0000u);
  cairo_surface_destroy (image);
  cairo_surface_destroy (green);
}

/* A map compared with others: half the fixed scale is half the colour; gain doubles it again. */
static void
test_fixed_scale (void)
{
  const float heat[] = { 1 };
  LrpHeatStyle style = LRP_HEAT_STYLE_INIT;
  cairo_surface_t *image;

  style.fixed_scale = 2;
  image = lrp_heat_compose (heat, 1, 1, NULL, NULL, NULL, &style, 1, 1);
  g_assert_cmphex (pixel (image, 0, 0), ==, 0xffff8080u);
  cairo_surface_destroy (image);
  style.gain = 2;
  image = lrp_heat_compose (heat, 1, 1, NULL, NULL, NULL, &style, 1, 1);
  g_assert_cmphex (pixel (image, 0, 0), ==, 0xffff0000u);
  cairo_surface_destroy (image);
}

static void
test_legend (void)
{
  LrpHeatStyle style = LRP_HEAT_STYLE_INIT;
  cairo_surface_t *bar;

  style.gain = 5, style.fixed_scale = 3, style.smooth = TRUE; /* they change what the ends mean, not the bar */
  bar = lrp_heat_legend (&style, 101, 8, FALSE);
  g_assert_cmphex (pixel (bar, 0, 3), ==, 0xff0000ffu);
  g_assert_cmphex (pixel (bar, 50, 7), ==, 0xffffffffu);
  g_assert_cmphex (pixel (bar, 100, 0), ==, 0xffff0000u);
  cairo_surface_destroy (bar);
  bar = lrp_heat_legend (&style, 8, 101, TRUE);
  g_assert_cmphex (pixel (bar, 3, 0), ==, 0xffff0000u);
  g_assert_cmphex (pixel (bar, 3, 100), ==, 0xff0000ffu);
  cairo_surface_destroy (bar);
  style.map = lrp_colormap_find ("wred", NULL);
  bar = lrp_heat_legend (&style, 101, 8, FALSE);
  g_assert_cmphex (pixel (bar, 0, 3), ==, 0xffffffffu);
  g_assert_cmphex (pixel (bar, 100, 3), ==, 0xffff0000u);
  cairo_surface_destroy (bar);
}

/* What cannot be drawn is said by the image's state. */
static void
test_too_large (void)
{
  LrpHeatStyle style = LRP_HEAT_STYLE_INIT;
  cairo_surface_t *image = lrp_heat_compose (NULL, 1, 1, NULL, NULL, NULL, &style, 40000, 10);

  g_assert_cmpint (cairo_surface_status (image), ==, CAIRO_STATUS_INVALID_SIZE);
  cairo_surface_destroy (image);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/heat/draw/paper", test_paper);
  g_test_add_func ("/heat/draw/crisp-cells", test_crisp_cells);
  g_test_add_func ("/heat/draw/warm-and-cool", test_warm_and_cool);
  g_test_add_func ("/heat/draw/fit", test_fit);
  g_test_add_func ("/heat/draw/smooth", test_smooth);
  g_test_add_func ("/heat/draw/ink", test_ink);
  g_test_add_func ("/heat/draw/contour-at-border", test_contour_at_border);
  g_test_add_func ("/heat/draw/strength", test_strength);
  g_test_add_func ("/heat/draw/picture", test_picture);
  g_test_add_func ("/heat/draw/fixed-scale", test_fixed_scale);
  g_test_add_func ("/heat/draw/legend", test_legend);
  g_test_add_func ("/heat/draw/too-large", test_too_large);
  return g_test_run ();
}
