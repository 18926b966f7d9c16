/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session.c: what the user is looking at; widgets bind to it */
#include "config.h"

#include "app/session/session-private.h"

#include <string.h>

G_DEFINE_FINAL_TYPE (RlvSession, rlv_session, G_TYPE_OBJECT)

static GParamSpec *properties[RLV_SESSION_N_PROPS];

/* Notifies one property, for the session's other file. */
void
_rlv_session_notify (RlvSession *self, RlvSessionProp property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/* Whatever is on top, compared with nothing. */
static gboolean
is_plain (const LrpTarget *target)
{
  return target->class_index == LRP_TARGET_TOP && target->against == LRP_TARGET_NONE && !target->unit;
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
      g_value_set_pointer (value, (gpointer) rlv_query_get_request (self->query));
      break;
    case RLV_SESSION_PROP_TARGET:
      g_value_set_int (value, rlv_session_get_target (self));
      break;
    case RLV_SESSION_PROP_PINNED:
      g_value_set_boolean (value, !is_plain (rlv_session_get_full_target (self)));
      break;
    case RLV_SESSION_PROP_EXPLANATION:
      g_value_set_pointer (value, rlv_session_get_explanation (self));
      break;
    case RLV_SESSION_PROP_ERROR:
      g_value_set_string (value, rlv_session_get_error (self));
      break;
    case RLV_SESSION_PROP_WAITING:
      g_value_set_boolean (value, rlv_session_get_waiting (self));
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
rlv_session_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RlvSession *self = RLV_SESSION (object);

  switch (id)
    {
    case RLV_SESSION_PROP_TARGET:
      rlv_session_set_target (self, g_value_get_int (value));
      break;
    case RLV_SESSION_PROP_FIT:
      _rlv_session_set_fit (self, g_value_get_boolean (value));
      break;
    case RLV_SESSION_PROP_PHOTO_FIT:
      _rlv_session_set_photo_fit (self, (LrpFit) g_value_get_uint (value));
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
  if (self->feed)
    rlv_photo_feed_forget (self->feed);
  g_clear_object (&self->feed);
  g_clear_object (&self->history);
  g_clear_object (&self->pins);
  g_clear_object (&self->document);
  g_clear_object (&self->display);
  G_OBJECT_CLASS (rlv_session_parent_class)->dispose (object);
}

static void
rlv_session_finalize (GObject *object)
{
  RlvSession *self = RLV_SESSION (object);

  g_clear_pointer (&self->network, lrp_network_unref);
  g_ptr_array_unref (self->queries);
  g_array_unref (self->inputs);
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

/* What the session's own query learns, the session says. */
static void
query_cb (RlvSession *self, GParamSpec *pspec)
{
  static const struct
  {
    const char *name;
    RlvSessionProp property;
  } said[] = { { "explanation", RLV_SESSION_PROP_EXPLANATION },
               { "error", RLV_SESSION_PROP_ERROR },
               { "waiting", RLV_SESSION_PROP_WAITING } };

  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    if (strcmp (pspec->name, said[i].name) == 0)
      _rlv_session_notify (self, said[i].property);
}

static void
ask_cb (RlvSession *self)
{
  _rlv_session_queue_ask (self, RLV_HASTE_NOW);
}

static void
rlv_session_init (RlvSession *self)
{
  g_autoptr (LrpRequest) request = lrp_request_new ();

  self->fit = TRUE;
  self->document = rlv_document_new ();
  self->display = rlv_display_new ();
  self->history = rlv_history_new ();
  self->pins = rlv_pins_new ();
  self->explainer = rlv_explainer_new ();
  self->feed = rlv_photo_feed_new ();
  self->inputs = g_array_new (FALSE, TRUE, sizeof (RlvSessionInput));
  g_array_set_clear_func (self->inputs, (GDestroyNotify) _rlv_session_input_clear);
  self->queries = g_ptr_array_new_with_free_func (g_object_unref);
  self->query = rlv_query_new (request);
  g_ptr_array_add (self->queries, self->query);
  g_signal_connect_object (self->query, "notify", G_CALLBACK (query_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "changed", G_CALLBACK (_rlv_session_input_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->feed, "ready", G_CALLBACK (_rlv_session_fed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "edited", G_CALLBACK (_rlv_session_edited_cb), self, G_CONNECT_SWAPPED);
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
 * rlv_session_get_pins:
 * @self: a session
 *
 * Returns: (transfer none): pixels of the network's input that are kept in sight
 */
RlvPins *
rlv_session_get_pins (RlvSession *self)
{
  g_return_val_if_fail (RLV_IS_SESSION (self), NULL);
  return self->pins;
}

/**
 * rlv_session_get_query:
 * @self: a session
 *
 * Returns: (transfer none): the session's own query, about the request, the target and the network that it has
 */
RlvQuery *
rlv_session_get_query (RlvSession *self)
{
  g_return_val_if_fail (RLV_IS_SESSION (self), NULL);
  return self->query;
}

/**
 * rlv_session_add_query:
 * @self: a session
 * @query: what is also to be asked from now on, as long as it is active; added once
 */
void
rlv_session_add_query (RlvSession *self, RlvQuery *query)
{
  static const char *const reasons[] = { "notify::request", "notify::network", "notify::active",
                                         "notify::follows-target" };

  g_return_if_fail (RLV_IS_SESSION (self) && !g_ptr_array_find (self->queries, query, NULL));

  g_ptr_array_add (self->queries, g_object_ref (query));
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    g_signal_connect_object (query, reasons[i], G_CALLBACK (ask_cb), self, G_CONNECT_SWAPPED);
  ask_cb (self);
}

/**
 * rlv_session_remove_query:
 * @self: a session
 * @query: what need not be asked any more; it keeps its last answer
 */
void
rlv_session_remove_query (RlvSession *self, RlvQuery *query)
{
  g_return_if_fail (RLV_IS_SESSION (self) && query != self->query);

  g_signal_handlers_disconnect_by_func (query, ask_cb, self);
  g_ptr_array_remove (self->queries, query);
}

/* The session's target is another, and so is that of all queries that follow it. */
static void
touch_followers (RlvSession *self)
{
  for (guint i = 0; i < self->queries->len; i++)
    if (rlv_query_get_follows_target (self->queries->pdata[i]))
      _rlv_query_touch (self->queries->pdata[i]);
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
drop_strange_rules (RlvQuery *query, const LrpNetwork *network)
{
  g_autoptr (LrpRequest) request = lrp_request_copy (rlv_query_get_request (query));
  GArray *overrides = request->composite->overrides;

  for (guint i = overrides->len; i-- > 0;)
    if (!lrp_pattern_matches_any (g_array_index (overrides, LrpOverride, i).pattern, network))
      g_array_remove_index (overrides, i);
  rlv_query_set_request (query, request);
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
  drop_strange_rules (self->query, network);
  _rlv_session_give_up (self, NULL);
  _rlv_session_notify (self, RLV_SESSION_PROP_NETWORK);
  rlv_session_set_target (self, LRP_TARGET_TOP);
  /* What was chosen for another network's layers and classes means nothing to this one. */
  rlv_history_forget (self->history, self);
  _rlv_session_notify (self, RLV_SESSION_PROP_REQUEST);
  _rlv_session_input_changed (self);
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
  _rlv_session_input_changed (self);
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
  _rlv_session_queue_ask (self, RLV_HASTE_NOW);
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
  return rlv_query_get_request (self->query);
}

/**
 * rlv_session_set_request:
 * @self: a session
 * @request: how to explain from now on; the target remains the session's
 */
void
rlv_session_set_request (RlvSession *self, const LrpRequest *request)
{
  const LrpRequest *old;
  LrpRequest *before;
  g_autoptr (LrpRequest) copy = NULL;

  g_return_if_fail (RLV_IS_SESSION (self));

  old = rlv_query_get_request (self->query);
  if (lrp_choice_equal (&old->method, &request->method) && lrp_composite_equal (old->composite, request->composite)
      && old->start == request->start && g_strcmp0 (old->through, request->through) == 0)
    return;
  copy = lrp_request_copy (request);
  lrp_target_clear (&copy->target);
  lrp_target_copy (&copy->target, &old->target);
  copy->keep_layers = old->keep_layers;
  before = lrp_request_copy (old);
  rlv_query_set_request (self->query, copy);
  _rlv_session_remember (self, before);
  _rlv_session_notify (self, RLV_SESSION_PROP_REQUEST);
  _rlv_session_queue_ask (self, RLV_HASTE_NOW);
}

/**
 * rlv_session_set_keep_layers:
 * @self: a session
 * @keep: whether explanations keep every layer's activations and relevance, because somebody looks at them
 */
void
rlv_session_set_keep_layers (RlvSession *self, gboolean keep)
{
  g_autoptr (LrpRequest) copy = NULL;

  g_return_if_fail (RLV_IS_SESSION (self));

  if (rlv_query_get_request (self->query)->keep_layers == keep)
    return;
  copy = lrp_request_copy (rlv_query_get_request (self->query));
  copy->keep_layers = keep;
  rlv_query_set_request (self->query, copy);
  if (keep)
    _rlv_session_queue_ask (self, RLV_HASTE_NOW);
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
  return rlv_query_get_request (self->query)->target.class_index;
}

/**
 * rlv_session_get_full_target:
 * @self: a session
 *
 * Returns: (transfer none): what is explained: a class, perhaps with another that it is compared with, or a unit
 */
const LrpTarget *
rlv_session_get_full_target (RlvSession *self)
{
  g_return_val_if_fail (RLV_IS_SESSION (self), NULL);
  return &rlv_query_get_request (self->query)->target;
}

/**
 * rlv_session_set_full_target:
 * @self: a session
 * @target: what to explain from now on; one that the network does not have is ignored
 */
void
rlv_session_set_full_target (RlvSession *self, const LrpTarget *target)
{
  g_autoptr (LrpRequest) copy = NULL;
  LrpRequest *before;
  const LrpTarget *old;

  g_return_if_fail (RLV_IS_SESSION (self));

  old = rlv_session_get_full_target (self);
  if ((old->class_index == target->class_index && old->against == target->against
       && g_strcmp0 (old->unit, target->unit) == 0)
      || (self->network && !lrp_target_check (target, self->network, NULL)))
    return;
  copy = lrp_request_copy (rlv_query_get_request (self->query));
  lrp_target_clear (&copy->target);
  lrp_target_copy (&copy->target, target);
  before = lrp_request_copy (rlv_query_get_request (self->query));
  rlv_query_set_request (self->query, copy);
  _rlv_session_remember (self, before);
  touch_followers (self);
  _rlv_session_notify (self, RLV_SESSION_PROP_TARGET);
  _rlv_session_notify (self, RLV_SESSION_PROP_PINNED);
  _rlv_session_queue_ask (self, RLV_HASTE_NOW);
}

/**
 * rlv_session_set_target:
 * @self: a session
 * @target: a class, or %LRP_TARGET_TOP, compared with nothing; a class that the network does not have is ignored
 */
void
rlv_session_set_target (RlvSession *self, int target)
{
  g_return_if_fail (RLV_IS_SESSION (self));

  if (target >= 0 ? self->network != NULL : target == LRP_TARGET_TOP)
    rlv_session_set_full_target (self, &(LrpTarget){ target, LRP_TARGET_NONE, NULL });
}
