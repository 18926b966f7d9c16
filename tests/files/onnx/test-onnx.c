/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-onnx.c: one and the same network, written in all the ways in which files write it */
#include "files/onnx/onnx.h"
#include "onnx-reading.h"

#include <string.h>

/* A dense layer of two inputs and three outputs: w [3, 2], b [3]. All numbers are exact in sixteen bits. */
static const float w[] = { 1, -2, 0.5f, 4, -0.25f, 3 }, b[] = { 1, 0, -1 };
static const float x[] = { 2, -1 }, y[] = { 5, -3, -4.5f };

static void
add_dense (OnnxModel *model)
{
  GByteArray *node = onnx_node ("Gemm", "dense", "x w b", "y");

  onnx_attr_int (node, "transB", 1);
  onnx_add_node (model, node);
  onnx_output (model, "y");
}

static OnnxModel *
dense_model (GByteArray *weights)
{
  OnnxModel *model = onnx_model_new (13);

  onnx_input (model, "x", ONNX_FLOAT, "1x2");
  add_dense (model);
  onnx_add_initializer (model, weights);
  onnx_add_initializer (model, onnx_floats ("b", "3", b));
  return model;
}

/* Takes the model: it must compute w x + b. */
static void
assert_computes (OnnxModel *model)
{
  g_autoptr (LrpNetwork) network = onnx_read_model (model);
  g_autofree float *scores = onnx_compute (network, &LRP_SHAPE (1, 2), x);

  for (guint i = 0; i < 3; i++)
    g_assert_cmpfloat (scores[i], ==, y[i]);
}

static void
test_raw (void)
{
  assert_computes (dense_model (onnx_floats ("w", "3x2", w)));
}

static void
test_float_list (void)
{
  GByteArray *packed = onnx_tensor ("w", ONNX_FLOAT, "3x2"), *single = onnx_tensor ("w", ONNX_FLOAT, "3x2");

  pb_bytes (packed, 4, w, sizeof w);
  for (guint i = 0; i < G_N_ELEMENTS (w); i++)
    pb_float (single, 4, w[i]);
  assert_computes (dense_model (packed));
  assert_computes (dense_model (single));
}

static void
test_double (void)
{
  double wide[G_N_ELEMENTS (w)];
  GByteArray *listed = onnx_tensor ("w", ONNX_DOUBLE, "3x2");

  for (guint i = 0; i < G_N_ELEMENTS (w); i++)
    wide[i] = (double) w[i];
  pb_bytes (listed, 10, wide, sizeof wide);
  assert_computes (dense_model (onnx_tensor_raw ("w", ONNX_DOUBLE, "3x2", wide, sizeof wide)));
  assert_computes (dense_model (listed));
}

static void
test_half (void)
{
  /* 1, -2, 0.5, 4, -0.25, 3 */
  static const guint16 half[] = { 0x3c00, 0xc000, 0x3800, 0x4400, 0xb400, 0x4200 };
  static const guint16 bfloat[] = { 0x3f80, 0xc000, 0x3f00, 0x4080, 0xbe80, 0x4040 };
  GByteArray *listed = onnx_tensor ("w", ONNX_HALF, "3x2");

  for (guint i = 0; i < G_N_ELEMENTS (half); i++)
    pb_int (listed, 5, half[i]);
  assert_computes (dense_model (onnx_tensor_raw ("w", ONNX_HALF, "3x2", half, sizeof half)));
  assert_computes (dense_model (onnx_tensor_raw ("w", ONNX_BFLOAT16, "3x2", bfloat, sizeof bfloat)));
  assert_computes (dense_model (listed));
}

/* The odd corners of sixteen bits: the smallest number, the largest, infinity, a number that is none. */
static void
test_half_extremes (void)
{
  static const guint16 half[] = { 0x0001, 0x03ff, 0x7bff, 0xfbff, 0x7c00, 0x8000 };
  g_autoptr (LrpNetwork) network =
      onnx_read_model (dense_model (onnx_tensor_raw ("w", ONNX_HALF, "3x2", half, sizeof half)));
  const float *got = onnx_get_layer (network, "dense")->weights->data;

  g_assert_cmpfloat (got[0], ==, 0x1p-24f);
  g_assert_cmpfloat (got[1], ==, 1023 * 0x1p-24f);
  g_assert_cmpfloat (got[2], ==, 65504);
  g_assert_cmpfloat (got[3], ==, -65504);
  g_assert_true (got[4] > G_MAXFLOAT);
  g_assert_true (got[5] == 0 && 1 / got[5] < 0);
}

static void
test_constant_node (void)
{
  OnnxModel *model = onnx_model_new (13);
  GByteArray *weights = onnx_node ("Constant", "c1", "", "w"), *bias = onnx_node ("Constant", "c2", "", "b");

  onnx_attr_tensor (weights, "value", onnx_floats ("", "3x2", w));
  onnx_attr_floats (bias, "value_floats", b, 3);
  onnx_input (model, "x", ONNX_FLOAT, "1x2");
  onnx_add_node (model, weights);
  onnx_add_node (model, bias);
  add_dense (model);
  assert_computes (model);
}

/* Weights that are reshaped, turned, cast and passed on before they are used. */
static void
test_folding (void)
{
  static const gint64 six[] = { 6 }, three_two[] = { -1, 2 }, two_three[] = { 1, 3, 2 }, axes[] = { 0 },
                      whole[] = { 1, 0, -1 };
  const float turned[] = { 1, 0.5f, -0.25f, -2, 4, 3 };
  OnnxModel *model = onnx_model_new (13);
  GByteArray *transpose = onnx_node ("Transpose", "t", "w5", "w6"), *cast = onnx_node ("Cast", "c", "b0", "b");
  GByteArray *perm = onnx_node ("Transpose", "t2", "w7", "w8");

  onnx_attr_ints (transpose, "perm", "1 0");
  onnx_attr_ints (perm, "perm", "0 2 1");
  onnx_attr_int (cast, "to", ONNX_FLOAT);
  onnx_input (model, "x", ONNX_FLOAT, "1x2");
  onnx_add_initializer (model, onnx_floats ("w0", "2x3", turned));
  onnx_add_initializer (model, onnx_ints ("six", "1", six));
  onnx_add_initializer (model, onnx_ints ("three_two", "2", three_two));
  onnx_add_initializer (model, onnx_ints ("two_three", "3", two_three));
  onnx_add_initializer (model, onnx_ints ("axes", "1", axes));
  onnx_add_initializer (model, onnx_ints ("b0", "3", whole));
  onnx_add_node (model, onnx_node ("Identity", "i", "w0", "w1"));
  onnx_add_node (model, onnx_node ("Unsqueeze", "u", "w1 axes", "w2"));
  onnx_add_node (model, onnx_node ("Squeeze", "s", "w2 axes", "w5"));
  onnx_add_node (model, transpose);                                         /* [3, 2]: w */
  onnx_add_node (model, onnx_node ("Reshape", "r2", "w6 two_three", "w7")); /* [1, 3, 2] */
  onnx_add_node (model, perm);                                              /* [1, 2, 3]: turned */
  onnx_add_node (model, onnx_node ("Reshape", "r3", "w8 six", "w9"));
  onnx_add_node (model, onnx_node ("Flatten", "f", "w9", "w10")); /* [6, 1] */
  onnx_add_node (model, onnx_node ("Identity", "i2", "w6", "w11"));
  onnx_add_node (model, onnx_node ("Reshape", "r4", "w11 three_two", "w"));
  onnx_add_node (model, cast);
  add_dense (model);
  assert_computes (model);
}

/* Files of before 2019 list every constant as an input too. */
static void
test_constants_as_inputs (void)
{
  OnnxModel *model = onnx_model_new (8);

  model->ir_version = 3;
  onnx_input (model, "w", ONNX_FLOAT, "3x2");
  onnx_input (model, "x", ONNX_FLOAT, "1x2");
  onnx_input (model, "b", ONNX_FLOAT, "3");
  onnx_add_initializer (model, onnx_floats ("w", "3x2", w));
  onnx_add_initializer (model, onnx_floats ("b", "3", b));
  add_dense (model);
  assert_computes (model);
}

/* ONNX asks for nodes in order, but not every exporter keeps to it. */
static void
test_unsorted (void)
{
  OnnxModel *model = onnx_model_new (13);

  onnx_input (model, "x", ONNX_FLOAT, "1x2");
  onnx_output (model, "y");
  onnx_add_node (model, onnx_node ("Add", "add", "xw b", "y"));
  onnx_add_node (model, onnx_node ("MatMul", "product", "x wt", "xw"));
  onnx_add_node (model, onnx_node ("Transpose", "turn", "w", "wt"));
  onnx_add_initializer (model, onnx_floats ("w", "3x2", w));
  onnx_add_initializer (model, onnx_floats ("b", "3", b));
  assert_computes (model);
}

/* The order of the file is kept where it is one in which to compute. */
static void
test_order_kept (void)
{
  OnnxModel *model = onnx_model_new (13);
  g_autoptr (LrpNetwork) network = NULL;
  static const char *const names[] = { "x", "a", "b", "c", "sum" };

  onnx_input (model, "x", ONNX_FLOAT, "1x2");
  onnx_output (model, "y");
  onnx_add_node (model, onnx_node ("Relu", "a", "x", "va"));
  onnx_add_node (model, onnx_node ("Tanh", "b", "x", "vb"));
  onnx_add_node (model, onnx_node ("Sigmoid", "c", "va", "vc"));
  onnx_add_node (model, onnx_node ("Sum", "sum", "vc vb va", "y"));
  network = onnx_read_model (model);
  g_assert_cmpuint (network->layers->len, ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpstr (lrp_network_get_layer (network, i)->name, ==, names[i]);
}

/* What the output does not need is left out, unknown operators and all. */
static void
test_dead_nodes (void)
{
  OnnxModel *model = dense_model (onnx_floats ("w", "3x2", w));
  g_autoptr (LrpNetwork) network = NULL;

  onnx_add_node (model, onnx_node ("Einsum", "dead", "x", "nowhere"));
  network = onnx_read_model (model);
  g_assert_cmpuint (network->layers->len, ==, 2);
}

/* One open batch, two ways of saying a fixed one; each can then be run with any number of samples. */
static void
test_batch (void)
{
  static const char *const dims[] = { "1x2", "batchx2", "?x2", "-1x2", "0x2" };
  const float samples[] = { 2, -1, 2, -1, 0, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (dims); i++)
    {
      OnnxModel *model = onnx_model_new (13);
      g_autoptr (LrpNetwork) network = NULL;
      g_autofree float *scores = NULL;
      onnx_input (model, "x", ONNX_FLOAT, dims[i]);
      add_dense (model);
      onnx_add_initializer (model, onnx_floats ("w", "3x2", w));
      onnx_add_initializer (model, onnx_floats ("b", "3", b));
      network = onnx_read_model (model);
      g_assert_cmpint (lrp_network_get_layer (network, 0)->shape.dims[0], ==, 1);
      scores = onnx_compute (network, &LRP_SHAPE (3, 2), samples);
      for (guint k = 0; k < 3; k++)
        {
          g_assert_cmpfloat (scores[k], ==, y[k]);
          g_assert_cmpfloat (scores[3 + k], ==, y[k]);
          g_assert_cmpfloat (scores[6 + k], ==, b[k]);
        }
    }
}

/* Half and double precision inputs are computed in float32. */
static void
test_input_types (void)
{
  static const int types[] = { ONNX_FLOAT, ONNX_HALF, ONNX_DOUBLE };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      OnnxModel *model = onnx_model_new (13);
      onnx_input (model, "x", types[i], "1x2");
      add_dense (model);
      onnx_add_initializer (model, onnx_floats ("w", "3x2", w));
      onnx_add_initializer (model, onnx_floats ("b", "3", b));
      assert_computes (model);
    }
}

/* Operators rarely change, so a file of a later opset is tried. */
static void
test_later_opset (void)
{
  OnnxModel *model = dense_model (onnx_floats ("w", "3x2", w));

  model->opset = 23;
  model->ir_version = 11;
  assert_computes (model);
}

static void
test_names (void)
{
  OnnxModel *model = onnx_model_new (13);
  g_autoptr (LrpNetwork) network = NULL;

  onnx_input (model, "x", ONNX_FLOAT, "1x2");
  onnx_output (model, "y");
  onnx_add_node (model, onnx_node ("Relu", "same", "x", "v1"));
  onnx_add_node (model, onnx_node ("Relu", "same", "v1", "v2"));
  onnx_add_node (model, onnx_node ("Relu", "", "v2", "v3"));
  onnx_add_node (model, onnx_node ("Relu", "two\nlines \033[31m", "v3", "y"));
  network = onnx_read_model (model);
  g_assert_cmpstr (network->name, ==, "test");
  g_assert_cmpstr (lrp_network_get_layer (network, 0)->name, ==, "x");
  g_assert_cmpstr (lrp_network_get_layer (network, 1)->name, ==, "same");
  g_assert_cmpstr (lrp_network_get_layer (network, 2)->name, ==, "same_2");
  g_assert_cmpstr (lrp_network_get_layer (network, 3)->name, ==, "v3");
  g_assert_cmpstr (lrp_network_get_layer (network, 4)->name, ==, "two\\u000alines \\u001b[31m");
}

/* Names that are no text, or endless, are shown repaired and cut. */
static void
test_wild_names (void)
{
  OnnxModel *model = onnx_model_new (13);
  g_autoptr (LrpNetwork) network = NULL;
  g_autofree char *endless = g_strnfill (70000, 'n');

  onnx_input (model, "x", ONNX_FLOAT, "1x2");
  onnx_output (model, "y");
  onnx_add_node (model, onnx_node ("Relu", endless, "x", "v"));
  onnx_add_node (model, onnx_node ("Relu", "\xff\xfe", "v", "y"));
  network = onnx_read_model (model);
  g_assert_cmpuint (g_utf8_strlen (lrp_network_get_layer (network, 1)->name, -1), ==, 201);
  g_assert_true (g_utf8_validate (lrp_network_get_layer (network, 2)->name, -1, NULL));
}

static void
test_metadata (void)
{
  OnnxModel *model = dense_model (onnx_floats ("w", "3x2", w));
  g_autoptr (LrpNetwork) network = NULL;
  g_autoptr (GHashTable) metadata = NULL;
  g_autoptr (GBytes) bytes = NULL;
  GBytes *value;

  onnx_add_metadata (model, "Image.BitmapPixelFormat", "Gray8");
  bytes = onnx_model_finish (model);
  onnx_model_free (model);
  network = lrp_onnx_read (&(LrpModelFile){ .network = lrp_bytes_of (bytes), .name = "test" }, &metadata, NULL);
  g_assert_nonnull (network);
  value = g_hash_table_lookup (metadata, "image.bitmappixelformat");
  g_assert_nonnull (value);
  g_assert_cmpmem (g_bytes_get_data (value, NULL), g_bytes_get_size (value), "Gray8", 5);
}

static void
test_recognize (void)
{
  OnnxModel *model = dense_model (onnx_floats ("w", "3x2", w));
  g_autoptr (GBytes) bytes = onnx_model_finish (model);

  onnx_model_free (model);
  g_assert_true (lrp_onnx_recognize (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)));
  g_assert_false (lrp_onnx_recognize (NULL, 0));
  g_assert_false (lrp_onnx_recognize ((const guint8 *) "<html>", 6));
  g_assert_false (lrp_onnx_recognize ((const guint8 *) "\012\003net\022\000", 7));
}

/* A chain of twenty thousand layers of one name, and sixty diamonds with 2^60 ways through them, are read in no time.
 */
static void
test_long_and_wide (void)
{
  OnnxModel *chain = onnx_model_new (13), *diamonds = onnx_model_new (13);
  g_autoptr (LrpNetwork) long_network = NULL, wide_network = NULL;

  onnx_input (chain, "v0", ONNX_FLOAT, "1x2");
  onnx_output (chain, "v20000");
  /* Written backwards, so that sorting them would be a recursion twenty thousand deep. */
  for (guint i = 20000; i > 0; i--)
    {
      g_autofree char *from = g_strdup_printf ("v%u", i - 1), *to = g_strdup_printf ("v%u", i);
      onnx_add_node (chain, onnx_node ("Relu", "all the same", from, to));
    }
  long_network = onnx_read_model (chain);
  g_assert_cmpuint (long_network->layers->len, ==, 20001);
  g_assert_cmpint (lrp_network_find_layer (long_network, "all the same_20000"), ==, 1);

  onnx_input (diamonds, "v0", ONNX_FLOAT, "1x2");
  onnx_output (diamonds, "v60");
  for (guint i = 1; i <= 60; i++)
    {
      g_autofree char *from = g_strdup_printf ("v%u", i - 1), *to = g_strdup_printf ("v%u", i);
      g_autofree char *a = g_strdup_printf ("a%u", i), *c = g_strdup_printf ("c%u", i),
                      *both = g_strdup_printf ("%s %s", a, c);
      onnx_add_node (diamonds, onnx_node ("Relu", a, from, a));
      onnx_add_node (diamonds, onnx_node ("Tanh", c, from, c));
      onnx_add_node (diamonds, onnx_node ("Add", to, both, to));
    }
  wide_network = onnx_read_model (diamonds);
  g_assert_cmpuint (wide_network->layers->len, ==, 181);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/onnx/weights/raw", test_raw);
  g_test_add_func ("/onnx/weights/float-list", test_float_list);
  g_test_add_func ("/onnx/weights/double", test_double);
  g_test_add_func ("/onnx/weights/half", test_half);
  g_test_add_func ("/onnx/weights/half-extremes", test_half_extremes);
  g_test_add_func ("/onnx/weights/constant-node", test_constant_node);
  g_test_add_func ("/onnx/weights/folding", test_folding);
  g_test_add_func ("/onnx/graph/constants-as-inputs", test_constants_as_inputs);
  g_test_add_func ("/onnx/graph/unsorted", test_unsorted);
  g_test_add_func ("/onnx/graph/order-kept", test_order_kept);
  g_test_add_func ("/onnx/graph/dead-nodes", test_dead_nodes);
  g_test_add_func ("/onnx/graph/batch", test_batch);
  g_test_add_func ("/onnx/graph/input-types", test_input_types);
  g_test_add_func ("/onnx/graph/later-opset", test_later_opset);
  g_test_add_func ("/onnx/graph/long-and-wide", test_long_and_wide);
  g_test_add_func ("/onnx/names", test_names);
  g_test_add_func ("/onnx/names/wild", test_wild_names);
  g_test_add_func ("/onnx/metadata", test_metadata);
  g_test_add_func ("/onnx/recognize", test_recognize);
  return g_test_run ();
}
