/* SPDX-License-Identifier: GPL-3.0-or-later */
/* export.h: heatmaps become files: PNG, SVG, PDF */
#pragma once

#include "heat/shown.h"
#include "lrp/methods/explanation.h"

G_BEGIN_DECLS

/**
 * LrpFigure:
 * @heat: (array): [cells_h, cells_w], relevance of each cell
 * @cells_w: cells in a row
 * @cells_h: cells in a column
 * @transform: (nullable): where the map lies; %NULL: it covers all
 * @ink: (nullable): coverage, A8, @width x @height
 * @picture: (nullable): opaque ARGB32 or RGB24
 * @style: how it looks
 * @width: pixels in a row
 * @height: pixels in a column
 * @text: (nullable) (array zero-terminated=1): pairs of key and value that say how it was made, kept in the file
 * @values: PNG only: write the relevance itself as 16-bit greys, one pixel a cell
 *
 * A heatmap to be written; the arguments of lrp_heat_compose().
 */
typedef struct
{
  const float *heat;
  int cells_w, cells_h;
  const LrpHeatTransform *transform;
  cairo_surface_t *ink, *picture;
  const LrpHeatStyle *style;
  int width, height;
  const char *const *text;
  gboolean values;
} LrpFigure;

/* ".png", ".svg", ".pdf" */
const char *const *lrp_export_suffixes (void);
/* Whether the suffix of the file is one of them. */
gboolean lrp_export_knows (const char *path);

/* The format is chosen by the suffix. The file is there as a whole or, with an error, as it was before. Error messages
 * do not name the file. */
GByteArray *lrp_export_encode (const LrpFigure *figure, const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean lrp_export_figure (const LrpFigure *figure, const char *path, GError **error);
/* Pairs of key and value that say how the map was made, for LrpFigure.text; end them by NULL. Add takes value. */
GPtrArray *lrp_export_describe (const LrpExplanation *explanation, const LrpFigure *figure) G_GNUC_WARN_UNUSED_RESULT;
void lrp_export_describe_add (GPtrArray *text, const char *key, char *value);
/* The explanation over what the network was shown; several samples side by side. */
gboolean lrp_export_explanation (const LrpExplanation *explanation, const LrpHeatStyle *style, const char *path,
                                 GError **error);
/* The same over the picture (nullable) that the input was made from, at the picture's own size. */
gboolean lrp_export_explanation_over (const LrpExplanation *explanation, const LrpShown *shown,
                                      const LrpHeatStyle *style, const char *path, GError **error);

G_END_DECLS
