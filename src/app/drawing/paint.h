/* SPDX-License-Identifier: GPL-3.0-or-later */
/* paint.h: one movement of the brush over a photo */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/**
 * RlvFill:
 * @RLV_FILL_MEAN: the mean colour of the photo
 * @RLV_FILL_BLUR: the photo, so blurred that only its large shapes are left
 * @RLV_FILL_NOISE: grains of random colours
 * @RLV_FILL_BLACK: black
 * @RLV_FILL_WHITE: white
 * @RLV_FILL_ORIGINAL: what was there before anything was painted
 *
 * What a brush leaves behind.
 */
typedef enum
{
  RLV_FILL_MEAN,
  RLV_FILL_BLUR,
  RLV_FILL_NOISE,
  RLV_FILL_BLACK,
  RLV_FILL_WHITE,
  RLV_FILL_ORIGINAL,
  RLV_N_FILLS
} RlvFill;

/* The width of the brush, as a share of the photo's longer side. */
#define RLV_BRUSH_WIDTH_MIN     0.02
#define RLV_BRUSH_WIDTH_MAX     0.4
#define RLV_BRUSH_WIDTH_DEFAULT 0.1

/* A place on the photo, in its pixels. */
typedef struct
{
  float x, y;
} RlvSpot;

/**
 * RlvPaint:
 * @fill: what it leaves behind
 * @seed: of what is random in it, so that it is the same whenever it is painted
 * @radius: in pixels of the photo; towards it, the brush grows soft
 * @spots: (element-type RlvSpot): at least one; the brush went straight from one to the next
 *
 * One movement of the brush. Only its end grows; what it covers follows from it alone.
 */
typedef struct
{
  RlvFill fill;
  guint32 seed;
  float radius;
  GArray *spots;
} RlvPaint;

RlvPaint *rlv_paint_new (RlvFill fill, double radius, guint32 seed) G_GNUC_WARN_UNUSED_RESULT;
RlvPaint *rlv_paint_ref (RlvPaint *paint);
void rlv_paint_unref (RlvPaint *paint);

/* FALSE where the brush is still almost where it was. */
gboolean rlv_paint_add (RlvPaint *paint, double x, double y);
/* What is covered by the way to the spots from `first` on; it may lie beside the photo. */
void rlv_paint_get_extents (const RlvPaint *paint, guint first, cairo_rectangle_int_t *extents);
/* Whether it may cover anything of a small area. */
gboolean rlv_paint_touches (const RlvPaint *paint, guint first, const cairo_rectangle_int_t *area);
/* How much of each pixel of a small area that way covers, row by row: 255 is all of it. Where more was noted before, it
 * stays; FALSE where all of it does. */
gboolean rlv_paint_cover (const RlvPaint *paint, guint first, const cairo_rectangle_int_t *area, guint8 *cover);

/* "mean", "blur" ... */
const char *rlv_fill_name (RlvFill fill);
gboolean rlv_fill_parse (const char *name, RlvFill *fill);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RlvPaint, rlv_paint_unref)

G_END_DECLS
