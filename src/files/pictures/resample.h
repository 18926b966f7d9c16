/* SPDX-License-Identifier: GPL-3.0-or-later */
/* resample.h: a picture's pixels at another size */
#pragma once

#include "files/pictures/fit.h"

G_BEGIN_DECLS

/**
 * LrpPixelRows:
 * @width: in pixels
 * @height: in pixels
 * @read: writes row y, pixels from to from + n - 1, as @n_planes numbers each, one pixel after the other
 * @n_planes: numbers for each pixel
 * @data: for @read
 *
 * A picture that is read row by row.
 */
typedef struct
{
  gint64 width, height;
  void (*read) (gconstpointer data, gint64 y, gint64 from, gint64 n, float *pixels);
  guint n_planes;
  gconstpointer data;
} LrpPixelRows;

/**
 * LrpCells:
 * @x: first column
 * @y: first row
 * @width: how many columns
 * @height: how many rows
 *
 * Some of the pixels that a picture is scaled to.
 */
typedef struct
{
  gint64 x, y, width, height;
} LrpCells;

gboolean lrp_resample (const LrpPixelRows *source, const LrpRegion *region, gint64 width, gint64 height,
                       const LrpCells *cells, float *planes, GError **error);
/* Which of the target pixels depend on a part of the picture. */
void lrp_resample_find_cells (const LrpRegion *region, gint64 width, gint64 height, const LrpRegion *part,
                              LrpCells *cells);

G_END_DECLS
