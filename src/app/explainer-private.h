/* SPDX-License-Identifier: GPL-3.0-or-later */
/* explainer-private.h: what an explainer and its threads share */
#pragma once

#include "app/explainer.h"

G_BEGIN_DECLS

/* More would mostly pass forward what others did already. */
#define RLV_MAX_WORKERS 4

/* What is asked at once. Answers hold it, too; the last to let it go is always the main loop, because queries live there. */
typedef struct
{
  guint64 serial;
  GArray *asks; /* of RlvAsk */
  GCancellable *cancellable;
  gint64 asked; /* when; in microseconds */

  /* Under the explainer's lock: */
  gint64 begun;
  guint next, end; /* the parts that nobody has begun: from next to before end */
  guint n_at_work; /* parts that threads work at */
} RlvQuestion;

typedef struct
{
  RlvQuestion *question;
  const RlvAsk *ask; /* its part */
  LrpExplanation *explanation;
  GError *error;
  gint64 at; /* when; in microseconds */
} RlvAnswer;

typedef struct
{
  RlvExplainer *explainer;
  GThread *thread;
  gboolean helps; /* only another one that is at work, and only where networks are light */
  int permille;   /* how much of the part at work is done; -1: that is not known. Atomic */
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
  gint64 duration; /* how long the last question took from asking; in microseconds */

  GMutex lock; /* guards what follows */
  GCond changed, answered;
  RlvQuestion *waiting, *at_work;
  GQueue answers;
  GSList *past; /* of RlvQuestion: to be let go */
  gboolean quit;
};

void _rlv_question_unref (RlvQuestion *question);

/* What a thread does until it is time to quit; data: its RlvWorker. */
gpointer _rlv_worker_run (gpointer data);

G_END_DECLS
