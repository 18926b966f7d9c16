/* SPDX-License-Identifier: GPL-3.0-or-later */
/* norm.c: Caffe's normalisations, and layers that multiply by or add numbers of their own */
#include "config.h"

#include "files/caffe/op.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/**
 * lrp_caffe_batch_norm:
 * @import: the network so far
 * @layer: a BatchNorm: sums of means and variances, and by what to divide them
 * @in: what it reads
 * @out: what it makes
 * @error: return location for an error
 *
 * Returns: whether it became a layer
 */
gboolean
lrp_caffe_batch_norm (LrpCaffeImport *import, const LrpCaffeLayer *layer, const guint *in, guint *out, GError **error)
{
  g_autoptr (LrpLayer) norm = lrp_caffe_new (LRP_OP_BATCH_NORM, layer, "");
  const LrpShape *shape = lrp_caffe_shape (import, in[0]);
  g_autoptr (LrpTensor) mean = NULL, variance = NULL, count = NULL;
  gint64 channels = shape->rank > 1 ? shape->dims[1] : 1;
  gboolean global;
  float factor;

  if (!lrp_caffe_double (import, layer, "eps", 1e-5, &norm->norm.epsilon, error)
      || !lrp_caffe_bool (import, layer, "use_global_stats", TRUE, &global, error))
    return FALSE;
  if (!global)
    return lrp_caffe_fail (layer, LRP_ERROR_UNSUPPORTED, error,
                           _("“use_global_stats: false” lets samples depend on each other; remove it for predicting"));
  if (!(mean = lrp_caffe_load (import, layer, 0, &LRP_SHAPE (channels), error))
      || !(variance = lrp_caffe_load (import, layer, 1, &LRP_SHAPE (channels), error))
      || !(count = lrp_caffe_load (import, layer, 2, &LRP_SHAPE (1), error))
      || !(norm->weights = lrp_tensor_new (&LRP_SHAPE (4, channels), error)))
    return FALSE;
  factor = count->data[0] == 0 ? 0 : 1 / count->data[0];
  for (gint64 i = 0; i < channels; i++)
    {
      norm->weights->data[i] = 1;
      norm->weights->data[channels + i] = 0;
      norm->weights->data[2 * channels + i] = mean->data[i] * factor;
      norm->weights->data[3 * channels + i] = variance->data[i] * factor;
    }
  return lrp_caffe_push (import, g_steal_pointer (&norm), in, 1, out, error);
}

/* Which axes the numbers of a Scale or Bias layer lie along: their shape, then 1 for each axis behind them. */
static gboolean
read_axes (const LrpCaffeImport *import, const LrpCaffeLayer *layer, const LrpShape *in, LrpShape *own,
           LrpShape *spread, GError **error)
{
  gint64 axis, axes;
  guint first;

  if (!lrp_caffe_int (import, layer, "axis", 1, &axis, error)
      || !lrp_caffe_int (import, layer, "num_axes", 1, &axes, error)
      || !lrp_caffe_axis (layer, axis, in->rank, &first, error))
    return FALSE;
  axes = axes == -1 ? in->rank - first : axes;
  if (axes < 0 || axes > in->rank - first)
    return lrp_caffe_fail (layer, LRP_ERROR_SHAPE, error, _("“num_axes” reaches beyond an input of rank %u"),
                           in->rank);
  if (first == 0 && axes > 0)
    return lrp_caffe_fail (layer, LRP_ERROR_UNSUPPORTED, error,
                           _("numbers of its own for each sample are not supported"));
  *own = (LrpShape){ .rank = (guint) axes };
  memcpy (own->dims, in->dims + first, (gsize) axes * sizeof own->dims[0]);
  *spread = (LrpShape){ .rank = axes > 0 ? in->rank - first : 1 };
  for (guint i = 0; i < spread->rank; i++)
    spread->dims[i] = i < axes ? own->dims[i] : 1;
  return TRUE;
}

/* Adds a layer that multiplies by or adds the numbers that the file has for it. */
static gboolean
push_constant (LrpCaffeImport *import, const LrpCaffeLayer *layer, LrpOpKind kind, const char *what, guint blob,
               const LrpShape *own, const LrpShape *spread, guint *at, GError **error)
{
  g_autoptr (LrpLayer) step = lrp_caffe_new (kind, layer, what);
  g_autoptr (LrpTensor) numbers = lrp_caffe_load (import, layer, blob, own, error);

  return numbers && (step->weights = lrp_tensor_new_copy (spread, numbers->data, error))
         && lrp_caffe_push (import, g_steal_pointer (&step), at, 1, at, error);
}

/* Joins the first input with a second, whose axes lie from `axis` of the first on. */
static gboolean
push_joined (LrpCaffeImport *import, const LrpCaffeLayer *layer, LrpOpKind kind, const guint *in, guint *at,
             GError **error)
{
  const LrpShape *a = lrp_caffe_shape (import, in[0]), *b = lrp_caffe_shape (import, in[1]);
  guint both[] = { in[0], in[1] }, first;
  LrpLayer *reshape;
  gint64 axis;

  if (!lrp_caffe_int (import, layer, "axis", 1, &axis, error) || !lrp_caffe_axis (layer, axis, a->rank, &first, error))
    return FALSE;
  if (first != 0 || b->rank > a->rank || memcmp (a->dims, b->dims, b->rank * sizeof a->dims[0]) != 0)
    return lrp_caffe_fail (
        layer, LRP_ERROR_UNSUPPORTED, error,
        _("a second input is supported only with axis 0 and the lengths of the first input's axes"));
  if (b->rank < a->rank)
    {
      reshape = lrp_caffe_new (LRP_OP_RESHAPE, layer, "/spread");
      reshape->target = (LrpShape){ .rank = a->rank };
      for (guint i = b->rank; i < a->rank; i++)
        reshape->target.dims[i] = 1;
      if (!lrp_caffe_push (import, reshape, &both[1], 1, &both[1], error))
        return FALSE;
    }
  return lrp_caffe_push (import, lrp_caffe_new (kind, layer, ""), both, 2, at, error);
}

/**
 * lrp_caffe_scale:
 * @import: the network so far
 * @layer: a Scale, with numbers of its own or a second input
 * @in: what it reads
 * @out: what it makes
 * @error: return location for an error
 *
 * Returns: whether it became layers
 */
gboolean
lrp_caffe_scale (LrpCaffeImport *import, const LrpCaffeLayer *layer, const guint *in, guint *out, GError **error)
{
  gboolean has_bias, second = layer->n_bottoms == 2;
  LrpShape own, spread;

  *out = in[0];
  if (!lrp_caffe_bool (import, layer, "bias_term", FALSE, &has_bias, error))
    return FALSE;
  if (second && has_bias)
    return lrp_caffe_fail (layer, LRP_ERROR_UNSUPPORTED, error,
                           _("a second input together with a bias is not supported"));
  if (second)
    return push_joined (import, layer, LRP_OP_PRODUCT, in, out, error);
  return read_axes (import, layer, lrp_caffe_shape (import, in[0]), &own, &spread, error)
         && push_constant (import, layer, LRP_OP_SCALE, "", 0, &own, &spread, out, error)
         && (!has_bias || push_constant (import, layer, LRP_OP_BIAS, "/bias", 1, &own, &spread, out, error));
}

/**
 * lrp_caffe_bias:
 * @import: the network so far
 * @layer: a Bias, with numbers of its own or a second input
 * @in: what it reads
 * @out: what it makes
 * @error: return location for an error
 *
 * Returns: whether it became layers
 */
gboolean
lrp_caffe_bias (LrpCaffeImport *import, const LrpCaffeLayer *layer, const guint *in, guint *out, GError **error)
{
  LrpShape own, spread;

  *out = in[0];
  if (layer->n_bottoms == 2)
    return push_joined (import, layer, LRP_OP_SUM, in, out, error);
  return read_axes (import, layer, lrp_caffe_shape (import, in[0]), &own, &spread, error)
         && push_constant (import, layer, LRP_OP_BIAS, "", 0, &own, &spread, out, error);
}

/**
 * lrp_caffe_lrn:
 * @import: the network so far
 * @layer: an LRN; within a channel, Caffe leaves "k" aside
 * @in: what it reads
 * @out: what it makes
 * @error: return location for an error
 *
 * Returns: whether it became a layer
 */
gboolean
lrp_caffe_lrn (LrpCaffeImport *import, const LrpCaffeLayer *layer, const guint *in, guint *out, GError **error)
{
  static const char *const regions[] = { "ACROSS_CHANNELS", "WITHIN_CHANNEL", NULL };
  g_autoptr (LrpLayer) norm = lrp_caffe_new (LRP_OP_LOCAL_RESPONSE, layer, "");
  guint region = 0;

  if (!lrp_caffe_int (import, layer, "local_size", 5, &norm->response.size, error)
      || !lrp_caffe_double (import, layer, "alpha", 1, &norm->response.alpha, error)
      || !lrp_caffe_double (import, layer, "beta", 0.75, &norm->response.beta, error)
      || !lrp_caffe_double (import, layer, "k", 1, &norm->response.bias, error)
      || !lrp_caffe_word (import, layer, "norm_region", regions, &region, error))
    return FALSE;
  if (norm->response.size % 2 != 1)
    return lrp_caffe_fail (layer, LRP_ERROR_RANGE, error, _("“local_size” must be odd, not %" PRId64),
                           norm->response.size);
  norm->response.within = region == 1;
  if (norm->response.within)
    norm->response.bias = 1;
  return lrp_caffe_push (import, g_steal_pointer (&norm), in, 1, out, error);
}
