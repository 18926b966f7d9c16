/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-ops.c: what each ONNX operator becomes, and that it computes what ONNX says */
#include "onnx-reading.h"

#include <math.h>
#include <string.h>

#define N_PIXELS 16

/* A 4 x 4 picture whose pixels are 0, 1, 2, ... */
static const float pixels[N_PIXELS] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 };

/* Takes the model: what it computes from its input must be the numbers given. */
static void
assert_computes (OnnxModel *model, const LrpShape *shape, const float *input, const float *expected, guint n)
{
  g_autoptr (LrpNetwork) network = onnx_read_model (model);
  g_autofree float *got = onnx_compute (network, shape, input);

  g_assert_cmpuint (lrp_shape_elements (&lrp_network_get_layer (network, network->output)->shape), ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpfloat_with_epsilon (got[i], expected[i], 1e-5f * (1 + fabsf (expected[i])));
}

static void
assert_shape (const LrpNetwork *network, const char *expected)
{
  g_autofree char *text = onnx_shape_text (lrp_network_get_layer (network, network->output));

  g_assert_cmpstr (text, ==, expected);
}

static void
test_conv (void)
{
  GByteArray *node = onnx_node ("Conv", "conv", "x w b", "y");
  OnnxModel *model;
  g_autoptr (LrpNetwork) network = NULL;
  const LrpLayer *layer;

  onnx_attr_ints (node, "kernel_shape", "3 2");
  onnx_attr_ints (node, "strides", "2 1");
  onnx_attr_ints (node, "dilations", "1 2");
  onnx_attr_ints (node, "pads", "1 2 3 4");
  onnx_attr_int (node, "group", 2);
  onnx_attr_string (node, "auto_pad", "NOTSET");
  model = onnx_one_node (13, "1x4x9x8", node);
  onnx_add_initializer (model, onnx_ramp ("w", "6x2x3x2"));
  onnx_add_initializer (model, onnx_ramp ("b", "6"));
  network = onnx_read_model (model);
  layer = onnx_get_layer (network, "conv");
  g_assert_cmpint (layer->kind, ==, LRP_OP_CONV);
  g_assert_true (layer->window.kernel[0] == 3 && layer->window.kernel[1] == 2);
  g_assert_true (layer->window.stride[0] == 2 && layer->window.stride[1] == 1);
  g_assert_true (layer->window.dilation[0] == 1 && layer->window.dilation[1] == 2);
  g_assert_true (layer->window.pad_begin[0] == 1 && layer->window.pad_begin[1] == 2);
  g_assert_true (layer->window.pad_end[0] == 3 && layer->window.pad_end[1] == 4);
  g_assert_cmpint (layer->window.group, ==, 2);
  g_assert_cmpuint (layer->bias->count, ==, 6);
  /* (9 + 4 - 3) / 2 + 1 rows, 8 + 6 - 3 + 1 columns */
  assert_shape (network, "1x6x6x12");
}

/* A convolution whose window is found from its weights, padded by each of the automatic ways. */
static void
test_conv_auto_pad (void)
{
  static const struct
  {
    const char *auto_pad;
    LrpAutoPad expected;
    const char *shape;
  } cases[] = {
    { "SAME_UPPER", LRP_AUTO_PAD_SAME_UPPER, "1x1x2x2" },
    { "SAME_LOWER", LRP_AUTO_PAD_SAME_LOWER, "1x1x2x2" },
    { "VALID", LRP_AUTO_PAD_VALID, "1x1x1x1" },
    { "NOTSET", LRP_AUTO_PAD_NONE, "1x1x1x1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GByteArray *node = onnx_node ("Conv", "conv", "x w", "y");
      OnnxModel *model;
      g_autoptr (LrpNetwork) network = NULL;
      onnx_attr_string (node, "auto_pad", cases[i].auto_pad);
      onnx_attr_ints (node, "strides", "2 2");
      model = onnx_one_node (13, "1x1x4x4", node);
      onnx_add_initializer (model, onnx_ramp ("w", "1x1x3x3"));
      network = onnx_read_model (model);
      g_assert_cmpint (onnx_get_layer (network, "conv")->window.auto_pad, ==, cases[i].expected);
      g_assert_cmpint (onnx_get_layer (network, "conv")->window.kernel[1], ==, 3);
      g_assert_null (onnx_get_layer (network, "conv")->bias);
      assert_shape (network, cases[i].shape);
    }
}

/* An odd pad goes to the end (UPPER) or to the beginning (LOWER): a window of 2 that sums its pixels shows which. */
static void
test_same_upper_lower (void)
{
  static const float upper[] = { 10, 14, 18, 10, 26, 30, 34, 18, 42, 46, 50, 26, 25, 27, 29, 15 };
  static const float lower[] = { 0, 1, 3, 5, 4, 10, 14, 18, 12, 26, 30, 34, 20, 42, 46, 50 };
  const char *const words[] = { "SAME_UPPER", "SAME_LOWER" };
  const float ones[] = { 1, 1, 1, 1 };

  for (guint i = 0; i < 2; i++)
    {
      GByteArray *node = onnx_node ("Conv", "conv", "x w", "y");
      OnnxModel *model;
      onnx_attr_string (node, "auto_pad", words[i]);
      model = onnx_one_node (13, "1x1x4x4", node);
      onnx_add_initializer (model, onnx_floats ("w", "1x1x2x2", ones));
      assert_computes (model, &LRP_SHAPE (1, 1, 4, 4), pixels, i == 0 ? upper : lower, N_PIXELS);
    }
}

static void
test_gemm (void)
{
  static const float w[] = { 1, 2, 3, 4, 5, 6 }, c[] = { 10, 20, 30 }, x[] = { 1, -1 };
  /* 2 x w + 0.5 c with w [2, 3] */
  static const float plain[] = { -6 + 5, -6 + 10, -6 + 15 }, one_bias[] = { -6 + 5, -6 + 5, -6 + 5 };
  static const char *const dims[] = { "3", "1x3", "1", "", "1x1" };

  for (guint i = 0; i < G_N_ELEMENTS (dims); i++)
    {
      GByteArray *node = onnx_node ("Gemm", "dense", "x w c", "y");
      OnnxModel *model;
      onnx_attr_float (node, "alpha", 2);
      onnx_attr_float (node, "beta", 0.5f);
      model = onnx_one_node (13, "1x2", node);
      onnx_add_initializer (model, onnx_floats ("w", "2x3", w));
      onnx_add_initializer (model, onnx_floats ("c", dims[i], c));
      assert_computes (model, &LRP_SHAPE (1, 2), x, i < 2 ? plain : one_bias, 3);
    }
}

static void
test_gemm_trans_b (void)
{
  static const float w[] = { 1, 2, 3, 4, 5, 6 }, x[] = { 1, -1 }, expected[] = { -3, -3, -3 };
  GByteArray *node = onnx_node ("Gemm", "dense", "x w", "y");
  OnnxModel *model;

  onnx_attr_int (node, "transB", 1);
  onnx_attr_float (node, "alpha", 3);
  model = onnx_one_node (13, "1x2", node);
  onnx_add_initializer (model, onnx_floats ("w", "3x2", w));
  assert_computes (model, &LRP_SHAPE (1, 2), x, expected, 3);
}

/* A bias that the network computes: the second branch of a residual connection. */
static void
test_gemm_computed_c (void)
{
  static const float w[] = { 1, 2, 3, 4 }, x[] = { 1, -1 }, expected[] = { -2 + 1, -2 };
  OnnxModel *model = onnx_one_node (13, "1x2", onnx_node ("Gemm", "dense", "x w r", "y"));

  onnx_add_node (model, onnx_node ("Relu", "relu", "x", "r"));
  onnx_add_initializer (model, onnx_floats ("w", "2x2", w));
  assert_computes (model, &LRP_SHAPE (1, 2), x, expected, 2);
}

/* The first step of a cell that somebody wrote out: its state is the same for every sample. */
static void
test_gemm_constant_a (void)
{
  static const float state[] = { 1, -1 }, w[] = { 1, 2, 3, 4 }, x[] = { 1, 2, 3, 4 }, expected[] = { -1, 0, 1, 2 };
  OnnxModel *model = onnx_one_node (13, "Nx2", onnx_node ("Add", "add", "x z", "y"));
  g_autoptr (LrpNetwork) network = NULL;
  g_autofree float *got = NULL;

  onnx_add_node (model, onnx_node ("Gemm", "dense", "state w", "z"));
  onnx_add_initializer (model, onnx_floats ("state", "1x2", state));
  onnx_add_initializer (model, onnx_floats ("w", "2x2", w));
  network = onnx_read_model (model);
  got = onnx_compute (network, &LRP_SHAPE (2, 2), x);
  g_assert_cmpmem (got, sizeof expected, expected, sizeof expected);
}

static void
test_matmul (void)
{
  static const float w[] = { 1, 2, 3, 4, 5, 6 }, x[] = { 1, -1, 2, 0 }, expected[] = { -3, -3, -3, 2, 4, 6 };
  OnnxModel *model = onnx_one_node (13, "1x2x2", onnx_node ("MatMul", "product", "x w", "y"));

  onnx_add_initializer (model, onnx_floats ("w", "2x3", w));
  assert_computes (model, &LRP_SHAPE (1, 2, 2), x, expected, 6);
}

/* From the left it mixes the rows, of each sample on its own. */
static void
test_matmul_left (void)
{
  static const float w[] = { 1, 2, 3, 4, 5, 6 }, x[] = { 1, -1, 2, 0, 0, 1, 1, 1 };
  static const float expected[] = { 5, -1, 11, -3, 17, -5, 2, 3, 4, 7, 6, 11 };
  OnnxModel *model = onnx_one_node (13, "1x2x2", onnx_node ("MatMul", "product", "w x", "y"));
  g_autoptr (LrpNetwork) network = NULL;
  g_autofree float *got = NULL;

  onnx_add_initializer (model, onnx_floats ("w", "3x2", w));
  network = onnx_read_model (model);
  got = onnx_compute (network, &LRP_SHAPE (2, 2, 2), x);
  g_assert_cmpmem (got, sizeof expected, expected, sizeof expected);
}

/* Activations along an axis where they have one number; the samples stay as many as there are. */
static void
test_expand (void)
{
  static const float x[] = { 1, 2, 3, 4 }, expected[] = { 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4 };
  static const gint64 shape[] = { 2, 3 };
  OnnxModel *model = onnx_one_node (13, "1x2x1", onnx_node ("Expand", "expand", "x shape", "y"));
  g_autoptr (LrpNetwork) network = NULL;
  g_autofree float *got = NULL;

  onnx_add_initializer (model, onnx_ints ("shape", "2", shape));
  network = onnx_read_model (model);
  assert_shape (network, "1x2x3");
  got = onnx_compute (network, &LRP_SHAPE (2, 2, 1), x);
  g_assert_cmpmem (got, sizeof expected, expected, sizeof expected);
}

/* A few bytes can ask for hours of multiplying; they are refused at once. */
static void
test_too_much (void)
{
  const char *const factors[][2] = { { "MatMul", "a a2" }, { "MatMul", "a a" }, { "Einsum", "a a" } };

  for (guint i = 0; i < G_N_ELEMENTS (factors); i++)
    {
      OnnxModel *model = onnx_one_node (13, "1x2", onnx_node ("Add", "add", "x big", "y"));
      GByteArray *square = onnx_node (factors[i][0], "square", factors[i][1], "big");
      g_autofree char *message = NULL;
      if (g_str_equal (factors[i][0], "Einsum"))
        onnx_attr_string (square, "equation", "ij,jk->ik");
      onnx_add_node (model, onnx_node ("ConstantOfShape", "ones", "sides", "a"));
      onnx_add_node (model, onnx_node ("Identity", "same", "a", "a2"));
      onnx_add_node (model, square);
      onnx_add_initializer (model, onnx_ints ("sides", "2", (const gint64[]){ 2048, 2048 }));
      message = onnx_read_error (model);
      onnx_assert_fragment (message, "computing it from constants would take too much");
    }
}

/* Arithmetic with a constant on either side; x = 1, -2. */
static void
test_arithmetic (void)
{
  static const struct
  {
    const char *op, *inputs;
    LrpOpKind last;
    float expected[2];
  } cases[] = {
    { "Add", "x c", LRP_OP_BIAS, { 5, 6 } },
    { "Add", "c x", LRP_OP_BIAS, { 5, 6 } },
    { "Add", "x x", LRP_OP_SUM, { 2, -4 } },
    { "Sum", "x c x c", LRP_OP_BIAS, { 10, 12 } },
    { "Sum", "x", LRP_OP_INPUT, { 1, -2 } },
    { "Sub", "x c", LRP_OP_BIAS, { -3, -10 } },
    { "Sub", "c x", LRP_OP_BIAS, { 3, 10 } },
    { "Sub", "x r", LRP_OP_SUM, { 0, -2 } },
    { "Mul", "x c", LRP_OP_SCALE, { 4, -16 } },
    { "Mul", "c x", LRP_OP_SCALE, { 4, -16 } },
    { "Div", "x c", LRP_OP_SCALE, { 0.25f, -0.25f } },
    { "Div", "c x", LRP_OP_SCALE, { 4, -4 } },
    { "Div", "r x", LRP_OP_PRODUCT, { 1, 0 } },
    { "Pow", "x two", LRP_OP_PRODUCT, { 1, 4 } },
    { "Pow", "x three", LRP_OP_PRODUCT, { 1, -8 } },
    { "Pow", "s half", LRP_OP_SQRT, { 1, 1.41421356f } },
    { "Pow", "x minus", LRP_OP_RECIPROCAL, { 1, -0.5f } },
    { "Pow", "x one", LRP_OP_IDENTITY, { 1, -2 } },
    { "Pow", "s minushalf", LRP_OP_RECIPROCAL, { 1, 0.70710678f } },
    { "Max", "x minus", LRP_OP_CLIP, { 1, -1 } },
    { "Max", "zero x", LRP_OP_RELU, { 1, 0 } },
    { "Min", "half x", LRP_OP_CLIP, { 0.5f, -2 } },
    { "Max", "x", LRP_OP_INPUT, { 1, -2 } },
  };
  static const float c[] = { 4, 8 }, x[] = { 1, -2 };
  static const gint64 two[] = { 2 };
  static const struct
  {
    const char *name;
    float value;
  } numbers[] = {
    { "three", 3 }, { "half", 0.5f }, { "minushalf", -0.5f }, { "minus", -1 }, { "one", 1 }, { "zero", 0 }
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      OnnxModel *model = onnx_one_node (13, "1x2", onnx_node (cases[i].op, "node", cases[i].inputs, "y"));
      g_autoptr (LrpNetwork) network = NULL;
      g_autofree float *got = NULL;
      onnx_add_node (model, onnx_node ("Relu", "relu", "x", "r"));
      onnx_add_node (model, onnx_node ("Abs", "abs", "x", "s"));
      onnx_add_initializer (model, onnx_floats ("c", "2", c));
      onnx_add_initializer (model, onnx_ints ("two", "", two));
      for (guint k = 0; k < G_N_ELEMENTS (numbers); k++)
        onnx_add_initializer (model, onnx_floats (numbers[k].name, "", &numbers[k].value));
      network = onnx_read_model (model);
      g_assert_cmpint (lrp_network_get_layer (network, network->output)->kind, ==, cases[i].last);
      got = onnx_compute (network, &LRP_SHAPE (1, 2), x);
      for (guint k = 0; k < 2; k++)
        g_assert_cmpfloat_with_epsilon (got[k], cases[i].expected[k], 1e-6f);
    }
}

static void
test_batch_norm (void)
{
  static const float scale[] = { 2, -1 }, shift[] = { 1, 0 }, mean[] = { 3, 0 }, variance[] = { 3.5f, 0.5f };
  static const float x[] = { 5, 4 }, expected[] = { 2 * (5 - 3) / 2 + 1, -4 };
  GByteArray *node = onnx_node ("BatchNormalization", "norm", "x s b m v", "y");
  OnnxModel *model;
  g_autoptr (LrpNetwork) network = NULL;
  const LrpLayer *layer;
  g_autofree float *got = NULL;

  onnx_attr_float (node, "epsilon", 0.5f);
  onnx_attr_float (node, "momentum", 0.9f);
  model = onnx_one_node (13, "1x2x1x1", node);
  onnx_add_initializer (model, onnx_floats ("s", "2", scale));
  onnx_add_initializer (model, onnx_floats ("b", "2", shift));
  onnx_add_initializer (model, onnx_floats ("m", "2", mean));
  onnx_add_initializer (model, onnx_floats ("v", "2", variance));
  network = onnx_read_model (model);
  layer = onnx_get_layer (network, "norm");
  g_assert_cmpint (layer->kind, ==, LRP_OP_BATCH_NORM);
  g_assert_cmpfloat (layer->norm.epsilon, ==, 0.5);
  g_assert_cmpmem (layer->weights->data, 8 * sizeof (float), ((const float[]){ 2, -1, 1, 0, 3, 0, 3.5f, 0.5f }),
                   8 * sizeof (float));
  got = onnx_compute (network, &LRP_SHAPE (1, 2, 1, 1), x);
  g_assert_cmpfloat_with_epsilon (got[0], expected[0], 1e-6f);
  g_assert_cmpfloat_with_epsilon (got[1], expected[1], 1e-6f);
}

static void
test_pools (void)
{
  static const float max[] = { 5, 7, 13, 15 }, mean[] = { 2.5f, 4.5f, 10.5f, 12.5f };
  const char *const ops[] = { "MaxPool", "AveragePool" };

  for (guint i = 0; i < 2; i++)
    {
      GByteArray *node = onnx_node (ops[i], "pool", "x", "y");
      onnx_attr_ints (node, "kernel_shape", "2 2");
      onnx_attr_ints (node, "strides", "2 2");
      assert_computes (onnx_one_node (13, "1x1x4x4", node), &LRP_SHAPE (1, 1, 4, 4), pixels, i == 0 ? max : mean, 4);
    }
}

static void
test_pool_fields (void)
{
  GByteArray *node = onnx_node ("AveragePool", "pool", "x", "y");
  g_autoptr (LrpNetwork) network = NULL;
  const LrpLayer *layer;

  onnx_attr_ints (node, "kernel_shape", "3 2");
  onnx_attr_ints (node, "pads", "1 0 2 1");
  onnx_attr_ints (node, "strides", "2 3");
  onnx_attr_int (node, "ceil_mode", 1);
  onnx_attr_int (node, "count_include_pad", 1);
  network = onnx_read_model (onnx_one_node (13, "1x2x6x6", node));
  layer = onnx_get_layer (network, "pool");
  g_assert_cmpint (layer->kind, ==, LRP_OP_AVERAGE_POOL);
  g_assert_true (layer->window.kernel[0] == 3 && layer->window.kernel[1] == 2);
  g_assert_true (layer->window.pad_begin[0] == 1 && layer->window.pad_end[0] == 2 && layer->window.pad_end[1] == 1);
  g_assert_true (layer->window.stride[0] == 2 && layer->window.stride[1] == 3);
  g_assert_true (layer->window.ceil_mode && layer->window.count_include_pad);
}

/* ceil_mode keeps the last, incomplete window. */
static void
test_ceil_mode (void)
{
  for (guint ceil = 0; ceil < 2; ceil++)
    {
      GByteArray *node = onnx_node ("MaxPool", "pool", "x", "y");
      g_autoptr (LrpNetwork) network = NULL;
      onnx_attr_ints (node, "kernel_shape", "3 3");
      onnx_attr_ints (node, "strides", "2 2");
      onnx_attr_int (node, "ceil_mode", ceil);
      onnx_attr_int (node, "storage_order", 1);
      network = onnx_read_model (onnx_one_node (13, "1x1x4x4", node));
      assert_shape (network, ceil ? "1x1x2x2" : "1x1x1x1");
    }
}

/* The operators that only say which layer they are. */
static void
test_simple (void)
{
  static const struct
  {
    const char *op;
    LrpOpKind kind;
    const char *shape;
  } cases[] = {
    { "Relu", LRP_OP_RELU, "1x2x3x3" },
    { "LeakyRelu", LRP_OP_LEAKY_RELU, "1x2x3x3" },
    { "Tanh", LRP_OP_TANH, "1x2x3x3" },
    { "Sigmoid", LRP_OP_SIGMOID, "1x2x3x3" },
    { "GlobalMaxPool", LRP_OP_GLOBAL_MAX_POOL, "1x2x1x1" },
    { "GlobalAveragePool", LRP_OP_GLOBAL_AVERAGE_POOL, "1x2x1x1" },
    { "Identity", LRP_OP_IDENTITY, "1x2x3x3" },
    { "Dropout", LRP_OP_DROPOUT, "1x2x3x3" },
    { "Flatten", LRP_OP_FLATTEN, "1x18" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LrpNetwork) network =
          onnx_read_model (onnx_one_node (13, "1x2x3x3", onnx_node (cases[i].op, "node", "x", "y")));
      g_assert_cmpint (onnx_get_layer (network, "node")->kind, ==, cases[i].kind);
      assert_shape (network, cases[i].shape);
    }
}

static void
test_leaky_relu (void)
{
  static const float x[] = { 2, -2 }, given[] = { 2, -0.5f }, fallback[] = { 2, -0.02f };
  GByteArray *node = onnx_node ("LeakyRelu", "leaky", "x", "y");

  onnx_attr_float (node, "alpha", 0.25f);
  assert_computes (onnx_one_node (13, "1x2", node), &LRP_SHAPE (1, 2), x, given, 2);
  assert_computes (onnx_one_node (13, "1x2", onnx_node ("LeakyRelu", "leaky", "x", "y")), &LRP_SHAPE (1, 2), x,
                   fallback, 2);
}

/* Not training; or in training, but dropping nothing. */
static void
test_dropout (void)
{
  static const struct
  {
    float ratio;
    guint8 training;
  } cases[] = { { 0.5f, 0 }, { 0, 1 } };
  static const float x[] = { 2, -2 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      OnnxModel *model = onnx_one_node (13, "1x2", onnx_node ("Dropout", "drop", "x ratio train", "y mask"));
      onnx_add_initializer (model, onnx_floats ("ratio", "", &cases[i].ratio));
      onnx_add_initializer (model, onnx_tensor_raw ("train", ONNX_BOOL, "", &cases[i].training, 1));
      assert_computes (model, &LRP_SHAPE (1, 2), x, x, 2);
    }
}

static void
test_cast (void)
{
  static const float x[] = { 2.5f, -2 };
  GByteArray *node = onnx_node ("Cast", "cast", "x", "y");

  onnx_attr_int (node, "to", ONNX_HALF);
  assert_computes (onnx_one_node (13, "1x2", node), &LRP_SHAPE (1, 2), x, x, 2);
}

static void
test_concat (void)
{
  static const float x[] = { 1, -2 }, expected[] = { 1, -2, 1, 0 };
  static const gint64 axes[] = { 1, -1 };

  for (guint i = 0; i < G_N_ELEMENTS (axes); i++)
    {
      GByteArray *node = onnx_node ("Concat", "concat", "x r", "y");
      OnnxModel *model;
      onnx_attr_int (node, "axis", axes[i]);
      model = onnx_one_node (13, "1x2", node);
      onnx_add_node (model, onnx_node ("Relu", "relu", "x", "r"));
      assert_computes (model, &LRP_SHAPE (1, 2), x, expected, 4);
    }
}

static void
test_flatten (void)
{
  static const struct
  {
    gint64 axis;
    const char *shape;
  } cases[] = {
    { 0, "1x24" }, { 1, "1x24" }, { 2, "2x12" }, { 3, "6x4" }, { 4, "24x1" }, { -1, "6x4" }, { -4, "1x24" }
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GByteArray *node = onnx_node ("Flatten", "flat", "x", "y");
      g_autoptr (LrpNetwork) network = NULL;
      onnx_attr_int (node, "axis", cases[i].axis);
      network = onnx_read_model (onnx_one_node (13, "1x2x3x4", node));
      assert_shape (network, cases[i].shape);
    }
}

/* Whatever way a file writes the batch of a reshape, two samples stay two samples. */
static void
test_reshape (void)
{
  static const struct
  {
    gint64 target[3];
    const char *n, *shape;
  } cases[] = {
    { { 1, 4 }, "2", "1x4" },  { { -1, 4 }, "2", "1x4" },     { { 0, -1 }, "2", "1x4" },
    { { 1, -1 }, "2", "1x4" }, { { 1, 4, 1 }, "3", "1x4x1" }, { { 0, 0, -1 }, "3", "1x2x2" },
  };
  static const float two[] = { 1, 2, 3, 4, 5, 6, 7, 8 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      OnnxModel *model = onnx_one_node (13, "1x2x2", onnx_node ("Reshape", "r", "x shape", "y"));
      g_autoptr (LrpNetwork) network = NULL;
      g_autofree float *got = NULL;
      onnx_add_initializer (model, onnx_ints ("shape", cases[i].n, cases[i].target));
      network = onnx_read_model (model);
      assert_shape (network, cases[i].shape);
      got = onnx_compute (network, &LRP_SHAPE (2, 2, 2), two);
      g_assert_cmpmem (got, sizeof two, two, sizeof two);
    }
}

/* Axes as an attribute (until opset 12) and as an input (from 13 on); the batch stays open. */
static void
test_squeeze (void)
{
  static const gint64 axes[] = { -1, 1 };
  static const float two[] = { 1, 2, 3, 4 };

  for (guint form = 0; form < 2; form++)
    {
      GByteArray *squeeze = onnx_node ("Squeeze", "squeeze", form ? "x axes" : "x", "s");
      GByteArray *unsqueeze = onnx_node ("Unsqueeze", "unsqueeze", form ? "s axes" : "s", "y");
      OnnxModel *model;
      g_autoptr (LrpNetwork) network = NULL;
      g_autofree float *got = NULL;
      if (!form)
        {
          onnx_attr_ints (squeeze, "axes", "-1 1");
          onnx_attr_ints (unsqueeze, "axes", "-1 1");
        }
      model = onnx_one_node (form ? 13 : 11, "1x1x2x1", squeeze);
      onnx_add_node (model, unsqueeze);
      onnx_add_initializer (model, onnx_ints ("axes", "2", axes));
      network = onnx_read_model (model);
      g_assert_cmpuint (onnx_get_layer (network, "squeeze")->shape.rank, ==, 2);
      assert_shape (network, "1x1x2x1");
      got = onnx_compute (network, &LRP_SHAPE (2, 1, 2, 1), two);
      g_assert_cmpmem (got, sizeof two, two, sizeof two);
    }
}

/* An axis in front of the batch. */
static void
test_unsqueeze_front (void)
{
  static const float two[] = { 1, 2, 3, 4 };
  GByteArray *node = onnx_node ("Unsqueeze", "u", "x", "y");
  g_autoptr (LrpNetwork) network = NULL;
  g_autofree float *got = NULL;

  onnx_attr_ints (node, "axes", "0");
  network = onnx_read_model (onnx_one_node (11, "1x2", node));
  assert_shape (network, "1x1x2");
  got = onnx_compute (network, &LRP_SHAPE (2, 2), two);
  g_assert_cmpmem (got, sizeof two, two, sizeof two);
}

static void
test_transpose (void)
{
  static const float x[] = { 1, 2, 3, 4, 5, 6 }, turned[] = { 1, 4, 2, 5, 3, 6 };
  GByteArray *node = onnx_node ("Transpose", "t", "x", "y");
  g_autoptr (LrpNetwork) network = NULL;

  onnx_attr_ints (node, "perm", "0 2 1");
  assert_computes (onnx_one_node (13, "1x2x3", node), &LRP_SHAPE (1, 2, 3), x, turned, 6);
  /* By default all axes are reversed. */
  network = onnx_read_model (onnx_one_node (13, "1x2x3", onnx_node ("Transpose", "t", "x", "y")));
  assert_shape (network, "3x2x1");
}

/* A picture [N, H, W, C], as TensorFlow has it, x -> transposed c -> global average y; a second reader of x, or none.
 */
static OnnxModel *
make_channels_last (gint64 opset, const char *dims, const char *perm, gboolean also_read)
{
  GByteArray *turn = onnx_node ("Transpose", "turn", "x", "c");
  OnnxModel *model = onnx_one_node (opset, dims, onnx_node ("Flatten", "flat", also_read ? "sum" : "g", "y"));

  onnx_attr_ints (turn, "perm", perm);
  onnx_add_node (model, turn);
  onnx_add_node (model, onnx_node ("GlobalAveragePool", "mean", "c", "g"));
  if (also_read)
    {
      onnx_add_node (model, onnx_node ("GlobalAveragePool", "other", "x", "o"));
      onnx_add_node (model, onnx_node ("Add", "add", "g o", "sum"));
    }
  return model;
}

/* The network's input has its channels first, as pictures, heatmaps and the ranges of channels have; where the file's
 * own has them last and nothing else is done to it. */
static void
test_channels_last (void)
{
  static const struct
  {
    const char *dims, *perm;
    gboolean also_read;
    const char *input;
  } cases[] = {
    { "?x2x2x3", "0 3 1 2", FALSE, "1x3x2x2" }, { "1x4x2x1", "0 3 1 2", FALSE, "1x1x4x2" },
    { "1x2x2x5", "0 3 1 2", FALSE, "1x2x2x5" }, { "1x2x2x3", "0 2 3 1", FALSE, "1x2x2x3" },
    { "1x3x3x3", "0 3 1 2", TRUE, "1x3x3x3" },
  };
  static const float x[] = { 1, 2, 3, 4, 10, 20, 30, 40, 5, 5, 5, 5 }, expected[] = { 2.5f, 25, 5 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LrpNetwork) network =
          onnx_read_model (make_channels_last (9, cases[i].dims, cases[i].perm, cases[i].also_read));
      g_autofree char *input = onnx_shape_text (lrp_network_get_layer (network, 0));
      g_assert_cmpstr (input, ==, cases[i].input);
      g_assert_cmpint (network->input.channels_last, ==, i < 2);
      g_assert_cmpint (lrp_network_find_layer (network, "turn") < 0, ==, i < 2);
    }
  assert_computes (make_channels_last (9, cases[0].dims, cases[0].perm, FALSE), &LRP_SHAPE (1, 3, 2, 2), x, expected,
                   3);
}

/* As files of 2018 say it: normalisation per channel on the input itself, dropout with its ratio as an attribute and a
 * mask that nobody reads, a sum of three, and a product that says it transposes nothing. */
static void
test_old_forms (void)
{
  static const float scale[] = { 2, 1 }, shift[] = { 0, 1 }, mean[] = { 1, 0 }, variance[] = { 4, 1 };
  static const float w[] = { 1, 2, 3, 4 }, c[] = { 0.5f, -0.5f }, x[] = { 3, 5, 1, -1 };
  /* normal: 2 4 | 2 0; three times that, its means 9 3; times w: 9 + 9, 18 + 12 */
  static const float expected[] = { 18.5f, 29.5f };
  GByteArray *norm = onnx_node ("BatchNormalization", "norm", "x s b m v", "n"),
             *drop = onnx_node ("Dropout", "drop", "n", "d mask");
  GByteArray *gemm = onnx_node ("Gemm", "gemm", "f w c", "y");
  OnnxModel *model;

  onnx_attr_int (norm, "spatial", 1);
  onnx_attr_float (norm, "epsilon", 0);
  onnx_attr_float (norm, "momentum", 0.9f);
  onnx_attr_float (drop, "ratio", 0.5f);
  onnx_attr_float (gemm, "alpha", 1);
  onnx_attr_float (gemm, "beta", 1);
  onnx_attr_int (gemm, "transA", 0);
  onnx_attr_int (gemm, "transB", 0);
  model = onnx_one_node (7, "1x2x1x2", norm);
  model->ir_version = 3;
  onnx_add_initializer (model, onnx_floats ("s", "2", scale));
  onnx_add_initializer (model, onnx_floats ("b", "2", shift));
  onnx_add_initializer (model, onnx_floats ("m", "2", mean));
  onnx_add_initializer (model, onnx_floats ("v", "2", variance));
  onnx_add_initializer (model, onnx_floats ("w", "2x2", w));
  onnx_add_initializer (model, onnx_floats ("c", "2", c));
  onnx_add_node (model, drop);
  onnx_add_node (model, onnx_node ("Sum", "sum", "d d n", "three"));
  onnx_add_node (model, onnx_node ("GlobalAveragePool", "pool", "three", "g"));
  onnx_add_node (model, onnx_node ("Flatten", "flat", "g", "f"));
  onnx_add_node (model, gemm);
  assert_computes (model, &LRP_SHAPE (1, 2, 1, 2), x, expected, 2);
}

/* Pads as attributes (until opset 10), as inputs (from 11), with axes (from 18). */
static void
test_pad (void)
{
  static const float x[] = { 1, 2 }, expected[] = { 9, 1, 2, 9, 9 }, nine[] = { 9 };
  static const gint64 all[] = { 0, 1, 0, 2 }, some[] = { 1, 2 }, axes[] = { -1 };
  GByteArray *old = onnx_node ("Pad", "pad", "x", "y");
  OnnxModel *later, *latest;

  onnx_attr_ints (old, "pads", "0 1 0 2");
  onnx_attr_float (old, "value", 9);
  onnx_attr_string (old, "mode", "constant");
  assert_computes (onnx_one_node (10, "1x2", old), &LRP_SHAPE (1, 2), x, expected, 5);

  later = onnx_one_node (11, "1x2", onnx_node ("Pad", "pad", "x pads value", "y"));
  onnx_add_initializer (later, onnx_ints ("pads", "4", all));
  onnx_add_initializer (later, onnx_floats ("value", "", nine));
  assert_computes (later, &LRP_SHAPE (1, 2), x, expected, 5);

  latest = onnx_one_node (18, "1x2", onnx_node ("Pad", "pad", "x pads value axes", "y"));
  onnx_add_initializer (latest, onnx_ints ("pads", "2", some));
  onnx_add_initializer (latest, onnx_floats ("value", "", nine));
  onnx_add_initializer (latest, onnx_ints ("axes", "1", axes));
  assert_computes (latest, &LRP_SHAPE (1, 2), x, expected, 5);
}

/* PyTorch writes an empty padding before every average pooling. */
static void
test_empty_pad (void)
{
  static const gint64 none[8] = { 0 };
  OnnxModel *model = onnx_one_node (13, "1x1x2x2", onnx_node ("Pad", "pad", "x pads", "y"));
  g_autoptr (LrpNetwork) network = NULL;

  onnx_add_initializer (model, onnx_ints ("pads", "8", none));
  network = onnx_read_model (model);
  g_assert_cmpint (onnx_get_layer (network, "pad")->kind, ==, LRP_OP_IDENTITY);
}

static void
test_softmax (void)
{
  static const struct
  {
    const char *op, *dims;
    gint64 opset, axis, expected;
  } cases[] = {
    { "Softmax", "1x3", 11, G_MAXINT64, 1 },   { "Softmax", "1x3", 13, G_MAXINT64, 1 },
    { "Softmax", "1x3x2", 13, G_MAXINT64, 2 }, { "Softmax", "1x3x2", 13, 1, 1 },
    { "Softmax", "1x3x1x1", 11, 1, 1 },        { "Softmax", "1x3x1x1", 11, -3, 1 },
    { "Softmax", "1x1x3", 9, 1, 2 },           { "LogSoftmax", "1x3", 11, 1, 1 },
    { "LogSoftmax", "1x3x2", 13, -2, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GByteArray *node = onnx_node (cases[i].op, "softmax", "x", "y");
      g_autoptr (LrpNetwork) network = NULL;
      const LrpLayer *layer;
      if (cases[i].axis != G_MAXINT64)
        onnx_attr_int (node, "axis", cases[i].axis);
      network = onnx_read_model (onnx_one_node (cases[i].opset, cases[i].dims, node));
      layer = onnx_get_layer (network, "softmax");
      g_assert_cmpint (layer->kind, ==, cases[i].op[0] == 'S' ? LRP_OP_SOFTMAX : LRP_OP_LOG_SOFTMAX);
      g_assert_cmpint (layer->axis, ==, cases[i].expected);
    }
}

/* All the forms in which a Constant may hold its value. */
static void
test_constant_forms (void)
{
  static const float x[] = { 1, -2 }, one[] = { 3, 0 }, values[] = { 2, 2 };
  GByteArray *node = onnx_node ("Constant", "c", "", "c");
  OnnxModel *model = onnx_one_node (13, "1x2", onnx_node ("Add", "add", "x c", "y"));

  onnx_attr_float (node, "value_float", 2);
  onnx_add_node (model, node);
  assert_computes (model, &LRP_SHAPE (1, 2), x, one, 2);

  model = onnx_one_node (13, "1x2", onnx_node ("Add", "add", "x c", "y"));
  node = onnx_node ("Constant", "c", "", "c");
  onnx_attr_floats (node, "value_floats", values, 2);
  onnx_add_node (model, node);
  assert_computes (model, &LRP_SHAPE (1, 2), x, one, 2);

  model = onnx_one_node (13, "1x2", onnx_node ("Reshape", "r", "x c", "y"));
  node = onnx_node ("Constant", "c", "", "c");
  onnx_attr_ints (node, "value_ints", "-1 2");
  onnx_add_node (model, node);
  assert_computes (model, &LRP_SHAPE (1, 2), x, x, 2);

  model = onnx_one_node (13, "1x2x1", onnx_node ("Squeeze", "s", "x c", "y"));
  node = onnx_node ("Constant", "c", "", "c");
  onnx_attr_int (node, "value_int", 2);
  onnx_add_node (model, node);
  assert_computes (model, &LRP_SHAPE (1, 2, 1), x, x, 2);
}

/* Whole numbers of every width, signed or not, as a bias that is cast to float. */
static void
test_int_types (void)
{
  static const float x[] = { 0, 0 };
  static const gint32 wide[] = { 3, 100 };
  static const gint8 narrow[] = { 3, 100 };
  static const guint8 truth[] = { 0, 7 };
  GByteArray *listed = onnx_tensor ("i", ONNX_INT32, "2");
  const struct
  {
    GByteArray *tensor;
    float expected[2];
  } cases[] = {
    { onnx_tensor_raw ("i", ONNX_INT32, "2", wide, sizeof wide), { 3, 100 } },
    { onnx_tensor_raw ("i", ONNX_INT8, "2", narrow, sizeof narrow), { 3, 100 } },
    { onnx_tensor_raw ("i", ONNX_UINT8, "2", narrow, sizeof narrow), { 3, 100 } },
    { onnx_tensor_raw ("i", ONNX_BOOL, "2", truth, sizeof truth), { 0, 1 } },
    { listed, { -3, 100 } },
  };

  pb_int (listed, 5, -3);
  pb_int (listed, 5, 100);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GByteArray *cast = onnx_node ("Cast", "cast", "i", "c");
      OnnxModel *model = onnx_one_node (13, "1x2", onnx_node ("Add", "add", "x c", "y"));
      onnx_attr_int (cast, "to", ONNX_FLOAT);
      onnx_add_node (model, cast);
      onnx_add_initializer (model, cases[i].tensor);
      assert_computes (model, &LRP_SHAPE (1, 2), x, cases[i].expected, 2);
    }
}

/* Parts of [0 1 2 3; 4 5 6 7; ...], as attributes (until opset 9) and as inputs (from 10 on). */
static void
test_slice (void)
{
  static const float rows[] = { 4, 5, 6, 7, 8, 9, 10, 11 }, backwards[] = { 15, 13, 11, 9 }, same[] = { 1, 2 };
  static const gint64 starts[] = { -1, -1 }, ends[] = { 1, G_MININT64 }, axes[] = { 1, -1 }, steps[] = { -1, -2 };
  static const gint64 zero[] = { 0 }, top[] = { G_MAXINT64 };
  GByteArray *old = onnx_node ("Slice", "slice", "x", "y");
  OnnxModel *model;
  g_autoptr (LrpNetwork) network = NULL;
  g_autofree float *got = NULL;

  onnx_attr_ints (old, "starts", "1");
  onnx_attr_ints (old, "ends", "-1");
  onnx_attr_ints (old, "axes", "1");
  assert_computes (onnx_one_node (9, "1x4x4", old), &LRP_SHAPE (1, 4, 4), pixels, rows, 8);

  model = onnx_one_node (13, "1x4x4", onnx_node ("Slice", "slice", "x starts ends axes steps", "y"));
  onnx_add_initializer (model, onnx_ints ("starts", "2", starts));
  onnx_add_initializer (model, onnx_ints ("ends", "2", ends));
  onnx_add_initializer (model, onnx_ints ("axes", "2", axes));
  onnx_add_initializer (model, onnx_ints ("steps", "2", steps));
  assert_computes (model, &LRP_SHAPE (1, 4, 4), pixels, backwards, 4);

  /* Nothing is cut: all samples of any batch, until the end. */
  model = onnx_one_node (13, "1x2", onnx_node ("Slice", "slice", "x starts ends", "y"));
  onnx_add_initializer (model, onnx_ints ("starts", "1", zero));
  onnx_add_initializer (model, onnx_ints ("ends", "1", top));
  network = onnx_read_model (model);
  g_assert_cmpint (onnx_get_layer (network, "slice")->kind, ==, LRP_OP_IDENTITY);
  got = onnx_compute (network, &LRP_SHAPE (1, 2), same);
  g_assert_cmpmem (got, sizeof same, same, sizeof same);
}

/* Equal parts, given ones, and ones of which the last is shorter; the second is read. */
static void
test_split (void)
{
  static const struct
  {
    gint64 opset;
    const char *inputs, *attribute, *outputs;
    guint n;
    float expected[3];
  } cases[] = {
    { 13, "x", NULL, "a y c", 2, { 2, 3 } },
    { 11, "x", "split", "a y c", 3, { 1, 2, 3 } },
    { 13, "x parts", NULL, "a y c", 3, { 1, 2, 3 } },
    { 18, "x", "num_outputs", "a y", 3, { 3, 4, 5 } },
  };
  static const float x[] = { 0, 1, 2, 3, 4, 5 };
  static const gint64 parts[] = { 1, 3, 2 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GByteArray *node = onnx_node ("Split", "split", cases[i].inputs, cases[i].outputs);
      OnnxModel *model;
      onnx_attr_int (node, "axis", -1);
      if (cases[i].attribute && g_str_equal (cases[i].attribute, "split"))
        onnx_attr_ints (node, "split", "1 3 2");
      else if (cases[i].attribute)
        onnx_attr_int (node, cases[i].attribute, 2);
      model = onnx_one_node (cases[i].opset, "1x6", node);
      onnx_add_initializer (model, onnx_ints ("parts", "3", parts));
      assert_computes (model, &LRP_SHAPE (1, 6), x, cases[i].expected, cases[i].n);
    }
}

/* One place, whose axis goes; several, evenly or not; a table of them. */
static void
test_gather (void)
{
  static const struct
  {
    const char *dims;
    gint64 places[4];
    guint n;
    float expected[4];
    const char *shape;
  } cases[] = {
    { "", { -1 }, 2, { 2, 5 }, "1x2" },
    { "1", { 1 }, 2, { 1, 4 }, "1x2x1" },
    { "2", { 0, 2 }, 4, { 0, 2, 3, 5 }, "1x2x2" },
    { "2", { 2, 2 }, 4, { 2, 2, 5, 5 }, "1x2x2" },
    { "1x2", { -1, 0 }, 4, { 2, 0, 5, 3 }, "1x2x1x2" },
  };
  static const float x[] = { 0, 1, 2, 3, 4, 5 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GByteArray *node = onnx_node ("Gather", "gather", "x places", "y");
      OnnxModel *model;
      g_autoptr (LrpNetwork) network = NULL;
      g_autofree float *got = NULL;
      onnx_attr_int (node, "axis", 2);
      model = onnx_one_node (13, "1x2x3", node);
      onnx_add_initializer (model, onnx_ints ("places", cases[i].dims, cases[i].places));
      network = onnx_read_model (model);
      assert_shape (network, cases[i].shape);
      got = onnx_compute (network, &LRP_SHAPE (1, 2, 3), x);
      g_assert_cmpmem (got, cases[i].n * sizeof (float), cases[i].expected, cases[i].n * sizeof (float));
    }
}

/* Operators on constants, and their n results. */
static const struct
{
  const char *op, *inputs;
  guint n;
  float expected[8];
} folded[] = {
  { "Add", "a b", 6, { 3, 4, 5, 5, 6, 7 } },
  { "Sum", "a a a", 3, { 3, 6, 9 } },
  { "Sub", "b a", 6, { 1, 0, -1, 3, 2, 1 } },
  { "Mul", "a b", 6, { 2, 4, 6, 4, 8, 12 } },
  { "Div", "b b", 2, { 1, 1 } },
  { "Div", "i j", 2, { 3, -2 } },
  { "Neg", "j", 2, { -2, 3 } },
  { "Floor", "h", 2, { -2, 1 } },
  { "Ceil", "h", 2, { -1, 2 } },
  { "Equal", "j two", 2, { 1, 0 } },
  { "Less", "j i", 2, { 1, 1 } },
  { "Greater", "a b", 6, { 0, 0, 1, 0, 0, 0 } },
  { "Where", "truth h one", 2, { -1.5f, 1 } },
  { "Shape", "b", 2, { 2, 1 } },
  { "Shape", "x", 2, { 1, 2 } },
  { "Expand", "b pair", 4, { 2, 2, 4, 4 } },
  { "Tile", "j two", 4, { 2, -3, 2, -3 } },
  { "ConstantOfShape", "pair", 4, { 0, 0, 0, 0 } },
  { "Range", "zero i three", 3, { 0, 3, 6 } },
  { "Range", "i zero minus", 4, { 7, 5, 3, 1 } },
  { "Concat", "j pair", 4, { 2, -3, 2, 2 } },
  { "Concat", "e j", 2, { 2, -3 } },
  { "Slice", "j axis1 big", 1, { -3 } },
  { "Slice", "a big none axis0 minus1", 2, { 3, 1 } },
  { "Gather", "a table", 4, { 3, 1, 2, 3 } },
  { "Split", "a", 3, { 1, 2, 3 } },
  { "Reshape", "b axis2", 2, { 2, 4 } },
  { "Mod", "i j", 2, { 1, -2 } },
  { "Pow", "a two", 3, { 1, 4, 9 } },
  { "Pow", "j two", 2, { 4, 9 } },
  { "Min", "j zero", 2, { 0, -3 } },
  { "Max", "j zero", 2, { 2, 0 } },
  { "And", "truth truth", 2, { 1, 0 } },
  { "Or", "truth i", 2, { 1, 1 } },
  { "Xor", "truth i", 2, { 0, 1 } },
  { "Not", "truth", 2, { 0, 1 } },
  { "LessOrEqual", "j two", 2, { 1, 1 } },
  { "GreaterOrEqual", "j two", 2, { 1, 0 } },
  { "Abs", "h", 2, { 1.5f, 1.5f } },
  { "Abs", "j", 2, { 2, 3 } },
  { "Round", "h", 2, { -2, 2 } },
  { "Reciprocal", "b", 2, { 0.5f, 0.25f } },
  { "Sqrt", "four", 1, { 2 } },
  { "Exp", "none0", 1, { 1 } },
  { "Log", "one", 1, { 0 } },
  { "Sin", "none0", 1, { 0 } },
  { "Cos", "none0", 1, { 1 } },
  { "Tanh", "none0", 1, { 0 } },
  { "ScatterND", "a spots h", 3, { 1.5f, 2, -1.5f } },
  { "MatMul", "b c", 6, { 2, 4, 6, 4, 8, 12 } },
  { "MatMul", "c d", 2, { 14, 32 } },
  { "Gemm", "b c a", 6, { 3, 6, 9, 5, 10, 15 } },
  { "Relu", "h", 2, { 0, 1.5f } },
  { "Relu", "none0", 1, { 0 } },
  { "Sigmoid", "none0", 1, { 0.5f } },
  { "Clip", "h one", 2, { 1, 1.5f } },
  { "Clip", "h - one", 2, { -1.5f, 1 } },
  { "LeakyRelu", "h", 2, { -0.015f, 1.5f } },
  { "PRelu", "h four", 2, { -6, 1.5f } },
  { "Softmax", "b", 2, { 1, 1 } },
  { "Einsum", "d c", 2, { 14, 32 } },
  { "Einsum", "d", 3, { 5, 7, 9 } },
  { "ReduceMean", "c", 1, { 2 } },
  { "ReduceSum", "c axis1", 1, { 6 } },
  { "ReduceSum", "d axis0", 2, { 6, 15 } },
  { "ReduceMax", "d axis1", 3, { 4, 5, 6 } },
  { "ReduceMin", "j", 1, { -3 } },
  { "ReduceProd", "j", 1, { -6 } },
  { "ReduceProd", "pair axis0", 1, { 4 } },
  { "ReduceL2", "four", 1, { 4 } },
};

/* The whole numbers among the constants. */
static const struct
{
  const char *name, *dims;
  gint64 values[4];
} folded_ints[] = {
  { "i", "", { 7 } },
  { "j", "2", { 2, -3 } },
  { "two", "1", { 2 } },
  { "pair", "2", { 2, 2 } },
  { "e", "0", { 0 } },
  { "axis1", "1", { 1 } },
  { "axis0", "1", { 0 } },
  { "big", "1", { 1 << 30 } },
  { "minus1", "1", { -2 } },
  { "none", "1", { G_MININT64 } },
  { "table", "2x2", { -1, 0, 1, 2 } },
  { "zero", "", { 0 } },
  { "three", "", { 3 } },
  { "minus", "", { -2 } },
  { "truth", "2", { 1, 0 } },
  { "axis2", "1", { -1 } },
  { "spots", "2x1", { -1, 0 } },
};

/* One operator on the constants a = [1 2 3], b = [[2], [4]], i = 7 and j = [2 -3] (whole), e (none) and their like; its
 * n results are multiplied by activations that are all 1. */
static void
test_folding (void)
{
  static const float a[] = { 1, 2, 3 }, b[] = { 2, 4 }, h[] = { -1.5f, 1.5f }, one[] = { 1 };
  static const float four[] = { 4 }, none0[] = { 0 }, d[] = { 1, 4, 2, 5, 3, 6 };
  static const float x[] = { 0, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (folded); i++)
    {
      static const gint64 one_row[] = { 1, -1 };
      GByteArray *node = onnx_node (folded[i].op, "fold", folded[i].inputs, "folded"),
                 *cast = onnx_node ("Cast", "cast", "row", "real");
      GByteArray *slice = onnx_node ("Slice", "start", "x axis0 axis1 axis1", "first");
      OnnxModel *model = onnx_one_node (13, "1x2", onnx_node ("Mul", "times", "wide real", "y"));
      float ones[8] = { 1, 1, 1, 1, 1, 1, 1, 1 };
      g_autofree char *dims = g_strdup_printf ("1x%u", folded[i].n);
      if (g_str_equal (folded[i].op, "Concat"))
        onnx_attr_int (node, "axis", 0);
      if (g_str_equal (folded[i].op, "Einsum"))
        onnx_attr_string (node, "equation", strchr (folded[i].inputs, ' ') ? "ij,ki->jk" : "ij->i");
      onnx_attr_int (cast, "to", ONNX_FLOAT);
      onnx_add_node (model, node);
      onnx_add_node (model, onnx_node ("Reshape", "flat", "folded onerow", "row"));
      onnx_add_node (model, cast);
      onnx_add_node (model, slice);
      onnx_add_node (model, onnx_node ("MatMul", "spread", "first ones", "wide0"));
      onnx_add_node (model, onnx_node ("Add", "plus", "wide0 ones", "wide"));
      onnx_add_initializer (model, onnx_floats ("a", "3", a));
      onnx_add_initializer (model, onnx_floats ("b", "2x1", b));
      onnx_add_initializer (model, onnx_floats ("c", "1x3", a));
      onnx_add_initializer (model, onnx_floats ("d", "3x2", d));
      onnx_add_initializer (model, onnx_floats ("h", "2", h));
      onnx_add_initializer (model, onnx_floats ("one", "", one));
      onnx_add_initializer (model, onnx_floats ("four", "", four));
      onnx_add_initializer (model, onnx_floats ("none0", "", none0));
      onnx_add_initializer (model, onnx_floats ("ones", dims, ones));
      onnx_add_initializer (model, onnx_ints ("onerow", "2", one_row));
      for (guint k = 0; k < G_N_ELEMENTS (folded_ints); k++)
        onnx_add_initializer (model, onnx_ints (folded_ints[k].name, folded_ints[k].dims, folded_ints[k].values));
      g_test_message ("%s (%s)", folded[i].op, folded[i].inputs);
      assert_computes (model, &LRP_SHAPE (1, 2), x, folded[i].expected, folded[i].n);
    }
}

/* Two activations: a gate and its signal, of two shapes. */
static void
test_product (void)
{
  static const float x[] = { 1, -2, 3, 4 }, expected[] = { 1, 0, 9, 4 };
  OnnxModel *model = onnx_one_node (13, "1x2x2", onnx_node ("Mul", "product", "x column", "y"));
  GByteArray *gather = onnx_node ("Gather", "first", "r place", "column");
  g_autoptr (LrpNetwork) network = NULL;
  g_autofree float *got = NULL;

  onnx_attr_int (gather, "axis", 2);
  onnx_add_node (model, onnx_node ("Relu", "relu", "x", "r"));
  onnx_add_node (model, gather);
  onnx_add_initializer (model, onnx_ints ("place", "1", (const gint64[]){ 0 }));
  network = onnx_read_model (model);
  g_assert_cmpint (onnx_get_layer (network, "product")->kind, ==, LRP_OP_PRODUCT);
  got = onnx_compute (network, &LRP_SHAPE (1, 2, 2), x);
  g_assert_cmpfloat (got[0], ==, expected[0]);
  g_assert_cmpfloat (got[1], ==, -2);
  g_assert_cmpfloat (got[2], ==, expected[2]);
  g_assert_cmpfloat (got[3], ==, 12);
}

/* A token beside the activations of every sample. */
static void
test_concat_constant (void)
{
  static const float token[] = { 8, 9 }, two[] = { 1, 2, 3, 4 }, expected[] = { 8, 9, 1, 2, 8, 9, 3, 4 };
  GByteArray *node = onnx_node ("Concat", "concat", "token x", "y");
  OnnxModel *model;
  g_autoptr (LrpNetwork) network = NULL;
  g_autofree float *got = NULL;

  onnx_attr_int (node, "axis", 1);
  model = onnx_one_node (13, "Nx1x2", node);
  onnx_add_initializer (model, onnx_floats ("token", "1x1x2", token));
  network = onnx_read_model (model);
  got = onnx_compute (network, &LRP_SHAPE (2, 1, 2), two);
  g_assert_cmpmem (got, sizeof expected, expected, sizeof expected);
}

/* Time and batch are merged, and parted again, by shapes that a trace froze, or left open elsewhere. */
static void
test_frozen_batch (void)
{
  static const gint64 merged[][2] = { { 2, 3 }, { -1, 3 } };
  static const gint64 parted[][3] = { { 2, 1, 3 }, { 2, -1, 3 }, { -1, 1, 3 } };
  float x[18];

  for (guint i = 0; i < 18; i++)
    x[i] = (float) i;
  for (guint i = 0; i < 6; i++)
    {
      GByteArray *there = onnx_node ("Transpose", "there", "x", "t"), *back = onnx_node ("Transpose", "back", "p", "y");
      OnnxModel *model;
      g_autoptr (LrpNetwork) network = NULL;
      g_autofree float *got = NULL;
      onnx_attr_ints (there, "perm", "1 0 2");
      onnx_attr_ints (back, "perm", "1 0 2");
      model = onnx_one_node (13, "1x2x3", there);
      onnx_add_node (model, onnx_node ("Reshape", "merge", "t merged", "m"));
      onnx_add_node (model, onnx_node ("Relu", "relu", "m", "r"));
      onnx_add_node (model, onnx_node ("Reshape", "part", "r parted", "p"));
      onnx_add_node (model, back);
      onnx_add_initializer (model, onnx_ints ("merged", "2", merged[i % 2]));
      onnx_add_initializer (model, onnx_ints ("parted", "3", parted[i / 2]));
      network = onnx_read_model (model);
      got = onnx_compute (network, &LRP_SHAPE (3, 2, 3), x);
      g_assert_cmpmem (got, sizeof x, x, sizeof x);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/onnx-ops/conv", test_conv);
  g_test_add_func ("/onnx-ops/conv/auto-pad", test_conv_auto_pad);
  g_test_add_func ("/onnx-ops/conv/same-upper-lower", test_same_upper_lower);
  g_test_add_func ("/onnx-ops/gemm", test_gemm);
  g_test_add_func ("/onnx-ops/gemm/trans-b", test_gemm_trans_b);
  g_test_add_func ("/onnx-ops/gemm/computed-c", test_gemm_computed_c);
  g_test_add_func ("/onnx-ops/gemm/constant-a", test_gemm_constant_a);
  g_test_add_func ("/onnx-ops/matmul", test_matmul);
  g_test_add_func ("/onnx-ops/matmul/left", test_matmul_left);
  g_test_add_func ("/onnx-ops/matmul/too-much", test_too_much);
  g_test_add_func ("/onnx-ops/expand", test_expand);
  g_test_add_func ("/onnx-ops/arithmetic", test_arithmetic);
  g_test_add_func ("/onnx-ops/batch-norm", test_batch_norm);
  g_test_add_func ("/onnx-ops/pools", test_pools);
  g_test_add_func ("/onnx-ops/pools/fields", test_pool_fields);
  g_test_add_func ("/onnx-ops/pools/ceil-mode", test_ceil_mode);
  g_test_add_func ("/onnx-ops/simple", test_simple);
  g_test_add_func ("/onnx-ops/leaky-relu", test_leaky_relu);
  g_test_add_func ("/onnx-ops/dropout", test_dropout);
  g_test_add_func ("/onnx-ops/cast", test_cast);
  g_test_add_func ("/onnx-ops/concat", test_concat);
  g_test_add_func ("/onnx-ops/flatten", test_flatten);
  g_test_add_func ("/onnx-ops/reshape", test_reshape);
  g_test_add_func ("/onnx-ops/squeeze", test_squeeze);
  g_test_add_func ("/onnx-ops/unsqueeze-front", test_unsqueeze_front);
  g_test_add_func ("/onnx-ops/transpose", test_transpose);
  g_test_add_func ("/onnx-ops/channels-last", test_channels_last);
  g_test_add_func ("/onnx-ops/old-forms", test_old_forms);
  g_test_add_func ("/onnx-ops/pad", test_pad);
  g_test_add_func ("/onnx-ops/pad/empty", test_empty_pad);
  g_test_add_func ("/onnx-ops/slice", test_slice);
  g_test_add_func ("/onnx-ops/split", test_split);
  g_test_add_func ("/onnx-ops/gather", test_gather);
  g_test_add_func ("/onnx-ops/folding", test_folding);
  g_test_add_func ("/onnx-ops/product", test_product);
  g_test_add_func ("/onnx-ops/concat/constant", test_concat_constant);
  g_test_add_func ("/onnx-ops/frozen-batch", test_frozen_batch);
  g_test_add_func ("/onnx-ops/softmax", test_softmax);
  g_test_add_func ("/onnx-ops/constant-forms", test_constant_forms);
  g_test_add_func ("/onnx-ops/int-types", test_int_types);
  return g_test_run ();
}
