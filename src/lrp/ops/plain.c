/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plain.c: layers that compute nothing, and what they share with those that compute little */
#include "config.h"

#include "lrp/ops/functions.h"

#include <string.h>

static gboolean
input_shape (const LrpLayer *layer, const LrpShape *in, LrpShape *out, GError **error)
{
  *out = layer->shape;
  return TRUE;
}

static gboolean
same_shape (const LrpLayer *layer, const LrpShape *in, LrpShape *out, GError **error)
{
  *out = *in;
  return TRUE;
}

gboolean
lrp_same_compile (LrpStep *step, gsize *out_block, GError **error)
{
  *out_block = step->in_block = step->x[0].layout.block;
  return TRUE;
}

gboolean
lrp_plain_compile (LrpStep *step, gsize *out_block, GError **error)
{
  *out_block = step->in_block = 1;
  return TRUE;
}

void
lrp_copy_forward (LrpStep *step)
{
  memcpy (step->y.data, step->x[0].data, lrp_layout_size (&step->y.layout) * sizeof (float));
}

void
lrp_copy_backward (LrpStep *step, const LrpBackward *call)
{
  memcpy (call->rx[0], step->r.data, lrp_layout_size (&step->y.layout) * sizeof (float));
}

/* The first layer of every network, whose numbers are given: nothing passes through it. */
const LrpOp lrp_op_input = {
  .name = "input",
  .shape = input_shape,
};

/* What the rows of layers that do nothing have in common. */
#define NOTHING                                                                                                        \
  LRP_ONE_INPUT, .sign = LRP_SIGN_FOLLOWS, .shape = same_shape, .compile = lrp_same_compile,                           \
                 .forward = lrp_copy_forward, .backward = lrp_copy_backward, .gating = LRP_GATING_KEEPS

const LrpOp lrp_op_identity = { .name = "identity", NOTHING };

const LrpOp lrp_op_dropout = { .name = "dropout", NOTHING };
