/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sketchpad-stroke.c: where the paper lies in the widget, and strokes on it in the widget's coordinates */
#include "config.h"

#include "app/pad/sketchpad-private.h"

/**
 * rlv_sketchpad_get_document:
 * @self: a sketchpad
 *
 * Returns: (transfer none): what is drawn on
 */
RlvDocument *
rlv_sketchpad_get_document (RlvSketchpad *self)
{
  return self->document;
}

/**
 * rlv_sketchpad_get_pad:
 * @self: a sketchpad
 * @pad: (out caller-allocates): the paper, in widget coordinates
 *
 * Finds the largest centred square; its corners lie on whole pixels.
 */
void
rlv_sketchpad_get_pad (RlvSketchpad *self, graphene_rect_t *pad)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self)), height = gtk_widget_get_height (GTK_WIDGET (self));
  int size = MIN (width, height);

  graphene_rect_init (pad, (float) ((width - size) / 2), (float) ((height - size) / 2), (float) size, (float) size);
}

static gboolean
get_share (RlvSketchpad *self, double *x, double *y)
{
  graphene_rect_t pad;

  rlv_sketchpad_get_pad (self, &pad);
  if (pad.size.width < 1)
    return FALSE;
  *x = (*x - (double) pad.origin.x) / (double) pad.size.width;
  *y = (*y - (double) pad.origin.y) / (double) pad.size.height;
  return TRUE;
}

/**
 * rlv_sketchpad_stroke_begin:
 * @self: a sketchpad
 * @x: in widget coordinates
 * @y: in widget coordinates
 * @pressure: 0..1, or %RLV_PRESSURE_NORMAL
 * @eraser: erase, whatever the property says
 *
 * Puts the pen on the paper.
 */
void
rlv_sketchpad_stroke_begin (RlvSketchpad *self, double x, double y, double pressure, gboolean eraser)
{
  if (get_share (self, &x, &y))
    rlv_document_stroke_begin (self->document, x, y, pressure, self->pen_width, self->eraser || eraser);
}

/**
 * rlv_sketchpad_stroke_to:
 * @self: a sketchpad
 * @x: in widget coordinates
 * @y: in widget coordinates
 * @pressure: 0..1, or %RLV_PRESSURE_NORMAL
 *
 * Leads the running stroke on.
 */
void
rlv_sketchpad_stroke_to (RlvSketchpad *self, double x, double y, double pressure)
{
  if (get_share (self, &x, &y))
    rlv_document_stroke_to (self->document, x, y, pressure);
}

/**
 * rlv_sketchpad_stroke_end:
 * @self: a sketchpad
 *
 * Lifts the pen.
 */
void
rlv_sketchpad_stroke_end (RlvSketchpad *self)
{
  rlv_document_stroke_end (self->document);
}

/**
 * rlv_sketchpad_stroke_cancel:
 * @self: a sketchpad
 *
 * Takes the running stroke back.
 */
void
rlv_sketchpad_stroke_cancel (RlvSketchpad *self)
{
  rlv_document_stroke_cancel (self->document);
}
