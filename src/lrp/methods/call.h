/* SPDX-License-Identifier: GPL-3.0-or-later */
/* call.h: a method at work: what its functions are given, and what they share; private to the core */
#pragma once

#include "lrp/engine/run.h"
#include "lrp/methods/explanation.h"
#include "lrp/methods/points.h"

G_BEGIN_DECLS

/**
 * LrpMethodCall:
 * @method: the row and its parameters
 * @run: has just computed the scores of @explanation's input
 * @explanation: input, scores and targets; the rest is not there yet
 * @aim: what is explained
 * @progress: (nullable): told how far a long computation is
 * @progress_data: for @progress
 * @cancellable: (nullable): looked at between layers
 *
 * What a method's functions are given.
 */
struct _LrpMethodCall
{
  const LrpChoice *method;
  LrpRun *run;
  const LrpExplanation *explanation;
  const LrpAim *aim;
  LrpProgress progress;
  gpointer progress_data;
  GCancellable *cancellable;
};

/* Inputs that the method wants to visit, n for each sample; what makes them and what takes them is still to be set. */
LrpPoints lrp_method_points (const LrpMethodCall *call, guint n);
/* The baseline that the method's parameters "baseline" and "seed" name. */
LrpTensor *lrp_method_new_baseline (const LrpMethodCall *call, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
