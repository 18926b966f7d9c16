/* SPDX-License-Identifier: GPL-3.0-or-later */
/* explainer.h: answers "why?" in threads of its own; what was asked last wins */
#pragma once

#include "app/work/query.h"
#include "lrp/metrics/class-sensitivity.h"

G_BEGIN_DECLS

/**
 * RlvQuestion:
 * @network: what is to be explained
 * @request: how
 * @input: what is fed to it; its shape is what the network is compiled for
 * @slow: it is not expected to be answered within a frame
 * @query: (nullable): who questions
 * @version: of @query
 * @site: (nullable): where @input lies
 * @about: (nullable): the answer that there is already; it is only to be found out how much that depends on the class
 * @sensitivity: what was found out about it
 *
 * What one query wants to know. Query, version, site and @about come back with the answer as they are.
 */
typedef struct
{
  LrpNetwork *network;
  LrpRequest *request;
  LrpTensor *input;
  gboolean slow;
  RlvQuery *query;
  guint version;
  RlvSite *site;
  LrpExplanation *about;
  LrpClassSensitivity sensitivity;
} RlvQuestion;

void rlv_question_clear (RlvQuestion *question);

/**
 * RlvHaste:
 * @RLV_HASTE_NOW: what is at work is not wanted any more
 * @RLV_HASTE_NEXT: what is at work may finish first and be shown, unless that takes long: the input changed a little
 *
 * What becomes of the questions before.
 */
typedef enum
{
  RLV_HASTE_NOW,
  RLV_HASTE_NEXT,
} RlvHaste;

/**
 * RlvAnswered:
 * @data: what was given to rlv_explainer_new()
 * @question: what is answered
 * @explanation: (nullable): the answer; none to a question about one
 * @error: (nullable): why there is none
 *
 * Takes an answer, in the main loop. Never called for what was asked before the last questions in haste, nor after
 * rlv_explainer_forget().
 */
typedef void (*RlvAnswered) (gpointer data, const RlvQuestion *question, LrpExplanation *explanation,
                             const GError *error);

#define RLV_TYPE_EXPLAINER (rlv_explainer_get_type ())
G_DECLARE_FINAL_TYPE (RlvExplainer, rlv_explainer, RLV, EXPLAINER, GObject)

RlvExplainer *rlv_explainer_new (RlvAnswered answered, gpointer data) G_GNUC_WARN_UNUSED_RESULT;

void rlv_explainer_ask (RlvExplainer *self, GArray *questions, RlvHaste haste);
/* Beside what is asked, when there is time: dropped for whatever is asked next. */
void rlv_explainer_look_closer (RlvExplainer *self, GArray *questions);
void rlv_explainer_forget (RlvExplainer *self);
gboolean rlv_explainer_wait (RlvExplainer *self, guint late, guint microseconds);
gboolean rlv_explainer_is_busy (RlvExplainer *self);
double rlv_explainer_get_progress (RlvExplainer *self);

G_END_DECLS
