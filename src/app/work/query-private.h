/* SPDX-License-Identifier: GPL-3.0-or-later */
/* query-private.h: what the session does to queries */
#pragma once

#include "app/work/query.h"

G_BEGIN_DECLS

/* Another version: what there is of an answer is out of date. */
void _rlv_query_touch (RlvQuery *self);
guint _rlv_query_get_version (RlvQuery *self);
/* Whether there is an answer (an error, perhaps) about this input and the query as it is. */
gboolean _rlv_query_is_answered (RlvQuery *self, const LrpTensor *input);
/* When the last answer came, by the monotonic clock; 0: none has. */
gint64 _rlv_query_get_answered_at (RlvQuery *self);
void _rlv_query_answer (RlvQuery *self, guint version, LrpTensor *input, RlvSite *site, LrpExplanation *explanation,
                        const char *error);
/* There is nothing to explain. */
void _rlv_query_clear (RlvQuery *self, const char *error);
void _rlv_query_set_waiting (RlvQuery *self, gboolean waiting);

G_END_DECLS
