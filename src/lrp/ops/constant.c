/* SPDX-License-Identifier: GPL-3.0-or-later */
/* constant.c: numbers that do not depend on the input: relevance that arrives there goes no further */
#include "config.h"

#include "lrp/ops/functions.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
constant_shape (const LrpLayer *layer, const LrpShape *in, LrpShape *out, GError **error)
{
  if (!layer->weights || in->rank < 1 || layer->weights->shape.rank >= LRP_MAX_RANK)
    {
      g_set_error_literal (error, LRP_ERROR, LRP_ERROR_SHAPE,
                           _("a constant needs numbers, and an input that has a batch"));
      return FALSE;
    }
  out->rank = layer->weights->shape.rank + 1;
  out->dims[0] = in->dims[0];
  memcpy (out->dims + 1, layer->weights->shape.dims, layer->weights->shape.rank * sizeof *out->dims);
  return TRUE;
}

static void
constant_forward (LrpStep *step)
{
  const LrpTensor *numbers = step->layer->weights;

  for (gint64 n = 0; n < step->y.shape.dims[0]; n++)
    memcpy (step->y.data + (gsize) n * numbers->count, numbers->data, numbers->count * sizeof (float));
}

/* All is absorbed, as by a bias. */
static void
constant_backward (LrpStep *step, const LrpBackward *call)
{
  gsize size = lrp_layout_size (&step->y.layout);

  memset (call->rx[0], 0, lrp_layout_size (&step->x[0].layout) * sizeof (float));
  for (gsize i = 0; i < size && !call->gradient; i++)
    call->flow->bias += (double) step->r.data[i];
}

const LrpOp lrp_op_constant = {
  .name = "constant",
  LRP_ONE_INPUT,
  .shape = constant_shape,
  .compile = lrp_plain_compile,
  .forward = constant_forward,
  .backward = constant_backward,
};
