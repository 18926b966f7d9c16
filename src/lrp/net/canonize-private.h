/* SPDX-License-Identifier: GPL-3.0-or-later */
/* canonize-private.h: a network while it is rewritten; private to the core */
#pragma once

#include "lrp/net/network.h"

G_BEGIN_DECLS

/* The graph being rewritten. A layer that was merged into another is gone, and that other one stands for it. */
typedef struct
{
  GPtrArray *layers; /* own copies */
  guint *stands_for; /* layer -> the layer that now gives its output */
  guint *readers;    /* how many inputs of layers its output is; being the network's output counts as one */
  guint output;
  const LrpEnd *end; /* how it ends, if that was found and cut off */
  int class_axis;    /* which axis of the output is that of the classes; -1: nothing says it */
} LrpRewrite;

static inline guint
lrp_rewrite_resolve (const LrpRewrite *rw, guint index)
{
  while (rw->stands_for[index] != index)
    index = rw->stands_for[index];
  return index;
}

static inline LrpLayer *
lrp_rewrite_layer (const LrpRewrite *rw, guint index)
{
  return rw->layers->pdata[index];
}

/* Turns a layer into what it and those below it compute together, if exporters are known to take that apart. */
gboolean lrp_rewrite_pattern (LrpRewrite *rw, guint index);
/* Finds what makes probabilities of the scores, behind whatever keeps these as they are, and cuts it off. */
void lrp_rewrite_end (LrpRewrite *rw);

G_END_DECLS
