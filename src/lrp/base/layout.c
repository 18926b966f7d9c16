/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layout.c: numbers in blocks of channels, and how they get from one layout to another */
#include "config.h"

#include "lrp/base/layout.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#define ALIGNMENT 64

/**
 * lrp_layout_new:
 * @shape: dimensions; the second is the channels
 * @block: channels side by side
 *
 * Returns: the layout of a tensor of that shape
 */
LrpLayout
lrp_layout_new (const LrpShape *shape, gsize block)
{
  LrpLayout layout = { 1, 1, 1, block };

  if (shape->rank > 0)
    layout.n = (gsize) shape->dims[0];
  if (shape->rank > 1)
    layout.c = (gsize) shape->dims[1];
  for (guint i = 2; i < shape->rank; i++)
    layout.s *= (gsize) shape->dims[i];
  return layout;
}

static gsize
n_blocks (const LrpLayout *layout)
{
  return (layout->c + layout->block - 1) / layout->block;
}

/**
 * lrp_layout_size:
 * @layout: a layout
 *
 * Returns: how many floats it takes, padding included
 */
gsize
lrp_layout_size (const LrpLayout *layout)
{
  return layout->n * n_blocks (layout) * layout->block * layout->s;
}

/**
 * lrp_layout_is_padded:
 * @layout: a layout
 *
 * Returns: whether its last block has lanes that belong to no channel
 */
gboolean
lrp_layout_is_padded (const LrpLayout *layout)
{
  return layout->c % layout->block != 0;
}

/**
 * lrp_layout_equal:
 * @a: a layout
 * @b: a layout of the same shape
 *
 * Returns: whether both put every number in the same place
 */
gboolean
lrp_layout_equal (const LrpLayout *a, const LrpLayout *b)
{
  return a->block == b->block || (a->s == 1 && !lrp_layout_is_padded (a) && !lrp_layout_is_padded (b));
}

/**
 * lrp_layout_convert:
 * @to: layout of @dst
 * @dst: (out caller-allocates): numbers
 * @from: layout of @src, of the same shape
 * @src: numbers
 * @add: whether to add to what @dst holds
 *
 * Brings numbers from one layout to another. Padding of @dst stays as it is.
 */
void
lrp_layout_convert (const LrpLayout *to, float *dst, const LrpLayout *from, const float *src, gboolean add)
{
  if (lrp_layout_equal (to, from))
    {
      gsize size = lrp_layout_size (to);
      if (!add)
        memcpy (dst, src, size * sizeof *dst);
      else
        for (gsize i = 0; i < size; i++)
          dst[i] += src[i];
      return;
    }
  for (gsize n = 0; n < to->n; n++)
    for (gsize c = 0; c < to->c; c++)
      {
        float *d = dst + lrp_layout_channel (to, n, c);
        const float *s = src + lrp_layout_channel (from, n, c);
        for (gsize i = 0; i < to->s; i++)
          d[i * to->block] = s[i * from->block] + (add ? d[i * to->block] : 0);
      }
}

/**
 * lrp_layout_fill_channels:
 * @layout: layout of @dst
 * @dst: (out caller-allocates): numbers
 * @channels: (array): one number per channel
 *
 * Gives every element its channel's value; padding gets zero.
 */
void
lrp_layout_fill_channels (const LrpLayout *layout, float *dst, const float *channels)
{
  for (gsize n = 0; n < layout->n; n++)
    for (gsize b = 0; b < n_blocks (layout); b++)
      for (gsize i = 0; i < layout->s; i++)
        for (gsize k = 0; k < layout->block; k++)
          *dst++ = b * layout->block + k < layout->c ? channels[b * layout->block + k] : 0;
}

/**
 * lrp_layout_dot_channels:
 * @layout: layout of @data
 * @data: numbers
 * @channels: (array): one number per channel
 *
 * Returns: the sum of every element times its channel's number
 */
double
lrp_layout_dot_channels (const LrpLayout *layout, const float *data, const float *channels)
{
  double sum = 0;

  for (gsize n = 0; n < layout->n; n++)
    for (gsize c = 0; c < layout->c; c++)
      {
        const float *x = data + lrp_layout_channel (layout, n, c);
        double channel = 0;
        for (gsize i = 0; channels[c] != 0 && i < layout->s; i++)
          channel += (double) x[i * layout->block];
        sum += channel * (double) channels[c];
      }
  return sum;
}

/**
 * lrp_layout_clear_padding:
 * @layout: layout of @data
 * @data: (inout): numbers
 *
 * Puts zeros into the lanes that belong to no channel.
 */
void
lrp_layout_clear_padding (const LrpLayout *layout, float *data)
{
  gsize used = layout->c % layout->block, row = layout->s * layout->block;

  if (!lrp_layout_is_padded (layout))
    return;
  for (gsize n = 0; n < layout->n; n++)
    {
      float *last = data + ((n + 1) * n_blocks (layout) - 1) * row;
      for (gsize i = 0; i < row; i += layout->block)
        memset (last + i + used, 0, (layout->block - used) * sizeof *data);
    }
}

/**
 * lrp_buffer_init:
 * @buffer: (out caller-allocates): zeros
 * @shape: dimensions that lrp_shape_count() accepts
 * @block: channels side by side
 * @error: return location for an error
 *
 * Returns: whether there was memory for it
 */
gboolean
lrp_buffer_init (LrpBuffer *buffer, const LrpShape *shape, gsize block, GError **error)
{
  gsize count, bytes;
  void *data = NULL;

  buffer->shape = *shape;
  buffer->layout = lrp_layout_new (shape, block);
  count = lrp_layout_size (&buffer->layout);
  if (!g_size_checked_mul (&bytes, count, sizeof (float)) || posix_memalign (&data, ALIGNMENT, bytes) != 0)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_MEMORY, _("not enough memory for %.3g GB of activations"),
                   (double) count * sizeof (float) / 1e9);
      return FALSE;
    }
  buffer->data = memset (data, 0, bytes);
  return TRUE;
}

/**
 * lrp_buffer_clear:
 * @buffer: a buffer, or zeros
 *
 * Frees its numbers.
 */
void
lrp_buffer_clear (LrpBuffer *buffer)
{
  free (g_steal_pointer (&buffer->data));
}
