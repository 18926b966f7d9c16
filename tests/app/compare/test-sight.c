/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-sight.c: what nobody sees is not computed, and what is new is brought into sight */
#include "config.h"

#include "compare/fixture.h"

static guint
count_active (WindowFixture *f)
{
  guint n = 0;

  for (guint i = 0; i < compare_count (f); i++)
    n += (guint) rlv_query_get_active (compare_query (f, i));
  return n;
}

/* What nobody sees is not computed: neither on a hidden page nor beyond the edge of the window. */
static void
test_out_of_sight (WindowFixture *f, gconstpointer data)
{
  guint n, seen;

  compare_act (f, "set", "rules-classes");
  compare_wait (f);
  n = compare_count (f);
  g_assert_cmpuint (n, ==, 50);
  window_fixture_draw (f, 3);
  compare_wait (f);
  seen = count_active (f);
  g_assert_cmpuint (seen, >, 0);
  g_assert_cmpuint (seen, <, n);
  g_assert_true (rlv_query_get_active (compare_query (f, 0)));
  g_assert_null (rlv_query_get_explanation (compare_query (f, n - 1)));
  /* The keyboard brings the last one into sight. */
  compare_focus (f, n - 1);
  compare_wait (f);
  g_assert_true (rlv_query_get_active (compare_query (f, n - 1)));
  g_assert_false (rlv_query_get_active (compare_query (f, 0)));
  compare_assert_true (f, n - 1);
  g_assert_cmpuint (lrp_explanation_get_class (rlv_query_get_explanation (compare_query (f, n - 1)), 0), ==, 9);
  test_key (GDK_KEY_1, GDK_ALT_MASK);
  compare_wait (f);
  g_assert_cmpuint (count_active (f), ==, 0);
}

static gboolean
is_all_in_sight (gpointer card)
{
  gboolean seen = TRUE;

  for (GtkWidget *above = gtk_widget_get_parent (card); above; above = gtk_widget_get_parent (above))
    {
      graphene_rect_t bounds;
      if (!GTK_IS_SCROLLED_WINDOW (above))
        continue;
      seen = seen && gtk_widget_compute_bounds (card, above, &bounds) && bounds.origin.y > -0.5f
             && bounds.origin.y + bounds.size.height < (float) gtk_widget_get_height (above) + 0.5f;
    }
  return seen;
}

/* Who adds a card beyond the edge of the window, or moves one there, sees it. */
static void
test_newcomer (WindowFixture *f, gconstpointer data)
{
  guint n;

  compare_act (f, "set", "rules-classes");
  compare_wait (f);
  window_fixture_draw (f, 3);
  n = compare_count (f);
  g_assert_false (is_all_in_sight (compare_card (f, n - 1)));
  compare_click (f, 0, FALSE);
  compare_click (f, 1, TRUE);
  compare_act (f, "difference", NULL);
  compare_wait_for_count (f, n + 1);
  g_assert_true (test_wait_until (is_all_in_sight, compare_card (f, n), PATIENCE));
  g_assert_true (compare_has_keyboard (compare_card (f, n)));
  g_assert_false (is_all_in_sight (compare_card (f, 0)));
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);
  COMPARE_ADD ("out-of-sight", test_out_of_sight, NULL);
  COMPARE_ADD ("newcomer", test_newcomer, NULL);
  return g_test_run ();
}
