/* SPDX-License-Identifier: GPL-3.0-or-later */
/* channels.c: the channels of a layer, or its units, and how much each counts */
#include "config.h"

#include "app/layers/channels.h"

#include "heat/scale.h"

#include <math.h>

/* So many are picked out of all without sorting all. */
#define FEW 128

static gsize
n_places (const RlvChannels *self)
{
  return (gsize) self->width * (gsize) self->height;
}

/* [1, C, H, W] are C maps, [1, C] are C units; whatever else there is becomes one of these. */
static void
read_shape (RlvChannels *self, const LrpShape *shape, gsize count)
{
  gboolean one_sample = shape->rank > 1 && shape->dims[0] == 1;

  self->n = (guint) (one_sample ? shape->dims[1] : (gint64) count);
  self->height = one_sample && shape->rank > 3 ? (int) shape->dims[2] : 1;
  self->width = self->n > 0 ? (int) (count / self->n / (gsize) self->height) : 0;
}

/**
 * rlv_channels_new:
 * @activation: a layer's output, of one sample
 * @relevance: relevance there
 *
 * Returns: (transfer full): its channels
 */
RlvChannels *
rlv_channels_new (LrpTensor *activation, LrpTensor *relevance)
{
  RlvChannels *self = g_rc_box_new0 (RlvChannels);

  self->activation = lrp_tensor_ref (activation);
  self->relevance = lrp_tensor_ref (relevance);
  read_shape (self, &relevance->shape, relevance->count);
  self->channels = g_new0 (RlvChannel, MAX (self->n, 1));
  for (guint c = 0; c < self->n; c++)
    {
      const float *r = rlv_channels_get_relevance (self, c), *a = rlv_channels_get_activation (self, c);
      RlvChannel *channel = &self->channels[c];
      channel->index = c;
      for (gsize i = 0; i < n_places (self); i++)
        {
          channel->relevance += (double) r[i];
          channel->activation += (double) a[i];
        }
      channel->activation /= (double) MAX (n_places (self), 1);
      self->total += channel->relevance;
      self->size += fabs (channel->relevance);
    }
  return self;
}

static void
clear (gpointer data)
{
  RlvChannels *self = data;

  lrp_tensor_unref (self->activation);
  lrp_tensor_unref (self->relevance);
  g_free (self->channels);
}

void
rlv_channels_unref (RlvChannels *self)
{
  if (self)
    g_rc_box_release_full (self, clear);
}

/**
 * rlv_channels_have_places:
 * @self: channels
 *
 * Returns: whether they are maps; else they are units
 */
gboolean
rlv_channels_have_places (const RlvChannels *self)
{
  return n_places (self) > 1;
}

const float *
rlv_channels_get_relevance (const RlvChannels *self, guint channel)
{
  return self->relevance->data + channel * n_places (self);
}

const float *
rlv_channels_get_activation (const RlvChannels *self, guint channel)
{
  return self->activation->data + channel * n_places (self);
}

/* --- order -------------------------------------------------------------------------------------------------------- */

static double
key_relevance (const RlvChannel *channel)
{
  return channel->relevance;
}

static double
key_size (const RlvChannel *channel)
{
  return fabs (channel->relevance);
}

static double
key_activation (const RlvChannel *channel)
{
  return channel->activation;
}

static double
key_index (const RlvChannel *channel)
{
  return -(double) channel->index;
}

static double (*const keys[RLV_N_ORDERS]) (const RlvChannel *) = { key_relevance, key_size, key_activation, key_index };

typedef struct
{
  const RlvChannels *channels;
  double (*key) (const RlvChannel *);
} Sorting;

static gint
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  const Sorting *sorting = data;
  guint i = *(const guint *) a, j = *(const guint *) b;
  double x = sorting->key (&sorting->channels->channels[i]), y = sorting->key (&sorting->channels->channels[j]);

  return x > y ? -1 : x < y ? 1 : i < j ? -1 : i > j;
}

/* Only the first of very many are wanted, as a rule: sorting all would take much longer. */
static void
sort_first (const Sorting *sorting, guint *sorted, guint n)
{
  guint kept = 0;

  for (guint i = 0; i < sorting->channels->n; i++)
    {
      guint at = MIN (kept, n - 1);
      if (kept == n && compare (&i, &sorted[n - 1], (gpointer) sorting) > 0)
        continue;
      for (; at > 0 && compare (&i, &sorted[at - 1], (gpointer) sorting) < 0; at--)
        sorted[at] = sorted[at - 1];
      sorted[at] = i;
      kept = MIN (kept + 1, n);
    }
}

/**
 * rlv_channels_sort:
 * @self: channels
 * @order: what they are sorted by
 * @n: (inout): how many are wanted; how many there are
 *
 * Returns: (transfer full) (array length=n): their indices
 */
guint *
rlv_channels_sort (const RlvChannels *self, RlvChannelOrder order, guint *n)
{
  Sorting sorting = { self, keys[order] };
  guint *sorted = g_new (guint, MAX (self->n, 1));

  *n = MIN (*n, self->n);
  if (*n > 0 && *n <= FEW)
    {
      sort_first (&sorting, sorted, *n);
      return sorted;
    }
  for (guint i = 0; i < self->n; i++)
    sorted[i] = i;
  g_qsort_with_data (sorted, (int) self->n, sizeof *sorted, compare, &sorting);
  return sorted;
}

guint
rlv_channels_get_rank (const RlvChannels *self, guint channel)
{
  guint rank = 1;

  for (guint i = 0; i < self->n; i++)
    rank += self->channels[i].relevance > self->channels[channel].relevance;
  return rank;
}

double
rlv_channels_get_peak (const RlvChannels *self, const guint *channels, guint n)
{
  double peak = 0;

  for (guint i = 0; i < n; i++)
    peak = MAX (peak, lrp_scale_max_abs (rlv_channels_get_relevance (self, channels[i]), n_places (self)));
  return peak;
}

/**
 * rlv_channels_sum_map:
 * @self: channels with places
 *
 * Returns: (transfer full) (array): relevance of each place, all channels together
 */
float *
rlv_channels_sum_map (const RlvChannels *self)
{
  float *map = g_new (float, MAX (n_places (self), 1));

  lrp_scale_sum_channels (self->relevance->data, self->n, n_places (self), map);
  return map;
}
