/* SPDX-License-Identifier: GPL-3.0-or-later */
/* site.h: where a network's input lies on what people see */
#pragma once

#include "app/drawing/photo.h"
#include "files/pictures/prepare.h"
#include "heat/shown.h"

#include <graphene.h>

G_BEGIN_DECLS

/**
 * RlvSite:
 * @fit: where the input's pixels lie on the drawing, or on what is shown of the photo; with scale_y given
 * @photo: (nullable): the photo; %NULL for a drawing
 * @shown: the part of the photo that the network sees
 * @notes: what was done to that part
 *
 * It does not change; share it by reference.
 */
typedef struct
{
  LrpHeatTransform fit;
  RlvPhoto *photo;
  LrpShown shown;
  LrpPictureNotes notes;
  /*< private >*/
  gatomicrefcount ref_count;
} RlvSite;

RlvSite *rlv_site_new_on_drawing (const LrpHeatTransform *fit) G_GNUC_WARN_UNUSED_RESULT;
RlvSite *rlv_site_new_on_photo (RlvPhoto *photo, const LrpRegion *region, const LrpPictureNotes *notes, int cells_w,
                                int cells_h) G_GNUC_WARN_UNUSED_RESULT;
/* What is seen of the photo, with what is painted on it by now, RGB24. */
cairo_surface_t *rlv_site_render_photo (const RlvSite *site, int width, int height) G_GNUC_WARN_UNUSED_RESULT;
RlvSite *rlv_site_ref (RlvSite *site);
void rlv_site_unref (RlvSite *site);

/* Where its image lies in so much room, as large as it can. */
void rlv_site_get_area (const RlvSite *site, int width, int height, graphene_rect_t *area);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RlvSite, rlv_site_unref)

G_END_DECLS
