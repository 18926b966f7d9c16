/* SPDX-License-Identifier: GPL-3.0-or-later */
/* resample.h: a picture's pixels at another size */
#pragma once

#include "files/fit.h"

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

gboolean lrp_resample (const LrpPixelRows *source, const LrpRegion *region, gint64 width, gint64 height, float *planes,
                       GError **error);

G_END_DECLS
