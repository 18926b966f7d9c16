/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-cards.c: cards are duplicated, moved, dragged and removed, and stand in a table where they are one */
#include "config.h"

#include "compare/fixture.h"

static void
test_keys (WindowFixture *f, gconstpointer data)
{
  window_fixture_draw (f, 3);
  compare_focus (f, 0);
  test_key (GDK_KEY_d, GDK_CONTROL_MASK);
  compare_wait_for_count (f, 7);
  g_assert_cmpstr (compare_title (f, 1), ==, compare_title (f, 0));
  compare_assert_true (f, 1);
  /* The copy has the keyboard now, and goes two places on. */
  test_key (GDK_KEY_Right, GDK_ALT_MASK);
  compare_wait (f);
  test_key (GDK_KEY_Right, GDK_ALT_MASK);
  compare_wait (f);
  g_assert_cmpstr (compare_title (f, 3), ==, "ε-plus-flat");
  test_key (GDK_KEY_Up, GDK_ALT_MASK);
  compare_wait (f);
  g_assert_cmpstr (compare_title (f, 3), !=, "ε-plus-flat");
  /* Delete takes the card and not the drawing, wherever on the card the keyboard is. */
  test_key (GDK_KEY_Delete, 0);
  compare_wait_for_count (f, 6);
  g_assert_false (rlv_document_get_empty (f->document));
  compare_undo (f);
  g_assert_cmpuint (compare_count (f), ==, 7);
  for (guint i = 0; i < 7; i++)
    compare_assert_true (f, i);
}

static void
drag (WindowFixture *f, GtkWidget *from, GtkWidget *to, double x, double y)
{
  graphene_point_t end;

  g_assert_true (gtk_widget_compute_point (to, from, &GRAPHENE_POINT_INIT ((float) x, (float) y), &end));
  compare_drag_by (f, from, x, y, (double) end.x - x, (double) end.y - y);
}

static gboolean
is_first (gpointer card)
{
  return gtk_flow_box_child_get_index (card) == 0;
}

static void
test_drag (WindowFixture *f, gconstpointer data)
{
  RlvCompareCard *third = compare_card (f, 2);

  window_fixture_draw (f, 3);
  drag (f, GTK_WIDGET (third), GTK_WIDGET (compare_card (f, 0)), 60, 100);
  g_assert_true (test_wait_until (is_first, third, PATIENCE));
  compare_wait (f);
  for (guint i = 0; i < 6; i++)
    compare_assert_true (f, i);
  /* Where the maps are zoomed, by the head. */
  third = compare_card (f, 2);
  rlv_compare_look_zoom_by (compare_look (f), 2, 0.5, 0.5);
  drag (f, GTK_WIDGET (third), GTK_WIDGET (compare_card (f, 0)), 40, 12);
  g_assert_true (test_wait_until (is_first, third, PATIENCE));
}

static float
get_edge (WindowFixture *f, guint i, gboolean top)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (compare_card (f, i)), GTK_WIDGET (compare_page (f)), &bounds));
  return top ? bounds.origin.y : bounds.origin.x;
}

/* Rows are classes and columns are rules, until a card is missing. */
static void
test_table (WindowFixture *f, gconstpointer data)
{
  window_fixture_draw (f, 3);
  compare_act (f, "set", "rules-classes");
  compare_wait (f);
  for (guint i = 0; i < 50; i++)
    {
      g_assert_cmpfloat (get_edge (f, i, TRUE), ==, get_edge (f, i - i % 5, TRUE));
      g_assert_cmpfloat (get_edge (f, i, FALSE), ==, get_edge (f, i % 5, FALSE));
      g_assert_cmpint (rlv_compare_card_get_item (compare_card (f, i))->request->target.class_index, ==, (int) i / 5);
      g_assert_cmpstr (compare_title (f, i), ==, compare_title (f, i % 5));
    }
  g_assert_cmpuint (lrp_explanation_get_class (rlv_query_get_explanation (compare_query (f, 5)), 0), ==, 1);
  compare_focus (f, 0);
  test_key (GDK_KEY_Delete, 0);
  compare_wait_for_count (f, 49);
  g_assert_cmpfloat (get_edge (f, 3, TRUE), >, get_edge (f, 0, TRUE));
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);
  COMPARE_ADD ("keys", test_keys, NULL);
  COMPARE_ADD ("drag", test_drag, NULL);
  COMPARE_ADD ("table", test_table, NULL);
  return g_test_run ();
}
