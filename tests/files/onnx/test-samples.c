/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-samples.c: wherever a file puts the samples of a batch, each has its own scores and its own explanation, and
 * these are those that it has alone; where samples meet, the network takes one at a time or none */
#include "onnx-reading.h"

#include "lrp/lrp.h"

#include <math.h>
#include <string.h>

#define MAX_NODES 6
#define BATCH     3

static double
same (double z)
{
  return z;
}
static double
square (double z)
{
  return z * z;
}

/* One network: its nodes as onnx_parse_node() reads them; how many classes and places a sample has, and what each score
 * is of the weighted sum at its place; whether samples meet. */
typedef struct
{
  const char *name, *dims;
  const char *nodes[MAX_NODES];
  guint classes;
  double (*score) (double z);
  gboolean meet;
  guint places;
} Case;

/* One layer with weights, then what moves the samples. */
#define GEMM  "Gemm x w > l"
#define TIMES "MatMul x w > l"
#define ONE   "Gemm x column > l"
static const Case cases[] = {
  { "as-usual", "Nx4", { "Gemm x w > y" }, 3, same },
  { "view", "Nx4", { GEMM, "Reshape l rest > y" }, 3, same },
  { "squeeze", "1x4", { GEMM, "Squeeze l zero > y" }, 3, same },
  { "view-and-bias", "1x4", { GEMM, "Reshape l rest > r", "Sub r zeros > y" }, 3, same, TRUE },
  { "view-and-softmax", "1x4", { GEMM, "Reshape l rest > r", "Softmax r > s ; axis 0", "Tanh s > y" }, 3, NULL, TRUE },
  { "transposed", "1x4", { GEMM, "Transpose l > y ; perm 1 0" }, 3, same },
  { "transposed-four", "4x4", { GEMM, "Transpose l > y ; perm 1 0" }, 3, same },
  { "unsqueezed-four", "4x4", { GEMM, "Unsqueeze l zero > y" }, 3, same },
  { "behind-an-axis", "4x4", { GEMM, "Unsqueeze l zero > r", "Tanh r > y" }, 3, tanh },
  { "time-first", "Nx2x4", { TIMES, "Transpose l > y ; perm 1 0 2" }, 3, same, FALSE, 2 },
  { "merged", "2x2x4", { TIMES, "Transpose l > t ; perm 1 0 2", "Reshape t rows > y" }, 3, same, FALSE, 2 },
  { "flattened", "2x2x2x4", { TIMES, "Flatten l > y ; axis 2" }, 6, same, FALSE, 2 },
  { "one-number", "1x4", { ONE, "Reshape l nothing > y" }, 1, same },
  { "one-number-inside", "1x4", { ONE, "Reshape l nothing > r", "Mul r r > q", "Reshape q one-one > y" }, 1, square },
};

static const float weights[] = { 0.5f, -1, 2, 1.5f, 0.25f, -0.75f, -1.25f, 1, 0.5f, 2, -0.5f, 1 };

static LrpNetwork *
read_case (const Case *c)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpNetwork) network = NULL;
  OnnxModel *model = onnx_model_new (13);
  LrpNetwork *canonized;

  onnx_input (model, "x", ONNX_FLOAT, c->dims);
  for (guint i = 0; i < MAX_NODES && c->nodes[i]; i++)
    onnx_add_node (model, onnx_parse_node (c->nodes[i]));
  onnx_add_initializer (model, onnx_floats ("w", "4x3", weights));
  onnx_add_initializer (model, onnx_floats ("column", "4x1", weights));
  onnx_add_initializer (model, onnx_floats ("zeros", "3", (const float[]){ 0, 0, 0 }));
  onnx_add_initializer (model, onnx_ints ("rest", "1", (const gint64[]){ -1 }));
  onnx_add_initializer (model, onnx_ints ("zero", "1", (const gint64[]){ 0 }));
  onnx_add_initializer (model, onnx_ints ("rows", "2", (const gint64[]){ 4, 3 }));
  onnx_add_initializer (model, onnx_ints ("nothing", "0", NULL));
  onnx_add_initializer (model, onnx_ints ("one-one", "2", (const gint64[]){ 1, 1 }));
  onnx_output (model, "y");
  network = onnx_read_model (model);
  canonized = lrp_network_canonize (network, &error);
  g_assert_no_error (error);
  return canonized;
}

/* Samples from number `first` on of a series without order. */
static LrpTensor *
make_input (const LrpNetwork *network, guint first, guint batch)
{
  LrpShape shape = lrp_network_get_layer (network, 0)->shape;
  LrpTensor *input;

  shape.dims[0] = batch;
  input = lrp_tensor_new (&shape, NULL);
  for (gsize i = 0; i < input->count; i++)
    input->data[i] = (float) ((i + first * (input->count / batch)) * 7 % 11) / 4 - 1.1f;
  return input;
}

static LrpExplanation *
explain (LrpNetwork *network, const char *method, guint first, guint batch, GError **error)
{
  g_autoptr (LrpTensor) input = make_input (network, first, batch);
  g_autoptr (LrpRequest) request = lrp_request_new ();
  g_autoptr (LrpRun) run = lrp_run_new (network, &input->shape, error);

  g_assert_true (lrp_request_set_method (request, method, NULL));
  return run ? lrp_request_explain (request, run, input, NULL, error) : NULL;
}

static void
assert_close (const float *a, const float *b, gsize n)
{
  for (gsize i = 0; i < n; i++)
    g_assert_cmpfloat_with_epsilon ((double) a[i], (double) b[i], 1e-5 * (1 + fabs ((double) b[i])));
}

/* The weighted sum at a row of the input. */
static double
weigh (const LrpExplanation *e, gsize row, guint column, guint columns)
{
  double z = 0;

  for (guint k = 0; k < 4; k++)
    z += (double) e->input->data[row * 4 + k] * (double) weights[k * columns + column];
  return z;
}

/* Every score is what it should be of the four numbers that it is made of; where a class has places, their sum. */
static void
check_scores (const Case *c, const LrpExplanation *e)
{
  guint columns = c->classes == 1 ? 1 : 3, rows = c->classes / columns, places = MAX (c->places, 1);

  for (guint i = 0; c->score && i < e->scores->count; i++)
    {
      guint sample = i / c->classes, class_index = i % c->classes;
      double sum = 0;
      for (guint at = 0; at < places; at++)
        sum +=
            c->score (weigh (e, (sample * places + at) * rows + class_index / columns, class_index % columns, columns));
      g_assert_cmpfloat_with_epsilon ((double) e->scores->data[i], sum, 1e-5 * (1 + fabs (sum)));
    }
}

static void
check_batch (LrpNetwork *network, const char *method)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpExplanation) all = explain (network, method, 0, BATCH, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (all->n, ==, BATCH);
  for (guint i = 0; i < BATCH; i++)
    {
      g_autoptr (LrpExplanation) one = explain (network, method, i, 1, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (one->n, ==, 1);
      g_assert_cmpuint (all->scores->count, ==, BATCH * one->scores->count);
      assert_close (all->scores->data + i * one->scores->count, one->scores->data, one->scores->count);
      assert_close (all->relevance->data + i * one->relevance->count, one->relevance->data, one->relevance->count);
    }
}

static void
test_samples (gconstpointer data)
{
  static const char *const methods[] = { "lrp", "gradient", "integrated-gradients:baseline=zero",
                                         "deeplift:baseline=zero" };
  const Case *c = data;
  g_autoptr (LrpNetwork) network = read_case (c);
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpExplanation) alone = explain (network, "smoothgrad", 0, 1, &error), many = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (lrp_network_n_classes (network), ==, c->classes);
  g_assert_cmpuint (lrp_network_n_places (network), ==, MAX (c->places, 1));
  g_assert_cmpuint (alone->n, ==, 1);
  g_assert_cmpuint (alone->scores->count, ==, c->classes);
  check_scores (c, alone);
  g_assert_true (c->meet == (lrp_network_find_meeting (network) != NULL));
  many = explain (network, "lrp", 0, BATCH, &error);
  if (c->meet)
    {
      g_assert_error (error, LRP_ERROR, LRP_ERROR_SHAPE);
      onnx_assert_fragment (error->message, "one sample at a time");
      return;
    }
  g_assert_no_error (error);
  check_scores (c, many);
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    check_batch (network, methods[i]);
}

/* What is written for several samples and mixes them has no meaning for a person's one picture. */
static void
test_mixed (void)
{
  static const char *const nodes[] = { "Softmax x > y ; axis 0", "Concat x x > y ; axis 0" };

  for (guint i = 0; i < G_N_ELEMENTS (nodes); i++)
    {
      g_autoptr (LrpNetwork) network = onnx_read_model (onnx_one_node (13, "2x4", onnx_parse_node (nodes[i]))),
                             canonized = NULL;
      g_autoptr (GError) error = NULL;
      canonized = lrp_network_canonize (network, &error);
      g_assert_error (error, LRP_ERROR, LRP_ERROR_SHAPE);
      onnx_assert_fragment (error->message, "save the model with a batch of 1");
    }
}

/* A part of a layer is counted along the axes of one sample, wherever the samples lie. */
static void
test_unit (void)
{
  static const Case c = { "unit",
                          "1x4x4",
                          { "Transpose x > t ; perm 1 0 2", "MatMul t w > b", "Tanh b > h",
                            "Transpose h > back ; perm 1 0 2", "Flatten back > y" } };
  g_autoptr (LrpNetwork) network = read_case (&c);
  g_autoptr (LrpTensor) input = make_input (network, 0, 2);
  g_autoptr (LrpRun) run = lrp_run_new (network, &input->shape, NULL);
  g_autoptr (LrpRequest) request = lrp_request_new ();
  g_autoptr (LrpExplanation) e = NULL;
  double expected = 0;

  request->target.unit = g_strdup ("b:2,1");
  g_assert_true (lrp_request_set_method (request, "integrated-gradients:baseline=zero", NULL));
  e = lrp_request_explain (request, run, input, NULL, NULL);
  for (guint i = 0; i < 8; i++)
    expected += (double) input->data[(i / 4 * 4 + 2) * 4 + i % 4] * (double) weights[i % 4 * 3 + 1];
  g_assert_cmpfloat_with_epsilon (e->score, expected, 1e-5);
  g_assert_cmpfloat_with_epsilon (lrp_tensor_sum (e->relevance), expected, 1e-5);
  for (gsize i = 0; i < e->relevance->count; i++)
    g_assert_true (i / 4 % 4 == 2 || e->relevance->data[i] == 0);
}

/* As many steps as channels: the normalisation's channels are the steps, which a dense layer does not mix. */
static void
test_norm_over_steps (void)
{
  static const float numbers[4][3] = { { 1, 2, 3 }, { 0.5f, -1, 0 }, { 0.25f, 0, -0.5f }, { 1, 4, 2 } };
  OnnxModel *model = onnx_model_new (13);
  g_autoptr (LrpNetwork) network = NULL, canonized = NULL;
  g_autofree float *y = NULL;
  const float x[] = { 1, 2, -1, 0.5f, -2, 3, 0, 1, 4 };

  onnx_input (model, "x", ONNX_FLOAT, "1x3x3");
  onnx_add_node (model, onnx_node ("MatMul", "a", "x w", "a"));
  onnx_add_node (model, onnx_node ("BatchNormalization", "c", "a s b m v", "y"));
  onnx_add_initializer (model, onnx_floats ("w", "3x3", weights));
  for (guint i = 0; i < 4; i++)
    onnx_add_initializer (model, onnx_floats ((const char *const[]){ "s", "b", "m", "v" }[i], "3", numbers[i]));
  onnx_output (model, "y");
  network = onnx_read_model (model);
  canonized = lrp_network_canonize (network, NULL);
  y = onnx_compute (canonized, &LRP_SHAPE (1, 3, 3), x);
  for (guint i = 0; i < 9; i++)
    {
      guint step = i / 3;
      double z = 0;
      for (guint k = 0; k < 3; k++)
        z += (double) x[step * 3 + k] * (double) weights[k * 3 + i % 3];
      z = (z - (double) numbers[2][step]) / sqrt ((double) numbers[3][step] + 1e-5) * (double) numbers[0][step]
          + (double) numbers[1][step];
      g_assert_cmpfloat_with_epsilon ((double) y[i], z, 1e-4);
    }
}

/* A file that declares a batch does not ask for memory for it. */
static void
test_memory (void)
{
  OnnxModel *model = onnx_one_node (13, "500000x1x64x64", onnx_node ("Relu", "r", "x", "y"));
  g_autoptr (LrpNetwork) network = onnx_read_model (model);
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpRun) run = lrp_run_new (network, &LRP_SHAPE (1, 1, 64, 64), &error);

  g_assert_no_error (error);
  g_assert_nonnull (run);
}

/* No dimensions at all, not even one of samples: said in one place. */
static void
test_no_dimensions (void)
{
  GByteArray *node = onnx_node ("ReduceSum", "r", "x", "y");
  g_autofree char *message = NULL;

  onnx_attr_int (node, "keepdims", 0);
  message = onnx_read_error (onnx_one_node (13, "1x4", node));
  onnx_assert_fragment (message, "the axes to reduce are the batch");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/onnx-samples/%s", cases[i].name);
      g_test_add_data_func (path, &cases[i], test_samples);
    }
  g_test_add_func ("/onnx-samples/mixed", test_mixed);
  g_test_add_func ("/onnx-samples/unit", test_unit);
  g_test_add_func ("/onnx-samples/norm-over-steps", test_norm_over_steps);
  g_test_add_func ("/onnx-samples/memory", test_memory);
  g_test_add_func ("/onnx-samples/no-dimensions", test_no_dimensions);
  return g_test_run ();
}
