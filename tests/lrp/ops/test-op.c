/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-op.c: every operator's numbers by hand, and its gradient against finite differences */
#include "nets.h"

#include <math.h>

/* --- a layer of every kind, for tests that walk the operator table ------------------------------------------------ */

typedef struct
{
  LrpOpKind kind;
  LrpShape in;
  void (*set_up) (LrpLayer *layer);
} Sample;

static void
set_window (LrpLayer *layer, gint64 kernel, gint64 stride, gint64 pad)
{
  for (guint i = 0; i < 2; i++)
    {
      layer->window.kernel[i] = kernel;
      layer->window.stride[i] = stride;
      layer->window.pad_begin[i] = layer->window.pad_end[i] = pad;
    }
}

static void
set_conv (LrpLayer *layer)
{
  layer->weights = nets_tensor (&LRP_SHAPE (4, 2, 3, 3), 1);
  layer->bias = nets_tensor (&LRP_SHAPE (4), 2);
  set_window (layer, 3, 2, 1);
  layer->window.group = 2;
}

static void
set_dense (LrpLayer *layer)
{
  layer->weights = nets_tensor (&LRP_SHAPE (5, 4), 1);
  layer->bias = nets_tensor (&LRP_SHAPE (5), 2);
}

static void
set_conv_transpose (LrpLayer *layer)
{
  set_conv (layer);
  lrp_tensor_unref (layer->weights);
  layer->weights = nets_tensor (&LRP_SHAPE (4, 2, 3, 3), 1);
  layer->window.output_padding[1] = 1;
}

static void
set_constant (LrpLayer *layer)
{
  layer->weights = nets_tensor (&LRP_SHAPE (4, 1, 6), 1);
}

static void
set_batch_norm (LrpLayer *layer)
{
  layer->weights = nets_positive (&LRP_SHAPE (4, 4), 1);
  layer->norm.epsilon = 1e-5;
}

static void
set_slope (LrpLayer *layer)
{
  layer->activation.alpha = 0.1;
}

static void
set_two (LrpLayer *layer)
{
  layer->activation.alpha = 0.75;
  layer->activation.beta = 0.5;
  layer->activation.gamma = 1.25;
}

static void
set_hard (LrpLayer *layer)
{
  layer->activation.alpha = 0.6;
  layer->activation.beta = 0.5;
}

static void
set_limits (LrpLayer *layer)
{
  layer->activation.alpha = -0.5;
  layer->activation.beta = 0.25;
}

/* Over the channels of each place. */
static void
set_channel_norm (LrpLayer *layer)
{
  layer->norm.axis = 1;
  layer->norm.axes = 1u << 1;
  layer->weights = nets_tensor (&LRP_SHAPE (4, 1, 1), 1);
  layer->bias = nets_tensor (&LRP_SHAPE (4, 1, 1), 2);
  layer->norm.epsilon = 0.01;
}

static void
set_layer_norm (LrpLayer *layer)
{
  layer->norm.axis = 2;
  layer->weights = nets_tensor (&LRP_SHAPE (7, 6), 1);
  layer->bias = nets_tensor (&LRP_SHAPE (6), 2);
  layer->norm.epsilon = 0.01;
}

static void
set_group_norm (LrpLayer *layer)
{
  layer->weights = nets_tensor (&LRP_SHAPE (4), 1);
  layer->bias = nets_tensor (&LRP_SHAPE (4), 2);
  layer->norm.groups = 2;
  layer->norm.epsilon = 0.01;
}

static void
set_local_response (LrpLayer *layer)
{
  layer->response = (LrpResponse){ .size = 2, .alpha = 0.75, .beta = 0.5, .bias = 1.25 };
}

static void
set_resize (LrpLayer *layer)
{
  layer->resize.interpolation = LRP_RESIZE_LINEAR;
  layer->resize.scale[2] = 1.7;
  layer->resize.size[3] = 4;
}

static void
set_axes (LrpLayer *layer)
{
  layer->reduce.axes = 1u << 1 | 1u << 3;
}

static void
set_pool (LrpLayer *layer)
{
  set_window (layer, 3, 2, 1);
  layer->window.ceil_mode = TRUE;
}

static void
set_padded_pool (LrpLayer *layer)
{
  set_pool (layer);
  layer->window.count_include_pad = TRUE;
}

static void
set_axis (LrpLayer *layer)
{
  layer->axis = 1;
}

static void
set_reshape (LrpLayer *layer)
{
  layer->target = LRP_SHAPE (0, 2, -1);
}

static void
set_transpose (LrpLayer *layer)
{
  memcpy (layer->perm, (guint[]){ 0, 3, 1, 2 }, 4 * sizeof (guint));
}

static void
set_pads (LrpLayer *layer)
{
  layer->pad = (LrpPad){ { 0, 1, 2, -1 }, { 0, 0, 1, 2 }, 0.5 };
}

static void
set_slice (LrpLayer *layer)
{
  layer->slice = (LrpSlice){ { 0, 1, 6, 1 }, { 2, 3, -1, G_MAXINT64 }, { 1, 1, -2, 3 } };
}

static void
nothing (LrpLayer *layer)
{
}

#define IMAGE                                                                                                          \
  {                                                                                                                    \
    4,                                                                                                                 \
    {                                                                                                                  \
      2, 4, 7, 6                                                                                                       \
    }                                                                                                                  \
  }

/* ORDER: LrpOpKind, the input left out */
static const Sample samples[] = {
  { LRP_OP_CONV, IMAGE, set_conv },
  { LRP_OP_CONV_TRANSPOSE, IMAGE, set_conv_transpose },
  { LRP_OP_DENSE, { 2, { 3, 4 } }, set_dense },
  { LRP_OP_BIAS, IMAGE, set_constant },
  { LRP_OP_SCALE, IMAGE, set_constant },
  { LRP_OP_BATCH_NORM, IMAGE, set_batch_norm },
  { LRP_OP_RELU, IMAGE, nothing },
  { LRP_OP_LEAKY_RELU, IMAGE, set_slope },
  { LRP_OP_TANH, IMAGE, nothing },
  { LRP_OP_SIGMOID, IMAGE, nothing },
  { LRP_OP_ELU, IMAGE, set_two },
  { LRP_OP_SELU, IMAGE, set_two },
  { LRP_OP_CELU, IMAGE, set_two },
  { LRP_OP_GELU, IMAGE, nothing },
  { LRP_OP_GELU_TANH, IMAGE, nothing },
  { LRP_OP_SILU, IMAGE, set_two },
  { LRP_OP_MISH, IMAGE, nothing },
  { LRP_OP_HARD_SWISH, IMAGE, nothing },
  { LRP_OP_HARD_SIGMOID, IMAGE, set_hard },
  { LRP_OP_SOFTPLUS, IMAGE, nothing },
  { LRP_OP_SOFTSIGN, IMAGE, nothing },
  { LRP_OP_CAPPED_RELU, IMAGE, set_two },
  { LRP_OP_CLIP, IMAGE, set_limits },
  { LRP_OP_THRESHOLDED_RELU, IMAGE, set_slope },
  { LRP_OP_PRELU, IMAGE, set_constant },
  { LRP_OP_ERF, IMAGE, nothing },
  { LRP_OP_EXP, IMAGE, nothing },
  { LRP_OP_LOG, IMAGE, nothing },
  { LRP_OP_SQRT, IMAGE, nothing },
  { LRP_OP_ABS, IMAGE, nothing },
  { LRP_OP_RECIPROCAL, IMAGE, nothing },
  { LRP_OP_LAYER_NORM, IMAGE, set_channel_norm },
  { LRP_OP_RMS_NORM, IMAGE, set_layer_norm },
  { LRP_OP_GROUP_NORM, IMAGE, set_group_norm },
  { LRP_OP_LOCAL_RESPONSE, IMAGE, set_local_response },
  { LRP_OP_MAX_POOL, IMAGE, set_pool },
  { LRP_OP_AVERAGE_POOL, IMAGE, set_padded_pool },
  { LRP_OP_SUM_POOL, IMAGE, set_pool },
  { LRP_OP_GLOBAL_MAX_POOL, IMAGE, nothing },
  { LRP_OP_GLOBAL_AVERAGE_POOL, IMAGE, nothing },
  { LRP_OP_RESIZE, IMAGE, set_resize },
  { LRP_OP_REDUCE_MEAN, IMAGE, set_axes },
  { LRP_OP_REDUCE_SUM, IMAGE, set_axes },
  { LRP_OP_REDUCE_MAX, IMAGE, set_axes },
  { LRP_OP_MATMUL, { 4, { 2, 3, 4, 5 } }, nothing },
  { LRP_OP_SUM, IMAGE, nothing },
  { LRP_OP_CONCAT, IMAGE, set_axis },
  { LRP_OP_FLATTEN, IMAGE, set_axis },
  { LRP_OP_RESHAPE, IMAGE, set_reshape },
  { LRP_OP_TRANSPOSE, IMAGE, set_transpose },
  { LRP_OP_PAD, IMAGE, set_pads },
  { LRP_OP_IDENTITY, IMAGE, nothing },
  { LRP_OP_DROPOUT, IMAGE, nothing },
  { LRP_OP_SOFTMAX, IMAGE, set_axis },
  { LRP_OP_LOG_SOFTMAX, IMAGE, set_axis },
  { LRP_OP_SLICE, IMAGE, set_slice },
  { LRP_OP_PRODUCT, IMAGE, nothing },
  { LRP_OP_CONSTANT, IMAGE, set_constant },
};
G_STATIC_ASSERT (G_N_ELEMENTS (samples) == LRP_N_OPS - 1);

/* Lifts numbers from -1 .. 1 to 0.5 .. 2.5, where logarithms and roots are. */
static void
add_lift (LrpNetwork *network)
{
  LrpLayer *lift = lrp_layer_new (LRP_OP_BIAS, NULL);

  lift->weights = lrp_tensor_new_copy (&LRP_SHAPE (1), (float[]){ 1.5f }, NULL);
  nets_add (network, lift, -1);
}

/* Tokens in heads [N, T, heads, width] to queries [N, heads, T, width] and keys [N, heads, width, T]. */
static void
set_heads (LrpNetwork *network, LrpLayer *product)
{
  static const guint perms[2][4] = { { 0, 2, 1, 3 }, { 0, 2, 3, 1 } };
  guint sides[2];

  for (guint i = 0; i < 2; i++)
    {
      LrpLayer *side = lrp_layer_new (LRP_OP_TRANSPOSE, NULL);
      memcpy (side->perm, perms[i], sizeof perms[i]);
      sides[i] = nets_add (network, side, 0);
    }
  lrp_layer_set_inputs (product, sides, 2);
}

/* A network with that one layer; those that join several also read the input's double, a matrix product reads the input
 * and its transpose. */
static LrpNetwork *
make_network (const Sample *sample)
{
  LrpNetwork *network = lrp_network_new ("sample", "input", &sample->in);
  LrpLayer *layer = lrp_layer_new (sample->kind, NULL);

  sample->set_up (layer);
  if (sample->kind == LRP_OP_LOG || sample->kind == LRP_OP_SQRT || sample->kind == LRP_OP_RECIPROCAL)
    add_lift (network);
  if (sample->kind == LRP_OP_MATMUL)
    set_heads (network, layer);
  if (sample->kind == LRP_OP_SUM || sample->kind == LRP_OP_CONCAT || sample->kind == LRP_OP_PRODUCT)
    {
      LrpLayer *twice = lrp_layer_new (LRP_OP_SCALE, NULL);
      twice->weights = lrp_tensor_new_copy (&LRP_SHAPE (1), (float[]){ 2 }, NULL);
      nets_add (network, twice, -1);
      lrp_layer_set_inputs (layer, (guint[]){ 0, 1, 0 }, sample->kind == LRP_OP_PRODUCT ? 2 : 3);
    }
  nets_add (network, layer, -1);
  return network;
}

static double
weighted_score (LrpRun *run, const LrpTensor *input, const LrpTensor *weights)
{
  g_autoptr (LrpTensor) scores = NULL;
  double sum = 0;

  g_assert_true (lrp_run_forward (run, input, NULL, NULL));
  scores = lrp_run_dup_activation (run, lrp_run_get_network (run)->output, NULL);
  for (gsize i = 0; i < scores->count; i++)
    sum += (double) scores->data[i] * (double) weights->data[i];
  return sum;
}

/* The slopes of the score to the right and to the left of one element of x. */
typedef struct
{
  double right, left;
} Slopes;

static Slopes
measure_slopes (LrpRun *run, LrpTensor *x, gsize i, double step, const LrpTensor *weights)
{
  float here = x->data[i];
  double middle = weighted_score (run, x, weights), right, left;

  x->data[i] = here + (float) step;
  right = weighted_score (run, x, weights);
  x->data[i] = here - (float) step;
  left = weighted_score (run, x, weights);
  x->data[i] = here;
  return (Slopes){ (right - middle) / step, (middle - left) / step };
}

static LrpTensor *
gradient_at (LrpRun *run, const LrpTensor *x, const LrpTensor *weights)
{
  g_autoptr (GError) error = NULL;

  weighted_score (run, x, weights);
  g_assert_true (
      lrp_run_pass_back (run, &(LrpPass){ NULL, NULL, lrp_run_get_network (run)->output, weights }, NULL, &error));
  g_assert_no_error (error);
  return lrp_run_dup_relevance (run, 0, NULL);
}

/* Whether the derivative stays within `allowed` of what it is in the middle, from `step` to the left to `step` to the
 * right. Two kinks, one on each side, can hide from differences: both slopes then are wrong alike. */
static gboolean
is_steady (LrpRun *run, LrpTensor *x, gsize i, double step, const LrpTensor *weights, double middle, double allowed)
{
  float here = x->data[i];
  double most = 0;

  for (int side = -1; side <= 1; side += 2)
    {
      g_autoptr (LrpTensor) gradient = NULL;
      x->data[i] = here + (float) (side * step);
      gradient = gradient_at (run, x, weights);
      most = fmax (most, fabs ((double) gradient->data[i] - middle));
    }
  x->data[i] = here;
  return most <= allowed;
}

/* Every derivative of a weighted sum of all outputs against central differences. Where both sides disagree, or steps of
 * h and 2 h, or the derivative itself changes on the way, a kink lies close by, and there is no one derivative to
 * compare with. */
static void
check_gradient (LrpNetwork *network, const LrpTensor *input, double h)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpRun) run = lrp_run_new (network, &input->shape, &error);
  g_autoptr (LrpTensor) weights = NULL;
  g_autoptr (LrpTensor) gradient = NULL;
  g_autoptr (LrpTensor) x = lrp_tensor_new_copy (&input->shape, input->data, NULL);
  double top = 0;
  guint smooth = 0;

  g_assert_no_error (error);
  weights = nets_tensor (lrp_run_get_shape (run, network->output), 77);
  gradient = gradient_at (run, input, weights);
  for (gsize i = 0; i < gradient->count; i++)
    top = fmax (top, fabs ((double) gradient->data[i]));
  for (gsize i = 0; i < input->count; i++)
    {
      Slopes near = measure_slopes (run, x, i, h, weights), far = measure_slopes (run, x, i, 2 * h, weights);
      double central = (near.right + near.left) / 2, g = (double) gradient->data[i];
      if (fabs (near.right - near.left) > 1e-2 * top || fabs (central - (far.right + far.left) / 2) > 2e-3 * top
          || !is_steady (run, x, i, h, weights, g, 1e-2 * top))
        continue;
      smooth++;
      g_assert_cmpfloat (fabs (central - g), <=, 1e-2 * top);
    }
  g_assert_cmpuint (smooth, >, input->count / 2);
}

static void
test_gradient (gconstpointer data)
{
  const Sample *sample = data;
  g_autoptr (LrpNetwork) network = make_network (sample);
  g_autoptr (LrpTensor) input = nets_tensor (&sample->in, 5);

  check_gradient (network, input, 1e-2);
}

static void
test_network_gradient (gconstpointer data)
{
  LrpNetwork *(*make) (gboolean) = data;
  g_autoptr (LrpNetwork) network = make (TRUE);
  g_autoptr (LrpTensor) input = nets_tensor (&LRP_SHAPE (2, 2, 12, 12), 5);

  check_gradient (network, input, 1e-3); /* many kinks lie close by */
}

/* --- slopes between two inputs ------------------------------------------------------------------------------------ */

/* The rescale rule, for every row: slopes times the way from the reference give the change of the output [Shrikumar17].
 */
static void
test_rescale (gconstpointer data)
{
  const Sample *sample = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpNetwork) network = make_network (sample);
  g_autoptr (LrpTensor) x = nets_tensor (&sample->in, 5), x0 = nets_tensor (&sample->in, 6);
  g_autoptr (LrpRun) run = lrp_run_new (network, &sample->in, &error),
                     reference = lrp_run_new (network, &sample->in, &error);
  g_autoptr (LrpTensor) weights = NULL, slopes = NULL;
  double change, sum = 0, size = 0;

  g_assert_no_error (error);
  for (gsize i = 0; i < x0->count; i += 3) /* here and there nothing changes */
    x0->data[i] = x->data[i];
  weights = nets_tensor (lrp_run_get_shape (run, network->output), 77);
  change = weighted_score (run, x, weights) - weighted_score (reference, x0, weights);
  g_assert_true (lrp_run_pass_back (run, &(LrpPass){ NULL, reference, network->output, weights }, NULL, &error));
  g_assert_no_error (error);
  slopes = lrp_run_dup_relevance (run, 0, NULL);
  for (gsize i = 0; i < x->count; i++)
    {
      double part = (double) slopes->data[i] * ((double) x->data[i] - (double) x0->data[i]);
      sum += part;
      size += fabs (part);
    }
  g_assert_cmpfloat (size, >, 0);
  g_assert_cmpfloat (fabs (sum - change), <=, 1e-4 * size);
}

/* --- numbers by hand ---------------------------------------------------------------------------------------------- */

/* One layer on one input, and what comes out. */
static LrpTensor *
compute (LrpLayer *layer, const LrpShape *shape, const float *x)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpNetwork) network = lrp_network_new ("one", "input", shape);
  g_autoptr (LrpTensor) input = lrp_tensor_new_copy (shape, x, NULL);
  g_autoptr (LrpRun) run = NULL;

  nets_add (network, layer, -1);
  run = lrp_run_new (network, shape, &error);
  g_assert_no_error (error);
  g_assert_true (lrp_run_forward (run, input, NULL, &error));
  return lrp_run_dup_activation (run, network->output, NULL);
}

static void
assert_values (const LrpTensor *got, const float *want, gsize n)
{
  g_assert_cmpuint (got->count, ==, n);
  for (gsize i = 0; i < n; i++)
    g_assert_cmpfloat_with_epsilon (got->data[i], want[i], 1e-6);
}

static const float ramp[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 };

static void
test_conv_by_hand (void)
{
  LrpLayer *layer = lrp_layer_new (LRP_OP_CONV, NULL);
  g_autoptr (LrpTensor) got = NULL;

  layer->weights = lrp_tensor_new_copy (&LRP_SHAPE (1, 1, 2, 2), (float[]){ 1, 0, 0, -1 }, NULL);
  layer->bias = lrp_tensor_new_copy (&LRP_SHAPE (1), (float[]){ 10 }, NULL);
  layer->window.kernel[0] = layer->window.kernel[1] = 2;
  layer->window.pad_begin[0] = 1;
  got = compute (layer, &LRP_SHAPE (1, 1, 2, 3), (float[]){ 1, 2, 3, 4, 5, 6 });
  assert_values (got, (float[]){ 8, 7, 6, 6 }, 4);
}

typedef struct
{
  const char *name;
  LrpOpKind kind;
  LrpAutoPad auto_pad;
  gint64 kernel, stride, pad_begin, pad_end;
  gboolean ceil_mode, count_include_pad;
  guint n;
  float want[16];
} PoolCase;

/* On the 4x4 ramp 1 .. 16, as PyTorch and ONNX define them. */
static const PoolCase pools[] = {
  { "max", LRP_OP_MAX_POOL, 0, 2, 2, 0, 0, FALSE, FALSE, 4, { 6, 8, 14, 16 } },
  { "max-ceil", LRP_OP_MAX_POOL, 0, 3, 2, 0, 0, TRUE, FALSE, 4, { 11, 12, 15, 16 } },
  { "max-floor", LRP_OP_MAX_POOL, 0, 3, 2, 0, 0, FALSE, FALSE, 1, { 11 } },
  { "max-padded", LRP_OP_MAX_POOL, 0, 3, 2, 1, 1, FALSE, FALSE, 4, { 6, 8, 14, 16 } },
  { "average", LRP_OP_AVERAGE_POOL, 0, 2, 2, 0, 0, FALSE, FALSE, 4, { 3.5f, 5.5f, 11.5f, 13.5f } },
  { "average-padded", LRP_OP_AVERAGE_POOL, 0, 2, 2, 1, 1, FALSE, FALSE, 9, { 1, 2.5f, 4, 7, 8.5f, 10, 13, 14.5f, 16 } },
  { "average-counting-pad",
    LRP_OP_AVERAGE_POOL,
    0,
    2,
    2,
    1,
    1,
    FALSE,
    TRUE,
    9,
    { 0.25f, 1.25f, 1, 3.5f, 8.5f, 5, 3.25f, 7.25f, 4 } },
  { "average-ceil", LRP_OP_AVERAGE_POOL, 0, 3, 2, 0, 0, TRUE, TRUE, 4, { 6, 7.5f, 12, 13.5f } },
  { "same-upper", LRP_OP_MAX_POOL, LRP_AUTO_PAD_SAME_UPPER, 3, 2, 0, 0, FALSE, FALSE, 4, { 11, 12, 15, 16 } },
  { "same-lower", LRP_OP_MAX_POOL, LRP_AUTO_PAD_SAME_LOWER, 3, 2, 0, 0, FALSE, FALSE, 4, { 6, 8, 14, 16 } },
  { "global-max", LRP_OP_GLOBAL_MAX_POOL, 0, 1, 1, 0, 0, FALSE, FALSE, 1, { 16 } },
  { "global-average", LRP_OP_GLOBAL_AVERAGE_POOL, 0, 1, 1, 0, 0, FALSE, FALSE, 1, { 8.5f } },
};

static void
test_pool_by_hand (gconstpointer data)
{
  const PoolCase *c = data;
  LrpLayer *layer = lrp_layer_new (c->kind, NULL);
  g_autoptr (LrpTensor) got = NULL;

  set_window (layer, c->kernel, c->stride, c->pad_begin);
  layer->window.auto_pad = c->auto_pad;
  layer->window.ceil_mode = c->ceil_mode;
  layer->window.count_include_pad = c->count_include_pad;
  got = compute (layer, &LRP_SHAPE (1, 1, 4, 4), ramp);
  assert_values (got, c->want, c->n);
}

static void
test_reshaping_by_hand (void)
{
  LrpLayer *transpose = lrp_layer_new (LRP_OP_TRANSPOSE, NULL), *pad = lrp_layer_new (LRP_OP_PAD, NULL);
  g_autoptr (LrpTensor) turned = NULL;
  g_autoptr (LrpTensor) padded = NULL;

  transpose->perm[1] = 2;
  transpose->perm[2] = 1;
  turned = compute (transpose, &LRP_SHAPE (1, 2, 3), ramp);
  assert_values (turned, (float[]){ 1, 4, 2, 5, 3, 6 }, 6);
  pad->pad = (LrpPad){ { 0, 1 }, { 0, -1 }, 9 };
  padded = compute (pad, &LRP_SHAPE (1, 3), ramp);
  assert_values (padded, (float[]){ 9, 1, 2 }, 3);
}

static void
test_normalising_by_hand (void)
{
  LrpLayer *norm = lrp_layer_new (LRP_OP_BATCH_NORM, NULL), *softmax = lrp_layer_new (LRP_OP_SOFTMAX, NULL);
  g_autoptr (LrpTensor) normal = NULL;
  g_autoptr (LrpTensor) probabilities = NULL;

  norm->weights = lrp_tensor_new_copy (&LRP_SHAPE (4, 2), (float[]){ 2, 1, 5, 0, 1, 2, 4, 1 }, NULL);
  normal = compute (norm, &LRP_SHAPE (1, 2), (float[]){ 3, 3 });
  assert_values (normal, (float[]){ 7, 1 }, 2);
  softmax->axis = 1;
  probabilities = compute (softmax, &LRP_SHAPE (1, 3), (float[]){ 1000, 1000, 0 });
  assert_values (probabilities, (float[]){ 0.5f, 0.5f, 0 }, 3);
}

/* Ties: the first maximum in row-major order takes all; in any layout. */
static void
test_first_maximum_wins (gconstpointer data)
{
  guint channels = GPOINTER_TO_UINT (data);
  LrpShape shape = LRP_SHAPE (1, channels, 2, 2);
  g_autoptr (LrpNetwork) network = lrp_network_new ("ties", "input", &shape);
  g_autoptr (LrpTensor) input = lrp_tensor_new (&shape, NULL);
  g_autoptr (LrpTensor) start = nets_positive (&LRP_SHAPE (1, channels, 1, 1), 2);
  g_autoptr (LrpComposite) composite = lrp_composite_new ("epsilon", NULL);
  g_autoptr (LrpRun) run = NULL;
  g_autoptr (LrpTensor) got = NULL;
  LrpLayer *layer = lrp_layer_new (LRP_OP_MAX_POOL, NULL);

  set_window (layer, 2, 2, 0);
  nets_add (network, layer, -1);
  run = lrp_run_new (network, &shape, NULL);
  g_assert_true (lrp_run_forward (run, input, NULL, NULL));
  g_assert_true (
      lrp_run_pass_back (run, &(LrpPass){ composite, NULL, lrp_run_get_network (run)->output, start }, NULL, NULL));
  got = lrp_run_dup_relevance (run, 0, NULL);
  for (guint i = 0; i < got->count; i++)
    g_assert_cmpfloat (got->data[i], ==, i % 4 == 0 ? start->data[i / 4] : 0);
}

/* --- branches of different shapes, gates, constants --------------------------------------------------------------- */

/* Places `begin` to `end` of one axis of a layer's output, all of the others. */
static guint
add_slice (LrpNetwork *network, guint from, guint axis, gint64 begin, gint64 end)
{
  LrpLayer *layer = lrp_layer_new (LRP_OP_SLICE, NULL);
  guint rank = lrp_network_get_layer (network, from)->shape.rank;

  for (guint i = 0; i < rank; i++)
    {
      layer->slice.begin[i] = i == axis ? begin : 0;
      layer->slice.end[i] = i == axis ? end : G_MAXINT64;
      layer->slice.step[i] = 1;
    }
  return nets_add (network, layer, (int) from);
}

static guint
add_join (LrpNetwork *network, LrpOpKind kind, guint a, guint b)
{
  LrpLayer *layer = lrp_layer_new (kind, NULL);

  lrp_layer_set_inputs (layer, (guint[]){ a, b }, 2);
  return nets_add (network, layer, -1);
}

/* (x * x[:, 1:2]) * x[:, :, 3:4] + x[:, :, 0:1] * x[:, 0:1], each side broadcast in turn. */
static LrpNetwork *
make_spread (void)
{
  LrpNetwork *network = lrp_network_new ("spread", "input", &LRP_SHAPE (1, 3, 4));
  guint row = add_slice (network, 0, 1, 1, 2), column = add_slice (network, 0, 2, 3, 4);
  guint left = add_join (network, LRP_OP_PRODUCT, add_join (network, LRP_OP_PRODUCT, row, 0), column);
  guint right = add_join (network, LRP_OP_PRODUCT, column, row);

  add_join (network, LRP_OP_SUM, add_join (network, LRP_OP_SUM, column, left),
            add_join (network, LRP_OP_SUM, right, row));
  return network;
}

static void
test_spread_gradient (void)
{
  g_autoptr (LrpNetwork) network = make_spread ();
  g_autoptr (LrpTensor) input = nets_tensor (&LRP_SHAPE (2, 3, 4), 5);
  g_autoptr (LrpRun) run = lrp_run_new (network, &input->shape, NULL);
  g_autoptr (LrpTensor) got = NULL;

  check_gradient (network, input, 1e-2);
  g_assert_true (lrp_run_forward (run, input, NULL, NULL));
  got = lrp_run_dup_activation (run, network->output, NULL);
  for (gsize i = 0; i < got->count; i++)
    {
      const float *x = input->data + i / 12 * 12;
      float row = x[4 + i % 4], column = x[i % 12 / 4 * 4 + 3];
      g_assert_cmpfloat_with_epsilon (got->data[i], column + input->data[i] * row * column + row * column + row, 1e-5);
    }
}

/* Relevance at a layer below a network's output, after starting with `start` there. */
static LrpTensor *
explain (LrpNetwork *network, const LrpTensor *input, const LrpTensor *start, guint layer, LrpFlow *flow)
{
  g_autoptr (LrpComposite) composite = lrp_composite_new ("epsilon", NULL);
  g_autoptr (LrpRun) run = lrp_run_new (network, &input->shape, NULL);

  g_assert_true (lrp_run_forward (run, input, NULL, NULL));
  g_assert_true (
      lrp_run_pass_back (run, &(LrpPass){ composite, NULL, lrp_run_get_network (run)->output, start }, NULL, NULL));
  if (flow)
    *flow = *lrp_run_get_flow (run, network->output);
  return lrp_run_dup_relevance (run, layer, NULL);
}

/* Each branch of a sum gets its share of what every one of its copies gets. */
static void
test_spread_sum (void)
{
  g_autoptr (LrpNetwork) network = lrp_network_new ("sum", "input", &LRP_SHAPE (1, 2, 3));
  g_autoptr (LrpTensor) input = nets_positive (&LRP_SHAPE (2, 2, 3), 5), start = nets_tensor (&LRP_SHAPE (2, 2, 3), 6);
  g_autoptr (LrpTensor) got = NULL;
  guint row = add_slice (network, 0, 1, 1, 2);

  add_join (network, LRP_OP_SUM, row, 0);
  got = explain (network, input, start, row, NULL);
  for (guint n = 0; n < 2; n++)
    for (guint i = 0; i < 3; i++)
      {
        const float *x = input->data + n * 6, *r = start->data + n * 6;
        double want = (double) (x[3 + i] / (x[i] + x[3 + i]) * r[i]) + (double) r[3 + i] / 2;
        g_assert_cmpfloat_with_epsilon (got->data[n * 3 + i], want, 1e-4);
      }
}

typedef struct
{
  const char *name;
  LrpOpKind first, between; /* what makes one side; what lies between it and the product */
  gboolean both;            /* the other side is made alike */
  LrpGate gate;
  float part; /* of the relevance, that this side gets */
} GateCase;

static const GateCase gates[] = {
  { "sigmoid", LRP_OP_SIGMOID, LRP_OP_IDENTITY, FALSE, LRP_GATE_UNKNOWN, 0 },
  { "softmax", LRP_OP_SOFTMAX, LRP_OP_DROPOUT, FALSE, LRP_GATE_UNKNOWN, 0 },
  { "moved", LRP_OP_SIGMOID, LRP_OP_TRANSPOSE, FALSE, LRP_GATE_UNKNOWN, 0 },
  { "one-minus", LRP_OP_SIGMOID, LRP_OP_BIAS, FALSE, LRP_GATE_UNKNOWN, 0 },
  { "tanh", LRP_OP_TANH, LRP_OP_IDENTITY, FALSE, LRP_GATE_UNKNOWN, 0.5f },
  { "computed-on", LRP_OP_SIGMOID, LRP_OP_TANH, FALSE, LRP_GATE_UNKNOWN, 0.5f },
  { "both", LRP_OP_SIGMOID, LRP_OP_IDENTITY, TRUE, LRP_GATE_UNKNOWN, 0.5f },
  { "told-first", LRP_OP_TANH, LRP_OP_IDENTITY, FALSE, LRP_GATE_FIRST, 0 },
  { "told-second", LRP_OP_SIGMOID, LRP_OP_IDENTITY, TRUE, LRP_GATE_SECOND, 1 },
};

static guint
add_side (LrpNetwork *network, const GateCase *c)
{
  LrpLayer *first = lrp_layer_new (c->first, NULL), *between = lrp_layer_new (c->between, NULL);
  guint at;

  if (c->first == LRP_OP_SOFTMAX)
    first->axis = 1;
  at = nets_add (network, first, 0);
  if (c->between == LRP_OP_TRANSPOSE)
    memcpy (between->perm, (guint[]){ 0, 2, 1 }, 3 * sizeof (guint));
  if (c->between == LRP_OP_BIAS)
    between->weights = lrp_tensor_new_copy (&LRP_SHAPE (1), (float[]){ 1 }, NULL);
  return nets_add (network, between, (int) at);
}

/* The gate gets exactly nothing, the signal exactly all; equals get half. */
static void
test_gate (gconstpointer data)
{
  const GateCase *c = data;
  g_autoptr (LrpNetwork) network = lrp_network_new ("gate", "input", &LRP_SHAPE (1, 3, 3));
  g_autoptr (LrpTensor) input = nets_tensor (&LRP_SHAPE (2, 3, 3), 5), start = nets_tensor (&LRP_SHAPE (2, 3, 3), 6);
  g_autoptr (LrpTensor) got = NULL, other = NULL;
  LrpLayer *product = lrp_layer_new (LRP_OP_PRODUCT, NULL);
  guint side = add_side (network, c),
        second = c->both ? add_side (network, c) : nets_add (network, nets_dense (3, 3, TRUE, 7), 0);

  product->gate = c->gate;
  lrp_layer_set_inputs (product, (guint[]){ side, second }, 2);
  nets_add (network, product, -1);
  got = explain (network, input, start, side, NULL);
  other = explain (network, input, start, second, NULL);
  for (gsize i = 0; i < got->count; i++)
    {
      g_assert_cmpfloat (got->data[i], ==, c->part * start->data[i]);
      g_assert_cmpfloat (other->data[i], ==, (1 - c->part) * start->data[i]);
    }
}

/* A gate per row of a signal: squeeze-and-excitation. The other way round, a signal collects from all its copies. */
static void
test_gate_spread (void)
{
  g_autoptr (LrpNetwork) network = lrp_network_new ("gate", "input", &LRP_SHAPE (1, 2, 3));
  g_autoptr (LrpTensor) input = nets_tensor (&LRP_SHAPE (2, 2, 3), 5), start = nets_tensor (&LRP_SHAPE (2, 2, 3), 6);
  g_autoptr (LrpTensor) got = NULL, none = NULL;
  guint column = add_slice (network, 0, 2, 1, 2), gate = nets_add (network, lrp_layer_new (LRP_OP_SIGMOID, NULL), 0);

  add_join (network, LRP_OP_PRODUCT, column, gate);
  got = explain (network, input, start, column, NULL);
  none = explain (network, input, start, gate, NULL);
  for (gsize i = 0; i < got->count; i++)
    g_assert_cmpfloat_with_epsilon (got->data[i], start->data[3 * i] + start->data[3 * i + 1] + start->data[3 * i + 2],
                                    1e-6);
  for (gsize i = 0; i < none->count; i++)
    g_assert_cmpfloat (none->data[i], ==, 0);
}

/* The same numbers for every sample; what arrives there is absorbed. */
static void
test_constant (void)
{
  g_autoptr (LrpNetwork) network = lrp_network_new ("constant", "input", &LRP_SHAPE (1, 2));
  g_autoptr (LrpTensor) input = nets_tensor (&LRP_SHAPE (2, 2), 5), start = nets_positive (&LRP_SHAPE (2, 3), 6);
  g_autoptr (LrpTensor) got = NULL;
  g_autoptr (LrpRun) run = NULL;
  LrpLayer *layer = lrp_layer_new (LRP_OP_CONSTANT, NULL);
  LrpFlow flow;

  layer->weights = lrp_tensor_new_copy (&LRP_SHAPE (3), (float[]){ 1, -2, 3 }, NULL);
  nets_add (network, layer, -1);
  run = lrp_run_new (network, &input->shape, NULL);
  g_assert_true (lrp_run_forward (run, input, NULL, NULL));
  got = lrp_run_dup_activation (run, 1, NULL);
  assert_values (got, (float[]){ 1, -2, 3, 1, -2, 3 }, 6);
  lrp_tensor_unref (got);
  got = explain (network, input, start, 0, &flow);
  assert_values (got, (float[]){ 0, 0, 0, 0 }, 4);
  g_assert_cmpfloat_with_epsilon (flow.bias, lrp_tensor_sum (start), 1e-6);
}

typedef struct
{
  gint64 begin, end, step;
  guint n;
  float want[6];
} SliceCase;

/* Of 1 .. 5. */
static void
test_slice_by_hand (void)
{
  static const SliceCase cases[] = {
    { 1, 3, 1, 2, { 2, 3 } },           { 0, G_MAXINT64, 2, 3, { 1, 3, 5 } }, { 4, -1, -1, 5, { 5, 4, 3, 2, 1 } },
    { G_MAXINT64, 1, -2, 2, { 5, 3 } }, { 3, 4, G_MAXINT64, 1, { 4 } },       { 2, G_MININT64, G_MININT64, 1, { 3 } },
    { 3, 0, -1, 3, { 4, 3, 2 } },       { G_MININT64, 5, 4, 2, { 1, 5 } },    { 1, 5, 3, 2, { 2, 5 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LrpLayer *layer = lrp_layer_new (LRP_OP_SLICE, NULL);
      g_autoptr (LrpTensor) got = NULL;
      layer->slice = (LrpSlice){ { 0, cases[i].begin }, { 1, cases[i].end }, { 1, cases[i].step } };
      got = compute (layer, &LRP_SHAPE (1, 5), ramp);
      assert_values (got, cases[i].want, cases[i].n);
    }
}

/* Where the samples are counted, through layers that move them. */
static void
test_batch_axis (void)
{
  g_autoptr (LrpNetwork) network = lrp_network_new ("batch", "input", &LRP_SHAPE (1, 2, 3));
  LrpLayer *turned = lrp_layer_new (LRP_OP_TRANSPOSE, NULL), *merged = lrp_layer_new (LRP_OP_RESHAPE, NULL);
  LrpLayer *frozen = lrp_layer_new (LRP_OP_RESHAPE, NULL);
  guint t, m, f;

  memcpy (turned->perm, (guint[]){ 1, 0, 2 }, 3 * sizeof (guint));
  t = nets_add (network, turned, -1);
  merged->target = LRP_SHAPE (-1, 3);
  m = nets_add (network, merged, -1);
  frozen->target = LRP_SHAPE (2, 3);
  f = nets_add (network, frozen, -1);
  g_assert_cmpint (lrp_layer_batch_axis (lrp_network_get_layer (network, 0)), ==, 0);
  g_assert_cmpint (lrp_layer_batch_axis (lrp_network_get_layer (network, t)), ==, 1);
  g_assert_cmpint (lrp_layer_batch_axis (lrp_network_get_layer (network, m)), ==, 0);
  g_assert_cmpint (lrp_layer_batch_axis (lrp_network_get_layer (network, f)), ==, -1);
}

/* --- what is refused ---------------------------------------------------------------------------------------------- */

static void
test_refused (void)
{
  const struct
  {
    LrpShape in, weights;
    gint64 group, stride;
    const char *message;
  } cases[] = {
    { { 4, { 1, 64, 8, 8 } }, { 4, { 64, 64, 3, 3 } }, 5, 1, "conv: group count 5 does not divide 64" },
    { { 4, { 1, 3, 8, 8 } }, { 4, { 4, 2, 3, 3 } }, 1, 1, "do not fit" },
    { { 4, { 1, 3, 2, 2 } }, { 4, { 4, 3, 3, 3 } }, 1, 1, "the window spans 3" },
    { { 4, { 1, 3, 8, 8 } }, { 4, { 4, 3, 3, 3 } }, 1, 0, "stride is 0" },
    { { 3, { 1, 3, 8 } }, { 4, { 4, 3, 3, 3 } }, 1, 1, "4 dimensions" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LrpNetwork) network = lrp_network_new ("bad", "input", &cases[i].in);
      LrpLayer *layer = nets_conv (&cases[i].weights, &(LrpWindow) LRP_WINDOW_INIT, FALSE, 1);
      lrp_layer_set_inputs (layer, (guint[]){ 0 }, 1);
      layer->window.group = cases[i].group;
      layer->window.stride[0] = cases[i].stride;
      g_assert_cmpint (lrp_network_add (network, layer, &error), ==, -1);
      g_assert_nonnull (error);
      if (!strstr (error->message, cases[i].message))
        g_test_fail_printf ("“%s” does not say “%s”", error->message, cases[i].message);
    }
}

static void
test_joins_refused (void)
{
  g_autoptr (LrpNetwork) network = lrp_network_new ("bad", "input", &LRP_SHAPE (1, 2, 3));
  guint part = add_slice (network, 0, 2, 0, 2);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      LrpLayer *layer = lrp_layer_new (i ? LRP_OP_SUM : LRP_OP_PRODUCT, NULL);
      lrp_layer_set_inputs (layer, (guint[]){ 0, part }, 2);
      g_assert_cmpint (lrp_network_add (network, layer, &error), ==, -1);
      g_assert_nonnull (strstr (error->message, "1x2x3 and 1x2x2 do not fit"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char *path = g_strconcat ("/op/gradient/", lrp_op_kind_name (samples[i].kind), NULL);
      g_assert_cmpint (samples[i].kind, ==, i + 1);
      g_test_add_data_func (path, &samples[i], test_gradient);
      g_free (path);
      path = g_strconcat ("/op/rescale/", lrp_op_kind_name (samples[i].kind), NULL);
      if (samples[i].kind != LRP_OP_CONSTANT)
        g_test_add_data_func (path, &samples[i], test_rescale);
    }
  for (guint i = 0; i < G_N_ELEMENTS (pools); i++)
    {
      g_autofree char *path = g_strconcat ("/op/pool/", pools[i].name, NULL);
      g_test_add_data_func (path, &pools[i], test_pool_by_hand);
    }
  g_test_add_data_func ("/network/gradient/lenet", nets_lenet, test_network_gradient);
  g_test_add_data_func ("/network/gradient/branches", nets_branches, test_network_gradient);
  for (guint i = 0; i < G_N_ELEMENTS (gates); i++)
    {
      g_autofree char *path = g_strconcat ("/op/gate/", gates[i].name, NULL);
      g_test_add_data_func (path, &gates[i], test_gate);
    }
  g_test_add_func ("/op/gate/spread", test_gate_spread);
  g_test_add_func ("/op/spread/gradient", test_spread_gradient);
  g_test_add_func ("/op/spread/sum", test_spread_sum);
  g_test_add_func ("/op/spread/refused", test_joins_refused);
  g_test_add_func ("/op/constant", test_constant);
  g_test_add_func ("/op/slice", test_slice_by_hand);
  g_test_add_func ("/op/batch-axis", test_batch_axis);
  g_test_add_func ("/op/conv", test_conv_by_hand);
  g_test_add_func ("/op/reshaping", test_reshaping_by_hand);
  g_test_add_func ("/op/normalising", test_normalising_by_hand);
  g_test_add_data_func ("/op/max-pool/first-maximum-wins/3", GUINT_TO_POINTER (3), test_first_maximum_wins);
  g_test_add_data_func ("/op/max-pool/first-maximum-wins/32", GUINT_TO_POINTER (32), test_first_maximum_wins);
  g_test_add_func ("/op/refused", test_refused);
  return g_test_run ();
}
