/* SPDX-License-Identifier: GPL-3.0-or-later */
/* interrupt.h: Ctrl-C ends long work in good order */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _CliInterrupt CliInterrupt;

/* From now on SIGINT and SIGTERM cancel the cancellable; a second one ends the program. One watch at a time. */
CliInterrupt *cli_interrupt_watch (GCancellable *cancellable) G_GNUC_WARN_UNUSED_RESULT;
void cli_interrupt_stop (CliInterrupt *interrupt);
/* Hands on why work failed. If it was interrupted, the error says so in words of its own, which name the command. */
void cli_interrupt_take_error (GError **error, GError *cause, const char *command);

G_END_DECLS
