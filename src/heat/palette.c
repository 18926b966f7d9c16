/* SPDX-License-Identifier: GPL-3.0-or-later */
/* palette.c: a colour map made ready to be laid over paper and ink */
#include "config.h"

#include "heat/palette.h"

#include "heat/color.h"

#include <math.h>

#define LIGHT_PAPER 0xffffff
#define LIGHT_INK   0x26262b
#define DARK_PAPER  0x17171a
#define DARK_INK    0xe9e9e4
/* Pure blue and deep red are lifted to this luminance where maps made for white paper lie on dark paper. */
#define DARK_LUMINANCE 88

static double
luminance (guint32 color)
{
  return 0.299 * lrp_color_channel (color, 2) + 0.587 * lrp_color_channel (color, 1)
         + 0.114 * lrp_color_channel (color, 0);
}

/* The least opacity with which some colour gives `color` when laid over `neutral`. */
static double
opacity_over (guint32 color, guint32 neutral)
{
  double opacity = 0;

  for (int c = 0; c < 3; c++)
    {
      int difference = lrp_color_channel (color, c) - lrp_color_channel (neutral, c);
      int room = difference > 0 ? 255 - lrp_color_channel (neutral, c) : lrp_color_channel (neutral, c);
      if (difference != 0)
        opacity = MAX (opacity, abs (difference) / (double) room);
    }
  return opacity;
}

/* The neutral colour is taken out of the map, so that zero is clear and every other colour as opaque as it must be.
 * Over paper of the neutral colour the map looks as it is written, to the bit; over ink, what has no relevance stays
 * ink. Colours darker than `least` are lifted to that luminance. */
static void
set_level (LrpPalette *palette, guint level, guint32 color, guint32 neutral, double strength, double least)
{
  double opacity = opacity_over (color, neutral);
  double luma = opacity > 0 ? (luminance (color) - (1 - opacity) * luminance (neutral)) / opacity : 255;
  double lift = luma < least ? (least - luma) / (255 - luma) : 0;
  guint32 over = 0, keep = (guint32) lrint (255 * (1 - strength * opacity));

  for (int c = 2; c >= 0; c--)
    {
      double below = lrp_color_channel (neutral, c), wanted = below + strength * (lrp_color_channel (color, c) - below);
      double added = wanted - keep / 255.0 * below;
      added += lift * (255 - keep - added);
      over = over << 8 | (guint32) CLAMP (lrint (added), 0, (long) (255 - keep));
    }
  palette->over[level] = (255 - keep) << 24 | over;
  palette->keep[level] = keep * 0x01010101u;
}

/* Maps that are black in the middle need dark paper to be read. */
static gboolean
is_black_in_the_middle (const LrpColormap *map)
{
  return luminance (lrp_colormap_lookup (map, 0)) < 96;
}

/**
 * lrp_palette_init:
 * @palette: (out caller-allocates): the colours
 * @style: how the heatmap is to look
 */
void
lrp_palette_init (LrpPalette *palette, const LrpHeatStyle *style)
{
  const LrpColormap *map = style->map ? style->map : lrp_colormap_get_default ();
  const guint32 *colors = lrp_colormap_get_colors (map);
  gboolean black = is_black_in_the_middle (map), dark = style->dark || black;
  double strength = CLAMP (style->strength, 0, 1);

  for (guint i = 0; i < LRP_COLORMAP_SIZE; i++)
    set_level (palette, i, colors[i], colors[LRP_LEVEL_ZERO], strength, dark && !black ? DARK_LUMINANCE : 0);
  palette->paper = dark ? DARK_PAPER : LIGHT_PAPER;
  palette->ink = dark ? DARK_INK : LIGHT_INK;
  palette->contour = lrp_color_mix (palette->paper, palette->ink, 0.8);
  palette->shade = style->outline ? 1 - 0.88 * strength : 1 - 0.35 * strength;
  palette->wash = 0.9 * strength;
}
