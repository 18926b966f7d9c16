/* SPDX-License-Identifier: GPL-3.0-or-later */
/* call.c: what methods at work share */
#include "config.h"

#include "lrp/methods/call.h"

#include "lrp/methods/baseline.h"

/**
 * lrp_method_points:
 * @call: a method at work
 * @n: how many inputs for each sample
 *
 * Returns: the inputs, but for what makes and takes them
 */
LrpPoints
lrp_method_points (const LrpMethodCall *call, guint n)
{
  return (LrpPoints){ .run = call->run,
                      .aim = call->aim,
                      .samples = call->explanation->n,
                      .n = n,
                      .progress = call->progress,
                      .progress_data = call->progress_data,
                      .cancellable = call->cancellable };
}

/**
 * lrp_method_new_baseline:
 * @call: a method at work that has the parameters "baseline" and "seed"
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the baseline that they name, beside the explanation's input
 */
LrpTensor *
lrp_method_new_baseline (const LrpMethodCall *call, GError **error)
{
  return lrp_baseline_new ((LrpBaseline) lrp_choice_get (call->method, "baseline"), &call->explanation->network->input,
                           call->explanation->input, (guint32) lrp_choice_get (call->method, "seed"), error);
}
