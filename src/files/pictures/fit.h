/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fit.h: which part of a picture a network sees */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LrpFit:
 * @LRP_FIT_FILL: the picture covers the input; what is too much at two sides is cut off
 * @LRP_FIT_WHOLE: all of the picture is seen; two sides of the input may stay empty
 * @LRP_FIT_STRETCH: the middle of the picture (all of it, where the share is 1) fills all of the input, out of
 * proportion if need be
 *
 * How a picture of one shape becomes an input of another.
 */
typedef enum
{
  LRP_FIT_FILL,
  LRP_FIT_WHOLE,
  LRP_FIT_STRETCH,
  LRP_N_FITS
} LrpFit;

/**
 * LrpRegion:
 * @x: left edge
 * @y: upper edge
 * @width: more than 0
 * @height: more than 0
 *
 * The part of a picture that becomes the input, in the picture's pixels; it may reach beyond the picture.
 */
typedef struct
{
  double x, y, width, height;
} LrpRegion;

/* "fill", "whole", "stretch" */
const char *lrp_fit_name (LrpFit fit);
gboolean lrp_fit_parse (const char *name, LrpFit *fit, GError **error);
void lrp_fit_find_region (LrpFit fit, double share, gint64 picture_width, gint64 picture_height, gint64 width,
                          gint64 height, LrpRegion *region);
/* The part of a region that lies on the picture. */
void lrp_region_clip (const LrpRegion *region, gint64 picture_width, gint64 picture_height, LrpRegion *clipped);

G_END_DECLS
