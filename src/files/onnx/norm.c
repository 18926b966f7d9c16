/* SPDX-License-Identifier: GPL-3.0-or-later */
/* norm.c: normalisations whose statistics come from the input */
#include "config.h"

#include "files/onnx/op.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/* Sets a layer's scale and shift, where they are given. */
static gboolean
read_scale (const LrpOnnxNode *node, LrpLayer *layer, GError **error)
{
  LrpTensor **const fields[] = { &layer->weights, &layer->bias };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const LrpTensor *numbers;
      if (!lrp_onnx_has_input (node, i + 1))
        continue;
      numbers = lrp_onnx_get_floats (node, i + 1, error);
      if (!numbers)
        return FALSE;
      *fields[i] = lrp_tensor_ref ((LrpTensor *) numbers);
    }
  layer->norm.epsilon = lrp_onnx_float (node, "epsilon", 1e-5);
  return TRUE;
}

/**
 * lrp_onnx_layer_norm:
 * @import: the network so far
 * @op: the operator's row, which says the kind of layer
 * @node: a LayerNormalization or RMSNormalization with constant scale and shift
 * @error: return location for an error
 *
 * Returns: whether the node became a layer
 */
gboolean
lrp_onnx_layer_norm (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  g_autoptr (LrpLayer) layer = lrp_layer_new (op->kind, node->name);
  guint in, axis;

  if (!lrp_onnx_get_layer (node, 0, &in, error)
      || !lrp_onnx_axis (node, lrp_onnx_int (node, "axis", -1), lrp_onnx_get_shape (import, node, 0)->rank, &axis,
                         error)
      || !read_scale (node, layer, error))
    return FALSE;
  layer->norm.axis = axis;
  return lrp_onnx_finish (import, node, g_steal_pointer (&layer), in, error);
}

/* Before opset 21 scale and shift had one number for each group. */
static gboolean
spread_over_channels (LrpTensor **numbers, gint64 groups, gint64 channels, GError **error)
{
  LrpTensor *spread;

  if (*numbers == NULL || (*numbers)->count != (gsize) groups || groups == channels || channels % groups != 0)
    return TRUE;
  spread = lrp_tensor_new (&LRP_SHAPE (channels), error);
  for (gint64 c = 0; spread && c < channels; c++)
    spread->data[c] = (*numbers)->data[c / (channels / groups)];
  if (spread)
    {
      lrp_tensor_unref (*numbers);
      *numbers = spread;
    }
  return spread != NULL;
}

/**
 * lrp_onnx_group_norm:
 * @import: the network so far
 * @op: the operator's row
 * @node: a GroupNormalization, or an InstanceNormalization, whose groups are the channels; scale and shift constant
 * @error: return location for an error
 *
 * Returns: whether the node became a layer
 */
gboolean
lrp_onnx_group_norm (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  g_autoptr (LrpLayer) layer = lrp_layer_new (LRP_OP_GROUP_NORM, node->name);
  gboolean groups = g_str_equal (op->type, "GroupNormalization");
  const LrpShape *shape;
  guint in;

  if (!lrp_onnx_get_layer (node, 0, &in, error) || !read_scale (node, layer, error))
    return FALSE;
  shape = lrp_onnx_get_shape (import, node, 0);
  if (shape->rank < 2)
    return lrp_onnx_fail (node, LRP_ERROR_SHAPE, error, _("the input has no channels"));
  layer->norm.groups = groups ? lrp_onnx_int (node, "num_groups", 0) : shape->dims[1];
  if (layer->norm.groups < 1)
    return lrp_onnx_fail (node, LRP_ERROR_RANGE, error, _("“num_groups” is %" PRId64 ", it must be at least 1"),
                          layer->norm.groups);
  return spread_over_channels (&layer->weights, layer->norm.groups, shape->dims[1], error)
         && spread_over_channels (&layer->bias, layer->norm.groups, shape->dims[1], error)
         && lrp_onnx_finish (import, node, g_steal_pointer (&layer), in, error);
}

/**
 * lrp_onnx_lrn:
 * @import: the network so far
 * @op: the operator's row
 * @node: an LRN: local response normalisation across channels
 * @error: return location for an error
 *
 * Returns: whether the node became a layer
 */
gboolean
lrp_onnx_lrn (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  g_autoptr (LrpLayer) layer = lrp_layer_new (LRP_OP_LOCAL_RESPONSE, node->name);
  guint in;

  if (!lrp_onnx_get_layer (node, 0, &in, error))
    return FALSE;
  if (!lrp_onnx_attribute (node, "size"))
    return lrp_onnx_fail (node, LRP_ERROR_DAMAGED, error, _("“size” is missing"));
  layer->response.size = lrp_onnx_int (node, "size", 0);
  layer->response.alpha = lrp_onnx_float (node, "alpha", 1e-4);
  layer->response.beta = lrp_onnx_float (node, "beta", 0.75);
  layer->response.bias = lrp_onnx_float (node, "bias", 1);
  return lrp_onnx_finish (import, node, g_steal_pointer (&layer), in, error);
}
