/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pin-layer.c: pixels of a heatmap are pointed at and pinned; lies over the heatmap */
#include "config.h"

#include "app/map/pin-layer.h"

#include "app/kit/keys.h"
#include "app/map/cell.h"

#include <glib/gi18n.h>

/* The least size of the ring around a pixel, however small that is shown. */
#define LEAST_RING 9
#define BADGE      16

/**
 * RlvPinLayer:
 *
 * Markers over a heatmap. The heatmap has the focus, pointer and keys: a click pins a pixel or lets it go; the arrows
 * move a cursor, Return and space pin what it is on, Escape takes away the last pin. Who handles "cell-chosen" keeps a
 * pixel from being pinned.
 */
struct _RlvPinLayer
{
  GtkWidget parent_instance;

  RlvHeatView *view;
  RlvQuery *query;
  RlvPins *pins;
  RlvPin cursor;
  gboolean has_cursor;
};

G_DEFINE_FINAL_TYPE (RlvPinLayer, rlv_pin_layer, GTK_TYPE_WIDGET)

static guint cell_chosen;

/* --- painting ----------------------------------------------------------------------------------------------------- */

static void
append_ring (GtkSnapshot *snapshot, const graphene_rect_t *area, const GdkRGBA *color, float inset)
{
  const float widths[4] = { 1, 1, 1, 1 };
  const GdkRGBA colors[4] = { *color, *color, *color, *color };
  graphene_rect_t inner;
  GskRoundedRect outline;

  graphene_rect_inset_r (area, inset, inset, &inner);
  gsk_rounded_rect_init_from_rect (&outline, &inner, 2);
  gtk_snapshot_append_border (snapshot, &outline, widths, colors);
}

static void
append_badge (RlvPinLayer *self, GtkSnapshot *snapshot, const graphene_rect_t *area, guint number)
{
  g_autofree char *text = g_strdup_printf ("%u", number);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  float x = area->origin.x + area->size.width, y = area->origin.y - BADGE;
  int width, height;
  GskRoundedRect disc;

  pango_layout_get_pixel_size (layout, &width, &height);
  x = CLAMP (x, 0, (float) gtk_widget_get_width (GTK_WIDGET (self)) - BADGE);
  y = MAX (y, 0);
  gsk_rounded_rect_init_from_rect (&disc, &GRAPHENE_RECT_INIT (x, y, BADGE, BADGE), BADGE / 2.0f);
  gtk_snapshot_push_rounded_clip (snapshot, &disc);
  gtk_snapshot_append_color (snapshot, &(GdkRGBA){ 0, 0, 0, 0.8f }, &disc.bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT (x + (BADGE - (float) width) / 2, y + (BADGE - (float) height) / 2));
  gtk_snapshot_append_layout (snapshot, layout, &(GdkRGBA){ 1, 1, 1, 1 });
  gtk_snapshot_restore (snapshot);
}

/* A light ring around a dark one, which stands out on any colour. number: of the pin; 0 for the cursor. */
static void
append_marker (RlvPinLayer *self, GtkSnapshot *snapshot, const RlvPin *pin, guint number)
{
  graphene_rect_t area;
  float grow_x, grow_y;

  if (!rlv_heat_view_get_cell_area (self->view, pin->column, pin->row, &area))
    return;
  grow_x = MAX (LEAST_RING - area.size.width, 0) / 2 + 2;
  grow_y = MAX (LEAST_RING - area.size.height, 0) / 2 + 2;
  graphene_rect_inset (&area, -grow_x, -grow_y);
  append_ring (snapshot, &area, &(GdkRGBA){ 1, 1, 1, 1 }, 0);
  append_ring (snapshot, &area, &(GdkRGBA){ 0, 0, 0, 1 }, 1);
  if (number > 0)
    append_badge (self, snapshot, &area, number);
  else
    append_ring (snapshot, &area, &(GdkRGBA){ 0, 0, 0, 1 }, -1);
}

static void
rlv_pin_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RlvPinLayer *self = RLV_PIN_LAYER (widget);

  for (guint i = 0; self->pins && i < rlv_pins_get_n (self->pins); i++)
    {
      RlvPin pin = rlv_pins_get (self->pins, i);
      append_marker (self, snapshot, &pin, i + 1);
    }
  if (self->has_cursor)
    append_marker (self, snapshot, &self->cursor, 0);
}

/* --- pointer and keys --------------------------------------------------------------------------------------------- */

static void
hide_cursor (RlvPinLayer *self)
{
  self->has_cursor = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
motion_cb (RlvPinLayer *self)
{
  if (self->has_cursor)
    hide_cursor (self);
}

static void
leave_cb (RlvPinLayer *self)
{
  hide_cursor (self);
  rlv_heat_view_point_at (self->view, -1, -1);
}

/* The pixel under the cursor is pinned, or let go, unless it means something else. */
static void
choose_cell (RlvPinLayer *self)
{
  gboolean handled = FALSE;

  g_signal_emit (self, cell_chosen, 0, self->cursor.column, self->cursor.row, &handled);
  if (!handled)
    rlv_pins_toggle (self->pins, self->cursor.column, self->cursor.row);
}

static void
released_cb (RlvPinLayer *self, int n, double x, double y)
{
  int column, row;

  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  if (!rlv_heat_view_get_cell (self->view, x, y, &column, &row))
    return;
  self->cursor = (RlvPin){ column, row };
  choose_cell (self);
}

/* The first key only shows the cursor: where the pointer was last, or on the pixel that counts most. */
static gboolean
show_cursor (RlvPinLayer *self)
{
  RlvCell cell;

  if (self->has_cursor)
    return FALSE;
  if (!rlv_cell_read (self->query, self->cursor.column, self->cursor.row, &cell))
    rlv_cell_find_strongest (self->query, &self->cursor.column, &self->cursor.row);
  self->has_cursor = TRUE;
  return TRUE;
}

static gboolean
move_cursor (RlvPinLayer *self, guint keyval)
{
  int dx, dy, width, height;

  if (!rlv_key_is_arrow (keyval, &dx, &dy) || !rlv_query_get_heat (self->query, &width, &height))
    return FALSE;
  if (!show_cursor (self))
    {
      self->cursor.column = CLAMP (self->cursor.column + dx, 0, width - 1);
      self->cursor.row = CLAMP (self->cursor.row + dy, 0, height - 1);
    }
  rlv_heat_view_point_at (self->view, self->cursor.column, self->cursor.row);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return TRUE;
}

static gboolean
key_cb (RlvPinLayer *self, guint keyval, guint keycode, GdkModifierType state)
{
  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK))
    return FALSE;
  if (keyval == GDK_KEY_Escape && rlv_pins_get_n (self->pins))
    rlv_pins_remove (self->pins, rlv_pins_get_n (self->pins) - 1);
  else if (rlv_key_is_press (keyval) && self->has_cursor)
    choose_cell (self);
  else
    return move_cursor (self, keyval);
  return TRUE;
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

static void
rlv_pin_layer_dispose (GObject *object)
{
  RlvPinLayer *self = RLV_PIN_LAYER (object);

  g_clear_object (&self->query);
  g_clear_object (&self->pins);
  g_clear_weak_pointer (&self->view);
  G_OBJECT_CLASS (rlv_pin_layer_parent_class)->dispose (object);
}

static void
rlv_pin_layer_class_init (RlvPinLayerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rlv_pin_layer_dispose;
  cell_chosen = g_signal_new ("cell-chosen", RLV_TYPE_PIN_LAYER, G_SIGNAL_RUN_LAST, 0,
                              g_signal_accumulator_true_handled, NULL, NULL, G_TYPE_BOOLEAN, 2, G_TYPE_INT, G_TYPE_INT);
  widget_class->snapshot = rlv_pin_layer_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
  gtk_widget_class_set_css_name (widget_class, "pinlayer");
}

static void
rlv_pin_layer_init (RlvPinLayer *self)
{
  self->cursor = (RlvPin){ -1, -1 };
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * rlv_pin_layer_set_view:
 * @self: a layer
 * @view: the heatmap that it lies over
 * @query: what that shows
 * @pins: which pixels are pinned; all of it is set once
 */
void
rlv_pin_layer_set_view (RlvPinLayer *self, RlvHeatView *view, RlvQuery *query, RlvPins *pins)
{
  GtkWidget *widget = GTK_WIDGET (view);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new (), *motion = gtk_event_controller_motion_new (),
                     *focus = gtk_event_controller_focus_new ();

  g_return_if_fail (RLV_IS_PIN_LAYER (self) && !self->view);

  g_set_weak_pointer (&self->view, view);
  self->query = g_object_ref (query);
  self->pins = g_object_ref (pins);
  gtk_widget_set_focusable (widget, TRUE);
  g_signal_connect_object (click, "released", G_CALLBACK (released_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "motion", G_CALLBACK (motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (widget, keys);
  gtk_widget_add_controller (widget, motion);
  gtk_widget_add_controller (widget, focus);
  g_signal_connect_object (pins, "changed", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (query, "notify::explanation", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

/**
 * rlv_pin_layer_get_cursor:
 * @self: a layer
 * @cursor: (out caller-allocates): what the keyboard points at
 *
 * Returns: whether it points at something
 */
gboolean
rlv_pin_layer_get_cursor (RlvPinLayer *self, RlvPin *cursor)
{
  g_return_val_if_fail (RLV_IS_PIN_LAYER (self), FALSE);

  *cursor = self->cursor;
  return self->has_cursor;
}
