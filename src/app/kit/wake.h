/* SPDX-License-Identifier: GPL-3.0-or-later */
/* wake.h: how a thread wakes the main loop */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GSource *rlv_wake_new (const char *name, GSourceFunc work, gpointer data) G_GNUC_WARN_UNUSED_RESULT;

/* In any thread: the work is to be done. In the main loop: it is being done. */
void rlv_wake_up (GSource *source);
void rlv_wake_done (GSource *source);

void rlv_wake_free (GSource *source);

G_END_DECLS
