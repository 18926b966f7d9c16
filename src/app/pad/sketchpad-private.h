/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sketchpad-private.h: what the sketchpad's files share: stroke < input, paint < sketchpad */
#pragma once

#include "app/drawing/ink-cache.h"
#include "app/pad/sketchpad.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * RlvPadInput:
 * @hovering: whether the pointer is over the paper
 * @hover_x: where the pointer is, in widget coordinates
 * @hover_y: where the pointer is, in widget coordinates
 * @keyboard: whether one draws with the arrow keys, so that the cross is shown
 * @pen_down: whether the arrow keys draw
 * @cross_x: where the cross is, 0..1 across the pad
 * @cross_y: where the cross is, 0..1 down the pad
 *
 * What the hand is doing.
 */
typedef struct
{
  gboolean hovering;
  double hover_x, hover_y;
  gboolean keyboard;
  gboolean pen_down;
  double cross_x, cross_y;
} RlvPadInput;

struct _RlvSketchpad
{
  GtkWidget parent_instance;

  RlvDocument *document;
  GdkTexture *overlay;
  double pen_width;
  gboolean eraser;
  gboolean for_pictures;
  RlvPadInput input;

  RlvInkCache *cache;
  AdwAnimation *example;
  double example_progress;
};

/* sketchpad-paint.c */
void _rlv_sketchpad_paint (RlvSketchpad *self, GtkSnapshot *snapshot);
/* sketchpad-input.c: adds the controllers. */
void _rlv_sketchpad_init_input (RlvSketchpad *self);
/* Tells assistive technology what the arrow keys would do now. */
void _rlv_sketchpad_update_description (RlvSketchpad *self);

G_END_DECLS
