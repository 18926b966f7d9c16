/* SPDX-License-Identifier: GPL-3.0-or-later */
/* points.h: many inputs through a network, a batch at a time; private to the core */
#pragma once

#include "lrp/methods/aim.h"

G_BEGIN_DECLS

/**
 * LrpPoint:
 * @sample: beside which of the samples it lies
 * @i: its number
 * @score: f, what is explained, there
 * @outputs: (nullable): all outputs of the network there
 * @gradient: (nullable): the gradient of f there
 * @size: how many numbers an input has
 *
 * What a network makes of one input.
 */
typedef struct
{
  guint sample, i;
  double score;
  const float *outputs, *gradient;
  gsize size;
} LrpPoint;

/**
 * LrpPoints:
 * @run: a run of the network, of any batch; its own activations stay
 * @aim: what is explained
 * @samples: how many samples there are
 * @n: how many inputs for each sample
 * @outputs: whether all outputs are wanted
 * @gradient: whether the gradient is wanted
 * @make: writes an input; called with @make_data
 * @take: is given what the network made of it, in order; called with @take_data
 * @progress: (nullable): told how far it is
 * @cancellable: (nullable): looked at between layers
 *
 * Inputs near those that are explained.
 */
typedef struct
{
  LrpRun *run;
  const LrpAim *aim;
  guint samples, n;
  gboolean outputs, gradient;
  void (*make) (gpointer data, guint sample, guint i, float *x, gsize size);
  void (*take) (gpointer data, const LrpPoint *point);
  gpointer make_data, take_data;
  LrpProgress progress;
  gpointer progress_data;
  GCancellable *cancellable;
} LrpPoints;

/* Visits all of them, sample after sample. */
gboolean lrp_points_visit (const LrpPoints *points, GError **error);
/* The sum of f over the samples of another input; leaves that input's activations in the run. */
gboolean lrp_points_score (LrpRun *run, const LrpAim *aim, const LrpTensor *input, double *score,
                           GCancellable *cancellable, GError **error);

G_END_DECLS
