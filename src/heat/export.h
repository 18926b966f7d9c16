/* SPDX-License-Identifier: GPL-3.0-or-later */
/* export.h: heatmaps become files: PNG, SVG, PDF */
#pragma once

#include "heat/figure.h"
#include "heat/page.h"
#include "heat/shown.h"
#include "lrp/methods/explanation.h"

G_BEGIN_DECLS

/* The format is chosen by the suffix. The file is there as a whole or, with an error, as it was before. Error messages
 * do not name the file. */
GByteArray *lrp_export_encode (const LrpFigure *figure, const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean lrp_export_figure (const LrpFigure *figure, const char *path, GError **error);
/* Pairs of key and value that say how the map was made, and why it should not be believed (element-type LrpWarning),
 * for LrpFigure.text; end them by NULL. Add takes value. */
GPtrArray *lrp_export_describe (const LrpExplanation *explanation, const GPtrArray *warnings,
                                const LrpFigure *figure) G_GNUC_WARN_UNUSED_RESULT;
void lrp_export_describe_add (GPtrArray *text, const char *key, char *value);
/* The explanation over what the network was shown; several samples side by side. */
gboolean lrp_export_explanation (const LrpExplanation *explanation, const LrpHeatStyle *style, const char *path,
                                 GError **error);
/* The same over the picture (nullable) that the input was made from, at the picture's own size. */
gboolean lrp_export_explanation_over (const LrpExplanation *explanation, const LrpShown *shown,
                                      const LrpHeatStyle *style, const char *path, GError **error);

G_END_DECLS
