/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gutter.h: the dot of a row and the lines that join it to others */
#pragma once

#include <gtk/gtk.h>

#include "app/layers/flow.h"

G_BEGIN_DECLS

/* What the lines of all rows need. */
int rlv_gutter_get_width (const RlvFlow *flow);
/* edge: where column 0 begins; ahead: 1 to go on to the right, -1 to the left. */
void rlv_gutter_draw (cairo_t *cr, const RlvFlow *flow, const RlvLane *lane, double edge, int ahead, double height,
                      const GdkRGBA *foreground);

G_END_DECLS
