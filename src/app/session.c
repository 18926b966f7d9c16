/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session.c: what the user is looking at; widgets bind to it */
#include "config.h"

#include "app/session-private.h"

G_DEFINE_FINAL_TYPE (RlvSession, rlv_session, G_TYPE_OBJECT)

static GParamSpec *properties[RLV_SESSION_N_PROPS];

/* Notifies one property, for the session's other file. */
void
_rlv_session_notify (RlvSession *self, RlvSessionProp property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
rlv_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RlvSession *self = RLV_SESSION (object);

  switch (id)
    {
    case RLV_SESSION_PROP_DOCUMENT:
      g_value_set_object (value, self->document);
      break;
    case RLV_SESSION_PROP_DISPLAY:
      g_value_set_object (value, self->display);
      break;
    case RLV_SESSION_PROP_NETWORK:
      g_value_set_pointer (value, self->network);
      break;
    case RLV_SESSION_PROP_REQUEST:
      g_value_set_pointer (value, self->request);
      break;
    case RLV_SESSION_PROP_TARGET:
      g_value_set_int (value, self->request->target.class_index);
      break;
    case RLV_SESSION_PROP_PINNED:
      g_value_set_boolean (value, self->request->target.class_index != LRP_TARGET_TOP);
      break;
    case RLV_SESSION_PROP_EXPLANATION:
      g_value_set_pointer (value, self->explanation);
      break;
    case RLV_SESSION_PROP_ERROR:
      g_value_set_string (value, self->error);
      break;
    case RLV_SESSION_PROP_WAITING:
      g_value_set_boolean (value, self->waiting);
      break;
    case RLV_SESSION_PROP_FIT:
      g_value_set_boolean (value, self->fit);
      break;
    case RLV_SESSION_PROP_PHOTO_FIT:
      g_value_set_uint (value, self->photo_fit);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_fit (RlvSession *self, gboolean fit)
{
  if (self->fit == fit)
    return;
  self->fit = fit;
  _rlv_session_notify (self, RLV_SESSION_PROP_FIT);
  _rlv_session_queue_ask (self);
}

/* A part that was chosen by hand is forgotten: what fits is asked for. */
static void
set_photo_fit (RlvSession *self, LrpFit fit)
{
  if (self->photo_fit == fit)
    return;
  self->photo_fit = fit;
  _rlv_session_notify (self, RLV_SESSION_PROP_PHOTO_FIT);
  rlv_document_set_region (self->document, NULL, FALSE);
  _rlv_session_queue_ask (self);
}

static void
rlv_session_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RlvSession *self = RLV_SESSION (object);

  switch (id)
    {
    case RLV_SESSION_PROP_TARGET:
      rlv_session_set_target (self, g_value_get_int (value));
      break;
    case RLV_SESSION_PROP_FIT:
      set_fit (self, g_value_get_boolean (value));
      break;
    case RLV_SESSION_PROP_PHOTO_FIT:
      set_photo_fit (self, (LrpFit) g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rlv_session_dispose (GObject *object)
{
  RlvSession *self = RLV_SESSION (object);

  g_clear_handle_id (&self->ask_source, g_source_remove);
  g_clear_handle_id (&self->patience_source, g_source_remove);
  g_clear_object (&self->explainer);
  g_clear_object (&self->document);
  g_clear_object (&self->display);
  G_OBJECT_CLASS (rlv_session_parent_class)->dispose (object);
}

static void
rlv_session_finalize (GObject *object)
{
  RlvSession *self = RLV_SESSION (object);

  g_clear_pointer (&self->explanation, lrp_explanation_unref);
  g_clear_pointer (&self->network, lrp_network_unref);
  rlv_photo_unref (self->shown_photo);
  rlv_photo_unref (self->asked_photo);
  lrp_request_free (self->request);
  g_free (self->heat);
  g_free (self->error);
  g_free (self->problem);
  G_OBJECT_CLASS (rlv_session_parent_class)->finalize (object);
}

static void
rlv_session_class_init (RlvSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags write = read | G_PARAM_WRITABLE;

  object_class->dispose = rlv_session_dispose;
  object_class->finalize = rlv_session_finalize;
  object_class->get_property = rlv_session_get_property;
  object_class->set_property = rlv_session_set_property;

  properties[RLV_SESSION_PROP_DOCUMENT] = g_param_spec_object ("document", NULL, NULL, RLV_TYPE_DOCUMENT, read);
  properties[RLV_SESSION_PROP_DISPLAY] = g_param_spec_object ("display", NULL, NULL, RLV_TYPE_DISPLAY, read);
  properties[RLV_SESSION_PROP_NETWORK] = g_param_spec_pointer ("network", NULL, NULL, read);
  properties[RLV_SESSION_PROP_REQUEST] = g_param_spec_pointer ("request", NULL, NULL, read);
  properties[RLV_SESSION_PROP_TARGET] =
      g_param_spec_int ("target", NULL, NULL, LRP_TARGET_TOP, G_MAXINT, LRP_TARGET_TOP, write);
  properties[RLV_SESSION_PROP_PINNED] = g_param_spec_boolean ("pinned", NULL, NULL, FALSE, read);
  properties[RLV_SESSION_PROP_EXPLANATION] = g_param_spec_pointer ("explanation", NULL, NULL, read);
  properties[RLV_SESSION_PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, read);
  properties[RLV_SESSION_PROP_WAITING] = g_param_spec_boolean ("waiting", NULL, NULL, FALSE, read);
  properties[RLV_SESSION_PROP_FIT] = g_param_spec_boolean ("fit", NULL, NULL, TRUE, write);
  properties[RLV_SESSION_PROP_PHOTO_FIT] =
      g_param_spec_uint ("photo-fit", NULL, NULL, 0, LRP_N_FITS - 1, LRP_FIT_FILL, write);
  g_object_class_install_properties (object_class, RLV_SESSION_N_PROPS, properties);
}

static void
rlv_session_init (RlvSession *self)
{
  self->request = lrp_request_new ();
  self->fit = TRUE;
  self->document = rlv_document_new ();
  self->display = rlv_display_new ();
  self->explainer = rlv_explainer_new ();
  g_signal_connect_object (self->document, "changed", G_CALLBACK (_rlv_session_queue_ask), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->explainer, "answered", G_CALLBACK (_rlv_session_answered_cb), self, G_CONNECT_SWAPPED);
}

/**
 * rlv_session_new:
 *
 * Returns: (transfer full): a session with an empty drawing, the default request and no network
 */
RlvSession *
rlv_session_new (void)
{
  return g_object_new (RLV_TYPE_SESSION, NULL);
}

/**
 * rlv_session_get_document:
 * @self: a session
 *
 * Returns: (transfer none): the drawing
 */
RlvDocument *
rlv_session_get_document (RlvSession *self)
{
  g_return_val_if_fail (RLV_IS_SESSION (self), NULL);
  return self->document;
}

/**
 * rlv_session_get_display:
 * @self: a session
 *
 * Returns: (transfer none): how heatmaps look
 */
RlvDisplay *
rlv_session_get_display (RlvSession *self)
{
  g_return_val_if_fail (RLV_IS_SESSION (self), NULL);
  return self->display;
}

/**
 * rlv_session_get_network:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the network that is explained; %NULL until one is loaded
 */
LrpNetwork *
rlv_session_get_network (RlvSession *self)
{
  g_return_val_if_fail (RLV_IS_SESSION (self), NULL);
  return self->network;
}

static void
drop_strange_rules (LrpComposite *composite, const LrpNetwork *network)
{
  for (guint i = composite->overrides->len; i-- > 0;)
    if (!lrp_pattern_matches_any (g_array_index (composite->overrides, LrpOverride, i).pattern, network))
      g_array_remove_index (composite->overrides, i);
}

/**
 * rlv_session_set_network:
 * @self: a session
 * @network: the network to explain from now on
 *
 * What was chosen for a class of the network before is forgotten, and so are rules for layers that the new one does not
 * have.
 */
void
rlv_session_set_network (RlvSession *self, LrpNetwork *network)
{
  g_return_if_fail (RLV_IS_SESSION (self));

  if (self->network == network)
    return;
  g_clear_pointer (&self->network, lrp_network_unref);
  self->network = lrp_network_ref (network);
  drop_strange_rules (self->request->composite, network);
  _rlv_session_give_up (self, NULL);
  _rlv_session_notify (self, RLV_SESSION_PROP_NETWORK);
  rlv_session_set_target (self, LRP_TARGET_TOP);
  _rlv_session_notify (self, RLV_SESSION_PROP_REQUEST);
  _rlv_session_queue_ask (self);
}

/**
 * rlv_session_set_input:
 * @self: a session with a network
 * @input: how pictures become its input from now on
 * @labels: (nullable) (array zero-terminated=1): names of its classes; %NULL: as they are
 *
 * The network remains what it is, and so does what was chosen for its layers and classes.
 */
void
rlv_session_set_input (RlvSession *self, const LrpInput *input, const char *const *labels)
{
  LrpNetwork *network;

  g_return_if_fail (RLV_IS_SESSION (self) && self->network);

  network = lrp_network_with_input (self->network, input, labels);
  lrp_network_unref (self->network);
  self->network = network;
  _rlv_session_notify (self, RLV_SESSION_PROP_NETWORK);
  _rlv_session_queue_ask (self);
}

/**
 * rlv_session_set_problem:
 * @self: a session without a network
 * @problem: why there is none: a sentence for people
 */
void
rlv_session_set_problem (RlvSession *self, const char *problem)
{
  g_return_if_fail (RLV_IS_SESSION (self));

  g_free (self->problem);
  self->problem = g_strdup (problem);
  _rlv_session_queue_ask (self);
}

/**
 * rlv_session_get_request:
 * @self: a session
 *
 * Returns: (transfer none): how it is explained; it changes with the next rlv_session_set_request()
 */
const LrpRequest *
rlv_session_get_request (RlvSession *self)
{
  g_return_val_if_fail (RLV_IS_SESSION (self), NULL);
  return self->request;
}

/**
 * rlv_session_set_request:
 * @self: a session
 * @request: how to explain from now on; the target remains the session's
 */
void
rlv_session_set_request (RlvSession *self, const LrpRequest *request)
{
  LrpRequest *copy;

  g_return_if_fail (RLV_IS_SESSION (self));

  if (lrp_choice_equal (&self->request->method, &request->method)
      && lrp_composite_equal (self->request->composite, request->composite) && self->request->start == request->start)
    return;
  copy = lrp_request_copy (request);
  lrp_target_clear (&copy->target);
  lrp_target_copy (&copy->target, &self->request->target);
  lrp_request_free (self->request);
  self->request = copy;
  _rlv_session_notify (self, RLV_SESSION_PROP_REQUEST);
  _rlv_session_queue_ask (self);
}

/**
 * rlv_session_get_target:
 * @self: a session
 *
 * Returns: the class that is explained whatever is on top, or %LRP_TARGET_TOP
 */
int
rlv_session_get_target (RlvSession *self)
{
  g_return_val_if_fail (RLV_IS_SESSION (self), LRP_TARGET_TOP);
  return self->request->target.class_index;
}

/**
 * rlv_session_set_target:
 * @self: a session
 * @target: a class, or %LRP_TARGET_TOP; a class that the network does not have is ignored
 */
void
rlv_session_set_target (RlvSession *self, int target)
{
  g_return_if_fail (RLV_IS_SESSION (self));

  if (self->request->target.class_index == target || target < LRP_TARGET_TOP
      || (target >= 0 && (!self->network || (guint) target >= lrp_network_n_classes (self->network))))
    return;
  self->request->target.class_index = target;
  _rlv_session_notify (self, RLV_SESSION_PROP_TARGET);
  _rlv_session_notify (self, RLV_SESSION_PROP_PINNED);
  _rlv_session_queue_ask (self);
}
