/* SPDX-License-Identifier: GPL-3.0-or-later */
/* details.c: all about one layer: its account, its channels, and one of these */
#include "config.h"

#include "app/layers/details.h"

#include "app/layers/text.h"
#include "app/layers/rule-button.h"

#include <glib/gi18n.h>

/**
 * RlvLayerDetails:
 *
 * About the row looked at. Of a recurrent layer or time step, the channels are those of its output.
 */
struct _RlvLayerDetails
{
  GtkWidget parent_instance;

  RlvLayers *layers;
  gboolean folded;
  int next; /* the channel to be shown of the next row; -1: none */

  GtkWidget *content, *back;
  GtkLabel *name, *subtitle, *account;
  RlvRuleButton *rule;
  GtkDropDown *order;
  RlvChannelMontage *montage;
  GtkWidget *chosen; /* what is said of one channel */
  RlvChannelPanel *panel;
};

G_DEFINE_FINAL_TYPE (RlvLayerDetails, rlv_layer_details, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_FOLDED,
  N_PROPS
};

enum
{
  BACK,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
show_rule (RlvLayerDetails *self)
{
  if (rlv_layers_get_flow (self->layers))
    rlv_rule_button_set_row (self->rule, self->layers, (int) rlv_layers_get_row (self->layers));
}

/* "relevance 8.31 · handed on 8.2 · absorbed by biases 0.11", why, where something was made or lost, and what speaks
 * against it. */
static void
show_account (RlvLayerDetails *self)
{
  const RlvFlow *flow = rlv_layers_get_flow (self->layers);
  LrpExplanation *explanation = rlv_layers_get_explanation (self->layers);
  guint row = rlv_layers_get_row (self->layers);
  g_autofree char *account = NULL, *warning = NULL, *text = NULL;
  RlvFlowSum sum;

  if (explanation && rlv_layers_is_above (self->layers, row))
    text = g_strdup (_("It lies above what is explained: no relevance comes here."));
  else if (explanation)
    {
      rlv_flow_get_sum (flow, row, explanation, &sum);
      account = rlv_layer_text_account (&sum, " · ");
      warning = rlv_layers_dup_warning (self->layers, row);
      text = g_strjoin ("\n", account, sum.cause ? sum.cause : warning, sum.cause ? warning : NULL, NULL);
    }
  else
    text = g_strdup (_("Nothing is explained yet."));
  gtk_label_set_label (self->account, text);
}

static void
row_cb (RlvLayerDetails *self)
{
  const RlvFlow *flow = rlv_layers_get_flow (self->layers);
  guint row = rlv_layers_get_row (self->layers);
  g_autofree char *subtitle = NULL;

  if (!flow)
    return;
  subtitle = rlv_layer_text_subtitle (flow, row);
  gtk_label_set_label (self->name, rlv_flow_get_row (flow, row)->name);
  gtk_label_set_label (self->subtitle, subtitle);
  show_rule (self);
  show_account (self);
  rlv_channel_montage_set_layer (self->montage, rlv_flow_get_row (flow, row)->layer, self->next);
}

static void
flow_cb (RlvLayerDetails *self)
{
  rlv_channel_montage_set_channel (self->montage, -1);
  row_cb (self);
}

static void
channel_cb (RlvLayerDetails *self)
{
  const RlvFlow *flow = rlv_layers_get_flow (self->layers);
  int channel = rlv_channel_montage_get_channel (self->montage);

  rlv_channel_panel_set_channel (self->panel,
                                 flow ? rlv_flow_get_row (flow, rlv_layers_get_row (self->layers))->layer : 0, channel);
  gtk_widget_set_visible (self->chosen, channel >= 0);
}

static void
order_cb (RlvLayerDetails *self)
{
  guint selected = gtk_drop_down_get_selected (self->order);

  if (self->layers && selected < RLV_N_ORDERS)
    rlv_channel_montage_set_order (self->montage, selected);
}

static void
followed_cb (RlvLayerDetails *self, guint layer, guint channel)
{
  self->next = (int) channel;
  rlv_layers_set_row (self->layers, rlv_layers_get_flow (self->layers)->row_of[layer]);
  self->next = -1;
}

static void
closed_cb (RlvLayerDetails *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->montage));
  rlv_channel_montage_set_channel (self->montage, -1);
}

static void
back_cb (RlvLayerDetails *self)
{
  g_signal_emit (self, signals[BACK], 0);
}

static gboolean
escape_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  RlvLayerDetails *self = RLV_LAYER_DETAILS (widget);

  if (rlv_channel_montage_get_channel (self->montage) >= 0)
    closed_cb (self);
  else if (self->folded)
    back_cb (self);
  else
    return FALSE;
  return TRUE;
}

static void
rlv_layer_details_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, RLV_LAYER_DETAILS (object)->folded);
}

static void
rlv_layer_details_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RlvLayerDetails *self = RLV_LAYER_DETAILS (object);

  if (self->folded == g_value_get_boolean (value))
    return;
  self->folded = g_value_get_boolean (value);
  g_object_notify_by_pspec (object, pspec);
}

static void
rlv_layer_details_dispose (GObject *object)
{
  RlvLayerDetails *self = RLV_LAYER_DETAILS (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RLV_TYPE_LAYER_DETAILS);
  g_clear_object (&self->layers);
  G_OBJECT_CLASS (rlv_layer_details_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/relevance_lrp/Relevance/ui/layers/details.ui");
  gtk_widget_class_bind_template_child (widget_class, RlvLayerDetails, content);
  gtk_widget_class_bind_template_child (widget_class, RlvLayerDetails, back);
  gtk_widget_class_bind_template_child (widget_class, RlvLayerDetails, name);
  gtk_widget_class_bind_template_child (widget_class, RlvLayerDetails, subtitle);
  gtk_widget_class_bind_template_child (widget_class, RlvLayerDetails, account);
  gtk_widget_class_bind_template_child (widget_class, RlvLayerDetails, rule);
  gtk_widget_class_bind_template_child (widget_class, RlvLayerDetails, order);
  gtk_widget_class_bind_template_child (widget_class, RlvLayerDetails, montage);
  gtk_widget_class_bind_template_child (widget_class, RlvLayerDetails, chosen);
  gtk_widget_class_bind_template_child (widget_class, RlvLayerDetails, panel);
  gtk_widget_class_bind_template_callback (widget_class, order_cb);
  gtk_widget_class_bind_template_callback (widget_class, followed_cb);
  gtk_widget_class_bind_template_callback (widget_class, closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
}

static void
rlv_layer_details_class_init (RlvLayerDetailsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rlv_layer_details_dispose;
  object_class->get_property = rlv_layer_details_get_property;
  object_class->set_property = rlv_layer_details_set_property;
  properties[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[BACK] = g_signal_new ("back", RLV_TYPE_LAYER_DETAILS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (RLV_TYPE_RULE_BUTTON);
  g_type_ensure (RLV_TYPE_CHANNEL_MONTAGE);
  g_type_ensure (RLV_TYPE_CHANNEL_PANEL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
  bind_template (widget_class);
}

static void
rlv_layer_details_init (RlvLayerDetails *self)
{
  self->next = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rlv_layer_details_set_layers:
 * @self: details
 * @layers: what the page's parts share; set once
 */
void
rlv_layer_details_set_layers (RlvLayerDetails *self, RlvLayers *layers)
{
  g_return_if_fail (RLV_IS_LAYER_DETAILS (self) && !self->layers);

  self->layers = g_object_ref (layers);
  rlv_channel_montage_set_layers (self->montage, layers);
  rlv_channel_panel_set_layers (self->panel, layers);
  g_signal_connect_object (layers, "notify::flow", G_CALLBACK (flow_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (layers, "notify::row", G_CALLBACK (row_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (layers, "notify::explanation", G_CALLBACK (show_account), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (layers, "warned", G_CALLBACK (show_account), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (rlv_layers_get_session (layers), "notify::request", G_CALLBACK (show_rule), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->montage, "notify::channel", G_CALLBACK (channel_cb), self, G_CONNECT_SWAPPED);
  row_cb (self);
}

RlvChannelMontage *
rlv_layer_details_get_montage (RlvLayerDetails *self)
{
  g_return_val_if_fail (RLV_IS_LAYER_DETAILS (self), NULL);
  return self->montage;
}
