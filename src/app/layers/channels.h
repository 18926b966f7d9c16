/* SPDX-License-Identifier: GPL-3.0-or-later */
/* channels.h: the channels of a layer, or its units, and how much each counts */
#pragma once

#include "lrp/methods/explanation.h"

G_BEGIN_DECLS

/**
 * RlvChannel:
 * @index: which
 * @relevance: summed over its places
 * @activation: mean over its places
 *
 * A channel, or a unit of a layer without places.
 */
typedef struct
{
  guint index;
  double relevance, activation;
} RlvChannel;

/**
 * RlvChannelOrder:
 * @RLV_BY_RELEVANCE: what speaks for first
 * @RLV_BY_SIZE: what counts most first, for or against
 * @RLV_BY_ACTIVATION: what is most active first
 * @RLV_BY_INDEX: as they come
 *
 * What channels are sorted by.
 */
typedef enum
{
  RLV_BY_RELEVANCE,
  RLV_BY_SIZE,
  RLV_BY_ACTIVATION,
  RLV_BY_INDEX,
  RLV_N_ORDERS
} RlvChannelOrder;

/**
 * RlvChannels:
 * @n: how many there are
 * @width: places across; 1 for units
 * @height: places down
 * @channels: (array length=n): them, in the order of their index
 * @total: relevance of all together
 * @size: the absolute relevance of all together
 *
 * The channels of one sample. It does not change.
 */
typedef struct
{
  guint n;
  int width, height;
  RlvChannel *channels;
  double total, size;
  /*< private >*/
  LrpTensor *relevance, *activation;
} RlvChannels;

RlvChannels *rlv_channels_new (LrpTensor *activation, LrpTensor *relevance) G_GNUC_WARN_UNUSED_RESULT;
void rlv_channels_unref (RlvChannels *self);

gboolean rlv_channels_have_places (const RlvChannels *self);
const float *rlv_channels_get_relevance (const RlvChannels *self, guint channel);
const float *rlv_channels_get_activation (const RlvChannels *self, guint channel);
/* The indices of all channels in an order, the first `n` of them if that is less; as many are returned. */
guint *rlv_channels_sort (const RlvChannels *self, RlvChannelOrder order, guint *n) G_GNUC_WARN_UNUSED_RESULT;
/* How many channels have more relevance, and one. */
guint rlv_channels_get_rank (const RlvChannels *self, guint channel);
/* The largest absolute relevance of a place of these channels. */
double rlv_channels_get_peak (const RlvChannels *self, const guint *channels, guint n);
/* Relevance of each place, summed over channels. */
float *rlv_channels_sum_map (const RlvChannels *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RlvChannels, rlv_channels_unref)

G_END_DECLS
