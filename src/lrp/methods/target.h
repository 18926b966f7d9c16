/* SPDX-License-Identifier: GPL-3.0-or-later */
/* target.h: what of a network's output, or of its inside, is explained */
#pragma once

#include "lrp/engine/run.h"

G_BEGIN_DECLS

#define LRP_TARGET_TOP       (-1) /* the class with the highest score */
#define LRP_TARGET_RUNNER_UP (-2) /* the class with the second highest */
#define LRP_TARGET_ALL       (-3) /* the whole vector of scores */
#define LRP_TARGET_NONE      (-4) /* compared with nothing */

#define LRP_TARGET_WINNING "winning" /* the places where the class has the highest score */

/**
 * LrpTarget:
 * @class_index: a class, %LRP_TARGET_TOP, %LRP_TARGET_RUNNER_UP or %LRP_TARGET_ALL; where it is found to be @against,
 * the highest of the others takes its place
 * @against: another class, %LRP_TARGET_TOP or %LRP_TARGET_RUNNER_UP (both: the highest of the others), or
 *   %LRP_TARGET_NONE: explain the score of the one minus that of the other
 * @unit: (nullable): LAYER, LAYER:CHANNEL or LAYER:CHANNEL,ROW,COLUMN: explain that part of the network, whatever the
 *   classes
 * @place: (nullable): of a network whose output keeps places: one of them, as "20,14", or %LRP_TARGET_WINNING; all of
 *   them are summed over else
 *
 * What is explained: f = the sum of some scores or activations.
 */
struct _LrpTarget
{
  int class_index, against;
  char *unit, *place;
};

#define LRP_TARGET_INIT                                                                                                \
  {                                                                                                                    \
    LRP_TARGET_TOP, LRP_TARGET_NONE, NULL, NULL                                                                        \
  }

void lrp_target_copy (LrpTarget *to, const LrpTarget *from);
void lrp_target_clear (LrpTarget *target);
gboolean lrp_target_equal (const LrpTarget *a, const LrpTarget *b);
gboolean lrp_target_check (const LrpTarget *target, const LrpNetwork *network, GError **error);
char *lrp_target_to_string (const LrpTarget *target) G_GNUC_WARN_UNUSED_RESULT;
/* "7", "top", "runner-up", "all" for a class_index, and back. */
char *lrp_target_class_to_string (int class_index) G_GNUC_WARN_UNUSED_RESULT;
gboolean lrp_target_class_parse (const char *text, int *class_index);
/* "3@20,14" is class 3 at a place: the first part, and where the second begins; NULL where there is none. */
char *lrp_target_split_place (const char *text, const char **place) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LrpTarget, lrp_target_clear)

/* What a target names that is not a class; private to the methods. */
gboolean _lrp_target_find_unit (const LrpTarget *target, const LrpNetwork *network, guint *layer, guint *n_axes,
                                gint64 *axes, GError **error);
gboolean _lrp_target_find_place (const LrpTarget *target, const LrpNetwork *network, gssize *place, GError **error);

G_END_DECLS
