/* SPDX-License-Identifier: GPL-3.0-or-later */
/* slice.c: a part of every axis, forwards or backwards; relevance and gradient follow the numbers back */
#include "config.h"

#include "lrp/ops/functions.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/* Where an axis of that length is begun; its end is beyond the last place. */
static gint64
clamp_begin (const LrpLayer *layer, guint axis, gint64 length)
{
  return CLAMP (layer->slice.begin[axis], 0, layer->slice.step[axis] < 0 ? length - 1 : length);
}

/* How many places of an axis are taken. */
static gint64
count_places (const LrpLayer *layer, guint axis, gint64 length)
{
  gint64 begin = clamp_begin (layer, axis, length), end = layer->slice.end[axis], step = layer->slice.step[axis];

  if (step < 0)
    return MAX (0, (begin - CLAMP (end, -1, begin) - 1) / -MAX (step, -length) + (begin > end));
  return MAX (0, (CLAMP (end, begin, length) - begin - 1) / MIN (step, length) + (MIN (end, length) > begin));
}

static gboolean
slice_shape (const LrpLayer *layer, const LrpShape *in, LrpShape *out, GError **error)
{
  *out = *in;
  for (guint i = 0; i < in->rank; i++)
    {
      if (layer->slice.step[i] == 0)
        {
          g_set_error (error, LRP_ERROR, LRP_ERROR_RANGE, _("the step along axis %u is 0"), i);
          return FALSE;
        }
      out->dims[i] = count_places (layer, i, in->dims[i]);
      if (out->dims[i] < 1)
        {
          g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE,
                       _("from %" PRId64 " to %" PRId64 " there is nothing on axis %u of length %" PRId64),
                       layer->slice.begin[i], layer->slice.end[i], i, in->dims[i]);
          return FALSE;
        }
    }
  return TRUE;
}

static LrpSpread
make_spread (const LrpStep *step)
{
  const LrpShape *in = &step->x[0].shape;
  LrpSpread spread = { .out = step->y.shape };
  gint64 stride = 1;

  for (guint i = in->rank; i-- > 0; stride *= in->dims[i])
    {
      spread.first += clamp_begin (step->layer, i, in->dims[i]) * stride;
      spread.stride[i] = spread.out.dims[i] > 1 ? step->layer->slice.step[i] * stride : stride;
    }
  return spread;
}

static void
slice_forward (LrpStep *step)
{
  LrpSpread spread = make_spread (step);
  gsize length, rows = lrp_spread_rows (&spread, &length);
  gint64 stride = spread.stride[spread.out.rank - 1];
  float *y = step->y.data;

  for (gsize row = 0; row < rows; row++, y += length)
    {
      const float *x = step->x[0].data + lrp_spread_row (&spread, row);
      for (gsize i = 0; i < length; i++)
        y[i] = x[(gint64) i * stride];
    }
}

static void
slice_backward (LrpStep *step, const LrpBackward *call)
{
  LrpSpread spread = make_spread (step);

  lrp_spread_collect (&spread, &step->x[0], step->r.data, call->rx[0]);
}

const LrpOp lrp_op_slice = {
  .name = "slice",
  LRP_ONE_INPUT,
  .sign = LRP_SIGN_FOLLOWS,
  .shape = slice_shape,
  .compile = lrp_plain_compile,
  .forward = slice_forward,
  .backward = slice_backward,
  .gating = LRP_GATING_KEEPS,
};
