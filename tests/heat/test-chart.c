/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-chart.c: curves are drawn where their numbers say, and told apart without colour */
#include "config.h"

#include "heat/chart.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define N         101
#define BLUE      0x0072b2
#define VERMILION 0xd55e00

/* Two curves over a share: y = 4 (1 - x)^2, and 4 (1 - x^2). */
typedef struct
{
  double x[N], y[2][N];
  LrpCurve curves[2];
  LrpChartLine lines[2];
  LrpChart chart;
} Example;

static void
example_init (Example *example, guint n_panels)
{
  static const char *const text[] = { "Model", "tiny", "Request", "pixel-flipping", NULL };

  *example = (Example){ 0 };
  for (guint i = 0; i < N; i++)
    {
      double x = example->x[i] = i / (N - 1.0);
      example->y[0][i] = 4 * (1 - x) * (1 - x);
      example->y[1][i] = 4 * (1 - x * x);
    }
  for (guint i = 0; i < 2; i++)
    {
      example->curves[i] = (LrpCurve){ "morf", "score", N, example->x, example->y[i] };
      example->lines[i] = (LrpChartLine){ i ? "Second" : "First", i, i, { NULL } };
      for (guint panel = 0; panel < n_panels; panel++)
        example->lines[i].curves[panel] = &example->curves[i];
    }
  example->chart = (LrpChart){ "Pixel flipping", n_panels, { { NULL } }, 2, example->lines, text };
  for (guint panel = 0; panel < n_panels; panel++)
    example->chart.panels[panel] = (LrpChartPanel){ "Score", "Pixels removed", "Area", 0, 1 };
}

static char *
temporary (const char *name)
{
  g_autofree char *folder = g_dir_make_tmp ("lrp-chart-XXXXXX", NULL);

  return g_build_filename (folder, name, NULL);
}

static void
remove_temporary (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_unlink (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static cairo_surface_t *
render (const LrpChart *chart)
{
  g_autofree char *path = temporary ("chart.png");
  g_autoptr (GError) error = NULL;
  cairo_surface_t *image;

  lrp_chart_write (chart, path, &error);
  g_assert_no_error (error);
  image = cairo_image_surface_create_from_png (path);
  remove_temporary (path);
  return image;
}

static guint32
pixel (cairo_surface_t *image, int x, int y)
{
  const guint8 *data = cairo_image_surface_get_data (image);

  g_assert_true (x >= 0 && y >= 0 && x < cairo_image_surface_get_width (image)
                 && y < cairo_image_surface_get_height (image));
  return ((const guint32 *) (data + y * cairo_image_surface_get_stride (image)))[x] & 0xffffff;
}

/* Whether a pixel of that colour is within so many units of the drawing. */
static gboolean
is_near (cairo_surface_t *image, double left, double top, guint32 color, int reach)
{
  int x = (int) lround (left * LRP_CHART_PNG_SCALE), y = (int) lround (top * LRP_CHART_PNG_SCALE);

  reach *= LRP_CHART_PNG_SCALE;
  for (int dy = -reach; dy <= reach; dy++)
    for (int dx = -reach; dx <= reach; dx++)
      if (pixel (image, x + dx, y + dy) == color)
        return TRUE;
  return FALSE;
}

/* The share of a curve's points that have its colour, within the width of the line. */
static double
share_drawn (cairo_surface_t *image, const LrpChart *chart, guint panel, const double *y, guint32 color)
{
  guint found = 0;

  for (guint i = 0; i < N; i++)
    {
      double left, top;
      lrp_chart_place (chart, panel, i / (N - 1.0), y[i], &left, &top);
      found += is_near (image, left, top, color, 1);
    }
  return (double) found / N;
}

/* Every point of the solid curve is there, in each panel, and a good part of the dashed one, which has gaps. */
static void
test_curves (void)
{
  for (guint panels = 1; panels <= LRP_CHART_MAX_PANELS; panels++)
    {
      Example example;
      example_init (&example, panels);
      cairo_surface_t *image = render (&example.chart);
      double width, height;
      lrp_chart_get_size (&example.chart, &width, &height);
      g_assert_cmpint (cairo_image_surface_get_width (image), ==, (int) (width * LRP_CHART_PNG_SCALE));
      g_assert_cmpint (cairo_image_surface_get_height (image), ==, (int) (height * LRP_CHART_PNG_SCALE));
      for (guint panel = 0; panel < panels; panel++)
        {
          double dashed = share_drawn (image, &example.chart, panel, example.y[1], VERMILION);
          g_assert_cmpfloat (share_drawn (image, &example.chart, panel, example.y[0], BLUE), ==, 1);
          g_assert_cmpfloat (dashed, >, 0.5);
          g_assert_cmpfloat (dashed, <, 0.95);
        }
      cairo_surface_destroy (image);
    }
}

/* Nothing of a curve's colour is far from it: neither above nor below, at 10 %, 20 % ... of the way. */
static void
test_nowhere_else (void)
{
  Example example;
  example_init (&example, 1);
  cairo_surface_t *image = render (&example.chart);

  for (guint i = 10; i < 100; i += 10)
    {
      double left, top, zero, unused;
      lrp_chart_place (&example.chart, 0, i / 100.0, example.y[0][i], &left, &top);
      lrp_chart_place (&example.chart, 0, i / 100.0, 0, &unused, &zero);
      for (double y = 84; y < zero; y++)
        if (fabs (y - top) > 12)
          g_assert_false (is_near (image, left, y, BLUE, 0));
    }
  cairo_surface_destroy (image);
}

/* The axis begins and ends at round numbers that leave no value outside; where values are below zero, so is the axis.
 */
static void
test_axis (void)
{
  Example example;
  double left, right, top, bottom;
  example_init (&example, 1);

  lrp_chart_place (&example.chart, 0, 0, 4, &left, &top);
  lrp_chart_place (&example.chart, 0, 1, 0, &right, &bottom);
  g_assert_cmpfloat (right - left, >, 300);
  g_assert_cmpfloat (bottom - top, ==, 260);
  example.y[0][50] = -3.2;
  example.y[0][51] = 7.7;
  /* -4 .. 8 by steps of 5 would be -5 .. 10: 260 / 15 for each unit. */
  lrp_chart_place (&example.chart, 0, 0, 0, &left, &bottom);
  lrp_chart_place (&example.chart, 0, 0, 1, &left, &top);
  g_assert_cmpfloat_with_epsilon (bottom - top, 260.0 / 15, 1e-9);
}

/* Numbers that are not finite leave a gap, and all the same is no division by zero. */
static void
test_odd_numbers (void)
{
  Example example;
  double left, top;
  example_init (&example, 1);

  for (guint i = 0; i < N; i++)
    {
      example.y[0][i] = i < 50 ? 0 : NAN;
      example.y[1][i] = i < 50 ? INFINITY : 0;
    }
  example.chart.panels[0].high = 0;
  cairo_surface_t *image = render (&example.chart);
  lrp_chart_place (&example.chart, 0, 0.25, 0, &left, &top);
  g_assert_true (is_near (image, left, top, BLUE, 1));
  lrp_chart_place (&example.chart, 0, 0.75, 0, &left, &top);
  g_assert_false (is_near (image, left, top, BLUE, 1));
  cairo_surface_destroy (image);
}

/* Below the axes each line is shown once more, beside its name. */
static void
test_legend (void)
{
  Example example;
  double left, bottom;
  guint rows[2] = { 0 };
  example_init (&example, 1);
  cairo_surface_t *image = render (&example.chart);

  lrp_chart_place (&example.chart, 0, 0, 0, &left, &bottom);
  for (int y = (int) (2 * bottom) + 20; y < cairo_image_surface_get_height (image); y++)
    {
      rows[0] += pixel (image, (int) (2 * left) + 6, y) == BLUE;
      rows[1] += pixel (image, (int) (2 * left) + 6, y) == VERMILION;
    }
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpuint (rows[i], >=, 3);
      g_assert_cmpuint (rows[i], <=, 6);
    }
  cairo_surface_destroy (image);
}

/* A line that is said to differ does so in black and white, too: by its markers, by its dashes. */
static void
test_without_color (void)
{
  guint32 looks[8];
  guint n = 0;

  for (guint color = 0; color < 4; color++)
    for (guint dash = 0; dash < 2; dash++)
      {
        Example example;
        guint32 look = 0;
        example_init (&example, 1);
        example.lines[0].color = color;
        example.lines[0].dash = dash;
        example.chart.n_lines = 1;
        cairo_surface_t *image = render (&example.chart);
        /* Where there is anything but white between the axes, as a number. */
        for (int y = 170; y < 680; y++)
          for (int x = 130; x < 1200; x++)
            look = look * 31 + (pixel (image, x, y) != 0xffffff);
        cairo_surface_destroy (image);
        for (guint i = 0; i < n; i++)
          g_assert_cmpuint (looks[i], !=, look);
        looks[n++] = look;
      }
}

/* Each is what its name says, says how it was made, and is the same if written again. */
static void
test_files (void)
{
  static const struct
  {
    const char *name, *begins, *holds;
  } files[] = {
    { "chart.svg", "<?xml", "Request: pixel-flipping" },
    { "chart.PDF", "%PDF-", "%%EOF" },
    { "chart.png", "\211PNG", "pixel-flipping" },
  };
  Example example;
  example_init (&example, 2);

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = temporary (files[i].name), *content = NULL, *again = NULL;
      g_autoptr (GError) error = NULL;
      gsize size, size_again;
      g_assert_true (lrp_chart_write (&example.chart, path, &error));
      g_file_get_contents (path, &content, &size, &error);
      g_assert_no_error (error);
      g_assert_true (g_str_has_prefix (content, files[i].begins));
      g_assert_nonnull (memmem (content, size, files[i].holds, strlen (files[i].holds)));
      g_assert_true (lrp_chart_write (&example.chart, path, &error));
      g_file_get_contents (path, &again, &size_again, &error);
      /* Cairo counts the surfaces that a process has made, and writes the number into SVG. */
      if (i > 0)
        g_assert_cmpmem (content, size, again, size_again);
      remove_temporary (path);
    }
}

static void
test_refused (void)
{
  Example example;
  g_autoptr (GError) suffix = NULL, folder = NULL;
  example_init (&example, 1);

  g_assert_false (lrp_chart_write (&example.chart, "chart.gif", &suffix));
  g_assert_error (suffix, LRP_ERROR, LRP_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (suffix->message, ".svg"));
  g_assert_false (lrp_chart_write (&example.chart, "/nowhere/chart.png", &folder));
  g_assert_error (folder, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart/curves", test_curves);
  g_test_add_func ("/chart/nowhere-else", test_nowhere_else);
  g_test_add_func ("/chart/axis", test_axis);
  g_test_add_func ("/chart/odd-numbers", test_odd_numbers);
  g_test_add_func ("/chart/legend", test_legend);
  g_test_add_func ("/chart/without-color", test_without_color);
  g_test_add_func ("/chart/files", test_files);
  g_test_add_func ("/chart/refused", test_refused);
  return g_test_run ();
}
