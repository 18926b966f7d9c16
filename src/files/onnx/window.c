/* SPDX-License-Identifier: GPL-3.0-or-later */
/* window.c: operators with a sliding window: convolution and pooling. Over a line (1-D) they are computed as over
 * a picture of one row. */
#include "config.h"

#include "files/onnx/op.h"

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

/* dims: 1 or 2, how many axes the window has; they are the last ones. kernel: what it is when the attribute is not
 * given. */
static gboolean
read_window (const LrpOnnxNode *node, guint dims, const gint64 *kernel, LrpWindow *window, GError **error)
{
  gint64 pads[4] = { 0 };
  guint first = 2 - dims;

  *window = (LrpWindow) LRP_WINDOW_INIT;
  for (guint i = 0; i < dims; i++)
    window->kernel[first + i] = kernel[i];
  if (!read_list (node, "kernel_shape", window->kernel + first, dims, error)
      || !read_list (node, "strides", window->stride + first, dims, error)
      || !read_list (node, "dilations", window->dilation + first, dims, error)
      || !read_list (node, "pads", pads, 2 * dims, error))
    return FALSE;
  for (guint i = 0; i < dims; i++)
    {
      window->pad_begin[first + i] = pads[i];
      window->pad_end[first + i] = pads[dims + i];
    }
  window->group = lrp_onnx_int (node, "group", 1);
  window->ceil_mode = lrp_onnx_int (node, "ceil_mode", 0) != 0;
  window->count_include_pad = lrp_onnx_int (node, "count_include_pad", 0) != 0;
  return read_auto_pad (node, window, error);
}

static LrpLayer *
reshape_layer (const LrpOnnxNode *node, const char *what, const LrpShape *target)
{
  g_autofree char *name = g_strconcat (node->name, what, NULL);
  LrpLayer *layer = lrp_layer_new (LRP_OP_RESHAPE, name);

  layer->target = *target;
  return layer;
}

/* Adds the layer that computes the node; a line becomes a picture of one row before it and a line again after it. */
static gboolean
finish_window (LrpOnnxImport *import, const LrpOnnxNode *node, LrpLayer *layer, guint in, GError **error)
{
  g_autoptr (LrpLayer) owned = layer;

  if (lrp_network_get_layer (import->network, in)->shape.rank != 3)
    return lrp_onnx_finish (import, node, g_steal_pointer (&owned), in, error);
  return lrp_onnx_push (import, reshape_layer (node, "/row", &LRP_SHAPE (0, 0, 1, -1)), &in, error)
         && lrp_onnx_push (import, g_steal_pointer (&owned), &in, error)
         && lrp_onnx_finish (import, node, reshape_layer (node, "/line", &LRP_SHAPE (0, 0, -1)), in, error);
}

/* A convolution's constants, as over pictures. */
static gboolean
read_weights (const LrpOnnxNode *node, LrpLayer *layer, guint rank, GError **error)
{
  const LrpTensor *weights = lrp_onnx_get_floats (node, 1, error), *bias = NULL;
  LrpShape shape;

  if (!weights || (lrp_onnx_has_input (node, 2) && !(bias = lrp_onnx_get_floats (node, 2, error))))
    return FALSE;
  shape = weights->shape;
  if (shape.rank != 3 && shape.rank != 4)
    return lrp_onnx_fail (node, LRP_ERROR_UNSUPPORTED, error,
                          _("a convolution in %d dimensions cannot be read, only in 1 or 2"), (int) shape.rank - 2);
  if (shape.rank != rank)
    return lrp_onnx_fail (node, LRP_ERROR_SHAPE, error, _("weights of %u dimensions do not fit an input of %u"),
                          shape.rank, rank);
  if (!read_window (node, shape.rank - 2, shape.dims + 2, &layer->window, error))
    return FALSE;
  if (shape.rank == 3)
    shape = LRP_SHAPE (shape.dims[0], shape.dims[1], 1, shape.dims[2]);
  if (layer->window.kernel[0] != shape.dims[2] || layer->window.kernel[1] != shape.dims[3])
    return lrp_onnx_fail (node, LRP_ERROR_SHAPE, error, _("“kernel_shape” does not agree with the weights"));
  layer->weights = weights->shape.rank == 4 ? lrp_tensor_ref ((LrpTensor *) weights)
                                            : lrp_tensor_new_copy (&shape, weights->data, error);
  layer->bias = bias ? lrp_tensor_ref ((LrpTensor *) bias) : NULL;
  return layer->weights != NULL;
}

/**
 * lrp_onnx_conv:
 * @import: the network so far
 * @op: the operator's row
 * @node: a Conv: X [N, C, H, W], W [K, C / group, R, S], B [K]; or without H and R
 * @error: return location for an error
 *
 * Returns: whether the node became a layer
 */
gboolean
lrp_onnx_conv (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  g_autoptr (LrpLayer) layer = lrp_layer_new (op->kind, node->name);
  guint in;

  return lrp_onnx_get_layer (node, 0, &in, error)
         && read_weights (node, layer, lrp_onnx_get_shape (import, node, 0)->rank, error)
         && finish_window (import, node, g_steal_pointer (&layer), in, error);
}

/**
 * lrp_onnx_conv_transpose:
 * @import: the network so far
 * @op: the operator's row
 * @node: a ConvTranspose: X [N, C, H, W], W [C, K / group, R, S], B [K]; or without H and R
 * @error: return location for an error
 *
 * Returns: whether the node became a layer
 */
gboolean
lrp_onnx_conv_transpose (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  g_autoptr (LrpLayer) layer = lrp_layer_new (op->kind, node->name);
  const LrpShape *shape;
  guint in, dims;

  if (!lrp_onnx_get_layer (node, 0, &in, error))
    return FALSE;
  shape = lrp_onnx_get_shape (import, node, 0);
  if (!read_weights (node, layer, shape->rank, error))
    return FALSE;
  if (shape->rank != 3 && shape->rank != 4)
    return lrp_onnx_fail (node, LRP_ERROR_SHAPE, error, _("the input must have 3 or 4 dimensions, not %u"),
                          shape->rank);
  dims = shape->rank - 2;
  return read_list (node, "output_padding", layer->window.output_padding + 2 - dims, dims, error)
         && read_list (node, "output_shape", layer->window.output_size + 2 - dims, dims, error)
         && finish_window (import, node, g_steal_pointer (&layer), in, error);
}

/**
 * lrp_onnx_global_pool:
 * @import: the network so far
 * @op: the operator's row, which says the kind of layer
 * @node: a GlobalMaxPool or GlobalAveragePool
 * @error: return location for an error
 *
 * Returns: whether the node became a layer
 */
gboolean
lrp_onnx_global_pool (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  guint in;

  return lrp_onnx_get_layer (node, 0, &in, error)
         && finish_window (import, node, lrp_layer_new (op->kind, node->name), in, error);
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
  guint in, dims;

  if (!lrp_onnx_get_layer (node, 0, &in, error))
    return FALSE;
  dims = lrp_onnx_get_shape (import, node, 0)->rank == 3 ? 1 : 2;
  if (!lrp_onnx_attribute (node, "kernel_shape"))
    return lrp_onnx_fail (node, LRP_ERROR_DAMAGED, error, _("“kernel_shape” is missing"));
  if (!read_window (node, dims, (const gint64[]){ 1, 1 }, &layer->window, error))
    return FALSE;
  for (guint i = 0; i < 2; i++)
    if (MAX (window->pad_begin[i], window->pad_end[i]) > 0
        && (MAX (window->pad_begin[i], window->pad_end[i]) - 1) / MAX (window->dilation[i], 1) >= window->kernel[i] - 1)
      return lrp_onnx_fail (node, LRP_ERROR_RANGE, error,
                            _("padding of %" PRId64 " is not smaller than the window of %" PRId64),
                            MAX (window->pad_begin[i], window->pad_end[i]), window->kernel[i]);
  return finish_window (import, node, g_steal_pointer (&layer), in, error);
}
