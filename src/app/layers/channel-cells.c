/* SPDX-License-Identifier: GPL-3.0-or-later */
/* channel-cells.c: how one channel of a montage is painted */
#include "config.h"

#include "app/layers/channel-cells.h"

#include "app/layers/channel-text.h"
#include "app/kit/draw-text.h"
#include "app/kit/text.h"
#include "app/layers/thumbs.h"

#include <math.h>

#define MAP         48
#define GAP         2
#define PAD         5
#define LINE        18
#define INDEX_WIDTH 34
#define UNIT_WIDTH  164
#define UNIT_HEIGHT 24
#define NAME_WIDTH  44
/* Enough for "−0.000123". */
#define VALUE_WIDTH 70
#define BAR_HEIGHT  8

typedef struct
{
  cairo_surface_t *relevance, *activation;
} Images;

/**
 * RlvCells:
 *
 * Images of channels are made when they are first seen, and kept until the explanation or the colours change.
 */
struct _RlvCells
{
  GHashTable *images; /* channel -> Images */
  double peak;        /* relevance that gets the full colour; 0: not known */
  int pixels;
};

static void
images_free (Images *images)
{
  cairo_surface_destroy (images->relevance);
  cairo_surface_destroy (images->activation);
  g_free (images);
}

RlvCells *
rlv_cells_new (void)
{
  RlvCells *self = g_new0 (RlvCells, 1);

  self->images = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) images_free);
  return self;
}

void
rlv_cells_free (RlvCells *self)
{
  g_hash_table_unref (self->images);
  g_free (self);
}

void
rlv_cells_clear (RlvCells *self)
{
  g_hash_table_remove_all (self->images);
  self->peak = 0;
}

void
rlv_cells_get_size (gboolean places, int *width, int *height)
{
  *width = places ? 2 * MAP + GAP + 2 * PAD : UNIT_WIDTH;
  *height = places ? MAP + LINE + 2 * PAD : UNIT_HEIGHT;
}

/* One scale for all channels, so that they can be compared. */
static double
get_peak (RlvCells *self, const RlvChannels *channels)
{
  if (self->peak == 0)
    for (guint c = 0; c < channels->n; c++)
      self->peak = MAX (self->peak, rlv_channels_get_peak (channels, &c, 1));
  return self->peak;
}

static const Images *
get_images (RlvCells *self, const RlvChannels *channels, guint channel, const LrpHeatStyle *style, int pixels)
{
  Images *images;

  if (self->pixels != pixels)
    g_hash_table_remove_all (self->images);
  self->pixels = pixels;
  images = g_hash_table_lookup (self->images, GUINT_TO_POINTER (channel));
  if (!images)
    {
      images = g_new0 (Images, 1);
      images->relevance = rlv_thumb_relevance (channels, channel, get_peak (self, channels), style, pixels);
      images->activation = rlv_thumb_activation (channels, channel, style, pixels);
      g_hash_table_insert (self->images, GUINT_TO_POINTER (channel), images);
    }
  return images;
}

static void
draw_maps (RlvCells *self, GtkSnapshot *snapshot, GtkWidget *widget, const RlvChannels *channels, guint channel,
           const LrpHeatStyle *style, const char *name, const graphene_rect_t *cell)
{
  const Images *images = get_images (self, channels, channel, style, MAP * gtk_widget_get_scale_factor (widget));
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GdkRGBA foreground = rlv_get_foreground (widget);
  double width = 2 * MAP + GAP, y = (double) cell->origin.y + PAD;
  double x = floor ((double) cell->origin.x + ((double) cell->size.width - width) / 2);
  g_autofree char *value = rlv_text_signed (channels->channels[channel].relevance);

  rlv_draw_framed (widget, snapshot, images->relevance, mirrored ? x + MAP + GAP : x, y, MAP);
  rlv_draw_framed (widget, snapshot, images->activation, mirrored ? x : x + MAP + GAP, y, MAP);
  rlv_draw_text (widget, snapshot, name, &(RlvTextLook){ .color = foreground, .bold = TRUE, .scale = 0.8 },
                 mirrored ? x + width - INDEX_WIDTH : x, y + MAP + 2, INDEX_WIDTH);
  rlv_draw_text (widget, snapshot, value,
                 &(RlvTextLook){ .color = rlv_fade (&foreground, 0.7), .scale = 0.8, .align = 1 },
                 mirrored ? x : x + INDEX_WIDTH, y + MAP + 2, width - INDEX_WIDTH);
}

/* A unit: its name, a bar to the left for against, to the right for for, and the number. */
static void
draw_unit (GtkSnapshot *snapshot, GtkWidget *widget, const RlvChannels *channels, guint channel,
           const LrpHeatStyle *style, double largest, const char *name, const graphene_rect_t *cell)
{
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GdkRGBA foreground = rlv_get_foreground (widget), color, line = rlv_fade (&foreground, 0.35);
  double relevance = channels->channels[channel].relevance, x = (double) cell->origin.x + 2 * PAD,
         y = (double) cell->origin.y;
  double width = (double) cell->size.width - 4 * PAD, bar = width - NAME_WIDTH - VALUE_WIDTH - 2 * GAP;
  double middle = x + (mirrored ? VALUE_WIDTH : NAME_WIDTH) + GAP + bar / 2,
         size = largest > 0 ? relevance / largest * bar / 2 : 0;
  guint32 rgb = lrp_colormap_lookup (style->map, relevance < 0 ? -0.8 : 0.8);
  g_autofree char *value = rlv_text_signed (relevance);

  color = (GdkRGBA){ (float) (rgb >> 16 & 255) / 255, (float) (rgb >> 8 & 255) / 255, (float) (rgb & 255) / 255, 1 };
  size = mirrored ? -size : size;
  rlv_draw_text (widget, snapshot, name, &(RlvTextLook){ .color = foreground, .bold = TRUE, .scale = 0.8 },
                 mirrored ? x + width - NAME_WIDTH : x, y + 4, NAME_WIDTH);
  gtk_snapshot_append_color (snapshot, &color,
                             &GRAPHENE_RECT_INIT ((float) (middle + MIN (size, 0)),
                                                  (float) (y + (UNIT_HEIGHT - BAR_HEIGHT) / 2.0), (float) fabs (size),
                                                  BAR_HEIGHT));
  gtk_snapshot_append_color (snapshot, &line, &GRAPHENE_RECT_INIT ((float) middle, (float) y + 5, 1, UNIT_HEIGHT - 10));
  rlv_draw_text (widget, snapshot, value,
                 &(RlvTextLook){ .color = rlv_fade (&foreground, 0.7), .scale = 0.8, .align = 1 },
                 mirrored ? x : x + width - VALUE_WIDTH, y + 4, VALUE_WIDTH);
}

/**
 * rlv_cells_draw:
 * @self: images of the channels as they are now
 * @snapshot: where to
 * @widget: for whom
 * @layers: what the page's parts share
 * @layer: the layer, which has channels
 * @channel: the channel
 * @cell: its room
 *
 * Relevance lies where reading begins, activation beside it.
 */
void
rlv_cells_draw (RlvCells *self, GtkSnapshot *snapshot, GtkWidget *widget, RlvLayers *layers, guint layer, guint channel,
                const graphene_rect_t *cell)
{
  const RlvChannels *channels = rlv_layers_get_channels (layers, layer);
  const LrpHeatStyle *style = rlv_layers_get_style (layers);
  g_autofree char *name = rlv_channel_text_name (layers, layer, channel);

  if (rlv_channels_have_places (channels))
    draw_maps (self, snapshot, widget, channels, channel, style, name, cell);
  else
    draw_unit (snapshot, widget, channels, channel, style, get_peak (self, channels), name, cell);
}
