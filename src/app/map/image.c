/* SPDX-License-Identifier: GPL-3.0-or-later */
/* image.c: a query's heatmap alone, without what it lies on, as an image of device pixels */
#include "config.h"

#include "app/map/image.h"

/**
 * rlv_heat_image_new:
 * @query: what was asked
 * @style: how heatmaps look
 * @width: in device pixels
 * @height: in device pixels
 *
 * Returns: (transfer full) (nullable): the answer's heatmap, ARGB32; %NULL where there is none
 */
cairo_surface_t *
rlv_heat_image_new (RlvQuery *query, const LrpHeatStyle *style, int width, int height)
{
  int cells_w, cells_h;
  const float *heat = rlv_query_get_heat (query, &cells_w, &cells_h);

  if (!heat)
    return NULL;
  return lrp_heat_compose (heat, cells_w, cells_h, &rlv_query_get_site (query)->fit, NULL, NULL, style, width, height);
}

/**
 * rlv_heat_image_to_texture:
 * @image: (transfer full): an image of ARGB32 pixels
 *
 * Returns: (transfer full): a texture that shares the pixels
 */
GdkTexture *
rlv_heat_image_to_texture (cairo_surface_t *image)
{
  int width = cairo_image_surface_get_width (image), height = cairo_image_surface_get_height (image);
  gsize stride = (gsize) cairo_image_surface_get_stride (image);
  g_autoptr (GBytes) bytes = NULL;

  cairo_surface_flush (image);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (image), stride * (gsize) height,
                                      (GDestroyNotify) cairo_surface_destroy, image);
  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
}
