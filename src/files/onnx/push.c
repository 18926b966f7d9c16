/* SPDX-License-Identifier: GPL-3.0-or-later */
/* push.c: a node becomes layers, or a constant */
#include "config.h"

#include "files/onnx/push.h"

/**
 * lrp_onnx_push_many:
 * @import: the network so far
 * @layer: (transfer full): a layer
 * @in: (array length=n_in): the layers it reads
 * @n_in: how many
 * @out: (out): its own index
 * @error: return location for an error
 *
 * Returns: whether the layer fits
 */
gboolean
lrp_onnx_push_many (LrpOnnxImport *import, LrpLayer *layer, const guint *in, guint n_in, guint *out, GError **error)
{
  int index;

  lrp_layer_set_inputs (layer, in, n_in);
  index = lrp_network_add (import->network, layer, error);
  *out = (guint) MAX (index, 0);
  return index >= 0;
}

/**
 * lrp_onnx_push:
 * @import: the network so far
 * @layer: (transfer full): a layer
 * @in: (inout): the layer it reads; becomes its own index
 * @error: return location for an error
 *
 * Returns: whether the layer fits
 */
gboolean
lrp_onnx_push (LrpOnnxImport *import, LrpLayer *layer, guint *in, GError **error)
{
  return lrp_onnx_push_many (import, layer, in, 1, in, error);
}

/**
 * lrp_onnx_finish_many:
 * @import: the network so far
 * @node: the node
 * @layer: (transfer full): the layer that computes its first output
 * @in: (array length=n_in): the layers it reads
 * @n_in: how many
 * @error: return location for an error
 *
 * Returns: whether the layer fits
 */
gboolean
lrp_onnx_finish_many (LrpOnnxImport *import, const LrpOnnxNode *node, LrpLayer *layer, const guint *in, guint n_in,
                      GError **error)
{
  int index;

  lrp_layer_set_inputs (layer, in, n_in);
  index = lrp_network_add (import->network, layer, error);
  node->outputs[0]->layer = index;
  return index >= 0;
}

/**
 * lrp_onnx_finish:
 * @import: the network so far
 * @node: the node
 * @layer: (transfer full): the layer that computes its first output
 * @in: the layer it reads
 * @error: return location for an error
 *
 * Returns: whether the layer fits
 */
gboolean
lrp_onnx_finish (LrpOnnxImport *import, const LrpOnnxNode *node, LrpLayer *layer, guint in, GError **error)
{
  return lrp_onnx_finish_many (import, node, layer, &in, 1, error);
}

/**
 * lrp_onnx_finish_constant:
 * @node: the node
 * @constant: (transfer full) (nullable): its first output
 *
 * Returns: whether there is a constant
 */
gboolean
lrp_onnx_finish_constant (const LrpOnnxNode *node, LrpConstant *constant)
{
  node->outputs[0]->constant = constant;
  return constant != NULL;
}
