/* SPDX-License-Identifier: GPL-3.0-or-later */
/* channel-uses.c: which channels of the next layer with weights use a channel, found in a thread when nothing else is
 * asked */
#include "config.h"

#include "app/layers/channel-uses.h"

#include "app/kit/job.h"
#include "app/layers/channel-text.h"

/* How long nothing else must have been asked before this is begun, so that drawing is not slowed; in milliseconds. */
#define CALM 150
/* So many numbers of the input times channels above take no time worth a word: networks for digits are asked about all
 * channels, of 32 by 32 pixels in colour about up to 64. Of others, the most relevant channels only. */
#define CHEAP (64.0 * 3 * 32 * 32)
#define MOST  8

/**
 * RlvChannelUses:
 *
 * Relevance arrives at a channel from the channels above. How much passes through each of these is a question of its
 * own (conditional relevance); all share one way forward. A channel without relevance has nothing to pass on.
 */
struct _RlvChannelUses
{
  GObject parent_instance;

  RlvLayers *layers;
  guint layer, channel;
  guint source;             /* while it is waited for calm */
  GCancellable *running;    /* NULL: no thread is at it */
  GArray *links;            /* of RlvLink; NULL: not found yet */
  guint limit, asked_limit; /* of links, and of those that are sought */
};

G_DEFINE_FINAL_TYPE (RlvChannelUses, rlv_channel_uses, G_TYPE_OBJECT)

enum
{
  FOUND,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* --- in the thread ------------------------------------------------------------------------------------------------ */

typedef struct
{
  LrpExplanation *explanation;
  LrpRequest *request;
  guint reader, channel;
  guint *above, n; /* channels of the reader */
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  lrp_explanation_unref (question->explanation);
  lrp_request_free (question->request);
  g_free (question->above);
  g_free (question);
}

static gboolean
measure (Question *question, LrpRun *run, RlvLink *link, GCancellable *cancellable, GError **error)
{
  const LrpNetwork *network = question->explanation->network;
  g_autoptr (LrpExplanation) use = NULL;
  g_autoptr (RlvChannels) arrived = NULL;

  g_free (question->request->through);
  question->request->through =
      g_strdup_printf ("%s:%u", lrp_network_get_layer (network, link->layer)->name, link->channel);
  use = lrp_request_explain_more (question->request, run, question->explanation->input, NULL, NULL, cancellable, error);
  if (!use)
    return FALSE;
  arrived = rlv_channels_new (use->relevance, use->relevance);
  link->relevance = question->channel < arrived->n ? arrived->channels[question->channel].relevance : 0;
  return TRUE;
}

static gpointer
find (RlvJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Question *question = data;
  const LrpExplanation *explanation = question->explanation;
  g_autoptr (LrpRun) run = lrp_run_new (explanation->network, &explanation->input->shape, error);
  g_autoptr (GArray) links = g_array_new (FALSE, FALSE, sizeof (RlvLink));

  if (!run)
    return NULL;
  for (guint i = 0; i < question->n; i++)
    {
      RlvLink link = { question->reader, question->above[i], 0 };
      if (!measure (question, run, &link, cancellable, error))
        return NULL;
      if (link.relevance != 0)
        g_array_append_val (links, link);
    }
  rlv_links_sort ((RlvLink *) (gpointer) links->data, links->len);
  return g_steal_pointer (&links);
}

static const RlvJobKind finding = { .work = find,
                                    .free_data = question_free,
                                    .free_result = (GDestroyNotify) g_array_unref };

/* --- asking ------------------------------------------------------------------------------------------------------- */

static void
take (RlvChannelUses *self, GArray *links)
{
  g_clear_pointer (&self->links, g_array_unref);
  self->links = links;
  g_signal_emit (self, signals[FOUND], 0);
}

static void
stop (RlvChannelUses *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->running)
    g_cancellable_cancel (self->running);
  g_clear_object (&self->running);
}

/* What cannot be asked has no uses. */
static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RlvChannelUses) self = data;
  g_autoptr (GError) error = NULL;
  GArray *links = rlv_job_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error)
    g_debug ("Uses of a channel: %s", error->message);
  g_clear_object (&self->running);
  self->limit = self->asked_limit;
  take (self, links ? links : g_array_new (FALSE, FALSE, sizeof (RlvLink)));
}

/* The most relevant first: as many as there is time for. */
static guint *
choose_above (RlvChannelUses *self, const RlvChannels *channels, guint *n)
{
  const LrpExplanation *explanation = rlv_layers_get_explanation (self->layers);
  guint *order, relevant = 0;

  *n = channels->n;
  order = rlv_channels_sort (channels, RLV_BY_SIZE, n);
  while (relevant < *n && channels->channels[order[relevant]].relevance != 0)
    relevant++;
  *n = (double) explanation->input->count * relevant <= CHEAP ? relevant : MIN (relevant, MOST);
  self->asked_limit = *n < relevant ? *n : 0;
  return order;
}

static void
start (RlvChannelUses *self, guint reader, const RlvChannels *channels)
{
  RlvSession *session = rlv_layers_get_session (self->layers);
  Question *question = g_new0 (Question, 1);

  question->explanation = lrp_explanation_ref (rlv_layers_get_explanation (self->layers));
  question->request = lrp_request_copy (rlv_session_get_request (session));
  lrp_target_clear (&question->request->target);
  lrp_target_copy (&question->request->target, rlv_session_get_full_target (session));
  question->request->layer = g_strdup (lrp_network_get_layer (question->explanation->network, self->layer)->name);
  question->reader = reader;
  question->channel = self->channel;
  question->above = choose_above (self, channels, &question->n);
  self->running = g_cancellable_new ();
  rlv_job_run (&finding, question, NULL, self->running, found_cb, g_object_ref (self));
}

static gboolean
calm_cb (gpointer data)
{
  RlvChannelUses *self = data;
  LrpExplanation *explanation = rlv_layers_get_explanation (self->layers);
  int reader = explanation ? rlv_links_find_reader (explanation->network, self->layer) : -1;
  const RlvChannels *channels = reader >= 0 ? rlv_layers_get_channels (self->layers, (guint) reader) : NULL;

  self->source = 0;
  if (channels)
    start (self, (guint) reader, channels);
  else
    rlv_channel_uses_forget (self);
  return G_SOURCE_REMOVE;
}

static void
rlv_channel_uses_dispose (GObject *object)
{
  RlvChannelUses *self = RLV_CHANNEL_USES (object);

  stop (self);
  g_clear_pointer (&self->links, g_array_unref);
  g_clear_object (&self->layers);
  G_OBJECT_CLASS (rlv_channel_uses_parent_class)->dispose (object);
}

static void
rlv_channel_uses_class_init (RlvChannelUsesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rlv_channel_uses_dispose;

  /**
   * RlvChannelUses::found:
   * @self: the uses
   *
   * There is an answer, or what it was about has been forgotten.
   */
  signals[FOUND] =
      g_signal_new ("found", RLV_TYPE_CHANNEL_USES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rlv_channel_uses_init (RlvChannelUses *self)
{
}

/**
 * rlv_channel_uses_new:
 * @layers: whose explanation it is about
 *
 * Returns: (transfer full): nothing asked yet
 */
RlvChannelUses *
rlv_channel_uses_new (RlvLayers *layers)
{
  RlvChannelUses *self = g_object_new (RLV_TYPE_CHANNEL_USES, NULL);

  self->layers = g_object_ref (layers);
  g_signal_connect_object (layers, "notify::flow", G_CALLBACK (rlv_channel_uses_forget), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * rlv_channel_uses_ask:
 * @self: the uses
 * @layer: a layer
 * @channel: a channel of it
 *
 * Asks about the explanation that there is now, after a while in which nothing else is asked; the answer that there is
 * stays until then.
 */
void
rlv_channel_uses_ask (RlvChannelUses *self, guint layer, guint channel)
{
  g_return_if_fail (RLV_IS_CHANNEL_USES (self));

  stop (self);
  self->layer = layer;
  self->channel = channel;
  self->source = g_timeout_add (CALM, calm_cb, self);
}

/**
 * rlv_channel_uses_forget:
 * @self: uses that nobody cares for any more
 */
void
rlv_channel_uses_forget (RlvChannelUses *self)
{
  g_return_if_fail (RLV_IS_CHANNEL_USES (self));

  stop (self);
  self->limit = 0;
  take (self, NULL);
}

/**
 * rlv_channel_uses_get_links:
 * @self: the uses
 * @n: (out): how many there are
 *
 * Returns: (transfer none) (nullable) (array length=n): how much comes from each channel above, the strongest first;
 *   %NULL where nothing is known
 */
const RlvLink *
rlv_channel_uses_get_links (RlvChannelUses *self, guint *n)
{
  g_return_val_if_fail (RLV_IS_CHANNEL_USES (self), NULL);

  *n = self->links ? self->links->len : 0;
  return self->links ? (const RlvLink *) (gpointer) self->links->data : NULL;
}

/**
 * rlv_channel_uses_get_limit:
 * @self: the uses
 *
 * Returns: how many of the channels above, the most relevant ones, the answer is about; 0 where it is about all
 */
guint
rlv_channel_uses_get_limit (RlvChannelUses *self)
{
  g_return_val_if_fail (RLV_IS_CHANNEL_USES (self), 0);
  return self->limit;
}
