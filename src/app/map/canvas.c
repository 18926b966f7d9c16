/* SPDX-License-Identifier: GPL-3.0-or-later */
/* canvas.c: a drawing or photo under a heatmap, as an image that is kept until something in it changes */
#include "config.h"

#include "app/map/canvas.h"

#include "app/drawing/ink-cache.h"
#include "app/kit/draw-text.h"

#include <math.h>

/**
 * RlvCanvas:
 *
 * The image has the widget's device pixels. It is stale when the drawing, the way heatmaps look, or the widget's size
 * or scale is another; its owner says when the heatmap is.
 */
struct _RlvCanvas
{
  GObject parent_instance;

  GtkWidget *widget; /* whose it is; not owned */
  RlvSession *session;
  RlvInkCache *ink;
  cairo_surface_t *image; /* NULL: stale */
};

G_DEFINE_FINAL_TYPE (RlvCanvas, rlv_canvas, G_TYPE_OBJECT)

static void
rlv_canvas_finalize (GObject *object)
{
  RlvCanvas *self = RLV_CANVAS (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->ink, rlv_ink_cache_free);
  g_clear_pointer (&self->image, cairo_surface_destroy);
  G_OBJECT_CLASS (rlv_canvas_parent_class)->finalize (object);
}

static void
rlv_canvas_class_init (RlvCanvasClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rlv_canvas_finalize;
}

static void
rlv_canvas_init (RlvCanvas *self)
{
  self->ink = rlv_ink_cache_new ();
}

/**
 * rlv_canvas_new:
 * @widget: what shows it; it gives the canvas up when it is disposed of
 * @session: whose drawing it shows, and in whose colours
 *
 * Returns: (transfer full): a canvas with nothing on it
 */
RlvCanvas *
rlv_canvas_new (GtkWidget *widget, RlvSession *session)
{
  RlvCanvas *self = g_object_new (RLV_TYPE_CANVAS, NULL);

  self->widget = widget;
  self->session = g_object_ref (session);
  g_signal_connect_object (rlv_session_get_document (session), "changed", G_CALLBACK (rlv_canvas_invalidate), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rlv_session_get_display (session), "notify", G_CALLBACK (rlv_canvas_invalidate), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * rlv_canvas_invalidate:
 * @self: a canvas
 *
 * What it shows is no longer true: the widget is drawn anew.
 */
void
rlv_canvas_invalidate (RlvCanvas *self)
{
  g_return_if_fail (RLV_IS_CANVAS (self));

  g_clear_pointer (&self->image, cairo_surface_destroy);
  gtk_widget_queue_draw (self->widget);
}

/* In device pixels. */
static void
get_size (RlvCanvas *self, const RlvSite *site, int *width, int *height)
{
  int scale = gtk_widget_get_scale_factor (self->widget);
  graphene_rect_t area;

  rlv_canvas_get_area (self, site, &area);
  *width = (int) area.size.width * scale;
  *height = (int) area.size.height * scale;
}

/**
 * rlv_canvas_is_stale:
 * @self: a canvas
 * @site: (nullable): where the network's input lies; %NULL: nothing is explained
 *
 * Returns: whether its image must be composed before it is shown
 */
gboolean
rlv_canvas_is_stale (RlvCanvas *self, const RlvSite *site)
{
  int width, height;

  g_return_val_if_fail (RLV_IS_CANVAS (self), FALSE);

  get_size (self, site, &width, &height);
  return !self->image || cairo_image_surface_get_width (self->image) != width
         || cairo_image_surface_get_height (self->image) != height;
}

/* What could not be drawn in one frame. */
static gboolean
again_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer self)
{
  rlv_canvas_invalidate (self);
  return G_SOURCE_REMOVE;
}

/**
 * rlv_canvas_compose:
 * @self: a canvas
 * @site: (nullable): where the network's input lies: on a photo or, also where it is %NULL, on the drawing
 * @grid: (nullable): the heatmap; %NULL: none
 *
 * Composes the image.
 */
void
rlv_canvas_compose (RlvCanvas *self, const RlvSite *site, const RlvHeatGrid *grid)
{
  static const RlvHeatGrid none = { NULL, 1, 1, { 0 } };
  const LrpHeatStyle *style;
  cairo_surface_t *photo = NULL, *ink = NULL;
  int width, height;

  g_return_if_fail (RLV_IS_CANVAS (self));

  get_size (self, site, &width, &height);
  if (site && site->photo)
    photo = rlv_site_render_photo (site, width, height);
  else
    {
      rlv_ink_cache_update (self->ink, rlv_session_get_document (self->session), width);
      ink = rlv_ink_cache_get_surface (self->ink);
      if (rlv_ink_cache_is_behind (self->ink))
        gtk_widget_add_tick_callback (self->widget, again_cb, g_object_ref (self), g_object_unref);
    }
  style = rlv_display_get_style (rlv_session_get_display (self->session));
  if (!grid)
    grid = &none;
  g_clear_pointer (&self->image, cairo_surface_destroy);
  self->image = lrp_heat_compose (grid->values, grid->width, grid->height, grid->values ? &grid->fit : NULL, ink, photo,
                                  style, width, height);
  g_clear_pointer (&photo, cairo_surface_destroy);
}

/**
 * rlv_canvas_append:
 * @self: a canvas
 * @site: (nullable): where the network's input lies
 * @snapshot: where to
 *
 * Shows the image, one of its pixels on one of the device's.
 */
void
rlv_canvas_append (RlvCanvas *self, const RlvSite *site, GtkSnapshot *snapshot)
{
  graphene_rect_t area;

  g_return_if_fail (RLV_IS_CANVAS (self));

  rlv_canvas_get_area (self, site, &area);
  if (self->image)
    rlv_draw_image (snapshot, self->image, (double) area.origin.x, (double) area.origin.y, (double) area.size.width,
                    (double) area.size.height);
}

/**
 * rlv_canvas_get_area:
 * @self: a canvas
 * @site: (nullable): where the network's input lies
 * @area: (out caller-allocates): where the image lies in the widget
 */
void
rlv_canvas_get_area (RlvCanvas *self, const RlvSite *site, graphene_rect_t *area)
{
  g_return_if_fail (RLV_IS_CANVAS (self));

  rlv_site_get_area (site, gtk_widget_get_width (self->widget), gtk_widget_get_height (self->widget), area);
}

/**
 * rlv_canvas_find_cell:
 * @self: a canvas
 * @site: where the network's input lies
 * @grid: the heatmap
 * @x: in widget coordinates
 * @y: in widget coordinates
 * @column: (out): of the cell there, from the left
 * @row: (out): of the cell there, from the top
 *
 * Returns: whether there is a cell. Cells beyond the edges of a photo are not shown, and not found
 */
gboolean
rlv_canvas_find_cell (RlvCanvas *self, const RlvSite *site, const RlvHeatGrid *grid, double x, double y, int *column,
                      int *row)
{
  graphene_rect_t area;

  g_return_val_if_fail (RLV_IS_CANVAS (self), FALSE);

  rlv_canvas_get_area (self, site, &area);
  if (site->photo && !graphene_rect_contains_point (&area, &GRAPHENE_POINT_INIT ((float) x, (float) y)))
    return FALSE;
  *column = (int) floor (grid->fit.scale * (x - (double) area.origin.x) / (double) area.size.width + grid->fit.dx);
  *row = (int) floor (grid->fit.scale_y * (y - (double) area.origin.y) / (double) area.size.height + grid->fit.dy);
  return *column >= 0 && *column < grid->width && *row >= 0 && *row < grid->height;
}
