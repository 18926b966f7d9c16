/* SPDX-License-Identifier: GPL-3.0-or-later */
/* digit.c: handwriting on a photo becomes ink: it is looked for on all of the photo, and then looked at from near */
#include "config.h"

#include "app/work/digit.h"

/* More ink than this is part of the digit. */
#define INK 0.3f
/* How much of the field the digit's longer side shall fill, as in MNIST. */
#define SHARE (20.0 / 28)
/* Where nothing is seen with as many pixels as the network has, it is looked for with so many times as many. */
#define FINER 4
/* What is found in fewer pixels is looked at again from nearer, with so many around it; at most so often. */
#define FEW   7
#define AWAY  2
#define LOOKS 3

static float *
read_ink (RlvPhoto *photo, const LrpRegion *region, int finer, const LrpNetwork *network, LrpPictureNotes *notes,
          GError **error)
{
  LrpShape shape = lrp_network_get_layer (network, 0)->shape;
  g_autoptr (LrpTensor) image = NULL, input = NULL;
  LrpCanvas canvas;
  LrpRegion part;

  shape.dims[0] = 1;
  shape.dims[2] *= finer;
  shape.dims[3] *= finer;
  image = lrp_tensor_new (&shape, error);
  if (!image)
    return NULL;
  rlv_photo_get_small (photo, region, (int) (4 * MAX (shape.dims[2], shape.dims[3])), &canvas, &part);
  if (!lrp_canvas_sample (&canvas, &part, NULL, image, error))
    return NULL;
  input = lrp_canvas_to_input (image, network, notes, error);
  return input ? rlv_input_to_ink (input, network) : NULL;
}

/* Where the middle of the ink is on a square of so many pixels. Returns: how many its longer side takes, 0 if there is
 * none */
static int
find_ink (const float *ink, int side, double *x, double *y)
{
  int left = side, top = side, right = -1, bottom = -1;

  for (int i = 0; i < side * side; i++)
    if (ink[i] > INK)
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

/* Comes from a part of the photo to the square around what is written there. Returns: as of find_ink() */
static int
look (RlvPhoto *photo, LrpRegion *region, int side, int finer, const LrpNetwork *network)
{
  LrpPictureNotes notes;
  g_autofree float *ink = read_ink (photo, region, finer, network, &notes, NULL);
  double x, y, cell = region->width / (side * finer);
  int n = ink ? find_ink (ink, side * finer, &x, &y) : 0;

  if (n > 0)
    *region = (LrpRegion){ region->x + (x - n / 2.0) * cell, region->y + (y - n / 2.0) * cell, n * cell, n * cell };
  return n;
}

static void
widen (LrpRegion *region, double by)
{
  region->x -= by / 2;
  region->y -= by / 2;
  region->width += by;
  region->height += by;
}

/* From all of the photo to the square in which the digit is as large as digits are; where there is none it stays. */
static void
find_digit (RlvPhoto *photo, LrpRegion *region, int side, const LrpNetwork *network)
{
  int n = look (photo, region, side, 1, network);

  if (n == 0)
    n = look (photo, region, side, FINER, network);
  if (n == 0)
    return;
  for (int i = 0; i < LOOKS && n > 0 && n < FEW; i++)
    {
      LrpRegion nearer = *region;
      widen (&nearer, 2 * AWAY * region->width / n);
      n = look (photo, &nearer, side, 1, network);
      if (n > 0)
        *region = nearer;
    }
  widen (region, region->width * (1 / SHARE - 1));
}

/**
 * rlv_digit_from_photo:
 * @photo: a photo
 * @network: who shall read it, one channel; its field is square where the digit is looked for
 * @notes: (out caller-allocates): what was done to it that people should know of
 * @error: return location for an error
 *
 * Makes ink of what is written on a photo. A picture that is hardly larger than what the network reads is taken as it
 * is; of a larger one, what is written on it is taken.
 *
 * Returns: (transfer full) (nullable) (array): [height, width], 0 is paper and 1 is ink
 */
float *
rlv_digit_from_photo (RlvPhoto *photo, const LrpNetwork *network, LrpPictureNotes *notes, GError **error)
{
  g_autofree float *ink = NULL;
  LrpRegion region;
  RlvField field;

  if (!rlv_input_get_field (network, &field, error)
      || !lrp_picture_find_region (photo->pixels, network, LRP_FIT_FILL, &region, error))
    return NULL;
  if (network->input.inverted && field.width == field.height && rlv_photo_get_width (photo) > 2 * field.width
      && rlv_photo_get_height (photo) > 2 * field.height
      && lrp_picture_find_region (photo->pixels, network, LRP_FIT_WHOLE, &region, error))
    find_digit (photo, &region, field.width, network);
  ink = read_ink (photo, &region, 1, network, notes, error);
  notes->transparent = photo->transparent;
  return g_steal_pointer (&ink);
}
