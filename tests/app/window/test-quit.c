/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-quit.c: what is being written when people quit is written to its end */
#include "config.h"

#include "app/export/content.h"
#include "app/session/file.h"
#include "window-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

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
test_nothing_is_lost (void)
{
  Quitting q = { { 0 }, NULL, NULL, NULL, g_memory_output_stream_new_resizable () };
  g_autofree char *folder = g_dir_make_tmp ("test-quit-XXXXXX", NULL);
  g_autoptr (RlvSessionFile) file = NULL;
  g_autoptr (GError) error = NULL;
  GApplication *application;
  char *argv[] = { (char *) "relevance", NULL };

  q.session = g_build_filename (folder, "three.relevance", NULL);
  q.map = g_build_filename (folder, "map.png", NULL);
  q.film = g_build_filename (folder, "film.png", NULL);
  window_fixture_set_up (&q.f, NULL);
  window_fixture_draw (&q.f, 3);
  application = G_APPLICATION (gtk_window_get_application (GTK_WINDOW (q.f.window)));
  g_signal_connect_swapped (application, "activate", G_CALLBACK (activate_cb), &q);
  g_assert_cmpint (g_application_run (application, 1, argv), ==, 0);

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

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);
  g_test_add_func ("/quit/nothing-is-lost", test_nothing_is_lost);
  return g_test_run ();
}
