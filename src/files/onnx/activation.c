/* SPDX-License-Identifier: GPL-3.0-or-later */
/* activation.c: element-wise functions that have numbers or modes of their own */
#include "config.h"

#include "files/onnx/op.h"

#include <float.h>
#include <glib/gi18n-lib.h>
#include <math.h>

/* What ONNX says the numbers are where they are not given. */
static const struct
{
  LrpOpKind kind;
  double alpha, beta, gamma;
} defaults[] = {
  { LRP_OP_LEAKY_RELU, 0.01, 0, 0 },
  { LRP_OP_ELU, 1, 0, 0 },
  { LRP_OP_SELU, 1.67326319217681884765625, 0, 1.05070102214813232421875 },
  { LRP_OP_CELU, 1, 0, 0 },
  { LRP_OP_SILU, 1, 0, 0 },
  { LRP_OP_HARD_SIGMOID, 0.2, 0.5, 0 },
  { LRP_OP_THRESHOLDED_RELU, 1, 0, 0 },
};

/**
 * lrp_onnx_activation:
 * @import: the network so far
 * @op: the operator's row, which says the kind of layer
 * @node: a LeakyRelu, Elu, Selu, Celu, HardSigmoid, Swish or ThresholdedRelu
 * @error: return location for an error
 *
 * Returns: whether the node became a layer
 */
gboolean
lrp_onnx_activation (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  LrpLayer *layer;
  guint in;

  if (!lrp_onnx_get_layer (node, 0, &in, error))
    return FALSE;
  layer = lrp_layer_new (op->kind, node->name);
  for (guint i = 0; i < G_N_ELEMENTS (defaults); i++)
    if (defaults[i].kind == op->kind)
      {
        layer->activation.alpha = lrp_onnx_float (node, "alpha", defaults[i].alpha);
        layer->activation.beta = lrp_onnx_float (node, "beta", defaults[i].beta);
        layer->activation.gamma = lrp_onnx_float (node, "gamma", defaults[i].gamma);
      }
  return lrp_onnx_finish (import, node, layer, in, error);
}

/**
 * lrp_onnx_gelu:
 * @import: the network so far
 * @op: the operator's row
 * @node: a Gelu, exact or approximated by tanh
 * @error: return location for an error
 *
 * Returns: whether the node became a layer
 */
gboolean
lrp_onnx_gelu (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  gboolean tanh = lrp_onnx_string_is (node, "approximate", "tanh", FALSE);
  guint in;

  if (!tanh && !lrp_onnx_string_is (node, "approximate", "none", TRUE))
    return lrp_onnx_fail (node, LRP_ERROR_UNSUPPORTED, error, _("this value of “approximate” is unknown"));
  return lrp_onnx_get_layer (node, 0, &in, error)
         && lrp_onnx_finish (import, node, lrp_layer_new (tanh ? LRP_OP_GELU_TANH : LRP_OP_GELU, node->name), in,
                             error);
}

/* Limits are attributes until opset 10, inputs from 11 on; the largest float stands for none. */
static gboolean
read_limits (const LrpOnnxNode *node, double *least, double *most, GError **error)
{
  *least = lrp_onnx_float (node, "min", -INFINITY);
  *most = lrp_onnx_float (node, "max", INFINITY);
  if ((lrp_onnx_has_input (node, 1) && !lrp_onnx_get_scalar (node, 1, least, error))
      || (lrp_onnx_has_input (node, 2) && !lrp_onnx_get_scalar (node, 2, most, error)))
    return FALSE;
  *least = *least <= -FLT_MAX ? -INFINITY : *least;
  *most = *most >= FLT_MAX ? INFINITY : *most;
  return TRUE;
}

/**
 * lrp_onnx_clip:
 * @import: the network so far
 * @op: the operator's row
 * @node: a Clip; one from 0 on is a ReLU, and with a limit above it a capped one, as ReLU6
 * @error: return location for an error
 *
 * Returns: whether the node became a layer
 */
gboolean
lrp_onnx_clip (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  double least, most;
  LrpLayer *layer;
  guint in;

  if (!lrp_onnx_get_layer (node, 0, &in, error) || !read_limits (node, &least, &most, error))
    return FALSE;
  if (least == 0 && most >= 0)
    {
      layer = lrp_layer_new (isinf (most) ? LRP_OP_RELU : LRP_OP_CAPPED_RELU, node->name);
      layer->activation.alpha = isinf (most) ? 0 : most;
    }
  else
    {
      layer = lrp_layer_new (LRP_OP_CLIP, node->name);
      layer->activation.alpha = least;
      layer->activation.beta = most;
    }
  return lrp_onnx_finish (import, node, layer, in, error);
}

/**
 * lrp_onnx_prelu:
 * @import: the network so far
 * @op: the operator's row
 * @node: a PRelu with a constant slope
 * @error: return location for an error
 *
 * Returns: whether the node became a layer
 */
gboolean
lrp_onnx_prelu (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  const LrpTensor *slope;
  LrpLayer *layer;
  guint in;

  if (!lrp_onnx_get_layer (node, 0, &in, error) || !(slope = lrp_onnx_get_floats (node, 1, error)))
    return FALSE;
  layer = lrp_layer_new (LRP_OP_PRELU, node->name);
  layer->weights = lrp_tensor_ref ((LrpTensor *) slope);
  return lrp_onnx_finish (import, node, layer, in, error);
}
