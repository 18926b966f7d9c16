/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-curves.c: pixel flipping of all cards */
#include "config.h"

#include "app/compare/curves.h"
#include "compare/fixture.h"

#include <string.h>

static gboolean
has_any_curves (gpointer data)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  *(GtkWidget **) data = NULL;
  for (GList *l = windows; l; l = l->next)
    if (RLV_IS_COMPARE_CURVES (l->data))
      *(GtkWidget **) data = l->data;
  return *(GtkWidget **) data != NULL;
}

/* One that has measured all. */
static gboolean
has_curves (gpointer data)
{
  GtkWidget **window = data;

  return has_any_curves (data)
         && g_str_equal (gtk_stack_get_visible_child_name (GTK_STACK (test_find_by_id (*window, "stack"))), "curves");
}

static guint32
get_sum (GdkTexture *picture)
{
  int width = gdk_texture_get_width (picture), height = gdk_texture_get_height (picture);
  g_autofree guchar *data = g_malloc ((gsize) (4 * width * height));
  guint32 sum = 0;

  gdk_texture_download (picture, data, (gsize) (4 * width));
  for (int i = 0; i < 4 * width * height; i += 4)
    sum += data[i];
  return sum;
}

/* What an explanation leaves of the input. */
static GdkTexture *
picture_at (GtkWidget *window, guint i)
{
  GtkWidget *picture = test_find_by_type (test_find_by_id (window, "pictures"), GTK_TYPE_PICTURE, i);

  return GDK_TEXTURE (gtk_picture_get_paintable (GTK_PICTURE (picture)));
}

/* What stands below that: its name, then this. */
static const char *
text_at (GtkWidget *window, guint i)
{
  GtkWidget *text = test_find_by_type (test_find_by_id (window, "pictures"), GTK_TYPE_INSCRIPTION, 2 * i + 1);

  return gtk_inscription_get_text (GTK_INSCRIPTION (text));
}

/* Whether a label that is seen has these words. */
static gboolean
says (GtkWidget *widget, const char *words)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget)
      && strstr (gtk_label_get_label (GTK_LABEL (widget)), words))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (says (child, words))
      return TRUE;
  return FALSE;
}

/* All cards in one chart; the slider takes the ink away, and the score with it. */
static void
test_curves (WindowFixture *f, gconstpointer data)
{
  GtkWidget *window;
  GtkRange *scrubber;
  guint32 whole, half;
  g_autofree char *text = NULL;

  window_fixture_draw (f, 3);
  compare_act (f, "curves", NULL);
  g_assert_true (test_wait_until (has_curves, &window, PATIENCE));
  scrubber = GTK_RANGE (test_find_by_id (window, "scrubber"));
  /* What makes a curve a good one is said beside them too, not just before. */
  g_assert_true (says (window, "the faster its score falls, the better the map"));
  whole = get_sum (picture_at (window, 0));
  text = g_strdup (text_at (window, 0));
  for (guint i = 1; i < compare_count (f); i++)
    {
      g_assert_cmpuint (get_sum (picture_at (window, i)), ==, whole);
      g_assert_cmpstr (text_at (window, i), ==, text);
    }
  gtk_range_set_value (scrubber, 20);
  half = get_sum (picture_at (window, 0));
  g_assert_cmpuint (half, !=, whole);
  g_assert_cmpstr (text_at (window, 0), !=, text);
  gtk_range_set_value (scrubber, 100);
  /* Nothing is left of any of them, so that all say the same. */
  for (guint i = 1; i < compare_count (f); i++)
    g_assert_cmpstr (text_at (window, i), ==, text_at (window, 0));
  g_assert_true (test_wait_frames (window, 2, PATIENCE));
  test_destroy_window (GTK_WINDOW (window));
}

/* Closing the window ends the work, whatever it has come to. */
static void
test_curves_cancelled (WindowFixture *f, gconstpointer data)
{
  GtkWidget *window = NULL;

  window_fixture_draw (f, 3);
  compare_act (f, "set", "rules-classes");
  compare_wait (f);
  compare_act (f, "curves", NULL);
  g_assert_true (test_wait_until (has_any_curves, &window, PATIENCE));
  gtk_widget_activate_action (window, "window.close", NULL);
  test_drain ();
  window = NULL;
  g_assert_false (has_any_curves (&window));
  compare_wait (f);
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);
  COMPARE_ADD ("curves", test_curves, NULL);
  COMPARE_ADD ("curves/cancelled", test_curves_cancelled, NULL);
  return g_test_run ();
}
