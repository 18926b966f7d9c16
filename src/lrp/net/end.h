/* SPDX-License-Identifier: GPL-3.0-or-later */
/* end.h: what makes probabilities of a network's scores, decided once, when it is canonised */
#pragma once

#include "lrp/net/network.h"

G_BEGIN_DECLS

/**
 * LrpEnd:
 * @name: for programs: "softmax"
 * @text: for people, what the network's output is (translatable)
 * @op: the layer that is cut off; %LRP_OP_INPUT where there is none
 * @logarithm: whether the logarithm of that layer's output is taken
 * @assumed: whether nothing in the file says it
 * @probabilities: (nullable): makes probabilities of the scores of all classes at one place, which are @stride apart;
 *   %NULL where there are no probabilities
 *
 * A row of the table of ends: how a network ends.
 */
struct _LrpEnd
{
  const char *name, *text;
  LrpOpKind op;
  gboolean logarithm, assumed;
  void (*probabilities) (const float *scores, gsize n, gsize stride, double *probabilities);
};

/* The row of a network's end. */
const LrpEnd *lrp_network_get_end (const LrpNetwork *network);
/* Whether there are probabilities at all: there are none of a value. */
gboolean lrp_network_has_probabilities (const LrpNetwork *network);
/* What one sample's outputs, [classes, places], say of each class: its score and its probability at a place; -1: the
 * sum of its scores and the mean of its probabilities over all places. Probabilities are NaN where there are none. */
void lrp_network_read_outputs (const LrpNetwork *network, const float *outputs, gssize place, float *scores,
                               double *probabilities);

G_END_DECLS
