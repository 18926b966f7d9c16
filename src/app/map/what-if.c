/* SPDX-License-Identifier: GPL-3.0-or-later */
/* what-if.c: what the network would say if one pixel were another */
#include "config.h"

#include "app/map/what-if.h"

#include "app/kit/job.h"
#include "app/work/input.h"

#include <math.h>

/* A question that has been computed for longer than this is cancelled when a newer one comes; in microseconds. */
#define LONG (500 * 1000)

/* One question. */
typedef struct
{
  LrpExplanation *explanation;
  GArray *answers; /* of RlvWhatIfScore */
  LrpRun **run;    /* the thread's */
} Question;

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

  GThreadPool *thread; /* from the first question on */
  LrpRun *run;         /* the thread's, kept from question to question about one network */
  Question *waiting;   /* the next one; NULL: none */
  RlvJob *at_work;     /* NULL: none */
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
question_free (gpointer data)
{
  Question *question = data;

  lrp_explanation_unref (question->explanation);
  g_array_unref (question->answers);
  g_free (question);
}

/* --- in the thread ------------------------------------------------------------------------------------------------ */

static gpointer
answer (RlvJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Question *question = data;

  return rlv_pixel_swap (question->run, question->explanation, question->answers, cancellable, error)
             ? question->answers
             : NULL;
}

static const RlvJobKind answering = { .work = answer, .free_data = question_free };

/* data: the thread's run, which goes where it was made. */
static gpointer
free_run (RlvJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  g_clear_pointer ((LrpRun **) data, lrp_run_free);
  return NULL;
}

static const RlvJobKind freeing = { .work = free_run };

/* --- in the main loop --------------------------------------------------------------------------------------------- */

static void begin (RlvWhatIf *self);

/* Answers to what is not wanted any more were cancelled. */
static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  RlvWhatIf *self = data;
  const Question *question = rlv_job_get_data (result);
  g_autoptr (GError) error = NULL;
  GArray *answers = rlv_job_finish (result, &error);

  self->at_work = NULL;
  begin (self);
  if (error)
    g_debug ("what if: %s", error->message);
  if (!answers)
    return;
  g_clear_pointer (&self->answers, g_array_unref);
  self->answers = g_array_ref (answers);
  self->score = question->explanation->score;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* One question at a time: the rest waits for it. */
static void
begin (RlvWhatIf *self)
{
  if (self->at_work || !self->waiting)
    return;
  if (!self->thread)
    self->thread = rlv_job_thread_new ();
  self->begun = g_get_monotonic_time ();
  self->at_work = rlv_job_run_in (self->thread, &answering, g_steal_pointer (&self->waiting), NULL, answered_cb, self);
}

static void
rlv_what_if_dispose (GObject *object)
{
  RlvWhatIf *self = RLV_WHAT_IF (object);

  rlv_what_if_forget (self);
  g_clear_pointer (&self->at_work, rlv_job_let_go);
  /* At most one layer is still being computed; leaving it running would race with the program's end. */
  if (self->thread)
    g_thread_pool_free (self->thread, FALSE, TRUE);
  self->thread = NULL;
  G_OBJECT_CLASS (rlv_what_if_parent_class)->dispose (object);
}

static void
rlv_what_if_class_init (RlvWhatIfClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rlv_what_if_dispose;

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
  Question *question;

  g_return_if_fail (RLV_IS_WHAT_IF (self) && explanation->n == 1);

  if (!rlv_pins_get_n (pins) || !rlv_input_get_field (explanation->network, &field, NULL))
    {
      rlv_what_if_forget (self);
      return;
    }
  g_clear_pointer (&self->waiting, question_free);
  question = self->waiting = g_new0 (Question, 1);
  question->explanation = lrp_explanation_ref (explanation);
  question->run = &self->run;
  question->answers = g_array_new (FALSE, FALSE, sizeof (RlvWhatIfScore));
  for (guint i = 0; i < rlv_pins_get_n (pins); i++)
    {
      RlvWhatIfScore score = { rlv_pins_get (pins, i), { NAN, NAN, NAN } };
      if (score.pin.column < field.width && score.pin.row < field.height)
        g_array_append_val (question->answers, score);
    }
  if (self->at_work && g_get_monotonic_time () - self->begun > LONG)
    rlv_job_cancel (self->at_work);
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

  g_clear_pointer (&self->waiting, question_free);
  g_clear_pointer (&self->answers, g_array_unref);
  if (self->at_work)
    rlv_job_cancel (self->at_work);
  if (self->thread)
    rlv_job_run_in (self->thread, &freeing, &self->run, NULL, NULL, NULL);
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
