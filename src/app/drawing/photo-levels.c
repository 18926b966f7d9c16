/* SPDX-License-Identifier: GPL-3.0-or-later */
/* photo-levels.c: smaller pictures of a photo, so that showing it takes no longer than it has pixels on the screen */
#include "config.h"

#include "app/drawing/photo-private.h"

/* Photos whose longer side is no longer need no smaller ones. */
#define SMALL 512
/* Pixels along the longer side of a photo that is so blurred that nothing is to be recognised. */
#define BLURRED 24

/**
 * _rlv_photo_get_row:
 * @surface: a picture, RGB24
 * @y: row
 *
 * Returns: (transfer none): its pixels
 */
guint32 *
_rlv_photo_get_row (cairo_surface_t *surface, int y)
{
  return (guint32 *) (void *) (cairo_image_surface_get_data (surface)
                               + (gsize) y * (gsize) cairo_image_surface_get_stride (surface));
}

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

/**
 * _rlv_photo_add_levels:
 * @photo: a photo with its surface
 *
 * Makes room for smaller pictures of it; _rlv_photo_update_levels() fills them.
 */
void
_rlv_photo_add_levels (RlvPhoto *photo)
{
  int width = gdk_pixbuf_get_width (photo->pixels), height = gdk_pixbuf_get_height (photo->pixels);
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
      const guint32 *above = _rlv_photo_get_row (from, 2 * y),
                    *below = _rlv_photo_get_row (from, MIN (2 * y + 1, last_y));
      guint32 *row = _rlv_photo_get_row (to, y);
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

/**
 * _rlv_photo_blur:
 * @photo: a photo of which all is there but this
 *
 * Finds, from the smallest level, few pixels that are each the mean of what they stand for, and the mean of all.
 */
void
_rlv_photo_blur (RlvPhoto *photo)
{
  double scale = (double) BLURRED / MAX (gdk_pixbuf_get_width (photo->pixels), gdk_pixbuf_get_height (photo->pixels));
  int width = MAX ((int) (scale * gdk_pixbuf_get_width (photo->pixels) + 0.5), 1);
  int height = MAX ((int) (scale * gdk_pixbuf_get_height (photo->pixels) + 0.5), 1);
  cairo_surface_t *smallest = photo->levels[photo->n_levels - 1];
  int w = cairo_image_surface_get_width (smallest), h = cairo_image_surface_get_height (smallest);
  g_autoptr (GdkPixbuf) small = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, w, h), blurred = NULL;

  for (int y = 0; y < h; y++)
    for (int i = 0; i < 3 * w; i++)
      gdk_pixbuf_get_pixels (small)[y * gdk_pixbuf_get_rowstride (small) + i] =
          (guint8) (_rlv_photo_get_row (smallest, y)[i / 3] >> (16 - 8 * (i % 3)));
  blurred = gdk_pixbuf_scale_simple (small, width, height, GDK_INTERP_BILINEAR);
  photo->blurred_width = width;
  photo->blurred_height = height;
  photo->blurred = g_new (guint32, (gsize) width * (gsize) height);
  lrp_picture_copy_pixels (blurred, photo->blurred, (gsize) width);
  find_mean (photo);
}
