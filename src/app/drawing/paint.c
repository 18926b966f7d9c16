/* SPDX-License-Identifier: GPL-3.0-or-later */
/* paint.c: one movement of the brush over a photo, and how much of each pixel it covers. What it covers is the most of
 * what each piece of the way covers alone, so that it does not matter how many pieces are looked at together: painting
 * while the brush moves, and all at once when something is undone, give the same pixels. */
#include "config.h"

#include "app/drawing/paint.h"

#include <math.h>
#include <string.h>

/* The brush is whole up to this share of its radius. */
#define CORE 0.6f
/* A spot that is nearer to the last one, as a share of the radius, is left out. */
#define NEAREST 0.06f
/* No brush goes farther from the photo, in pixels. */
#define FARTHEST 1e6

static const char *const fills[RLV_N_FILLS] = {
  [RLV_FILL_MEAN] = "mean",   [RLV_FILL_BLUR] = "blur",   [RLV_FILL_NOISE] = "noise",
  [RLV_FILL_BLACK] = "black", [RLV_FILL_WHITE] = "white", [RLV_FILL_ORIGINAL] = "original",
};

/**
 * rlv_fill_name:
 * @fill: what a brush leaves behind
 *
 * Returns: its name in settings and actions
 */
const char *
rlv_fill_name (RlvFill fill)
{
  return fills[fill];
}

/**
 * rlv_fill_parse:
 * @name: a name
 * @fill: (out): what it names
 *
 * Returns: whether it names anything
 */
gboolean
rlv_fill_parse (const char *name, RlvFill *fill)
{
  for (guint i = 0; i < RLV_N_FILLS; i++)
    if (g_str_equal (fills[i], name))
      {
        *fill = (RlvFill) i;
        return TRUE;
      }
  return FALSE;
}

/**
 * rlv_paint_new:
 * @fill: what it leaves behind
 * @radius: of the brush, in pixels of the photo
 * @seed: of what is random in it
 *
 * Returns: (transfer full): a movement that has not begun
 */
RlvPaint *
rlv_paint_new (RlvFill fill, double radius, guint32 seed)
{
  RlvPaint *paint = g_atomic_rc_box_new0 (RlvPaint);

  *paint = (RlvPaint){ fill, seed, (float) MAX (radius, 0.5), g_array_new (FALSE, FALSE, sizeof (RlvSpot)) };
  return paint;
}

/**
 * rlv_paint_ref:
 * @paint: a movement
 *
 * Returns: (transfer full): @paint
 */
RlvPaint *
rlv_paint_ref (RlvPaint *paint)
{
  return g_atomic_rc_box_acquire (paint);
}

static void
paint_clear (gpointer data)
{
  g_array_unref (((RlvPaint *) data)->spots);
}

/**
 * rlv_paint_unref:
 * @paint: (transfer full) (nullable): a movement
 */
void
rlv_paint_unref (RlvPaint *paint)
{
  if (paint)
    g_atomic_rc_box_release_full (paint, paint_clear);
}

/**
 * rlv_paint_add:
 * @paint: a movement
 * @x: in pixels of the photo, from its left edge
 * @y: from its upper edge
 *
 * Leads the brush on.
 *
 * Returns: whether that makes a difference
 */
gboolean
rlv_paint_add (RlvPaint *paint, double x, double y)
{
  RlvSpot spot;

  if (!isfinite (x) || !isfinite (y))
    return FALSE;
  spot = (RlvSpot){ (float) CLAMP (x, -FARTHEST, FARTHEST), (float) CLAMP (y, -FARTHEST, FARTHEST) };
  if (paint->spots->len > 0)
    {
      const RlvSpot *last = &g_array_index (paint->spots, RlvSpot, paint->spots->len - 1);
      if (hypotf (spot.x - last->x, spot.y - last->y) < NEAREST * paint->radius)
        return FALSE;
    }
  g_array_append_val (paint->spots, spot);
  return TRUE;
}

/* The whole pixels around a piece of the way. */
static void
get_piece_extents (const RlvSpot *a, const RlvSpot *b, float radius, cairo_rectangle_int_t *extents)
{
  int x1 = (int) floorf (MIN (a->x, b->x) - radius), y1 = (int) floorf (MIN (a->y, b->y) - radius);
  int x2 = (int) ceilf (MAX (a->x, b->x) + radius), y2 = (int) ceilf (MAX (a->y, b->y) + radius);

  *extents = (cairo_rectangle_int_t){ x1, y1, x2 - x1, y2 - y1 };
}

/* The way to the i-th spot; the way to the first one is that spot. */
static void
get_piece (const RlvPaint *paint, guint i, RlvSpot *a, RlvSpot *b)
{
  *a = g_array_index (paint->spots, RlvSpot, i > 0 ? i - 1 : 0);
  *b = g_array_index (paint->spots, RlvSpot, i);
}

/**
 * rlv_paint_get_extents:
 * @paint: a movement
 * @first: a spot
 * @extents: (out caller-allocates): in pixels of the photo, possibly beside it
 *
 * Finds what is covered by the way to the spots from @first on.
 */
void
rlv_paint_get_extents (const RlvPaint *paint, guint first, cairo_rectangle_int_t *extents)
{
  int x2 = 0, y2 = 0;

  *extents = (cairo_rectangle_int_t){ 0 };
  for (guint i = first; i < paint->spots->len; i++)
    {
      cairo_rectangle_int_t piece;
      RlvSpot a, b;

      get_piece (paint, i, &a, &b);
      get_piece_extents (&a, &b, paint->radius, &piece);
      x2 = i == first ? piece.x + piece.width : MAX (x2, piece.x + piece.width);
      y2 = i == first ? piece.y + piece.height : MAX (y2, piece.y + piece.height);
      extents->x = i == first ? piece.x : MIN (extents->x, piece.x);
      extents->y = i == first ? piece.y : MIN (extents->y, piece.y);
    }
  extents->width = x2 - extents->x;
  extents->height = y2 - extents->y;
}

/* n pixels from x on in a row; level falls with the square of the distance from the piece. */
static void
cover_row (const RlvSpot *a, const RlvSpot *b, float radius, int x, int y, int n, guint8 *cover)
{
  const float dx = b->x - a->x, dy = b->y - a->y, square = dx * dx + dy * dy;
  const float inverse = square > 0 ? 1 / square : 0, outer = radius * radius;
  const float slope = 255 / (outer * (1 - CORE * CORE)), py = (float) y + 0.5f - a->y;

  for (int i = 0; i < n; i++)
    {
      float px = (float) (x + i) + 0.5f - a->x, t = (px * dx + py * dy) * inverse, ex, ey, level;

      t = t < 0 ? 0 : t > 1 ? 1 : t;
      ex = px - t * dx;
      ey = py - t * dy;
      level = (outer - (ex * ex + ey * ey)) * slope + 0.5f;
      level = level < 0 ? 0 : level > 255 ? 255 : level;
      cover[i] = (guint8) MAX ((int) level, (int) cover[i]);
    }
}

/* How far the middle of an area is from a piece of the way, and how far its corners are from its middle. */
static float
find_distance (const RlvSpot *a, const RlvSpot *b, const cairo_rectangle_int_t *area, float *reach)
{
  const float x = (float) area->x + (float) area->width / 2 - a->x;
  const float y = (float) area->y + (float) area->height / 2 - a->y;
  const float dx = b->x - a->x, dy = b->y - a->y, square = dx * dx + dy * dy;
  const float t = square > 0 ? CLAMP ((x * dx + y * dy) / square, 0, 1) : 0;

  *reach = hypotf ((float) area->width, (float) area->height) / 2 + 1;
  return hypotf (x - t * dx, y - t * dy);
}

/**
 * rlv_paint_touches:
 * @paint: a movement
 * @first: a spot
 * @area: pixels of the photo
 *
 * Returns: whether the way to the spots from @first on may cover anything of @area
 */
gboolean
rlv_paint_touches (const RlvPaint *paint, guint first, const cairo_rectangle_int_t *area)
{
  for (guint i = first; i < paint->spots->len; i++)
    {
      float reach;
      RlvSpot a, b;

      get_piece (paint, i, &a, &b);
      if (find_distance (&a, &b, area, &reach) < paint->radius + reach)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_covered (const guint8 *cover, gsize n)
{
  return cover[0] == 255 && memcmp (cover, cover + 1, n - 1) == 0;
}

/**
 * rlv_paint_cover:
 * @paint: a movement
 * @first: a spot
 * @area: the pixels of the photo that are looked at: a small area, since each is taken as a whole where that can be
 * @cover: (array): how much of each is covered, 0..255, row by row; where it is more than that already, it stays
 *
 * Finds what the way to the spots from @first on covers.
 *
 * Returns: whether @cover may have changed
 */
gboolean
rlv_paint_cover (const RlvPaint *paint, guint first, const cairo_rectangle_int_t *area, guint8 *cover)
{
  const gsize stride = (gsize) area->width, n = stride * (gsize) area->height;
  gboolean changed = FALSE;

  if (is_covered (cover, n))
    return FALSE;
  for (guint i = first; i < paint->spots->len; i++)
    {
      float distance, reach;
      RlvSpot a, b;

      get_piece (paint, i, &a, &b);
      distance = find_distance (&a, &b, area, &reach);
      if (distance >= paint->radius + reach)
        continue;
      changed = TRUE;
      if (distance + reach < CORE * paint->radius)
        {
          memset (cover, 255, n);
          break;
        }
      for (int y = 0; y < area->height; y++)
        cover_row (&a, &b, paint->radius, area->x, area->y + y, area->width, cover + (gsize) y * stride);
    }
  return changed;
}
