/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fit.c: how drawings are centred, and photos fitted, for a network: each change is a step to undo */
#include "config.h"

#include "app/session/session-private.h"

#include <glib/gi18n.h>

/* What it was and is. reframed: the part of the photo that was chosen by hand was forgotten, as a step of the document.
 */
typedef struct
{
  RlvSession *session;
  RlvSessionProp property;
  guint before, after;
  gboolean reframed;
} Change;

static void
put (const Change *change, guint value)
{
  if (change->property == RLV_SESSION_PROP_FIT)
    change->session->fit = (gboolean) value;
  else
    change->session->photo_fit = (LrpFit) value;
  _rlv_session_notify (change->session, change->property);
  _rlv_session_input_changed (change->session);
}

static void
undo (gpointer document, gpointer data)
{
  const Change *change = data;

  if (change->reframed)
    rlv_document_undo (document);
  put (change, change->before);
}

static void
redo (gpointer document, gpointer data)
{
  const Change *change = data;

  put (change, change->after);
  if (change->reframed)
    rlv_document_redo (document);
}

/* It is the document's, as it makes sense for whatever network. Without one nobody has chosen anything yet. */
static void
remember (const Change *change, const char *label)
{
  RlvSession *self = change->session;

  if (self->network)
    rlv_history_push (self->history, &(RlvStep){ .owner = self->document,
                                                 .label = g_strdup (label),
                                                 .data = g_memdup2 (change, sizeof *change),
                                                 .undo = undo,
                                                 .redo = redo,
                                                 .free = g_free });
}

/**
 * _rlv_session_set_fit:
 * @self: a session
 * @fit: whether drawings are centred and scaled
 */
void
_rlv_session_set_fit (RlvSession *self, gboolean fit)
{
  const Change change = { self, RLV_SESSION_PROP_FIT, (guint) self->fit, (guint) fit, FALSE };

  if (self->fit == fit)
    return;
  put (&change, change.after);
  remember (&change, _("centring and scaling"));
}

/**
 * _rlv_session_set_photo_fit:
 * @self: a session
 * @fit: how photos are fitted
 *
 * A part that was chosen by hand is forgotten: what fits is asked for.
 */
void
_rlv_session_set_photo_fit (RlvSession *self, LrpFit fit)
{
  Change change = { self, RLV_SESSION_PROP_PHOTO_FIT, self->photo_fit, fit, FALSE };

  if (self->photo_fit == fit)
    return;
  rlv_document_stroke_end (self->document);
  change.reframed = self->network && rlv_document_get_region (self->document);
  put (&change, change.after);
  /* Both are taken back as one. */
  if (change.reframed)
    g_signal_handlers_block_by_func (self->document, _rlv_session_edited_cb, self);
  rlv_document_set_region (self->document, NULL, FALSE);
  if (change.reframed)
    g_signal_handlers_unblock_by_func (self->document, _rlv_session_edited_cb, self);
  remember (&change, _("fitting the photo"));
}
