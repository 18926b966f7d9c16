/* SPDX-License-Identifier: GPL-3.0-or-later */
/* precompute.c: layers that read nothing but constants, as the small networks that turn coordinates into the
 * biases of attention: they are computed once, by the core itself, while a network is read */
#include "config.h"

#include "files/onnx/op.h"
#include "lrp/engine/run.h"

#include <glib/gi18n-lib.h>

/* Converters that make layers only. Others carry constants out themselves. */
static const LrpOnnxConvert layers_only[] = {
  lrp_onnx_activation, lrp_onnx_clip,  lrp_onnx_gelu,   lrp_onnx_gemm,    lrp_onnx_layer_norm,
  lrp_onnx_matmul,     lrp_onnx_prelu, lrp_onnx_simple, lrp_onnx_softmax,
};

/**
 * lrp_onnx_can_precompute:
 * @op: the operator's row
 * @node: a node
 *
 * Returns: whether the node would become a layer though it does not depend on the network's input
 */
gboolean
lrp_onnx_can_precompute (const LrpOnnxOp *op, const LrpOnnxNode *node)
{
  gboolean listed = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (layers_only); i++)
    listed = listed || layers_only[i] == op->convert;
  for (guint i = 0; i < node->n_inputs; i++)
    if (lrp_onnx_has_input (node, i) && !lrp_onnx_is_constant (node, i))
      return FALSE;
  return listed;
}

/* Multiply-adds of one layer. */
static guint64
count_macs (const LrpNetwork *network, guint index)
{
  const LrpLayer *layer = lrp_network_get_layer (network, index);
  const LrpShape *in;

  if (layer->kind != LRP_OP_MATMUL)
    return lrp_network_layer_macs (network, index) * (guint64) lrp_network_get_batch (network);
  in = &lrp_network_get_layer (network, layer->inputs[0])->shape;
  return lrp_shape_elements (&layer->shape) * (guint64) in->dims[in->rank - 1];
}

/* Asked before any memory is taken for the run. */
static gboolean
check_cost (const LrpNetwork *network, const LrpOnnxNode *node, GError **error)
{
  guint64 macs = 0;

  for (guint i = 0; i < network->layers->len; i++)
    {
      const LrpShape *shape = &lrp_network_get_layer (network, i)->shape;
      macs += count_macs (network, i);
      if (lrp_shape_elements (shape) > LRP_CONSTANT_MAX_COMPUTED || macs > LRP_ONNX_MAX_MACS)
        return lrp_onnx_fail (node, LRP_ERROR_MEMORY, error, _("computing it from constants would take too much"));
    }
  return TRUE;
}

/* Runs the network that the node became; single: numbers went in that have no dimensions. */
static LrpConstant *
compute (LrpNetwork *network, const LrpTensor *input, gboolean single, GError **error)
{
  g_autoptr (LrpRun) run = lrp_run_new (network, &input->shape, error);
  g_autoptr (LrpTensor) output = NULL;

  if (!run || !lrp_run_forward (run, input, NULL, error)
      || !(output = lrp_run_dup_activation (run, network->output, error)))
    return NULL;
  return lrp_constant_new_floats (single && output->count == 1 ? &(LrpShape){ .rank = 0 } : &output->shape,
                                  output->data, error);
}

/**
 * lrp_onnx_precompute:
 * @import: the network so far
 * @op: the operator's row
 * @node: a node that reads nothing but constants
 * @error: return location for an error
 *
 * Makes a network of the node alone, whose input is the node's first one, and computes it.
 *
 * Returns: whether the node became a constant
 */
gboolean
lrp_onnx_precompute (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  const LrpTensor *given = lrp_onnx_get_floats (node, 0, error);
  LrpOnnxValue *value = node->inputs[0], before = *value;
  g_autoptr (LrpNetwork) network = NULL;
  g_autoptr (LrpTensor) input = NULL;
  LrpOnnxImport alone;
  gboolean single, ok;

  if (!given)
    return FALSE;
  single = given->shape.rank == 0;
  input = lrp_tensor_new_copy (single ? &LRP_SHAPE (1) : &given->shape, given->data, error);
  if (!input)
    return FALSE;
  network = lrp_network_new (node->name, "constant", &input->shape);
  alone = (LrpOnnxImport){ import->graph, network };
  value->initializer = NULL;
  value->constant = NULL;
  value->layer = 0;
  ok = op->convert (&alone, op, node, error) && check_cost (network, node, error);
  *value = before;
  network->output = (guint) MAX (node->outputs[0]->layer, 0);
  node->outputs[0]->layer = -1;
  return ok && lrp_onnx_finish_constant (node, compute (network, input, single, error));
}
