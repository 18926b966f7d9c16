/* SPDX-License-Identifier: GPL-3.0-or-later */
/* text.h: numbers and names as people read them */
#pragma once

#include "lrp/explanation.h"
#include "lrp/param.h"

G_BEGIN_DECLS

char *rlv_text_number (double value) G_GNUC_WARN_UNUSED_RESULT;
char *rlv_text_signed (double value) G_GNUC_WARN_UNUSED_RESULT;
char *rlv_text_percent (double share) G_GNUC_WARN_UNUSED_RESULT;
char *rlv_text_seconds (double seconds) G_GNUC_WARN_UNUSED_RESULT;
char *rlv_text_sentence (const char *message) G_GNUC_WARN_UNUSED_RESULT;
char *rlv_text_param_title (const LrpParam *param) G_GNUC_WARN_UNUSED_RESULT;
char *rlv_text_param_value (double value) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
