/* SPDX-License-Identifier: GPL-3.0-or-later */
/* join.c: where branches of a Caffe network meet and part */
#include "config.h"

#include "files/caffe/op.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/* The axis that a layer joins or cuts: "axis", or its older name. */
static gboolean
read_axis (const LrpCaffeImport *import, const LrpCaffeLayer *layer, const char *old, guint rank, guint *out,
           GError **error)
{
  gboolean has_old = lrp_caffe_has (import, layer, old);
  gint64 axis;

  if (has_old && lrp_caffe_has (import, layer, "axis"))
    return lrp_caffe_fail (layer, LRP_ERROR_DAMAGED, error, _("“axis” and “%s” cannot be given together"), old);
  return lrp_caffe_int (import, layer, has_old ? old : "axis", 1, &axis, error)
         && lrp_caffe_axis (layer, axis, rank, out, error);
}

/**
 * lrp_caffe_concat:
 * @import: the network so far
 * @layer: a Concat
 * @in: what it reads
 * @out: what it makes
 * @error: return location for an error
 *
 * Returns: whether it became a layer
 */
gboolean
lrp_caffe_concat (LrpCaffeImport *import, const LrpCaffeLayer *layer, const guint *in, guint *out, GError **error)
{
  LrpLayer *concat;
  guint axis;

  if (!read_axis (import, layer, "concat_dim", lrp_caffe_shape (import, in[0])->rank, &axis, error))
    return FALSE;
  if (axis == 0)
    return lrp_caffe_fail (layer, LRP_ERROR_UNSUPPORTED, error, _("joining samples is not supported"));
  concat = lrp_caffe_new (LRP_OP_CONCAT, layer, "");
  concat->axis = axis;
  return lrp_caffe_push (import, concat, in, layer->n_bottoms, out, error);
}

/* The sum of the inputs; in: becomes the layers that multiply them by their coefficients. */
static gboolean
push_sum (LrpCaffeImport *import, const LrpCaffeLayer *layer, guint *in, guint *out, GError **error)
{
  double factors[LRP_CAFFE_MAX_BLOBS];
  guint n;

  if (!lrp_caffe_doubles (import, layer, "coeff", factors, LRP_CAFFE_MAX_BLOBS, &n, error))
    return FALSE;
  if (n != 0 && n != layer->n_bottoms)
    return lrp_caffe_fail (layer, LRP_ERROR_DAMAGED, error, _("%u times “coeff” for %u inputs"), n, layer->n_bottoms);
  for (guint i = 0; i < n; i++)
    if (!lrp_caffe_push_scalar (import, layer, LRP_OP_SCALE, "/coeff", factors[i], &in[i], error))
      return FALSE;
  return lrp_caffe_push (import, lrp_caffe_new (LRP_OP_SUM, layer, ""), in, layer->n_bottoms, out, error);
}

static gboolean
push_product (LrpCaffeImport *import, const LrpCaffeLayer *layer, guint *in, guint *out, GError **error)
{
  guint at = in[0];

  for (guint i = 1; i < layer->n_bottoms; i++)
    if (!lrp_caffe_push (import, lrp_caffe_new (LRP_OP_PRODUCT, layer, i + 1 < layer->n_bottoms ? "/part" : ""),
                         (guint[]){ at, in[i] }, 2, &at, error))
      return FALSE;
  *out = at;
  return TRUE;
}

/* Pushes the inputs side by side along an axis of their own, and takes the largest along it: the winner takes all. */
static gboolean
push_max (LrpCaffeImport *import, const LrpCaffeLayer *layer, guint *in, guint *out, GError **error)
{
  guint rank = lrp_caffe_shape (import, in[0])->rank, at;
  LrpLayer *concat, *max;

  if (rank >= LRP_MAX_RANK)
    return lrp_caffe_fail (layer, LRP_ERROR_SHAPE, error, _("the input has too many dimensions"));
  for (guint i = 0; i < layer->n_bottoms; i++)
    {
      LrpLayer *reshape = lrp_caffe_new (LRP_OP_RESHAPE, layer, "/one");
      reshape->target = (LrpShape){ .rank = rank + 1 };
      reshape->target.dims[rank] = 1;
      if (!lrp_caffe_push (import, reshape, &in[i], 1, &in[i], error))
        return FALSE;
    }
  concat = lrp_caffe_new (LRP_OP_CONCAT, layer, "/all");
  concat->axis = rank;
  if (!lrp_caffe_push (import, concat, in, layer->n_bottoms, &at, error))
    return FALSE;
  max = lrp_caffe_new (LRP_OP_REDUCE_MAX, layer, "");
  max->reduce.axes = 1u << rank;
  return lrp_caffe_push (import, max, &at, 1, out, error);
}

/**
 * lrp_caffe_eltwise:
 * @import: the network so far
 * @layer: an Eltwise: a product, sum or maximum
 * @in: what it reads
 * @out: what it makes
 * @error: return location for an error
 *
 * Returns: whether it became layers
 */
gboolean
lrp_caffe_eltwise (LrpCaffeImport *import, const LrpCaffeLayer *layer, const guint *in, guint *out, GError **error)
{
  static const char *const operations[] = { "PROD", "SUM", "MAX", NULL };
  static gboolean (*const push[]) (LrpCaffeImport * import, const LrpCaffeLayer *layer, guint *in, guint *out,
                                   GError **error) = { push_product, push_sum, push_max };
  g_autofree guint *own = g_memdup2 (in, layer->n_bottoms * sizeof *in);
  guint operation = 1;

  if (!lrp_caffe_word (import, layer, "operation", operations, &operation, error))
    return FALSE;
  for (guint i = 1; i < layer->n_bottoms; i++)
    if (!lrp_shape_equal (lrp_caffe_shape (import, in[0]), lrp_caffe_shape (import, in[i])))
      {
        g_autofree char *a = lrp_shape_to_string (lrp_caffe_shape (import, in[0]));
        g_autofree char *b = lrp_shape_to_string (lrp_caffe_shape (import, in[i]));
        return lrp_caffe_fail (layer, LRP_ERROR_SHAPE, error, _("its inputs have different shapes, %s and %s"), a, b);
      }
  return push[operation](import, layer, own, out, error);
}

/**
 * lrp_caffe_split:
 * @import: the network so far
 * @layer: a Split: its outputs are its input
 * @in: what it reads
 * @out: what it makes
 * @error: return location for an error
 *
 * Returns: %TRUE
 */
gboolean
lrp_caffe_split (LrpCaffeImport *import, const LrpCaffeLayer *layer, const guint *in, guint *out, GError **error)
{
  for (guint i = 0; i < layer->n_tops; i++)
    out[i] = in[0];
  return TRUE;
}

/* A slice layer that cuts nothing off yet. */
static LrpLayer *
new_slice (const LrpCaffeLayer *layer, const char *what, guint rank)
{
  LrpLayer *slice = lrp_caffe_new (LRP_OP_SLICE, layer, what);

  for (guint i = 0; i < rank; i++)
    {
      slice->slice.end[i] = G_MAXINT64;
      slice->slice.step[i] = 1;
    }
  return slice;
}

/* Where each output begins, and where the last ends. */
static gboolean
read_points (const LrpCaffeImport *import, const LrpCaffeLayer *layer, gint64 length, gint64 *points, GError **error)
{
  guint n, parts = layer->n_tops;

  if (!lrp_caffe_ints (import, layer, "slice_point", points + 1, LRP_CAFFE_MAX_BLOBS, &n, error))
    return FALSE;
  if (n == 0 && length % parts == 0)
    for (guint i = 1; i < parts; i++)
      points[i] = length / parts * i;
  else if (n + 1 != parts)
    return lrp_caffe_fail (layer, LRP_ERROR_DAMAGED, error,
                           _("%u slice points do not cut %" PRId64 " into %u outputs"), n, length, parts);
  points[0] = 0;
  points[parts] = length;
  for (guint i = 0; i < parts; i++)
    if (points[i] >= points[i + 1])
      return lrp_caffe_fail (layer, LRP_ERROR_RANGE, error, _("the slice points do not rise from 1 to below %" PRId64),
                             length);
  return TRUE;
}

/**
 * lrp_caffe_slice:
 * @import: the network so far
 * @layer: a Slice
 * @in: what it reads
 * @out: what it makes
 * @error: return location for an error
 *
 * Returns: whether it became layers
 */
gboolean
lrp_caffe_slice (LrpCaffeImport *import, const LrpCaffeLayer *layer, const guint *in, guint *out, GError **error)
{
  gint64 points[LRP_CAFFE_MAX_BLOBS + 2];
  LrpShape shape = *lrp_caffe_shape (import, in[0]);
  guint axis;

  if (!read_axis (import, layer, "slice_dim", shape.rank, &axis, error))
    return FALSE;
  if (axis == 0)
    return lrp_caffe_fail (layer, LRP_ERROR_UNSUPPORTED, error, _("parting samples is not supported"));
  if (!read_points (import, layer, shape.dims[axis], points, error))
    return FALSE;
  for (guint i = 0; i < layer->n_tops; i++)
    {
      LrpLayer *slice = new_slice (layer, "", shape.rank);
      slice->slice.begin[axis] = points[i];
      slice->slice.end[axis] = points[i + 1];
      if (!lrp_caffe_push (import, slice, in, 1, &out[i], error))
        return FALSE;
    }
  return TRUE;
}

/**
 * lrp_caffe_crop:
 * @import: the network so far
 * @layer: a Crop: the first input, as large as the second
 * @in: what it reads
 * @out: what it makes
 * @error: return location for an error
 *
 * Returns: whether it became a layer
 */
gboolean
lrp_caffe_crop (LrpCaffeImport *import, const LrpCaffeLayer *layer, const guint *in, guint *out, GError **error)
{
  LrpShape shape = *lrp_caffe_shape (import, in[0]), wanted = *lrp_caffe_shape (import, in[1]);
  gint64 axis, offsets[LRP_MAX_RANK] = { 0 };
  g_autoptr (LrpLayer) slice = new_slice (layer, "", shape.rank);
  guint first, n;

  if (!lrp_caffe_int (import, layer, "axis", 2, &axis, error)
      || !lrp_caffe_axis (layer, axis, shape.rank, &first, error)
      || !lrp_caffe_ints (import, layer, "offset", offsets, LRP_MAX_RANK, &n, error))
    return FALSE;
  if (first == 0 || wanted.rank != shape.rank || (n > 1 && n != shape.rank - first))
    return lrp_caffe_fail (layer, LRP_ERROR_SHAPE, error, _("“axis” or “offset” do not fit its inputs"));
  for (guint i = first; i < shape.rank; i++)
    {
      gint64 offset = offsets[n > 1 ? i - first : 0];
      if (offset < 0 || offset > shape.dims[i] || wanted.dims[i] > shape.dims[i] - offset)
        return lrp_caffe_fail (layer, LRP_ERROR_SHAPE, error,
                               _("from %" PRId64 " on there are less than the %" PRId64 " places wanted of axis %u"),
                               offset, wanted.dims[i], i);
      slice->slice.begin[i] = offset;
      slice->slice.end[i] = offset + wanted.dims[i];
    }
  return lrp_caffe_push (import, g_steal_pointer (&slice), in, 1, out, error);
}
