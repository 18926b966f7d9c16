/* SPDX-License-Identifier: GPL-3.0-or-later */
/* document.c: drawing or photo as a list of edits; what is on the pad follows from those that are not undone */
#include "config.h"

#include "app/drawing/document-private.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (RlvDocument, rlv_document, G_TYPE_OBJECT)

enum
{
  PROP_CAN_UNDO = 1,
  PROP_CAN_REDO,
  PROP_EMPTY,
  N_PROPS
};

enum
{
  CHANGED,
  EDITED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

RlvEdit *
_rlv_edit_new (gboolean fresh)
{
  RlvEdit *edit = g_new0 (RlvEdit, 1);

  edit->fresh = fresh;
  edit->strokes = g_ptr_array_new_with_free_func ((GDestroyNotify) rlv_stroke_free);
  return edit;
}

static void
edit_free (gpointer data)
{
  RlvEdit *edit = data;

  rlv_picture_free (edit->picture);
  rlv_photo_unref (edit->photo);
  rlv_paint_unref (edit->paint);
  g_ptr_array_unref (edit->strokes);
  g_free (edit);
}

static void
set_flag (RlvDocument *self, gboolean *flag, gboolean value, guint prop)
{
  if (*flag == value)
    return;
  *flag = value;
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

static void
update_undo (RlvDocument *self)
{
  set_flag (self, &self->can_undo, self->n_done > 0, PROP_CAN_UNDO);
  set_flag (self, &self->can_redo, self->n_done < self->edits->len, PROP_CAN_REDO);
}

void
_rlv_document_update_empty (RlvDocument *self)
{
  RlvInk ink = rlv_document_peek_ink (self);

  set_flag (self, &self->empty, !self->photo && rlv_ink_is_empty (&ink), PROP_EMPTY);
}

/* Finds anew what is on the pad: all edits since the last one that emptied it. */
void
_rlv_document_rebuild (RlvDocument *self)
{
  guint begin = self->n_done;

  while (begin > 0 && !((RlvEdit *) self->edits->pdata[begin - 1])->fresh)
    begin--;
  begin = begin > 0 ? begin - 1 : 0;
  g_clear_pointer (&self->view, g_ptr_array_unref);
  self->picture = NULL;
  self->photo = NULL;
  self->region = NULL;
  g_ptr_array_set_size (self->strokes, 0);
  g_ptr_array_set_size (self->paints, 0);
  for (guint i = begin; i < self->n_done; i++)
    {
      RlvEdit *edit = self->edits->pdata[i];

      if (edit->picture)
        self->picture = edit->picture;
      if (edit->photo)
        self->photo = edit->photo;
      if (edit->cropping)
        self->region = edit->has_region ? &edit->region : NULL;
      if (edit->unpainting)
        g_ptr_array_set_size (self->paints, 0);
      if (edit->paint)
        g_ptr_array_add (self->paints, edit->paint);
      for (guint k = 0; k < edit->strokes->len; k++)
        g_ptr_array_add (self->strokes, edit->strokes->pdata[k]);
    }
  self->generation++;
}

/* Says that the pad looks different, when the photo does. */
void
_rlv_document_emit_changed (RlvDocument *self)
{
  if (self->photo)
    rlv_photo_paint (self->photo, self->paints, self->painting != NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
_rlv_document_finish_change (RlvDocument *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  update_undo (self);
  _rlv_document_update_empty (self);
  g_object_thaw_notify (G_OBJECT (self));
  _rlv_document_emit_changed (self);
}

/* As it stands after "Undo". */
static const char *
name_edit (const RlvEdit *edit)
{
  if (edit->photo)
    return _("photo");
  if (edit->picture)
    return _("picture");
  if (edit->cropping)
    return _("framing");
  if (edit->unpainting)
    return _("bringing everything back");
  if (edit->fresh)
    return edit->strokes->len > 0 ? _("drawing") : _("clearing");
  if (edit->strokes->len > 0)
    return ((const RlvStroke *) edit->strokes->pdata[0])->eraser ? _("erasing") : _("stroke");
  return _("painting");
}

/* From here on nothing can be redone. */
void
_rlv_document_take_edit (RlvDocument *self, RlvEdit *edit)
{
  g_ptr_array_set_size (self->edits, (int) self->n_done);
  g_ptr_array_add (self->edits, edit);
  self->n_done++;
  g_signal_emit (self, signals[EDITED], 0, name_edit (edit));
}

void
_rlv_document_do_edit (RlvDocument *self, RlvEdit *edit)
{
  rlv_document_stroke_end (self);
  _rlv_document_take_edit (self, edit);
  _rlv_document_rebuild (self);
  _rlv_document_finish_change (self);
}

/**
 * rlv_document_new:
 *
 * Returns: (transfer full): an empty drawing
 */
RlvDocument *
rlv_document_new (void)
{
  return g_object_new (RLV_TYPE_DOCUMENT, NULL);
}

/**
 * rlv_document_get_empty:
 * @self: a document
 *
 * While something is being erased, this waits for the end of the stroke.
 *
 * Returns: whether no ink is to be seen, because none is there or all was erased
 */
gboolean
rlv_document_get_empty (RlvDocument *self)
{
  return self->empty;
}

/**
 * rlv_document_peek_ink:
 * @self: a document
 *
 * Returns: what is on the pad; it belongs to the document and is valid until the next change
 */
RlvInk
rlv_document_peek_ink (RlvDocument *self)
{
  return (RlvInk){ .picture = self->picture, .strokes = self->view ? self->view : self->strokes };
}

/**
 * rlv_document_get_drawing:
 * @self: a document
 *
 * Returns: whether a stroke has begun that did not end yet; it is then the last one
 */
gboolean
rlv_document_get_drawing (RlvDocument *self)
{
  return self->running != NULL || self->painting != NULL;
}

/**
 * rlv_document_get_generation:
 * @self: a document
 *
 * Lets a cache know whether what it holds is still the beginning of what is on the pad.
 *
 * Returns: a number that is another one after every change but a stroke that was begun, led on or ended
 */
guint
rlv_document_get_generation (RlvDocument *self)
{
  return self->generation;
}

/**
 * rlv_document_stroke_end:
 * @self: a document
 *
 * Lifts the pen or the brush: the stroke becomes a step to undo. Without a running stroke, nothing happens.
 */
void
rlv_document_stroke_end (RlvDocument *self)
{
  RlvEdit *edit;

  if (!self->running && !self->painting)
    return;
  edit = _rlv_edit_new (FALSE);
  if (self->running)
    g_ptr_array_add (edit->strokes, g_steal_pointer (&self->running));
  edit->paint = g_steal_pointer (&self->painting);
  _rlv_document_take_edit (self, edit);
  _rlv_document_finish_change (self);
}

/**
 * rlv_document_stroke_cancel:
 * @self: a document
 *
 * Takes back the running stroke as if it had never begun.
 */
void
rlv_document_stroke_cancel (RlvDocument *self)
{
  if (!self->running && !self->painting)
    return;
  _rlv_document_rebuild (self);
  g_clear_pointer (&self->running, rlv_stroke_free);
  g_clear_pointer (&self->painting, rlv_paint_unref);
  _rlv_document_finish_change (self);
}

static void
move_to (RlvDocument *self, guint n_done)
{
  self->n_done = n_done;
  _rlv_document_rebuild (self);
  _rlv_document_finish_change (self);
}

/**
 * rlv_document_undo:
 * @self: a document
 *
 * Takes back the last step; a running stroke ends and is that step.
 */
void
rlv_document_undo (RlvDocument *self)
{
  rlv_document_stroke_end (self);
  if (self->n_done > 0)
    move_to (self, self->n_done - 1);
}

/**
 * rlv_document_redo:
 * @self: a document
 *
 * Does the step again that was undone last.
 */
void
rlv_document_redo (RlvDocument *self)
{
  rlv_document_stroke_end (self);
  if (self->n_done < self->edits->len)
    move_to (self, self->n_done + 1);
}

static void
rlv_document_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RlvDocument *self = RLV_DOCUMENT (object);

  switch (id)
    {
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, self->can_undo);
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, self->can_redo);
      break;
    case PROP_EMPTY:
      g_value_set_boolean (value, self->empty);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rlv_document_finalize (GObject *object)
{
  RlvDocument *self = RLV_DOCUMENT (object);

  g_ptr_array_unref (self->strokes);
  g_ptr_array_unref (self->paints);
  g_clear_pointer (&self->view, g_ptr_array_unref);
  g_ptr_array_unref (self->edits);
  rlv_stroke_free (self->running);
  rlv_paint_unref (self->painting);
  G_OBJECT_CLASS (rlv_document_parent_class)->finalize (object);
}

static void
rlv_document_class_init (RlvDocumentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = rlv_document_get_property;
  object_class->finalize = rlv_document_finalize;
  props[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  props[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  props[PROP_EMPTY] = g_param_spec_boolean ("empty", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  /**
   * RlvDocument::changed:
   * @self: the document
   *
   * The ink is no longer what it was.
   */
  signals[EDITED] =
      g_signal_new ("edited", RLV_TYPE_DOCUMENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CHANGED] =
      g_signal_new ("changed", RLV_TYPE_DOCUMENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rlv_document_init (RlvDocument *self)
{
  self->edits = g_ptr_array_new_with_free_func (edit_free);
  self->strokes = g_ptr_array_new ();
  self->paints = g_ptr_array_new ();
  self->empty = TRUE;
}
