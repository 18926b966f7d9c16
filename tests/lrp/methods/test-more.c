/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-more.c: many explanations of one forward pass, and relevance that passes through a part of a layer */
#include "nets.h"

#include <math.h>
#include <string.h>

/* Neighbours agree in many layers, in few, in none, and in the manner. */
static const char *const sequence[] = {
  "lrp:composite=epsilon-plus",
  "lrp:composite=epsilon-plus-flat",
  "lrp:composite=epsilon-plus-flat",
  "lrp:composite=epsilon-plus;conv_2=gamma",
  "lrp:composite=epsilon-plus;conv_2=gamma;dense=z-plus",
  "gradient",
  "lrp:composite=epsilon-plus;conv_2=gamma",
  "lrp:composite=guided-backprop",
  "lrp:composite=epsilon-plus;conv=w-square",
  "deeplift:baseline=zero",
  "lrp:composite=epsilon-plus;conv=flat",
  "integrated-gradients:steps=3,baseline=zero",
  "lrp:composite=epsilon-plus;conv_2=gamma",
  "lrp:composite=gamma,gamma=0.5",
  "lrp:composite=gamma,gamma=0.25",
  "gradient-x-input",
  /* More rules than are kept ready, so that some are made ready anew in the second round. */
  "lrp:composite=z-box,low=0,high=1",
  "lrp:composite=z-box,low=-1,high=1",
  "lrp:composite=gamma,gamma=0.1",
  "lrp:composite=gamma,gamma=0.2",
  "lrp:composite=gamma,gamma=0.3",
  "lrp:composite=gamma,gamma=0.4",
  "lrp:composite=gamma,gamma=0.6",
  "lrp:composite=gamma,gamma=0.7",
  "lrp:composite=gamma,gamma=0.8",
  "lrp:composite=gamma,gamma=0.9",
  "lrp:composite=alpha-beta,alpha=2",
  "lrp:composite=w-square",
  "lrp:composite=custom",
};

static LrpRequest *
make_request (const char *text, int class_index)
{
  g_autoptr (GError) error = NULL;
  LrpRequest *request = lrp_request_new ();

  g_assert_true (lrp_request_set_method (request, text, &error));
  g_assert_no_error (error);
  request->target.class_index = class_index;
  request->keep_layers = TRUE;
  return request;
}

static LrpExplanation *
explain_alone (LrpNetwork *network, const LrpRequest *request, LrpTensor *input)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpRun) run = lrp_run_new (network, &input->shape, &error);
  LrpExplanation *e = lrp_request_explain (request, run, input, NULL, &error);

  g_assert_no_error (error);
  return e;
}

static void
assert_equal (const LrpTensor *a, const LrpTensor *b)
{
  g_assert_cmpuint (a->count, ==, b->count);
  for (gsize i = 0; i < a->count; i++)
    g_assert_cmpfloat (a->data[i], ==, b->data[i]);
}

/* Exactly, in every layer: what is kept from the explanation before is what would be computed anew. */
static void
assert_same_explanation (const LrpExplanation *a, const LrpExplanation *b)
{
  assert_equal (a->relevance, b->relevance);
  assert_equal (a->scores, b->scores);
  g_assert_cmpuint (a->n_layers, ==, b->n_layers);
  for (guint i = 0; i < a->n_layers; i++)
    {
      assert_equal (a->layers[i].relevance, b->layers[i].relevance);
      assert_equal (a->layers[i].activation, b->layers[i].activation);
      g_assert_cmpfloat (a->layers[i].sum, ==, b->layers[i].sum);
      g_assert_cmpfloat (a->layers[i].left, ==, b->layers[i].left);
      g_assert_cmpfloat (a->layers[i].bias, ==, b->layers[i].bias);
    }
}

typedef LrpNetwork *(*MakeNetwork) (gboolean bias);

static void
check_sequence (MakeNetwork make, gboolean backwards)
{
  g_autoptr (LrpNetwork) network = make (TRUE);
  g_autoptr (LrpTensor) input = nets_positive (&LRP_SHAPE (2, 2, 12, 12), 3);
  g_autoptr (LrpRun) run = lrp_run_new (network, &input->shape, NULL);
  guint n = G_N_ELEMENTS (sequence), forwards = 0;

  for (guint i = 0; i < 2 * n; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LrpRequest) request = make_request (sequence[backwards ? (2 * n - 1 - i) % n : i % n], i < n ? 1 : 2);
      g_autoptr (LrpExplanation) more = lrp_request_explain_more (request, run, input, NULL, NULL, NULL, &error);
      g_autoptr (LrpExplanation) alone = explain_alone (network, request, input);
      g_assert_no_error (error);
      assert_same_explanation (more, alone);
      forwards += more->forward_seconds > 0;
    }
  g_assert_cmpuint (forwards, <=, 3); /* integrated gradients look at the baseline on the way */
}

static void
test_sequence (gconstpointer data)
{
  check_sequence (*(const MakeNetwork *) data, FALSE);
  check_sequence (*(const MakeNetwork *) data, TRUE);
}

/* A run that keeps to one thread finds what others find, also by methods that take a batch. */
static void
test_single (gconstpointer data)
{
  static const char *const methods[] = { "lrp:composite=epsilon-plus", "integrated-gradients:steps=32,baseline=zero" };
  g_autoptr (LrpNetwork) network = (*(const MakeNetwork *) data) (TRUE);
  g_autoptr (LrpTensor) input = nets_positive (&LRP_SHAPE (1, 2, 12, 12), 3);
  g_autoptr (LrpRun) run = lrp_run_new_single (network, &input->shape, NULL);

  for (guint m = 0; m < G_N_ELEMENTS (methods); m++)
    {
      g_autoptr (LrpRequest) request = make_request (methods[m], 1);
      g_autoptr (LrpExplanation) single = lrp_request_explain (request, run, input, NULL, NULL);
      g_autoptr (LrpExplanation) alone = explain_alone (network, request, input);
      for (gsize i = 0; i < alone->relevance->count; i++)
        g_assert_cmpfloat_with_epsilon (single->relevance->data[i], alone->relevance->data[i], 1e-5);
    }
}

/* What was left unfinished or failed is not built upon. */
static void
test_after_failure (void)
{
  g_autoptr (LrpNetwork) network = nets_branches (TRUE);
  g_autoptr (LrpTensor) input = nets_positive (&LRP_SHAPE (1, 2, 12, 12), 3);
  g_autoptr (LrpRun) run = lrp_run_new (network, &input->shape, NULL);
  g_autoptr (LrpRequest) good = make_request (sequence[0], 1), near = make_request (sequence[1], 1);
  g_autoptr (LrpExplanation) before = lrp_request_explain (good, run, input, NULL, NULL);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (LrpExplanation) after = NULL, alone = explain_alone (network, near, input);

  g_cancellable_cancel (cancelled);
  g_assert_null (lrp_request_explain_more (near, run, input, NULL, NULL, cancelled, NULL));
  after = lrp_request_explain_more (near, run, input, NULL, NULL, NULL, NULL);
  g_assert_nonnull (before);
  assert_same_explanation (after, alone);
}

/* All channels together let through what the layer hands on; one alone lets through its own sum. */
static void
check_through (LrpNetwork *network, const char *method, guint layer)
{
  const char *name = lrp_network_get_layer (network, layer)->name;
  guint channels = (guint) lrp_network_get_layer (network, layer)->shape.dims[1];
  g_autoptr (LrpTensor) input = nets_positive (&LRP_SHAPE (1, 2, 12, 12), 3);
  g_autoptr (LrpRequest) request = make_request (method, 1);
  g_autoptr (LrpExplanation) whole = explain_alone (network, request, input);
  g_autoptr (LrpTensor) sum = lrp_tensor_new (&input->shape, NULL);
  double expected = 0;

  for (guint c = 0; c < channels; c++)
    {
      g_autoptr (LrpExplanation) part = NULL;
      g_free (request->through);
      request->through = g_strdup_printf ("%s:%u", name, c);
      part = explain_alone (network, request, input);
      for (gsize i = 0; i < sum->count; i++)
        sum->data[i] += part->relevance->data[i];
      g_assert_cmpfloat (fabs (part->expected - part->layers[layer].sum), <=, 1e-5 * fabs (whole->score));
      expected += part->expected;
    }
  nets_assert_same (sum, whole->relevance, 1e-4);
  g_assert_cmpfloat (fabs (expected - whole->layers[layer].sum), <=, 1e-5 * fabs (whole->score));
}

static void
test_through (void)
{
  g_autoptr (LrpNetwork) network = nets_lenet (TRUE);

  for (guint layer = 1; layer < network->layers->len; layer++)
    {
      check_through (network, "lrp:composite=epsilon-plus-flat", layer);
      check_through (network, "lrp:composite=gamma", layer);
    }
}

/* One unit of a map; and what cannot be. */
static void
test_through_unit (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpNetwork) network = nets_lenet (FALSE);
  g_autoptr (LrpTensor) input = nets_positive (&LRP_SHAPE (1, 2, 12, 12), 3);
  g_autoptr (LrpRun) run = lrp_run_new (network, &input->shape, NULL);
  g_autoptr (LrpRequest) request = make_request ("lrp:composite=lrp-0", 1);
  g_autoptr (LrpExplanation) whole = explain_alone (network, request, input), unit = NULL;
  const LrpTensor *first = whole->layers[1].relevance;
  guint reached = 0, most = 0;

  for (guint i = 0; i < first->count; i++)
    if (fabsf (first->data[i]) > fabsf (first->data[most]))
      most = i;
  request->through = g_strdup_printf ("%s:%u,%u,%u", whole->layers[1].name, most / 144, most / 12 % 12, most % 12);
  unit = explain_alone (network, request, input);
  for (gsize i = 0; i < unit->relevance->count; i++)
    reached += unit->relevance->data[i] != 0;
  g_assert_cmpuint (reached, >, 0);
  g_assert_cmpuint (reached, <=, 2 * 3 * 3); /* no more than the unit sees */
  g_assert_cmpfloat (fabs (unit->expected - (double) first->data[most]), <=, 1e-6 * fabs (unit->expected));
  g_assert_cmpfloat (fabs (lrp_tensor_sum (unit->relevance) - unit->expected), <=, 1e-4 * fabs (unit->expected));

  g_free (request->through);
  request->through = g_strdup ("nowhere:1");
  g_assert_null (lrp_request_explain (request, run, input, NULL, &error));
  g_assert_error (error, LRP_ERROR, LRP_ERROR_RANGE);
  g_clear_error (&error);
  g_assert_true (lrp_request_set_method (request, "occlusion", NULL));
  g_assert_null (lrp_request_explain (request, run, input, NULL, &error));
  g_assert_error (error, LRP_ERROR, LRP_ERROR_UNSUPPORTED);
}

int
main (int argc, char **argv)
{
  static const MakeNetwork lenet = nets_lenet, branches = nets_branches;

  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/more/sequence/lenet", &lenet, test_sequence);
  g_test_add_data_func ("/more/sequence/branches", &branches, test_sequence);
  g_test_add_data_func ("/more/single/lenet", &lenet, test_single);
  g_test_add_data_func ("/more/single/branches", &branches, test_single);
  g_test_add_func ("/more/after-failure", test_after_failure);
  g_test_add_func ("/more/through/channels", test_through);
  g_test_add_func ("/more/through/unit", test_through_unit);
  return g_test_run ();
}
