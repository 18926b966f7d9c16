/* SPDX-License-Identifier: GPL-3.0-or-later */
/* activation.c: element-wise functions; relevance passes through them unchanged [Bach15] */
#include "config.h"

#include "lrp/ops/functions.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Limits may be infinite. Beyond the signs that are checked here the table of operators would promise too much. */
static gboolean
activation_shape (const LrpLayer *layer, const LrpShape *in, LrpShape *out, GError **error)
{
  gboolean limits = layer->kind == LRP_OP_CLIP || layer->kind == LRP_OP_CAPPED_RELU;
  const double numbers[] = { layer->activation.alpha, layer->activation.beta, layer->activation.gamma };
  gboolean fits = !(layer->kind == LRP_OP_CELU && layer->activation.alpha == 0)
                  && !(layer->kind == LRP_OP_SELU && layer->activation.gamma <= 0)
                  && !(layer->kind == LRP_OP_CAPPED_RELU && layer->activation.alpha < 0);

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    fits = fits && (limits ? !isnan (numbers[i]) : isfinite (numbers[i]));
  if (!fits)
    g_set_error (error, LRP_ERROR, LRP_ERROR_RANGE, _("%s with alpha %g, beta %g and gamma %g cannot be computed"),
                 lrp_op_kind_name (layer->kind), numbers[0], numbers[1], numbers[2]);
  *out = *in;
  return fits;
}

/* Writes the relevance at the output times the slope at each place. */
typedef void (*Slopes) (const LrpStep *step, float *out, gsize n);

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

/* DeepLIFT's rescale rule: the slope from the reference to here; where both are the same, the slope here [Shrikumar17].
 */
static void
rescaled_gradient (const LrpStep *step, const LrpStep *reference, Slopes slopes, float *rx, gsize size)
{
  const float *x = step->x[0].data, *y = step->y.data, *x0 = reference->x[0].data, *y0 = reference->y.data;

  slopes (step, rx, size);
  for (gsize i = 0; i < size; i++)
    if (fabsf (x[i] - x0[i]) > LRP_SAME)
      rx[i] = step->r.data[i] * ((y[i] - y0[i]) / (x[i] - x0[i]));
}

static void
activation_backward (const LrpStep *step, const LrpBackward *call, Slopes slopes)
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
    rescaled_gradient (step, call->reference, slopes, call->rx[0], size);
  else
    slopes (step, call->rx[0], size);
  if (call->activation != LRP_ACTIVATION_PASS)
    lrp_layout_clear_padding (&step->x[0].layout, call->rx[0]);
}

/* --- the functions: y from x, and the slope from x and y; a, b, c are the layer's alpha, beta and gamma ----------- */

static inline float
sigmoid (float x)
{
  return 1 / (1 + expf (-x));
}

static inline float
softplus (float x)
{
  return (x > 0 ? x : 0) + log1pf (expf (-fabsf (x)));
}

/* The normal distribution below x, and its density. */
static inline float
normal (float x)
{
  return 0.5f * erfcf (x * (float) -M_SQRT1_2);
}

static inline float
density (float x)
{
  return expf (-0.5f * x * x) * (float) (0.5 * M_2_SQRTPI * M_SQRT1_2);
}

/* tanh (sqrt (2 / pi) (x + 0.044715 x^3)), and the derivative of what is in the brackets */
static inline float
gelu_tanh (float x)
{
  return tanhf ((float) (M_2_SQRTPI * M_SQRT1_2) * (x + 0.044715f * x * x * x));
}

static inline float
gelu_inner (float x)
{
  return (float) (M_2_SQRTPI * M_SQRT1_2) * (1 + 3 * 0.044715f * x * x);
}

static inline float
clamp (float x, float least, float most)
{
  float t = x < least ? least : x; /* NaN must not look like a number */

  return t > most ? most : t;
}

/* Defines a row and its loops over two expressions, which the compiler can see through. What else the row has comes
 * last. The slope of a kink is that of its left. */
#define ACTIVATION(op, op_name, op_sign, value, slope, ...)                                                            \
  static void op##_values (const LrpLayer *layer, const float *restrict in, float *restrict out, gsize n)              \
  {                                                                                                                    \
    const float a G_GNUC_UNUSED = (float) layer->activation.alpha, b G_GNUC_UNUSED = (float) layer->activation.beta;   \
    const float c G_GNUC_UNUSED = (float) layer->activation.gamma;                                                     \
    for (gsize i = 0; i < n; i++)                                                                                      \
      {                                                                                                                \
        const float x = in[i];                                                                                         \
        out[i] = (value);                                                                                              \
      }                                                                                                                \
  }                                                                                                                    \
  static void op##_slopes (const LrpStep *step, float *restrict out, gsize n)                                          \
  {                                                                                                                    \
    const float a G_GNUC_UNUSED = (float) step->layer->activation.alpha,                                               \
                  b G_GNUC_UNUSED = (float) step->layer->activation.beta;                                              \
    const float c G_GNUC_UNUSED = (float) step->layer->activation.gamma;                                               \
    for (gsize i = 0; i < n; i++)                                                                                      \
      {                                                                                                                \
        const float x G_GNUC_UNUSED = step->x[0].data[i], y G_GNUC_UNUSED = step->y.data[i];                           \
        out[i] = step->r.data[i] * (slope);                                                                            \
      }                                                                                                                \
  }                                                                                                                    \
  static void op##_forward (LrpStep *step)                                                                             \
  {                                                                                                                    \
    op##_values (step->layer, step->x[0].data, step->y.data, lrp_layout_size (&step->y.layout));                       \
    lrp_layout_clear_padding (&step->y.layout, step->y.data);                                                          \
  }                                                                                                                    \
  static void op##_backward (LrpStep *step, const LrpBackward *call)                                                   \
  {                                                                                                                    \
    activation_backward (step, call, op##_slopes);                                                                     \
  }                                                                                                                    \
  const LrpOp lrp_op_##op = { .name = op_name,                                                                         \
                              LRP_ONE_INPUT,                                                                           \
                              .sign = LRP_SIGN_##op_sign,                                                              \
                              .shape = activation_shape,                                                               \
                              .compile = lrp_same_compile,                                                             \
                              .values = op##_values,                                                                   \
                              .forward = op##_forward,                                                                 \
                              .backward = op##_backward,                                                               \
                              .slopes = TRUE,                                                                          \
                              __VA_ARGS__ };

ACTIVATION (relu, "relu", NOT_NEGATIVE, x<0 ? 0 : x, x> 0 ? 1 : 0)
ACTIVATION (leaky_relu, "leaky-relu", FOLLOWS, x > 0 ? x : a * x, x > 0 ? 1 : a)
ACTIVATION (tanh, "tanh", FOLLOWS, tanhf (x), 1 - y * y)
ACTIVATION (sigmoid, "sigmoid", NOT_NEGATIVE, sigmoid (x), y *(1 - y), .gating = LRP_GATING_GATE)
ACTIVATION (elu, "elu", FOLLOWS, x > 0 ? x : a * expm1f (x), x > 0 ? 1 : a * expf (x))
ACTIVATION (selu, "selu", FOLLOWS, c *(x > 0 ? x : a * expm1f (x)), c *(x > 0 ? 1 : a * expf (x)))
ACTIVATION (celu, "celu", FOLLOWS, x > 0 ? x : a * expm1f (x / a), x > 0 ? 1 : expf (x / a))
ACTIVATION (gelu, "gelu", FOLLOWS, x *normal (x), normal (x) + x * density (x))
ACTIVATION (gelu_tanh, "gelu-tanh", FOLLOWS, 0.5f * x * (1 + gelu_tanh (x)),
            0.5f * (1 + gelu_tanh (x)) + 0.5f * x * (1 - gelu_tanh (x) * gelu_tanh (x)) * gelu_inner (x))
ACTIVATION (silu, "silu", FOLLOWS, x *sigmoid (a *x), sigmoid (a *x) * (1 + a * x * (1 - sigmoid (a * x))))
ACTIVATION (mish, "mish", FOLLOWS, x *tanhf (softplus (x)),
            tanhf (softplus (x)) + x * (1 - tanhf (softplus (x)) * tanhf (softplus (x))) * sigmoid (x))
ACTIVATION (hard_swish, "hard-swish", FOLLOWS, x *clamp (x / 6 + 0.5f, 0, 1), x <= -3 ? 0 : x >= 3 ? 1 : x / 3 + 0.5f)
ACTIVATION (hard_sigmoid, "hard-sigmoid", NOT_NEGATIVE, clamp (a *x + b, 0, 1), y > 0 && y < 1 ? a : 0,
            .gating = LRP_GATING_GATE)
ACTIVATION (softplus, "softplus", NOT_NEGATIVE, softplus (x), sigmoid (x))
ACTIVATION (softsign, "softsign", FOLLOWS, x / (1 + fabsf (x)), 1 / ((1 + fabsf (x)) * (1 + fabsf (x))))
ACTIVATION (capped_relu, "capped-relu", NOT_NEGATIVE, clamp (x, 0, a), x > 0 && x < a ? 1 : 0)
ACTIVATION (clip, "clip", ANY, clamp (x, a, b), x > a && x < b ? 1 : 0)
ACTIVATION (thresholded_relu, "thresholded-relu", FOLLOWS, x <= a ? 0 : x, x > a ? 1 : 0)
ACTIVATION (erf, "erf", FOLLOWS, erff (x), (float) M_2_SQRTPI *expf (-x *x))
ACTIVATION (exp, "exp", NOT_NEGATIVE, expf (x), y)
ACTIVATION (log, "log", ANY, logf (x), 1 / x)
ACTIVATION (sqrt, "sqrt", FOLLOWS, sqrtf (x), 0.5f / y)
ACTIVATION (abs, "abs", NOT_NEGATIVE, fabsf (x), x > 0 ? 1 : x < 0 ? -1 : 0)
ACTIVATION (reciprocal, "reciprocal", ANY, 1 / x, -y *y)
#undef ACTIVATION
