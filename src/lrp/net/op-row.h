/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op-row.h: a row of the operator table; private to the core */
#pragma once

#include "lrp/net/op.h"

G_BEGIN_DECLS

typedef struct _LrpStep LrpStep;
typedef struct _LrpBackward LrpBackward;

/* What is known about the sign of an operator's output. Where it is not negative, passes are spared. */
typedef enum
{
  LRP_SIGN_ANY,
  LRP_SIGN_NOT_NEGATIVE,
  /* Not negative if no input is. And inputs that are zero get no relevance if outputs that are zero have none. */
  LRP_SIGN_FOLLOWS,
} LrpSign;

/* Whether an operator's output says how much of something else passes; see product.c. */
typedef enum
{
  LRP_GATING_NONE,
  LRP_GATING_GATE,  /* it does: a sigmoid, a softmax */
  LRP_GATING_KEEPS, /* if all inputs do: it moves their numbers, or adds constants, as the 1 - z of a GRU */
} LrpGating;

/**
 * LrpOp:
 * @name: how people and composites call it: "max-pool"
 * @min_inputs: least number of inputs
 * @max_inputs: largest number of inputs
 * @sign: what is known about the sign of its output
 * @shape: sets the output's shape from those of the inputs, or says why they do not fit; checks all that a file says of
 *   the layer, so that what comes after need not
 * @compile: (nullable): makes a step ready, whose inputs and output have shapes but no memory yet: sets in_block, the
 *   block that it wants its inputs in, @out_block, that of its output, and what it keeps in state
 * @values: (nullable): what an activation function makes of n numbers
 * @forward: (nullable): writes y from x; only an input has none
 * @backward: (nullable): writes what each input gets of the relevance (or gradient) r at the output; #LrpBackward says
 *   which of the two, and how. What is absorbed is added to its flow
 * @free_state: (nullable): frees state, which is %NULL where compiling failed early
 * @linear: it has weights, and rules apply to it
 * @windowed: its layers have a window
 * @slopes: its backward function may multiply by a slope where the composite asks for it
 * @bilinear: it multiplies its two inputs, so that its mean slope from a reference is its gradient halfway; all other
 *   operators find that slope in their backward functions
 * @gating: whether its output is a gate
 * @leak: (nullable): why relevance is not conserved here, a sentence for people (translatable)
 *
 * A row of the operator table: all that the graph and the engine know of a kind of layer.
 *
 * An operator is added so:
 *
 * - a constant in #LrpOpKind (op.h), with a comment on which members of #LrpLayer its layers have;
 * - a file in ops/, or a place in the file of its family, that includes ops/functions.h and defines the row,
 *   `const LrpOp lrp_op_NAME`, and the functions that it points to, which are static. What #LrpStep (engine/step.h)
 *   holds is all that they may know. ops/slice.c is a small one to begin from; an activation function is one line in
 *   ops/activation.c;
 * - a line in ops/rows.h, which brings the row into the table;
 * - for a new file, its name in src/lrp/meson.build and, if it speaks to people, in po/POTFILES;
 * - a case in tests/lrp/ops/test-op.c, and whatever makes layers of that kind, such as a row of a reader's table.
 */
struct _LrpOp
{
  const char *name;
  guint min_inputs, max_inputs;
  LrpSign sign;
  gboolean (*shape) (const LrpLayer *layer, const LrpShape *in, LrpShape *out, GError **error);
  gboolean (*compile) (LrpStep *step, gsize *out_block, GError **error);
  void (*values) (const LrpLayer *layer, const float *in, float *out, gsize n);
  void (*forward) (LrpStep *step);
  void (*backward) (LrpStep *step, const LrpBackward *call);
  void (*free_state) (LrpStep *step);
  gboolean linear, windowed, slopes, bilinear;
  LrpGating gating;
  const char *leak;
};

/* The table stands on the operators, which stand on the graph: it is defined in ops/table.c. */
const LrpOp *lrp_op_get (LrpOpKind kind);

G_END_DECLS
