/* SPDX-License-Identifier: GPL-3.0-or-later */
/* photo-pad.h: the photo, the part of it that the network sees, and a brush to paint it over */
#pragma once

#include <gtk/gtk.h>

#include "app/session/session.h"

G_BEGIN_DECLS

#define RLV_TYPE_PHOTO_PAD (rlv_photo_pad_get_type ())
G_DECLARE_FINAL_TYPE (RlvPhotoPad, rlv_photo_pad, RLV, PHOTO_PAD, GtkWidget)

/**
 * RlvPhotoTool:
 * @RLV_PHOTO_TOOL_FRAME: moves and resizes the frame around what the network sees
 * @RLV_PHOTO_TOOL_BRUSH: paints over
 * @RLV_PHOTO_TOOL_RESTORE: brings back what was there before
 *
 * What dragging on the photo does.
 */
typedef enum
{
  RLV_PHOTO_TOOL_FRAME,
  RLV_PHOTO_TOOL_BRUSH,
  RLV_PHOTO_TOOL_RESTORE,
  RLV_N_PHOTO_TOOLS
} RlvPhotoTool;

/* Properties "tool" ("frame", "brush" or "restore"), "fill" (as of rlv_fill_name()), "brush-width" (a share of the
 * photo's longer side); all readable and writable. */
void rlv_photo_pad_set_session (RlvPhotoPad *self, RlvSession *session);
void rlv_photo_pad_set_tool (RlvPhotoPad *self, RlvPhotoTool tool);
double rlv_photo_pad_get_brush_width (RlvPhotoPad *self);
void rlv_photo_pad_set_brush_width (RlvPhotoPad *self, double width);
/* Where the frame is, in the widget's coordinates; FALSE where there is none. */
gboolean rlv_photo_pad_get_frame (RlvPhotoPad *self, graphene_rect_t *frame);

G_END_DECLS
