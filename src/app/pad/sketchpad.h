/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sketchpad.h: the paper that one draws on */
#pragma once

#include <gtk/gtk.h>

#include "app/drawing/document.h"

G_BEGIN_DECLS

#define RLV_TYPE_SKETCHPAD (rlv_sketchpad_get_type ())
G_DECLARE_FINAL_TYPE (RlvSketchpad, rlv_sketchpad, RLV, SKETCHPAD, GtkWidget)

/* Properties "document" (RlvDocument), "pen-width" (double, share of the pad), "eraser" (boolean), "overlay"
 * (GdkTexture, nullable); all readable and writable. */

RlvDocument *rlv_sketchpad_get_document (RlvSketchpad *self);
void rlv_sketchpad_set_document (RlvSketchpad *self, RlvDocument *document);

double rlv_sketchpad_get_pen_width (RlvSketchpad *self);
void rlv_sketchpad_set_pen_width (RlvSketchpad *self, double pen_width);

gboolean rlv_sketchpad_get_eraser (RlvSketchpad *self);
void rlv_sketchpad_set_eraser (RlvSketchpad *self, gboolean eraser);

/* Shown over the whole paper, under the ink: usually the heatmap, in device pixels. */
GdkTexture *rlv_sketchpad_get_overlay (RlvSketchpad *self);
void rlv_sketchpad_set_overlay (RlvSketchpad *self, GdkTexture *overlay);

/* Whether empty paper asks for a picture rather than for a digit. */
void rlv_sketchpad_set_for_pictures (RlvSketchpad *self, gboolean for_pictures);

/* Where the pad lies in the widget: a centred square. */
void rlv_sketchpad_get_pad (RlvSketchpad *self, graphene_rect_t *pad);

/* Drawing in widget coordinates, as the gestures do it. */
void rlv_sketchpad_stroke_begin (RlvSketchpad *self, double x, double y, double pressure, gboolean eraser);
void rlv_sketchpad_stroke_to (RlvSketchpad *self, double x, double y, double pressure);
void rlv_sketchpad_stroke_end (RlvSketchpad *self);
void rlv_sketchpad_stroke_cancel (RlvSketchpad *self);

G_END_DECLS
