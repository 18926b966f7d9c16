/* SPDX-License-Identifier: GPL-3.0-or-later */
/* heat-texture.c: composed pixels as a texture that is shown 1:1 */
#include "config.h"

#include "app/heat-texture.h"

/**
 * rlv_heat_texture_take:
 * @surface: (transfer full): an image of ARGB32 pixels
 *
 * Returns: (transfer full): a texture that shares the pixels
 */
GdkTexture *
rlv_heat_texture_take (cairo_surface_t *surface)
{
  int width = cairo_image_surface_get_width (surface), height = cairo_image_surface_get_height (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) bytes = NULL;

  cairo_surface_flush (surface);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface), stride * (gsize) height,
                                      (GDestroyNotify) cairo_surface_destroy, surface);
  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
}

/**
 * rlv_heat_texture_new:
 * @session: a session that explains something
 * @ink: (nullable): A8, @size x @size: the drawing, to be shown with its heatmap
 * @size: width and height in device pixels
 *
 * Returns: (transfer full) (nullable): the session's heatmap in the session's colours; %NULL where there is none
 */
GdkTexture *
rlv_heat_texture_new (RlvSession *session, cairo_surface_t *ink, int size)
{
  const LrpHeatStyle *style = rlv_display_get_style (rlv_session_get_display (session));
  int width, height;
  const float *heat = rlv_session_get_heat (session, &width, &height);

  if (!heat)
    return NULL;
  return rlv_heat_texture_take (
      lrp_heat_compose (heat, width, height, rlv_session_get_heat_fit (session), ink, NULL, style, size, size));
}
