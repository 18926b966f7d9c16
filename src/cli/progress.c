/* SPDX-License-Identifier: GPL-3.0-or-later */
/* progress.c: how much of long work is done, shown where somebody watches */
#include "config.h"

#include "cli/progress.h"

#include "cli/columns.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define FULL  "##############################"
#define WIDTH ((int) strlen (FULL))
/* What is shown of a name: the line must not wrap. */
#define NAME 40

struct _CliProgressBar
{
  gboolean shown;
  char *what;
  double done, share; /* before this piece, and of it */
  int percent;        /* what the bar shows; -1: nothing */
};

CliProgressBar *
cli_progress_bar_new (gboolean quiet)
{
  CliProgressBar *bar = g_new0 (CliProgressBar, 1);

  bar->shown = !quiet && isatty (STDERR_FILENO);
  bar->percent = -1;
  return bar;
}

void
cli_progress_bar_free (CliProgressBar *bar)
{
  if (!bar)
    return;
  if (bar->percent >= 0)
    fputs ("\r\033[K", stderr);
  g_free (bar->what);
  g_free (bar);
}

static void
show (CliProgressBar *bar, double fraction)
{
  int percent = (int) CLAMP (100 * fraction + 1e-9, 0, 100), full = percent * WIDTH / 100;

  if (!bar->shown || percent == bar->percent)
    return;
  bar->percent = percent;
  fprintf (stderr, "\r[%.*s%*s] %3d %%  %s\033[K", full, FULL, WIDTH - full, "", percent, bar->what);
  fflush (stderr);
}

void
cli_progress_bar_begin (CliProgressBar *bar, const char *what, double share)
{
  g_autofree char *name = cli_format_name (what);

  g_free (bar->what);
  bar->what = g_utf8_strlen (name, -1) > NAME ? g_utf8_substring (name, 0, NAME) : g_strdup (name);
  bar->done += bar->share;
  bar->share = share;
  bar->percent = -1;
  show (bar, bar->done);
}

void
cli_progress_bar_update (double fraction, gpointer data)
{
  CliProgressBar *bar = data;

  show (bar, bar->done + fraction * bar->share);
}
