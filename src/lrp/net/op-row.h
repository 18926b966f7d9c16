/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op-row.h: a row of the operator table; private to the core */
#pragma once

#include "lrp/net/op.h"

G_BEGIN_DECLS

typedef struct _LrpStep LrpStep;
typedef struct _LrpBackward LrpBackward;

/* What is known about the sign of an operator's output. */
typedef enum
{
  LRP_SIGN_ANY,
  LRP_SIGN_NOT_NEGATIVE,
  LRP_SIGN_FOLLOWS, /* not negative if no input is */
} LrpSign;

/* A row of the operator table. in: the shapes of the inputs. */
struct _LrpOp
{
  const char *name;
  guint min_inputs, max_inputs;
  LrpSign sign;
  gboolean (*shape) (const LrpLayer *layer, const LrpShape *in, LrpShape *out, GError **error);
  /* Sets in_block and the block of y (which is not yet allocated). */
  gboolean (*compile) (LrpStep *step, gsize *out_block, GError **error);
  void (*forward) (LrpStep *step);
  void (*backward) (LrpStep *step, const LrpBackward *call);
  void (*free_state) (LrpStep *step);
  gboolean linear;
  gboolean windowed; /* its layers have a window */
  gboolean slopes;   /* its backward function may multiply by a slope where the composite asks for it */
  /* Its slope from a reference is found at so many points of the way; 0: its backward function finds it. */
  guint secant;
  /* Why relevance is not conserved here, a sentence for people (translatable); or NULL. */
  const char *leak;
};

/* The table stands on the operators, which stand on the graph: it is defined in ops/table.c. */
const LrpOp *lrp_op_get (LrpOpKind kind);

G_END_DECLS
