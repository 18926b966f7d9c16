/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-latency.c: from a movement of the pointer to the frame that shows its heatmap, to the one that shows nine cards
 * of a comparison, and to the one that shows all layers; and how often new heatmaps are shown while the pen does not
 * stop. Argument: how many movements. */
#include "config.h"

#include "window-fixture.h"

#include <math.h>
#include <stdlib.h>
#include <time.h>

#define STROKE 80 /* movements in a stroke */

/* When things happened last, in microseconds. */
static gint64 answered, painted;

static void
answered_cb (void)
{
  answered = g_get_monotonic_time ();
}

/* What this thread, the main loop's, has computed, in milliseconds. */
static double
get_busy_time (void)
{
  struct timespec t;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &t);
  return (double) t.tv_sec * 1e3 + (double) t.tv_nsec / 1e6;
}

/* What each frame cost the main loop, in milliseconds. */
static GArray *frames;
static double frame_begun;

static void
before_cb (void)
{
  frame_begun = get_busy_time ();
}

static void
painted_cb (void)
{
  double cost = get_busy_time () - frame_begun;

  painted = g_get_monotonic_time ();
  g_array_append_val (frames, cost);
}

/* A movement, and whose session answers. */
typedef struct
{
  RlvSession *session;
  gint64 at;
} Move;

/* All answers to the movement came, and a frame was painted after them. */
static gboolean
is_shown (gpointer data)
{
  Move *move = data;

  return answered > move->at && painted > answered && rlv_asker_is_up_to_date (rlv_session_get_asker (move->session));
}

static gboolean
is_past (gpointer time)
{
  return g_get_monotonic_time () > *(gint64 *) time;
}

static gboolean
is_drawing (gpointer document)
{
  return rlv_document_get_drawing (document);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

/* A spiral, so that no point repeats. */
static void
move_pen (WindowFixture *f, int i)
{
  double width = gtk_widget_get_width (GTK_WIDGET (f->pad)), height = gtk_widget_get_height (GTK_WIDGET (f->pad));
  double angle = 4.0 * G_PI * i / STROKE, radius = 0.1 + 0.25 * i / STROKE;

  test_pointer_move (GTK_WIDGET (f->pad), width * (0.5 + radius * cos (angle)), height * (0.5 + radius * sin (angle)));
}

/* Out of step with the frames, as a hand is. */
static void
rest (void)
{
  gint64 until = g_get_monotonic_time () + 15000 + g_random_int_range (0, 17000);

  while (!is_past (&until))
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (100);
    }
}

static void
begin_stroke (WindowFixture *f)
{
  rlv_document_clear (f->document);
  move_pen (f, 0);
  test_pointer_button (1, TRUE);
  g_assert_true (test_wait_until (is_drawing, f->document, PATIENCE));
  window_fixture_settle (f);
}

/* Returns: the time until the heatmap was on the screen, and in @busy how much of it the main loop computed; in ms */
static double
measure (WindowFixture *f, int i, double *busy)
{
  Move moved = { f->session, 0 };

  if (i % STROKE == 0)
    begin_stroke (f);
  rest ();
  *busy = get_busy_time ();
  moved.at = g_get_monotonic_time ();
  move_pen (f, i % STROKE + 1);
  g_assert_true (test_wait_until (is_shown, &moved, PATIENCE));
  gdk_display_sync (gdk_display_get_default ());
  *busy = get_busy_time () - *busy;
  if (i % STROKE == STROKE - 1)
    test_pointer_button (1, FALSE);
  return (double) (g_get_monotonic_time () - moved.at) / 1000;
}

static void
bench (WindowFixture *f, const char *what, int n)
{
  g_autofree double *times = g_new (double, (gsize) n), *busy = g_new (double, (gsize) n);

  for (int i = -STROKE; i < n; i++)
    {
      double computed, time = measure (f, i + STROKE, &computed);
      if (i >= 0)
        times[i] = time, busy[i] = computed;
      else
        g_array_set_size (frames, 0);
    }
  test_pointer_button (1, FALSE);
  test_drain ();
  qsort (times, (gsize) n, sizeof *times, compare);
  qsort (busy, (gsize) n, sizeof *busy, compare);
  g_array_sort (frames, compare);
  g_print ("pointer to %s, %s, window %d x %d, %d movements: median %.1f ms, 95 %% %.1f ms, 99 %% %.1f ms; main loop "
           "computes %.1f ms, for a frame %.1f ms\n",
           what, rlv_session_get_network (f->session)->name, gtk_widget_get_width (GTK_WIDGET (f->window)),
           gtk_widget_get_height (GTK_WIDGET (f->window)), n, times[n / 2], times[n * 95 / 100], times[n * 99 / 100],
           busy[n / 2], g_array_index (frames, double, frames->len / 2));
}

/* Frames that show the newest heatmaps, one after another, while the pen moves as often as a mouse tells. */
static void
bench_stroke (WindowFixture *f, const char *what, guint n)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  gint64 last = 0;

  begin_stroke (f);
  for (int i = 1; times->len < n; i++)
    {
      gint64 until = g_get_monotonic_time () + 2000, seen = painted;
      double time;
      move_pen (f, i % STROKE);
      while (!is_past (&until) && painted == seen)
        g_main_context_iteration (NULL, FALSE);
      if (painted <= answered || answered <= last)
        continue;
      time = (double) (painted - last) / 1000;
      if (last)
        g_array_append_val (times, time);
      last = painted;
    }
  test_pointer_button (1, FALSE);
  test_drain ();
  g_array_sort (times, compare);
  g_print ("while drawing, new %s every: median %.1f ms, 95 %% %.1f ms, 99 %% %.1f ms\n", what,
           g_array_index (times, double, n / 2), g_array_index (times, double, n * 95 / 100),
           g_array_index (times, double, n * 99 / 100));
}

static gboolean
are_active (gpointer data)
{
  RlvComparePage *page = data;
  guint n = rlv_compare_page_get_n_cards (page);
  gboolean active = n > 0;

  for (guint i = 0; i < n; i++)
    active = active && rlv_query_get_active (rlv_compare_card_get_query (rlv_compare_page_get_card (page, i)));
  return active;
}

/* Nine of the rules, all in view. */
static void
open_cards (WindowFixture *f)
{
  RlvComparePage *page = TEST_FIND (f->window, COMPARE_PAGE);

  test_key (GDK_KEY_2, GDK_ALT_MASK);
  gtk_widget_activate_action (GTK_WIDGET (page), "compare.set", "s", "rules");
  g_assert_true (test_wait_until (are_active, page, PATIENCE));
  for (guint i = 0; i < rlv_compare_page_get_n_cards (page); i++)
    g_signal_connect (rlv_compare_page_get_card (page, i), "changed", G_CALLBACK (answered_cb), NULL);
}

int
main (int argc, char **argv)
{
  static const char *const settings[] = { "window-height", "1000", NULL };
  WindowFixture f = { 0 };
  int n;

  window_fixture_init (&argc, &argv);
  n = MAX (argc > 1 ? atoi (argv[1]) : 3 * STROKE, STROKE);
  window_fixture_set_up (&f, settings);
  g_signal_connect (rlv_session_get_query (f.session), "notify::explanation", G_CALLBACK (answered_cb), NULL);
  frames = g_array_new (FALSE, FALSE, sizeof (double));
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (f.window)), "before-paint", G_CALLBACK (before_cb), NULL);
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (f.window)), "after-paint", G_CALLBACK (painted_cb), NULL);
  bench (&f, "heatmap", n);
  bench_stroke (&f, "heatmap", (guint) n);
  open_cards (&f);
  bench (&f, "nine cards", n);
  bench_stroke (&f, "nine cards", (guint) n);
  test_key (GDK_KEY_3, GDK_ALT_MASK);
  window_fixture_settle (&f);
  bench (&f, "layers", n);
  bench_stroke (&f, "layers", (guint) n);
  window_fixture_tear_down (&f, NULL);
  g_array_unref (frames);
  return 0;
}
