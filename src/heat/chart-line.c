/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chart-line.c: how the lines of a chart are told apart: by colour, dashes and markers */
#include "config.h"

#include "heat/chart-line.h"

#include "heat/color.h"

#include <math.h>

/* Okabe and Ito's colours, which people who see colours differently tell apart, but for the yellow, which is too pale
 * for lines on white. Markers and dashes say the same without colour. */
static const guint32 colors[] = { 0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0xe69f00, 0x56b4e9, 0x000000 };

static const struct
{
  int n;
  double lengths[4];
} dashes[] = {
  { 0 },
  { 2, { 7, 5 } },
  { 2, { 0.5, 5 } },
  { 4, { 9, 5, 0.5, 5 } },
};

/* Corners of markers around (0, 0), in turns and radii; an odd number of corners points up. */
static const struct
{
  guint corners;
  double turn;
  double radius;
} markers[] = {
  { 0, 0, 3.8 }, { 4, 0.125, 4.8 }, { 3, 0, 5 }, { 4, 0, 5.2 }, { 3, 0.5, 5 }, { 6, 0, 4.4 },
};

void
lrp_chart_line_mark (const LrpChartLine *line, cairo_t *cr, double x, double y)
{
  guint kind = line->color % G_N_ELEMENTS (markers);

  cairo_new_path (cr);
  if (markers[kind].corners == 0)
    cairo_arc (cr, x, y, markers[kind].radius, 0, 2 * G_PI);
  for (guint i = 0; i < markers[kind].corners; i++)
    {
      double angle = 2 * G_PI * (markers[kind].turn + (double) i / markers[kind].corners);
      cairo_line_to (cr, x + markers[kind].radius * sin (angle), y - markers[kind].radius * cos (angle));
    }
  cairo_close_path (cr);
  lrp_color_set_source (cr, colors[line->color % G_N_ELEMENTS (colors)], 1);
  cairo_fill_preserve (cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

void
lrp_chart_line_stroke (const LrpChartLine *line, cairo_t *cr)
{
  guint dash = line->dash % G_N_ELEMENTS (dashes);

  lrp_color_set_source (cr, colors[line->color % G_N_ELEMENTS (colors)], 1);
  cairo_set_line_width (cr, 2.2);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_dash (cr, dashes[dash].lengths, dashes[dash].n, 0);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
}
