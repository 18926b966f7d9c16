/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-pattern.c: activations and normalisations in pieces become one layer that computes the same, through which
 * relevance passes as through the whole */
#include "nets.h"

#include <math.h>

/* Layers from the last one down, each with the inputs that follow it, as in src/lrp/canonize-pattern.c, but built here:
 * a kind, the number that it has, and how many inputs; "x" is the input of the network. */
typedef struct
{
  const char *name;
  const char *pieces;
  LrpOpKind kind;
  double alpha;
} Case;

#define MINUS_MEAN "sum x scale=-1 reduce-mean x"
#define SQUARE(x)  "product " x " " x

static const Case cases[] = {
  { "gelu", "scale=.5 product x bias=1 erf scale=.70710678118 x", LRP_OP_GELU, 0 },
  { "gelu, half first", "product bias=1 erf scale=.70710678118 x scale=.5 x", LRP_OP_GELU, 0 },
  { "gelu, half last", "product x scale=.5 bias=1 erf scale=.70710678118 x", LRP_OP_GELU, 0 },
  { "gelu, half precision", "scale=.5 product x bias=1 erf scale=.70703125 x", LRP_OP_GELU, 0 },
  { "gelu by tanh", "scale=.5 product x bias=1 tanh scale=.7978845608 sum x scale=.044715 product x product x x",
    LRP_OP_GELU_TANH, 0 },
  { "gelu by tanh, factored",
    "product scale=.5 x bias=1 tanh scale=.7978845608 product x bias=1 scale=.044715 product x x", LRP_OP_GELU_TANH,
    0 },
  { "silu", "product x sigmoid x", LRP_OP_SILU, 1 },
  { "silu, gate first", "product sigmoid x x", LRP_OP_SILU, 1 },
  { "silu with a slope", "product x sigmoid scale=1.702 x", LRP_OP_SILU, 1.702 },
  { "softplus", "log bias=1 exp x", LRP_OP_SOFTPLUS, 0 },
  { "mish", "product x tanh softplus x", LRP_OP_MISH, 0 },
  { "mish, in more pieces", "product tanh log bias=1 exp x x", LRP_OP_MISH, 0 },
  { "relu6 over relu", "capped-relu=6 relu x", LRP_OP_CAPPED_RELU, 6 },
  { "hard sigmoid", "scale=.16666667 capped-relu=6 bias=3 x", LRP_OP_HARD_SIGMOID, 1 / 6. },
  { "hard sigmoid of Keras", "capped-relu=1 bias=.5 scale=.2 x", LRP_OP_HARD_SIGMOID, 0.2 },
  { "hard swish", "scale=.16666667 product x capped-relu=6 bias=3 x", LRP_OP_HARD_SWISH, 0 },
  { "hard swish, gate first", "product scale=.16666667 capped-relu=6 bias=3 x x", LRP_OP_HARD_SWISH, 0 },
  { "a vector of length 1", "product x reciprocal clip=1e-12 sqrt reduce-sum " SQUARE ("x"), LRP_OP_RMS_NORM, 0 },
  { "a vector of length 1, repeated", "product x reciprocal resize=8 clip=1e-12 sqrt reduce-sum " SQUARE ("x"),
    LRP_OP_RMS_NORM, 0 },
  { "layer norm", "product " MINUS_MEAN " reciprocal sqrt bias=1e-5 reduce-mean " SQUARE (MINUS_MEAN),
    LRP_OP_LAYER_NORM, 1e-5 },
  { "rms norm", "product x reciprocal sqrt bias=1e-6 reduce-mean " SQUARE ("x"), LRP_OP_RMS_NORM, 1e-6 },
};

/* Almost the same, but not: these stay as they are. */
static const Case strangers[] = {
  { "another constant", "scale=.5 product x bias=1 erf scale=.70 x", LRP_OP_GELU, 0 },
  { "another sum", "scale=.5 product x bias=2 erf scale=.70710678 x", LRP_OP_GELU, 0 },
  { "no half", "product x bias=1 erf scale=.70710678 x", LRP_OP_GELU, 0 },
  { "two signals", "product relu x sigmoid x", LRP_OP_SILU, 0 },
  { "clipped elsewhere", "scale=.16666667 capped-relu=5 bias=3 x", LRP_OP_HARD_SIGMOID, 0 },
  { "not centred", "product x reciprocal sqrt bias=1e-5 reduce-mean " SQUARE (MINUS_MEAN), LRP_OP_LAYER_NORM, 0 },
  { "shorter than 1", "product x reciprocal clip=.5 sqrt reduce-sum " SQUARE ("x"), LRP_OP_RMS_NORM, 0 },
  { "a sum for a mean", "product x reciprocal sqrt bias=1e-6 reduce-sum " SQUARE ("x"), LRP_OP_RMS_NORM, 0 },
  { "below zero", "product x reciprocal sqrt bias=-1e-30 reduce-mean " SQUARE ("x"), LRP_OP_RMS_NORM, 0 },
};

static LrpOpKind
kind_of (const char *name)
{
  for (guint i = 0; i < LRP_N_OPS; i++)
    if (g_str_equal (lrp_op_kind_name (i), name))
      return i;
  g_error ("no kind %s", name);
}

/* What a piece has a number for. */
static void
set_number (LrpLayer *layer, double number, guint axes)
{
  if (layer->kind == LRP_OP_RESIZE)
    layer->resize.size[2] = (gint64) number;
  else if (layer->kind == LRP_OP_REDUCE_MEAN || layer->kind == LRP_OP_REDUCE_SUM)
    layer->reduce = (LrpReduce){ axes, TRUE };
  else if (layer->kind != LRP_OP_SUM && layer->kind != LRP_OP_PRODUCT)
    layer->activation = (LrpActivation){ number, layer->kind == LRP_OP_CLIP ? (double) INFINITY : 0, 0 };
}

/* From the end to the beginning, with a stack of layers that wait for their readers. */
static void
build (LrpNetwork *network, const char *pieces, guint x, guint axes)
{
  g_auto (GStrv) words = g_strsplit (pieces, " ", -1);
  guint open[16], n = 0;

  for (guint i = g_strv_length (words); i-- > 0;)
    {
      g_auto (GStrv) parts = g_strsplit (words[i], "=", 2);
      double number = parts[1] ? g_ascii_strtod (parts[1], NULL) : 0;
      LrpLayer *layer;
      guint inputs[2];
      if (g_str_equal (parts[0], "x"))
        {
          open[n++] = x;
          continue;
        }
      layer = lrp_layer_new (kind_of (parts[0]), NULL);
      if (layer->kind == LRP_OP_SCALE || layer->kind == LRP_OP_BIAS)
        layer->weights = lrp_tensor_new_copy (&LRP_SHAPE (1), (const float[]){ (float) number }, NULL);
      else
        set_number (layer, number, axes);
      inputs[0] = open[--n];
      inputs[1] = layer->kind == LRP_OP_SUM || layer->kind == LRP_OP_PRODUCT ? open[--n] : 0;
      lrp_layer_set_inputs (layer, inputs, layer->kind == LRP_OP_SUM || layer->kind == LRP_OP_PRODUCT ? 2 : 1);
      open[n++] = nets_add (network, layer, -1);
    }
  g_assert_cmpuint (n, ==, 1);
  network->output = open[0];
}

static guint
count_kind (const LrpNetwork *network, LrpOpKind kind)
{
  guint count = 0;

  for (guint i = 0; i < network->layers->len; i++)
    count += lrp_network_get_layer (network, i)->kind == kind;
  return count;
}

static LrpTensor *
output_of (LrpNetwork *network, const LrpTensor *input)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpRun) run = lrp_run_new (network, &input->shape, &error);

  g_assert_no_error (error);
  g_assert_true (lrp_run_forward (run, input, NULL, &error));
  return lrp_run_dup_activation (run, network->output, &error);
}

static LrpNetwork *
canonize_same (LrpNetwork *network, const LrpTensor *input)
{
  g_autoptr (GError) error = NULL;
  LrpNetwork *canonical = lrp_network_canonize (network, &error);
  g_autoptr (LrpTensor) want = output_of (network, input), got = NULL;

  g_assert_no_error (error);
  got = output_of (canonical, input);
  for (gsize i = 0; i < want->count; i++)
    g_assert_cmpfloat (fabs ((double) (want->data[i] - got->data[i])), <=,
                       2e-4 * fmax (1, fabs ((double) want->data[i])));
  return canonical;
}

/* Numbers from -5 to 5, so that every branch of the functions is met. */
static LrpTensor *
wide_input (void)
{
  LrpTensor *input = nets_tensor (&LRP_SHAPE (2, 3, 8), 5);

  for (gsize i = 0; i < input->count; i++)
    input->data[i] *= 5;
  return input;
}

static LrpTensor *
relevance_of (LrpNetwork *network, const LrpTensor *input, const LrpTensor *start)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpRun) run = lrp_run_new (network, &input->shape, &error);
  g_autoptr (LrpComposite) composite = lrp_composite_new ("epsilon", &error);

  g_assert_true (lrp_run_forward (run, input, NULL, &error));
  g_assert_true (
      lrp_run_pass_back (run, &(LrpPass){ composite, NULL, lrp_run_get_network (run)->output, start }, NULL, &error));
  g_assert_no_error (error);
  return lrp_run_dup_relevance (run, 0, &error);
}

/* The number that a pattern left open. */
static double
get_alpha (const LrpLayer *layer)
{
  return layer->kind == LRP_OP_LAYER_NORM || layer->kind == LRP_OP_RMS_NORM ? layer->norm.epsilon
                                                                            : layer->activation.alpha;
}

/* All pieces become one layer, and relevance passes through it unchanged. */
static void
test_whole (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (LrpNetwork) network = lrp_network_new ("pieces", "input", &LRP_SHAPE (1, 3, 8)), canonical = NULL;
  g_autoptr (LrpTensor) input = wide_input (), start = nets_tensor (&LRP_SHAPE (2, 3, 8), 9), relevance = NULL;
  const LrpLayer *layer;

  build (network, c->pieces, 0, 1u << 2);
  canonical = canonize_same (network, input);
  g_assert_cmpuint (canonical->layers->len, ==, 2);
  layer = lrp_network_get_layer (canonical, 1);
  g_assert_cmpstr (lrp_op_kind_name (layer->kind), ==, lrp_op_kind_name (c->kind));
  g_assert_cmpfloat_with_epsilon (get_alpha (layer), c->alpha, 1e-6);
  relevance = relevance_of (canonical, input, start);
  g_assert_cmpmem (relevance->data, relevance->count * sizeof (float), start->data, start->count * sizeof (float));
}

static void
test_stranger (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (LrpNetwork) network = lrp_network_new ("pieces", "input", &LRP_SHAPE (1, 3, 8)), canonical = NULL;
  g_autoptr (LrpTensor) input = wide_input ();

  build (network, c->pieces, 0, 1u << 2);
  canonical = canonize_same (network, input);
  g_assert_cmpuint (count_kind (canonical, c->kind), ==, 0);
}

/* Means over the last two axes are one normalisation, and so are those over the middle one alone, as over the channels
 * of a picture; relevance passes all of them unchanged. */
static void
test_axes (void)
{
  const Case *layer_norm = &cases[G_N_ELEMENTS (cases) - 2];
  static const struct
  {
    guint axes;
    gint64 axis;
  } means[] = { { 1u << 2, 2 }, { 3u << 1, 1 }, { 1u << 1, 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (means); i++)
    {
      g_autoptr (LrpNetwork) network = lrp_network_new ("pieces", "input", &LRP_SHAPE (1, 3, 8)), canonical = NULL;
      g_autoptr (LrpTensor) input = wide_input (), start = nets_tensor (&LRP_SHAPE (2, 3, 8), 9), relevance = NULL;
      build (network, layer_norm->pieces, 0, means[i].axes);
      canonical = canonize_same (network, input);
      g_assert_cmpuint (canonical->layers->len, ==, 2);
      g_assert_cmpuint (count_kind (canonical, LRP_OP_LAYER_NORM), ==, 1);
      g_assert_cmpint (lrp_network_get_layer (canonical, 1)->norm.axis, ==, means[i].axis);
      relevance = relevance_of (canonical, input, start);
      g_assert_cmpmem (relevance->data, relevance->count * sizeof (float), start->data, start->count * sizeof (float));
    }
}

/* The constant that an activation multiplies its input by first is not the dense layer's below it. */
static void
test_after_dense (void)
{
  g_autoptr (LrpNetwork) network = lrp_network_new ("pieces", "input", &LRP_SHAPE (1, 3, 8)), canonical = NULL;
  g_autoptr (LrpTensor) input = wide_input ();
  LrpLayer *bias = lrp_layer_new (LRP_OP_BIAS, NULL);
  guint x;

  nets_add (network, nets_dense (8, 6, FALSE, 3), -1);
  bias->weights = nets_tensor (&LRP_SHAPE (6), 4);
  x = nets_add (network, bias, -1);
  build (network, cases[0].pieces, x, 0);
  canonical = canonize_same (network, input);
  g_assert_cmpuint (canonical->layers->len, ==, 3);
  g_assert_cmpuint (count_kind (canonical, LRP_OP_GELU), ==, 1);
}

/* A piece that somebody else reads stays for him. */
static void
test_shared_piece (void)
{
  g_autoptr (LrpNetwork) network = lrp_network_new ("pieces", "input", &LRP_SHAPE (1, 3, 8)), canonical = NULL;
  g_autoptr (LrpTensor) input = wide_input ();
  LrpLayer *sum = lrp_layer_new (LRP_OP_SUM, NULL);
  const guint both[] = { 1, 2 };

  build (network, "product x sigmoid x", 0, 0);
  lrp_layer_set_inputs (sum, both, 2);
  network->output = nets_add (network, sum, -1);
  canonical = canonize_same (network, input);
  g_assert_cmpuint (count_kind (canonical, LRP_OP_SILU), ==, 1);
  g_assert_cmpuint (count_kind (canonical, LRP_OP_SIGMOID), ==, 1);
}

/* Scale and shift of a normalisation, one number for each place of the last axis: part of it, the shift a bias. */
static void
test_scale_and_shift (void)
{
  g_autoptr (LrpNetwork) network = lrp_network_new ("pieces", "input", &LRP_SHAPE (1, 3, 8)), canonical = NULL;
  g_autoptr (LrpTensor) input = wide_input (), start = nets_tensor (&LRP_SHAPE (2, 3, 8), 9), relevance = NULL,
                        y = NULL;
  LrpLayer *scale = lrp_layer_new (LRP_OP_SCALE, NULL), *shift = lrp_layer_new (LRP_OP_BIAS, NULL);

  build (network, cases[G_N_ELEMENTS (cases) - 2].pieces, 0, 1u << 2);
  scale->weights = nets_tensor (&LRP_SHAPE (1, 1, 8), 2);
  shift->weights = nets_tensor (&LRP_SHAPE (8), 3);
  nets_add (network, scale, (int) network->output);
  network->output = nets_add (network, shift, -1);
  canonical = canonize_same (network, input);
  g_assert_cmpuint (canonical->layers->len, ==, 2);
  y = output_of (canonical, input);
  relevance = relevance_of (canonical, input, start);
  for (gsize i = 0; i < y->count; i++)
    {
      double want = (double) start->data[i] * (1 - (double) shift->weights->data[i % 8] / (double) y->data[i]);
      g_assert_cmpfloat (fabs ((double) relevance->data[i] - want), <=, 1e-3 * fmax (1, fabs (want)));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/pattern/whole/", cases[i].name, NULL);
      g_test_add_data_func (path, &cases[i], test_whole);
    }
  for (guint i = 0; i < G_N_ELEMENTS (strangers); i++)
    {
      g_autofree char *path = g_strconcat ("/pattern/stranger/", strangers[i].name, NULL);
      g_test_add_data_func (path, &strangers[i], test_stranger);
    }
  g_test_add_func ("/pattern/axes", test_axes);
  g_test_add_func ("/pattern/after-dense", test_after_dense);
  g_test_add_func ("/pattern/shared-piece", test_shared_piece);
  g_test_add_func ("/pattern/scale-and-shift", test_scale_and_shift);
  return g_test_run ();
}
