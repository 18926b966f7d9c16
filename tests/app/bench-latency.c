/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-latency.c: from a movement of the pointer to the frame that shows its heatmap. Argument: how many movements. */
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

static void
painted_cb (void)
{
  painted = g_get_monotonic_time ();
}

/* The answer to the movement came, and a frame was painted after it. */
static gboolean
is_shown (gpointer moved)
{
  return answered > *(gint64 *) moved && painted > answered;
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

/* What this thread, the main loop's, has computed, in milliseconds. */
static double
get_busy_time (void)
{
  struct timespec t;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &t);
  return (double) t.tv_sec * 1e3 + (double) t.tv_nsec / 1e6;
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
  gint64 moved;

  if (i % STROKE == 0)
    begin_stroke (f);
  rest ();
  *busy = get_busy_time ();
  moved = g_get_monotonic_time ();
  move_pen (f, i % STROKE + 1);
  g_assert_true (test_wait_until (is_shown, &moved, PATIENCE));
  gdk_display_sync (gdk_display_get_default ());
  *busy = get_busy_time () - *busy;
  if (i % STROKE == STROKE - 1)
    test_pointer_button (1, FALSE);
  return (double) (g_get_monotonic_time () - moved) / 1000;
}

int
main (int argc, char **argv)
{
  WindowFixture f = { 0 };
  g_autofree double *times = NULL, *busy = NULL;
  int n;

  window_fixture_init (&argc, &argv);
  n = MAX (argc > 1 ? atoi (argv[1]) : 3 * STROKE, STROKE);
  times = g_new (double, (gsize) n);
  busy = g_new (double, (gsize) n);
  window_fixture_set_up (&f, NULL);
  g_signal_connect (f.session, "notify::explanation", G_CALLBACK (answered_cb), NULL);
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (f.window)), "after-paint", G_CALLBACK (painted_cb), NULL);
  for (int i = -STROKE; i < n; i++)
    {
      double computed, time = measure (&f, i + STROKE, &computed);
      if (i >= 0)
        times[i] = time, busy[i] = computed;
    }
  qsort (times, (gsize) n, sizeof *times, compare);
  qsort (busy, (gsize) n, sizeof *busy, compare);
  g_print ("pointer to heatmap, %s, window %d x %d, %d movements: median %.1f ms, 95 %% %.1f ms, 99 %% %.1f ms; "
           "main loop computes %.1f ms\n",
           rlv_session_get_network (f.session)->name, gtk_widget_get_width (GTK_WIDGET (f.window)),
           gtk_widget_get_height (GTK_WIDGET (f.window)), n, times[n / 2], times[n * 95 / 100], times[n * 99 / 100],
           busy[n / 2]);
  test_pointer_button (1, FALSE);
  test_drain ();
  window_fixture_tear_down (&f, NULL);
  return 0;
}
