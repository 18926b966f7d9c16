/* SPDX-License-Identifier: GPL-3.0-or-later */
/* palette.h: a colour map made ready to be laid over paper and ink */
#pragma once

#include "heat/style.h"

G_BEGIN_DECLS

/* The level of zero: nothing is laid over the paper. */
#define LRP_LEVEL_ZERO (LRP_COLORMAP_SIZE / 2)

/**
 * LrpPalette:
 * @over: 0xAARRGGBB that each level adds, colours already multiplied by the opacity
 * @keep: what remains of the pixel below, 0..255: 255 - AA, four times, once for each byte of a pixel
 * @paper: 0xRRGGBB where there is neither ink nor relevance
 * @ink: 0xRRGGBB of full ink
 * @contour: 0xRRGGBB of the line around the ink
 * @shade: how much of the ink is shown as a shade, 0..1
 * @wash: how much a picture below is faded to pale greys, 0..1
 *
 * The colours of one style.
 */
typedef struct
{
  guint32 over[LRP_COLORMAP_SIZE];
  guint32 keep[LRP_COLORMAP_SIZE];
  guint32 paper, ink, contour;
  double shade, wash;
} LrpPalette;

void lrp_palette_init (LrpPalette *palette, const LrpHeatStyle *style);

/* t in -1..1, and nothing else, to a level. */
static inline guint
lrp_palette_get_level (float t)
{
  return (guint) (LRP_LEVEL_ZERO + t * LRP_LEVEL_ZERO + 0.5f);
}

G_END_DECLS
