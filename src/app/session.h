/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session.h: what the user is looking at; widgets bind to it */
#pragma once

#include "app/display.h"
#include "app/document.h"
#include "heat/shown.h"
#include "lrp/request.h"

G_BEGIN_DECLS

#define RLV_TYPE_SESSION (rlv_session_get_type ())
G_DECLARE_FINAL_TYPE (RlvSession, rlv_session, RLV, SESSION, GObject)

RlvSession *rlv_session_new (void) G_GNUC_WARN_UNUSED_RESULT;

RlvDocument *rlv_session_get_document (RlvSession *self);
RlvDisplay *rlv_session_get_display (RlvSession *self);

LrpNetwork *rlv_session_get_network (RlvSession *self);
void rlv_session_set_network (RlvSession *self, LrpNetwork *network);
void rlv_session_set_problem (RlvSession *self, const char *problem);

const LrpRequest *rlv_session_get_request (RlvSession *self);
void rlv_session_set_request (RlvSession *self, const LrpRequest *request);

int rlv_session_get_target (RlvSession *self);
void rlv_session_set_target (RlvSession *self, int target);

LrpExplanation *rlv_session_get_explanation (RlvSession *self);
const char *rlv_session_get_error (RlvSession *self);
gboolean rlv_session_get_waiting (RlvSession *self);
double rlv_session_get_progress (RlvSession *self);
gboolean rlv_session_is_up_to_date (RlvSession *self);
void rlv_session_hurry (RlvSession *self);

/* The relevance per pixel, summed over colours; NULL where nothing is explained. */
const float *rlv_session_get_heat (RlvSession *self, int *width, int *height);
/* The photo that is explained; NULL where a drawing is. */
const LrpShown *rlv_session_get_shown (RlvSession *self);
/* What the network sees of the photo now. */
gboolean rlv_session_get_region (RlvSession *self, LrpRegion *region);
/* Reads pictures in another way from now on. */
void rlv_session_set_input (RlvSession *self, const LrpInput *input, const char *const *labels);
/* Where the heatmap lies on the drawing, or on what is shown of the photo. */
const LrpHeatFit *rlv_session_get_heat_fit (RlvSession *self);

G_END_DECLS
