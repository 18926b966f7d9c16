/* SPDX-License-Identifier: GPL-3.0-or-later */
/* background.c: what a network was shown, as ink or as a picture to lay relevance over */
#include "config.h"

#include "heat/background.h"

#include <math.h>

/* Values of one picture, [channels, cells], and how they become 0..255. */
typedef struct
{
  const float *values;
  gsize cells;
  const LrpInput *light; /* NULL but for networks that read light itself, whose levels are found by this */
  double factor[LRP_MAX_CHANNELS], offset[LRP_MAX_CHANNELS];
} Plane;

/* Nothing is known of the range, so the values' own is taken. */
static void
stretch (Plane *plane, int channels)
{
  float low = INFINITY, high = -INFINITY;

  for (gsize i = 0; i < plane->cells * (gsize) channels; i++)
    if (isfinite (plane->values[i]))
      {
        low = MIN (low, plane->values[i]);
        high = MAX (high, plane->values[i]);
      }
  for (int c = 0; c < channels; c++)
    {
      plane->factor[c] = high > low ? 255.0 / ((double) high - low) : 0;
      plane->offset[c] = high > low ? -low * plane->factor[c] : 0;
    }
}

static void
undo_preprocessing (Plane *plane, const LrpInput *input, int channels)
{
  plane->light = input->linear ? input : NULL;
  for (int c = 0; c < channels; c++)
    {
      plane->factor[c] = input->std[c] / input->scale;
      plane->offset[c] = input->mean[c] / input->scale;
    }
}

static guint32
get_byte (const Plane *plane, int channel, gsize cell)
{
  double value = plane->values[(gsize) channel * plane->cells + cell];
  double x = plane->light ? lrp_input_to_level (plane->light, (guint) channel, value)
                          : value * plane->factor[channel] + plane->offset[channel];

  return isnan (x) ? 0 : (guint32) lrint (CLAMP (x, 0, 255));
}

static cairo_surface_t *
make_picture (const Plane *plane, LrpPixels pixels, int channels, int width, int height)
{
  cairo_surface_t *picture = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  guint8 *data = cairo_image_surface_get_data (picture);
  gsize stride = (gsize) cairo_image_surface_get_stride (picture);
  int red = pixels == LRP_PIXELS_BGR ? 2 : 0;

  for (gsize i = 0; data && i < plane->cells; i++)
    {
      guint32 *pixel = (guint32 *) (data + i / (gsize) width * stride) + i % (gsize) width;
      guint32 r = get_byte (plane, channels == 1 ? 0 : red, i);
      guint32 g = get_byte (plane, channels == 1 ? 0 : 1, i);
      guint32 b = get_byte (plane, channels == 1 ? 0 : 2 - red, i);
      *pixel = 0xff000000u | r << 16 | g << 8 | b;
    }
  cairo_surface_mark_dirty (picture);
  return picture;
}

static cairo_surface_t *
make_ink (const Plane *plane, int width, int height)
{
  cairo_surface_t *ink = cairo_image_surface_create (CAIRO_FORMAT_A8, width, height);
  guint8 *data = cairo_image_surface_get_data (ink);
  gsize stride = (gsize) cairo_image_surface_get_stride (ink);

  for (gsize i = 0; data && i < plane->cells; i++)
    data[i / (gsize) width * stride + i % (gsize) width] = (guint8) get_byte (plane, 0, i);
  cairo_surface_mark_dirty (ink);
  return ink;
}

/* Ink of few cells becomes a shape with a sharp edge where it is 40 % dark, as the pen left it. */
static void
sharpen (cairo_surface_t *ink, double slope)
{
  guint8 *data = cairo_image_surface_get_data (ink);
  gsize size = (gsize) cairo_image_surface_get_stride (ink) * (gsize) cairo_image_surface_get_height (ink);
  guint8 table[256];

  cairo_surface_flush (ink);
  for (int i = 0; i < 256; i++)
    table[i] = (guint8) lrint (CLAMP (127.5 + slope * (i - 102), 0, 255));
  for (gsize i = 0; data && i < size; i++)
    data[i] = table[data[i]];
  cairo_surface_mark_dirty (ink);
}

static cairo_surface_t *
enlarge_ink (cairo_surface_t *cells, int width, int height, gboolean contour)
{
  cairo_surface_t *ink = cairo_image_surface_create (CAIRO_FORMAT_A8, width, height);
  double scale = (double) width / cairo_image_surface_get_width (cells);
  cairo_t *cr = cairo_create (ink);

  cairo_scale (cr, scale, (double) height / cairo_image_surface_get_height (cells));
  cairo_set_source_surface (cr, cells, 0, 0);
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_pattern_set_filter (cairo_get_source (cr), contour ? CAIRO_FILTER_BILINEAR : CAIRO_FILTER_NEAREST);
  cairo_paint (cr);
  cairo_destroy (cr);
  if (contour && scale >= 4)
    sharpen (ink, scale / 1.5);
  return ink;
}

/**
 * lrp_background_init:
 * @background: (out caller-allocates): the background
 * @input: how pictures become this network's input
 * @values: (array): [channels, cells_h, cells_w], the input of the network
 * @channels: how many channels
 * @cells_w: input pixels in a row
 * @cells_h: input pixels in a column
 * @width: device pixels that the drawing will have in a row
 * @height: device pixels that the drawing will have in a column
 * @contour: whether the ink's contour will be drawn, so that its edge must be smooth
 *
 * Undoes the network's preprocessing, so that people see what they gave it. Where it is not known what the channels
 * are, one is taken as grey and three as red, green and blue, between their least and largest values.
 */
void
lrp_background_init (LrpBackground *background, const LrpInput *input, const float *values, int channels, int cells_w,
                     int cells_h, int width, int height, gboolean contour)
{
  Plane plane = { .values = values, .cells = (gsize) cells_w * (gsize) cells_h };

  *background = (LrpBackground){ 0 };
  if (channels != 1 && channels != 3)
    return;
  if (input->pixels == LRP_PIXELS_UNKNOWN || !(input->scale > 0))
    stretch (&plane, channels);
  else
    undo_preprocessing (&plane, input, channels);
  if (channels == 1 && input->inverted)
    {
      cairo_surface_t *cells = make_ink (&plane, cells_w, cells_h);
      background->ink = enlarge_ink (cells, width, height, contour);
      cairo_surface_destroy (cells);
    }
  else
    background->picture = make_picture (&plane, input->pixels, channels, cells_w, cells_h);
}

/**
 * lrp_background_clear:
 * @background: a background whose images are freed
 */
void
lrp_background_clear (LrpBackground *background)
{
  g_clear_pointer (&background->ink, cairo_surface_destroy);
  g_clear_pointer (&background->picture, cairo_surface_destroy);
}
