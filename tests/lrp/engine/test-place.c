/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-place.c: where a window lies, against counting its elements one by one */
#include "lrp/engine/place.h"

static gboolean
is_on (const LrpWindow *window, gint64 place, gint64 element, gint64 from, gint64 end)
{
  gint64 at = place * window->stride[0] - window->pad_begin[0] + element * window->dilation[0];

  return at >= from && at < end;
}

static void
check_place (const LrpWindow *window, gint64 place, gint64 extent)
{
  gint64 padding_begin = window->count_include_pad ? window->pad_begin[0] : 0,
         padding_end = window->count_include_pad ? window->pad_end[0] : 0, n = 0, first, end;

  lrp_window_clip (window, 0, place, extent, &first, &end);
  g_assert_cmpint (0, <=, first);
  g_assert_cmpint (first, <=, end);
  g_assert_cmpint (end, <=, window->kernel[0]);
  for (gint64 i = 0; i < window->kernel[0]; i++)
    {
      g_assert_true (is_on (window, place, i, 0, extent) == (i >= first && i < end));
      n += is_on (window, place, i, -padding_begin, extent + padding_end);
    }
  g_assert_cmpint (lrp_window_count (window, 0, place, extent), ==, n);
}

/* All small windows, and places before, on and behind the plane. */
static void
test_small (void)
{
  for (guint code = 0; code < 5 * 3 * 3 * 4 * 3 * 2; code++)
    {
      LrpWindow window = LRP_WINDOW_INIT;
      window.kernel[0] = 1 + code % 5;
      window.stride[0] = 1 + code / 5 % 3;
      window.dilation[0] = 1 + code / 15 % 3;
      window.pad_begin[0] = code / 45 % 4;
      window.pad_end[0] = code / 180 % 3;
      window.count_include_pad = code / 540 == 1;
      for (gint64 extent = 1; extent <= 7; extent++)
        for (gint64 place = 0; place <= 9; place++)
          check_place (&window, place, extent);
    }
}

/* The largest window that a file can ask for: one by one it would take minutes for each place. */
static void
test_large (void)
{
  LrpWindow window = LRP_WINDOW_INIT;
  gint64 most = G_MAXINT32, first, end;

  window.kernel[0] = window.pad_begin[0] = window.pad_end[0] = most;
  window.count_include_pad = TRUE;
  for (gint64 place = 0; place < 100000; place++)
    {
      lrp_window_clip (&window, 0, place, 1, &first, &end);
      g_assert_cmpint (first, ==, most - place);
      g_assert_cmpint (end - first, ==, place > 0);
      g_assert_cmpint (lrp_window_count (&window, 0, place, 1), ==, most);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/place/small", test_small);
  g_test_add_func ("/place/large", test_large);
  return g_test_run ();
}
