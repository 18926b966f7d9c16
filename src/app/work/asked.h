/* SPDX-License-Identifier: GPL-3.0-or-later */
/* asked.h: a query that is asked, and what it was answered about last */
#pragma once

#include "app/work/explainer.h"
#include "app/work/inputs.h"

G_BEGIN_DECLS

/**
 * RlvAsked:
 * @query: who is asked for
 * @version: of what it wants to know; an answer to a question of another version is of no use
 * @answered_version: the one that its answer is about
 * @answered_input: (nullable): and the input; %NULL where it has no answer
 * @answered_at: when the answer came, by the monotonic clock; 0: never
 *
 * What an asker keeps of each query.
 */
typedef struct
{
  RlvQuery *query;
  guint version, answered_version;
  LrpTensor *answered_input;
  gint64 answered_at;
} RlvAsked;

RlvAsked *_rlv_asked_new (RlvQuery *query) G_GNUC_WARN_UNUSED_RESULT;
void _rlv_asked_free (RlvAsked *asked);
gboolean _rlv_asked_is_answered (const RlvAsked *asked, const RlvInput *input);
double _rlv_asked_get_duration (const RlvAsked *asked);
int _rlv_asked_compare (gconstpointer a, gconstpointer b, gpointer lead);
const RlvInput *_rlv_asked_get_input (const RlvAsked *asked, RlvInputs *inputs, RlvQuery *lead);
void _rlv_asked_ask (RlvAsked *asked, RlvInputs *inputs, RlvQuery *lead, double quick, GArray *questions);
void _rlv_asked_look_closer (RlvAsked *asked, RlvInputs *inputs, RlvQuery *lead, GArray *questions);
void _rlv_asked_take (RlvAsked *asked, const RlvQuestion *question, LrpExplanation *explanation, const GError *error);
void _rlv_asked_clear (RlvAsked *asked, const char *message);

G_END_DECLS
