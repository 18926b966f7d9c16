/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pad.c: padding, which changed its form twice: attributes until opset 10, inputs from 11, axes from 18 */
#include "config.h"

#include "files/onnx/op.h"

#include <glib/gi18n-lib.h>

/* Begin and end of the axes that are named, all of them unless there is a list. */
static gboolean
read_pads (const LrpOnnxNode *node, guint rank, LrpPad *pad, GError **error)
{
  gint64 given[2 * LRP_MAX_RANK], axes[LRP_MAX_RANK];
  guint n, n_axes = rank;

  for (guint i = 0; i < rank; i++)
    axes[i] = i;
  if (lrp_onnx_has_input (node, 3) && !lrp_onnx_get_ints (node, 3, axes, LRP_MAX_RANK, &n_axes, error))
    return FALSE;
  if (lrp_onnx_has_input (node, 1) ? !lrp_onnx_get_ints (node, 1, given, 2 * LRP_MAX_RANK, &n, error)
                                   : !lrp_onnx_ints (node, "pads", given, 2 * LRP_MAX_RANK, &n, error))
    return FALSE;
  if (n != 2 * n_axes)
    return lrp_onnx_fail (node, LRP_ERROR_SHAPE, error, _("%u numbers cannot be the padding of %u dimensions"), n,
                          n_axes);
  for (guint i = 0; i < n_axes; i++)
    {
      guint axis;
      if (!lrp_onnx_axis (node, axes[i], rank, &axis, error))
        return FALSE;
      pad->begin[axis] = given[i];
      pad->end[axis] = given[n_axes + i];
    }
  return TRUE;
}

static gboolean
read_value (const LrpOnnxNode *node, double *value, GError **error)
{
  const LrpTensor *constant;

  *value = lrp_onnx_float (node, "value", 0);
  if (!lrp_onnx_has_input (node, 2))
    return TRUE;
  constant = lrp_onnx_get_floats (node, 2, error);
  if (!constant)
    return FALSE;
  *value = (double) constant->data[0];
  return TRUE;
}

/**
 * lrp_onnx_pad:
 * @import: the network so far
 * @op: the operator's row
 * @node: a Pad with a constant value; one that pads nothing, as PyTorch writes before average pooling, becomes an
 * identity
 * @error: return location for an error
 *
 * Returns: whether the node became a layer
 */
gboolean
lrp_onnx_pad (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  g_autoptr (LrpLayer) layer = lrp_layer_new (LRP_OP_IDENTITY, node->name);
  guint in, rank;

  if (!lrp_onnx_string_is (node, "mode", "constant", TRUE))
    return lrp_onnx_fail (node, LRP_ERROR_UNSUPPORTED, error, _("only padding with a constant is supported"));
  if (!lrp_onnx_get_layer (node, 0, &in, error))
    return FALSE;
  rank = lrp_onnx_get_shape (import, node, 0)->rank;
  if (!read_pads (node, rank, &layer->pad, error) || !read_value (node, &layer->pad.value, error))
    return FALSE;
  if (layer->pad.begin[0] != 0 || layer->pad.end[0] != 0)
    return lrp_onnx_fail (node, LRP_ERROR_UNSUPPORTED, error, _("padding the batch is not supported"));
  for (guint i = 0; i < rank; i++)
    if (layer->pad.begin[i] != 0 || layer->pad.end[i] != 0)
      layer->kind = LRP_OP_PAD;
  return lrp_onnx_finish (import, node, g_steal_pointer (&layer), in, error);
}
