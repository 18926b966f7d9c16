/* SPDX-License-Identifier: GPL-3.0-or-later */
/* shape.c: Caffe's layers that only move numbers */
#include "config.h"

#include "files/caffe/op.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/* Reshapes to `target`, of which no axis may be forgotten. */
static gboolean
push_reshape (LrpCaffeImport *import, const LrpCaffeLayer *layer, const LrpShape *target, const guint *in, guint *out,
              GError **error)
{
  LrpLayer *reshape = lrp_caffe_new (LRP_OP_RESHAPE, layer, "");

  reshape->target = *target;
  return lrp_caffe_push (import, reshape, in, 1, out, error);
}

/**
 * lrp_caffe_flatten:
 * @import: the network so far
 * @layer: a Flatten: the axes from "axis" to "end_axis" become one
 * @in: what it reads
 * @out: what it makes
 * @error: return location for an error
 *
 * Returns: whether it became a layer
 */
gboolean
lrp_caffe_flatten (LrpCaffeImport *import, const LrpCaffeLayer *layer, const guint *in, guint *out, GError **error)
{
  const LrpShape *shape = lrp_caffe_shape (import, in[0]);
  LrpShape target = { 0 };
  gint64 axis, end_axis;
  guint first, last;

  if (!lrp_caffe_int (import, layer, "axis", 1, &axis, error)
      || !lrp_caffe_int (import, layer, "end_axis", -1, &end_axis, error)
      || !lrp_caffe_axis (layer, axis, shape->rank, &first, error)
      || !lrp_caffe_axis (layer, end_axis, shape->rank, &last, error))
    return FALSE;
  if (first == 0 || last < first)
    return lrp_caffe_fail (layer, LRP_ERROR_UNSUPPORTED, error, _("axes %u to %u cannot become one"), first, last);
  target.rank = first;
  target.dims[target.rank++] = -1;
  for (guint i = last + 1; i < shape->rank; i++)
    target.dims[target.rank++] = shape->dims[i];
  return push_reshape (import, layer, &target, in, out, error);
}

/* Reads the dimensions in "shape". */
static gboolean
read_shape (const LrpCaffeImport *import, const LrpCaffeLayer *layer, LrpShape *shape, GError **error)
{
  const LrpPrototxt *txt = import->graph->txt;
  const LrpProtoField *message;

  if (!lrp_prototxt_find (txt, layer->params, "shape", &message, error))
    return FALSE;
  if (!message)
    return lrp_caffe_fail (layer, LRP_ERROR_DAMAGED, error, _("“shape” is missing"));
  shape->rank = 0;
  for (const LrpProtoField *at = lrp_prototxt_first (txt, message, "dim"); at; at = lrp_prototxt_next (txt, at, "dim"))
    {
      if (shape->rank == LRP_MAX_RANK)
        return lrp_prototxt_fail (at, error, _("there are too many dimensions"));
      if (!lrp_prototxt_get_int (at, &shape->dims[shape->rank++], error))
        return FALSE;
    }
  return TRUE;
}

/**
 * lrp_caffe_reshape:
 * @import: the network so far
 * @layer: a Reshape: "num_axes" axes from "axis" on are replaced; 0 keeps an axis, -1 takes what is left
 * @in: what it reads
 * @out: what it makes
 * @error: return location for an error
 *
 * Returns: whether it became a layer
 */
gboolean
lrp_caffe_reshape (LrpCaffeImport *import, const LrpCaffeLayer *layer, const guint *in, guint *out, GError **error)
{
  const LrpShape *shape = lrp_caffe_shape (import, in[0]);
  LrpShape middle, target = { 0 };
  gint64 axis, axes;
  guint first, rest;

  if (!lrp_caffe_int (import, layer, "axis", 0, &axis, error)
      || !lrp_caffe_int (import, layer, "num_axes", -1, &axes, error) || !read_shape (import, layer, &middle, error))
    return FALSE;
  axis = axis < 0 ? axis + shape->rank + 1 : axis;
  if (axis < 0 || axis > shape->rank || axes < -1 || axes > shape->rank - axis)
    return lrp_caffe_fail (layer, LRP_ERROR_SHAPE, error, _("“axis” or “num_axes” reach beyond an input of rank %u"),
                           shape->rank);
  first = (guint) axis;
  rest = axes == -1 ? shape->rank : first + (guint) axes;
  if (first + middle.rank + shape->rank - rest > LRP_MAX_RANK)
    return lrp_caffe_fail (layer, LRP_ERROR_SHAPE, error, _("there are too many dimensions"));
  target.rank = first;
  for (guint i = 0; i < middle.rank; i++)
    target.dims[target.rank++] = middle.dims[i];
  for (guint i = rest; i < shape->rank; i++)
    target.dims[target.rank++] = shape->dims[i];
  return push_reshape (import, layer, &target, in, out, error);
}

/**
 * lrp_caffe_permute:
 * @import: the network so far
 * @layer: a Permute: the axes in "order", then those not named there
 * @in: what it reads
 * @out: what it makes
 * @error: return location for an error
 *
 * Returns: whether it became a layer
 */
gboolean
lrp_caffe_permute (LrpCaffeImport *import, const LrpCaffeLayer *layer, const guint *in, guint *out, GError **error)
{
  g_autoptr (LrpLayer) move = lrp_caffe_new (LRP_OP_TRANSPOSE, layer, "");
  guint rank = lrp_caffe_shape (import, in[0])->rank, named = 0, n;
  gint64 order[LRP_MAX_RANK];

  if (!lrp_caffe_ints (import, layer, "order", order, rank, &n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      if (order[i] < 0 || order[i] >= rank)
        return lrp_caffe_fail (layer, LRP_ERROR_RANGE, error, _("there is no axis %" PRId64 ", the input has %u"),
                               order[i], rank);
      named |= 1u << order[i];
      move->perm[i] = (guint) order[i];
    }
  for (guint axis = 0; axis < rank && n < rank; axis++)
    if (!(named & 1u << axis))
      move->perm[n++] = axis;
  return lrp_caffe_push (import, g_steal_pointer (&move), in, 1, out, error);
}
