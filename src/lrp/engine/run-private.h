/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run-private.h: what a run consists of: compiled in run-compile.c, passed through in run.c; private to the core */
#pragma once

#include "lrp/engine/linear.h"
#include "lrp/base/threads.h"

G_BEGIN_DECLS

/* How one input of a step is wired: room of its own where the operator wants another layout than its producer's, or
 * where other readers also hand relevance to that producer. data NULL: it works on the producer's buffers. */
typedef struct
{
  LrpBuffer x, r;
} Wire;

struct _LrpRun
{
  LrpNetwork *network;
  guint n;         /* steps, as many as layers */
  guint64 macs;    /* multiply-adds of one forward pass */
  gboolean single; /* it keeps to one thread, however many these are */
  LrpStep *steps;
  Wire **wires;       /* [step][input] */
  guint *readers;     /* how many inputs of steps each step's output is */
  guint *last_reader; /* the highest of these steps */
  LrpFlow *flows;
  gboolean *written; /* whether a step's relevance has been written to in this pass */
  float **rx;        /* room for the most inputs that a step has */
  LrpBuffer room[4];
  LrpScratch scratch;
  LrpComposite *composite; /* what the plans are for; NULL: the gradient */
  guint start;             /* the layer that the plans let relevance start at */
  gboolean planned, computed;
  LrpTensor *input;   /* what was computed last */
  gboolean repeated;  /* nothing was to be done in the last pass back */
  guint redo;         /* above this layer, what the last pass back left is what the next would find there */
  LrpTensor *started; /* what the last pass back started from */
  LrpRun *sibling;    /* for another batch, or NULL */
};

/* The step whose output is that input of a step. */
static inline LrpStep *
lrp_run_producer (const LrpRun *run, guint index, guint input)
{
  return &run->steps[run->steps[index].layer->inputs[input]];
}

/* Chooses threads for a run: see lrp_threads_enter(). */
static inline LrpThreads
lrp_run_enter (const LrpRun *run)
{
  return lrp_threads_enter (run->single ? 0 : run->macs);
}

/* How many inputs of steps a step's output is. */
guint lrp_run_n_readers (const LrpRun *run, guint index);

/* Makes every layer's rule ready for relevance that starts at `start`; nothing is done if it was the same last time. */
gboolean lrp_run_plan (LrpRun *run, const LrpComposite *composite, guint start, GCancellable *cancellable,
                       GError **error);

G_END_DECLS
