/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run.h: a network compiled for one input shape */
#pragma once

#include "lrp/rules/composite.h"

G_BEGIN_DECLS

/* What happened at one layer on the way down; see LrpLayerSum. arrived: the sum of what its readers handed to it, each
 * summed before they met. unmatched: what arrived, times the group's share, where the group of the rule had nothing to
 * share it among. */
typedef struct
{
  double arrived, sum, positive, negative, left, bias, stabilizer;
  double unmatched[LRP_MAX_GROUPS];
} LrpFlow;

/**
 * LrpPass:
 * @composite: (nullable): which rule each layer gets; %NULL for the gradient
 * @reference: (nullable): a run of the same network and batch with another input: instead of the gradient, each layer's
 *   slope between the two inputs counts (the rescale rule of DeepLIFT) [Shrikumar17]
 * @layer: the layer at whose output relevance starts
 * @start: relevance there, as many numbers as the output has
 *
 * A way back through the network.
 */
typedef struct
{
  const LrpComposite *composite;
  LrpRun *reference;
  guint layer;
  const LrpTensor *start;
} LrpPass;

LrpRun *lrp_run_new (LrpNetwork *network, const LrpShape *input_shape, GError **error) G_GNUC_WARN_UNUSED_RESULT;
LrpRun *lrp_run_new_single (LrpNetwork *network, const LrpShape *input_shape, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void lrp_run_free (LrpRun *run);
guint64 lrp_run_estimate_memory (const LrpNetwork *network, gint64 batch);

LrpNetwork *lrp_run_get_network (LrpRun *run);
/* The same network for another batch; compiled at the first call, kept for the next. Its owner is run. */
LrpRun *lrp_run_get_sibling (LrpRun *run, guint batch, GError **error);
guint lrp_run_get_batch (LrpRun *run);
const LrpShape *lrp_run_get_shape (LrpRun *run, guint layer);
/* Element i of a layer's output belongs to sample i / inner % batch; there are `outer` rows of all samples. */
void lrp_run_get_samples (LrpRun *run, guint layer, gsize *outer, gsize *inner);

gboolean lrp_run_forward (LrpRun *run, const LrpTensor *input, GCancellable *cancellable, GError **error);
gboolean lrp_run_holds (LrpRun *run, const LrpTensor *input);
gboolean lrp_run_pass_back (LrpRun *run, const LrpPass *pass, GCancellable *cancellable, GError **error);
gboolean lrp_run_repeated (LrpRun *run);

/* Copies of what the run holds for a layer's output, in row-major order. */
LrpTensor *lrp_run_dup_activation (LrpRun *run, guint layer, GError **error) G_GNUC_WARN_UNUSED_RESULT;
LrpTensor *lrp_run_dup_relevance (LrpRun *run, guint layer, GError **error) G_GNUC_WARN_UNUSED_RESULT;
const LrpFlow *lrp_run_get_flow (LrpRun *run, guint layer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LrpRun, lrp_run_free)

G_END_DECLS
