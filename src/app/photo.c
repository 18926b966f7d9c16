/* SPDX-License-Identifier: GPL-3.0-or-later */
/* photo.c: a picture at its full size, to be shown and to be read by networks */
#include "config.h"

#include "app/photo.h"

/**
 * rlv_photo_new:
 * @pixels: a picture
 *
 * Returns: (transfer full): the same, ready to be shown
 */
RlvPhoto *
rlv_photo_new (GdkPixbuf *pixels)
{
  RlvPhoto *photo = g_new0 (RlvPhoto, 1);

  g_atomic_ref_count_init (&photo->ref_count);
  photo->pixels = g_object_ref (pixels);
  photo->surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, rlv_photo_get_width (photo),
                                               rlv_photo_get_height (photo));
  if (cairo_surface_status (photo->surface) == CAIRO_STATUS_SUCCESS)
    lrp_picture_copy_pixels (pixels, (guint32 *) (void *) cairo_image_surface_get_data (photo->surface),
                             (gsize) cairo_image_surface_get_stride (photo->surface) / sizeof (guint32));
  cairo_surface_mark_dirty (photo->surface);
  return photo;
}

/**
 * rlv_photo_ref:
 * @photo: a photo
 *
 * Returns: (transfer full): @photo
 */
RlvPhoto *
rlv_photo_ref (RlvPhoto *photo)
{
  g_atomic_ref_count_inc (&photo->ref_count);
  return photo;
}

/**
 * rlv_photo_unref:
 * @photo: (transfer full) (nullable): a photo
 */
void
rlv_photo_unref (RlvPhoto *photo)
{
  if (!photo || !g_atomic_ref_count_dec (&photo->ref_count))
    return;
  g_object_unref (photo->pixels);
  cairo_surface_destroy (photo->surface);
  g_free (photo);
}

/**
 * rlv_photo_get_width:
 * @photo: a photo
 *
 * Returns: pixels in a row
 */
int
rlv_photo_get_width (const RlvPhoto *photo)
{
  return gdk_pixbuf_get_width (photo->pixels);
}

/**
 * rlv_photo_get_height:
 * @photo: a photo
 *
 * Returns: pixels in a column
 */
int
rlv_photo_get_height (const RlvPhoto *photo)
{
  return gdk_pixbuf_get_height (photo->pixels);
}
