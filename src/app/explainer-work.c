/* SPDX-License-Identifier: GPL-3.0-or-later */
/* explainer-work.c: the threads of an explainer, which take the parts of a question one by one */
#include "config.h"

#include "app/explainer-private.h"

/* What is at work so long leaves the rest of its parts to what is newer; in microseconds. */
#define SHORT (100 * 1000)
/* So many of its parts are answered all the same: the first, and another in turn. */
#define AT_LEAST 2

static gboolean
fits (LrpRun *run, const RlvAsk *ask)
{
  return lrp_run_get_network (run) == ask->network && lrp_shape_equal (lrp_run_get_shape (run, 0), &ask->input->shape);
}

/* A run takes much memory: only those that the question needs are kept. */
static void
drop_runs (GPtrArray *runs, const RlvQuestion *question)
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
  g_atomic_int_set (&((RlvWorker *) data)->permille, (int) (1000 * fraction));
}

static RlvAnswer *
answer_part (RlvWorker *self, GPtrArray *runs, RlvQuestion *question, guint part)
{
  RlvAnswer *answer = g_new0 (RlvAnswer, 1);
  const RlvAsk *ask = &g_array_index (question->asks, RlvAsk, part);
  LrpRun *run;

  drop_runs (runs, question);
  answer->question = g_atomic_rc_box_acquire (question);
  answer->ask = ask;
  run = find_run (runs, ask, &answer->error);
  if (run)
    answer->explanation = lrp_request_explain_more (ask->request, run, ask->input, note_progress, self,
                                                    question->cancellable, &answer->error);
  answer->at = g_get_monotonic_time ();
  g_atomic_int_set (&self->permille, -1);
  return answer;
}

/* --- under the lock ------------------------------------------------------------------------------------------------- */

/* Whether parts of the question at work are still to be begun; the rest may be left to the one that waits. */
static gboolean
goes_on (RlvExplainer *explainer)
{
  const RlvQuestion *question = explainer->at_work;
  gboolean outdated = explainer->waiting && g_get_monotonic_time () - question->begun > SHORT;

  return question->next < question->end && !g_cancellable_is_cancelled (question->cancellable)
         && !(outdated && question->next >= AT_LEAST);
}

/* Questions are not mixed, so that an answer never comes after one to something newer. */
static void
proceed (RlvExplainer *explainer)
{
  if (explainer->at_work && (explainer->at_work->n_at_work || goes_on (explainer)))
    return;
  if (explainer->at_work)
    explainer->past = g_slist_prepend (explainer->past, explainer->at_work);
  explainer->at_work = g_steal_pointer (&explainer->waiting);
  if (explainer->at_work)
    explainer->at_work->begun = g_get_monotonic_time ();
}

/* For a network that is not light the kernels have threads of their own, and a second run would take much memory. */
static gboolean
may_begin (RlvWorker *self)
{
  const RlvQuestion *question = self->explainer->at_work;

  return question && goes_on (self->explainer)
         && (!self->helps
             || (question->n_at_work
                 && lrp_network_is_light (g_array_index (question->asks, RlvAsk, question->end - 1).network)));
}

/* Returns: (transfer none) (nullable): the question that this worker is to take a part of; NULL when it is time to go */
static RlvQuestion *
begin_part (RlvWorker *self, guint *part)
{
  RlvExplainer *explainer = self->explainer;
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&explainer->lock);

  for (proceed (explainer); !explainer->quit && !may_begin (self); proceed (explainer))
    g_cond_wait (&explainer->changed, &explainer->lock);
  if (explainer->quit)
    return NULL;
  /* From the other end, so that parts side by side, which may share work, rather stay with one thread. */
  *part = self->helps ? --explainer->at_work->end : explainer->at_work->next++;
  explainer->at_work->n_at_work++;
  /* Others may begin the next part now. */
  g_cond_broadcast (&explainer->changed);
  return explainer->at_work;
}

static void
hand_over (RlvExplainer *explainer, RlvAnswer *answer)
{
  g_mutex_lock (&explainer->lock);
  answer->question->n_at_work--;
  g_queue_push_tail (&explainer->answers, answer);
  g_cond_signal (&explainer->answered);
  g_cond_broadcast (&explainer->changed);
  g_mutex_unlock (&explainer->lock);
  g_source_set_ready_time (explainer->source, 0);
}

gpointer
_rlv_worker_run (gpointer data)
{
  RlvWorker *self = data;
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func ((GDestroyNotify) lrp_run_free);
  RlvQuestion *question;
  guint part;

  while ((question = begin_part (self, &part)))
    hand_over (self->explainer, answer_part (self, runs, question, part));
  return NULL;
}
