/* SPDX-License-Identifier: GPL-3.0-or-later */
/* explainer-work.c: the threads of an explainer, which take the parts of a question one by one */
#include "config.h"

#include "app/work/explainer-private.h"

#include "app/kit/wake.h"

/* --- which part next: under the lock ------------------------------------------------------------------------------ */

static gboolean
is_at_work (const RlvExplainer *explainer)
{
  for (guint i = 0; i < explainer->n_workers; i++)
    if (explainer->workers[i].part)
      return TRUE;
  return FALSE;
}

/* A query gets its answers in the order of its questions, so that none is replaced by one about something older. */
static gboolean
is_blocked (const RlvExplainer *explainer, const RlvPart *part)
{
  for (guint i = 0; i < explainer->n_workers; i++)
    {
      const RlvPart *other = explainer->workers[i].part;
      if (other && other->ask.query == part->ask.query && other->serial < part->serial)
        return TRUE;
    }
  return FALSE;
}

/* For a network that is not light the kernels have threads of their own, and a second run would take much memory. What
 * is slow is left to helpers, unless there is nothing else, so that the first thread is there for what is quick; of
 * that, they take what it cannot do at the same time. */
static gboolean
may_take (const RlvWorker *self, const RlvPart *part)
{
  const RlvExplainer *explainer = self->explainer;
  gboolean left = part->ask.slow && part->light && !part->alone && explainer->n_workers > 1;

  if (is_blocked (explainer, part))
    return FALSE;
  return self->helps ? part->light && (left || is_at_work (explainer)) : !left;
}

/* Helpers begin at the end, so that parts side by side, which may share work, rather stay with one thread. Where
 * questions are replaced before they are answered, their first part and another get their turns. */
static GList *
find_part (const RlvWorker *self)
{
  GQueue *waiting = &self->explainer->waiting;
  GList *first = NULL;

  for (GList *l = self->helps ? waiting->tail : waiting->head; l; l = self->helps ? l->prev : l->next)
    {
      const RlvPart *part = l->data;
      if (!may_take (self, part))
        continue;
      if (part->index > 0 || !self->began_first)
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

/* Returns: (transfer full) (nullable): the next part for this thread, once there is one; NULL when it is time to go */
static RlvPart *
take_part (RlvWorker *self, GPtrArray *runs)
{
  RlvExplainer *explainer = self->explainer;
  g_autoptr (GPtrArray) old = NULL; /* freed without the lock */
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&explainer->lock);
  GList *link = NULL;
  RlvPart *part;

  while (!explainer->quit && !(link = find_part (self)))
    g_cond_wait (&explainer->changed, &explainer->lock);
  if (explainer->quit)
    return NULL;
  part = link->data;
  g_queue_delete_link (&explainer->waiting, link);
  part->begun = g_get_monotonic_time ();
  self->part = part;
  self->began_first = part->index == 0;
  old = steal_old_runs (explainer, runs);
  /* Others may begin the next part now. */
  g_cond_broadcast (&explainer->changed);
  return part;
}

static void
hand_over (RlvWorker *self, RlvPart *part)
{
  RlvExplainer *explainer = self->explainer;

  g_mutex_lock (&explainer->lock);
  self->part = NULL;
  g_queue_push_tail (&explainer->answers, part);
  g_cond_signal (&explainer->answered);
  g_cond_broadcast (&explainer->changed);
  g_mutex_unlock (&explainer->lock);
  rlv_wake_up (explainer->source);
}

/* --- answering it: without the lock ------------------------------------------------------------------------------- */

/* Compiled once for a network and kept as long as questions are about it. */
static LrpRun *
find_run (RlvWorker *self, GPtrArray *runs, const RlvAsk *ask, GError **error)
{
  LrpRun *(*make) (LrpNetwork *, const LrpShape *, GError **) = self->helps ? lrp_run_new_single : lrp_run_new;
  LrpRun *run;

  for (guint i = runs->len; i-- > 0;)
    if (lrp_run_get_network (runs->pdata[i]) == ask->network)
      {
        if (lrp_shape_equal (lrp_run_get_shape (runs->pdata[i], 0), &ask->input->shape))
          return runs->pdata[i];
        g_ptr_array_remove_index (runs, i);
      }
  run = make (ask->network, &ask->input->shape, error);
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
answer (RlvWorker *self, GPtrArray *runs, RlvPart *part)
{
  const RlvAsk *ask = &part->ask;
  LrpRun *run = find_run (self, runs, ask, &part->error);

  if (run)
    part->explanation =
        lrp_request_explain_more (ask->request, run, ask->input, note_progress, self, part->cancellable, &part->error);
  g_atomic_int_set (&self->permille, -1);
}

gpointer
_rlv_worker_run (gpointer data)
{
  RlvWorker *self = data;
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func ((GDestroyNotify) lrp_run_free);
  RlvPart *part;

  while ((part = take_part (self, runs)))
    {
      answer (self, runs, part);
      hand_over (self, part);
    }
  return NULL;
}
