/* SPDX-License-Identifier: GPL-3.0-or-later */
/* batch.h: following the samples of a batch through a network that is being built; private to the core */
#pragma once

#include "lrp/net/network.h"

G_BEGIN_DECLS

/* The one axis of an output that grows with the batch. It counts, from the outside in, rounds, samples, and what of
 * each sample lies together: [time x batch x heads, ...] has rounds of `time` and `heads` inside. */
typedef struct
{
  guint axis;
  gsize before, rounds, inside, after;
} LrpBatchPlace;

/* Where the samples lie in a layer's output, for a batch of so many; FALSE where they cannot be told apart. */
gboolean lrp_batch_get_place (const LrpLayer *layer, gint64 batch, LrpBatchPlace *place);
/* Finds where the samples lie in the output of a layer that is about to be added to others; batch: how many they are
 * shaped for. */
void lrp_batch_follow (LrpLayer *layer, const GPtrArray *layers, gint64 batch);
/* Appends what it takes to make the output [samples, classes, places ...]. class_axis: which of its axes is that of the
 * classes; -1 where nothing says it. */
gboolean lrp_batch_put_first (LrpNetwork *network, int class_axis, GError **error);

G_END_DECLS
