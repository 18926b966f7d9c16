/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run.h: a network compiled for one input shape */
#pragma once

#include "lrp/composite.h"

G_BEGIN_DECLS

/* What happened at one layer on the way down; see LrpLayerSum. */
typedef struct
{
  double sum, positive, negative, left, bias, stabilizer;
} LrpFlow;

LrpRun *lrp_run_new (LrpNetwork *network, const LrpShape *input_shape, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void lrp_run_free (LrpRun *run);

LrpNetwork *lrp_run_get_network (LrpRun *run);
/* The same network for another batch; compiled at the first call, kept for the next. Its owner is run. */
LrpRun *lrp_run_get_sibling (LrpRun *run, guint batch, GError **error);
const LrpShape *lrp_run_get_shape (LrpRun *run, guint layer);

gboolean lrp_run_forward (LrpRun *run, const LrpTensor *input, GCancellable *cancellable, GError **error);
/* From start, at the network's output, down to the input; composite NULL: the gradient. */
gboolean lrp_run_relevance (LrpRun *run, const LrpComposite *composite, const LrpTensor *start, GCancellable *cancellable, GError **error);

/* Copies of what the run holds for a layer's output, in row-major order. */
LrpTensor *lrp_run_dup_activation (LrpRun *run, guint layer, GError **error) G_GNUC_WARN_UNUSED_RESULT;
LrpTensor *lrp_run_dup_relevance (LrpRun *run, guint layer, GError **error) G_GNUC_WARN_UNUSED_RESULT;
const LrpFlow *lrp_run_get_flow (LrpRun *run, guint layer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LrpRun, lrp_run_free)

G_END_DECLS
