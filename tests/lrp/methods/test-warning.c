/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-warning.c: what speaks against a map is found, and nothing where nothing does */
#include "nets.h"

#include <string.h>

static const LrpWarning *
find_warning (const LrpExplanation *explanation, const char *code)
{
  for (guint i = 0; i < explanation->warnings->len; i++)
    {
      const LrpWarning *warning = g_ptr_array_index (explanation->warnings, i);
      g_assert_true (g_strv_contains (lrp_warning_codes (), warning->code));
      g_assert_nonnull (warning->text);
      g_assert_true (!warning->change == !warning->advice);
      if (g_str_equal (warning->code, code))
        return warning;
    }
  return NULL;
}

static LrpExplanation *
explain (LrpNetwork *network, LrpTensor *input, const char *method)
{
  g_autoptr (LrpRequest) request = lrp_request_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpRun) run = lrp_run_new (network, &input->shape, &error);
  LrpExplanation *explanation;

  g_assert_no_error (error);
  g_assert_true (lrp_request_set_method (request, method, &error));
  request->target.class_index = 0;
  explanation = lrp_request_explain (request, run, input, NULL, &error);
  g_assert_no_error (error);
  return explanation;
}

/* A dense layer "y" of two inputs and one output, with these weights and bias, on x = (1, 1). */
static LrpNetwork *
new_dense (float a, float b, float bias)
{
  LrpNetwork *network = lrp_network_new ("dense", "x", &LRP_SHAPE (1, 2));
  LrpLayer *layer = nets_dense (2, 1, TRUE, 1);

  layer->name = (g_free (layer->name), g_strdup ("y"));
  layer->weights->data[0] = a;
  layer->weights->data[1] = b;
  layer->bias->data[0] = bias;
  nets_add (network, layer, -1);
  network->output = 1;
  return network;
}

/* Scores of 1 that are made of large parts, or of a bias; what helps does, and a part less there is no warning. */
static void
test_sums (void)
{
  static const struct
  {
    float a, b, bias;
    const char *method, *code, *layer;
  } cases[] = {
    { 100, -99, 0, "lrp:composite=lrp-0", "cancellation", "x" },
    { 100, -99, 0, "lrp:composite=epsilon", "cancellation", "x" },
    { 5, -4, 0, "lrp:composite=lrp-0", NULL, NULL },
    { 100, -99, 0, "gradient-x-input", NULL, NULL },
    { 0.01f, 0.01f, 1, "lrp:composite=epsilon", "biases", "y" },
    { 0.1f, 0.1f, 1, "lrp:composite=epsilon", NULL, NULL },
    { 1e-7f, 1e-7f, 0, "lrp:composite=epsilon", "absorbed", "y" },
    { 1e-7f, 1e-7f, 0, "lrp:composite=epsilon,scale=rms", NULL, NULL },
    { 1, 1, 0, "lrp:composite=flat", "flat-dense", "y" },
    { 1, 1, 0, "lrp:composite=w-square", "flat-dense", "y" },
    { 1, 1, 0, "lrp:composite=epsilon;y=flat", "flat-dense", "y" },
    { 1, 1, 0, "lrp:composite=epsilon-plus-flat;y=epsilon", NULL, NULL },
    { 1, 1, 0, "lrp", NULL, NULL },
    { 1, -1, 0, "lrp", "empty", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LrpNetwork) network = new_dense (cases[i].a, cases[i].b, cases[i].bias);
      g_autoptr (LrpTensor) input = lrp_tensor_new_copy (&LRP_SHAPE (1, 2), (const float[]){ 1, 1 }, NULL);
      g_autoptr (LrpExplanation) e = explain (network, input, cases[i].method), again = NULL;
      const LrpWarning *warning = cases[i].code ? find_warning (e, cases[i].code) : NULL;
      if (!cases[i].code)
        {
          g_assert_cmpuint (e->warnings->len, ==, 0);
          continue;
        }
      g_assert_nonnull (warning);
      g_assert_cmpstr (warning->layer, ==, cases[i].layer);
      /* Nothing helps where there is nothing to explain. */
      if (!warning->change)
        continue;
      again = explain (network, input, warning->change);
      g_assert_null (find_warning (again, cases[i].code));
    }
}

static LrpLayer *
new_activation (LrpOpKind kind, double alpha, double beta)
{
  LrpLayer *layer = lrp_layer_new (kind, "activation");

  layer->activation.alpha = alpha;
  layer->activation.beta = beta;
  return layer;
}

/* Activations that make something of nothing are named where relevance passes them: by what they do, not by a list. */
static void
test_out_of_reach (void)
{
  static const struct
  {
    LrpOpKind kind;
    double alpha, beta;
    gboolean warns;
  } cases[] = {
    { LRP_OP_SIGMOID, 0, 0, TRUE },     { LRP_OP_SOFTPLUS, 0, 0, TRUE }, { LRP_OP_HARD_SIGMOID, 0.2, 0.5, TRUE },
    { LRP_OP_EXP, 0, 0, TRUE },         { LRP_OP_CLIP, 0.5, 6, TRUE },   { LRP_OP_HARD_SIGMOID, 0.2, 0, FALSE },
    { LRP_OP_CLIP, -1, 6, FALSE },      { LRP_OP_RELU, 0, 0, FALSE },    { LRP_OP_TANH, 0, 0, FALSE },
    { LRP_OP_HARD_SWISH, 0, 0, FALSE }, { LRP_OP_GELU, 0, 0, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LrpNetwork) network = lrp_network_new ("net", "x", &LRP_SHAPE (1, 4));
      g_autoptr (LrpTensor) input = nets_positive (&LRP_SHAPE (1, 4), 5);
      g_autoptr (LrpExplanation) rules = NULL, gradient = NULL;
      const LrpWarning *warning;
      nets_add (network, nets_dense (4, 6, FALSE, 3), -1);
      nets_add (network, new_activation (cases[i].kind, cases[i].alpha, cases[i].beta), -1);
      nets_add (network, nets_dense (6, 2, FALSE, 4), -1);
      network->output = 3;
      rules = explain (network, input, "lrp:composite=epsilon");
      gradient = explain (network, input, "gradient-x-input");
      warning = find_warning (rules, "out-of-reach");
      g_assert_cmpint (warning != NULL, ==, cases[i].warns);
      g_assert_null (find_warning (gradient, "out-of-reach"));
      if (warning)
        g_assert_cmpstr (warning->layer, ==, "activation");
    }
}

/* A gate passes no relevance, so that nothing is wrong below it: y = sigmoid (A x) times B x. */
static void
test_gate (void)
{
  g_autoptr (LrpNetwork) network = lrp_network_new ("gate", "x", &LRP_SHAPE (1, 4));
  g_autoptr (LrpTensor) input = nets_positive (&LRP_SHAPE (1, 4), 5);
  g_autoptr (LrpExplanation) e = NULL;
  LrpLayer *product = lrp_layer_new (LRP_OP_PRODUCT, "product");
  guint sides[2];
  int added;

  nets_add (network, nets_dense (4, 3, FALSE, 3), -1);
  sides[0] = nets_add (network, lrp_layer_new (LRP_OP_SIGMOID, "gate"), -1);
  sides[1] = nets_add (network, nets_dense (4, 3, FALSE, 4), 0);
  lrp_layer_set_inputs (product, sides, 2);
  added = lrp_network_add (network, product, NULL);
  g_assert_cmpint (added, ==, 4);
  network->output = 4;
  e = explain (network, input, "lrp:composite=epsilon");
  g_assert_null (find_warning (e, "out-of-reach"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/warning/sums", test_sums);
  g_test_add_func ("/warning/out-of-reach", test_out_of_reach);
  g_test_add_func ("/warning/gate", test_gate);
  return g_test_run ();
}
