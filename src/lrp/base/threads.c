/* SPDX-License-Identifier: GPL-3.0-or-later */
/* threads.c: how many threads kernels may use, and how they count */
#include "config.h"

#include "lrp/base/threads.h"

#include <dlfcn.h>
#if defined(__SSE__)
#include <xmmintrin.h>
#endif

/* OpenMP's own functions, if oneDNN was built with it; found at run time, since that is oneDNN's affair and not ours.
 */
typedef struct
{
  int (*get_max_threads) (void);
  void (*set_num_threads) (int n);
} OpenMp;

static const OpenMp *
get_open_mp (void)
{
  static OpenMp functions;
  static gsize once;

  if (g_once_init_enter (&once))
    {
      *(void **) &functions.get_max_threads = dlsym (RTLD_DEFAULT, "omp_get_max_threads");
      *(void **) &functions.set_num_threads = dlsym (RTLD_DEFAULT, "omp_set_num_threads");
      g_once_init_leave (&once, 1);
    }
  return functions.get_max_threads && functions.set_num_threads ? &functions : NULL;
}

/* Numbers below 1e-38, which a processor can keep only by working 10 to 30 times longer, become 0: none of them could
 * be seen in a map. Threads that OpenMP starts take this over from the one that starts them. */
static guint64
flush_denormals (void)
{
#if defined(__SSE__)
  guint before = _mm_getcsr ();
  _mm_setcsr (before | 0x8040); /* results, and what is read */
  return before;
#elif defined(__aarch64__)
  guint64 before;
  __asm__ volatile("mrs %0, fpcr" : "=r"(before));
  __asm__ volatile("msr fpcr, %0" : : "r"(before | (G_GUINT64_CONSTANT (1) << 24)));
  return before;
#else
  return 0;
#endif
}

static void
keep_denormals_as (guint64 before)
{
#if defined(__SSE__)
  _mm_setcsr ((_mm_getcsr () & ~0x8040u) | ((guint) before & 0x8040u));
#elif defined(__aarch64__)
  __asm__ volatile("msr fpcr, %0" : : "r"(before));
#endif
}

/**
 * lrp_threads_enter:
 * @macs: multiply-adds of one forward pass
 *
 * Chooses as many threads as that is worth, and lets them take for 0 what is too small to be counted with fast.
 *
 * Returns: what to give to lrp_threads_leave()
 */
LrpThreads
lrp_threads_enter (guint64 macs)
{
  const OpenMp *omp = get_open_mp ();
  LrpThreads before = { omp ? omp->get_max_threads () : 0, flush_denormals () };

  if (omp && macs < LRP_WORTH_A_SECOND_THREAD)
    omp->set_num_threads (1);
  return before;
}

/**
 * lrp_threads_leave:
 * @before: what lrp_threads_enter() returned
 *
 * Puts all of it back.
 */
void
lrp_threads_leave (LrpThreads before)
{
  const OpenMp *omp = get_open_mp ();

  if (omp)
    omp->set_num_threads (before.n);
  keep_denormals_as (before.arithmetic);
}
