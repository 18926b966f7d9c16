/* SPDX-License-Identifier: GPL-3.0-or-later */
/* channel-panel.c: one channel or unit: its own map, its numbers, where its relevance comes from and goes to */
#include "config.h"

#include "app/layers/channel-panel.h"

#include "app/layers/channel-text.h"
#include "app/layers/channel-uses.h"
#include "app/layers/link-group.h"
#include "app/kit/text.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

/**
 * RlvChannelPanel:
 *
 * Asks what passes through the channel (conditional relevance), with its layers: that is the map, and the sources. What
 * uses the channel is found when nothing else is to be done. Nothing is asked while nobody sees the panel.
 */
struct _RlvChannelPanel
{
  GtkWidget parent_instance;

  RlvLayers *layers;
  guint layer;
  int channel;
  RlvQuery *query;
  RlvChannelUses *uses;

  GtkWidget *content;
  RlvHeatView *view;
  GtkSpinner *spinner;
  GtkLabel *title, *facts, *error;
  RlvLinkGroup *sources, *destinations;
  GtkWidget *explain;
};

G_DEFINE_FINAL_TYPE (RlvChannelPanel, rlv_channel_panel, GTK_TYPE_WIDGET)

enum
{
  FOLLOWED,
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static RlvSession *
get_session (RlvChannelPanel *self)
{
  return rlv_layers_get_session (self->layers);
}

static const LrpNetwork *
get_network (RlvChannelPanel *self)
{
  return rlv_layers_get_flow (self->layers)->network;
}

/* --- asking ------------------------------------------------------------------------------------------------------- */

static gboolean
is_seen (RlvChannelPanel *self)
{
  return self->channel >= 0 && gtk_widget_get_mapped (GTK_WIDGET (self)) && rlv_layers_get_flow (self->layers);
}

static void
ask_uses (RlvChannelPanel *self)
{
  if (!is_seen (self) || !rlv_layers_get_explanation (self->layers))
    {
      rlv_channel_uses_forget (self->uses);
      return;
    }
  rlv_channel_uses_ask (self->uses, self->layer, (guint) self->channel);
  /* What was found before stays, as the map does. */
  gtk_widget_set_opacity (GTK_WIDGET (self->destinations), 0.6);
}

static void
ask (RlvChannelPanel *self)
{
  g_autoptr (LrpRequest) request = NULL;

  rlv_query_set_active (self->query, FALSE);
  ask_uses (self);
  if (!is_seen (self))
    return;
  request = lrp_request_copy (rlv_session_get_request (get_session (self)));
  request->through = rlv_channel_text_unit (self->layers, self->layer, (guint) self->channel);
  request->keep_layers = TRUE;
  rlv_query_set_request (self->query, request);
  rlv_query_set_active (self->query, TRUE);
}

/* --- answers ------------------------------------------------------------------------------------------------------ */

static void
show_sources (RlvChannelPanel *self)
{
  LrpExplanation *through = rlv_query_get_explanation (self->query);
  RlvLink links[RLV_MAX_LINKS];
  guint n = 0;

  if (through && rlv_layers_get_flow (self->layers) && through->network == get_network (self))
    n = rlv_links_find_sources (through->network, self->layer, through, links, RLV_MAX_LINKS);
  rlv_link_group_show (self->sources, self->layers, links, n);
}

/* While the map is computed, the old one is shown faded; if it cannot be computed, an error says why. */
static void
show_state (RlvChannelPanel *self)
{
  const char *error = rlv_query_get_error (self->query);
  g_autofree char *sentence = error ? rlv_text_sentence (error) : NULL;
  gboolean waiting = rlv_query_get_waiting (self->query);

  gtk_spinner_set_spinning (self->spinner, waiting);
  gtk_widget_set_opacity (GTK_WIDGET (self->view), waiting ? 0.6 : 1);
  gtk_label_set_label (self->error, sentence ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error), error != NULL);
}

/* The title says whether all channels above were asked, or only the most relevant ones. */
static void
show_destinations (RlvChannelPanel *self)
{
  guint n, limit = rlv_channel_uses_get_limit (self->uses);
  const RlvLink *links = rlv_channel_uses_get_links (self->uses, &n);
  g_autofree char *title = limit > 0
                               ? g_strdup_printf (_("Of the %u most relevant channels above, used mostly by"), limit)
                               : g_strdup (_("Used mostly by"));

  gtk_widget_set_opacity (GTK_WIDGET (self->destinations), 1);
  g_object_set (self->destinations, "title", title, NULL);
  rlv_link_group_show (self->destinations, self->layers, links, n);
}

/* "relevance +0.53, 12 % of the layer's; number 2 of 32; mean activation 0.1" */
static void
show_facts (RlvChannelPanel *self)
{
  RlvChannels *channels = self->channel >= 0 ? rlv_layers_get_channels (self->layers, self->layer) : NULL;
  g_autofree char *title = NULL, *relevance = NULL, *share = NULL, *activation = NULL, *facts = NULL;
  const RlvChannel *channel;

  if (!channels || (guint) self->channel >= channels->n)
    return;
  channel = &channels->channels[self->channel];
  title = rlv_channel_text_title (self->layers, self->layer, (guint) self->channel);
  relevance = rlv_text_signed (channel->relevance);
  share = rlv_text_percent (channels->size > 0 ? fabs (channel->relevance) / channels->size : 0);
  activation = rlv_text_number (channel->activation);
  facts = g_strdup_printf (
      rlv_channels_have_places (channels)
          ? _("Relevance %s: %s of all that speaks for or against in this layer. Number %u of %u. Mean activation %s.")
          : _("Relevance %s: %s of all that speaks for or against in this layer. Number %u of %u. Activation %s."),
      relevance, share, rlv_channels_get_rank (channels, (guint) self->channel), channels->n, activation);
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->facts, facts);
}

/* The button is of no use for the unit that is explained already. */
static void
show_target (RlvChannelPanel *self)
{
  const char *unit = rlv_session_get_full_target (get_session (self))->unit;
  g_autofree char *own = self->channel >= 0 && rlv_layers_get_flow (self->layers)
                             ? rlv_channel_text_unit (self->layers, self->layer, (guint) self->channel)
                             : NULL;

  gtk_widget_set_sensitive (self->explain, own && g_strcmp0 (unit, own) != 0);
}

static void
explanation_cb (RlvChannelPanel *self)
{
  show_facts (self);
  ask_uses (self);
}

static void
request_cb (RlvChannelPanel *self)
{
  if (is_seen (self))
    ask (self);
}

/* --- what can be done --------------------------------------------------------------------------------------------- */

static void
followed_cb (RlvChannelPanel *self, guint layer, guint channel)
{
  g_signal_emit (self, signals[FOLLOWED], 0, layer, channel);
}

static void
close_cb (RlvChannelPanel *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
explain_cb (RlvChannelPanel *self)
{
  g_autofree char *unit = rlv_channel_text_unit (self->layers, self->layer, (guint) self->channel);

  rlv_session_set_full_target (get_session (self), &(LrpTarget){ LRP_TARGET_TOP, LRP_TARGET_NONE, unit, NULL });
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

static void
rlv_channel_panel_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rlv_channel_panel_parent_class)->map (widget);
  ask (RLV_CHANNEL_PANEL (widget));
}

static void
rlv_channel_panel_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rlv_channel_panel_parent_class)->unmap (widget);
  ask (RLV_CHANNEL_PANEL (widget));
}

static void
rlv_channel_panel_dispose (GObject *object)
{
  RlvChannelPanel *self = RLV_CHANNEL_PANEL (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RLV_TYPE_CHANNEL_PANEL);
  if (self->query)
    rlv_asker_remove_query (rlv_session_get_asker (get_session (self)), self->query);
  g_clear_object (&self->query);
  g_clear_object (&self->uses);
  g_clear_object (&self->layers);
  G_OBJECT_CLASS (rlv_channel_panel_parent_class)->dispose (object);
}

static void
rlv_channel_panel_class_init (RlvChannelPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rlv_channel_panel_dispose;
  widget_class->map = rlv_channel_panel_map;
  widget_class->unmap = rlv_channel_panel_unmap;
  signals[FOLLOWED] = g_signal_new ("followed", RLV_TYPE_CHANNEL_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  signals[CLOSED] =
      g_signal_new ("closed", RLV_TYPE_CHANNEL_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (RLV_TYPE_HEAT_VIEW);
  g_type_ensure (RLV_TYPE_LINK_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/relevance_lrp/Relevance/ui/layers/channel-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, RlvChannelPanel, content);
  gtk_widget_class_bind_template_child (widget_class, RlvChannelPanel, view);
  gtk_widget_class_bind_template_child (widget_class, RlvChannelPanel, spinner);
  gtk_widget_class_bind_template_child (widget_class, RlvChannelPanel, title);
  gtk_widget_class_bind_template_child (widget_class, RlvChannelPanel, error);
  gtk_widget_class_bind_template_child (widget_class, RlvChannelPanel, facts);
  gtk_widget_class_bind_template_child (widget_class, RlvChannelPanel, sources);
  gtk_widget_class_bind_template_child (widget_class, RlvChannelPanel, destinations);
  gtk_widget_class_bind_template_child (widget_class, RlvChannelPanel, explain);
  gtk_widget_class_bind_template_callback (widget_class, followed_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
  gtk_widget_class_bind_template_callback (widget_class, explain_cb);
}

static void
rlv_channel_panel_init (RlvChannelPanel *self)
{
  self->channel = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rlv_channel_panel_set_layers:
 * @self: a panel
 * @layers: what the page's parts share; set once
 */
void
rlv_channel_panel_set_layers (RlvChannelPanel *self, RlvLayers *layers)
{
  g_return_if_fail (RLV_IS_CHANNEL_PANEL (self) && !self->layers);

  self->layers = g_object_ref (layers);
  self->query = rlv_query_new (rlv_session_get_request (get_session (self)));
  rlv_query_set_active (self->query, FALSE);
  rlv_asker_add_query (rlv_session_get_asker (get_session (self)), self->query);
  self->uses = rlv_channel_uses_new (layers);
  g_signal_connect_object (self->uses, "found", G_CALLBACK (show_destinations), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->query, "notify::explanation", G_CALLBACK (show_sources), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->query, "notify::waiting", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->query, "notify::error", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  rlv_heat_view_set_query (self->view, get_session (self), self->query);
  g_signal_connect_object (layers, "notify::explanation", G_CALLBACK (explanation_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_session (self), "notify::request", G_CALLBACK (request_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_session (self), "notify::target", G_CALLBACK (show_target), self, G_CONNECT_SWAPPED);
}

/**
 * rlv_channel_panel_set_channel:
 * @self: a panel
 * @layer: a layer
 * @channel: a channel or unit of it; -1: none
 */
void
rlv_channel_panel_set_channel (RlvChannelPanel *self, guint layer, int channel)
{
  g_return_if_fail (RLV_IS_CHANNEL_PANEL (self));

  if (self->layer == layer && self->channel == channel)
    return;
  self->layer = layer;
  self->channel = channel;
  show_facts (self);
  show_target (self);
  rlv_channel_uses_forget (self->uses);
  ask (self);
  show_sources (self);
}
