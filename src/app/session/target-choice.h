/* SPDX-License-Identifier: GPL-3.0-or-later */
/* target-choice.h: what becomes of a target when another part of it is chosen */
#pragma once

#include "lrp/methods/explanation.h"

G_BEGIN_DECLS

/* A cell of an input of so many columns and rows. */
typedef struct
{
  int column, row, width, height;
} RlvTargetCell;

void rlv_target_explain (LrpTarget *target, int class_index);
void rlv_target_compare (LrpTarget *target, int against, const LrpExplanation *explanation);
void rlv_target_freeze (LrpTarget *target, const LrpExplanation *explanation);
gboolean rlv_target_is_frozen (const LrpTarget *target);

/* Explains a class at the place of the output that a cell of the input belongs to; FALSE where there are no such. */
gboolean rlv_target_choose_place (LrpTarget *target, const LrpNetwork *network, const RlvTargetCell *cell);
/* What the network says of what is explained: "97 %", or a value that is no probability. */
char *rlv_target_answer_text (const LrpExplanation *explanation) G_GNUC_WARN_UNUSED_RESULT;
/* What people read: "3 (top)", "Runner-up", "conv2:5". */
char *rlv_target_class_text (int wanted, int found, const LrpNetwork *network) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
