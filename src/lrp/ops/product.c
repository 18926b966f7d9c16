/* SPDX-License-Identifier: GPL-3.0-or-later */
/* product.c: two activations that are multiplied: a signal and its gate, or equals */
#include "config.h"

#include "lrp/ops/functions.h"

#include <string.h>

/* Whether all that a layer's output consists of comes out of gates. Each layer is looked at once. */
static gboolean
comes_from_gates (const LrpNetwork *network, guint index)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (guint));

  g_array_append_val (open, index);
  while (open->len > 0)
    {
      const LrpLayer *layer = lrp_network_get_layer (network, g_array_index (open, guint, open->len - 1));
      LrpGating gating = lrp_op_get (layer->kind)->gating;
      g_array_set_size (open, open->len - 1);
      if (gating == LRP_GATING_GATE || !g_hash_table_add (seen, (gpointer) layer))
        continue;
      if (gating != LRP_GATING_KEEPS)
        return FALSE;
      g_array_append_vals (open, layer->inputs, layer->n_inputs);
    }
  return TRUE;
}

/* LRP_GATE_UNKNOWN: none is one, or both are. */
static LrpGate
find_gate (const LrpStep *step)
{
  const guint *inputs = step->layer->inputs;
  gboolean first, second;

  if (step->layer->gate != LRP_GATE_UNKNOWN)
    return step->layer->gate;
  first = comes_from_gates (step->network, inputs[0]);
  second = comes_from_gates (step->network, inputs[1]);
  return first == second ? LRP_GATE_UNKNOWN : first ? LRP_GATE_FIRST : LRP_GATE_SECOND;
}

static gboolean
product_shape (const LrpLayer *layer, const LrpShape *in, LrpShape *out, GError **error)
{
  return lrp_spread_shape (in, 2, out, error);
}

static gboolean
product_compile (LrpStep *step, gsize *out_block, GError **error)
{
  step->state = GUINT_TO_POINTER (find_gate (step));
  return lrp_spread_compile (step, out_block, error);
}

static gboolean
is_spread (const LrpStep *step, guint k)
{
  return !lrp_shape_equal (&step->x[k].shape, &step->y.shape);
}

/* y = a x[k], where x[k] may be repeated along some axes. */
static void
multiply (const LrpStep *step, const float *a, guint k, float *y)
{
  LrpSpread spread = lrp_spread_new (&step->x[k].shape, &step->y.shape);
  gsize length, rows = lrp_spread_rows (&spread, &length), size = lrp_layout_size (&step->y.layout);
  gint64 stride = spread.stride[spread.out.rank - 1];

  for (gsize i = 0; i < size && !is_spread (step, k); i++)
    y[i] = a[i] * step->x[k].data[i];
  for (gsize row = 0; row < rows && is_spread (step, k); row++)
    {
      const float *x = step->x[k].data + lrp_spread_row (&spread, row);
      for (gsize i = 0; i < length; i++)
        y[row * length + i] = a[row * length + i] * x[(gint64) i * stride];
    }
}

static void
product_forward (LrpStep *step)
{
  guint whole = is_spread (step, 0) ? 1 : 0;
  gsize size = lrp_layout_size (&step->y.layout);

  if (!is_spread (step, whole))
    multiply (step, step->x[whole].data, 1 - whole, step->y.data);
  else /* each is repeated along an axis of the other */
    {
      for (gsize i = 0; i < size; i++)
        step->y.data[i] = 1;
      multiply (step, step->y.data, 0, step->y.data);
      multiply (step, step->y.data, 1, step->y.data);
    }
}

/* What an input gets: the gradient times the other side, all or half of the relevance; summed where it was repeated. */
static void
hand_down (LrpStep *step, const LrpBackward *call, guint k, float part)
{
  gsize size = lrp_layout_size (&step->y.layout);
  float *r = call->scratch->s;

  if (call->gradient)
    multiply (step, step->r.data, 1 - k, r);
  else
    for (gsize i = 0; i < size; i++)
      r[i] = part * step->r.data[i];
  if (is_spread (step, k))
    {
      LrpSpread spread = lrp_spread_new (&step->x[k].shape, &step->y.shape);
      lrp_spread_collect (&spread, &step->x[k], r, call->rx[k]);
    }
  else
    memcpy (call->rx[k], r, size * sizeof *r);
}

/* The signal takes all and the gate gets nothing [Arras17, Arras19]; equals get half each. */
static void
product_backward (LrpStep *step, const LrpBackward *call)
{
  LrpGate gate = GPOINTER_TO_UINT (step->state), gates[] = { LRP_GATE_FIRST, LRP_GATE_SECOND };

  for (guint k = 0; k < 2; k++)
    hand_down (step, call, k, gate == LRP_GATE_UNKNOWN ? 0.5f : gate == gates[k] ? 0 : 1);
}

const LrpOp lrp_op_product = {
  .name = "product",
  LRP_TWO_INPUTS,
  .sign = LRP_SIGN_FOLLOWS,
  .shape = product_shape,
  .compile = product_compile,
  .forward = product_forward,
  .backward = product_backward,
  .bilinear = TRUE,
};
