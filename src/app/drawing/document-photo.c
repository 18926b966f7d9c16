/* SPDX-License-Identifier: GPL-3.0-or-later */
/* document-photo.c: the photo of a document: the part of it that is seen, and what is painted over it */
#include "config.h"

#include "app/drawing/document-private.h"

/**
 * rlv_document_set_photo:
 * @self: a document
 * @photo: a photo
 *
 * Replaces what is on the pad by a photo; a step to undo.
 */
void
rlv_document_set_photo (RlvDocument *self, RlvPhoto *photo)
{
  RlvEdit *edit = _rlv_edit_new (TRUE);

  edit->photo = rlv_photo_ref (photo);
  _rlv_document_do_edit (self, edit);
}

/**
 * rlv_document_get_photo:
 * @self: a document
 *
 * Returns: (transfer none) (nullable): the photo that is there instead of a drawing
 */
RlvPhoto *
rlv_document_get_photo (RlvDocument *self)
{
  return self->photo;
}

/**
 * rlv_document_set_region:
 * @self: a document with a photo
 * @region: (nullable): the part of the photo that is to be seen; %NULL: what fits the network
 * @go_on: whether this goes on with the movement before, so that both are undone as one step
 *
 * Chooses a part of the photo. Without a photo nothing happens.
 */
void
rlv_document_set_region (RlvDocument *self, const LrpRegion *region, gboolean go_on)
{
  RlvEdit *last;

  rlv_document_stroke_end (self);
  if (!self->photo || (!region && !self->region))
    return;
  last = self->edits->pdata[self->n_done - 1];
  if (!go_on || !last->cropping || self->n_done < self->edits->len)
    {
      last = _rlv_edit_new (FALSE);
      last->cropping = TRUE;
      _rlv_document_take_edit (self, last);
    }
  last->has_region = region != NULL;
  if (region)
    last->region = *region;
  _rlv_document_rebuild (self);
  _rlv_document_finish_change (self);
}

/**
 * rlv_document_get_region:
 * @self: a document
 *
 * Returns: (transfer none) (nullable): the part of the photo that was chosen, until the next change
 */
const LrpRegion *
rlv_document_get_region (RlvDocument *self)
{
  return self->region;
}

/**
 * rlv_document_paint_begin:
 * @self: a document with a photo
 * @fill: what the brush leaves behind
 * @x: 0..1 from the photo's left edge
 * @y: 0..1 from its upper edge
 * @width: of the brush, as a share of the photo's longer side
 *
 * Puts a brush on the photo. A stroke that is still running ends. Without a photo nothing happens, nor where the
 * original is to be brought back of a photo that nothing is painted on.
 */
void
rlv_document_paint_begin (RlvDocument *self, RlvFill fill, double x, double y, double width)
{
  int w, h;

  rlv_document_stroke_end (self);
  if (!self->photo || (fill == RLV_FILL_ORIGINAL && self->paints->len == 0))
    return;
  w = rlv_photo_get_width (self->photo);
  h = rlv_photo_get_height (self->photo);
  width = CLAMP (width, RLV_BRUSH_WIDTH_MIN, RLV_BRUSH_WIDTH_MAX);
  self->painting = rlv_paint_new (fill, width * MAX (w, h) / 2, g_random_int ());
  if (!rlv_paint_add (self->painting, x * w, y * h))
    {
      g_clear_pointer (&self->painting, rlv_paint_unref);
      return;
    }
  g_ptr_array_add (self->paints, self->painting);
  _rlv_document_emit_changed (self);
}

/**
 * rlv_document_paint_to:
 * @self: a document
 * @x: 0..1 from the photo's left edge
 * @y: 0..1 from its upper edge
 *
 * Leads the brush on; where none is on the photo, nothing happens.
 */
void
rlv_document_paint_to (RlvDocument *self, double x, double y)
{
  if (self->painting
      && rlv_paint_add (self->painting, x * rlv_photo_get_width (self->photo), y * rlv_photo_get_height (self->photo)))
    _rlv_document_emit_changed (self);
}

/**
 * rlv_document_unpaint:
 * @self: a document
 *
 * Takes away all that is painted over the photo; a step to undo, where there is something.
 */
void
rlv_document_unpaint (RlvDocument *self)
{
  RlvEdit *edit;

  rlv_document_stroke_end (self);
  if (self->paints->len == 0)
    return;
  edit = _rlv_edit_new (FALSE);
  edit->unpainting = TRUE;
  _rlv_document_do_edit (self, edit);
}

/**
 * rlv_document_get_painted:
 * @self: a document
 *
 * Returns: whether something is painted over the photo
 */
gboolean
rlv_document_get_painted (RlvDocument *self)
{
  return self->paints->len > 0;
}
