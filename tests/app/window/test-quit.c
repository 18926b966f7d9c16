/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-quit.c: what is being written when people quit is written to its end */
#include "config.h"

#include "app/export/content.h"
#include "app/kit/job.h"
#include "app/session/file.h"
#include "app/window/finishing.h"
#include "window-fixture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Made so large that none of it can be there when the windows are gone. */
#define WIDTH 4096

typedef struct
{
  WindowFixture f;
  char *session, *map, *film;
  GOutputStream *copied;
} Quitting;

static gboolean
quit_cb (gpointer application)
{
  g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);
  return G_SOURCE_REMOVE;
}

/* Everything at once, and then nobody waits for it. */
static void
activate_cb (Quitting *q, GApplication *application)
{
  static const RlvExportOptions large = { .format = RLV_EXPORT_PNG, .width = WIDTH };
  RlvSession *session = q->f.session;
  g_autoptr (RlvExportMap) map = rlv_export_map_new (session, rlv_session_get_query (session), NULL);
  g_autoptr (GdkContentProvider) content = rlv_map_content_new (map, FALSE);
  g_autoptr (GFile) film = g_file_new_for_path (q->film);
  RlvPadColumn *column = TEST_FIND (q->f.window, PAD_COLUMN);

  rlv_window_save_session (q->f.window, q->session);
  rlv_export_map_write_async (map, &large, q->map, NULL, NULL);
  gdk_content_provider_write_mime_type_async (content, "image/png", q->copied, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  rlv_film_saver_save (rlv_timeline_bar_get_saver (rlv_pad_column_get_timeline (column)), film, FALSE);
  g_idle_add (quit_cb, application);
}

static void
assert_whole_png (const char *contents, gsize size)
{
  g_assert_cmpuint (size, >, 20);
  g_assert_cmpmem (contents, 4, "\211PNG", 4);
  g_assert_cmpmem (contents + size - 8, 4, "IEND", 4);
}

static void
assert_whole_picture (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  gsize size;

  g_file_get_contents (path, &contents, &size, &error);
  g_assert_no_error (error);
  assert_whole_png (contents, size);
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
draw_stroke (RlvDocument *document)
{
  rlv_document_stroke_begin (document, 0.5, 0.2, RLV_PRESSURE_NORMAL, 0.07, FALSE);
  rlv_document_stroke_to (document, 0.5, 0.8, RLV_PRESSURE_NORMAL);
  rlv_document_stroke_end (document);
}

static void
test_nothing_is_lost (void)
{
  Quitting q = { { 0 }, NULL, NULL, NULL, g_memory_output_stream_new_resizable () };
  g_autofree char *folder = g_dir_make_tmp ("test-quit-XXXXXX", NULL);
  g_autoptr (RlvSessionFile) file = NULL;
  g_autoptr (GError) error = NULL;
  GApplication *application;
  RlvWindow *second;
  char *argv[] = { (char *) "relevance", NULL };

  q.session = g_build_filename (folder, "three.relevance", NULL);
  q.map = g_build_filename (folder, "map.png", NULL);
  q.film = g_build_filename (folder, "film.png", NULL);
  window_fixture_set_up (&q.f, NULL);
  window_fixture_draw (&q.f, 3);
  second = window_fixture_new_window ();
  draw_stroke (rlv_session_get_document (window_fixture_get_session (second)));
  application = G_APPLICATION (gtk_window_get_application (GTK_WINDOW (q.f.window)));
  g_signal_connect_swapped (application, "activate", G_CALLBACK (activate_cb), &q);
  g_assert_cmpint (g_application_run (application, 1, argv), ==, 0);

  /* Both windows come back at the next start. */
  g_assert_cmpuint (rlv_window_count_left (), ==, 2);
  file = rlv_session_file_read (q.session, &error);
  g_assert_no_error (error);
  g_assert_nonnull (file);
  g_assert_cmpint (g_unlink (q.session), ==, 0);
  assert_whole_picture (q.map);
  assert_whole_picture (q.film);
  assert_whole_png (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (q.copied)),
                    g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (q.copied)));
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_object_unref (q.copied);
  g_object_unref (q.f.settings);
  g_free (q.session);
  g_free (q.map);
  g_free (q.film);
}

/* --- what takes long ---------------------------------------------------------------------------------------------- */

/* A job that is done when it may be, and does not look at what cancels it. */
typedef struct
{
  WindowFixture f;
  GMutex gate; /* locked: it is at work */
  GtkWidget *window;
  gboolean done;
} Slow;

static gpointer
wait_at_gate (RlvJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Slow *slow = data;

  rlv_job_tell (0.25, job);
  g_mutex_lock (&slow->gate);
  g_mutex_unlock (&slow->gate);
  return data;
}

static const RlvJobKind slow_kind = { .work = wait_at_gate, .title = "Saving “%s”", .writes = TRUE };

static void
slow_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  ((Slow *) data)->done = rlv_job_finish (result, NULL) != NULL;
}

static gboolean
has_no_jobs (gpointer unused)
{
  return !g_list_model_get_n_items (rlv_job_get_all ());
}

static GtkWidget *
find_finishing (gpointer application)
{
  GList *windows = gtk_application_get_windows (application);

  return windows && RLV_IS_FINISHING_WINDOW (windows->data) ? windows->data : NULL;
}

/* The one window there is says what is being finished, and how far it is. */
static GtkWidget *
assert_finishing (GApplication *application)
{
  GtkWidget *window = find_finishing (application);
  GtkWidget *bar;

  g_assert_nonnull (window);
  g_assert_nonnull (test_find_by_label (window, "Saving “a film.png”…"));
  g_assert_null (test_find_by_type (window, GTK_TYPE_LIST_BOX_ROW, 1));
  bar = test_find_by_type (window, GTK_TYPE_PROGRESS_BAR, 0);
  g_assert_true (gtk_widget_get_visible (bar));
  g_assert_cmpfloat (gtk_progress_bar_get_fraction (GTK_PROGRESS_BAR (bar)), ==, 0.25);
  return window;
}

static gboolean
let_finish_cb (gpointer data)
{
  Slow *slow = data;

  if (!find_finishing (g_application_get_default ()))
    return G_SOURCE_CONTINUE;
  slow->window = assert_finishing (g_application_get_default ());
  g_object_add_weak_pointer (G_OBJECT (slow->window), (gpointer *) &slow->window);
  g_mutex_unlock (&slow->gate);
  return G_SOURCE_REMOVE;
}

static gboolean
quit_now_cb (gpointer data)
{
  Slow *slow = data;

  if (!find_finishing (g_application_get_default ()))
    return G_SOURCE_CONTINUE;
  slow->window = assert_finishing (g_application_get_default ());
  g_signal_emit_by_name (test_find_by_label (slow->window, "Quit Now"), "clicked");
  return G_SOURCE_REMOVE;
}

static void
slow_activate_cb (Slow *slow, GApplication *application)
{
  rlv_job_run (&slow_kind, slow, "/nowhere/a film.png", NULL, slow_done_cb, slow);
  g_idle_add (quit_cb, application);
}

/* Ends as the program does, so each has a process of its own. */
static void
run_slow (Slow *slow, GSourceFunc then)
{
  GApplication *application;
  char *argv[] = { (char *) "relevance", NULL };

  g_mutex_init (&slow->gate);
  g_mutex_lock (&slow->gate);
  window_fixture_set_up (&slow->f, NULL);
  application = G_APPLICATION (gtk_window_get_application (GTK_WINDOW (slow->f.window)));
  g_signal_connect_swapped (application, "activate", G_CALLBACK (slow_activate_cb), slow);
  g_timeout_add (50, then, slow);
  g_assert_cmpint (g_application_run (application, 1, argv), ==, 0);
}

static void
test_says_what_is_finished (void)
{
  static Slow slow;

  if (g_test_subprocess ())
    {
      run_slow (&slow, let_finish_cb);
      g_assert_true (slow.done);
      g_assert_null (slow.window);
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

static void
test_quit_now (void)
{
  static Slow slow;

  if (g_test_subprocess ())
    {
      run_slow (&slow, quit_now_cb);
      g_assert_false (slow.done);
      g_assert_false (has_no_jobs (NULL));
      g_mutex_unlock (&slow.gate);
      g_assert_true (test_wait_until (has_no_jobs, NULL, PATIENCE));
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

/* --- a program that takes the map and stops reading --------------------------------------------------------------- */

typedef struct
{
  WindowFixture f;
  GOutputStream *stream;
} Copying;

static void
copy_activate_cb (Copying *c, GApplication *application)
{
  RlvSession *session = c->f.session;
  g_autoptr (RlvExportMap) map = rlv_export_map_new (session, rlv_session_get_query (session), NULL);
  g_autoptr (GdkContentProvider) content = rlv_map_content_new (map, FALSE);

  gdk_content_provider_write_mime_type_async (content, "image/png", c->stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  g_idle_add (quit_cb, application);
}

/* The pipe is full before the picture is through, and nobody empties it. */
static void
run_with_deaf_receiver (void)
{
  static Copying c;
  g_autofree char *folder = g_dir_make_tmp ("test-quit-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "pipe", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  GApplication *application;
  char *argv[] = { (char *) "relevance", NULL };
  int receiver;

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  receiver = open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  g_assert_cmpint (fcntl (receiver, F_SETPIPE_SZ, 4096), >=, 4096);
  signal (SIGPIPE, SIG_IGN);
  c.stream = G_OUTPUT_STREAM (g_file_append_to (file, G_FILE_CREATE_NONE, NULL, &error));
  g_assert_no_error (error);
  window_fixture_set_up (&c.f, NULL);
  window_fixture_draw (&c.f, 3);
  application = G_APPLICATION (gtk_window_get_application (GTK_WINDOW (c.f.window)));
  g_signal_connect_swapped (application, "activate", G_CALLBACK (copy_activate_cb), &c);
  g_assert_cmpint (g_application_run (application, 1, argv), ==, 0);
  /* It was not waited for. */
  g_assert_false (has_no_jobs (NULL));
  close (receiver);
  g_assert_true (test_wait_until (has_no_jobs, NULL, PATIENCE));
  g_object_unref (c.stream);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_deaf_receiver (void)
{
  if (g_test_subprocess ())
    {
      run_with_deaf_receiver ();
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);
  g_test_add_func ("/quit/nothing-is-lost", test_nothing_is_lost);
  g_test_add_func ("/quit/says-what-is-finished", test_says_what_is_finished);
  g_test_add_func ("/quit/now", test_quit_now);
  g_test_add_func ("/quit/deaf-receiver", test_deaf_receiver);
  return g_test_run ();
}
