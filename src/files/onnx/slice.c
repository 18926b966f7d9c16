/* SPDX-License-Identifier: GPL-3.0-or-later */
/* slice.c: operators that take parts: Slice, Split, Gather. Of constants they are carried out at once. */
#include "config.h"

#include "files/onnx/op.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/* The most single places that a Gather of activations may name: each is a layer. */
#define MAX_PLACES 4096

/* A part of one axis. */
typedef struct
{
  guint axis;
  gint64 begin, end, step;
} Cut;

/**
 * lrp_onnx_slice_layer:
 * @name: what the layer is called
 * @rank: dimensions of what it reads
 * @axis: the axis that is cut
 * @begin: the first place
 * @end: the place after the last one
 *
 * Returns: (transfer full): a slice that takes all of the other axes
 */
LrpLayer *
lrp_onnx_slice_layer (const char *name, guint rank, guint axis, gint64 begin, gint64 end)
{
  LrpLayer *layer = lrp_layer_new (LRP_OP_SLICE, name);

  for (guint i = 0; i < rank; i++)
    {
      layer->slice.begin[i] = i == axis ? begin : 0;
      layer->slice.end[i] = i == axis ? end : G_MAXINT64;
      layer->slice.step[i] = 1;
    }
  return layer;
}

static gint64
cut_length (const Cut *cut)
{
  gint64 way = cut->step > 0 ? cut->end - cut->begin : cut->begin - cut->end;

  return way > 0 ? (way - 1) / (cut->step > 0 ? cut->step : -MAX (cut->step, -G_MAXINT64)) + 1 : 0;
}

/* Negative places count from the end; those outside are moved to the edge. */
static void
clamp_cut (Cut *cut, gint64 length)
{
  gint64 low = cut->step > 0 ? 0 : -1, high = cut->step > 0 ? length : length - 1;

  cut->begin = CLAMP (cut->begin < 0 ? cut->begin + length : cut->begin, 0, high);
  cut->end = CLAMP (cut->end < 0 ? cut->end + length : cut->end, low, high);
}

static gboolean
check_samples (const LrpOnnxImport *import, const LrpOnnxNode *node, guint in, guint axis, GError **error)
{
  if ((int) axis != lrp_layer_batch_axis (lrp_network_get_layer (import->network, in)))
    return TRUE;
  return lrp_onnx_fail (node, LRP_ERROR_UNSUPPORTED, error,
                        _("it takes some samples out of the batch (dimension %u); this is not supported"), axis);
}

static LrpConstant *
cut_constant (const LrpConstant *constant, const Cut *cuts, guint n, GError **error)
{
  LrpShape shape = constant->shape;
  gint64 strides[LRP_MAX_RANK], stride = 1, first = 0;

  for (guint i = shape.rank; i-- > 0; stride *= constant->shape.dims[i])
    strides[i] = stride;
  for (guint i = 0; i < n; i++)
    {
      shape.dims[cuts[i].axis] = cut_length (&cuts[i]);
      first += cuts[i].begin * strides[cuts[i].axis];
      if (shape.dims[cuts[i].axis] > 1)
        strides[cuts[i].axis] *= cuts[i].step;
    }
  return lrp_constant_view (constant, &shape, first, strides, error);
}

static gboolean
cut_layer (LrpOnnxImport *import, const LrpOnnxNode *node, const Cut *cuts, guint n, GError **error)
{
  const LrpShape *shape = lrp_onnx_get_shape (import, node, 0);
  g_autoptr (LrpLayer) layer = lrp_onnx_slice_layer (node->name, shape->rank, shape->rank, 0, 0);
  guint in, cut = 0;

  if (!lrp_onnx_get_layer (node, 0, &in, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      const Cut *c = &cuts[i];
      if (c->begin == 0 && c->end == shape->dims[c->axis] && c->step == 1)
        continue;
      if (!check_samples (import, node, in, c->axis, error))
        return FALSE;
      layer->slice.begin[c->axis] = c->begin;
      layer->slice.end[c->axis] = c->end;
      layer->slice.step[c->axis] = c->step;
      cut++;
    }
  if (cut == 0)
    layer->kind = LRP_OP_IDENTITY;
  return lrp_onnx_finish (import, node, g_steal_pointer (&layer), in, error);
}

/* The numbers of a Slice: attributes until opset 9, inputs from 10 on. */
static gboolean
read_numbers (const LrpOnnxNode *node, const char *attribute, guint input, gint64 *out, guint *n, GError **error)
{
  *n = 0;
  if (lrp_onnx_attribute (node, attribute))
    return lrp_onnx_ints (node, attribute, out, LRP_MAX_RANK, n, error);
  return !lrp_onnx_has_input (node, input) || lrp_onnx_get_ints (node, input, out, LRP_MAX_RANK, n, error);
}

static gboolean
read_cuts (const LrpOnnxNode *node, const LrpShape *shape, Cut *cuts, guint *n, GError **error)
{
  gint64 begins[LRP_MAX_RANK], ends[LRP_MAX_RANK], axes[LRP_MAX_RANK], steps[LRP_MAX_RANK];
  guint n_ends, n_axes, n_steps, seen = 0;

  if (!read_numbers (node, "starts", 1, begins, n, error) || !read_numbers (node, "ends", 2, ends, &n_ends, error)
      || !read_numbers (node, "axes", 3, axes, &n_axes, error)
      || !read_numbers (node, "steps", 4, steps, &n_steps, error))
    return FALSE;
  if (*n == 0 || n_ends != *n || (n_axes > 0 && n_axes != *n) || (n_steps > 0 && n_steps != *n) || *n > shape->rank)
    return lrp_onnx_fail (node, LRP_ERROR_DAMAGED, error, _("starts, ends, axes and steps do not fit each other"));
  for (guint i = 0; i < *n; i++)
    {
      cuts[i] = (Cut){ i, begins[i], ends[i], n_steps ? steps[i] : 1 };
      if (n_axes && !lrp_onnx_axis (node, axes[i], shape->rank, &cuts[i].axis, error))
        return FALSE;
      if (cuts[i].step == 0 || seen >> cuts[i].axis & 1)
        return lrp_onnx_fail (node, LRP_ERROR_RANGE, error, _("a step is 0, or an axis is given twice"));
      seen |= 1u << cuts[i].axis;
      clamp_cut (&cuts[i], shape->dims[cuts[i].axis]);
    }
  return TRUE;
}

/**
 * lrp_onnx_slice:
 * @import: the network so far
 * @op: the operator's row
 * @node: a Slice at constant places
 * @error: return location for an error
 *
 * Returns: whether the node became a layer or a constant
 */
gboolean
lrp_onnx_slice (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  const LrpConstant *constant = NULL;
  Cut cuts[LRP_MAX_RANK];
  guint n, in;

  if (lrp_onnx_is_constant (node, 0) ? !(constant = lrp_onnx_get_constant (node, 0, error))
                                     : !lrp_onnx_get_layer (node, 0, &in, error))
    return FALSE;
  if (!read_cuts (node, constant ? &constant->shape : lrp_onnx_get_shape (import, node, 0), cuts, &n, error))
    return FALSE;
  return constant ? lrp_onnx_finish_constant (node, cut_constant (constant, cuts, n, error))
                  : cut_layer (import, node, cuts, n, error);
}

/* How long each part is: given, or equal parts of which the last may be shorter (opset 18). */
static gboolean
read_split (const LrpOnnxNode *node, gint64 length, gint64 *parts, GError **error)
{
  guint n = 0;
  gint64 sum = 0, each;
  gboolean given = lrp_onnx_attribute (node, "split") || lrp_onnx_has_input (node, 1);

  if (lrp_onnx_attribute (node, "split") ? !lrp_onnx_ints (node, "split", parts, node->n_outputs, &n, error)
                                         : given && !lrp_onnx_get_ints (node, 1, parts, node->n_outputs, &n, error))
    return FALSE;
  each = (length + node->n_outputs - 1) / node->n_outputs;
  for (guint i = 0; i < node->n_outputs && !given; i++)
    parts[i] = CLAMP (length - (gint64) i * each, 0, each);
  if (!given && length % node->n_outputs != 0 && !lrp_onnx_attribute (node, "num_outputs"))
    return lrp_onnx_fail (node, LRP_ERROR_SHAPE, error, _("%" PRId64 " places cannot be split into %u equal parts"),
                          length, node->n_outputs);
  for (guint i = 0; i < node->n_outputs; i++)
    if ((given && n != node->n_outputs) || parts[i] < 0 || parts[i] > length - sum)
      return lrp_onnx_fail (node, LRP_ERROR_SHAPE, error, _("the parts do not add up to %" PRId64 " places"), length);
    else
      sum += parts[i];
  return sum == length
         || lrp_onnx_fail (node, LRP_ERROR_SHAPE, error, _("the parts do not add up to %" PRId64 " places"), length);
}

static gboolean
finish_part (LrpOnnxImport *import, const LrpOnnxNode *node, guint i, const Cut *cut, GError **error)
{
  g_autofree char *name = g_strdup_printf ("%s/%u", node->name, i);
  const LrpConstant *constant = lrp_onnx_is_constant (node, 0) ? lrp_onnx_get_constant (node, 0, error) : NULL;
  guint in;

  if (constant)
    return (node->outputs[i]->constant = cut_constant (constant, cut, 1, error)) != NULL;
  if (!lrp_onnx_get_layer (node, 0, &in, error)
      || (node->n_outputs > 1 && !check_samples (import, node, in, cut->axis, error))
      || !lrp_onnx_push (import,
                         lrp_onnx_slice_layer (name, lrp_onnx_get_shape (import, node, 0)->rank, cut->axis, cut->begin,
                                               node->n_outputs > 1 ? cut->end : G_MAXINT64),
                         &in, error))
    return FALSE;
  node->outputs[i]->layer = (int) in;
  return TRUE;
}

/**
 * lrp_onnx_split:
 * @import: the network so far
 * @op: the operator's row
 * @node: a Split into parts of known length
 * @error: return location for an error
 *
 * Returns: whether the node became layers or constants
 */
gboolean
lrp_onnx_split (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  const LrpConstant *constant = NULL;
  const LrpShape *shape;
  g_autofree gint64 *parts = g_new (gint64, node->n_outputs);
  Cut cut = { .step = 1 };
  guint in;

  if (lrp_onnx_is_constant (node, 0) ? !(constant = lrp_onnx_get_constant (node, 0, error))
                                     : !lrp_onnx_get_layer (node, 0, &in, error))
    return FALSE;
  shape = constant ? &constant->shape : lrp_onnx_get_shape (import, node, 0);
  if (!lrp_onnx_axis (node, lrp_onnx_int (node, "axis", 0), shape->rank, &cut.axis, error)
      || !read_split (node, shape->dims[cut.axis], parts, error))
    return FALSE;
  for (guint i = 0; i < node->n_outputs; i++)
    {
      cut.end = cut.begin + parts[i];
      if (node->outputs[i] && node->outputs[i]->needed && !finish_part (import, node, i, &cut, error))
        return FALSE;
      cut.begin = cut.end;
    }
  return TRUE;
}

/* The places that a Gather names, from 0, none outside. */
static gint64 *
read_places (const LrpOnnxNode *node, gint64 length, const LrpConstant **indices, GError **error)
{
  gint64 *places;

  *indices = lrp_onnx_get_constant (node, 1, error);
  if (!*indices)
    return NULL;
  if ((*indices)->floats || (*indices)->count == 0)
    {
      lrp_onnx_fail (node, LRP_ERROR_SHAPE, error, _("the places must be whole numbers, at least one"));
      return NULL;
    }
  places = g_memdup2 ((*indices)->ints, (*indices)->count * sizeof *places);
  for (gsize i = 0; i < (*indices)->count; i++)
    {
      if (places[i] < -length || places[i] >= length)
        {
          lrp_onnx_fail (node, LRP_ERROR_RANGE, error, _("place %" PRId64 " is outside an axis of length %" PRId64),
                         places[i], length);
          g_free (places);
          return NULL;
        }
      places[i] += places[i] < 0 ? length : 0;
    }
  return places;
}

/* The shape of a result: the axis becomes the axes of the indices. */
static gboolean
gathered_shape (const LrpOnnxNode *node, const LrpShape *in, guint axis, const LrpShape *indices, LrpShape *out,
                GError **error)
{
  *out = (LrpShape){ .rank = in->rank - 1 + indices->rank };
  if (out->rank > LRP_MAX_RANK)
    return lrp_onnx_fail (node, LRP_ERROR_SHAPE, error, _("the result has more than %d dimensions"), LRP_MAX_RANK);
  for (guint i = 0; i < out->rank; i++)
    out->dims[i] = i < axis                   ? in->dims[i]
                   : i < axis + indices->rank ? indices->dims[i - axis]
                                              : in->dims[i + 1 - indices->rank];
  return TRUE;
}

static LrpConstant *
gather_constant (const LrpConstant *constant, guint axis, const gint64 *places, gsize n, const LrpShape *shape,
                 GError **error)
{
  LrpConstant *result = lrp_constant_new_zeros (shape, constant->floats != NULL, error);
  gsize inner = 1, length = (gsize) constant->shape.dims[axis];

  for (guint i = axis + 1; i < constant->shape.rank; i++)
    inner *= (gsize) constant->shape.dims[i];
  for (gsize i = 0; result && i < result->count; i++)
    {
      gsize at = (i / inner / n * length + (gsize) places[i / inner % n]) * inner + i % inner;
      if (constant->floats)
        result->floats->data[i] = constant->floats->data[at];
      else
        result->ints[i] = constant->ints[at];
    }
  return result;
}

/* One place as a slice; several as slices side by side, or as one where they follow each other evenly. */
static gboolean
push_places (LrpOnnxImport *import, const LrpOnnxNode *node, guint axis, const gint64 *places, gsize n, guint *in,
             GError **error)
{
  guint rank = lrp_onnx_get_shape (import, node, 0)->rank;
  g_autofree guint *parts = g_new (guint, n);
  LrpLayer *layer;
  gboolean even = TRUE;

  for (gsize i = 2; i < n; i++)
    even = even && places[i] - places[i - 1] == places[1] - places[0];
  if (n == 1 || (even && places[1] != places[0]))
    {
      gint64 step = n == 1 ? 1 : places[1] - places[0];
      layer = lrp_onnx_slice_layer (node->name, rank, axis, places[0], places[n - 1] + (step > 0 ? 1 : -1));
      layer->slice.step[axis] = step;
      return lrp_onnx_push (import, layer, in, error);
    }
  for (gsize i = 0; i < n; i++)
    {
      parts[i] = *in;
      if (!lrp_onnx_push (import, lrp_onnx_slice_layer (node->name, rank, axis, places[i], places[i] + 1), &parts[i],
                          error))
        return FALSE;
    }
  layer = lrp_layer_new (LRP_OP_CONCAT, node->name);
  layer->axis = axis;
  return lrp_onnx_push_many (import, layer, parts, (guint) n, in, error);
}

/**
 * lrp_onnx_gather:
 * @import: the network so far
 * @op: the operator's row
 * @node: a Gather at constant places
 * @error: return location for an error
 *
 * Returns: whether the node became layers or a constant
 */
gboolean
lrp_onnx_gather (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  const LrpConstant *constant = NULL, *indices;
  const LrpShape *shape;
  g_autofree gint64 *places = NULL;
  LrpShape out;
  guint axis, in;

  if (lrp_onnx_is_constant (node, 0) ? !(constant = lrp_onnx_get_constant (node, 0, error))
                                     : !lrp_onnx_get_layer (node, 0, &in, error))
    return FALSE;
  shape = constant ? &constant->shape : lrp_onnx_get_shape (import, node, 0);
  if (!lrp_onnx_axis (node, lrp_onnx_int (node, "axis", 0), shape->rank, &axis, error)
      || !(places = read_places (node, shape->dims[axis], &indices, error))
      || !gathered_shape (node, shape, axis, &indices->shape, &out, error))
    return FALSE;
  if (constant)
    return lrp_onnx_finish_constant (node, gather_constant (constant, axis, places, indices->count, &out, error));
  if (indices->count > MAX_PLACES)
    return lrp_onnx_fail (node, LRP_ERROR_UNSUPPORTED, error, _("it takes %zu places, at most %d are supported"),
                          indices->count, MAX_PLACES);
  if (!check_samples (import, node, in, axis, error)
      || !push_places (import, node, axis, places, indices->count, &in, error))
    return FALSE;
  for (guint i = 0; i < out.rank; i++)
    if (i < axis && (int) i == lrp_layer_batch_axis (lrp_network_get_layer (import->network, in)))
      out.dims[i] = -1;
    else if (i >= axis + indices->shape.rank
             && (int) (i + 1 - indices->shape.rank)
                    == lrp_layer_batch_axis (lrp_network_get_layer (import->network, in)))
      out.dims[i] = -1;
  if (indices->shape.rank == 1)
    {
      node->outputs[0]->layer = (int) in;
      return TRUE;
    }
  return lrp_onnx_finish (import, node, lrp_onnx_reshape_layer (import, node->name, &out, in), in, error);
}
