/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op.c: what can be asked of a kind of layer, and the life of a layer */
#include "config.h"

#include "lrp/net/op.h"

#include "lrp/net/op-row.h"

/**
 * lrp_op_kind_name:
 * @kind: a kind of layer
 *
 * Returns: (transfer none): "conv", "dense", "max-pool", ...
 */
const char *
lrp_op_kind_name (LrpOpKind kind)
{
  return lrp_op_get (kind)->name;
}

/**
 * lrp_op_is_linear:
 * @kind: a kind of layer
 *
 * Returns: whether rules apply to it: it has weights
 */
gboolean
lrp_op_is_linear (LrpOpKind kind)
{
  return lrp_op_get (kind)->linear;
}

/**
 * lrp_op_is_convolution:
 * @kind: a kind of layer
 *
 * Returns: whether it is a convolution, transposed or not: what composites call a convolution
 */
gboolean
lrp_op_is_convolution (LrpOpKind kind)
{
  return kind == LRP_OP_CONV || kind == LRP_OP_CONV_TRANSPOSE;
}

/**
 * lrp_layer_n_outputs:
 * @layer: a linear layer with weights
 *
 * Returns: how many channels it gives, each with a bias of its own
 */
gint64
lrp_layer_n_outputs (const LrpLayer *layer)
{
  const gint64 *w = layer->weights->shape.dims;

  return layer->kind == LRP_OP_CONV_TRANSPOSE ? w[1] * layer->window.group : w[0];
}

/**
 * lrp_layer_new:
 * @kind: which operator
 * @name: (nullable): as in the file; a network makes it unique
 *
 * Returns: (transfer full): a layer without inputs, whose window is 1x1 where it has one
 */
LrpLayer *
lrp_layer_new (LrpOpKind kind, const char *name)
{
  LrpLayer *layer = g_new0 (LrpLayer, 1);

  layer->kind = kind;
  layer->name = g_strdup (name);
  if (lrp_op_get (kind)->windowed)
    layer->window = (LrpWindow) LRP_WINDOW_INIT;
  return layer;
}

/**
 * lrp_layer_copy:
 * @layer: a layer
 *
 * Returns: (transfer full): a copy that shares the weights
 */
LrpLayer *
lrp_layer_copy (const LrpLayer *layer)
{
  LrpLayer *copy = g_memdup2 (layer, sizeof *layer);

  copy->name = g_strdup (layer->name);
  copy->cell = g_strdup (layer->cell);
  copy->inputs = g_memdup2 (layer->inputs, layer->n_inputs * sizeof *layer->inputs);
  if (layer->weights)
    lrp_tensor_ref (layer->weights);
  if (layer->bias)
    lrp_tensor_ref (layer->bias);
  return copy;
}

/**
 * lrp_layer_free:
 * @layer: (transfer full) (nullable): a layer
 */
void
lrp_layer_free (LrpLayer *layer)
{
  if (!layer)
    return;
  g_free (layer->name);
  g_free (layer->cell);
  g_free (layer->inputs);
  lrp_tensor_unref (layer->weights);
  lrp_tensor_unref (layer->bias);
  g_free (layer);
}

/**
 * lrp_layer_batch_axis:
 * @layer: a layer of a network
 *
 * Sequences often lie as [time, batch, features], so it need not be the first.
 *
 * Returns: which axis of its output grows with the number of samples; -1 if none does, or if that is not known
 */
int
lrp_layer_batch_axis (const LrpLayer *layer)
{
  for (guint i = 0; i < MIN (layer->shape.rank, layer->shape_of_more.rank); i++)
    if (layer->shape.dims[i] != layer->shape_of_more.dims[i])
      return (int) i;
  return -1;
}

/**
 * lrp_layer_set_inputs:
 * @layer: a layer
 * @inputs: (array length=n_inputs): indices of layers already in its network
 * @n_inputs: how many
 */
void
lrp_layer_set_inputs (LrpLayer *layer, const guint *inputs, guint n_inputs)
{
  g_free (layer->inputs);
  layer->inputs = g_memdup2 (inputs, n_inputs * sizeof *inputs);
  layer->n_inputs = n_inputs;
}
