/* SPDX-License-Identifier: GPL-3.0-or-later */
/* threads.h: how many threads kernels may use; private to the core */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Multiply-adds of a pass. Below this a second thread gains little, and while it waits for more work it spins: it would
 * take the processor that the window is painted on. */
#define LRP_WORTH_A_SECOND_THREAD 50000000

/* Until lrp_threads_leave(), kernels made or called in this thread use as many threads as that many multiply-adds are
 * worth. The same number must count whenever a kernel is made or called. */
int lrp_threads_enter (guint64 macs);
void lrp_threads_leave (int before);

G_END_DECLS
