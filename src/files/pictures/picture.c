/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture.c: a picture file becomes pixels, at any size */
#include "config.h"

#include "files/pictures/picture.h"

#include "files/pictures/decode.h"
#include "files/io/read.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MAX_FILE_SIZE (512 * 1024 * 1024)

static const guint8 *
get_pixel (const GdkPixbuf *pixbuf, gint64 x, gint64 y)
{
  return gdk_pixbuf_read_pixels (pixbuf) + y * gdk_pixbuf_get_rowstride (pixbuf)
         + x * gdk_pixbuf_get_n_channels (pixbuf);
}

/**
 * lrp_picture_copy_row:
 * @picture: a picture
 * @y: a row
 * @from: the first pixel
 * @n: how many
 * @pixels: (out caller-allocates): 0xffRRGGBB each
 *
 * Copies a part of a row.
 */
void
lrp_picture_copy_row (const GdkPixbuf *picture, gint64 y, gint64 from, gint64 n, guint32 *pixels)
{
  const guint8 *pixel = get_pixel (picture, from, y);
  guint n_channels = (guint) gdk_pixbuf_get_n_channels (picture);

  for (gint64 i = 0; i < n; i++, pixel += n_channels)
    pixels[i] = 0xff000000u | (guint32) pixel[0] << 16 | (guint32) pixel[1] << 8 | pixel[2];
}

/* A row of pixels, as many as are read at once. */
#define CHUNK 1024

/* Where rows of pixels come from, wherever the picture is kept. */
typedef struct
{
  void (*copy) (gconstpointer picture, gint64 y, gint64 from, gint64 n, guint32 *pixels);
  gconstpointer picture;
} Origin;

static void
copy_from_pixbuf (gconstpointer picture, gint64 y, gint64 from, gint64 n, guint32 *pixels)
{
  lrp_picture_copy_row (picture, y, from, n, pixels);
}

static void
copy_from_pixels (gconstpointer picture, gint64 y, gint64 from, gint64 n, guint32 *pixels)
{
  const LrpCanvas *source = picture;

  memcpy (pixels, source->pixels + (gsize) y * source->stride + (gsize) from, (gsize) n * sizeof *pixels);
}

/* The red, green or blue of a pixel, in 0..255. */
static void
read_rgb (gconstpointer data, gint64 y, gint64 from, gint64 n, float *pixels)
{
  const Origin *origin = data;
  guint32 chunk[CHUNK];

  for (gint64 at = 0; at < n; at += CHUNK, pixels += 3 * CHUNK)
    {
      gint64 count = MIN (n - at, CHUNK);
      origin->copy (origin->picture, y, from + at, count, chunk);
      for (gint64 i = 0; i < count; i++)
        for (guint c = 0; c < 3; c++)
          pixels[3 * i + c] = (float) (int) (chunk[i] >> (16 - 8 * c) & 0xff);
    }
}

/* Luma as of ITU-R BT.601 in whole levels, written so that greys stay exactly what they are. */
static void
read_gray (gconstpointer data, gint64 y, gint64 from, gint64 n, float *pixels)
{
  float rgb[3 * CHUNK];

  for (gint64 i = 0; i < n; i++)
    {
      const float *pixel = rgb + 3 * (i % CHUNK);
      if (i % CHUNK == 0)
        read_rgb (data, y, from + i, MIN (n - i, CHUNK), rgb);
      pixels[i] = floorf (pixel[1] + 0.299f * (pixel[0] - pixel[1]) + 0.114f * (pixel[2] - pixel[1]) + 0.5f);
    }
}

static gboolean
sample (const Origin *origin, gint64 width, gint64 height, const LrpRegion *region, const LrpCells *cells,
        LrpTensor *image, GError **error)
{
  const LrpPixelRows rows = { .width = width,
                              .height = height,
                              .data = origin,
                              .n_planes = (guint) image->shape.dims[1],
                              .read = image->shape.dims[1] == 1 ? read_gray : read_rgb };

  return lrp_resample (&rows, region, image->shape.dims[3], image->shape.dims[2], cells, image->data, error);
}

/**
 * lrp_picture_sample:
 * @picture: a picture
 * @region: a part of it
 * @image: (inout): [1, 1 or 3, H, W]: gets the colours of that part, 0..255, or NaN beyond the picture
 * @error: return location for an error
 *
 * Scales a part of a picture.
 *
 * Returns: whether there was memory for it
 */
gboolean
lrp_picture_sample (const GdkPixbuf *picture, const LrpRegion *region, LrpTensor *image, GError **error)
{
  const Origin origin = { copy_from_pixbuf, picture };

  return sample (&origin, gdk_pixbuf_get_width (picture), gdk_pixbuf_get_height (picture), region, NULL, image, error);
}

/**
 * lrp_canvas_sample:
 * @picture: a picture
 * @region: what of it a network shall see
 * @cells: (nullable): which of the network's pixels to find; %NULL: all
 * @image: [1, 1 or 3, H, W]: these get the colours, 0..255, or NaN beyond the picture
 * @error: return location for an error
 *
 * Scales a picture to the size of a network's input.
 *
 * Returns: whether there was memory for it
 */
gboolean
lrp_canvas_sample (const LrpCanvas *picture, const LrpRegion *region, const LrpCells *cells, LrpTensor *image,
                   GError **error)
{
  const Origin origin = { copy_from_pixels, picture };

  return sample (&origin, picture->width, picture->height, region, cells, image, error);
}

/**
 * lrp_picture_open:
 * @path: a picture file
 * @error: return location for an error, which does not name the file
 *
 * Reads a picture at its full size, turned the way the camera was held. Of a film, the first picture is taken.
 *
 * Returns: (transfer full) (nullable): the pixels
 */
GdkPixbuf *
lrp_picture_open (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = lrp_read_file (path, MAX_FILE_SIZE, error);

  return bytes ? lrp_picture_decode (bytes, error) : NULL;
}

/**
 * lrp_picture_decode:
 * @bytes: what a picture file holds
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the pixels, as of lrp_picture_open()
 */
GdkPixbuf *
lrp_picture_decode (GBytes *bytes, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  return lrp_decode_picture (data, size, error);
}

/**
 * lrp_picture_copy_pixels:
 * @picture: a picture
 * @pixels: (out caller-allocates): 0xffRRGGBB each, row by row
 * @stride: from one row to the next, in pixels
 *
 * Copies a picture.
 */
void
lrp_picture_copy_pixels (const GdkPixbuf *picture, guint32 *pixels, gsize stride)
{
  for (gint64 y = 0; y < gdk_pixbuf_get_height (picture); y++)
    lrp_picture_copy_row (picture, y, 0, gdk_pixbuf_get_width (picture), pixels + (gsize) y * stride);
}
