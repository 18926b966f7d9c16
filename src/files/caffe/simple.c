/* SPDX-License-Identifier: GPL-3.0-or-later */
/* simple.c: Caffe's layers that work element by element, and its softmax */
#include "config.h"

#include "files/caffe/op.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/**
 * lrp_caffe_simple:
 * @import: the network so far
 * @layer: one whose row says what it becomes
 * @in: what it reads
 * @out: what it makes
 * @error: return location for an error
 *
 * Returns: whether it became a layer
 */
gboolean
lrp_caffe_simple (LrpCaffeImport *import, const LrpCaffeLayer *layer, const guint *in, guint *out, GError **error)
{
  return lrp_caffe_push (import, lrp_caffe_new (layer->op->kind, layer, ""), in, 1, out, error);
}

/**
 * lrp_caffe_relu:
 * @import: the network so far
 * @layer: a ReLU, which may be leaky
 * @in: what it reads
 * @out: what it makes
 * @error: return location for an error
 *
 * Returns: whether it became a layer
 */
gboolean
lrp_caffe_relu (LrpCaffeImport *import, const LrpCaffeLayer *layer, const guint *in, guint *out, GError **error)
{
  g_autoptr (LrpLayer) relu = lrp_caffe_new (LRP_OP_RELU, layer, "");

  if (!lrp_caffe_double (import, layer, "negative_slope", 0, &relu->activation.alpha, error))
    return FALSE;
  relu->kind = relu->activation.alpha == 0 ? LRP_OP_RELU : LRP_OP_LEAKY_RELU;
  return lrp_caffe_push (import, g_steal_pointer (&relu), in, 1, out, error);
}

/**
 * lrp_caffe_prelu:
 * @import: the network so far
 * @layer: a PReLU: a slope for each channel, or one for all
 * @in: what it reads
 * @out: what it makes
 * @error: return location for an error
 *
 * Returns: whether it became a layer
 */
gboolean
lrp_caffe_prelu (LrpCaffeImport *import, const LrpCaffeLayer *layer, const guint *in, guint *out, GError **error)
{
  g_autoptr (LrpLayer) prelu = lrp_caffe_new (LRP_OP_PRELU, layer, "");
  const LrpShape *shape = lrp_caffe_shape (import, in[0]);
  LrpShape slopes = { .rank = MAX (shape->rank, 2) - 1 };
  g_autoptr (LrpTensor) numbers = NULL;
  gboolean shared;

  if (!lrp_caffe_bool (import, layer, "channel_shared", FALSE, &shared, error))
    return FALSE;
  for (guint i = 0; i < slopes.rank; i++)
    slopes.dims[i] = i == 0 && !shared && shape->rank > 1 ? shape->dims[1] : 1;
  numbers = lrp_caffe_load (import, layer, 0, &LRP_SHAPE (slopes.dims[0]), error);
  return numbers && (prelu->weights = lrp_tensor_new_copy (&slopes, numbers->data, error))
         && lrp_caffe_push (import, g_steal_pointer (&prelu), in, 1, out, error);
}

/**
 * lrp_caffe_elu:
 * @import: the network so far
 * @layer: an ELU
 * @in: what it reads
 * @out: what it makes
 * @error: return location for an error
 *
 * Returns: whether it became a layer
 */
gboolean
lrp_caffe_elu (LrpCaffeImport *import, const LrpCaffeLayer *layer, const guint *in, guint *out, GError **error)
{
  g_autoptr (LrpLayer) elu = lrp_caffe_new (LRP_OP_ELU, layer, "");

  return lrp_caffe_double (import, layer, "alpha", 1, &elu->activation.alpha, error)
         && lrp_caffe_push (import, g_steal_pointer (&elu), in, 1, out, error);
}

/* factor (shift + scale x), with the numbers that the parameters “shift” and “scale” give. */
static gboolean
push_affine (LrpCaffeImport *import, const LrpCaffeLayer *layer, double factor, guint *at, GError **error)
{
  double scale, shift;

  return lrp_caffe_double (import, layer, "scale", 1, &scale, error)
         && lrp_caffe_double (import, layer, "shift", 0, &shift, error)
         && lrp_caffe_push_scalar (import, layer, LRP_OP_SCALE, "/scale", factor * scale, at, error)
         && lrp_caffe_push_scalar (import, layer, LRP_OP_BIAS, "/shift", factor * shift, at, error);
}

/* The layers that compute powers; where there are two inputs, they are the same. */
static const struct
{
  double power;
  LrpOpKind kind;
  guint n_inputs;
} powers[] = {
  { 1, LRP_OP_IDENTITY, 1 },
  { 0.5, LRP_OP_SQRT, 1 },
  { -1, LRP_OP_RECIPROCAL, 1 },
  { 2, LRP_OP_PRODUCT, 2 },
};

/**
 * lrp_caffe_power:
 * @import: the network so far
 * @layer: a Power: (shift + scale x)^power
 * @in: what it reads
 * @out: what it makes
 * @error: return location for an error
 *
 * Returns: whether it became layers
 */
gboolean
lrp_caffe_power (LrpCaffeImport *import, const LrpCaffeLayer *layer, const guint *in, guint *out, GError **error)
{
  double power;
  guint at = in[0];

  if (!lrp_caffe_double (import, layer, "power", 1, &power, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (powers); i++)
    if (powers[i].power == power)
      {
        if (!push_affine (import, layer, 1, &at, error))
          return FALSE;
        return lrp_caffe_push (import, lrp_caffe_new (powers[i].kind, layer, ""), (guint[]){ at, at },
                               powers[i].n_inputs, out, error);
      }
  return lrp_caffe_fail (layer, LRP_ERROR_UNSUPPORTED, error,
                         _("the power %g is not supported, only 1, 2, 0.5 and -1"), power);
}

/* The natural logarithm of the base; -1 stands for e. */
static gboolean
read_base (const LrpCaffeImport *import, const LrpCaffeLayer *layer, double *log_base, GError **error)
{
  double base;

  if (!lrp_caffe_double (import, layer, "base", -1, &base, error))
    return FALSE;
  *log_base = base == -1 ? 1 : log (base);
  return (base == -1 || (base > 0 && base != 1))
         || lrp_caffe_fail (layer, LRP_ERROR_RANGE, error, _("the base must be above 0 and not 1, or -1 for e"));
}

/**
 * lrp_caffe_exp:
 * @import: the network so far
 * @layer: an Exp: base^(shift + scale x)
 * @in: what it reads
 * @out: what it makes
 * @error: return location for an error
 *
 * Returns: whether it became layers
 */
gboolean
lrp_caffe_exp (LrpCaffeImport *import, const LrpCaffeLayer *layer, const guint *in, guint *out, GError **error)
{
  double log_base;
  guint at = in[0];

  return read_base (import, layer, &log_base, error) && push_affine (import, layer, log_base, &at, error)
         && lrp_caffe_push (import, lrp_caffe_new (LRP_OP_EXP, layer, ""), &at, 1, out, error);
}

/**
 * lrp_caffe_log:
 * @import: the network so far
 * @layer: a Log: the logarithm of shift + scale x
 * @in: what it reads
 * @out: what it makes
 * @error: return location for an error
 *
 * Returns: whether it became layers
 */
gboolean
lrp_caffe_log (LrpCaffeImport *import, const LrpCaffeLayer *layer, const guint *in, guint *out, GError **error)
{
  double log_base;
  guint at = in[0];

  if (!read_base (import, layer, &log_base, error) || !push_affine (import, layer, 1, &at, error)
      || !lrp_caffe_push (import, lrp_caffe_new (LRP_OP_LOG, layer, ""), &at, 1, out, error))
    return FALSE;
  return lrp_caffe_push_scalar (import, layer, LRP_OP_SCALE, "/base", 1 / log_base, out, error);
}

/**
 * lrp_caffe_softmax:
 * @import: the network so far
 * @layer: a Softmax, or a SoftmaxWithLoss, of which the loss is left out
 * @in: what it reads
 * @out: what it makes
 * @error: return location for an error
 *
 * Returns: whether it became a layer
 */
gboolean
lrp_caffe_softmax (LrpCaffeImport *import, const LrpCaffeLayer *layer, const guint *in, guint *out, GError **error)
{
  LrpLayer *softmax;
  gint64 axis;
  guint from;

  if (!lrp_caffe_int (import, layer, "axis", 1, &axis, error)
      || !lrp_caffe_axis (layer, axis, lrp_caffe_shape (import, in[0])->rank, &from, error))
    return FALSE;
  softmax = lrp_caffe_new (LRP_OP_SOFTMAX, layer, "");
  softmax->axis = from;
  if (!lrp_caffe_push (import, softmax, in, 1, &out[0], error))
    return FALSE;
  for (guint i = 1; i < layer->n_tops; i++)
    out[i] = out[0];
  return TRUE;
}
