/* SPDX-License-Identifier: GPL-3.0-or-later */
/* interrupt.c: Ctrl-C ends long work in good order */
#include "config.h"

#include "cli/interrupt.h"

#include "cli/options.h"

#include <glib/gi18n.h>

#include <errno.h>
#include <glib-unix.h>
#include <signal.h>
#include <unistd.h>

/* In a signal's handler next to nothing is allowed, so it writes into a pipe from which a thread reads. */
struct _CliInterrupt
{
  GCancellable *cancellable;
  int ends[2];
  GThread *thread;
};

static const int numbers[] = { SIGINT, SIGTERM };
static volatile sig_atomic_t write_end = -1;

static void
handle (int number)
{
  int before = errno;
  ssize_t ignored = write (write_end, "", 1);

  (void) ignored;
  errno = before;
}

static gpointer
wait_for_signals (gpointer data)
{
  CliInterrupt *interrupt = data;
  char byte;
  ssize_t n;

  while ((n = read (interrupt->ends[0], &byte, 1)) < 0 && errno == EINTR)
    ;
  /* read() gives 0 once the watch is stopped, which closes the other end. */
  if (n == 1)
    g_cancellable_cancel (interrupt->cancellable);
  return NULL;
}

/* What was ignored from the start, as with nohup, stays ignored. With SA_RESETHAND a second one ends the program. */
static void
watch_signals (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      struct sigaction before, action = { .sa_handler = handle, .sa_flags = (int) (SA_RESTART | SA_RESETHAND) };
      sigemptyset (&action.sa_mask);
      if (sigaction (numbers[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
        sigaction (numbers[i], &action, NULL);
    }
}

static void
unwatch_signals (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      struct sigaction before, action = { .sa_handler = SIG_DFL };
      sigemptyset (&action.sa_mask);
      if (sigaction (numbers[i], NULL, &before) == 0 && before.sa_handler == handle)
        sigaction (numbers[i], &action, NULL);
    }
}

/**
 * cli_interrupt_watch:
 * @cancellable: what is cancelled
 *
 * Returns: (transfer full): to be stopped when the work is over
 */
CliInterrupt *
cli_interrupt_watch (GCancellable *cancellable)
{
  CliInterrupt *interrupt = g_new0 (CliInterrupt, 1);

  g_assert (write_end < 0);
  interrupt->cancellable = g_object_ref (cancellable);
  /* Without a pipe or a thread signals do what they did before. */
  if (!g_unix_open_pipe (interrupt->ends, FD_CLOEXEC, NULL))
    return interrupt;
  interrupt->thread = g_thread_try_new ("interrupt", wait_for_signals, interrupt, NULL);
  if (!interrupt->thread)
    {
      close (interrupt->ends[0]);
      close (interrupt->ends[1]);
      return interrupt;
    }
  write_end = interrupt->ends[1];
  watch_signals ();
  return interrupt;
}

/**
 * cli_interrupt_stop:
 * @interrupt: (transfer full) (nullable): a watch
 *
 * Ends the watch.
 */
void
cli_interrupt_stop (CliInterrupt *interrupt)
{
  if (!interrupt)
    return;
  if (interrupt->thread)
    {
      unwatch_signals ();
      write_end = -1;
      close (interrupt->ends[1]);
      g_thread_join (interrupt->thread);
      close (interrupt->ends[0]);
    }
  g_object_unref (interrupt->cancellable);
  g_free (interrupt);
}

/**
 * cli_interrupt_take_error:
 * @error: return location for an error
 * @cause: (transfer full): why the work failed
 * @command: what was at work
 */
void
cli_interrupt_take_error (GError **error, GError *cause, const char *command)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_set_error (error, CLI_ERROR, CLI_ERROR_FAILED, _("%s: interrupted, so nothing was written"), command);
      g_error_free (cause);
    }
  else
    g_propagate_error (error, cause);
}
