/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-apng.c: an animation is a PNG file whose frames are the pictures that went in */
#include "config.h"

#include "heat/apng.h"

#include <string.h>

#define SIDE   37
#define FRAMES 5

static guint32
read_32 (const guint8 *bytes)
{
  return (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8 | bytes[3];
}

static void
append_32 (GByteArray *bytes, guint32 value)
{
  const guint8 four[4] = { (guint8) (value >> 24), (guint8) (value >> 16), (guint8) (value >> 8), (guint8) value };

  g_byte_array_append (bytes, four, 4);
}

/* By a table, unlike the program's. */
static guint32
checksum (const guint8 *bytes, gsize n)
{
  guint32 table[256], crc = 0xffffffffu;

  for (guint i = 0; i < 256; i++)
    {
      table[i] = i;
      for (guint k = 0; k < 8; k++)
        table[i] = table[i] & 1 ? 0xedb88320u ^ (table[i] >> 1) : table[i] >> 1;
    }
  for (gsize i = 0; i < n; i++)
    crc = table[(crc ^ bytes[i]) & 255] ^ (crc >> 8);
  return ~crc;
}

static guint32
pixel (int frame, int x, int y)
{
  return 0xff000000u | (guint32) (frame * 40) << 16 | (guint32) (x * 6) << 8 | (guint32) (y * 5);
}

static cairo_surface_t *
make_frame (int frame)
{
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, SIDE, SIDE);
  int stride = cairo_image_surface_get_stride (image);

  cairo_surface_flush (image);
  for (int i = 0; i < SIDE * SIDE; i++)
    ((guint32 *) (gpointer) (cairo_image_surface_get_data (image) + i / SIDE * stride))[i % SIDE] =
        pixel (frame, i % SIDE, i / SIDE);
  cairo_surface_mark_dirty (image);
  return image;
}

static GByteArray *
make_file (void)
{
  const char *const text[] = { "Software", "test", NULL };
  g_autoptr (LrpApng) apng = lrp_apng_new (text);
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < FRAMES; i++)
    {
      cairo_surface_t *image = make_frame (i);
      g_assert_true (lrp_apng_add (apng, image, 40 + (guint) i, &error));
      g_assert_no_error (error);
      cairo_surface_destroy (image);
    }
  return lrp_apng_finish (apng);
}

typedef void (*ChunkFunc) (const char *kind, const guint8 *data, guint32 length, gpointer user);

static void
visit (const GByteArray *file, ChunkFunc func, gpointer user)
{
  gsize at = 8;

  g_assert_cmpmem (file->data, 8, "\x89PNG\r\n\x1a\n", 8);
  while (at < file->len)
    {
      guint32 length = read_32 (file->data + at);
      char kind[5] = { 0 };
      memcpy (kind, file->data + at + 4, 4);
      g_assert_cmpuint (at + 12 + length, <=, file->len);
      g_assert_cmphex (read_32 (file->data + at + 8 + length), ==, checksum (file->data + at + 4, 4 + length));
      func (kind, file->data + at + 8, length, user);
      at += 12 + length;
    }
  g_assert_cmpuint (at, ==, file->len);
}

typedef struct
{
  GString *order;
  guint sequence, frames;
} Seen;

static void
see (const char *kind, const guint8 *data, guint32 length, gpointer user)
{
  Seen *seen = user;

  g_string_append_printf (seen->order, "%s ", kind);
  if (g_str_equal (kind, "acTL"))
    {
      g_assert_cmpuint (length, ==, 8);
      g_assert_cmpuint (read_32 (data), ==, FRAMES);
      g_assert_cmpuint (read_32 (data + 4), ==, 0);
    }
  if (g_str_equal (kind, "fcTL") || g_str_equal (kind, "fdAT"))
    g_assert_cmpuint (read_32 (data), ==, seen->sequence++);
  if (g_str_equal (kind, "fcTL"))
    {
      g_assert_cmpuint (length, ==, 26);
      g_assert_cmpuint (read_32 (data + 4), ==, SIDE);
      g_assert_cmpuint (read_32 (data + 8), ==, SIDE);
      g_assert_cmpuint (data[20] << 8 | data[21], ==, 40 + seen->frames++);
      g_assert_cmpuint (data[22] << 8 | data[23], ==, 1000);
    }
}

/* As the specification has it: acTL before the pixels of the first frame, and each frame's control before its pixels.
 */
static void
test_structure (void)
{
  g_autoptr (GByteArray) file = make_file ();
  Seen seen = { g_string_new (NULL), 0, 0 };

  visit (file, see, &seen);
  g_assert_cmpuint (seen.frames, ==, FRAMES);
  g_assert_true (g_str_has_prefix (seen.order->str, "IHDR "));
  g_assert_true (strstr (seen.order->str, "acTL fcTL IDAT "));
  g_assert_true (g_str_has_suffix (seen.order->str, "fcTL fdAT IEND "));
  g_string_free (seen.order, TRUE);
}

/* A frame alone: its pixels in a PNG file of their own. */
typedef struct
{
  int wanted, frame;
  GByteArray *png;
} Cut;

static void
append_chunk (GByteArray *png, const char *kind, const guint8 *data, guint32 length)
{
  gsize begin = png->len;

  append_32 (png, length);
  g_byte_array_append (png, (const guint8 *) kind, 4);
  g_byte_array_append (png, data, length);
  append_32 (png, checksum (png->data + begin + 4, 4 + length));
}

static void
cut (const char *kind, const guint8 *data, guint32 length, gpointer user)
{
  Cut *c = user;

  c->frame += g_str_equal (kind, "fcTL");
  if (g_str_equal (kind, "IHDR") || g_str_equal (kind, "IEND"))
    append_chunk (c->png, kind, data, length);
  else if (c->frame == c->wanted && g_str_equal (kind, "IDAT"))
    append_chunk (c->png, "IDAT", data, length);
  else if (c->frame == c->wanted && g_str_equal (kind, "fdAT"))
    append_chunk (c->png, "IDAT", data + 4, length - 4);
}

static cairo_status_t
read_png (void *data, unsigned char *out, unsigned int n)
{
  GByteArray *png = data;

  if (n > png->len)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (out, png->data, n);
  g_byte_array_remove_range (png, 0, n);
  return CAIRO_STATUS_SUCCESS;
}

static void
test_frames (void)
{
  g_autoptr (GByteArray) file = make_file ();

  for (int i = 0; i < FRAMES; i++)
    {
      g_autoptr (GByteArray) png = g_byte_array_new ();
      Cut c = { i, -1, png };
      cairo_surface_t *image;
      g_byte_array_append (png, file->data, 8);
      visit (file, cut, &c);
      image = cairo_image_surface_create_from_png_stream (read_png, png);
      g_assert_cmpint (cairo_surface_status (image), ==, CAIRO_STATUS_SUCCESS);
      g_assert_cmpint (cairo_image_surface_get_width (image), ==, SIDE);
      for (int k = 0; k < SIDE * SIDE; k++)
        {
          const guint8 *row = cairo_image_surface_get_data (image) + k / SIDE * cairo_image_surface_get_stride (image);
          g_assert_cmphex (((const guint32 *) (gconstpointer) row)[k % SIDE] | 0xff000000u, ==,
                           pixel (i, k % SIDE, k / SIDE));
        }
      cairo_surface_destroy (image);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/apng/structure", test_structure);
  g_test_add_func ("/apng/frames", test_frames);
  return g_test_run ();
}
