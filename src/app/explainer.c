/* SPDX-License-Identifier: GPL-3.0-or-later */
/* explainer.c: answers "why?" in a thread of its own; the latest question wins */
#include "config.h"

#include "app/explainer.h"

/* While the input changes, what is at work may take so long before it is dropped for what is newer; in microseconds. */
#define LONG (1000 * 1000)
/* And so long before it leaves the rest to what is newer; whole, if it is quicker. */
#define SHORT (100 * 1000)
/* So many of its parts are answered all the same: the first, and another in turn. */
#define AT_LEAST 2

/* What is asked at once. It belongs to whoever holds the pointer: slot or thread. */
typedef struct
{
  guint64 serial;
  GArray *asks; /* of RlvAsk */
  GCancellable *cancellable;
} Question;

typedef struct
{
  guint64 serial;
  RlvAsk ask;
  LrpExplanation *explanation;
  GError *error;
} Answer;

/**
 * RlvExplainer:
 *
 * Owns one thread, which alone computes: oneDNN's pools belong to it, and the main loop never waits for it.
 *
 * A question has parts, answered one by one, each by the signal #RlvExplainer::answered in the main context of the
 * creator; parts about one input share the pass forward. A question replaces the one that waits, and the one at work as
 * #RlvHaste says; what is answered late is never about something older than what was answered before.
 */
struct _RlvExplainer
{
  GObject parent_instance;

  GThread *thread;
  GSource *source; /* its ready time is the thread's only way to wake the main loop */
  guint64 last_serial;
  guint64 serial;  /* of the question asked last; 0 where nothing is wanted any more */
  guint64 oldest;  /* whose answers are wanted */
  guint n_pending; /* parts of it that are still to be answered */
  int permille;    /* how much of the part at work is done; -1: that is not known. Atomic */

  GMutex lock; /* guards what follows */
  GCond asked, answered;
  Question *waiting;
  GCancellable *at_work;
  gint64 begun; /* when that was begun */
  GQueue answers;
  gboolean quit;
};

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
  rlv_place_unref (ask->place);
}

static void
question_free (Question *question)
{
  g_array_unref (question->asks);
  g_object_unref (question->cancellable);
  g_free (question);
}

static void
answer_free (Answer *answer)
{
  rlv_ask_clear (&answer->ask);
  g_clear_pointer (&answer->explanation, lrp_explanation_unref);
  g_clear_error (&answer->error);
  g_free (answer);
}

/* --- in the thread -------------------------------------------------------------------------------------------------- */

static gboolean
fits (LrpRun *run, const RlvAsk *ask)
{
  return lrp_run_get_network (run) == ask->network && lrp_shape_equal (lrp_run_get_shape (run, 0), &ask->input->shape);
}

/* A run takes much memory: only those that the question needs are kept. */
static void
drop_runs (GPtrArray *runs, const Question *question)
{
  for (guint i = runs->len; i-- > 0;)
    {
      gboolean needed = FALSE;
      for (guint k = 0; k < question->asks->len; k++)
        needed = needed || fits (runs->pdata[i], &g_array_index (question->asks, RlvAsk, k));
      if (!needed)
        g_ptr_array_remove_index (runs, i);
    }
}

/* Compiled once for a network and kept as long as questions are about it. */
static LrpRun *
find_run (GPtrArray *runs, const RlvAsk *ask, GError **error)
{
  LrpRun *run;

  for (guint i = 0; i < runs->len; i++)
    if (fits (runs->pdata[i], ask))
      return runs->pdata[i];
  run = lrp_run_new (ask->network, &ask->input->shape, error);
  if (run)
    g_ptr_array_add (runs, run);
  return run;
}

static void
note_progress (double fraction, gpointer data)
{
  g_atomic_int_set (&((RlvExplainer *) data)->permille, (int) (1000 * fraction));
}

/* Takes what the part of the question holds. */
static Answer *
answer_ask (RlvExplainer *self, GPtrArray *runs, RlvAsk *ask, GCancellable *cancellable)
{
  Answer *answer = g_new0 (Answer, 1);
  LrpRun *run = find_run (runs, ask, &answer->error);

  g_atomic_int_set (&self->permille, -1);
  if (run)
    answer->explanation = lrp_request_explain_more (ask->request, run, ask->input, note_progress, self, cancellable, &answer->error);
  answer->ask = *ask;
  *ask = (RlvAsk) { NULL };
  return answer;
}

static void
hand_over (RlvExplainer *self, Answer *answer)
{
  g_mutex_lock (&self->lock);
  g_queue_push_tail (&self->answers, answer);
  g_cond_signal (&self->answered);
  g_mutex_unlock (&self->lock);
  g_source_set_ready_time (self->source, 0);
}

/* Whether the rest of the question at work is left to the one that waits. */
static gboolean
is_outdated (RlvExplainer *self)
{
  gboolean outdated;

  g_mutex_lock (&self->lock);
  outdated = self->waiting && g_get_monotonic_time () - self->begun > SHORT;
  g_mutex_unlock (&self->lock);
  return outdated;
}

static void
answer_question (RlvExplainer *self, GPtrArray *runs, Question *question)
{
  drop_runs (runs, question);
  for (guint i = 0; i < question->asks->len; i++)
    {
      Answer *answer;
      if (g_cancellable_is_cancelled (question->cancellable) || (i >= AT_LEAST && is_outdated (self)))
        return;
      answer = answer_ask (self, runs, &g_array_index (question->asks, RlvAsk, i), question->cancellable);
      answer->serial = question->serial;
      hand_over (self, answer);
    }
}

/* Returns: (transfer full) (nullable): the next question, once there is one; NULL when it is time to go */
static Question *
wait_for_question (RlvExplainer *self)
{
  Question *question;

  g_mutex_lock (&self->lock);
  g_clear_object (&self->at_work);
  while (!self->waiting && !self->quit)
    g_cond_wait (&self->asked, &self->lock);
  question = self->quit ? NULL : g_steal_pointer (&self->waiting);
  if (question)
    self->at_work = g_object_ref (question->cancellable);
  self->begun = g_get_monotonic_time ();
  g_mutex_unlock (&self->lock);
  return question;
}

static gpointer
work (gpointer data)
{
  RlvExplainer *self = data;
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func ((GDestroyNotify) lrp_run_free);
  Question *question;

  while ((question = wait_for_question (self)))
    {
      answer_question (self, runs, question);
      question_free (question);
    }
  return NULL;
}

/* --- in the main loop ----------------------------------------------------------------------------------------------- */

static Answer *
next_answer (RlvExplainer *self)
{
  Answer *answer;

  g_mutex_lock (&self->lock);
  answer = g_queue_pop_head (&self->answers);
  g_mutex_unlock (&self->lock);
  return answer;
}

static gboolean
deliver (gpointer data)
{
  RlvExplainer *self = data;
  Answer *answer;

  g_source_set_ready_time (self->source, -1);
  while ((answer = next_answer (self)))
    {
      gboolean cancelled = g_error_matches (answer->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      if (answer->serial == self->serial)
        self->n_pending--;
      if (self->serial && answer->serial >= self->oldest && !cancelled)
        g_signal_emit (self, signals[ANSWERED], 0, answer->serial, &answer->ask, answer->explanation, answer->error);
      answer_free (answer);
    }
  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  return callback (data);
}

static GSourceFuncs wake_funcs = { .dispatch = dispatch };

/* Drops the waiting question for another (or none), and the one at work if there is haste or it takes long. */
static void
replace_question (RlvExplainer *self, Question *question, RlvHaste haste)
{
  g_autoptr (GCancellable) outdated = NULL;

  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->waiting, question_free);
  self->waiting = question;
  if (haste == RLV_HASTE_NOW || g_get_monotonic_time () - self->begun > LONG)
    g_set_object (&outdated, self->at_work);
  g_cond_signal (&self->asked);
  g_mutex_unlock (&self->lock);
  if (outdated)
    g_cancellable_cancel (outdated);
}

static void
rlv_explainer_dispose (GObject *object)
{
  RlvExplainer *self = RLV_EXPLAINER (object);

  if (self->thread)
    {
      g_mutex_lock (&self->lock);
      self->quit = TRUE;
      g_mutex_unlock (&self->lock);
      replace_question (self, NULL, RLV_HASTE_NOW);
      /* At most one layer is still being computed; leaving it running would race with the program's end. */
      g_thread_join (g_steal_pointer (&self->thread));
      g_source_destroy (self->source);
      g_clear_pointer (&self->source, g_source_unref);
      g_queue_clear_full (&self->answers, (GDestroyNotify) answer_free);
    }
  G_OBJECT_CLASS (rlv_explainer_parent_class)->dispose (object);
}

static void
rlv_explainer_finalize (GObject *object)
{
  RlvExplainer *self = RLV_EXPLAINER (object);

  g_mutex_clear (&self->lock);
  g_cond_clear (&self->asked);
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
   * A part of a question has been answered. Never emitted for what was asked before the last question in haste, nor after
   * rlv_explainer_forget().
   */
  signals[ANSWERED] = g_signal_new ("answered", RLV_TYPE_EXPLAINER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                    4, G_TYPE_UINT64, G_TYPE_POINTER, G_TYPE_POINTER, G_TYPE_POINTER);
}

static void
rlv_explainer_init (RlvExplainer *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->asked);
  g_cond_init (&self->answered);
  g_queue_init (&self->answers);
  self->source = g_source_new (&wake_funcs, sizeof (GSource));
  g_source_set_static_name (self->source, "relevance: answer");
  /* Before the next frame is painted, so that it already shows the answer. */
  g_source_set_priority (self->source, G_PRIORITY_HIGH);
  g_source_set_callback (self->source, deliver, self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());
  self->thread = g_thread_new ("explainer", work, self);
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
  Question *question;

  g_return_val_if_fail (RLV_IS_EXPLAINER (self), 0);

  question = g_new0 (Question, 1);
  question->serial = self->serial = ++self->last_serial;
  question->asks = asks;
  question->cancellable = g_cancellable_new ();
  self->n_pending = asks->len;
  if (haste == RLV_HASTE_NOW || !self->oldest)
    self->oldest = self->serial;
  replace_question (self, question, haste);
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
  replace_question (self, NULL, RLV_HASTE_NOW);
}

/* Under the lock: how many parts of the question asked last have been answered and not been told. */
static guint
count_ready (RlvExplainer *self)
{
  guint n = 0;

  for (GList *l = self->answers.head; l; l = l->next)
    n += ((const Answer *) l->data)->serial == self->serial;
  return n;
}

/**
 * rlv_explainer_wait:
 * @self: an explainer that was asked something
 * @microseconds: how long at most
 *
 * Waits a moment for the answers; those that come in time are given here and now. Meant for less time than a frame
 * takes, so that what was asked and its answer are seen in one frame.
 *
 * Returns: whether nothing is to be waited for any more
 */
gboolean
rlv_explainer_wait (RlvExplainer *self, guint microseconds)
{
  gint64 end = g_get_monotonic_time () + microseconds;

  g_return_val_if_fail (RLV_IS_EXPLAINER (self), FALSE);

  g_mutex_lock (&self->lock);
  while (count_ready (self) < self->n_pending && g_cond_wait_until (&self->answered, &self->lock, end))
    ;
  g_mutex_unlock (&self->lock);
  deliver (self);
  return !self->n_pending;
}

/**
 * rlv_explainer_get_progress:
 * @self: an explainer
 *
 * Returns: how much of the part at work is done, 0 .. 1; less than 0 where that is not known
 */
double
rlv_explainer_get_progress (RlvExplainer *self)
{
  g_return_val_if_fail (RLV_IS_EXPLAINER (self), -1);
  return g_atomic_int_get (&self->permille) / 1000.0;
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
