/* SPDX-License-Identifier: GPL-3.0-or-later */
/* target.h: what of a network's output, or of its inside, is explained */
#pragma once

#include "lrp/engine/run.h"

G_BEGIN_DECLS

#define LRP_TARGET_TOP       (-1) /* the class with the highest score */
#define LRP_TARGET_RUNNER_UP (-2) /* the class with the second highest */
#define LRP_TARGET_ALL       (-3) /* the whole vector of scores */
#define LRP_TARGET_NONE      (-4) /* compared with nothing */

/**
 * LrpTarget:
 * @class_index: a class, %LRP_TARGET_TOP, %LRP_TARGET_RUNNER_UP or %LRP_TARGET_ALL; where it is found to be @against,
 * the highest of the others takes its place
 * @against: another class, %LRP_TARGET_TOP or %LRP_TARGET_RUNNER_UP (both: the highest of the others), or
 *   %LRP_TARGET_NONE: explain the score of the one minus that of the other
 * @unit: (nullable): LAYER, LAYER:CHANNEL or LAYER:CHANNEL,ROW,COLUMN: explain that part of the network, whatever the
 *   classes
 *
 * What is explained: f = the sum of some scores or activations.
 */
struct _LrpTarget
{
  int class_index, against;
  char *unit;
};

#define LRP_TARGET_INIT                                                                                                \
  {                                                                                                                    \
    LRP_TARGET_TOP, LRP_TARGET_NONE, NULL                                                                              \
  }

void lrp_target_copy (LrpTarget *to, const LrpTarget *from);
void lrp_target_clear (LrpTarget *target);
gboolean lrp_target_check (const LrpTarget *target, const LrpNetwork *network, GError **error);
char *lrp_target_to_string (const LrpTarget *target) G_GNUC_WARN_UNUSED_RESULT;
/* "7", "top", "runner-up", "all" for a class_index, and back. */
char *lrp_target_class_to_string (int class_index) G_GNUC_WARN_UNUSED_RESULT;
gboolean lrp_target_class_parse (const char *text, int *class_index);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LrpTarget, lrp_target_clear)

/**
 * LrpAim:
 * @target: what was asked for
 * @layer: the layer at whose output relevance starts
 * @n: how many samples
 * @classes: (array length=n): the class explained of each sample; the top one where no single class is meant
 * @against: (array length=n): the class it is compared with, or -1
 * @n_places: for a part of a layer: how many of the axes of one sample are given, from the first; 0 is the whole layer
 * @places: its place along these axes
 *
 * A target found in the scores of a run.
 */
typedef struct
{
  LrpTarget target;
  guint layer;
  guint n;
  int *classes, *against;
  guint n_places;
  gint64 places[LRP_MAX_RANK];
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
