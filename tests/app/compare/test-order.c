/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-order.c: cards are put in order */
#include "config.h"

#include "compare/fixture.h"

#include <string.h>

static gboolean
is_sorted (gpointer f)
{
  return compare_has_undo (f) && !g_str_equal (compare_title (f, 0), "ε-plus-flat");
}

/* As the card tells it. */
static double
read_sparsity (WindowFixture *f, guint i)
{
  const char *text = strstr (compare_text (f, i, "numbers"), "sparsity ");

  g_assert_nonnull (text);
  return g_ascii_strtod (text + strlen ("sparsity "), NULL);
}

/* The sparsest map comes first. */
static void
test_order (WindowFixture *f, gconstpointer data)
{
  double last = 1;

  window_fixture_draw (f, 3);
  compare_act (f, "order", "sparsity");
  g_assert_true (test_wait_until (is_sorted, f, PATIENCE));
  compare_wait (f);
  for (guint i = 0; i < compare_count (f); i++)
    {
      double sparsity = read_sparsity (f, i);
      g_assert_cmpfloat (sparsity, <=, last);
      last = sparsity;
    }
  compare_undo (f);
  g_assert_cmpstr (compare_title (f, 0), ==, "ε-plus-flat");
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);
  COMPARE_ADD ("order", test_order, NULL);
  return g_test_run ();
}
