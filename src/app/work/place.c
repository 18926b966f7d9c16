/* SPDX-License-Identifier: GPL-3.0-or-later */
/* place.c: where a network's input lies on what people see */
#include "config.h"

#include "app/work/place.h"

#include <math.h>

/**
 * rlv_place_new_on_drawing:
 * @fit: where the input's pixels lie on the pad
 *
 * Returns: (transfer full): the place
 */
RlvPlace *
rlv_place_new_on_drawing (const LrpHeatFit *fit)
{
  RlvPlace *place = g_new0 (RlvPlace, 1);

  g_atomic_ref_count_init (&place->ref_count);
  place->fit = *fit;
  return place;
}

/**
 * rlv_place_new_on_photo:
 * @photo: a photo
 * @region: the part that the network sees
 * @cells_w: pixels of the network's input across
 * @cells_h: and down
 *
 * Returns: (transfer full): the place
 */
RlvPlace *
rlv_place_new_on_photo (RlvPhoto *photo, const LrpRegion *region, int cells_w, int cells_h)
{
  RlvPlace *place = rlv_place_new_on_drawing (&(LrpHeatFit){ 0 });

  place->photo = rlv_photo_ref (photo);
  place->shown = (LrpShown){ photo->surface, region->x, region->y, region->width, region->height };
  lrp_shown_get_fit (&place->shown, cells_w, cells_h, &place->fit);
  return place;
}

/**
 * rlv_place_render_photo:
 * @place: a place on a photo
 * @width: pixels that are wanted
 * @height: pixels that are wanted
 *
 * Returns: (transfer full): what the network sees of the photo, with what is painted on it by now, RGB24
 */
cairo_surface_t *
rlv_place_render_photo (const RlvPlace *place, int width, int height)
{
  const LrpShown *shown = &place->shown;
  const LrpRegion region = { shown->x, shown->y, shown->width, shown->height };

  return rlv_photo_render (place->photo, &region, width, height);
}

/**
 * rlv_place_ref:
 * @place: a place
 *
 * Returns: (transfer full): @place
 */
RlvPlace *
rlv_place_ref (RlvPlace *place)
{
  g_atomic_ref_count_inc (&place->ref_count);
  return place;
}

/**
 * rlv_place_unref:
 * @place: (transfer full) (nullable): a place
 */
void
rlv_place_unref (RlvPlace *place)
{
  if (!place || !g_atomic_ref_count_dec (&place->ref_count))
    return;
  rlv_photo_unref (place->photo);
  g_free (place);
}

/**
 * rlv_place_get_area:
 * @place: (nullable): a place; %NULL: a drawing's
 * @width: of the room
 * @height: of the room
 * @area: (out caller-allocates): where the image lies in it, in whole units: a square for a drawing, the shape of what
 * is seen of a photo
 */
void
rlv_place_get_area (const RlvPlace *place, int width, int height, graphene_rect_t *area)
{
  double w = 1, h = 1, scale;

  if (place && place->photo)
    lrp_shown_get_size (&place->shown, &w, &h);
  scale = w > 0 && h > 0 ? MIN (width / w, height / h) : 0;
  w = MAX (floor (scale * w + 0.5), 1);
  h = MAX (floor (scale * h + 0.5), 1);
  *area = GRAPHENE_RECT_INIT ((float) floor ((width - w) / 2), (float) floor ((height - h) / 2), (float) w, (float) h);
}
