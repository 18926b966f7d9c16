/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-paint.c: painting over a photo: the very pixels that each brush leaves behind, that undo brings them back to the
 * last bit, and that a network is fed what is painted */
#include "config.h"

#include "app/drawing/document-private.h"
#include "app/drawing/photo-patch.h"
#include "app/drawing/photo-private.h"
#include "app/work/photo-feed.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#define W 300
#define H 200

static GdkPixbuf *
make_pixels (int width, int height, gboolean alpha)
{
  GdkPixbuf *pixels = gdk_pixbuf_new (GDK_COLORSPACE_RGB, alpha, 8, width, height);
  int n = alpha ? 4 : 3;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        const guint8 pixel[4] = { (guint8) (x * 7 + y), (guint8) (y * 3), (guint8) (x ^ y), (guint8) (x * 5) };
        memcpy (gdk_pixbuf_get_pixels (pixels) + y * gdk_pixbuf_get_rowstride (pixels) + n * x, pixel, (gsize) n);
      }
  return pixels;
}

static RlvDocument *
open_photo (int width, int height)
{
  RlvDocument *document = rlv_document_new ();
  g_autoptr (GdkPixbuf) pixels = make_pixels (width, height, FALSE);
  g_autoptr (RlvPhoto) photo = rlv_photo_new (pixels);

  rlv_document_set_photo (document, photo);
  return document;
}

static guint32
pixel_at (RlvDocument *document, int x, int y)
{
  cairo_surface_t *surface = rlv_document_get_photo (document)->surface;
  const guint8 *row =
      cairo_image_surface_get_data (surface) + (gsize) y * (gsize) cairo_image_surface_get_stride (surface);

  return ((const guint32 *) (gconstpointer) row)[x] & 0xffffff;
}

static guint32
original_at (RlvDocument *document, int x, int y)
{
  guint32 pixel;

  lrp_picture_copy_row (rlv_document_get_photo (document)->pixels, y, x, 1, &pixel);
  return pixel & 0xffffff;
}

static GBytes *
copy_surface (cairo_surface_t *surface)
{
  return g_bytes_new (cairo_image_surface_get_data (surface), (gsize) cairo_image_surface_get_stride (surface)
                                                                  * (gsize) cairo_image_surface_get_height (surface));
}

static GBytes *
copy_state (RlvDocument *document)
{
  return copy_surface (rlv_document_get_photo (document)->surface);
}

/* What is shown when nothing was ever painted in parts. */
static GBytes *
paint_at_once (RlvDocument *document, const GPtrArray *paints)
{
  g_autoptr (RlvPhoto) photo = rlv_photo_new (rlv_document_get_photo (document)->pixels);

  rlv_photo_paint (photo, paints, FALSE);
  return copy_surface (photo->surface);
}

static void
dab (RlvDocument *document, RlvFill fill, double x, double y, double width)
{
  rlv_document_paint_begin (document, fill, x / W, y / H, width);
  rlv_document_stroke_end (document);
}

/* --- what is left behind ------------------------------------------------------------------------------------------ */

static void
test_plain_fills (void)
{
  g_autoptr (RlvDocument) document = open_photo (W, H);
  double sums[3] = { 0 };

  dab (document, RLV_FILL_BLACK, 60, 60, 0.2);
  dab (document, RLV_FILL_WHITE, 240, 60, 0.2);
  dab (document, RLV_FILL_MEAN, 150, 150, 0.2);
  g_assert_cmphex (pixel_at (document, 60, 60), ==, 0);
  g_assert_cmphex (pixel_at (document, 75, 60), ==, 0);
  g_assert_cmphex (pixel_at (document, 240, 60), ==, 0xffffff);
  for (int y = 0; y < H; y++)
    for (int x = 0; x < W; x++)
      for (int c = 0; c < 3; c++)
        sums[c] += original_at (document, x, y) >> (16 - 8 * c) & 0xff;
  for (int c = 0; c < 3; c++)
    g_assert_cmpfloat_with_epsilon (pixel_at (document, 150, 150) >> (16 - 8 * c) & 0xff, sums[c] / (W * H), 3);
}

/* A brush 60 pixels wide: whole in the middle, softer towards its edge, and nothing beyond it. */
static void
test_soft_edge (void)
{
  g_autoptr (RlvDocument) document = open_photo (W, H);
  double last = 0;

  dab (document, RLV_FILL_WHITE, 150, 100, 0.2);
  for (int x = 150; x < 190; x++)
    {
      double before = original_at (document, x, 100) & 0xff, now = pixel_at (document, x, 100) & 0xff;
      double left = before < 255 ? (255 - now) / (255 - before) : last;
      if (x < 167)
        g_assert_cmpfloat (left, ==, 0);
      if (x >= 180)
        g_assert_cmpfloat (left, ==, 1);
      g_assert_cmpfloat (left, >=, last - 0.03);
      last = left;
    }
  g_assert_cmphex (pixel_at (document, 20, 20), ==, original_at (document, 20, 20));
}

static double
roughness (RlvDocument *document, int x, int y, int n)
{
  double sum = 0;

  for (int i = 0; i < n; i++)
    sum += abs ((int) (pixel_at (document, x + i + 1, y) >> 16) - (int) (pixel_at (document, x + i, y) >> 16));
  return sum / n;
}

static void
test_blur_and_noise (void)
{
  g_autoptr (RlvDocument) document = open_photo (W, H);
  double before = roughness (document, 50, 100, 20), mean = 0;

  dab (document, RLV_FILL_BLUR, 60, 100, 0.3);
  g_assert_cmpfloat (roughness (document, 50, 100, 20), <, before / 2);
  dab (document, RLV_FILL_NOISE, 220, 100, 0.3);
  for (int y = 85; y < 115; y++)
    for (int x = 205; x < 235; x++)
      mean += pixel_at (document, x, y) & 0xff;
  g_assert_cmpfloat_with_epsilon (mean / 900, 127.5, 10);
  g_assert_cmpfloat (roughness (document, 205, 100, 29), >, 40);
}

static void
test_original (void)
{
  g_autoptr (RlvDocument) document = open_photo (W, H);
  g_autoptr (GBytes) before = copy_state (document), after = NULL;

  /* There is nothing to bring back yet: no step. */
  dab (document, RLV_FILL_ORIGINAL, 150, 100, 0.2);
  g_assert_false (rlv_document_get_painted (document));
  dab (document, RLV_FILL_NOISE, 150, 100, 0.1);
  dab (document, RLV_FILL_ORIGINAL, 150, 100, 0.4);
  after = copy_state (document);
  g_assert_true (g_bytes_equal (before, after));
}

/* --- parts and wholes --------------------------------------------------------------------------------------------- */

static void
scribble (RlvDocument *document, GRand *random)
{
  double x = g_rand_double (random), y = g_rand_double (random);

  rlv_document_paint_begin (document, (RlvFill) g_rand_int_range (random, 0, RLV_N_FILLS), x, y,
                            g_rand_double_range (random, 0.02, 0.3));
  for (int i = 0; i < 12; i++)
    {
      x += g_rand_double_range (random, -0.2, 0.2);
      y += g_rand_double_range (random, -0.2, 0.2);
      rlv_document_paint_to (document, x, y);
    }
  rlv_document_stroke_end (document);
}

/* Spot by spot as the pointer moves, backwards by undo and forwards by redo, all must give the same to the last bit,
 * and so must smaller pictures, which are kept up to date in parts. */
static void
test_undo_is_exact (void)
{
  g_autoptr (RlvDocument) document = open_photo (1101, 703);
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  RlvPhoto *photo = rlv_document_get_photo (document);
  const int n = 12;

  g_ptr_array_add (states, copy_state (document));
  for (int i = 0; i < n; i++)
    {
      scribble (document, random);
      g_ptr_array_add (states, copy_state (document));
    }
  for (int i = n - 1; i >= 0; i--)
    {
      g_autoptr (GBytes) now = NULL;
      rlv_document_undo (document);
      now = copy_state (document);
      g_assert_true (g_bytes_equal (now, states->pdata[i]));
    }
  g_assert_false (rlv_document_get_painted (document));
  for (int i = 1; i <= n; i++)
    {
      g_autoptr (GBytes) now = NULL, anew = NULL;
      rlv_document_redo (document);
      now = copy_state (document);
      g_assert_true (g_bytes_equal (now, states->pdata[i]));
      anew = paint_at_once (document, document->paints);
      g_assert_true (g_bytes_equal (now, anew));
    }
  g_assert_cmpuint (photo->n_levels, >, 1);
  for (guint i = 1; i < photo->n_levels; i++)
    {
      g_autoptr (GBytes) kept = copy_surface (photo->levels[i]), anew = NULL;
      const cairo_rectangle_int_t all = { 0, 0, 1101, 703 };
      _rlv_photo_update_levels (photo, &all);
      anew = copy_surface (photo->levels[i]);
      g_assert_true (g_bytes_equal (kept, anew));
    }
}

/* --- what is kept for undo ---------------------------------------------------------------------------------------- */

static void
assert_painted_as_anew (RlvDocument *document)
{
  RlvPhoto *photo = rlv_document_get_photo (document);
  g_autoptr (RlvPhoto) other = rlv_photo_new (photo->pixels);

  rlv_photo_paint (other, document->paints, FALSE);
  for (guint i = 0; i < photo->n_levels; i++)
    {
      g_autoptr (GBytes) kept = copy_surface (photo->levels[i]), anew = copy_surface (other->levels[i]);
      g_assert_true (g_bytes_equal (kept, anew));
    }
}

static void
cancel_scribble (RlvDocument *document, GRand *random)
{
  rlv_document_paint_begin (document, RLV_FILL_NOISE, g_rand_double (random), g_rand_double (random), 0.2);
  rlv_document_paint_to (document, g_rand_double (random), g_rand_double (random));
  rlv_document_stroke_cancel (document);
}

/* Whatever is done in whatever order, the photo and the smaller pictures of it are those that are painted from the
 * beginning. */
static void
test_any_order (void)
{
  g_autoptr (RlvDocument) document = open_photo (701, 445);
  g_autoptr (GRand) random = g_rand_new_with_seed (11);

  for (int i = 0; i < 150; i++)
    {
      int what = g_rand_int_range (random, 0, 12);
      if (what < 4)
        scribble (document, random);
      else if (what < 7 && rlv_document_get_painted (document))
        rlv_document_undo (document);
      else if (what < 10)
        rlv_document_redo (document);
      else if (what < 11)
        cancel_scribble (document, random);
      else
        rlv_document_unpaint (document);
      g_assert_nonnull (rlv_document_get_photo (document));
      assert_painted_as_anew (document);
    }
}

/* Undoing and redoing paints nothing: each change of the photo is made once, and only exchanged afterwards. */
static void
test_undo_does_not_paint (void)
{
  g_autoptr (RlvDocument) document = open_photo (W, H);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  const GPtrArray *patches = rlv_document_get_photo (document)->painting->patches;

  dab (document, RLV_FILL_BLACK, 100, 100, 0.2);
  for (int i = 0; i < 4; i++)
    scribble (document, random);
  rlv_document_unpaint (document);
  g_assert_cmpuint (patches->len, ==, 6);
  for (int k = 0; k < 3; k++)
    {
      for (int i = 0; i < 6; i++)
        rlv_document_undo (document);
      g_assert_false (rlv_document_get_painted (document));
      for (int i = 0; i < 5; i++)
        rlv_document_redo (document);
      g_assert_true (rlv_document_get_painted (document));
      rlv_document_redo (document);
      g_assert_false (rlv_document_get_painted (document));
    }
  g_assert_cmpuint (patches->len, ==, 6);
}

/* What is kept has an end: after many movements over all of a large photo the first ones are forgotten, and undone
 * nevertheless. */
static void
test_kept_is_limited (void)
{
  g_autoptr (RlvDocument) document = open_photo (2400, 2000);
  g_autoptr (GBytes) plain = copy_state (document), undone = NULL;
  const GPtrArray *patches = rlv_document_get_photo (document)->painting->patches;
  const int n = 16;

  for (int i = 0; i < n; i++)
    {
      rlv_document_paint_begin (document, i % 2 ? RLV_FILL_WHITE : RLV_FILL_BLACK, 0, 0.25, 0.4);
      rlv_document_paint_to (document, 1, 0.25);
      rlv_document_paint_to (document, 1, 0.75);
      rlv_document_paint_to (document, 0, 0.75);
      rlv_document_stroke_end (document);
    }
  g_assert_cmpuint (patches->len, >, 3);
  g_assert_cmpuint (patches->len * 2400 * 2000 * 4, <, 300 << 20);
  for (int i = 0; i < n; i++)
    rlv_document_undo (document);
  g_assert_false (rlv_document_get_painted (document));
  undone = copy_state (document);
  g_assert_true (g_bytes_equal (undone, plain));
  g_assert_cmpuint (patches->len * 2400 * 2000 * 4, <, 300 << 20);
}

static void
test_cancel_and_reset (void)
{
  g_autoptr (RlvDocument) document = open_photo (W, H);
  g_autoptr (GBytes) plain = copy_state (document), painted = NULL, canceled = NULL, reset = NULL, again = NULL;

  dab (document, RLV_FILL_BLACK, 100, 100, 0.2);
  painted = copy_state (document);
  rlv_document_paint_begin (document, RLV_FILL_NOISE, 0.2, 0.2, 0.2);
  rlv_document_paint_to (document, 0.8, 0.8);
  g_assert_true (rlv_document_get_drawing (document));
  rlv_document_stroke_cancel (document);
  canceled = copy_state (document);
  g_assert_true (g_bytes_equal (canceled, painted));
  rlv_document_unpaint (document);
  reset = copy_state (document);
  g_assert_true (g_bytes_equal (reset, plain));
  rlv_document_undo (document);
  again = copy_state (document);
  g_assert_true (g_bytes_equal (again, painted));
}

/* Painting and moving the frame are steps of one history. */
static void
test_with_the_frame (void)
{
  g_autoptr (RlvDocument) document = open_photo (W, H);
  const LrpRegion region = { 10, 20, 50, 50 };

  dab (document, RLV_FILL_BLACK, 100, 100, 0.2);
  rlv_document_set_region (document, &region, FALSE);
  dab (document, RLV_FILL_WHITE, 100, 100, 0.2);
  g_assert_cmphex (pixel_at (document, 100, 100), ==, 0xffffff);
  rlv_document_undo (document);
  g_assert_cmphex (pixel_at (document, 100, 100), ==, 0);
  g_assert_nonnull (rlv_document_get_region (document));
  rlv_document_undo (document);
  g_assert_null (rlv_document_get_region (document));
  g_assert_cmphex (pixel_at (document, 100, 100), ==, 0);
  rlv_document_undo (document);
  g_assert_cmphex (pixel_at (document, 100, 100), ==, original_at (document, 100, 100));
  /* What was undone on this photo is not on the next one, nor there when that is undone. */
  rlv_document_redo (document);
  rlv_document_clear (document);
  g_assert_null (rlv_document_get_photo (document));
  rlv_document_undo (document);
  g_assert_cmphex (pixel_at (document, 100, 100), ==, 0);
}

/* --- what a network is fed ---------------------------------------------------------------------------------------- */

static LrpNetwork *
make_network (guint channels)
{
  LrpNetwork *network = lrp_network_new ("eyes", "x", &LRP_SHAPE (1, channels, 24, 32));

  network->input.scale = 1 / 255.0;
  for (int c = 0; c < 3; c++)
    {
      network->input.mean[c] = 0.4 + 0.05 * c;
      network->input.std[c] = 0.2 + 0.03 * c;
    }
  return network;
}

static void
note_ready (gboolean *ready)
{
  *ready = TRUE;
}

static LrpTensor *
feed (RlvPhotoFeed *source, RlvDocument *document, LrpRegion region, const LrpNetwork *network)
{
  gboolean ready = FALSE;
  gulong handler = g_signal_connect_swapped (source, "ready", G_CALLBACK (note_ready), &ready);
  LrpTensor *input = NULL;
  g_autoptr (GError) error = NULL;

  for (;;)
    {
      LrpRegion got = region;
      g_clear_pointer (&input, lrp_tensor_unref);
      input = rlv_photo_feed_get (source, rlv_document_get_photo (document), &got, network, NULL, &error);
      g_assert_no_error (error);
      if (input && got.x == region.x && got.width == region.width)
        break;
      ready = FALSE;
      while (!ready)
        g_main_context_iteration (NULL, TRUE);
    }
  g_signal_handler_disconnect (source, handler);
  return input;
}

/* What the command line makes of the painted picture, saved as a PNG. */
static LrpTensor *
read_saved (RlvDocument *document, const LrpRegion *region, const LrpNetwork *network)
{
  g_autofree char *folder = g_dir_make_tmp ("paint-XXXXXX", NULL), *path = g_build_filename (folder, "a.png", NULL);
  g_autoptr (GdkPixbuf) picture = NULL;
  LrpTensor *input;

  g_assert_cmpint (cairo_surface_write_to_png (rlv_document_get_photo (document)->surface, path), ==,
                   CAIRO_STATUS_SUCCESS);
  picture = lrp_picture_open (path, NULL);
  g_assert_nonnull (picture);
  input = lrp_prepare_region (picture, region, network, NULL, NULL);
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  return input;
}

static void
assert_same_input (const LrpTensor *a, const LrpTensor *b)
{
  g_assert_true (lrp_shape_equal (&a->shape, &b->shape));
  g_assert_cmpmem (a->data, a->count * sizeof *a->data, b->data, b->count * sizeof *b->data);
}

static void
assert_fed_as_saved (RlvPhotoFeed *source, RlvDocument *document, const LrpRegion *region, const LrpNetwork *network)
{
  g_autoptr (LrpTensor) fed = feed (source, document, *region, network);
  g_autoptr (LrpTensor) saved = read_saved (document, region, network);

  assert_same_input (fed, saved);
}

/* data: how large; a large photo is read in a thread, and only what is painted at once. */
static void
test_feed (gconstpointer data)
{
  int factor = GPOINTER_TO_INT (data);
  g_autoptr (RlvDocument) document = open_photo (factor * W, factor * H);
  g_autoptr (RlvPhotoFeed) source = rlv_photo_feed_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  const LrpRegion part = { factor * 20.3, factor * -10.7, factor * 250.0, factor * 187.5 };
  const LrpRegion all = { 0, 0, factor * W, factor * H };

  for (guint channels = 1; channels <= 3; channels += 2)
    {
      g_autoptr (LrpNetwork) network = make_network (channels);
      g_autoptr (LrpTensor) before = feed (source, document, part, network), after = NULL;

      for (int i = 0; i < 4; i++)
        {
          scribble (document, random);
          assert_fed_as_saved (source, document, &part, network);
        }
      after = feed (source, document, part, network);
      g_assert_cmpint (memcmp (before->data, after->data, before->count * sizeof (float)), !=, 0);
      assert_fed_as_saved (source, document, &all, network);
      rlv_document_undo (document);
      assert_fed_as_saved (source, document, &all, network);
    }
}

/* While a large photo is being read somebody paints, moves the frame or opens another photo: what comes in the end is
 * about what is there in the end. */
static void
test_feed_while_painting (void)
{
  g_autoptr (RlvDocument) document = open_photo (2400, 1600);
  g_autoptr (RlvPhotoFeed) source = rlv_photo_feed_new ();
  g_autoptr (LrpNetwork) network = make_network (3);
  const LrpRegion all = { 0, 0, 2400, 1600 };
  LrpRegion region = { 10, 10, 2000, 1500 };
  LrpTensor *input = rlv_photo_feed_get (source, rlv_document_get_photo (document), &region, network, NULL, NULL);
  g_autoptr (GdkPixbuf) pixels = make_pixels (1800, 1500, FALSE);
  g_autoptr (RlvPhoto) photo = rlv_photo_new (pixels);

  g_assert_null (input);
  g_assert_true (rlv_photo_feed_is_busy (source));
  dab (document, RLV_FILL_BLACK, 100, 100, 0.4);
  assert_fed_as_saved (source, document, &all, network);
  dab (document, RLV_FILL_WHITE, 100, 100, 0.4);
  region = all;
  input = rlv_photo_feed_get (source, rlv_document_get_photo (document), &region, network, NULL, NULL);
  g_clear_pointer (&input, lrp_tensor_unref);
  rlv_document_set_photo (document, photo);
  assert_fed_as_saved (source, document, &all, network);
  rlv_document_undo (document);
  assert_fed_as_saved (source, document, &all, network);
  rlv_photo_feed_forget (source);
  g_assert_false (rlv_photo_feed_is_busy (source));
}

/* A transparent picture is read as the one that is seen on its paper. */
static void
test_transparent (void)
{
  g_autoptr (RlvDocument) document = rlv_document_new ();
  g_autoptr (GdkPixbuf) pixels = make_pixels (W, H, TRUE);
  g_autoptr (RlvPhoto) photo = NULL;
  g_autoptr (RlvPhotoFeed) source = rlv_photo_feed_new ();
  g_autoptr (LrpNetwork) network = make_network (3);
  const LrpRegion all = { 0, 0, W, H };
  g_autoptr (LrpTensor) fed = NULL, read = NULL;

  lrp_paper_lay (pixels);
  g_assert_cmpint (lrp_paper_get (pixels), ==, LRP_PAPER_WHITE);
  photo = rlv_photo_new (pixels);
  read = lrp_prepare_region (pixels, &all, network, NULL, NULL);
  rlv_document_set_photo (document, photo);
  fed = feed (source, document, all, network);
  assert_same_input (fed, read);
  g_assert_cmphex (pixel_at (document, 0, 0), ==, 0xffffff);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paint/plain-fills", test_plain_fills);
  g_test_add_func ("/paint/soft-edge", test_soft_edge);
  g_test_add_func ("/paint/blur-and-noise", test_blur_and_noise);
  g_test_add_func ("/paint/original", test_original);
  g_test_add_func ("/paint/undo-is-exact", test_undo_is_exact);
  g_test_add_func ("/paint/any-order", test_any_order);
  g_test_add_func ("/paint/undo-does-not-paint", test_undo_does_not_paint);
  g_test_add_func ("/paint/kept-is-limited", test_kept_is_limited);
  g_test_add_func ("/paint/cancel-and-reset", test_cancel_and_reset);
  g_test_add_func ("/paint/with-the-frame", test_with_the_frame);
  g_test_add_data_func ("/paint/feed/small", GINT_TO_POINTER (1), test_feed);
  g_test_add_data_func ("/paint/feed/large", GINT_TO_POINTER (3), test_feed);
  g_test_add_func ("/paint/feed/while-painting", test_feed_while_painting);
  g_test_add_func ("/paint/transparent", test_transparent);
  return g_test_run ();
}
