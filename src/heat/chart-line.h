/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chart-line.h: how the lines of a chart are told apart: by colour, dashes and markers */
#pragma once

#include "heat/chart.h"

G_BEGIN_DECLS

/* Draws the path that cr holds with the colour and the dashes of the line. */
void lrp_chart_line_stroke (const LrpChartLine *line, cairo_t *cr);
/* Draws one of the markers of the line. */
void lrp_chart_line_mark (const LrpChartLine *line, cairo_t *cr, double x, double y);

G_END_DECLS
