/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-timeline.c: the drawing is shown again as it came about, and remains what it is */
#include "config.h"

#include "app/drawing/timeline.h"
#include "window-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

/* --- when each point is drawn ------------------------------------------------------------------------------------- */

static RlvStroke *
make_stroke (guint points, double seconds)
{
  RlvStroke *stroke = rlv_stroke_new (0.07, FALSE);

  for (guint i = 0; i < points; i++)
    g_assert_true (rlv_stroke_add (stroke, 0.01 * i, 0.5, RLV_PRESSURE_NORMAL));
  stroke->seconds = seconds;
  return stroke;
}

static void
test_times (void)
{
  g_autoptr (GPtrArray) strokes = g_ptr_array_new_with_free_func ((GDestroyNotify) rlv_stroke_free);
  g_autoptr (RlvTimeline) timeline = NULL;

  g_ptr_array_add (strokes, make_stroke (11, 1));
  g_ptr_array_add (strokes, make_stroke (1, 0));
  g_ptr_array_add (strokes, make_stroke (21, 0.5));
  timeline = rlv_timeline_new (strokes);
  g_assert_cmpuint (rlv_timeline_get_n_points (timeline), ==, 33);
  /* The first at once, a stroke in the time that it took, and a pause between them. */
  g_assert_cmpuint (rlv_timeline_find (timeline, 0), ==, 1);
  g_assert_cmpuint (rlv_timeline_find (timeline, 0.55), ==, 6);
  g_assert_cmpfloat_with_epsilon (rlv_timeline_get_time (timeline, 11), 1, 1e-9);
  g_assert_cmpfloat (rlv_timeline_get_time (timeline, 12), >, 1.1);
  g_assert_cmpfloat_with_epsilon (rlv_timeline_get_seconds (timeline) - rlv_timeline_get_time (timeline, 13), 0.5,
                                  1e-9);
  for (guint n = 1; n <= 33; n++)
    g_assert_cmpuint (rlv_timeline_find (timeline, rlv_timeline_get_time (timeline, n)), ==, n);
  g_assert_cmpuint (rlv_timeline_find (timeline, 1000), ==, 33);
  g_assert_cmpuint (rlv_timeline_end_of_stroke (timeline, 1), ==, 11);
  g_assert_cmpuint (rlv_timeline_end_of_stroke (timeline, 11), ==, 11);
  g_assert_cmpuint (rlv_timeline_end_of_stroke (timeline, 12), ==, 12);
  g_assert_cmpuint (rlv_timeline_end_of_stroke (timeline, 13), ==, 33);
}

/* What comes from a file was drawn by nobody; all the same one wants to see it come about. */
static void
test_undrawn (void)
{
  g_autoptr (GPtrArray) strokes = g_ptr_array_new_with_free_func ((GDestroyNotify) rlv_stroke_free);
  g_autoptr (RlvTimeline) timeline = NULL;

  g_ptr_array_add (strokes, make_stroke (61, 0));
  timeline = rlv_timeline_new (strokes);
  g_assert_cmpfloat_with_epsilon (rlv_timeline_get_seconds (timeline), 1, 1e-6);
}

/* --- in the window ------------------------------------------------------------------------------------------------ */

static RlvTimelineBar *
bar_of (WindowFixture *f)
{
  return TEST_FIND (f->window, TIMELINE_BAR);
}

static GtkRange *
scale_of (WindowFixture *f)
{
  return GTK_RANGE (test_find_by_id (GTK_WIDGET (bar_of (f)), "scale"));
}

static void
reveal (WindowFixture *f)
{
  gtk_revealer_set_reveal_child (GTK_REVEALER (gtk_widget_get_ancestor (GTK_WIDGET (bar_of (f)), GTK_TYPE_REVEALER)),
                                 TRUE);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 3, PATIENCE));
}

static guint
count_points (const GPtrArray *strokes)
{
  guint n = 0;

  for (guint i = 0; i < strokes->len; i++)
    n += ((const RlvStroke *) strokes->pdata[i])->points->len;
  return n;
}

static guint
n_shown (WindowFixture *f)
{
  return count_points (rlv_document_peek_ink (f->document).strokes);
}

static guint
n_drawn (WindowFixture *f)
{
  return count_points (rlv_document_peek_strokes (f->document));
}

/* The slider shows the drawing as it was, with what the network said of it then. */
static void
test_scrub (WindowFixture *f, gconstpointer data)
{
  GtkRange *scale = scale_of (f);
  g_autofree float *part = NULL, *whole = g_new (float, 10);
  guint n;

  window_fixture_draw (f, 3);
  reveal (f);
  n = n_drawn (f);
  g_assert_cmpuint (n, >, 10);
  g_assert_cmpfloat (gtk_range_get_value (scale), ==, n);
  memcpy (whole, rlv_session_get_explanation (f->session)->scores->data, 10 * sizeof (float));
  gtk_range_set_value (scale, n / 3);
  window_fixture_settle (f);
  g_assert_cmpuint (n_shown (f), ==, n / 3);
  g_assert_cmpuint (n_drawn (f), ==, n);
  part = g_memdup2 (rlv_session_get_explanation (f->session)->scores->data, 10 * sizeof (float));
  g_assert_cmpint (memcmp (part, whole, 10 * sizeof (float)), !=, 0);
  /* The arrows move by a point. */
  gtk_widget_grab_focus (GTK_WIDGET (scale));
  test_key (GDK_KEY_Right, 0);
  test_key (GDK_KEY_End, 0);
  while (n_shown (f) != n)
    g_main_context_iteration (NULL, TRUE);
  window_fixture_settle (f);
  g_assert_cmpmem (rlv_session_get_explanation (f->session)->scores->data, 10 * sizeof (float), whole,
                   10 * sizeof (float));
}

/* Nothing of the drawing is lost: what is drawn next comes on top of all of it, and one undo takes that alone. */
static void
test_edit_ends (WindowFixture *f, gconstpointer data)
{
  guint n;

  window_fixture_draw (f, 1);
  reveal (f);
  n = n_drawn (f);
  gtk_range_set_value (scale_of (f), 3);
  g_assert_cmpuint (n_shown (f), ==, 3);
  rlv_document_stroke_begin (f->document, 0.2, 0.2, RLV_PRESSURE_NORMAL, 0.07, FALSE);
  rlv_document_stroke_to (f->document, 0.4, 0.2, RLV_PRESSURE_NORMAL);
  rlv_document_stroke_end (f->document);
  g_assert_cmpuint (n_shown (f), ==, n + 2);
  g_assert_cmpfloat (gtk_range_get_value (scale_of (f)), ==, n + 2);
  rlv_session_undo (f->session);
  g_assert_cmpuint (n_shown (f), ==, n);
  gtk_range_set_value (scale_of (f), 3);
  rlv_timeline_bar_end (bar_of (f));
  g_assert_cmpuint (n_shown (f), ==, n);
}

/* Its button then offers to pause. */
static gboolean
is_playing (gpointer bar)
{
  GtkButton *play = GTK_BUTTON (test_find_by_id (bar, "play"));

  return g_str_equal (gtk_button_get_icon_name (play), "media-playback-pause-symbolic");
}

static gboolean
has_ended (gpointer bar)
{
  return !is_playing (bar);
}

typedef struct
{
  WindowFixture *fixture;
  guint last, n_steps;
} Watch;

static void
watch_cb (Watch *watch)
{
  guint n = n_shown (watch->fixture);

  g_assert_cmpuint (n, >=, watch->last);
  watch->n_steps += n > watch->last;
  watch->last = n;
}

static void
test_play (WindowFixture *f, gconstpointer data)
{
  Watch watch = { f, 0, 0 };
  guint n;

  window_fixture_draw (f, 3);
  reveal (f);
  n = n_drawn (f);
  gtk_widget_grab_focus (GTK_WIDGET (scale_of (f)));
  rlv_timeline_bar_play (bar_of (f));
  g_assert_cmpuint (n_shown (f), ==, 1);
  g_signal_connect_swapped (f->document, "changed", G_CALLBACK (watch_cb), &watch);
  g_assert_true (test_wait_until (has_ended, bar_of (f), PATIENCE));
  g_signal_handlers_disconnect_by_data (f->document, &watch);
  g_assert_cmpuint (n_shown (f), ==, n);
  g_assert_cmpuint (watch.n_steps, >=, 2);
}

static void
test_space (WindowFixture *f, gconstpointer data)
{
  window_fixture_draw (f, 3);
  /* As if it had been drawn slowly. */
  ((RlvStroke *) rlv_document_peek_strokes (f->document)->pdata[0])->seconds = 10;
  reveal (f);
  rlv_timeline_bar_end (bar_of (f));
  gtk_widget_grab_focus (GTK_WIDGET (scale_of (f)));
  test_key (GDK_KEY_space, 0);
  g_assert_true (test_wait_until (is_playing, bar_of (f), PATIENCE));
  test_key (GDK_KEY_space, 0);
  g_assert_true (test_wait_until (has_ended, bar_of (f), PATIENCE));
}

/* --- saving ------------------------------------------------------------------------------------------------------- */

static gboolean
has_saved (gpointer saver)
{
  return !gtk_widget_get_visible (saver);
}

static void
keep_toast (char **toast, const char *text)
{
  g_free (*toast);
  *toast = g_strdup (text);
}

static void
test_save (WindowFixture *f, gconstpointer data)
{
  RlvFilmSaver *saver = rlv_timeline_bar_get_saver (bar_of (f));
  g_autofree char *folder = g_dir_make_tmp ("timeline-XXXXXX", NULL),
                  *path = g_build_filename (folder, "drawing.png", NULL);
  g_autofree char *first = g_build_filename (folder, "0001.png", NULL), *contents = NULL, *toast = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path), place = g_file_new_for_path (folder);
  g_autoptr (GDir) dir = NULL;
  const char *name;
  gsize size;
  guint n_files = 0;

  window_fixture_draw (f, 3);
  g_signal_connect_swapped (saver, "toast", G_CALLBACK (keep_toast), &toast);
  rlv_film_saver_save (saver, file, FALSE);
  g_assert_true (test_wait_until (has_saved, saver, PATIENCE));
  g_assert_cmpstr (toast, ==, "Saved “drawing.png”");
  g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
  g_assert_nonnull (memmem (contents, size, "acTL", 4));
  g_assert_nonnull (memmem (contents, size, "fdAT", 4));
  g_assert_cmpint (g_unlink (path), ==, 0);

  rlv_film_saver_save (saver, place, TRUE);
  g_assert_true (test_wait_until (has_saved, saver, PATIENCE));
  g_assert_true (g_file_test (first, G_FILE_TEST_EXISTS));
  dir = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *one = g_build_filename (folder, name, NULL);
      g_assert_true (g_str_has_suffix (name, ".png"));
      g_assert_cmpint (g_unlink (one), ==, 0);
      n_files++;
    }
  g_assert_cmpuint (n_files, >, 2);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_signal_handlers_disconnect_by_data (saver, &toast);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*test) (WindowFixture *f, gconstpointer data);
  } tests[] = {
    { "/timeline/scrub", test_scrub }, { "/timeline/edit-ends", test_edit_ends }, { "/timeline/play", test_play },
    { "/timeline/space", test_space }, { "/timeline/save", test_save },
  };

  window_fixture_init (&argc, &argv);
  g_test_add_func ("/timeline/times", test_times);
  g_test_add_func ("/timeline/undrawn", test_undrawn);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, WindowFixture, NULL, window_fixture_set_up, tests[i].test, window_fixture_tear_down);
  return g_test_run ();
}
