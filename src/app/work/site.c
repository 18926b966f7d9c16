/* SPDX-License-Identifier: GPL-3.0-or-later */
/* site.c: where a network's input lies on what people see */
#include "config.h"

#include "app/work/site.h"

#include <math.h>

/**
 * rlv_site_new_on_drawing:
 * @fit: where the input's pixels lie on the pad
 *
 * Returns: (transfer full): the site
 */
RlvSite *
rlv_site_new_on_drawing (const LrpHeatTransform *fit)
{
  RlvSite *site = g_new0 (RlvSite, 1);

  g_atomic_ref_count_init (&site->ref_count);
  site->fit = *fit;
  if (!(site->fit.scale_y > 0))
    site->fit.scale_y = site->fit.scale;
  return site;
}

/**
 * rlv_site_new_on_photo:
 * @photo: a photo
 * @region: the part that the network sees
 * @notes: what was done to it
 * @cells_w: pixels of the network's input across
 * @cells_h: and down
 *
 * Returns: (transfer full): the site
 */
RlvSite *
rlv_site_new_on_photo (RlvPhoto *photo, const LrpRegion *region, const LrpPictureNotes *notes, int cells_w, int cells_h)
{
  RlvSite *site = rlv_site_new_on_drawing (&(LrpHeatTransform){ 0 });

  site->photo = rlv_photo_ref (photo);
  site->notes = *notes;
  site->shown = (LrpShown){ photo->surface, region->x, region->y, region->width, region->height };
  lrp_shown_get_transform (&site->shown, cells_w, cells_h, &site->fit);
  return site;
}

/**
 * rlv_site_render_photo:
 * @site: a site on a photo
 * @width: pixels that are wanted
 * @height: pixels that are wanted
 *
 * Returns: (transfer full): what the network sees of the photo, with what is painted on it by now, RGB24
 */
cairo_surface_t *
rlv_site_render_photo (const RlvSite *site, int width, int height)
{
  const LrpShown *shown = &site->shown;
  const LrpRegion region = { shown->x, shown->y, shown->width, shown->height };

  return rlv_photo_render (site->photo, &region, width, height);
}

/**
 * rlv_site_ref:
 * @site: a site
 *
 * Returns: (transfer full): @site
 */
RlvSite *
rlv_site_ref (RlvSite *site)
{
  g_atomic_ref_count_inc (&site->ref_count);
  return site;
}

/**
 * rlv_site_unref:
 * @site: (transfer full) (nullable): a site
 */
void
rlv_site_unref (RlvSite *site)
{
  if (!site || !g_atomic_ref_count_dec (&site->ref_count))
    return;
  rlv_photo_unref (site->photo);
  g_free (site);
}

/**
 * rlv_site_get_area:
 * @site: (nullable): a site; %NULL: a drawing's
 * @width: of the room
 * @height: of the room
 * @area: (out caller-allocates): where the image lies in it, in whole units: a square for a drawing, the shape of what
 * is seen of a photo
 */
void
rlv_site_get_area (const RlvSite *site, int width, int height, graphene_rect_t *area)
{
  double w = 1, h = 1, scale;

  if (site && site->photo)
    lrp_shown_get_size (&site->shown, &w, &h);
  scale = w > 0 && h > 0 ? MIN (width / w, height / h) : 0;
  w = MAX (floor (scale * w + 0.5), 1);
  h = MAX (floor (scale * h + 0.5), 1);
  *area = GRAPHENE_RECT_INIT ((float) floor ((width - w) / 2), (float) floor ((height - h) / 2), (float) w, (float) h);
}
