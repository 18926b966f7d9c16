/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-state.c: cards are remembered, whatever the settings hold */
#include "config.h"

#include "compare/fixture.h"

/* The next start finds the cards as they were, and the sets that were saved. */
static void
test_remembered (WindowFixture *f, gconstpointer data)
{
  RlvWindow *next;
  RlvComparePage *page;

  compare_act (f, "set", "gamma");
  compare_focus (f, 2);
  test_key (GDK_KEY_Left, GDK_ALT_MASK);
  compare_wait (f);
  next = window_fixture_new_window ();
  window_fixture_wait_for_network (next);
  page = TEST_FIND (next, COMPARE_PAGE);
  g_assert_cmpuint (rlv_compare_page_get_n_cards (page), ==, 6);
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *name = compare_dup_name (rlv_compare_page_get_card (page, i));
      g_autofree char *before = compare_dup_name (compare_card (f, i));
      g_assert_cmpstr (name, ==, before);
    }
  test_destroy_window (GTK_WINDOW (next));
}

static const char *const hostile[] = {
  "comparison",
  "[('gradient', true, -1, -4, '', '', '', -1, -1), ('no-such-method', true, -1, -4, '', '', '', -1, -1),"
  " ('smoothgrad', true, -1, -4, '', '', '', -1, -1), ('lrp', true, -1, -4, '', '', '', 0, 2),"
  " ('lrp', true, -1, -4, '', '', '', 0, 99),"
  " ('lrp', true, -1, -4, '', '', '', 1, 2), ('lrp', true, -1, -4, '', '', '', 0, 0), ('lrp', true, -1, -4, '', '', "
  "'', 0, -5),"
  " ('lrp', true, -1, -4, '', '', '', 3, 0)]",
  NULL
};

/* What another version, or nobody sane, wrote into the settings does no harm. */
static void
test_hostile (WindowFixture *f, gconstpointer data)
{
  g_assert_cmpuint (compare_count (f), ==, 3);
  g_assert_cmpstr (compare_title (f, 0), ==, "Gradient");
  g_assert_cmpstr (compare_title (f, 1), ==, "SmoothGrad");
  g_assert_cmpstr (compare_title (f, 2), ==, "Difference");
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);
  COMPARE_ADD ("remembered", test_remembered, NULL);
  COMPARE_ADD ("hostile", test_hostile, hostile);
  return g_test_run ();
}
