/* SPDX-License-Identifier: GPL-3.0-or-later */
/* what-if.c: what the network would say if one pixel were another */
#include "config.h"

#include "app/what-if.h"

#include "app/input.h"

#include <math.h>
#include <string.h>

/* So many inputs go through the network at once, of small ones; larger ones go one by one. */
#define MAX_BATCH  12
#define MAX_VALUES (1 << 17)
/* What is at work may take so long before it is dropped for what is newer; in microseconds. */
#define LONG (500 * 1000)

/* One question. It belongs to the thread while that is at work. */
typedef struct
{
  LrpExplanation *explanation;
  GArray *answers; /* of RlvWhatIfScore */
  LrpRun *run;     /* kept from question to question about one network */
} Job;

/**
 * RlvWhatIf:
 *
 * Asks the network again, in a thread, about the input of an explanation with one pixel changed, for every pinned pixel
 * and every value it might have. The latest question wins. #RlvWhatIf::changed is emitted when answers come.
 */
struct _RlvWhatIf
{
  GObject parent_instance;

  Job *waiting; /* the next question; NULL: none */
  GCancellable *at_work;
  gint64 begun;
  LrpRun *run; /* while no thread has it */
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

  g_clear_pointer (&job->run, lrp_run_free);
  lrp_explanation_unref (job->explanation);
  g_array_unref (job->answers);
  g_free (job);
}

/* --- in the thread -------------------------------------------------------------------------------------------------- */

static gsize
count_cells (const LrpExplanation *explanation)
{
  RlvField field;

  return rlv_input_get_field (explanation->network, &field, NULL) ? (gsize) field.width * (gsize) field.height : 0;
}

static guint
get_batch (const LrpTensor *input)
{
  return (guint) CLAMP (MAX_VALUES / input->count, 1, MAX_BATCH);
}

/* Once for a network and a size of input. */
static gboolean
make_run (Job *job, GError **error)
{
  LrpShape shape = job->explanation->input->shape;

  shape.dims[0] = get_batch (job->explanation->input);
  if (job->run && (lrp_run_get_network (job->run) != job->explanation->network
                   || !lrp_shape_equal (lrp_run_get_shape (job->run, 0), &shape)))
    g_clear_pointer (&job->run, lrp_run_free);
  if (!job->run)
    job->run = lrp_run_new (job->explanation->network, &shape, error);
  return job->run != NULL;
}

/* A value for one colour; NaN where nobody knows. */
static double
fill_value (const LrpExplanation *explanation, RlvFillKind fill, guint channel, gsize cells)
{
  const LrpInput *input = &explanation->network->input;
  double sum = 0;

  if (fill != RLV_FILL_MEAN)
    return !input->bounded ? NAN : fill == RLV_FILL_LOW ? input->low[channel] : input->high[channel];
  for (gsize i = 0; i < cells; i++)
    sum += (double) explanation->input->data[channel * cells + i];
  return sum / (double) cells;
}

/* Writes the input with one pixel changed; FALSE where nobody knows to what. */
static gboolean
change_pixel (const LrpExplanation *explanation, const RlvPin *pin, RlvFillKind fill, float *out)
{
  const LrpTensor *input = explanation->input;
  gsize cells = count_cells (explanation), place;
  RlvField field;

  rlv_input_get_field (explanation->network, &field, NULL);
  place = (gsize) pin->row * (gsize) field.width + (gsize) pin->column;
  memcpy (out, input->data, input->count * sizeof (float));
  for (guint c = 0; c < input->count / cells && c < LRP_MAX_CHANNELS; c++)
    {
      double value = fill_value (explanation, fill, c, cells);
      if (isnan (value))
        return FALSE;
      out[c * cells + place] = (float) value;
    }
  return TRUE;
}

/* What is still to be asked of the network, in its next batch. */
typedef struct
{
  LrpTensor *tensor;
  guint n, size;
  double *scores[MAX_BATCH]; /* where they go */
} Batch;

static gboolean
run_batch (const Job *job, Batch *batch, GCancellable *cancellable, GError **error)
{
  double scores[MAX_BATCH];

  if (!batch->n)
    return TRUE;
  if (!lrp_run_forward (job->run, batch->tensor, cancellable, error)
      || !lrp_aim_scores (&job->explanation->aim, job->run, 0, scores, error))
    return FALSE;
  for (guint i = 0; i < batch->n; i++)
    *batch->scores[i] = scores[i];
  batch->n = 0;
  return TRUE;
}

static gboolean
answer (const Job *job, Batch *batch, GCancellable *cancellable, GError **error)
{
  gsize count = job->explanation->input->count;

  for (guint i = 0; i < job->answers->len * RLV_N_FILLS; i++)
    {
      RlvWhatIfScore *score = &g_array_index (job->answers, RlvWhatIfScore, i / RLV_N_FILLS);
      guint fill = i % RLV_N_FILLS;
      if (change_pixel (job->explanation, &score->pin, fill, batch->tensor->data + batch->n * count))
        batch->scores[batch->n++] = &score->scores[fill];
      if (batch->n == batch->size && !run_batch (job, batch, cancellable, error))
        return FALSE;
    }
  return run_batch (job, batch, cancellable, error);
}

static void
work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  Batch batch = { .size = get_batch (job->explanation->input) };
  GError *error = NULL;

  if (make_run (job, &error) && (batch.tensor = lrp_tensor_new (lrp_run_get_shape (job->run, 0), &error)))
    answer (job, &batch, cancellable, &error);
  lrp_tensor_unref (batch.tensor);
  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/* --- in the main loop ----------------------------------------------------------------------------------------------- */

static void begin (RlvWhatIf *self);

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  RlvWhatIf *self = RLV_WHAT_IF (source);
  Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_clear_pointer (&self->answers, g_array_unref);
      self->answers = g_array_ref (job->answers);
      self->score = job->explanation->score;
    }
  g_clear_object (&self->at_work);
  g_clear_pointer (&self->run, lrp_run_free);
  self->run = g_steal_pointer (&job->run);
  begin (self);
  if (!error)
    g_signal_emit (self, signals[CHANGED], 0);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_debug ("what if: %s", error->message);
}

/* One thread at a time: the rest waits for it. */
static void
begin (RlvWhatIf *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->at_work || !self->waiting)
    return;
  self->at_work = g_cancellable_new ();
  self->begun = g_get_monotonic_time ();
  self->waiting->run = g_steal_pointer (&self->run);
  task = g_task_new (self, self->at_work, done_cb, NULL);
  g_task_set_task_data (task, g_steal_pointer (&self->waiting), job_free);
  g_task_run_in_thread (task, work);
}

static void
rlv_what_if_dispose (GObject *object)
{
  rlv_what_if_forget (RLV_WHAT_IF (object));
  G_OBJECT_CLASS (rlv_what_if_parent_class)->dispose (object);
}

static void
rlv_what_if_finalize (GObject *object)
{
  RlvWhatIf *self = RLV_WHAT_IF (object);

  g_clear_object (&self->at_work);
  g_clear_pointer (&self->run, lrp_run_free);
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
  g_clear_pointer (&self->run, lrp_run_free);
  if (self->at_work)
    g_cancellable_cancel (self->at_work);
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

/**
 * rlv_what_if_is_ink:
 * @network: a network
 *
 * Returns: whether it reads ink, which is bright to it: what is black to it is paper to people
 */
gboolean
rlv_what_if_is_ink (const LrpNetwork *network)
{
  return network->input.inverted || network->input.pixels == LRP_PIXELS_UNKNOWN;
}
