/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vector.h: the drawing of a heatmap as SVG or PDF */
#pragma once

#include "heat/export.h"

G_BEGIN_DECLS

GByteArray *lrp_vector_encode_svg (const LrpFigure *figure, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GByteArray *lrp_vector_encode_pdf (const LrpFigure *figure, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
