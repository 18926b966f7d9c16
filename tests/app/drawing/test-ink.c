/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-ink.c: the line through the points, and what the network gets to read */
#include "config.h"

#include "drawings.h"

#include <math.h>

#define FIELD   28
#define N_CELLS (FIELD * FIELD)

typedef struct
{
  double x, y;
} Place;

static void
draw_with (RlvDocument *document, const Place *places, guint n, double width, double pressure)
{
  rlv_document_stroke_begin (document, places[0].x, places[0].y, pressure, width, FALSE);
  for (guint i = 1; i < n; i++)
    rlv_document_stroke_to (document, places[i].x, places[i].y, pressure);
  rlv_document_stroke_end (document);
}

static void
draw (RlvDocument *document, const Place *places, guint n, double width)
{
  draw_with (document, places, n, width, RLV_PRESSURE_NORMAL);
}

/* A hook: an arc and a straight tail, off the middle. */
static void
draw_hook (RlvDocument *document, double left, double top, double size, double width)
{
  Place places[24];

  for (guint i = 0; i < 16; i++)
    {
      double angle = G_PI * (1.0 - i / 15.0);
      places[i] = (Place){ left + size * (0.4 + 0.4 * cos (angle)), top + size * (0.3 - 0.3 * sin (angle)) };
    }
  for (guint i = 16; i < 24; i++)
    places[i] = (Place){ left + size * 0.8, top + size * (0.3 + 0.7 * (i - 15) / 8.0) };
  draw (document, places, G_N_ELEMENTS (places), width);
}

static guchar
get_coverage (RlvDocument *document, int side, double x, double y)
{
  RlvInk ink = rlv_document_peek_ink (document);
  cairo_surface_t *surface = rlv_ink_render (&ink, side);
  int stride = cairo_image_surface_get_stride (surface);
  guchar value = cairo_image_surface_get_data (surface)[(gsize) (y * side) * stride + (gsize) (x * side)];

  cairo_surface_destroy (surface);
  return value;
}

/* Where the ink is, in cells from the upper left corner of the field, as its cells say. */
static void
get_centre (const float *ink, double *x, double *y)
{
  double mass = 0;

  *x = *y = 0;
  for (int i = 0; i < N_CELLS; i++)
    {
      mass += (double) ink[i];
      *x += (double) ink[i] * (i % FIELD);
      *y += (double) ink[i] * (i / FIELD);
    }
  g_assert_cmpfloat (mass, >, 0);
  *x /= mass;
  *y /= mass;
}

/* How many columns and rows have ink. */
static void
get_box (const float *ink, double *width, double *height)
{
  gboolean columns[FIELD] = { FALSE }, rows[FIELD] = { FALSE };

  *width = *height = 0;
  for (int i = 0; i < N_CELLS; i++)
    {
      columns[i % FIELD] |= ink[i] > 0;
      rows[i / FIELD] |= ink[i] > 0;
    }
  for (int i = 0; i < FIELD; i++)
    {
      *width += columns[i];
      *height += rows[i];
    }
}

static void
test_through_points (void)
{
  const Place places[] = { { 0.15, 0.8 }, { 0.2, 0.3 }, { 0.5, 0.15 }, { 0.55, 0.6 }, { 0.57, 0.63 }, { 0.85, 0.2 } };
  const double pressures[] = { RLV_PRESSURE_NORMAL, 0.2, 0.9 };

  for (guint k = 0; k < G_N_ELEMENTS (pressures); k++)
    {
      g_autoptr (RlvDocument) document = rlv_document_new ();

      draw_with (document, places, G_N_ELEMENTS (places), 0.02, pressures[k]);
      for (guint i = 0; i < G_N_ELEMENTS (places); i++)
        g_assert_cmpuint (get_coverage (document, 400, places[i].x, places[i].y), ==, 255);
    }
}

/* Points on a circle: between them the line must follow it, which chords would miss by more than half the width. */
static void
test_smooth (void)
{
  g_autoptr (RlvDocument) document = rlv_document_new ();
  Place places[9];

  for (guint i = 0; i < 9; i++)
    places[i] = (Place){ 0.5 + 0.4 * cos (i * G_PI / 4), 0.5 + 0.4 * sin (i * G_PI / 4) };
  draw (document, places, 9, 0.02);
  /* The first and the last piece have a neighbour on one side only. */
  for (double i = 1.5; i < 7; i++)
    g_assert_cmpuint (get_coverage (document, 400, 0.5 + 0.4 * cos (i * G_PI / 4), 0.5 + 0.4 * sin (i * G_PI / 4)), >,
                      128);
}

static void
test_zigzag_keeps_corners (void)
{
  g_autoptr (RlvDocument) document = rlv_document_new ();
  Place places[21];

  for (guint i = 0; i < 21; i++)
    places[i] = (Place){ 0.1 + 0.04 * i, i % 2 ? 0.3 : 0.7 };
  draw (document, places, 21, 0.02);
  for (guint i = 0; i < 21; i++)
    g_assert_cmpuint (get_coverage (document, 400, places[i].x, places[i].y), ==, 255);
  /* A straightened line would run through the middle between the teeth. */
  for (guint i = 1; i < 20; i++)
    g_assert_cmpuint (get_coverage (document, 400, places[i].x, 0.5), ==, 0);
}

/* Unevenly spaced points, as a hand leaves them that slows down: the line must not loop or swing out. */
static void
test_no_overshoot (void)
{
  g_autoptr (RlvDocument) document = rlv_document_new ();
  const Place places[] = { { 0.1, 0.5 }, { 0.8, 0.5 }, { 0.81, 0.5 }, { 0.81, 0.51 }, { 0.81, 0.9 } };
  double extents[4];

  draw (document, places, G_N_ELEMENTS (places), 0.02);
  rlv_stroke_get_extents (rlv_document_peek_ink (document).strokes->pdata[0], 0, extents);
  g_assert_cmpfloat_with_epsilon (extents[1], 0.49, 0.01);
  g_assert_cmpfloat_with_epsilon (extents[2], 0.82, 0.01);
}

static void
test_tap_is_a_dot (void)
{
  g_autoptr (RlvDocument) document = rlv_document_new ();
  const Place place = { 0.9, 0.1 };
  float ink[N_CELLS];
  double width, height, sum = 0;
  RlvPadGrid grid;

  draw (document, &place, 1, 0.07);
  g_assert_cmpuint (get_coverage (document, 400, 0.9, 0.1), ==, 255);
  drawing_rasterize (document, FIELD, FIELD, TRUE, ink, &grid);
  get_box (ink, &width, &height);
  g_assert_cmpfloat (grid.scale, <=, RLV_INK_MAX_MAGNIFICATION * FIELD);
  g_assert_cmpfloat (width, <=, 8);
  g_assert_cmpfloat (height, <=, 8);
  drawing_rasterize (document, FIELD, FIELD, FALSE, ink, NULL);
  for (int i = 0; i < N_CELLS; i++)
    sum += (double) ink[i];
  /* The area of a disc of 0.07 of the field. */
  g_assert_cmpfloat_with_epsilon (sum, G_PI * 0.035 * 0.035 * N_CELLS, 0.05);
}

static void
test_pressure_widens (void)
{
  const Place places[] = { { 0.1, 0.5 }, { 0.5, 0.5 }, { 0.9, 0.5 } };
  const double pressures[] = { 0, RLV_PRESSURE_NORMAL, 1 }, widths[] = { 0.05, 0.1, 0.15 };

  for (guint k = 0; k < G_N_ELEMENTS (pressures); k++)
    {
      g_autoptr (RlvDocument) document = rlv_document_new ();

      draw_with (document, places, 3, 0.1, pressures[k]);
      g_assert_cmpuint (get_coverage (document, 400, 0.5, 0.5 + widths[k] / 2 - 0.01), ==, 255);
      g_assert_cmpuint (get_coverage (document, 400, 0.5, 0.5 + widths[k] / 2 + 0.01), ==, 0);
    }
}

/* A pressure that hardly changes must give hardly another line than one that does not change. */
static void
test_uneven_as_even (void)
{
  g_autoptr (RlvDocument) even = rlv_document_new (), uneven = rlv_document_new ();
  float a[N_CELLS], b[N_CELLS];

  for (int i = 0; i <= 200; i++)
    {
      double t = i / 200.0 * 4 * G_PI, x = 0.5 + 0.35 * sin (2 * t), y = 0.5 + 0.4 * sin (t * 1.5);
      if (i == 0)
        {
          rlv_document_stroke_begin (even, x, y, RLV_PRESSURE_NORMAL, 0.08, FALSE);
          rlv_document_stroke_begin (uneven, x, y, RLV_PRESSURE_NORMAL, 0.08, FALSE);
        }
      rlv_document_stroke_to (even, x, y, RLV_PRESSURE_NORMAL);
      rlv_document_stroke_to (uneven, x, y, i % 2 ? 0.501 : 0.499);
    }
  drawing_rasterize (even, FIELD, FIELD, FALSE, a, NULL);
  drawing_rasterize (uneven, FIELD, FIELD, FALSE, b, NULL);
  for (int i = 0; i < N_CELLS; i++)
    g_assert_cmpfloat_with_epsilon (a[i], b[i], 0.04);
}

static void
assert_fitted (RlvDocument *document)
{
  float ink[N_CELLS];
  double x, y, width, height;

  drawing_rasterize (document, FIELD, FIELD, TRUE, ink, NULL);
  get_centre (ink, &x, &y);
  /* MNIST's middle is pixel 14, counted from 0. */
  g_assert_cmpfloat_with_epsilon (x, FIELD / 2, 0.5);
  g_assert_cmpfloat_with_epsilon (y, FIELD / 2, 0.5);
  get_box (ink, &width, &height);
  /* 20 pixels may touch 21, or 22 with the faint rim of soft edges. */
  g_assert_cmpfloat (MAX (width, height), >=, 20);
  g_assert_cmpfloat (MAX (width, height), <=, 22);
}

static void
test_fit_centre_and_box (void)
{
  const struct
  {
    double left, top, size;
  } cases[] = { { 0.1, 0.1, 0.8 }, { 0.6, 0.62, 0.35 }, { 0.02, 0.5, 0.4 }, { 0.3, 0.2, 0.55 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RlvDocument) document = rlv_document_new ();

      draw_hook (document, cases[i].left, cases[i].top, cases[i].size, 0.05);
      assert_fitted (document);
    }
}

/* What an eraser took away must not count for the box. */
static void
test_fit_after_erasing (void)
{
  g_autoptr (RlvDocument) document = rlv_document_new ();
  const Place far[] = { { 0.05, 0.05 }, { 0.1, 0.05 } };

  draw_hook (document, 0.4, 0.4, 0.5, 0.05);
  draw (document, far, 2, 0.05);
  rlv_document_stroke_begin (document, 0, 0.05, RLV_PRESSURE_NORMAL, 0.15, TRUE);
  rlv_document_stroke_to (document, 0.2, 0.05, RLV_PRESSURE_NORMAL);
  rlv_document_stroke_end (document);
  assert_fitted (document);
}

/* A heavy end moves the centre of mass; the ink must stay in the field for all that. */
static void
test_fit_loses_nothing (void)
{
  g_autoptr (RlvDocument) document = rlv_document_new ();
  const Place tail[] = { { 0.1, 0.5 }, { 0.5, 0.5 }, { 0.8, 0.5 } }, head[] = { { 0.85, 0.5 }, { 0.86, 0.5 } };
  float ink[N_CELLS];
  RlvPadGrid grid;

  draw (document, tail, 3, 0.02);
  draw (document, head, 2, 0.2);
  drawing_rasterize (document, FIELD, FIELD, TRUE, ink, &grid);
  g_assert_cmpfloat (grid.scale * 0.09 + grid.dx, >=, -0.01);
  g_assert_cmpfloat (grid.scale * 0.96 + grid.dx, <=, FIELD + 0.01);
}

static void
test_fit_off_is_identity (void)
{
  g_autoptr (RlvDocument) document = rlv_document_new ();
  const Place places[] = { { 0.25, 0.75 }, { 0.5, 0.75 } };
  float ink[N_CELLS];
  RlvPadGrid grid;

  draw (document, places, 2, 2.0 / FIELD);
  drawing_rasterize (document, FIELD, FIELD, FALSE, ink, &grid);
  g_assert_cmpfloat (grid.scale, ==, FIELD);
  g_assert_cmpfloat (grid.dx, ==, 0);
  g_assert_cmpfloat (grid.dy, ==, 0);
  for (int x = 7; x < 14; x++)
    {
      g_assert_cmpfloat_with_epsilon (ink[20 * FIELD + x], 1, 0.01);
      g_assert_cmpfloat_with_epsilon (ink[21 * FIELD + x], 1, 0.01);
      g_assert_cmpfloat (ink[19 * FIELD + x], ==, 0);
      g_assert_cmpfloat (ink[22 * FIELD + x], ==, 0);
    }
}

/* Every fully inked cell, taken back to the pad, must lie on ink; and every empty one off it. */
static void
test_map_leads_back (void)
{
  const gboolean fits[] = { TRUE, FALSE };

  for (guint k = 0; k < G_N_ELEMENTS (fits); k++)
    {
      g_autoptr (RlvDocument) document = rlv_document_new ();
      float ink[N_CELLS];
      RlvPadGrid grid;
      guint n = 0;

      draw_hook (document, 0.55, 0.1, 0.4, 0.06);
      drawing_rasterize (document, FIELD, FIELD, fits[k], ink, &grid);
      for (int i = 0; i < N_CELLS; i++)
        {
          double u = (i % FIELD + 0.5 - grid.dx) / grid.scale, v = (i / FIELD + 0.5 - grid.dy) / grid.scale;

          if (u <= 0 || u >= 1 || v <= 0 || v >= 1)
            continue;
          n += ink[i] > 0.99f;
          if (ink[i] > 0.99f)
            g_assert_cmpuint (get_coverage (document, 400, u, v), ==, 255);
          else if (ink[i] == 0)
            g_assert_cmpuint (get_coverage (document, 400, u, v), <, 32);
        }
      g_assert_cmpuint (n, >, 5);
    }
}

/* A sample is what the network was trained on: it must come out as it went in. */
static void
test_picture_unchanged (void)
{
  g_autoptr (RlvDocument) document = rlv_document_new ();
  float picture[N_CELLS], ink[N_CELLS];
  const Place places[] = { { 0.1, 0.5 / FIELD }, { 0.9, 0.5 / FIELD } };
  RlvPadGrid grid;

  for (int i = 0; i < N_CELLS; i++)
    picture[i] = (float) (i * 37 % 256) / 255;
  rlv_document_set_picture (document, picture, FIELD, FIELD, "5");
  drawing_rasterize (document, FIELD, FIELD, TRUE, ink, &grid);
  for (int i = 0; i < N_CELLS; i++)
    g_assert_cmpfloat_with_epsilon (ink[i], picture[i], 1e-4);
  g_assert_cmpfloat (grid.scale, ==, FIELD);
  draw (document, places, 2, 1.0 / FIELD);
  drawing_rasterize (document, FIELD, FIELD, TRUE, ink, NULL);
  g_assert_cmpfloat_with_epsilon (ink[14], 1, 0.02);
  for (int i = 2 * FIELD; i < N_CELLS; i++)
    g_assert_cmpfloat_with_epsilon (ink[i], picture[i], 1e-4);
}

static void
test_other_fields (void)
{
  const int sizes[][2] = { { 224, 224 }, { 32, 32 }, { 40, 20 }, { 20, 40 }, { 1, 1 } };

  for (guint k = 0; k < G_N_ELEMENTS (sizes); k++)
    {
      g_autoptr (RlvDocument) document = rlv_document_new ();
      int width = sizes[k][0], height = sizes[k][1];
      g_autofree float *ink = g_new (float, (gsize) width *height);
      double sum = 0, side = MIN (width, height);
      RlvPadGrid grid;

      draw_hook (document, 0.2, 0.2, 0.6, 0.06);
      drawing_rasterize (document, width, height, TRUE, ink, &grid);
      for (int i = 0; i < width * height; i++)
        {
          g_assert_cmpfloat (ink[i], >=, 0);
          g_assert_cmpfloat (ink[i], <=, 1);
          sum += (double) ink[i];
        }
      g_assert_cmpfloat (sum, >, 0);
      /* The hook is 0.6 + 0.06 high. */
      g_assert_cmpfloat_with_epsilon (grid.scale * 0.66, side * 20 / 28, side * 0.01);
    }
}

static void
test_nothing_drawn (void)
{
  g_autoptr (RlvDocument) document = rlv_document_new ();
  float ink[N_CELLS];
  RlvPadGrid grid;

  drawing_rasterize (document, FIELD, FIELD, TRUE, ink, &grid);
  for (int i = 0; i < N_CELLS; i++)
    g_assert_cmpfloat (ink[i], ==, 0);
  g_assert_cmpfloat (grid.scale, ==, FIELD);
  rlv_document_stroke_begin (document, NAN, 0.5, RLV_PRESSURE_NORMAL, 0.07, FALSE);
  rlv_document_stroke_to (document, 0.5, INFINITY, RLV_PRESSURE_NORMAL);
  rlv_document_stroke_end (document);
  g_assert_true (rlv_document_get_empty (document));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ink/through-points", test_through_points);
  g_test_add_func ("/ink/smooth", test_smooth);
  g_test_add_func ("/ink/zigzag-keeps-corners", test_zigzag_keeps_corners);
  g_test_add_func ("/ink/no-overshoot", test_no_overshoot);
  g_test_add_func ("/ink/tap-is-a-dot", test_tap_is_a_dot);
  g_test_add_func ("/ink/pressure-widens", test_pressure_widens);
  g_test_add_func ("/ink/uneven-as-even", test_uneven_as_even);
  g_test_add_func ("/ink/fit-centre-and-box", test_fit_centre_and_box);
  g_test_add_func ("/ink/fit-after-erasing", test_fit_after_erasing);
  g_test_add_func ("/ink/fit-loses-nothing", test_fit_loses_nothing);
  g_test_add_func ("/ink/fit-off-is-identity", test_fit_off_is_identity);
  g_test_add_func ("/ink/map-leads-back", test_map_leads_back);
  g_test_add_func ("/ink/picture-unchanged", test_picture_unchanged);
  g_test_add_func ("/ink/other-fields", test_other_fields);
  g_test_add_func ("/ink/nothing-drawn", test_nothing_drawn);
  return g_test_run ();
}
