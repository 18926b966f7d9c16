/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-look.c: all maps are zoomed and moved together, and share a scale */
#include "config.h"

#include "compare/fixture.h"

static gboolean
is_zoomed (gpointer look)
{
  double u, v;

  return rlv_compare_look_get_zoom (look, &u, &v) > 1;
}

static gboolean
is_whole (gpointer look)
{
  return !is_zoomed (look);
}

static void
test_zoom (WindowFixture *f, gconstpointer data)
{
  RlvCompareLook *look = compare_look (f);
  GtkWidget *view = GTK_WIDGET (rlv_compare_card_get_view (compare_card (f, 0)));
  double u, v, before_u, before_v;

  window_fixture_draw (f, 3);
  test_pointer_move (view, 30, 40);
  g_assert_true (test_wait_until (compare_has_reading, compare_card (f, 0), PATIENCE));
  rlv_compare_look_get_pointed (look, &before_u, &before_v);
  gtk_widget_grab_focus (GTK_WIDGET (compare_card (f, 0)));
  test_key (GDK_KEY_plus, GDK_SHIFT_MASK);
  g_assert_true (test_wait_until (is_zoomed, look, PATIENCE));
  compare_wait (f);
  /* What was pointed at stayed under the pointer. */
  test_pointer_move (view, 31, 40);
  test_pointer_move (view, 30, 40);
  compare_wait (f);
  g_assert_true (rlv_compare_look_get_pointed (look, &u, &v));
  g_assert_cmpfloat_with_epsilon (u, before_u, 0.002);
  g_assert_cmpfloat_with_epsilon (v, before_v, 0.002);
  test_key (GDK_KEY_0, 0);
  g_assert_true (test_wait_until (is_whole, look, PATIENCE));
  g_assert_cmpint (rlv_session_get_target (f->session), ==, LRP_TARGET_TOP);
}

static void
assert_cursor (WindowFixture *f, guint i, const char *name)
{
  GdkCursor *cursor = gtk_widget_get_cursor (GTK_WIDGET (rlv_compare_card_get_view (compare_card (f, i))));

  g_assert_cmpstr (cursor ? gdk_cursor_get_name (cursor) : NULL, ==, name);
}

/* What is seen of a zoomed map is dragged, in all cards at once, and what is under the pointer stays there; the card is
 * then dragged by its head, or what stands below. */
static void
test_pan (WindowFixture *f, gconstpointer data)
{
  RlvCompareLook *look = compare_look (f);
  RlvCompareCard *third = compare_card (f, 2);
  RlvCompareView *view = rlv_compare_card_get_view (third);
  double width = gtk_widget_get_width (GTK_WIDGET (view)), u, v, zoom, place_u, place_v, to_u, to_v;

  window_fixture_draw (f, 3);
  assert_cursor (f, 0, NULL);
  rlv_compare_look_zoom_by (look, 2, 0.5, 0.5);
  zoom = rlv_compare_look_get_zoom (look, &u, &v);
  g_assert_cmpfloat (u, ==, 0.25);
  assert_cursor (f, 0, "grab");
  test_pointer_move (GTK_WIDGET (view), 60, 60);
  g_assert_true (test_wait_until (compare_has_reading, compare_card (f, 0), PATIENCE));
  rlv_compare_look_get_pointed (look, &place_u, &place_v);
  compare_drag_by (f, GTK_WIDGET (view), 60, 60, 20, -15);
  g_assert_cmpfloat (rlv_compare_look_get_zoom (look, &to_u, &to_v), ==, zoom);
  g_assert_cmpfloat_with_epsilon (to_u, u - 20 / width / zoom, 1e-6);
  g_assert_cmpfloat_with_epsilon (to_v, v + 15 / width / zoom, 1e-6);
  rlv_compare_look_get_pointed (look, &u, &v);
  g_assert_cmpfloat_with_epsilon (u, place_u, 1e-6);
  g_assert_cmpfloat_with_epsilon (v, place_v, 1e-6);
  g_assert_true (compare_card (f, 2) == third);
  /* Not beyond the edge. */
  compare_drag_by (f, GTK_WIDGET (view), 20, 20, 300, 0);
  rlv_compare_look_get_zoom (look, &u, &v);
  g_assert_cmpfloat (u, ==, 0);
  g_assert_true (compare_card (f, 2) == third);
  rlv_compare_look_zoom_by (look, 0, 0, 0);
  assert_cursor (f, 0, NULL);
}

/* With the keyboard in the drawing the same keys zoom; but a plain 0 explains the class, and other pages are left
 * alone. */
static void
test_zoom_from_afar (WindowFixture *f, gconstpointer data)
{
  RlvCompareLook *look = compare_look (f);
  double u, v, zoom;

  window_fixture_draw (f, 3);
  gtk_widget_grab_focus (GTK_WIDGET (f->pad));
  test_key (GDK_KEY_plus, GDK_SHIFT_MASK);
  g_assert_true (test_wait_until (is_zoomed, look, PATIENCE));
  zoom = rlv_compare_look_get_zoom (look, &u, &v);
  test_key (GDK_KEY_0, 0);
  compare_wait (f);
  g_assert_cmpint (rlv_session_get_target (f->session), ==, 0);
  g_assert_cmpfloat (rlv_compare_look_get_zoom (look, &u, &v), ==, zoom);
  test_key (GDK_KEY_1, GDK_ALT_MASK);
  g_assert_true (test_wait_until (compare_is_unmapped, compare_page (f), PATIENCE));
  test_key (GDK_KEY_plus, GDK_SHIFT_MASK);
  compare_wait (f);
  g_assert_cmpfloat (rlv_compare_look_get_zoom (look, &u, &v), ==, zoom);
  compare_open (f);
  test_key (GDK_KEY_0, GDK_CONTROL_MASK);
  g_assert_true (test_wait_until (is_whole, look, PATIENCE));
}

/* One scale for all: the full colour is the largest relevance of any map. */
static void
test_scale (WindowFixture *f, gconstpointer data)
{
  double largest = 0, own[6];

  window_fixture_draw (f, 3);
  for (guint i = 0; i < 6; i++)
    {
      own[i] = rlv_compare_view_get_scale (rlv_compare_card_get_view (compare_card (f, i)));
      largest = MAX (largest, own[i]);
    }
  g_assert_cmpfloat (own[0], !=, own[1]);
  compare_act (f, "locked", NULL);
  compare_wait (f);
  for (guint i = 0; i < 6; i++)
    g_assert_cmpfloat (rlv_compare_view_get_scale (rlv_compare_card_get_view (compare_card (f, i))), ==, largest);
  g_assert_true (g_settings_get_boolean (f->settings, "comparison-locked"));
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);
  COMPARE_ADD ("zoom", test_zoom, NULL);
  COMPARE_ADD ("zoom/pan", test_pan, NULL);
  COMPARE_ADD ("zoom/from-afar", test_zoom_from_afar, NULL);
  COMPARE_ADD ("scale", test_scale, NULL);
  return g_test_run ();
}
