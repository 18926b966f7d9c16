/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-bad.c: files that lie: each gets an error that says what is wrong, and none does harm */
#include "files/onnx/onnx.h"
#include "onnx-reading.h"

#include <string.h>

static void
assert_refused (OnnxModel *model, const char *fragment)
{
  g_autofree char *message = onnx_read_error (model);

  g_test_message ("%s", message);
  onnx_assert_fragment (message, fragment);
}

/* A model of one Conv whose weights are [1, 1, 3, 3]; the node gets an attribute of numbers or of text. */
static OnnxModel *
conv_model (const char *dims, const char *attribute, const char *numbers)
{
  GByteArray *node = onnx_node ("Conv", "conv1", "x w", "y");
  OnnxModel *model;

  if (g_str_equal (attribute, "group"))
    onnx_attr_int (node, attribute, g_ascii_strtoll (numbers, NULL, 10));
  else if (g_str_equal (attribute, "auto_pad"))
    onnx_attr_string (node, attribute, numbers);
  else
    onnx_attr_ints (node, attribute, numbers);
  model = onnx_one_node (13, dims, node);
  onnx_add_initializer (model, onnx_ramp ("w", "1x1x3x3"));
  return model;
}

static OnnxModel *
relu_model (const char *dims)
{
  return onnx_one_node (13, dims, onnx_node ("Relu", "relu1", "x", "y"));
}

static void
test_conv_attributes (void)
{
  static const struct
  {
    const char *attribute, *numbers, *fragment;
  } cases[] = {
    { "strides", "0 1", "conv1: stride is 0" },
    { "strides", "-1 1", "conv1: stride is -1" },
    { "kernel_shape", "0 3", "does not agree with the weights" },
    { "kernel_shape", "3 3 3", "“kernel_shape” has 3 numbers, not 2" },
    { "dilations", "0 0", "dilation is 0" },
    { "dilations", "9223372036854775807 1", "dilation is 9223372036854775807" },
    { "group", "0", "group count 0 does not divide" },
    { "group", "-1", "group count -1 does not divide" },
    { "group", "7", "group count 7 does not divide" },
    { "pads", "-1 0 0 0", "padding is -1" },
    { "pads", "1 1 1", "“pads” has 3 numbers" },
    { "pads", "9223372036854775807 0 9223372036854775807 0", "padding is 9223372036854775807" },
    { "auto_pad", "SAME", "“auto_pad” is unknown" },
    { "strange", "1", "attribute “strange” is not supported" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (conv_model ("1x1x8x8", cases[i].attribute, cases[i].numbers), cases[i].fragment);
  /* The good twin. */
  lrp_network_unref (onnx_read_model (conv_model ("1x1x8x8", "strides", "2 2")));
}

static void
test_conv_shapes (void)
{
  GByteArray *one = onnx_node ("Conv", "conv1", "x w", "y");
  OnnxModel *model = onnx_one_node (13, "1x1x8", one);

  onnx_add_initializer (model, onnx_ramp ("w", "1x1"));
  assert_refused (model, "a convolution in 0 dimensions cannot be read");
  model = onnx_one_node (13, "1x1x8x8x8", onnx_node ("Conv", "conv1", "x w", "y"));
  onnx_add_initializer (model, onnx_ramp ("w", "1x1x3x3x3"));
  assert_refused (model, "a convolution in 3 dimensions cannot be read");
  model = onnx_one_node (13, "1x1x8x8", onnx_node ("Conv", "conv1", "x w", "y"));
  onnx_add_initializer (model, onnx_ramp ("w", "1x1x3"));
  assert_refused (model, "weights of 3 dimensions do not fit an input of 4");
  assert_refused (conv_model ("1x1x8", "strides", "1 1"), "weights of 4 dimensions do not fit an input of 3");
  assert_refused (conv_model ("1x1x2x8", "strides", "1 1"), "the window spans 3 but the padded input only 2");
  assert_refused (conv_model ("1x5x8x8", "strides", "1 1"), "weights 1x1x3x3 do not fit input 1x5x8x8");
}

static void
test_attribute_faults (void)
{
  GByteArray *twice = onnx_node ("LeakyRelu", "leaky", "x", "y"), *wrong = onnx_node ("LeakyRelu", "leaky", "x", "y");
  GByteArray *both = onnx_node ("Conv", "conv1", "x w", "y");
  OnnxModel *model;

  onnx_attr_float (twice, "alpha", 1);
  onnx_attr_float (twice, "alpha", 1);
  assert_refused (onnx_one_node (13, "1x2", twice), "“leaky”: attribute “alpha” is given twice");
  onnx_attr_int (wrong, "alpha", 1);
  assert_refused (onnx_one_node (13, "1x2", wrong), "attribute “alpha” has the wrong type");
  onnx_attr_string (both, "auto_pad", "SAME_UPPER");
  onnx_attr_ints (both, "pads", "1 1 1 1");
  model = onnx_one_node (13, "1x1x8x8", both);
  onnx_add_initializer (model, onnx_ramp ("w", "1x1x3x3"));
  assert_refused (model, "both “pads” and “auto_pad”");
}

static void
test_pools (void)
{
  static const struct
  {
    const char *attribute, *numbers, *fragment;
  } cases[] = {
    { "kernel_shape", "9 9", "the window spans 9 but the padded input only 4" },
    { "kernel_shape", "0 2", "kernel is 0" },
    { "kernel_shape", "2", "“kernel_shape” has 1 numbers" },
    { "strides", "2 2", "“kernel_shape” is missing" },
    { "pads", "2 0 0 0", "padding of 2 is not smaller than the window of 2" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GByteArray *node = onnx_node ("MaxPool", "pool1", "x", "y");
      if (g_str_equal (cases[i].attribute, "pads"))
        onnx_attr_ints (node, "kernel_shape", "2 2");
      onnx_attr_ints (node, cases[i].attribute, cases[i].numbers);
      assert_refused (onnx_one_node (13, "1x1x4x4", node), cases[i].fragment);
    }
}

/* The places of the maxima, and a mask of what was dropped, are not computed. */
static void
test_second_outputs (void)
{
  GByteArray *node = onnx_node ("MaxPool", "pool1", "x", "v places");
  OnnxModel *model;

  onnx_attr_ints (node, "kernel_shape", "2 2");
  model = onnx_one_node (13, "1x1x4x4", node);
  onnx_add_node (model, onnx_node ("Add", "add", "v places", "y"));
  assert_refused (model, "“pool1”: output 2 is used");
}

/* Each axis that is none, and each target that does not fit. */
static void
test_axes (void)
{
  static const struct
  {
    const char *op, *attribute, *numbers, *fragment;
  } cases[] = {
    { "Concat", "axis", "9", "axis 9 is outside 3 dimensions" },
    { "Concat", "axis", "-9223372036854775808", "is outside 3 dimensions" },
    { "Flatten", "axis", "99", "axis 99 is outside 3 dimensions" },
    { "Softmax", "axis", "3", "axis 3 is outside 3 dimensions" },
    { "Transpose", "perm", "0 0 1", "does not name each of 3 dimensions once" },
    { "Transpose", "perm", "0 1 9", "does not name each of 3 dimensions once" },
    { "Transpose", "perm", "1 0", "does not name each of 3 dimensions once" },
    { "Squeeze", "axes", "2", "dimension 2 is 4, not 1" },
    { "Squeeze", "axes", "0 0", "axis 0 is given twice" },
    { "Squeeze", "axes", "7", "axis 7 is outside 3 dimensions" },
    { "Squeeze", "axes", "", "does not say which dimensions go" },
    { "Unsqueeze", "axes", "1 1", "axis 1 is given twice" },
    { "Unsqueeze", "axes", "1 2 3 4 5 6", "more than 8 dimensions" },
    { "Unsqueeze", "axes", "9", "axis 9 is outside 4 dimensions" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GByteArray *node = onnx_node (cases[i].op, "node1", "x", "y");
      if (g_str_equal (cases[i].attribute, "axis"))
        onnx_attr_int (node, cases[i].attribute, g_ascii_strtoll (cases[i].numbers, NULL, 10));
      else
        onnx_attr_ints (node, cases[i].attribute, cases[i].numbers);
      assert_refused (onnx_one_node (11, "1x3x4", node), cases[i].fragment);
    }
}

static void
test_reshape (void)
{
  static const struct
  {
    gint64 target[3];
    const char *fragment;
  } cases[] = {
    { { -1, -1, 2 }, "cannot be reshaped" }, { { 1, 5, -1 }, "cannot be reshaped" },
    { { 1, 2, 5 }, "cannot be reshaped" },   { { G_MAXINT64, G_MAXINT64, 12 }, "cannot be reshaped" },
    { { 1, 12, -2 }, "cannot be reshaped" },
  };
  static const gint64 nine[9] = { 1, 1, 1, 1, 1, 1, 1, 1, 12 }, zero[] = { 0, 12 };
  OnnxModel *model;
  GByteArray *node;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      model = onnx_one_node (13, "1x3x4", onnx_node ("Reshape", "r", "x shape", "y"));
      onnx_add_initializer (model, onnx_ints ("shape", "3", cases[i].target));
      assert_refused (model, cases[i].fragment);
      /* The same on a constant. */
      model = onnx_one_node (13, "1x12", onnx_node ("Add", "add", "x c", "y"));
      onnx_add_node (model, onnx_node ("Reshape", "r", "w shape", "c"));
      onnx_add_initializer (model, onnx_ramp ("w", "12"));
      onnx_add_initializer (model, onnx_ints ("shape", "3", cases[i].target));
      assert_refused (model, "“r”: the constant cannot have this shape");
    }
  model = onnx_one_node (13, "1x3x4", onnx_node ("Reshape", "r", "x shape", "y"));
  onnx_add_initializer (model, onnx_ints ("shape", "9", nine));
  assert_refused (model, "at most 8 whole numbers");
  model = onnx_one_node (13, "1x3x4", onnx_node ("Reshape", "r", "x x", "y"));
  assert_refused (model, "input 2, “x”, must be a constant");
  node = onnx_node ("Reshape", "r", "x shape", "y");
  onnx_attr_int (node, "allowzero", 1);
  model = onnx_one_node (14, "1x3x4", node);
  onnx_add_initializer (model, onnx_ints ("shape", "2", zero));
  assert_refused (model, "“allowzero”");
}

/* An operator may be known, and still be used in a way that is not. */
static void
test_unsupported_uses (void)
{
  static const struct
  {
    const char *op, *inputs, *dims, *fragment;
  } cases[] = {
    { "Mul", "x cat", "1x2", "1x2 and 1x4 do not fit" },
    { "MatMul", "x r", "1x2", "matrices of shape 1x2 and 1x2 cannot be multiplied" },
    { "MatMul", "w x", "1x2", "input 1, “w”, is a constant" },
    { "MatMul", "x three", "1x2", "the constant must be a matrix, not 1x2x2" },
    { "MatMul", "x w", "1x3", "do not fit input 1x3" },
    { "Div", "w x", "1x2", "a constant of shape 2x2 does not fit an input of shape 1x2" },
    { "Div", "x zero", "1x2", "it divides by zero" },
    { "Add", "w w", "1x2", "the output does not depend on the input" },
    { "Add", "x three", "1x2", "a constant of shape 1x2x2 does not fit" },
    { "Add", "x i", "1x2", "constant “i” is empty or holds no real numbers" },
    { "Add", "x empty", "1x2", "constant “empty” is empty" },
    { "Sum", "x cat", "1x2", "1x2 and 1x4 do not fit" },
    { "Gemm", "x w", "1x2x2", "the input must have 2 dimensions" },
    { "Gemm", "x w three", "1x2", "a bias of shape 1x2x2 does not fit 2 outputs" },
    { "Gemm", "x w five", "1x2", "a bias of shape 5 does not fit 2 outputs" },
    { "Pad", "x i", "1x2", "2 numbers cannot be the padding of 2 dimensions" },
    { "Pad", "x front", "1x2", "padding the batch is not supported" },
    { "Pad", "x huge", "1x2", "does not fit axis 1" },
    { "Dropout", "x - true", "1x2", "in training mode" },
    { "BatchNormalization", "x five five five zero", "1x5", "differ in length" },
    { "Relu", "-", "1x2", "input 1 is missing" },
    { "Relu", "x x", "1x2", "it cannot have 2 inputs" },
    { "Constant", "", "1x2", "exactly one value" },
  };
  static const float numbers[8] = { 0 };
  static const gint64 ints[] = { 1, 1 }, front[] = { 1, 0, 0, 0 }, huge[] = { 0, G_MAXINT64, 0, 0 };
  static const guint8 truth = 1;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      OnnxModel *model = onnx_one_node (13, cases[i].dims, onnx_node (cases[i].op, "node1", cases[i].inputs, "y"));
      GByteArray *concat = onnx_node ("Concat", "cat", "x x", "cat");
      onnx_add_node (model, onnx_node ("Relu", "r", "x", "r"));
      onnx_attr_int (concat, "axis", 1);
      onnx_add_node (model, concat);
      onnx_add_initializer (model, onnx_ramp ("w", "2x2"));
      onnx_add_initializer (model, onnx_ramp ("three", "1x2x2"));
      onnx_add_initializer (model, onnx_ramp ("five", "5"));
      onnx_add_initializer (model, onnx_floats ("zero", "2", numbers));
      onnx_add_initializer (model, onnx_floats ("empty", "0", numbers));
      onnx_add_initializer (model, onnx_ints ("i", "2", ints));
      onnx_add_initializer (model, onnx_ints ("front", "4", front));
      onnx_add_initializer (model, onnx_ints ("huge", "4", huge));
      onnx_add_initializer (model, onnx_tensor_raw ("true", ONNX_BOOL, "", &truth, 1));
      assert_refused (model, cases[i].fragment);
    }
}

/* What nodes that take parts, or repeat, cannot take, and what is said of it. */
static const struct
{
  const char *op, *inputs, *fragment;
} parts[] = {
  { "Slice", "x two one one", "from 2 to 1 there is nothing on axis 1 of length 3" },
  { "Slice", "x one two batch", "it takes some samples out of the batch" },
  { "Slice", "x one two nine", "axis 9 is outside 3 dimensions" },
  { "Slice", "x one two one zero", "a step is 0" },
  { "Slice", "x one pair", "do not fit each other" },
  { "Slice", "x pair pair ones", "an axis is given twice" },
  { "Slice", "x x two", "must be a constant" },
  { "Gather", "x nine", "place 9 is outside an axis of length 1" },
  { "Gather", "x least", "is outside an axis of length 1" },
  { "Gather", "x zero", "it takes some samples out of the batch" },
  { "Gather", "x x", "must be a constant" },
  { "Split", "x two", "the parts do not add up to 1 places" },
  { "Split", "x pair", "must be at most 1 whole numbers" },
  { "Expand", "x pair", "constants of shape" },
  { "Expand", "x wide", "it adds dimensions to activations, or repeats samples" },
  { "Tile", "x pair", "must be a constant" },
  { "Tile", "c wide", "it does not say how often" },
  { "Tile", "c least", "it repeats a dimension too often" },
  { "Tile", "c huge", "is too large: more than 2^30 numbers" },
  { "ConstantOfShape", "terabytes", "is too large: more than 2^30 numbers" },
  { "ConstantOfShape", "least", "is too large" },
  { "Expand", "c terabytes", "is too large: more than 2^30 numbers" },
  { "Range", "none huge one", "there are too many numbers" },
  { "Range", "none one none", "there are too many numbers" },
  { "Add", "huge huge", "grows too large" },
  { "Div", "one zero", "divided by zero" },
  { "Div", "least minus", "grows too large" },
  { "Neg", "least", "grows too large" },
  { "Mul", "one c", "real and whole numbers are mixed" },
  { "Equal", "x c", "must be a constant" },
  { "Where", "one c one", "real and whole numbers are mixed" },
  { "Concat", "one c", "real and whole numbers cannot be joined" },
  { "Mod", "one zero", "divided by zero" },
  { "Pow", "two minus", "grows too large" },
  { "Pow", "nine nine", "the output does not depend on the input" },
  { "Pow", "huge two", "grows too large" },
  { "Pow", "x nine", "activations to the power 9 are not supported" },
  { "Pow", "x pair", "the exponent must be one number" },
  { "Pow", "x x", "must be a constant" },
  { "Max", "x x", "it compares activations with each other" },
  { "Max", "x pair", "is empty or holds no real numbers" },
  { "And", "c c", "works on whole numbers and truth values only" },
  { "Not", "c", "does not work on this type of numbers" },
  { "Sqrt", "one", "does not work on this type of numbers" },
  { "ReduceProd", "x", "it works on activations; only constants are supported" },
  { "ReduceProd", "huge", "grows too large" },
  { "ReduceMax", "nothing", "the constant is empty" },
  { "ReduceMax", "one nine", "axis 9 is outside 1 dimensions" },
  { "Sin", "x", "it works on activations; only constants are supported" },
  { "ScatterND", "wide one wide", "do not fit what they are written over" },
  { "ScatterND", "wide corner one", "a place is outside the constant" },
  { "ScatterND", "wide c one", "do not fit what they are written over" },
  { "ScatterND", "x one one", "must be a constant" },
};

/* The whole numbers that they are given. */
static const struct
{
  const char *name, *dims;
  gint64 values[3];
} part_ints[] = {
  { "zero", "1", { 0 } },
  { "none", "", { 0 } },
  { "one", "1", { 1 } },
  { "two", "1", { 2 } },
  { "nine", "1", { 9 } },
  { "batch", "1", { 0 } },
  { "minus", "1", { -1 } },
  { "pair", "2", { 2, 2 } },
  { "ones", "2", { 1, 1 } },
  { "wide", "3", { 5, 3, 4 } },
  { "least", "1", { G_MININT64 } },
  { "huge", "1", { G_MAXINT64 } },
  { "nothing", "0", { 0 } },
  { "terabytes", "2", { 1 << 20, 1 << 20 } },
  { "corner", "1x1", { 3 } },
};

/* A node that takes parts, or repeats: what it cannot take is said before anything is made. x is [1, 3, 4]. */
static void
test_parts (void)
{
  static const float c[] = { 1 };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      GByteArray *node = onnx_node (parts[i].op, "node1", parts[i].inputs, "y");
      OnnxModel *model;
      if (g_str_equal (parts[i].op, "Concat"))
        onnx_attr_int (node, "axis", 0);
      model = onnx_one_node (13, "1x3x4", node);
      for (guint k = 0; k < G_N_ELEMENTS (part_ints); k++)
        onnx_add_initializer (model, onnx_ints (part_ints[k].name, part_ints[k].dims, part_ints[k].values));
      onnx_add_initializer (model, onnx_floats ("c", "1", c));
      assert_refused (model, parts[i].fragment);
    }
}

static void
test_unsupported_modes (void)
{
  static const struct
  {
    const char *op, *inputs, *attribute, *fragment;
    gint64 value;
  } cases[] = {
    { "Gemm", "x w", "transA", "“transA” is not supported", 1 },
    { "Cast", "x", "to", "into whole numbers", ONNX_INT64 },
    { "Cast", "x", "to", "a type that is not supported", ONNX_STRING },
    { "BatchNormalization", "x v v v v", "training_mode", "fixed statistics", 1 },
    { "BatchNormalization", "x v v v v", "spatial", "fixed statistics", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GByteArray *node = onnx_node (cases[i].op, "node1", cases[i].inputs, "y");
      OnnxModel *model;
      onnx_attr_int (node, cases[i].attribute, cases[i].value);
      model = onnx_one_node (11, "2x2", node);
      onnx_add_initializer (model, onnx_ramp ("w", "2x2"));
      onnx_add_initializer (model, onnx_ramp ("v", "2"));
      assert_refused (model, cases[i].fragment);
    }
}

static void
test_pad_mode (void)
{
  GByteArray *node = onnx_node ("Pad", "pad", "x", "y");

  onnx_attr_string (node, "mode", "reflect");
  onnx_attr_ints (node, "pads", "0 1 0 1");
  assert_refused (onnx_one_node (10, "1x2", node), "only padding with a constant");
}

static void
test_constants (void)
{
  static const float numbers[] = { 1, 2, 3, 4 };
  GByteArray *raw_short = onnx_tensor_raw ("w", ONNX_FLOAT, "2x2", numbers, 15);
  GByteArray *twice = onnx_floats ("w", "2x2", numbers), *listed_short = onnx_tensor ("w", ONNX_FLOAT, "2x2");
  GByteArray *wrong_list = onnx_tensor ("w", ONNX_FLOAT, "2x2"), *external = onnx_tensor ("w", ONNX_FLOAT, "2x2");
  GByteArray *entry = g_byte_array_new ();
  struct
  {
    GByteArray *tensor;
    const char *fragment;
  } cases[] = {
    { raw_short, "constant “w”: it has 15 bytes, but its shape needs 16" },
    { onnx_tensor_raw ("w", ONNX_FLOAT, "2x1", numbers, 16), "it has 16 bytes, but its shape needs 8" },
    { twice, "it holds its numbers twice" },
    { listed_short, "it has 2 numbers of type float32, but its shape needs 4" },
    { wrong_list, "it has 0 numbers of type float32, but its shape needs 4" },
    { onnx_tensor ("w", ONNX_FLOAT, "2x2"), "it has 0 numbers of type float32" },
    { onnx_tensor_raw ("w", 99, "2x2", numbers, 16), "numbers of type 99 cannot be read" },
    { onnx_tensor_raw ("w", -1, "2x2", numbers, 16), "numbers of type -1 cannot be read" },
    { onnx_tensor_raw ("w", ONNX_STRING, "2x2", numbers, 16), "numbers of type 8 cannot be read" },
    { onnx_tensor_raw ("w", ONNX_FLOAT, "2x-2", numbers, 16), "dimension 1 is negative" },
    { onnx_tensor_raw ("w", ONNX_FLOAT, "4294967296x4294967296", numbers, 0), "it is too large" },
    { onnx_tensor_raw ("w", ONNX_FLOAT, "4611686018427387905x4", numbers, 4), "it is too large" },
    { onnx_tensor_raw ("w", ONNX_FLOAT, "1000000000x1000000000", numbers, 4), "it is too large" },
    { onnx_tensor_raw ("w", ONNX_FLOAT, "1000000000", numbers, 4), "its shape needs 4000000000" },
    { onnx_tensor_raw ("w", ONNX_FLOAT, "1x1x1x1x1x1x1x2x2", numbers, 16), "it has 9 dimensions" },
    { onnx_tensor_raw ("w", ONNX_FLOAT, "1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x2x2", numbers,
                       16),
      "too many of “dims”" },
    { external, "its numbers are in another file, “../weights.bin”" },
  };

  pb_bytes (twice, 4, numbers, sizeof numbers);
  pb_bytes (listed_short, 4, numbers, 8);
  pb_bytes (wrong_list, 10, numbers, sizeof numbers);
  pb_string (entry, 1, "location");
  pb_string (entry, 2, "../weights.bin");
  pb_message (external, 13, entry);
  pb_int (external, 14, 1);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      OnnxModel *model = onnx_one_node (13, "1x2", onnx_node ("MatMul", "m", "x w", "y"));
      onnx_add_initializer (model, cases[i].tensor);
      assert_refused (model, cases[i].fragment);
    }
}

/* The same checks hold for a Constant node, and the message names that. */
static void
test_constant_node (void)
{
  GByteArray *node = onnx_node ("Constant", "const1", "", "c");
  OnnxModel *model = onnx_one_node (13, "1x2", onnx_node ("Add", "add", "x c", "y"));

  onnx_attr_tensor (node, "value", onnx_tensor ("", ONNX_FLOAT, "2"));
  onnx_add_node (model, node);
  assert_refused (model, "constant “const1”: it has 0 numbers");
}

static void
test_inputs (void)
{
  static const struct
  {
    const char *dims, *fragment;
  } cases[] = {
    { "1x3xHx224", "the input's height (dimension 3 of 4) is “H”, not a fixed size" },
    { "1x3x224x?", "the input's width" },
    { "1xchannelsx8x8", "the input's channels" },
    { "1x3x-224x224", "the input's height" },
    { "1x0", "the input's size (dimension 2 of 2) is “0”" },
    { "-7x3", "(dimension 1 of 2) is “-7”" },
    { "1x2147483647x2147483647", "more than the 2^31 elements" },
    { "5", "the input has 1 dimensions" },
    { "1x1x1x1x1x1x1x1x1", "the input has 9 dimensions" },
  };
  OnnxModel *model;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (relu_model (cases[i].dims), cases[i].fragment);
  model = onnx_model_new (13);
  onnx_input (model, "x", ONNX_INT64, "1x2");
  onnx_output (model, "y");
  onnx_add_node (model, onnx_node ("Relu", "relu1", "x", "y"));
  assert_refused (model, "the input holds numbers of type int64");
  model = relu_model ("1x2");
  onnx_input (model, "second", ONNX_FLOAT, "1x2");
  assert_refused (model, "several inputs (“x”, “second”)");
  model = onnx_model_new (13);
  onnx_output (model, "y");
  onnx_add_node (model, onnx_node ("Relu", "relu1", "x", "y"));
  assert_refused (model, "the network has no input");
}

static void
test_outputs (void)
{
  OnnxModel *model = relu_model ("1x2");

  onnx_output (model, "x");
  assert_refused (model, "the network has 2 outputs");
  model = onnx_model_new (13);
  onnx_input (model, "x", ONNX_FLOAT, "1x2");
  onnx_add_node (model, onnx_node ("Relu", "relu1", "x", "y"));
  assert_refused (model, "the network has 0 outputs");
  model = onnx_model_new (13);
  onnx_input (model, "x", ONNX_FLOAT, "1x2");
  onnx_output (model, "x");
  assert_refused (model, "“x”: nothing computes this output");
  model = onnx_one_node (13, "1x2", onnx_node ("Identity", "i", "w", "y"));
  onnx_add_initializer (model, onnx_ramp ("w", "2"));
  assert_refused (model, "the output does not depend on the input");
}

static void
test_names (void)
{
  g_autofree char *endless = g_strnfill (70000, 'n');
  OnnxModel *model = onnx_one_node (13, "1x2", onnx_node ("Relu", "relu1", "nobody", "y"));

  assert_refused (model, "“relu1”: it reads “nobody”, which nothing makes");
  model = relu_model ("1x2");
  onnx_add_node (model, onnx_node ("Tanh", "tanh1", "x", "y"));
  assert_refused (model, "“tanh1”: its output “y” already comes from elsewhere");
  model = relu_model ("1x2");
  onnx_add_initializer (model, onnx_ramp ("y", "2"));
  assert_refused (model, "its output “y” already comes from elsewhere");
  model = relu_model ("1x2");
  onnx_add_node (model, onnx_node ("Tanh", "tanh1", "y", "x"));
  assert_refused (model, "its output “x” already comes from elsewhere");
  model = relu_model ("1x2");
  onnx_add_node (model, onnx_node ("Tanh", "tanh1", "x", ""));
  assert_refused (model, "“tanh1”: the node has no output");
  model = relu_model ("1x2");
  onnx_add_initializer (model, onnx_ramp ("w", "2"));
  onnx_add_initializer (model, onnx_ramp ("w", "2"));
  assert_refused (model, "two of the same name");
  model = relu_model ("1x2");
  onnx_add_initializer (model, onnx_ramp ("", "2"));
  assert_refused (model, "without a name");
  assert_refused (onnx_one_node (13, "1x2", onnx_node ("Relu", "r", endless, "y")), "a name is too long");
  assert_refused (onnx_one_node (13, "1x2", onnx_node ("Relu", "r", "\xc3\x28", "y")), "not valid UTF-8");
}

/* What a message shows of a file cannot turn a terminal, nor break a line, nor fill a screen. */
static void
test_text_as_weapon (void)
{
  g_autofree char *name = g_strconcat ("a\n\033]0;b\007<b>", NULL);
  g_autofree char *message = onnx_read_error (onnx_one_node (13, "1x2", onnx_node ("Relu", "r", name, "y")));
  g_autofree char *endless = g_strnfill (4000, 'n');
  g_autofree char *cut = onnx_read_error (onnx_one_node (13, "1x2", onnx_node (endless, endless, endless, "y")));

  for (const char *at = message; *at; at++)
    g_assert_true ((guchar) *at >= 0x20 && *at != 0x7f);
  onnx_assert_fragment (message, "a\\u000a\\u001b]0;b\\u0007<b>");
  g_assert_cmpuint (strlen (cut), <, 1000);
}

static void
test_circles (void)
{
  OnnxModel *model = onnx_one_node (13, "1x2", onnx_node ("Add", "self", "x y", "y"));

  assert_refused (model, "“self”: the graph runs in a circle");
  model = onnx_one_node (13, "1x2", onnx_node ("Add", "a", "x v", "y"));
  onnx_add_node (model, onnx_node ("Relu", "b", "y", "w"));
  onnx_add_node (model, onnx_node ("Relu", "c", "w", "v"));
  assert_refused (model, "the graph runs in a circle");
  /* Also among nodes that the output does not need. */
  model = relu_model ("1x2");
  onnx_add_node (model, onnx_node ("Relu", "b", "v", "w"));
  onnx_add_node (model, onnx_node ("Relu", "c", "w", "v"));
  assert_refused (model, "the graph runs in a circle");
}

/* One message for all operators, with counts; the first with its node. */
static void
test_operators (void)
{
  OnnxModel *model = onnx_one_node (13, "1x2", onnx_node ("Loop", "/rnn/Loop", "x", "a"));
  GByteArray *foreign = onnx_node ("Relu", "f", "c", "y");
  g_autofree char *many = NULL;

  pb_string (foreign, 7, "com.example");
  onnx_add_node (model, onnx_node ("Scan", "e1", "a", "b"));
  onnx_add_node (model, onnx_node ("Scan", "e2", "b", "c"));
  onnx_add_node (model, foreign);
  assert_refused (model,
                  "operators not supported: Loop (1; node “/rnn/Loop”), Scan (2), com.example.Relu (1), opset 13");

  model = onnx_model_new (13);
  onnx_input (model, "v0", ONNX_FLOAT, "1x2");
  onnx_output (model, "v500");
  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *op = g_strdup_printf ("Op%u", i), *from = g_strdup_printf ("v%u", i),
                      *to = g_strdup_printf ("v%u", i + 1);
      onnx_add_node (model, onnx_node (op, op, from, to));
    }
  many = onnx_read_error (model);
  onnx_assert_fragment (many, "Op19 (1) and 480 more, opset 13");
  g_assert_cmpuint (strlen (many), <, 500);
}

static void
test_versions (void)
{
  static const struct
  {
    gint64 ir, opset;
    const char *fragment;
  } cases[] = {
    { 0, 13, "ONNX format version 0 is not supported" },
    { 2, 13, "ONNX format version 2 is not supported" },
    { 99, 13, "ONNX format version 99 is not supported" },
    { -1, 13, "ONNX format version -1 is not supported" },
    { 7, 0, "which version of operators" },
    { 7, -3, "which version of operators" },
    { 7, 6, "opset 6 is too old" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      OnnxModel *model = relu_model ("1x2");
      model->ir_version = cases[i].ir;
      model->opset = cases[i].opset;
      assert_refused (model, cases[i].fragment);
    }
  assert_refused (onnx_model_new (13), "the file holds no network");
}

static void
test_counts (void)
{
  static const struct
  {
    guint field, limit;
    const char *fragment;
  } cases[] = {
    { 1, 100000, "too many of “node”" },
    { 5, 100000, "too many of “initializer”" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      OnnxModel *model = relu_model ("1x2");
      for (guint k = 0; k < 2000000; k++)
        pb_bytes (model->graph, cases[i].field, NULL, 0);
      assert_refused (model, cases[i].fragment);
    }
}

/* The other side of the limit. */
static void
test_most_nodes (void)
{
  OnnxModel *model = relu_model ("1x2");
  g_autoptr (LrpNetwork) network = NULL;

  for (guint i = 1; i < 100000; i++)
    {
      g_autofree char *name = g_strdup_printf ("v%u", i);
      onnx_add_node (model, onnx_node ("Tanh", name, "x", name));
    }
  network = onnx_read_model (model);
  g_assert_cmpuint (network->layers->len, ==, 2);
}

/* Weights that are turned again and again take memory each time. */
static void
test_memory_by_folding (void)
{
  OnnxModel *model = onnx_one_node (13, "1x2", onnx_node ("Add", "add", "x v1100", "y"));
  g_autofree float *numbers = g_new0 (float, 1 << 20);

  onnx_add_initializer (model, onnx_floats ("v0", "1048576", numbers));
  for (guint i = 0; i < 1100; i++)
    {
      g_autofree char *from = g_strdup_printf ("v%u", i), *to = g_strdup_printf ("v%u", i + 1);
      onnx_add_node (model, onnx_node ("Identity", to, from, to));
    }
  assert_refused (model, "more than 2^30 weights");
}

static void
test_sparse (void)
{
  OnnxModel *model = relu_model ("1x2");

  pb_bytes (model->graph, 15, NULL, 0);
  assert_refused (model, "sparse weights are not supported");
}

/* Subgraphs within subgraphs: they are never entered, the operator that has them is unknown. */
static void
test_deep_nesting (void)
{
  GByteArray *graph = g_byte_array_new ();
  GByteArray *node;

  for (guint level = 0; level < 3000; level++)
    {
      GByteArray *attribute = g_byte_array_new (), *outer = g_byte_array_new ();
      node = onnx_node ("If", "", "x", "y");
      pb_string (attribute, 1, "then_branch");
      pb_message (attribute, 6, graph);
      pb_int (attribute, 20, 5);
      pb_message (node, 5, attribute);
      pb_message (outer, 1, node);
      graph = outer;
    }
  node = onnx_node ("If", "top", "x", "y");
  pb_message (node, 5, graph);
  assert_refused (onnx_one_node (13, "1x2", node), "operators not supported: If (1; node “top”)");
}

/* A small model with something of everything. */
static GBytes *
make_small_model (void)
{
  static const gint64 target[] = { 1, 8 };
  static const float six[] = { 1, 2, 3, 4, 5, 6 };
  GByteArray *conv = onnx_node ("Conv", "conv", "x w", "c"), *pool = onnx_node ("MaxPool", "pool", "r", "p");
  GByteArray *gemm = onnx_node ("Gemm", "gemm", "f v b", "g"), *constant = onnx_node ("Constant", "k", "", "b");
  GByteArray *listed = onnx_tensor ("w", ONNX_FLOAT, "2x1x2x2");
  OnnxModel *model = onnx_model_new (13);
  GBytes *bytes;

  onnx_attr_ints (conv, "strides", "1 1");
  onnx_attr_string (conv, "auto_pad", "SAME_UPPER");
  onnx_attr_ints (pool, "kernel_shape", "2 2");
  onnx_attr_ints (pool, "strides", "2 2");
  onnx_attr_float (gemm, "alpha", 0.5f);
  onnx_attr_floats (constant, "value_floats", six, 2);
  for (guint i = 0; i < 8; i++)
    pb_float (listed, 4, (float) i);
  onnx_input (model, "x", ONNX_FLOAT, "Nx1x4x4");
  onnx_output (model, "y");
  onnx_add_node (model, conv);
  onnx_add_node (model, onnx_node ("Relu", "relu", "c", "r"));
  onnx_add_node (model, pool);
  onnx_add_node (model, onnx_node ("Reshape", "flat", "p shape", "f"));
  onnx_add_node (model, constant);
  onnx_add_node (model, gemm);
  onnx_add_node (model, onnx_node ("Softmax", "softmax", "g", "y"));
  onnx_add_initializer (model, listed);
  onnx_add_initializer (model, onnx_ramp ("v", "8x2"));
  onnx_add_initializer (model, onnx_ints ("shape", "2", target));
  onnx_add_metadata (model, "key", "value");
  bytes = onnx_model_finish (model);
  onnx_model_free (model);
  return bytes;
}

/* A network or an error with a message, and nothing else. */
static gboolean
read_quietly (const guint8 *data, gsize size)
{
  g_autofree guint8 *exact = g_memdup2 (data, MAX (size, 1));
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) metadata = NULL;
  g_autoptr (LrpNetwork) network =
      lrp_onnx_read (&(LrpModelFile){ .network = { exact, size }, .name = "test" }, &metadata, &error);

  g_assert_true ((network == NULL) == (error != NULL));
  g_assert_true (network
                 || (*error->message && g_utf8_validate (error->message, -1, NULL) && !strchr (error->message, '\n')));
  return network != NULL;
}

static void
test_truncation (void)
{
  g_autoptr (GBytes) bytes = make_small_model ();
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  g_assert_true (read_quietly (data, size));
  for (gsize length = 0; length < size; length++)
    read_quietly (data, length);
  g_assert_false (read_quietly (data, size / 2));
}

static void
test_corruption (void)
{
  static const guint8 masks[] = { 0x01, 0x08, 0x10, 0x80, 0xff };
  g_autoptr (GBytes) bytes = make_small_model ();
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_autofree guint8 *copy = g_memdup2 (data, size);
  guint refused = 0;

  for (gsize i = 0; i < size; i++)
    for (guint k = 0; k < G_N_ELEMENTS (masks); k++)
      {
        copy[i] = data[i] ^ masks[k];
        refused += !read_quietly (copy, size);
        copy[i] = data[i];
      }
  g_test_message ("%u of %u changes of a single byte were noticed", refused, (guint) (size * G_N_ELEMENTS (masks)));
  g_assert_cmpuint (refused, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/onnx-bad/conv-attributes", test_conv_attributes);
  g_test_add_func ("/onnx-bad/conv-shapes", test_conv_shapes);
  g_test_add_func ("/onnx-bad/attribute-faults", test_attribute_faults);
  g_test_add_func ("/onnx-bad/pools", test_pools);
  g_test_add_func ("/onnx-bad/second-outputs", test_second_outputs);
  g_test_add_func ("/onnx-bad/axes", test_axes);
  g_test_add_func ("/onnx-bad/reshape", test_reshape);
  g_test_add_func ("/onnx-bad/unsupported-uses", test_unsupported_uses);
  g_test_add_func ("/onnx-bad/parts", test_parts);
  g_test_add_func ("/onnx-bad/unsupported-modes", test_unsupported_modes);
  g_test_add_func ("/onnx-bad/pad-mode", test_pad_mode);
  g_test_add_func ("/onnx-bad/constants", test_constants);
  g_test_add_func ("/onnx-bad/constant-node", test_constant_node);
  g_test_add_func ("/onnx-bad/inputs", test_inputs);
  g_test_add_func ("/onnx-bad/outputs", test_outputs);
  g_test_add_func ("/onnx-bad/names", test_names);
  g_test_add_func ("/onnx-bad/text-as-weapon", test_text_as_weapon);
  g_test_add_func ("/onnx-bad/circles", test_circles);
  g_test_add_func ("/onnx-bad/operators", test_operators);
  g_test_add_func ("/onnx-bad/versions", test_versions);
  g_test_add_func ("/onnx-bad/counts", test_counts);
  g_test_add_func ("/onnx-bad/most-nodes", test_most_nodes);
  g_test_add_func ("/onnx-bad/memory-by-folding", test_memory_by_folding);
  g_test_add_func ("/onnx-bad/sparse", test_sparse);
  g_test_add_func ("/onnx-bad/deep-nesting", test_deep_nesting);
  g_test_add_func ("/onnx-bad/truncation", test_truncation);
  g_test_add_func ("/onnx-bad/corruption", test_corruption);
  return g_test_run ();
}
