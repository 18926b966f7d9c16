/* SPDX-License-Identifier: GPL-3.0-or-later */
/* explainer.c: answers "why?" in a thread of its own; the latest question wins */
#include "config.h"

#include "app/explainer.h"

/* Everything that one explanation needs. It belongs to whoever holds the pointer: slot, thread or answer. */
typedef struct
{
  guint64 serial;
  LrpNetwork *network;
  LrpRequest *request;
  LrpTensor *input;
  GCancellable *cancellable;
} Question;

typedef struct
{
  guint64 serial;
  LrpExplanation *explanation;
  GError *error;
} Answer;

/**
 * RlvExplainer:
 *
 * Owns one thread, which alone computes: oneDNN's pools belong to it, and the main loop never waits for it.
 *
 * A question replaces the one that waits and cancels the one at work, so an answer that comes is always the answer to
 * the question asked last; it comes by the signal #RlvExplainer::answered in the main context of the creator.
 */
struct _RlvExplainer
{
  GObject parent_instance;

  GThread *thread;
  GSource *source; /* its ready time is the thread's only way to wake the main loop */
  guint64 last_serial;
  guint64 serial; /* of the question asked last; 0 where nothing is wanted any more */
  gboolean busy;
  int permille; /* how much of the question at work is done; -1: that is not known. Atomic */

  GMutex lock; /* guards what follows */
  GCond asked, answered;
  Question *waiting;
  GCancellable *at_work;
  Answer *answer;
  gboolean quit;
};

G_DEFINE_FINAL_TYPE (RlvExplainer, rlv_explainer, G_TYPE_OBJECT)

enum
{
  ANSWERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
question_free (Question *question)
{
  lrp_network_unref (question->network);
  lrp_request_free (question->request);
  lrp_tensor_unref (question->input);
  g_object_unref (question->cancellable);
  g_free (question);
}

static void
answer_free (Answer *answer)
{
  g_clear_pointer (&answer->explanation, lrp_explanation_unref);
  g_clear_error (&answer->error);
  g_free (answer);
}

/* Makes *run fit the question; compiled once for a network and kept as long as questions are about it. */
static gboolean
prepare_run (LrpRun **run, const Question *question, GError **error)
{
  if (*run && lrp_run_get_network (*run) == question->network
      && lrp_shape_equal (lrp_run_get_shape (*run, 0), &question->input->shape))
    return TRUE;
  g_clear_pointer (run, lrp_run_free);
  *run = lrp_run_new (question->network, &question->input->shape, error);
  return *run != NULL;
}

static void
note_progress (double fraction, gpointer data)
{
  g_atomic_int_set (&((RlvExplainer *) data)->permille, (int) (1000 * fraction));
}

static Answer *
answer_question (RlvExplainer *self, LrpRun **run, const Question *question)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->serial = question->serial;
  g_atomic_int_set (&self->permille, -1);
  if (prepare_run (run, question, &answer->error))
    answer->explanation = lrp_request_explain_slowly (question->request, *run, question->input, note_progress, self,
                                                      question->cancellable, &answer->error);
  return answer;
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
  g_mutex_unlock (&self->lock);
  return question;
}

static void
hand_over (RlvExplainer *self, Answer *answer)
{
  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->answer, answer_free);
  self->answer = answer;
  g_cond_signal (&self->answered);
  g_mutex_unlock (&self->lock);
  g_source_set_ready_time (self->source, 0);
}

static gpointer
work (gpointer data)
{
  RlvExplainer *self = data;
  LrpRun *run = NULL;
  Question *question;

  while ((question = wait_for_question (self)))
    {
      hand_over (self, answer_question (self, &run, question));
      question_free (question);
    }
  g_clear_pointer (&run, lrp_run_free);
  return NULL;
}

static gboolean
deliver (gpointer data)
{
  RlvExplainer *self = data;
  Answer *answer;

  g_source_set_ready_time (self->source, -1);
  g_mutex_lock (&self->lock);
  answer = g_steal_pointer (&self->answer);
  g_mutex_unlock (&self->lock);
  if (answer && answer->serial == self->serial)
    {
      self->busy = FALSE;
      g_signal_emit (self, signals[ANSWERED], 0, answer->serial, answer->explanation, answer->error);
    }
  g_clear_pointer (&answer, answer_free);
  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  return callback (data);
}

static GSourceFuncs wake_funcs = { .dispatch = dispatch };

/* Drops the waiting question for another (or none) and cancels the one at work. */
static void
replace_question (RlvExplainer *self, Question *question)
{
  g_autoptr (GCancellable) outdated = NULL;

  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->waiting, question_free);
  self->waiting = question;
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
      replace_question (self, NULL);
      /* At most one layer is still being computed; leaving it running would race with the program's end. */
      g_thread_join (g_steal_pointer (&self->thread));
      g_source_destroy (self->source);
      g_clear_pointer (&self->source, g_source_unref);
      g_clear_pointer (&self->answer, answer_free);
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
   * @explanation: (nullable): the answer, an #LrpExplanation
   * @error: (nullable): why there is none, a #GError
   *
   * The question asked last has been answered. Never emitted for an earlier one, nor after rlv_explainer_forget().
   */
  signals[ANSWERED] = g_signal_new ("answered", RLV_TYPE_EXPLAINER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                    3, G_TYPE_UINT64, G_TYPE_POINTER, G_TYPE_POINTER);
}

static void
rlv_explainer_init (RlvExplainer *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->asked);
  g_cond_init (&self->answered);
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
 * @network: what is to be explained
 * @request: how; it is copied
 * @input: what is fed to the network; its shape is what the network is compiled for
 *
 * Asks why. Whatever was asked before is forgotten.
 *
 * Returns: the question's number, never 0
 */
guint64
rlv_explainer_ask (RlvExplainer *self, LrpNetwork *network, const LrpRequest *request, LrpTensor *input)
{
  Question *question;

  g_return_val_if_fail (RLV_IS_EXPLAINER (self), 0);

  question = g_new0 (Question, 1);
  question->serial = self->serial = ++self->last_serial;
  question->network = lrp_network_ref (network);
  question->request = lrp_request_copy (request);
  question->input = lrp_tensor_ref (input);
  question->cancellable = g_cancellable_new ();
  self->busy = TRUE;
  replace_question (self, question);
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

  self->serial = 0;
  self->busy = FALSE;
  replace_question (self, NULL);
}

/**
 * rlv_explainer_wait:
 * @self: an explainer that was asked something
 * @microseconds: how long at most
 *
 * Waits a moment for the answer; where it comes in time, it is given here and now. Meant for less time than a frame
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
  while (self->busy && !(self->answer && self->answer->serial == self->serial)
         && g_cond_wait_until (&self->answered, &self->lock, end))
    ;
  g_mutex_unlock (&self->lock);
  deliver (self);
  return !self->busy;
}

/**
 * rlv_explainer_get_progress:
 * @self: an explainer
 *
 * Returns: how much of the question at work is done, 0 .. 1; less than 0 where that is not known
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
  return self->busy;
}
