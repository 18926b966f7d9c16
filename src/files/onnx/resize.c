/* SPDX-License-Identifier: GPL-3.0-or-later */
/* resize.c: the operators that make pictures larger or smaller, Resize and Upsample */
#include "config.h"

#include "files/onnx/op.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/* ONNX's words for what a resizing does. ORDER: the enums of op.h */
static const char *const interpolations[] = { "nearest", "linear", NULL };
static const char *const coordinates[] = { "half_pixel", "pytorch_half_pixel", "align_corners", "asymmetric", NULL };
static const char *const roundings[] = { "round_prefer_floor", "round_prefer_ceil", "floor", "ceil", NULL };

/* Which of the words an attribute has; the one at `fallback` where it is not given. */
static gboolean
read_word (const LrpOnnxNode *node, const char *name, const char *const *words, guint fallback, guint *out,
           GError **error)
{
  for (guint i = 0; words[i]; i++)
    if (lrp_onnx_string_is (node, name, words[i], i == fallback))
      {
        *out = i;
        return TRUE;
      }
  return lrp_onnx_fail (node, LRP_ERROR_UNSUPPORTED, error, _("this value of “%s” is not supported"), name);
}

/* The axes that sizes or scales are given for: all, or those that are named. */
static gboolean
read_axes (const LrpOnnxNode *node, guint rank, guint *axes, guint *n, GError **error)
{
  gint64 given[LRP_MAX_RANK];

  if (!lrp_onnx_ints (node, "axes", given, LRP_MAX_RANK, n, error))
    return FALSE;
  if (!lrp_onnx_attribute (node, "axes"))
    for (*n = 0; *n < rank; ++*n)
      given[*n] = *n;
  for (guint i = 0; i < *n; i++)
    if (!lrp_onnx_axis (node, given[i], rank, &axes[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
check_count (const LrpOnnxNode *node, gsize count, guint n, GError **error)
{
  return count == n
         || lrp_onnx_fail (node, LRP_ERROR_SHAPE, error, _("%zu sizes or scales do not fit %u dimensions"), count, n);
}

/* A constant that is there and not empty: ONNX leaves inputs out in both ways. */
static gboolean
has_numbers (const LrpOnnxNode *node, guint i, gboolean *has, GError **error)
{
  const LrpConstant *constant = NULL;

  if (lrp_onnx_has_input (node, i) && !(constant = lrp_onnx_get_constant (node, i, error)))
    return FALSE;
  *has = constant && constant->count > 0;
  return TRUE;
}

static gboolean
read_scales (const LrpOnnxNode *node, const float *scales, gsize count, const guint *axes, guint n, LrpResize *resize,
             GError **error)
{
  if (!check_count (node, count, n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!(scales[i] > 0))
      return lrp_onnx_fail (node, LRP_ERROR_RANGE, error, _("a scale is %g, it must be positive"), (double) scales[i]);
    else
      resize->scale[axes[i]] = (double) scales[i];
  return TRUE;
}

static gboolean
read_sizes (const LrpOnnxNode *node, guint input, const guint *axes, guint n, const LrpShape *in, LrpResize *resize,
            GError **error)
{
  gint64 sizes[LRP_MAX_RANK];
  guint count;

  if (!lrp_onnx_get_ints (node, input, sizes, LRP_MAX_RANK, &count, error) || !check_count (node, count, n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (sizes[i] < 1)
      return lrp_onnx_fail (node, LRP_ERROR_RANGE, error, _("a size is %" PRId64 ", it must be at least 1"), sizes[i]);
    else if (axes[i] != 0 || sizes[i] != in->dims[0]) /* the batch stays open */
      resize->size[axes[i]] = sizes[i];
  return TRUE;
}

/* Scales or sizes, of which just one is given; until opset 10 scales are the only input besides X. */
static gboolean
read_extents (const LrpOnnxImport *import, const LrpOnnxNode *node, LrpResize *resize, GError **error)
{
  const LrpShape *in = lrp_onnx_get_shape (import, node, 0);
  guint axes[LRP_MAX_RANK], n, scale_input = import->graph->opset < 11 ? 1 : 2;
  gboolean scales, sizes = FALSE;

  if (!read_axes (node, in->rank, axes, &n, error) || !has_numbers (node, scale_input, &scales, error)
      || (scale_input == 2 && !has_numbers (node, 3, &sizes, error)))
    return FALSE;
  if (scales == sizes)
    return lrp_onnx_fail (node, LRP_ERROR_DAMAGED, error, _("it must have either scales or sizes"));
  if (scales)
    {
      const LrpTensor *floats = lrp_onnx_get_floats (node, scale_input, error);
      return floats && read_scales (node, floats->data, floats->count, axes, n, resize, error);
    }
  return read_sizes (node, 3, axes, n, in, resize, error);
}

/**
 * lrp_onnx_resize:
 * @import: the network so far
 * @op: the operator's row
 * @node: a Resize to constant sizes or by constant scales, nearest or linear
 * @error: return location for an error
 *
 * Returns: whether the node became a layer
 */
gboolean
lrp_onnx_resize (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  g_autoptr (LrpLayer) layer = lrp_layer_new (LRP_OP_RESIZE, node->name);
  gboolean old = import->graph->opset < 11;
  guint in, interpolation = 0, coordinate = 0, rounding = 0;

  if (!lrp_onnx_get_layer (node, 0, &in, error)
      || !read_word (node, "mode", interpolations, LRP_RESIZE_NEAREST, &interpolation, error)
      || !read_word (node, "coordinate_transformation_mode", coordinates,
                     old ? LRP_RESIZE_ASYMMETRIC : LRP_RESIZE_HALF_PIXEL, &coordinate, error)
      || !read_word (node, "nearest_mode", roundings, LRP_RESIZE_ROUND_PREFER_FLOOR, &rounding, error))
    return FALSE;
  if (lrp_onnx_int (node, "antialias", 0) != 0
      || !lrp_onnx_string_is (node, "keep_aspect_ratio_policy", "stretch", TRUE))
    return lrp_onnx_fail (node, LRP_ERROR_UNSUPPORTED, error,
                          _("resizing that smoothes (“antialias”) or keeps proportions is not supported"));
  layer->resize.interpolation = interpolation;
  layer->resize.coordinates = coordinate;
  layer->resize.rounding = old ? LRP_RESIZE_OUTWARD : rounding;
  return read_extents (import, node, &layer->resize, error)
         && lrp_onnx_finish (import, node, g_steal_pointer (&layer), in, error);
}

/**
 * lrp_onnx_upsample:
 * @import: the network so far
 * @op: the operator's row
 * @node: an Upsample, what Resize was called until opset 9; its scales were an attribute until 8
 * @error: return location for an error
 *
 * Returns: whether the node became a layer
 */
gboolean
lrp_onnx_upsample (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  g_autoptr (LrpLayer) layer = lrp_layer_new (LRP_OP_RESIZE, node->name);
  const LrpAttributeProto *attribute = lrp_onnx_attribute (node, "scales");
  guint in, interpolation = 0, axes[LRP_MAX_RANK], n;
  float values[LRP_MAX_RANK];
  const LrpTensor *floats;

  if (!lrp_onnx_get_layer (node, 0, &in, error)
      || !read_word (node, "mode", interpolations, LRP_RESIZE_NEAREST, &interpolation, error)
      || !read_axes (node, lrp_onnx_get_shape (import, node, 0)->rank, axes, &n, error))
    return FALSE;
  layer->resize =
      (LrpResize){ .interpolation = interpolation, .coordinates = LRP_RESIZE_ASYMMETRIC, .rounding = LRP_RESIZE_FLOOR };
  if (lrp_onnx_has_input (node, 1))
    {
      floats = lrp_onnx_get_floats (node, 1, error);
      if (!floats || !read_scales (node, floats->data, floats->count, axes, n, &layer->resize, error))
        return FALSE;
    }
  else
    {
      if (!check_count (node, attribute ? attribute->floats.count : 0, n, error))
        return FALSE;
      lrp_wire_get_floats (&attribute->floats, values);
      if (!read_scales (node, values, n, axes, n, &layer->resize, error))
        return FALSE;
    }
  return lrp_onnx_finish (import, node, g_steal_pointer (&layer), in, error);
}
