/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture.h: a picture file becomes pixels, at any size */
#pragma once

#include "files/pictures/fit.h"
#include "files/pictures/resample.h"
#include "lrp/base/tensor.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

G_BEGIN_DECLS

/* The most pixels a picture may have; checked before it is decoded. */
#define LRP_PICTURE_MAX_PIXELS (100 * 1000 * 1000)
/* And along each side: what surfaces can hold. */
#define LRP_PICTURE_MAX_SIDE 32767

/* Full size, turned the way the camera was held. Error messages do not name the file. */
GdkPixbuf *lrp_picture_open (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GdkPixbuf *lrp_picture_decode (GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Scales a part of it to image, [1, 1 or 3, H, W]: levels, 0..255, or NaN beyond the picture. */
gboolean lrp_picture_sample (const GdkPixbuf *picture, const LrpRegion *region, LrpTensor *image, GError **error);
/* 0xffRRGGBB; stride counts pixels. */
void lrp_picture_copy_pixels (const GdkPixbuf *picture, guint32 *pixels, gsize stride);
void lrp_picture_copy_row (const GdkPixbuf *picture, gint64 y, gint64 from, gint64 n, guint32 *pixels);

/**
 * LrpCanvas:
 * @pixels: 0xffRRGGBB, as of lrp_picture_copy_pixels()
 * @stride: from one row to the next, in pixels
 * @width: in pixels
 * @height: in pixels
 *
 * A picture that may have been painted on.
 */
typedef struct
{
  const guint32 *pixels;
  gsize stride;
  gint64 width, height;
} LrpCanvas;

/* As lrp_picture_sample(); cells (nullable): which of the pixels of image are found, the others stay. */
gboolean lrp_canvas_sample (const LrpCanvas *picture, const LrpRegion *region, const LrpCells *cells, LrpTensor *image,
                            GError **error);

G_END_DECLS
