/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layers.c: what the parts of the layers page share: the network as rows, the explanation, the row looked at */
#include "config.h"

#include "app/layers/layers.h"

#include "app/work/warnings.h"

/**
 * RlvLayers:
 *
 * Made anew for each network, and for each answer. What is costly about a layer is found when somebody asks for it.
 */
struct _RlvLayers
{
  GObject parent_instance;

  RlvSession *session;
  gboolean active;
  RlvFlow *flow;
  LrpExplanation *explanation;
  RlvWarnings *warnings;
  GPtrArray *channels; /* of RlvChannels, by layer; NULL: nobody asked */
  double low, high;
  guint row;
};

G_DEFINE_FINAL_TYPE (RlvLayers, rlv_layers, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_FLOW,
  PROP_EXPLANATION,
  PROP_ROW,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint warned_signal;

static void
notify (RlvLayers *self, guint property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
unref_channels (gpointer channels)
{
  rlv_channels_unref (channels);
}

static void
take_explanation (RlvLayers *self)
{
  LrpExplanation *explanation = self->active ? rlv_session_get_explanation (self->session) : NULL;

  if (explanation && (!self->flow || explanation->network != self->flow->network || explanation->n_layers == 0))
    explanation = NULL;
  if (explanation == self->explanation)
    return;
  g_clear_pointer (&self->explanation, lrp_explanation_unref);
  self->explanation = explanation ? lrp_explanation_ref (explanation) : NULL;
  g_ptr_array_set_size (self->channels, 0);
  self->low = self->high = 0;
  if (explanation)
    {
      g_ptr_array_set_size (self->channels, (int) explanation->n_layers);
      rlv_flow_get_extent (self->flow, explanation, &self->low, &self->high);
    }
  notify (self, PROP_EXPLANATION);
}

/* "flow" is notified first: an explanation can only be shown by rows of its own network. */
static void
network_cb (RlvLayers *self)
{
  LrpNetwork *network = rlv_session_get_network (self->session);
  gboolean had_explanation = self->explanation != NULL;

  g_clear_pointer (&self->explanation, lrp_explanation_unref);
  g_ptr_array_set_size (self->channels, 0);
  g_clear_pointer (&self->flow, rlv_flow_unref);
  self->flow = network ? rlv_flow_new (network) : NULL;
  self->row = 0;
  notify (self, PROP_FLOW);
  notify (self, PROP_ROW);
  if (had_explanation)
    notify (self, PROP_EXPLANATION);
  take_explanation (self);
}

static void
warned_cb (RlvLayers *self)
{
  g_signal_emit (self, warned_signal, 0);
}

static void
rlv_layers_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RlvLayers *self = RLV_LAYERS (object);

  if (id == PROP_ROW)
    g_value_set_uint (value, self->row);
  else
    g_value_set_pointer (value, id == PROP_FLOW ? (gpointer) self->flow : (gpointer) self->explanation);
}

static void
rlv_layers_finalize (GObject *object)
{
  RlvLayers *self = RLV_LAYERS (object);

  g_clear_object (&self->warnings);
  g_clear_object (&self->session);
  g_clear_pointer (&self->flow, rlv_flow_unref);
  g_clear_pointer (&self->explanation, lrp_explanation_unref);
  g_ptr_array_unref (self->channels);
  G_OBJECT_CLASS (rlv_layers_parent_class)->finalize (object);
}

static void
rlv_layers_class_init (RlvLayersClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = rlv_layers_get_property;
  object_class->finalize = rlv_layers_finalize;
  properties[PROP_FLOW] = g_param_spec_pointer ("flow", NULL, NULL, read);
  properties[PROP_EXPLANATION] = g_param_spec_pointer ("explanation", NULL, NULL, read);
  properties[PROP_ROW] = g_param_spec_uint ("row", NULL, NULL, 0, G_MAXUINT, 0, read);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  warned_signal = g_signal_new ("warned", RLV_TYPE_LAYERS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rlv_layers_init (RlvLayers *self)
{
  self->channels = g_ptr_array_new_with_free_func (unref_channels);
}

/**
 * rlv_layers_new:
 * @session: whose network and explanation it is about
 *
 * Returns: (transfer full): what the page's parts share; not active yet
 */
RlvLayers *
rlv_layers_new (RlvSession *session)
{
  RlvLayers *self = g_object_new (RLV_TYPE_LAYERS, NULL);

  self->session = g_object_ref (session);
  self->warnings = rlv_warnings_new (rlv_session_get_query (session));
  g_signal_connect_object (self->warnings, "changed", G_CALLBACK (warned_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::network", G_CALLBACK (network_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (rlv_session_get_query (session), "notify::explanation", G_CALLBACK (take_explanation), self,
                           G_CONNECT_SWAPPED);
  network_cb (self);
  return self;
}

RlvSession *
rlv_layers_get_session (RlvLayers *self)
{
  g_return_val_if_fail (RLV_IS_LAYERS (self), NULL);
  return self->session;
}

const LrpHeatStyle *
rlv_layers_get_style (RlvLayers *self)
{
  g_return_val_if_fail (RLV_IS_LAYERS (self), NULL);
  return rlv_display_get_style (rlv_session_get_display (self->session));
}

/**
 * rlv_layers_set_active:
 * @self: what the page's parts share
 * @active: whether the page is to be seen; else layers are not kept, and there is no explanation here
 */
void
rlv_layers_set_active (RlvLayers *self, gboolean active)
{
  g_return_if_fail (RLV_IS_LAYERS (self));

  if (self->active == active)
    return;
  self->active = active;
  rlv_query_set_keep_layers (rlv_session_get_query (self->session), active);
  take_explanation (self);
}

RlvFlow *
rlv_layers_get_flow (RlvLayers *self)
{
  g_return_val_if_fail (RLV_IS_LAYERS (self), NULL);
  return self->flow;
}

LrpExplanation *
rlv_layers_get_explanation (RlvLayers *self)
{
  g_return_val_if_fail (RLV_IS_LAYERS (self), NULL);
  return self->explanation;
}

/**
 * rlv_layers_get_extent:
 * @self: what the page's parts share
 * @low: (out): the left end of every bar, 0 or less
 * @high: (out): the right end of every bar, 0 or more
 */
void
rlv_layers_get_extent (RlvLayers *self, double *low, double *high)
{
  g_return_if_fail (RLV_IS_LAYERS (self));

  *low = self->low;
  *high = self->high;
}

/**
 * rlv_layers_dup_warning:
 * @self: what the page's parts share
 * @row: a row
 *
 * Returns: (transfer full) (nullable): what is told about a layer of the row; %NULL where that is nothing
 */
char *
rlv_layers_dup_warning (RlvLayers *self, guint row)
{
  const GArray *layers;
  char *text = NULL;

  g_return_val_if_fail (RLV_IS_LAYERS (self) && self->flow, NULL);

  layers = rlv_flow_get_row (self->flow, row)->layers;
  for (guint i = 0; self->explanation && !text && i < layers->len; i++)
    text = rlv_warnings_dup_text (self->warnings,
                                  lrp_network_get_layer (self->flow->network, g_array_index (layers, guint, i))->name);
  return text;
}

/**
 * rlv_layers_get_channels:
 * @self: what the page's parts share
 * @layer: a layer of the network
 *
 * Returns: (transfer none) (nullable): its channels in the explanation
 */
RlvChannels *
rlv_layers_get_channels (RlvLayers *self, guint layer)
{
  const LrpLayerSum *sum;

  g_return_val_if_fail (RLV_IS_LAYERS (self), NULL);

  if (!self->explanation)
    return NULL;
  sum = &self->explanation->layers[layer];
  if (!self->channels->pdata[layer] && sum->activation && sum->relevance)
    self->channels->pdata[layer] = rlv_channels_new (sum->activation, sum->relevance);
  return self->channels->pdata[layer];
}

gboolean
rlv_layers_is_above (RlvLayers *self, guint row)
{
  g_return_val_if_fail (RLV_IS_LAYERS (self), FALSE);
  return self->explanation && rlv_flow_get_row (self->flow, row)->layer > self->explanation->aim.layer;
}

guint
rlv_layers_get_row (RlvLayers *self)
{
  g_return_val_if_fail (RLV_IS_LAYERS (self), 0);
  return self->row;
}

/**
 * rlv_layers_set_row:
 * @self: what the page's parts share
 * @row: the row that is looked at from now on
 */
void
rlv_layers_set_row (RlvLayers *self, guint row)
{
  g_return_if_fail (RLV_IS_LAYERS (self));

  if (self->row == row || !self->flow || row >= self->flow->rows->len)
    return;
  self->row = row;
  notify (self, PROP_ROW);
}
