/* SPDX-License-Identifier: GPL-3.0-or-later */
/* painter.h: paints one image row by row: paper, ink or picture, colours, contour */
#pragma once

#include <cairo.h>

#include "heat/palette.h"

G_BEGIN_DECLS

/* A row or column of pixels: which cells it lies among. */
typedef struct
{
  int cell;    /* the cell it is in; -1: outside the map */
  int a, b;    /* the cells whose centres are to its left and right */
  float share; /* of b */
} LrpPixelLine;

/* Everything that painting one image needs. */
typedef struct
{
  const LrpHeatStyle *style;
  LrpPalette palette;
  int width, height, cells_w, cells_h;
  LrpHeatTransform transform; /* scale_y is given */
  LrpPixelLine *columns, *rows;
  float *values;               /* [cells_h, cells_w], -1..1 */
  float *blend;                /* a row of cells between two */
  guint32 *over, *keep, *base; /* one row of pixels */
  guint32 *edge;               /* one row: how much of the ink's edge is in each pixel, 0..255, four times */
  guint32 *line;               /* one row of the contour's colour */
  guint8 *high, *low;          /* one row: most and least ink of three pixels above each other */
  guint8 *inked;               /* per row of pixels: whether there is any ink */
  guint32 shades[256];         /* ink to colour */
  const guint8 *ink, *picture; /* either may be NULL */
  gsize ink_stride, picture_stride;
} LrpPainter;

void lrp_painter_init (LrpPainter *painter, const LrpHeatStyle *style, int cells_w, int cells_h, int width, int height);
void lrp_painter_clear (LrpPainter *painter);
void lrp_painter_set_transform (LrpPainter *painter, const LrpHeatTransform *transform);
void lrp_painter_set_heat (LrpPainter *painter, const float *heat);
void lrp_painter_set_ink (LrpPainter *painter, cairo_surface_t *ink);
void lrp_painter_set_picture (LrpPainter *painter, cairo_surface_t *picture);
/* Fills painter->edge for one row of pixels; there must be ink. */
void lrp_painter_find_edge (LrpPainter *painter, int y);
void lrp_painter_paint (LrpPainter *painter, cairo_surface_t *surface);

G_END_DECLS
