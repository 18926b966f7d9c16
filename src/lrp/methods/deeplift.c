/* SPDX-License-Identifier: GPL-3.0-or-later */
/* deeplift.c: slopes between an input and a baseline, layer by layer */
#include "config.h"

#include "lrp/methods/own-ways.h"

#include <string.h>

gboolean
lrp_deeplift (const LrpMethodCall *call, LrpTensor *relevance, double *expected, GError **error)
{
  const LrpTensor *x = call->explanation->input;
  g_autoptr (LrpTensor) baseline = lrp_method_new_baseline (call, error);
  LrpRun *reference = lrp_run_get_sibling (call->run, (guint) x->shape.dims[0], error);
  g_autoptr (LrpTensor) start = lrp_aim_weights (call->aim, call->run, -1, error);
  g_autoptr (LrpTensor) slopes = NULL;

  if (!baseline || !reference || !start
      || !lrp_points_score (reference, call->aim, baseline, expected, call->cancellable, error))
    return FALSE;
  if (!lrp_run_pass_back (call->run, &(LrpPass){ NULL, reference, call->aim->layer, start }, call->cancellable, error)
      || !(slopes = lrp_run_dup_relevance (call->run, 0, error)))
    return FALSE;
  *expected = call->explanation->score - *expected;
  for (gsize i = 0; i < x->count; i++)
    relevance->data[i] = slopes->data[i] * (x->data[i] - baseline->data[i]);
  return TRUE;
}
