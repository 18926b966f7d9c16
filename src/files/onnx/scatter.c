/* SPDX-License-Identifier: GPL-3.0-or-later */
/* scatter.c: constants of which parts are written over, as masks of attention are made */
#include "config.h"

#include "files/onnx/op.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/* What is written where: rows of `inner` numbers, each at a place that `depth` indices give. */
typedef struct
{
  const LrpConstant *data, *indices, *updates;
  gsize rows, depth, inner;
} Scatter;

/* Checks that the shapes of data, indices and updates belong together. */
static gboolean
fits (Scatter *s)
{
  const LrpShape *data = &s->data->shape, *indices = &s->indices->shape, *updates = &s->updates->shape;
  guint outer = indices->rank ? indices->rank - 1 : 0;

  if (indices->rank < 1 || s->indices->floats || indices->dims[outer] < 1 || indices->dims[outer] > data->rank
      || (s->updates->count > 0 && !s->data->floats != !s->updates->floats))
    return FALSE;
  s->depth = (gsize) indices->dims[outer];
  if (updates->rank != outer + data->rank - s->depth)
    return FALSE;
  s->rows = s->inner = 1;
  for (guint i = 0; i < outer; i++)
    s->rows *= (gsize) indices->dims[i];
  for (guint i = (guint) s->depth; i < data->rank; i++)
    s->inner *= (gsize) data->dims[i];
  for (guint i = 0; i < updates->rank; i++)
    if (updates->dims[i] != (i < outer ? indices->dims[i] : data->dims[i - outer + s->depth]))
      return FALSE;
  return TRUE;
}

/* Where a row begins in the data; -1 if that is outside. */
static gint64
row_at (const Scatter *s, gsize row)
{
  gint64 at = 0;

  for (gsize k = 0; k < s->depth; k++)
    {
      gint64 length = s->data->shape.dims[k], place = s->indices->ints[row * s->depth + k];
      if (place < -length || place >= length)
        return -1;
      at = at * length + (place < 0 ? place + length : place);
    }
  return at * (gint64) s->inner;
}

/**
 * lrp_onnx_scatter_nd:
 * @import: the network so far
 * @op: the operator's row
 * @node: a ScatterND between constants
 * @error: return location for an error
 *
 * Returns: whether the node became a constant
 */
gboolean
lrp_onnx_scatter_nd (LrpOnnxImport *import, const LrpOnnxOp *op, const LrpOnnxNode *node, GError **error)
{
  g_autoptr (LrpConstant) result = NULL;
  Scatter s = { 0 };

  if (!lrp_onnx_string_is (node, "reduction", "none", TRUE))
    return lrp_onnx_fail (node, LRP_ERROR_UNSUPPORTED, error, _("“reduction” is not supported"));
  if (!(s.data = lrp_onnx_get_constant (node, 0, error)) || !(s.indices = lrp_onnx_get_constant (node, 1, error))
      || !(s.updates = lrp_onnx_get_constant (node, 2, error)))
    return FALSE;
  if (!fits (&s))
    return lrp_onnx_fail (node, LRP_ERROR_SHAPE, error, _("places and numbers do not fit what they are written over"));
  if (!(result = lrp_constant_reshape (s.data, &s.data->shape, error)))
    return FALSE;
  for (gsize row = 0; row < s.rows && s.inner > 0; row++)
    {
      gint64 at = row_at (&s, row);
      if (at < 0)
        return lrp_onnx_fail (node, LRP_ERROR_RANGE, error, _("a place is outside the constant"));
      if (result->floats)
        memcpy (result->floats->data + at, s.updates->floats->data + row * s.inner, s.inner * sizeof (float));
      else
        memcpy (result->ints + at, s.updates->ints + row * s.inner, s.inner * sizeof (gint64));
    }
  return lrp_onnx_finish_constant (node, g_steal_pointer (&result));
}
