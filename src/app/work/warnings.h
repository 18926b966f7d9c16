/* SPDX-License-Identifier: GPL-3.0-or-later */
/* warnings.h: the warnings about a query's answer that people are told */
#pragma once

#include "app/work/query.h"

G_BEGIN_DECLS

/* Milliseconds: a warning that was there for less is not worth a word. */
#define RLV_WARNINGS_HOLD 300

#define RLV_TYPE_WARNINGS (rlv_warnings_get_type ())
G_DECLARE_FINAL_TYPE (RlvWarnings, rlv_warnings, RLV, WARNINGS, GObject)

/* Emits "changed" when others are told, or the same in other words. */
RlvWarnings *rlv_warnings_new (RlvQuery *query) G_GNUC_WARN_UNUSED_RESULT;

/* (element-type LrpWarning): what spoils the answer most first. */
const GPtrArray *rlv_warnings_get (RlvWarnings *self);
/* All their texts, each a paragraph; NULL where there are none. layer: (nullable): only those that name it. */
char *rlv_warnings_dup_text (RlvWarnings *self, const char *layer) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
