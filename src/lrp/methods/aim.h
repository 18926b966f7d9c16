/* SPDX-License-Identifier: GPL-3.0-or-later */
/* aim.h: a target found in the scores of a run */
#pragma once

#include "lrp/methods/target.h"

G_BEGIN_DECLS

/**
 * LrpAim:
 * @target: what was asked for
 * @layer: the layer at whose output relevance starts
 * @n: how many samples
 * @classes: (array length=n): the class explained of each sample; the top one where no single class is meant
 * @against: (array length=n): the class it is compared with, or -1
 * @place: at which place of the output; -1: at several
 * @winners: (nullable) (array): of each sample at each place, the class with the highest score there, where a class is
 *   explained at these places only
 * @n_axes: for a part of a layer: how many of the axes of one sample are given, from the first; 0 is the whole layer
 * @axes: its place along these axes
 *
 * A target found in the scores of a run.
 */
typedef struct
{
  LrpTarget target;
  guint layer;
  guint n;
  int *classes, *against;
  gssize place;
  guint *winners;
  guint n_axes;
  gint64 axes[LRP_MAX_RANK];
} LrpAim;

gboolean lrp_aim_init (LrpAim *aim, const LrpTarget *target, LrpRun *run, GError **error);
void lrp_aim_clear (LrpAim *aim);
/* What the layer's activations are multiplied with to give f. sample: the one whose class all samples of run are asked
 * for; -1: each is asked for its own. */
LrpTensor *lrp_aim_weights (const LrpAim *aim, LrpRun *run, int sample, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* f of every sample of a run after lrp_run_forward(). */
gboolean lrp_aim_scores (const LrpAim *aim, LrpRun *run, int sample, double *scores, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LrpAim, lrp_aim_clear)

G_END_DECLS
