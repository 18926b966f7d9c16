/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-write.c: a file that is written anew stays what it was but for its content */
#include "files/io/paths.h"
#include "files/io/write.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  char *folder, *file, *other;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = g_dir_make_tmp ("write-XXXXXX", NULL);
  f->file = g_build_filename (f->folder, "map.npy", NULL);
  f->other = g_build_filename (f->folder, "other.npy", NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_remove (f->other);
  g_remove (f->file);
  /* That it is empty now says that nothing half-written was left. */
  g_assert_cmpint (g_rmdir (f->folder), ==, 0);
  g_free (f->folder);
  g_free (f->file);
  g_free (f->other);
}

static gboolean
write_text (const char *path, const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return lrp_write_file (path, &bytes, 1, error);
}

static void
assert_written (const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;
  gboolean done = write_text (path, text, &error);

  g_assert_no_error (error);
  g_assert_true (done);
}

static void
assert_holds (const char *path, const char *text)
{
  g_autofree char *got = NULL;

  g_assert_true (g_file_get_contents (path, &got, NULL, NULL));
  g_assert_cmpstr (got, ==, text);
}

static void
test_mode (Fixture *f, gconstpointer data)
{
  static const mode_t modes[] = { 0600, 0644, 0666, 0755, 0400 };
  struct stat info;

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      assert_written (f->file, "old");
      g_assert_cmpint (g_chmod (f->file, modes[i]), ==, 0);
      assert_written (f->file, "new");
      assert_holds (f->file, "new");
      g_assert_cmpint (stat (f->file, &info), ==, 0);
      g_assert_cmpuint (info.st_mode & 07777, ==, modes[i]);
      g_assert_cmpint (g_remove (f->file), ==, 0);
    }
}

/* data: whether the link says the whole path */
static void
test_symbolic (Fixture *f, gconstpointer data)
{
  assert_written (f->file, "old");
  g_assert_cmpint (symlink (data ? f->file : "map.npy", f->other), ==, 0);
  assert_written (f->other, "new");
  assert_holds (f->file, "new");
  g_assert_true (g_file_test (f->other, G_FILE_TEST_IS_SYMLINK));
}

/* Nothing is there yet where the link leads. */
static void
test_dangling (Fixture *f, gconstpointer data)
{
  g_assert_cmpint (symlink ("map.npy", f->other), ==, 0);
  assert_written (f->other, "new");
  assert_holds (f->file, "new");
  g_assert_true (g_file_test (f->other, G_FILE_TEST_IS_SYMLINK));
}

static void
test_circle (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (symlink ("map.npy", f->other), ==, 0);
  g_assert_cmpint (symlink ("other.npy", f->file), ==, 0);
  g_assert_false (write_text (f->file, "new", &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_LOOP);
  g_assert_true (g_file_test (f->file, G_FILE_TEST_IS_SYMLINK));
}

static void
test_hard (Fixture *f, gconstpointer data)
{
  struct stat a, b;

  assert_written (f->file, "something longer");
  g_assert_cmpint (link (f->file, f->other), ==, 0);
  assert_written (f->other, "new");
  assert_holds (f->file, "new");
  g_assert_cmpint (stat (f->file, &a), ==, 0);
  g_assert_cmpint (stat (f->other, &b), ==, 0);
  g_assert_true (a.st_ino == b.st_ino);
}

static void
test_long_name (Fixture *f, gconstpointer data)
{
  g_autofree char *name = g_strnfill (255, 'n'), *path = g_build_filename (f->folder, name, NULL);

  assert_written (path, "old");
  assert_written (path, "new");
  assert_holds (path, "new");
  g_assert_cmpint (g_remove (path), ==, 0);
}

static void
test_folder (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (write_text (f->folder, "new", &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ISDIR);
}

/* A name without a folder is in the working folder. */
static void
test_relative (Fixture *f, gconstpointer data)
{
  g_autofree char *before = g_get_current_dir ();

  g_assert_cmpint (g_chdir (f->folder), ==, 0);
  assert_written ("map.npy", "new");
  g_assert_cmpint (g_chdir (before), ==, 0);
  assert_holds (f->file, "new");
}

/* Nothing is kept in the working folder because the environment names no other. */
static void
test_home (void)
{
  if (g_test_subprocess ())
    {
      g_autofree char *fetched = NULL;
      lrp_paths_init ();
      fetched = lrp_fetched_dup_path ("net");
      g_assert_true (g_path_is_absolute (fetched));
      return;
    }
  g_setenv ("HOME", "", TRUE);
  g_setenv ("XDG_DATA_HOME", "data", TRUE);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

#define ADD(name, data, function) g_test_add ("/write/" name, Fixture, data, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("mode", NULL, test_mode);
  ADD ("symbolic/relative", NULL, test_symbolic);
  ADD ("symbolic/absolute", "", test_symbolic);
  ADD ("symbolic/dangling", NULL, test_dangling);
  ADD ("symbolic/circle", NULL, test_circle);
  ADD ("hard", NULL, test_hard);
  ADD ("long-name", NULL, test_long_name);
  ADD ("folder", NULL, test_folder);
  ADD ("relative", NULL, test_relative);
  g_test_add_func ("/write/home", test_home);
  return g_test_run ();
}
