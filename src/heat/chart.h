/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chart.h: curves drawn over axes, with a legend */
#pragma once

#include <cairo.h>

#include "lrp/base/error.h"
#include "lrp/metrics/measure.h"

G_BEGIN_DECLS

#define LRP_CHART_MAX_PANELS 3
/* Pixels of a PNG for each unit of the drawing: sharp on dense screens and when projected. */
#define LRP_CHART_PNG_SCALE 2

/**
 * LrpChartPanel:
 * @title: what is measured
 * @x_title: what there is a share of along the x axis
 * @area_title: the heading of the column of areas in the legend
 * @low: a value that is within the y axis in any case
 * @high: another
 *
 * One pair of axes; x goes from 0 to 100 %.
 */
typedef struct
{
  const char *title, *x_title, *area_title;
  double low, high;
} LrpChartPanel;

/**
 * LrpChartLine:
 * @name: what stands in the legend
 * @color: lines of one number have colour and markers in common; any number
 * @dash: lines of one number have dashes in common; any number, 0 is solid
 * @curves: (nullable): its curve in each panel
 *
 * The same thing in all panels.
 */
typedef struct
{
  const char *name;
  guint color, dash;
  const LrpCurve *curves[LRP_CHART_MAX_PANELS];
} LrpChartLine;

/**
 * LrpChart:
 * @title: what stands above
 * @n_panels: at least one
 * @panels: side by side
 * @n_lines: how many lines
 * @lines: (array length=n_lines): the first is drawn over the others
 * @text: (nullable) (array zero-terminated=1): pairs of key and value that say how it was made, kept in the file
 *
 * Several curves.
 */
typedef struct
{
  const char *title;
  guint n_panels;
  LrpChartPanel panels[LRP_CHART_MAX_PANELS];
  guint n_lines;
  const LrpChartLine *lines;
  const char *const *text;
} LrpChart;

void lrp_chart_get_size (const LrpChart *chart, double *width, double *height);
/* Where a point lies in the drawing. */
void lrp_chart_place (const LrpChart *chart, guint panel, double x, double y, double *left, double *top);
void lrp_chart_draw (const LrpChart *chart, cairo_t *cr);

/* PNG, SVG or PDF, by the suffix. The file is there as a whole or, with an error, as it was before. Error messages do
 * not name the file. */
gboolean lrp_chart_write (const LrpChart *chart, const char *path, GError **error);

G_END_DECLS
