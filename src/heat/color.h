/* SPDX-License-Identifier: GPL-3.0-or-later */
/* color.h: colours as numbers, 0xRRGGBB; private to the library */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* One byte of a colour: 2 is red, 1 green and 0 blue. */
static inline int
lrp_color_channel (guint32 color, int channel)
{
  return (int) (color >> (8 * channel) & 255);
}

guint32 lrp_color_mix (guint32 a, guint32 b, double share);
void lrp_color_set_source (cairo_t *cr, guint32 color, double opacity);

G_END_DECLS
