/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture.h: a picture file becomes the input of a network */
#pragma once

#include "files/pictures/fit.h"
#include "files/pictures/resample.h"
#include "lrp/net/network.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

G_BEGIN_DECLS

/* The most pixels a picture may have; checked before it is decoded. */
#define LRP_PICTURE_MAX_PIXELS (100 * 1000 * 1000)

/**
 * LrpPictureNotes:
 * @transparent: whether there are transparent parts, which were laid on white
 * @inverted: whether it is dark on light and was inverted for a network that was trained on bright ink
 * @stretched: whether its paper was not plain or its ink pale, as in a photo of handwriting, and that was evened out
 * for such a network
 *
 * What was done to a picture that people should know of.
 */
typedef struct
{
  gboolean transparent, inverted, stretched;
} LrpPictureNotes;

/* Full size, turned the way the camera was held. Error messages do not name the file. */
GdkPixbuf *lrp_picture_open (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GdkPixbuf *lrp_picture_decode (GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* What of a picture a network sees. */
gboolean lrp_picture_find_region (const GdkPixbuf *picture, const LrpNetwork *network, LrpFit fit, LrpRegion *region,
                                  GError **error);
/* [1, C, H, W], preprocessed as the network wants it. */
LrpTensor *lrp_picture_to_input (const GdkPixbuf *picture, const LrpRegion *region, const LrpNetwork *network,
                                 LrpPictureNotes *notes, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* 0xffRRGGBB, as seen on white paper; stride counts pixels. */
void lrp_picture_copy_pixels (const GdkPixbuf *picture, guint32 *pixels, gsize stride);
void lrp_picture_copy_row (const GdkPixbuf *picture, gint64 y, gint64 from, gint64 n, guint32 *pixels);
gboolean lrp_picture_is_transparent (const GdkPixbuf *picture);

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

/* The two halves of lrp_picture_to_input(): the pixels of the input, of which some can be found anew, and their
 * numbers. */
gboolean lrp_canvas_sample (const LrpCanvas *picture, const LrpRegion *region, const LrpCells *cells, LrpTensor *image,
                            GError **error);
LrpTensor *lrp_canvas_to_input (const LrpTensor *image, const LrpNetwork *network, LrpPictureNotes *notes,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
