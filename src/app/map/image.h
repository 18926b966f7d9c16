/* SPDX-License-Identifier: GPL-3.0-or-later */
/* image.h: a query's heatmap alone, without what it lies on, as an image of device pixels */
#pragma once

#include <gtk/gtk.h>

#include "app/work/query.h"

G_BEGIN_DECLS

cairo_surface_t *rlv_heat_image_new (RlvQuery *query, const LrpHeatStyle *style, int width,
                                     int height) G_GNUC_WARN_UNUSED_RESULT;
GdkTexture *rlv_heat_image_to_texture (cairo_surface_t *image) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
