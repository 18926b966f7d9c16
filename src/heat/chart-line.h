/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chart-line.h: how the lines of a chart are told apart: by colour, dashes and markers */
#pragma once

#include "heat/chart.h"

G_BEGIN_DECLS

/* 0xRRGGBB */
void lrp_chart_set_color (cairo_t *cr, guint32 color);
/* Strokes the path as that line. */
void lrp_chart_line_stroke (const LrpChartLine *line, cairo_t *cr);
/* One of its markers. */
void lrp_chart_line_mark (const LrpChartLine *line, cairo_t *cr, double x, double y);

G_END_DECLS
