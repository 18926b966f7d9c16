/* SPDX-License-Identifier: GPL-3.0-or-later */
/* style.h: how a heatmap looks, and where it lies on what it explains */
#pragma once

#include "heat/colormap.h"

G_BEGIN_DECLS

/**
 * LrpHeatStyle:
 * @map: (nullable): the colour map; %NULL is the default one
 * @strength: how strong the colours lie over the drawing, 0 (not at all) to 1
 * @gain: faint relevance is shown this many times stronger; 1 is as it is
 * @clip: percentile of the absolute values that gets the full colour; 100 is the largest value
 * @fixed_scale: relevance of the full colour, to compare maps; 0: each map has its own
 * @smooth: blend cells into each other; else cells are crisp
 * @dark: bright ink on dark paper; else dark ink on light paper
 * @outline: show the ink as a contour over the colours; else as a shade under them
 *
 * How a heatmap looks.
 */
typedef struct
{
  const LrpColormap *map;
  double strength;
  double gain;
  double clip;
  double fixed_scale;
  gboolean smooth;
  gboolean dark;
  gboolean outline;
} LrpHeatStyle;

#define LRP_HEAT_STYLE_INIT                                                                                            \
  {                                                                                                                    \
    .strength = 1, .gain = 1, .clip = 100, .outline = TRUE                                                             \
  }

/**
 * LrpHeatTransform:
 * @scale: cells across the whole drawing
 * @dx: where the drawing's left edge lies, in cells
 * @dy: where the drawing's upper edge lies, in cells
 * @scale_y: cells down the whole drawing; 0: as many as @scale
 *
 * Where the map lies on a drawing: cell = scale * u + d, with u from 0 to 1 across the drawing.
 */
typedef struct
{
  double scale, dx, dy, scale_y;
} LrpHeatTransform;

G_END_DECLS
