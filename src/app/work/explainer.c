/* SPDX-License-Identifier: GPL-3.0-or-later */
/* explainer.c: answers "why?" in threads of its own; the latest question wins */
#include "config.h"

#include "app/work/explainer-private.h"

#include "app/kit/wake.h"

/* While the input changes, what is at work may take so long before it is dropped for what is newer; in microseconds. */
#define LONG (1000 * 1000)

/**
 * RlvExplainer:
 *
 * Owns threads, which alone compute: the main loop never has to wait for them. The first can answer everything; the
 * others help it with networks too light for threads of their own, and with what is slow. They are no jobs, since they
 * share the parts of a question among them, and keep from question to question what only they can run.
 *
 * A question has parts, answered one by one, each by the signal #RlvExplainer::answered in the main context of the
 * creator; parts about one input share the pass forward of a thread. A question replaces the parts that wait, and those
 * at work as #RlvHaste says; no query is ever answered about something older than it was answered about before.
 */
G_DEFINE_FINAL_TYPE (RlvExplainer, rlv_explainer, G_TYPE_OBJECT)

enum
{
  ANSWERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/**
 * rlv_ask_clear:
 * @ask: a part of a question
 *
 * Frees what it holds.
 */
void
rlv_ask_clear (RlvAsk *ask)
{
  lrp_network_unref (ask->network);
  lrp_request_free (ask->request);
  lrp_tensor_unref (ask->input);
  g_clear_object (&ask->query);
  rlv_site_unref (ask->site);
}

static void
part_free (gpointer data)
{
  RlvPart *part = data;

  rlv_ask_clear (&part->ask);
  g_object_unref (part->cancellable);
  g_clear_pointer (&part->explanation, lrp_explanation_unref);
  g_clear_error (&part->error);
  g_free (part);
}

/* --- in the main loop --------------------------------------------------------------------------------------------- */

static RlvPart *
next_answer (RlvExplainer *self)
{
  RlvPart *part;

  g_mutex_lock (&self->lock);
  part = g_queue_pop_head (&self->answers);
  g_mutex_unlock (&self->lock);
  return part;
}

static gboolean
deliver (gpointer data)
{
  RlvExplainer *self = data;
  RlvPart *part;

  rlv_wake_done (self->source);
  while ((part = next_answer (self)))
    {
      gboolean cancelled = g_error_matches (part->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      if (part->serial == self->serial)
        self->n_pending--;
      if (self->serial && part->serial >= self->oldest && !cancelled)
        g_signal_emit (self, signals[ANSWERED], 0, part->serial, &part->ask, part->explanation, part->error);
      part_free (part);
    }
  return G_SOURCE_CONTINUE;
}

/* Under the lock: drops what is at work, if there is haste or it takes long. */
static void
cancel (RlvExplainer *self, RlvHaste haste)
{
  gint64 now = g_get_monotonic_time ();

  for (guint i = 0; i < self->n_workers; i++)
    {
      const RlvPart *part = self->workers[i].part;
      if (part && (haste == RLV_HASTE_NOW || now - part->begun > LONG))
        g_cancellable_cancel (part->cancellable);
    }
}

/* Parts that wait give way to others (or none). Nothing is freed under the lock. */
static void
replace_parts (RlvExplainer *self, GQueue *parts, GPtrArray *networks, RlvHaste haste)
{
  GQueue old;
  g_autoptr (GPtrArray) before = NULL;

  g_mutex_lock (&self->lock);
  old = self->waiting;
  before = self->networks;
  self->waiting = *parts;
  self->networks = networks;
  cancel (self, haste);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  g_queue_clear_full (&old, part_free);
}

static void
drop_parts (RlvExplainer *self)
{
  GQueue none = G_QUEUE_INIT;

  replace_parts (self, &none, g_ptr_array_new (), RLV_HASTE_NOW);
}

/* At most one layer is still being computed; leaving it running would race with the program's end. */
static void
stop_workers (RlvExplainer *self)
{
  g_mutex_lock (&self->lock);
  self->quit = TRUE;
  g_mutex_unlock (&self->lock);
  drop_parts (self);
  for (guint i = 0; i < self->n_workers; i++)
    g_thread_join (self->workers[i].thread);
  self->n_workers = 0;
}

static void
rlv_explainer_dispose (GObject *object)
{
  RlvExplainer *self = RLV_EXPLAINER (object);

  stop_workers (self);
  g_queue_clear_full (&self->answers, part_free);
  g_clear_pointer (&self->source, rlv_wake_free);
  G_OBJECT_CLASS (rlv_explainer_parent_class)->dispose (object);
}

static void
rlv_explainer_finalize (GObject *object)
{
  RlvExplainer *self = RLV_EXPLAINER (object);

  g_ptr_array_unref (self->networks);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_cond_clear (&self->answered);
  G_OBJECT_CLASS (rlv_explainer_parent_class)->finalize (object);
}

static void
rlv_explainer_class_init (RlvExplainerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rlv_explainer_dispose;
  object_class->finalize = rlv_explainer_finalize;

  /**
   * RlvExplainer::answered:
   * @self: the explainer
   * @serial: what rlv_explainer_ask() returned for the question
   * @ask: the part of it that is answered, an #RlvAsk
   * @explanation: (nullable): the answer, an #LrpExplanation
   * @error: (nullable): why there is none, a #GError
   *
   * A part of a question has been answered. Never emitted for what was asked before the last question in haste, nor
   * after rlv_explainer_forget().
   */
  signals[ANSWERED] = g_signal_new ("answered", RLV_TYPE_EXPLAINER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                    4, G_TYPE_UINT64, G_TYPE_POINTER, G_TYPE_POINTER, G_TYPE_POINTER);
}

static void
rlv_explainer_init (RlvExplainer *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  g_cond_init (&self->answered);
  g_queue_init (&self->waiting);
  g_queue_init (&self->answers);
  self->networks = g_ptr_array_new ();
  self->source = rlv_wake_new ("relevance: answer", deliver, self);
  self->n_workers = MIN (g_get_num_processors (), RLV_MAX_WORKERS);
  for (guint i = 0; i < self->n_workers; i++)
    {
      self->workers[i] = (RlvWorker){ .explainer = self, .helps = i > 0, .permille = -1 };
      self->workers[i].thread = g_thread_new ("explainer", _rlv_worker_run, &self->workers[i]);
    }
}

/**
 * rlv_explainer_new:
 *
 * Returns: (transfer full): an explainer that answers in the caller's thread-default main context
 */
RlvExplainer *
rlv_explainer_new (void)
{
  return g_object_new (RLV_TYPE_EXPLAINER, NULL);
}

/**
 * rlv_explainer_ask:
 * @self: an explainer
 * @asks: (transfer full) (element-type RlvAsk): what is asked, in this order; freed by rlv_ask_clear(). Parts about one
 *   network and input are best side by side
 * @haste: what becomes of the question before
 *
 * Asks why. What was asked before and has not been begun is forgotten.
 *
 * Returns: the question's number, never 0
 */
guint64
rlv_explainer_ask (RlvExplainer *self, GArray *asks, RlvHaste haste)
{
  GPtrArray *networks = g_ptr_array_new_with_free_func ((GDestroyNotify) lrp_network_unref);
  GQueue parts = G_QUEUE_INIT;

  g_return_val_if_fail (RLV_IS_EXPLAINER (self), 0);

  self->serial = ++self->last_serial;
  self->n_pending = asks->len;
  if (haste == RLV_HASTE_NOW || !self->oldest)
    self->oldest = self->serial;
  for (guint i = 0; i < asks->len; i++)
    {
      RlvPart *part = g_new0 (RlvPart, 1);
      part->serial = self->serial;
      part->index = i;
      part->ask = g_array_index (asks, RlvAsk, i);
      part->light = lrp_network_is_light (part->ask.network);
      part->alone = asks->len == 1;
      part->cancellable = g_cancellable_new ();
      g_queue_push_tail (&parts, part);
      if (!g_ptr_array_find (networks, part->ask.network, NULL))
        g_ptr_array_add (networks, lrp_network_ref (part->ask.network));
    }
  /* What it held belongs to the parts. */
  g_array_set_clear_func (asks, NULL);
  g_array_unref (asks);
  replace_parts (self, &parts, networks, haste);
  return self->serial;
}

/**
 * rlv_explainer_forget:
 * @self: an explainer
 *
 * Nothing is wanted any more: no answer comes until something is asked again.
 */
void
rlv_explainer_forget (RlvExplainer *self)
{
  g_return_if_fail (RLV_IS_EXPLAINER (self));

  self->serial = self->oldest = 0;
  self->n_pending = 0;
  drop_parts (self);
}

/* Under the lock: how many parts of the question asked last have been answered and not been told. */
static guint
count_ready (RlvExplainer *self)
{
  guint n = 0;

  for (GList *l = self->answers.head; l; l = l->next)
    n += ((const RlvPart *) l->data)->serial == self->serial;
  return n;
}

/**
 * rlv_explainer_wait:
 * @self: an explainer that was asked something
 * @late: how many parts need not be waited for
 * @microseconds: how long at most
 *
 * Waits a moment for the answers; those that come in time are given here and now. Meant for less time than a frame
 * takes, so that what was asked and its answer are seen in one frame.
 *
 * Returns: whether nothing is to be waited for any more
 */
gboolean
rlv_explainer_wait (RlvExplainer *self, guint late, guint microseconds)
{
  gint64 end = g_get_monotonic_time () + microseconds;

  g_return_val_if_fail (RLV_IS_EXPLAINER (self), FALSE);

  g_mutex_lock (&self->lock);
  while (count_ready (self) + late < self->n_pending && g_cond_wait_until (&self->answered, &self->lock, end))
    ;
  g_mutex_unlock (&self->lock);
  deliver (self);
  return !self->n_pending;
}

/**
 * rlv_explainer_get_progress:
 * @self: an explainer
 *
 * Returns: how much of the part at work that is least advanced is done, 0 .. 1; less than 0 where that is not known
 */
double
rlv_explainer_get_progress (RlvExplainer *self)
{
  int least = -1;

  g_return_val_if_fail (RLV_IS_EXPLAINER (self), -1);

  for (guint i = 0; i < self->n_workers; i++)
    {
      int permille = g_atomic_int_get (&self->workers[i].permille);
      if (permille >= 0 && (least < 0 || permille < least))
        least = permille;
    }
  return least / 1000.0;
}

/**
 * rlv_explainer_is_busy:
 * @self: an explainer
 *
 * Returns: whether an answer is still to come
 */
gboolean
rlv_explainer_is_busy (RlvExplainer *self)
{
  g_return_val_if_fail (RLV_IS_EXPLAINER (self), FALSE);
  return self->n_pending > 0;
}
