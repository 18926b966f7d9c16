/* SPDX-License-Identifier: GPL-3.0-or-later */
/* linear.c: Caffe's convolutions, poolings and matrix products */
#include "config.h"

#include "files/caffe/op.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/* Sizes along height and width: given once for both, twice, or each by its own name. */
static gboolean
read_pair (const LrpCaffeImport *import, const LrpCaffeLayer *layer, const char *key, const char *key_h,
           const char *key_w, gint64 fallback, gint64 *out, GError **error)
{
  gint64 both[2];
  guint n;

  if (!lrp_caffe_ints (import, layer, key, both, 2, &n, error))
    return FALSE;
  out[0] = n > 0 ? both[0] : fallback;
  out[1] = n > 1 ? both[1] : out[0];
  if (!key_h || !(lrp_caffe_has (import, layer, key_h) || lrp_caffe_has (import, layer, key_w)))
    return TRUE;
  if (n > 0)
    return lrp_caffe_fail (layer, LRP_ERROR_DAMAGED, error, _("“%s” cannot be given together with “%s” and “%s”"), key,
                           key_h, key_w);
  return lrp_caffe_int (import, layer, key_h, fallback, &out[0], error)
         && lrp_caffe_int (import, layer, key_w, fallback, &out[1], error);
}

static gboolean
read_window (const LrpCaffeImport *import, const LrpCaffeLayer *layer, LrpWindow *window, GError **error)
{
  if (!read_pair (import, layer, "kernel_size", "kernel_h", "kernel_w", 0, window->kernel, error)
      || !read_pair (import, layer, "stride", "stride_h", "stride_w", 1, window->stride, error)
      || !read_pair (import, layer, "pad", "pad_h", "pad_w", 0, window->pad_begin, error))
    return FALSE;
  memcpy (window->pad_end, window->pad_begin, sizeof window->pad_end);
  if (window->kernel[0] >= 1 && window->kernel[1] >= 1)
    return TRUE;
  return lrp_caffe_fail (layer, LRP_ERROR_RANGE, error, _("“kernel_size” is missing or less than 1"));
}

static gboolean
read_outputs (const LrpCaffeImport *import, const LrpCaffeLayer *layer, gint64 *outputs, GError **error)
{
  if (!lrp_caffe_int (import, layer, "num_output", 0, outputs, error))
    return FALSE;
  if (*outputs >= 1 && *outputs < LRP_MAX_ELEMENTS)
    return TRUE;
  return lrp_caffe_fail (layer, LRP_ERROR_RANGE, error, _("“num_output” is missing or out of range"));
}

static gboolean
load_bias (LrpCaffeImport *import, const LrpCaffeLayer *layer, gint64 outputs, LrpTensor **bias, GError **error)
{
  gboolean wanted;

  if (!lrp_caffe_bool (import, layer, "bias_term", TRUE, &wanted, error))
    return FALSE;
  return !wanted || (*bias = lrp_caffe_load (import, layer, 1, &LRP_SHAPE (outputs), error));
}

/**
 * lrp_caffe_conv:
 * @import: the network so far
 * @layer: a Convolution or Deconvolution
 * @in: what it reads
 * @out: what it makes
 * @error: return location for an error
 *
 * Returns: whether it became a layer
 */
gboolean
lrp_caffe_conv (LrpCaffeImport *import, const LrpCaffeLayer *layer, const guint *in, guint *out, GError **error)
{
  g_autoptr (LrpLayer) conv = lrp_caffe_new (layer->op->kind, layer, "");
  const LrpShape *shape = lrp_caffe_shape (import, in[0]);
  LrpWindow *window = &conv->window;
  gint64 outputs, axis, rows, columns;

  if (!read_window (import, layer, window, error)
      || !read_pair (import, layer, "dilation", NULL, NULL, 1, window->dilation, error)
      || !read_outputs (import, layer, &outputs, error)
      || !lrp_caffe_int (import, layer, "group", 1, &window->group, error)
      || !lrp_caffe_int (import, layer, "axis", 1, &axis, error))
    return FALSE;
  if (shape->rank != 4 || (axis != 1 && axis != -3))
    return lrp_caffe_fail (layer, LRP_ERROR_UNSUPPORTED, error,
                           _("a convolution needs 4 dimensions, the channels second; the input has %u"), shape->rank);
  if (window->group < 1 || shape->dims[1] % window->group != 0 || outputs % window->group != 0)
    return lrp_caffe_fail (layer, LRP_ERROR_SHAPE, error,
                           _("group count %" PRId64 " does not divide %" PRId64 " and %" PRId64 " channels"),
                           window->group, shape->dims[1], outputs);
  rows = conv->kind == LRP_OP_CONV ? outputs : shape->dims[1];
  columns = (conv->kind == LRP_OP_CONV ? shape->dims[1] : outputs) / window->group;
  conv->weights =
      lrp_caffe_load (import, layer, 0, &LRP_SHAPE (rows, columns, window->kernel[0], window->kernel[1]), error);
  return conv->weights && load_bias (import, layer, outputs, &conv->bias, error)
         && lrp_caffe_push (import, g_steal_pointer (&conv), in, 1, out, error);
}

/* Caffe rounds the number of windows up. With padding the last must begin within input or leading padding, as it must
 * here always; without, Caffe may have windows that lie on nothing, which no network has. */
static gboolean
finish_pool (LrpCaffeImport *import, const LrpCaffeLayer *layer, LrpLayer *pool, guint in, guint *out, GError **error)
{
  g_autoptr (LrpLayer) owned = pool;
  static const char *const rounds[] = { "CEIL", "FLOOR", NULL };
  const LrpWindow *window = &pool->window;
  guint round = 0;

  if (!read_window (import, layer, &pool->window, error)
      || !lrp_caffe_word (import, layer, "round_mode", rounds, &round, error))
    return FALSE;
  for (guint i = 0; i < 2; i++)
    if (window->pad_begin[i] >= window->kernel[i])
      return lrp_caffe_fail (layer, LRP_ERROR_RANGE, error,
                             _("padding of %" PRId64 " is not smaller than the window of %" PRId64),
                             window->pad_begin[i], window->kernel[i]);
  pool->window.ceil_mode = round == 0;
  pool->window.count_include_pad = TRUE;
  return lrp_caffe_push (import, g_steal_pointer (&owned), &in, 1, out, error);
}

/**
 * lrp_caffe_pool:
 * @import: the network so far
 * @layer: a Pooling
 * @in: what it reads
 * @out: what it makes
 * @error: return location for an error
 *
 * Returns: whether it became a layer
 */
gboolean
lrp_caffe_pool (LrpCaffeImport *import, const LrpCaffeLayer *layer, const guint *in, guint *out, GError **error)
{
  static const char *const pools[] = { "MAX", "AVE", "STOCHASTIC", NULL };
  static const LrpOpKind kinds[][2] = { { LRP_OP_MAX_POOL, LRP_OP_AVERAGE_POOL },
                                        { LRP_OP_GLOBAL_MAX_POOL, LRP_OP_GLOBAL_AVERAGE_POOL } };
  gboolean global;
  guint pool = 0;
  LrpLayer *made;

  if (!lrp_caffe_word (import, layer, "pool", pools, &pool, error)
      || !lrp_caffe_bool (import, layer, "global_pooling", FALSE, &global, error))
    return FALSE;
  if (pool > 1)
    return lrp_caffe_fail (layer, LRP_ERROR_UNSUPPORTED, error, _("stochastic pooling is not supported"));
  made = lrp_caffe_new (kinds[global][pool], layer, "");
  return global ? lrp_caffe_push (import, made, in, 1, out, error)
                : finish_pool (import, layer, made, in[0], out, error);
}

/* Transposes a matrix. */
static LrpTensor *
transpose (const LrpTensor *matrix, GError **error)
{
  gint64 rows = matrix->shape.dims[0], columns = matrix->shape.dims[1];
  LrpTensor *result = lrp_tensor_new (&LRP_SHAPE (columns, rows), error);

  for (gint64 i = 0; result && i < rows; i++)
    for (gint64 k = 0; k < columns; k++)
      result->data[k * rows + i] = matrix->data[i * columns + k];
  return result;
}

static LrpTensor *
load_matrix (LrpCaffeImport *import, const LrpCaffeLayer *layer, gint64 outputs, gint64 inputs, GError **error)
{
  g_autoptr (LrpTensor) matrix = NULL;
  gboolean turned;

  if (!lrp_caffe_bool (import, layer, "transpose", FALSE, &turned, error))
    return NULL;
  if (!turned)
    return lrp_caffe_load (import, layer, 0, &LRP_SHAPE (outputs, inputs), error);
  matrix = lrp_caffe_load (import, layer, 0, &LRP_SHAPE (inputs, outputs), error);
  return matrix ? transpose (matrix, error) : NULL;
}

/* Pushes a reshape that makes one axis of all from `axis` on. */
static gboolean
push_flat (LrpCaffeImport *import, const LrpCaffeLayer *layer, guint axis, guint *at, GError **error)
{
  LrpLayer *flat;

  if (axis + 1 == lrp_caffe_shape (import, *at)->rank)
    return TRUE;
  flat = lrp_caffe_new (axis == 1 ? LRP_OP_FLATTEN : LRP_OP_RESHAPE, layer, "/flat");
  if (axis == 1)
    flat->axis = axis;
  else
    {
      flat->target = (LrpShape){ .rank = axis + 1 };
      flat->target.dims[axis] = -1;
    }
  return lrp_caffe_push (import, flat, at, 1, at, error);
}

/**
 * lrp_caffe_inner_product:
 * @import: the network so far
 * @layer: an InnerProduct
 * @in: what it reads
 * @out: what it makes
 * @error: return location for an error
 *
 * Returns: whether it became a layer
 */
gboolean
lrp_caffe_inner_product (LrpCaffeImport *import, const LrpCaffeLayer *layer, const guint *in, guint *out,
                         GError **error)
{
  g_autoptr (LrpLayer) dense = lrp_caffe_new (LRP_OP_DENSE, layer, "");
  gint64 axis, outputs;
  guint at = in[0], from;

  if (!lrp_caffe_int (import, layer, "axis", 1, &axis, error) || !read_outputs (import, layer, &outputs, error)
      || !lrp_caffe_axis (layer, axis, lrp_caffe_shape (import, at)->rank, &from, error))
    return FALSE;
  if (from == 0)
    return lrp_caffe_fail (layer, LRP_ERROR_UNSUPPORTED, error, _("a product over all samples is not supported"));
  if (!push_flat (import, layer, from, &at, error))
    return FALSE;
  dense->weights = load_matrix (import, layer, outputs, lrp_caffe_shape (import, at)->dims[from], error);
  return dense->weights && load_bias (import, layer, outputs, &dense->bias, error)
         && lrp_caffe_push (import, g_steal_pointer (&dense), &at, 1, out, error);
}
