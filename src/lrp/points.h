/* SPDX-License-Identifier: GPL-3.0-or-later */
/* points.h: many inputs through a network, a batch at a time; private to the core */
#pragma once

#include "lrp/method.h"

G_BEGIN_DECLS

/**
 * LrpPoints:
 * @n: how many inputs for each sample of the request
 * @gradient: whether the gradient of what is explained is wanted, and not only its value
 * @make: writes input number i for a sample
 * @take: is given what the network made of it: f, and where asked for the gradient of f
 * @data: for both
 *
 * Inputs near those of a request.
 */
typedef struct
{
  guint n;
  gboolean gradient;
  void (*make) (gpointer data, guint sample, guint i, float *x, gsize size);
  void (*take) (gpointer data, guint sample, guint i, double score, const float *gradient, gsize size);
  gpointer data;
} LrpPoints;

/* The sum of f over the samples of another input; leaves that input's activations in the run. */
gboolean lrp_points_score (const LrpMethodCall *call, LrpRun *run, const LrpTensor *input, double *score, GError **error);
/* Visits all of them, sample after sample, in order. */
gboolean lrp_points_visit (const LrpMethodCall *call, const LrpPoints *points, GError **error);

G_END_DECLS
