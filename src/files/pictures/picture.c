/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture.c: a picture file becomes the input of a network */
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

/* A channel as seen on white paper. */
static guint32
lay_on_white (guint32 value, guint32 alpha)
{
  return 255 - ((255 - value) * alpha + 127) / 255;
}

/**
 * lrp_picture_copy_row:
 * @picture: a picture
 * @y: a row
 * @from: the first pixel
 * @n: how many
 * @pixels: (out caller-allocates): 0xffRRGGBB each
 *
 * Copies a part of a row as it is seen on white paper.
 */
void
lrp_picture_copy_row (const GdkPixbuf *picture, gint64 y, gint64 from, gint64 n, guint32 *pixels)
{
  const guint8 *pixel = get_pixel (picture, from, y);
  guint n_channels = (guint) gdk_pixbuf_get_n_channels (picture);

  for (gint64 i = 0; i < n; i++, pixel += n_channels)
    {
      guint32 alpha = n_channels == 4 ? pixel[3] : 255;
      pixels[i] = 0xff000000u | lay_on_white (pixel[0], alpha) << 16 | lay_on_white (pixel[1], alpha) << 8
                  | lay_on_white (pixel[2], alpha);
    }
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

/* Paper brighter than this, on a scale where it is 0 and ink is 255, is not plain; ink darker than that is pale. */
#define PLAIN_PAPER 12
#define PALE_INK    190
/* Less than this between paper and ink is no handwriting. */
#define LEAST_CONTRAST 40
/* How much of the way from paper to ink is still paper: its grain and its shadows. */
#define PAPER_SHARE 0.25f

static int
compare_floats (gconstpointer a, gconstpointer b)
{
  float x = *(const float *) a, y = *(const float *) b;

  return x < y ? -1 : x > y;
}

/* Whether a pixel has four neighbours on the picture; pixels beyond the picture are NaN. */
static gboolean
is_inside (const LrpTensor *image, gsize i)
{
  const gsize width = (gsize) image->shape.dims[3], height = (gsize) image->shape.dims[2];
  const gsize x = i % width, y = i / width % height;

  return x > 0 && x < width - 1 && y > 0 && y < height - 1 && !isnan (image->data[i - 1]) && !isnan (image->data[i + 1])
         && !isnan (image->data[i - width]) && !isnan (image->data[i + width]);
}

/* The values in ascending order, without those that lie beyond the picture. */
static GArray *
collect (const LrpTensor *image, gboolean only_border)
{
  GArray *values = g_array_new (FALSE, FALSE, sizeof (float));

  for (gsize i = 0; i < image->count; i++)
    if (!isnan (image->data[i]) && !(only_border && is_inside (image, i)))
      g_array_append_val (values, image->data[i]);
  g_array_sort (values, compare_floats);
  return values;
}

/* The quantile of values from 0 to 1: the one that this share of them lies below. */
static float
find_quantile (const LrpTensor *image, gboolean only_border, double share)
{
  g_autoptr (GArray) values = collect (image, only_border);

  return values->len ? g_array_index (values, float, (guint) (share * (values->len - 1))) : 0;
}

/* Stretches the levels so that paper is 0 and ink 255. Returns: whether that was needed */
static gboolean
stretch (LrpTensor *image)
{
  float paper = find_quantile (image, TRUE, 0.5), ink = find_quantile (image, FALSE, 0.99);
  float low = paper + PAPER_SHARE * (ink - paper);

  if ((paper <= PLAIN_PAPER && ink >= PALE_INK) || ink - paper < LEAST_CONTRAST)
    return FALSE;
  for (gsize i = 0; i < image->count; i++)
    if (!isnan (image->data[i]))
      image->data[i] = CLAMP ((image->data[i] - low) / (ink - low), 0, 1) * 255;
  return TRUE;
}

static void
invert (LrpTensor *image)
{
  for (gsize i = 0; i < image->count; i++)
    image->data[i] = 255 - image->data[i];
}

/* From [1, C, H, W] in 0..255, red first, to what the network reads. Beyond the picture there is 0, to which most
 * methods give no relevance. */
static void
preprocess (LrpTensor *image, const LrpInput *input)
{
  gsize n_channels = (gsize) image->shape.dims[1], plane = image->count / n_channels;

  for (gsize i = 0; input->pixels == LRP_PIXELS_BGR && n_channels == 3 && i < plane; i++)
    {
      float red = image->data[i];
      image->data[i] = image->data[2 * plane + i];
      image->data[2 * plane + i] = red;
    }
  for (gsize c = 0; c < n_channels; c++)
    for (gsize i = c * plane; i < (c + 1) * plane; i++)
      {
        double value = (double) image->data[i];
        image->data[i] = isnan (value) ? 0 : (float) ((value * input->scale - input->mean[c]) / input->std[c]);
      }
}

/**
 * lrp_picture_is_transparent:
 * @picture: a picture
 *
 * Returns: whether something would be seen through it
 */
gboolean
lrp_picture_is_transparent (const GdkPixbuf *picture)
{
  gint64 width = gdk_pixbuf_get_width (picture), height = gdk_pixbuf_get_height (picture);

  if (gdk_pixbuf_get_n_channels (picture) != 4)
    return FALSE;
  for (gint64 y = 0; y < height; y++)
    for (gint64 x = 0; x < width; x++)
      if (get_pixel (picture, x, y)[3] < 255)
        return TRUE;
  return FALSE;
}

/**
 * lrp_picture_find_region:
 * @picture: a picture
 * @network: the network that shall see it; its input must be [N, 1 or 3, H, W]
 * @fit: how the picture is fitted to the input
 * @region: (out caller-allocates): what of the picture becomes the input
 * @error: return location for an error
 *
 * Returns: whether the network sees pictures
 */
gboolean
lrp_picture_find_region (const GdkPixbuf *picture, const LrpNetwork *network, LrpFit fit, LrpRegion *region,
                         GError **error)
{
  LrpShape shape;

  if (!check_network (network, &shape, error))
    return FALSE;
  lrp_fit_find_region (fit, network->input.crop, gdk_pixbuf_get_width (picture), gdk_pixbuf_get_height (picture),
                       shape.dims[3], shape.dims[2], region);
  return TRUE;
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

/* A network that was trained on bright ink is shown bright ink. */
static void
finish_input (LrpTensor *image, const LrpNetwork *network, LrpPictureNotes *notes)
{
  const LrpInput *input = &network->input;

  *notes = (LrpPictureNotes){ .inverted = input->inverted && find_quantile (image, TRUE, 0.5) > 127.5f };
  if (notes->inverted)
    invert (image);
  notes->stretched = input->inverted && stretch (image);
  preprocess (image, input);
}

/**
 * lrp_picture_to_input:
 * @picture: a picture
 * @region: what of it the network shall see
 * @network: the network; its input must be [N, 1 or 3, H, W]
 * @notes: (out caller-allocates) (optional): what people should know of
 * @error: return location for an error
 *
 * Makes a network's input from a picture: on white where it is transparent, scaled to the size of the input, in the
 * colours and the range of numbers that the network was trained on. For a network that was trained on bright ink, a
 * picture with a bright border is inverted, and where its paper is not plain or its ink pale, they are made so. Beyond
 * the picture the input is 0.
 *
 * Returns: (transfer full) (nullable): [1, C, H, W]
 */
LrpTensor *
lrp_picture_to_input (const GdkPixbuf *picture, const LrpRegion *region, const LrpNetwork *network,
                      LrpPictureNotes *notes, GError **error)
{
  const Origin origin = { copy_from_pixbuf, picture };
  g_autoptr (LrpTensor) image = NULL;
  LrpPictureNotes found;
  LrpShape shape;

  if (!check_network (network, &shape, error) || !(image = lrp_tensor_new (&shape, error))
      || !sample (&origin, gdk_pixbuf_get_width (picture), gdk_pixbuf_get_height (picture), region, NULL, image, error))
    return NULL;
  finish_input (image, network, &found);
  found.transparent = lrp_picture_is_transparent (picture);
  if (notes)
    *notes = found;
  return g_steal_pointer (&image);
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
 * lrp_canvas_to_input:
 * @image: what lrp_canvas_sample() has found
 * @network: the network that shall see it
 * @notes: (out caller-allocates) (optional): what people should know of; nothing is known of transparent parts
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the network's input, as of lrp_picture_to_input()
 */
LrpTensor *
lrp_canvas_to_input (const LrpTensor *image, const LrpNetwork *network, LrpPictureNotes *notes, GError **error)
{
  LrpTensor *input = lrp_tensor_new_copy (&image->shape, image->data, error);
  LrpPictureNotes found;

  if (!input)
    return NULL;
  finish_input (input, network, &found);
  if (notes)
    *notes = found;
  return input;
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
 * Copies a picture as it is seen on white paper.
 */
void
lrp_picture_copy_pixels (const GdkPixbuf *picture, guint32 *pixels, gsize stride)
{
  for (gint64 y = 0; y < gdk_pixbuf_get_height (picture); y++)
    lrp_picture_copy_row (picture, y, 0, gdk_pixbuf_get_width (picture), pixels + (gsize) y * stride);
}
