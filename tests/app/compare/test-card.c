/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-card.c: a card shows its map and numbers, reads what is pointed at, and takes one map from another */
#include "config.h"

#include "app/map/cell.h"
#include "lrp/base/stats.h"
#include "compare/fixture.h"

#include <math.h>
#include <string.h>

/* A new user finds six ways to explain, and every stroke moves them all, with one input for them. */
static void
test_alive (WindowFixture *f, gconstpointer data)
{
  g_autofree char *name = NULL;

  g_assert_cmpuint (compare_count (f), ==, 6);
  for (int digit = 1; digit <= 3; digit += 2)
    {
      rlv_document_clear (f->document);
      window_fixture_draw (f, digit);
      compare_wait (f);
      for (guint i = 0; i < 6; i++)
        {
          g_autofree char *why = g_strdup_printf ("why %d", digit);
          compare_assert_true (f, i);
          g_assert_true (rlv_query_get_explanation (compare_query (f, i))->input
                         == rlv_session_get_explanation (f->session)->input);
          g_assert_true (g_str_has_prefix (compare_text (f, i, "numbers"), why));
        }
    }
  /* Those who cannot see it are told the same. */
  name = compare_dup_name (compare_card (f, 1));
  g_assert_true (g_str_has_prefix (name, "ε-γ-box, Gamma 0.25: why 3 · "));
  g_assert_nonnull (strstr (name, "sum "));
}

#define TWIN    "('lrp:composite=gamma', true, -1, -4, '', '', '', -1, -1)"
#define N_TWINS 6

static const char *const twins[] = { "comparison", "[" TWIN "," TWIN "," TWIN "," TWIN "," TWIN "," TWIN "]", NULL };

/* A card whose map another has just got is not said to be infinitely fast; of those that are alike, each of the
 * threads, four at most, computes one. */
static void
test_twins (WindowFixture *f, gconstpointer data)
{
  guint shared = 0;

  window_fixture_draw (f, 3);
  for (guint i = 0; i < N_TWINS; i++)
    {
      const char *numbers = compare_text (f, i, "numbers");
      gboolean told = strstr (numbers, "time shared") != NULL;

      g_assert_true (told == (strstr (numbers, "ms") == NULL));
      shared += told;
    }
  g_assert_cmpuint (shared, >=, N_TWINS - 4);
  g_assert_cmpuint (shared, <, N_TWINS);
}

/* Pointing at one map reads all of them. */
static void
test_point (WindowFixture *f, gconstpointer data)
{
  RlvCompareView *view = rlv_compare_card_get_view (compare_card (f, 0));
  WindowWords words = { f, NULL, NULL };
  g_autofree char *share = NULL, *pixel = NULL;
  double u, v;
  int column, row;
  RlvCell cell;

  window_fixture_draw (f, 3);
  test_pointer_move (GTK_WIDGET (view), 0.5 * gtk_widget_get_width (GTK_WIDGET (view)), 60);
  for (guint i = 0; i < 6; i++)
    g_assert_true (test_wait_until (compare_has_reading, compare_card (f, i), PATIENCE));
  g_assert_true (rlv_compare_look_get_pointed (compare_look (f), &u, &v));
  g_assert_cmpfloat_with_epsilon (u, 0.5, 0.02);
  g_assert_true (rlv_compare_view_get_cell (rlv_compare_card_get_view (compare_card (f, 5)), u, v, &column, &row));
  g_assert_cmpint (column, ==, 14);
  g_assert_true (rlv_cell_read (rlv_compare_card_get_query (compare_card (f, 5)), column, row, &cell));
  g_assert_true (g_str_has_prefix (compare_text (f, 5, "reading"), cell.relevance < 0   ? "−"
                                                                   : cell.relevance > 0 ? "+"
                                                                                        : "0"));
  share = rlv_cell_share_text (&cell);
  g_assert_true (g_str_has_suffix (compare_text (f, 5, "reading"), share));
  /* Which pixel that is, and what the network is fed there, stands below all. */
  pixel = g_strdup_printf ("column 14, row %d: input ", row);
  words.words = pixel;
  g_assert_true (test_wait_until (window_fixture_says, &words, PATIENCE));
  test_pointer_move (GTK_WIDGET (f->pad), 5, 5);
  g_assert_true (test_wait_until (compare_has_no_reading, compare_card (f, 0), PATIENCE));
  /* The keyboard can point, too: one cell to the right is another number. */
  compare_focus (f, 0);
  test_key (GDK_KEY_Right, GDK_ALT_MASK | GDK_SHIFT_MASK);
  g_assert_true (test_wait_until (compare_has_reading, compare_card (f, 3), PATIENCE));
}

static gboolean
has_pin (gpointer data)
{
  return rlv_pins_get_n (rlv_session_get_pins (((WindowFixture *) data)->session)) == 1;
}

static gboolean
has_no_pin (gpointer data)
{
  return rlv_pins_get_n (rlv_session_get_pins (((WindowFixture *) data)->session)) == 0;
}

static guint32
checksum (RlvCompareView *view)
{
  int width = gtk_widget_get_width (GTK_WIDGET (view)), height = gtk_widget_get_height (GTK_WIDGET (view));
  g_autofree guint32 *pixels = g_new (guint32, width * height);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  guint32 sum = 0;

  GTK_WIDGET_GET_CLASS (view)->snapshot (GTK_WIDGET (view), snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  texture = test_render_node (node, width, height);
  gdk_texture_download (texture, (guchar *) pixels, (gsize) width * 4);
  for (int i = 0; i < width * height; i++)
    sum = 31 * sum + pixels[i];
  return sum;
}

/* A pixel is pinned where the menu was opened, and let go by a key; it is marked on all maps. */
static void
test_pin (WindowFixture *f, gconstpointer data)
{
  RlvCompareView *view = rlv_compare_card_get_view (compare_card (f, 1));
  double middle = 0.5 * gtk_widget_get_width (GTK_WIDGET (view));
  guint32 plain;
  int column, row;
  RlvPin pin;

  window_fixture_draw (f, 3);
  plain = checksum (rlv_compare_card_get_view (compare_card (f, 0)));
  test_pointer_move (GTK_WIDGET (view), middle, middle);
  g_assert_true (test_wait_until (compare_has_reading, compare_card (f, 1), PATIENCE));
  test_pointer_button (3, TRUE);
  test_pointer_button (3, FALSE);
  g_assert_true (test_wait_until (window_fixture_has_menu, compare_page (f), PATIENCE));
  gtk_widget_activate_action (GTK_WIDGET (compare_page (f)), "compare.pin", NULL);
  g_assert_true (test_wait_until (has_pin, f, PATIENCE));
  pin = rlv_pins_get (rlv_session_get_pins (f->session), 0);
  g_assert_true (rlv_compare_view_get_cell (view, 0.5, 0.5, &column, &row));
  g_assert_cmpint (ABS (pin.column - column), <=, 1);
  g_assert_cmpint (ABS (pin.row - row), <=, 1);
  test_key (GDK_KEY_Escape, 0);
  g_assert_true (test_wait_until (window_fixture_has_no_menu, compare_page (f), PATIENCE));
  test_pointer_move (GTK_WIDGET (f->pad), 5, 5);
  g_assert_true (test_wait_until (compare_has_no_reading, compare_card (f, 0), PATIENCE));
  g_assert_cmpuint (checksum (rlv_compare_card_get_view (compare_card (f, 0))), !=, plain);
  test_pointer_move (GTK_WIDGET (view), middle, middle);
  g_assert_true (test_wait_until (compare_has_reading, compare_card (f, 1), PATIENCE));
  compare_focus (f, 1);
  test_key (GDK_KEY_p, 0);
  g_assert_true (test_wait_until (has_no_pin, f, PATIENCE));
}

static void
test_difference (WindowFixture *f, gconstpointer data)
{
  g_autofree double *a = NULL, *b = NULL;
  g_autofree char *told = NULL;
  int width, height;
  const float *first, *second, *difference;
  RlvCompareCard *card;
  double correlation;

  window_fixture_draw (f, 3);
  compare_click (f, 0, FALSE);
  compare_click (f, 1, TRUE);
  compare_act (f, "locked", NULL);
  compare_act (f, "difference", NULL);
  compare_wait_for_count (f, 7);
  card = compare_card (f, 6);
  first = rlv_compare_card_get_heat (compare_card (f, 0), &width, &height, NULL);
  second = rlv_compare_card_get_heat (compare_card (f, 1), &width, &height, NULL);
  difference = rlv_compare_card_get_heat (card, &width, &height, NULL);
  a = g_new (double, width *height);
  b = g_new (double, width *height);
  for (int i = 0; i < width * height; i++)
    {
      a[i] = (double) first[i];
      b[i] = (double) second[i];
      g_assert_cmpfloat_with_epsilon (difference[i], first[i] - second[i], 1e-7);
    }
  correlation = lrp_stats_spearman (a, b, (gsize) (width * height));
  told = g_strdup_printf ("rank correlation %s%.2f", correlation < 0 ? "−" : "", fabs (correlation));
  g_assert_nonnull (strstr (compare_text (f, 6, "numbers"), told));
  /* In scales of their own, what is subtracted are shares of the full colour. */
  compare_act (f, "locked", NULL);
  compare_wait (f);
  difference = rlv_compare_card_get_heat (card, &width, &height, NULL);
  for (int i = 0; i < width * height; i++)
    g_assert_cmpfloat (fabsf (difference[i]), <=, 2.0001f);
  /* It goes with what it is made from, and comes back with it. */
  compare_focus (f, 0);
  test_key (GDK_KEY_Delete, 0);
  compare_wait_for_count (f, 5);
  compare_undo (f);
  g_assert_cmpuint (compare_count (f), ==, 7);
  g_assert_cmpstr (compare_title (f, 6), ==, "Difference");
}

static gboolean
is_marked (gpointer card)
{
  return gtk_widget_get_visible (test_find_by_id (card, "warning"));
}

static gboolean
is_unmarked (gpointer card)
{
  return !is_marked (card);
}

static void
explain (RlvCompareCard *card, const char *method)
{
  g_autoptr (LrpRequest) request = lrp_request_new ();

  g_assert_true (lrp_request_set_method (request, method, NULL));
  rlv_compare_card_set_request (card, request, TRUE);
}

/* A map that should not be believed is marked on its card, which says why, also to those who do not see it. */
static void
test_warning (WindowFixture *f, gconstpointer data)
{
  RlvCompareCard *card = compare_card (f, 0);
  const LrpWarning *warning;
  const char *told;
  g_autofree char *said = NULL;

  explain (card, "lrp");
  window_fixture_draw (f, 3);
  compare_wait (f);
  g_assert_true (is_unmarked (card));
  explain (card, "lrp:composite=z-plus");
  g_assert_true (test_wait_until (is_marked, card, PATIENCE));
  warning = g_ptr_array_index (rlv_query_get_warnings (compare_query (f, 0)), 0);
  told = gtk_widget_get_tooltip_text (test_find_by_id (GTK_WIDGET (card), "warning"));
  g_assert_nonnull (strstr (told, warning->text));
  said = gtk_test_accessible_check_property (GTK_ACCESSIBLE (card), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "nothing");
  g_assert_nonnull (strstr (said, warning->text));
  explain (card, "lrp");
  g_assert_true (test_wait_until (is_unmarked, card, PATIENCE));
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);
  COMPARE_ADD ("alive", test_alive, NULL);
  COMPARE_ADD ("twins", test_twins, twins);
  COMPARE_ADD ("point", test_point, NULL);
  COMPARE_ADD ("pin", test_pin, NULL);
  COMPARE_ADD ("difference", test_difference, NULL);
  COMPARE_ADD ("warning", test_warning, NULL);
  return g_test_run ();
}
