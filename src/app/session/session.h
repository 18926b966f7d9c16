/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session.h: what the user is looking at; widgets bind to it */
#pragma once

#include "app/session/display.h"
#include "app/drawing/document.h"
#include "app/session/history.h"
#include "app/session/pins.h"
#include "app/work/asker.h"

G_BEGIN_DECLS

#define RLV_TYPE_SESSION (rlv_session_get_type ())
G_DECLARE_FINAL_TYPE (RlvSession, rlv_session, RLV, SESSION, GObject)

RlvSession *rlv_session_new (void) G_GNUC_WARN_UNUSED_RESULT;

RlvDocument *rlv_session_get_document (RlvSession *self);
RlvDisplay *rlv_session_get_display (RlvSession *self);
RlvPins *rlv_session_get_pins (RlvSession *self);

/* One history of the drawing, the method and the target. */
RlvHistory *rlv_session_get_history (RlvSession *self);
void rlv_session_undo (RlvSession *self);
void rlv_session_redo (RlvSession *self);

LrpNetwork *rlv_session_get_network (RlvSession *self);
/* These two return how many rules for layers they dropped. */
guint rlv_session_set_network (RlvSession *self, LrpNetwork *network);
guint rlv_session_forget_named_rules (RlvSession *self);

const LrpRequest *rlv_session_get_request (RlvSession *self);
void rlv_session_set_request (RlvSession *self, const LrpRequest *request);

/* What is explained: the properties "target" (its class) and "pinned" are notified when any part of it changes. */
const LrpTarget *rlv_session_get_full_target (RlvSession *self);
void rlv_session_set_full_target (RlvSession *self, const LrpTarget *target);
int rlv_session_get_target (RlvSession *self);
void rlv_session_set_target (RlvSession *self, int target);

/* What is asked: the session's own query, and others beside it. */
RlvAsker *rlv_session_get_asker (RlvSession *self);
RlvQuery *rlv_session_get_query (RlvSession *self);
/* The answer to the session's own. */
LrpExplanation *rlv_session_get_explanation (RlvSession *self);

/* What the network sees of the photo now. */
gboolean rlv_session_get_region (RlvSession *self, LrpRegion *region);
/* Reads pictures in another way from now on. */
void rlv_session_set_input (RlvSession *self, const LrpInput *input, const char *const *labels);

G_END_DECLS
