/* SPDX-License-Identifier: GPL-3.0-or-later */
/* photo.c: a picture at its full size, to be shown, to be painted on and to be read by networks */
#include "config.h"

#include "app/drawing/photo-private.h"

/**
 * rlv_photo_new:
 * @pixels: a picture
 *
 * Takes its time for a large one: not for the main loop.
 *
 * Returns: (transfer full): the same, ready to be shown
 */
RlvPhoto *
rlv_photo_new (GdkPixbuf *pixels)
{
  RlvPhoto *photo = g_new0 (RlvPhoto, 1);
  cairo_rectangle_int_t all;

  g_atomic_ref_count_init (&photo->ref_count);
  g_mutex_init (&photo->lock);
  photo->pixels = g_object_ref (pixels);
  lrp_ink_find (pixels, &photo->ink);
  all = (cairo_rectangle_int_t){ 0, 0, rlv_photo_get_width (photo), rlv_photo_get_height (photo) };
  photo->surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, all.width, all.height);
  photo->levels[photo->n_levels++] = photo->surface;
  if (cairo_surface_status (photo->surface) == CAIRO_STATUS_SUCCESS)
    {
      lrp_picture_copy_pixels (pixels, _rlv_photo_get_row (photo->surface, 0),
                               (gsize) cairo_image_surface_get_stride (photo->surface) / sizeof (guint32));
      cairo_surface_mark_dirty (photo->surface);
      _rlv_photo_add_levels (photo);
      _rlv_photo_update_levels (photo, &all);
    }
  _rlv_photo_blur (photo);
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
  if (photo->painting)
    photo->painting_free (photo->painting);
  g_object_unref (photo->pixels);
  g_free (photo->blurred);
  for (guint i = 0; i < photo->n_levels; i++)
    cairo_surface_destroy (photo->levels[i]);
  g_mutex_clear (&photo->lock);
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

static LrpCanvas
get_canvas (cairo_surface_t *surface)
{
  return (LrpCanvas){ _rlv_photo_get_row (surface, 0),
                      (gsize) cairo_image_surface_get_stride (surface) / sizeof (guint32),
                      cairo_image_surface_get_width (surface), cairo_image_surface_get_height (surface) };
}

/**
 * rlv_photo_get_small:
 * @photo: a photo
 * @region: a part of it
 * @least: pixels that are wanted along its shorter side
 * @canvas: (out caller-allocates): the photo, scaled down by a power of 2 as far as that goes
 * @part: (out caller-allocates): where @region is on @canvas
 */
void
rlv_photo_get_small (const RlvPhoto *photo, const LrpRegion *region, int least, LrpCanvas *canvas, LrpRegion *part)
{
  guint level = 0;

  *part = *region;
  while (level + 1 < photo->n_levels && MIN (part->width, part->height) >= 2 * least)
    {
      *part = (LrpRegion){ part->x / 2, part->y / 2, part->width / 2, part->height / 2 };
      level++;
    }
  *canvas = get_canvas (photo->levels[level]);
}

/**
 * rlv_photo_render:
 * @photo: a photo
 * @region: which part of it
 * @width: pixels that are wanted
 * @height: pixels that are wanted
 *
 * Returns: (transfer full): what of the region lies on the photo, with what is painted on it, RGB24
 */
cairo_surface_t *
rlv_photo_render (const RlvPhoto *photo, const LrpRegion *region, int width, int height)
{
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (image);
  LrpRegion part;
  guint level = 0;

  lrp_region_clip (region, rlv_photo_get_width (photo), rlv_photo_get_height (photo), &part);
  while (level + 1 < photo->n_levels && part.width >= 2 * width && part.height >= 2 * height)
    {
      part = (LrpRegion){ part.x / 2, part.y / 2, part.width / 2, part.height / 2 };
      level++;
    }
  if (part.width > 0 && part.height > 0)
    {
      cairo_scale (cr, width / part.width, height / part.height);
      cairo_set_source_surface (cr, photo->levels[level], -part.x, -part.y);
      cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
      /* Less than twice as many pixels as are wanted: none of them is left out. */
      cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_BILINEAR);
      cairo_paint (cr);
    }
  cairo_destroy (cr);
  return image;
}

/**
 * rlv_photo_get_stamp:
 * @photo: a photo
 *
 * Returns: a number that is another one when something was painted since
 */
guint
rlv_photo_get_stamp (RlvPhoto *photo)
{
  guint stamp;

  g_mutex_lock (&photo->lock);
  stamp = photo->stamp;
  g_mutex_unlock (&photo->lock);
  return stamp;
}

/**
 * rlv_photo_begin_read:
 * @photo: a photo
 * @stamp: what it was when reading was decided on
 * @pixels: (out caller-allocates): what there is to read, until rlv_photo_end_read()
 *
 * Keeps others from painting, so it should not be long until rlv_photo_end_read().
 *
 * Returns: %FALSE if somebody has painted or wants to; then there is nothing to end
 */
gboolean
rlv_photo_begin_read (RlvPhoto *photo, guint stamp, LrpCanvas *pixels)
{
  if (g_atomic_int_get (&photo->writers) > 0)
    return FALSE;
  g_mutex_lock (&photo->lock);
  if (photo->stamp != stamp)
    {
      g_mutex_unlock (&photo->lock);
      return FALSE;
    }
  *pixels = get_canvas (photo->surface);
  return TRUE;
}

/**
 * rlv_photo_end_read:
 * @photo: a photo that is being read
 */
void
rlv_photo_end_read (RlvPhoto *photo)
{
  g_mutex_unlock (&photo->lock);
}

/**
 * rlv_photo_set_path:
 * @photo: a photo
 * @path: the file that it is from
 */
void
rlv_photo_set_path (RlvPhoto *photo, const char *path)
{
  gdk_pixbuf_set_option (photo->pixels, "relevance-path", path);
}

/**
 * rlv_photo_get_path:
 * @photo: a photo
 *
 * Returns: (transfer none) (nullable): the file that it is from
 */
const char *
rlv_photo_get_path (const RlvPhoto *photo)
{
  return gdk_pixbuf_get_option (photo->pixels, "relevance-path");
}
