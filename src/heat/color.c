/* SPDX-License-Identifier: GPL-3.0-or-later */
/* color.c: colours as numbers */
#include "config.h"

#include "heat/color.h"

#include <math.h>

/**
 * lrp_color_mix:
 * @a: 0xRRGGBB
 * @b: 0xRRGGBB
 * @share: 0..1
 *
 * Returns: the colour @share of the way from @a to @b
 */
guint32
lrp_color_mix (guint32 a, guint32 b, double share)
{
  guint32 color = 0;

  for (int c = 2; c >= 0; c--)
    color =
        color << 8
        | (guint32) lrint (lrp_color_channel (a, c) + share * (lrp_color_channel (b, c) - lrp_color_channel (a, c)));
  return color;
}

/**
 * lrp_color_set_source:
 * @cr: where to draw
 * @color: 0xRRGGBB
 * @opacity: 0..1
 *
 * Chooses the colour of what is drawn next.
 */
void
lrp_color_set_source (cairo_t *cr, guint32 color, double opacity)
{
  cairo_set_source_rgba (cr, lrp_color_channel (color, 2) / 255.0, lrp_color_channel (color, 1) / 255.0,
                         lrp_color_channel (color, 0) / 255.0, opacity);
}
