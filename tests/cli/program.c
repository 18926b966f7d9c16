/* SPDX-License-Identifier: GPL-3.0-or-later */
/* program.c: runs the built `lrp` and keeps what it said */
#include "program.h"

#include "files/io/npy.h"
#include "files/pictures/samples.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <string.h>

static char *program, *folder;

void
program_init (int *argc, char ***argv)
{
  g_test_init (argc, argv, NULL);
  g_assert_cmpint (*argc, ==, 2);
  program = g_canonicalize_filename ((*argv)[1], NULL);
  folder = g_dir_make_tmp ("lrp-test-XXXXXX", NULL);
  g_assert_nonnull (folder);
}

/* Only files: it goes down into nothing. */
static void
remove_files (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_unlink (file);
    }
}

void
program_forget_saved (void)
{
  g_autofree char *saved = program_file (PROGRAM_SAVED), *parent = g_path_get_dirname (saved);

  remove_files (saved);
  g_rmdir (saved);
  g_rmdir (parent);
}

int
program_finish (void)
{
  int status = g_test_run ();

  program_forget_saved ();
  remove_files (folder);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_free (folder);
  g_free (program);
  return status;
}

char *
program_file (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

char *
program_write_file (const char *name, const char *content, gssize size)
{
  char *path = program_file (name);
  gboolean ok = g_file_set_contents (path, content, size, NULL);

  g_assert_true (ok);
  return path;
}

char *
program_write_array (const char *name, const LrpTensor *array)
{
  g_autoptr (GError) error = NULL;
  char *path = program_file (name);

  lrp_npy_write (path, array, &error);
  g_assert_no_error (error);
  return path;
}

char *
program_write_digit (guint digit)
{
  g_autofree char *name = g_strdup_printf ("digit-%u.npy", digit);
  guint i = 0;

  while (i < lrp_samples_count () && lrp_samples_get_label (i) != (int) digit)
    i++;
  g_autoptr (LrpTensor) sample = lrp_samples_dup_image (i);
  g_assert_nonnull (sample);
  g_autoptr (LrpTensor) single = lrp_tensor_new_copy (&LRP_SHAPE (1, 28, 28), sample->data, NULL);
  return program_write_array (name, single);
}

LrpTensor *
program_read_array (const char *path)
{
  g_autoptr (GError) error = NULL;
  LrpTensor *array = lrp_npy_read (path, &error);

  g_assert_no_error (error);
  return array;
}

static GSubprocess *
start (const char *stdout_path, const char *words)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) argv = NULL;
  g_autofree char *line = g_strdup_printf ("lrp %s", words);
  GSubprocess *process;

  g_shell_parse_argv (line, NULL, &argv, &error);
  g_assert_no_error (error);
  g_free (argv[0]);
  argv[0] = g_strdup (program);
  /* It must not need a display. */
  g_subprocess_launcher_unsetenv (launcher, "DISPLAY");
  g_subprocess_launcher_unsetenv (launcher, "WAYLAND_DISPLAY");
  /* What somebody saved is not asked. */
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", folder, TRUE);
  if (stdout_path)
    g_subprocess_launcher_set_stdout_file_path (launcher, stdout_path);
  else
    g_subprocess_launcher_set_flags (launcher, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv, &error);
  g_assert_no_error (error);
  return process;
}

/* Waits for its end. */
static Outcome *
finish (GSubprocess *process)
{
  g_autoptr (GError) error = NULL;
  Outcome *outcome = g_new0 (Outcome, 1);

  g_subprocess_communicate_utf8 (process, NULL, NULL, &outcome->out, &outcome->err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  outcome->status = g_subprocess_get_exit_status (process);
  return outcome;
}

static Outcome *
run (const char *stdout_path, const char *words)
{
  g_autoptr (GSubprocess) process = start (stdout_path, words);

  return finish (process);
}

/* Whether a process handles a signal itself, as its status says: SigCgt is a mask in hexadecimal digits. */
static gboolean
is_handled (const char *pid, int number)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/status", pid), *status = NULL;
  const char *mask;

  if (!g_file_get_contents (path, &status, NULL, NULL) || !(mask = strstr (status, "SigCgt:")))
    return FALSE;
  return g_ascii_strtoull (mask + strlen ("SigCgt:"), NULL, 16) >> (number - 1) & 1;
}

/* Sends a signal once the program is ready for it and has worked for a moment. */
Outcome *
program_interrupt (int number, const char *words)
{
  g_autoptr (GSubprocess) process = NULL;

  /* Whoever runs tests in the background may have told them to ignore it. */
  signal (number, SIG_DFL);
  g_test_message ("lrp %s", words);
  process = start (NULL, words);
  /* Where there is no such status to read, a second must do. */
  for (guint i = 0; i < 1000 && !is_handled (g_subprocess_get_identifier (process), number); i++)
    g_usleep (g_file_test ("/proc/self/status", G_FILE_TEST_EXISTS) ? 10000 : 1000);
  g_usleep (100000);
  g_subprocess_send_signal (process, number);
  return finish (process);
}

static char *format (const char *words, va_list arguments) G_GNUC_PRINTF (1, 0);

static char *
format (const char *words, va_list arguments)
{
  char *line = g_strdup_vprintf (words, arguments);

  g_test_message ("lrp %s", line);
  return line;
}

/* Runs `lrp` with words that are split as a shell does. */
Outcome *
program_run (const char *words, ...)
{
  va_list arguments;

  va_start (arguments, words);
  g_autofree char *line = format (words, arguments);
  va_end (arguments);
  return run (NULL, line);
}

/* The same, with its standard output in a file. */
Outcome *
program_run_to (const char *stdout_path, const char *words, ...)
{
  va_list arguments;

  va_start (arguments, words);
  g_autofree char *line = format (words, arguments);
  va_end (arguments);
  return run (stdout_path, line);
}

static Outcome *
run_well (const char *line)
{
  Outcome *outcome = run (NULL, line);

  g_assert_cmpstr (outcome->err, ==, "");
  g_assert_cmpint (outcome->status, ==, 0);
  return outcome;
}

JsonObject *
program_run_json (const char *words, ...)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  va_list arguments;

  va_start (arguments, words);
  g_autofree char *line = format (words, arguments);
  va_end (arguments);
  g_autoptr (Outcome) outcome = run_well (line);
  json_parser_load_from_data (parser, outcome->out, -1, &error);
  g_assert_no_error (error);
  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

void
program_run_well (const char *words, ...)
{
  va_list arguments;

  va_start (arguments, words);
  g_autofree char *line = format (words, arguments);
  va_end (arguments);
  outcome_free (run_well (line));
}

void
outcome_free (Outcome *outcome)
{
  g_free (outcome->out);
  g_free (outcome->err);
  g_free (outcome);
}

/* The largest |a - factor b|, as a share of the largest |a|. */
double
program_largest_difference (const LrpTensor *a, const LrpTensor *b, double factor)
{
  double difference = 0, largest = 0;

  g_assert_cmpuint (a->count, ==, b->count);
  for (gsize i = 0; i < a->count; i++)
    {
      difference = fmax (difference, fabs ((double) a->data[i] - factor * (double) b->data[i]));
      largest = fmax (largest, fabs ((double) a->data[i]));
    }
  g_assert_cmpfloat (largest, >, 0);
  return difference / largest;
}
