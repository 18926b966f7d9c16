/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture.c: what is drawn, with the relevance of one layer over it */
#include "config.h"

#include "app/layers/picture.h"

#include "app/map/canvas.h"
#include "app/map/cell.h"
#include "app/work/input.h"
#include "app/kit/text.h"
#include "app/layers/value-bars.h"

#include <glib/gi18n.h>
#include <math.h>

#define MINIMUM_SIZE 112
#define NATURAL_SIZE 144
#define UNITS_MAX    64

/**
 * RlvLayerPicture:
 *
 * Of the row looked at. Its cells are as large as the part of the picture that each of them came from; where it has no
 * places any more, the units themselves are shown as bars.
 */
struct _RlvLayerPicture
{
  GtkWidget parent_instance;

  RlvLayers *layers;
  RlvCanvas *canvas;
};

G_DEFINE_FINAL_TYPE (RlvLayerPicture, rlv_layer_picture, GTK_TYPE_WIDGET)

static RlvSite *
get_site (RlvLayerPicture *self)
{
  return rlv_query_get_site (rlv_session_get_query (rlv_layers_get_session (self->layers)));
}

/* --- maps --------------------------------------------------------------------------------------------------------- */

/* What each time step read, as one cell, where each reads a row of the picture. */
static float *
dup_step_map (RlvLayers *layers, guint row, int *width, int *height)
{
  RlvFlow *flow = rlv_layers_get_flow (layers);
  guint n;
  g_autofree double *steps = rlv_flow_dup_steps (flow, row, rlv_layers_get_explanation (layers), &n);
  RlvField field;
  float *map;

  if (!rlv_input_get_field (flow->network, &field, NULL) || (int) n != field.height)
    return NULL;
  *width = 1;
  *height = (int) n;
  map = g_new (float, n);
  for (guint i = 0; i < n; i++)
    map[i] = (float) steps[i];
  return map;
}

/* A picture of one colour as a sequence of its rows: the same numbers in the same order. */
static gboolean
is_picture_in_rows (RlvLayers *layers, guint layer, const RlvChannels *channels)
{
  const LrpNetwork *network = rlv_layers_get_flow (layers)->network;
  const LrpLayer *l = lrp_network_get_layer (network, layer);
  RlvField field;

  return l->kind == LRP_OP_RESHAPE && l->inputs[0] == 0 && rlv_input_get_field (network, &field, NULL)
         && field.channels == 1 && (int) channels->n == field.height && channels->width == field.width;
}

/* Relevance of a row, place by place, all channels together. Returns: (transfer full) (nullable): NULL where it has no
 * places */
static float *
dup_map (RlvLayers *layers, guint row, int *width, int *height)
{
  const RlvFlowRow *r = rlv_flow_get_row (rlv_layers_get_flow (layers), row);
  RlvChannels *channels;

  if (!rlv_layers_get_explanation (layers))
    return NULL;
  if (r->kind == RLV_FLOW_RECURRENT)
    return dup_step_map (layers, row, width, height);
  channels = rlv_layers_get_channels (layers, r->layer);
  if (channels && is_picture_in_rows (layers, r->layer, channels))
    {
      *width = channels->width;
      *height = (int) channels->n;
      return g_memdup2 (rlv_channels_get_relevance (channels, 0),
                        channels->n * (gsize) channels->width * sizeof (float));
    }
  if (!channels || channels->height < 2)
    return NULL;
  *width = channels->width;
  *height = channels->height;
  return rlv_channels_sum_map (channels);
}

/* The layer's cells cover the same part of the picture as the input's do. FALSE where it has none.
 * map: (out) (transfer full): its values */
static gboolean
get_grid (RlvLayerPicture *self, RlvHeatGrid *grid, float **map)
{
  RlvField field;
  RlvSite *site = get_site (self);
  double across, down;

  *map = dup_map (self->layers, rlv_layers_get_row (self->layers), &grid->width, &grid->height);
  if (!*map || !site || !rlv_input_get_field (rlv_layers_get_flow (self->layers)->network, &field, NULL))
    return FALSE;
  grid->values = *map;
  across = grid->width / (double) field.width;
  down = grid->height / (double) field.height;
  grid->fit = (LrpHeatTransform){ site->fit.scale * across, site->fit.dx * across, site->fit.dy * down,
                                  site->fit.scale_y * down };
  return TRUE;
}

/* --- painting ----------------------------------------------------------------------------------------------------- */

/* Units have no place on the picture, so they are drawn as bars over it. */
static void
draw_units (RlvLayerPicture *self, GtkSnapshot *snapshot, const graphene_rect_t *area)
{
  RlvLayers *layers = self->layers;
  const RlvFlowRow *row = rlv_layers_get_flow (layers)
                              ? rlv_flow_get_row (rlv_layers_get_flow (layers), rlv_layers_get_row (layers))
                              : NULL;
  RlvChannels *channels = row ? rlv_layers_get_channels (layers, row->layer) : NULL;
  const LrpHeatStyle *style = rlv_layers_get_style (layers);
  const float ink = style->dark ? 1 : 0;
  guint n = UNITS_MAX;
  g_autofree guint *best = NULL;
  g_autofree double *values = NULL;
  cairo_t *cr;

  if (!channels || channels->height > 1 || row->kind == RLV_FLOW_RECURRENT
      || is_picture_in_rows (layers, row->layer, channels))
    return;
  best = rlv_channels_sort (channels, channels->n > n ? RLV_BY_SIZE : RLV_BY_INDEX, &n);
  values = g_new0 (double, n + 1);
  for (guint i = 0; i < n; i++)
    values[i] = channels->channels[best[i]].relevance;
  cr = gtk_snapshot_append_cairo (snapshot, area);
  cairo_translate (cr, (double) area->origin.x + 6, (double) area->origin.y + 6);
  rlv_value_bars_draw (cr, values, n, style, &(GdkRGBA){ ink, ink, ink, 1 }, FALSE, (double) area->size.width - 12,
                       (double) area->size.height - 12);
  cairo_destroy (cr);
}

static void
rlv_layer_picture_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RlvLayerPicture *self = RLV_LAYER_PICTURE (widget);
  RlvSite *site;
  graphene_rect_t area;

  if (!self->layers || !rlv_layers_get_flow (self->layers))
    return;
  site = get_site (self);
  if (rlv_canvas_is_stale (self->canvas, site))
    {
      g_autofree float *map = NULL;
      RlvHeatGrid grid;
      rlv_canvas_compose (self->canvas, site, get_grid (self, &grid, &map) ? &grid : NULL);
    }
  rlv_canvas_append (self->canvas, site, snapshot);
  rlv_canvas_get_area (self->canvas, site, &area);
  draw_units (self, snapshot, &area);
}

/* --- the pointer -------------------------------------------------------------------------------------------------- */

static char *
describe (RlvLayerPicture *self, const RlvHeatGrid *grid, int column, int row)
{
  double value = (double) grid->values[row * grid->width + column], sum = 0;
  g_autofree char *relevance = rlv_text_signed (value), *share = NULL;
  RlvCell cell = { 0 };

  if (rlv_flow_get_row (rlv_layers_get_flow (self->layers), rlv_layers_get_row (self->layers))->layer == 0)
    return rlv_cell_read (rlv_session_get_query (rlv_layers_get_session (self->layers)), column, row, &cell)
               ? rlv_cell_describe (&cell)
               : NULL;
  for (int i = 0; i < grid->width * grid->height; i++)
    sum += (double) grid->values[i];
  cell.share = sum != 0 ? value / sum : NAN;
  share = rlv_cell_share_text (&cell);
  return g_strdup_printf (_("column %d, row %d: relevance %s, %s of the sum"), column, row, relevance, share);
}

/**
 * rlv_layer_picture_dup_reading:
 * @self: a picture
 * @x: a point of it
 * @y: the same
 *
 * Returns: (transfer full) (nullable): what there is to know about the cell there: at the pixels, what they are; above,
 * the relevance of all channels together; %NULL where there is none
 */
char *
rlv_layer_picture_dup_reading (RlvLayerPicture *self, double x, double y)
{
  g_autofree float *map = NULL;
  RlvHeatGrid grid;
  int column, row;

  g_return_val_if_fail (RLV_IS_LAYER_PICTURE (self), NULL);

  if (!rlv_layers_get_flow (self->layers) || !get_grid (self, &grid, &map)
      || !rlv_canvas_find_cell (self->canvas, get_site (self), &grid, x, y, &column, &row))
    return NULL;
  return describe (self, &grid, column, row);
}

static gboolean
rlv_layer_picture_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  RlvLayerPicture *self = RLV_LAYER_PICTURE (widget);
  g_autofree char *text = self->layers && !keyboard ? rlv_layer_picture_dup_reading (self, x, y) : NULL;

  gtk_tooltip_set_text (tooltip, text);
  return text != NULL;
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

static void
invalidate (RlvLayerPicture *self)
{
  if (self->canvas)
    rlv_canvas_invalidate (self->canvas);
}

static void
rlv_layer_picture_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                           int *minimum_baseline, int *natural_baseline)
{
  *minimum = MINIMUM_SIZE;
  *natural = NATURAL_SIZE;
}

static void
rlv_layer_picture_dispose (GObject *object)
{
  RlvLayerPicture *self = RLV_LAYER_PICTURE (object);

  g_clear_object (&self->layers);
  g_clear_object (&self->canvas);
  G_OBJECT_CLASS (rlv_layer_picture_parent_class)->dispose (object);
}

static void
rlv_layer_picture_class_init (RlvLayerPictureClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rlv_layer_picture_dispose;
  widget_class->snapshot = rlv_layer_picture_snapshot;
  widget_class->measure = rlv_layer_picture_measure;
  widget_class->query_tooltip = rlv_layer_picture_query_tooltip;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "heatview");
}

static void
rlv_layer_picture_init (RlvLayerPicture *self)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Relevance in this layer"),
                                  -1);
}

/**
 * rlv_layer_picture_set_layers:
 * @self: a picture
 * @layers: what the page's parts share; set once
 */
void
rlv_layer_picture_set_layers (RlvLayerPicture *self, RlvLayers *layers)
{
  g_return_if_fail (RLV_IS_LAYER_PICTURE (self) && !self->layers);

  self->layers = g_object_ref (layers);
  self->canvas = rlv_canvas_new (GTK_WIDGET (self), rlv_layers_get_session (layers));
  g_signal_connect_object (layers, "notify", G_CALLBACK (invalidate), self, G_CONNECT_SWAPPED);
}
