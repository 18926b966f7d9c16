/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view.c: one map of a comparison over what was drawn, composed in device pixels and shown 1:1 */
#include "config.h"

#include "app/compare/view-private.h"

#include <glib/gi18n.h>
#include <math.h>

#define MINIMUM_SIZE 84
#define NATURAL_SIZE 138
#define MAXIMUM_SIZE 1200

/**
 * RlvCompareView:
 *
 * Shows numbers that somebody else keeps: rlv_compare_view_set_map() must be called before they go.
 */
G_DEFINE_FINAL_TYPE (RlvCompareView, rlv_compare_view, GTK_TYPE_WIDGET)

static void
invalidate (RlvCompareView *self)
{
  g_clear_pointer (&self->image, cairo_surface_destroy);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* By Cairo and not as a texture, because the software renderer of GTK 4.8 takes every pixel of a texture through
 * floats. */
static void
rlv_compare_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RlvCompareView *self = RLV_COMPARE_VIEW (widget);
  graphene_rect_t area;
  cairo_t *cr;

  if (!self->look)
    return;
  _rlv_compare_view_get_area (self, &area);
  cr = gtk_snapshot_append_cairo (snapshot, &area);
  _rlv_compare_view_paint (self, cr, &area);
  cairo_destroy (cr);
}

static void
rlv_compare_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                          int *minimum_baseline, int *natural_baseline)
{
  *minimum = MINIMUM_SIZE;
  *natural = NATURAL_SIZE;
  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0)
    *minimum = *natural = CLAMP (for_size, MINIMUM_SIZE, MAXIMUM_SIZE);
}

static GtkSizeRequestMode
rlv_compare_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

static void
rlv_compare_view_dispose (GObject *object)
{
  RlvCompareView *self = RLV_COMPARE_VIEW (object);

  rlv_compare_view_set_map (self, NULL, 0, 0, NULL);
  g_clear_object (&self->look);
  g_clear_pointer (&self->image, cairo_surface_destroy);
  G_OBJECT_CLASS (rlv_compare_view_parent_class)->dispose (object);
}

static void
rlv_compare_view_class_init (RlvCompareViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rlv_compare_view_dispose;
  widget_class->snapshot = rlv_compare_view_snapshot;
  widget_class->measure = rlv_compare_view_measure;
  widget_class->get_request_mode = rlv_compare_view_get_request_mode;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "compareview");
}

static void
rlv_compare_view_init (RlvCompareView *self)
{
  _rlv_compare_view_add_input (self);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (invalidate), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Heatmap"), -1);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * rlv_compare_view_set_look:
 * @self: a view
 * @look: what it shares with others; set once
 * @counts: whether a scale for all maps has room for this one, which then has that scale
 */
void
rlv_compare_view_set_look (RlvCompareView *self, RlvCompareLook *look, gboolean counts)
{
  g_return_if_fail (RLV_IS_COMPARE_VIEW (self) && !self->look);

  self->look = g_object_ref (look);
  self->counts = counts;
  g_signal_connect_object (look, "changed", G_CALLBACK (invalidate), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (look, "pointed", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  _rlv_compare_view_follow_zoom (self);
}

/**
 * rlv_compare_view_get_look:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): what it shares with others
 */
RlvCompareLook *
rlv_compare_view_get_look (RlvCompareView *self)
{
  g_return_val_if_fail (RLV_IS_COMPARE_VIEW (self), NULL);
  return self->look;
}

/**
 * rlv_compare_view_set_map:
 * @self: a view
 * @heat: (nullable): relevance of each cell, as long as no other map is set
 * @width: cells across
 * @height: cells down
 * @site: (nullable): where they lie
 */
void
rlv_compare_view_set_map (RlvCompareView *self, const float *heat, int width, int height, RlvSite *site)
{
  double largest = 0;

  g_return_if_fail (RLV_IS_COMPARE_VIEW (self));

  g_clear_pointer (&self->site, rlv_site_unref);
  self->heat = site ? heat : NULL;
  self->cells_w = width;
  self->cells_h = height;
  self->site = site ? rlv_site_ref (site) : NULL;
  if (!self->look)
    return;
  if (self->heat && self->counts)
    {
      LrpHeatStyle style = *rlv_display_get_style (rlv_session_get_display (rlv_compare_look_get_session (self->look)));
      style.gain = 1;
      largest = lrp_heat_get_scale (heat, (gsize) width * (gsize) height, &style);
    }
  rlv_compare_look_set_largest (self->look, self, largest);
  invalidate (self);
}

/**
 * rlv_compare_view_get_cell:
 * @self: a view
 * @u: a place of what was drawn
 * @v: the same
 * @column: (out): the cell there, from the left
 * @row: (out): the same, from the top
 *
 * Returns: whether there is one
 */
gboolean
rlv_compare_view_get_cell (RlvCompareView *self, double u, double v, int *column, int *row)
{
  g_return_val_if_fail (RLV_IS_COMPARE_VIEW (self), FALSE);

  if (!self->heat)
    return FALSE;
  _rlv_compare_view_find_cell (self, u, v, column, row);
  return *column >= 0 && *row >= 0 && *column < self->cells_w && *row < self->cells_h;
}

/**
 * rlv_compare_view_point_on:
 * @self: a view
 * @columns: cells to the right
 * @rows: cells down
 *
 * Moves the place that is pointed at, in all views of the comparison.
 */
void
rlv_compare_view_point_on (RlvCompareView *self, int columns, int rows)
{
  double u, v;
  const LrpHeatTransform *fit;

  g_return_if_fail (RLV_IS_COMPARE_VIEW (self));

  if (!self->heat)
    return;
  if (!rlv_compare_look_get_pointed (self->look, &u, &v))
    u = v = 0.5;
  fit = &self->site->fit;
  rlv_compare_look_point (self->look, u + columns / fit->scale,
                          v + rows / (fit->scale_y > 0 ? fit->scale_y : fit->scale));
}

/**
 * rlv_compare_view_get_scale:
 * @self: a view
 *
 * Returns: the relevance that has the full colour in it; 0 where nothing is shown
 */
double
rlv_compare_view_get_scale (RlvCompareView *self)
{
  LrpHeatStyle style;

  g_return_val_if_fail (RLV_IS_COMPARE_VIEW (self), 0);

  if (!self->heat)
    return 0;
  style = *rlv_display_get_style (rlv_session_get_display (rlv_compare_look_get_session (self->look)));
  style.fixed_scale = self->counts ? rlv_compare_look_get_scale (self->look) : 0;
  return lrp_heat_get_scale (self->heat, (gsize) self->cells_w * (gsize) self->cells_h, &style);
}
