/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stroke.c: the smooth line through the points of a stroke: a centripetal Catmull-Rom spline, which neither loops nor
 * swings out where points lie unevenly, as they do under a fast hand. Its outline is filled rather than its path
 * stroked: the width follows the pressure, and where a wide pen turns sharply Cairo's stroke leaves holes */
#include "config.h"

#include "app/drawing/stroke.h"

#include <math.h>

/* A point nearer to the last one than this share of the pad is left out, for it would make no visible difference. */
#define NEAREST               1e-3f
#define LEAST_PRESSURE_CHANGE 0.02f
/* No piece is made of more straight links than this. */
#define MAX_LINKS 64
/* Radians: two pieces of an outline that turn less than this meet without a disc between them. */
#define SOFT_TURN 0.15
/* Points may lie beside the pad, as when the pen leaves it; this far at most. */
#define FARTHEST 1.0

/* A piece of the line: a Bezier curve from p[0] to p[3], and how thick it is at both ends. */
typedef struct
{
  double x[4], y[4];
  double radius[2];
} Piece;

/**
 * rlv_stroke_new:
 * @width: of the line, as a share of the pad
 * @eraser: whether it takes ink away
 *
 * Starts a stroke that has no point yet.
 *
 * Returns: (transfer full): the stroke
 */
RlvStroke *
rlv_stroke_new (double width, gboolean eraser)
{
  RlvStroke *stroke = g_new0 (RlvStroke, 1);

  stroke->width = CLAMP (width, RLV_PEN_WIDTH_MIN, RLV_PEN_WIDTH_MAX);
  stroke->eraser = eraser;
  stroke->points = g_array_new (FALSE, FALSE, sizeof (RlvPoint));
  return stroke;
}

/**
 * rlv_stroke_copy:
 * @stroke: a stroke
 *
 * Returns: (transfer full): another stroke with the same points
 */
RlvStroke *
rlv_stroke_copy (const RlvStroke *stroke)
{
  RlvStroke *copy = rlv_stroke_new (stroke->width, stroke->eraser);

  g_array_append_vals (copy->points, stroke->points->data, stroke->points->len);
  copy->seconds = stroke->seconds;
  copy->begun = stroke->begun;
  return copy;
}

/**
 * rlv_stroke_free:
 * @stroke: (nullable) (transfer full): a stroke
 *
 * Frees it.
 */
void
rlv_stroke_free (RlvStroke *stroke)
{
  if (!stroke)
    return;
  g_array_unref (stroke->points);
  g_free (stroke);
}

/**
 * rlv_stroke_add:
 * @stroke: a stroke
 * @x: 0..1 from the left of the pad; may lie outside
 * @y: 0..1 from the top of the pad; may lie outside
 * @pressure: 0..1; half of it is as wide as the pen
 *
 * Leads the line on to a point.
 *
 * Returns: %FALSE if the point was left out, because it is where the line ends already
 */
gboolean
rlv_stroke_add (RlvStroke *stroke, double x, double y, double pressure)
{
  RlvPoint point;

  if (!isfinite (x) || !isfinite (y) || !isfinite (pressure))
    return FALSE;
  point.x = (float) CLAMP (x, -FARTHEST, 1 + FARTHEST);
  point.y = (float) CLAMP (y, -FARTHEST, 1 + FARTHEST);
  point.pressure = (float) CLAMP (pressure, 0, 1);
  if (stroke->points->len > 0)
    {
      const RlvPoint *last = &g_array_index (stroke->points, RlvPoint, stroke->points->len - 1);
      if (hypotf (point.x - last->x, point.y - last->y) < NEAREST
          && fabsf (point.pressure - last->pressure) < LEAST_PRESSURE_CHANGE)
        return FALSE;
    }
  if (!stroke->points->len)
    stroke->begun = g_get_monotonic_time ();
  stroke->seconds = (double) (g_get_monotonic_time () - stroke->begun) / 1e6;
  g_array_append_val (stroke->points, point);
  return TRUE;
}

static const RlvPoint *
get_point (const RlvStroke *stroke, guint i)
{
  return &g_array_index (stroke->points, RlvPoint, MIN (i, stroke->points->len - 1));
}

/* A lone point is a piece too, of no length. */
static guint
count_pieces (const RlvStroke *stroke)
{
  return stroke->points->len > 1 ? stroke->points->len - 1 : stroke->points->len;
}

static double
get_radius (const RlvStroke *stroke, const RlvPoint *point)
{
  return stroke->width / 2 * (1 - RLV_PRESSURE_NORMAL + (double) point->pressure);
}

/* The control point beside b, on the side of c, where the line comes from a; roots are those of the distances. */
static double
control (double a, double b, double c, double root_ab, double root_bc)
{
  double p = root_ab * root_ab, q = root_bc * root_bc;

  if (root_ab < 1e-4)
    return b;
  return (p * c - q * a + (2 * p + 3 * root_ab * root_bc + q) * b) / (3 * root_ab * (root_ab + root_bc));
}

static double
root_distance (const RlvPoint *a, const RlvPoint *b)
{
  return sqrt (hypot ((double) (a->x - b->x), (double) (a->y - b->y)));
}

/* The line from point i to point i + 1, which leans on the points before and after. */
static void
get_piece (const RlvStroke *stroke, guint i, double size, Piece *piece)
{
  const RlvPoint *a = get_point (stroke, i > 0 ? i - 1 : 0), *b = get_point (stroke, i);
  const RlvPoint *c = get_point (stroke, i + 1), *d = get_point (stroke, i + 2);
  double ab = root_distance (a, b), bc = root_distance (b, c), cd = root_distance (c, d);

  piece->x[0] = size * (double) b->x;
  piece->y[0] = size * (double) b->y;
  piece->x[1] = size * control (a->x, b->x, c->x, ab, bc);
  piece->y[1] = size * control (a->y, b->y, c->y, ab, bc);
  piece->x[2] = size * control (d->x, c->x, b->x, cd, bc);
  piece->y[2] = size * control (d->y, c->y, b->y, cd, bc);
  piece->x[3] = size * (double) c->x;
  piece->y[3] = size * (double) c->y;
  piece->radius[0] = size * get_radius (stroke, b);
  piece->radius[1] = size * get_radius (stroke, c);
}

static double
bezier (const double p[4], double t)
{
  double s = 1 - t;

  return s * s * s * p[0] + 3 * s * s * t * p[1] + 3 * s * t * t * p[2] + t * t * t * p[3];
}

/* Points along the curve, near enough to each other that what swings out between them cannot be seen. */
static void
get_piece_extents (const Piece *piece, double extents[4])
{
  const guint steps = 6;
  double radius = MAX (piece->radius[0], piece->radius[1]);

  extents[0] = extents[2] = piece->x[0];
  extents[1] = extents[3] = piece->y[0];
  for (guint i = 1; i <= steps; i++)
    {
      double x = bezier (piece->x, i / (double) steps), y = bezier (piece->y, i / (double) steps);

      extents[0] = MIN (extents[0], x);
      extents[1] = MIN (extents[1], y);
      extents[2] = MAX (extents[2], x);
      extents[3] = MAX (extents[3], y);
    }
  extents[0] -= radius;
  extents[1] -= radius;
  extents[2] += radius;
  extents[3] += radius;
}

static gboolean
touches (const Piece *piece, double size, const double rectangle[4])
{
  double e[4];

  if (!rectangle)
    return TRUE;
  get_piece_extents (piece, e);
  return e[0] <= size * rectangle[2] && e[2] >= size * rectangle[0] && e[1] <= size * rectangle[3]
         && e[3] >= size * rectangle[1];
}

static void
add_disc (cairo_t *cr, double x, double y, double radius)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
  cairo_close_path (cr);
}

/* The four-sided piece between two discs, turning the same way round as they do, so that the fill has no holes. It
 * reaches into its neighbours as far as a joint without a disc needs, tapering on as it does in between. */
static void
add_link (cairo_t *cr, const double from[2], double r0, const double to[2], double r1)
{
  double length = hypot (to[0] - from[0], to[1] - from[1]), ux, uy, e0, e1, slope;

  if (length < 1e-9)
    return;
  ux = (to[0] - from[0]) / length;
  uy = (to[1] - from[1]) / length;
  e0 = r0 * tan (SOFT_TURN / 2);
  e1 = r1 * tan (SOFT_TURN / 2);
  slope = CLAMP ((r1 - r0) / length, -1, 1);
  r0 -= slope * e0;
  r1 += slope * e1;
  cairo_move_to (cr, from[0] - e0 * ux + r0 * uy, from[1] - e0 * uy - r0 * ux);
  cairo_line_to (cr, to[0] + e1 * ux + r1 * uy, to[1] + e1 * uy - r1 * ux);
  cairo_line_to (cr, to[0] + e1 * ux - r1 * uy, to[1] + e1 * uy + r1 * ux);
  cairo_line_to (cr, from[0] - e0 * ux - r0 * uy, from[1] - e0 * uy + r0 * ux);
  cairo_close_path (cr);
}

/* How many straight links follow the curve so closely that they stray no more than `tolerance` from it. */
static guint
count_links (const Piece *p, double tolerance)
{
  double bend = 0;

  for (guint i = 0; i < 2; i++)
    bend = MAX (bend, hypot (p->x[i] - 2 * p->x[i + 1] + p->x[i + 2], p->y[i] - 2 * p->y[i + 1] + p->y[i + 2]));
  return (guint) CLAMP (ceil (sqrt (0.75 * bend / tolerance)), 1, MAX_LINKS);
}

/* Between links that turn away from each other a disc fills the gap. `heading`: the direction so far, NaN at first. */
static void
add_piece (cairo_t *cr, const Piece *p, double tolerance, double *heading)
{
  guint n = count_links (p, tolerance);
  double from[2] = { p->x[0], p->y[0] }, r0 = p->radius[0];

  for (guint i = 1; i <= n; i++)
    {
      double t = i / (double) n, to[2] = { bezier (p->x, t), bezier (p->y, t) };
      double r1 = p->radius[0] + t * (p->radius[1] - p->radius[0]);
      double direction = atan2 (to[1] - from[1], to[0] - from[0]);

      if (!(fabs (remainder (direction - *heading, 2 * G_PI)) < SOFT_TURN))
        add_disc (cr, from[0], from[1], r0);
      add_link (cr, from, r0, to, r1);
      *heading = direction;
      from[0] = to[0];
      from[1] = to[1];
      r0 = r1;
    }
}

/* What Cairo's tolerance, in device units, is in the units of the drawing. */
static double
get_tolerance (cairo_t *cr)
{
  double dx = 1, dy = 0;

  cairo_device_to_user_distance (cr, &dx, &dy);
  return MAX (cairo_get_tolerance (cr) * hypot (dx, dy), 1e-6);
}

/**
 * rlv_stroke_draw_within:
 * @stroke: a stroke
 * @rectangle: (nullable) (array fixed-size=4): x1, y1, x2, y2 in shares of the pad
 * @cr: where to draw, with source and operator; the caller clips to @rectangle
 * @size: of the pad, in @cr's units
 *
 * Draws those pieces of the line that touch @rectangle; inside it they look as the whole line would.
 */
void
rlv_stroke_draw_within (const RlvStroke *stroke, const double rectangle[4], cairo_t *cr, double size)
{
  guint n = count_pieces (stroke);
  double heading = NAN, tolerance = get_tolerance (cr);

  cairo_new_path (cr);
  for (guint i = 0; i < n; i++)
    {
      Piece p;

      get_piece (stroke, i, size, &p);
      if (!touches (&p, size, rectangle))
        {
          heading = NAN;
          continue;
        }
      add_piece (cr, &p, tolerance, &heading);
      if (i + 1 == n)
        add_disc (cr, p.x[3], p.y[3], p.radius[1]);
    }
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_WINDING);
  cairo_fill (cr);
}

/**
 * rlv_stroke_draw:
 * @stroke: a stroke
 * @cr: where to draw, with source and operator
 * @size: of the pad, in @cr's units
 *
 * Draws a smooth line through all points, with round ends; a lone point is a dot.
 */
void
rlv_stroke_draw (const RlvStroke *stroke, cairo_t *cr, double size)
{
  rlv_stroke_draw_within (stroke, NULL, cr, size);
}

/**
 * rlv_stroke_get_extents:
 * @stroke: a stroke with a point
 * @first: a point
 * @extents: (out caller-allocates) (array fixed-size=4): x1, y1, x2, y2 in shares of the pad
 *
 * Finds what is covered by the part of the line that looked different before the points from @first on were there. It
 * begins two points earlier, since a curve leans on its neighbours.
 */
void
rlv_stroke_get_extents (const RlvStroke *stroke, guint first, double extents[4])
{
  guint n = count_pieces (stroke), begin = first > 2 ? first - 2 : 0;

  for (guint i = MIN (begin, n - 1); i < n; i++)
    {
      Piece piece;
      double e[4];

      get_piece (stroke, i, 1, &piece);
      get_piece_extents (&piece, e);
      for (guint k = 0; k < 4; k++)
        if (i == MIN (begin, n - 1) || (k < 2 ? e[k] < extents[k] : e[k] > extents[k]))
          extents[k] = e[k];
    }
}
