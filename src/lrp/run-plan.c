/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run-plan.c: a composite made ready for a run, and what of it need not be computed */
#include "config.h"

#include "lrp/run-private.h"

/* Whether no relevance arrives at an output that is zero, given that none arrives at zeros above. Where it starts, it may
 * be anywhere. */
static gboolean
follows_activation (const LrpRun *run, const gboolean *follows, guint index)
{
  gboolean all = index != run->start;

  for (guint i = index + 1; i < run->n && all; i++)
    for (guint k = 0; k < run->steps[i].n_inputs; k++)
      if (run->steps[i].layer->inputs[k] == index)
        {
          const LrpOp *op = lrp_op_get (run->steps[i].layer->kind);
          all = all && (op->linear ? lrp_linear_follows_input (&run->steps[i]) : op->sign == LRP_SIGN_FOLLOWS && follows[i]);
        }
  return all;
}

/* A ReLU's input gets no relevance below zero if the ReLU's own gets none at zero. */
static void
find_dead_outputs (LrpRun *run, gboolean passes)
{
  g_autofree gboolean *follows = g_new0 (gboolean, run->n);

  for (guint i = run->n; i-- > 0;)
    {
      follows[i] = passes && follows_activation (run, follows, i);
      run->steps[i].dead_negative = FALSE;
    }
  for (guint i = 1; i <= run->start; i++)
    if (run->steps[i].layer->kind == LRP_OP_RELU && follows[i] && lrp_run_n_readers (run, run->steps[i].layer->inputs[0]) == 1)
      lrp_run_producer (run, i, 0)->dead_negative = TRUE;
}

/* A sum within the cell of a recurrent layer is one of the cell's linear maps, so that it shares their epsilon
 * [Arras17]. The layer before it is the one whose output it adds up. */
static void
plan_stabilizers (LrpRun *run)
{
  float stabilizer = LRP_STABILIZER;

  for (guint i = 0; i < run->n; i++)
    {
      LrpStep *step = &run->steps[i];
      if (step->linear)
        stabilizer = lrp_linear_get_stabilizer (step);
      step->stabilizer = step->layer->kind == LRP_OP_SUM && step->layer->axis == 1 ? stabilizer : LRP_STABILIZER;
    }
}

gboolean
lrp_run_plan (LrpRun *run, const LrpComposite *composite, guint start, GError **error)
{
  LrpChoice rule = { NULL };

  if (run->planned && run->start == start && !composite == !run->composite
      && (!composite || lrp_composite_equal (composite, run->composite)))
    return TRUE;
  run->planned = FALSE;
  run->start = start;
  for (guint i = 0; i < run->n; i++)
    {
      if (!run->steps[i].linear)
        continue;
      if (composite && !lrp_composite_get_rule (composite, run->network, i, &rule, error))
        return FALSE;
      if (!lrp_linear_plan (&run->steps[i], &rule, error))
        return FALSE;
    }
  plan_stabilizers (run);
  find_dead_outputs (run, composite && lrp_composite_get_activation (composite) == LRP_ACTIVATION_PASS
                              && !lrp_composite_pools_average (composite));
  lrp_composite_free (run->composite);
  run->composite = composite ? lrp_composite_copy (composite) : NULL;
  return run->planned = TRUE;
}
