/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-picture.c: pictures reach a network as people see them and as it was trained, and hostile ones do no harm */
#include "files/pictures/prepare.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* A network that has nothing but an input. */
static LrpNetwork *
make_network (gint64 channels, gint64 height, gint64 width)
{
  return lrp_network_new ("net", "input", &LRP_SHAPE (1, channels, height, width));
}

/* A picture in which no two neighbours are alike; the same formula made the expected numbers below. */
static guint8
pattern (int x, int y, int channel)
{
  return (guint8) ((x * 37 + y * 91 + channel * 53 + x * y % 17 * 13) % 256);
}

static GBytes *
save (GdkPixbuf *pixbuf, const char *type)
{
  char *data = NULL;
  gsize size;

  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, type, NULL, NULL));
  return g_bytes_new_take (data, size);
}

static GdkPixbuf *
draw_pattern (int width, int height, gboolean gray)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  guint8 *pixels = gdk_pixbuf_get_pixels (pixbuf);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      for (int c = 0; c < 3; c++)
        pixels[y * gdk_pixbuf_get_rowstride (pixbuf) + 3 * x + c] = pattern (x, y, gray ? 0 : c);
  return pixbuf;
}

static GBytes *
make_pattern (int width, int height, gboolean gray, const char *type)
{
  g_autoptr (GdkPixbuf) pixbuf = draw_pattern (width, height, gray);

  return save (pixbuf, type);
}

/* 0xrrggbbaa */
static GBytes *
make_plain (int width, int height, guint32 color)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, TRUE, 8, width, height);

  gdk_pixbuf_fill (pixbuf, color);
  return save (pixbuf, "png");
}

/* The middle of a picture, which covers the input. */
static LrpTensor *
to_input (const GdkPixbuf *picture, const LrpNetwork *network, GError **error)
{
  LrpRegion region;

  if (!picture
      || !lrp_prepare_find_region (picture, NULL, network, &(LrpPreparing) LRP_PREPARING_INIT, &region, NULL, error))
    return NULL;
  return lrp_prepare_region (picture, &region, network, NULL, error);
}

static LrpTensor *
load (GBytes *bytes, const LrpNetwork *network, GError **error)
{
  g_autoptr (GdkPixbuf) picture = lrp_picture_decode (bytes, error);

  return to_input (picture, network, error);
}

static LrpTensor *
load_file (const char *path, const LrpNetwork *network, GError **error)
{
  g_autoptr (GdkPixbuf) picture = lrp_picture_open (path, error);

  return to_input (picture, network, error);
}

static LrpTensor *
load_good (GBytes *bytes, const LrpNetwork *network)
{
  g_autoptr (GError) error = NULL;
  LrpTensor *image = load (bytes, network, &error);

  g_assert_no_error (error);
  g_assert_true (lrp_shape_equal (&image->shape, &lrp_network_get_layer (network, 0)->shape));
  return image;
}

static void
assert_fails (GBytes *bytes, const LrpNetwork *network, const char *fragment)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (load (bytes, network, &error));
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, fragment));
  g_assert_null (strchr (error->message, '\n'));
  g_assert_null (load (bytes, network, NULL));
}

/*
 * PIL 9.4.0, im being the pattern, sw and sh the size at which it just covers W x H:
 *   im.resize ((sw, sh), Image.BILINEAR).crop ((l, t, l + W, t + H)), l = round ((sw - W) / 2), t = round ((sh - H) /
 * 2)
 */
static const struct
{
  int width, height, channels;
  gint64 to_width, to_height;
  guint8 expected[20];
} scaled[] = {
  { 13, 9, 1, 4, 4, { 111, 137, 136, 97, 128, 147, 150, 128, 118, 138, 131, 111, 153, 115, 116, 115 } },
  { 5, 12, 1, 4, 4, { 89, 136, 167, 131, 130, 116, 128, 172, 112, 89, 151, 106, 134, 166, 89, 103 } },
  { 3, 3, 1, 5, 4, { 0, 15, 37, 59, 74, 36, 53, 79, 104, 121, 91, 111, 141, 171, 191, 146, 169, 203, 146, 108 } },
  { 21, 10, 3, 3, 2, { 133, 129, 124, 130, 122, 121, 136, 124, 117, 125, 119, 114, 137, 137, 137, 137, 132, 133 } },
};

static void
test_scaled_as_pil (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (scaled); i++)
    {
      g_autoptr (LrpNetwork) network = make_network (scaled[i].channels, scaled[i].to_height, scaled[i].to_width);
      g_autoptr (GBytes) bytes = make_pattern (scaled[i].width, scaled[i].height, scaled[i].channels == 1, "png");
      g_autoptr (LrpTensor) image = load_good (bytes, network);
      double largest = 0;
      for (gsize k = 0; k < image->count; k++)
        largest = MAX (largest, fabs ((double) image->data[k] - scaled[i].expected[k]));
      g_test_message ("%dx%d: largest difference %.3g", scaled[i].width, scaled[i].height, largest);
      g_assert_cmpfloat (largest, ==, 0);
    }
}

/* A network that sees the middle half of pictures. */
static void
test_crop (void)
{
  g_autoptr (LrpNetwork) network = make_network (3, 5, 4);
  g_autoptr (GBytes) bytes = make_pattern (8, 10, FALSE, "png");
  g_autoptr (LrpTensor) image = NULL;

  network->input.crop = 0.5;
  image = load_good (bytes, network);
  for (int c = 0, k = 0; c < 3; c++)
    for (int y = 0; y < 5; y++)
      for (int x = 0; x < 4; x++, k++)
        g_assert_cmpfloat (image->data[k], ==, pattern (x + 2, y + 2, c));
}

static void
test_exact_size (void)
{
  g_autoptr (LrpNetwork) network = make_network (3, 11, 7);
  g_autoptr (GBytes) bytes = make_pattern (7, 11, FALSE, "png");
  g_autoptr (LrpTensor) image = load_good (bytes, network);

  for (int c = 0, k = 0; c < 3; c++)
    for (int y = 0; y < 11; y++)
      for (int x = 0; x < 7; x++)
        g_assert_cmpfloat (image->data[k++], ==, pattern (x, y, c));
}

/* The thinnest and the smallest pictures give what their colour gives, at any size of the network. */
static void
test_odd_sizes (void)
{
  static const int sizes[][2] = {
    { 1, 1 }, { 1, 30000 }, { 30000, 1 }, { 2, 3 }, { 28, 27 }, { 29, 28 }, { 1000, 999 }
  };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (gint64 side = 1; side < 60; side += 27)
      {
        g_autoptr (LrpNetwork) network = make_network (1, side, side + 5);
        g_autoptr (GBytes) bytes = make_plain (sizes[i][0], sizes[i][1], 0x646464ff);
        g_autoptr (LrpTensor) image = load_good (bytes, network);
        for (gsize k = 0; k < image->count; k++)
          g_assert_cmpfloat_with_epsilon (image->data[k], 100, 1e-3);
      }
}

static void
test_colors (void)
{
  static const LrpPixels orders[] = { LRP_PIXELS_UNKNOWN, LRP_PIXELS_RGB, LRP_PIXELS_BGR };
  g_autoptr (GBytes) bytes = make_plain (3, 3, 0x0a1428ff);

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autoptr (LrpNetwork) network = make_network (3, 3, 3);
      g_autoptr (LrpTensor) image = NULL;
      gboolean swapped = orders[i] == LRP_PIXELS_BGR;
      network->input.pixels = orders[i];
      network->input.scale = 0.5;
      for (guint c = 0; c < 3; c++)
        {
          network->input.mean[c] = c + 1;
          network->input.std[c] = 1 << c;
        }
      image = load_good (bytes, network);
      g_assert_cmpfloat (image->data[0], ==, ((swapped ? 40 : 10) * 0.5 - 1) / 1);
      g_assert_cmpfloat (image->data[9], ==, (20 * 0.5 - 2) / 2);
      g_assert_cmpfloat (image->data[18], ==, ((swapped ? 10 : 40) * 0.5 - 3) / 4);
    }
}

/* ITU-R BT.601: 0.299 R + 0.587 G + 0.114 B in whole levels; grey stays as it is. */
static void
test_gray (void)
{
  static const struct
  {
    guint32 color;
    double luma;
  } cases[] = { { 0xff0000ff, 76 }, { 0x00ff00ff, 150 }, { 0x0000ffff, 29 }, { 0x010203ff, 2 } };
  g_autoptr (LrpNetwork) network = make_network (1, 2, 2);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = make_plain (2, 2, cases[i].color);
      g_autoptr (LrpTensor) image = load_good (bytes, network);
      g_assert_cmpfloat (image->data[3], ==, cases[i].luma);
    }
  for (guint32 level = 0; level < 256; level++)
    {
      g_autoptr (GBytes) bytes = make_plain (2, 2, level << 24 | level << 16 | level << 8 | 0xff);
      g_autoptr (LrpTensor) image = load_good (bytes, network);
      g_assert_cmpfloat (image->data[0], ==, level);
    }
}

/* What is transparent shows white paper, but black where all that is on it is light. */
static void
test_alpha (void)
{
  g_autoptr (LrpNetwork) network = make_network (3, 1, 1);
  g_autoptr (GBytes) clear = make_plain (1, 1, 0x00000000), half = make_plain (1, 1, 0xff000080);
  g_autoptr (LrpTensor) white = load_good (clear, network), pink = load_good (half, network);

  for (guint c = 0; c < 3; c++)
    g_assert_cmpfloat (white->data[c], ==, 255);
  g_assert_cmpfloat (pink->data[0], ==, 255);
  g_assert_cmpfloat_with_epsilon (pink->data[1], 127, 1e-3);
  g_assert_cmpfloat_with_epsilon (pink->data[2], 127, 1e-3);
}

static void
test_paper (void)
{
  static const struct
  {
    guint32 ink;
    LrpPaper paper;
    double level;
  } cases[] = {
    { 0xffffffff, LRP_PAPER_BLACK, 0 },
    { 0xffff80ff, LRP_PAPER_BLACK, 0 },
    { 0x000000ff, LRP_PAPER_WHITE, 255 },
    { 0x2040ffff, LRP_PAPER_WHITE, 255 },
  };
  g_autoptr (LrpNetwork) network = make_network (3, 8, 8);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GdkPixbuf) drawn = gdk_pixbuf_new (GDK_COLORSPACE_RGB, TRUE, 8, 8, 8);
      g_autoptr (GdkPixbuf) stroke = gdk_pixbuf_new_subpixbuf (drawn, 3, 2, 2, 4), picture = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (LrpTensor) image = NULL;
      gdk_pixbuf_fill (drawn, 0x80808000);
      gdk_pixbuf_fill (stroke, cases[i].ink);
      bytes = save (drawn, "png");
      picture = lrp_picture_decode (bytes, NULL);
      image = to_input (picture, network, NULL);
      g_assert_cmpint (lrp_paper_get (picture), ==, cases[i].paper);
      g_assert_cmpfloat (image->data[0], ==, cases[i].level);
      g_assert_cmpfloat (image->data[3 * 8 + 3], ==, cases[i].ink >> 24);
    }
}

/* A square of ink in the middle of paper. */
static GBytes *
make_ink (guint32 paper, guint32 ink)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 8, 8);
  g_autoptr (GdkPixbuf) middle = gdk_pixbuf_new_subpixbuf (pixbuf, 2, 2, 4, 4);

  gdk_pixbuf_fill (pixbuf, paper);
  gdk_pixbuf_fill (middle, ink);
  return save (pixbuf, "png");
}

/* A digit as of MNIST stays as it is to the last bit, pale strokes and all; of what has no ink that is said. */
static void
test_plain_ink (void)
{
  g_autoptr (LrpNetwork) network = make_network (1, 8, 8);
  g_autoptr (GBytes) digit = make_ink (0x000000ff, 0xfefefeff), blank = make_ink (0x1e1e1eff, 0x202020ff);
  g_autoptr (GBytes) gray = make_plain (8, 8, 0x777777ff), white = make_plain (8, 8, 0xffffffff);
  g_autoptr (LrpTensor) of_digit = NULL;

  network->input.inverted = TRUE;
  of_digit = load_good (digit, network);
  g_assert_cmpfloat (of_digit->data[0], ==, 0);
  g_assert_cmpfloat (of_digit->data[3 * 8 + 3], ==, 0xfe);
  assert_fails (blank, network, "nothing is drawn");
  assert_fails (gray, network, "nothing is drawn");
  assert_fails (white, network, "nothing is drawn");
}

/* A network of bright ink gets bright ink, whichever way round the picture is; others get what is there. */
static void
test_ink (void)
{
  g_autoptr (GBytes) scan = make_ink (0xf0f0f0ff, 0x202020ff), board = make_ink (0x202020ff, 0xf0f0f0ff);

  for (int inverted = 0; inverted < 2; inverted++)
    {
      g_autoptr (LrpNetwork) network = make_network (1, 8, 8);
      g_autoptr (LrpTensor) of_scan = NULL, of_board = NULL;
      network->input.inverted = inverted;
      of_scan = load_good (scan, network);
      of_board = load_good (board, network);
      /* Grey paper and pale ink are made plain for it. */
      g_assert_cmpfloat (of_scan->data[0], ==, inverted ? 0 : 0xf0);
      g_assert_cmpfloat (of_scan->data[3 * 8 + 3], ==, inverted ? 255 : 0x20);
      g_assert_cmpfloat (of_board->data[0], ==, inverted ? 0 : 0x20);
      g_assert_cmpfloat (of_board->data[3 * 8 + 3], ==, inverted ? 255 : 0xf0);
    }
}

/* Where the picture ends within what the network sees, its paper ends there: it is inverted all the same. */
static void
test_ink_from_afar (void)
{
  g_autoptr (GBytes) scan = make_ink (0xffffffff, 0x000000ff);
  g_autoptr (GdkPixbuf) picture = lrp_picture_decode (scan, NULL);
  g_autoptr (LrpNetwork) network = make_network (1, 16, 16);
  const LrpRegion region = { -4, -4, 16, 16 };
  g_autoptr (LrpTensor) input = NULL;
  LrpPictureNotes notes;

  network->input.inverted = TRUE;
  input = lrp_prepare_region (picture, &region, network, &notes, NULL);
  g_assert_true (notes.inverted);
  g_assert_cmpfloat (input->data[0], ==, 0);
  g_assert_cmpfloat (input->data[4 * 16 + 4], ==, 0);
  g_assert_cmpfloat (input->data[(4 + 3) * 16 + 4 + 3], ==, 255);
}

/* Left half black, right half white, with an EXIF segment that says how the camera was held. */
static GBytes *
make_turned (guint8 orientation)
{
  guint8 exif[] = { 0xff, 0xe1, 0,    34, 'E', 'x', 'i', 'f', 0, 0, 'I',         'I', 42, 0, 8, 0, 0, 0,
                    1,    0,    0x12, 1,  3,   0,   1,   0,   0, 0, orientation, 0,   0,  0, 0, 0, 0, 0 };
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 32, 32);
  g_autoptr (GdkPixbuf) right = gdk_pixbuf_new_subpixbuf (pixbuf, 16, 0, 16, 32);
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (GByteArray) turned = g_byte_array_new ();
  gsize size;
  const guint8 *data;

  gdk_pixbuf_fill (pixbuf, 0);
  gdk_pixbuf_fill (right, 0xffffffff);
  plain = save (pixbuf, "jpeg");
  data = g_bytes_get_data (plain, &size);
  g_byte_array_append (turned, data, 2);
  g_byte_array_append (turned, exif, sizeof exif);
  g_byte_array_append (turned, data + 2, (guint) size - 2);
  return g_byte_array_free_to_bytes (g_steal_pointer (&turned));
}

/* 1: as it is; 3: upside down; 6: turned clockwise for looking at; 8: the other way. */
static void
test_orientation (void)
{
  static const struct
  {
    guint8 orientation;
    guint white; /* the number of a white quarter's pixel; its opposite is black */
    guint black;
  } cases[] = { { 1, 1, 0 }, { 3, 0, 1 }, { 6, 2, 0 }, { 8, 0, 2 } };
  g_autoptr (LrpNetwork) network = make_network (1, 2, 2);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = make_turned (cases[i].orientation);
      g_autoptr (LrpTensor) image = load_good (bytes, network);
      g_assert_cmpfloat (image->data[cases[i].white], >, 200);
      g_assert_cmpfloat (image->data[cases[i].black], <, 55);
    }
}

static guint32 crc32 (const guint8 *data, gsize size);

/* The same in a PNG, which says it in a chunk, in either order of bytes. */
static void
test_orientation_of_png (void)
{
  static const char big[] = "\0\0\0\32eXIfMM\0*\0\0\0\10\0\1\1\22\0\3\0\0\0\1\0\6\0\0\0\0\0\0";
  static const char little[] = "\0\0\0\32eXIfII*\0\10\0\0\0\1\0\22\1\3\0\1\0\0\0\6\0\0\0\0\0\0\0";
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 32, 32);
  g_autoptr (GdkPixbuf) right = gdk_pixbuf_new_subpixbuf (pixbuf, 16, 0, 16, 32);
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (LrpNetwork) network = make_network (1, 2, 2);

  gdk_pixbuf_fill (pixbuf, 0);
  gdk_pixbuf_fill (right, 0xffffffff);
  plain = save (pixbuf, "png");
  for (guint i = 0; i < 2; i++)
    {
      const guint8 *chunk = (const guint8 *) (i ? big : little), *data = g_bytes_get_data (plain, NULL);
      const guint32 crc = GUINT32_TO_BE (crc32 (chunk + 4, 4 + 26));
      g_autoptr (GByteArray) turned = g_byte_array_new ();
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (LrpTensor) image = NULL;
      g_byte_array_append (turned, data, 33);
      g_byte_array_append (turned, chunk, 8 + 26);
      g_byte_array_append (turned, (const guint8 *) &crc, 4);
      g_byte_array_append (turned, data + 33, (guint) g_bytes_get_size (plain) - 33);
      bytes = g_byte_array_free_to_bytes (g_steal_pointer (&turned));
      image = load_good (bytes, network);
      g_assert_cmpfloat (image->data[2], >, 200);
      g_assert_cmpfloat (image->data[0], <, 55);
    }
}

/* What gdk-pixbuf cannot read is called what it is, not damaged: floats, and whole numbers of 32 bits. */
static void
test_tiff_bits (void)
{
  static const char one[] = "II*\0\10\0\0\0\2\0\2\1\3\0\1\0\0\0 \0\0\0\23\1\3\0\1\0\0\0\3\0\0\0\0\0\0\0";
  static const char three[] = "MM\0*\0\0\0\10\0\1\1\2\0\3\0\0\0\3\0\0\0\32\0\0\0\0\0 \0 \0 ";
  g_autoptr (LrpNetwork) network = make_network (1, 2, 2);
  g_autoptr (GBytes) gray = g_bytes_new_static (one, sizeof one - 1);
  g_autoptr (GBytes) colors = g_bytes_new_static (three, sizeof three - 1);

  assert_fails (gray, network, "32 bits in each channel");
  assert_fails (colors, network, "32 bits in each channel");
}

static void
test_kinds (void)
{
  static const char *const kinds[] = { "png", "tiff", "bmp" };
  /* One white pixel, and one black. */
  static const char gif[] = "GIF89a\2\0\1\0\200\1\0\377\377\377\0\0\0,\0\0\0\0\2\0\1\0\0\2\2D\12\0;";
  g_autoptr (LrpNetwork) network = make_network (3, 6, 5), small = make_network (1, 1, 2);
  g_autoptr (GBytes) bytes = g_bytes_new_static (gif, sizeof gif - 1);
  g_autoptr (GBytes) pgm = g_bytes_new_static ("P5\n# 9 9\n2 1\n255\n\377\1", 19);
  g_autoptr (LrpTensor) image = load_good (bytes, small), gray = load_good (pgm, small);

  g_assert_cmpfloat (image->data[0], ==, 255);
  g_assert_cmpfloat (image->data[1], ==, 0);
  g_assert_cmpfloat (gray->data[0], ==, 255);
  g_assert_cmpfloat (gray->data[1], ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GBytes) saved = make_pattern (5, 6, FALSE, kinds[i]);
      g_autoptr (LrpTensor) same = load_good (saved, network);
      for (guint k = 0; k < 30; k++)
        g_assert_cmpfloat (same->data[30 + k], ==, pattern ((int) k % 5, (int) k / 5, 1));
    }
}

static guint32
crc32 (const guint8 *data, gsize size)
{
  guint32 crc = 0xffffffff;

  for (gsize i = 0; i < size; i++)
    {
      crc ^= data[i];
      for (guint bit = 0; bit < 8; bit++)
        crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
    }
  return ~crc;
}

/* A PNG that is nothing but a header, with the CRC that belongs to it, and pixel data that hold no pixels. */
static GBytes *
make_png_header (guint32 width, guint32 height, guint8 depth, guint8 color)
{
  guint32 size[2] = { GUINT32_TO_BE (width), GUINT32_TO_BE (height) }, crc;
  guint8 file[33 + 12] = "\211PNG\r\n\032\n\0\0\0\rIHDR........\0\0\0\0\0....\0\0\0\0IDAT\65\257\6\36";

  memcpy (file + 16, size, 8);
  file[24] = depth;
  file[25] = color;
  crc = GUINT32_TO_BE (crc32 (file + 12, 17));
  memcpy (file + 29, &crc, 4);
  return g_bytes_new (file, sizeof file);
}

/* Sizes are refused from the header, one pixel row beyond what is allowed; the good twin is damaged, not too large. */
static void
test_too_large (void)
{
  static const struct
  {
    guint32 width, height;
    guint8 depth, color;
    const char *fragment;
  } cases[] = {
    { 20000, 20000, 1, 0, "20000 × 20000" },
    { 65500, 65500, 16, 6, "65500 × 65500" },
    { 10000, 10001, 8, 0, "10000 × 10001" },
    /* Few pixels, but no surface is so long. */
    { 40000, 20, 8, 2, "40000 × 20" },
    { 1, 32768, 8, 0, "1 × 32768" },
    { 32767, 1, 8, 0, "damaged" },
    { 10001, 10000, 8, 2, "10001 × 10000" },
    { 10000, 10000, 1, 0, "damaged" },
    { 2000000000, 2000000000, 8, 2, "damaged" },
    { 0, 10, 8, 2, "damaged" },
    { 10, 10, 9, 2, "damaged" },
  };
  g_autoptr (LrpNetwork) network = make_network (1, 28, 28);
  /* The headers of 40000 x 40000 pixels as GIF and as BMP. */
  g_autoptr (GBytes) gif =
      g_bytes_new_static ("GIF89a\100\234\100\234\200\0\0\0\0\0\377\377\377,\0\0\0\0\100\234\100\234\0\2\2D\1\0;", 35);
  g_autoptr (GBytes) bmp =
      g_bytes_new_static ("BM\0\0\0\0\0\0\0\0\66\0\0\0\50\0\0\0\100\234\0\0\100\234\0\0\1\0\30\0\0\0\0\0\0\0\0\0"
                          "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
                          56);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = make_png_header (cases[i].width, cases[i].height, cases[i].depth, cases[i].color);
      assert_fails (bytes, network, cases[i].fragment);
    }
  assert_fails (gif, network, "40000 × 40000");
  assert_fails (bmp, network, "40000 × 40000");
}

static void
test_not_pictures (void)
{
  static const struct
  {
    const char *content, *fragment;
  } cases[] = {
    { "", "the file is empty" },
    { "Hello, world.\n", "not a picture that can be read" },
    { "<!DOCTYPE html><html><body>not found</body></html>", "not a picture" },
    { "P5\n", "damaged" },
    { "P5\n4 4\n255\n123456789012345", "damaged or cut off" },
    { "P6\n#4\n2 2\n255\n12345678901", "damaged or cut off" },
    { "\211PNG\r\n\032\n", "damaged" },
    { "\377\330\377", "damaged" },
    { "GIF89a", "damaged" },
    { "BM", "damaged" },
  };
  g_autoptr (LrpNetwork) network = make_network (1, 28, 28);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (cases[i].content, strlen (cases[i].content));
      assert_fails (bytes, network, cases[i].fragment);
    }
}

/* Drawings are read where the system can; nothing beside the file is, whatever they refer to. */
static void
test_svg (void)
{
  static const char content[] = "<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY e SYSTEM 'file:///etc/hostname'>]>"
                                "<svg xmlns='http://www.w3.org/2000/svg' width='6' height='5'>"
                                "<rect width='3' height='5'/><image href='file:///etc/hostname' width='2'/></svg>";
  g_autoptr (LrpNetwork) network = make_network (3, 5, 6);
  g_autoptr (GBytes) bytes = g_bytes_new_static (content, sizeof content - 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpTensor) image = load (bytes, network, &error);

  if (!image)
    {
      g_assert_nonnull (strstr (error->message, "cannot be read on this computer"));
      return;
    }
  g_assert_cmpfloat (image->data[0], ==, 0);
  g_assert_cmpfloat (image->data[5], ==, 255);
}

/* Half a picture is no picture: an explanation of its grey rest would be worth nothing. */
static void
test_cut_off (void)
{
  static const char *const kinds[] = { "png", "jpeg", "tiff", "bmp" };
  g_autoptr (LrpNetwork) network = make_network (3, 28, 28);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GBytes) whole = make_pattern (64, 64, FALSE, kinds[i]), half = NULL;
      g_autoptr (LrpTensor) image = load_good (whole, network);
      g_assert_cmpuint (image->count, ==, 3 * 28 * 28);
      half = g_bytes_new_from_bytes (whole, 0, g_bytes_get_size (whole) / 2);
      g_test_message ("%s", kinds[i]);
      assert_fails (half, network, "damaged or cut off");
    }
}

/* Any byte may be wrong and any number of them missing: there is an image or an error. */
static void
test_corruption (void)
{
  static const char *const kinds[] = { "png", "jpeg", "bmp" };
  g_autoptr (LrpNetwork) network = make_network (3, 4, 4);

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autoptr (GBytes) whole = make_pattern (6, 5, FALSE, kinds[k]);
      gsize size = g_bytes_get_size (whole);
      for (gsize i = 0; i < 2 * size; i++)
        {
          g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (whole, NULL), i < size ? MAX (i, 1) : size);
          g_autoptr (GError) error = NULL;
          g_autoptr (GBytes) bytes = NULL;
          g_autoptr (LrpTensor) image = NULL;
          if (i >= size)
            data[i - size] ^= (guint8) (1 << i % 8);
          bytes = g_bytes_new_static (data, i < size ? i : size);
          image = load (bytes, network, &error);
          g_assert_true ((image != NULL) == (error == NULL));
        }
    }
}

static void
test_networks (void)
{
  g_autoptr (GBytes) bytes = make_plain (2, 2, 0xffffffff);
  g_autoptr (LrpNetwork) flat = lrp_network_new ("net", "input", &LRP_SHAPE (1, 785)), two = make_network (2, 8, 8);

  assert_fails (bytes, flat, "input is 1x785");
  assert_fails (bytes, two, "input is 1x2x8x8");
}

static void
test_files (void)
{
  g_autofree char *folder = g_dir_make_tmp ("picture-XXXXXX", NULL), *path = g_build_filename (folder, "a.txt", NULL);
  g_autoptr (LrpNetwork) network = make_network (3, 6, 5);
  g_autoptr (GBytes) bytes = make_pattern (5, 6, FALSE, "png");
  g_autoptr (LrpTensor) image = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (load_file (path, network, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_assert_null (strstr (error->message, folder));
  g_clear_error (&error);
  g_assert_null (load_file (folder, network, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ISDIR);
  g_clear_error (&error);
  /* What a file is called does not matter. */
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL));
  image = load_file (path, network, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (image->data[1], ==, pattern (1, 0, 0));
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static GdkPixbuf *
open_bytes (GBytes *bytes)
{
  g_autofree char *folder = g_dir_make_tmp ("picture-XXXXXX", NULL), *path = g_build_filename (folder, "a", NULL);
  g_autoptr (GError) error = NULL;
  GdkPixbuf *picture;

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL));
  picture = lrp_picture_open (path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  return picture;
}

/* Which part each way to fit takes, of a picture of 400 x 200 for an input of 100 x 100. */
static void
test_fits (void)
{
  static const struct
  {
    LrpFit fit;
    double share;
    LrpRegion expected;
  } cases[] = {
    { LRP_FIT_FILL, 1, { 100, 0, 200, 200 } },   { LRP_FIT_FILL, 0.5, { 150, 50, 100, 100 } },
    { LRP_FIT_WHOLE, 1, { 0, -100, 400, 400 } }, { LRP_FIT_WHOLE, 0.5, { 0, -100, 400, 400 } },
    { LRP_FIT_STRETCH, 1, { 0, 0, 400, 200 } },  { LRP_FIT_STRETCH, 0.875, { 25, 12, 350, 176 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LrpRegion region, clipped;
      LrpFit fit;
      lrp_fit_find_region (cases[i].fit, cases[i].share, 400, 200, 100, 100, &region);
      g_assert_cmpfloat_with_epsilon (region.x, cases[i].expected.x, 1e-9);
      g_assert_cmpfloat_with_epsilon (region.y, cases[i].expected.y, 1e-9);
      g_assert_cmpfloat_with_epsilon (region.width, cases[i].expected.width, 1e-9);
      g_assert_cmpfloat_with_epsilon (region.height, cases[i].expected.height, 1e-9);
      lrp_region_clip (&region, 400, 200, &clipped);
      g_assert_cmpfloat (clipped.x, >=, 0);
      g_assert_cmpfloat (clipped.y + clipped.height, <=, 200);
      g_assert_true (lrp_fit_parse (lrp_fit_name (cases[i].fit), &fit, NULL));
      g_assert_cmpint (fit, ==, cases[i].fit);
    }
}

/* All of a wide picture: its colours in the middle, and above and below it numbers that say nothing. */
static void
test_whole (void)
{
  g_autoptr (GBytes) bytes = make_plain (40, 20, 0x102030ff);
  g_autoptr (GdkPixbuf) picture = open_bytes (bytes);
  g_autoptr (LrpNetwork) network = make_network (3, 8, 8);
  g_autoptr (LrpTensor) image = NULL;
  LrpRegion region;

  network->input.mean[0] = 5;
  g_assert_true (
      lrp_prepare_find_region (picture, NULL, network, &(LrpPreparing){ LRP_FIT_WHOLE, FALSE }, &region, NULL, NULL));
  image = lrp_prepare_region (picture, &region, network, NULL, NULL);
  for (int y = 0; y < 8; y++)
    for (int x = 0; x < 8; x++)
      g_assert_cmpfloat_with_epsilon (image->data[8 * y + x], y < 2 || y > 5 ? 0 : 0x10 - 5, 1e-4);
}

/* A part of a picture is what the whole of that part alone would be, away from its edges. */
static void
test_region (void)
{
  g_autoptr (GdkPixbuf) picture = draw_pattern (60, 50, FALSE);
  g_autoptr (GdkPixbuf) part = gdk_pixbuf_new_subpixbuf (picture, 7, 11, 32, 24);
  g_autoptr (LrpNetwork) network = make_network (3, 12, 16);
  const LrpRegion here = { 7, 11, 32, 24 }, all = { 0, 0, 32, 24 };
  g_autoptr (LrpTensor) a = lrp_prepare_region (picture, &here, network, NULL, NULL);
  g_autoptr (LrpTensor) b = lrp_prepare_region (part, &all, network, NULL, NULL);

  for (int y = 1; y < 11; y++)
    for (int x = 1; x < 15; x++)
      g_assert_cmpfloat_with_epsilon (a->data[16 * y + x], b->data[16 * y + x], 1e-3);
}

/* Wherever the part lies, even beside the picture, nothing is read that is not there. */
static void
test_wild_regions (void)
{
  g_autoptr (GdkPixbuf) picture = draw_pattern (9, 7, FALSE);
  g_autoptr (LrpNetwork) network = make_network (3, 5, 5);

  for (int i = 0; i < 400; i++)
    {
      LrpRegion region = { g_test_rand_double_range (-30, 30), g_test_rand_double_range (-30, 30),
                           g_test_rand_double_range (0.01, 60), g_test_rand_double_range (0.01, 60) };
      g_autoptr (LrpTensor) image = lrp_prepare_region (picture, &region, network, NULL, NULL);
      for (gsize k = 0; k < image->count; k++)
        g_assert_true (image->data[k] >= -0.01f && image->data[k] <= 255.01f);
    }
}

static void
test_notes (void)
{
  g_autoptr (GBytes) board = make_ink (0x000000ff, 0xffffffff), paper = make_ink (0xffffffff, 0x000000ff);
  g_autoptr (GdkPixbuf) first = open_bytes (board), second = open_bytes (paper);
  g_autoptr (LrpNetwork) network = make_network (1, 8, 8);
  const LrpRegion all = { 0, 0, 8, 8 };
  g_autoptr (LrpTensor) a = NULL, b = NULL;
  LrpPictureNotes notes;

  network->input.inverted = TRUE;
  a = lrp_prepare_region (first, &all, network, &notes, NULL);
  g_assert_true (notes.paper == LRP_PAPER_NONE && !notes.inverted);
  b = lrp_prepare_region (second, &all, network, &notes, NULL);
  g_assert_true (notes.paper == LRP_PAPER_NONE && notes.inverted);
  g_assert_cmpmem (a->data, 64 * sizeof (float), b->data, 64 * sizeof (float));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/scaled-as-pil", test_scaled_as_pil);
  g_test_add_func ("/picture/crop", test_crop);
  g_test_add_func ("/picture/exact-size", test_exact_size);
  g_test_add_func ("/picture/odd-sizes", test_odd_sizes);
  g_test_add_func ("/picture/colors", test_colors);
  g_test_add_func ("/picture/gray", test_gray);
  g_test_add_func ("/picture/alpha", test_alpha);
  g_test_add_func ("/picture/paper", test_paper);
  g_test_add_func ("/picture/ink", test_ink);
  g_test_add_func ("/picture/ink-from-afar", test_ink_from_afar);
  g_test_add_func ("/picture/plain-ink", test_plain_ink);
  g_test_add_func ("/picture/orientation", test_orientation);
  g_test_add_func ("/picture/orientation-of-png", test_orientation_of_png);
  g_test_add_func ("/picture/tiff-bits", test_tiff_bits);
  g_test_add_func ("/picture/kinds", test_kinds);
  g_test_add_func ("/picture/too-large", test_too_large);
  g_test_add_func ("/picture/not-pictures", test_not_pictures);
  g_test_add_func ("/picture/svg", test_svg);
  g_test_add_func ("/picture/cut-off", test_cut_off);
  g_test_add_func ("/picture/corruption", test_corruption);
  g_test_add_func ("/picture/networks", test_networks);
  g_test_add_func ("/picture/files", test_files);
  g_test_add_func ("/picture/fits", test_fits);
  g_test_add_func ("/picture/whole", test_whole);
  g_test_add_func ("/picture/region", test_region);
  g_test_add_func ("/picture/wild-regions", test_wild_regions);
  g_test_add_func ("/picture/notes", test_notes);
  return g_test_run ();
}
