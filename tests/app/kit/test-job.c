/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-job.c: what is done in a thread is delivered in the main loop, and nothing that writes is lost */
#include "config.h"

#include "app/kit/job.h"

#include <glib/gstdio.h>

/* What a job is given: it writes its letter, when it may. */
typedef struct
{
  char letter;
  GString *out; /* shared by those that write the same file: one at a time */
  int *at_work; /* atomic: how many are */
  GMutex *gate; /* locked: it waits */
  GThread *main;
} Letter;

static int n_freed, n_worked, n_results_freed;

static void
letter_free (gpointer data)
{
  Letter *letter = data;

  g_assert_true (letter->main == g_thread_self ());
  n_freed++;
  g_free (letter);
}

static void
result_free (gpointer result)
{
  n_results_freed++;
  g_free (result);
}

static gpointer
write_letter (RlvJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Letter *letter = data;

  g_assert_true (letter->main != g_thread_self ());
  g_atomic_int_inc (&n_worked);
  if (letter->at_work)
    g_assert_cmpint (g_atomic_int_add (letter->at_work, 1), ==, 0);
  if (letter->gate)
    {
      g_mutex_lock (letter->gate);
      g_mutex_unlock (letter->gate);
    }
  rlv_job_tell (0.5, job);
  if (letter->out)
    g_string_append_c (letter->out, letter->letter);
  if (letter->at_work)
    g_atomic_int_add (letter->at_work, -1);
  if (letter->letter == '!')
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "no such letter");
      return NULL;
    }
  return g_strdup ("done");
}

static const RlvJobKind reading = { .work = write_letter, .free_data = letter_free, .free_result = result_free };
static const RlvJobKind writing = { write_letter, letter_free, result_free, "Saving “%s”", TRUE };

static Letter *
letter_new (char letter, GString *out, int *at_work, GMutex *gate)
{
  Letter *data = g_new (Letter, 1);

  *data = (Letter){ letter, out, at_work, gate, g_thread_self () };
  return data;
}

/* What the callback was told; it is called once. */
typedef struct
{
  char *result;
  GError *error;
  guint n_calls;
} Told;

static void
told_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Told *told = data;

  g_assert_null (source);
  g_assert_true (g_async_result_get_user_data (result) == data);
  g_assert_true (((Letter *) rlv_job_get_data (result))->main == g_thread_self ());
  told->n_calls++;
  told->result = rlv_job_finish (result, &told->error);
}

static void
told_clear (Told *told)
{
  g_free (told->result);
  g_clear_error (&told->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Told, told_clear)

static guint
count_jobs (void)
{
  return g_list_model_get_n_items (rlv_job_get_all ());
}

static void
wait_for_all (void)
{
  while (count_jobs ())
    g_main_context_iteration (NULL, TRUE);
}

static void
reset (void)
{
  n_freed = n_results_freed = 0;
  g_atomic_int_set (&n_worked, 0);
}

/* --- delivery ----------------------------------------------------------------------------------------------------- */

static void
test_delivers (void)
{
  g_auto (Told) good = { 0 }, bad = { 0 };

  reset ();
  rlv_job_run (&reading, letter_new ('a', NULL, NULL, NULL), NULL, NULL, told_cb, &good);
  rlv_job_run (&reading, letter_new ('!', NULL, NULL, NULL), NULL, NULL, told_cb, &bad);
  /* Nobody is told here: results are freed all the same. */
  rlv_job_run (&reading, letter_new ('b', NULL, NULL, NULL), NULL, NULL, NULL, NULL);
  g_assert_cmpuint (good.n_calls, ==, 0);
  wait_for_all ();
  g_assert_cmpuint (good.n_calls, ==, 1);
  g_assert_cmpstr (good.result, ==, "done");
  g_assert_no_error (good.error);
  g_assert_cmpuint (bad.n_calls, ==, 1);
  g_assert_null (bad.result);
  g_assert_error (bad.error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_cmpint (n_freed, ==, 3);
  g_assert_cmpint (n_results_freed, ==, 1);
}

static void
count_cb (guint *n)
{
  (*n)++;
}

static void
test_progress (void)
{
  GMutex gate;
  RlvJob *job;
  double progress;
  guint n = 0;
  g_autofree char *title = NULL;

  g_mutex_init (&gate);
  g_mutex_lock (&gate);
  job = g_object_ref (
      rlv_job_run (&writing, letter_new ('a', NULL, NULL, &gate), "/nowhere/a file.png", NULL, NULL, NULL));
  g_signal_connect_swapped (job, "notify::progress", G_CALLBACK (count_cb), &n);
  g_object_get (job, "title", &title, "progress", &progress, NULL);
  g_assert_cmpstr (title, ==, "Saving “a file.png”");
  g_assert_cmpfloat (progress, ==, 0);
  g_assert_cmpuint (count_jobs (), ==, 1);
  g_mutex_unlock (&gate);
  wait_for_all ();
  g_object_get (job, "progress", &progress, NULL);
  g_assert_cmpfloat (progress, ==, 0.5);
  g_assert_cmpuint (n, ==, 1);
  g_mutex_clear (&gate);
  g_object_unref (job);
}

/* --- cancelling --------------------------------------------------------------------------------------------------- */

static void
test_cancelled_before (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (Told) told = { 0 };

  reset ();
  g_cancellable_cancel (cancellable);
  rlv_job_run (&reading, letter_new ('a', NULL, NULL, NULL), NULL, cancellable, told_cb, &told);
  wait_for_all ();
  g_assert_cmpint (g_atomic_int_get (&n_worked), ==, 0);
  g_assert_cmpuint (told.n_calls, ==, 1);
  g_assert_error (told.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (n_freed, ==, 1);
}

static void
wait_for_work (int n)
{
  while (g_atomic_int_get (&n_worked) < n)
    g_usleep (1000);
}

static void
test_cancelled_while (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (Told) told = { 0 };
  GMutex gate;

  reset ();
  g_mutex_init (&gate);
  g_mutex_lock (&gate);
  rlv_job_run (&reading, letter_new ('a', NULL, NULL, &gate), NULL, cancellable, told_cb, &told);
  wait_for_work (1);
  g_cancellable_cancel (cancellable);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (told.n_calls, ==, 0);
  g_mutex_unlock (&gate);
  wait_for_all ();
  g_assert_cmpuint (told.n_calls, ==, 1);
  g_assert_error (told.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (n_freed, ==, 1);
  g_assert_cmpint (n_results_freed, ==, 1);
  g_mutex_clear (&gate);
}

static void
test_cancelled_after (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (Told) told = { 0 };

  reset ();
  rlv_job_run (&reading, letter_new ('a', NULL, NULL, NULL), NULL, cancellable, told_cb, &told);
  wait_for_all ();
  g_cancellable_cancel (cancellable);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (told.n_calls, ==, 1);
  g_assert_cmpstr (told.result, ==, "done");
  g_assert_cmpint (n_freed, ==, 1);
  g_assert_cmpint (n_results_freed, ==, 0);
}

/* What it writes is written all the same. */
static void
test_let_go (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_auto (Told) told = { 0 };

  reset ();
  rlv_job_let_go (rlv_job_run (&writing, letter_new ('a', out, NULL, NULL), NULL, NULL, told_cb, &told));
  wait_for_all ();
  g_assert_cmpstr (out->str, ==, "a");
  g_assert_cmpuint (told.n_calls, ==, 0);
  g_assert_cmpint (n_freed, ==, 1);
}

/* --- files and threads -------------------------------------------------------------------------------------------- */

/* The first is at work, the last comes after it, and the one between gives way; another file waits for none of them. */
static void
test_one_save_a_path (void)
{
  g_autoptr (GString) out = g_string_new (NULL), other = g_string_new (NULL);
  Told told[4] = { 0 };
  int at_work = 0;
  GMutex gate;

  reset ();
  g_mutex_init (&gate);
  g_mutex_lock (&gate);
  rlv_job_run (&writing, letter_new ('a', out, &at_work, &gate), "/nowhere/file", NULL, told_cb, &told[0]);
  rlv_job_run (&writing, letter_new ('b', out, &at_work, NULL), "/nowhere/file", NULL, told_cb, &told[1]);
  rlv_job_run (&writing, letter_new ('c', out, &at_work, NULL), "/nowhere/./file", NULL, told_cb, &told[2]);
  rlv_job_run (&writing, letter_new ('d', other, NULL, NULL), "/nowhere/file 2", NULL, told_cb, &told[3]);
  while (!told[3].n_calls || !told[1].n_calls)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (told[1].error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (told[0].n_calls + told[2].n_calls, ==, 0);
  g_mutex_unlock (&gate);
  wait_for_all ();
  g_assert_cmpstr (told[0].result, ==, "done");
  g_assert_cmpstr (told[2].result, ==, "done");
  g_assert_cmpstr (out->str, ==, "ac");
  g_assert_cmpstr (other->str, ==, "d");
  g_assert_cmpint (n_freed, ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      g_assert_cmpuint (told[i].n_calls, ==, 1);
      told_clear (&told[i]);
    }
  g_mutex_clear (&gate);
}

/* Always the same thread, one job after the other. */
static gpointer
name_thread (RlvJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  g_ptr_array_add (data, g_thread_self ());
  return NULL;
}

static void
test_own_thread (void)
{
  static const RlvJobKind kind = { .work = name_thread };
  g_autoptr (GPtrArray) threads = g_ptr_array_new ();
  GThreadPool *thread = rlv_job_thread_new ();

  for (guint i = 0; i < 20; i++)
    rlv_job_run_in (thread, &kind, threads, NULL, NULL, NULL);
  g_thread_pool_free (thread, FALSE, TRUE);
  g_assert_cmpuint (threads->len, ==, 20);
  for (guint i = 1; i < threads->len; i++)
    g_assert_true (threads->pdata[i] == threads->pdata[0]);
  wait_for_all ();
}

/* --- the application ---------------------------------------------------------------------------------------------- */

typedef struct
{
  const RlvJobKind *kind;
  GCancellable *cancellable;
  GMutex *gate;
  Told told;
} Run;

static gboolean
open_gate (gpointer gate)
{
  g_mutex_unlock (gate);
  return G_SOURCE_REMOVE;
}

/* No window holds the application: only a job may. */
static void
activate_cb (GApplication *application, Run *run)
{
  rlv_job_run (run->kind, letter_new ('a', NULL, NULL, run->gate), NULL, run->cancellable, told_cb, &run->told);
  wait_for_work (1);
  if (run->cancellable)
    g_cancellable_cancel (run->cancellable);
  else
    g_timeout_add (200, open_gate, run->gate);
}

static void
run_application (Run *run)
{
  g_autoptr (GApplication) application =
      g_application_new ("io.github.relevance_lrp.TestJob", G_APPLICATION_NON_UNIQUE);

  reset ();
  g_application_set_default (application);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), run);
  g_mutex_lock (run->gate);
  g_assert_cmpint (g_application_run (application, 0, NULL), ==, 0);
  g_application_set_default (NULL);
}

static void
test_writing_holds (void)
{
  GMutex gate;
  Run run = { &writing, NULL, &gate, { 0 } };

  g_mutex_init (&gate);
  run_application (&run);
  g_assert_cmpuint (run.told.n_calls, ==, 1);
  g_assert_cmpstr (run.told.result, ==, "done");
  g_assert_cmpuint (count_jobs (), ==, 0);
  g_assert_cmpint (n_freed, ==, 1);
  told_clear (&run.told);
  g_mutex_clear (&gate);
}

/* It does not even look at what cancels it; the application ends all the same. */
static void
test_cancelled_reading_never_hangs (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GMutex gate;
  Run run = { &reading, cancellable, &gate, { 0 } };

  g_mutex_init (&gate);
  run_application (&run);
  g_assert_cmpuint (run.told.n_calls, ==, 0);
  g_mutex_unlock (&gate);
  wait_for_all ();
  g_assert_error (run.told.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (n_freed, ==, 1);
  told_clear (&run.told);
  g_mutex_clear (&gate);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/job/delivers", test_delivers);
  g_test_add_func ("/job/progress", test_progress);
  g_test_add_func ("/job/cancelled/before", test_cancelled_before);
  g_test_add_func ("/job/cancelled/while", test_cancelled_while);
  g_test_add_func ("/job/cancelled/after", test_cancelled_after);
  g_test_add_func ("/job/let-go", test_let_go);
  g_test_add_func ("/job/one-save-a-path", test_one_save_a_path);
  g_test_add_func ("/job/own-thread", test_own_thread);
  g_test_add_func ("/job/writing-holds", test_writing_holds);
  g_test_add_func ("/job/cancelled-reading-never-hangs", test_cancelled_reading_never_hangs);
  return g_test_run ();
}
