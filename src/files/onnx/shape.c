/* SPDX-License-Identifier: GPL-3.0-or-later */
/* shape.c: operators that only move numbers. On constants they are carried out at once; on activations they keep
 * the batch open: where a file says "1" and means "as many samples as there are", the layer copies the dimension. */
#include "config.h"

#include "files/onnx/op.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/* Adds the reshape of input 0 to dims: 0 copies, -1 takes the rest. */
static gboolean
finish_reshape (LrpOnnxImport *import, const LrpOnnxNode *node, const LrpShape *target, GError **error)
{
  guint in;

  return lrp_onnx_get_layer (node, 0, &in, error)
         && lrp_onnx_finish (import, node, lrp_onnx_reshape_layer (import, node->name, target, in), in, error);
}

/* Works out zeros and the one -1 of a constant's target. */
static gboolean
resolve_target (const LrpOnnxNode *node, const LrpConstant *constant, LrpShape *target, GError **error)
{
  gsize known = 1;
  int rest = -1;

  for (guint i = 0; i < target->rank; i++)
    {
      if (target->dims[i] == 0 && i < constant->shape.rank)
        target->dims[i] = constant->shape.dims[i];
      if (target->dims[i] == -1 && rest < 0)
        rest = (int) i;
      else if (target->dims[i] < 1 || !g_size_checked_mul (&known, known, (gsize) target->dims[i]))
        return lrp_onnx_fail (node, LRP_ERROR_SHAPE, error, _("the constant cannot have this shape"));
    }
  if (rest >= 0)
    target->dims[rest] = (gint64) (constant->count / known);
  if (known * (rest >= 0 ? (gsize) target->dims[rest] : 1) != constant->count)
    return lrp_onnx_fail (node, LRP_ERROR_SHAPE, error, _("the constant cannot have this shape"));
  return TRUE;
}

static gboolean
fold_reshape (const LrpOnnxNode *node, LrpShape target, GError **error)
{
  const LrpConstant *constant = lrp_onnx_get_constant (node, 0, error);

  return constant && resolve_target (node, constant, &target, error)
         && lrp_onnx_finish_constant (node, lrp_constant_reshape (constant, &target, error));
}

/**
 * lrp_onnx_reshape:
 * @import: the network so far
 * @op: the operator's row
 * @node: a Reshape to a constant shape
 * @error: return location for an error
 *
 * Returns: whether the node became a layer or a constant
 */
gboolean
lrp_onnx_reshape (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  LrpShape target = { 0 };

  if (!lrp_onnx_get_ints (node, 1, target.dims, LRP_MAX_RANK, &target.rank, error))
    return FALSE;
  for (guint i = 0; i < target.rank; i++)
    if (target.dims[i] == 0 && lrp_onnx_int (node, "allowzero", 0) != 0)
      return lrp_onnx_fail (node, LRP_ERROR_SHAPE, error,
                            _("a shape with nothing in it (“allowzero”) is not supported"));
  return lrp_onnx_is_constant (node, 0) ? fold_reshape (node, target, error)
                                        : finish_reshape (import, node, &target, error);
}

/**
 * lrp_onnx_flatten:
 * @import: the network so far
 * @op: the operator's row
 * @node: a Flatten
 * @error: return location for an error
 *
 * Returns: whether the node became a layer or a constant
 */
gboolean
lrp_onnx_flatten (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  g_autoptr (LrpLayer) layer = lrp_layer_new (LRP_OP_FLATTEN, node->name);
  gint64 axis = lrp_onnx_int (node, "axis", 1);
  const LrpConstant *constant = NULL;
  guint rank, in;

  if (lrp_onnx_is_constant (node, 0) ? !(constant = lrp_onnx_get_constant (node, 0, error))
                                     : !lrp_onnx_get_layer (node, 0, &in, error))
    return FALSE;
  rank = constant ? constant->shape.rank : lrp_onnx_get_shape (import, node, 0)->rank;
  if (axis < -(gint64) rank || axis > (gint64) rank)
    return lrp_onnx_fail (node, LRP_ERROR_RANGE, error, _("axis %" PRId64 " is outside %u dimensions"), axis, rank);
  layer->axis = axis < 0 ? axis + rank : axis;
  if (constant)
    {
      LrpShape target = LRP_SHAPE (1, 1);
      for (guint i = 0; i < rank; i++)
        target.dims[i >= layer->axis] *= constant->shape.dims[i];
      return fold_reshape (node, target, error);
    }
  return lrp_onnx_finish (import, node, g_steal_pointer (&layer), in, error);
}

/* What a Squeeze or Unsqueeze reads: a constant or a layer's output, and which axis of that counts samples, or -1. */
static gboolean
find_input (const LrpOnnxImport *import, const LrpOnnxNode *node, const LrpConstant **constant, const LrpShape **shape,
            int *batch, GError **error)
{
  guint in;

  *constant = NULL;
  if (lrp_onnx_is_constant (node, 0) ? !(*constant = lrp_onnx_get_constant (node, 0, error))
                                     : !lrp_onnx_get_layer (node, 0, &in, error))
    return FALSE;
  *shape = *constant ? &(*constant)->shape : lrp_onnx_get_shape (import, node, 0);
  *batch = *constant ? -1 : lrp_layer_batch_axis (lrp_network_get_layer (import->network, in));
  return TRUE;
}

/* How many axes will be inserted: needed before they can be read, since they count from the result's end. */
static guint
count_axes (const LrpOnnxNode *node)
{
  const LrpAttributeProto *attribute = lrp_onnx_attribute (node, "axes");
  const LrpConstant *constant = lrp_onnx_is_constant (node, 1) ? lrp_onnx_get_constant (node, 1, NULL) : NULL;

  return (guint) MIN (constant ? constant->count : attribute ? attribute->ints.count : 0, LRP_MAX_RANK + 1);
}

/**
 * lrp_onnx_squeeze:
 * @import: the network so far
 * @op: the operator's row
 * @node: a Squeeze
 * @error: return location for an error
 *
 * Without axes all dimensions of 1 would go, the batch among them if it happens to be 1; that is refused.
 *
 * Returns: whether the node became a layer or a constant
 */
gboolean
lrp_onnx_squeeze (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  const LrpConstant *constant;
  const LrpShape *shape;
  LrpShape target = { 0 };
  guint axes, n;
  int batch;

  if (!find_input (import, node, &constant, &shape, &batch, error))
    return FALSE;
  if (!lrp_onnx_axes (node, shape->rank, TRUE, &axes, &n, error))
    return FALSE;
  if (n == 0 && !constant)
    return lrp_onnx_fail (node, LRP_ERROR_UNSUPPORTED, error,
                          _("it does not say which dimensions go; this is not supported"));
  for (guint i = 0; i < shape->rank; i++)
    {
      gboolean goes = n > 0 ? (axes >> i & 1) : shape->dims[i] == 1;
      if (goes && shape->dims[i] != 1)
        return lrp_onnx_fail (node, LRP_ERROR_SHAPE, error, _("dimension %u is %" PRId64 ", not 1"), i,
                              shape->dims[i]);
      if (!goes)
        target.dims[target.rank++] = (int) i == batch ? -1 : shape->dims[i];
    }
  return constant ? fold_reshape (node, target, error) : finish_reshape (import, node, &target, error);
}

/**
 * lrp_onnx_unsqueeze:
 * @import: the network so far
 * @op: the operator's row
 * @node: an Unsqueeze
 * @error: return location for an error
 *
 * Returns: whether the node became a layer or a constant
 */
gboolean
lrp_onnx_unsqueeze (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  const LrpConstant *constant;
  const LrpShape *shape;
  LrpShape target = { 0 };
  guint axes, n, from = 0;
  int batch;

  if (!find_input (import, node, &constant, &shape, &batch, error))
    return FALSE;
  target.rank = shape->rank + count_axes (node);
  if (target.rank > LRP_MAX_RANK)
    return lrp_onnx_fail (node, LRP_ERROR_SHAPE, error, _("the result has more than %d dimensions"), LRP_MAX_RANK);
  if (!lrp_onnx_axes (node, target.rank, TRUE, &axes, &n, error))
    return FALSE;
  for (guint i = 0; i < target.rank; i++)
    {
      gboolean inserted = axes >> i & 1;
      target.dims[i] = inserted ? 1 : (int) from == batch ? -1 : shape->dims[from];
      from += !inserted;
    }
  return constant ? fold_reshape (node, target, error) : finish_reshape (import, node, &target, error);
}

/**
 * lrp_onnx_transpose:
 * @import: the network so far
 * @op: the operator's row
 * @node: a Transpose
 * @error: return location for an error
 *
 * Returns: whether the node became a layer or a constant
 */
gboolean
lrp_onnx_transpose (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  g_autoptr (LrpLayer) layer = lrp_layer_new (LRP_OP_TRANSPOSE, node->name);
  const LrpConstant *constant = NULL;
  gint64 perm[LRP_MAX_RANK];
  guint rank, n, in, seen = 0;

  if (lrp_onnx_is_constant (node, 0) ? !(constant = lrp_onnx_get_constant (node, 0, error))
                                     : !lrp_onnx_get_layer (node, 0, &in, error))
    return FALSE;
  rank = constant ? constant->shape.rank : lrp_onnx_get_shape (import, node, 0)->rank;
  if (!lrp_onnx_ints (node, "perm", perm, LRP_MAX_RANK, &n, error))
    return FALSE;
  for (guint i = 0; i < rank; i++)
    {
      gint64 axis = n == 0 ? (gint64) (rank - 1 - i) : i < n ? perm[i] : -1;
      if (axis < 0 || axis >= (gint64) rank || seen >> axis & 1 || (n != 0 && n != rank))
        return lrp_onnx_fail (node, LRP_ERROR_RANGE, error, _("“perm” does not name each of %u dimensions once"),
                              rank);
      seen |= 1u << axis;
      layer->perm[i] = (guint) axis;
    }
  if (constant)
    return lrp_onnx_finish_constant (node, lrp_constant_transpose (constant, layer->perm, error));
  return lrp_onnx_finish (import, node, g_steal_pointer (&layer), in, error);
}

static gboolean
fold_concat (const LrpOnnxNode *node, GError **error)
{
  g_autofree const LrpConstant **parts = g_new (const LrpConstant *, node->n_inputs);
  guint axis;

  for (guint i = 0; i < node->n_inputs; i++)
    if (!(parts[i] = lrp_onnx_get_constant (node, i, error)))
      return FALSE;
  return lrp_onnx_axis (node, lrp_onnx_int (node, "axis", 0), parts[0]->shape.rank, &axis, error)
         && lrp_onnx_finish_constant (node, lrp_constant_concat (parts, node->n_inputs, axis, error));
}

/* Makes a layer of a constant that is joined with activations; computed: an input that a layer computes. */
static gboolean
push_concat_constant (LrpOnnxImport *import, const LrpOnnxNode *node, guint i, guint computed, guint *in,
                      GError **error)
{
  const LrpTensor *numbers = lrp_onnx_get_floats (node, i, error);

  if (!numbers || !lrp_onnx_get_layer (node, computed, in, error))
    return FALSE;
  if (lrp_layer_batch_axis (lrp_network_get_layer (import->network, *in)) != 0)
    return lrp_onnx_fail (
        node, LRP_ERROR_UNSUPPORTED, error,
        _("it joins a constant to activations whose first dimension is not the batch; this is not supported"));
  return lrp_onnx_push_constant (import, node, node->name, numbers, in, error);
}

/**
 * lrp_onnx_concat:
 * @import: the network so far
 * @op: the operator's row
 * @node: a Concat of constants; or of activations, and constants that are the same for every sample
 * @error: return location for an error
 *
 * Returns: whether the node became a layer or a constant
 */
gboolean
lrp_onnx_concat (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  g_autoptr (LrpLayer) layer = lrp_layer_new (LRP_OP_CONCAT, node->name);
  g_autofree guint *in = g_new (guint, node->n_inputs);
  guint axis, computed = 0;

  if (!lrp_onnx_attribute (node, "axis"))
    return lrp_onnx_fail (node, LRP_ERROR_DAMAGED, error, _("“axis” is missing"));
  if (lrp_onnx_all_constant (node))
    return fold_concat (node, error);
  while (lrp_onnx_is_constant (node, computed))
    computed++;
  for (guint i = 0; i < node->n_inputs; i++)
    if (lrp_onnx_is_constant (node, i) ? !push_concat_constant (import, node, i, computed, &in[i], error)
                                       : !lrp_onnx_get_layer (node, i, &in[i], error))
      return FALSE;
  if (!lrp_onnx_axis (node, lrp_onnx_int (node, "axis", 0), lrp_onnx_get_shape (import, node, computed)->rank, &axis,
                      error))
    return FALSE;
  layer->axis = axis;
  return lrp_onnx_finish_many (import, node, g_steal_pointer (&layer), in, node->n_inputs, error);
}
