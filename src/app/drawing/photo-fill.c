/* SPDX-License-Identifier: GPL-3.0-or-later */
/* photo-fill.c: what a brush leaves behind: for every place of the photo one colour, whatever else is painted */
#include "config.h"

#include "app/drawing/photo.h"

/* Grains of noise along the longer side: as large as the pixels of usual networks, which see a mean of finer ones. */
#define GRAINS 256

static void
fill_plain (guint32 color, int n, guint32 *pixels)
{
  for (int i = 0; i < n; i++)
    pixels[i] = color;
}

static void
fill_mean (const RlvPhoto *photo, const RlvPaint *paint, int x, int y, int n, guint32 *pixels)
{
  fill_plain (photo->mean, n, pixels);
}

static void
fill_black (const RlvPhoto *photo, const RlvPaint *paint, int x, int y, int n, guint32 *pixels)
{
  fill_plain (0xff000000u, n, pixels);
}

static void
fill_white (const RlvPhoto *photo, const RlvPaint *paint, int x, int y, int n, guint32 *pixels)
{
  fill_plain (0xffffffffu, n, pixels);
}

static void
fill_original (const RlvPhoto *photo, const RlvPaint *paint, int x, int y, int n, guint32 *pixels)
{
  lrp_picture_copy_row (photo->pixels, y, x, n, pixels);
}

/* Between two colours: share is 0, all of the first, to 256; two channels at a time. */
static guint32
blend (guint32 a, guint32 b, guint32 share)
{
  guint32 even = (a & 0xff00ff) * (256 - share) + (b & 0xff00ff) * share;
  guint32 odd = (a >> 8 & 0xff00ff) * (256 - share) + (b >> 8 & 0xff00ff) * share;

  return (even >> 8 & 0xff00ff) | (odd & 0xff00ff00u);
}

/* Two neighbours of n, and how far the place is from the first to the second, of 256. */
static guint32
find_neighbours (double place, int n, int *first, int *second)
{
  place = CLAMP (place, 0, n - 1);
  *first = (int) place;
  *second = MIN (*first + 1, n - 1);
  return (guint32) (256 * (place - *first));
}

static void
fill_blur (const RlvPhoto *photo, const RlvPaint *paint, int x, int y, int n, guint32 *pixels)
{
  const double across = (double) photo->blurred_width / rlv_photo_get_width (photo);
  const double down = (double) photo->blurred_height / rlv_photo_get_height (photo);
  const guint32 *above, *below;
  int x1, x2, y1, y2;
  guint32 share = find_neighbours ((y + 0.5) * down - 0.5, photo->blurred_height, &y1, &y2);

  above = photo->blurred + y1 * photo->blurred_width;
  below = photo->blurred + y2 * photo->blurred_width;
  for (int i = 0; i < n; i++)
    {
      guint32 right = find_neighbours ((x + i + 0.5) * across - 0.5, photo->blurred_width, &x1, &x2);
      pixels[i] = 0xff000000u | blend (blend (above[x1], above[x2], right), blend (below[x1], below[x2], right), share);
    }
}

/* Bits that look random, for a place and a seed: what is near to each other in goes far from each other out. */
static guint32
scatter (guint32 x, guint32 y, guint32 seed)
{
  guint32 bits = x * 0x9e3779b1u + y * 0x85ebca77u + seed * 0xc2b2ae3du;

  bits = (bits ^ bits >> 15) * 0x2c1b3c6du;
  bits = (bits ^ bits >> 12) * 0x297a2d39u;
  return bits ^ bits >> 15;
}

static void
fill_noise (const RlvPhoto *photo, const RlvPaint *paint, int x, int y, int n, guint32 *pixels)
{
  int longer = MAX (rlv_photo_get_width (photo), rlv_photo_get_height (photo)), grain = MAX (longer / GRAINS, 1);

  for (int i = 0; i < n;)
    {
      guint32 color = 0xff000000u | scatter ((guint32) ((x + i) / grain), (guint32) (y / grain), paint->seed);
      for (int end = MIN (((x + i) / grain + 1) * grain - x, n); i < end; i++)
        pixels[i] = color;
    }
}

static void (*const fill_rows[RLV_N_FILLS]) (const RlvPhoto *photo, const RlvPaint *paint, int x, int y, int n,
                                             guint32 *pixels) = {
  [RLV_FILL_MEAN] = fill_mean,   [RLV_FILL_BLUR] = fill_blur,   [RLV_FILL_NOISE] = fill_noise,
  [RLV_FILL_BLACK] = fill_black, [RLV_FILL_WHITE] = fill_white, [RLV_FILL_ORIGINAL] = fill_original,
};

/**
 * rlv_photo_fill_row:
 * @photo: a photo
 * @paint: a movement over it
 * @x: of the first pixel
 * @y: of all
 * @n: how many
 * @pixels: (out caller-allocates): 0xffRRGGBB each
 *
 * Finds what the brush leaves behind where it covers all.
 */
void
rlv_photo_fill_row (const RlvPhoto *photo, const RlvPaint *paint, int x, int y, int n, guint32 *pixels)
{
  fill_rows[paint->fill](photo, paint, x, y, n, pixels);
}
