/* SPDX-License-Identifier: GPL-3.0-or-later */
/* query.c: one way to explain what is drawn */
#include "config.h"

#include "app/work/query-private.h"

G_DEFINE_FINAL_TYPE (RlvQuery, rlv_query, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_REQUEST,
  PROP_TARGET,
  PROP_NETWORK,
  PROP_ACTIVE,
  PROP_FOLLOWS_TARGET,
  PROP_EXPLANATION,
  PROP_ERROR,
  PROP_WAITING,
  PROP_SENSITIVITY,
  PROP_WARNINGS,
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
    case PROP_TARGET:
      g_value_set_pointer (value, &self->request->target);
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
    case PROP_SENSITIVITY:
      g_value_set_pointer (value, self->has_sensitivity ? &self->sensitivity : NULL);
      break;
    case PROP_WARNINGS:
      g_value_set_boxed (value, self->warnings);
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
  g_clear_pointer (&self->explanation, lrp_explanation_unref);
  rlv_site_unref (self->site);
  g_ptr_array_unref (self->warnings);
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
  properties[PROP_TARGET] = g_param_spec_pointer ("target", NULL, NULL, read);
  properties[PROP_NETWORK] = g_param_spec_pointer ("network", NULL, NULL, read);
  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, TRUE, read);
  properties[PROP_FOLLOWS_TARGET] = g_param_spec_boolean ("follows-target", NULL, NULL, TRUE, read);
  properties[PROP_EXPLANATION] = g_param_spec_pointer ("explanation", NULL, NULL, read);
  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, read);
  properties[PROP_WAITING] = g_param_spec_boolean ("waiting", NULL, NULL, FALSE, read);
  properties[PROP_SENSITIVITY] = g_param_spec_pointer ("sensitivity", NULL, NULL, read);
  properties[PROP_WARNINGS] = g_param_spec_boxed ("warnings", NULL, NULL, G_TYPE_PTR_ARRAY, read);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rlv_query_init (RlvQuery *self)
{
  self->active = self->follows_target = TRUE;
  self->warnings = g_ptr_array_new ();
}

static void
notify (RlvQuery *self, guint property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/**
 * rlv_query_new:
 * @request: how to explain; it is copied
 *
 * Returns: (transfer full): a query, active, about its asker's network and target
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
 * @request: how to explain from now on; it is copied. Its target counts where the query does not follow another's
 */
void
rlv_query_set_request (RlvQuery *self, const LrpRequest *request)
{
  LrpRequest *copy;

  g_return_if_fail (RLV_IS_QUERY (self));

  copy = lrp_request_copy (request);
  lrp_request_free (self->request);
  self->request = copy;
  notify (self, PROP_REQUEST);
}

/**
 * rlv_query_set_target:
 * @self: a query
 * @target: what it explains from now on, in the way that it did; it is copied
 */
void
rlv_query_set_target (RlvQuery *self, const LrpTarget *target)
{
  LrpTarget copy;

  g_return_if_fail (RLV_IS_QUERY (self));

  lrp_target_copy (&copy, target);
  lrp_target_clear (&self->request->target);
  self->request->target = copy;
  notify (self, PROP_TARGET);
}

/**
 * rlv_query_set_keep_layers:
 * @self: a query
 * @keep: whether answers keep every layer's activations and relevance, because somebody looks at them
 *
 * An answer that keeps more than is wanted is good enough, so that nothing is notified then.
 */
void
rlv_query_set_keep_layers (RlvQuery *self, gboolean keep)
{
  g_return_if_fail (RLV_IS_QUERY (self));

  if (self->request->keep_layers == keep)
    return;
  self->request->keep_layers = keep;
  if (keep)
    notify (self, PROP_REQUEST);
}

/**
 * rlv_query_get_network:
 * @self: a query
 *
 * Returns: (transfer none) (nullable): the network that it is about; %NULL: that of its asker's first query
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
 * @network: (nullable): a network that reads the same kind of input as the others'; %NULL: theirs
 */
void
rlv_query_set_network (RlvQuery *self, LrpNetwork *network)
{
  g_return_if_fail (RLV_IS_QUERY (self));

  if (self->network == network)
    return;
  g_clear_pointer (&self->network, lrp_network_unref);
  self->network = network ? lrp_network_ref (network) : NULL;
  notify (self, PROP_NETWORK);
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
  notify (self, PROP_ACTIVE);
}

/**
 * rlv_query_get_follows_target:
 * @self: a query
 *
 * Returns: whether it explains the target of its asker's first query
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
 * @follows: whether it explains the target of its asker's first query, and not its own
 */
void
rlv_query_set_follows_target (RlvQuery *self, gboolean follows)
{
  g_return_if_fail (RLV_IS_QUERY (self));

  if (self->follows_target == follows)
    return;
  self->follows_target = follows;
  notify (self, PROP_FOLLOWS_TARGET);
}
