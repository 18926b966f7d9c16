/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fetching.c: a network that is being fetched, or removed, in a thread */
#include "config.h"

#include "app/catalogue/fetching.h"

#define TICK  100 /* milliseconds between two looks at the thread */
#define WHOLE 10000

/**
 * RlvFetching:
 *
 * Fetches a network. #RlvFetching:progress grows from 0 to 1 and can be bound to; then #RlvFetching::ended is emitted.
 * Both are in the main loop.
 */
struct _RlvFetching
{
  GObject parent_instance;

  LrpOffer *offer;
  GCancellable *cancellable;
  int reached; /* atomic: the thread's progress, of WHOLE */
  double progress;
  guint tick;
};

G_DEFINE_FINAL_TYPE (RlvFetching, rlv_fetching, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_PROGRESS,
  N_PROPERTIES
};

enum
{
  ENDED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

/* In the thread. */
static void
reach (double fraction, gpointer data)
{
  g_atomic_int_set (&RLV_FETCHING (data)->reached, (int) (fraction * WHOLE));
}

static void
fetch (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  RlvFetching *self = object;
  GError *error = NULL;

  if (lrp_store_fetch (self->offer, reach, self, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static gboolean
tick_cb (gpointer data)
{
  RlvFetching *self = data;
  double reached = (double) g_atomic_int_get (&self->reached) / WHOLE;

  if (reached != self->progress)
    {
      self->progress = reached;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
    }
  return G_SOURCE_CONTINUE;
}

static void
fetched_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  RlvFetching *self = RLV_FETCHING (object);
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  tick_cb (self);
  g_clear_handle_id (&self->tick, g_source_remove);
  g_signal_emit (self, signals[ENDED], 0, error);
}

static void
rlv_fetching_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_PROGRESS)
    g_value_set_double (value, RLV_FETCHING (object)->progress);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
rlv_fetching_finalize (GObject *object)
{
  RlvFetching *self = RLV_FETCHING (object);

  lrp_offer_unref (self->offer);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (rlv_fetching_parent_class)->finalize (object);
}

static void
rlv_fetching_class_init (RlvFetchingClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = rlv_fetching_get_property;
  G_OBJECT_CLASS (klass)->finalize = rlv_fetching_finalize;

  /**
   * RlvFetching:progress:
   *
   * How much of the network is here, 0 to 1.
   */
  properties[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, 0, 1, 0,
                                                   G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPERTIES, properties);
  /**
   * RlvFetching::ended:
   * @self: what was fetched
   * @error: (nullable): why it is not here; %NULL if it is
   *
   * The last that is heard of it.
   */
  signals[ENDED] =
      g_signal_new ("ended", RLV_TYPE_FETCHING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
rlv_fetching_init (RlvFetching *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * rlv_fetching_new:
 * @offer: a network
 *
 * Begins to fetch a network, or goes on where it was left off.
 *
 * Returns: (transfer full): what happens
 */
RlvFetching *
rlv_fetching_new (LrpOffer *offer)
{
  RlvFetching *self = g_object_new (RLV_TYPE_FETCHING, NULL);
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, fetched_cb, NULL);

  self->offer = lrp_offer_ref (offer);
  self->tick = g_timeout_add (TICK, tick_cb, self);
  g_task_run_in_thread (task, fetch);
  return self;
}

/**
 * rlv_fetching_cancel:
 * @self: a network that is being fetched
 *
 * Stops; what has come is kept for the next time.
 */
void
rlv_fetching_cancel (RlvFetching *self)
{
  g_return_if_fail (RLV_IS_FETCHING (self));
  g_cancellable_cancel (self->cancellable);
}

static void
remove_network (GTask *task, gpointer object, gpointer name, GCancellable *cancellable)
{
  GError *error = NULL;

  if (lrp_store_remove (name, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * rlv_fetched_remove_async:
 * @name: a network that was fetched
 * @callback: called when it is gone, or cannot be
 * @data: for @callback
 *
 * Removes a network from this computer: with hundreds of megabytes even that takes a while.
 */
void
rlv_fetched_remove_async (const char *name, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, data);

  g_task_set_task_data (task, g_strdup (name), g_free);
  g_task_run_in_thread (task, remove_network);
}

/**
 * rlv_fetched_remove_finish:
 * @result: what the callback got
 * @error: return location for an error, which does not name the network
 *
 * Returns: whether it was there, and is gone
 */
gboolean
rlv_fetched_remove_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
