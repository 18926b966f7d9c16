/* SPDX-License-Identifier: GPL-3.0-or-later */
/* job.h: work in the background */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RLV_TYPE_JOB (rlv_job_get_type ())
G_DECLARE_FINAL_TYPE (RlvJob, rlv_job, RLV, JOB, GObject)

/**
 * RlvJobWork:
 * @job: what is at work, for rlv_job_tell() alone
 * @data: what the job was given
 * @cancellable: to be looked at now and then
 * @error: return location for an error
 *
 * Done in a thread. It may touch what @data holds and nothing of the main loop.
 *
 * Returns: (nullable): the result
 */
typedef gpointer (*RlvJobWork) (RlvJob *job, gpointer data, GCancellable *cancellable, GError **error);

/**
 * RlvJobKind:
 * @work: what is done
 * @free_data: (nullable): frees what the job was given, in the main loop
 * @free_result: (nullable): frees a result that nobody took, in the main loop
 * @title: (nullable): "Saving “%s”", untranslated, with the name of its file
 * @writes: whether something would be lost if the program ended meanwhile: it holds the application until it is done
 * @patience: milliseconds after which it holds the application no longer, where another program decides how long it
 *   takes; 0: there is no such limit
 *
 * What jobs have in common.
 */
typedef struct
{
  RlvJobWork work;
  GDestroyNotify free_data, free_result;
  const char *title;
  gboolean writes;
  guint patience;
} RlvJobKind;

RlvJob *rlv_job_run (const RlvJobKind *kind, gpointer data, const char *path, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer user_data);
/* The same in one of the caller's threads. */
RlvJob *rlv_job_run_in (GThreadPool *thread, const RlvJobKind *kind, gpointer data, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data);
GThreadPool *rlv_job_thread_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* In the callback. */
gpointer rlv_job_get_data (GAsyncResult *result);
gpointer rlv_job_finish (GAsyncResult *result, GError **error);

/* In the work: an LrpProgress, whose data is the job. */
void rlv_job_tell (double fraction, gpointer job);

void rlv_job_cancel (RlvJob *self);
/* It goes on, but its callback is not called any more. */
void rlv_job_let_go (RlvJob *self);
/* Those that hold the application have their property "holding" set. */
GListModel *rlv_job_get_all (void);

G_END_DECLS
