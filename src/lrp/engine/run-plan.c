/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run-plan.c: a composite made ready for a run, and what of it need not be computed */
#include "config.h"

#include "lrp/engine/run-private.h"

#include <math.h>

/* Whether a step hands no relevance to inputs that are zero; follows: none arrives where its own output is zero. */
static gboolean
spares_zeros (const LrpStep *step, gboolean follows)
{
  const LrpOp *op = lrp_op_get (step->layer->kind);

  return op->linear ? lrp_linear_follows_input (step) : op->sign == LRP_SIGN_FOLLOWS && follows;
}

/* A ReLU's input gets no relevance below zero if the ReLU's own gets none at zero. */
static void
find_dead_outputs (LrpRun *run, gboolean passes)
{
  g_autofree gboolean *follows = g_new (gboolean, run->n);

  for (guint i = 0; i < run->n; i++)
    {
      follows[i] = passes && i != run->start; /* where relevance starts, it may be anywhere */
      run->steps[i].dead_negative = FALSE;
    }
  for (guint i = run->n; i-- > 0;)
    for (guint k = 0; k < run->steps[i].n_inputs; k++)
      if (!spares_zeros (&run->steps[i], follows[i]))
        follows[run->steps[i].layer->inputs[k]] = FALSE;
  for (guint i = 1; i <= run->start; i++)
    if (run->steps[i].layer->kind == LRP_OP_RELU && follows[i]
        && lrp_run_n_readers (run, run->steps[i].layer->inputs[0]) == 1)
      lrp_run_producer (run, i, 0)->dead_negative = TRUE;
}

/* Whether all but the rules of linear layers is done alike. */
static gboolean
same_manner (const LrpComposite *a, const LrpComposite *b)
{
  double smoothness = a && b ? lrp_composite_get_smoothness (a) : NAN,
         other = a && b ? lrp_composite_get_smoothness (b) : NAN;

  return a && b && lrp_composite_has_rules (a) == lrp_composite_has_rules (b)
         && lrp_composite_get_activation (a) == lrp_composite_get_activation (b)
         && lrp_composite_pools_average (a) == lrp_composite_pools_average (b)
         && (smoothness == other || (isnan (smoothness) && isnan (other)));
}

/* A sum within the cell of a recurrent layer is one of the cell's linear maps, so that it shares their epsilon
 * [Arras17]. The layer before it is the one whose output it adds up. */
static gboolean
is_within_cell (const LrpLayer *layer)
{
  return layer->kind == LRP_OP_SUM && layer->stabilizer == LRP_SUM_STABILIZED_AS_LINEAR;
}

static void
plan_stabilizers (LrpRun *run, const LrpComposite *composite)
{
  LrpStabilizer own = composite ? lrp_composite_get_stabilizer (composite) : (LrpStabilizer){ 0, FALSE }, last = own;

  for (guint i = 0; i < run->n; i++)
    {
      LrpStep *step = &run->steps[i];
      LrpStabilizer before = step->stabilizer;
      if (step->linear)
        last = lrp_linear_get_stabilizer (step);
      step->stabilizer = is_within_cell (step->layer) ? last : own;
      if (step->stabilizer.epsilon != before.epsilon || step->stabilizer.rms != before.rms)
        run->redo = MAX (run->redo, i);
    }
}

/* Every linear layer gets its rule; those whose rule is another than before are to be passed again. */
static gboolean
plan_rules (LrpRun *run, const LrpComposite *composite, GCancellable *cancellable, GError **error)
{
  LrpChoice rule = { NULL };

  for (guint i = 0; i < run->n; i++)
    {
      if (!run->steps[i].linear)
        continue;
      if (composite && !lrp_composite_get_rule (composite, run->network, i, &rule, error))
        return FALSE;
      if (!lrp_linear_has_plan (&run->steps[i], &rule))
        run->redo = MAX (run->redo, i);
      run->steps[i].cancellable = cancellable;
      if (!lrp_linear_plan (&run->steps[i], &rule, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
lrp_run_plan (LrpRun *run, const LrpComposite *composite, guint start, GCancellable *cancellable, GError **error)
{
  if (run->planned && run->start == start && !composite == !run->composite
      && (!composite || lrp_composite_equal (composite, run->composite)))
    return TRUE;
  run->planned = FALSE;
  if (run->start != start || !same_manner (run->composite, composite))
    run->redo = run->n;
  run->start = start;
  if (!plan_rules (run, composite, cancellable, error))
    return FALSE;
  plan_stabilizers (run, composite);
  find_dead_outputs (run, composite && lrp_composite_get_activation (composite) == LRP_ACTIVATION_PASS
                              && !lrp_composite_pools_average (composite));
  lrp_composite_free (run->composite);
  run->composite = composite ? lrp_composite_copy (composite) : NULL;
  return run->planned = TRUE;
}
