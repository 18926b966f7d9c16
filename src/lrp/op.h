/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op.h: the kinds of layers, and what each needs to know */
#pragma once

#include "lrp/tensor.h"

G_BEGIN_DECLS

/* ORDER: the rows of the operator table in op.c */
typedef enum
{
  LRP_OP_INPUT,
  LRP_OP_CONV,          /* weights [K, C/group, R, S], bias [K]; window */
  LRP_OP_DENSE,         /* weights [K, C], bias [K]; over the last axis of the input */
  LRP_OP_BIAS,          /* adds `weights`, broadcast as NumPy does */
  LRP_OP_SCALE,         /* times a constant `weights`, broadcast as NumPy does */
  LRP_OP_BATCH_NORM,    /* weights [4, C]: scale, shift, mean, variance; alpha: epsilon */
  LRP_OP_RELU,
  LRP_OP_LEAKY_RELU,    /* alpha: slope for x < 0 */
  LRP_OP_TANH,
  LRP_OP_SIGMOID,
  LRP_OP_MAX_POOL,      /* window */
  LRP_OP_AVERAGE_POOL,  /* window */
  LRP_OP_GLOBAL_MAX_POOL,
  LRP_OP_GLOBAL_AVERAGE_POOL,
  LRP_OP_SUM,           /* two or more inputs, broadcast as NumPy does; axis: 1: stabilised as the linear layer before it */
  LRP_OP_CONCAT,        /* axis */
  LRP_OP_FLATTEN,       /* axis: dimensions before it become the first, the others the second */
  LRP_OP_RESHAPE,       /* target: 0 copies a dimension, -1 takes the rest */
  LRP_OP_TRANSPOSE,     /* perm */
  LRP_OP_PAD,           /* pads, filled with alpha */
  LRP_OP_IDENTITY,
  LRP_OP_DROPOUT,       /* as when predicting: nothing happens */
  LRP_OP_SOFTMAX,       /* axis */
  LRP_OP_LOG_SOFTMAX,   /* axis */
  LRP_OP_SLICE,         /* pads: where each axis begins and ends, as far as the axis reaches; steps */
  LRP_OP_PRODUCT,       /* of two inputs, broadcast as NumPy does; axis: 1 or 2: that input is a gate; 0: look for one */
  LRP_OP_CONSTANT,      /* `weights` for each sample of the input, whose numbers do not count */
  LRP_N_OPS
} LrpOpKind;

/**
 * LrpAutoPad:
 * @LRP_AUTO_PAD_NONE: the pads given count
 * @LRP_AUTO_PAD_SAME_UPPER: output = ceil (input / stride), an odd pad goes to the end
 * @LRP_AUTO_PAD_SAME_LOWER: the same, an odd pad goes to the beginning
 * @LRP_AUTO_PAD_VALID: no padding
 *
 * How the padding of a window is found.
 */
typedef enum
{
  LRP_AUTO_PAD_NONE,
  LRP_AUTO_PAD_SAME_UPPER,
  LRP_AUTO_PAD_SAME_LOWER,
  LRP_AUTO_PAD_VALID,
} LrpAutoPad;

/* A sliding window over height and width, of a convolution or a pooling. Dilation 1 is dense. */
typedef struct
{
  gint64 kernel[2], stride[2], dilation[2];
  gint64 pad_begin[2], pad_end[2];
  gint64 group;
  LrpAutoPad auto_pad;
  gboolean ceil_mode;
  gboolean count_include_pad;
} LrpWindow;

/* A window of 1x1, stride and dilation 1, one group, no padding. */
#define LRP_WINDOW_INIT { .kernel = { 1, 1 }, .stride = { 1, 1 }, .dilation = { 1, 1 }, .group = 1 }

/**
 * LrpLayer:
 * @name: as in the file; unique in its network
 * @kind: which operator
 * @inputs: (array length=n_inputs): layers whose outputs it reads
 * @shape: of its output, for the batch the network was declared with
 * @shape_of_more: of its output, for one sample more; rank 0 where the layer works for the declared batch only
 * @weights: (nullable): see #LrpOpKind
 * @bias: (nullable): [K]
 *
 * One node of the graph. Which of the remaining fields count is said beside each #LrpOpKind.
 */
struct _LrpLayer
{
  char *name;
  LrpOpKind kind;
  guint n_inputs;
  guint *inputs;
  LrpShape shape, shape_of_more;
  LrpTensor *weights;
  LrpTensor *bias;
  LrpWindow window;
  double alpha;
  gint64 axis;
  LrpShape target;
  guint perm[LRP_MAX_RANK];
  gint64 pads[2 * LRP_MAX_RANK]; /* begin of every axis, then end of every axis */
  gint64 steps[LRP_MAX_RANK];    /* never 0; below 0 the axis is walked backwards */
};

const char *lrp_op_kind_name (LrpOpKind kind);
/* TRUE for layers with weights that rules apply to: convolution and dense. */
gboolean lrp_op_is_linear (LrpOpKind kind);

LrpLayer *lrp_layer_new (LrpOpKind kind, const char *name) G_GNUC_WARN_UNUSED_RESULT;
LrpLayer *lrp_layer_copy (const LrpLayer *layer) G_GNUC_WARN_UNUSED_RESULT;
void lrp_layer_free (LrpLayer *layer);
/* Which axis of its output counts the samples; -1 if none does. */
int lrp_layer_batch_axis (const LrpLayer *layer);
void lrp_layer_set_inputs (LrpLayer *layer, const guint *inputs, guint n_inputs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LrpLayer, lrp_layer_free)

G_END_DECLS
