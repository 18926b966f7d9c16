/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gutter.c: the dot of a row and the lines that join it to others */
#include "config.h"

#include "app/layers/gutter.h"

#include "app/kit/draw-text.h"

#include <math.h>

#define LANE_WIDTH 12
#define LANES_MAX  72 /* pixels that all lanes together may take */
#define DOT        4

static double
lane_width (const RlvFlow *flow)
{
  return MIN (LANE_WIDTH, LANES_MAX / (double) flow->n_lanes);
}

int
rlv_gutter_get_width (const RlvFlow *flow)
{
  return (int) (lane_width (flow) * flow->n_lanes);
}

/**
 * rlv_gutter_draw:
 * @cr: where to; the row begins at 0
 * @flow: a network as rows
 * @lane: the row's lines
 * @edge: where column 0 begins
 * @ahead: 1 where further columns lie to the right, -1 where they lie to the left
 * @height: of the row
 * @foreground: the colour of text
 */
void
rlv_gutter_draw (cairo_t *cr, const RlvFlow *flow, const RlvLane *lane, double edge, int ahead, double height,
                 const GdkRGBA *foreground)
{
  const double width = lane_width (flow), middle = height / 2;
  const double dot = edge + ahead * (floor (lane->column * width + width / 2) + 0.5);
  GdkRGBA faint = rlv_fade (foreground, 0.45);

  gdk_cairo_set_source_rgba (cr, &faint);
  cairo_set_line_width (cr, 1.5);
  for (guint c = 0; c < RLV_MAX_LANES; c++)
    {
      double x = edge + ahead * (floor (c * width + width / 2) + 0.5);
      if (lane->through & 1u << c)
        {
          cairo_move_to (cr, x, 0);
          cairo_line_to (cr, x, height);
        }
      if (lane->in & 1u << c)
        {
          cairo_move_to (cr, x, 0);
          cairo_curve_to (cr, x, middle * 0.6, dot, middle * 0.3, dot, middle);
        }
    }
  if (lane->out)
    {
      cairo_move_to (cr, dot, middle);
      cairo_line_to (cr, dot, height);
    }
  cairo_stroke (cr);
  gdk_cairo_set_source_rgba (cr, foreground);
  cairo_arc (cr, dot, middle, DOT, 0, 2 * G_PI);
  cairo_fill (cr);
}
