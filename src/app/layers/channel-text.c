/* SPDX-License-Identifier: GPL-3.0-or-later */
/* channel-text.c: channels and units in words */
#include "config.h"

#include "app/layers/channel-text.h"

#include "app/kit/text.h"

#include <glib/gi18n.h>

static gboolean
is_class (RlvLayers *layers, guint layer)
{
  return layer == rlv_layers_get_flow (layers)->network->output;
}

char *
rlv_channel_text_name (RlvLayers *layers, guint layer, guint channel)
{
  LrpNetwork *network = rlv_layers_get_flow (layers)->network;

  return is_class (layers, layer) ? lrp_network_dup_label (network, channel) : g_strdup_printf ("%u", channel);
}

char *
rlv_channel_text_unit (RlvLayers *layers, guint layer, guint channel)
{
  return g_strdup_printf ("%s:%u", lrp_network_get_layer (rlv_layers_get_flow (layers)->network, layer)->name, channel);
}

char *
rlv_channel_text_title (RlvLayers *layers, guint layer, guint channel)
{
  g_autofree char *name = rlv_channel_text_name (layers, layer, channel);
  RlvChannels *channels = rlv_layers_get_channels (layers, layer);

  if (is_class (layers, layer))
    return g_strdup_printf (_("Class %s"), name);
  return g_strdup_printf (channels && rlv_channels_have_places (channels) ? _("Channel %s") : _("Unit %s"), name);
}

/**
 * rlv_channel_text_describe:
 * @layers: what the page's parts share
 * @layer: a layer
 * @channel: a channel or unit of it
 *
 * Returns: (transfer full) (nullable): all that its cell shows, and its rank
 */
char *
rlv_channel_text_describe (RlvLayers *layers, guint layer, guint channel)
{
  RlvChannels *channels = rlv_layers_get_channels (layers, layer);
  g_autofree char *title = NULL, *relevance = NULL, *activation = NULL;

  if (!channels || channel >= channels->n)
    return NULL;
  title = rlv_channel_text_title (layers, layer, channel);
  relevance = rlv_text_signed (channels->channels[channel].relevance);
  activation = rlv_text_number (channels->channels[channel].activation);
  return g_strdup_printf (rlv_channels_have_places (channels)
                              ? _("%s: relevance %s, number %u of %u; mean activation %s")
                              : _("%s: relevance %s, number %u of %u; activation %s"),
                          title, relevance, rlv_channels_get_rank (channels, channel), channels->n, activation);
}
