/* SPDX-License-Identifier: GPL-3.0-or-later */
/* onnx-window.c: operators with a sliding window: convolution and pooling */
#include "config.h"

#include "files/onnx-op.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

static const struct
{
  const char *name;
  LrpAutoPad auto_pad;
} auto_pads[] = {
  { "NOTSET", LRP_AUTO_PAD_NONE },
  { "SAME_UPPER", LRP_AUTO_PAD_SAME_UPPER },
  { "SAME_LOWER", LRP_AUTO_PAD_SAME_LOWER },
  { "VALID", LRP_AUTO_PAD_VALID },
};

static gboolean
read_auto_pad (const LrpOnnxNode *node, LrpWindow *window, GError **error)
{
  gboolean padded = window->pad_begin[0] || window->pad_begin[1] || window->pad_end[0] || window->pad_end[1];

  for (guint i = 0; i < G_N_ELEMENTS (auto_pads); i++)
    if (lrp_onnx_string_is (node, "auto_pad", auto_pads[i].name, i == 0))
      {
        window->auto_pad = auto_pads[i].auto_pad;
        if (padded && window->auto_pad != LRP_AUTO_PAD_NONE)
          return lrp_onnx_fail (node, LRP_ERROR_UNSUPPORTED, error, _("both “pads” and “auto_pad” are given"));
        return TRUE;
      }
  return lrp_onnx_fail (node, LRP_ERROR_UNSUPPORTED, error, _("this value of “auto_pad” is unknown"));
}

/* A list of `n` numbers, or none at all. */
static gboolean
read_list (const LrpOnnxNode *node, const char *name, gint64 *out, guint n, GError **error)
{
  gint64 values[2 * LRP_MAX_RANK];
  guint found;

  if (!lrp_onnx_ints (node, name, values, G_N_ELEMENTS (values), &found, error))
    return FALSE;
  if (found != 0 && found != n)
    return lrp_onnx_fail (node, LRP_ERROR_UNSUPPORTED, error,
                          _("“%s” has %u numbers, not %u: only windows over height and width can be read"), name,
                          found, n);
  for (guint i = 0; i < found; i++)
    out[i] = values[i];
  return TRUE;
}

/* kernel: what it is when the attribute is not given. */
static gboolean
read_window (const LrpOnnxNode *node, const gint64 *kernel, LrpWindow *window, GError **error)
{
  gint64 pads[4] = { 0 };

  *window = (LrpWindow) LRP_WINDOW_INIT;
  for (guint i = 0; i < 2; i++)
    window->kernel[i] = kernel[i];
  if (!read_list (node, "kernel_shape", window->kernel, 2, error)
      || !read_list (node, "strides", window->stride, 2, error)
      || !read_list (node, "dilations", window->dilation, 2, error) || !read_list (node, "pads", pads, 4, error))
    return FALSE;
  for (guint i = 0; i < 2; i++)
    {
      window->pad_begin[i] = pads[i];
      window->pad_end[i] = pads[i + 2];
    }
  window->group = lrp_onnx_int (node, "group", 1);
  window->ceil_mode = lrp_onnx_int (node, "ceil_mode", 0) != 0;
  window->count_include_pad = lrp_onnx_int (node, "count_include_pad", 0) != 0;
  return read_auto_pad (node, window, error);
}

/**
 * lrp_onnx_conv:
 * @import: the network so far
 * @op: the operator's row
 * @node: a Conv: X [N, C, H, W], W [K, C / group, R, S], B [K]
 * @error: return location for an error
 *
 * Returns: whether the node became a layer
 */
gboolean
lrp_onnx_conv (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  g_autoptr (LrpLayer) layer = lrp_layer_new (LRP_OP_CONV, node->name);
  const LrpTensor *weights, *bias = NULL;
  const gint64 *extent;
  guint in;

  if (!lrp_onnx_get_layer (node, 0, &in, error) || !(weights = lrp_onnx_get_floats (node, 1, error))
      || (lrp_onnx_has_input (node, 2) && !(bias = lrp_onnx_get_floats (node, 2, error))))
    return FALSE;
  if (weights->shape.rank != 4)
    return lrp_onnx_fail (node, LRP_ERROR_UNSUPPORTED, error,
                          _("a convolution in %d dimensions cannot be read, only in 2"), (int) weights->shape.rank - 2);
  extent = weights->shape.dims + 2;
  if (!read_window (node, extent, &layer->window, error))
    return FALSE;
  if (layer->window.kernel[0] != extent[0] || layer->window.kernel[1] != extent[1])
    return lrp_onnx_fail (node, LRP_ERROR_SHAPE, error, _("“kernel_shape” does not agree with the weights"));
  layer->weights = lrp_tensor_ref ((LrpTensor *) weights);
  layer->bias = bias ? lrp_tensor_ref ((LrpTensor *) bias) : NULL;
  return lrp_onnx_finish (import, node, g_steal_pointer (&layer), in, error);
}

/**
 * lrp_onnx_pool:
 * @import: the network so far
 * @op: the operator's row
 * @node: a MaxPool or AveragePool
 * @error: return location for an error
 *
 * In which order MaxPool would number its maxima (storage_order) does not matter, for nobody may read the numbers.
 *
 * Returns: whether the node became a layer
 */
gboolean
lrp_onnx_pool (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  g_autoptr (LrpLayer) layer = lrp_layer_new (op->kind, node->name);
  const LrpWindow *window = &layer->window;
  guint in;

  if (!lrp_onnx_get_layer (node, 0, &in, error))
    return FALSE;
  if (!lrp_onnx_attribute (node, "kernel_shape"))
    return lrp_onnx_fail (node, LRP_ERROR_DAMAGED, error, _("“kernel_shape” is missing"));
  if (!read_window (node, window->kernel, &layer->window, error))
    return FALSE;
  for (guint i = 0; i < 2; i++)
    if (MAX (window->pad_begin[i], window->pad_end[i]) > 0
        && (MAX (window->pad_begin[i], window->pad_end[i]) - 1) / MAX (window->dilation[i], 1) >= window->kernel[i] - 1)
      return lrp_onnx_fail (node, LRP_ERROR_RANGE, error,
                            _("padding of %" PRId64 " is not smaller than the window of %" PRId64),
                            MAX (window->pad_begin[i], window->pad_end[i]), window->kernel[i]);
  return lrp_onnx_finish (import, node, g_steal_pointer (&layer), in, error);
}
