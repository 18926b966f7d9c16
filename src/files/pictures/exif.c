/* SPDX-License-Identifier: GPL-3.0-or-later */
/* exif.c: single numbers out of a TIFF file, or out of EXIF data, which have the same form */
#include "config.h"

#include "files/pictures/exif.h"

#include <string.h>

/* How many bytes an entry of a directory has, and the types of whole numbers in it. */
#define ENTRY_SIZE 12
#define TYPE_SHORT 3
#define TYPE_LONG  4

/* In the order that the file says. */
static guint32
get_number (const guint8 *data, gsize n, gboolean big)
{
  guint32 number = 0;

  for (gsize i = 0; i < n; i++)
    number = number << 8 | data[big ? i : n - 1 - i];
  return number;
}

/* The entry's first number, which stands elsewhere in the file where it has more of them than fit into four bytes. */
static guint
read_entry (const guint8 *data, gsize size, const guint8 *entry, gboolean big)
{
  guint32 type = get_number (entry + 2, 2, big), n = get_number (entry + 4, 4, big);
  gsize width = type == TYPE_SHORT ? 2 : 4, at;

  if ((type != TYPE_SHORT && type != TYPE_LONG) || n == 0)
    return 0;
  if (n <= 4 / width)
    return get_number (entry + 8, width, big);
  at = get_number (entry + 8, 4, big);
  return at <= size && size - at >= width ? get_number (data + at, width, big) : 0;
}

/**
 * lrp_exif_find:
 * @data: (array length=size): a TIFF file, or EXIF data
 * @size: its size
 * @tag: the number of a tag
 *
 * Returns: the first number of that tag of the first picture; 0 where there is none
 */
guint
lrp_exif_find (const guint8 *data, gsize size, guint16 tag)
{
  gboolean big = size >= 8 && data[0] == 'M';
  gsize at, n;

  if (size < 8 || (memcmp (data, "MM\0*", 4) != 0 && memcmp (data, "II*\0", 4) != 0))
    return 0;
  at = get_number (data + 4, 4, big);
  if (at > size || size - at < 2)
    return 0;
  n = get_number (data + at, 2, big);
  for (at += 2; n > 0 && size - at >= ENTRY_SIZE; n--, at += ENTRY_SIZE)
    if (get_number (data + at, 2, big) == tag)
      return read_entry (data, size, data + at, big);
  return 0;
}

static guint
find_orientation (const guint8 *data, gsize size)
{
  guint orientation;

  /* Some programs leave what JPEG has in front of it. */
  if (size >= 6 && memcmp (data, "Exif\0\0", 6) == 0)
    {
      data += 6;
      size -= 6;
    }
  orientation = lrp_exif_find (data, size, LRP_EXIF_ORIENTATION);
  return orientation <= 8 ? orientation : 0;
}

/**
 * lrp_exif_find_in_png:
 * @data: (array length=size): a PNG file
 * @size: its size
 *
 * Returns: how the camera was held, 1 to 8 as in EXIF; 0 where the file does not say it
 */
guint
lrp_exif_find_in_png (const guint8 *data, gsize size)
{
  for (gsize at = 8; size >= at && size - at >= 12;)
    {
      gsize length = get_number (data + at, 4, TRUE);
      if (length > size - at - 12)
        break;
      if (memcmp (data + at + 4, "eXIf", 4) == 0)
        return find_orientation (data + at + 8, length);
      at += length + 12;
    }
  return 0;
}

/**
 * lrp_exif_find_in_webp:
 * @data: (array length=size): a WebP file
 * @size: its size
 *
 * Returns: as of lrp_exif_find_in_png()
 */
guint
lrp_exif_find_in_webp (const guint8 *data, gsize size)
{
  for (gsize at = 12; size >= at && size - at >= 8;)
    {
      gsize length = get_number (data + at + 4, 4, FALSE);
      if (length > size - at - 8)
        break;
      if (memcmp (data + at, "EXIF", 4) == 0)
        return find_orientation (data + at + 8, length);
      at += 8 + length + length % 2;
    }
  return 0;
}
