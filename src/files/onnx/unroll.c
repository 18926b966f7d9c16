/* SPDX-License-Identifier: GPL-3.0-or-later */
/* unroll.c: a time step of an LSTM, GRU or RNN as plain layers. All its gates are one dense layer over [x, h], so
 * that a candidate's x, h and bias share one denominator, as in Arras17; a gate is told to its product. */
#include "config.h"

#include "files/onnx/unroll.h"

#include <string.h>

/* Which of [x, h] a linear layer reads. */
enum
{
  READS_INPUT = 1,
  READS_STATE = 2,
  READS_BOTH = 3,
};

/* --- linear layers ------------------------------------------------------------------------------------------------ */

/* Rows of W and R side by side. */
static LrpTensor *
join_rows (const LrpCell *cell, gint64 first, gint64 rows, gboolean input, gboolean state, GError **error)
{
  gsize left = input ? (gsize) cell->features : 0, right = state ? (gsize) cell->units : 0;
  LrpTensor *joined = lrp_tensor_new (&LRP_SHAPE (rows, (gint64) (left + right)), error);

  for (gsize i = 0; joined && i < (gsize) rows; i++)
    {
      float *row = joined->data + i * (left + right);
      memcpy (row, cell->w + ((gsize) first + i) * left, left * sizeof *row);
      if (right > 0)
        memcpy (row + left, cell->r + ((gsize) first + i) * right, right * sizeof *row);
    }
  return joined;
}

static LrpTensor *
join_bias (const LrpCell *cell, gint64 first, gint64 rows, gint64 all, guint reads, GError **error)
{
  LrpTensor *bias = lrp_tensor_new (&LRP_SHAPE (rows), error);

  for (gint64 i = 0; bias && i < rows; i++)
    bias->data[i] =
        (reads & READS_INPUT ? cell->b[first + i] : 0) + (reads & READS_STATE ? cell->b[all + first + i] : 0);
  return bias;
}

/* Makes linear layer `number`: the rows of gates `first` to `first` + `n` - 1, of `gates`. */
static gboolean
make_linear (LrpCell *cell, guint number, guint first, guint n, guint gates, guint reads, GError **error)
{
  LrpCellLinear *p = &cell->linears[number];
  gint64 row = first * cell->units, rows = n * cell->units;

  return (!(reads & READS_INPUT) || (p->input = join_rows (cell, row, rows, TRUE, FALSE, error)))
         && (!(reads & READS_STATE) || (p->both = join_rows (cell, row, rows, reads & READS_INPUT, TRUE, error)))
         && (!cell->b || (p->bias = join_bias (cell, row, rows, gates * cell->units, reads, error)));
}

static LrpLayer *
new_layer (const LrpCell *cell, LrpOpKind kind, const char *what)
{
  g_autofree char *name = g_strdup_printf ("%s/t%u/%s", cell->name, cell->step, what);
  LrpLayer *layer = lrp_layer_new (kind, name);

  layer->cell = g_strdup (cell->name);
  return layer;
}

static gboolean
push_dense (LrpCell *cell, LrpTensor *weights, LrpTensor *bias, const char *what, guint *at, GError **error)
{
  LrpLayer *layer = new_layer (cell, LRP_OP_DENSE, what);

  layer->weights = lrp_tensor_ref (weights);
  layer->bias = bias ? lrp_tensor_ref (bias) : NULL;
  return lrp_onnx_push (cell->import, layer, at, error);
}

/* A linear layer over [x, state], or over x alone where there is no state. */
static gboolean
push_linear (LrpCell *cell, guint number, const char *what, guint x, int state, guint *out, GError **error)
{
  const LrpCellLinear *p = &cell->linears[number];
  g_autofree char *joined = g_strconcat (what, "/read", NULL);
  LrpLayer *concat;

  *out = x;
  if (state < 0)
    return push_dense (cell, p->input, p->bias, what, out, error);
  concat = new_layer (cell, LRP_OP_CONCAT, joined);
  concat->axis = 1;
  return lrp_onnx_push_many (cell->import, concat, (const guint[]){ x, (guint) state }, 2, out, error)
         && push_dense (cell, p->both, p->bias, what, out, error);
}

/* --- what a step is made of --------------------------------------------------------------------------------------- */

/* Gates `first` to `first` + `n` - 1 of a layer that holds several. */
static gboolean
push_gates (LrpCell *cell, const char *what, guint from, guint first, guint n, guint *out, GError **error)
{
  g_autofree char *name = g_strdup_printf ("%s/t%u/%s", cell->name, cell->step, what);

  *out = from;
  return lrp_onnx_push (cell->import, lrp_onnx_slice_layer (name, 2, 1, first * cell->units, (first + n) * cell->units),
                        out, error);
}

static gboolean
push_function (LrpCell *cell, guint function, const char *what, guint *at, GError **error)
{
  LrpLayer *layer = new_layer (cell, cell->functions[function].kind, what);

  layer->activation.alpha = cell->functions[function].alpha;
  return lrp_onnx_push (cell->import, layer, at, error);
}

static gboolean
push_gated (LrpCell *cell, const char *what, guint gate, guint signal, guint *out, GError **error)
{
  LrpLayer *layer = new_layer (cell, LRP_OP_PRODUCT, what);

  layer->gate = LRP_GATE_FIRST;
  return lrp_onnx_push_many (cell->import, layer, (const guint[]){ gate, signal }, 2, out, error);
}

static gboolean
push_sum (LrpCell *cell, const char *what, guint a, guint b, guint *out, GError **error)
{
  LrpLayer *layer = new_layer (cell, LRP_OP_SUM, what);

  layer->stabilizer = LRP_SUM_STABILIZED_AS_LINEAR;
  return lrp_onnx_push_many (cell->import, layer, (const guint[]){ a, b }, 2, out, error);
}

/* --- LSTM: i o f c ------------------------------------------------------------------------------------------------ */

enum
{
  LSTM_INPUT,
  LSTM_OUTPUT,
  LSTM_FORGET,
  LSTM_CANDIDATE,
  LSTM_GATES
};

static gboolean
prepare_lstm (LrpCell *cell, GError **error)
{
  return make_linear (cell, 0, 0, LSTM_GATES, LSTM_GATES, READS_BOTH, error);
}

/* c' = f c + i g, where there was a memory. */
static gboolean
push_memory (LrpCell *cell, guint gates, guint candidate, guint *memory, GError **error)
{
  guint gate, kept;

  if (!push_gates (cell, "input-gate", gates, LSTM_INPUT, 1, &gate, error)
      || !push_gated (cell, cell->c < 0 ? "cell" : "written", gate, candidate, memory, error))
    return FALSE;
  return cell->c < 0
         || (push_gates (cell, "forget-gate", gates, LSTM_FORGET, 1, &gate, error)
             && push_gated (cell, "kept", gate, (guint) cell->c, &kept, error)
             && push_sum (cell, "cell", kept, *memory, memory, error));
}

static gboolean
advance_lstm (LrpCell *cell, guint x, GError **error)
{
  guint all, gates, candidate, memory, shown, gate, state;

  if (!push_linear (cell, 0, "gates", x, cell->h, &all, error)
      || !push_gates (cell, "gates/linear", all, 0, LSTM_CANDIDATE, &gates, error)
      || !push_function (cell, 0, "gates/open", &gates, error)
      || !push_gates (cell, "candidate/linear", all, LSTM_CANDIDATE, 1, &candidate, error)
      || !push_function (cell, 1, "candidate", &candidate, error)
      || !push_memory (cell, gates, candidate, &memory, error))
    return FALSE;
  shown = memory;
  if (!push_function (cell, 2, "shown", &shown, error)
      || !push_gates (cell, "output-gate", gates, LSTM_OUTPUT, 1, &gate, error)
      || !push_gated (cell, "hidden", gate, shown, &state, error))
    return FALSE;
  cell->c = (int) memory;
  cell->h = (int) state;
  return TRUE;
}

/* --- GRU: z r h --------------------------------------------------------------------------------------------------- */

enum
{
  GRU_UPDATE,
  GRU_RESET,
  GRU_CANDIDATE,
  GRU_GATES
};
enum
{
  GRU_LINEAR_GATES,
  GRU_LINEAR_CANDIDATE,
  GRU_LINEAR_STATE
};

static gboolean
prepare_gru (LrpCell *cell, GError **error)
{
  if (!make_linear (cell, GRU_LINEAR_GATES, 0, GRU_CANDIDATE, GRU_GATES, READS_BOTH, error))
    return FALSE;
  if (!cell->reset_after)
    return make_linear (cell, GRU_LINEAR_CANDIDATE, GRU_CANDIDATE, 1, GRU_GATES, READS_BOTH, error);
  return make_linear (cell, GRU_LINEAR_CANDIDATE, GRU_CANDIDATE, 1, GRU_GATES, READS_INPUT, error)
         && make_linear (cell, GRU_LINEAR_STATE, GRU_CANDIDATE, 1, GRU_GATES, READS_STATE, error);
}

/* The state's part of a candidate: R h + b, or b alone where there is no state; *out is -1 where that is nothing. */
static gboolean
push_state_part (LrpCell *cell, guint x, int *out, GError **error)
{
  const LrpCellLinear *p = &cell->linears[GRU_LINEAR_STATE];
  guint at = cell->h < 0 ? x : (guint) cell->h;
  LrpLayer *constant;

  *out = -1;
  if (cell->h < 0 && !p->bias)
    return TRUE;
  if (cell->h >= 0)
    {
      if (!push_dense (cell, p->both, p->bias, "candidate/state", &at, error))
        return FALSE;
    }
  else
    {
      constant = new_layer (cell, LRP_OP_CONSTANT, "candidate/state");
      constant->weights = lrp_tensor_ref (p->bias);
      if (!lrp_onnx_push (cell->import, constant, &at, error))
        return FALSE;
    }
  *out = (int) at;
  return TRUE;
}

/* What comes before the candidate's activation function. */
static gboolean
push_candidate (LrpCell *cell, guint x, guint gates, guint *out, GError **error)
{
  const char *linear = "candidate/linear";
  guint gate, kept;
  int state = cell->h;

  if (cell->reset_after && !push_state_part (cell, x, &state, error))
    return FALSE;
  if (state < 0)
    return push_linear (cell, GRU_LINEAR_CANDIDATE, linear, x, -1, out, error);
  if (!push_gates (cell, "reset-gate", gates, GRU_RESET, 1, &gate, error)
      || !push_gated (cell, "candidate/kept", gate, (guint) state, &kept, error))
    return FALSE;
  if (!cell->reset_after)
    return push_linear (cell, GRU_LINEAR_CANDIDATE, linear, x, (int) kept, out, error);
  return push_linear (cell, GRU_LINEAR_CANDIDATE, "candidate/input", x, -1, out, error)
         && push_sum (cell, linear, *out, kept, out, error);
}

/* Pushes 1 - z. */
static gboolean
push_complement (LrpCell *cell, guint gate, guint *out, GError **error)
{
  g_autoptr (LrpLayer) minus = new_layer (cell, LRP_OP_SCALE, "renew-gate/minus");
  g_autoptr (LrpLayer) plus = new_layer (cell, LRP_OP_BIAS, "renew-gate");

  *out = gate;
  return (minus->weights = lrp_tensor_new_copy (&LRP_SHAPE (1), (const float[]){ -1 }, error))
         && (plus->weights = lrp_tensor_new_copy (&LRP_SHAPE (1), (const float[]){ 1 }, error))
         && lrp_onnx_push (cell->import, g_steal_pointer (&minus), out, error)
         && lrp_onnx_push (cell->import, g_steal_pointer (&plus), out, error);
}

/* h' = (1 - z) g + z h */
static gboolean
advance_gru (LrpCell *cell, guint x, GError **error)
{
  guint gates, candidate, gate, renew, state, kept;

  if (!push_linear (cell, GRU_LINEAR_GATES, "gates", x, cell->h, &gates, error)
      || !push_function (cell, 0, "gates/open", &gates, error) || !push_candidate (cell, x, gates, &candidate, error)
      || !push_function (cell, 1, "candidate", &candidate, error)
      || !push_gates (cell, "update-gate", gates, GRU_UPDATE, 1, &gate, error)
      || !push_complement (cell, gate, &renew, error)
      || !push_gated (cell, cell->h < 0 ? "hidden" : "written", renew, candidate, &state, error))
    return FALSE;
  if (cell->h >= 0
      && (!push_gated (cell, "kept", gate, (guint) cell->h, &kept, error)
          || !push_sum (cell, "hidden", kept, state, &state, error)))
    return FALSE;
  cell->h = (int) state;
  return TRUE;
}

/* --- RNN ---------------------------------------------------------------------------------------------------------- */

static gboolean
prepare_rnn (LrpCell *cell, GError **error)
{
  return make_linear (cell, 0, 0, 1, 1, READS_BOTH, error);
}

static gboolean
advance_rnn (LrpCell *cell, guint x, GError **error)
{
  guint state;

  if (!push_linear (cell, 0, "linear", x, cell->h, &state, error) || !push_function (cell, 0, "hidden", &state, error))
    return FALSE;
  cell->h = (int) state;
  return TRUE;
}

/* --- the table ---------------------------------------------------------------------------------------------------- */

static const LrpCellKind kinds[] = {
  { "LSTM", LSTM_GATES, 3, { "Sigmoid", "Tanh", "Tanh" }, TRUE, 16, prepare_lstm, advance_lstm },
  { "GRU", GRU_GATES, 2, { "Sigmoid", "Tanh" }, FALSE, 18, prepare_gru, advance_gru },
  { "RNN", 1, 1, { "Tanh" }, FALSE, 5, prepare_rnn, advance_rnn },
};

/**
 * lrp_cell_kind_find:
 * @type: ONNX's name of a recurrent operator
 *
 * Returns: (transfer none): its row
 */
const LrpCellKind *
lrp_cell_kind_find (const char *type)
{
  guint i = 0;

  while (!g_str_equal (kinds[i].type, type))
    g_assert (++i < G_N_ELEMENTS (kinds));
  return &kinds[i];
}

/**
 * lrp_cell_clear:
 * @cell: a cell
 *
 * Gives up its share of the weights.
 */
void
lrp_cell_clear (LrpCell *cell)
{
  for (guint i = 0; i < LRP_CELL_MAX_LINEARS; i++)
    {
      lrp_tensor_unref (cell->linears[i].input);
      lrp_tensor_unref (cell->linears[i].both);
      lrp_tensor_unref (cell->linears[i].bias);
    }
  g_free (cell->name);
}
