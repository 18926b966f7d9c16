/* SPDX-License-Identifier: GPL-3.0-or-later */
/* apng.c: pictures that move: PNG files of several frames. Each frame is encoded as a PNG file of its own, from which
 * the chunks are copied. Programs that know no animation show the first frame */
#include "config.h"

#include "heat/apng.h"

#include "heat/png-file.h"

#include <string.h>
#include <zlib.h>

#define SIGNATURE_SIZE 8
#define CHUNK_EXTRA    12 /* length, kind and checksum */
#define MAX_DELAY      65535

/**
 * LrpApng:
 *
 * A file in the making.
 */
struct _LrpApng
{
  char **text;
  GByteArray *file;
  gsize control; /* where in it the chunk lies that says how many frames there are */
  guint n_frames;
  guint32 sequence; /* chunks of the animation are numbered */
};

/* --- chunks ------------------------------------------------------------------------------------------------------- */

static guint32
read_32 (const guint8 *bytes)
{
  return (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8 | bytes[3];
}

static void
write_32 (guint8 *bytes, guint32 value)
{
  for (guint i = 0; i < 4; i++)
    bytes[i] = (guint8) (value >> (24 - 8 * i));
}

static void
append_32 (GByteArray *bytes, guint32 value)
{
  guint8 four[4];

  write_32 (four, value);
  g_byte_array_append (bytes, four, 4);
}

static void
append_16 (GByteArray *bytes, guint value)
{
  const guint8 two[2] = { (guint8) (value >> 8), (guint8) value };

  g_byte_array_append (bytes, two, 2);
}

/* Begins a chunk; what is appended until it ends is in it. Returns: where it is */
static gsize
begin_chunk (GByteArray *file, const char *kind)
{
  gsize begin = file->len;

  append_32 (file, 0);
  g_byte_array_append (file, (const guint8 *) kind, 4);
  return begin;
}

static void
end_chunk (GByteArray *file, gsize begin)
{
  write_32 (file->data + begin, (guint32) (file->len - begin - 8));
  append_32 (file, (guint32) crc32 (0, file->data + begin + 4, (uInt) (file->len - begin - 4)));
}

static gboolean
is_kind (const guint8 *chunk, const char *kind)
{
  return memcmp (chunk + 4, kind, 4) == 0;
}

/* --- frames ------------------------------------------------------------------------------------------------------- */

/* How many frames there are is not known yet; lrp_apng_finish() writes it. */
static void
append_animation_control (LrpApng *apng)
{
  apng->control = begin_chunk (apng->file, "acTL");
  append_32 (apng->file, 0);
  append_32 (apng->file, 0); /* for ever */
  end_chunk (apng->file, apng->control);
}

static void
append_frame_control (LrpApng *apng, cairo_surface_t *image, guint milliseconds)
{
  gsize begin = begin_chunk (apng->file, "fcTL");

  append_32 (apng->file, apng->sequence++);
  append_32 (apng->file, (guint32) cairo_image_surface_get_width (image));
  append_32 (apng->file, (guint32) cairo_image_surface_get_height (image));
  append_32 (apng->file, 0); /* from the left, and the top: the frame is the whole picture */
  append_32 (apng->file, 0);
  append_16 (apng->file, MIN (milliseconds, MAX_DELAY));
  append_16 (apng->file, 1000);
  append_16 (apng->file, 0); /* it stays, and replaces what was there */
  end_chunk (apng->file, begin);
}

/* Pixels of all frames but the first are in chunks of another kind, which are numbered. */
static void
append_pixels (LrpApng *apng, const guint8 *chunk, gboolean first)
{
  guint32 length = read_32 (chunk);
  gsize begin;

  if (first)
    {
      g_byte_array_append (apng->file, chunk, length + CHUNK_EXTRA);
      return;
    }
  begin = begin_chunk (apng->file, "fdAT");
  append_32 (apng->file, apng->sequence++);
  g_byte_array_append (apng->file, chunk + 8, length);
  end_chunk (apng->file, begin);
}

/**
 * lrp_apng_new:
 * @text: (nullable) (array zero-terminated=1): pairs of key and value that say how it was made
 *
 * Returns: (transfer full): a file without a frame
 */
LrpApng *
lrp_apng_new (const char *const *text)
{
  LrpApng *apng = g_new0 (LrpApng, 1);

  apng->text = g_strdupv ((char **) text);
  apng->file = g_byte_array_new ();
  return apng;
}

/**
 * lrp_apng_free:
 * @apng: (transfer full) (nullable): a file in the making
 */
void
lrp_apng_free (LrpApng *apng)
{
  if (!apng)
    return;
  g_strfreev (apng->text);
  g_clear_pointer (&apng->file, g_byte_array_unref);
  g_free (apng);
}

/**
 * lrp_apng_add:
 * @apng: a file in the making
 * @image: opaque ARGB32 or RGB24, as large as the first
 * @milliseconds: how long it is shown, up to a minute
 * @error: return location for an error
 *
 * Returns: whether there was memory for another frame
 */
gboolean
lrp_apng_add (LrpApng *apng, cairo_surface_t *image, guint milliseconds, GError **error)
{
  gboolean first = apng->n_frames == 0, in_pixels = FALSE;
  g_autoptr (GByteArray) png = lrp_png_encode_image (image, first ? (const char *const *) apng->text : NULL, error);

  if (!png)
    return FALSE;
  if (first)
    g_byte_array_append (apng->file, png->data, SIGNATURE_SIZE);
  for (gsize at = SIGNATURE_SIZE; at < png->len; at += read_32 (png->data + at) + CHUNK_EXTRA)
    {
      const guint8 *chunk = png->data + at;
      if (is_kind (chunk, "IDAT"))
        {
          if (first && !in_pixels)
            append_animation_control (apng);
          if (!in_pixels)
            append_frame_control (apng, image, milliseconds);
          append_pixels (apng, chunk, first);
          in_pixels = TRUE;
        }
      else if (first && !is_kind (chunk, "IEND"))
        g_byte_array_append (apng->file, chunk, read_32 (chunk) + CHUNK_EXTRA);
    }
  apng->n_frames++;
  return TRUE;
}

/**
 * lrp_apng_finish:
 * @apng: a file with at least one frame; nothing can be added any more
 *
 * Returns: (transfer full): the file
 */
GByteArray *
lrp_apng_finish (LrpApng *apng)
{
  guint8 *control;

  g_return_val_if_fail (apng->n_frames > 0, NULL);

  control = apng->file->data + apng->control;
  write_32 (control + 8, apng->n_frames);
  write_32 (control + 16, (guint32) crc32 (0, control + 4, 12));
  end_chunk (apng->file, begin_chunk (apng->file, "IEND"));
  return g_steal_pointer (&apng->file);
}
