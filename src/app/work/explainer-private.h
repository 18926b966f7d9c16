/* SPDX-License-Identifier: GPL-3.0-or-later */
/* explainer-private.h: what an explainer and its threads share */
#pragma once

#include "app/work/explainer.h"

G_BEGIN_DECLS

/* More would mostly pass forward what others did already. */
#define RLV_MAX_WORKERS 4

/* A question on its way: from those that wait to a thread, and from there, with its answer, to those that are answered.
 * The main loop makes and frees it, because queries live there. */
typedef struct
{
  guint64 serial; /* of the round: of all that was asked together */
  guint index;    /* in the round */
  gboolean light; /* the network is */
  gboolean alone; /* the round has no other */
  RlvQuestion question;
  GCancellable *cancellable;
  gint64 begun; /* when; in microseconds */
  LrpExplanation *explanation;
  GError *error;
} RlvErrand;

typedef struct
{
  RlvExplainer *explainer;
  GThread *thread;
  gboolean helps;          /* it is not the first */
  int permille;            /* how much of the question at work is done; -1: that is not known. Atomic */
  const RlvErrand *errand; /* at work; under the lock */
  gboolean began_first;    /* the question taken last was the first of its round */
} RlvWorker;

struct _RlvExplainer
{
  GObject parent_instance;

  RlvAnswered answered_cb;
  gpointer data; /* for it */
  RlvWorker workers[RLV_MAX_WORKERS];
  guint n_workers;
  GSource *source; /* its ready time is the threads' only way to wake the main loop */
  guint64 last_serial;
  guint64 serial;  /* of the round asked last; 0 where nothing is wanted any more */
  guint64 oldest;  /* round whose answers are wanted */
  guint n_pending; /* questions of it that are still to be answered */

  GMutex lock; /* guards what follows */
  GCond changed, answered;
  GQueue waiting, answers; /* of RlvErrand */
  GPtrArray *networks;     /* of LrpNetwork: what the round asked last is about */
  gboolean quit;
};

/* What a thread does until it is time to quit; data: its RlvWorker. */
gpointer _rlv_worker_run (gpointer data);

G_END_DECLS
