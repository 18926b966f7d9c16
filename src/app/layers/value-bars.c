/* SPDX-License-Identifier: GPL-3.0-or-later */
/* value-bars.c: many values as small bars, up for above zero, down for below */
#include "config.h"

#include "app/layers/value-bars.h"

#include "app/kit/draw-text.h"

#include <math.h>

/* Where zero lies: in the middle, unless all values lie on one side. */
static double
find_zero (const double *values, guint n, double height, double *pixels)
{
  double low = 0, high = 0;

  for (guint i = 0; i < n; i++)
    if (isfinite (values[i]))
      {
        low = MIN (low, values[i]);
        high = MAX (high, values[i]);
      }
  *pixels = high > low ? (height - 1) / (high - low) : 0;
  return high > low ? high * *pixels : height - 1;
}

/**
 * rlv_value_bars_draw:
 * @cr: where to
 * @values: (array length=n): the values
 * @n: how many
 * @style: whose colours they have
 * @foreground: the colour of text, for the line at zero
 * @mirrored: whether the first is at the right
 * @width: of all bars together
 * @height: of the longest bar up and the longest bar down together
 */
void
rlv_value_bars_draw (cairo_t *cr, const double *values, guint n, const LrpHeatStyle *style, const GdkRGBA *foreground,
                     gboolean mirrored, double width, double height)
{
  double pixels, zero = find_zero (values, n, height, &pixels), step = width / MAX (n, 1), gap = step >= 4 ? 1 : 0;
  GdkRGBA line = rlv_fade (foreground, 0.35);

  for (guint i = 0; i < n; i++)
    {
      double size = isfinite (values[i]) ? values[i] * pixels : 0, x = (mirrored ? n - 1 - i : i) * step;
      guint32 color =
          lrp_colormap_lookup (style->map ? style->map : lrp_colormap_get_default (), values[i] < 0 ? -0.8 : 0.8);
      cairo_set_source_rgb (cr, (color >> 16 & 255) / 255.0, (color >> 8 & 255) / 255.0, (color & 255) / 255.0);
      cairo_rectangle (cr, x, zero - MAX (size, 0), MAX (step - gap, 0.5), fabs (size));
      cairo_fill (cr);
    }
  gdk_cairo_set_source_rgba (cr, &line);
  cairo_rectangle (cr, 0, floor (zero), width, 1);
  cairo_fill (cr);
}
