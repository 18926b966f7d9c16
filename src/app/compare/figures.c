/* SPDX-License-Identifier: GPL-3.0-or-later */
/* figures.c: numbers about maps that take longer the larger the maps are */
#include "config.h"

#include "app/compare/figures.h"

#include "app/kit/job.h"
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
} Maps;

static void
maps_free (gpointer data)
{
  Maps *maps = data;

  g_free (maps->map);
  g_free (maps->other);
  g_free (maps);
}

static gpointer
find (RlvJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const Maps *maps = data;
  RlvCompareFigures *figures = g_new (RlvCompareFigures, 1);

  rlv_compare_figures_find (figures, maps->map, maps->other, maps->n);
  return figures;
}

static const RlvJobKind finding = { .work = find, .free_data = maps_free, .free_result = g_free };

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
  Maps *maps = g_new (Maps, 1);

  *maps = (Maps){ g_memdup2 (map, n * sizeof *map), other ? g_memdup2 (other, n * sizeof *other) : NULL, n };
  rlv_job_run (&finding, maps, NULL, cancellable, callback, data);
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
  g_autofree RlvCompareFigures *found = rlv_job_finish (result, error);

  if (found)
    *figures = *found;
  return found != NULL;
}
