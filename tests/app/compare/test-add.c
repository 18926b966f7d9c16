/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-add.c: cards are added one by one, or as sets */
#include "config.h"

#include "app/compare/set.h"
#include "compare/fixture.h"

#include <string.h>

static void
test_add (WindowFixture *f, gconstpointer data)
{
  window_fixture_draw (f, 3);
  compare_act (f, "add", "lrp:composite=w-square");
  compare_wait (f);
  g_assert_cmpuint (compare_count (f), ==, 7);
  compare_assert_true (f, 6);
  g_assert_cmpstr (compare_title (f, 6), ==, "w²");
  compare_act (f, "add-chosen", NULL);
  compare_wait (f);
  g_assert_cmpstr (compare_title (f, 7), ==, "Automatic");
  /* And back: the window explains as a card does. */
  compare_focus (f, 6);
  compare_act (f, "use", NULL);
  compare_wait (f);
  g_assert_cmpstr (rlv_session_get_request (f->session)->composite->choice.entry->name, ==, "w-square");
}

/* Every set can be shown, and none of its cards fails on a digit. */
static void
test_sets (WindowFixture *f, gconstpointer data)
{
  window_fixture_draw (f, 3);
  for (guint i = 0; i < rlv_compare_n_sets (); i++)
    {
      const RlvCompareSet *set = &rlv_compare_sets[i];
      guint n = (set->methods ? g_strv_length ((char **) set->methods) : 1)
                * (set->classes    ? 10
                   : set->networks ? 5
                                   : 1);
      compare_act (f, "set", set->name);
      compare_wait_for_count (f, n);
      for (guint k = 0; k < n; k++)
        {
          g_assert_null (rlv_query_get_error (compare_query (f, k)));
          if (rlv_query_get_active (compare_query (f, k)))
            compare_assert_true (f, k);
        }
      compare_undo (f);
      g_assert_cmpuint (compare_count (f), ==, 6);
    }
}

/* One method on all networks for digits: each card has its own, and says which. */
static void
test_networks (WindowFixture *f, gconstpointer data)
{
  window_fixture_draw (f, 3);
  compare_act (f, "set", "networks");
  compare_wait_for_count (f, 5);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *name = compare_dup_name (compare_card (f, i));
      g_assert_nonnull (strstr (name, rlv_compare_card_get_item (compare_card (f, i))->network));
      for (guint k = 0; k < i; k++)
        g_assert_true (rlv_query_get_network (compare_query (f, i)) != rlv_query_get_network (compare_query (f, k)));
    }
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);
  COMPARE_ADD ("add", test_add, NULL);
  COMPARE_ADD ("sets", test_sets, NULL);
  COMPARE_ADD ("networks", test_networks, NULL);
  return g_test_run ();
}
