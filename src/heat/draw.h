/* SPDX-License-Identifier: GPL-3.0-or-later */
/* draw.h: a drawing or picture with its heatmap over it, as one image of device pixels */
#pragma once

#include <cairo.h>

#include "heat/scale.h"
#include "heat/style.h"

G_BEGIN_DECLS

cairo_surface_t *lrp_heat_compose (const float *heat, int cells_w, int cells_h, const LrpHeatTransform *transform,
                                   cairo_surface_t *ink, cairo_surface_t *picture, const LrpHeatStyle *style, int width,
                                   int height) G_GNUC_WARN_UNUSED_RESULT;

/* The colour bar: low to high, left to right or bottom to top; from zero upward where the map is one-sided. */
cairo_surface_t *lrp_heat_legend (const LrpHeatStyle *style, int width, int height,
                                  gboolean vertical) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
