/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session-private.h: what the session's files share */
#pragma once

#include "app/work/explainer.h"
#include "app/work/input.h"
#include "app/work/photo-feed.h"
#include "app/work/query-private.h"
#include "app/session/session.h"

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

/* What is drawn, as one network reads it. */
typedef struct
{
  LrpNetwork *network;
  LrpTensor *tensor; /* NULL: error says why not */
  gboolean late;     /* a part of the photo that was wanted before, for want of a newer one */
  RlvSite *site;
  char *error;
} RlvSessionInput;

/**
 * RlvSession:
 *
 * The one object between the drawing, the network and the request on one side and all widgets on the other.
 *
 * Whatever changes what is to be explained leads to a question to the explainer, at most one between two frames: all
 * active queries whose answer is out of date. The first of them, the session's own, is what most widgets show; when its
 * answer comes, #RlvSession:explanation is notified. Widgets change the session and follow its notifications; they do
 * not know each other.
 */
struct _RlvSession
{
  GObject parent_instance;

  RlvDocument *document;
  RlvDisplay *display;
  RlvHistory *history;
  RlvPins *pins;
  RlvExplainer *explainer;
  RlvPhotoFeed *feed; /* reads photos for networks */
  LrpNetwork *network;
  RlvQuery *query;    /* its target is the session's */
  GPtrArray *queries; /* of RlvQuery: all, that one first */
  GArray *inputs;     /* of RlvSessionInput: of what is drawn now */
  char *problem;      /* why there is no network */

  guint ask_source, patience_source;
  RlvHaste haste; /* of what is to be asked */

  LrpFit photo_fit;
  gboolean fit; /* whether the drawing is scaled and centred for the network */
};

void _rlv_session_notify (RlvSession *self, RlvSessionProp property);
void _rlv_session_queue_ask (RlvSession *self, RlvHaste haste);
void _rlv_session_input_changed (RlvSession *self);
void _rlv_session_input_clear (RlvSessionInput *input);
void _rlv_session_fed_cb (RlvSession *self);
void _rlv_session_remember (RlvSession *self, LrpRequest *before);
void _rlv_session_edited_cb (RlvSession *self, const char *label);
void _rlv_session_set_fit (RlvSession *self, gboolean fit);
void _rlv_session_set_photo_fit (RlvSession *self, LrpFit fit);
void _rlv_session_give_up (RlvSession *self, const char *message);
void _rlv_session_answered_cb (RlvSession *self, guint64 serial, const RlvAsk *ask, LrpExplanation *explanation,
                               GError *error);

G_END_DECLS
