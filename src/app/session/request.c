/* SPDX-License-Identifier: GPL-3.0-or-later */
/* request.c: what a session explains: of which network, how, and which class or unit of it */
#include "config.h"

#include "app/session/session-private.h"

#include "app/session/layer-rule.h"

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
  return rlv_query_get_network (self->query);
}

/* Whether the one is the other, opened again or trained further: the same layers, by the same names. */
static gboolean
have_same_layers (const LrpNetwork *a, const LrpNetwork *b)
{
  if (!g_str_equal (a->name, b->name) || a->layers->len != b->layers->len)
    return FALSE;
  for (guint i = 0; i < a->layers->len; i++)
    {
      const LrpLayer *x = lrp_network_get_layer (a, i), *y = lrp_network_get_layer (b, i);
      if (x->kind != y->kind || !g_str_equal (x->name, y->name) || !lrp_shape_equal (&x->shape, &y->shape))
        return FALSE;
    }
  return TRUE;
}

static guint
drop_rules (RlvQuery *query, const LrpNetwork *network, gboolean named)
{
  g_autoptr (LrpRequest) request = lrp_request_copy (rlv_query_get_request (query));
  guint n = named ? rlv_layer_rule_drop_named (request->composite) : 0;

  if (network)
    n += rlv_layer_rule_drop_strange (request->composite, network);
  if (n > 0)
    rlv_query_set_request (query, request);
  return n;
}

/**
 * rlv_session_forget_named_rules:
 * @self: a session
 *
 * What comes next is not the network whose layers were given rules of their own.
 *
 * Returns: how many such rules there were
 */
guint
rlv_session_forget_named_rules (RlvSession *self)
{
  guint n;

  g_return_val_if_fail (RLV_IS_SESSION (self), 0);

  n = drop_rules (self->query, NULL, TRUE);
  if (n > 0)
    g_object_notify (G_OBJECT (self), "request");
  return n;
}

/**
 * rlv_session_set_network:
 * @self: a session
 * @network: the network to explain from now on
 *
 * What was chosen for a class of the network before is forgotten, and so are rules for its layers, which were chosen by
 * their names, unless it is the same network again.
 *
 * Returns: how many rules were forgotten
 */
guint
rlv_session_set_network (RlvSession *self, LrpNetwork *network)
{
  LrpNetwork *before;
  guint n;

  g_return_val_if_fail (RLV_IS_SESSION (self), 0);

  before = rlv_query_get_network (self->query);
  if (before == network)
    return 0;
  n = drop_rules (self->query, network, before && !have_same_layers (before, network));
  rlv_query_set_network (self->query, network);
  rlv_asker_give_up (self->asker, NULL);
  g_object_notify (G_OBJECT (self), "network");
  rlv_session_set_target (self, LRP_TARGET_TOP);
  /* What was chosen for another network's layers and classes means nothing to this one. */
  rlv_history_forget (self->history, self);
  g_object_notify (G_OBJECT (self), "request");
  return n;
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

  g_return_if_fail (RLV_IS_SESSION (self) && rlv_query_get_network (self->query));

  network = lrp_network_with_input (rlv_query_get_network (self->query), input, labels);
  rlv_query_set_network (self->query, network);
  lrp_network_unref (network);
  g_object_notify (G_OBJECT (self), "network");
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

/* For steps to undo. */
static void
apply (RlvSession *self, const LrpRequest *request)
{
  rlv_session_set_request (self, request);
  rlv_session_set_full_target (self, &request->target);
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
  _rlv_steps_push_request (self, apply, before);
  g_object_notify (G_OBJECT (self), "request");
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
  LrpNetwork *network = rlv_session_get_network (self);
  LrpRequest *before;

  g_return_if_fail (RLV_IS_SESSION (self));

  if (lrp_target_equal (rlv_session_get_full_target (self), target)
      || (network && !lrp_target_check (target, network, NULL)))
    return;
  before = lrp_request_copy (rlv_query_get_request (self->query));
  rlv_query_set_target (self->query, target);
  _rlv_steps_push_request (self, apply, before);
  g_object_notify (G_OBJECT (self), "target");
  g_object_notify (G_OBJECT (self), "pinned");
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

  if (target >= 0 ? rlv_session_get_network (self) != NULL : target == LRP_TARGET_TOP)
    rlv_session_set_full_target (self, &(LrpTarget){ target, LRP_TARGET_NONE, NULL, NULL });
}
