/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stroke.h: one movement of the pen, and the smooth line through its points */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* What a mouse presses with: the line is exactly as wide as the pen. */
#define RLV_PRESSURE_NORMAL 0.5

#define RLV_PEN_WIDTH_MIN 0.02
#define RLV_PEN_WIDTH_MAX 0.2
/* As in MNIST: about two pixels of 28. */
#define RLV_PEN_WIDTH_DEFAULT 0.07

/* A place on the square pad, 0..1 from the left and from the top; pressure 0..1. */
typedef struct
{
  float x, y, pressure;
} RlvPoint;

/**
 * RlvStroke:
 * @width: of the line, as a share of the pad's side, at %RLV_PRESSURE_NORMAL
 * @eraser: takes ink away instead of adding it
 * @points: (element-type RlvPoint): at least one; the line runs through all of them
 * @seconds: how long it took to draw; 0 where nobody drew it
 *
 * One movement of the pen, from touching the paper to leaving it.
 */
typedef struct
{
  double width;
  gboolean eraser;
  GArray *points;
  double seconds;
  /*< private >*/
  gint64 begun;
} RlvStroke;

RlvStroke *rlv_stroke_new (double width, gboolean eraser) G_GNUC_WARN_UNUSED_RESULT;
RlvStroke *rlv_stroke_copy (const RlvStroke *stroke) G_GNUC_WARN_UNUSED_RESULT;
void rlv_stroke_free (RlvStroke *stroke);

/* FALSE where the point says nothing new, being all but the last one again. */
gboolean rlv_stroke_add (RlvStroke *stroke, double x, double y, double pressure);

/* Paints the line with the source and the operator that cr has; the pad is `size` units wide. */
void rlv_stroke_draw (const RlvStroke *stroke, cairo_t *cr, double size);
/* The same, without what does not touch the rectangle x1, y1, x2, y2 (shares of the pad): for a clip of that size. */
void rlv_stroke_draw_within (const RlvStroke *stroke, const double rectangle[4], cairo_t *cr, double size);
/* What that part of the line covers which the points from `first` on have changed: x1, y1, x2, y2 as shares. */
void rlv_stroke_get_extents (const RlvStroke *stroke, guint first, double extents[4]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RlvStroke, rlv_stroke_free)

G_END_DECLS
