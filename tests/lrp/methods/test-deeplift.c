/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-deeplift.c: slopes between an input and a baseline add up, whatever lies between */
#include "nets.h"

#include <math.h>
#include <string.h>

static LrpTensor *
make_input (guint samples)
{
  return nets_positive (&LRP_SHAPE (samples, 2, 12, 12), 8);
}

static LrpExplanation *
explain (LrpNetwork *network, const char *method, LrpTensor *input)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpRequest) request = lrp_request_new ();
  g_autoptr (LrpRun) run = lrp_run_new (network, &input->shape, &error);
  LrpExplanation *explanation;

  request->target.class_index = 1;
  g_assert_true (lrp_request_set_method (request, method, &error));
  explanation = lrp_request_explain (request, run, input, NULL, &error);
  g_assert_no_error (error);
  return explanation;
}

/* It adds up to f (x) - f (x0), with any baseline, through max pooling and branches [Shrikumar17]. */
static void
test_complete (gconstpointer data)
{
  LrpNetwork *(*make) (gboolean) = data;
  static const char *const baselines[] = { "zero", "mean", "blur", "noise", "white" };
  g_autoptr (LrpNetwork) network = make (TRUE);
  g_autoptr (LrpTensor) input = make_input (3);

  network->input.bounded = TRUE;
  network->input.high[0] = network->input.high[1] = 1;
  for (guint i = 0; i < G_N_ELEMENTS (baselines); i++)
    {
      g_autofree char *method = g_strconcat ("deeplift:baseline=", baselines[i], NULL);
      g_autoptr (LrpExplanation) e = explain (network, method, input);
      g_assert_cmpfloat (fabs (e->expected), >, 1e-2);
      g_assert_cmpfloat (fabs (lrp_tensor_sum (e->relevance) - e->expected), <=,
                         1e-4 * (fabs (e->expected) + fabs (e->score)));
    }
}

/* Without biases and from zero every ReLU's slope to the baseline is its slope here. */
static void
test_without_biases (void)
{
  g_autoptr (LrpNetwork) network = nets_lenet (FALSE);
  g_autoptr (LrpTensor) input = make_input (2);
  g_autoptr (LrpExplanation) deeplift = explain (network, "deeplift:baseline=zero", input);
  g_autoptr (LrpExplanation) product = explain (network, "gradient-x-input", input);

  nets_assert_same (deeplift->relevance, product->relevance, 1e-4);
}

/* The input as its own baseline explains nothing. */
static void
test_of_nothing (void)
{
  g_autoptr (LrpNetwork) network = nets_lenet (TRUE);
  g_autoptr (LrpTensor) input = lrp_tensor_new (&LRP_SHAPE (1, 2, 12, 12), NULL);
  g_autoptr (LrpExplanation) e = explain (network, "deeplift:baseline=zero", input);

  g_assert_cmpfloat (e->expected, ==, 0);
  for (gsize i = 0; i < e->relevance->count; i++)
    g_assert_cmpfloat (e->relevance->data[i], ==, 0);
}

/* By hand: z = x - 1, y = relu (z), f = 3 y; from 0 to 2 y rises by 1, so the slope is 1/2. */
static void
test_by_hand (void)
{
  static const float w[] = { 1 }, b[] = { -1 }, v[] = { 3 }, x[] = { 2 };
  g_autoptr (LrpNetwork) network = lrp_network_new ("hand", "input", &LRP_SHAPE (1, 1));
  g_autoptr (LrpTensor) input = lrp_tensor_new_copy (&LRP_SHAPE (1, 1), x, NULL);
  g_autoptr (LrpRequest) request = lrp_request_new ();
  g_autoptr (LrpRun) run = NULL;
  g_autoptr (LrpExplanation) e = NULL;
  LrpLayer *first = nets_dense (1, 1, TRUE, 1), *second = nets_dense (1, 1, FALSE, 1);

  first->weights->data[0] = w[0];
  first->bias->data[0] = b[0];
  second->weights->data[0] = v[0];
  nets_add (network, first, -1);
  nets_add (network, lrp_layer_new (LRP_OP_RELU, NULL), -1);
  nets_add (network, second, -1);
  run = lrp_run_new (network, &input->shape, NULL);
  g_assert_true (lrp_request_set_method (request, "deeplift:baseline=zero", NULL));
  e = lrp_request_explain (request, run, input, NULL, NULL);
  g_assert_cmpfloat_with_epsilon (e->relevance->data[0], 3, 1e-6);
  g_assert_cmpfloat_with_epsilon (e->expected, 3, 1e-6);
}

/* Where the baseline's score is all but the same, what is left is what float numbers round off. */
static void
assert_complete (const LrpExplanation *e)
{
  g_assert_cmpfloat (fabs (lrp_tensor_sum (e->relevance) - e->expected), <=,
                     1e-3 * fabs (e->expected) + 1e-5 * (1 + fabs (e->score)));
}

/* --- normalisations ----------------------------------------------------------------------------------------------- */

/* What lies between a 1x1 convolution, behind which a constant input is still constant, and a dense layer. */
typedef struct
{
  const char *name;
  LrpOpKind kind;
  LrpNorm norm;
  LrpResponse response;
  gint64 axis;
} Between;

static const Between betweens[] = {
  { "instance", LRP_OP_GROUP_NORM, .norm = { .epsilon = 1e-5, .groups = 4 } },
  { "group", LRP_OP_GROUP_NORM, .norm = { .epsilon = 1e-5, .groups = 2 } },
  { "group sharp", LRP_OP_GROUP_NORM, .norm = { .epsilon = 1e-12, .groups = 2 } },
  { "layer", LRP_OP_LAYER_NORM, .norm = { .epsilon = 1e-5, .axis = 1 } },
  { "layer rows", LRP_OP_LAYER_NORM, .norm = { .epsilon = 1e-12, .axis = 3 } },
  { "layer channels", LRP_OP_LAYER_NORM, .norm = { .epsilon = 1e-5, .axis = 1, .axes = 1 << 1 } },
  { "rms", LRP_OP_RMS_NORM, .norm = { .epsilon = 1e-6, .axis = 1 } },
  { "rms rows", LRP_OP_RMS_NORM, .norm = { .epsilon = 1e-6, .axis = 3 } },
  { "response", LRP_OP_LOCAL_RESPONSE, .response = { 3, FALSE, 1, 0.75, 1 } },
  { "response sharp", LRP_OP_LOCAL_RESPONSE, .response = { 3, FALSE, 100, 0.75, 1e-4 } },
  { "response within", LRP_OP_LOCAL_RESPONSE, .response = { 2, TRUE, 10, 0.5, 1e-3 } },
  { "softmax", LRP_OP_SOFTMAX, .axis = 1 },
  { "softmax rows", LRP_OP_SOFTMAX, .axis = 3 },
  { "log-softmax", LRP_OP_LOG_SOFTMAX, .axis = 3 },
};

static void
add_between (LrpNetwork *network, const Between *between)
{
  LrpLayer *layer = lrp_layer_new (between->kind, NULL);

  if (between->kind == LRP_OP_LOCAL_RESPONSE)
    layer->response = between->response;
  else if (between->kind == LRP_OP_SOFTMAX || between->kind == LRP_OP_LOG_SOFTMAX)
    layer->axis = between->axis;
  else
    layer->norm = between->norm;
  if (between->kind == LRP_OP_GROUP_NORM)
    {
      layer->weights = nets_tensor (&LRP_SHAPE (4), 31);
      layer->bias = nets_tensor (&LRP_SHAPE (4), 32);
    }
  nets_add (network, layer, -1);
}

/* scale: of the first weights, which makes what lies between bend the more sharply. */
static LrpNetwork *
make_normalized (const Between *between, gboolean bias, float scale)
{
  LrpNetwork *network = lrp_network_new ("normalized", "input", &LRP_SHAPE (1, 2, 6, 6));
  LrpLayer *conv = nets_conv (&LRP_SHAPE (4, 2, 1, 1), &(LrpWindow) LRP_WINDOW_INIT, bias, 21);
  LrpLayer *flatten = lrp_layer_new (LRP_OP_FLATTEN, NULL);

  for (gsize i = 0; i < conv->weights->count; i++)
    conv->weights->data[i] *= scale;
  nets_add (network, conv, -1);
  add_between (network, between);
  flatten->axis = 1;
  nets_add (network, flatten, -1);
  nets_add (network, nets_dense (4 * 6 * 6, 3, TRUE, 23), -1);
  network->input.bounded = TRUE;
  network->input.high[0] = network->input.high[1] = 1;
  return network;
}

/* From a constant input what a normalisation divides by grows from next to nothing, and its output all but jumps. */
static void
test_normalized (gconstpointer data)
{
  static const char *const baselines[] = { "zero", "mean", "black", "white", "blur", "noise" };
  static const float scales[] = { 0.1f, 1, 100 };
  g_autoptr (LrpTensor) input = nets_tensor (&LRP_SHAPE (2, 2, 6, 6), 8);

  for (guint i = 0; i < G_N_ELEMENTS (baselines) * G_N_ELEMENTS (scales) * 2; i++)
    {
      float scale = scales[i / 2 % G_N_ELEMENTS (scales)];
      g_autoptr (LrpNetwork) network = make_normalized (data, i % 2, scale);
      const char *baseline = baselines[i / 2 / G_N_ELEMENTS (scales)];
      g_autofree char *method = g_strconcat ("deeplift:baseline=", baseline, NULL);
      g_autoptr (LrpExplanation) e = explain (network, method, input);
      assert_complete (e);
    }
}

/* Where only one layer bends, its mean slope is the mean gradient on the whole way, which integrated gradients find
 * with many points. */
static void
test_as_path (gconstpointer data)
{
  g_autoptr (LrpNetwork) network = make_normalized (data, TRUE, 1);
  g_autoptr (LrpTensor) input = nets_tensor (&LRP_SHAPE (1, 2, 6, 6), 8);
  static const char *const baselines[] = { "zero", "noise" }, *const steps[] = { "4096", "128" };

  for (guint i = 0; i < G_N_ELEMENTS (baselines); i++)
    {
      g_autofree char *quick = g_strconcat ("deeplift:baseline=", baselines[i], NULL);
      g_autofree char *slow = g_strconcat ("integrated-gradients:baseline=", baselines[i], ",steps=", steps[i], NULL);
      g_autoptr (LrpExplanation) e = explain (network, quick, input);
      g_autoptr (LrpExplanation) path = explain (network, slow, input);
      nets_assert_same (e->relevance, path->relevance, 1e-3);
    }
}

/* Two normalisations behind each other, of more channels than a block holds, and an activation between. */
static void
test_deep (void)
{
  g_autoptr (LrpNetwork) network = lrp_network_new ("deep", "input", &LRP_SHAPE (1, 2, 12, 12));
  g_autoptr (LrpTensor) input = make_input (2);
  LrpLayer *instance = lrp_layer_new (LRP_OP_GROUP_NORM, NULL), *layer = lrp_layer_new (LRP_OP_LAYER_NORM, NULL);

  nets_add (network, nets_conv (&LRP_SHAPE (17, 2, 3, 3), &(LrpWindow) LRP_WINDOW_INIT, TRUE, 3), -1);
  instance->norm = (LrpNorm){ .epsilon = 1e-5, .groups = 17 };
  nets_add (network, instance, -1);
  nets_add (network, lrp_layer_new (LRP_OP_GELU, NULL), -1);
  nets_add (network, nets_conv (&LRP_SHAPE (8, 17, 3, 3), &(LrpWindow) LRP_WINDOW_INIT, TRUE, 5), -1);
  layer->norm = (LrpNorm){ .epsilon = 1e-6, .axis = 1 };
  nets_add (network, layer, -1);
  nets_add (network, lrp_layer_new (LRP_OP_RELU, NULL), -1);
  nets_add (network, lrp_layer_new (LRP_OP_GLOBAL_AVERAGE_POOL, NULL), -1);
  nets_add (network, nets_conv (&LRP_SHAPE (3, 8, 1, 1), &(LrpWindow) LRP_WINDOW_INIT, TRUE, 7), -1);
  for (guint i = 0; i < 3; i++)
    {
      const char *method =
          ((const char *[]){ "deeplift:baseline=zero", "deeplift:baseline=mean", "deeplift:baseline=blur" })[i];
      g_autoptr (LrpExplanation) e = explain (network, method, input);
      assert_complete (e);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/deeplift/complete/lenet", nets_lenet, test_complete);
  g_test_add_data_func ("/deeplift/complete/branches", nets_branches, test_complete);
  g_test_add_func ("/deeplift/without-biases", test_without_biases);
  g_test_add_func ("/deeplift/nothing", test_of_nothing);
  g_test_add_func ("/deeplift/by-hand", test_by_hand);
  for (guint i = 0; i < G_N_ELEMENTS (betweens); i++)
    {
      g_autofree char *path = g_strconcat ("/deeplift/normalized/", betweens[i].name, NULL);
      g_autofree char *same = g_strconcat ("/deeplift/as-path/", betweens[i].name, NULL);
      g_test_add_data_func (path, &betweens[i], test_normalized);
      g_test_add_data_func (same, &betweens[i], test_as_path);
    }
  g_test_add_func ("/deeplift/deep", test_deep);
  return g_test_run ();
}
