/* SPDX-License-Identifier: GPL-3.0-or-later */
/* onnx-fold.c: what can be done to a constant while a network is read */
#include "config.h"

#include "files/onnx-constant.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * lrp_constant_reshape:
 * @constant: numbers
 * @shape: dimensions, with as many elements
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the same numbers in another shape
 */
LrpConstant *
lrp_constant_reshape (const LrpConstant *constant, const LrpShape *shape, GError **error)
{
  if (lrp_shape_elements (shape) != constant->count)
    {
      g_autofree char *from = lrp_shape_to_string (&constant->shape), *to = lrp_shape_to_string (shape);
      g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE, _("a constant of shape %s cannot become %s"), from, to);
      return NULL;
    }
  return constant->floats ? lrp_constant_new_floats (shape, constant->floats->data, error)
                          : lrp_constant_new_ints (shape, constant->ints, error);
}

/* out[i] = in[...]: walks the output in order, with the input's stride of every output axis. */
static void
permute (guint8 *out, const guint8 *in, gsize size, const LrpShape *shape, const guint *perm)
{
  gsize stride[LRP_MAX_RANK], index[LRP_MAX_RANK] = { 0 }, step = 1, count = lrp_shape_elements (shape);
  gsize at = 0;

  for (guint i = shape->rank; i-- > 0; step *= (gsize) shape->dims[i])
    stride[i] = step;
  for (gsize n = 0; n < count; n++)
    {
      memcpy (out + n * size, in + at * size, size);
      for (guint i = shape->rank; i-- > 0;)
        {
          at += stride[perm[i]];
          if (++index[i] < (gsize) shape->dims[perm[i]])
            break;
          at -= stride[perm[i]] * index[i];
          index[i] = 0;
        }
    }
}

/**
 * lrp_constant_transpose:
 * @constant: numbers
 * @perm: (array): for every axis of the result, the axis of @constant that it is; each axis once
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the numbers with their axes in another order
 */
LrpConstant *
lrp_constant_transpose (const LrpConstant *constant, const guint *perm, GError **error)
{
  LrpShape shape = { .rank = constant->shape.rank };
  LrpConstant *result;

  for (guint i = 0; i < shape.rank; i++)
    shape.dims[i] = constant->shape.dims[perm[i]];
  result = lrp_constant_reshape (constant, &shape, error);
  if (result && result->floats)
    permute ((guint8 *) result->floats->data, (const guint8 *) constant->floats->data, sizeof (float), &constant->shape,
             perm);
  else if (result && result->ints)
    permute ((guint8 *) result->ints, (const guint8 *) constant->ints, sizeof (gint64), &constant->shape, perm);
  return result;
}

/* Toward zero, as a C cast does where it is defined; what has no whole number becomes the nearest there is. */
static gint64
truncate_float (float value)
{
  return value >= 0x1p63f ? G_MAXINT64 : value >= -0x1p63f ? (gint64) value : value < 0 ? G_MININT64 : 0;
}

/**
 * lrp_constant_cast:
 * @constant: numbers
 * @to_int: whether whole numbers are wanted
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the numbers, real or whole
 */
LrpConstant *
lrp_constant_cast (const LrpConstant *constant, gboolean to_int, GError **error)
{
  LrpConstant *result;

  if (constant->count == 0 || to_int == (constant->ints != NULL))
    return lrp_constant_reshape (constant, &constant->shape, error);
  if (to_int)
    {
      g_autofree gint64 *ints = g_try_new (gint64, constant->count);
      for (gsize i = 0; ints && i < constant->count; i++)
        ints[i] = truncate_float (constant->floats->data[i]);
      if (ints)
        return lrp_constant_new_ints (&constant->shape, ints, error);
      g_set_error_literal (error, LRP_ERROR, LRP_ERROR_MEMORY, _("not enough memory"));
      return NULL;
    }
  {
    g_autoptr (LrpTensor) floats = lrp_tensor_new (&constant->shape, error);
    if (!floats)
      return NULL;
    for (gsize i = 0; i < constant->count; i++)
      floats->data[i] = (float) constant->ints[i];
    result = lrp_constant_new_floats (&constant->shape, floats->data, error);
  }
  return result;
}
