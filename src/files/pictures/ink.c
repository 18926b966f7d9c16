/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ink.c: handwriting on a picture: it is looked for on all of the picture, and then looked at from near; and made plain
 * for networks that were trained on bright ink on dark paper */
#include "config.h"

#include "files/pictures/ink.h"

#include <math.h>

/* Paper brighter than this, on a scale where it is 0 and ink is 255, is not plain; ink darker than that is pale. */
#define PLAIN_PAPER 12
#define PALE_INK    190
/* Less than this between paper and ink is no handwriting. */
#define LEAST_CONTRAST 40
/* How much of the way from paper to ink is still paper: its grain and its shadows. */
#define PAPER_SHARE 0.25f

static int
compare_floats (gconstpointer a, gconstpointer b)
{
  float x = *(const float *) a, y = *(const float *) b;

  return x < y ? -1 : x > y;
}

/* Whether a pixel has four neighbours on the picture; pixels beyond the picture are NaN. */
static gboolean
is_inside (const LrpTensor *image, gsize i)
{
  const gsize width = (gsize) image->shape.dims[3], height = (gsize) image->shape.dims[2];
  const gsize x = i % width, y = i / width % height;

  return x > 0 && x < width - 1 && y > 0 && y < height - 1 && !isnan (image->data[i - 1]) && !isnan (image->data[i + 1])
         && !isnan (image->data[i - width]) && !isnan (image->data[i + width]);
}

/* The values in ascending order, without those that lie beyond the picture. */
static GArray *
collect (const LrpTensor *image, gboolean only_border)
{
  GArray *values = g_array_new (FALSE, FALSE, sizeof (float));

  for (gsize i = 0; i < image->count; i++)
    if (!isnan (image->data[i]) && !(only_border && is_inside (image, i)))
      g_array_append_val (values, image->data[i]);
  g_array_sort (values, compare_floats);
  return values;
}

/* The quantile of values from 0 to 1: the one that this share of them lies below. */
static float
find_quantile (const LrpTensor *image, gboolean only_border, double share)
{
  g_autoptr (GArray) values = collect (image, only_border);

  return values->len ? g_array_index (values, float, (guint) (share * (values->len - 1))) : 0;
}

/* Stretches the levels so that paper is 0 and ink 255. Returns: whether that was needed */
static gboolean
stretch (LrpTensor *image)
{
  float paper = find_quantile (image, TRUE, 0.5), ink = find_quantile (image, FALSE, 0.99);
  float low = paper + PAPER_SHARE * (ink - paper);

  if ((paper <= PLAIN_PAPER && ink >= PALE_INK) || ink - paper < LEAST_CONTRAST)
    return FALSE;
  for (gsize i = 0; i < image->count; i++)
    if (!isnan (image->data[i]))
      image->data[i] = CLAMP ((image->data[i] - low) / (ink - low), 0, 1) * 255;
  return TRUE;
}

static void
invert (LrpTensor *image)
{
  for (gsize i = 0; i < image->count; i++)
    image->data[i] = 255 - image->data[i];
}

/* Ink is looked for on a square of so many pixels, as digits have in MNIST. */
#define SIDE 28
/* Levels above this are part of what is written. */
#define LEAST_INK (0.3f * 255)
/* Levels below that are paper, and handwriting leaves at least so much of it. */
#define MOST_PAPER  (0.15f * 255)
#define LEAST_PAPER 0.5
/* Paper is plain: half of all neighbours differ by less than this share of what ink and paper do. That goes for sheets
 * in whatever light, and not for photos of anything else, in which it is twice as much and more. */
#define MOST_GRAIN 0.035f
/* Ink has edges, of this share of it at least; what only gets lighter, as skies do, has none. */
#define LEAST_EDGE 0.15f
/* Where nothing is seen on that square, it is looked for with so many times as many pixels. */
#define FINER 4
/* What is found in fewer pixels is looked at again from nearer, with so many around it; at most so often. */
#define FEW   7
#define AWAY  2
#define LOOKS 3

/* Where the ink is on a picture, in pixels from its upper left corner. Returns: how many its longer side takes, 0 if
 * there is none */
static int
find_box (const LrpTensor *image, double *x, double *y)
{
  int side = (int) image->shape.dims[3], left = side, top = side, right = -1, bottom = -1;

  for (int i = 0; i < side * side; i++)
    if (image->data[i] > LEAST_INK)
      {
        left = MIN (left, i % side);
        right = MAX (right, i % side);
        top = MIN (top, i / side);
        bottom = MAX (bottom, i / side);
      }
  *x = (left + right + 1) / 2.0;
  *y = (top + bottom + 1) / 2.0;
  return right < 0 ? 0 : MAX (right - left, bottom - top) + 1;
}

/* Whether most of it is paper; what lies beyond the picture does not count. */
static gboolean
is_mostly_paper (const LrpTensor *image)
{
  gsize n = 0, paper = 0;

  for (gsize i = 0; i < image->count; i++)
    {
      n += !isnan (image->data[i]);
      paper += image->data[i] < MOST_PAPER;
    }
  return (double) paper >= LEAST_PAPER * (double) n;
}

/* Whether it is plain but for what is written on it, with edges. */
static gboolean
is_plain (const LrpTensor *image)
{
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (float));
  const float least = find_quantile (image, FALSE, 0), most = find_quantile (image, FALSE, 1);
  const gsize width = (gsize) image->shape.dims[3];

  for (gsize i = 0; i < image->count; i++)
    {
      float right = fabsf (image->data[i] - (i % width + 1 < width ? image->data[i + 1] : NAN));
      float below = fabsf (image->data[i] - (i + width < image->count ? image->data[i + width] : NAN));
      if (!isnan (right))
        g_array_append_val (steps, right);
      if (!isnan (below))
        g_array_append_val (steps, below);
    }
  g_array_sort (steps, compare_floats);
  return steps->len > 0 && g_array_index (steps, float, steps->len / 2) <= MOST_GRAIN * (most - least)
         && g_array_index (steps, float, steps->len - 1) >= LEAST_EDGE * (most - least);
}

/* Comes from a part of the picture to the square around what is written there. Returns: as of find_box() */
static int
look (const GdkPixbuf *picture, LrpRegion *region, int finer, gboolean *written)
{
  const int side = SIDE * finer;
  g_autoptr (LrpTensor) image = lrp_tensor_new (&LRP_SHAPE (1, 1, side, side), NULL);
  gboolean inverted, stretched;
  double x, y, cell = region->width / side;
  int n;

  if (!image || !lrp_picture_sample (picture, region, image, NULL))
    return 0;
  *written = is_plain (image);
  lrp_ink_even_out (image, &inverted, &stretched);
  *written = *written && is_mostly_paper (image);
  n = find_box (image, &x, &y);
  if (n > 0)
    *region = (LrpRegion){ region->x + (x - n / 2.0) * cell, region->y + (y - n / 2.0) * cell, n * cell, n * cell };
  return n;
}

/**
 * lrp_ink_find:
 * @picture: a picture
 * @ink: (out caller-allocates): what is written on it
 *
 * Looks for handwriting on a picture, however small it is there.
 */
void
lrp_ink_find (const GdkPixbuf *picture, LrpInk *ink)
{
  gboolean written, ignored;
  LrpRegion *box = &ink->box;
  int n;

  lrp_fit_find_region (LRP_FIT_WHOLE, 1, gdk_pixbuf_get_width (picture), gdk_pixbuf_get_height (picture), SIDE, SIDE,
                       box);
  n = look (picture, box, 1, &written);
  if (n == 0)
    n = look (picture, box, FINER, &written);
  ink->found = n > 0 && written;
  for (int i = 0; i < LOOKS && n > 0 && n < FEW; i++)
    {
      const double away = AWAY * box->width / n;
      LrpRegion nearer = { box->x - away, box->y - away, box->width + 2 * away, box->height + 2 * away };
      n = look (picture, &nearer, 1, &ignored);
      if (n > 0)
        *box = nearer;
    }
}

/**
 * lrp_ink_even_out:
 * @image: (inout): [1, 1 or 3, H, W]: levels of a picture, 0..255, NaN beyond it
 * @inverted: (out): whether ink was darker than its paper
 * @stretched: (out): whether the paper was not plain or the ink pale
 *
 * Makes handwriting what MNIST has: ink is bright on dark paper, and both are plain.
 */
void
lrp_ink_even_out (LrpTensor *image, gboolean *inverted, gboolean *stretched)
{
  *inverted = find_quantile (image, TRUE, 0.5) > 127.5f;
  if (*inverted)
    invert (image);
  *stretched = stretch (image);
}

/**
 * lrp_ink_is_blank:
 * @image: [1, 1 or 3, H, W]: what lrp_ink_even_out() has left
 *
 * Returns: whether there is nothing that could be taken for ink
 */
gboolean
lrp_ink_is_blank (const LrpTensor *image)
{
  const float least = find_quantile (image, FALSE, 0), most = find_quantile (image, FALSE, 1);

  return most < LEAST_INK || most - least < LEAST_CONTRAST;
}
