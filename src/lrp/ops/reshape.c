/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reshape.c: numbers that only move: relevance and gradient follow them back */
#include "config.h"

#include "lrp/ops/functions.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

static gboolean
flatten_shape (const LrpLayer *layer, const LrpShape *in, LrpShape *out, GError **error)
{
  if (layer->axis < 0 || layer->axis > in->rank)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE, _("axis %" PRId64 " is outside an input of rank %u"),
                   layer->axis, in->rank);
      return FALSE;
    }
  *out = LRP_SHAPE (1, 1);
  for (guint i = 0; i < in->rank; i++)
    out->dims[i >= layer->axis] *= in->dims[i];
  return TRUE;
}

static gboolean
reshape_shape (const LrpLayer *layer, const LrpShape *in, LrpShape *out, GError **error)
{
  gsize known = 1, count = lrp_shape_elements (in);
  int rest = -1;
  gboolean fits = TRUE;

  *out = layer->target;
  for (guint i = 0; i < out->rank && fits; i++)
    {
      if (out->dims[i] == 0 && i < in->rank)
        out->dims[i] = in->dims[i];
      if (out->dims[i] == -1 && rest < 0)
        rest = (int) i;
      else
        fits = out->dims[i] > 0 && g_size_checked_mul (&known, known, (gsize) out->dims[i]);
    }
  if (fits && rest >= 0)
    out->dims[rest] = (gint64) (count / known);
  if (!fits || known * (rest >= 0 ? count / known : 1) != count)
    {
      g_autofree char *a = lrp_shape_to_string (in), *b = lrp_shape_to_string (&layer->target);
      g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE, _("%s cannot be reshaped to %s"), a, b);
      return FALSE;
    }
  return TRUE;
}

static gboolean
transpose_shape (const LrpLayer *layer, const LrpShape *in, LrpShape *out, GError **error)
{
  guint seen = 0;

  *out = *in;
  for (guint i = 0; i < in->rank; i++)
    {
      if (layer->perm[i] >= in->rank || seen & 1u << layer->perm[i])
        {
          g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE, _("the axes to transpose are not the %u axes of the input"),
                       in->rank);
          return FALSE;
        }
      seen |= 1u << layer->perm[i];
      out->dims[i] = in->dims[layer->perm[i]];
    }
  return TRUE;
}

/* Walks the output in row-major order and says where in the input each element stands; strides are the input's, one
 * per output axis, and begin is where the output's first element would be. -1: nowhere (padding). */
typedef struct
{
  const LrpStep *step;
  gint64 stride[LRP_MAX_RANK];
} Walk;

static void
walk_init (Walk *walk, const LrpStep *step)
{
  const LrpShape *in = &step->x[0].shape;
  gint64 strides[LRP_MAX_RANK], stride = 1;

  walk->step = step;
  for (guint i = in->rank; i-- > 0; stride *= in->dims[i])
    strides[i] = stride;
  for (guint i = 0; i < in->rank; i++)
    walk->stride[i] = strides[step->layer->kind == LRP_OP_TRANSPOSE ? step->layer->perm[i] : i];
}

static gint64
walk_source (const Walk *walk, gsize index)
{
  const LrpShape *out = &walk->step->y.shape, *in = &walk->step->x[0].shape;
  gboolean pads = walk->step->layer->kind == LRP_OP_PAD;
  gint64 at = 0;

  for (guint i = out->rank; i-- > 0; index /= (gsize) out->dims[i])
    {
      gint64 place = (gint64) (index % (gsize) out->dims[i]) - (pads ? walk->step->layer->pad.begin[i] : 0);
      if (pads && (place < 0 || place >= in->dims[i]))
        return -1;
      at += place * walk->stride[i];
    }
  return at;
}

static void
move_forward (LrpStep *step)
{
  Walk walk;
  gsize size = lrp_layout_size (&step->y.layout);

  walk_init (&walk, step);
  for (gsize i = 0; i < size; i++)
    {
      gint64 at = walk_source (&walk, i);
      step->y.data[i] = at < 0 ? (float) step->layer->pad.value : step->x[0].data[at];
    }
}

static void
move_backward (LrpStep *step, const LrpBackward *call)
{
  Walk walk;
  gsize size = lrp_layout_size (&step->y.layout);

  walk_init (&walk, step);
  memset (call->rx[0], 0, lrp_layout_size (&step->x[0].layout) * sizeof (float));
  for (gsize i = 0; i < size; i++)
    {
      gint64 at = walk_source (&walk, i);
      if (at >= 0)
        call->rx[0][at] = step->r.data[i];
    }
}

static gboolean
pad_shape (const LrpLayer *layer, const LrpShape *in, LrpShape *out, GError **error)
{
  *out = *in;
  for (guint i = 0; i < in->rank; i++)
    {
      gint64 begin = layer->pad.begin[i], end = layer->pad.end[i];
      if (begin < -in->dims[i] || end < -in->dims[i] || begin >= LRP_MAX_ELEMENTS || end >= LRP_MAX_ELEMENTS
          || in->dims[i] + begin + end < 1)
        {
          g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE,
                       _("padding %" PRId64 " and %" PRId64 " does not fit axis %u of length %" PRId64), begin, end, i,
                       in->dims[i]);
          return FALSE;
        }
      out->dims[i] = in->dims[i] + begin + end;
    }
  return TRUE;
}

const LrpOp lrp_op_flatten = {
  .name = "flatten",
  LRP_ONE_INPUT,
  .sign = LRP_SIGN_FOLLOWS,
  .shape = flatten_shape,
  .compile = lrp_plain_compile,
  .forward = lrp_copy_forward,
  .backward = lrp_copy_backward,
  .gating = LRP_GATING_KEEPS,
};

const LrpOp lrp_op_reshape = {
  .name = "reshape",
  LRP_ONE_INPUT,
  .sign = LRP_SIGN_FOLLOWS,
  .shape = reshape_shape,
  .compile = lrp_plain_compile,
  .forward = lrp_copy_forward,
  .backward = lrp_copy_backward,
  .gating = LRP_GATING_KEEPS,
};

const LrpOp lrp_op_transpose = {
  .name = "transpose",
  LRP_ONE_INPUT,
  .sign = LRP_SIGN_FOLLOWS,
  .shape = transpose_shape,
  .compile = lrp_plain_compile,
  .forward = move_forward,
  .backward = move_backward,
  .gating = LRP_GATING_KEEPS,
};

const LrpOp lrp_op_pad = {
  .name = "pad",
  LRP_ONE_INPUT,
  .shape = pad_shape,
  .compile = lrp_plain_compile,
  .forward = move_forward,
  .backward = move_backward,
  .leak = LRP_LEAK_PADDING,
};
