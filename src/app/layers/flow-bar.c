/* SPDX-License-Identifier: GPL-3.0-or-later */
/* flow-bar.c: what becomes of relevance in a layer, as a bar of differently filled parts */
#include "config.h"

#include "app/layers/flow-bar.h"

#include <math.h>

#define HATCH_STEP 4

/**
 * rlv_bar_split:
 * @sum: what became of relevance in a layer
 * @segments: (out caller-allocates): the parts, from zero outward
 *
 * From zero to the sum lies the relevance that came to the layer: first what was handed on of it, then what was taken
 * away. Beyond the sum lies what was added: what the rule made and biases gave. No more is drawn as taken than there
 * was; where a layer hands on relevance of the other sign, only the bar of the next layer shows it.
 *
 * Returns: how many parts there are
 */
guint
rlv_bar_split (const RlvFlowSum *sum, RlvBarSegment segments[RLV_N_BAR_FILLS])
{
  const double sign = sum->sum < 0 ? -1 : 1, all = fabs (sum->sum);
  const double taken[] = { [RLV_BAR_BIAS] = sign * sum->bias,
                           [RLV_BAR_STABILIZER] = sign * sum->stabilizer,
                           [RLV_BAR_LOST] = -sign * sum->created };
  double at = all, beyond = all;
  guint n = 1;

  for (guint part = RLV_BAR_BIAS; part <= RLV_BAR_LOST; part++)
    if (taken[part] < 0)
      {
        segments[n++] =
            (RlvBarSegment){ part == RLV_BAR_LOST ? RLV_BAR_MADE : part, sign * beyond, sign * (beyond - taken[part]) };
        beyond -= taken[part];
      }
    else if (taken[part] > 0 && at > 0)
      {
        double inner = MAX (at - taken[part], 0);
        segments[n++] = (RlvBarSegment){ part, sign * inner, sign * at };
        at = inner;
      }
  segments[0] = (RlvBarSegment){ RLV_BAR_HANDED_ON, 0, sign * at };
  return n;
}

/* --- drawing ------------------------------------------------------------------------------------------------------ */

static void
set_color (cairo_t *cr, guint32 color, double alpha)
{
  cairo_set_source_rgba (cr, (color >> 16 & 255) / 255.0, (color >> 8 & 255) / 255.0, (color & 255) / 255.0, alpha);
}

static void
fill_plain (cairo_t *cr, double x, double y, double width, double height)
{
  cairo_rectangle (cr, x, y, width, height);
  cairo_fill (cr);
}

static void
fill_hatched (cairo_t *cr, double x, double y, double width, double height)
{
  for (double at = x - height; at < x + width; at += HATCH_STEP)
    {
      cairo_move_to (cr, at, y + height);
      cairo_line_to (cr, at + height, y);
    }
  cairo_stroke (cr);
}

static void
fill_dotted (cairo_t *cr, double x, double y, double width, double height)
{
  for (double row = y + 2; row < y + height; row += 3)
    for (double at = x + 1.5; at < x + width; at += 3)
      cairo_rectangle (cr, at - 0.75, row - 0.75, 1.5, 1.5);
  cairo_fill (cr);
}

static void
fill_empty (cairo_t *cr, double x, double y, double width, double height)
{
}

static void
fill_striped (cairo_t *cr, double x, double y, double width, double height)
{
  for (double at = x + 1; at < x + width; at += 3)
    {
      cairo_move_to (cr, at, y);
      cairo_line_to (cr, at, y + height);
    }
  cairo_stroke (cr);
}

static void (*const fills[RLV_N_BAR_FILLS]) (cairo_t *cr, double x, double y, double width, double height) = {
  [RLV_BAR_HANDED_ON] = fill_plain, [RLV_BAR_BIAS] = fill_hatched, [RLV_BAR_STABILIZER] = fill_dotted,
  [RLV_BAR_LOST] = fill_empty,      [RLV_BAR_MADE] = fill_striped,
};

/**
 * rlv_bar_draw_part:
 * @cr: where to
 * @fill: what it stands for
 * @foreground: the colour of text
 * @color: of relevance, 0xRRGGBB
 * @x: left edge
 * @y: upper edge
 * @width: of the part
 * @height: of the part
 *
 * Draws one part of a bar. All but what is handed on have the text's colour and a frame.
 */
void
rlv_bar_draw_part (cairo_t *cr, RlvBarFill fill, const GdkRGBA *foreground, guint32 color, double x, double y,
                   double width, double height)
{
  if (width <= 0)
    return;
  cairo_save (cr);
  cairo_rectangle (cr, x, y, width, height);
  cairo_clip (cr);
  cairo_set_line_width (cr, 1);
  if (fill == RLV_BAR_HANDED_ON)
    set_color (cr, color, 1);
  else
    gdk_cairo_set_source_rgba (cr, foreground);
  fills[fill](cr, x, y, width, height);
  if (fill != RLV_BAR_HANDED_ON)
    {
      cairo_rectangle (cr, x + 0.5, y + 0.5, MAX (width - 1, 0), height - 1);
      cairo_stroke (cr);
    }
  cairo_restore (cr);
}

/* The x coordinate of a relevance. */
static double
find_x (const RlvBarLayout *layout, double value)
{
  double share = layout->high > layout->low ? (value - layout->low) / (layout->high - layout->low) : 0;

  share = CLAMP (share, 0, 1);
  return layout->x + (layout->mirrored ? 1 - share : share) * layout->width;
}

static void
draw_axis (cairo_t *cr, const RlvBarLayout *layout)
{
  double x = floor (find_x (layout, 0)) + (layout->mirrored ? -0.5 : 0.5);

  gdk_cairo_set_source_rgba (
      cr, &(GdkRGBA){ layout->foreground.red, layout->foreground.green, layout->foreground.blue, 0.35f });
  cairo_set_line_width (cr, 1);
  cairo_move_to (cr, x, layout->y - 1);
  cairo_line_to (cr, x, layout->y + layout->height + 1);
  cairo_stroke (cr);
}

/**
 * rlv_bar_draw:
 * @cr: where to
 * @sum: what became of relevance in a layer
 * @layout: where the bar lies, and in which colours
 */
void
rlv_bar_draw (cairo_t *cr, const RlvFlowSum *sum, const RlvBarLayout *layout)
{
  RlvBarSegment segments[RLV_N_BAR_FILLS];
  guint n = rlv_bar_split (sum, segments);

  for (guint i = 0; i < n; i++)
    {
      double a = find_x (layout, segments[i].from), b = find_x (layout, segments[i].to);
      rlv_bar_draw_part (cr, segments[i].fill, &layout->foreground, sum->sum < 0 ? layout->negative : layout->positive,
                         MIN (a, b), layout->y, fabs (b - a), layout->height);
    }
  draw_axis (cr, layout);
}
