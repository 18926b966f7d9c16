/* SPDX-License-Identifier: GPL-3.0-or-later */
/* query.h: one way to explain what is drawn, and what came of it */
#pragma once

#include "app/work/site.h"
#include "lrp/metrics/class-sensitivity.h"

G_BEGIN_DECLS

/**
 * RlvAnswer:
 * @explanation: (nullable): %NULL where nothing is drawn, or it could not be explained
 * @site: (nullable): where its relevance lies
 * @error: (nullable): why there is none: a sentence for people
 *
 * What came of a query.
 */
typedef struct
{
  LrpExplanation *explanation;
  RlvSite *site;
  const char *error;
} RlvAnswer;

#define RLV_TYPE_QUERY (rlv_query_get_type ())
G_DECLARE_FINAL_TYPE (RlvQuery, rlv_query, RLV, QUERY, GObject)

/* Properties: "request" (LrpRequest), "network" (LrpNetwork), "active" and "follows-target" may change; "explanation"
 * (LrpExplanation), "error" (string), "waiting", "sensitivity" and "warnings" come of it and are notified when they
 * change. "target" is notified where nothing else of the request is another. Give it to an asker by
 * rlv_asker_add_query(). */
RlvQuery *rlv_query_new (const LrpRequest *request) G_GNUC_WARN_UNUSED_RESULT;

const LrpRequest *rlv_query_get_request (RlvQuery *self);
void rlv_query_set_request (RlvQuery *self, const LrpRequest *request);
void rlv_query_set_target (RlvQuery *self, const LrpTarget *target);
void rlv_query_set_keep_layers (RlvQuery *self, gboolean keep);
LrpNetwork *rlv_query_get_network (RlvQuery *self);
void rlv_query_set_network (RlvQuery *self, LrpNetwork *network);
gboolean rlv_query_get_active (RlvQuery *self);
void rlv_query_set_active (RlvQuery *self, gboolean active);
gboolean rlv_query_get_follows_target (RlvQuery *self);
void rlv_query_set_follows_target (RlvQuery *self, gboolean follows);

/* Its answer; NULL: that takes so long that people should be told. */
void rlv_query_answer (RlvQuery *self, const RlvAnswer *answer);

/* What was found out about an answer later, if that is still the one. */
gboolean rlv_query_can_learn (RlvQuery *self);
void rlv_query_learn (RlvQuery *self, const LrpRequest *request, const LrpExplanation *about,
                      const LrpClassSensitivity *sensitivity);

LrpExplanation *rlv_query_get_explanation (RlvQuery *self);
const char *rlv_query_get_error (RlvQuery *self);
gboolean rlv_query_get_waiting (RlvQuery *self);
/* How much it depends on the class; NULL where that is not known, or not known yet. */
const LrpClassSensitivity *rlv_query_get_sensitivity (RlvQuery *self);
/* Why it should not be believed as it is, what spoils it most first: (element-type LrpWarning). The array does not
 * change any more: whoever needs it for longer takes a reference. */
GPtrArray *rlv_query_get_warnings (RlvQuery *self);
/* The relevance per pixel, summed over colours; NULL where nothing is explained. */
const float *rlv_query_get_heat (RlvQuery *self, int *width, int *height);
/* Where that lies; NULL where nothing is explained. */
RlvSite *rlv_query_get_site (RlvQuery *self);

G_END_DECLS
