/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dense.c: dense layer over the last axis: z [..., K] = x [..., C] w [K, C]^T + b [K] */
#include "config.h"

#include "lrp/engine/linear.h"
#include "lrp/ops/functions.h"

#include <glib/gi18n-lib.h>

static gboolean
dense_shape (const LrpLayer *layer, const LrpShape *in, LrpShape *out, GError **error)
{
  const LrpShape *w = layer->weights ? &layer->weights->shape : NULL;
  g_autofree char *x_text = lrp_shape_to_string (in), *w_text = w ? lrp_shape_to_string (w) : g_strdup ("nothing");

  if (in->rank < 2 || !w || w->rank != 2 || in->dims[in->rank - 1] != w->dims[1]
      || (layer->bias && layer->bias->count != (gsize) w->dims[0]))
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE,
                   _("weights %s (outputs x inputs) do not fit input %s, or the bias does not fit the weights"),
                   w_text, x_text);
      return FALSE;
    }
  *out = *in;
  out->dims[in->rank - 1] = w->dims[0];
  return TRUE;
}

static gboolean
dense_compile (LrpStep *step, gsize *out_block, GError **error)
{
  gsize c = (gsize) step->layer->weights->shape.dims[1], k = (gsize) step->layer->weights->shape.dims[0];
  LrpParts *map = lrp_parts_new_dense (lrp_shape_elements (&step->x[0].shape) / c, c, k, error);

  return map && lrp_linear_compile (step, map, out_block, error);
}

const LrpOp lrp_op_dense = {
  .name = "dense",
  LRP_ONE_INPUT,
  .shape = dense_shape,
  .compile = dense_compile,
  LRP_LINEAR,
};
