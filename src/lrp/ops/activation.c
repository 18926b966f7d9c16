/* SPDX-License-Identifier: GPL-3.0-or-later */
/* activation.c: element-wise functions; relevance passes through them unchanged [Bach15] */
#include "config.h"

#include "lrp/ops/functions.h"

#include <glib/gi18n-lib.h>
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

/* Limits may be infinite. Beyond the signs that are checked here the table of operators would promise too much. */
gboolean
lrp_activation_shape (const LrpLayer *layer, const LrpShape *in, LrpShape *out, GError **error)
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

/* Loops over an expression of each, which the compiler can see through. The slope of a kink is that of its left. */
#define FUNCTION(name, value, slope)                                                                                   \
  static void name##_values (const LrpLayer *layer, const float *restrict in, float *restrict out, gsize n)            \
  {                                                                                                                    \
    const float a G_GNUC_UNUSED = (float) layer->activation.alpha, b G_GNUC_UNUSED = (float) layer->activation.beta;   \
    const float c G_GNUC_UNUSED = (float) layer->activation.gamma;                                                     \
    for (gsize i = 0; i < n; i++)                                                                                      \
      {                                                                                                                \
        const float x = in[i];                                                                                         \
        out[i] = (value);                                                                                              \
      }                                                                                                                \
  }                                                                                                                    \
  static void name##_slopes (const LrpStep *step, float *restrict out, gsize n)                                        \
  {                                                                                                                    \
    const float a G_GNUC_UNUSED = (float) step->layer->activation.alpha,                                               \
                  b G_GNUC_UNUSED = (float) step->layer->activation.beta;                                              \
    const float c G_GNUC_UNUSED = (float) step->layer->activation.gamma;                                               \
    for (gsize i = 0; i < n; i++)                                                                                      \
      {                                                                                                                \
        const float x G_GNUC_UNUSED = step->x[0].data[i], y G_GNUC_UNUSED = step->y.data[i];                           \
        out[i] = step->r.data[i] * (slope);                                                                            \
      }                                                                                                                \
  }

FUNCTION (relu, x<0 ? 0 : x, x> 0 ? 1 : 0)
FUNCTION (leaky_relu, x > 0 ? x : a * x, x > 0 ? 1 : a)
FUNCTION (tanh, tanhf (x), 1 - y * y)
FUNCTION (sigmoid, sigmoid (x), y *(1 - y))
FUNCTION (elu, x > 0 ? x : a * expm1f (x), x > 0 ? 1 : a * expf (x))
FUNCTION (selu, c *(x > 0 ? x : a * expm1f (x)), c *(x > 0 ? 1 : a * expf (x)))
FUNCTION (celu, x > 0 ? x : a * expm1f (x / a), x > 0 ? 1 : expf (x / a))
FUNCTION (gelu, x *normal (x), normal (x) + x * density (x))
FUNCTION (gelu_tanh, 0.5f * x * (1 + gelu_tanh (x)),
          0.5f * (1 + gelu_tanh (x)) + 0.5f * x * (1 - gelu_tanh (x) * gelu_tanh (x)) * gelu_inner (x))
FUNCTION (silu, x *sigmoid (a *x), sigmoid (a *x) * (1 + a * x * (1 - sigmoid (a * x))))
FUNCTION (mish, x *tanhf (softplus (x)),
          tanhf (softplus (x)) + x * (1 - tanhf (softplus (x)) * tanhf (softplus (x))) * sigmoid (x))
FUNCTION (hard_swish, x *clamp (x / 6 + 0.5f, 0, 1), x <= -3 ? 0 : x >= 3 ? 1 : x / 3 + 0.5f)
FUNCTION (hard_sigmoid, clamp (a *x + b, 0, 1), y > 0 && y < 1 ? a : 0)
FUNCTION (softplus, softplus (x), sigmoid (x))
FUNCTION (softsign, x / (1 + fabsf (x)), 1 / ((1 + fabsf (x)) * (1 + fabsf (x))))
FUNCTION (capped_relu, clamp (x, 0, a), x > 0 && x < a ? 1 : 0)
FUNCTION (clip, clamp (x, a, b), x > a && x < b ? 1 : 0)
FUNCTION (thresholded_relu, x <= a ? 0 : x, x > a ? 1 : 0)
FUNCTION (erf, erff (x), (float) M_2_SQRTPI *expf (-x *x))
FUNCTION (exp, expf (x), y)
FUNCTION (log, logf (x), 1 / x)
FUNCTION (sqrt, sqrtf (x), 0.5f / y)
FUNCTION (abs, fabsf (x), x > 0 ? 1 : x < 0 ? -1 : 0)
FUNCTION (reciprocal, 1 / x, -y *y)
#undef FUNCTION

typedef struct
{
  void (*values) (const LrpLayer *layer, const float *in, float *out, gsize n);
  void (*slopes) (const LrpStep *step, float *out, gsize n);
} Function;

#define ROW(name)                                                                                                      \
  {                                                                                                                    \
    name##_values, name##_slopes                                                                                       \
  }
static const Function functions[LRP_N_OPS] = {
  [LRP_OP_RELU] = ROW (relu),
  [LRP_OP_LEAKY_RELU] = ROW (leaky_relu),
  [LRP_OP_TANH] = ROW (tanh),
  [LRP_OP_SIGMOID] = ROW (sigmoid),
  [LRP_OP_ELU] = ROW (elu),
  [LRP_OP_SELU] = ROW (selu),
  [LRP_OP_CELU] = ROW (celu),
  [LRP_OP_GELU] = ROW (gelu),
  [LRP_OP_GELU_TANH] = ROW (gelu_tanh),
  [LRP_OP_SILU] = ROW (silu),
  [LRP_OP_MISH] = ROW (mish),
  [LRP_OP_HARD_SWISH] = ROW (hard_swish),
  [LRP_OP_HARD_SIGMOID] = ROW (hard_sigmoid),
  [LRP_OP_SOFTPLUS] = ROW (softplus),
  [LRP_OP_SOFTSIGN] = ROW (softsign),
  [LRP_OP_CAPPED_RELU] = ROW (capped_relu),
  [LRP_OP_CLIP] = ROW (clip),
  [LRP_OP_THRESHOLDED_RELU] = ROW (thresholded_relu),
  [LRP_OP_ERF] = ROW (erf),
  [LRP_OP_EXP] = ROW (exp),
  [LRP_OP_LOG] = ROW (log),
  [LRP_OP_SQRT] = ROW (sqrt),
  [LRP_OP_ABS] = ROW (abs),
  [LRP_OP_RECIPROCAL] = ROW (reciprocal),
};
#undef ROW

void
lrp_activation_forward (LrpStep *step)
{
  functions[step->layer->kind].values (step->layer, step->x[0].data, step->y.data, lrp_layout_size (&step->y.layout));
  lrp_layout_clear_padding (&step->y.layout, step->y.data);
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

/* DeepLIFT's rescale rule: the slope from the reference to here; where both are the same, the slope here [Shrikumar17].
 */
static void
rescaled_gradient (const LrpStep *step, const LrpStep *reference, float *rx, gsize size)
{
  const float *x = step->x[0].data, *y = step->y.data, *x0 = reference->x[0].data, *y0 = reference->y.data;

  functions[step->layer->kind].slopes (step, rx, size);
  for (gsize i = 0; i < size; i++)
    if (fabsf (x[i] - x0[i]) > LRP_STABILIZER)
      rx[i] = step->r.data[i] * ((y[i] - y0[i]) / (x[i] - x0[i]));
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
    functions[step->layer->kind].slopes (step, call->rx[0], size);
  if (call->activation != LRP_ACTIVATION_PASS)
    lrp_layout_clear_padding (&step->x[0].layout, call->rx[0]);
}
