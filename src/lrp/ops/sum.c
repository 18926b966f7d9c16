/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sum.c: branches that meet: added up, or side by side */
#include "config.h"

#include "lrp/ops/functions.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

static gboolean
sum_shape (const LrpLayer *layer, const LrpShape *in, LrpShape *out, GError **error)
{
  return lrp_spread_shape (in, layer->n_inputs, out, error);
}

/* Adds an input that is repeated along some axes. */
static void
add_spread (LrpStep *step, guint k)
{
  LrpSpread spread = lrp_spread_new (&step->x[k].shape, &step->y.shape);
  gsize length, rows = lrp_spread_rows (&spread, &length);
  gint64 stride = spread.stride[spread.out.rank - 1];
  float *y = step->y.data;

  for (gsize row = 0; row < rows; row++, y += length)
    {
      const float *x = step->x[k].data + lrp_spread_row (&spread, row);
      for (gsize i = 0; i < length; i++)
        y[i] += x[(gint64) i * stride];
    }
}

static void
sum_forward (LrpStep *step)
{
  gsize size = lrp_layout_size (&step->y.layout);

  memset (step->y.data, 0, size * sizeof (float));
  for (guint k = 0; k < step->n_inputs; k++)
    if (!lrp_shape_equal (&step->x[k].shape, &step->y.shape))
      add_spread (step, k);
    else
      for (gsize i = 0; i < size; i++)
        step->y.data[i] += step->x[k].data[i];
}

/* Gives an input that is repeated along some axes all that its copies get. */
static void
collect_spread (LrpStep *step, const LrpBackward *call, const float *share, guint k)
{
  LrpSpread spread = lrp_spread_new (&step->x[k].shape, &step->y.shape);
  gsize size = lrp_shape_elements (&step->x[k].shape);

  lrp_spread_collect (&spread, &step->x[k], share, call->rx[k]);
  for (gsize i = 0; i < size && !call->gradient; i++)
    call->rx[k][i] *= step->x[k].data[i];
}

/* Each branch in proportion to its value: R_i = a_i R / stab (sum a). */
static void
sum_backward (LrpStep *step, const LrpBackward *call)
{
  gsize size = lrp_layout_size (&step->y.layout);
  const float *share = call->gradient ? step->r.data : lrp_share_output (step, call, step->r.data, step->y.data);

  for (guint k = 0; k < step->n_inputs; k++)
    if (!lrp_shape_equal (&step->x[k].shape, &step->y.shape))
      collect_spread (step, call, share, k);
    else
      for (gsize i = 0; i < size; i++)
        call->rx[k][i] = call->gradient ? share[i] : share[i] * step->x[k].data[i];
}

static gboolean
concat_shape (const LrpLayer *layer, const LrpShape *in, LrpShape *out, GError **error)
{
  guint axis = (guint) layer->axis;

  if (layer->axis < 0 || axis >= in->rank)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE, _("axis %" PRId64 " is outside an input of rank %u"),
                   layer->axis, in->rank);
      return FALSE;
    }
  *out = in[0];
  for (guint i = 1; i < layer->n_inputs; i++)
    {
      LrpShape same = in[i];
      if (same.rank == in->rank)
        same.dims[axis] = in->dims[axis];
      if (!lrp_shape_equal (&in[0], &same))
        {
          g_autofree char *a = lrp_shape_to_string (&in[0]), *b = lrp_shape_to_string (&in[i]);
          g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE, _("cannot join %s and %s along axis %u"), a, b, axis);
          return FALSE;
        }
      out->dims[axis] += in[i].dims[axis];
    }
  return TRUE;
}

/* Channels can be joined in blocks if every part fills its blocks. */
static gboolean
concat_compile (LrpStep *step, gsize *out_block, GError **error)
{
  gsize block = step->x[0].layout.block;

  for (guint i = 0; i < step->n_inputs; i++)
    if (step->layer->axis != 1 || (gsize) step->x[i].shape.dims[1] % block != 0)
      block = 1;
  *out_block = step->in_block = block;
  return TRUE;
}

/* Rows of all inputs lie one after another: `outer` rows, input i gives `chunk` floats to each. */
static void
concat_extent (const LrpStep *step, guint i, gsize *outer, gsize *chunk)
{
  *outer = 1;
  for (gint64 d = 0; d < step->layer->axis; d++)
    *outer *= (gsize) step->y.shape.dims[d];
  *chunk = lrp_layout_size (&step->x[i].layout) / *outer;
}

static void
concat_forward (LrpStep *step)
{
  gsize outer, chunk, row, at = 0;

  concat_extent (step, 0, &outer, &chunk);
  row = lrp_layout_size (&step->y.layout) / outer;
  for (guint i = 0; i < step->n_inputs; i++, at += chunk)
    {
      concat_extent (step, i, &outer, &chunk);
      for (gsize o = 0; o < outer; o++)
        memcpy (step->y.data + o * row + at, step->x[i].data + o * chunk, chunk * sizeof (float));
    }
}

static void
concat_backward (LrpStep *step, const LrpBackward *call)
{
  gsize outer, chunk, row, at = 0;

  concat_extent (step, 0, &outer, &chunk);
  row = lrp_layout_size (&step->y.layout) / outer;
  for (guint i = 0; i < step->n_inputs; i++, at += chunk)
    {
      concat_extent (step, i, &outer, &chunk);
      for (gsize o = 0; o < outer; o++)
        memcpy (call->rx[i] + o * chunk, step->r.data + o * row + at, chunk * sizeof (float));
    }
}

const LrpOp lrp_op_sum = {
  .name = "sum",
  .min_inputs = 2,
  .max_inputs = G_MAXUINT,
  .sign = LRP_SIGN_FOLLOWS,
  .shape = sum_shape,
  .compile = lrp_spread_compile,
  .forward = sum_forward,
  .backward = sum_backward,
};

const LrpOp lrp_op_concat = {
  .name = "concat",
  .min_inputs = 1,
  .max_inputs = G_MAXUINT,
  .sign = LRP_SIGN_FOLLOWS,
  .shape = concat_shape,
  .compile = concat_compile,
  .forward = concat_forward,
  .backward = concat_backward,
  .gating = LRP_GATING_KEEPS,
};
