/* SPDX-License-Identifier: GPL-3.0-or-later */
/* text.h: numbers and names as people read them */
#pragma once

#include "heat/draw.h"
#include "lrp/methods/explanation.h"
#include "lrp/base/param.h"

G_BEGIN_DECLS

char *rlv_text_number (double value) G_GNUC_WARN_UNUSED_RESULT;
char *rlv_text_signed (double value) G_GNUC_WARN_UNUSED_RESULT;
/* What the two ends of a colour bar stand for. */
void rlv_text_legend (const float *heat, gsize n, const LrpHeatStyle *style, char **low, char **high);
char *rlv_text_percent (double share) G_GNUC_WARN_UNUSED_RESULT;
char *rlv_text_seconds (double seconds) G_GNUC_WARN_UNUSED_RESULT;
char *rlv_text_sentence (const char *message) G_GNUC_WARN_UNUSED_RESULT;
char *rlv_text_param_title (const LrpParam *param) G_GNUC_WARN_UNUSED_RESULT;
/* One of the names that a parameter may be, in words. */
char *rlv_text_choice_title (const LrpParam *param, guint choice) G_GNUC_WARN_UNUSED_RESULT;
char *rlv_text_param_value (double value) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
