/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-document.c: drawing, undo and what is told to whoever listens */
#include "config.h"

#include "drawings.h"
#include "app/drawing/ink-cache.h"
#include "app/drawing/snapshot.h"

#include <string.h>

#define SIDE 96

static guchar *
get_pixels (RlvDocument *document)
{
  RlvInk ink = rlv_document_peek_ink (document);
  cairo_surface_t *surface = rlv_ink_render (&ink, SIDE);
  guchar *pixels = g_malloc (SIDE * SIDE);

  for (int y = 0; y < SIDE; y++)
    memcpy (pixels + y * SIDE,
            cairo_image_surface_get_data (surface) + (gsize) y * cairo_image_surface_get_stride (surface), SIDE);
  cairo_surface_destroy (surface);
  return pixels;
}

static double
get_amount (RlvDocument *document)
{
  g_autofree guchar *pixels = get_pixels (document);
  double sum = 0;

  for (int i = 0; i < SIDE * SIDE; i++)
    sum += pixels[i];
  return sum / (255.0 * SIDE * SIDE);
}

static guchar
get_at (RlvDocument *document, double x, double y)
{
  g_autofree guchar *pixels = get_pixels (document);

  return pixels[(int) (y * SIDE) * SIDE + (int) (x * SIDE)];
}

static void
draw_line (RlvDocument *document, double x1, double y1, double x2, double y2, double width, gboolean eraser)
{
  rlv_document_stroke_begin (document, x1, y1, RLV_PRESSURE_NORMAL, width, eraser);
  for (int i = 1; i <= 10; i++)
    rlv_document_stroke_to (document, x1 + (x2 - x1) * i / 10, y1 + (y2 - y1) * i / 10, RLV_PRESSURE_NORMAL);
  rlv_document_stroke_end (document);
}

static void
assert_same (const guchar *a, const guchar *b)
{
  g_assert_cmpmem (a, SIDE * SIDE, b, SIDE * SIDE);
}

static void
test_undo_restores_exactly (void)
{
  g_autoptr (RlvDocument) document = rlv_document_new ();
  guchar *states[6];
  const float dot[4] = { 0, 1, 0, 0 };

  states[0] = get_pixels (document);
  draw_line (document, 0.2, 0.2, 0.8, 0.8, 0.07, FALSE);
  states[1] = get_pixels (document);
  draw_line (document, 0.2, 0.8, 0.8, 0.2, 0.12, FALSE);
  states[2] = get_pixels (document);
  draw_line (document, 0, 0.5, 1, 0.5, 0.2, TRUE);
  states[3] = get_pixels (document);
  rlv_document_clear (document);
  states[4] = get_pixels (document);
  rlv_document_set_picture (document, dot, 2, 2, "dot");
  states[5] = get_pixels (document);
  assert_same (states[0], states[4]);
  for (int i = 0; i < 5; i++)
    if (i != 0 && i != 4)
      g_assert_cmpint (memcmp (states[i], states[i + 1], SIDE * SIDE), !=, 0);

  for (int i = 4; i >= 0; i--)
    {
      g_autofree guchar *now = NULL;
      g_assert_true (drawing_can (document, "can-undo"));
      rlv_document_undo (document);
      now = get_pixels (document);
      assert_same (now, states[i]);
      g_assert_cmpint (rlv_document_get_empty (document), ==, i == 0 || i == 4);
    }
  g_assert_false (drawing_can (document, "can-undo"));
  rlv_document_undo (document);
  for (int i = 1; i <= 5; i++)
    {
      g_autofree guchar *now = NULL;
      g_assert_true (drawing_can (document, "can-redo"));
      rlv_document_redo (document);
      now = get_pixels (document);
      assert_same (now, states[i]);
    }
  g_assert_false (drawing_can (document, "can-redo"));
  g_assert_cmpstr (rlv_document_peek_ink (document).picture->label, ==, "dot");
  for (int i = 0; i < 6; i++)
    g_free (states[i]);
}

static void
test_new_stroke_ends_redo (void)
{
  g_autoptr (RlvDocument) document = rlv_document_new ();

  draw_line (document, 0.2, 0.2, 0.8, 0.2, 0.07, FALSE);
  draw_line (document, 0.2, 0.4, 0.8, 0.4, 0.07, FALSE);
  rlv_document_undo (document);
  draw_line (document, 0.2, 0.6, 0.8, 0.6, 0.07, FALSE);
  g_assert_false (drawing_can (document, "can-redo"));
  g_assert_cmpuint (get_at (document, 0.5, 0.2), ==, 255);
  g_assert_cmpuint (get_at (document, 0.5, 0.4), ==, 0);
  g_assert_cmpuint (get_at (document, 0.5, 0.6), ==, 255);
}

static void
test_cancel_leaves_no_trace (void)
{
  g_autoptr (RlvDocument) document = rlv_document_new ();
  g_autofree guchar *before = NULL, *after = NULL;

  draw_line (document, 0.2, 0.2, 0.8, 0.2, 0.07, FALSE);
  draw_line (document, 0.2, 0.4, 0.8, 0.4, 0.07, FALSE);
  rlv_document_undo (document);
  before = get_pixels (document);
  rlv_document_stroke_begin (document, 0.5, 0.1, RLV_PRESSURE_NORMAL, 0.07, FALSE);
  rlv_document_stroke_to (document, 0.5, 0.9, RLV_PRESSURE_NORMAL);
  g_assert_cmpuint (get_at (document, 0.5, 0.7), ==, 255);
  rlv_document_stroke_cancel (document);
  after = get_pixels (document);
  assert_same (before, after);
  g_assert_false (rlv_document_get_drawing (document));
  g_assert_true (drawing_can (document, "can-redo"));
}

static void
test_undo_while_drawing (void)
{
  g_autoptr (RlvDocument) document = rlv_document_new ();

  rlv_document_stroke_begin (document, 0.5, 0.1, RLV_PRESSURE_NORMAL, 0.07, FALSE);
  rlv_document_stroke_to (document, 0.5, 0.9, RLV_PRESSURE_NORMAL);
  rlv_document_undo (document);
  g_assert_true (rlv_document_get_empty (document));
  g_assert_false (rlv_document_get_drawing (document));
  rlv_document_stroke_to (document, 0.9, 0.9, RLV_PRESSURE_NORMAL);
  g_assert_cmpfloat (get_amount (document), ==, 0);
  rlv_document_redo (document);
  g_assert_cmpuint (get_at (document, 0.5, 0.5), ==, 255);
}

static void
test_eraser_erases (void)
{
  g_autoptr (RlvDocument) document = rlv_document_new ();

  draw_line (document, 0.1, 0.5, 0.9, 0.5, 0.1, TRUE);
  g_assert_false (drawing_can (document, "can-undo"));
  draw_line (document, 0.1, 0.5, 0.9, 0.5, 0.07, FALSE);
  draw_line (document, 0.5, 0.1, 0.5, 0.9, 0.1, TRUE);
  g_assert_cmpuint (get_at (document, 0.5, 0.5), ==, 0);
  g_assert_cmpuint (get_at (document, 0.3, 0.5), ==, 255);
  g_assert_cmpuint (get_at (document, 0.7, 0.5), ==, 255);
  g_assert_false (rlv_document_get_empty (document));
  draw_line (document, 0, 0.5, 1, 0.5, 0.2, TRUE);
  g_assert_true (rlv_document_get_empty (document));
  draw_line (document, 0.5, 0.1, 0.5, 0.9, 0.07, FALSE);
  g_assert_cmpuint (get_at (document, 0.5, 0.5), ==, 255);
}

static void
test_eraser_on_picture (void)
{
  g_autoptr (RlvDocument) document = rlv_document_new ();
  const float all[1] = { 1 };
  double width = 0.1;

  rlv_document_set_picture (document, all, 1, 1, NULL);
  g_assert_cmpfloat_with_epsilon (get_amount (document), 1, 1e-3);
  draw_line (document, -0.5, 0.5, 1.5, 0.5, width, TRUE);
  g_assert_cmpfloat_with_epsilon (get_amount (document), 1 - width, 2e-3);
}

static void
test_pen_width (void)
{
  for (double width = 0.02; width < 0.21; width += 0.03)
    {
      g_autoptr (RlvDocument) document = rlv_document_new ();

      draw_line (document, -0.5, 0.5, 1.5, 0.5, width, FALSE);
      g_assert_cmpfloat_with_epsilon (get_amount (document), width, 2e-3);
    }
}

static void
count (RlvDocument *document, guint *n)
{
  (*n)++;
}

static void
count_notify (RlvDocument *document, GParamSpec *pspec, guint *n)
{
  (*n)++;
}

static void
test_notifications (void)
{
  g_autoptr (RlvDocument) document = rlv_document_new ();
  guint n_changed = 0, n_undo = 0, n_redo = 0, n_empty = 0;

  g_signal_connect (document, "changed", G_CALLBACK (count), &n_changed);
  g_signal_connect (document, "notify::can-undo", G_CALLBACK (count_notify), &n_undo);
  g_signal_connect (document, "notify::can-redo", G_CALLBACK (count_notify), &n_redo);
  g_signal_connect (document, "notify::empty", G_CALLBACK (count_notify), &n_empty);
  rlv_document_clear (document);
  rlv_document_undo (document);
  rlv_document_redo (document);
  rlv_document_stroke_to (document, 0.5, 0.5, RLV_PRESSURE_NORMAL);
  rlv_document_stroke_end (document);
  g_assert_cmpuint (n_changed, ==, 0);

  rlv_document_stroke_begin (document, 0.5, 0.5, RLV_PRESSURE_NORMAL, 0.07, FALSE);
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_cmpuint (n_empty, ==, 1);
  g_assert_cmpuint (n_undo, ==, 0);
  rlv_document_stroke_to (document, 0.6, 0.5, RLV_PRESSURE_NORMAL);
  rlv_document_stroke_to (document, 0.6, 0.5, RLV_PRESSURE_NORMAL);
  g_assert_cmpuint (n_changed, ==, 2);
  rlv_document_stroke_end (document);
  g_assert_cmpuint (n_undo, ==, 1);
  draw_line (document, 0.2, 0.2, 0.8, 0.2, 0.07, FALSE);
  g_assert_cmpuint (n_undo, ==, 1);
  g_assert_cmpuint (n_redo, ==, 0);
  g_assert_cmpuint (n_empty, ==, 1);
  rlv_document_undo (document);
  rlv_document_undo (document);
  g_assert_cmpuint (n_undo, ==, 2);
  g_assert_cmpuint (n_redo, ==, 1);
  g_assert_cmpuint (n_empty, ==, 2);
}

/* What was painted point by point must be what painting everything gives, but for how Cairo rounds at a clip. */
static void
assert_cache_is_right (RlvInkCache *cache, RlvDocument *document, int size)
{
  RlvInk ink = rlv_document_peek_ink (document);
  cairo_surface_t *whole = rlv_ink_render (&ink, size), *part;
  int worst = 0;

  do
    rlv_ink_cache_update (cache, document, size);
  while (rlv_ink_cache_is_behind (cache));
  part = rlv_ink_cache_get_surface (cache);
  for (int y = 0; y < size; y++)
    for (int x = 0; x < size; x++)
      {
        gsize at = (gsize) y * cairo_image_surface_get_stride (whole) + x;
        int difference = cairo_image_surface_get_data (whole)[at] - cairo_image_surface_get_data (part)[at];
        worst = MAX (worst, ABS (difference));
      }
  g_assert_cmpint (worst, <=, 16);
  cairo_surface_destroy (whole);
}

static void
draw_random_stroke (RlvDocument *document, RlvInkCache *cache, GRand *rand)
{
  double x = g_rand_double (rand), y = g_rand_double (rand);
  gboolean pressed = g_rand_boolean (rand);

  rlv_document_stroke_begin (document, x, y, RLV_PRESSURE_NORMAL, 0.02 + 0.1 * g_rand_double (rand),
                             g_rand_int_range (rand, 0, 4) == 0);
  for (int i = 0; i < 20; i++)
    {
      x += g_rand_double_range (rand, -0.1, 0.1);
      y += g_rand_double_range (rand, -0.1, 0.1);
      rlv_document_stroke_to (document, x, y, pressed ? g_rand_double (rand) : RLV_PRESSURE_NORMAL);
      if (g_rand_int_range (rand, 0, 3) == 0)
        assert_cache_is_right (cache, document, 120);
    }
}

static void
test_cache_follows (void)
{
  g_autoptr (RlvDocument) document = rlv_document_new ();
  g_autoptr (RlvInkCache) cache = rlv_ink_cache_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  assert_cache_is_right (cache, document, 120);
  for (int i = 0; i < 12; i++)
    {
      draw_random_stroke (document, cache, rand);
      if (i == 5)
        rlv_document_stroke_cancel (document);
      assert_cache_is_right (cache, document, 120);
      if (i % 4 == 3)
        rlv_document_undo (document);
      assert_cache_is_right (cache, document, 120);
    }
  g_assert_false (rlv_ink_cache_update (cache, document, 120));
  assert_cache_is_right (cache, document, 200);
  rlv_document_clear (document);
  assert_cache_is_right (cache, document, 200);
}

/* The last piece of a line bulges out until the next point pulls it back; nothing may be left of the bulge. */
static void
test_cache_forgets (void)
{
  const double places[][2] = { { 0.2, 0.1 }, { 0.2, 0.7 }, { 0.7, 0.7 }, { 0.701, 0.71 } };
  g_autoptr (RlvDocument) document = rlv_document_new ();
  g_autoptr (RlvInkCache) cache = rlv_ink_cache_new ();

  rlv_document_stroke_begin (document, places[0][0], places[0][1], RLV_PRESSURE_NORMAL, 0.02, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      rlv_document_stroke_to (document, places[i][0], places[i][1], RLV_PRESSURE_NORMAL);
      assert_cache_is_right (cache, document, 400);
    }
}

static RlvPhoto *
make_photo (guint32 color)
{
  g_autoptr (GdkPixbuf) pixels = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 40, 30);

  gdk_pixbuf_fill (pixels, color);
  return rlv_photo_new (pixels);
}

/* Whoever paints on a photo draws without strokes. */
static void
test_cache_without_strokes (void)
{
  g_autoptr (RlvDocument) document = rlv_document_new ();
  g_autoptr (RlvInkCache) cache = rlv_ink_cache_new ();
  g_autoptr (RlvPhoto) photo = make_photo (0x4080c0ff);

  rlv_document_set_photo (document, photo);
  rlv_document_paint_begin (document, RLV_FILL_WHITE, 0.5, 0.5, 0.2);
  g_assert_true (rlv_document_get_drawing (document));
  g_assert_cmpuint (rlv_document_peek_ink (document).strokes->len, ==, 0);
  assert_cache_is_right (cache, document, 120);
  rlv_document_stroke_end (document);
}

/* What was taken stays as it was, whatever is painted on the photo then. */
static void
test_snapshot_stays (void)
{
  g_autoptr (RlvDocument) document = rlv_document_new ();
  g_autoptr (RlvPhoto) photo = make_photo (0x4080c0ff);
  g_autoptr (RlvSnapshot) snapshot = NULL;
  cairo_surface_t *seen;
  gsize at;

  rlv_document_set_photo (document, photo);
  snapshot = rlv_snapshot_take (document);
  rlv_document_paint_begin (document, RLV_FILL_BLACK, 0.5, 0.5, 0.4);
  rlv_document_stroke_end (document);
  seen = rlv_snapshot_peek_photo (snapshot);
  at = 15 * (gsize) cairo_image_surface_get_stride (seen) + 20 * 4;
  g_assert_cmphex (*(const guint32 *) (gpointer) (cairo_image_surface_get_data (seen) + at) & 0xffffff, ==, 0x4080c0);
  seen = photo->surface;
  g_assert_cmphex (*(const guint32 *) (gpointer) (cairo_image_surface_get_data (seen) + at) & 0xffffff, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/undo-restores-exactly", test_undo_restores_exactly);
  g_test_add_func ("/document/cache-without-strokes", test_cache_without_strokes);
  g_test_add_func ("/document/snapshot-stays", test_snapshot_stays);
  g_test_add_func ("/document/new-stroke-ends-redo", test_new_stroke_ends_redo);
  g_test_add_func ("/document/cancel-leaves-no-trace", test_cancel_leaves_no_trace);
  g_test_add_func ("/document/undo-while-drawing", test_undo_while_drawing);
  g_test_add_func ("/document/eraser-erases", test_eraser_erases);
  g_test_add_func ("/document/eraser-on-picture", test_eraser_on_picture);
  g_test_add_func ("/document/pen-width", test_pen_width);
  g_test_add_func ("/document/notifications", test_notifications);
  g_test_add_func ("/document/cache-follows", test_cache_follows);
  g_test_add_func ("/document/cache-forgets", test_cache_forgets);
  return g_test_run ();
}
