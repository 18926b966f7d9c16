/* SPDX-License-Identifier: GPL-3.0-or-later */
/* op.h: the kinds of layers, and what each needs to know */
#pragma once

#include "lrp/base/tensor.h"

G_BEGIN_DECLS

/* What a kind means, and which member of the layer's parameters it has; of those named nowhere, it has none. */
typedef enum
{
  LRP_OP_INPUT,
  LRP_OP_CONV,           /* window; weights [K, C/group, R, S], bias [K] */
  LRP_OP_CONV_TRANSPOSE, /* window; weights [C, K/group, R, S], bias [K] */
  LRP_OP_DENSE,          /* weights [K, C], bias [K]; over the last axis of the input */
  LRP_OP_BIAS,           /* adds `weights`, broadcast as NumPy does */
  LRP_OP_SCALE,          /* times a constant `weights`, broadcast as NumPy does */
  LRP_OP_BATCH_NORM,     /* norm.epsilon; weights [4, C]: scale, shift, mean, variance */
  LRP_OP_RELU,
  LRP_OP_LEAKY_RELU, /* activation.alpha: slope for x < 0 */
  LRP_OP_TANH,
  LRP_OP_SIGMOID,
  LRP_OP_ELU,              /* activation: alpha (exp x - 1) for x < 0 */
  LRP_OP_SELU,             /* activation: gamma times ELU with alpha */
  LRP_OP_CELU,             /* activation: alpha (exp (x / alpha) - 1) for x < 0 */
  LRP_OP_GELU,             /* x Phi (x) */
  LRP_OP_GELU_TANH,        /* its approximation by tanh */
  LRP_OP_SILU,             /* activation: x sigmoid (alpha x) */
  LRP_OP_MISH,             /* x tanh (softplus x) */
  LRP_OP_HARD_SWISH,       /* x times x / 6 + 1/2, which is cut off at 0 and 1 */
  LRP_OP_HARD_SIGMOID,     /* activation: alpha x + beta, cut off at 0 and 1 */
  LRP_OP_SOFTPLUS,         /* log (1 + exp x) */
  LRP_OP_SOFTSIGN,         /* x / (1 + |x|) */
  LRP_OP_CAPPED_RELU,      /* activation: from 0 to alpha: ReLU6 has 6 */
  LRP_OP_CLIP,             /* activation: from alpha to beta */
  LRP_OP_THRESHOLDED_RELU, /* activation: 0 up to alpha, x above */
  LRP_OP_PRELU,            /* weights: slope for x < 0, broadcast as NumPy does */
  LRP_OP_ERF,
  LRP_OP_EXP,
  LRP_OP_LOG,
  LRP_OP_SQRT,
  LRP_OP_ABS,
  LRP_OP_RECIPROCAL,
  LRP_OP_LAYER_NORM,     /* norm, but for its groups; weights, bias: scale, shift, broadcast */
  LRP_OP_RMS_NORM,       /* the same, without mean and shift */
  LRP_OP_GROUP_NORM,     /* norm, but for its axes; weights [C], bias [C] */
  LRP_OP_LOCAL_RESPONSE, /* response */
  LRP_OP_MAX_POOL,       /* window */
  LRP_OP_AVERAGE_POOL,   /* window */
  LRP_OP_SUM_POOL,       /* window */
  LRP_OP_GLOBAL_MAX_POOL,
  LRP_OP_GLOBAL_AVERAGE_POOL,
  LRP_OP_RESIZE,      /* resize */
  LRP_OP_REDUCE_MEAN, /* reduce */
  LRP_OP_REDUCE_SUM,  /* reduce */
  LRP_OP_REDUCE_MAX,  /* reduce */
  LRP_OP_MATMUL,      /* two inputs [..., M, K] and [..., K, N]; axes before the last two are broadcast */
  LRP_OP_SUM,         /* stabilizer; two or more inputs, broadcast as NumPy does */
  LRP_OP_CONCAT,      /* axis */
  LRP_OP_FLATTEN,     /* axis: dimensions before it become the first, the others the second */
  LRP_OP_RESHAPE,     /* target: 0 copies a dimension, -1 takes the rest */
  LRP_OP_TRANSPOSE,   /* perm: which axis of the input each axis of the output is */
  LRP_OP_PAD,         /* pad */
  LRP_OP_IDENTITY,
  LRP_OP_DROPOUT,     /* as when predicting: nothing happens */
  LRP_OP_SOFTMAX,     /* axis */
  LRP_OP_LOG_SOFTMAX, /* axis */
  LRP_OP_SLICE,       /* slice */
  LRP_OP_PRODUCT,     /* gate; two inputs, broadcast as NumPy does */
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
  LRP_RESIZE_OUTWARD, /* the next one up where the result is smaller, else the next one down: ONNX until opset 10 */
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

/* The numbers of an activation function; which of them count, and what for, is said beside its kind. */
typedef struct
{
  double alpha, beta, gamma;
} LrpActivation;

/* A normalisation: over all axes from `axis` on, or of these only `axes` (bit i: axis i); or over groups of channels.
 */
typedef struct
{
  double epsilon;
  gint64 axis;
  guint axes;
  gint64 groups;
} LrpNorm;

/* x / (bias + alpha mean x^2)^beta over `size` channels at one pixel or, within a channel, `size` x `size` pixels. */
typedef struct
{
  gint64 size;
  gboolean within;
  double alpha, beta, bias;
} LrpResponse;

/* A mean, sum or maximum over axes. */
typedef struct
{
  guint axes;    /* bit i: axis i */
  gboolean keep; /* as axes of length 1 */
} LrpReduce;

/* How many elements each axis gains, or below 0 loses, at either end, and what these are. */
typedef struct
{
  gint64 begin[LRP_MAX_RANK], end[LRP_MAX_RANK];
  double value;
} LrpPad;

/* Where each axis begins and ends, as far as it reaches; steps are never 0, and below 0 it is walked backwards. */
typedef struct
{
  gint64 begin[LRP_MAX_RANK], end[LRP_MAX_RANK], step[LRP_MAX_RANK];
} LrpSlice;

/* What keeps the denominators of a sum from zero. */
typedef enum
{
  LRP_SUM_STABILIZED,           /* the composite's stabiliser, as everywhere */
  LRP_SUM_STABILIZED_AS_LINEAR, /* the epsilon of the linear layer before it: both are a recurrent cell's */
} LrpSumStabilizer;

/* Which input of a product says how much of the other one passes. */
typedef enum
{
  LRP_GATE_UNKNOWN, /* that which comes out of gates alone, if only one does; else they are equals */
  LRP_GATE_FIRST,
  LRP_GATE_SECOND,
} LrpGate;

/* Where the samples of a batch lie: number i of an output belongs to sample i / inner % batch, and there are `outer`
 * rounds of all samples. inner is 0 where samples cannot be told apart, so that there can only be one. */
typedef struct
{
  gsize outer, inner;
} LrpSamples;

/**
 * LrpLayer:
 * @name: as in the file; unique in its network
 * @kind: which operator
 * @inputs: (array length=n_inputs): layers whose outputs it reads
 * @shape: of its output, for the batch the network was declared with
 * @shape_of_more: of its output, for one sample more; rank 0 where the layer works for the declared batch only
 * @samples: where the samples lie in it
 * @weights: (nullable): see #LrpOpKind
 * @bias: (nullable): [K]
 * @cell: (nullable): the recurrent layer that this is a part of, at one of its time steps
 * @place: how many linear layers the network has up to here, itself included
 *
 * One node of the graph. Which of the other members it has is said beside each #LrpOpKind.
 */
struct _LrpLayer
{
  char *name;
  LrpOpKind kind;
  guint n_inputs;
  guint *inputs;
  LrpShape shape, shape_of_more;
  LrpSamples samples;
  LrpTensor *weights;
  LrpTensor *bias;
  char *cell;
  guint place;
  union
  {
    LrpWindow window;
    LrpActivation activation;
    LrpNorm norm;
    LrpResponse response;
    LrpResize resize;
    LrpReduce reduce;
    LrpPad pad;
    LrpSlice slice;
    LrpSumStabilizer stabilizer;
    LrpGate gate;
    gint64 axis;
    LrpShape target;
    guint perm[LRP_MAX_RANK];
  };
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
/* The dimensions of its output that belong to one sample. */
void lrp_layer_get_sample_shape (const LrpLayer *layer, LrpShape *shape);
void lrp_layer_set_inputs (LrpLayer *layer, const guint *inputs, guint n_inputs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LrpLayer, lrp_layer_free)

G_END_DECLS
