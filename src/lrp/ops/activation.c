/* SPDX-License-Identifier: GPL-3.0-or-later */
/* activation.c: element-wise functions; relevance passes through them unchanged [Bach15] */
#include "config.h"

#include "lrp/step.h"

#include <math.h>
#include <string.h>

gboolean
lrp_input_shape (const LrpLayer *layer, const LrpShape *in, LrpShape *out, GError **error)
{
  *out = layer->shape;
  return TRUE;
}

gboolean
lrp_same_shape (const LrpLayer *layer, const LrpShape *in, LrpShape *out, GError **error)
{
  *out = *in;
  return TRUE;
}

gboolean
lrp_same_compile (LrpStep *step, gsize *out_block, GError **error)
{
  *out_block = step->in_block = step->x[0].layout.block;
  return TRUE;
}

gboolean
lrp_plain_compile (LrpStep *step, gsize *out_block, GError **error)
{
  *out_block = step->in_block = 1;
  return TRUE;
}

void
lrp_relu_forward (LrpStep *step)
{
  const float *x = step->x[0].data;
  float *y = step->y.data;
  gsize size = lrp_layout_size (&step->y.layout);

  for (gsize i = 0; i < size; i++)
    y[i] = x[i] < 0 ? 0 : x[i]; /* NaN must not look like 0 */
}

void
lrp_leaky_relu_forward (LrpStep *step)
{
  const float *x = step->x[0].data;
  float *y = step->y.data, slope = (float) step->layer->alpha;
  gsize size = lrp_layout_size (&step->y.layout);

  for (gsize i = 0; i < size; i++)
    y[i] = x[i] > 0 ? x[i] : slope * x[i];
}

void
lrp_tanh_forward (LrpStep *step)
{
  gsize size = lrp_layout_size (&step->y.layout);

  for (gsize i = 0; i < size; i++)
    step->y.data[i] = tanhf (step->x[0].data[i]);
}

void
lrp_sigmoid_forward (LrpStep *step)
{
  gsize size = lrp_layout_size (&step->y.layout);

  for (gsize i = 0; i < size; i++)
    step->y.data[i] = 1 / (1 + expf (-step->x[0].data[i]));
  lrp_layout_clear_padding (&step->y.layout, step->y.data);
}

/* Derivatives, from input x and output y. The one of ReLU at 0 is 0, as everywhere. */
static float
relu_slope (const LrpLayer *layer, float x, float y)
{
  return x > 0;
}

static float
leaky_relu_slope (const LrpLayer *layer, float x, float y)
{
  return x > 0 ? 1 : (float) layer->alpha;
}

static float
tanh_slope (const LrpLayer *layer, float x, float y)
{
  return 1 - y * y;
}

static float
sigmoid_slope (const LrpLayer *layer, float x, float y)
{
  return y * (1 - y);
}

static float (*const slopes[LRP_N_OPS]) (const LrpLayer *, float, float) = {
  [LRP_OP_RELU] = relu_slope,
  [LRP_OP_LEAKY_RELU] = leaky_relu_slope,
  [LRP_OP_TANH] = tanh_slope,
  [LRP_OP_SIGMOID] = sigmoid_slope,
};

static void
gradient (const LrpStep *step, float *rx, gsize size)
{
  for (gsize i = 0; i < size; i++)
    rx[i] = step->r.data[i] * slopes[step->layer->kind](step->layer, step->x[0].data[i], step->y.data[i]);
}

/* Guided backprop [Springenberg15] and deconvnet [Zeiler14] differ in whether the input's sign counts. */
static void
rectified_gradient (const LrpStep *step, float *rx, gsize size, gboolean guided)
{
  const float *x = step->x[0].data, *r = step->r.data;

  for (gsize i = 0; i < size; i++)
    rx[i] = r[i] > 0 && (!guided || x[i] > 0) ? r[i] : 0;
}

/* ReLU's slope made smooth: the derivative of softplus (beta x) / beta [Dombrowski19]. */
static void
smooth_gradient (const LrpStep *step, float *rx, gsize size, float beta)
{
  for (gsize i = 0; i < size; i++)
    rx[i] = step->r.data[i] / (1 + expf (-beta * step->x[0].data[i]));
}

/* DeepLIFT's rescale rule: the slope from the reference to here; where both are the same, the slope here [Shrikumar17]. */
static void
rescaled_gradient (const LrpStep *step, const LrpStep *reference, float *rx, gsize size)
{
  const float *x = step->x[0].data, *y = step->y.data, *x0 = reference->x[0].data, *y0 = reference->y.data;

  for (gsize i = 0; i < size; i++)
    {
      gboolean apart = fabsf (x[i] - x0[i]) > LRP_STABILIZER;
      rx[i] = step->r.data[i] * (apart ? (y[i] - y0[i]) / (x[i] - x0[i]) : slopes[step->layer->kind](step->layer, x[i], y[i]));
    }
}

void
lrp_activation_backward (LrpStep *step, const LrpBackward *call)
{
  gsize size = lrp_layout_size (&step->y.layout);
  gboolean rectify = call->activation == LRP_ACTIVATION_GUIDED || call->activation == LRP_ACTIVATION_DECONVNET;

  if (call->activation == LRP_ACTIVATION_PASS)
    memcpy (call->rx[0], step->r.data, size * sizeof (float));
  else if (rectify && step->layer->kind == LRP_OP_RELU)
    rectified_gradient (step, call->rx[0], size, call->activation == LRP_ACTIVATION_GUIDED);
  else if (call->activation == LRP_ACTIVATION_SMOOTH && step->layer->kind == LRP_OP_RELU)
    smooth_gradient (step, call->rx[0], size, (float) call->smoothness);
  else if (call->reference)
    rescaled_gradient (step, call->reference, call->rx[0], size);
  else
    gradient (step, call->rx[0], size);
}
