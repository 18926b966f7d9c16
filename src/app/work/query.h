/* SPDX-License-Identifier: GPL-3.0-or-later */
/* query.h: one way to explain what is drawn, and what came of it */
#pragma once

#include "app/work/site.h"
#include "lrp/methods/request.h"

G_BEGIN_DECLS

#define RLV_TYPE_QUERY (rlv_query_get_type ())
G_DECLARE_FINAL_TYPE (RlvQuery, rlv_query, RLV, QUERY, GObject)

/* Properties: "request" (LrpRequest), "network" (LrpNetwork), "active" and "follows-target" may change; "explanation"
 * (LrpExplanation), "error" (string) and "waiting" come of it and are notified when they change. Give it to a session
 * by rlv_session_add_query(). */
RlvQuery *rlv_query_new (const LrpRequest *request) G_GNUC_WARN_UNUSED_RESULT;

const LrpRequest *rlv_query_get_request (RlvQuery *self);
void rlv_query_set_request (RlvQuery *self, const LrpRequest *request);
LrpNetwork *rlv_query_get_network (RlvQuery *self);
void rlv_query_set_network (RlvQuery *self, LrpNetwork *network);
gboolean rlv_query_get_active (RlvQuery *self);
void rlv_query_set_active (RlvQuery *self, gboolean active);
gboolean rlv_query_get_follows_target (RlvQuery *self);
void rlv_query_set_follows_target (RlvQuery *self, gboolean follows);

LrpExplanation *rlv_query_get_explanation (RlvQuery *self);
const char *rlv_query_get_error (RlvQuery *self);
gboolean rlv_query_get_waiting (RlvQuery *self);
/* The relevance per pixel, summed over colours; NULL where nothing is explained. */
const float *rlv_query_get_heat (RlvQuery *self, int *width, int *height);
/* Where that lies; NULL where nothing is explained. */
RlvSite *rlv_query_get_site (RlvQuery *self);

G_END_DECLS
