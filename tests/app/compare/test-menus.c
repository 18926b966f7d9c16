/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-menus.c: the menu of a card, by pointer and keyboard */
#include "config.h"

#include "compare/fixture.h"

/* All that can be done with a card is in its menu, which the keyboard opens as well as the pointer. */
static void
test_menu (WindowFixture *f, gconstpointer data)
{
  compare_focus (f, 2);
  test_key (GDK_KEY_Menu, 0);
  g_assert_true (test_wait_until (window_fixture_has_menu, compare_page (f), PATIENCE));
  test_key (GDK_KEY_Escape, 0);
  g_assert_true (test_wait_until (compare_has_keyboard, compare_card (f, 2), PATIENCE));
  test_key (GDK_KEY_F10, GDK_SHIFT_MASK);
  g_assert_true (test_wait_until (window_fixture_has_menu, compare_page (f), PATIENCE));
  compare_wait (f);
  /* By the letter that is underlined. */
  test_key (GDK_KEY_d, 0);
  g_assert_true (test_wait_until (window_fixture_has_no_menu, compare_page (f), PATIENCE));
  compare_wait_for_count (f, 7);
  g_assert_cmpstr (compare_title (f, 3), ==, compare_title (f, 2));
  test_pointer_move (GTK_WIDGET (compare_card (f, 1)), 60, 80);
  compare_wait (f);
  test_pointer_button (3, TRUE);
  test_pointer_button (3, FALSE);
  g_assert_true (test_wait_until (window_fixture_has_menu, compare_page (f), PATIENCE));
  test_key (GDK_KEY_Escape, 0);
  g_assert_true (test_wait_until (window_fixture_has_no_menu, compare_page (f), PATIENCE));
}

/* The item of the card's menu that says so. */
typedef struct
{
  const char *text;
  GtkWidget *item;
} Item;

static void
find_item (GtkWidget *widget, gpointer data)
{
  Item *wanted = data;
  g_autofree char *text = NULL;

  if (!g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkModelButton"))
    return;
  g_object_get (widget, "text", &text, NULL);
  if (text && g_str_has_prefix (text, wanted->text))
    wanted->item = widget;
}

/* What is taken from a card is chosen in its menu. */
static void
test_difference_menu (WindowFixture *f, gconstpointer data)
{
  Item item = { "2. ", NULL };

  window_fixture_draw (f, 3);
  compare_focus (f, 0);
  test_key (GDK_KEY_Menu, 0);
  g_assert_true (test_wait_until (window_fixture_has_menu, compare_page (f), PATIENCE));
  window_fixture_walk (GTK_WIDGET (compare_page (f)), find_item, &item);
  g_assert_nonnull (item.item);
  g_assert_true (gtk_widget_is_sensitive (item.item));
  g_signal_emit_by_name (item.item, "clicked");
  compare_wait_for_count (f, 7);
  g_assert_cmpstr (compare_title (f, 6), ==, "Difference");
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);
  COMPARE_ADD ("menu", test_menu, NULL);
  COMPARE_ADD ("difference/menu", test_difference_menu, NULL);
  return g_test_run ();
}
