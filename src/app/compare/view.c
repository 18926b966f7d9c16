/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view.c: one map of a comparison over what was drawn, composed in device pixels and shown 1:1 */
#include "config.h"

#include "app/compare/view.h"

#include <glib/gi18n.h>
#include <math.h>

#define MINIMUM_SIZE 84
#define NATURAL_SIZE 138
#define MAXIMUM_SIZE 1200
/* The mark is never smaller than this, in logical pixels. */
#define MARK 5
/* The number of a pin, in logical pixels. */
#define DIGIT 11

/**
 * RlvCompareView:
 *
 * Shows numbers that somebody else keeps: rlv_compare_view_set_map() must be called before they go.
 */
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

G_DEFINE_FINAL_TYPE (RlvCompareView, rlv_compare_view, GTK_TYPE_WIDGET)

/* What is seen of a photo; NULL where a drawing is explained, or nothing. */
static const LrpShown *
get_shown (RlvCompareView *self)
{
  return self->site && self->site->photo ? &self->site->shown : NULL;
}

/* Where the image lies. */
static void
get_area (RlvCompareView *self, graphene_rect_t *area)
{
  rlv_site_get_area (self->site, gtk_widget_get_width (GTK_WIDGET (self)), gtk_widget_get_height (GTK_WIDGET (self)),
                     area);
}

static void
invalidate (RlvCompareView *self)
{
  g_clear_pointer (&self->image, cairo_surface_destroy);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Where the map lies on the part that is seen. */
static LrpHeatTransform
get_fit (RlvCompareView *self)
{
  const LrpHeatTransform *all = &self->site->fit;
  double u, v, zoom = rlv_compare_look_get_zoom (self->look, &u, &v);
  double down = all->scale_y > 0 ? all->scale_y : all->scale;

  return (LrpHeatTransform){ all->scale / zoom, all->scale * u + all->dx, down * v + all->dy, down / zoom };
}

static cairo_surface_t *
compose (RlvCompareView *self, int width, int height)
{
  LrpHeatStyle style = *rlv_display_get_style (rlv_session_get_display (rlv_compare_look_get_session (self->look)));
  const LrpShown *shown = get_shown (self);
  LrpHeatTransform fit;

  style.fixed_scale = self->scale;
  if (!self->heat)
    return lrp_heat_compose (NULL, 1, 1, NULL, rlv_compare_look_get_ink (self->look, width), NULL, &style, width,
                             height);
  fit = get_fit (self);
  return lrp_heat_compose (
      self->heat, self->cells_w, self->cells_h, &fit, shown ? NULL : rlv_compare_look_get_ink (self->look, width),
      shown ? rlv_compare_look_get_picture (self->look, shown, width, height) : NULL, &style, width, height);
}

/* A differing scale of the look counts only where it is for all maps. */
static void
update_image (RlvCompareView *self, int width, int height)
{
  double scale = self->counts ? rlv_compare_look_get_scale (self->look) : 0;

  if (self->image && scale == self->scale && cairo_image_surface_get_width (self->image) == width
      && cairo_image_surface_get_height (self->image) == height)
    return;
  g_clear_pointer (&self->image, cairo_surface_destroy);
  self->scale = scale;
  self->image = compose (self, width, height);
}

/* The cell at a place, which may lie beyond the map. */
static void
find_cell (RlvCompareView *self, double u, double v, int *column, int *row)
{
  const LrpHeatTransform *fit = &self->site->fit;

  *column = (int) floor (fit->scale * u + fit->dx);
  *row = (int) floor ((fit->scale_y > 0 ? fit->scale_y : fit->scale) * v + fit->dy);
}

/* A frame around a cell, dark in light so that it is seen on any colour. number: of a pin; 0: it is pointed at. */
static void
draw_mark (RlvCompareView *self, cairo_t *cr, const graphene_rect_t *area, int column, int row, guint number)
{
  double width = (double) area->size.width, height = (double) area->size.height;
  LrpHeatTransform fit = get_fit (self);
  double w = MAX (width / fit.scale, MARK), h = MAX (height / fit.scale_y, MARK);
  double x = floor (width * (column + 0.5 - fit.dx) / fit.scale - w / 2) + 0.5;
  double y = floor (height * (row + 0.5 - fit.dy) / fit.scale_y - h / 2) + 0.5;
  const char text[2] = { (char) ('0' + number), '\0' };

  cairo_rectangle (cr, x, y, ceil (w), ceil (h));
  if (number > 0)
    {
      cairo_set_font_size (cr, DIGIT);
      cairo_move_to (cr, x + w + 2, y - 1);
      cairo_text_path (cr, text);
    }
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_set_line_width (cr, 3);
  cairo_stroke_preserve (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

static void
draw_marks (RlvCompareView *self, cairo_t *cr, const graphene_rect_t *area)
{
  RlvPins *pins = rlv_session_get_pins (rlv_compare_look_get_session (self->look));
  double u, v;
  int column, row;

  if (!self->heat)
    return;
  for (guint i = 0; i < rlv_pins_get_n (pins); i++)
    {
      RlvPin pin = rlv_pins_get (pins, i);
      if (pin.column < self->cells_w && pin.row < self->cells_h)
        draw_mark (self, cr, area, pin.column, pin.row, i + 1);
    }
  if (!rlv_compare_look_get_pointed (self->look, &u, &v))
    return;
  find_cell (self, u, v, &column, &row);
  draw_mark (self, cr, area, column, row, 0);
}

/* By Cairo and not as a texture, because the software renderer of GTK 4.8 takes every pixel of a texture through
 * floats. */
static void
rlv_compare_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RlvCompareView *self = RLV_COMPARE_VIEW (widget);
  int scale = gtk_widget_get_scale_factor (widget);
  graphene_rect_t area;
  cairo_t *cr;

  if (!self->look)
    return;
  get_area (self, &area);
  update_image (self, (int) area.size.width * scale, (int) area.size.height * scale);
  cr = gtk_snapshot_append_cairo (snapshot, &area);
  cairo_translate (cr, (double) area.origin.x, (double) area.origin.y);
  cairo_save (cr);
  cairo_scale (cr, 1.0 / scale, 1.0 / scale);
  cairo_set_source_surface (cr, self->image, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_paint (cr);
  cairo_restore (cr);
  draw_marks (self, cr, &area);
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

/* --- the pointer -------------------------------------------------------------------------------------------------- */

/* The place of what was drawn that lies under a point of the widget; FALSE outside. */
static gboolean
find_place (RlvCompareView *self, double x, double y, double *u, double *v)
{
  graphene_rect_t area;
  double u0, v0, zoom;

  if (!self->look)
    return FALSE;
  get_area (self, &area);
  zoom = rlv_compare_look_get_zoom (self->look, &u0, &v0);
  *u = u0 + (x - (double) area.origin.x) / (double) area.size.width / zoom;
  *v = v0 + (y - (double) area.origin.y) / (double) area.size.height / zoom;
  return graphene_rect_contains_point (&area, &GRAPHENE_POINT_INIT ((float) x, (float) y));
}

static void
motion_cb (RlvCompareView *self, double x, double y)
{
  double u, v;

  if (find_place (self, x, y, &u, &v) && self->heat)
    rlv_compare_look_point (self->look, u, v);
  else if (self->look)
    rlv_compare_look_point_away (self->look);
}

static void
leave_cb (RlvCompareView *self)
{
  if (self->look)
    rlv_compare_look_point_away (self->look);
}

static gboolean
scroll_cb (RlvCompareView *self, double dx, double dy, GtkEventController *controller)
{
  double u = 0.5, v = 0.5;

  if (!self->look || !(gtk_event_controller_get_current_event_state (controller) & GDK_CONTROL_MASK))
    return FALSE;
  if (!rlv_compare_look_get_pointed (self->look, &u, &v))
    u = v = 0.5;
  rlv_compare_look_zoom_by (self->look, pow (RLV_COMPARE_ZOOM_STEP, -dy), u, v);
  return TRUE;
}

/* --- dragging ----------------------------------------------------------------------------------------------------- */

/* A hand where there is more than what is seen; else the card itself is dragged. */
static void
zoom_cb (RlvCompareView *self)
{
  double u, v;
  gboolean zoomed = rlv_compare_look_get_zoom (self->look, &u, &v) > 1;

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), zoomed ? "grab" : NULL);
  gtk_event_controller_set_propagation_phase (self->drag, zoomed ? GTK_PHASE_BUBBLE : GTK_PHASE_NONE);
}

static void
drag_begin_cb (RlvCompareView *self)
{
  rlv_compare_look_get_zoom (self->look, &self->held_u, &self->held_v);
}

/* Not claimed before it is one: a click is for the card; but at half the way at which the card would be dragged. What
 * was under the pointer stays there. */
static void
drag_update_cb (RlvCompareView *self, double dx, double dy, GtkGestureDrag *drag)
{
  GdkEventSequence *sequence = gtk_gesture_single_get_current_sequence (GTK_GESTURE_SINGLE (drag));
  double u, v, x, y, zoom = rlv_compare_look_get_zoom (self->look, &u, &v);
  graphene_rect_t area;

  if (gtk_gesture_get_sequence_state (GTK_GESTURE (drag), sequence) != GTK_EVENT_SEQUENCE_CLAIMED
      && !gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, (int) (2 * dx), (int) (2 * dy)))
    return;
  gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grabbing");
  get_area (self, &area);
  rlv_compare_look_pan_to (self->look, self->held_u - dx / (double) area.size.width / zoom,
                           self->held_v - dy / (double) area.size.height / zoom);
  gtk_gesture_drag_get_start_point (drag, &x, &y);
  motion_cb (self, x + dx, y + dy);
}

static void
add_drag (RlvCompareView *self)
{
  self->drag = GTK_EVENT_CONTROLLER (gtk_gesture_drag_new ());
  gtk_event_controller_set_propagation_phase (self->drag, GTK_PHASE_NONE);
  g_signal_connect_swapped (self->drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (self->drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (self->drag, "drag-end", G_CALLBACK (zoom_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), self->drag);
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
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);

  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  add_drag (self);
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
  g_signal_connect_object (look, "notify::zoom", G_CALLBACK (zoom_cb), self, G_CONNECT_SWAPPED);
  zoom_cb (self);
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
  find_cell (self, u, v, column, row);
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
 * rlv_compare_view_get_image:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): what was shown in the last frame, in device pixels
 */
cairo_surface_t *
rlv_compare_view_get_image (RlvCompareView *self)
{
  g_return_val_if_fail (RLV_IS_COMPARE_VIEW (self), NULL);
  return self->image;
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
