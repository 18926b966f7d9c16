/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view.h: the drawing, large, with its heatmap over it */
#pragma once

#include <gtk/gtk.h>

#include "app/session/session.h"

G_BEGIN_DECLS

#define RLV_TYPE_HEAT_VIEW (rlv_heat_view_get_type ())
G_DECLARE_FINAL_TYPE (RlvHeatView, rlv_heat_view, RLV, HEAT_VIEW, GtkWidget)

void rlv_heat_view_set_query (RlvHeatView *self, RlvSession *session, RlvQuery *query);

/* The pixel of the network that lies under a point of the widget; FALSE where there is none. */
gboolean rlv_heat_view_get_cell (RlvHeatView *self, double x, double y, int *column, int *row);
/* The way back. */
gboolean rlv_heat_view_get_cell_area (RlvHeatView *self, int column, int row, graphene_rect_t *area);
/* What "reading" is about; -1: nothing. */
void rlv_heat_view_point_at (RlvHeatView *self, int column, int row);

G_END_DECLS
