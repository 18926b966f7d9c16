/* SPDX-License-Identifier: GPL-3.0-or-later */
/* photo-paint.c: what is painted on a photo. Each pixel follows from the photo and the brush's movements alone, so any
 * part can be painted anew at any time; only the part that changed is. */
#include "config.h"

#include "app/photo.h"

#include <math.h>
#include <string.h>

/* Grains of noise along the longer side: as large as the pixels of usual networks, which see a mean of finer ones. */
#define GRAINS 256

/**
 * RlvPhotoLayer:
 * @n_spots: how much of the movement is painted
 * @cover: how much of each pixel it covers so far
 * @below: the surface without it, inside of @area
 * @area: what it has touched
 *
 * The movement that goes on; the system gives memory only for the pages of it that are touched.
 */
struct _RlvPhotoLayer
{
  guint n_spots;
  guint8 *cover;
  guint32 *below;
  cairo_rectangle_int_t area;
};

/* --- what a brush leaves behind -------------------------------------------------------------------------------- */

static void
fill_plain (guint32 color, int n, guint32 *pixels)
{
  for (int i = 0; i < n; i++)
    pixels[i] = color;
}

static void
fill_mean (const RlvPhoto *photo, const RlvPaint *paint, int x, int y, int n, guint32 *pixels)
{
  fill_plain (photo->mean, n, pixels);
}

static void
fill_black (const RlvPhoto *photo, const RlvPaint *paint, int x, int y, int n, guint32 *pixels)
{
  fill_plain (0xff000000u, n, pixels);
}

static void
fill_white (const RlvPhoto *photo, const RlvPaint *paint, int x, int y, int n, guint32 *pixels)
{
  fill_plain (0xffffffffu, n, pixels);
}

static void
fill_original (const RlvPhoto *photo, const RlvPaint *paint, int x, int y, int n, guint32 *pixels)
{
  lrp_picture_copy_row (photo->pixels, y, x, n, pixels);
}

/* Two neighbours of n, and how far the place is from the first to the second, in 1/256. */
static void
find_neighbours (int at, int length, int n, int *first, int *second, guint32 *share)
{
  double place = (at + 0.5) * n / length - 0.5;

  *first = CLAMP ((int) floor (place), 0, n - 1);
  *second = MIN (*first + 1, n - 1);
  *share = (guint32) (256 * CLAMP (place - *first, 0, 1));
}

static void
fill_blur (const RlvPhoto *photo, const RlvPaint *paint, int x, int y, int n, guint32 *pixels)
{
  const guint8 *small = gdk_pixbuf_read_pixels (photo->blurred);
  int stride = gdk_pixbuf_get_rowstride (photo->blurred), x1, x2, y1, y2;
  guint32 across, down;

  find_neighbours (y, rlv_photo_get_height (photo), gdk_pixbuf_get_height (photo->blurred), &y1, &y2, &down);
  for (int i = 0; i < n; i++)
    {
      find_neighbours (x + i, rlv_photo_get_width (photo), gdk_pixbuf_get_width (photo->blurred), &x1, &x2, &across);
      pixels[i] = 0xff;
      for (int c = 0; c < 3; c++)
        {
          guint32 above = small[y1 * stride + 3 * x1 + c] * (256 - across) + small[y1 * stride + 3 * x2 + c] * across;
          guint32 below = small[y2 * stride + 3 * x1 + c] * (256 - across) + small[y2 * stride + 3 * x2 + c] * across;
          pixels[i] = pixels[i] << 8 | (above * (256 - down) + below * down + 0x8000) >> 16;
        }
    }
}

/* Bits that look random, for a place and a seed: what is near to each other in goes far from each other out. */
static guint32
scatter (guint32 x, guint32 y, guint32 seed)
{
  guint32 bits = x * 0x9e3779b1u + y * 0x85ebca77u + seed * 0xc2b2ae3du;

  bits = (bits ^ bits >> 15) * 0x2c1b3c6du;
  bits = (bits ^ bits >> 12) * 0x297a2d39u;
  return bits ^ bits >> 15;
}

static void
fill_noise (const RlvPhoto *photo, const RlvPaint *paint, int x, int y, int n, guint32 *pixels)
{
  int longer = MAX (rlv_photo_get_width (photo), rlv_photo_get_height (photo)), grain = MAX (longer / GRAINS, 1);

  for (int i = 0; i < n; i++)
    pixels[i] = 0xff000000u | scatter ((guint32) ((x + i) / grain), (guint32) (y / grain), paint->seed);
}

static void (*const fill_rows[RLV_N_FILLS]) (
    const RlvPhoto *photo, const RlvPaint *paint, int x, int y, int n, guint32 *pixels) = {
  [RLV_FILL_MEAN] = fill_mean,   [RLV_FILL_BLUR] = fill_blur,   [RLV_FILL_NOISE] = fill_noise,
  [RLV_FILL_BLACK] = fill_black, [RLV_FILL_WHITE] = fill_white, [RLV_FILL_ORIGINAL] = fill_original,
};

/**
 * rlv_photo_fill_row:
 * @photo: a photo
 * @paint: a movement over it
 * @x: of the first pixel
 * @y: of all
 * @n: how many
 * @pixels: (out caller-allocates): 0xffRRGGBB each
 *
 * Finds what the brush leaves behind where it covers all.
 */
void
rlv_photo_fill_row (const RlvPhoto *photo, const RlvPaint *paint, int x, int y, int n, guint32 *pixels)
{
  fill_rows[paint->fill](photo, paint, x, y, n, pixels);
}

/* --- on the surface ---------------------------------------------------------------------------------------------- */

static guint32 *
get_pixel (const RlvPhoto *photo, int x, int y)
{
  return (guint32 *) (void *) (cairo_image_surface_get_data (photo->surface)
                               + (gsize) y * (gsize) cairo_image_surface_get_stride (photo->surface))
         + x;
}

/* Returns: whether anything is left */
static gboolean
intersect (cairo_rectangle_int_t *a, const cairo_rectangle_int_t *b)
{
  int x2 = MIN (a->x + a->width, b->x + b->width), y2 = MIN (a->y + a->height, b->y + b->height);

  a->x = MAX (a->x, b->x);
  a->y = MAX (a->y, b->y);
  a->width = MAX (x2 - a->x, 0);
  a->height = MAX (y2 - a->y, 0);
  return a->width > 0 && a->height > 0;
}

static void
unite (cairo_rectangle_int_t *a, const cairo_rectangle_int_t *b)
{
  int x2 = MAX (a->x + a->width, b->x + b->width), y2 = MAX (a->y + a->height, b->y + b->height);

  if (b->width == 0 || b->height == 0)
    return;
  if (a->width == 0 || a->height == 0)
    {
      *a = *b;
      return;
    }
  a->x = MIN (a->x, b->x);
  a->y = MIN (a->y, b->y);
  a->width = x2 - a->x;
  a->height = y2 - a->y;
}

static gboolean
get_part (const RlvPhoto *photo, const RlvPaint *paint, guint first, cairo_rectangle_int_t *part)
{
  const cairo_rectangle_int_t all = { 0, 0, rlv_photo_get_width (photo), rlv_photo_get_height (photo) };

  rlv_paint_get_extents (paint, first, part);
  return intersect (part, &all);
}

static guint32
mix (guint32 below, guint32 fill, guint32 cover)
{
  guint32 mixed = 0xff;

  for (int shift = 16; shift >= 0; shift -= 8)
    mixed = mixed << 8 | ((below >> shift & 0xff) * (255 - cover) + (fill >> shift & 0xff) * cover + 127) / 255;
  return mixed;
}

/* n pixels, of which as much is covered as `cover` says. */
static void
mix_row (const RlvPhoto *photo, const RlvPaint *paint, int x, int y, int n, const guint8 *cover, const guint32 *below,
         guint32 *fill)
{
  guint32 *pixels = get_pixel (photo, x, y);
  int first = 0;

  while (first < n && cover[first] == 0)
    first++;
  while (n > first && cover[n - 1] == 0)
    n--;
  if (first >= n)
    return;
  rlv_photo_fill_row (photo, paint, x + first, y, n - first, fill);
  for (int i = first; i < n; i++)
    if (cover[i] > 0)
      pixels[i] = mix (below[i], fill[i - first], cover[i]);
}

static void
paint_area (RlvPhoto *photo, const RlvPaint *paint, const cairo_rectangle_int_t *area)
{
  gsize stride = (gsize) area->width;
  g_autofree guint8 *cover = g_malloc0 (stride * (gsize) area->height);
  g_autofree guint32 *fill = g_new (guint32, stride);

  rlv_paint_cover (paint, 0, area, cover, stride);
  for (int y = 0; y < area->height; y++)
    mix_row (photo, paint, area->x, area->y + y, area->width, cover + (gsize) y * stride,
             get_pixel (photo, area->x, area->y + y), fill);
}

/* Everything in a part, from the beginning. */
static void
paint_anew (RlvPhoto *photo, const GPtrArray *paints, const cairo_rectangle_int_t *area)
{
  for (int y = area->y; y < area->y + area->height; y++)
    lrp_picture_copy_row (photo->pixels, y, area->x, area->width, get_pixel (photo, area->x, y));
  for (guint i = 0; i < paints->len; i++)
    {
      cairo_rectangle_int_t part;
      if (get_part (photo, paints->pdata[i], 0, &part) && intersect (&part, area))
        paint_area (photo, paints->pdata[i], &part);
    }
}

/* --- the movement that goes on ------------------------------------------------------------------------------------ */

static RlvPhotoLayer *
layer_new (const RlvPhoto *photo)
{
  RlvPhotoLayer *layer = g_new0 (RlvPhotoLayer, 1);
  gsize n = (gsize) rlv_photo_get_width (photo) * (gsize) rlv_photo_get_height (photo);

  layer->cover = g_malloc0 (n);
  layer->below = g_new (guint32, n);
  return layer;
}

/**
 * _rlv_photo_drop_layer:
 * @photo: a photo
 *
 * Nothing goes on any more.
 */
void
_rlv_photo_drop_layer (RlvPhoto *photo)
{
  if (!photo->layer)
    return;
  g_free (photo->layer->cover);
  g_free (photo->layer->below);
  g_clear_pointer (&photo->layer, g_free);
}

static void
save_below (RlvPhoto *photo, int x, int y, int width, int height)
{
  gsize stride = (gsize) rlv_photo_get_width (photo);

  for (int i = y; i < y + height && width > 0; i++)
    memcpy (photo->layer->below + (gsize) i * stride + x, get_pixel (photo, x, i), (gsize) width * sizeof (guint32));
}

/* Keeps what is below as much as was not kept before: the strips around the old part. */
static void
grow_layer (RlvPhoto *photo, const cairo_rectangle_int_t *part)
{
  const cairo_rectangle_int_t old = photo->layer->area;
  cairo_rectangle_int_t *area = &photo->layer->area;

  unite (area, part);
  if (old.width == 0)
    {
      save_below (photo, area->x, area->y, area->width, area->height);
      return;
    }
  save_below (photo, area->x, area->y, area->width, old.y - area->y);
  save_below (photo, area->x, old.y + old.height, area->width, area->y + area->height - old.y - old.height);
  save_below (photo, area->x, old.y, old.x - area->x, old.height);
  save_below (photo, old.x + old.width, old.y, area->x + area->width - old.x - old.width, old.height);
}

/* Paints the way to the spots that are new. */
static void
lead_on (RlvPhoto *photo, const RlvPaint *paint, cairo_rectangle_int_t *changed)
{
  RlvPhotoLayer *layer = photo->layer;
  gsize stride = (gsize) rlv_photo_get_width (photo);
  cairo_rectangle_int_t part;
  g_autofree guint32 *fill = NULL;
  guint first = layer->n_spots;

  layer->n_spots = paint->spots->len;
  if (first == paint->spots->len || !get_part (photo, paint, first, &part))
    return;
  grow_layer (photo, &part);
  rlv_paint_cover (paint, first, &part, layer->cover + (gsize) part.y * stride + part.x, stride);
  fill = g_new (guint32, (gsize) part.width);
  for (int y = part.y; y < part.y + part.height; y++)
    mix_row (photo, paint, part.x, y, part.width, layer->cover + (gsize) y * stride + part.x,
             layer->below + (gsize) y * stride + part.x, fill);
  unite (changed, &part);
}

/* --- all together --------------------------------------------------------------------------------------------------- */

static guint
count_common (const GPtrArray *a, const GPtrArray *b)
{
  guint n = 0;

  while (n < a->len && n < b->len && a->pdata[n] == b->pdata[n])
    n++;
  return n;
}

static void
unite_rest (const RlvPhoto *photo, const GPtrArray *paints, guint first, cairo_rectangle_int_t *area)
{
  for (guint i = first; i < paints->len; i++)
    {
      cairo_rectangle_int_t part;
      if (get_part (photo, paints->pdata[i], 0, &part))
        unite (area, &part);
    }
}

static void
remember (RlvPhoto *photo, const GPtrArray *paints)
{
  g_ptr_array_set_size (photo->paints, 0);
  for (guint i = 0; i < paints->len; i++)
    g_ptr_array_add (photo->paints, rlv_paint_ref (paints->pdata[i]));
}

/* One more, or the last one's new spots; else what differs is painted from the beginning. */
static void
update (RlvPhoto *photo, const GPtrArray *paints, gboolean going_on, cairo_rectangle_int_t *changed)
{
  guint common = count_common (photo->paints, paints);

  if (photo->layer && common == photo->paints->len && common == paints->len)
    {
      lead_on (photo, paints->pdata[paints->len - 1], changed);
      return;
    }
  if (common == photo->paints->len && common == paints->len)
    return;
  _rlv_photo_drop_layer (photo);
  if (going_on && common == photo->paints->len && common + 1 == paints->len)
    {
      photo->layer = layer_new (photo);
      lead_on (photo, paints->pdata[common], changed);
    }
  else
    {
      unite_rest (photo, photo->paints, common, changed);
      unite_rest (photo, paints, common, changed);
      paint_anew (photo, paints, changed);
    }
  remember (photo, paints);
}

/**
 * rlv_photo_paint:
 * @photo: a photo
 * @paints: (element-type RlvPaint): what is to be painted on it, in this order
 * @going_on: whether the last of them will grow
 *
 * Makes the surface show the photo with what is painted on it. Only what is not as it should be is touched.
 */
void
rlv_photo_paint (RlvPhoto *photo, const GPtrArray *paints, gboolean going_on)
{
  cairo_rectangle_int_t changed = { 0 };

  g_atomic_int_inc (&photo->writers);
  g_mutex_lock (&photo->lock);
  cairo_surface_flush (photo->surface);
  update (photo, paints, going_on, &changed);
  if (!going_on)
    _rlv_photo_drop_layer (photo);
  if (changed.width > 0)
    {
      photo->stamp++;
      cairo_surface_mark_dirty_rectangle (photo->surface, changed.x, changed.y, changed.width, changed.height);
      _rlv_photo_update_levels (photo, &changed);
      unite (&photo->changes, &changed);
    }
  g_mutex_unlock (&photo->lock);
  g_atomic_int_add (&photo->writers, -1);
}

/**
 * rlv_photo_take_changes:
 * @photo: a photo
 * @changes: (out caller-allocates): in pixels of the photo
 *
 * Returns: whether something was painted since this was asked last
 */
gboolean
rlv_photo_take_changes (RlvPhoto *photo, cairo_rectangle_int_t *changes)
{
  *changes = photo->changes;
  photo->changes = (cairo_rectangle_int_t) { 0 };
  return changes->width > 0;
}
