/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture.c: what is drawn, with the relevance of one layer over it */
#include "config.h"

#include "app/layers/picture.h"

#include "app/map/cell.h"
#include "app/kit/draw-text.h"
#include "app/drawing/ink-cache.h"
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
  RlvInkCache *ink;
  cairo_surface_t *image; /* NULL: stale */
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

/**
 * rlv_layers_dup_map:
 * @layers: what the page's parts share
 * @row: a row
 * @width: (out): cells across
 * @height: (out): cells down
 *
 * Returns: (transfer full) (nullable): its relevance, place by place
 */
float *
rlv_layers_dup_map (RlvLayers *layers, guint row, int *width, int *height)
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

/* The layer's cells cover the same part of the picture as the input's do. */
static gboolean
get_fit (RlvLayerPicture *self, int width, int height, LrpHeatTransform *fit)
{
  RlvField field;
  RlvSite *site = get_site (self);
  double across, down;

  if (!site || !rlv_input_get_field (rlv_layers_get_flow (self->layers)->network, &field, NULL))
    return FALSE;
  across = width / (double) field.width;
  down = height / (double) field.height;
  *fit = (LrpHeatTransform){ site->fit.scale * across, site->fit.dx * across, site->fit.dy * down,
                             (site->fit.scale_y > 0 ? site->fit.scale_y : site->fit.scale) * down };
  return TRUE;
}

/* --- painting ----------------------------------------------------------------------------------------------------- */

static cairo_surface_t *
compose (RlvLayerPicture *self, int width, int height)
{
  LrpHeatStyle style = *rlv_layers_get_style (self->layers);
  RlvSite *site = get_site (self);
  int cells_w = 1, cells_h = 1;
  g_autofree float *map = rlv_layers_dup_map (self->layers, rlv_layers_get_row (self->layers), &cells_w, &cells_h);
  cairo_surface_t *picture, *image;
  LrpHeatTransform fit;
  gboolean fits = map && get_fit (self, cells_w, cells_h, &fit);

  if (site && site->photo)
    {
      picture = lrp_shown_render (&site->shown, width, height);
      image = lrp_heat_compose (fits ? map : NULL, cells_w, cells_h, fits ? &fit : NULL, NULL, picture, &style, width,
                                height);
      cairo_surface_destroy (picture);
      return image;
    }
  rlv_ink_cache_update (self->ink, rlv_session_get_document (rlv_layers_get_session (self->layers)), width);
  return lrp_heat_compose (fits ? map : NULL, cells_w, cells_h, fits ? &fit : NULL,
                           rlv_ink_cache_get_surface (self->ink), NULL, &style, width, height);
}

/* Units have no place on the picture, so they stand before it. */
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
  int scale = gtk_widget_get_scale_factor (widget), width, height;
  graphene_rect_t area;

  if (!self->layers || !rlv_layers_get_flow (self->layers))
    return;
  rlv_site_get_area (get_site (self), gtk_widget_get_width (widget), gtk_widget_get_height (widget), &area);
  width = (int) area.size.width * scale;
  height = (int) area.size.height * scale;
  if (self->image
      && (cairo_image_surface_get_width (self->image) != width
          || cairo_image_surface_get_height (self->image) != height))
    g_clear_pointer (&self->image, cairo_surface_destroy);
  if (!self->image)
    self->image = compose (self, width, height);
  rlv_draw_image (snapshot, self->image, (double) area.origin.x, (double) area.origin.y, (double) area.size.width,
                  (double) area.size.height);
  draw_units (self, snapshot, &area);
}

/* --- the pointer -------------------------------------------------------------------------------------------------- */

static char *
describe (RlvLayerPicture *self, const float *map, int width, int height, int column, int row)
{
  double value = (double) map[row * width + column], sum = 0;
  g_autofree char *relevance = rlv_text_signed (value), *share = NULL;
  RlvCell cell = { 0 };

  if (rlv_flow_get_row (rlv_layers_get_flow (self->layers), rlv_layers_get_row (self->layers))->layer == 0)
    return rlv_cell_read (rlv_session_get_query (rlv_layers_get_session (self->layers)), column, row, &cell)
               ? rlv_cell_describe (&cell)
               : NULL;
  for (int i = 0; i < width * height; i++)
    sum += (double) map[i];
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
  graphene_rect_t area;
  int width, height, column, row;
  LrpHeatTransform fit;

  g_return_val_if_fail (RLV_IS_LAYER_PICTURE (self), NULL);

  if (!rlv_layers_get_flow (self->layers))
    return NULL;
  map = rlv_layers_dup_map (self->layers, rlv_layers_get_row (self->layers), &width, &height);
  if (!map || !get_fit (self, width, height, &fit))
    return NULL;
  rlv_site_get_area (get_site (self), gtk_widget_get_width (GTK_WIDGET (self)),
                     gtk_widget_get_height (GTK_WIDGET (self)), &area);
  column = (int) floor (fit.scale * (x - (double) area.origin.x) / (double) area.size.width + fit.dx);
  row = (int) floor (fit.scale_y * (y - (double) area.origin.y) / (double) area.size.height + fit.dy);
  if (column < 0 || row < 0 || column >= width || row >= height)
    return NULL;
  return describe (self, map, width, height, column, row);
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
  g_clear_pointer (&self->image, cairo_surface_destroy);
  gtk_widget_queue_draw (GTK_WIDGET (self));
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
  g_clear_pointer (&self->image, cairo_surface_destroy);
  g_clear_pointer (&self->ink, rlv_ink_cache_free);
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
  self->ink = rlv_ink_cache_new ();
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (invalidate), NULL);
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
  RlvSession *session = rlv_layers_get_session (layers);

  g_return_if_fail (RLV_IS_LAYER_PICTURE (self) && !self->layers);

  self->layers = g_object_ref (layers);
  g_signal_connect_object (layers, "notify", G_CALLBACK (invalidate), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (rlv_session_get_document (session), "changed", G_CALLBACK (invalidate), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rlv_session_get_display (session), "notify", G_CALLBACK (invalidate), self,
                           G_CONNECT_SWAPPED);
}
