/* SPDX-License-Identifier: GPL-3.0-or-later */
/* document.h: the drawing that is explained, with undo */
#pragma once

#include <glib-object.h>

#include "app/drawing/ink.h"
#include "app/drawing/photo.h"

G_BEGIN_DECLS

#define RLV_TYPE_DOCUMENT (rlv_document_get_type ())
G_DECLARE_FINAL_TYPE (RlvDocument, rlv_document, RLV, DOCUMENT, GObject)

/* Properties "can-undo", "can-redo", "empty" (read only). Signal "changed" (no arguments): the ink is no longer what it
 * was; it comes with every point of a stroke, so collect it before doing something slow. Signal "edited" (its name, for
 * people): there is one more step to undo. */
RlvDocument *rlv_document_new (void) G_GNUC_WARN_UNUSED_RESULT;

gboolean rlv_document_get_empty (RlvDocument *self);
/* Between stroke_begin and stroke_end. */
gboolean rlv_document_get_drawing (RlvDocument *self);

/* x, y: 0..1 across the pad; pressure: 0..1 or RLV_PRESSURE_NORMAL; width: share of the pad. */
void rlv_document_stroke_begin (RlvDocument *self, double x, double y, double pressure, double width, gboolean eraser);
void rlv_document_stroke_to (RlvDocument *self, double x, double y, double pressure);
void rlv_document_stroke_end (RlvDocument *self);
void rlv_document_stroke_cancel (RlvDocument *self);

/* Each is one step to undo. Copies what it is given. */
void rlv_document_clear (RlvDocument *self);
void rlv_document_set_picture (RlvDocument *self, const float *pixels, int width, int height, const char *label);
void rlv_document_set_ink (RlvDocument *self, const RlvPicture *picture, const GPtrArray *strokes);

/* Puts a photo in the place of the drawing; what is drawn next takes its place. */
void rlv_document_set_photo (RlvDocument *self, RlvPhoto *photo);
RlvPhoto *rlv_document_get_photo (RlvDocument *self);
/* The part of the photo that was chosen (nullable: none was). Steps of one movement are undone together. */
void rlv_document_set_region (RlvDocument *self, const LrpRegion *region, gboolean go_on);
const LrpRegion *rlv_document_get_region (RlvDocument *self);

/* Painting over the photo; x, y: 0..1 across it; width: share of its longer side. Ended as strokes are. */
void rlv_document_paint_begin (RlvDocument *self, RlvFill fill, double x, double y, double width);
void rlv_document_paint_to (RlvDocument *self, double x, double y);
void rlv_document_unpaint (RlvDocument *self);
gboolean rlv_document_get_painted (RlvDocument *self);

void rlv_document_undo (RlvDocument *self);
void rlv_document_redo (RlvDocument *self);

/* Shows the drawing as it was after that many points of its strokes, until the next edit; G_MAXUINT: all of it. It is
 * not changed by that. */
void rlv_document_set_view (RlvDocument *self, guint n_points);
/* All its strokes, whatever is shown; borrowed, until the next change. */
const GPtrArray *rlv_document_peek_strokes (RlvDocument *self);

/* What is shown; borrowed, until the next change. */
RlvInk rlv_document_peek_ink (RlvDocument *self);
/* Another number whenever the ink changed in any way but by adding to its end. */
guint rlv_document_get_generation (RlvDocument *self);

G_END_DECLS
