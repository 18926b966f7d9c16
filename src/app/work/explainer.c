/* SPDX-License-Identifier: GPL-3.0-or-later */
/* explainer.c: answers "why?" in threads of its own; what was asked last wins */
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
 * What is asked together is a round. Its questions are answered one by one, in the main context of the creator; those
 * about one input share the pass forward of a thread. A round replaces the questions that wait, and those at work as
 * #RlvHaste says; no query is ever answered about something older than it was answered about before.
 */
G_DEFINE_FINAL_TYPE (RlvExplainer, rlv_explainer, G_TYPE_OBJECT)

/**
 * rlv_question_clear:
 * @question: a question
 *
 * Frees what it holds.
 */
void
rlv_question_clear (RlvQuestion *question)
{
  lrp_network_unref (question->network);
  lrp_request_free (question->request);
  lrp_tensor_unref (question->input);
  g_clear_object (&question->query);
  rlv_site_unref (question->site);
  g_clear_pointer (&question->about, lrp_explanation_unref);
}

/* Of the round asked last. */
static RlvErrand *
errand_new (RlvExplainer *self, const GArray *questions, guint i)
{
  RlvErrand *errand = g_new0 (RlvErrand, 1);

  errand->serial = self->serial;
  errand->index = i;
  errand->question = g_array_index (questions, RlvQuestion, i);
  errand->light = lrp_network_is_light (errand->question.network);
  errand->alone = questions->len == 1 && !errand->question.about;
  errand->cancellable = g_cancellable_new ();
  return errand;
}

/* What it held is on its way now. */
static void
free_asked (GArray *questions)
{
  g_array_set_clear_func (questions, NULL);
  g_array_unref (questions);
}

static void
errand_free (gpointer data)
{
  RlvErrand *errand = data;

  rlv_question_clear (&errand->question);
  g_object_unref (errand->cancellable);
  g_clear_pointer (&errand->explanation, lrp_explanation_unref);
  g_clear_error (&errand->error);
  g_free (errand);
}

/* --- in the main loop --------------------------------------------------------------------------------------------- */

static RlvErrand *
next_answer (RlvExplainer *self)
{
  RlvErrand *errand;

  g_mutex_lock (&self->lock);
  errand = g_queue_pop_head (&self->answers);
  g_mutex_unlock (&self->lock);
  return errand;
}

static gboolean
deliver (gpointer data)
{
  /* Whoever is answered may let the explainer go. */
  g_autoptr (RlvExplainer) self = g_object_ref (data);
  RlvErrand *errand;

  rlv_wake_done (self->source);
  while ((errand = next_answer (self)))
    {
      gboolean cancelled = g_error_matches (errand->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      if (errand->serial == self->serial && !errand->question.about)
        self->n_pending--;
      if (self->serial && errand->serial >= self->oldest && !cancelled)
        self->answered_cb (self->data, &errand->question, errand->explanation, errand->error);
      errand_free (errand);
    }
  return G_SOURCE_CONTINUE;
}

/* Under the lock: drops what is at work, if there is haste, or it takes long, or nobody waits for it. */
static void
cancel (RlvExplainer *self, RlvHaste haste)
{
  gint64 now = g_get_monotonic_time ();

  for (guint i = 0; i < self->n_workers; i++)
    {
      const RlvErrand *errand = self->workers[i].errand;
      if (errand && (haste == RLV_HASTE_NOW || errand->question.about || now - errand->begun > LONG))
        g_cancellable_cancel (errand->cancellable);
    }
}

/* Questions that wait give way to others (or none). Nothing is freed under the lock. */
static void
replace_errands (RlvExplainer *self, GQueue *errands, GPtrArray *networks, RlvHaste haste)
{
  GQueue old;
  g_autoptr (GPtrArray) before = NULL;

  g_mutex_lock (&self->lock);
  old = self->waiting;
  before = self->networks;
  self->waiting = *errands;
  self->networks = networks;
  cancel (self, haste);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  g_queue_clear_full (&old, errand_free);
}

static void
drop_errands (RlvExplainer *self)
{
  GQueue none = G_QUEUE_INIT;

  replace_errands (self, &none, g_ptr_array_new (), RLV_HASTE_NOW);
}

/* At most one layer is still being computed; leaving it running would race with the program's end. */
static void
stop_workers (RlvExplainer *self)
{
  g_mutex_lock (&self->lock);
  self->quit = TRUE;
  g_mutex_unlock (&self->lock);
  drop_errands (self);
  for (guint i = 0; i < self->n_workers; i++)
    g_thread_join (self->workers[i].thread);
  self->n_workers = 0;
}

static void
rlv_explainer_dispose (GObject *object)
{
  RlvExplainer *self = RLV_EXPLAINER (object);

  stop_workers (self);
  g_queue_clear_full (&self->answers, errand_free);
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
  g_mutex_lock (&self->lock); /* workers look how many they are */
  for (guint i = 0; i < MIN (g_get_num_processors (), RLV_MAX_WORKERS); i++)
    {
      RlvWorker *worker = &self->workers[i];
      *worker = (RlvWorker){ .explainer = self, .helps = i > 0, .permille = -1 };
      /* Without the first nothing can be explained; those that help may be missing. */
      worker->thread = i == 0 ? g_thread_new ("explainer", _rlv_worker_run, worker)
                              : g_thread_try_new ("explainer", _rlv_worker_run, worker, NULL);
      if (!worker->thread)
        break;
      self->n_workers = i + 1;
    }
  g_mutex_unlock (&self->lock);
}

/**
 * rlv_explainer_new:
 * @answered: takes the answers
 * @data: for @answered
 *
 * Returns: (transfer full): an explainer that answers in the caller's thread-default main context
 */
RlvExplainer *
rlv_explainer_new (RlvAnswered answered, gpointer data)
{
  RlvExplainer *self = g_object_new (RLV_TYPE_EXPLAINER, NULL);

  self->answered_cb = answered;
  self->data = data;
  return self;
}

/**
 * rlv_explainer_ask:
 * @self: an explainer
 * @questions: (transfer full) (element-type RlvQuestion): what is asked, in this order; freed by
 *   rlv_question_clear(). Those about one network and input are best side by side
 * @haste: what becomes of the questions before
 *
 * Asks why. What was asked before and has not been begun is forgotten.
 */
void
rlv_explainer_ask (RlvExplainer *self, GArray *questions, RlvHaste haste)
{
  GPtrArray *networks = g_ptr_array_new_with_free_func ((GDestroyNotify) lrp_network_unref);
  GQueue errands = G_QUEUE_INIT;

  g_return_if_fail (RLV_IS_EXPLAINER (self));

  self->serial = ++self->last_serial;
  self->n_pending = questions->len;
  if (haste == RLV_HASTE_NOW || !self->oldest)
    self->oldest = self->serial;
  for (guint i = 0; i < questions->len; i++)
    {
      RlvErrand *errand = errand_new (self, questions, i);
      g_queue_push_tail (&errands, errand);
      if (!g_ptr_array_find (networks, errand->question.network, NULL))
        g_ptr_array_add (networks, lrp_network_ref (errand->question.network));
    }
  free_asked (questions);
  replace_errands (self, &errands, networks, haste);
}

/**
 * rlv_explainer_look_closer:
 * @self: an explainer that has answered all that it was asked
 * @questions: (transfer full) (element-type RlvQuestion): questions about answers of the round asked last
 *
 * Nobody waits for what comes of these. They are dropped for whatever is asked next.
 */
void
rlv_explainer_look_closer (RlvExplainer *self, GArray *questions)
{
  g_return_if_fail (RLV_IS_EXPLAINER (self));

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < questions->len; i++)
    g_queue_push_tail (&self->waiting, errand_new (self, questions, i));
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  free_asked (questions);
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
  drop_errands (self);
}

/* Under the lock: how many questions of the round asked last have been answered and not been told. */
static guint
count_ready (RlvExplainer *self)
{
  guint n = 0;

  for (GList *l = self->answers.head; l; l = l->next)
    {
      const RlvErrand *errand = l->data;
      n += errand->serial == self->serial && !errand->question.about;
    }
  return n;
}

/**
 * rlv_explainer_wait:
 * @self: an explainer that was asked something
 * @late: how many questions need not be waited for
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
  g_autoptr (RlvExplainer) alive G_GNUC_UNUSED = NULL;

  g_return_val_if_fail (RLV_IS_EXPLAINER (self), FALSE);

  alive = g_object_ref (self);
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
 * Returns: how much of the question at work that is least advanced is done, 0 .. 1; less than 0 where that is not known
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
