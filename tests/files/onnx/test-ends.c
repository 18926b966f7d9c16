/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-ends.c: however a file makes probabilities at its end, explanations are of the scores before, and probabilities
 * those that the file gives; nothing is called a probability that is none; and outputs with places are classes there */
#include "onnx-reading.h"

#include "lrp/lrp.h"

#include <math.h>
#include <string.h>

#define MAX_NODES 9

/* A network of three numbers: x w > z, three scores, or x column > z, one; then what may follow. */
typedef struct
{
  const char *name;
  const char *nodes[MAX_NODES];
  const char *end;
} Case;

#define THREE "MatMul x w > z"
#define ONE   "MatMul x column > z"
#define TOP   "ReduceMax z > m ; axes 1", "Sub z m > c", "Exp c > e", "ReduceSum e > t ; axes 1"

/* All of them have the scores -2.3, 0.1, -2.35 of three classes, and 84.96 % for the second. */
static const Case shared_out[] = {
  { "softmax", { THREE, "Softmax z > y ; axis 1" }, "softmax" },
  { "reshape", { THREE, "Softmax z > s ; axis 1", "Reshape s rows > y" }, "softmax" },
  { "flatten", { THREE, "Softmax z > s ; axis 1", "Flatten s > y" }, "softmax" },
  { "squeeze", { THREE, "Softmax z > s ; axis 1", "Squeeze s > y ; axes 0" }, "softmax" },
  { "unsqueeze",
    { THREE, "Unsqueeze z > u ; axes 2", "Softmax u > s ; axis 1", "Unsqueeze s > y ; axes 0" },
    "softmax" },
  { "identity", { THREE, "Softmax z > s ; axis 1", "Identity s > y" }, "softmax" },
  { "clip", { THREE, "Softmax z > s ; axis 1", "Clip s low one > y" }, "softmax" },
  { "clip from 0", { THREE, "Softmax z > s ; axis 1", "Clip s zero one > y" }, "softmax" },
  { "cast", { THREE, "Softmax z > s ; axis 1", "Cast s > y ; to 1" }, "softmax" },
  { "transpose", { THREE, "Softmax z > s ; axis 1", "Transpose s > y ; perm 1 0" }, "softmax" },
  { "many",
    { THREE, "Softmax z > s ; axis 1", "Clip s low one > l", "Reshape l rest > r", "Identity r > y" },
    "softmax" },
  { "along the only axis", { THREE, "Reshape z rest > r", "Softmax r > y ; axis 0" }, "softmax" },
  { "pieces", { THREE, "Exp z > e", "ReduceSum e > t ; axes 1", "Div e t > y" }, "softmax" },
  { "pieces below the top", { THREE, TOP, "Div e t > y" }, "softmax" },
  { "pieces, reshaped", { THREE, TOP, "Div e t > d", "Reshape d rest > y" }, "softmax" },
  { "log-softmax", { THREE, "LogSoftmax z > y ; axis 1" }, "log-softmax" },
  { "log of a softmax", { THREE, "Softmax z > s ; axis 1", "Log s > y" }, "log-softmax" },
  { "log of one limited",
    { THREE, "Softmax z > s ; axis 1", "Clip s low one > l", "Log l > g", "Flatten g > y" },
    "log-softmax" },
  { "log of pieces", { THREE, TOP, "Div e t > d", "Log d > y" }, "log-softmax" },
  { "log in pieces", { THREE, TOP, "Log t > g", "Sub c g > y" }, "log-softmax" },
  { "log in pieces, top last", { THREE, TOP, "Log t > g", "Add g m > a", "Sub z a > y" }, "log-softmax" },
  { "log in short pieces",
    { THREE, "Exp z > e", "ReduceSum e > t ; axes 1", "Log t > g", "Sub z g > y" },
    "log-softmax" },
  { "nothing", { THREE }, "scores" },
};

/* And these the score -2.3, and 9.1 %. */
static const Case alone[] = {
  { "sigmoid", { ONE, "Sigmoid z > y" }, "sigmoid" },
  { "sigmoid, squeezed", { ONE, "Sigmoid z > s", "Squeeze s > y ; axes 1" }, "sigmoid" },
  { "sigmoid, limited", { ONE, "Sigmoid z > s", "Clip s low one > y" }, "sigmoid" },
  { "log of a sigmoid", { ONE, "Sigmoid z > s", "Log s > y" }, "log-sigmoid" },
  { "sigmoid in pieces", { ONE, "Neg z > n", "Exp n > e", "Add e one > a", "Div one a > y" }, "sigmoid" },
  { "sigmoid by reciprocal", { ONE, "Neg z > n", "Exp n > e", "Add e one > a", "Reciprocal a > y" }, "sigmoid" },
  { "sigmoid, e to the x", { ONE, "Exp z > e", "Add e one > a", "Div e a > y" }, "sigmoid" },
  { "sigmoid by tanh", { ONE, "Mul z half > h", "Tanh h > t", "Add t one > a", "Mul a half > y" }, "sigmoid" },
};

/* What is no end: these stay as they are, and what is said of them is assumed. */
static const Case strangers[] = {
  { "softmax and tanh", { THREE, "Softmax z > s ; axis 1", "Tanh s > y" }, "scores" },
  { "clipped inside", { THREE, "Softmax z > s ; axis 1", "Clip s half one > y" }, "scores" },
  { "logarithms from 0 on", { THREE, "LogSoftmax z > s ; axis 1", "Clip s low one > y" }, "scores" },
  { "shared out among one", { ONE, "Softmax z > y ; axis 1" }, "value" },
  { "another sum", { THREE, "Exp z > e", "Exp e > f", "ReduceSum f > t ; axes 1", "Div e t > y" }, "scores" },
  { "one number", { ONE }, "value" },
};

static LrpNetwork *
read_nodes (const char *const *nodes, gint64 opset, const char *dims)
{
  static const float w[] = { 2, 1, -1, -3, 0.5f, -2, 1, -1, -0.5f }, column[] = { 2, -3, 1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpNetwork) network = NULL;
  OnnxModel *model = onnx_model_new (opset);
  LrpNetwork *canonized;
  guint n = 0;

  onnx_input (model, "x", ONNX_FLOAT, dims);
  for (; n < MAX_NODES && nodes[n]; n++)
    onnx_add_node (model, onnx_parse_node (nodes[n]));
  onnx_add_initializer (model, onnx_floats ("w", "3x3", w));
  onnx_add_initializer (model, onnx_floats ("column", "3x1", column));
  onnx_add_initializer (model, onnx_floats ("kernel", "2x1x1x1", (const float[]){ 1, -2 }));
  onnx_add_initializer (model, onnx_floats ("low", "", (const float[]){ 1e-7f }));
  onnx_add_initializer (model, onnx_floats ("zero", "", (const float[]){ 0 }));
  onnx_add_initializer (model, onnx_floats ("half", "", (const float[]){ 0.5f }));
  onnx_add_initializer (model, onnx_floats ("one", "", (const float[]){ 1 }));
  onnx_add_initializer (model, onnx_ints ("rows", "2", (const gint64[]){ -1, 3 }));
  onnx_add_initializer (model, onnx_ints ("flat", "3", (const gint64[]){ -1, 2, 6 }));
  onnx_add_initializer (model, onnx_ints ("rest", "1", (const gint64[]){ -1 }));
  onnx_output (model, strrchr (nodes[n - 1], '>')[2] == 'z' ? "z" : "y");
  network = onnx_read_model (model);
  canonized = lrp_network_canonize (network, &error);
  g_assert_no_error (error);
  return canonized;
}

static LrpExplanation *
explain (LrpNetwork *network, LrpTensor *input, LrpTarget target, GError **error)
{
  g_autoptr (LrpRequest) request = lrp_request_new ();
  g_autoptr (LrpRun) run = lrp_run_new (network, &input->shape, NULL);

  g_assert_true (lrp_request_set_method (request, "lrp:composite=lrp-0", NULL));
  lrp_target_clear (&request->target);
  lrp_target_copy (&request->target, &target);
  return lrp_request_explain (request, run, input, NULL, error);
}

static LrpExplanation *
explain_three (LrpNetwork *network)
{
  g_autoptr (LrpTensor) input = lrp_tensor_new_copy (&LRP_SHAPE (1, 3), (const float[]){ 0.1f, 1, 0.5f }, NULL);

  return explain (network, input, (LrpTarget) LRP_TARGET_INIT, NULL);
}

static void
assert_numbers (const float *got, gsize n, const double *expected)
{
  for (gsize i = 0; i < n; i++)
    g_assert_cmpfloat_with_epsilon ((double) got[i], expected[i], 1e-5);
}

static void
test_shared_out (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (LrpNetwork) network = read_nodes (c->nodes, 12, "1x3");
  g_autoptr (LrpExplanation) e = explain_three (network);

  g_assert_cmpstr (lrp_network_get_end (network)->name, ==, c->end);
  g_assert_cmpuint (lrp_network_n_classes (network), ==, 3);
  g_assert_cmpuint (lrp_network_n_places (network), ==, 1);
  assert_numbers (e->scores->data, 3, (const double[]){ -2.3, 0.1, -2.35 });
  assert_numbers (e->probabilities->data, 3, (const double[]){ 0.077077, 0.849605, 0.073318 });
  assert_numbers (e->relevance->data, 3, (const double[]){ 0.1, 0.5, -0.5 });
}

static void
test_alone (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (LrpNetwork) network = read_nodes (c->nodes, 12, "1x3");
  g_autoptr (LrpExplanation) e = explain_three (network);

  g_assert_cmpstr (lrp_network_get_end (network)->name, ==, c->end);
  g_assert_false (lrp_network_get_end (network)->assumed);
  g_assert_cmpuint (lrp_network_n_classes (network), ==, 1);
  assert_numbers (e->scores->data, 1, (const double[]){ -2.3 });
  assert_numbers (e->probabilities->data, 1, (const double[]){ 0.091123 });
  assert_numbers (e->relevance->data, 3, (const double[]){ 0.2, -3, 0.5 });
}

static void
test_stranger (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (LrpNetwork) network = read_nodes (c->nodes, 12, "1x3");
  g_autoptr (LrpExplanation) e = explain_three (network);

  g_assert_cmpstr (lrp_network_get_end (network)->name, ==, c->end);
  g_assert_true (lrp_network_get_end (network)->assumed);
  g_assert_true (lrp_network_has_probabilities (network) == (lrp_network_n_classes (network) > 1));
  g_assert_true (isnan (lrp_explanation_get_probability (e, 0)) == !lrp_network_has_probabilities (network));
}

/* Several classes may be there at once: each has its own probability. */
static void
test_multilabel (void)
{
  static const char *const nodes[] = { THREE, "Sigmoid z > y", NULL };
  g_autoptr (LrpNetwork) network = read_nodes (nodes, 12, "1x3");
  g_autoptr (LrpExplanation) e = explain_three (network);

  assert_numbers (e->probabilities->data, 3, (const double[]){ 0.091123, 0.524979, 0.087066 });
  assert_numbers (e->relevance->data, 3, (const double[]){ 0.1, 0.5, -0.5 });
}

/* --- places ------------------------------------------------------------------------------------------------------- */

#define CONV "Conv x kernel > z"

/* Two classes at 2 x 3 places, whose scores are x and -2 x there, wherever the file puts what. */
static const Case placed[] = {
  { "plain", { CONV }, "scores" },
  { "softmax", { CONV, "Softmax z > s ; axis 1", "Identity s > y" }, "softmax" },
  { "reshaped",
    { CONV, "Transpose z > t ; perm 0 2 3 1", "Softmax t > s ; axis 3", "Transpose s > y ; perm 0 3 1 2" },
    "softmax" },
  { "classes last", { CONV, "Transpose z > t ; perm 0 2 3 1", "Softmax t > y ; axis 3" }, "softmax" },
  { "sigmoid", { CONV, "Sigmoid z > y" }, "sigmoid" },
  { "sigmoid, reshaped", { CONV, "Sigmoid z > s", "Reshape s flat > y" }, "sigmoid" },
};

static const float pixels[] = { 1, -2, 0.5f, 3, -1, 0.25f, -1, 2, 2, 1, 0.5f, 4 };

/* Explains two samples. */
static LrpExplanation *
explain_places (LrpNetwork *network, int class_index, int against, const char *place, GError **error)
{
  g_autoptr (LrpTensor) input = lrp_tensor_new_copy (&LRP_SHAPE (2, 1, 2, 3), pixels, NULL);

  LrpExplanation *e = explain (network, input, (LrpTarget){ class_index, against, NULL, (char *) place }, error);

  g_assert_nonnull (e);
  return e;
}

static double
find_probability (const LrpNetwork *network, guint class_index, double x)
{
  if (strcmp (lrp_network_get_end (network)->name, "sigmoid") == 0)
    return 1 / (1 + exp (class_index == 0 ? -x : 2 * x));
  return 1 / (1 + exp (class_index == 0 ? -3 * x : 3 * x));
}

/* A class takes part at some places of a sample; what is explained there is its score, and its relevance that. */
static void
check_places (LrpNetwork *network, guint class_index, const char *place, const gboolean *taken)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpExplanation) e = explain_places (network, (int) class_index, LRP_TARGET_NONE, place, &error);
  double factor = class_index == 0 ? 1 : -2, score = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < 12; i++)
    {
      double here = taken[i] ? factor * (double) pixels[i] : 0;
      score += here;
      g_assert_cmpfloat_with_epsilon ((double) e->relevance->data[i], here, 1e-5);
    }
  g_assert_cmpfloat_with_epsilon (e->score, score, 1e-5);
}

static void
test_places (gconstpointer data)
{
  static const gboolean all[] = { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 },
                        fifth[] = { 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0 };
  const Case *c = data;
  g_autoptr (LrpNetwork) network = read_nodes (c->nodes, 13, "1x1x2x3");
  gboolean flat = strstr (c->name, "sigmoid, ") != NULL, winning[2][12];
  const char *place = flat ? "4" : "1,1";
  g_autoptr (LrpExplanation) at = explain_places (network, LRP_TARGET_TOP, LRP_TARGET_NONE, place, NULL);
  g_autoptr (LrpExplanation) whole = explain_places (network, 1, 0, NULL, NULL);
  g_autofree char *text = lrp_target_to_string (&at->aim.target);
  double mean = 0, sum = 0;

  g_assert_cmpstr (lrp_network_get_end (network)->name, ==, c->end);
  g_assert_cmpuint (lrp_network_n_classes (network), ==, 2);
  g_assert_cmpuint (lrp_network_n_places (network), ==, 6);
  for (guint i = 0; i < 12; i++)
    winning[0][i] = pixels[i] > 0, winning[1][i] = pixels[i] < 0;
  for (guint k = 0; k < 2; k++)
    {
      check_places (network, k, NULL, all);
      check_places (network, k, place, fifth);
      check_places (network, k, LRP_TARGET_WINNING, winning[k]);
    }
  /* At one place the first sample has -1 and the second 0.5, so the second class and the first are on top. */
  g_assert_cmpstr (text, ==, flat ? "top@4" : "top@1,1");
  g_assert_cmpuint (lrp_explanation_get_class (at, 0), ==, 1);
  g_assert_cmpuint (lrp_explanation_get_class (at, 1), ==, 0);
  g_assert_cmpfloat_with_epsilon (lrp_explanation_get_class_score (at, 0), 2, 1e-5);
  g_assert_cmpfloat_with_epsilon (lrp_explanation_get_probability (at, 0), find_probability (network, 1, -1), 1e-6);
  for (guint i = 0; i < 6; i++)
    {
      mean += find_probability (network, 1, (double) pixels[i]) / 6;
      sum += -2 * (double) pixels[i];
    }
  g_assert_cmpfloat_with_epsilon (lrp_explanation_get_probability (whole, 0), mean, 1e-6);
  g_assert_cmpfloat_with_epsilon (lrp_explanation_get_class_score (whole, 0), sum, 1e-5);
  g_assert_cmpfloat_with_epsilon ((double) whole->relevance->data[0], -3, 1e-5);
}

/* All classes together, each where it wins: the largest score of every place. */
static void
test_all_winning (void)
{
  g_autoptr (LrpNetwork) network = read_nodes (placed[0].nodes, 13, "1x1x2x3");
  g_autoptr (LrpExplanation) e = explain_places (network, LRP_TARGET_ALL, LRP_TARGET_NONE, LRP_TARGET_WINNING, NULL);

  for (guint i = 0; i < 12; i++)
    g_assert_cmpfloat_with_epsilon ((double) e->relevance->data[i], (double) pixels[i] * (pixels[i] > 0 ? 1 : -2),
                                    1e-5);
}

static void
assert_refused (LrpNetwork *network, const char *place, const char *fragment)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpTensor) input = lrp_tensor_new (&lrp_network_get_layer (network, 0)->shape, NULL);
  g_autoptr (LrpExplanation) e = NULL;

  for (gsize i = 0; i < input->count; i++)
    input->data[i] = 1;
  e = explain (network, input, (LrpTarget){ 1, LRP_TARGET_NONE, NULL, (char *) place }, &error);
  g_assert_null (e);
  g_assert_error (error, LRP_ERROR, LRP_ERROR_RANGE);
  onnx_assert_fragment (error->message, fragment);
}

static void
test_refused (void)
{
  g_autoptr (LrpNetwork) network = read_nodes (placed[0].nodes, 13, "1x1x2x3");
  g_autoptr (LrpNetwork) plain = read_nodes (shared_out[0].nodes, 12, "1x3");

  assert_refused (network, "2,0", "must be in 0 .. 1");
  assert_refused (network, "1", "no single place of 2x3");
  assert_refused (network, "1,1,1", "more places");
  assert_refused (network, LRP_TARGET_WINNING, "highest score at no place");
  assert_refused (plain, "0,0", "each class one score");
  assert_refused (plain, LRP_TARGET_WINNING, "each class one score");
}

static void
test_split (void)
{
  static const struct
  {
    const char *text, *class_name, *place;
  } cases[] = { { "3@20,14", "3", "20,14" }, { "top@winning", "top", "winning" },
                { "a@b@4", "a@b", "4" },     { "a@b", "a@b", NULL },
                { "3", "3", NULL },          { "3@", "3@", NULL } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *place;
      g_autofree char *class_name = lrp_target_split_place (cases[i].text, &place);
      g_assert_cmpstr (class_name, ==, cases[i].class_name);
      g_assert_cmpstr (place, ==, cases[i].place);
    }
}

static void
add_cases (const char *folder, const Case *cases, guint n, GTestDataFunc func)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("/onnx-ends/%s/%s", folder, cases[i].name);
      g_test_add_data_func (path, &cases[i], func);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_cases ("shared-out", shared_out, G_N_ELEMENTS (shared_out), test_shared_out);
  add_cases ("alone", alone, G_N_ELEMENTS (alone), test_alone);
  add_cases ("stranger", strangers, G_N_ELEMENTS (strangers), test_stranger);
  add_cases ("placed", placed, G_N_ELEMENTS (placed), test_places);
  g_test_add_func ("/onnx-ends/multilabel", test_multilabel);
  g_test_add_func ("/onnx-ends/all-winning", test_all_winning);
  g_test_add_func ("/onnx-ends/refused", test_refused);
  g_test_add_func ("/onnx-ends/split", test_split);
  return g_test_run ();
}
