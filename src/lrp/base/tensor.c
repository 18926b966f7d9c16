/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tensor.c: float32 numbers with a shape, in row-major order */
#include "config.h"

#include "lrp/base/tensor.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The size of a cache line, and of the widest vectors that processors compute with. */
#define ALIGNMENT 64

/**
 * lrp_tensor_new:
 * @shape: dimensions, each at least 1
 * @error: return location for an error
 *
 * Makes a tensor filled with zeros.
 *
 * Returns: (transfer full) (nullable): the tensor, or %NULL if the shape is refused or memory is short
 */
LrpTensor *
lrp_tensor_new (const LrpShape *shape, GError **error)
{
  gsize count, bytes;
  LrpTensor *tensor;
  char *block;

  if (!lrp_shape_count (shape, &count, error))
    return NULL;
  /* Large memory comes as zeros and is not touched before it is used. */
  block = g_size_checked_mul (&bytes, count, sizeof (float)) && g_size_checked_add (&bytes, bytes, ALIGNMENT - 1)
              ? calloc (1, bytes)
              : NULL;
  if (!block)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_MEMORY, _("not enough memory for %.3g GB"),
                   (double) count * sizeof (float) / 1e9);
      return NULL;
    }
  tensor = g_new (LrpTensor, 1);
  tensor->shape = *shape;
  tensor->count = count;
  tensor->block = block;
  tensor->data = (float *) (gpointer) (block + (ALIGNMENT - (guintptr) block % ALIGNMENT) % ALIGNMENT);
  g_atomic_ref_count_init (&tensor->ref_count);
  return tensor;
}

/**
 * lrp_tensor_new_copy:
 * @shape: dimensions
 * @data: (array): as many numbers as @shape has elements
 * @error: return location for an error
 *
 * Makes a tensor with a copy of @data.
 *
 * Returns: (transfer full) (nullable): the tensor
 */
LrpTensor *
lrp_tensor_new_copy (const LrpShape *shape, const float *data, GError **error)
{
  LrpTensor *tensor = lrp_tensor_new (shape, error);

  if (tensor)
    memcpy (tensor->data, data, tensor->count * sizeof (float));
  return tensor;
}

/**
 * lrp_tensor_ref:
 * @tensor: a tensor
 *
 * Returns: (transfer full): @tensor
 */
LrpTensor *
lrp_tensor_ref (LrpTensor *tensor)
{
  g_atomic_ref_count_inc (&tensor->ref_count);
  return tensor;
}

/**
 * lrp_tensor_unref:
 * @tensor: (transfer full) (nullable): a tensor
 *
 * Gives up a reference; the last one frees the numbers.
 */
void
lrp_tensor_unref (LrpTensor *tensor)
{
  if (!tensor || !g_atomic_ref_count_dec (&tensor->ref_count))
    return;
  free (tensor->block);
  g_free (tensor);
}

/**
 * lrp_tensor_sum:
 * @tensor: a tensor
 *
 * Returns: the sum of all elements, added in double precision
 */
double
lrp_tensor_sum (const LrpTensor *tensor)
{
  double sum = 0;

  for (gsize i = 0; i < tensor->count; i++)
    sum += (double) tensor->data[i];
  return sum;
}

/**
 * lrp_tensor_is_finite:
 * @tensor: a tensor
 *
 * Returns: whether no element is infinite or NaN
 */
gboolean
lrp_tensor_is_finite (const LrpTensor *tensor)
{
  for (gsize i = 0; i < tensor->count; i++)
    if (!isfinite (tensor->data[i]))
      return FALSE;
  return TRUE;
}
