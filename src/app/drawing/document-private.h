/* SPDX-License-Identifier: GPL-3.0-or-later */
/* document-private.h: what the document's three files share */
#pragma once

#include "app/drawing/document.h"

G_BEGIN_DECLS

/* One step to undo: what it puts on the pad, on top of what was there or on fresh paper. */
typedef struct
{
  gboolean fresh;
  RlvPicture *picture;
  GPtrArray *strokes;
  RlvPhoto *photo;
  gboolean has_region; /* and forgets one, if it has none, where cropping is set */
  gboolean cropping;   /* all it does is to choose a part of the photo */
  LrpRegion region;
  RlvPaint *paint;     /* over the photo */
  gboolean unpainting; /* all it does is to take away what is painted over the photo */
} RlvEdit;

struct _RlvDocument
{
  GObject parent_instance;

  GPtrArray *edits;   /* of RlvEdit */
  guint n_done;       /* the edits after these are undone */
  RlvStroke *running; /* not an edit before it ends */
  RlvPaint *painting; /* the same, over a photo */

  const RlvPicture *picture; /* borrowed from the edits */
  GPtrArray *strokes;        /* borrowed from the edits, and the running one */
  GPtrArray *view;           /* the beginning of these, where no more is shown; its own */
  RlvPhoto *photo;           /* borrowed from the edits */
  GPtrArray *paints;         /* borrowed from the edits, and the running one: what is painted over the photo */
  const LrpRegion *region;   /* borrowed from the edits */
  guint generation;
  gboolean can_undo, can_redo, empty;
};

/* On what is there, or on fresh paper. */
RlvEdit *_rlv_edit_new (gboolean fresh);
/* Adds a step that is on the pad already, and ends what could be redone; takes it. */
void _rlv_document_take_edit (RlvDocument *self, RlvEdit *edit);
/* The same for one that is not; a running stroke ends. */
void _rlv_document_do_edit (RlvDocument *self, RlvEdit *edit);
void _rlv_document_rebuild (RlvDocument *self);
void _rlv_document_update_empty (RlvDocument *self);
void _rlv_document_emit_changed (RlvDocument *self);
/* The same, and what can be undone and whether it is empty. */
void _rlv_document_finish_change (RlvDocument *self);

G_END_DECLS
