/* SPDX-License-Identifier: GPL-3.0-or-later */
/* batch.c: where a network's samples lie while it is read, so that what a file wrote down for one batch works for
 * any. A trace freezes "as many samples as there are" into a number; and sequences lie as [time, batch, features]. */
#include "config.h"

#include "files/onnx/batch.h"

#include "files/onnx/push.h"
#include <glib/gi18n-lib.h>
#include <string.h>

static const LrpLayer *
layer_at (const LrpOnnxImport *import, guint index)
{
  return lrp_network_get_layer (import->network, index);
}

/* How many numbers the axes before one take. */
static gint64
count_before (const LrpShape *shape, guint axis)
{
  gint64 count = 1;

  for (guint i = 0; i < axis; i++)
    count *= shape->dims[i];
  return count;
}

/* Works out zeros and the one -1 of a target; FALSE if it does not fit. */
static gboolean
resolve (const LrpShape *in, const LrpShape *target, LrpShape *out)
{
  gsize known = 1, count = lrp_shape_elements (in);
  int rest = -1;

  *out = *target;
  for (guint i = 0; i < out->rank; i++)
    {
      if (out->dims[i] == 0 && i < in->rank)
        out->dims[i] = in->dims[i];
      if (out->dims[i] == -1 && rest < 0)
        rest = (int) i;
      else if (out->dims[i] < 1 || !g_size_checked_mul (&known, known, (gsize) out->dims[i]))
        return FALSE;
    }
  if (rest >= 0)
    out->dims[rest] = (gint64) (count / known);
  return known * (rest >= 0 ? (gsize) out->dims[rest] : 1) == count;
}

/* How well an axis of the result would hold the samples: 0 for not at all. outer: numbers that lie outside of them. The
 * last axis is that of features, which samples hardly share: heads of attention [time, batch x heads, features] that
 * are joined again become [time x batch, heads x features]. */
static guint
rate_axis (const LrpShape *target, const LrpShape *out, guint axis, gint64 outer, gint64 batch, int from_axis)
{
  gint64 before = count_before (out, axis);
  gboolean alone = before == outer && out->dims[axis] == batch;
  gboolean stays = (int) axis == from_axis && (alone || axis + 1 < out->rank);

  if (outer % before != 0 || before * out->dims[axis] % (outer * batch) != 0)
    return 0;
  return 1 + (target->dims[axis] == -1 ? 2 : 0) + (stays ? 1 : 0) + (alone ? 4 : 0)
         + (target->dims[axis] == 0 && (int) axis == from_axis ? 8 : 0);
}

/**
 * lrp_onnx_reshape_layer:
 * @import: the network so far
 * @name: what the layer is called
 * @target: the shape as ONNX has it: 0 copies a dimension, -1 takes the rest
 * @in: the layer whose output is reshaped
 *
 * Finds which dimension of the result the samples are in, whatever way the file writes it, and leaves that one open.
 *
 * Returns: (transfer full): a layer that is yet to be added
 */
LrpLayer *
lrp_onnx_reshape_layer (LrpOnnxImport *import, const char *name, const LrpShape *target, guint in)
{
  LrpLayer *layer = lrp_layer_new (LRP_OP_RESHAPE, name);
  const LrpLayer *from = layer_at (import, in);
  const LrpShape *shape = &from->shape;
  gint64 batch = lrp_network_get_batch (import->network), outer;
  int from_axis = lrp_layer_batch_axis (from), axis = -1;
  /* What has no dimensions is one number for each sample. */
  const LrpShape numbers = LRP_SHAPE (-1), *wanted = target->rank > 0 ? target : &numbers;
  guint best = 0;
  LrpShape out;

  layer->target = *wanted;
  if (wanted->dims[0] == shape->dims[0])
    layer->target.dims[0] = 0;
  if (from_axis < 0 || !resolve (shape, wanted, &out))
    return layer;
  outer = from->samples.inner ? (gint64) from->samples.outer : count_before (shape, (guint) from_axis);
  for (guint i = 0; i < out.rank; i++)
    {
      guint rating = rate_axis (wanted, &out, i, outer, batch, from_axis);
      axis = rating > best ? (int) i : axis;
      best = MAX (best, rating);
    }
  if (axis < 0)
    return layer;
  layer->target = out;
  layer->target.dims[axis] = -1;
  return layer;
}

/* A constant that is the same for every sample, without its first axis; NULL if it is not. */
static LrpTensor *
one_sample (const LrpOnnxNode *node, const LrpTensor *tensor, gint64 batch, GError **error)
{
  LrpShape shape = { .rank = tensor->shape.rank ? tensor->shape.rank - 1 : 0 };
  gsize n = tensor->shape.rank ? (gsize) tensor->shape.dims[0] : 0, size;

  if (shape.rank == 0 || (n != 1 && n != (gsize) batch))
    {
      g_autofree char *text = lrp_shape_to_string (&tensor->shape);
      lrp_onnx_fail (node, LRP_ERROR_SHAPE, error, _("a constant of shape %s does not fit a batch of samples"), text);
      return NULL;
    }
  size = tensor->count / n;
  for (gsize i = 1; i < n; i++)
    if (memcmp (tensor->data, tensor->data + i * size, size * sizeof (float)) != 0)
      {
        lrp_onnx_fail (node, LRP_ERROR_UNSUPPORTED, error,
                       _("a constant differs from sample to sample, so no other batch could be explained; save the "
                          "model with a batch of 1"));
        return NULL;
      }
  for (guint i = 0; i < shape.rank; i++)
    shape.dims[i] = tensor->shape.dims[i + 1];
  return lrp_tensor_new_copy (&shape, tensor->data, error);
}

/**
 * lrp_onnx_push_constant:
 * @import: the network so far
 * @node: the node that reads the constant
 * @name: what the layer is called
 * @tensor: numbers for a batch: [1 or the declared batch, ...]
 * @in: (inout): a layer with the samples on its first axis; becomes the constant's index
 * @error: return location for an error
 *
 * Makes a constant into a layer, for where it meets activations as their equal.
 *
 * Returns: whether it fits
 */
gboolean
lrp_onnx_push_constant (LrpOnnxImport *import, const LrpOnnxNode *node, const char *name, const LrpTensor *tensor,
                        guint *in, GError **error)
{
  g_autoptr (LrpLayer) layer = lrp_layer_new (LRP_OP_CONSTANT, name);

  layer->weights = one_sample (node, tensor, layer_at (import, 0)->shape.dims[0], error);
  return layer->weights && lrp_onnx_push (import, g_steal_pointer (&layer), in, error);
}

/**
 * lrp_onnx_take_layer:
 * @import: the network so far
 * @node: a node
 * @i: number of an input that is given
 * @layer: (out): the layer that computes it, or that holds it if it is a constant
 * @error: return location for an error
 *
 * Returns: whether there is such a layer
 */
gboolean
lrp_onnx_take_layer (LrpOnnxImport *import, const LrpOnnxNode *node, guint i, guint *layer, GError **error)
{
  const LrpTensor *numbers;

  if (!lrp_onnx_is_constant (node, i))
    return lrp_onnx_get_layer (node, i, layer, error);
  *layer = 0;
  return (numbers = lrp_onnx_get_floats (node, i, error))
         && lrp_onnx_push_constant (import, node, node->name, numbers, layer, error);
}
