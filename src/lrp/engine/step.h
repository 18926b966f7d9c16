/* SPDX-License-Identifier: GPL-3.0-or-later */
/* step.h: a layer compiled into a run, and what an operator must know to be one; private to the core */
#pragma once

#include "lrp/rules/composite.h"
#include "lrp/base/layout.h"
#include "lrp/net/network.h"
#include "lrp/engine/run.h"

G_BEGIN_DECLS

/* What is known about the sign of an operator's output. */
typedef enum
{
  LRP_SIGN_ANY,
  LRP_SIGN_NOT_NEGATIVE,
  LRP_SIGN_FOLLOWS, /* not negative if no input is */
} LrpSign;

typedef struct _LrpStep LrpStep;
typedef struct _LrpLinear LrpLinear;

/* Room that all steps of a run share, of the largest step's size. */
typedef struct
{
  float *z, *s;    /* like an output */
  float *part, *c; /* like an input */
} LrpScratch;

/**
 * LrpStep:
 * @layer: what is computed
 * @index: which layer of the network it is
 * @network: whose layer it is
 * @n_inputs: how many inputs
 * @x: (array length=n_inputs): the inputs, in @in_block
 * @x_not_negative: (array length=n_inputs): no element of that input is below zero
 * @in_block: the block that the operator wants its inputs in
 * @y: its output
 * @r: relevance (or gradient) at its output
 * @not_negative: no element of @y is below zero
 * @window: where a window slides over pictures: the layer's, with the padding worked out
 * @state: what the operator keeps (indices, constants)
 * @dead_negative: no relevance arrives where @y is below zero, because a ReLU follows and all above it multiply by it
 * @stabilizer: for a sum: what keeps its denominators from zero
 * @linear: for linear layers: primitives and the rule's plan
 *
 * One layer of a run.
 */
struct _LrpStep
{
  const LrpLayer *layer;
  LrpNetwork *network;
  guint n_inputs;
  LrpBuffer *x;
  gboolean *x_not_negative;
  gsize in_block;
  LrpBuffer y;
  LrpBuffer r;
  gboolean not_negative;
  gboolean dead_negative;
  guint index;
  LrpWindow window;
  gpointer state;
  float stabilizer;
  LrpLinear *linear;
};

/* One call of an operator's backward function. */
typedef struct
{
  gboolean gradient; /* no rules: the gradient, but for what activation says */
  LrpActivationMode activation;
  double smoothness;         /* of LRP_ACTIVATION_SMOOTH */
  const LrpStep *references; /* of another input: slopes between it and this one take the gradient's place; or NULL */
  const LrpStep *reference;  /* that of the step at work */
  gboolean pools_average;
  gboolean *sign_lost; /* set where a negative gamma turned the sign of a denominator */
  float **rx;          /* where the relevance of input i goes, in the step's in_block; it is overwritten */
  const LrpScratch *scratch;
  LrpFlow *flow; /* bias and stabilizer are added to */
} LrpBackward;

/* A row of the operator table. in: the shapes of the inputs. */
struct _LrpOp
{
  const char *name;
  guint min_inputs, max_inputs;
  LrpSign sign;
  gboolean (*shape) (const LrpLayer *layer, const LrpShape *in, LrpShape *out, GError **error);
  /* Sets in_block and the block of y (which is not yet allocated). */
  gboolean (*compile) (LrpStep *step, gsize *out_block, GError **error);
  void (*forward) (LrpStep *step);
  void (*backward) (LrpStep *step, const LrpBackward *call);
  void (*free_state) (LrpStep *step);
  gboolean linear;
  gboolean windowed; /* its layers have a window */
  gboolean slopes;   /* its backward function may multiply by a slope where the composite asks for it */
  guint
      secant; /* its slope from a reference is found at so many points of the way; 0: its backward function finds it */
  const char *leak; /* why relevance is not conserved here, a sentence for people (translatable); or NULL */
};

const LrpOp *lrp_op_get (LrpOpKind kind);

/* The stabiliser wherever a rule does not name its own, and its sign convention: sign (0) is +. */
#define LRP_STABILIZER 1e-6f

static inline float
lrp_stabilize (float z, float epsilon)
{
  return z >= 0 ? z + epsilon : z - epsilon;
}

/* r / z, where 0 / 0 is 0: only with epsilon 0 can the denominator be exactly zero. */
static inline float
lrp_share (float r, float stabilized)
{
  return stabilized != 0 ? r / stabilized : 0;
}

/* What the operators' files offer to the table. */
#define SHAPE(name)    gboolean name (const LrpLayer *layer, const LrpShape *in, LrpShape *out, GError **error)
#define COMPILE(name)  gboolean name (LrpStep *step, gsize *out_block, GError **error)
#define FORWARD(name)  void name (LrpStep *step)
#define BACKWARD(name) void name (LrpStep *step, const LrpBackward *call)

SHAPE (lrp_input_shape);
SHAPE (lrp_same_shape);
SHAPE (lrp_activation_shape);
SHAPE (lrp_axis_shape);
SHAPE (lrp_conv_shape);
SHAPE (lrp_conv_transpose_shape);
SHAPE (lrp_dense_shape);
SHAPE (lrp_broadcast_shape);
SHAPE (lrp_batch_norm_shape);
SHAPE (lrp_layer_norm_shape);
SHAPE (lrp_group_norm_shape);
SHAPE (lrp_local_response_shape);
SHAPE (lrp_resize_shape);
SHAPE (lrp_reduce_shape);
SHAPE (lrp_matmul_shape);
SHAPE (lrp_pool_shape);
SHAPE (lrp_global_pool_shape);
SHAPE (lrp_sum_shape);
SHAPE (lrp_concat_shape);
SHAPE (lrp_flatten_shape);
SHAPE (lrp_reshape_shape);
SHAPE (lrp_transpose_shape);
SHAPE (lrp_pad_shape);
SHAPE (lrp_slice_shape);
SHAPE (lrp_product_shape);
SHAPE (lrp_constant_shape);

COMPILE (lrp_same_compile);  /* inputs and output in the block of the first input */
COMPILE (lrp_plain_compile); /* inputs and output in row-major order */
COMPILE (lrp_conv_compile);
COMPILE (lrp_conv_transpose_compile);
COMPILE (lrp_dense_compile);
COMPILE (lrp_broadcast_compile);
COMPILE (lrp_batch_norm_compile);
COMPILE (lrp_normalize_compile);
COMPILE (lrp_local_response_compile);
COMPILE (lrp_resize_compile);
COMPILE (lrp_reduce_compile);
COMPILE (lrp_pool_compile);
COMPILE (lrp_concat_compile);
COMPILE (lrp_spread_compile); /* the block of the first input if all are of one shape, else row-major order */
COMPILE (lrp_product_compile);

FORWARD (lrp_linear_forward);
FORWARD (lrp_bias_forward);
FORWARD (lrp_scale_forward);
FORWARD (lrp_batch_norm_forward);
FORWARD (lrp_activation_forward);
FORWARD (lrp_prelu_forward);
FORWARD (lrp_normalize_forward);
FORWARD (lrp_local_response_forward);
FORWARD (lrp_map_forward);
FORWARD (lrp_map_max_forward);
FORWARD (lrp_matmul_forward);
FORWARD (lrp_max_pool_forward);
FORWARD (lrp_average_pool_forward);
FORWARD (lrp_sum_forward);
FORWARD (lrp_concat_forward);
FORWARD (lrp_copy_forward);
FORWARD (lrp_move_forward);
FORWARD (lrp_softmax_forward);
FORWARD (lrp_slice_forward);
FORWARD (lrp_product_forward);
FORWARD (lrp_constant_forward);

BACKWARD (lrp_linear_backward);
BACKWARD (lrp_bias_backward);
BACKWARD (lrp_scale_backward);
BACKWARD (lrp_activation_backward);
BACKWARD (lrp_prelu_backward);
BACKWARD (lrp_normalize_backward);
BACKWARD (lrp_local_response_backward);
BACKWARD (lrp_map_backward);
BACKWARD (lrp_map_max_backward);
BACKWARD (lrp_matmul_backward);
BACKWARD (lrp_max_pool_backward);
BACKWARD (lrp_average_pool_backward);
BACKWARD (lrp_sum_backward);
BACKWARD (lrp_concat_backward);
BACKWARD (lrp_copy_backward);
BACKWARD (lrp_move_backward);
BACKWARD (lrp_softmax_backward);
BACKWARD (lrp_log_softmax_backward);
BACKWARD (lrp_slice_backward);
BACKWARD (lrp_product_backward);
BACKWARD (lrp_constant_backward);

FORWARD (lrp_linear_free);
FORWARD (lrp_normalize_free);
FORWARD (lrp_local_response_free);
FORWARD (lrp_map_free);
FORWARD (lrp_broadcast_free);
FORWARD (lrp_pool_free);

#undef SHAPE
#undef COMPILE
#undef FORWARD
#undef BACKWARD

/* Where the elements of an output stand in an input: walked row by row, the output's last axis being the rows. A
 * stride of 0 repeats an input along an axis of the output that it does not have. */
typedef struct
{
  LrpShape out;
  gint64 first;
  gint64 stride[LRP_MAX_RANK];
} LrpSpread;

/* The shape of inputs that meet element by element, as NumPy defines it. */
gboolean lrp_spread_shape (const LrpShape *in, guint n, LrpShape *out, GError **error);
LrpSpread lrp_spread_new (const LrpShape *in, const LrpShape *out);
gint64 lrp_spread_row (const LrpSpread *spread, gsize row);
/* The rows of an output: how many, and how long. */
gsize lrp_spread_rows (const LrpSpread *spread, gsize *length);
/* Adds numbers like the output to the places they came from; rx is emptied first. */
void lrp_spread_collect (const LrpSpread *spread, const LrpBuffer *x, const float *numbers, float *rx);

/* Works out automatic padding for an input of h x w; sets the output's height and width. */
gboolean lrp_window_resolve (LrpWindow *window, const gint64 *in, gint64 *out, GError **error);
/* The same for a transposed convolution, whose windows lie on the output. */
gboolean lrp_window_resolve_transposed (LrpWindow *window, const gint64 *in, gint64 *out, GError **error);

/* Whether a constant can be spread over a tensor as NumPy does; an error says so. */
gboolean lrp_broadcast_check (const LrpTensor *constant, const LrpShape *shape, GError **error);
/* Row-major: the constant's element that each element of `shape` meets. */
void lrp_broadcast_fill (const LrpTensor *constant, const LrpShape *shape, float *out);

G_END_DECLS
