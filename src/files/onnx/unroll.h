/* SPDX-License-Identifier: GPL-3.0-or-later */
/* unroll.h: the cells of recurrent layers, one time step of which becomes a few plain layers */
#pragma once

#include "files/onnx/op.h"

G_BEGIN_DECLS

#define LRP_CELL_MAX_FUNCTIONS 3
#define LRP_CELL_MAX_LINEARS   3

/* One linear layer of a cell, whose weights all time steps share. */
typedef struct
{
  LrpTensor *input; /* [rows, features]: where there is no state yet */
  LrpTensor *both;  /* [rows, features + units], or [rows, units] for what reads only the state */
  LrpTensor *bias;
} LrpCellLinear;

typedef struct
{
  LrpOpKind kind;
  double alpha;
} LrpCellFunction;

/**
 * LrpCell:
 * @import: the network so far
 * @name: its layers are called NAME/tSTEP/...
 * @features: length of the input of a step
 * @units: length of the state
 * @w: ONNX's W of one direction: [gates x units, features]
 * @r: ONNX's R of one direction: [gates x units, units]
 * @b: (nullable): ONNX's B of one direction: [2 x gates x units], for W, then for R
 * @functions: f, g, h, as ONNX calls them
 * @reset_after: GRU: the reset gate works on R h (linear_before_reset), not on h
 * @step: the time step to be added next
 * @h: the layer that holds the state before it; -1: all zeros
 * @c: LSTM: the layer that holds the cell's memory before it; -1: all zeros
 * @linears: its linear layers
 *
 * One direction of a recurrent layer while it is unrolled.
 */
typedef struct
{
  LrpOnnxImport *import;
  char *name;
  gint64 features, units;
  const float *w, *r, *b;
  LrpCellFunction functions[LRP_CELL_MAX_FUNCTIONS];
  gboolean reset_after;
  guint step;
  int h, c;
  LrpCellLinear linears[LRP_CELL_MAX_LINEARS];
} LrpCell;

/**
 * LrpCellKind:
 * @type: ONNX's name
 * @gates: how many blocks of rows W, R and B have
 * @n_functions: how many activation functions
 * @functions: their names where the file gives none
 * @has_memory: whether there is a c beside the state h
 * @layers: the most layers of a step
 * @prepare: makes the weights that all steps share
 * @step: adds one step: reads x, replaces h (and c)
 *
 * A row of the table of cells.
 */
typedef struct
{
  const char *type;
  guint gates, n_functions;
  const char *functions[LRP_CELL_MAX_FUNCTIONS];
  gboolean has_memory;
  guint layers;
  gboolean (*prepare) (LrpCell *cell, GError **error);
  gboolean (*advance) (LrpCell *cell, guint x, GError **error);
} LrpCellKind;

const LrpCellKind *lrp_cell_kind_find (const char *type);
void lrp_cell_clear (LrpCell *cell);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LrpCell, lrp_cell_clear)

G_END_DECLS
