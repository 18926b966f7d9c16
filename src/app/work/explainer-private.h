/* SPDX-License-Identifier: GPL-3.0-or-later */
/* explainer-private.h: what an explainer and its threads share */
#pragma once

#include "app/work/explainer.h"

G_BEGIN_DECLS

/* More would mostly pass forward what others did already. */
#define RLV_MAX_WORKERS 4

/* A part of a question, and its answer. It goes from those that wait to a thread, and from there to those that are
 * answered; the main loop makes and frees it, because queries live there. */
typedef struct
{
  guint64 serial; /* of the question */
  guint index;    /* in the question */
  gboolean light; /* the network is */
  gboolean alone; /* the question has no other */
  RlvAsk ask;
  GCancellable *cancellable;
  gint64 begun; /* when; in microseconds */
  LrpExplanation *explanation;
  GError *error;
} RlvPart;

typedef struct
{
  RlvExplainer *explainer;
  GThread *thread;
  gboolean helps;       /* it is not the first */
  int permille;         /* how much of the part at work is done; -1: that is not known. Atomic */
  const RlvPart *part;  /* at work; under the lock */
  gboolean began_first; /* the part taken last was its question's first */
} RlvWorker;

struct _RlvExplainer
{
  GObject parent_instance;

  RlvWorker workers[RLV_MAX_WORKERS];
  guint n_workers;
  GSource *source; /* its ready time is the threads' only way to wake the main loop */
  guint64 last_serial;
  guint64 serial;  /* of the question asked last; 0 where nothing is wanted any more */
  guint64 oldest;  /* whose answers are wanted */
  guint n_pending; /* parts of it that are still to be answered */

  GMutex lock; /* guards what follows */
  GCond changed, answered;
  GQueue waiting, answers; /* of RlvPart */
  GPtrArray *networks;     /* of LrpNetwork: what the question asked last is about */
  gboolean quit;
};

/* What a thread does until it is time to quit; data: its RlvWorker. */
gpointer _rlv_worker_run (gpointer data);

G_END_DECLS
