/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-toasts.c: what the window says is not lost behind what it says next, and nothing aborts */
#include "config.h"

#include "window-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#define N_BROKEN 5

static char *folder;

static char *
break_file (const char *name)
{
  char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, "<html>not found</html>", -1, NULL));
  return path;
}

static void
open_file (WindowFixture *f, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  rlv_window_open (f->window, file);
}

static void
find_last_label (GtkWidget *widget, gpointer data)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget))
    *(const char **) data = gtk_label_get_label (GTK_LABEL (widget));
}

static void
find_toast (GtkWidget *widget, gpointer data)
{
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), "AdwToastWidget"))
    window_fixture_walk (widget, find_last_label, data);
}

/* What the toast says that came last. */
static const char *
get_said (WindowFixture *f)
{
  const char *text = NULL;

  window_fixture_walk (GTK_WIDGET (f->window), find_toast, &text);
  return text ? text : "";
}

static gboolean
names_all (gpointer f)
{
  gboolean all = TRUE;

  for (guint i = 0; i < N_BROKEN; i++)
    {
      g_autofree char *name = g_strdup_printf ("“%u.", i);
      all = all && strstr (get_said (f), name);
    }
  return all;
}

static void
activate (WindowFixture *f, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (f->window), action, NULL));
}

/* While a toast is seen, and another one replaces it: all five are named, and stay. */
static void
test_five_broken (WindowFixture *f, gconstpointer unused)
{
  static const char *const suffixes[N_BROKEN] = { "png", "relevance", "jpg", "relevance", "onnx" };
  char *paths[N_BROKEN];

  window_fixture_draw (f, 3);
  activate (f, "win.clear");
  for (guint i = 0; i < N_BROKEN; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.%s", i, suffixes[i]);
      paths[i] = break_file (name);
      open_file (f, paths[i]);
    }
  activate (f, "win.next-method");
  g_assert_true (test_wait_until (names_all, f, PATIENCE));
  for (guint i = 0; i < 4; i++)
    {
      activate (f, "win.next-method");
      g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 10, PATIENCE));
    }
  g_assert_true (names_all (f));
  for (guint i = 0; i < N_BROKEN; i++)
    {
      g_unlink (paths[i]);
      g_free (paths[i]);
    }
}

static gboolean
complains (gpointer f)
{
  return strstr (get_said (f), "cannot be opened") != NULL;
}

static gboolean
says_nothing (gpointer f)
{
  return !*get_said (f);
}

static gboolean
has_mlp (gpointer session)
{
  return g_str_equal (rlv_session_get_network (session)->name, "mnist-mlp");
}

/* A network that was asked for together with a broken file does not hide what is said of that; a later one does. */
static void
test_together (WindowFixture *f, gconstpointer unused)
{
  g_autofree char *path = break_file ("bad.relevance");

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (f->window), "win.model", "s", "mnist-mlp"));
  open_file (f, path);
  g_assert_true (test_wait_until (has_mlp, f->session, PATIENCE));
  g_assert_true (test_wait_until (complains, f, PATIENCE));
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 60, PATIENCE));
  g_assert_true (complains (f));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (f->window), "win.model", "s", "mnist-cnn"));
  g_assert_true (test_wait_until (says_nothing, f, PATIENCE));
  g_unlink (path);
}

static gboolean
says_sample (gpointer f)
{
  return g_str_equal (get_said (f), "three");
}

/* News that comes and goes faster than toasts move ends with the last of it. */
static void
test_hasty (WindowFixture *f, gconstpointer unused)
{
  for (guint i = 0; i < 60; i++)
    {
      g_autoptr (AdwToast) toast = adw_toast_new (i == 59 ? "three" : i % 2 ? "one" : "two");
      if (i % 3 == 0)
        adw_toast_set_button_label (toast, "_Undo");
      g_signal_emit_by_name (TEST_FIND (f->window, COMPARE_PAGE), "toast", toast);
      g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 1 + (guint) g_test_rand_int_range (0, 4), PATIENCE));
    }
  g_assert_true (test_wait_until (says_sample, f, PATIENCE));
}

int
main (int argc, char **argv)
{
  int status;

  window_fixture_init (&argc, &argv);
  folder = g_dir_make_tmp ("test-toasts-XXXXXX", NULL);
#define ADD(name, function)                                                                                            \
  g_test_add ("/toasts/" name, WindowFixture, NULL, window_fixture_set_up, function, window_fixture_tear_down)
  ADD ("five-broken", test_five_broken);
  ADD ("together", test_together);
  ADD ("hasty", test_hasty);
  status = g_test_run ();
  g_rmdir (folder);
  g_free (folder);
  return status;
}
