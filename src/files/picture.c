/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture.c: a picture file becomes the input of a network */
#include "config.h"

#include "files/picture.h"

#include "files/read.h"
#include "files/resample.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_FILE_SIZE (512 * 1024 * 1024)

/* Whether the chunks go on to the last one. */
static gboolean
png_is_complete (const guint8 *data, gsize size)
{
  gsize at = 8;

  while (size - at >= 12)
    {
      gsize length = (gsize) data[at] << 24 | (gsize) data[at + 1] << 16 | (gsize) data[at + 2] << 8 | data[at + 3];
      if (memcmp (data + at + 4, "IEND", 4) == 0)
        return TRUE;
      if (length > size - at - 12)
        break;
      at += length + 12;
    }
  return FALSE;
}

/* Whether pixels begin, and end before the file does; segments before the pixels may hold whole JPEGs of their own. */
static gboolean
jpeg_is_complete (const guint8 *data, gsize size)
{
  gsize at = 2;

  while (size - at >= 4 && data[at] == 0xff)
    {
      gsize length = (gsize) data[at + 2] << 8 | data[at + 3];
      if (data[at + 1] == 0xda)
        return memmem (data + at, size - at, "\377\331", 2) != NULL;
      /* A marker may have more than one 0xff in front of it. */
      length = data[at + 1] == 0xff ? 1 : length + 2;
      if (length > size - at)
        break;
      at += length;
    }
  return FALSE;
}

/* The kinds of pictures that are read, by their first bytes: a loader that nobody expects is never reached. Loaders that
 * fill up the missing half of a file with grey need a look at its end. */
static const struct
{
  const char *name, *type; /* for people, for gdk-pixbuf */
  gsize offset, size;
  const char *magic;
  gboolean (*is_complete) (const guint8 *data, gsize size);
} formats[] = {
#define FORMAT(name, type, offset, magic, is_complete) { name, type, offset, sizeof (magic) - 1, magic, is_complete }
  FORMAT ("PNG", "png", 0, "\211PNG\r\n\032\n", png_is_complete),
  FORMAT ("JPEG", "jpeg", 0, "\377\330\377", jpeg_is_complete),
  FORMAT ("GIF", "gif", 0, "GIF8", NULL),
  FORMAT ("TIFF", "tiff", 0, "II*\0", NULL),
  FORMAT ("TIFF", "tiff", 0, "MM\0*", NULL),
  FORMAT ("WebP", "webp", 8, "WEBP", NULL),
  FORMAT ("BMP", "bmp", 0, "BM", NULL),
  FORMAT ("PGM", "pnm", 0, "P2\n", NULL),
  FORMAT ("PGM", "pnm", 0, "P5\n", NULL),
  FORMAT ("PPM", "pnm", 0, "P3\n", NULL),
  FORMAT ("PPM", "pnm", 0, "P6\n", NULL),
#undef FORMAT
};

/* The row of the table, or -1. */
static int
find_format (const guint8 *data, gsize size)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (size >= formats[i].offset + formats[i].size
        && memcmp (data + formats[i].offset, formats[i].magic, formats[i].size) == 0)
      return (int) i;
  return -1;
}

/* Called when the header was read, before there is memory for pixels. No size at all makes a loader give up. */
static void
check_size (GdkPixbufLoader *loader, int width, int height, gint64 *too_many)
{
  if ((gint64) width * height <= LRP_PICTURE_MAX_PIXELS)
    return;
  *too_many = (gint64) width * height;
  gdk_pixbuf_loader_set_size (loader, 0, 0);
}

static GdkPixbuf *
decode_format (const guint8 *data, gsize size, int format, GError **error)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type (formats[format].type, NULL);
  g_autoptr (GError) reason = NULL;
  GdkPixbuf *pixbuf = NULL;
  gint64 too_many = 0;

  if (!loader)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_UNSUPPORTED,
                   _("%s pictures cannot be read on this computer; save it as PNG or JPEG"), formats[format].name);
      return NULL;
    }
  g_signal_connect (loader, "size-prepared", G_CALLBACK (check_size), &too_many);
  if (!gdk_pixbuf_loader_write (loader, data, size, &reason))
    gdk_pixbuf_loader_close (loader, NULL);
  else if (gdk_pixbuf_loader_close (loader, &reason) && (!formats[format].is_complete || formats[format].is_complete (data, size)))
    pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  if (too_many)
    g_set_error (error, LRP_ERROR, LRP_ERROR_RANGE, _("the picture has %.0f megapixels, more than the %d that can be read"),
                 (double) too_many / 1e6, LRP_PICTURE_MAX_PIXELS / 1000000);
  else if (!pixbuf)
    g_set_error (error, LRP_ERROR, LRP_ERROR_DAMAGED, _("this %s picture is damaged or cut off: %s"), formats[format].name,
                 reason ? reason->message : _("pixels are missing"));
  else
    return gdk_pixbuf_apply_embedded_orientation (pixbuf);
  return NULL;
}

static GdkPixbuf *
decode (const guint8 *data, gsize size, GError **error)
{
  int format = find_format (data, size);

  if (format >= 0)
    return decode_format (data, size, format, error);
  if (size == 0)
    g_set_error_literal (error, LRP_ERROR, LRP_ERROR_DAMAGED, _("the file is empty"));
  else
    g_set_error_literal (error, LRP_ERROR, LRP_ERROR_UNSUPPORTED,
                         _("this is not a picture that can be read; PNG, JPEG, GIF, TIFF, BMP, PGM and PPM can"));
  return NULL;
}

static const guint8 *
get_pixel (const GdkPixbuf *pixbuf, gint64 x, gint64 y)
{
  return gdk_pixbuf_read_pixels (pixbuf) + y * gdk_pixbuf_get_rowstride (pixbuf) + x * gdk_pixbuf_get_n_channels (pixbuf);
}

/* Red, green and blue in 0..255, as seen on white paper. */
static void
read_rgb (gconstpointer data, gint64 y, gint64 from, gint64 n, float *pixels)
{
  const guint8 *pixel = get_pixel (data, from, y);
  guint n_channels = (guint) gdk_pixbuf_get_n_channels (data);

  for (gint64 i = 0; i < n; i++, pixel += n_channels)
    for (guint c = 0; c < 3; c++)
      {
        float alpha = n_channels == 4 ? (float) pixel[3] / 255 : 1;
        pixels[3 * i + c] = 255 - alpha * (float) (255 - pixel[c]);
      }
}

/* Luma as of ITU-R BT.601, written so that greys stay exactly what they are. */
static void
read_gray (gconstpointer data, gint64 y, gint64 from, gint64 n, float *pixels)
{
  float rgb[3 * 256];

  for (gint64 i = 0; i < n; i++)
    {
      const float *pixel = rgb + 3 * (i % 256);
      if (i % 256 == 0)
        read_rgb (data, y, from + i, MIN (n - i, 256), rgb);
      pixels[i] = pixel[1] + 0.299f * (pixel[0] - pixel[1]) + 0.114f * (pixel[2] - pixel[1]);
    }
}

static gboolean
check_network (const LrpNetwork *network, LrpShape *shape, GError **error)
{
  g_autofree char *text = NULL;

  *shape = lrp_network_get_layer (network, 0)->shape;
  if (shape->rank == 4 && (shape->dims[1] == 1 || shape->dims[1] == 3))
    {
      shape->dims[0] = 1;
      return TRUE;
    }
  text = lrp_shape_to_string (shape);
  g_set_error (error, LRP_ERROR, LRP_ERROR_UNSUPPORTED,
               _("the network does not take pictures: its input is %s; give it a .npy file of that shape"), text);
  return FALSE;
}

/* Whether more than half of the pixels at the edges are bright. */
static gboolean
has_bright_border (const LrpTensor *image)
{
  gint64 height = image->shape.dims[2], width = image->shape.dims[3], n_bright = 0, n = 0;

  for (gsize i = 0; i < image->count; i++)
    {
      gint64 x = (gint64) i % width, y = (gint64) i / width % height;
      if (x > 0 && x < width - 1 && y > 0 && y < height - 1)
        continue;
      n++;
      n_bright += image->data[i] > 127.5f;
    }
  return 2 * n_bright > n;
}

/* From [1, C, H, W] in 0..255, red first, to what the network reads. */
static void
preprocess (LrpTensor *image, const LrpInput *input)
{
  gsize n_channels = (gsize) image->shape.dims[1], plane = image->count / n_channels;
  gboolean invert = input->inverted && has_bright_border (image);

  for (gsize i = 0; input->pixels == LRP_PIXELS_BGR && n_channels == 3 && i < plane; i++)
    {
      float red = image->data[i];
      image->data[i] = image->data[2 * plane + i];
      image->data[2 * plane + i] = red;
    }
  for (gsize c = 0; c < n_channels; c++)
    for (gsize i = c * plane; i < (c + 1) * plane; i++)
      {
        double value = (double) (invert ? 255 - image->data[i] : image->data[i]);
        image->data[i] = (float) ((value * input->scale - input->mean[c]) / input->std[c]);
      }
}

/**
 * lrp_picture_load_bytes:
 * @data: (array length=size): what a picture file holds
 * @size: its size
 * @network: the network that shall see the picture; its input must be [N, 1 or 3, H, W]
 * @error: return location for an error
 *
 * Makes a network's input from a picture: turned the way the camera was held, on white where it is transparent, scaled until
 * it covers the input and cropped to the middle, in the colours and the range of numbers that the network was trained on. For
 * a network that was trained on bright ink, a picture with a bright border is inverted. Of a film, the first picture is taken.
 *
 * Returns: (transfer full) (nullable): [1, C, H, W]
 */
LrpTensor *
lrp_picture_load_bytes (const guint8 *data, gsize size, const LrpNetwork *network, GError **error)
{
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autoptr (LrpTensor) image = NULL;
  LrpShape shape;
  LrpPixelRows rows;

  if (!check_network (network, &shape, error) || !(pixbuf = decode (data, size, error)))
    return NULL;
  if (!(image = lrp_tensor_new (&shape, error)))
    return NULL;
  rows = (LrpPixelRows) { .width = gdk_pixbuf_get_width (pixbuf), .height = gdk_pixbuf_get_height (pixbuf), .data = pixbuf,
                          .n_planes = (guint) shape.dims[1], .read = shape.dims[1] == 1 ? read_gray : read_rgb };
  if (!lrp_resample (&rows, shape.dims[3], shape.dims[2], image->data, error))
    return NULL;
  preprocess (image, &network->input);
  return g_steal_pointer (&image);
}

/**
 * lrp_picture_load:
 * @path: a picture file
 * @network: the network that shall see the picture
 * @error: return location for an error, which does not name the file
 *
 * Makes a network's input from a picture file, as lrp_picture_load_bytes() does.
 *
 * Returns: (transfer full) (nullable): [1, C, H, W]
 */
LrpTensor *
lrp_picture_load (const char *path, const LrpNetwork *network, GError **error)
{
  g_autoptr (GBytes) bytes = lrp_read_file (path, MAX_FILE_SIZE, error);
  const guint8 *data;
  gsize size;

  if (!bytes)
    return NULL;
  data = g_bytes_get_data (bytes, &size);
  return lrp_picture_load_bytes (data, size, network, error);
}
