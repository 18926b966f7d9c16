/* SPDX-License-Identifier: GPL-3.0-or-later */
/* thumbs.c: thumbnails of the most relevant channels of a layer */
#include "config.h"

#include "app/layers/thumbs.h"

#include "app/kit/draw-text.h"
#include "app/layers/value-bars.h"
#include "heat/scale.h"

/* Bars thinner than this cannot be told apart. */
#define BAR_MIN 4

/**
 * RlvThumbs:
 *
 * Images that are made when they are first drawn, and kept until the explanation or their look changes.
 */
struct _RlvThumbs
{
  GPtrArray *images; /* of cairo_surface_t */
  int pixels;
};

RlvThumbs *
rlv_thumbs_new (void)
{
  RlvThumbs *self = g_new0 (RlvThumbs, 1);

  self->images = g_ptr_array_new_with_free_func ((GDestroyNotify) cairo_surface_destroy);
  return self;
}

void
rlv_thumbs_free (RlvThumbs *self)
{
  g_ptr_array_unref (self->images);
  g_free (self);
}

void
rlv_thumbs_invalidate (RlvThumbs *self)
{
  g_ptr_array_set_size (self->images, 0);
}

/* As large as fits into a square, in the map's proportions. */
static void
fit_in_square (const RlvChannels *channels, int pixels, int *width, int *height)
{
  int longer = MAX (channels->width, channels->height);

  *width = MAX (pixels * channels->width / longer, 1);
  *height = MAX (pixels * channels->height / longer, pixels / 3);
}

static cairo_surface_t *
compose (const RlvChannels *channels, const float *values, const LrpHeatStyle *style, int pixels)
{
  int width, height;

  fit_in_square (channels, pixels, &width, &height);
  return lrp_heat_compose (values, channels->width, channels->height, NULL, NULL, NULL, style, width, height);
}

cairo_surface_t *
rlv_thumb_relevance (const RlvChannels *channels, guint channel, double peak, const LrpHeatStyle *style, int pixels)
{
  LrpHeatStyle scaled = *style;

  scaled.fixed_scale = peak;
  scaled.strength = 1;
  return compose (channels, rlv_channels_get_relevance (channels, channel), &scaled, pixels);
}

cairo_surface_t *
rlv_thumb_activation (const RlvChannels *channels, guint channel, const LrpHeatStyle *style, int pixels)
{
  LrpHeatStyle plain = { .map = lrp_colormap_find ("gray", NULL),
                         .strength = 1,
                         .gain = 1,
                         .clip = 100,
                         .smooth = style->smooth,
                         .dark = TRUE };

  return compose (channels, rlv_channels_get_activation (channels, channel), &plain, pixels);
}

/* --- what a row shows --------------------------------------------------------------------------------------------- */

static void
make_images (RlvThumbs *self, const RlvChannels *channels, const LrpHeatStyle *style, guint n, int pixels)
{
  g_autofree guint *best = rlv_channels_sort (channels, RLV_BY_SIZE, &n);
  double peak = rlv_channels_get_peak (channels, best, n);

  self->pixels = pixels;
  g_ptr_array_set_size (self->images, 0);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (self->images, rlv_thumb_relevance (channels, best[i], peak, style, pixels));
}

static void
draw_images (RlvThumbs *self, GtkSnapshot *snapshot, GtkWidget *widget, const RlvChannels *channels,
             const LrpHeatStyle *style, guint n, int size, int gap)
{
  int pixels = size * gtk_widget_get_scale_factor (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  if (self->pixels != pixels || self->images->len < MIN (n, channels->n))
    make_images (self, channels, style, n, pixels);
  for (guint i = 0; i < MIN (n, self->images->len); i++)
    rlv_draw_framed (widget, snapshot, self->images->pdata[i], (mirrored ? n - 1 - i : i) * (guint) (size + gap), 0,
                     size);
}

/* Units in their order where all have room, else the most relevant ones. */
static double *
dup_units (const RlvChannels *channels, guint *n)
{
  g_autofree guint *best = rlv_channels_sort (channels, *n < channels->n ? RLV_BY_SIZE : RLV_BY_INDEX, n);
  double *values = g_new0 (double, *n + 1);

  for (guint i = 0; i < *n; i++)
    values[i] = channels->channels[best[i]].relevance;
  return values;
}

static void
draw_bars (GtkSnapshot *snapshot, const double *values, guint n, const LrpHeatStyle *style, const GdkRGBA *foreground,
           gboolean mirrored, int width, int height)
{
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));

  rlv_value_bars_draw (cr, values, n, style, foreground, mirrored, MIN (width, (int) n * 12), height);
  cairo_destroy (cr);
}

/**
 * rlv_thumbs_draw:
 * @self: images of the row as it is now, or none
 * @snapshot: where to
 * @widget: for whom
 * @layers: what the page's parts share
 * @row: the row
 * @n: how many squares there is room for
 * @size: of a square
 * @gap: between squares
 */
void
rlv_thumbs_draw (RlvThumbs *self, GtkSnapshot *snapshot, GtkWidget *widget, RlvLayers *layers, guint row, guint n,
                 int size, int gap)
{
  const RlvFlowRow *r = rlv_flow_get_row (rlv_layers_get_flow (layers), row);
  const LrpHeatStyle *style = rlv_layers_get_style (layers);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int width = (int) n * (size + gap) - gap;
  guint n_bars = (guint) width / BAR_MIN;
  g_autofree double *values = NULL;
  GdkRGBA foreground = rlv_get_foreground (widget);
  RlvChannels *channels;

  if (r->kind == RLV_FLOW_RECURRENT)
    {
      values = rlv_flow_dup_steps (rlv_layers_get_flow (layers), row, rlv_layers_get_explanation (layers), &n_bars);
      draw_bars (snapshot, values, n_bars, style, &foreground, mirrored, width, size);
      return;
    }
  channels = rlv_layers_get_channels (layers, r->kind == RLV_FLOW_STEP && r->reads >= 0 ? (guint) r->reads : r->layer);
  if (!channels)
    return;
  if (rlv_channels_have_places (channels))
    {
      draw_images (self, snapshot, widget, channels, style, n, size, gap);
      return;
    }
  values = dup_units (channels, &n_bars);
  draw_bars (snapshot, values, n_bars, style, &foreground, mirrored, width, size);
}
