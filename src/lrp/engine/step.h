/* SPDX-License-Identifier: GPL-3.0-or-later */
/* step.h: a layer compiled into a run, and one call of its way back; private to the core */
#pragma once

#include "lrp/base/layout.h"
#include "lrp/net/network.h"
#include "lrp/net/op-row.h"
#include "lrp/rules/composite.h"
#include "lrp/engine/run.h"

G_BEGIN_DECLS

typedef struct _LrpLinear LrpLinear;

/* Room that all steps of a run share, of the largest step's size. */
typedef struct
{
  float *z, *s;    /* like an output */
  float *part, *c; /* like an input */
} LrpScratch;

/**
 * LrpStep:
 * @layer: what is computed
 * @index: which layer of the network it is
 * @network: whose layer it is
 * @n_inputs: how many inputs
 * @x: (array length=n_inputs): the inputs, in @in_block
 * @x_not_negative: (array length=n_inputs): no element of that input is below zero
 * @in_block: the block that the operator wants its inputs in
 * @y: its output
 * @r: relevance (or gradient) at its output
 * @not_negative: no element of @y is below zero
 * @window: where a window slides over pictures: the layer's, with the padding worked out
 * @state: what the operator keeps (indices, constants)
 * @dead_negative: no relevance arrives where @y is below zero, because a ReLU follows and all above it multiply by it
 * @stabilizer: what keeps the denominators of a step without weights from zero
 * @cancellable: (nullable): of the pass at work: what takes long looks at it, and may stop anywhere once it is
 * cancelled
 * @short_of_memory: set where a pass found no memory for what it needs on the way, so that nothing it wrote counts
 * @linear: for linear layers: primitives and the rule's plan
 *
 * One layer of a run.
 */
struct _LrpStep
{
  const LrpLayer *layer;
  LrpNetwork *network;
  guint n_inputs;
  LrpBuffer *x;
  gboolean *x_not_negative;
  gsize in_block;
  LrpBuffer y;
  LrpBuffer r;
  gboolean not_negative;
  gboolean dead_negative;
  guint index;
  LrpWindow window;
  gpointer state;
  LrpStabilizer stabilizer;
  GCancellable *cancellable;
  gboolean short_of_memory;
  LrpLinear *linear;
};

/* One call of an operator's backward function. */
struct _LrpBackward
{
  gboolean gradient; /* no rules: the gradient, but for what activation says */
  LrpActivationMode activation;
  double smoothness;         /* of LRP_ACTIVATION_SMOOTH */
  const LrpStep *references; /* of another input: slopes between it and this one take the gradient's place; or NULL */
  const LrpStep *reference;  /* that of the step at work */
  gboolean pools_average;
  const char **sign_lost; /* set to the name of the parameter that, below zero, turned the sign of a denominator */
  float **rx;             /* where the relevance of input i goes, in the step's in_block; it is overwritten */
  const LrpScratch *scratch;
  LrpFlow *flow; /* bias and stabilizer are added to */
};

/* Whether the pass at work is to stop: what a step writes from then on does not count. */
static inline gboolean
lrp_step_is_cancelled (const LrpStep *step)
{
  return g_cancellable_is_cancelled (step->cancellable);
}

/* Two inputs or outputs that differ by no more are taken for the same where slopes are formed. */
#define LRP_SAME 1e-6f

G_END_DECLS
