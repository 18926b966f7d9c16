/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-layers.c: activations, normalisations, transposed convolution, resizing and sums over axes compute what
 * ONNX says, which is written down here once more in double precision; and what makes no sense is refused */
#include "onnx-reading.h"

#include <math.h>
#include <string.h>

/* Takes the model; expects the numbers, and a shape unless it is NULL. */
static void
assert_computes (OnnxModel *model, const LrpShape *shape, const float *input, const char *dims, const double *expected,
                 guint n)
{
  g_autoptr (LrpNetwork) network = onnx_read_model (model);
  const LrpLayer *output = lrp_network_get_layer (network, network->output);
  g_autofree float *got = onnx_compute (network, shape, input);
  g_autofree char *text = onnx_shape_text (output);

  if (dims)
    g_assert_cmpstr (text, ==, dims);
  g_assert_cmpuint (lrp_shape_elements (&output->shape), ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpfloat_with_epsilon ((double) got[i], expected[i], 1e-5 * (1 + fabs (expected[i])));
}

/* Numbers from -1 to 1 without order. */
static void
fill (float *values, guint n, guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  for (guint i = 0; i < n; i++)
    values[i] = (float) g_rand_double_range (rand, -1, 1);
}

/* --- activations -------------------------------------------------------------------------------------------------- */

static double
f_elu (double x)
{
  return x < 0 ? 1 * (exp (x) - 1) : x;
}
static double
f_elu2 (double x)
{
  return x < 0 ? 2 * (exp (x) - 1) : x;
}
static double
f_selu (double x)
{
  return x > 0 ? 1.0507009873554805 * x : 1.0507009873554805 * 1.6732632423543772 * (exp (x) - 1);
}
static double
f_selu2 (double x)
{
  return x > 0 ? 3 * x : 3 * 2 * (exp (x) - 1);
}
static double
f_celu2 (double x)
{
  return fmax (0, x) + fmin (0, 2 * (exp (x / 2) - 1));
}
static double
f_gelu (double x)
{
  return 0.5 * x * (1 + erf (x / sqrt (2)));
}
static double
f_gelu_tanh (double x)
{
  return 0.5 * x * (1 + tanh (sqrt (2 / G_PI) * (x + 0.044715 * pow (x, 3))));
}
static double
f_hard_swish (double x)
{
  return x * fmax (0, fmin (1, x / 6 + 0.5));
}
static double
f_hard_sigmoid (double x)
{
  return fmax (0, fmin (1, 0.2 * x + 0.5));
}
static double
f_hard_sigmoid2 (double x)
{
  return fmax (0, fmin (1, 2 * x + 0.25));
}
static double
f_softplus (double x)
{
  return log (exp (x) + 1);
}
static double
f_softsign (double x)
{
  return x / (1 + fabs (x));
}
static double
f_mish (double x)
{
  return x * tanh (log (1 + exp (x)));
}
static double
f_thresholded (double x)
{
  return x > 1 ? x : 0;
}
static double
f_thresholded2 (double x)
{
  return x > 2 ? x : 0;
}
static double
f_swish (double x)
{
  return x / (1 + exp (-x));
}
static double
f_swish2 (double x)
{
  return x / (1 + exp (-2 * x));
}
static double
f_negate (double x)
{
  return -x;
}
static double
f_reciprocal (double x)
{
  return 1 / x;
}

typedef struct
{
  const char *op;
  LrpOpKind kind;
  double (*function) (double x);
  gint64 opset;
  const char *name; /* attributes; 0: not given */
  float alpha;
  const char *second;
  float beta;
  gboolean positive; /* inputs above 0 only */
} Activation;

static const Activation activations[] = {
  { "Elu", LRP_OP_ELU, f_elu, 13 },
  { "Elu", LRP_OP_ELU, f_elu2, 13, "alpha", 2 },
  { "Selu", LRP_OP_SELU, f_selu, 13 },
  { "Selu", LRP_OP_SELU, f_selu2, 13, "alpha", 2, "gamma", 3 },
  { "Celu", LRP_OP_CELU, f_elu, 13 },
  { "Celu", LRP_OP_CELU, f_celu2, 13, "alpha", 2 },
  { "Gelu", LRP_OP_GELU, f_gelu, 20 },
  { "HardSwish", LRP_OP_HARD_SWISH, f_hard_swish, 14 },
  { "HardSigmoid", LRP_OP_HARD_SIGMOID, f_hard_sigmoid, 13 },
  { "HardSigmoid", LRP_OP_HARD_SIGMOID, f_hard_sigmoid2, 13, "alpha", 2, "beta", 0.25f },
  { "Softplus", LRP_OP_SOFTPLUS, f_softplus, 13 },
  { "Softsign", LRP_OP_SOFTSIGN, f_softsign, 13 },
  { "Mish", LRP_OP_MISH, f_mish, 18 },
  { "ThresholdedRelu", LRP_OP_THRESHOLDED_RELU, f_thresholded, 13 },
  { "ThresholdedRelu", LRP_OP_THRESHOLDED_RELU, f_thresholded2, 13, "alpha", 2 },
  { "Swish", LRP_OP_SILU, f_swish, 24 },
  { "Swish", LRP_OP_SILU, f_swish2, 24, "alpha", 2 },
  { "Erf", LRP_OP_ERF, erf, 13 },
  { "Exp", LRP_OP_EXP, exp, 13 },
  { "Abs", LRP_OP_ABS, fabs, 13 },
  { "Neg", LRP_OP_SCALE, f_negate, 13 },
  { "Log", LRP_OP_LOG, log, 13, .positive = TRUE },
  { "Sqrt", LRP_OP_SQRT, sqrt, 13, .positive = TRUE },
  { "Reciprocal", LRP_OP_RECIPROCAL, f_reciprocal, 13, .positive = TRUE },
};

#define N_POINTS 17

static void
test_activations (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (activations); k++)
    {
      const Activation *a = &activations[k];
      GByteArray *node = onnx_node (a->op, "node", "x", "y");
      float x[N_POINTS];
      double expected[N_POINTS];
      g_autoptr (LrpNetwork) network = NULL;
      g_autofree float *got = NULL;
      if (a->name)
        onnx_attr_float (node, a->name, a->alpha);
      if (a->second)
        onnx_attr_float (node, a->second, a->beta);
      for (guint i = 0; i < N_POINTS; i++)
        {
          x[i] = a->positive ? 0.25f * (float) (i + 1) : 0.75f * ((float) i - N_POINTS / 2);
          expected[i] = a->function ((double) x[i]);
        }
      network = onnx_read_model (onnx_one_node (a->opset, "1x17", node));
      g_assert_cmpint (onnx_get_layer (network, "node")->kind, ==, a->kind);
      got = onnx_compute (network, &LRP_SHAPE (1, N_POINTS), x);
      for (guint i = 0; i < N_POINTS; i++)
        g_assert_cmpfloat_with_epsilon ((double) got[i], expected[i], 2e-6 * (1 + fabs (expected[i])));
    }
}

static void
test_gelu_tanh (void)
{
  GByteArray *node = onnx_node ("Gelu", "gelu", "x", "y");
  const float x[] = { -2, -0.5f, 0, 1 };
  double expected[4];

  onnx_attr_string (node, "approximate", "tanh");
  for (guint i = 0; i < 4; i++)
    expected[i] = f_gelu_tanh ((double) x[i]);
  assert_computes (onnx_one_node (20, "1x4", node), &LRP_SHAPE (1, 4), x, NULL, expected, 4);
}

/* Limits as attributes and as inputs, both, one or none. */
static void
test_clip (void)
{
  static const float x[] = { -7, -1, 3, 9 }, six = 6, zero = 0, minus = -2;
  static const struct
  {
    const char *inputs;
    LrpOpKind kind;
    double expected[4];
  } cases[] = {
    { "x zero six", LRP_OP_CAPPED_RELU, { 0, 0, 3, 6 } }, { "x zero", LRP_OP_RELU, { 0, 0, 3, 9 } },
    { "x minus six", LRP_OP_CLIP, { -2, -1, 3, 6 } },     { "x - six", LRP_OP_CLIP, { -7, -1, 3, 6 } },
    { "x minus", LRP_OP_CLIP, { -2, -1, 3, 9 } },         { "x", LRP_OP_CLIP, { -7, -1, 3, 9 } },
    { "x six minus", LRP_OP_CLIP, { -2, -2, -2, -2 } },
  };
  static const double relu6[] = { 0, 0, 3, 6 };
  GByteArray *old = onnx_node ("Clip", "clip", "x", "y");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint pass = 0; pass < 2; pass++)
      {
        OnnxModel *model = onnx_one_node (13, "1x4", onnx_node ("Clip", "clip", cases[i].inputs, "y"));
        onnx_add_initializer (model, onnx_floats ("zero", "", &zero));
        onnx_add_initializer (model, onnx_floats ("six", "", &six));
        onnx_add_initializer (model, onnx_floats ("minus", "1", &minus));
        if (pass == 0)
          assert_computes (model, &LRP_SHAPE (1, 4), x, "1x4", cases[i].expected, 4);
        else
          {
            g_autoptr (LrpNetwork) network = onnx_read_model (model);
            g_assert_cmpint (onnx_get_layer (network, "clip")->kind, ==, cases[i].kind);
          }
      }
  onnx_attr_float (old, "min", 0);
  onnx_attr_float (old, "max", 6);
  assert_computes (onnx_one_node (6 + 1, "1x4", old), &LRP_SHAPE (1, 4), x, NULL, relu6, 4);
}

static void
test_prelu (void)
{
  static const float x[] = { -1, 2, -3, -4 }, slope[] = { 0.5f, -2 };
  static const double expected[] = { -0.5, 2, 6, 8 };
  OnnxModel *model = onnx_one_node (13, "1x2x2", onnx_node ("PRelu", "prelu", "x s", "y"));

  onnx_add_initializer (model, onnx_floats ("s", "2x1", slope));
  assert_computes (model, &LRP_SHAPE (1, 2, 2), x, "1x2x2", expected, 4);
}

/* --- normalisations ----------------------------------------------------------------------------------------------- */

/* Subtracts the mean (if centred) and divides by the deviation of every stretch of `length` numbers. */
static void
normalize (const float *x, guint n, guint length, gboolean centered, double epsilon, double *out)
{
  for (guint at = 0; at < n; at += length)
    {
      double mean = 0, square = 0;
      for (guint i = at; centered && i < at + length; i++)
        mean += (double) x[i] / length;
      for (guint i = at; i < at + length; i++)
        square += pow ((double) x[i] - mean, 2) / length;
      for (guint i = at; i < at + length; i++)
        out[i] = ((double) x[i] - mean) / sqrt (square + epsilon);
    }
}

static void
test_layer_norm (void)
{
  float x[24], scale[12], shift[12];
  double expected[24];

  fill (x, 24, 1);
  fill (scale, 12, 2);
  fill (shift, 12, 3);
  for (guint axis = 1; axis < 3; axis++)
    for (guint centered = 0; centered < 2; centered++)
      {
        guint length = axis == 1 ? 12 : 4;
        GByteArray *node =
            onnx_node (centered ? "LayerNormalization" : "RMSNormalization", "norm", centered ? "x s b" : "x s", "y");
        OnnxModel *model;
        onnx_attr_int (node, "axis", axis == 2 ? -1 : 1);
        onnx_attr_float (node, "epsilon", 0.125f);
        model = onnx_one_node (centered ? 17 : 23, "2x3x4", node);
        onnx_add_initializer (model, onnx_floats ("s", axis == 1 ? "3x4" : "4", scale));
        onnx_add_initializer (model, onnx_floats ("b", axis == 1 ? "3x4" : "4", shift));
        normalize (x, 24, length, centered, 0.125, expected);
        for (guint i = 0; i < 24; i++)
          expected[i] = expected[i] * (double) scale[i % length] + (centered ? (double) shift[i % length] : 0);
        assert_computes (model, &LRP_SHAPE (2, 3, 4), x, "2x3x4", expected, 24);
      }
}

/* Groups of two channels, with scales for each group (opset 18) or channel (opset 21); groups of one channel. */
static void
test_group_norm (void)
{
  static const struct
  {
    const char *op, *dims;
    gint64 opset;
    guint group, numbers;
  } cases[] = {
    { "GroupNormalization", "2", 18, 2, 2 },
    { "GroupNormalization", "4", 21, 2, 4 },
    { "InstanceNormalization", "4", 13, 4, 4 },
  };
  float x[24], scale[4], shift[4];
  double expected[24];

  fill (x, 24, 1);
  fill (scale, 4, 2);
  fill (shift, 4, 3);
  for (guint k = 0; k < G_N_ELEMENTS (cases); k++)
    {
      GByteArray *node = onnx_node (cases[k].op, "norm", "x s b", "y");
      OnnxModel *model;
      if (cases[k].op[0] == 'G')
        onnx_attr_int (node, "num_groups", cases[k].group);
      model = onnx_one_node (cases[k].opset, "1x4x2x3", node);
      onnx_add_initializer (model, onnx_floats ("s", cases[k].dims, scale));
      onnx_add_initializer (model, onnx_floats ("b", cases[k].dims, shift));
      normalize (x, 24, 24 / cases[k].group, TRUE, 1e-5, expected);
      for (guint i = 0; i < 24; i++)
        expected[i] =
            expected[i] * (double) scale[i / (24 / cases[k].numbers)] + (double) shift[i / (24 / cases[k].numbers)];
      assert_computes (model, &LRP_SHAPE (1, 4, 2, 3), x, NULL, expected, 24);
    }
}

/* square_sum = sum of x[n, i]^2 from max (0, c - floor ((size - 1) / 2)) to min (C - 1, c + ceil ((size - 1) / 2)) */
static void
test_lrn (void)
{
  float x[30];
  double expected[30];

  fill (x, 30, 1);
  for (int size = 1; size < 5; size++)
    {
      GByteArray *node = onnx_node ("LRN", "lrn", "x", "y");
      onnx_attr_int (node, "size", size);
      onnx_attr_float (node, "alpha", 0.5f);
      onnx_attr_float (node, "beta", 0.625f);
      onnx_attr_float (node, "bias", 2);
      for (int c = 0; c < 5; c++)
        for (int s = 0; s < 6; s++)
          {
            double sum = 0;
            for (int i = MAX (0, c - (size - 1) / 2); i <= MIN (4, c + (size - 1) - (size - 1) / 2); i++)
              sum += pow ((double) x[i * 6 + s], 2);
            expected[c * 6 + s] = (double) x[c * 6 + s] / pow (2 + 0.5 / size * sum, 0.625);
          }
      assert_computes (onnx_one_node (13, "1x5x2x3", node), &LRP_SHAPE (1, 5, 2, 3), x, NULL, expected, 30);
    }
}

/* --- windows ------------------------------------------------------------------------------------------------------ */

/* Y [k, y s + r d - pad] += X [c, y] W [c, k, r], along a line. */
static void
test_conv_transpose_line (void)
{
  float x[2 * 5], w[2 * 3 * 4], b[3];
  double expected[3 * 12];
  GByteArray *node = onnx_node ("ConvTranspose", "up", "x w b", "y");
  OnnxModel *model;

  fill (x, G_N_ELEMENTS (x), 1);
  fill (w, G_N_ELEMENTS (w), 2);
  fill (b, G_N_ELEMENTS (b), 3);
  for (int i = 0; i < 36; i++)
    expected[i] = (double) b[i / 12];
  for (int c = 0; c < 2; c++)
    for (int k = 0; k < 3; k++)
      for (int y = 0; y < 5; y++)
        for (int r = 0; r < 4; r++)
          if (y * 2 + r * 2 - 1 >= 0 && y * 2 + r * 2 - 1 < 12)
            expected[k * 12 + y * 2 + r * 2 - 1] += (double) (x[c * 5 + y] * w[(c * 3 + k) * 4 + r]);
  onnx_attr_ints (node, "strides", "2");
  onnx_attr_ints (node, "dilations", "2");
  onnx_attr_ints (node, "pads", "1 3");
  onnx_attr_ints (node, "output_padding", "1");
  model = onnx_one_node (13, "1x2x5", node);
  onnx_add_initializer (model, onnx_floats ("w", "2x3x4", w));
  onnx_add_initializer (model, onnx_floats ("b", "3", b));
  assert_computes (model, &LRP_SHAPE (1, 2, 5), x, "1x3x12", expected, 36);
}

/* ONNX's own examples of how pads follow from what is wanted; a kernel of ones on one row 0, 1, 2. */
static void
test_conv_transpose_size (void)
{
  static const float x[] = { 0, 1, 2 }, ones[] = { 1, 1, 1, 1, 1 };
  static const struct
  {
    const char *auto_pad, *output_shape;
    const char *dims;
    double expected[9];
  } cases[] = {
    { "NOTSET", NULL, "1x1x1x9", { 0, 0, 1, 1, 3, 3, 3, 2, 2 } },
    { "SAME_UPPER", NULL, "1x1x1x6", { 0, 1, 1, 3, 3, 3 } },
    { "SAME_LOWER", NULL, "1x1x1x6", { 1, 1, 3, 3, 3, 2 } },
    { "VALID", NULL, "1x1x1x9", { 0, 0, 1, 1, 3, 3, 3, 2, 2 } },
    { "NOTSET", "1 8", "1x1x1x8", { 0, 1, 1, 3, 3, 3, 2, 2 } },
    { "SAME_UPPER", "1 8", "1x1x1x8", { 0, 0, 1, 1, 3, 3, 3, 2 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GByteArray *node = onnx_node ("ConvTranspose", "up", "x w", "y");
      OnnxModel *model;
      guint n = (guint) (cases[i].dims[6] - '0');
      onnx_attr_ints (node, "strides", "1 2");
      onnx_attr_string (node, "auto_pad", cases[i].auto_pad);
      if (cases[i].output_shape)
        onnx_attr_ints (node, "output_shape", cases[i].output_shape);
      model = onnx_one_node (13, "1x1x1x3", node);
      onnx_add_initializer (model, onnx_floats ("w", "1x1x1x5", ones));
      assert_computes (model, &LRP_SHAPE (1, 1, 1, 3), x, cases[i].dims, cases[i].expected, n);
    }
}

/* Convolution and pooling along a line, for two samples at once. */
static void
test_lines (void)
{
  static const float x[] = { 1, 2, 3, 4, 5, 0, 0, 1, 0, 0 }, w[] = { 1, 2, -1 };
  static const double conv[] = { 0, 4, 14, 0, 2, 0 }, max[] = { 2, 4, 5, 0, 1, 0 };
  static const double mean[] = { 3, 0.2 };
  const struct
  {
    const char *op, *inputs, *dims;
    const double *expected;
    guint n;
  } cases[] = {
    { "Conv", "x w", "1x1x3", conv, 6 },
    { "MaxPool", "x", "1x1x3", max, 6 },
    { "GlobalAveragePool", "x", "1x1x1", mean, 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GByteArray *node = onnx_node (cases[i].op, "line", cases[i].inputs, "y");
      OnnxModel *model;
      g_autoptr (LrpNetwork) network = NULL;
      g_autofree float *got = NULL;
      if (i < 2)
        {
          onnx_attr_ints (node, "kernel_shape", i == 0 ? "3" : "2");
          onnx_attr_ints (node, "strides", "2");
          onnx_attr_ints (node, "pads", i == 0 ? "1 1" : "0 1");
        }
      model = onnx_one_node (13, "?x1x5", node);
      onnx_add_initializer (model, onnx_floats ("w", "1x1x3", w));
      network = onnx_read_model (model);
      got = onnx_compute (network, &LRP_SHAPE (2, 1, 5), x);
      for (guint k = 0; k < cases[i].n; k++)
        g_assert_cmpfloat_with_epsilon ((double) got[k], cases[i].expected[k], 1e-6);
    }
}

/* --- products, resizing, sums over axes --------------------------------------------------------------------------- */

/* x [2, 3] times its transpose, and a vector of heads that is broadcast. */
static void
test_matmul (void)
{
  static const float x[] = { 1, 2, 3, 0, -1, 1 };
  static const double expected[] = { 14, 1, 1, 2 };
  GByteArray *transpose = onnx_node ("Transpose", "turn", "x", "t");
  OnnxModel *model = onnx_one_node (13, "1x2x3", onnx_node ("MatMul", "product", "x t", "y"));

  onnx_attr_ints (transpose, "perm", "0 2 1");
  onnx_add_node (model, transpose);
  assert_computes (model, &LRP_SHAPE (1, 2, 3), x, "1x2x2", expected, 4);
}

static const float ramp[16] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 };

typedef struct
{
  const char *mode, *coordinates, *rounding, *dims;
  float scales[4]; /* or */
  gint64 sizes[4];
  const char *out;
  double expected[16]; /* the first ones */
} Resize;

/* The examples of ONNX's specification, on the numbers 1, 2, 3, ... */
static const Resize resizes[] = {
  { "nearest",
    NULL,
    NULL,
    "1x1x2x2",
    { 1, 1, 2, 3 },
    { 0 },
    "1x1x4x6",
    { 1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4 } },
  { "nearest", NULL, NULL, "1x1x2x4", { 1, 1, 0.6f, 0.6f }, { 0 }, "1x1x1x2", { 1, 3 } },
  { "nearest",
    NULL,
    NULL,
    "1x1x2x2",
    { 0 },
    { 1, 1, 7, 8 },
    "1x1x7x8",
    { 1, 1, 1, 1, 2, 2, 2, 2, 1, 1, 1, 1, 2, 2, 2, 2 } },
  { "nearest",
    "align_corners",
    "floor",
    "1x1x4x4",
    { 0 },
    { 1, 1, 8, 8 },
    "1x1x8x8",
    { 1, 1, 1, 2, 2, 3, 3, 4, 1, 1, 1, 2, 2, 3, 3, 4 } },
  { "nearest",
    "half_pixel",
    "ceil",
    "1x1x4x4",
    { 0 },
    { 1, 1, 8, 8 },
    "1x1x8x8",
    { 1, 2, 2, 3, 3, 4, 4, 4, 5, 6, 6, 7, 7, 8, 8, 8 } },
  { "nearest",
    "asymmetric",
    "round_prefer_ceil",
    "1x1x4x4",
    { 0 },
    { 1, 1, 8, 8 },
    "1x1x8x8",
    { 1, 2, 2, 3, 3, 4, 4, 4, 5, 6, 6, 7, 7, 8, 8, 8 } },
  { "linear",
    NULL,
    NULL,
    "1x1x2x2",
    { 1, 1, 2, 2 },
    { 0 },
    "1x1x4x4",
    { 1, 1.25, 1.75, 2, 1.5, 1.75, 2.25, 2.5, 2.5, 2.75, 3.25, 3.5, 3, 3.25, 3.75, 4 } },
  { "linear",
    "align_corners",
    NULL,
    "1x1x2x2",
    { 1, 1, 2, 2 },
    { 0 },
    "1x1x4x4",
    { 1, 1.33333333, 1.66666667, 2, 1.66666667, 2, 2.33333333, 2.66666667, 2.33333333, 2.66666667, 3, 3.33333333, 3,
      3.33333333, 3.66666667, 4 } },
  { "linear", NULL, NULL, "1x1x2x4", { 1, 1, 0.6f, 0.6f }, { 0 }, "1x1x1x2", { 2.6666665, 4.3333331 } },
  { "linear", "pytorch_half_pixel", NULL, "1x1x4x4", { 0 }, { 1, 1, 3, 1 }, "1x1x3x1", { 1.6666666, 7, 12.333333 } },
};

static void
test_resize (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (resizes); i++)
    {
      const Resize *r = &resizes[i];
      gboolean sized = r->sizes[0] != 0;
      GByteArray *node = onnx_node ("Resize", "resize", sized ? "x - - s" : "x roi s", "y");
      OnnxModel *model;
      g_autoptr (LrpNetwork) network = NULL;
      g_autofree float *got = NULL;
      g_autofree char *shape = NULL;
      guint n;
      onnx_attr_string (node, "mode", r->mode);
      if (r->coordinates)
        onnx_attr_string (node, "coordinate_transformation_mode", r->coordinates);
      if (r->rounding)
        onnx_attr_string (node, "nearest_mode", r->rounding);
      model = onnx_one_node (13, r->dims, node);
      onnx_add_initializer (model, onnx_floats ("roi", "0", r->scales));
      onnx_add_initializer (model, sized ? onnx_ints ("s", "4", r->sizes) : onnx_floats ("s", "4", r->scales));
      network = onnx_read_model (model);
      shape = onnx_shape_text (onnx_get_layer (network, "resize"));
      g_assert_cmpstr (shape, ==, r->out);
      got = onnx_compute (network, &lrp_network_get_layer (network, 0)->shape, ramp);
      n = MIN (16, (guint) lrp_shape_elements (&onnx_get_layer (network, "resize")->shape));
      for (guint k = 0; k < n; k++)
        g_assert_cmpfloat_with_epsilon ((double) got[k], r->expected[k], 1e-5);
    }
}

/* The older forms: Resize of opset 10, and Upsample with scales as input or attribute. */
static void
test_upsample (void)
{
  static const double expected[] = { 1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4 };
  static const float scales[] = { 1, 1, 2, 2 };
  GByteArray *oldest = onnx_node ("Upsample", "up", "x", "y");

  for (gint64 opset = 9; opset < 11; opset++)
    {
      OnnxModel *model =
          onnx_one_node (opset, "1x1x2x2", onnx_node (opset == 9 ? "Upsample" : "Resize", "up", "x s", "y"));
      onnx_add_initializer (model, onnx_floats ("s", "4", scales));
      assert_computes (model, &LRP_SHAPE (1, 1, 2, 2), ramp, "1x1x4x4", expected, 16);
    }
  onnx_attr_floats (oldest, "scales", scales, 4);
  onnx_attr_string (oldest, "mode", "nearest");
  assert_computes (onnx_one_node (7, "1x1x2x2", oldest), &LRP_SHAPE (1, 1, 2, 2), ramp, "1x1x4x4", expected, 16);
}

/* Axes as attribute and as input, negative ones, kept or not; on 1 .. 12 as 2 x 2 x 3. */
static void
test_reduce (void)
{
  static const struct
  {
    const char *op, *axes, *dims;
    gint64 opset, keep;
    guint n;
    double expected[6];
  } cases[] = {
    { "ReduceMean", "2", "2x2x1", 13, 1, 4, { 2, 5, 8, 11 } },
    { "ReduceMean", "-1", "2x2", 18, 0, 4, { 2, 5, 8, 11 } },
    { "ReduceMean", "1 2", "2", 11, 0, 2, { 3.5, 9.5 } },
    { "ReduceL2", "1 2", "2x1x1", 13, 1, 2, { 9.539392f, 23.643181f } },
    { "ReduceSum", "1", "2x1x3", 13, 1, 6, { 5, 7, 9, 17, 19, 21 } },
    { "ReduceSum", "-2", "2x3", 11, 0, 6, { 5, 7, 9, 17, 19, 21 } },
    { "ReduceMax", "1", "2x3", 18, 0, 6, { 4, 5, 6, 10, 11, 12 } },
    { "ReduceMax", "1 -1", "2x1x1", 13, 1, 2, { 6, 12 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gboolean input = cases[i].opset >= (g_str_equal (cases[i].op, "ReduceSum") ? 13 : 18);
      GByteArray *node = onnx_node (cases[i].op, "reduce", input ? "x axes" : "x", "y");
      OnnxModel *model;
      gint64 axes[2] = { 0 };
      char *end;
      onnx_attr_int (node, "keepdims", cases[i].keep);
      if (!input)
        onnx_attr_ints (node, "axes", cases[i].axes);
      axes[0] = g_ascii_strtoll (cases[i].axes, &end, 10);
      axes[1] = g_ascii_strtoll (end, NULL, 10);
      model = onnx_one_node (cases[i].opset, "2x2x3", node);
      onnx_add_initializer (model, onnx_ints ("axes", *end ? "2" : "1", axes));
      assert_computes (model, &LRP_SHAPE (2, 2, 3), ramp, cases[i].dims, cases[i].expected, cases[i].n);
    }
}

/* --- what is refused ---------------------------------------------------------------------------------------------- */

typedef struct
{
  const char *op, *inputs, *dims;
  const char *attribute, *value; /* type and value: "i 3", "f nan", "s word", "I 1 2" */
  const char *fragment;
} Bad;

static const Bad bad[] = {
  { "Elu", "x", "1x2", "alpha", "f nan", "node1: elu with alpha nan, beta 0 and gamma 0 cannot be computed" },
  { "Selu", "x", "1x2", "gamma", "f -1", "selu with alpha 1.67326, beta 0 and gamma -1" },
  { "Celu", "x", "1x2", "alpha", "f 0", "celu with alpha 0," },
  { "HardSigmoid", "x", "1x2", "beta", "f inf", "hard-sigmoid with alpha 0.2, beta inf" },
  { "Gelu", "x", "1x2", "approximate", "s exact", "“approximate” is unknown" },
  { "Clip", "x w2", "1x2", NULL, NULL, "input 2 must be one number" },
  { "Clip", "x x", "1x2", NULL, NULL, "must be a constant" },
  { "Clip", "x", "1x2", "min", "f nan", "clip with alpha nan" },
  { "PRelu", "x w3", "1x2", NULL, NULL, "a constant of shape 3 does not fit" },
  { "LayerNormalization", "x w2", "1x2", "axis", "i 2", "axis 2 is outside 2 dimensions" },
  { "LayerNormalization", "x w2", "1x2", "axis", "i 0", "or the batch" },
  { "LayerNormalization", "x w2", "1x2", "epsilon", "f -1", "epsilon is -1" },
  { "LayerNormalization", "x w3", "1x2", NULL, NULL, "a constant of shape 3 does not fit" },
  { "InstanceNormalization", "x w3 w3", "1x2x4", NULL, NULL, "does not fit an input of shape 1x2x4" },
  { "GroupNormalization", "x w2 w2", "1x2x4", "num_groups", "i 0", "“num_groups” is 0" },
  { "GroupNormalization", "x w2 w2", "1x2x4", "num_groups", "i 3", "in 3 groups" },
  { "LRN", "x", "1x2x4x4", NULL, NULL, "“size” is missing" },
  { "LRN", "x", "1x2x4x4", "size", "i 0", "over 0 with" },
  { "LRN", "x", "1x2x4x4", "size", "i 9223372036854775807", "cannot be computed" },
  { "ConvTranspose", "x k", "1x3x4x4", NULL, NULL, "weights 2x2x3x3 do not fit input 1x3x4x4" },
  { "ConvTranspose", "x k", "1x2x4x4", "group", "i 0", "group count 0 does not divide" },
  { "ConvTranspose", "x k", "1x2x4x4", "group", "i 9223372036854775807", "does not divide" },
  { "ConvTranspose", "x k", "1x2x4x4", "strides", "I 0 1", "stride is 0" },
  { "ConvTranspose", "x k", "1x2x4x4", "output_padding", "I 1 0",
    "output padding is 1, it must be from 0 to less than the stride, 1" },
  { "ConvTranspose", "x k", "1x2x4x4", "output_padding", "I -1 0", "output padding is -1" },
  { "ConvTranspose", "x k", "1x2x4x4", "pads", "I 3 0 3 0", "leaves nothing of an output of 6" },
  { "ConvTranspose", "x k", "1x2x4x4", "output_shape", "I 7 6",
    "an output of 7 is wanted, but there can be at most 6" },
  { "ConvTranspose", "x k", "1x2x4x4", "output_shape", "I -1 6", "an output of -1 is wanted" },
  { "ConvTranspose", "x k", "1x2x4x4", "strides", "I 2147483647 2147483647", "is more than the 2^31 elements" },
  { "ConvTranspose", "x k", "1x2x4", NULL, NULL, "weights of 4 dimensions do not fit an input of 3" },
  { "MatMul", "x x", "1x2x3", NULL, NULL, "matrices of shape 1x2x3 and 1x2x3 cannot be multiplied" },
  { "Resize", "x - - -", "1x1x2x2", NULL, NULL, "either scales or sizes" },
  { "Resize", "x - w2", "1x1x2x2", NULL, NULL, "2 sizes or scales do not fit 4 dimensions" },
  { "Resize", "x - zero", "1x1x2x2", NULL, NULL, "a scale is 0, it must be positive" },
  { "Resize", "x - huge", "1x1x2x2", NULL, NULL, "cannot be resized to" },
  { "Resize", "x - - minus", "1x1x2x2", NULL, NULL, "a size is -1" },
  { "Resize", "x - - large", "1x1x2x2", NULL, NULL, "cannot be resized to" },
  { "Resize", "x - - batch", "1x1x2x2", NULL, NULL, "axis 0 of length 1 cannot be resized to 2" },
  { "Resize", "x - - batch", "1x1x2x2", "mode", "s cubic", "“mode” is not supported" },
  { "Resize", "x - - batch", "1x1x2x2", "coordinate_transformation_mode", "s tf_crop_and_resize", "is not supported" },
  { "Resize", "x - - batch", "1x1x2x2", "antialias", "i 1", "“antialias”" },
  { "Resize", "x - - batch", "1x1x2x2", "axes", "I 9", "axis 9 is outside 4 dimensions" },
  { "Upsample", "x", "1x1x2x2", NULL, NULL, "0 sizes or scales do not fit" },
  { "ReduceMean", "x", "1x2x3", NULL, NULL, "the axes to reduce are the batch" },
  { "ReduceMean", "x", "1x2x3", "axes", "I 0", "the axes to reduce are the batch" },
  { "ReduceMean", "x", "1x2x3", "axes", "I 3", "axis 3 is outside 3 dimensions" },
  { "ReduceSum", "x x", "1x2x3", NULL, NULL, "must be a constant" },
};

static void
set_attribute (GByteArray *node, const Bad *b)
{
  const char *value = b->value ? b->value + 2 : NULL;

  if (!b->attribute)
    return;
  if (b->value[0] == 'i')
    onnx_attr_int (node, b->attribute, g_ascii_strtoll (value, NULL, 10));
  else if (b->value[0] == 'f')
    onnx_attr_float (node, b->attribute, (float) g_ascii_strtod (value, NULL));
  else if (b->value[0] == 's')
    onnx_attr_string (node, b->attribute, value);
  else
    onnx_attr_ints (node, b->attribute, value);
}

static void
test_bad (void)
{
  static const float zero[4] = { 1, 1, 0, 1 }, huge[4] = { 1, 1, 1e30f, 1 };
  static const gint64 minus[] = { 1, 1, -1, 2 }, large[] = { 1, 1, G_MAXINT64, 2 }, batch[] = { 2, 1, 2, 2 };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      GByteArray *node = onnx_node (bad[i].op, "node1", bad[i].inputs, "y");
      OnnxModel *model;
      g_autofree char *message = NULL;
      set_attribute (node, &bad[i]);
      model = onnx_one_node (g_str_equal (bad[i].op, "Upsample") ? 9 : 13, bad[i].dims, node);
      onnx_add_initializer (model, onnx_ramp ("w2", "2"));
      onnx_add_initializer (model, onnx_ramp ("w3", "3"));
      onnx_add_initializer (model, onnx_ramp ("k", "2x2x3x3"));
      onnx_add_initializer (model, onnx_floats ("zero", "4", zero));
      onnx_add_initializer (model, onnx_floats ("huge", "4", huge));
      onnx_add_initializer (model, onnx_ints ("minus", "4", minus));
      onnx_add_initializer (model, onnx_ints ("large", "4", large));
      onnx_add_initializer (model, onnx_ints ("batch", "4", batch));
      g_test_message ("%s %s %s", bad[i].op, bad[i].inputs, bad[i].value ? bad[i].value : "");
      message = onnx_read_error (model);
      g_test_message ("%s: %s", bad[i].op, message);
      onnx_assert_fragment (message, bad[i].fragment);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/onnx-layers/activations", test_activations);
  g_test_add_func ("/onnx-layers/gelu-tanh", test_gelu_tanh);
  g_test_add_func ("/onnx-layers/clip", test_clip);
  g_test_add_func ("/onnx-layers/prelu", test_prelu);
  g_test_add_func ("/onnx-layers/layer-norm", test_layer_norm);
  g_test_add_func ("/onnx-layers/group-norm", test_group_norm);
  g_test_add_func ("/onnx-layers/lrn", test_lrn);
  g_test_add_func ("/onnx-layers/conv-transpose/line", test_conv_transpose_line);
  g_test_add_func ("/onnx-layers/conv-transpose/size", test_conv_transpose_size);
  g_test_add_func ("/onnx-layers/lines", test_lines);
  g_test_add_func ("/onnx-layers/matmul", test_matmul);
  g_test_add_func ("/onnx-layers/resize", test_resize);
  g_test_add_func ("/onnx-layers/upsample", test_upsample);
  g_test_add_func ("/onnx-layers/reduce", test_reduce);
  g_test_add_func ("/onnx-layers/bad", test_bad);
  return g_test_run ();
}
