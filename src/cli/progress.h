/* SPDX-License-Identifier: GPL-3.0-or-later */
/* progress.h: how much of long work is done, shown where somebody watches */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _CliProgressBar CliProgressBar;

/* quiet: shows nothing, as where standard error is not a terminal. */
CliProgressBar *cli_progress_bar_new (gboolean quiet) G_GNUC_WARN_UNUSED_RESULT;
/* Takes the bar away. */
void cli_progress_bar_free (CliProgressBar *bar);

/* The next piece of the work, and which share of all it is. */
void cli_progress_bar_begin (CliProgressBar *bar, const char *what, double share);
/* An LrpProgress: how much of that piece is done. */
void cli_progress_bar_update (double fraction, gpointer bar);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliProgressBar, cli_progress_bar_free)

G_END_DECLS
