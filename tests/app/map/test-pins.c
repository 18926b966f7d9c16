/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-pins.c: pixels of the heatmap are pointed at and pinned, with the pointer and with the keyboard */
#include "config.h"

#include "app/map/pin-layer.h"
#include "window-fixture.h"

#include <math.h>
#include <string.h>

/* The column of the table that says what the score would be. */
#define FIRST_ANSWER 3

static RlvHeatView *
view_of (WindowFixture *f)
{
  return rlv_heat_page_get_view (TEST_FIND (f->window, HEAT_PAGE));
}

static RlvPins *
pins_of (WindowFixture *f)
{
  return rlv_session_get_pins (f->session);
}

static char *
dup_reading (WindowFixture *f)
{
  char *reading;

  g_object_get (view_of (f), "reading", &reading, NULL);
  return reading;
}

static void
point_at (WindowFixture *f, int column, int row)
{
  graphene_rect_t area;

  g_assert_true (rlv_heat_view_get_cell_area (view_of (f), column, row, &area));
  test_pointer_move (GTK_WIDGET (view_of (f)), (double) (area.origin.x + area.size.width / 2),
                     (double) (area.origin.y + area.size.height / 2));
}

static void
click (WindowFixture *f, int column, int row)
{
  point_at (f, column, row);
  test_pointer_button (1, TRUE);
  test_pointer_button (1, FALSE);
}

typedef struct
{
  WindowFixture *fixture;
  guint n;
} Count;

static gboolean
has_pins (gpointer data)
{
  const Count *count = data;

  return rlv_pins_get_n (pins_of (count->fixture)) == count->n;
}

static void
wait_for_pins (WindowFixture *f, guint n)
{
  Count count = { f, n };

  g_assert_true (test_wait_until (has_pins, &count, PATIENCE));
}

static gboolean
reads_something (gpointer data)
{
  g_autofree char *reading = dup_reading (data);

  return reading != NULL;
}

/* Where a pixel is shown is where it is found. */
static void
test_areas (WindowFixture *f, gconstpointer data)
{
  window_fixture_draw (f, 3);
  for (int i = 4; i < 24; i++)
    {
      graphene_rect_t area;
      int column, row;
      g_assert_true (rlv_heat_view_get_cell_area (view_of (f), i, 27 - i, &area));
      g_assert_true (rlv_heat_view_get_cell (view_of (f), (double) (area.origin.x + area.size.width / 2),
                                             (double) (area.origin.y + area.size.height / 2), &column, &row));
      g_assert_cmpint (column, ==, i);
      g_assert_cmpint (row, ==, 27 - i);
    }
}

static void
test_reading (WindowFixture *f, gconstpointer data)
{
  g_autofree char *reading = NULL, *later = NULL, *expected = NULL;
  const LrpExplanation *e;
  double value, sum = 0;

  window_fixture_draw (f, 3);
  e = rlv_session_get_explanation (f->session);
  point_at (f, 14, 14);
  g_assert_true (test_wait_until (reads_something, f, PATIENCE));
  reading = dup_reading (f);
  value = (double) e->relevance->data[14 * 28 + 14];
  for (gsize i = 0; i < e->relevance->count; i++)
    sum += (double) e->relevance->data[i];
  g_assert_true (g_str_has_prefix (reading, "column 14, row 14: input "));
  g_assert_true (strstr (reading, value > 0 ? " speaks for, " : value < 0 ? " speaks against, " : "relevance 0"));
  expected = g_strdup_printf ("%.3g", fabs (100 * value / sum));
  g_assert_true (value == 0 || strstr (reading, expected));
  /* It stays where it is when the explanation is another, and its numbers do not. */
  rlv_session_set_target (f->session, 5);
  window_fixture_settle (f);
  later = dup_reading (f);
  g_assert_true (g_str_has_prefix (later, "column 14, row 14: input "));
  g_assert_cmpstr (later, !=, reading);
}

/* The score if the first pinned pixel were paper, and the difference that makes; NaN while it is not known. */
static void
read_answer (RlvPinList *list, double *score, double *change)
{
  GtkGrid *grid = GTK_GRID (test_find_by_id (GTK_WIDGET (list), "grid"));
  GtkWidget *box = gtk_grid_get_child_at (grid, FIRST_ANSWER, 1);
  const char *above = gtk_label_get_label (GTK_LABEL (gtk_widget_get_first_child (box)));
  const char *below = gtk_label_get_label (GTK_LABEL (gtk_widget_get_last_child (box)));
  g_auto (GStrv) parts = g_strsplit (below, "−", 2);
  g_auto (GStrv) whole = g_strsplit (above, "−", 2);

  *score = *below ? g_ascii_strtod (whole[g_strv_length (whole) - 1], NULL) * (whole[1] ? -1 : 1) : NAN;
  *change = *below ? g_ascii_strtod (parts[g_strv_length (parts) - 1], NULL) * (parts[1] ? -1 : 1) : NAN;
}

/* That they are about what is explained now. */
static gboolean
is_answered (gpointer data)
{
  WindowFixture *f = data;
  double now = rlv_session_get_explanation (f->session)->score, score, change;

  read_answer (TEST_FIND (f->window, PIN_LIST), &score, &change);
  return fabs (score - change - now) <= 0.01 * (fabs (score) + fabs (change));
}

static void
test_click (WindowFixture *f, gconstpointer data)
{
  RlvPinList *list = TEST_FIND (f->window, PIN_LIST);
  double before, score, change;

  window_fixture_draw (f, 3);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (list)));
  click (f, 14, 14);
  wait_for_pins (f, 1);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (list)));
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
  click (f, 10, 20);
  wait_for_pins (f, 2);
  g_assert_cmpint (rlv_pins_find (pins_of (f), 10, 20), ==, 1);
  g_assert_true (test_wait_until (is_answered, f, PATIENCE));
  read_answer (list, &before, &change);
  /* The numbers are about the drawing as it is. */
  rlv_session_set_target (f->session, 5);
  window_fixture_settle (f);
  g_assert_true (test_wait_until (is_answered, f, PATIENCE));
  read_answer (list, &score, &change);
  g_assert_cmpfloat (score, !=, before);
  /* Once more, and it is let go. */
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
  click (f, 14, 14);
  wait_for_pins (f, 1);
  g_assert_cmpint (rlv_pins_find (pins_of (f), 10, 20), ==, 0);
}

static void
test_keyboard (WindowFixture *f, gconstpointer data)
{
  RlvPin first;
  g_autofree char *reading = NULL, *said = NULL;

  window_fixture_draw (f, 3);
  gtk_widget_grab_focus (GTK_WIDGET (view_of (f)));
  /* The first arrow shows the cursor on the pixel that counts most. */
  test_key (GDK_KEY_Right, 0);
  test_key (GDK_KEY_Return, 0);
  wait_for_pins (f, 1);
  first = rlv_pins_get (pins_of (f), 0);
  test_key (GDK_KEY_Left, 0);
  test_key (GDK_KEY_Up, 0);
  test_key (GDK_KEY_space, 0);
  wait_for_pins (f, 2);
  g_assert_cmpint (rlv_pins_get (pins_of (f), 1).column, ==, first.column - 1);
  g_assert_cmpint (rlv_pins_get (pins_of (f), 1).row, ==, first.row - 1);
  reading = dup_reading (f);
  said = g_strdup_printf ("column %d, row %d", first.column - 1, first.row - 1);
  g_assert_true (g_str_has_prefix (reading, said));
  test_key (GDK_KEY_Escape, 0);
  wait_for_pins (f, 1);
  g_assert_cmpint (rlv_pins_find (pins_of (f), first.column, first.row), ==, 0);
  /* It takes the last one, and then there is nothing left to take. */
  test_key (GDK_KEY_Escape, 0);
  wait_for_pins (f, 0);
}

static void
test_description (WindowFixture *f, gconstpointer data)
{
  static const char *const columns[] = { "left", "middle", "right" }, *const rows[] = { "upper", "middle", "lower" };
  const LrpExplanation *e;
  double sums[3][3] = { { 0 } };
  g_autofree char *part = NULL, *expected = NULL, *found = NULL;
  int x = 0, y = 0;

  window_fixture_draw (f, 3);
  e = rlv_session_get_explanation (f->session);
  for (int i = 0; i < 28 * 28; i++)
    sums[i / 28 * 3 / 28][i % 28 * 3 / 28] += fmax ((double) e->relevance->data[i], 0);
  for (int i = 0; i < 9; i++)
    if (sums[i / 3][i % 3] > sums[y][x])
      {
        y = i / 3;
        x = i % 3;
      }
  part = x == 1 && y == 1 ? g_strdup ("centre") : g_strdup_printf ("%s %s", rows[y], columns[x]);
  expected =
      g_strdup_printf ("digit 3, %.0f per cent; most relevant: %s", 100 * (double) e->probabilities->data[3], part);
  found =
      gtk_test_accessible_check_property (GTK_ACCESSIBLE (view_of (f)), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, expected);
  g_assert_cmpstr (found, ==, NULL);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*test) (WindowFixture *f, gconstpointer data);
  } tests[] = {
    { "/pins/areas", test_areas },       { "/pins/reading", test_reading },         { "/pins/click", test_click },
    { "/pins/keyboard", test_keyboard }, { "/pins/description", test_description },
  };

  window_fixture_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, WindowFixture, NULL, window_fixture_set_up, tests[i].test, window_fixture_tear_down);
  return g_test_run ();
}
