/* SPDX-License-Identifier: GPL-3.0-or-later */
/* request.h: what to explain and how; command line, window and saved pictures all speak it */
#pragma once

#include "lrp/rules/composite.h"
#include "lrp/methods/explanation.h"
#include "lrp/methods/method.h"
#include "lrp/engine/run.h"
#include "lrp/methods/target.h"

G_BEGIN_DECLS

/**
 * LrpStart:
 * @LRP_START_LOGIT: relevance starts as the target's score
 * @LRP_START_ONE: relevance starts as 1
 *
 * What is put on the target.
 */
typedef enum
{
  LRP_START_LOGIT,
  LRP_START_ONE,
} LrpStart;

/**
 * LrpRequest:
 * @method: a row of #lrp_methods and its parameters
 * @composite: for the method lrp
 * @target: which output is explained, or what inside the network
 * @start: what is put on the target; gradient methods explain the score itself and ignore it
 * @layer: (nullable): give the relevance at this layer's output instead of the input's
 * @through: (nullable): LAYER:CHANNEL or LAYER:CHANNEL,ROW,COLUMN: below that layer, only the relevance that passes
 *   through that part of it is handed on (conditional relevance) [Achtibat23]
 * @keep_layers: keep every layer's activations and relevance in the explanation
 * @tries: where a warning says what would help, more passes may be taken to try how much of it does
 *
 * What to explain and how.
 */
struct _LrpRequest
{
  LrpChoice method;
  LrpComposite *composite;
  LrpTarget target;
  LrpStart start;
  char *layer;
  char *through;
  gboolean keep_layers, tries;
};

LrpRequest *lrp_request_new (void) G_GNUC_WARN_UNUSED_RESULT;
LrpRequest *lrp_request_copy (const LrpRequest *request) G_GNUC_WARN_UNUSED_RESULT;
void lrp_request_free (LrpRequest *request);

/* "NAME[:key=value,...]"; with lrp, keys that are not the method's own go to the composite, and overrides may follow:
 * "lrp:composite=epsilon-gamma-box,gamma=0.5;conv1=flat". */
gboolean lrp_request_set_method (LrpRequest *request, const char *text, GError **error);
gboolean lrp_request_set_composite (LrpRequest *request, const char *text, GError **error);
char *lrp_request_to_string (const LrpRequest *request) G_GNUC_WARN_UNUSED_RESULT;
/* "logit", "one", and back. */
const char *lrp_start_to_string (LrpStart start);
gboolean lrp_start_parse (const char *text, LrpStart *start);

/* Runs it. input: [N, ...] as the run was compiled for. */
LrpExplanation *lrp_request_explain (const LrpRequest *request, LrpRun *run, LrpTensor *input,
                                     GCancellable *cancellable, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same, and says now and then how far it is. */
LrpExplanation *lrp_request_explain_slowly (const LrpRequest *request, LrpRun *run, LrpTensor *input,
                                            LrpProgress progress, gpointer data, GCancellable *cancellable,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same; where the run was taken forward with this very tensor last, that serves. */
LrpExplanation *lrp_request_explain_more (const LrpRequest *request, LrpRun *run, LrpTensor *input,
                                          LrpProgress progress, gpointer data, GCancellable *cancellable,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LrpRequest, lrp_request_free)

G_END_DECLS
