/* SPDX-License-Identifier: GPL-3.0-or-later */
/* photo.c: a picture at its full size and at smaller ones, so that showing it takes no longer than it has pixels on the
 * screen */
#include "config.h"

#include "app/drawing/photo-patch.h"

/* Photos whose longer side is no longer need no smaller ones. */
#define SMALL 512
/* Pixels along the longer side of a photo that is so blurred that nothing is to be recognised. */
#define BLURRED 24

static int
halve_up (int n)
{
  return (n + 1) / 2;
}

static void
add_level (RlvPhoto *photo, int width, int height)
{
  cairo_surface_t *level = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);

  /* Without memory for it the larger ones serve as well, only slower. */
  if (cairo_surface_status (level) == CAIRO_STATUS_SUCCESS)
    photo->levels[photo->n_levels++] = level;
  else
    cairo_surface_destroy (level);
}

static void
add_levels (RlvPhoto *photo)
{
  int width = rlv_photo_get_width (photo), height = rlv_photo_get_height (photo);
  guint n;

  do
    {
      n = photo->n_levels;
      width = halve_up (width);
      height = halve_up (height);
      add_level (photo, width, height);
    }
  while (photo->n_levels > n && photo->n_levels < RLV_PHOTO_MAX_LEVELS && MAX (width, height) > SMALL);
}

static guint32 *
get_row (cairo_surface_t *surface, int y)
{
  return (guint32 *) (void *) (cairo_image_surface_get_data (surface)
                               + (gsize) y * (gsize) cairo_image_surface_get_stride (surface));
}

/* The mean of four pixels, two channels at a time. */
static guint32
mix_four (guint32 a, guint32 b, guint32 c, guint32 d)
{
  guint32 even = (a & 0xff00ff) + (b & 0xff00ff) + (c & 0xff00ff) + (d & 0xff00ff) + 0x20002;
  guint32 odd = (a >> 8 & 0xff00ff) + (b >> 8 & 0xff00ff) + (c >> 8 & 0xff00ff) + (d >> 8 & 0xff00ff) + 0x20002;

  return (even >> 2 & 0xff00ff) | (odd >> 2 & 0xff00ff) << 8;
}

/* The pixels x1..x2, y1..y2 of the smaller one; at an odd edge the last pixel stands for two. */
static void
shrink (cairo_surface_t *from, cairo_surface_t *to, int x1, int y1, int x2, int y2)
{
  int last_x = cairo_image_surface_get_width (from) - 1, last_y = cairo_image_surface_get_height (from) - 1;

  cairo_surface_flush (to);
  for (int y = y1; y < y2; y++)
    {
      const guint32 *above = get_row (from, 2 * y), *below = get_row (from, MIN (2 * y + 1, last_y));
      guint32 *row = get_row (to, y);
      for (int x = x1; x < x2; x++)
        {
          int left = 2 * x, right = MIN (2 * x + 1, last_x);
          row[x] = 0xff000000u | mix_four (above[left], above[right], below[left], below[right]);
        }
    }
  cairo_surface_mark_dirty (to);
}

/**
 * _rlv_photo_update_levels:
 * @photo: a photo
 * @area: what has changed of its surface
 *
 * Makes the smaller pictures show the same as the surface.
 */
void
_rlv_photo_update_levels (RlvPhoto *photo, const cairo_rectangle_int_t *area)
{
  int x1 = area->x, y1 = area->y, x2 = area->x + area->width, y2 = area->y + area->height;

  for (guint i = 1; i < photo->n_levels; i++)
    {
      x1 /= 2;
      y1 /= 2;
      x2 = halve_up (x2);
      y2 = halve_up (y2);
      shrink (photo->levels[i - 1], photo->levels[i], x1, y1, x2, y2);
    }
}

static void
find_mean (RlvPhoto *photo)
{
  guint64 n = (guint64) photo->blurred_width * (guint64) photo->blurred_height;

  photo->mean = 0xff;
  for (int shift = 16; shift >= 0; shift -= 8)
    {
      guint64 sum = n / 2;
      for (guint64 i = 0; i < n; i++)
        sum += photo->blurred[i] >> shift & 0xff;
      photo->mean = photo->mean << 8 | (guint32) (sum / n);
    }
}

/* From the smallest level to few pixels, each the mean of what it stands for. */
static void
blur (RlvPhoto *photo)
{
  double scale = (double) BLURRED / MAX (rlv_photo_get_width (photo), rlv_photo_get_height (photo));
  int width = MAX ((int) (scale * rlv_photo_get_width (photo) + 0.5), 1);
  int height = MAX ((int) (scale * rlv_photo_get_height (photo) + 0.5), 1);
  cairo_surface_t *smallest = photo->levels[photo->n_levels - 1];
  int w = cairo_image_surface_get_width (smallest), h = cairo_image_surface_get_height (smallest);
  g_autoptr (GdkPixbuf) small = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, w, h), blurred = NULL;

  for (int y = 0; y < h; y++)
    for (int i = 0; i < 3 * w; i++)
      gdk_pixbuf_get_pixels (small)[y * gdk_pixbuf_get_rowstride (small) + i] =
          (guint8) (get_row (smallest, y)[i / 3] >> (16 - 8 * (i % 3)));
  blurred = gdk_pixbuf_scale_simple (small, width, height, GDK_INTERP_BILINEAR);
  photo->blurred_width = width;
  photo->blurred_height = height;
  photo->blurred = g_new (guint32, (gsize) width * (gsize) height);
  lrp_picture_copy_pixels (blurred, photo->blurred, (gsize) width);
}

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
  photo->paints = g_ptr_array_new_with_free_func ((GDestroyNotify) rlv_paint_unref);
  photo->patches = g_ptr_array_new_with_free_func ((GDestroyNotify) _rlv_patch_free);
  photo->transparent = lrp_picture_is_transparent (pixels);
  all = (cairo_rectangle_int_t){ 0, 0, rlv_photo_get_width (photo), rlv_photo_get_height (photo) };
  photo->surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, all.width, all.height);
  photo->levels[photo->n_levels++] = photo->surface;
  if (cairo_surface_status (photo->surface) == CAIRO_STATUS_SUCCESS)
    {
      lrp_picture_copy_pixels (pixels, get_row (photo->surface, 0),
                               (gsize) cairo_image_surface_get_stride (photo->surface) / sizeof (guint32));
      cairo_surface_mark_dirty (photo->surface);
      add_levels (photo);
      _rlv_photo_update_levels (photo, &all);
    }
  blur (photo);
  find_mean (photo);
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
  _rlv_photo_drop_layer (photo);
  g_ptr_array_unref (photo->paints);
  g_ptr_array_unref (photo->patches);
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
  return (LrpCanvas){ get_row (surface, 0), (gsize) cairo_image_surface_get_stride (surface) / sizeof (guint32),
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
