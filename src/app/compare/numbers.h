/* SPDX-License-Identifier: GPL-3.0-or-later */
/* numbers.h: an explanation in few numbers, for a card */
#pragma once

#include "app/compare/figures.h"
#include "lrp/methods/explanation.h"

G_BEGIN_DECLS

/* scale: relevance of the full colour. Each with the same numbers; the second says what they mean. */
char *rlv_compare_numbers_dup_text (const LrpExplanation *explanation, const RlvCompareFigures *figures,
                                    double scale) G_GNUC_WARN_UNUSED_RESULT;
char *rlv_compare_numbers_dup_help (const LrpExplanation *explanation, const RlvCompareFigures *figures,
                                    double scale) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
