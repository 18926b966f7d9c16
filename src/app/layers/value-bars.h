/* SPDX-License-Identifier: GPL-3.0-or-later */
/* value-bars.h: many values as small bars, up for above zero, down for below */
#pragma once

#include <gtk/gtk.h>

#include "heat/draw.h"

G_BEGIN_DECLS

/* Bars from left to right, or mirrored, in the colours of a heatmap; the largest fills its half. */
void rlv_value_bars_draw (cairo_t *cr, const double *values, guint n, const LrpHeatStyle *style,
                          const GdkRGBA *foreground, gboolean mirrored, double width, double height);

G_END_DECLS
