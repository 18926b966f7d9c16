/* SPDX-License-Identifier: GPL-3.0-or-later */
/* query.c: one way to explain what is drawn, and what came of it */
#include "config.h"

#include "app/work/query-private.h"

#include "app/work/input.h"
#include "heat/scale.h"

/**
 * RlvQuery:
 *
 * A request that is asked anew whenever what is drawn changes, and the latest answer. A session asks all of its active
 * queries with one pass forward; widgets show what one of them knows.
 */
struct _RlvQuery
{
  GObject parent_instance;

  LrpRequest *request;
  LrpNetwork *network; /* NULL: the session's */
  gboolean active, follows_target;
  guint version; /* of all of the above */

  LrpTensor *input; /* that was answered about */
  guint answered;   /* the version that was */
  gint64 answered_at;
  LrpExplanation *explanation;
  RlvSite *site;
  float *heat;
  RlvField field; /* of heat */
  char *error;
  gboolean waiting;
};

G_DEFINE_FINAL_TYPE (RlvQuery, rlv_query, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_REQUEST,
  PROP_NETWORK,
  PROP_ACTIVE,
  PROP_FOLLOWS_TARGET,
  PROP_EXPLANATION,
  PROP_ERROR,
  PROP_WAITING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
rlv_query_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RlvQuery *self = RLV_QUERY (object);

  switch (id)
    {
    case PROP_REQUEST:
      g_value_set_pointer (value, self->request);
      break;
    case PROP_NETWORK:
      g_value_set_pointer (value, self->network);
      break;
    case PROP_ACTIVE:
      g_value_set_boolean (value, self->active);
      break;
    case PROP_FOLLOWS_TARGET:
      g_value_set_boolean (value, self->follows_target);
      break;
    case PROP_EXPLANATION:
      g_value_set_pointer (value, self->explanation);
      break;
    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;
    case PROP_WAITING:
      g_value_set_boolean (value, self->waiting);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rlv_query_finalize (GObject *object)
{
  RlvQuery *self = RLV_QUERY (object);

  lrp_request_free (self->request);
  g_clear_pointer (&self->network, lrp_network_unref);
  lrp_tensor_unref (self->input);
  g_clear_pointer (&self->explanation, lrp_explanation_unref);
  rlv_site_unref (self->site);
  g_free (self->heat);
  g_free (self->error);
  G_OBJECT_CLASS (rlv_query_parent_class)->finalize (object);
}

static void
rlv_query_class_init (RlvQueryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = rlv_query_get_property;
  object_class->finalize = rlv_query_finalize;

  properties[PROP_REQUEST] = g_param_spec_pointer ("request", NULL, NULL, read);
  properties[PROP_NETWORK] = g_param_spec_pointer ("network", NULL, NULL, read);
  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, TRUE, read);
  properties[PROP_FOLLOWS_TARGET] = g_param_spec_boolean ("follows-target", NULL, NULL, TRUE, read);
  properties[PROP_EXPLANATION] = g_param_spec_pointer ("explanation", NULL, NULL, read);
  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, read);
  properties[PROP_WAITING] = g_param_spec_boolean ("waiting", NULL, NULL, FALSE, read);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rlv_query_init (RlvQuery *self)
{
  self->active = self->follows_target = TRUE;
}

static void
changed (RlvQuery *self, guint property)
{
  self->version++;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/**
 * rlv_query_new:
 * @request: how to explain; it is copied
 *
 * Returns: (transfer full): a query, active, about the session's network and target
 */
RlvQuery *
rlv_query_new (const LrpRequest *request)
{
  RlvQuery *self = g_object_new (RLV_TYPE_QUERY, NULL);

  self->request = lrp_request_copy (request);
  return self;
}

/**
 * rlv_query_get_request:
 * @self: a query
 *
 * Returns: (transfer none): how it explains; it changes with the next rlv_query_set_request()
 */
const LrpRequest *
rlv_query_get_request (RlvQuery *self)
{
  g_return_val_if_fail (RLV_IS_QUERY (self), NULL);
  return self->request;
}

/**
 * rlv_query_set_request:
 * @self: a query
 * @request: how to explain from now on; it is copied. Its target counts where the query does not follow the session's
 */
void
rlv_query_set_request (RlvQuery *self, const LrpRequest *request)
{
  LrpRequest *copy;

  g_return_if_fail (RLV_IS_QUERY (self));

  copy = lrp_request_copy (request);
  lrp_request_free (self->request);
  self->request = copy;
  changed (self, PROP_REQUEST);
}

/**
 * rlv_query_get_network:
 * @self: a query
 *
 * Returns: (transfer none) (nullable): the network that it is about; %NULL: the session's
 */
LrpNetwork *
rlv_query_get_network (RlvQuery *self)
{
  g_return_val_if_fail (RLV_IS_QUERY (self), NULL);
  return self->network;
}

/**
 * rlv_query_set_network:
 * @self: a query
 * @network: (nullable): a network that reads the same kind of input as the session's; %NULL: the session's
 */
void
rlv_query_set_network (RlvQuery *self, LrpNetwork *network)
{
  g_return_if_fail (RLV_IS_QUERY (self));

  if (self->network == network)
    return;
  g_clear_pointer (&self->network, lrp_network_unref);
  self->network = network ? lrp_network_ref (network) : NULL;
  changed (self, PROP_NETWORK);
}

/**
 * rlv_query_get_active:
 * @self: a query
 *
 * Returns: whether it is asked
 */
gboolean
rlv_query_get_active (RlvQuery *self)
{
  g_return_val_if_fail (RLV_IS_QUERY (self), FALSE);
  return self->active;
}

/**
 * rlv_query_set_active:
 * @self: a query
 * @active: whether somebody looks at it, so that it is worth asking
 */
void
rlv_query_set_active (RlvQuery *self, gboolean active)
{
  g_return_if_fail (RLV_IS_QUERY (self));

  if (self->active == active)
    return;
  self->active = active;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

/**
 * rlv_query_get_follows_target:
 * @self: a query
 *
 * Returns: whether it explains the session's target
 */
gboolean
rlv_query_get_follows_target (RlvQuery *self)
{
  g_return_val_if_fail (RLV_IS_QUERY (self), FALSE);
  return self->follows_target;
}

/**
 * rlv_query_set_follows_target:
 * @self: a query
 * @follows: whether it explains the session's target, and not its request's own
 */
void
rlv_query_set_follows_target (RlvQuery *self, gboolean follows)
{
  g_return_if_fail (RLV_IS_QUERY (self));

  if (self->follows_target == follows)
    return;
  self->follows_target = follows;
  changed (self, PROP_FOLLOWS_TARGET);
}

/**
 * rlv_query_get_explanation:
 * @self: a query
 *
 * Returns: (transfer none) (nullable): the latest answer; %NULL where nothing is drawn or it could not be explained
 */
LrpExplanation *
rlv_query_get_explanation (RlvQuery *self)
{
  g_return_val_if_fail (RLV_IS_QUERY (self), NULL);
  return self->explanation;
}

/**
 * rlv_query_get_error:
 * @self: a query
 *
 * Returns: (transfer none) (nullable): why what is drawn could not be explained: a sentence for people
 */
const char *
rlv_query_get_error (RlvQuery *self)
{
  g_return_val_if_fail (RLV_IS_QUERY (self), NULL);
  return self->error;
}

/**
 * rlv_query_get_waiting:
 * @self: a query
 *
 * Returns: whether its answer takes so long that people should be told
 */
gboolean
rlv_query_get_waiting (RlvQuery *self)
{
  g_return_val_if_fail (RLV_IS_QUERY (self), FALSE);
  return self->waiting;
}

/**
 * rlv_query_get_heat:
 * @self: a query
 * @width: (out): cells across
 * @height: (out): cells down
 *
 * Returns: (transfer none) (nullable): relevance per pixel of the network's input, summed over colours
 */
const float *
rlv_query_get_heat (RlvQuery *self, int *width, int *height)
{
  g_return_val_if_fail (RLV_IS_QUERY (self), NULL);
  *width = self->field.width;
  *height = self->field.height;
  return self->heat;
}

/**
 * rlv_query_get_site:
 * @self: a query
 *
 * Returns: (transfer none) (nullable): where rlv_query_get_heat() lies on what is drawn
 */
RlvSite *
rlv_query_get_site (RlvQuery *self)
{
  g_return_val_if_fail (RLV_IS_QUERY (self), NULL);
  return self->site;
}

/* --- for the session ---------------------------------------------------------------------------------------------- */

void
_rlv_query_touch (RlvQuery *self)
{
  self->version++;
}

guint
_rlv_query_get_version (RlvQuery *self)
{
  return self->version;
}

gboolean
_rlv_query_is_answered (RlvQuery *self, const LrpTensor *input)
{
  return self->input == input && self->answered == self->version;
}

gint64
_rlv_query_get_answered_at (RlvQuery *self)
{
  return self->answered_at;
}

void
_rlv_query_set_waiting (RlvQuery *self, gboolean waiting)
{
  if (self->waiting == waiting)
    return;
  self->waiting = waiting;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WAITING]);
}

static void
set_error (RlvQuery *self, const char *message)
{
  if (g_strcmp0 (self->error, message) == 0)
    return;
  g_free (self->error);
  self->error = g_strdup (message);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

/* Sums the relevance over colours, once for everybody who shows it. */
static void
take_heat (RlvQuery *self)
{
  gsize cells;

  g_clear_pointer (&self->heat, g_free);
  if (!self->explanation || !rlv_input_get_field (self->explanation->network, &self->field, NULL))
    return;
  cells = (gsize) self->field.width * (gsize) self->field.height;
  if (self->explanation->relevance->count != cells * self->field.channels)
    return; /* relevance of a layer inside */
  self->heat = g_new (float, cells);
  lrp_scale_sum_channels (self->explanation->relevance->data, self->field.channels, cells, self->heat);
}

static void
set_explanation (RlvQuery *self, LrpExplanation *explanation, RlvSite *site)
{
  if (self->explanation == explanation)
    return;
  g_clear_pointer (&self->explanation, lrp_explanation_unref);
  g_clear_pointer (&self->site, rlv_site_unref);
  self->explanation = explanation ? lrp_explanation_ref (explanation) : NULL;
  self->site = site ? rlv_site_ref (site) : NULL;
  take_heat (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EXPLANATION]);
}

void
_rlv_query_answer (RlvQuery *self, guint version, LrpTensor *input, RlvSite *site, LrpExplanation *explanation,
                   const char *error)
{
  lrp_tensor_unref (self->input);
  self->input = lrp_tensor_ref (input);
  self->answered = version;
  self->answered_at = g_get_monotonic_time ();
  _rlv_query_set_waiting (self, FALSE);
  set_error (self, error);
  set_explanation (self, explanation, site);
}

void
_rlv_query_clear (RlvQuery *self, const char *error)
{
  g_clear_pointer (&self->input, lrp_tensor_unref);
  _rlv_query_set_waiting (self, FALSE);
  set_error (self, error);
  set_explanation (self, NULL, NULL);
}
