/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-scrubber.c: the way from the score down to the pixels, step by step and by itself */
#include "config.h"

#include "layers/fixture.h"

#include "app/kit/text.h"
#include "app/map/cell.h"

#include <string.h>

static RlvScrubber *
scrubber_of (WindowFixture *f)
{
  return TEST_FIND (f->window, SCRUBBER);
}

static GtkRange *
range_of (gpointer scrubber)
{
  return GTK_RANGE (find_below (scrubber, "scale"));
}

/* What the picture says under the pointer is what the layer's relevance is there. */
static void
test_reading (WindowFixture *f, gconstpointer data)
{
  RlvLayerPicture *picture = TEST_FIND (f->window, LAYER_PICTURE);
  int side;
  g_autoptr (RlvChannels) channels = NULL;
  g_autofree char *pixel = NULL, *place = NULL, *relevance = NULL, *outside = NULL, *expected = NULL;
  g_autofree float *map = NULL;
  RlvCell cell;

  set_out (f);
  side = gtk_widget_get_width (GTK_WIDGET (picture));
  pixel = rlv_layer_picture_dup_reading (picture, side / 2.0 + 1, side / 2.0 + 1);
  g_assert_true (rlv_cell_read (rlv_session_get_query (f->session), 14, 14, &cell));
  expected = rlv_cell_describe (&cell);
  g_assert_cmpstr (pixel, ==, expected);
  outside = rlv_layer_picture_dup_reading (picture, -9, 5);
  g_assert_null (outside);

  scrub_to_row (f, row_of (f, "pool2"));
  channels = channels_of (f, "pool2");
  g_assert_cmpint (channels->width, ==, 5);
  map = rlv_channels_sum_map (channels);
  place = rlv_layer_picture_dup_reading (picture, side / 2.0, side / 2.0);
  relevance = rlv_text_signed ((double) map[2 * 5 + 2]);
  g_assert_true (g_str_has_prefix (place, "column 2, row 2: relevance "));
  g_assert_nonnull (strstr (place, relevance));
}

/* Its button then offers to pause. */
static gboolean
is_playing (gpointer scrubber)
{
  GtkButton *play = GTK_BUTTON (find_below (scrubber, "play"));

  return g_str_equal (gtk_button_get_icon_name (play), "media-playback-pause-symbolic");
}

static gboolean
has_moved (gpointer scrubber)
{
  return gtk_range_get_value (range_of (scrubber)) >= 2;
}

/* Of what the picture looks like. */
static guint32
checksum (WindowFixture *f)
{
  g_autoptr (GdkTexture) texture = test_render_widget (GTK_WIDGET (TEST_FIND (f->window, LAYER_PICTURE)));
  gsize stride = (gsize) gdk_texture_get_width (texture) * 4, n = stride * (gsize) gdk_texture_get_height (texture);
  g_autofree guint8 *pixels = g_malloc (n);
  guint32 sum = 0;

  gdk_texture_download (texture, pixels, stride);
  for (gsize i = 0; i < n; i++)
    sum = sum * 31 + pixels[i];
  return sum;
}

static void
test_scrub (WindowFixture *f, gconstpointer data)
{
  RlvScrubber *scrubber = scrubber_of (f);
  GtkRange *range = range_of (scrubber);
  guint32 pixels, score;
  guint last;

  set_out (f);
  last = flow_of (f)->chain->len - 1;
  g_assert_cmpfloat (gtk_range_get_value (range), ==, last);
  g_assert_true (test_wait_frames (GTK_WIDGET (scrubber), 2, PATIENCE));
  pixels = checksum (f);
  gtk_widget_grab_focus (GTK_WIDGET (range));
  test_key (GDK_KEY_Home, 0);
  g_assert_true (test_wait_frames (GTK_WIDGET (scrubber), 3, PATIENCE));
  g_assert_cmpfloat (gtk_range_get_value (range), ==, 0);
  score = checksum (f);
  g_assert_cmpuint (score, !=, pixels);
  test_key (GDK_KEY_Right, 0);
  g_assert_true (test_wait_frames (GTK_WIDGET (scrubber), 2, PATIENCE));
  g_assert_cmpfloat (gtk_range_get_value (range), ==, 1);
  g_assert_cmpuint (shown_row (f), ==, g_array_index (flow_of (f)->chain, guint, last - 1));
  /* Space plays, and pauses. */
  test_key (GDK_KEY_space, 0);
  g_assert_true (test_wait_until (is_playing, scrubber, PATIENCE));
  g_assert_true (test_wait_until (has_moved, scrubber, PATIENCE));
  rlv_scrubber_set_playing (scrubber, FALSE);
  g_assert_false (is_playing (scrubber));
}

/* Where people want no animations, nothing moves by itself; steps remain. */
static void
test_no_animations (WindowFixture *f, gconstpointer data)
{
  RlvScrubber *scrubber = scrubber_of (f);
  double before;

  set_out (f);
  g_object_set (gtk_widget_get_settings (GTK_WIDGET (scrubber)), "gtk-enable-animations", FALSE, NULL);
  g_assert_false (gtk_widget_get_sensitive (find_below (scrubber, "play")));
  rlv_scrubber_set_playing (scrubber, TRUE);
  g_assert_false (is_playing (scrubber));
  before = gtk_range_get_value (range_of (scrubber));
  rlv_scrubber_step (scrubber, -1);
  g_assert_cmpfloat (gtk_range_get_value (range_of (scrubber)), ==, before - 1);
  g_object_set (gtk_widget_get_settings (GTK_WIDGET (scrubber)), "gtk-enable-animations", TRUE, NULL);
  g_assert_true (gtk_widget_get_sensitive (find_below (scrubber, "play")));
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    const char *const *settings;
    void (*test) (WindowFixture *f, gconstpointer data);
  } tests[] = {
    { "/scrubber/reading", NULL, test_reading },
    { "/scrubber/scrub", NULL, test_scrub },
    { "/scrubber/no-animations", NULL, test_no_animations },
  };

  window_fixture_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, WindowFixture, tests[i].settings, window_fixture_set_up, tests[i].test,
                window_fixture_tear_down);
  return g_test_run ();
}
