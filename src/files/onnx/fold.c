/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fold.c: what can be done to a constant while a network is read */
#include "config.h"

#include "files/onnx/constant.h"

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

/**
 * lrp_constant_view:
 * @constant: numbers
 * @shape: dimensions of the result
 * @first: where its first element stands
 * @strides: (array): for every axis of the result, how far on its next element stands; may be 0 or negative
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): a part of the numbers, or the numbers repeated
 */
LrpConstant *
lrp_constant_view (const LrpConstant *constant, const LrpShape *shape, gint64 first, const gint64 *strides,
                   GError **error)
{
  LrpConstant *result = lrp_constant_new_zeros (shape, constant->floats != NULL, error);

  for (gsize i = 0; result && i < result->count; i++)
    {
      gint64 at = first;
      gsize rest = i;
      for (guint k = shape->rank; k-- > 0; rest /= (gsize) shape->dims[k])
        at += (gint64) (rest % (gsize) shape->dims[k]) * strides[k];
      if (constant->floats)
        result->floats->data[i] = constant->floats->data[at];
      else
        result->ints[i] = constant->ints[at];
    }
  return result;
}

/**
 * lrp_constant_broadcast:
 * @constant: numbers
 * @shape: dimensions of the result
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the numbers repeated along axes where @constant has 1 or none, as NumPy does
 */
LrpConstant *
lrp_constant_broadcast (const LrpConstant *constant, const LrpShape *shape, GError **error)
{
  gint64 strides[LRP_MAX_RANK] = { 0 }, stride = 1;
  gboolean fits = constant->shape.rank <= shape->rank;

  for (guint i = 0; fits && i < constant->shape.rank; i++)
    {
      gint64 extent = constant->shape.dims[constant->shape.rank - 1 - i];
      fits = extent == 1 || extent == shape->dims[shape->rank - 1 - i];
      strides[shape->rank - 1 - i] = extent == 1 ? 0 : stride;
      stride *= extent;
    }
  if (!fits)
    {
      g_autofree char *from = lrp_shape_to_string (&constant->shape), *to = lrp_shape_to_string (shape);
      g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE, _("a constant of shape %s cannot be spread over %s"), from, to);
      return NULL;
    }
  return lrp_constant_view (constant, shape, 0, strides, error);
}

/* Joins constants along an axis: for each row of the result the rows of all parts lie one after another. */
static void
join (const LrpConstant *const *parts, guint n, guint axis, LrpConstant *result)
{
  gsize outer = 1, at = 0;

  for (guint d = 0; d < axis; d++)
    outer *= (gsize) result->shape.dims[d];
  for (gsize o = 0; o < outer; o++)
    for (guint i = 0; i < n; i++)
      {
        gsize chunk = parts[i]->count / outer;
        if (chunk > 0 && result->floats)
          memcpy (result->floats->data + at, parts[i]->floats->data + o * chunk, chunk * sizeof (float));
        else if (chunk > 0)
          memcpy (result->ints + at, parts[i]->ints + o * chunk, chunk * sizeof (gint64));
        at += chunk;
      }
}

/**
 * lrp_constant_concat:
 * @parts: (array length=n): numbers, all real or all whole
 * @n: how many, at least one
 * @axis: along which axis they are joined
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the parts side by side
 */
LrpConstant *
lrp_constant_concat (const LrpConstant *const *parts, guint n, guint axis, GError **error)
{
  LrpShape shape = parts[0]->shape;
  gboolean floats = parts[0]->floats != NULL;
  LrpConstant *result;

  for (guint i = 1; i < n; i++)
    {
      LrpShape same = parts[i]->shape;
      gboolean fits = same.rank == shape.rank;
      floats = floats || parts[i]->floats;
      if (fits)
        same.dims[axis] = shape.dims[axis];
      if (!fits || !lrp_shape_equal (&same, &shape)
          || !g_size_checked_add ((gsize *) &shape.dims[axis], (gsize) shape.dims[axis],
                                  (gsize) parts[i]->shape.dims[axis]))
        {
          g_autofree char *a = lrp_shape_to_string (&shape), *b = lrp_shape_to_string (&parts[i]->shape);
          g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE,
                       _("constants of shape %s and %s cannot be joined along axis %u"), a, b, axis);
          return NULL;
        }
    }
  for (guint i = 0; i < n; i++)
    if (parts[i]->count > 0 && floats != (parts[i]->floats != NULL))
      {
        g_set_error_literal (error, LRP_ERROR, LRP_ERROR_DAMAGED, _("real and whole numbers cannot be joined"));
        return NULL;
      }
  result = lrp_constant_new_zeros (&shape, floats, error);
  if (result && result->count > 0)
    join (parts, n, axis, result);
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
