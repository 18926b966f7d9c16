/* SPDX-License-Identifier: GPL-3.0-or-later */
/* decode.c: the bytes of a picture file become pixels, if they are few enough and none is missing */
#include "config.h"

#include "files/pictures/decode.h"

#include "files/pictures/exif.h"
#include "files/pictures/paper.h"
#include "files/pictures/picture.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Whether a PNG is complete: whether its chunks go on to the last one. */
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

/* Whether a JPEG is complete: its pixels begin, and end before the file does. Segments before the pixels may hold whole
 * JPEGs of their own. */
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

static guint32
get_le32 (const guint8 *data)
{
  return (guint32) data[0] | (guint32) data[1] << 8 | (guint32) data[2] << 16 | (guint32) data[3] << 24;
}

/* Whether a BMP is complete: whether the rows that its header announces are there, if they are not compressed. */
static gboolean
bmp_is_complete (const guint8 *data, gsize size)
{
  gint64 width, height;
  guint bits;

  if (size < 34 || get_le32 (data + 14) < 40 || get_le32 (data + 30) != 0)
    return size >= 26;
  width = (gint32) get_le32 (data + 18);
  height = ABS ((gint64) (gint32) get_le32 (data + 22));
  bits = get_le32 (data + 26) >> 16;
  return get_le32 (data + 10) + (width * bits + 31) / 32 * 4 * height <= (gint64) size;
}

/* A number of a PNM header, after space and comments; -1 if there is none. */
static gint64
take_number (const guint8 *data, gsize size, gsize *at)
{
  gint64 number = -1;

  for (gboolean comment = FALSE; *at < size && (comment || data[*at] == '#' || g_ascii_isspace ((char) data[*at]));
       ++*at)
    comment = data[*at] == '#' || (comment && data[*at] != '\n');
  for (; *at < size && g_ascii_isdigit ((char) data[*at]) && number < G_MAXINT32; ++*at)
    number = MAX (number, 0) * 10 + data[*at] - '0';
  return number;
}

/* Whether a PNM picture is complete: whether as many bytes follow its header as that announces. */
static gboolean
pnm_is_complete (const guint8 *data, gsize size)
{
  gsize at = 2, count;
  gint64 width = take_number (data, size, &at), height = take_number (data, size, &at);
  gint64 most = take_number (data, size, &at), bytes = (data[1] == '6' ? 3 : 1) * (most > 255 ? 2 : 1);

  return width > 0 && height > 0 && g_size_checked_mul (&count, (gsize) width * (gsize) bytes, (gsize) height)
         && at < size && count <= size - at - 1;
}

/* The kinds of pictures that are read, by their first bytes: a loader that nobody expects is never reached. Loaders
 * that fill up the missing half of a file with grey need a look at its end, and those that do not tell how the camera
 * was held, one at what the file says. */
static const struct
{
  const char *name, *type; /* for people, for gdk-pixbuf */
  gsize offset, size;
  const char *magic;
  gboolean (*is_complete) (const guint8 *data, gsize size);
  guint (*find_orientation) (const guint8 *data, gsize size);
} formats[] = {
#define FORMAT(name, type, offset, magic, ...)                                                                         \
  {                                                                                                                    \
    name, type, offset, sizeof (magic) - 1, magic, __VA_ARGS__                                                         \
  }
  FORMAT ("PNG", "png", 0, "\211PNG\r\n\032\n", png_is_complete, lrp_exif_find_in_png),
  FORMAT ("JPEG", "jpeg", 0, "\377\330\377", jpeg_is_complete),
  FORMAT ("GIF", "gif", 0, "GIF8", NULL),
  FORMAT ("TIFF", "tiff", 0, "II*\0", NULL),
  FORMAT ("TIFF", "tiff", 0, "MM\0*", NULL),
  FORMAT ("WebP", "webp", 8, "WEBP", NULL, lrp_exif_find_in_webp),
  FORMAT ("BMP", "bmp", 0, "BM", bmp_is_complete),
  FORMAT ("AVIF", "avif", 4, "ftypavif", NULL),
  FORMAT ("AVIF", "avif", 4, "ftypavis", NULL),
  FORMAT ("HEIC", "heif/avif", 4, "ftypheic", NULL),
  FORMAT ("HEIC", "heif/avif", 4, "ftypheix", NULL),
  FORMAT ("HEIC", "heif/avif", 4, "ftypmif1", NULL),
  FORMAT ("PGM", "pnm", 0, "P5\n", pnm_is_complete),
  FORMAT ("PPM", "pnm", 0, "P6\n", pnm_is_complete),
  FORMAT ("SVG", "svg", 0, "<", NULL),
#undef FORMAT
};

/* How far into a text its first element may be. */
#define PROLOG 1024

/* A text that begins like that is a picture only if it is an SVG drawing. */
static gboolean
is_text_but_no_drawing (const guint8 *data, gsize size)
{
  return data[0] == '<' && !memmem (data, MIN (size, PROLOG), "<svg", 4);
}

/* The row of the table that a file belongs to, or -1. */
static int
find_format (const guint8 *data, gsize size)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (size >= formats[i].offset + formats[i].size
        && memcmp (data + formats[i].offset, formats[i].magic, formats[i].size) == 0
        && !is_text_but_no_drawing (data, size))
      return (int) i;
  return -1;
}

/* Called when the header was read, before there is memory for pixels. A size of zero makes the loader give up. */
static void
check_size (GdkPixbufLoader *loader, int width, int height, char **too_large)
{
  if (((gint64) width * height <= LRP_PICTURE_MAX_PIXELS && MAX (width, height) <= LRP_PICTURE_MAX_SIDE) || *too_large)
    return;
  *too_large = g_strdup_printf ("%d × %d", width, height);
  gdk_pixbuf_loader_set_size (loader, 0, 0);
}

/* gdk-pixbuf reads TIFF of 8 and 16 bits a channel and calls others damaged. */
static gboolean
check_bits (const guint8 *data, gsize size, GError **error)
{
  guint bits = lrp_exif_find (data, size, LRP_EXIF_BITS_PER_SAMPLE);

  if (bits <= 16)
    return TRUE;
  g_set_error (error, LRP_ERROR, LRP_ERROR_UNSUPPORTED,
               _("this TIFF picture has %u bits in each channel, and 8 or 16 can be read; save it with as many, or as "
                  "PNG"),
               bits);
  return FALSE;
}

/* The way the camera was held, on the paper that suits it. */
static GdkPixbuf *
finish (GdkPixbuf *decoded, const guint8 *data, gsize size, guint format)
{
  guint orientation = formats[format].find_orientation ? formats[format].find_orientation (data, size) : 0;
  GdkPixbuf *picture;

  if (orientation > 0)
    {
      const char text[] = { (char) ('0' + orientation), '\0' };
      gdk_pixbuf_set_option (decoded, "orientation", text);
    }
  picture = gdk_pixbuf_apply_embedded_orientation (decoded);
  if (picture)
    lrp_paper_lay (picture);
  return picture;
}

static GdkPixbuf *
decode (const guint8 *data, gsize size, guint format, GError **error)
{
  g_autoptr (GdkPixbufLoader) loader = NULL;
  g_autoptr (GError) reason = NULL;
  g_autofree char *too_large = NULL;
  gboolean decoded;

  if (!check_bits (data, size, error))
    return NULL;
  loader = gdk_pixbuf_loader_new_with_type (formats[format].type, NULL);
  if (!loader)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_UNSUPPORTED,
                   _("%s pictures cannot be read on this computer; save it as PNG or JPEG"), formats[format].name);
      return NULL;
    }
  g_signal_connect (loader, "size-prepared", G_CALLBACK (check_size), &too_large);
  decoded = gdk_pixbuf_loader_write (loader, data, size, &reason);
  /* A loader must be closed in any case; the first reason counts. */
  decoded = gdk_pixbuf_loader_close (loader, decoded ? &reason : NULL) && decoded;
  decoded = decoded && (!formats[format].is_complete || formats[format].is_complete (data, size));
  if (too_large)
    g_set_error (error, LRP_ERROR, LRP_ERROR_RANGE,
                 _("the picture has %s pixels, and %d megapixels with up to %d a side can be read; make it smaller"),
                 too_large, LRP_PICTURE_MAX_PIXELS / 1000000, LRP_PICTURE_MAX_SIDE);
  else if (!decoded || !gdk_pixbuf_loader_get_pixbuf (loader))
    g_set_error (error, LRP_ERROR, LRP_ERROR_DAMAGED, _("this %s picture is damaged or cut off: %s"),
                 formats[format].name, reason ? reason->message : _("pixels are missing"));
  else
    return finish (gdk_pixbuf_loader_get_pixbuf (loader), data, size, format);
  return NULL;
}

/**
 * lrp_decode_picture:
 * @data: (array length=size): what a picture file holds
 * @size: its size
 * @error: return location for an error
 *
 * Decodes a picture, turns it the way the camera was held and lays it on paper where it is transparent. More than
 * %LRP_PICTURE_MAX_PIXELS, or more than %LRP_PICTURE_MAX_SIDE a side, are refused before there is memory for them. Of a
 * film, the first picture is taken.
 *
 * Returns: (transfer full) (nullable): the pixels
 */
GdkPixbuf *
lrp_decode_picture (const guint8 *data, gsize size, GError **error)
{
  int format = find_format (data, size);

  if (format >= 0)
    return decode (data, size, (guint) format, error);
  if (size == 0)
    g_set_error_literal (error, LRP_ERROR, LRP_ERROR_DAMAGED, _("the file is empty"));
  else
    g_set_error_literal (
        error, LRP_ERROR, LRP_ERROR_UNSUPPORTED,
        _("this is not a picture that can be read; PNG, JPEG, WebP, GIF, TIFF, BMP, SVG, PGM and PPM can"));
  return NULL;
}
