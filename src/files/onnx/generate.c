/* SPDX-License-Identifier: GPL-3.0-or-later */
/* generate.c: constants that files make out of shapes, while a network is read; and the shapes themselves */
#include "config.h"

#include "files/onnx/op.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/**
 * lrp_onnx_shape:
 * @import: the network so far
 * @op: the operator's row
 * @node: a Shape, of activations too: it is known, for the batch that the file declares
 * @error: return location for an error
 *
 * Returns: whether the node became a constant
 */
gboolean
lrp_onnx_shape (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  const LrpConstant *constant = NULL;
  const LrpShape *shape;
  gint64 begin, end;
  guint in;

  if (lrp_onnx_is_constant (node, 0) ? !(constant = lrp_onnx_get_constant (node, 0, error))
                                     : !lrp_onnx_get_layer (node, 0, &in, error))
    return FALSE;
  shape = constant ? &constant->shape : lrp_onnx_get_shape (import, node, 0);
  begin = lrp_onnx_int (node, "start", 0);
  end = lrp_onnx_int (node, "end", shape->rank);
  begin = CLAMP (begin < 0 ? begin + shape->rank : begin, 0, (gint64) shape->rank);
  end = CLAMP (end < 0 ? end + shape->rank : end, begin, (gint64) shape->rank);
  return lrp_onnx_finish_constant (node, lrp_constant_new_ints (&LRP_SHAPE (end - begin), shape->dims + begin, error));
}

/* Reads a shape that a constant holds. */
static gboolean
read_shape (const LrpOnnxNode *node, guint i, LrpShape *shape, GError **error)
{
  return lrp_onnx_get_ints (node, i, shape->dims, LRP_MAX_RANK, &shape->rank, error);
}

/* Repeats activations along axes where they have one number: the nearest neighbour of each new one. */
static gboolean
expand_layer (LrpOnnxImport *import, const LrpOnnxNode *node, const LrpShape *shape, GError **error)
{
  g_autoptr (LrpLayer) layer = lrp_layer_new (LRP_OP_IDENTITY, node->name);
  const LrpShape *from = lrp_onnx_get_shape (import, node, 0);
  guint in;
  int batch;

  if (!lrp_onnx_get_layer (node, 0, &in, error))
    return FALSE;
  batch = lrp_layer_batch_axis (lrp_network_get_layer (import->network, in));
  for (guint i = 0; i < shape->rank; i++)
    {
      if (from->rank != shape->rank || (from->dims[i] != shape->dims[i] && (int) i == MAX (batch, 0)))
        return lrp_onnx_fail (node, LRP_ERROR_UNSUPPORTED, error,
                              _("it adds dimensions to activations, or repeats samples; this is not supported"));
      if (from->dims[i] == shape->dims[i])
        continue;
      layer->kind = LRP_OP_RESIZE;
      layer->resize.size[i] = shape->dims[i];
    }
  return lrp_onnx_finish (import, node, g_steal_pointer (&layer), in, error);
}

/**
 * lrp_onnx_expand:
 * @import: the network so far
 * @op: the operator's row
 * @node: an Expand of a constant, or of activations along axes of length 1
 * @error: return location for an error
 *
 * Returns: whether the node became a constant or layers
 */
gboolean
lrp_onnx_expand (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  const LrpConstant *constant;
  LrpShape target = { 0 }, shape;

  if (!read_shape (node, 1, &target, error))
    return FALSE;
  if (lrp_onnx_is_constant (node, 0))
    return (constant = lrp_onnx_get_constant (node, 0, error))
           && lrp_onnx_common_shape (node, &constant->shape, &target, &shape, error)
           && lrp_onnx_finish_constant (node, lrp_constant_broadcast (constant, &shape, error));
  return lrp_onnx_common_shape (node, lrp_onnx_get_shape (import, node, 0), &target, &shape, error)
         && expand_layer (import, node, &shape, error);
}

/**
 * lrp_onnx_tile:
 * @import: the network so far
 * @op: the operator's row
 * @node: a Tile of a constant; or of activations, once
 * @error: return location for an error
 *
 * Returns: whether the node became a constant or a layer
 */
gboolean
lrp_onnx_tile (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  const LrpConstant *constant;
  g_autoptr (LrpConstant) result = NULL;
  LrpShape times = { 0 };
  gboolean once = TRUE;

  if (!read_shape (node, 1, &times, error))
    return FALSE;
  for (guint i = 0; i < times.rank; i++)
    once = once && times.dims[i] == 1;
  if (once && !lrp_onnx_is_constant (node, 0))
    return lrp_onnx_identity (import, op, node, error);
  if (!(constant = lrp_onnx_get_constant (node, 0, error)))
    return FALSE;
  if (times.rank != constant->shape.rank)
    return lrp_onnx_fail (node, LRP_ERROR_SHAPE, error, _("it does not say how often to repeat each of %u dimensions"),
                          constant->shape.rank);
  for (guint i = 0; i < times.rank; i++)
    if (times.dims[i] < 0 || __builtin_mul_overflow (times.dims[i], constant->shape.dims[i], &times.dims[i]))
      return lrp_onnx_fail (node, LRP_ERROR_RANGE, error,
                            _("it repeats a dimension too often, or less than not at all"));
  result = lrp_constant_new_zeros (&times, constant->floats != NULL, error);
  for (gsize i = 0; result && i < result->count; i++)
    {
      gsize rest = i, at = 0, stride = 1;
      for (guint k = times.rank; k-- > 0; rest /= (gsize) times.dims[k], stride *= (gsize) constant->shape.dims[k])
        at += rest % (gsize) times.dims[k] % (gsize) constant->shape.dims[k] * stride;
      if (result->floats)
        result->floats->data[i] = constant->floats->data[at];
      else
        result->ints[i] = constant->ints[at];
    }
  return lrp_onnx_finish_constant (node, g_steal_pointer (&result));
}

/**
 * lrp_onnx_constant_of_shape:
 * @import: the network so far
 * @op: the operator's row
 * @node: a ConstantOfShape: one number, as often as a constant shape says
 * @error: return location for an error
 *
 * Returns: whether the node became a constant
 */
gboolean
lrp_onnx_constant_of_shape (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  const LrpAttributeProto *attribute = lrp_onnx_attribute (node, "value");
  g_autoptr (LrpConstant) value = NULL, one = NULL;
  LrpShape shape = { 0 };

  if (!read_shape (node, 0, &shape, error))
    return FALSE;
  value = attribute ? lrp_onnx_read_tensor (node, attribute, error)
                    : lrp_constant_new_zeros (&(LrpShape){ .rank = 0 }, TRUE, error);
  if (!value)
    return FALSE;
  if (value->count != 1)
    return lrp_onnx_fail (node, LRP_ERROR_DAMAGED, error, _("its value must be one number"));
  return (one = lrp_constant_reshape (value, &(LrpShape){ .rank = 0 }, error))
         && lrp_onnx_finish_constant (node, lrp_constant_broadcast (one, &shape, error));
}

/* How many numbers there are from start up or down to limit, which is not among them; -1 where that is no number. */
static double
count_steps (double start, double limit, double delta)
{
  double count = delta != 0 ? ceil ((limit - start) / delta) : NAN;

  return count >= 0 ? count : count < 0 ? 0 : -1;
}

/**
 * lrp_onnx_range:
 * @import: the network so far
 * @op: the operator's row
 * @node: a Range between constants
 * @error: return location for an error
 *
 * Returns: whether the node became a constant
 */
gboolean
lrp_onnx_range (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  const LrpConstant *in[3];
  g_autoptr (LrpConstant) result = NULL;
  double numbers[3], count;

  for (guint i = 0; i < 3; i++)
    {
      if (!(in[i] = lrp_onnx_get_constant (node, i, error)))
        return FALSE;
      if (in[i]->count != 1 || !in[i]->floats != !in[0]->floats)
        return lrp_onnx_fail (node, LRP_ERROR_DAMAGED, error, _("start, limit and step must be one number each"));
      numbers[i] = in[i]->floats ? (double) in[i]->floats->data[0] : (double) in[i]->ints[0];
    }
  count = count_steps (numbers[0], numbers[1], numbers[2]);
  if (count < 0 || count > (double) LRP_ONNX_MAX_NUMBERS)
    return lrp_onnx_fail (node, LRP_ERROR_RANGE, error, _("from %g to %g in steps of %g there are too many numbers"),
                          numbers[0], numbers[1], numbers[2]);
  result = lrp_constant_new_zeros (&LRP_SHAPE ((gint64) count), in[0]->floats != NULL, error);
  for (gsize i = 0; result && i < result->count; i++)
    if (result->floats)
      result->floats->data[i] = (float) (numbers[0] + (double) i * numbers[2]);
    else
      result->ints[i] = (gint64) ((guint64) in[0]->ints[0] + (guint64) i * (guint64) in[2]->ints[0]);
  return result && lrp_onnx_finish_constant (node, g_steal_pointer (&result));
}
