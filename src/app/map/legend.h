/* SPDX-License-Identifier: GPL-3.0-or-later */
/* legend.h: the colour bar with the numbers that its colours stand for */
#pragma once

#include <gtk/gtk.h>

#include "app/session/session.h"

G_BEGIN_DECLS

#define RLV_TYPE_LEGEND (rlv_legend_get_type ())
G_DECLARE_FINAL_TYPE (RlvLegend, rlv_legend, RLV, LEGEND, GtkWidget)

void rlv_legend_set_query (RlvLegend *self, RlvDisplay *display, RlvQuery *query);
/* For maps of several queries: whoever shows them tells the number. */
void rlv_legend_set_display (RlvLegend *self, RlvDisplay *display);
void rlv_legend_set_full (RlvLegend *self, double full);

G_END_DECLS
