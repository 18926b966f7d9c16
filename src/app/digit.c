/* SPDX-License-Identifier: GPL-3.0-or-later */
/* digit.c: handwriting on a photo becomes ink: it is looked for on all of the photo, and then looked at from near */
#include "config.h"

#include "app/digit.h"

#include <math.h>

/* More ink than this is part of the digit. */
#define INK 0.3f
/* How much of the field the digit's longer side shall fill, as in MNIST. */
#define SHARE (20.0 / 28)

static float *
read_ink (RlvPhoto *photo, const LrpRegion *region, const LrpNetwork *network, LrpPictureNotes *notes, GError **error)
{
  LrpShape shape = lrp_network_get_layer (network, 0)->shape;
  g_autoptr (LrpTensor) image = NULL, input = NULL;
  LrpCanvas canvas;
  LrpRegion part;

  shape.dims[0] = 1;
  image = lrp_tensor_new (&shape, error);
  if (!image)
    return NULL;
  rlv_photo_get_small (photo, region, (int) (4 * MAX (shape.dims[2], shape.dims[3])), &canvas, &part);
  if (!lrp_canvas_sample (&canvas, &part, NULL, image, error))
    return NULL;
  input = lrp_canvas_to_input (image, network, notes, error);
  return input ? rlv_input_to_ink (input, network) : NULL;
}

/* The square around the ink, in which it is as large as digits are. FALSE where there is none. */
static gboolean
find_digit (const float *ink, const RlvField *field, LrpRegion *region)
{
  int left = field->width, top = field->height, right = -1, bottom = -1;
  double cell = region->width / field->width, side;

  for (int y = 0; y < field->height; y++)
    for (int x = 0; x < field->width; x++)
      if (ink[y * field->width + x] > INK)
        {
          left = MIN (left, x);
          right = MAX (right, x);
          top = MIN (top, y);
          bottom = MAX (bottom, y);
        }
  if (right < 0)
    return FALSE;
  side = MAX (right - left + 1, bottom - top + 1) * cell / SHARE;
  region->x += (left + right + 1) * cell / 2 - side / 2;
  region->y += (top + bottom + 1) * region->height / field->height / 2 - side / 2;
  region->width = region->height = side;
  return TRUE;
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
    {
      ink = read_ink (photo, &region, network, notes, error);
      if (!ink || !find_digit (ink, &field, &region))
        return g_steal_pointer (&ink);
      g_clear_pointer (&ink, g_free);
    }
  ink = read_ink (photo, &region, network, notes, error);
  notes->transparent = photo->transparent;
  return g_steal_pointer (&ink);
}
