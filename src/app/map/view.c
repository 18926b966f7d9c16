/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view.c: the drawing, large, with its heatmap over it */
#include "config.h"

#include "app/map/view.h"

#include "app/map/cell.h"
#include "app/map/image.h"
#include "app/drawing/ink-cache.h"

#include <glib/gi18n.h>
#include <math.h>

#define MINIMUM_SIZE 160
#define NATURAL_SIZE 560
#define MAXIMUM_SIZE 1200

/**
 * RlvHeatView:
 *
 * A square of the largest size that fits, or what is seen of a photo. Ink and heatmap are composed into one image of
 * device pixels when something changed, and shown 1:1.
 */
struct _RlvHeatView
{
  GtkWidget parent_instance;

  RlvSession *session;
  RlvQuery *query;
  RlvInkCache *ink;
  cairo_surface_t *image; /* NULL: stale */
  int column, row;        /* of what is pointed at; -1: nothing is */
  char *reading;          /* that, in words */
};

G_DEFINE_FINAL_TYPE (RlvHeatView, rlv_heat_view, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_READING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* What is seen of a photo; NULL where a drawing is explained, or nothing. */
static const LrpShown *
get_shown (RlvHeatView *self)
{
  RlvSite *site = self->query ? rlv_query_get_site (self->query) : NULL;

  return site && site->photo ? &site->shown : NULL;
}

/* Where the image lies. */
static void
get_area (RlvHeatView *self, graphene_rect_t *area)
{
  rlv_site_get_area (self->query ? rlv_query_get_site (self->query) : NULL, gtk_widget_get_width (GTK_WIDGET (self)),
                     gtk_widget_get_height (GTK_WIDGET (self)), area);
}

static void
invalidate (RlvHeatView *self)
{
  g_clear_pointer (&self->image, cairo_surface_destroy);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static cairo_surface_t *
compose (RlvHeatView *self, int width, int height)
{
  const LrpShown *shown = get_shown (self);
  const LrpHeatStyle *style;
  cairo_surface_t *picture, *image;

  if (!self->session)
    return NULL;
  style = rlv_display_get_style (rlv_session_get_display (self->session));
  if (!shown)
    {
      rlv_ink_cache_update (self->ink, rlv_session_get_document (self->session), width);
      return rlv_heat_image_new (self->query, style, rlv_ink_cache_get_surface (self->ink), NULL, width, height);
    }
  picture = rlv_site_render_photo (rlv_query_get_site (self->query), width, height);
  image = rlv_heat_image_new (self->query, style, NULL, picture, width, height);
  cairo_surface_destroy (picture);
  return image;
}

/* By Cairo and not as a texture, because the software renderer of GTK 4.8 takes every pixel of a texture through
 * floats. */
static void
append_image (GtkSnapshot *snapshot, cairo_surface_t *image, const graphene_rect_t *area)
{
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, area);
  double pixel = (double) area->size.width / cairo_image_surface_get_width (image);

  cairo_translate (cr, (double) area->origin.x, (double) area->origin.y);
  cairo_scale (cr, pixel, pixel);
  cairo_set_source_surface (cr, image, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_paint (cr);
  cairo_destroy (cr);
}

static void
rlv_heat_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RlvHeatView *self = RLV_HEAT_VIEW (widget);
  int scale = gtk_widget_get_scale_factor (widget), width, height;
  graphene_rect_t area;

  get_area (self, &area);
  width = (int) area.size.width * scale;
  height = (int) area.size.height * scale;
  if (self->image
      && (cairo_image_surface_get_width (self->image) != width
          || cairo_image_surface_get_height (self->image) != height))
    g_clear_pointer (&self->image, cairo_surface_destroy);
  if (!self->image)
    self->image = compose (self, width, height);
  if (self->image)
    append_image (snapshot, self->image, &area);
}

static void
rlv_heat_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                       int *minimum_baseline, int *natural_baseline)
{
  *minimum = MINIMUM_SIZE;
  *natural = for_size < 0 ? NATURAL_SIZE : CLAMP (for_size, MINIMUM_SIZE, MAXIMUM_SIZE);
}

static GtkSizeRequestMode
rlv_heat_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
set_reading (RlvHeatView *self, char *reading)
{
  g_autofree char *taken = reading;

  if (g_strcmp0 (self->reading, taken) == 0)
    return;
  g_free (self->reading);
  self->reading = g_steal_pointer (&taken);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_READING]);
}

/* What is pointed at, in words, as long as something is. */
static void
update_reading (RlvHeatView *self)
{
  RlvCell cell;

  set_reading (self, rlv_cell_read (self->query, self->column, self->row, &cell) ? rlv_cell_describe (&cell) : NULL);
}

static void
motion_cb (RlvHeatView *self, double x, double y)
{
  int column, row;

  if (!rlv_heat_view_get_cell (self, x, y, &column, &row))
    column = row = -1;
  rlv_heat_view_point_at (self, column, row);
}

static void
leave_cb (RlvHeatView *self)
{
  rlv_heat_view_point_at (self, -1, -1);
}

static void
explanation_cb (RlvHeatView *self)
{
  update_reading (self);
  invalidate (self);
}

static void
rlv_heat_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_string (value, RLV_HEAT_VIEW (object)->reading);
}

static void
rlv_heat_view_dispose (GObject *object)
{
  RlvHeatView *self = RLV_HEAT_VIEW (object);

  g_clear_object (&self->query);
  g_clear_object (&self->session);
  g_clear_pointer (&self->image, cairo_surface_destroy);
  g_clear_pointer (&self->ink, rlv_ink_cache_free);
  g_clear_pointer (&self->reading, g_free);
  G_OBJECT_CLASS (rlv_heat_view_parent_class)->dispose (object);
}

static void
rlv_heat_view_class_init (RlvHeatViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rlv_heat_view_dispose;
  object_class->get_property = rlv_heat_view_get_property;
  widget_class->snapshot = rlv_heat_view_snapshot;
  widget_class->measure = rlv_heat_view_measure;
  widget_class->get_request_mode = rlv_heat_view_get_request_mode;

  properties[PROP_READING] = g_param_spec_string ("reading", NULL, NULL, NULL,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "heatview");
}

static void
rlv_heat_view_init (RlvHeatView *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();

  self->column = self->row = -1;
  self->ink = rlv_ink_cache_new ();
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (invalidate), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Heatmap"), -1);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * rlv_heat_view_set_query:
 * @self: a view
 * @session: whose drawing it shows, and in whose colours
 * @query: whose answer it shows; both are set once
 */
void
rlv_heat_view_set_query (RlvHeatView *self, RlvSession *session, RlvQuery *query)
{
  g_return_if_fail (RLV_IS_HEAT_VIEW (self) && !self->session);

  self->session = g_object_ref (session);
  self->query = g_object_ref (query);
  g_signal_connect_object (query, "notify::explanation", G_CALLBACK (explanation_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (rlv_session_get_document (session), "changed", G_CALLBACK (invalidate), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rlv_session_get_display (session), "notify", G_CALLBACK (invalidate), self,
                           G_CONNECT_SWAPPED);
}

/**
 * rlv_heat_view_get_cell:
 * @self: a view
 * @x: in widget coordinates
 * @y: in widget coordinates
 * @column: (out): pixel of the network's input, from the left
 * @row: (out): pixel of the network's input, from the top
 *
 * Returns: whether the point lies on the heatmap
 */
gboolean
rlv_heat_view_get_cell (RlvHeatView *self, double x, double y, int *column, int *row)
{
  const LrpHeatTransform *fit;
  graphene_rect_t area;
  int width, height;

  g_return_val_if_fail (RLV_IS_HEAT_VIEW (self), FALSE);

  if (!self->session || !rlv_query_get_heat (self->query, &width, &height))
    return FALSE;
  fit = &rlv_query_get_site (self->query)->fit;
  get_area (self, &area);
  if (get_shown (self) && !graphene_rect_contains_point (&area, &GRAPHENE_POINT_INIT ((float) x, (float) y)))
    return FALSE;
  *column = (int) floor (fit->scale * (x - (double) area.origin.x) / (double) area.size.width + fit->dx);
  *row = (int) floor ((fit->scale_y > 0 ? fit->scale_y : fit->scale) * (y - (double) area.origin.y)
                          / (double) area.size.height
                      + fit->dy);
  return *column >= 0 && *column < width && *row >= 0 && *row < height;
}

/**
 * rlv_heat_view_get_cell_area:
 * @self: a view
 * @column: of a pixel of the network's input
 * @row: of it
 * @area: (out caller-allocates): where that is shown, in widget coordinates
 *
 * Returns: whether a heatmap is shown
 */
gboolean
rlv_heat_view_get_cell_area (RlvHeatView *self, int column, int row, graphene_rect_t *area)
{
  const LrpHeatTransform *fit;
  graphene_rect_t whole;
  double width, height;

  g_return_val_if_fail (RLV_IS_HEAT_VIEW (self), FALSE);

  if (!self->session || !rlv_query_get_site (self->query))
    return FALSE;
  fit = &rlv_query_get_site (self->query)->fit;
  get_area (self, &whole);
  width = (double) whole.size.width / fit->scale;
  height = (double) whole.size.height / (fit->scale_y > 0 ? fit->scale_y : fit->scale);
  *area = GRAPHENE_RECT_INIT (whole.origin.x + (float) ((column - fit->dx) * width),
                              whole.origin.y + (float) ((row - fit->dy) * height), (float) width, (float) height);
  return TRUE;
}

/**
 * rlv_heat_view_point_at:
 * @self: a view
 * @column: of a pixel of the network's input, or -1
 * @row: of it
 *
 * Makes "reading" say what is there, also when that changes; as the pointer does.
 */
void
rlv_heat_view_point_at (RlvHeatView *self, int column, int row)
{
  g_return_if_fail (RLV_IS_HEAT_VIEW (self));

  self->column = column;
  self->row = row;
  if (self->query)
    update_reading (self);
}

/**
 * rlv_heat_view_get_image:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): what was shown in the last frame, in device pixels
 */
cairo_surface_t *
rlv_heat_view_get_image (RlvHeatView *self)
{
  g_return_val_if_fail (RLV_IS_HEAT_VIEW (self), NULL);
  return self->image;
}
