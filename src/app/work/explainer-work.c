/* SPDX-License-Identifier: GPL-3.0-or-later */
/* explainer-work.c: the threads of an explainer, which take questions one by one */
#include "config.h"

#include "app/work/explainer-private.h"

#include "app/kit/wake.h"

/* --- which question next: under the lock -------------------------------------------------------------------------- */

static gboolean
is_at_work (const RlvExplainer *explainer)
{
  for (guint i = 0; i < explainer->n_workers; i++)
    if (explainer->workers[i].errand)
      return TRUE;
  return FALSE;
}

/* A query gets its answers in the order of its questions, so that none is replaced by one about something older. */
static gboolean
is_blocked (const RlvExplainer *explainer, const RlvErrand *errand)
{
  for (guint i = 0; i < explainer->n_workers; i++)
    {
      const RlvErrand *other = explainer->workers[i].errand;
      if (other && !other->question.about && other->question.query == errand->question.query
          && other->serial < errand->serial)
        return TRUE;
    }
  return FALSE;
}

/* For a network that is not light the kernels have threads of their own, and a second run would take much memory. What
 * is slow is left to helpers, unless there is nothing else, so that the first thread is there for what is quick; of
 * that, they take what it cannot do at the same time. */
static gboolean
may_take (const RlvWorker *self, const RlvErrand *errand)
{
  const RlvExplainer *explainer = self->explainer;
  gboolean left = errand->question.slow && errand->light && !errand->alone && explainer->n_workers > 1;

  if (is_blocked (explainer, errand))
    return FALSE;
  return self->helps ? errand->light && (left || is_at_work (explainer)) : !left;
}

/* Helpers begin at the end, so that questions side by side, which may share work, rather stay with one thread. Where
 * rounds are replaced before they are answered, their first question and another get their turns. */
static GList *
find_errand (const RlvWorker *self)
{
  GQueue *waiting = &self->explainer->waiting;
  GList *first = NULL;

  for (GList *l = self->helps ? waiting->tail : waiting->head; l; l = self->helps ? l->prev : l->next)
    {
      const RlvErrand *errand = l->data;
      if (!may_take (self, errand))
        continue;
      if (errand->index > 0 || !self->began_first)
        return l;
      first = l;
    }
  return first;
}

/* Runs take much memory: only those about what was asked last are kept. Returns: (transfer full): the others */
static GPtrArray *
steal_old_runs (RlvExplainer *explainer, GPtrArray *runs)
{
  GPtrArray *old = g_ptr_array_new_with_free_func ((GDestroyNotify) lrp_run_free);

  for (guint i = runs->len; i-- > 0;)
    if (!g_ptr_array_find (explainer->networks, lrp_run_get_network (runs->pdata[i]), NULL))
      g_ptr_array_add (old, g_ptr_array_steal_index (runs, i));
  return old;
}

/* Returns: (transfer full) (nullable): the next question for this thread, once there is one; NULL when it is time to go
 */
static RlvErrand *
take_errand (RlvWorker *self, GPtrArray *runs)
{
  RlvExplainer *explainer = self->explainer;
  g_autoptr (GPtrArray) old = NULL; /* freed without the lock */
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&explainer->lock);
  GList *link = NULL;
  RlvErrand *errand;

  while (!explainer->quit && !(link = find_errand (self)))
    g_cond_wait (&explainer->changed, &explainer->lock);
  if (explainer->quit)
    return NULL;
  errand = link->data;
  g_queue_delete_link (&explainer->waiting, link);
  errand->begun = g_get_monotonic_time ();
  self->errand = errand;
  self->began_first = errand->index == 0;
  old = steal_old_runs (explainer, runs);
  /* Others may begin the next one now. */
  g_cond_broadcast (&explainer->changed);
  return errand;
}

static void
hand_over (RlvWorker *self, RlvErrand *errand)
{
  RlvExplainer *explainer = self->explainer;

  g_mutex_lock (&explainer->lock);
  self->errand = NULL;
  g_queue_push_tail (&explainer->answers, errand);
  g_cond_signal (&explainer->answered);
  g_cond_broadcast (&explainer->changed);
  g_mutex_unlock (&explainer->lock);
  rlv_wake_up (explainer->source);
}

/* --- answering it: without the lock ------------------------------------------------------------------------------- */

/* Compiled once for a network and kept as long as questions are about it. */
static LrpRun *
find_run (RlvWorker *self, GPtrArray *runs, const RlvQuestion *question, GError **error)
{
  LrpRun *(*make) (LrpNetwork *, const LrpShape *, GError **) = self->helps ? lrp_run_new_single : lrp_run_new;
  LrpRun *run;

  for (guint i = runs->len; i-- > 0;)
    if (lrp_run_get_network (runs->pdata[i]) == question->network)
      {
        if (lrp_shape_equal (lrp_run_get_shape (runs->pdata[i], 0), &question->input->shape))
          return runs->pdata[i];
        g_ptr_array_remove_index (runs, i);
      }
  run = make (question->network, &question->input->shape, error);
  if (run)
    g_ptr_array_add (runs, run);
  return run;
}

static void
note_progress (double fraction, gpointer data)
{
  g_atomic_int_set (&((RlvWorker *) data)->permille, (int) (1000 * fraction));
}

static void
answer (RlvWorker *self, GPtrArray *runs, RlvErrand *errand)
{
  RlvQuestion *question = &errand->question;
  LrpRun *run = find_run (self, runs, question, &errand->error);

  if (run && question->about)
    lrp_class_sensitivity_measure (question->request, run, question->about, LRP_CLASS_SENSITIVITY_CLASSES, NULL, NULL,
                                   errand->cancellable, &question->sensitivity, &errand->error);
  else if (run)
    errand->explanation = lrp_request_explain_more (question->request, run, question->input, note_progress, self,
                                                    errand->cancellable, &errand->error);
  g_atomic_int_set (&self->permille, -1);
}

gpointer
_rlv_worker_run (gpointer data)
{
  RlvWorker *self = data;
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func ((GDestroyNotify) lrp_run_free);
  RlvErrand *errand;

  while ((errand = take_errand (self, runs)))
    {
      answer (self, runs, errand);
      hand_over (self, errand);
    }
  return NULL;
}
