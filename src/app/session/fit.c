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
  const char *property;
  guint before, after;
  gboolean reframed;
} Change;

static const char fit_name[] = "fit", photo_fit_name[] = "photo-fit";

static void
put (const Change *change, guint value)
{
  RlvInputs *inputs = rlv_asker_get_inputs (change->session->asker);

  if (change->property == fit_name)
    rlv_inputs_set_fit (inputs, (gboolean) value);
  else
    rlv_inputs_set_photo_fit (inputs, (LrpFit) value);
  g_object_notify (G_OBJECT (change->session), change->property);
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

  if (rlv_query_get_network (self->query))
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
  const gboolean before = rlv_inputs_get_fit (rlv_asker_get_inputs (self->asker));
  const Change change = { self, fit_name, (guint) before, (guint) fit, FALSE };

  if (before == fit)
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
  const LrpFit before = rlv_inputs_get_photo_fit (rlv_asker_get_inputs (self->asker));
  Change change = { self, photo_fit_name, before, fit, FALSE };

  if (before == fit)
    return;
  rlv_document_stroke_end (self->document);
  change.reframed = rlv_query_get_network (self->query) && rlv_document_get_region (self->document);
  put (&change, change.after);
  /* Both are taken back as one. */
  self->reframing = change.reframed;
  rlv_document_set_region (self->document, NULL, FALSE);
  self->reframing = FALSE;
  remember (&change, _("fitting the photo"));
}
