/* SPDX-License-Identifier: GPL-3.0-or-later */
/* what-if.c: what the network would say if one pixel were another */
#include "config.h"

#include "app/map/what-if.h"

#include "app/work/input.h"
#include "app/kit/wake.h"

#include <math.h>

/* What is at work may take so long before it is dropped for what is newer; in microseconds. */
#define LONG (500 * 1000)

/* One question. It belongs to the thread while that is at work. */
typedef struct
{
  LrpExplanation *explanation; /* NULL: nothing is wanted */
  gboolean last;               /* the thread ends */
  GArray *answers;             /* of RlvWhatIfScore */
  GCancellable *cancellable;
  GError *error;
} Job;

/**
 * RlvWhatIf:
 *
 * Asks the network again, in a thread, about the input of an explanation with one pixel changed, for every pinned pixel
 * and every value it might have. The latest question wins. #RlvWhatIf::changed is emitted when answers come.
 *
 * The thread is its own, since what is compiled for a network can only be run where it was compiled.
 */
struct _RlvWhatIf
{
  GObject parent_instance;

  GThread *thread;          /* from the first question on */
  GAsyncQueue *jobs, *done; /* to it, and back */
  GSource *source;          /* its ready time is the thread's only way to wake the main loop */
  Job *waiting;             /* the next question; NULL: none */
  GCancellable *at_work;
  gint64 begun;
  GArray *answers;
  double score;
};

G_DEFINE_FINAL_TYPE (RlvWhatIf, rlv_what_if, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->explanation, lrp_explanation_unref);
  g_clear_pointer (&job->answers, g_array_unref);
  g_clear_object (&job->cancellable);
  g_clear_error (&job->error);
  g_free (job);
}

/* --- in the thread ------------------------------------------------------------------------------------------------ */

static gpointer
work (gpointer data)
{
  RlvWhatIf *self = data;
  LrpRun *run = NULL; /* kept from question to question about one network */
  gboolean last = FALSE;

  while (!last)
    {
      Job *job = g_async_queue_pop (self->jobs);
      last = job->last;
      if (job->explanation)
        {
          rlv_pixel_swap (&run, job->explanation, job->answers, job->cancellable, &job->error);
          g_async_queue_push (self->done, job);
          rlv_wake_up (self->source);
          continue;
        }
      g_clear_pointer (&run, lrp_run_free);
      job_free (job);
    }
  return NULL;
}

/* --- in the main loop --------------------------------------------------------------------------------------------- */

/* One question at a time: the rest waits for it. */
static void
begin (RlvWhatIf *self)
{
  if (self->at_work || !self->waiting)
    return;
  if (!self->thread)
    self->thread = g_thread_new ("what-if", work, self);
  self->at_work = g_object_ref (self->waiting->cancellable);
  self->begun = g_get_monotonic_time ();
  g_async_queue_push (self->jobs, g_steal_pointer (&self->waiting));
}

/* Answers to what is not wanted any more were cancelled. */
static gboolean
deliver (gpointer data)
{
  RlvWhatIf *self = data;
  Job *job;

  rlv_wake_done (self->source);
  while ((job = g_async_queue_try_pop (self->done)))
    {
      gboolean wanted = !g_cancellable_is_cancelled (job->cancellable);
      g_clear_object (&self->at_work);
      begin (self);
      if (wanted && job->error)
        g_debug ("what if: %s", job->error->message);
      if (wanted && !job->error)
        {
          g_clear_pointer (&self->answers, g_array_unref);
          self->answers = g_array_ref (job->answers);
          self->score = job->explanation->score;
          g_signal_emit (self, signals[CHANGED], 0);
        }
      job_free (job);
    }
  return G_SOURCE_CONTINUE;
}

/* Tells the thread to free what it keeps. */
static void
tell_thread (RlvWhatIf *self, gboolean last)
{
  Job *job;

  if (!self->thread)
    return;
  job = g_new0 (Job, 1);
  job->last = last;
  g_async_queue_push (self->jobs, job);
}

static void
rlv_what_if_dispose (GObject *object)
{
  RlvWhatIf *self = RLV_WHAT_IF (object);

  rlv_what_if_forget (self);
  tell_thread (self, TRUE);
  /* At most one layer is still being computed; leaving it running would race with the program's end. */
  g_clear_pointer (&self->thread, g_thread_join);
  g_clear_pointer (&self->source, rlv_wake_free);
  G_OBJECT_CLASS (rlv_what_if_parent_class)->dispose (object);
}

static void
rlv_what_if_finalize (GObject *object)
{
  RlvWhatIf *self = RLV_WHAT_IF (object);

  g_async_queue_unref (self->jobs);
  g_async_queue_unref (self->done);
  g_clear_object (&self->at_work);
  g_clear_pointer (&self->answers, g_array_unref);
  G_OBJECT_CLASS (rlv_what_if_parent_class)->finalize (object);
}

static void
rlv_what_if_class_init (RlvWhatIfClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rlv_what_if_dispose;
  G_OBJECT_CLASS (klass)->finalize = rlv_what_if_finalize;

  /**
   * RlvWhatIf::changed:
   * @self: the object
   *
   * Answers have come.
   */
  signals[CHANGED] = g_signal_new ("changed", RLV_TYPE_WHAT_IF, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rlv_what_if_init (RlvWhatIf *self)
{
  self->score = NAN;
  self->jobs = g_async_queue_new_full (job_free);
  self->done = g_async_queue_new_full (job_free);
  self->source = rlv_wake_new ("relevance: what if", deliver, self);
}

/**
 * rlv_what_if_new:
 *
 * Returns: (transfer full): an object that was asked nothing yet
 */
RlvWhatIf *
rlv_what_if_new (void)
{
  return g_object_new (RLV_TYPE_WHAT_IF, NULL);
}

/**
 * rlv_what_if_ask:
 * @self: the object
 * @explanation: what is explained, of which input
 * @pins: which pixels might be others; those outside of the input are left out
 *
 * Asks; what was asked before and has not been begun is forgotten. The answers so far stay until the new ones come.
 */
void
rlv_what_if_ask (RlvWhatIf *self, LrpExplanation *explanation, RlvPins *pins)
{
  RlvField field;
  Job *job;

  g_return_if_fail (RLV_IS_WHAT_IF (self) && explanation->n == 1);

  if (!rlv_pins_get_n (pins) || !rlv_input_get_field (explanation->network, &field, NULL))
    {
      rlv_what_if_forget (self);
      return;
    }
  g_clear_pointer (&self->waiting, job_free);
  job = self->waiting = g_new0 (Job, 1);
  job->explanation = lrp_explanation_ref (explanation);
  job->cancellable = g_cancellable_new ();
  job->answers = g_array_new (FALSE, FALSE, sizeof (RlvWhatIfScore));
  for (guint i = 0; i < rlv_pins_get_n (pins); i++)
    {
      RlvWhatIfScore score = { rlv_pins_get (pins, i), { NAN, NAN, NAN } };
      if (score.pin.column < field.width && score.pin.row < field.height)
        g_array_append_val (job->answers, score);
    }
  if (self->at_work && g_get_monotonic_time () - self->begun > LONG)
    g_cancellable_cancel (self->at_work);
  begin (self);
}

/**
 * rlv_what_if_forget:
 * @self: the object
 *
 * Nothing is wanted any more: what was kept to answer quickly is freed.
 */
void
rlv_what_if_forget (RlvWhatIf *self)
{
  g_return_if_fail (RLV_IS_WHAT_IF (self));

  g_clear_pointer (&self->waiting, job_free);
  g_clear_pointer (&self->answers, g_array_unref);
  if (self->at_work)
    g_cancellable_cancel (self->at_work);
  tell_thread (self, FALSE);
}

/**
 * rlv_what_if_is_busy:
 * @self: the object
 *
 * Returns: whether answers are still to come
 */
gboolean
rlv_what_if_is_busy (RlvWhatIf *self)
{
  g_return_val_if_fail (RLV_IS_WHAT_IF (self), FALSE);
  return self->at_work || self->waiting;
}

/**
 * rlv_what_if_get:
 * @self: the object
 * @column: of a pixel
 * @row: of it
 *
 * Returns: (transfer none) (nullable): the latest answer about the pixel, until the next one
 */
const RlvWhatIfScore *
rlv_what_if_get (RlvWhatIf *self, int column, int row)
{
  g_return_val_if_fail (RLV_IS_WHAT_IF (self), NULL);

  for (guint i = 0; self->answers && i < self->answers->len; i++)
    {
      const RlvWhatIfScore *score = &g_array_index (self->answers, RlvWhatIfScore, i);
      if (score->pin.column == column && score->pin.row == row)
        return score;
    }
  return NULL;
}

/**
 * rlv_what_if_get_score:
 * @self: the object
 *
 * Returns: what is explained as things are, to compare the answers with; NaN where there are none
 */
double
rlv_what_if_get_score (RlvWhatIf *self)
{
  g_return_val_if_fail (RLV_IS_WHAT_IF (self), NAN);
  return self->answers ? self->score : NAN;
}
