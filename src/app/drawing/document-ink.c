/* SPDX-License-Identifier: GPL-3.0-or-later */
/* document-ink.c: the drawing of a document: strokes, and a picture that they lie on */
#include "config.h"

#include "app/drawing/document-private.h"

/**
 * rlv_document_stroke_begin:
 * @self: a document
 * @x: 0..1 from the left
 * @y: 0..1 from the top
 * @pressure: 0..1, or %RLV_PRESSURE_NORMAL
 * @width: of the line, as a share of the pad
 * @eraser: whether to take ink away
 *
 * Puts the pen on the paper. A stroke that is still running ends. On empty paper an eraser does nothing.
 */
void
rlv_document_stroke_begin (RlvDocument *self, double x, double y, double pressure, double width, gboolean eraser)
{
  g_autoptr (RlvStroke) stroke = rlv_stroke_new (width, eraser);

  rlv_document_stroke_end (self);
  rlv_document_set_view (self, G_MAXUINT);
  if (self->photo || (eraser && self->empty) || !rlv_stroke_add (stroke, x, y, pressure))
    return;
  self->running = g_steal_pointer (&stroke);
  g_ptr_array_add (self->strokes, self->running);
  if (!eraser)
    _rlv_document_update_empty (self);
  _rlv_document_emit_changed (self);
}

/**
 * rlv_document_stroke_to:
 * @self: a document
 * @x: 0..1 from the left
 * @y: 0..1 from the top
 * @pressure: 0..1, or %RLV_PRESSURE_NORMAL
 *
 * Leads the running stroke on; without one, nothing happens.
 */
void
rlv_document_stroke_to (RlvDocument *self, double x, double y, double pressure)
{
  if (self->running && rlv_stroke_add (self->running, x, y, pressure))
    _rlv_document_emit_changed (self);
}

/**
 * rlv_document_clear:
 * @self: a document
 *
 * Takes a new sheet of paper; a step to undo, unless the pad is empty already.
 */
void
rlv_document_clear (RlvDocument *self)
{
  rlv_document_stroke_end (self);
  if (!self->empty)
    _rlv_document_do_edit (self, _rlv_edit_new (TRUE));
}

/**
 * rlv_document_set_picture:
 * @self: a document
 * @pixels: (array): [height, width], 0 is paper and 1 is ink
 * @width: columns, at least 1
 * @height: rows, at least 1
 * @label: (nullable): what it shows
 *
 * Replaces what is on the pad by a picture that one can draw on; a step to undo.
 */
void
rlv_document_set_picture (RlvDocument *self, const float *pixels, int width, int height, const char *label)
{
  RlvEdit *edit = _rlv_edit_new (TRUE);

  edit->picture = rlv_picture_new (pixels, width, height, label);
  _rlv_document_do_edit (self, edit);
}

/**
 * rlv_document_set_ink:
 * @self: a document
 * @picture: (nullable): a picture
 * @strokes: (element-type RlvStroke): strokes over it, in their order
 *
 * Replaces what is on the pad, leaving out strokes without a point; one step to undo.
 */
void
rlv_document_set_ink (RlvDocument *self, const RlvPicture *picture, const GPtrArray *strokes)
{
  RlvEdit *edit = _rlv_edit_new (TRUE);

  if (picture)
    edit->picture = rlv_picture_new (picture->pixels, picture->width, picture->height, picture->label);
  for (guint i = 0; i < strokes->len; i++)
    if (((const RlvStroke *) strokes->pdata[i])->points->len > 0)
      g_ptr_array_add (edit->strokes, rlv_stroke_copy (strokes->pdata[i]));
  _rlv_document_do_edit (self, edit);
}

/**
 * rlv_document_set_view:
 * @self: a document
 * @n_points: how many points of its strokes are shown; %G_MAXUINT: all
 *
 * Shows the drawing as it was when it had no more points. A running stroke ends. The next edit shows all again.
 */
void
rlv_document_set_view (RlvDocument *self, guint n_points)
{
  guint left = n_points;

  if (n_points == G_MAXUINT && !self->view)
    return;
  rlv_document_stroke_end (self);
  g_clear_pointer (&self->view, g_ptr_array_unref);
  if (n_points != G_MAXUINT)
    self->view = g_ptr_array_new_with_free_func ((GDestroyNotify) rlv_stroke_free);
  for (guint i = 0; self->view && left > 0 && i < self->strokes->len; i++)
    {
      RlvStroke *stroke = rlv_stroke_copy (self->strokes->pdata[i]);
      g_array_set_size (stroke->points, MIN (left, stroke->points->len));
      left -= stroke->points->len;
      g_ptr_array_add (self->view, stroke);
    }
  self->generation++;
  _rlv_document_finish_change (self);
}

/**
 * rlv_document_peek_strokes:
 * @self: a document
 *
 * Returns: (transfer none) (element-type RlvStroke): all its strokes since the last new sheet, also where fewer are
 * shown
 */
const GPtrArray *
rlv_document_peek_strokes (RlvDocument *self)
{
  return self->strokes;
}
