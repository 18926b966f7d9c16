/* SPDX-License-Identifier: GPL-3.0-or-later */
/* figures.c: numbers about maps that take longer the larger the maps are */
#include "config.h"

#include "app/compare/figures.h"

#include "lrp/base/stats.h"

#include <math.h>

static double *
widen (const float *map, gsize n)
{
  double *wide = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    wide[i] = (double) map[i];
  return wide;
}

/**
 * rlv_compare_figures_find:
 * @figures: (out caller-allocates): what is found
 * @map: (array length=n): relevance
 * @other: (nullable) (array length=n): relevance at the same places
 * @n: how many cells
 *
 * Measures a map.
 */
void
rlv_compare_figures_find (RlvCompareFigures *figures, const float *map, const float *other, gsize n)
{
  g_autofree double *a = widen (map, n), *b = other ? widen (other, n) : NULL;

  figures->sparsity = lrp_stats_gini (a, n);
  figures->correlation = b ? lrp_stats_spearman (a, b, n) : NAN;
}

/* What the thread is given: copies, since maps change. */
typedef struct
{
  float *map, *other;
  gsize n;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->map);
  g_free (job->other);
  g_free (job);
}

static void
work (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  RlvCompareFigures *figures = g_new (RlvCompareFigures, 1);

  rlv_compare_figures_find (figures, job->map, job->other, job->n);
  g_task_return_pointer (task, figures, g_free);
}

/**
 * rlv_compare_figures_find_async:
 * @map: (array length=n): relevance; it is copied
 * @other: (nullable) (array length=n): relevance at the same places; it is copied
 * @n: how many cells
 * @cancellable: (nullable): to stop caring
 * @callback: called when it is done
 * @data: for @callback
 *
 * Measures a map in a thread.
 */
void
rlv_compare_figures_find_async (const float *map, const float *other, gsize n, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  Job *job = g_new0 (Job, 1);

  *job = (Job){ g_memdup2 (map, n * sizeof *map), other ? g_memdup2 (other, n * sizeof *other) : NULL, n };
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, work);
}

/**
 * rlv_compare_figures_find_finish:
 * @result: what the callback got
 * @figures: (out caller-allocates): what was found
 * @error: return location for an error
 *
 * Returns: whether it was not cancelled
 */
gboolean
rlv_compare_figures_find_finish (GAsyncResult *result, RlvCompareFigures *figures, GError **error)
{
  g_autofree RlvCompareFigures *found = g_task_propagate_pointer (G_TASK (result), error);

  if (found)
    *figures = *found;
  return found != NULL;
}
