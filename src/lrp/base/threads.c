/* SPDX-License-Identifier: GPL-3.0-or-later */
/* threads.c: how many threads kernels may use */
#include "config.h"

#include "lrp/base/threads.h"

#include <dlfcn.h>

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

/**
 * lrp_threads_enter:
 * @macs: multiply-adds of one forward pass
 *
 * Chooses as many threads as that is worth.
 *
 * Returns: what to give to lrp_threads_leave()
 */
int
lrp_threads_enter (guint64 macs)
{
  const OpenMp *omp = get_open_mp ();
  int before = omp ? omp->get_max_threads () : 0;

  if (omp && macs < LRP_WORTH_A_SECOND_THREAD)
    omp->set_num_threads (1);
  return before;
}

/**
 * lrp_threads_leave:
 * @before: what lrp_threads_enter() returned
 *
 * Puts the number of threads back.
 */
void
lrp_threads_leave (int before)
{
  const OpenMp *omp = get_open_mp ();

  if (omp)
    omp->set_num_threads (before);
}
