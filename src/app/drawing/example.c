/* SPDX-License-Identifier: GPL-3.0-or-later */
/* example.c: the digit that is drawn on empty paper to show people that they can draw there */
#include "config.h"

#include "app/drawing/example.h"
#include "app/drawing/stroke.h"

#include <math.h>

/* A 3, from its upper left, in steps of about the same time. */
static const struct
{
  float x, y;
} points[] = {
  { 0.348f, 0.283f }, { 0.375f, 0.243f }, { 0.416f, 0.215f }, { 0.466f, 0.203f }, { 0.517f, 0.209f },
  { 0.562f, 0.232f }, { 0.594f, 0.268f }, { 0.609f, 0.312f }, { 0.605f, 0.359f }, { 0.581f, 0.400f },
  { 0.542f, 0.431f }, { 0.465f, 0.447f }, { 0.573f, 0.475f }, { 0.615f, 0.515f }, { 0.636f, 0.566f },
  { 0.633f, 0.619f }, { 0.606f, 0.667f }, { 0.558f, 0.704f }, { 0.498f, 0.723f }, { 0.433f, 0.722f },
  { 0.373f, 0.701f }, { 0.327f, 0.663f }, { 0.308f, 0.633f },
};

/**
 * rlv_example_draw:
 * @cr: where to draw, with the colour as its source
 * @size: of the pad, in @cr's units
 * @progress: how much of it is written, 0 to 1
 *
 * Draws the example as far as it is written.
 */
void
rlv_example_draw (cairo_t *cr, double size, double progress)
{
  g_autoptr (RlvStroke) stroke = rlv_stroke_new (RLV_PEN_WIDTH_DEFAULT, FALSE);
  double end = CLAMP (progress, 0, 1) * (G_N_ELEMENTS (points) - 1), part = end - floor (end);
  guint last = (guint) end, next = MIN (last + 1, G_N_ELEMENTS (points) - 1);

  for (guint i = 0; i <= last; i++)
    rlv_stroke_add (stroke, points[i].x, points[i].y, RLV_PRESSURE_NORMAL);
  rlv_stroke_add (stroke, (1 - part) * (double) points[last].x + part * (double) points[next].x,
                  (1 - part) * (double) points[last].y + part * (double) points[next].y, RLV_PRESSURE_NORMAL);
  rlv_stroke_draw (stroke, cr, size);
}
