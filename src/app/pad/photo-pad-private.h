/* SPDX-License-Identifier: GPL-3.0-or-later */
/* photo-pad-private.h: what the photo pad's files share: frame < input, paint < photo-pad */
#pragma once

#include "app/pad/photo-pad.h"

G_BEGIN_DECLS

/**
 * RlvPhotoInput:
 * @begin: the part when a drag of the frame began
 * @corner_x: the corner that is dragged: -1 or 1; 0: all of it
 * @corner_y: the same, upwards or downwards
 * @going_on: whether the drag has moved the frame, or keys go on moving it
 * @hovering: whether the pointer is over the photo
 * @hover_x: where it is, in widget coordinates
 * @hover_y: where it is, in widget coordinates
 * @keyboard: whether one paints with the arrow keys, so that the cross is shown
 * @down: whether they paint
 * @cross_x: where the cross is, 0..1 across the photo
 * @cross_y: where the cross is, 0..1 down the photo
 *
 * What the hand is doing.
 */
typedef struct
{
  LrpRegion begin;
  int corner_x, corner_y;
  gboolean going_on;
  gboolean hovering;
  double hover_x, hover_y;
  gboolean keyboard, down;
  double cross_x, cross_y;
} RlvPhotoInput;

struct _RlvPhotoPad
{
  GtkWidget parent_instance;

  RlvSession *session;
  const RlvPhoto *photo; /* not to be used: only whether it is another one */
  RlvPhotoTool tool;
  RlvFill fill;
  double brush_width;
  RlvPhotoInput input;
};

/* photo-pad-frame.c */
RlvPhoto *_rlv_photo_pad_get_photo (RlvPhotoPad *self);
/* Where the photo lies; the pixels of the widget for one of the photo. */
double _rlv_photo_pad_get_area (RlvPhotoPad *self, graphene_rect_t *area);
gboolean _rlv_photo_pad_begin_frame (RlvPhotoPad *self, double x, double y);
void _rlv_photo_pad_move_frame (RlvPhotoPad *self, double dx, double dy);
/* Which corner is at a point: -1 or 1 each; else 0, 0. */
void _rlv_photo_pad_find_corner (const graphene_rect_t *frame, double x, double y, int *corner_x, int *corner_y);
gboolean _rlv_photo_pad_scroll (RlvPhotoPad *self, double dx, double dy);
gboolean _rlv_photo_pad_frame_key (RlvPhotoPad *self, guint key);
/* photo-pad-paint.c */
void _rlv_photo_pad_paint (RlvPhotoPad *self, GtkSnapshot *snapshot);
/* photo-pad-input.c */
void _rlv_photo_pad_init_input (RlvPhotoPad *self);
/* Lifts the brush; shows what the tool does now. */
void _rlv_photo_pad_stop_input (RlvPhotoPad *self);

G_END_DECLS
