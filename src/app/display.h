/* SPDX-License-Identifier: GPL-3.0-or-later */
/* display.h: how heatmaps look on the screen */
#pragma once

#include <glib-object.h>

#include "heat/draw.h"

G_BEGIN_DECLS

#define RLV_TYPE_DISPLAY (rlv_display_get_type ())
G_DECLARE_FINAL_TYPE (RlvDisplay, rlv_display, RLV, DISPLAY, GObject)

RlvDisplay *rlv_display_new (void) G_GNUC_WARN_UNUSED_RESULT;

const LrpHeatStyle *rlv_display_get_style (RlvDisplay *self);

G_END_DECLS
