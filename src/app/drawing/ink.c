/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ink.c: the ink on the paper, and how it is brought into the form of MNIST: the larger side of its box made 20 of 28
 * pixels, grey by area, its centre of mass put into the middle (LeCun et al. 1998, section III.A) */
#include "config.h"

#include "app/drawing/ink.h"

#include "app/drawing/ink-left.h"

#include <math.h>
#include <string.h>

/* The larger side of the ink's box, as a share of the field. */
#define BOX (20.0 / 28.0)
/* The middle as the MNIST files have it: pixel 14 of 0..27, so half a pixel beside the geometric one. */
#define MIDDLE_OFFSET 0.5
/* Ink is painted this many times finer than the field and then averaged; less for large fields. */
#define SUPERSAMPLE  4
#define LARGEST_FINE 448
/* Fainter ink than this, of 255, is not counted as ink when looking for what an eraser left. */
#define FAINT 48

/**
 * rlv_picture_new:
 * @pixels: (array): [height, width], 0 is paper and 1 is ink; copied
 * @width: columns, at least 1
 * @height: rows, at least 1
 * @label: (nullable): what it shows
 *
 * Returns: (transfer full): a picture
 */
RlvPicture *
rlv_picture_new (const float *pixels, int width, int height, const char *label)
{
  RlvPicture *picture = g_new0 (RlvPicture, 1);
  gsize n = (gsize) width * (gsize) height;

  picture->width = width;
  picture->height = height;
  picture->pixels = g_new (float, n);
  for (gsize i = 0; i < n; i++)
    picture->pixels[i] = CLAMP (pixels[i], 0.0f, 1.0f);
  picture->label = g_strdup (label);
  return picture;
}

/**
 * rlv_picture_free:
 * @picture: (nullable) (transfer full): a picture
 *
 * Frees it.
 */
void
rlv_picture_free (RlvPicture *picture)
{
  if (!picture)
    return;
  g_free (picture->pixels);
  g_free (picture->label);
  g_free (picture);
}

static cairo_surface_t *
picture_to_surface (const RlvPicture *picture)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, picture->width, picture->height);
  guchar *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);

  for (int y = 0; data && y < picture->height; y++)
    for (int x = 0; x < picture->width; x++)
      data[(gsize) y * stride + x] = (guchar) lrintf (picture->pixels[(gsize) y * picture->width + x] * 255);
  cairo_surface_mark_dirty (surface);
  return surface;
}

/* The picture fills the pad, centred if it is not square. */
static void
draw_picture (const RlvPicture *picture, cairo_t *cr, double size, cairo_filter_t filter)
{
  cairo_surface_t *surface = picture_to_surface (picture);
  double side = MAX (picture->width, picture->height);
  double left = (side - picture->width) / 2, top = (side - picture->height) / 2;

  cairo_save (cr);
  cairo_scale (cr, size / side, size / side);
  cairo_set_source_surface (cr, surface, left, top);
  cairo_pattern_set_filter (cairo_get_source (cr), filter);
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_rectangle (cr, left, top, picture->width, picture->height);
  cairo_fill (cr);
  cairo_restore (cr);
  cairo_surface_destroy (surface);
}

/* On a surface of nothing but coverage. */
static void
draw_coverage (const RlvInk *ink, cairo_t *cr, double size, cairo_filter_t filter)
{
  cairo_rectangle (cr, 0, 0, size, size);
  cairo_clip (cr);
  if (ink->picture)
    draw_picture (ink->picture, cr, size, filter);
  cairo_set_source_rgba (cr, 0, 0, 0, 1);
  for (guint i = 0; ink->strokes && i < ink->strokes->len; i++)
    {
      const RlvStroke *stroke = ink->strokes->pdata[i];
      cairo_set_operator (cr, stroke->eraser ? CAIRO_OPERATOR_DEST_OUT : CAIRO_OPERATOR_OVER);
      rlv_stroke_draw (stroke, cr, size);
    }
}

/* Coverage on width x height pixels; the pad lies at x, y and is `size` wide. */
static cairo_surface_t *
render (const RlvInk *ink, int width, int height, double x, double y, double size, cairo_filter_t filter)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, width, height);
  cairo_t *cr = cairo_create (surface);

  cairo_translate (cr, x, y);
  draw_coverage (ink, cr, size, filter);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

/**
 * rlv_ink_render:
 * @ink: the ink
 * @size: of the pad, in pixels
 *
 * Returns: (transfer full): an A8 surface: how much of each pixel is ink
 */
cairo_surface_t *
rlv_ink_render (const RlvInk *ink, int size)
{
  return render (ink, size, size, 0, 0, size, CAIRO_FILTER_BILINEAR);
}

/* Where pens have been, whatever was erased later: x1, y1, x2, y2 within the pad; FALSE if nowhere. */
static gboolean
get_drawn_extents (const RlvInk *ink, double extents[4], gboolean *erased)
{
  double all[4] = { 1, 1, 0, 0 };

  *erased = FALSE;
  for (guint i = 0; ink->strokes && i < ink->strokes->len; i++)
    {
      const RlvStroke *stroke = ink->strokes->pdata[i];
      double e[4];

      if (stroke->eraser || stroke->points->len == 0)
        {
          *erased |= stroke->eraser;
          continue;
        }
      rlv_stroke_get_extents (stroke, 0, e);
      all[0] = MIN (all[0], MAX (e[0], 0));
      all[1] = MIN (all[1], MAX (e[1], 0));
      all[2] = MAX (all[2], MIN (e[2], 1));
      all[3] = MAX (all[3], MIN (e[3], 1));
    }
  memcpy (extents, all, sizeof all);
  return all[0] < all[2] && all[1] < all[3];
}

/* The box, in pixels, of what is not fainter than `faint`; FALSE if all of it is. */
static gboolean
get_pixel_box (cairo_surface_t *surface, guchar faint, int box[4])
{
  const guchar *data = cairo_image_surface_get_data (surface);
  int width = cairo_image_surface_get_width (surface), height = cairo_image_surface_get_height (surface);
  int stride = cairo_image_surface_get_stride (surface);

  box[0] = width;
  box[1] = height;
  box[2] = box[3] = 0;
  for (int y = 0; data && y < height; y++)
    for (int x = 0; x < width; x++)
      if (data[(gsize) y * stride + x] > faint)
        {
          box[0] = MIN (box[0], x);
          box[1] = MIN (box[1], y);
          box[2] = MAX (box[2], x + 1);
          box[3] = MAX (box[3], y + 1);
        }
  return box[0] < box[2];
}

/* Looks again, closer, at what lies within extents, and tightens them around the ink that is really there. */
static gboolean
tighten (const RlvInk *ink, double extents[4])
{
  const int fine = 128;
  double side = MAX (extents[2] - extents[0], extents[3] - extents[1]), scale = fine / side;
  cairo_surface_t *surface =
      render (ink, fine, fine, -extents[0] * scale, -extents[1] * scale, scale, CAIRO_FILTER_BILINEAR);
  int box[4];
  gboolean any = get_pixel_box (surface, FAINT, box);

  cairo_surface_destroy (surface);
  if (!any)
    return FALSE;
  extents[2] = extents[0] + box[2] / scale;
  extents[3] = extents[1] + box[3] / scale;
  extents[0] += box[0] / scale;
  extents[1] += box[1] / scale;
  return TRUE;
}

/* The box around the ink of all strokes, in shares of the pad; FALSE if there is none. */
static gboolean
get_extents (const RlvInk *ink, double extents[4])
{
  gboolean erased;

  if (!get_drawn_extents (ink, extents, &erased))
    return FALSE;
  return !erased || tighten (ink, extents);
}

/**
 * rlv_ink_is_empty:
 * @ink: the ink
 *
 * Returns: whether nothing is to be seen, because nothing was drawn or all of it was erased
 */
gboolean
rlv_ink_is_empty (const RlvInk *ink)
{
  gboolean erased;
  double extents[4];
  int box[4];
  cairo_surface_t *surface;
  gboolean any;

  if (rlv_ink_is_left (ink))
    return FALSE;
  if (!get_drawn_extents (ink, extents, &erased) && !ink->picture)
    return TRUE;
  if (!erased)
    return FALSE;
  surface = rlv_ink_render (ink, 112);
  any = get_pixel_box (surface, FAINT, box);
  cairo_surface_destroy (surface);
  return !any;
}

/* Where the whole pad is the field, as large as it can be. */
static void
place_whole_pad (int width, int height, RlvPadGrid *grid)
{
  grid->scale = MIN (width, height);
  grid->dx = (width - grid->scale) / 2;
  grid->dy = (height - grid->scale) / 2;
}

/* The box made as large as MNIST's, and put into the geometric middle; its size in cells is left in `box`. */
static void
place_box (const double extents[4], int width, int height, RlvPadGrid *grid, double box[2])
{
  double field = MIN (width, height), ex = extents[2] - extents[0], ey = extents[3] - extents[1];

  grid->scale = MIN (BOX * field / MAX (ex, ey), RLV_INK_MAX_MAGNIFICATION * field);
  grid->dx = width / 2.0 - grid->scale * (extents[0] + extents[2]) / 2;
  grid->dy = height / 2.0 - grid->scale * (extents[1] + extents[3]) / 2;
  box[0] = grid->scale * ex;
  box[1] = grid->scale * ey;
}

static void
get_centre_of_mass (cairo_surface_t *surface, double *x_out, double *y_out)
{
  const guchar *data = cairo_image_surface_get_data (surface);
  int width = cairo_image_surface_get_width (surface), height = cairo_image_surface_get_height (surface);
  int stride = cairo_image_surface_get_stride (surface);
  gint64 mass = 0, mx = 0, my = 0;

  for (int y = 0; data && y < height; y++)
    {
      gint64 row = 0;

      for (int x = 0; x < width; x++)
        {
          gint64 v = data[(gsize) y * stride + x];
          row += v;
          mx += v * x;
        }
      mass += row;
      my += row * y;
    }
  *x_out = mass > 0 ? (double) mx / (double) mass + 0.5 : width / 2.0;
  *y_out = mass > 0 ? (double) my / (double) mass + 0.5 : height / 2.0;
}

/* How far, in fine pixels, to move the ink so that its centre of mass is in the middle and its box stays inside. */
static int
get_shift (double centre, double box, int cells, int fine)
{
  double wanted = (cells / 2.0 + MIDDLE_OFFSET) * fine - centre, room = (cells - box) / 2 * fine;

  return (int) CLAMP (lrint (wanted), (long) ceil (-room), (long) floor (room));
}

/* out: [height, width], each the mean of fine x fine pixels of a surface moved by dx, dy. */
static void
average (cairo_surface_t *surface, int fine, int dx, int dy, int width, int height, float *out)
{
  const guchar *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  int fine_width = width * fine, fine_height = height * fine;
  float share = 1.0f / (255.0f * (float) (fine * fine));

  memset (out, 0, sizeof (float) * (gsize) width * (gsize) height);
  for (int y = MAX (0, -dy); data && y < MIN (fine_height, fine_height - dy); y++)
    {
      float *row = out + (gsize) ((y + dy) / fine) * width;

      for (int x = MAX (0, -dx); x < MIN (fine_width, fine_width - dx); x++)
        row[(x + dx) / fine] += share * (float) data[(gsize) y * stride + x];
    }
  for (gsize i = 0; i < (gsize) width * (gsize) height; i++)
    out[i] = MIN (out[i], 1.0f);
}

/**
 * rlv_ink_rasterize:
 * @ink: the ink
 * @width: columns of the network's field
 * @height: rows of the network's field
 * @fit: whether to scale and centre the ink as MNIST does; otherwise the whole pad is the field
 * @out: (out caller-allocates) (array): [height, width], 0 is paper and 1 is ink
 * @grid: (out caller-allocates) (nullable): where the field lies on the pad
 *
 * Makes the ink what a network reads. A picture is never fitted, since it already is such a field; nor is empty paper.
 */
void
rlv_ink_rasterize (const RlvInk *ink, int width, int height, gboolean fit, float *out, RlvPadGrid *grid)
{
  int fine = CLAMP (LARGEST_FINE / MAX (width, height), 1, SUPERSAMPLE), shift_x = 0, shift_y = 0;
  double extents[4], box[2];
  RlvPadGrid own;
  cairo_surface_t *surface;

  fit = fit && !ink->picture && get_extents (ink, extents);
  if (fit)
    place_box (extents, width, height, &own, box);
  else
    place_whole_pad (width, height, &own);
  /* Without smoothing, a picture of the field's own size comes out as it went in. */
  surface =
      render (ink, width * fine, height * fine, own.dx * fine, own.dy * fine, own.scale * fine, CAIRO_FILTER_NEAREST);
  if (fit)
    {
      double x, y;

      get_centre_of_mass (surface, &x, &y);
      shift_x = get_shift (x, box[0], width, fine);
      shift_y = get_shift (y, box[1], height, fine);
    }
  average (surface, fine, shift_x, shift_y, width, height, out);
  cairo_surface_destroy (surface);
  own.dx += (double) shift_x / fine;
  own.dy += (double) shift_y / fine;
  if (grid)
    *grid = own;
}
