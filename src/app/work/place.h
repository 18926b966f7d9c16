/* SPDX-License-Identifier: GPL-3.0-or-later */
/* place.h: where a network's input lies on what people see */
#pragma once

#include "app/drawing/photo.h"
#include "heat/shown.h"

#include <graphene.h>

G_BEGIN_DECLS

/**
 * RlvPlace:
 * @fit: where the input's pixels lie on the drawing, or on what is shown of the photo
 * @photo: (nullable): the photo; %NULL for a drawing
 * @shown: the part of the photo that the network sees
 *
 * It does not change; share it by reference.
 */
typedef struct
{
  LrpHeatFit fit;
  RlvPhoto *photo;
  LrpShown shown;
  /*< private >*/
  gatomicrefcount ref_count;
} RlvPlace;

RlvPlace *rlv_place_new_on_drawing (const LrpHeatFit *fit) G_GNUC_WARN_UNUSED_RESULT;
RlvPlace *rlv_place_new_on_photo (RlvPhoto *photo, const LrpRegion *region, int cells_w,
                                  int cells_h) G_GNUC_WARN_UNUSED_RESULT;
/* What is seen of the photo, with what is painted on it by now, RGB24. */
cairo_surface_t *rlv_place_render_photo (const RlvPlace *place, int width, int height) G_GNUC_WARN_UNUSED_RESULT;
RlvPlace *rlv_place_ref (RlvPlace *place);
void rlv_place_unref (RlvPlace *place);

/* Where its image lies in so much room, as large as it can. */
void rlv_place_get_area (const RlvPlace *place, int width, int height, graphene_rect_t *area);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RlvPlace, rlv_place_unref)

G_END_DECLS
