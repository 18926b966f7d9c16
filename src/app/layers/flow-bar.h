/* SPDX-License-Identifier: GPL-3.0-or-later */
/* flow-bar.h: what becomes of relevance in a layer, as a bar of differently filled parts */
#pragma once

#include <gtk/gtk.h>

#include "app/layers/flow.h"

G_BEGIN_DECLS

/**
 * RlvBarPart:
 * @RLV_BAR_LEFT: handed on
 * @RLV_BAR_BIAS: absorbed by biases, or given by them
 * @RLV_BAR_STABILIZER: absorbed by the stabiliser, or given by it
 * @RLV_BAR_LOST: lost by the rule
 * @RLV_BAR_MADE: made by the rule
 *
 * A part of a bar. They differ by pattern and not by colour alone.
 */
typedef enum
{
  RLV_BAR_LEFT,
  RLV_BAR_BIAS,
  RLV_BAR_STABILIZER,
  RLV_BAR_LOST,
  RLV_BAR_MADE,
  RLV_N_BAR_PARTS
} RlvBarPart;

/* from, to: relevance, outward from zero */
typedef struct
{
  RlvBarPart part;
  double from, to;
} RlvBarSegment;

/* How a bar lies: value low at x, value high at x + width; mirrored where the language runs so. */
typedef struct
{
  double x, y, width, height;
  double low, high;
  gboolean mirrored;
  GdkRGBA foreground;
  guint32 positive, negative; /* 0xRRGGBB */
} RlvBarPlace;

guint rlv_bar_split (const RlvFlowSum *sum, RlvBarSegment segments[RLV_N_BAR_PARTS]);
void rlv_bar_draw (cairo_t *cr, const RlvFlowSum *sum, const RlvBarPlace *place);
void rlv_bar_draw_part (cairo_t *cr, RlvBarPart part, const GdkRGBA *foreground, guint32 color, double x, double y,
                        double width, double height);

G_END_DECLS
