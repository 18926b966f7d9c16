/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session.c: what the user is looking at; widgets bind to it */
#include "config.h"

#include "app/session/session-private.h"

G_DEFINE_FINAL_TYPE (RlvSession, rlv_session, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_DOCUMENT,
  PROP_DISPLAY,
  PROP_NETWORK,
  PROP_REQUEST,
  PROP_TARGET,
  PROP_PINNED,
  PROP_FIT,
  PROP_PHOTO_FIT,
  N_PROPS
};

/* Whatever is on top, compared with nothing. */
static gboolean
is_plain (const LrpTarget *target)
{
  return target->class_index == LRP_TARGET_TOP && target->against == LRP_TARGET_NONE && !target->unit && !target->place;
}

static void
rlv_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RlvSession *self = RLV_SESSION (object);

  switch (id)
    {
    case PROP_DOCUMENT:
      g_value_set_object (value, self->document);
      break;
    case PROP_DISPLAY:
      g_value_set_object (value, self->display);
      break;
    case PROP_NETWORK:
      g_value_set_pointer (value, rlv_query_get_network (self->query));
      break;
    case PROP_REQUEST:
      g_value_set_pointer (value, (gpointer) rlv_query_get_request (self->query));
      break;
    case PROP_TARGET:
      g_value_set_int (value, rlv_query_get_request (self->query)->target.class_index);
      break;
    case PROP_PINNED:
      g_value_set_boolean (value, !is_plain (&rlv_query_get_request (self->query)->target));
      break;
    case PROP_FIT:
      g_value_set_boolean (value, rlv_inputs_get_fit (rlv_asker_get_inputs (self->asker)));
      break;
    case PROP_PHOTO_FIT:
      g_value_set_uint (value, rlv_inputs_get_photo_fit (rlv_asker_get_inputs (self->asker)));
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
    case PROP_FIT:
      _rlv_session_set_fit (self, g_value_get_boolean (value));
      break;
    case PROP_PHOTO_FIT:
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

  g_clear_object (&self->asker);
  g_clear_object (&self->query);
  g_clear_object (&self->history);
  g_clear_object (&self->pins);
  g_clear_object (&self->document);
  g_clear_object (&self->display);
  G_OBJECT_CLASS (rlv_session_parent_class)->dispose (object);
}

static void
rlv_session_class_init (RlvSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamSpec *properties[N_PROPS] = { NULL };
  const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags write = read | G_PARAM_WRITABLE;

  object_class->dispose = rlv_session_dispose;
  object_class->get_property = rlv_session_get_property;
  object_class->set_property = rlv_session_set_property;

  properties[PROP_DOCUMENT] = g_param_spec_object ("document", NULL, NULL, RLV_TYPE_DOCUMENT, read);
  properties[PROP_DISPLAY] = g_param_spec_object ("display", NULL, NULL, RLV_TYPE_DISPLAY, read);
  properties[PROP_NETWORK] = g_param_spec_pointer ("network", NULL, NULL, read);
  properties[PROP_REQUEST] = g_param_spec_pointer ("request", NULL, NULL, read);
  properties[PROP_TARGET] = g_param_spec_int ("target", NULL, NULL, LRP_TARGET_TOP, G_MAXINT, LRP_TARGET_TOP, read);
  properties[PROP_PINNED] = g_param_spec_boolean ("pinned", NULL, NULL, FALSE, read);
  properties[PROP_FIT] = g_param_spec_boolean ("fit", NULL, NULL, TRUE, write);
  properties[PROP_PHOTO_FIT] = g_param_spec_uint ("photo-fit", NULL, NULL, 0, LRP_N_FITS - 1, LRP_FIT_FILL, write);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
edited_cb (RlvSession *self, const char *label)
{
  if (!self->reframing)
    _rlv_steps_push_edit (self->history, self->document, label);
}

static void
rlv_session_init (RlvSession *self)
{
  g_autoptr (LrpRequest) request = lrp_request_new ();

  self->document = rlv_document_new ();
  self->display = rlv_display_new ();
  self->history = rlv_history_new ();
  self->pins = rlv_pins_new ();
  self->query = rlv_query_new (request);
  self->asker = rlv_asker_new (self->document, self->query);
  g_signal_connect_object (self->document, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
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
 * rlv_session_get_asker:
 * @self: a session
 *
 * Returns: (transfer none): what asks the session's own query, and others beside it
 */
RlvAsker *
rlv_session_get_asker (RlvSession *self)
{
  g_return_val_if_fail (RLV_IS_SESSION (self), NULL);
  return self->asker;
}

/**
 * rlv_session_get_explanation:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the answer shown; %NULL where nothing is drawn or it could not be explained
 */
LrpExplanation *
rlv_session_get_explanation (RlvSession *self)
{
  g_return_val_if_fail (RLV_IS_SESSION (self), NULL);
  return rlv_query_get_explanation (self->query);
}

/**
 * rlv_session_get_region:
 * @self: a session
 * @region: (out caller-allocates): the part of the photo that the network sees
 *
 * Returns: whether there is a photo, and a network that reads pictures
 */
gboolean
rlv_session_get_region (RlvSession *self, LrpRegion *region)
{
  LrpNetwork *network;

  g_return_val_if_fail (RLV_IS_SESSION (self), FALSE);

  network = rlv_query_get_network (self->query);
  return network && rlv_inputs_get_region (rlv_asker_get_inputs (self->asker), network, region);
}

/**
 * rlv_session_get_history:
 * @self: a session
 *
 * Returns: (transfer none): what was done to drawing, method and target; undo it by rlv_session_undo()
 */
RlvHistory *
rlv_session_get_history (RlvSession *self)
{
  g_return_val_if_fail (RLV_IS_SESSION (self), NULL);
  return self->history;
}

/**
 * rlv_session_undo:
 * @self: a session
 *
 * Takes back the last step, of whatever kind; a running stroke ends and is that step.
 */
void
rlv_session_undo (RlvSession *self)
{
  g_return_if_fail (RLV_IS_SESSION (self));

  rlv_document_stroke_end (self->document);
  rlv_history_undo (self->history);
}

/**
 * rlv_session_redo:
 * @self: a session
 *
 * Does the step again that was taken back last.
 */
void
rlv_session_redo (RlvSession *self)
{
  g_return_if_fail (RLV_IS_SESSION (self));

  rlv_document_stroke_end (self->document);
  rlv_history_redo (self->history);
}
