/* SPDX-License-Identifier: GPL-3.0-or-later */
/* channel-montage.c: all channels of a layer, small: relevance and activation side by side */
#include "config.h"

#include "app/layers/channel-montage.h"

#include "app/layers/channel-cells.h"
#include "app/layers/channel-grid.h"
#include "app/layers/channel-text.h"
#include "app/kit/draw-text.h"
#include "app/kit/keys.h"

#include <glib/gi18n.h>

/**
 * RlvChannelMontage:
 *
 * A grid as high as all its cells; it lies in a scrolled window, and only cells that are to be seen are painted.
 */
struct _RlvChannelMontage
{
  GtkWidget parent_instance;

  RlvLayers *layers;
  guint layer;
  RlvChannelOrder order;
  RlvCells *cells; /* what is painted of the channels there are now */
  guint n, *sorted;
  int channel;  /* chosen; -1: none */
  guint cursor; /* where the keyboard is, in order */
  GtkAdjustment *adjustment;
};

G_DEFINE_FINAL_TYPE (RlvChannelMontage, rlv_channel_montage, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_CHANNEL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static RlvChannels *
get_channels (RlvChannelMontage *self)
{
  return self->layers ? rlv_layers_get_channels (self->layers, self->layer) : NULL;
}

/* --- the grid ----------------------------------------------------------------------------------------------------- */

static RlvGrid
get_grid (RlvChannelMontage *self, int width)
{
  RlvChannels *channels = get_channels (self);
  RlvGrid grid = { .n = self->n,
                   .width = width,
                   .mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL };

  rlv_cells_get_size (channels && rlv_channels_have_places (channels), &grid.cell_width, &grid.cell_height);
  return grid;
}

static RlvGrid
get_own_grid (RlvChannelMontage *self)
{
  return get_grid (self, gtk_widget_get_width (GTK_WIDGET (self)));
}

static int
find_cell (RlvChannelMontage *self, double x, double y)
{
  RlvGrid grid = get_own_grid (self);

  return rlv_grid_find (&grid, x, y);
}

/* The range of y coordinates that the scrolled window shows. */
static void
get_seen (RlvChannelMontage *self, double *top, double *bottom)
{
  GtkWidget *port = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t bounds;

  *top = 0;
  *bottom = gtk_widget_get_height (GTK_WIDGET (self));
  if (!port || !gtk_widget_compute_bounds (GTK_WIDGET (self), port, &bounds))
    return;
  *top = MAX (0, -(double) bounds.origin.y);
  *bottom = MIN (*bottom, gtk_widget_get_height (port) - (double) bounds.origin.y);
}

/* --- channels ----------------------------------------------------------------------------------------------------- */

/* The cell that the keyboard is at, as text for screen readers. */
static void
tell (RlvChannelMontage *self)
{
  g_autofree char *text = self->cursor < self->n && get_channels (self)
                              ? rlv_channel_text_describe (self->layers, self->layer, self->sorted[self->cursor])
                              : NULL;

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text ? text : "", -1);
}

static void
update (RlvChannelMontage *self)
{
  RlvChannels *channels = get_channels (self);
  guint before = self->n;

  g_clear_pointer (&self->sorted, g_free);
  rlv_cells_clear (self->cells);
  self->n = G_MAXUINT;
  if (channels)
    self->sorted = rlv_channels_sort (channels, self->order, &self->n);
  else
    self->n = 0;
  self->cursor = MIN (self->cursor, MAX (self->n, 1) - 1);
  if (self->n != before)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
  tell (self);
}

static void
choose (RlvChannelMontage *self, int n)
{
  if (n < 0)
    return;
  self->cursor = (guint) n;
  tell (self);
  rlv_channel_montage_set_channel (self, (int) self->sorted[n]);
}

/* --- painting ----------------------------------------------------------------------------------------------------- */

static void
draw_frame (RlvChannelMontage *self, GtkSnapshot *snapshot, const graphene_rect_t *cell, float width)
{
  GdkRGBA color = rlv_get_foreground (GTK_WIDGET (self));
  GskRoundedRect outline;

  gtk_style_context_lookup_color (gtk_widget_get_style_context (GTK_WIDGET (self)), "accent_color", &color);
  gsk_rounded_rect_init_from_rect (&outline, cell, 4);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]){ width, width, width, width },
                              (GdkRGBA[4]){ color, color, color, color });
}

static void
rlv_channel_montage_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RlvChannelMontage *self = RLV_CHANNEL_MONTAGE (widget);
  RlvGrid grid = get_own_grid (self);
  guint first, last;
  double top, bottom;

  if (!get_channels (self))
    return;
  get_seen (self, &top, &bottom);
  rlv_grid_get_range (&grid, top, bottom, &first, &last);
  for (guint i = first; i < last; i++)
    {
      graphene_rect_t cell;
      rlv_grid_get_cell (&grid, i, &cell);
      rlv_cells_draw (self->cells, snapshot, widget, self->layers, self->layer, self->sorted[i], &cell);
      graphene_rect_inset (&cell, 1, 1);
      if ((int) self->sorted[i] == self->channel)
        draw_frame (self, snapshot, &cell, 2);
      else if (gtk_widget_has_visible_focus (widget) && i == self->cursor)
        draw_frame (self, snapshot, &cell, 1);
    }
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

static void
rlv_channel_montage_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                             int *minimum_baseline, int *natural_baseline)
{
  RlvChannelMontage *self = RLV_CHANNEL_MONTAGE (widget);
  RlvGrid grid = get_grid (self, for_size);

  if (for_size < 0)
    grid.width = 3 * grid.cell_width;
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? grid.cell_width : rlv_grid_get_height (&grid);
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 3 * grid.cell_width : *minimum;
}

static GtkSizeRequestMode
rlv_channel_montage_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* Cells that are scrolled into view must be painted then. */
static void
rlv_channel_montage_root (GtkWidget *widget)
{
  RlvChannelMontage *self = RLV_CHANNEL_MONTAGE (widget);
  GtkWidget *port = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);

  GTK_WIDGET_CLASS (rlv_channel_montage_parent_class)->root (widget);
  if (!port || self->adjustment)
    return;
  self->adjustment = g_object_ref (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (port)));
  g_signal_connect_object (self->adjustment, "value-changed", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->adjustment, "changed", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

static void
pressed_cb (RlvChannelMontage *self, int n_press, double x, double y)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  choose (self, find_cell (self, x, y));
}

static void
show_cursor (RlvChannelMontage *self)
{
  RlvGrid grid = get_own_grid (self);
  graphene_rect_t cell;
  double value = self->adjustment ? gtk_adjustment_get_value (self->adjustment) : 0;
  double page = self->adjustment ? gtk_adjustment_get_page_size (self->adjustment) : 0;

  rlv_grid_get_cell (&grid, self->cursor, &cell);
  if (self->adjustment)
    gtk_adjustment_set_value (
        self->adjustment, CLAMP (value, (double) (cell.origin.y + cell.size.height) - page, (double) cell.origin.y));
  gtk_widget_queue_draw (GTK_WIDGET (self));
  tell (self);
}

static gboolean
key_cb (RlvChannelMontage *self, guint keyval, guint keycode, GdkModifierType state)
{
  RlvGrid grid = get_own_grid (self);
  int columns = (int) rlv_grid_get_columns (&grid), dx, dy, step;

  if ((state & gtk_accelerator_get_default_mod_mask ()) || self->n == 0)
    return FALSE;
  if (rlv_key_is_press (keyval))
    {
      choose (self, (int) self->cursor);
      return TRUE;
    }
  if (rlv_key_is_arrow (keyval, &dx, &dy))
    step = (grid.mirrored ? -dx : dx) + columns * dy;
  else if (keyval == GDK_KEY_Home || keyval == GDK_KEY_End)
    step = keyval == GDK_KEY_Home ? -(int) self->n : (int) self->n;
  else
    return FALSE;
  self->cursor = (guint) CLAMP ((int) self->cursor + step, 0, (int) self->n - 1);
  show_cursor (self);
  return TRUE;
}

static gboolean
query_tooltip_cb (RlvChannelMontage *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  int n = find_cell (self, x, y);
  g_autofree char *text =
      n >= 0 && get_channels (self) ? rlv_channel_text_describe (self->layers, self->layer, self->sorted[n]) : NULL;

  if (!text)
    return FALSE;
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
rlv_channel_montage_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_int (value, RLV_CHANNEL_MONTAGE (object)->channel);
}

static void
rlv_channel_montage_dispose (GObject *object)
{
  RlvChannelMontage *self = RLV_CHANNEL_MONTAGE (object);

  g_clear_object (&self->layers);
  g_clear_object (&self->adjustment);
  g_clear_pointer (&self->cells, rlv_cells_free);
  g_clear_pointer (&self->sorted, g_free);
  G_OBJECT_CLASS (rlv_channel_montage_parent_class)->dispose (object);
}

static void
rlv_channel_montage_class_init (RlvChannelMontageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rlv_channel_montage_dispose;
  object_class->get_property = rlv_channel_montage_get_property;
  widget_class->snapshot = rlv_channel_montage_snapshot;
  widget_class->measure = rlv_channel_montage_measure;
  widget_class->get_request_mode = rlv_channel_montage_get_request_mode;
  widget_class->root = rlv_channel_montage_root;
  properties[PROP_CHANNEL] = g_param_spec_int ("channel", NULL, NULL, -1, G_MAXINT, -1,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "channelmontage");
}

static void
rlv_channel_montage_init (RlvChannelMontage *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->channel = -1;
  self->cells = rlv_cells_new ();
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
  g_signal_connect (self, "notify::has-focus", G_CALLBACK (gtk_widget_queue_draw), NULL);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Channels of the layer"),
                                  -1);
}

/**
 * rlv_channel_montage_set_layers:
 * @self: a montage
 * @layers: what the page's parts share; set once
 */
void
rlv_channel_montage_set_layers (RlvChannelMontage *self, RlvLayers *layers)
{
  g_return_if_fail (RLV_IS_CHANNEL_MONTAGE (self) && !self->layers);

  self->layers = g_object_ref (layers);
  g_signal_connect_object (layers, "notify::explanation", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (rlv_session_get_display (rlv_layers_get_session (layers)), "notify", G_CALLBACK (update),
                           self, G_CONNECT_SWAPPED);
}

/**
 * rlv_channel_montage_set_layer:
 * @self: a montage
 * @layer: whose channels are shown
 * @channel: which is chosen; -1: none, or the same as before where the layer is
 */
void
rlv_channel_montage_set_layer (RlvChannelMontage *self, guint layer, int channel)
{
  gboolean another = self->layer != layer;

  g_return_if_fail (RLV_IS_CHANNEL_MONTAGE (self));

  if (another)
    {
      self->layer = layer;
      self->cursor = 0;
      if (self->adjustment)
        gtk_adjustment_set_value (self->adjustment, 0);
      gtk_widget_queue_resize (GTK_WIDGET (self));
    }
  update (self);
  if (!another && channel < 0)
    return;
  self->channel = channel;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHANNEL]);
}

void
rlv_channel_montage_set_order (RlvChannelMontage *self, RlvChannelOrder order)
{
  g_return_if_fail (RLV_IS_CHANNEL_MONTAGE (self));

  self->order = order;
  self->cursor = 0;
  update (self);
}

int
rlv_channel_montage_get_channel (RlvChannelMontage *self)
{
  g_return_val_if_fail (RLV_IS_CHANNEL_MONTAGE (self), -1);
  return self->channel;
}

void
rlv_channel_montage_set_channel (RlvChannelMontage *self, int channel)
{
  g_return_if_fail (RLV_IS_CHANNEL_MONTAGE (self));

  if (self->channel == channel)
    return;
  self->channel = channel;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHANNEL]);
}
