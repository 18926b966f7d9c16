/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view.h: one map of a comparison over what was drawn */
#pragma once

#include <gtk/gtk.h>

#include "app/compare/look.h"

G_BEGIN_DECLS

#define RLV_TYPE_COMPARE_VIEW (rlv_compare_view_get_type ())
G_DECLARE_FINAL_TYPE (RlvCompareView, rlv_compare_view, RLV, COMPARE_VIEW, GtkWidget)

/* counts: whether a scale for all maps has room for this one. */
void rlv_compare_view_set_look (RlvCompareView *self, RlvCompareLook *look, gboolean counts);
RlvCompareLook *rlv_compare_view_get_look (RlvCompareView *self);
void rlv_compare_view_set_map (RlvCompareView *self, const float *heat, int width, int height, RlvSite *site);

/* The relevance at a place of what was drawn; FALSE where there is none. */
gboolean rlv_compare_view_get_cell (RlvCompareView *self, double u, double v, int *column, int *row);
/* Moves the place pointed at by so many cells, from the middle where there is none. */
void rlv_compare_view_point_on (RlvCompareView *self, int columns, int rows);
/* The relevance that has the full colour in it. */
double rlv_compare_view_get_scale (RlvCompareView *self);

G_END_DECLS
