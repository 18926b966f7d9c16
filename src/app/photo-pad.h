/* SPDX-License-Identifier: GPL-3.0-or-later */
/* photo-pad.h: the photo, and the part of it that the network sees */
#pragma once

#include <gtk/gtk.h>

#include "app/session.h"

G_BEGIN_DECLS

#define RLV_TYPE_PHOTO_PAD (rlv_photo_pad_get_type ())
G_DECLARE_FINAL_TYPE (RlvPhotoPad, rlv_photo_pad, RLV, PHOTO_PAD, GtkWidget)

void rlv_photo_pad_set_session (RlvPhotoPad *self, RlvSession *session);
/* Where the frame is, in the widget's coordinates; FALSE where there is none. */
gboolean rlv_photo_pad_get_frame (RlvPhotoPad *self, graphene_rect_t *frame);

G_END_DECLS
