/* SPDX-License-Identifier: GPL-3.0-or-later */
/* input.c: how a picture becomes a network's input: which numbers, and what is taken for granted about them */
#include "config.h"

#include "lrp/net/network.h"

#include <math.h>

/**
 * lrp_input_find_range:
 * @input: a description of which all but the range is set
 *
 * Finds what pixels of 0 and 255 become.
 */
void
lrp_input_find_range (LrpInput *input)
{
  input->bounded = TRUE;
  for (guint c = 0; c < LRP_MAX_CHANNELS; c++)
    {
      double black = (0 - input->mean[c]) / input->std[c];
      double white = (255 * input->scale - input->mean[c]) / input->std[c];
      input->low[c] = MIN (black, white);
      input->high[c] = MAX (black, white);
    }
}

/* Whether it is a picture of one brightness, written as it is or as one row. */
static gboolean
is_gray (const LrpShape *shape)
{
  return shape->rank == 2 || (shape->rank == 4 && shape->dims[1] == 1);
}

/**
 * lrp_input_assume:
 * @input: (inout): a description of an input, from what is said about it
 * @shape: that input's shape
 *
 * Says of an input what most networks have where nobody says it: three channels are red, green and blue; one is
 * brightness, of light ink on dark paper as in MNIST; and pixels are the only values there are. That holds for what a
 * program makes from a picture or a drawing, not for an array that it was given.
 */
void
lrp_input_assume (LrpInput *input, const LrpShape *shape)
{
  gboolean gray = is_gray (shape);

  if (!input->bounded)
    lrp_input_find_range (input);
  if (input->pixels != LRP_PIXELS_UNKNOWN || !(gray || (shape->rank == 4 && shape->dims[1] == 3)))
    return;
  input->pixels = gray ? LRP_PIXELS_GRAY : LRP_PIXELS_RGB;
  if (gray && input->origins.ink == LRP_ORIGIN_ASSUMED)
    input->inverted = TRUE;
}

/* The light that a level of sRGB stands for, on the same scale, and the way back (IEC 61966-2-1). */
static double
to_light (double level)
{
  double share = level / 255;

  return 255 * (share <= 0.04045 ? share / 12.92 : pow ((share + 0.055) / 1.055, 2.4));
}

static double
from_light (double light)
{
  double share = light / 255;

  return 255 * (share <= 0.0031308 ? share * 12.92 : 1.055 * pow (share, 1 / 2.4) - 0.055);
}

/**
 * lrp_input_from_level:
 * @input: how a picture becomes a network's input
 * @channel: of the network
 * @level: of a pixel, 0..255
 *
 * Returns: what the network reads for it
 */
float
lrp_input_from_level (const LrpInput *input, guint channel, double level)
{
  if (input->linear)
    level = to_light (level);
  return (float) ((level * input->scale - input->mean[channel]) / input->std[channel]);
}

/**
 * lrp_input_to_level:
 * @input: how a picture becomes a network's input
 * @channel: of the network
 * @value: what the network reads
 *
 * Returns: the level of a pixel, 0..255 or beyond, that it is read for
 */
double
lrp_input_to_level (const LrpInput *input, guint channel, double value)
{
  double level = (value * input->std[channel] + input->mean[channel]) / input->scale;

  return input->linear ? from_light (level) : level;
}
