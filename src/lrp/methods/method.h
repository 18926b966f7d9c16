/* SPDX-License-Identifier: GPL-3.0-or-later */
/* method.h: the table of methods, all built on forward, gradient and relevance of runs */
#pragma once

#include "lrp/methods/explanation.h"
#include "lrp/engine/run.h"
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
typedef struct
{
  const LrpChoice *method;
  LrpRun *run;
  const LrpExplanation *explanation;
  const LrpAim *aim;
  LrpProgress progress;
  gpointer progress_data;
  GCancellable *cancellable;
} LrpMethodCall;

/**
 * LrpMethod:
 * @entry: name, formula, parameters
 * @uses_composite: whether the request's composite counts
 * @composite: (nullable): the composite that it is another name for; its parameters are those of the same name
 * @start_one: whether it explains the score itself, whatever the request's start
 * @finish: (nullable): turns what the backward pass left at a layer into the result, in place; values: that layer's
 *   output
 * @explain: (nullable): finds the result at the input in its own way, instead of one backward pass; where the result
 *   should add up to something, sets that
 *
 * A row of the method table.
 */
struct _LrpMethod
{
  LrpEntry entry;
  gboolean uses_composite;
  const char *composite;
  gboolean start_one;
  gboolean (*finish) (const LrpMethodCall *call, const LrpTensor *values, LrpTensor *relevance, GError **error);
  gboolean (*explain) (const LrpMethodCall *call, LrpTensor *relevance, double *expected, GError **error);
};

extern const LrpTable lrp_methods;

/* The composite by which a method works; NULL for those that take the gradient. */
LrpComposite *lrp_method_dup_composite (const LrpChoice *method, const LrpComposite *requested,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What methods' functions share: inputs to be visited, n for each sample, and the baseline that the parameters name. */
LrpPoints lrp_method_points (const LrpMethodCall *call, guint n);
LrpTensor *lrp_method_new_baseline (const LrpMethodCall *call, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
