/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session-private.h: what the session's files share */
#pragma once

#include "app/session/session.h"

G_BEGIN_DECLS

/**
 * RlvSession:
 *
 * The one object between the drawing, the network and the request on one side and all widgets on the other: what they
 * are, and what was done to them.
 *
 * Its own query, which asks about its request, target and network, is the lead of its asker, and most widgets show that
 * query's answer. Widgets change the session, and follow what it and the query notify; they do not know each other.
 */
struct _RlvSession
{
  GObject parent_instance;

  RlvDocument *document;
  RlvDisplay *display;
  RlvHistory *history;
  RlvPins *pins;
  RlvQuery *query; /* its request, target and network are the session's */
  RlvAsker *asker;
  gboolean reframing; /* a step that is about to be remembered forgets the chosen part of the photo, too */
};

/* steps.c: how each kind of change is undone and done again, and what it is called. */
typedef void (*RlvApplyRequest) (RlvSession *session, const LrpRequest *request);
void _rlv_steps_push_edit (RlvHistory *history, RlvDocument *document, const char *label);
void _rlv_steps_push_request (RlvSession *session, RlvApplyRequest apply, LrpRequest *before);

/* fit.c */
void _rlv_session_set_fit (RlvSession *self, gboolean fit);
void _rlv_session_set_photo_fit (RlvSession *self, LrpFit fit);

G_END_DECLS
