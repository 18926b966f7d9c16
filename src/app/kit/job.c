/* SPDX-License-Identifier: GPL-3.0-or-later */
/* job.c: work in the background: done in a thread, delivered in the main loop */
#include "config.h"

#include "app/kit/job.h"

#include <glib/gi18n.h>

#define TICK    100 /* milliseconds between two looks at the progress */
#define WHOLE   10000
#define THREADS 10 /* at most, together: more would rather wait for each other */

/**
 * RlvJob:
 *
 * What takes longer than a frame. The thread gets data of its own and gives a result back; both are freed in the main
 * loop, where the callback is called exactly once, whether the job was done, failed, was cancelled or never began. A
 * job that writes holds the application, so that what was begun is there as a whole when the program has ended. Jobs
 * that write one file do so one after the other; of those that wait, only the last one does.
 *
 * It is a #GAsyncResult. Everything but rlv_job_tell() is for the main loop.
 */
struct _RlvJob
{
  GObject parent_instance;

  const RlvJobKind *kind;
  GThreadPool *pool;
  gpointer data, result;
  GError *error;
  char *path; /* that is written; NULL: none, or many */
  GCancellable *cancellable;
  GAsyncReadyCallback callback;
  gpointer user_data;
  GApplication *held;
  gboolean begun;
  int reached; /* atomic: the thread's progress, of WHOLE */
  double progress;
  guint tick, patience;
};

static void rlv_job_result_init (GAsyncResultIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RlvJob, rlv_job, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_ASYNC_RESULT, rlv_job_result_init))

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_PROGRESS,
  PROP_HOLDING,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static gpointer
get_user_data (GAsyncResult *result)
{
  return RLV_JOB (result)->user_data;
}

/* Whoever may be kept alive by a job is kept by its user data. */
static GObject *
get_source_object (GAsyncResult *result)
{
  return NULL;
}

static void
rlv_job_result_init (GAsyncResultIface *iface)
{
  iface->get_user_data = get_user_data;
  iface->get_source_object = get_source_object;
}

/* In the order in which they came; they stay until they are delivered. */
static GListStore *
get_jobs (void)
{
  static GListStore *jobs = NULL;

  if (!jobs)
    jobs = g_list_store_new (RLV_TYPE_JOB);
  return jobs;
}

/* --- in the thread ------------------------------------------------------------------------------------------------ */

static gboolean deliver (gpointer data);

static void
work (gpointer data, gpointer unused)
{
  RlvJob *self = data;

  if (!g_cancellable_set_error_if_cancelled (self->cancellable, &self->error))
    self->result = self->kind->work (self, self->data, self->cancellable, &self->error);
  g_idle_add_full (G_PRIORITY_DEFAULT, deliver, self, NULL);
}

/**
 * rlv_job_tell:
 * @fraction: how much is done, 0 to 1
 * @job: a job that is at work, in whatever thread
 *
 * Says how far it is; can be given to whatever wants an #LrpProgress.
 */
void
rlv_job_tell (double fraction, gpointer job)
{
  g_atomic_int_set (&RLV_JOB (job)->reached, (int) (CLAMP (fraction, 0, 1) * WHOLE));
}

/* --- in the main loop --------------------------------------------------------------------------------------------- */

static gboolean
tick_cb (gpointer data)
{
  RlvJob *self = data;
  double reached = (double) g_atomic_int_get (&self->reached) / WHOLE;

  if (reached != self->progress)
    {
      self->progress = reached;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
    }
  return G_SOURCE_CONTINUE;
}

static void
begin (RlvJob *self)
{
  self->begun = TRUE;
  g_thread_pool_push (self->pool, self, NULL);
}

/* What waits would be written over as soon as it is there. */
static void
give_way (RlvJob *self)
{
  self->begun = TRUE;
  g_set_error_literal (&self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "a later job writes the same file");
  g_idle_add_full (G_PRIORITY_DEFAULT, deliver, self, NULL);
}

/* The first job that writes the file, if there is one; those that wait for it give way where that is asked for. */
static RlvJob *
find_first (const char *path, gboolean make_way)
{
  RlvJob *first = NULL;

  for (guint i = 0; path && i < g_list_model_get_n_items (rlv_job_get_all ()); i++)
    {
      g_autoptr (RlvJob) job = g_list_model_get_item (rlv_job_get_all (), i);
      if (g_strcmp0 (job->path, path) != 0)
        continue;
      if (make_way && !job->begun)
        give_way (job);
      if (!first)
        first = job;
    }
  return first;
}

static void
release (RlvJob *self)
{
  g_clear_handle_id (&self->patience, g_source_remove);
  if (self->held)
    g_application_release (self->held);
  g_clear_object (&self->held);
}

/* It goes on, but the program need not wait for it. The list says so, as filters look at what is new to them alone. */
static gboolean
patience_cb (gpointer data)
{
  RlvJob *self = data;
  guint place;

  self->patience = 0;
  release (self);
  if (g_list_store_find (get_jobs (), self, &place))
    g_list_model_items_changed (G_LIST_MODEL (get_jobs ()), place, 1, 1);
  return G_SOURCE_REMOVE;
}

static void
end (RlvJob *self)
{
  RlvJob *next;
  guint place;

  g_clear_handle_id (&self->tick, g_source_remove);
  /* Whoever wanted to know has gone. */
  if (self->kind->writes && self->error && !g_error_matches (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("%s: %s", self->path ? self->path : self->kind->title, self->error->message);
  if (self->kind->free_data)
    g_clear_pointer (&self->data, self->kind->free_data);
  if (self->kind->free_result)
    g_clear_pointer (&self->result, self->kind->free_result);
  if (g_list_store_find (get_jobs (), self, &place))
    g_list_store_remove (get_jobs (), place);
  next = find_first (self->path, FALSE);
  if (next && !next->begun)
    begin (next);
  release (self);
}

static gboolean
deliver (gpointer data)
{
  g_autoptr (RlvJob) self = data;

  tick_cb (self);
  if (self->callback)
    self->callback (NULL, G_ASYNC_RESULT (self), self->user_data);
  end (self);
  return G_SOURCE_REMOVE;
}

static void
rlv_job_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RlvJob *self = RLV_JOB (object);
  g_autofree char *name = self->path ? g_path_get_basename (self->path) : NULL;

  if (id == PROP_PROGRESS)
    g_value_set_double (value, self->progress);
  else if (id == PROP_HOLDING)
    g_value_set_boolean (value, self->held != NULL);
  else if (self->kind->title && name)
    g_value_take_string (value, g_strdup_printf (_(self->kind->title), name));
  else
    g_value_set_string (value, self->kind->title ? _(self->kind->title) : NULL);
}

static void
rlv_job_finalize (GObject *object)
{
  RlvJob *self = RLV_JOB (object);

  g_clear_error (&self->error);
  g_object_unref (self->cancellable);
  g_free (self->path);
  G_OBJECT_CLASS (rlv_job_parent_class)->finalize (object);
}

static void
rlv_job_class_init (RlvJobClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  G_OBJECT_CLASS (klass)->get_property = rlv_job_get_property;
  G_OBJECT_CLASS (klass)->finalize = rlv_job_finalize;

  /**
   * RlvJob:title:
   *
   * What is done, for people; %NULL for what they need not know of.
   */
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  /**
   * RlvJob:progress:
   *
   * How much of it is done, 0 to 1, as far as the work says so.
   */
  properties[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, 0, 1, 0, flags);
  /**
   * RlvJob:holding:
   *
   * Whether the application does not end before it. It is not notified of; the list of jobs changes instead.
   */
  properties[PROP_HOLDING] = g_param_spec_boolean ("holding", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPERTIES, properties);
}

static void
rlv_job_init (RlvJob *self)
{
}

static RlvJob *
job_new (GThreadPool *pool, const RlvJobKind *kind, gpointer data, GCancellable *cancellable,
         GAsyncReadyCallback callback, gpointer user_data)
{
  RlvJob *self = g_object_new (RLV_TYPE_JOB, NULL);
  GApplication *application = kind->writes ? g_application_get_default () : NULL;

  self->kind = kind;
  self->pool = pool;
  self->data = data;
  self->cancellable = cancellable ? g_object_ref (cancellable) : g_cancellable_new ();
  self->callback = callback;
  self->user_data = user_data;
  self->tick = g_timeout_add (TICK, tick_cb, self);
  if (application)
    {
      self->held = g_object_ref (application);
      g_application_hold (application);
      if (kind->patience)
        self->patience = g_timeout_add (kind->patience, patience_cb, self);
    }
  return self;
}

/**
 * rlv_job_run:
 * @kind: what is to be done
 * @data: (transfer full): what it is done with
 * @path: (nullable): the file, or folder, that is written; NULL where that is none of the user's
 * @cancellable: (nullable): to stop it, or caring for it
 * @callback: (nullable): called in the main loop when it is over
 * @user_data: for @callback
 *
 * Does something in a thread, as soon as nothing else writes @path. If another job waits for that, too, it gives way
 * and ends as cancelled.
 *
 * Returns: (transfer none): the job, until it is over
 */
RlvJob *
rlv_job_run (const RlvJobKind *kind, gpointer data, const char *path, GCancellable *cancellable,
             GAsyncReadyCallback callback, gpointer user_data)
{
  static GThreadPool *pool = NULL;
  RlvJob *self, *first;

  if (!pool)
    pool = g_thread_pool_new (work, NULL, THREADS, FALSE, NULL);
  self = job_new (pool, kind, data, cancellable, callback, user_data);
  self->path = path ? g_canonicalize_filename (path, NULL) : NULL;
  first = find_first (self->path, TRUE);
  g_list_store_append (get_jobs (), self);
  if (!first)
    begin (self);
  return self;
}

/**
 * rlv_job_run_in:
 * @thread: made by rlv_job_thread_new()
 * @kind: what is to be done
 * @data: (transfer full): what it is done with
 * @cancellable: (nullable): to stop it, or caring for it
 * @callback: (nullable): called in the main loop when it is over
 * @user_data: for @callback
 *
 * Does something in a thread of the caller's, after what that was given before.
 *
 * Returns: (transfer none): the job, until it is over
 */
RlvJob *
rlv_job_run_in (GThreadPool *thread, const RlvJobKind *kind, gpointer data, GCancellable *cancellable,
                GAsyncReadyCallback callback, gpointer user_data)
{
  RlvJob *self = job_new (thread, kind, data, cancellable, callback, user_data);

  g_list_store_append (get_jobs (), self);
  begin (self);
  return self;
}

/**
 * rlv_job_thread_new:
 *
 * For work that leaves something behind which can only be used where it was made.
 *
 * Returns: (transfer full): one thread; `g_thread_pool_free (thread, FALSE, TRUE)` waits for its jobs and ends it
 */
GThreadPool *
rlv_job_thread_new (void)
{
  return g_thread_pool_new (work, NULL, 1, TRUE, NULL);
}

/**
 * rlv_job_get_data:
 * @result: what the callback got
 *
 * Returns: (transfer none): what the job was given, until the callback returns
 */
gpointer
rlv_job_get_data (GAsyncResult *result)
{
  return RLV_JOB (result)->data;
}

/**
 * rlv_job_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the result; %NULL with an error where there is none, or nobody cares any more
 */
gpointer
rlv_job_finish (GAsyncResult *result, GError **error)
{
  RlvJob *self = RLV_JOB (result);

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return NULL;
  if (self->error)
    {
      g_propagate_error (error, g_steal_pointer (&self->error));
      return NULL;
    }
  return g_steal_pointer (&self->result);
}

/**
 * rlv_job_cancel:
 * @self: a job that is not over
 *
 * Asks it to end; its callback is told so.
 */
void
rlv_job_cancel (RlvJob *self)
{
  g_return_if_fail (RLV_IS_JOB (self));
  g_cancellable_cancel (self->cancellable);
}

/**
 * rlv_job_let_go:
 * @self: a job that is not over
 *
 * Does not call its callback any more, so that what that would need may go. The job itself goes on.
 */
void
rlv_job_let_go (RlvJob *self)
{
  g_return_if_fail (RLV_IS_JOB (self));
  self->callback = NULL;
}

/**
 * rlv_job_get_all:
 *
 * Returns: (transfer none): the jobs that are not over, in the order in which they were begun
 */
GListModel *
rlv_job_get_all (void)
{
  return G_LIST_MODEL (get_jobs ());
}
