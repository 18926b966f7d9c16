/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session-private.h: what the session's two files share */
#pragma once

#include "app/explainer.h"
#include "app/input.h"
#include "heat/shown.h"
#include "app/session.h"

G_BEGIN_DECLS

typedef enum
{
  RLV_SESSION_PROP_0,
  RLV_SESSION_PROP_DOCUMENT,
  RLV_SESSION_PROP_DISPLAY,
  RLV_SESSION_PROP_NETWORK,
  RLV_SESSION_PROP_REQUEST,
  RLV_SESSION_PROP_TARGET,
  RLV_SESSION_PROP_PINNED,
  RLV_SESSION_PROP_EXPLANATION,
  RLV_SESSION_PROP_ERROR,
  RLV_SESSION_PROP_WAITING,
  RLV_SESSION_PROP_FIT,
  RLV_SESSION_PROP_PHOTO_FIT,
  RLV_SESSION_N_PROPS
} RlvSessionProp;

/**
 * RlvSession:
 *
 * The one object between the drawing, the network and the request on one side and all widgets on the other.
 *
 * Whatever changes what is to be explained leads to a question to the explainer, at most one between two frames; when
 * the answer comes, #RlvSession:explanation is notified. Widgets change the session and follow its notifications; they
 * do not know each other.
 */
struct _RlvSession
{
  GObject parent_instance;

  RlvDocument *document;
  RlvDisplay *display;
  RlvExplainer *explainer;
  LrpNetwork *network;
  LrpRequest *request; /* its target is the session's */

  LrpExplanation *explanation;
  LrpHeatFit heat_fit;
  LrpShown shown, asked_shown; /* of the explanation and of the question: the photo; its surface belongs to a photo */
  RlvPhoto *shown_photo, *asked_photo;
  float *heat;
  RlvField field; /* of heat */
  char *error;
  char *problem; /* why there is no network */

  LrpHeatFit asked_fit; /* of the question that waits for its answer */
  guint ask_source, patience_source;
  gboolean waiting;

  LrpFit photo_fit;
  gboolean fit; /* whether the drawing is scaled and centred for the network */
};

void _rlv_session_notify (RlvSession *self, RlvSessionProp property);
void _rlv_session_queue_ask (RlvSession *self);
void _rlv_session_give_up (RlvSession *self, const char *message);
void _rlv_session_answered_cb (RlvSession *self, guint64 serial, LrpExplanation *explanation, GError *error);

G_END_DECLS
