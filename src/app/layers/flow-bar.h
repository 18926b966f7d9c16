/* SPDX-License-Identifier: GPL-3.0-or-later */
/* flow-bar.h: what becomes of relevance in a layer, as a bar of differently filled parts */
#pragma once

#include <gtk/gtk.h>

#include "app/layers/flow.h"

G_BEGIN_DECLS

/**
 * RlvBarFill:
 * @RLV_BAR_HANDED_ON: handed on
 * @RLV_BAR_BIAS: absorbed by biases, or given by them
 * @RLV_BAR_STABILIZER: absorbed by the stabiliser, or given by it
 * @RLV_BAR_LOST: lost by the rule
 * @RLV_BAR_MADE: made by the rule
 *
 * What a part of a bar stands for, and so how it is filled: by a pattern, and not by colour alone.
 */
typedef enum
{
  RLV_BAR_HANDED_ON,
  RLV_BAR_BIAS,
  RLV_BAR_STABILIZER,
  RLV_BAR_LOST,
  RLV_BAR_MADE,
  RLV_N_BAR_FILLS
} RlvBarFill;

/* A part of a bar. from, to: relevance, outward from zero */
typedef struct
{
  RlvBarFill fill;
  double from, to;
} RlvBarSegment;

/* Where a bar lies: the relevance `low` at x, `high` at x + width; mirrored in languages that run from right to left.
 */
typedef struct
{
  double x, y, width, height;
  double low, high;
  gboolean mirrored;
  GdkRGBA foreground;
  guint32 positive, negative; /* 0xRRGGBB */
} RlvBarLayout;

guint rlv_bar_split (const RlvFlowSum *sum, RlvBarSegment segments[RLV_N_BAR_FILLS]);
void rlv_bar_draw (cairo_t *cr, const RlvFlowSum *sum, const RlvBarLayout *layout);
void rlv_bar_draw_part (cairo_t *cr, RlvBarFill fill, const GdkRGBA *foreground, guint32 color, double x, double y,
                        double width, double height);

G_END_DECLS
