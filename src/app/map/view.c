/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view.c: the drawing, large, with its heatmap over it */
#include "config.h"

#include "app/map/view.h"

#include "app/map/canvas.h"
#include "app/map/cell.h"

#include <glib/gi18n.h>

#define MINIMUM_SIZE 160
#define NATURAL_SIZE 560
#define MAXIMUM_SIZE 1200

/**
 * RlvHeatView:
 *
 * A square of the largest size that fits, or what is seen of a photo.
 */
struct _RlvHeatView
{
  GtkWidget parent_instance;

  RlvQuery *query;
  RlvCanvas *canvas;
  int column, row; /* of what is pointed at; -1: nothing is */
  char *reading;   /* that, in words */
};

G_DEFINE_FINAL_TYPE (RlvHeatView, rlv_heat_view, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_READING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* NULL: nothing is explained. */
static RlvSite *
get_site (RlvHeatView *self)
{
  return self->query ? rlv_query_get_site (self->query) : NULL;
}

/* FALSE where nothing is explained. */
static gboolean
get_grid (RlvHeatView *self, RlvHeatGrid *grid)
{
  grid->values = self->query ? rlv_query_get_heat (self->query, &grid->width, &grid->height) : NULL;
  if (grid->values)
    grid->fit = get_site (self)->fit;
  return grid->values != NULL;
}

static void
invalidate (RlvHeatView *self)
{
  if (self->canvas)
    rlv_canvas_invalidate (self->canvas);
}

static void
rlv_heat_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RlvHeatView *self = RLV_HEAT_VIEW (widget);
  RlvHeatGrid grid;

  if (!get_grid (self, &grid))
    return;
  if (rlv_canvas_is_stale (self->canvas, get_site (self)))
    rlv_canvas_compose (self->canvas, get_site (self), &grid);
  rlv_canvas_append (self->canvas, get_site (self), snapshot);
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
  g_clear_object (&self->canvas);
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
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
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
  g_return_if_fail (RLV_IS_HEAT_VIEW (self) && !self->query);

  self->canvas = rlv_canvas_new (GTK_WIDGET (self), session);
  self->query = g_object_ref (query);
  g_signal_connect_object (query, "notify::explanation", G_CALLBACK (explanation_cb), self, G_CONNECT_SWAPPED);
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
  RlvHeatGrid grid;

  g_return_val_if_fail (RLV_IS_HEAT_VIEW (self), FALSE);

  return get_grid (self, &grid) && rlv_canvas_find_cell (self->canvas, get_site (self), &grid, x, y, column, row);
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

  if (!get_site (self))
    return FALSE;
  fit = &get_site (self)->fit;
  rlv_canvas_get_area (self->canvas, get_site (self), &whole);
  width = (double) whole.size.width / fit->scale;
  height = (double) whole.size.height / fit->scale_y;
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
