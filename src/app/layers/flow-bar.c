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
 * From zero to the sum lies what came: first what was handed on of it, then what was taken. Beyond the sum lies what
 * came on top: what the rule made and biases gave. More cannot be taken than there was; what a layer then hands on of
 * the other sign is seen in the next one.
 *
 * Returns: how many parts there are
 */
guint
rlv_bar_split (const RlvFlowSum *sum, RlvBarSegment segments[RLV_N_BAR_PARTS])
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
  segments[0] = (RlvBarSegment){ RLV_BAR_LEFT, 0, sign * at };
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

static void (*const fills[RLV_N_BAR_PARTS]) (cairo_t *cr, double x, double y, double width, double height) = {
  [RLV_BAR_LEFT] = fill_plain, [RLV_BAR_BIAS] = fill_hatched, [RLV_BAR_STABILIZER] = fill_dotted,
  [RLV_BAR_LOST] = fill_empty, [RLV_BAR_MADE] = fill_striped,
};

/**
 * rlv_bar_draw_part:
 * @cr: where to
 * @part: which part
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
rlv_bar_draw_part (cairo_t *cr, RlvBarPart part, const GdkRGBA *foreground, guint32 color, double x, double y,
                   double width, double height)
{
  if (width <= 0)
    return;
  cairo_save (cr);
  cairo_rectangle (cr, x, y, width, height);
  cairo_clip (cr);
  cairo_set_line_width (cr, 1);
  if (part == RLV_BAR_LEFT)
    set_color (cr, color, 1);
  else
    gdk_cairo_set_source_rgba (cr, foreground);
  fills[part](cr, x, y, width, height);
  if (part != RLV_BAR_LEFT)
    {
      cairo_rectangle (cr, x + 0.5, y + 0.5, MAX (width - 1, 0), height - 1);
      cairo_stroke (cr);
    }
  cairo_restore (cr);
}

/* Where a value lies. */
static double
find_x (const RlvBarPlace *place, double value)
{
  double share = place->high > place->low ? (value - place->low) / (place->high - place->low) : 0;

  share = CLAMP (share, 0, 1);
  return place->x + (place->mirrored ? 1 - share : share) * place->width;
}

static void
draw_axis (cairo_t *cr, const RlvBarPlace *place)
{
  double x = floor (find_x (place, 0)) + (place->mirrored ? -0.5 : 0.5);

  gdk_cairo_set_source_rgba (
      cr, &(GdkRGBA){ place->foreground.red, place->foreground.green, place->foreground.blue, 0.35f });
  cairo_set_line_width (cr, 1);
  cairo_move_to (cr, x, place->y - 1);
  cairo_line_to (cr, x, place->y + place->height + 1);
  cairo_stroke (cr);
}

/**
 * rlv_bar_draw:
 * @cr: where to
 * @sum: what became of relevance in a layer
 * @place: where the bar lies
 */
void
rlv_bar_draw (cairo_t *cr, const RlvFlowSum *sum, const RlvBarPlace *place)
{
  RlvBarSegment segments[RLV_N_BAR_PARTS];
  guint n = rlv_bar_split (sum, segments);

  for (guint i = 0; i < n; i++)
    {
      double a = find_x (place, segments[i].from), b = find_x (place, segments[i].to);
      rlv_bar_draw_part (cr, segments[i].part, &place->foreground, sum->sum < 0 ? place->negative : place->positive,
                         MIN (a, b), place->y, fabs (b - a), place->height);
    }
  draw_axis (cr, place);
}
