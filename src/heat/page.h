/* SPDX-License-Identifier: GPL-3.0-or-later */
/* page.h: any drawing, as a file: PNG, SVG or PDF */
#pragma once

#include <cairo.h>

#include "lrp/base/error.h"

G_BEGIN_DECLS

/* The largest side of an image that Cairo draws. */
#define LRP_PAGE_MOST_PIXELS 32767

/**
 * LrpPage:
 * @draw: draws it; shapes: with lines and areas that stay sharp at every size, not with images
 * @data: for @draw
 * @width: in CSS pixels or points
 * @height: in CSS pixels or points
 * @magnify: pixels of a PNG file for each unit of the drawing
 * @crisp: whether edges stay sharp in SVG files, as those of cells should and those of curves should not
 * @text: (nullable) (array zero-terminated=1): pairs of key and value that say how it was made, kept in the file
 *
 * A drawing to be written.
 */
typedef struct
{
  void (*draw) (cairo_t *cr, gconstpointer data, gboolean shapes);
  gconstpointer data;
  double width, height, magnify;
  gboolean crisp;
  const char *const *text;
} LrpPage;

/* Whether the suffix of the file is ".png", ".svg" or ".pdf". */
gboolean lrp_page_knows (const char *path);
GByteArray *lrp_page_encode (const LrpPage *page, const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
