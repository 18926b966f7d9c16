/* SPDX-License-Identifier: GPL-3.0-or-later */
/* column.h: the pad, for drawings or photos, with its tools */
#pragma once

#include "app/pad/photo-pad.h"
#include "app/session/session.h"
#include "app/pad/sketchpad.h"
#include "app/pad/timeline-bar.h"

G_BEGIN_DECLS

#define RLV_TYPE_PAD_COLUMN (rlv_pad_column_get_type ())
G_DECLARE_FINAL_TYPE (RlvPadColumn, rlv_pad_column, RLV, PAD_COLUMN, GtkWidget)

void rlv_pad_column_set_session (RlvPadColumn *self, RlvSession *session);

RlvSketchpad *rlv_pad_column_get_sketchpad (RlvPadColumn *self);
RlvPhotoPad *rlv_pad_column_get_photo (RlvPadColumn *self);
RlvTimelineBar *rlv_pad_column_get_timeline (RlvPadColumn *self);

G_END_DECLS
