/* SPDX-License-Identifier: GPL-3.0-or-later */
/* table.c: the operator table: where the graph and the engine find the row of a kind */
#include "config.h"

#include "lrp/ops/rows.h"

#define POINT(kind, name) [LRP_OP_##kind] = &lrp_op_##name,
static const LrpOp *const ops[] = { LRP_OP_ROWS (POINT) };
#undef POINT
G_STATIC_ASSERT (G_N_ELEMENTS (ops) == LRP_N_OPS);

/**
 * lrp_op_get:
 * @kind: a kind of layer
 *
 * Returns: (transfer none): its row in the operator table
 */
const LrpOp *
lrp_op_get (LrpOpKind kind)
{
  g_assert (kind < LRP_N_OPS);
  return ops[kind];
}
