/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vector.h: the drawing of a heatmap, or another, as SVG or PDF */
#pragma once

#include "heat/export.h"

G_BEGIN_DECLS

/**
 * LrpVectorPage:
 * @draw: draws it
 * @data: for @draw
 * @width: in CSS pixels or points
 * @height: in CSS pixels or points
 * @crisp: whether edges stay sharp at every size, as those of cells should and those of curves should not
 * @text: (nullable) (array zero-terminated=1): pairs of key and value that say how it was made, kept in the file
 *
 * Any drawing to be written.
 */
typedef struct
{
  void (*draw) (cairo_t *cr, gconstpointer data);
  gconstpointer data;
  double width, height;
  gboolean crisp;
  const char *const *text;
} LrpVectorPage;

GByteArray *lrp_vector_encode_page_svg (const LrpVectorPage *page, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GByteArray *lrp_vector_encode_page_pdf (const LrpVectorPage *page, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* An LrpFigure, for pages that hold more than one. */
void lrp_vector_draw_figure (cairo_t *cr, gconstpointer data);

GByteArray *lrp_vector_encode_svg (const LrpFigure *figure, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GByteArray *lrp_vector_encode_pdf (const LrpFigure *figure, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
