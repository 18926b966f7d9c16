/* SPDX-License-Identifier: GPL-3.0-or-later */
/* conv.c: convolution: z [N, K, P, Q] = x [N, C, H, W] * w [K, C / group, R, S] + b [K]; and the transposed one, whose
 * weights are [C, K / group, R, S]: it hands down what the other hands back */
#include "config.h"

#include "lrp/engine/linear.h"
#include "lrp/ops/functions.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

static gboolean
check_weights (const LrpLayer *layer, const LrpShape *in, GError **error)
{
  const LrpShape *w = layer->weights ? &layer->weights->shape : NULL;
  gint64 group = layer->window.group, outputs, inputs; /* inputs: that the weights are for */
  gboolean turned = layer->kind == LRP_OP_CONV_TRANSPOSE, groups;
  g_autofree char *x_text = lrp_shape_to_string (in), *w_text = w ? lrp_shape_to_string (w) : g_strdup ("nothing");

  if (in->rank != 4 || !w || w->rank != 4)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE,
                   _("a two-dimensional convolution needs 4 dimensions, not %s with weights %s"), x_text, w_text);
      return FALSE;
    }
  groups = group >= 1 && group < LRP_MAX_ELEMENTS && in->dims[1] % group == 0;
  outputs = turned && groups ? w->dims[1] * group : w->dims[0];
  if (!groups || outputs % group != 0)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE,
                   _("group count %" PRId64 " does not divide %" PRId64 " input and %" PRId64 " output channels"),
                   group, in->dims[1], outputs);
      return FALSE;
    }
  inputs = turned ? w->dims[0] : w->dims[1] * group;
  if (inputs != in->dims[1] || w->dims[2] != layer->window.kernel[0] || w->dims[3] != layer->window.kernel[1]
      || (layer->bias && layer->bias->count != (gsize) outputs))
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE,
                   _("weights %s do not fit input %s with %" PRId64 " groups, or the bias does not fit the weights"),
                   w_text, x_text, group);
      return FALSE;
    }
  return TRUE;
}

static gboolean
conv_shape (const LrpLayer *layer, const LrpShape *in, LrpShape *out, GError **error)
{
  LrpWindow window = layer->window;

  if (!check_weights (layer, in, error))
    return FALSE;
  *out = LRP_SHAPE (in->dims[0], layer->weights->shape.dims[0], 1, 1);
  return lrp_window_resolve (&window, in->dims + 2, out->dims + 2, error);
}

static gboolean
conv_compile (LrpStep *step, gsize *out_block, GError **error)
{
  gint64 out[2];
  LrpParts *map;

  step->window = step->layer->window;
  if (!lrp_window_resolve (&step->window, step->x[0].shape.dims + 2, out, error))
    return FALSE;
  map = lrp_parts_new_conv (&step->x[0].shape, &step->y.shape, &step->window, FALSE, error);
  return map && lrp_linear_compile (step, map, out_block, error);
}

static gboolean
conv_transpose_shape (const LrpLayer *layer, const LrpShape *in, LrpShape *out, GError **error)
{
  LrpWindow window = layer->window;

  if (!check_weights (layer, in, error))
    return FALSE;
  *out = LRP_SHAPE (in->dims[0], lrp_layer_n_outputs (layer), 1, 1);
  return lrp_window_resolve_transposed (&window, in->dims + 2, out->dims + 2, error);
}

static gboolean
conv_transpose_compile (LrpStep *step, gsize *out_block, GError **error)
{
  gint64 out[2];
  LrpParts *map;

  step->window = step->layer->window;
  if (!lrp_window_resolve_transposed (&step->window, step->x[0].shape.dims + 2, out, error))
    return FALSE;
  map = lrp_parts_new_conv (&step->x[0].shape, &step->y.shape, &step->window, TRUE, error);
  return map && lrp_linear_compile (step, map, out_block, error);
}

const LrpOp lrp_op_conv = {
  .name = "conv",
  LRP_ONE_INPUT,
  .shape = conv_shape,
  .compile = conv_compile,
  LRP_LINEAR,
  .windowed = TRUE,
};

const LrpOp lrp_op_conv_transpose = {
  .name = "conv-transpose",
  LRP_ONE_INPUT,
  .shape = conv_transpose_shape,
  .compile = conv_transpose_compile,
  LRP_LINEAR,
  .windowed = TRUE,
};
