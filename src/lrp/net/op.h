/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op.h: the kinds of layers, and what each needs to know */
#pragma once

#include "lrp/base/tensor.h"

G_BEGIN_DECLS

/* ORDER: the rows of the operator table in op.c */
typedef enum
{
  LRP_OP_INPUT,
  LRP_OP_CONV,           /* weights [K, C/group, R, S], bias [K]; window */
  LRP_OP_CONV_TRANSPOSE, /* weights [C, K/group, R, S], bias [K]; window */
  LRP_OP_DENSE,          /* weights [K, C], bias [K]; over the last axis of the input */
  LRP_OP_BIAS,           /* adds `weights`, broadcast as NumPy does */
  LRP_OP_SCALE,          /* times a constant `weights`, broadcast as NumPy does */
  LRP_OP_BATCH_NORM,     /* weights [4, C]: scale, shift, mean, variance; alpha: epsilon */
  LRP_OP_RELU,
  LRP_OP_LEAKY_RELU, /* alpha: slope for x < 0 */
  LRP_OP_TANH,
  LRP_OP_SIGMOID,
  LRP_OP_ELU,              /* alpha (exp x - 1) for x < 0 */
  LRP_OP_SELU,             /* gamma times ELU with alpha */
  LRP_OP_CELU,             /* alpha (exp (x / alpha) - 1) for x < 0 */
  LRP_OP_GELU,             /* x Phi (x) */
  LRP_OP_GELU_TANH,        /* its approximation by tanh */
  LRP_OP_SILU,             /* x sigmoid (alpha x) */
  LRP_OP_MISH,             /* x tanh (softplus x) */
  LRP_OP_HARD_SWISH,       /* x times x / 6 + 1/2, which is cut off at 0 and 1 */
  LRP_OP_HARD_SIGMOID,     /* alpha x + beta, cut off at 0 and 1 */
  LRP_OP_SOFTPLUS,         /* log (1 + exp x) */
  LRP_OP_SOFTSIGN,         /* x / (1 + |x|) */
  LRP_OP_CAPPED_RELU,      /* from 0 to alpha: ReLU6 has 6 */
  LRP_OP_CLIP,             /* from alpha to beta */
  LRP_OP_THRESHOLDED_RELU, /* 0 up to alpha, x above */
  LRP_OP_PRELU,            /* weights: slope for x < 0, broadcast as NumPy does */
  LRP_OP_ERF,
  LRP_OP_EXP,
  LRP_OP_LOG,
  LRP_OP_SQRT,
  LRP_OP_ABS,
  LRP_OP_RECIPROCAL,
  LRP_OP_LAYER_NORM, /* over all axes from `axis` on, or of these only `axes`; weights, bias: scale, shift, broadcast;
                        alpha: epsilon */
  LRP_OP_RMS_NORM,   /* the same, without mean and shift */
  LRP_OP_GROUP_NORM, /* over window.group groups of channels; weights [C], bias [C]; alpha: epsilon */
  LRP_OP_LOCAL_RESPONSE, /* x / (gamma + alpha mean x^2)^beta over kernel[0] channels (axis 1) or x kernel[0] pixels (2)
                          */
  LRP_OP_MAX_POOL,       /* window */
  LRP_OP_AVERAGE_POOL,   /* window */
  LRP_OP_SUM_POOL,       /* window */
  LRP_OP_GLOBAL_MAX_POOL,
  LRP_OP_GLOBAL_AVERAGE_POOL,
  LRP_OP_RESIZE,      /* resize */
  LRP_OP_REDUCE_MEAN, /* axes, keep_axes */
  LRP_OP_REDUCE_SUM,  /* axes, keep_axes */
  LRP_OP_REDUCE_MAX,  /* axes, keep_axes */
  LRP_OP_MATMUL,      /* two inputs [..., M, K] and [..., K, N]; axes before the last two are broadcast */
  LRP_OP_SUM,       /* two or more inputs, broadcast as NumPy does; axis: 1: stabilised as the linear layer before it */
  LRP_OP_CONCAT,    /* axis */
  LRP_OP_FLATTEN,   /* axis: dimensions before it become the first, the others the second */
  LRP_OP_RESHAPE,   /* target: 0 copies a dimension, -1 takes the rest */
  LRP_OP_TRANSPOSE, /* perm */
  LRP_OP_PAD,       /* pads, filled with alpha */
  LRP_OP_IDENTITY,
  LRP_OP_DROPOUT,     /* as when predicting: nothing happens */
  LRP_OP_SOFTMAX,     /* axis */
  LRP_OP_LOG_SOFTMAX, /* axis */
  LRP_OP_SLICE,       /* pads: where each axis begins and ends, as far as the axis reaches; steps */
  LRP_OP_PRODUCT,     /* of two inputs, broadcast as NumPy does; axis: 1 or 2: that input is a gate; 0: look for one */
  LRP_OP_CONSTANT,    /* `weights` for each sample of the input, whose numbers do not count */
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
  gint64 output_padding[2]; /* of a transposed convolution: what its output has beyond its last window */
  gint64 output_size[2];    /* of a transposed convolution; unless it is 0, padding is found for it */
  gint64 group;
  LrpAutoPad auto_pad;
  gboolean ceil_mode;
  gboolean count_include_pad;
} LrpWindow;

/* A window of 1x1, stride and dilation 1, one group, no padding. */
#define LRP_WINDOW_INIT                                                                                                \
  {                                                                                                                    \
    .kernel = { 1, 1 }, .stride = { 1, 1 }, .dilation = { 1, 1 }, .group = 1                                           \
  }

/* What an element of a resized tensor is made of. */
typedef enum
{
  LRP_RESIZE_NEAREST,
  LRP_RESIZE_LINEAR,
} LrpInterpolation;

/* Where element x of the result lies in the input, as ONNX calls it; s: the scale. */
typedef enum
{
  LRP_RESIZE_HALF_PIXEL,         /* (x + 1/2) / s - 1/2 */
  LRP_RESIZE_PYTORCH_HALF_PIXEL, /* the same, but 0 where the result has length 1 */
  LRP_RESIZE_ALIGN_CORNERS,      /* first on first, last on last */
  LRP_RESIZE_ASYMMETRIC,         /* x / s */
} LrpCoordinates;

/* Which element is the nearest. */
typedef enum
{
  LRP_RESIZE_ROUND_PREFER_FLOOR,
  LRP_RESIZE_ROUND_PREFER_CEIL,
  LRP_RESIZE_FLOOR,
  LRP_RESIZE_CEIL,
} LrpRounding;

/* Each axis has either a scale or a size; where both are 0 it stays as it is. */
typedef struct
{
  LrpInterpolation interpolation;
  LrpCoordinates coordinates;
  LrpRounding rounding;
  double scale[LRP_MAX_RANK];
  gint64 size[LRP_MAX_RANK];
} LrpResize;

/**
 * LrpLayer:
 * @name: as in the file; unique in its network
 * @kind: which operator
 * @inputs: (array length=n_inputs): layers whose outputs it reads
 * @shape: of its output, for the batch the network was declared with
 * @shape_of_more: of its output, for one sample more; rank 0 where the layer works for the declared batch only
 * @weights: (nullable): see #LrpOpKind
 * @bias: (nullable): [K]
 * @cell: (nullable): the recurrent layer that this is a part of, at one of its time steps
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
  char *cell;
  LrpWindow window;
  double alpha, beta, gamma;
  gint64 axis;
  guint axes;         /* bit i: axis i */
  gboolean keep_axes; /* as axes of length 1 */
  LrpResize resize;
  LrpShape target;
  guint perm[LRP_MAX_RANK];
  gint64 pads[2 * LRP_MAX_RANK]; /* begin of every axis, then end of every axis */
  gint64 steps[LRP_MAX_RANK];    /* never 0; below 0 the axis is walked backwards */
};

const char *lrp_op_kind_name (LrpOpKind kind);
/* TRUE for layers with weights that rules apply to: convolution, transposed convolution and dense. */
gboolean lrp_op_is_linear (LrpOpKind kind);
/* TRUE for convolution and transposed convolution. */
gboolean lrp_op_is_convolution (LrpOpKind kind);
/* How many channels a linear layer gives. */
gint64 lrp_layer_n_outputs (const LrpLayer *layer);

LrpLayer *lrp_layer_new (LrpOpKind kind, const char *name) G_GNUC_WARN_UNUSED_RESULT;
LrpLayer *lrp_layer_copy (const LrpLayer *layer) G_GNUC_WARN_UNUSED_RESULT;
void lrp_layer_free (LrpLayer *layer);
/* Which axis of its output counts the samples; -1 if none does. */
int lrp_layer_batch_axis (const LrpLayer *layer);
void lrp_layer_set_inputs (LrpLayer *layer, const guint *inputs, guint n_inputs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LrpLayer, lrp_layer_free)

G_END_DECLS
