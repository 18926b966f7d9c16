/* SPDX-License-Identifier: GPL-3.0-or-later */
/* threads.h: how many threads kernels may use, and how they count; private to the core */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Multiply-adds of a pass. Below this a second thread gains little, and while it waits for more work it spins: it would
 * take the processor that the window is painted on. */
#define LRP_WORTH_A_SECOND_THREAD 50000000

/* How a thread was before: how many others it used, and its processor's mode of counting. */
typedef struct
{
  int n;
  guint64 arithmetic;
} LrpThreads;

/* Until lrp_threads_leave(), kernels made or called in this thread use as many threads as that many multiply-adds are
 * worth. The same number must count whenever a kernel is made or called.
 * Numbers too small for float's full precision (denormals) are taken for 0 meanwhile. */
LrpThreads lrp_threads_enter (guint64 macs);
void lrp_threads_leave (LrpThreads before);

G_END_DECLS
