/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view-private.h: what the files of a card's map share; an image is below, input stands on it, the widget on both */
#pragma once

#include "app/compare/view.h"

G_BEGIN_DECLS

struct _RlvCompareView
{
  GtkWidget parent_instance;

  RlvCompareLook *look;
  gboolean counts;
  const float *heat;
  int cells_w, cells_h;
  RlvSite *site;
  cairo_surface_t *image; /* NULL: stale */
  double scale;           /* of the look, when image was made */
  GtkEventController *drag;
  double held_u, held_v; /* of what is seen, when a drag began */
};

/* view-image.c */
void _rlv_compare_view_get_area (RlvCompareView *self, graphene_rect_t *area);
void _rlv_compare_view_find_cell (RlvCompareView *self, double u, double v, int *column, int *row);
void _rlv_compare_view_paint (RlvCompareView *self, cairo_t *cr, const graphene_rect_t *area);

/* view-input.c */
void _rlv_compare_view_add_input (RlvCompareView *self);
void _rlv_compare_view_follow_zoom (RlvCompareView *self);

G_END_DECLS
