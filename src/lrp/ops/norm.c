/* SPDX-License-Identifier: GPL-3.0-or-later */
/* norm.c: adding and multiplying constants, PReLU, and batch normalisation where no neighbour can take it in */
#include "config.h"

#include "lrp/ops/functions.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

/* The constants, spread over the whole output once at compile time. */
typedef struct
{
  LrpBuffer scale, shift;
} Constants;

static gboolean
broadcast_shape (const LrpLayer *layer, const LrpShape *in, LrpShape *out, GError **error)
{
  *out = *in;
  return lrp_broadcast_check (layer->weights, in, error);
}

static gboolean
broadcast_compile (LrpStep *step, gsize *out_block, GError **error)
{
  Constants *constants = step->state = g_new0 (Constants, 1);

  *out_block = step->in_block = 1;
  if (!lrp_buffer_init (&constants->scale, &step->y.shape, 1, error))
    return FALSE;
  lrp_broadcast_fill (step->layer->weights, &step->y.shape, constants->scale.data);
  return TRUE;
}

static void
broadcast_free (LrpStep *step)
{
  Constants *constants = step->state;

  if (!constants)
    return;
  lrp_buffer_clear (&constants->scale);
  lrp_buffer_clear (&constants->shift);
  g_free (constants);
}

static void
bias_forward (LrpStep *step)
{
  const float *b = ((Constants *) step->state)->scale.data;
  gsize size = lrp_layout_size (&step->y.layout);

  for (gsize i = 0; i < size; i++)
    step->y.data[i] = step->x[0].data[i] + b[i];
}

/* The epsilon rule; the constant's share is absorbed as a bias's is. */
static void
bias_backward (LrpStep *step, const LrpBackward *call)
{
  const float *b = ((Constants *) step->state)->scale.data;
  const float *share = call->gradient ? step->r.data : lrp_share_output (step, call, step->r.data, step->y.data);
  gsize size = lrp_layout_size (&step->y.layout);

  for (gsize i = 0; i < size; i++)
    {
      call->rx[0][i] = call->gradient ? share[i] : share[i] * step->x[0].data[i];
      call->flow->bias += call->gradient ? 0 : (double) (share[i] * b[i]);
    }
}

static void
scale_forward (LrpStep *step)
{
  const float *c = ((Constants *) step->state)->scale.data;
  gsize size = lrp_layout_size (&step->y.layout);

  for (gsize i = 0; i < size; i++)
    step->y.data[i] = step->x[0].data[i] * c[i];
}

/* Relevance passes a multiplication by a constant, and a normalisation, unchanged. */
static void
scale_backward (LrpStep *step, const LrpBackward *call)
{
  const float *c = ((Constants *) step->state)->scale.data;
  gsize size = lrp_layout_size (&step->y.layout);
  gboolean gradient = call->activation != LRP_ACTIVATION_PASS;

  for (gsize i = 0; i < size; i++)
    call->rx[0][i] = gradient ? step->r.data[i] * c[i] : step->r.data[i];
}

static void
prelu_forward (LrpStep *step)
{
  const float *c = ((Constants *) step->state)->scale.data, *x = step->x[0].data;
  gsize size = lrp_layout_size (&step->y.layout);

  for (gsize i = 0; i < size; i++)
    step->y.data[i] = x[i] > 0 ? x[i] : c[i] * x[i];
}

static void
prelu_backward (LrpStep *step, const LrpBackward *call)
{
  const float *c = ((Constants *) step->state)->scale.data, *x = step->x[0].data;
  gsize size = lrp_layout_size (&step->y.layout);
  const LrpStep *reference = call->reference;
  gboolean gradient = call->activation != LRP_ACTIVATION_PASS;

  for (gsize i = 0; i < size; i++)
    {
      float change = reference ? x[i] - reference->x[0].data[i] : 0;
      float slope = gradient && !(x[i] > 0) ? c[i] : 1;
      if (fabsf (change) > LRP_SAME)
        slope = (step->y.data[i] - reference->y.data[i]) / change;
      call->rx[0][i] = step->r.data[i] * slope;
    }
}

static gboolean
batch_norm_shape (const LrpLayer *layer, const LrpShape *in, LrpShape *out, GError **error)
{
  const LrpShape *w = layer->weights ? &layer->weights->shape : NULL;

  if (in->rank < 2 || !w || w->rank != 2 || w->dims[0] != 4 || w->dims[1] != in->dims[1])
    {
      g_autofree char *text = lrp_shape_to_string (in);
      g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE, _("batch normalisation does not fit an input of shape %s"),
                   text);
      return FALSE;
    }
  for (gint64 c = 0; c < w->dims[1]; c++)
    if (!(layer->weights->data[3 * w->dims[1] + c] + (float) layer->norm.epsilon > 0))
      {
        g_set_error (error, LRP_ERROR, LRP_ERROR_RANGE, _("the variance of channel %" PRId64 " is not positive"), c);
        return FALSE;
      }
  *out = *in;
  return TRUE;
}

/* y = scale (x - mean) / sqrt (variance + epsilon) + shift, as one multiplication and one addition per channel. */
static gboolean
batch_norm_compile (LrpStep *step, gsize *out_block, GError **error)
{
  Constants *constants = step->state = g_new0 (Constants, 1);
  gsize c = step->y.layout.c, s = step->y.layout.s;
  const float *w = step->layer->weights->data;

  *out_block = step->in_block = 1;
  if (!lrp_buffer_init (&constants->scale, &step->y.shape, 1, error)
      || !lrp_buffer_init (&constants->shift, &step->y.shape, 1, error))
    return FALSE;
  for (gsize i = 0; i < step->y.layout.n * c * s; i++)
    {
      gsize k = i / s % c;
      double scale = w[k] / sqrt ((double) w[3 * c + k] + step->layer->norm.epsilon);
      constants->scale.data[i] = (float) scale;
      constants->shift.data[i] = (float) (w[c + k] - scale * w[2 * c + k]);
    }
  return TRUE;
}

static void
batch_norm_forward (LrpStep *step)
{
  const Constants *constants = step->state;
  gsize size = lrp_layout_size (&step->y.layout);

  for (gsize i = 0; i < size; i++)
    step->y.data[i] = step->x[0].data[i] * constants->scale.data[i] + constants->shift.data[i];
}

const LrpOp lrp_op_bias = {
  .name = "bias",
  LRP_ONE_INPUT,
  .shape = broadcast_shape,
  .compile = broadcast_compile,
  .forward = bias_forward,
  .backward = bias_backward,
  .free_state = broadcast_free,
  .gating = LRP_GATING_KEEPS,
};

const LrpOp lrp_op_scale = {
  .name = "scale",
  LRP_ONE_INPUT,
  .shape = broadcast_shape,
  .compile = broadcast_compile,
  .forward = scale_forward,
  .backward = scale_backward,
  .free_state = broadcast_free,
  .slopes = TRUE,
  .gating = LRP_GATING_KEEPS,
};

const LrpOp lrp_op_batch_norm = {
  .name = "batch-norm",
  LRP_ONE_INPUT,
  .shape = batch_norm_shape,
  .compile = batch_norm_compile,
  .forward = batch_norm_forward,
  .backward = scale_backward,
  .free_state = broadcast_free,
  .slopes = TRUE,
};

const LrpOp lrp_op_prelu = {
  .name = "prelu",
  LRP_ONE_INPUT,
  .sign = LRP_SIGN_FOLLOWS,
  .shape = broadcast_shape,
  .compile = broadcast_compile,
  .forward = prelu_forward,
  .backward = prelu_backward,
  .free_state = broadcast_free,
  .slopes = TRUE,
};
