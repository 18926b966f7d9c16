/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-run.c: what papers promise of whole networks: conservation, identities, completeness of the accounts */
#include "nets.h"

#include "lrp/methods/baseline.h"

#include <math.h>

typedef LrpNetwork *(*MakeNetwork) (gboolean bias);

typedef struct
{
  const char *request;
  const char *network;
  MakeNetwork make;
} Case;

static const struct
{
  const char *name;
  MakeNetwork make;
} networks[] = { { "lenet", nets_lenet }, { "branches", nets_branches } };

/* Composites whose rules hand on all that arrives. */
static const char *const conserving[] = {
  "lrp:composite=lrp-0",
  "lrp:composite=epsilon,epsilon=1e-9",
  "lrp:composite=epsilon-plus",
  "lrp:composite=epsilon-plus-flat",
  "lrp:composite=epsilon-gamma-box,low=-1,high=1",
  "lrp:composite=gamma",
  "lrp:composite=epsilon-plus,first=w-square",
};

static LrpExplanation *
explain (LrpNetwork *network, const char *text, LrpStart start, const LrpTensor *input)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpRequest) request = lrp_request_new ();
  g_autoptr (LrpRun) run = lrp_run_new (network, &input->shape, &error);
  LrpExplanation *explanation;

  g_assert_no_error (error);
  request->start = start;
  request->keep_layers = TRUE;
  g_assert_true (lrp_request_set_method (request, text, &error));
  explanation = lrp_request_explain (request, run, (LrpTensor *) input, NULL, &error);
  g_assert_no_error (error);
  return explanation;
}

static LrpTensor *
make_input (guint samples)
{
  return nets_positive (&LRP_SHAPE (samples, 2, 12, 12), 8);
}

/* Without biases, every layer's sum and what stabilisers above it took equal the score. Within branches the layers
 * share it, so there only the trunk's ends are asked. */
static void
test_conservation (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (LrpNetwork) network = c->make (FALSE);
  g_autoptr (LrpTensor) input = make_input (1);
  g_autoptr (LrpExplanation) e = explain (network, c->request, LRP_START_LOGIT, input);
  double score = e->score, stabilizer = lrp_explanation_get_absorbed_by_stabilizer (e);

  g_assert_cmpfloat (fabs (lrp_explanation_get_absorbed_by_bias (e)), ==, 0);
  g_assert_cmpfloat (fabs (stabilizer), <, 1e-3 * fabs (score));
  g_assert_cmpfloat (fabs (lrp_tensor_sum (e->relevance) + stabilizer - score), <=, 1e-4 * fabs (score));
  for (guint i = 0; i < e->n_layers && c->make == nets_lenet; i++)
    {
      g_assert_cmpfloat (fabs (e->layers[i].sum + stabilizer - score), <=, 1e-4 * fabs (score));
      stabilizer -= e->layers[i + 1 < e->n_layers ? i + 1 : i].stabilizer;
    }
}

/* With biases, what is missing is exactly what biases and stabiliser are said to have absorbed. */
static void
test_accounts (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (LrpNetwork) network = c->make (TRUE);
  g_autoptr (LrpTensor) input = make_input (2);
  g_autoptr (LrpExplanation) e = explain (network, c->request, LRP_START_LOGIT, input);
  double score = e->score, bias = lrp_explanation_get_absorbed_by_bias (e);
  double size = fabs (score), sum = lrp_tensor_sum (e->relevance);

  for (guint i = 0; i < e->n_layers; i++)
    {
      const LrpLayerSum *layer = &e->layers[i];
      double scale = 1e-4 * (fabs (layer->positive) + fabs (layer->negative) + fabs (layer->bias) + 1);
      size = fmax (size, fabs (layer->bias));
      g_assert_cmpfloat (fabs (layer->positive + layer->negative - layer->sum), <=, scale);
      g_assert_cmpfloat (fabs (lrp_tensor_sum (layer->relevance) - layer->sum), <=, scale);
      if (i > 0)
        g_assert_cmpfloat (fabs (layer->left + layer->bias + layer->stabilizer - layer->sum), <=, scale);
    }
  g_assert_cmpfloat (fabs (bias), >, 1e-3);
  g_assert_cmpfloat (fabs (sum + bias + lrp_explanation_get_absorbed_by_stabilizer (e) - score), <=, 1e-3 * size);
}

typedef struct
{
  const char *name, *a, *b;
  LrpStart start;
  gboolean bias;
  double tolerance;
} Identity;

static const Identity identities[] = {
  /* Without biases LRP-0 is gradient times input; average pooling and sums keep their stabiliser [Shrikumar16]. */
  { "lrp-0 is gradient-x-input", "lrp:composite=lrp-0", "gradient-x-input", LRP_START_LOGIT, FALSE, 1e-3 },
  { "alpha 1 beta 0 is z-plus", "lrp:composite=alpha-beta,alpha=1", "lrp:composite=z-plus", LRP_START_LOGIT, TRUE,
    1e-5 },
  { "gamma 0 is epsilon 1e-6", "lrp:composite=gamma,gamma=0", "lrp:composite=epsilon", LRP_START_LOGIT, TRUE, 2e-3 },
  { "large gamma is z-plus where z > 0", "lrp:composite=gamma,gamma=1e7", "lrp:composite=z-plus", LRP_START_LOGIT, TRUE,
    1e-4 },
  { "epsilon 0 is zero", "lrp:composite=epsilon,epsilon=0", "lrp:composite=lrp-0", LRP_START_LOGIT, TRUE, 1e-6 },
  { "custom of ones is epsilon", "lrp:composite=custom", "lrp:composite=epsilon", LRP_START_LOGIT, TRUE, 2e-3 },
  { "deep-taylor is z-plus and z-box", "lrp:composite=deep-taylor,low=-1,high=1", "lrp:composite=z-plus,first=z-box",
    LRP_START_LOGIT, TRUE, 1e-6 },
  { "the method deep-taylor is the composite", "deep-taylor:low=-1,high=1", "lrp:composite=deep-taylor,low=-1,high=1",
    LRP_START_LOGIT, TRUE, 1e-6 },
  { "the method guided-backprop is the composite", "guided-backprop", "lrp:composite=guided-backprop", LRP_START_ONE,
    TRUE, 1e-6 },
  { "excitation-backprop starts as one", "excitation-backprop:bias=ignore",
    "lrp:composite=excitation-backprop,bias=ignore", LRP_START_ONE, TRUE, 1e-6 },
  { "first=flat is the flat composite", "lrp:composite=epsilon-plus,first=flat", "lrp:composite=epsilon-plus-flat",
    LRP_START_LOGIT, TRUE, 1e-6 },
};

static void
test_identity (gconstpointer data)
{
  const Identity *identity = data;
  g_autoptr (LrpNetwork) network = nets_lenet (identity->bias);
  g_autoptr (LrpTensor) input = make_input (1);
  g_autoptr (LrpExplanation) a = NULL;
  g_autoptr (LrpExplanation) b = NULL;

  network->input.bounded = TRUE;
  for (guint c = 0; c < 2; c++)
    {
      network->input.low[c] = -1;
      network->input.high[c] = 1;
    }
  a = explain (network, identity->a, identity->start, input);
  b = explain (network, identity->b, identity->start, input);
  nets_assert_same (a->relevance, b->relevance, identity->tolerance);
}

/* Excitation backprop sums to one if biases are ignored and it starts as one [Zhang16]. */
static void
test_excitation (void)
{
  g_autoptr (LrpNetwork) network = nets_lenet (TRUE);
  g_autoptr (LrpTensor) input = make_input (1);
  g_autoptr (LrpExplanation) e =
      explain (network, "lrp:composite=excitation-backprop,bias=ignore", LRP_START_ONE, input);

  g_assert_cmpfloat_with_epsilon (lrp_tensor_sum (e->relevance), 1, 1e-3);
}

/* Completeness [Sundararajan17]: the sum is f (x) - f (x0), with any baseline. */
static void
test_completeness (gconstpointer data)
{
  const char *baseline = data;
  g_autofree char *text = g_strdup_printf ("integrated-gradients:steps=512,baseline=%s", baseline);
  g_autoptr (LrpNetwork) network = nets_lenet (TRUE);
  g_autoptr (LrpTensor) x = make_input (1);
  g_autoptr (LrpTensor) x0 = NULL;
  g_autoptr (LrpExplanation) e = NULL;
  g_autoptr (LrpExplanation) e0 = NULL;
  double difference;
  guint kind = 0;

  network->input.bounded = TRUE;
  network->input.high[0] = network->input.high[1] = 1;
  while (!g_str_equal (LRP_BASELINE_NAMES[kind], baseline))
    kind++;
  x0 = lrp_baseline_new ((LrpBaseline) kind, &network->input, x, 1, NULL);
  e = explain (network, text, LRP_START_LOGIT, x);
  e0 = explain (network, "gradient", LRP_START_LOGIT, x0);
  difference =
      (double) (e->scores->data[lrp_explanation_get_class (e, 0)] - e0->scores->data[lrp_explanation_get_class (e, 0)]);
  g_assert_cmpfloat (fabs (lrp_tensor_sum (e->relevance) - difference), <=, 5e-3 * fabs (difference) + 1e-3);
}

/* simple-taylor at the nearest root adds up to the score, at zero it is gradient times input [Bach15]. */
static void
test_simple_taylor (void)
{
  g_autoptr (LrpNetwork) network = nets_lenet (TRUE);
  g_autoptr (LrpTensor) x = make_input (2);
  g_autoptr (LrpExplanation) nearest = explain (network, "simple-taylor:root=nearest", LRP_START_LOGIT, x);
  g_autoptr (LrpExplanation) zero = explain (network, "simple-taylor", LRP_START_LOGIT, x);
  g_autoptr (LrpExplanation) product = explain (network, "gradient-x-input", LRP_START_LOGIT, x);
  double score = nearest->score;

  g_assert_cmpfloat (fabs (lrp_tensor_sum (nearest->relevance) - score), <=, 1e-4 * fabs (score));
  nets_assert_same (zero->relevance, product->relevance, 1e-6);
}

/* Reproducible for a seed, another for another; without noise it is the gradient, squared if so asked. */
static void
test_smoothgrad (void)
{
  g_autoptr (LrpNetwork) network = nets_lenet (TRUE);
  g_autoptr (LrpTensor) x = make_input (2);
  g_autoptr (LrpExplanation) a = explain (network, "smoothgrad:samples=20", LRP_START_LOGIT, x);
  g_autoptr (LrpExplanation) b = explain (network, "smoothgrad:samples=20", LRP_START_LOGIT, x);
  g_autoptr (LrpExplanation) other = explain (network, "smoothgrad:samples=20,seed=2", LRP_START_LOGIT, x);
  g_autoptr (LrpExplanation) calm = explain (network, "smoothgrad:noise=0,square=yes", LRP_START_LOGIT, x);
  g_autoptr (LrpExplanation) sensitivity = explain (network, "sensitivity", LRP_START_LOGIT, x);

  g_assert_cmpmem (a->relevance->data, a->relevance->count * 4, b->relevance->data, b->relevance->count * 4);
  g_assert_true (memcmp (a->relevance->data, other->relevance->data, a->relevance->count * 4) != 0);
  nets_assert_same (calm->relevance, sensitivity->relevance, 1e-4);
}

static void
test_average_has_no_layers (void)
{
  g_autoptr (LrpNetwork) network = nets_lenet (TRUE);
  g_autoptr (LrpTensor) x = make_input (1);
  g_autoptr (LrpRun) run = lrp_run_new (network, &x->shape, NULL);
  g_autoptr (LrpRequest) request = lrp_request_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (lrp_request_set_method (request, "integrated-gradients:baseline=zero", NULL));
  request->layer = g_strdup ("relu");
  g_assert_null (lrp_request_explain (request, run, x, NULL, &error));
  g_assert_error (error, LRP_ERROR, LRP_ERROR_UNSUPPORTED);
  g_clear_error (&error);
  g_clear_pointer (&request->layer, g_free);
  g_assert_true (lrp_request_set_method (request, "integrated-gradients", NULL));
  g_assert_null (lrp_request_explain (request, run, x, NULL, &error));
  g_assert_error (error, LRP_ERROR, LRP_ERROR_RANGE);
  g_assert_nonnull (strstr (error->message, "baseline=zero"));
}

/* What relevance should add up to: what it started as, or the difference to a baseline; else nothing is promised. */
static void
test_expected (void)
{
  static const char *const unruly[] = { "gradient",        "sensitivity",
                                        "guided-backprop", "lrp:composite=deconvnet",
                                        "smoothgrad",      "occlusion:baseline=zero",
                                        "grad-cam" };
  static const char *const complete[] = { "integrated-gradients:baseline=zero,steps=512", "deeplift:baseline=zero" };
  g_autoptr (LrpNetwork) network = nets_lenet (TRUE);
  g_autoptr (LrpTensor) x = make_input (2);
  g_autoptr (LrpExplanation) logit = explain (network, "lrp:composite=epsilon", LRP_START_LOGIT, x);
  g_autoptr (LrpExplanation) one = explain (network, "excitation-backprop", LRP_START_LOGIT, x);

  g_assert_cmpfloat_with_epsilon (logit->expected, logit->score, 1e-6);
  g_assert_cmpfloat (one->expected, ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (unruly); i++)
    {
      g_autoptr (LrpExplanation) e = explain (network, unruly[i], LRP_START_LOGIT, x);
      g_assert_true (isnan (e->expected));
      g_assert_false (e->handed_down);
    }
  for (guint i = 0; i < G_N_ELEMENTS (complete); i++)
    {
      g_autoptr (LrpExplanation) e = explain (network, complete[i], LRP_START_LOGIT, x);
      g_assert_cmpfloat (fabs (e->expected - e->score), >, 1e-3);
      g_assert_cmpfloat (fabs (lrp_tensor_sum (e->relevance) - e->expected), <=, 5e-3 * fabs (e->expected));
      g_assert_false (e->handed_down);
    }
}

/* A batch is explained as its samples are, each for its own top class. */
static void
test_batch (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (LrpNetwork) network = c->make (TRUE);
  g_autoptr (LrpTensor) batch = make_input (5);
  g_autoptr (LrpExplanation) all = explain (network, c->request, LRP_START_LOGIT, batch);
  gsize size = batch->count / 5;

  for (guint n = 0; n < 5; n++)
    {
      g_autoptr (LrpTensor) one = lrp_tensor_new_copy (&LRP_SHAPE (1, 2, 12, 12), batch->data + n * size, NULL);
      g_autoptr (LrpTensor) part = lrp_tensor_new_copy (&one->shape, all->relevance->data + n * size, NULL);
      g_autoptr (LrpExplanation) e = explain (network, c->request, LRP_START_LOGIT, one);
      g_assert_cmpuint (lrp_explanation_get_class (e, 0), ==, lrp_explanation_get_class (all, n));
      nets_assert_same (e->relevance, part, 1e-3);
    }
}

/* One run serves many requests, and gives the same as a fresh one each time. */
static void
test_run_again (void)
{
  g_autoptr (LrpNetwork) network = nets_branches (TRUE);
  g_autoptr (LrpTensor) input = make_input (1);
  g_autoptr (LrpRun) run = lrp_run_new (network, &input->shape, NULL);
  g_autoptr (LrpRequest) request = lrp_request_new ();

  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < lrp_composites.n_rows; i++)
      {
        const char *name = lrp_table_get (&lrp_composites, i)->name;
        g_autofree char *text =
            g_strdup_printf ("lrp:composite=%s%s", name, strstr (name, "box") ? ",low=-1,high=1" : "");
        g_autoptr (GError) error = NULL;
        g_autoptr (LrpExplanation) fresh = explain (network, text, LRP_START_LOGIT, input);
        g_autoptr (LrpExplanation) again = NULL;
        g_assert_true (lrp_request_set_method (request, text, &error));
        again = lrp_request_explain (request, run, input, NULL, &error);
        g_assert_no_error (error);
        g_assert_cmpmem (fresh->relevance->data, fresh->relevance->count * sizeof (float), again->relevance->data,
                         again->relevance->count * sizeof (float));
      }
}

static void
test_target_and_layer (void)
{
  g_autoptr (LrpNetwork) network = nets_lenet (TRUE);
  g_autoptr (LrpTensor) input = make_input (1);
  g_autoptr (LrpRun) run = lrp_run_new (network, &input->shape, NULL);
  g_autoptr (LrpRequest) request = lrp_request_new ();
  g_autoptr (LrpExplanation) e = NULL;
  g_autoptr (GError) error = NULL;

  request->target.class_index = 2;
  request->layer = g_strdup ("dense_2");
  e = lrp_request_explain (request, run, input, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpfloat (e->relevance->data[i], ==, i == 2 ? e->scores->data[2] : 0);
  request->target.class_index = 5;
  g_assert_null (lrp_request_explain (request, run, input, NULL, &error));
  g_assert_error (error, LRP_ERROR, LRP_ERROR_RANGE);
  g_clear_error (&error);
  request->target.class_index = 0;
  g_free (request->layer);
  request->layer = g_strdup ("dense_3");
  g_assert_null (lrp_request_explain (request, run, input, NULL, &error));
  g_assert_error (error, LRP_ERROR, LRP_ERROR_RANGE);
}

static void
test_cancelled (void)
{
  g_autoptr (LrpNetwork) network = nets_lenet (TRUE);
  g_autoptr (LrpTensor) input = make_input (1);
  g_autoptr (LrpRun) run = lrp_run_new (network, &input->shape, NULL);
  g_autoptr (LrpRequest) request = lrp_request_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (lrp_request_explain (request, run, input, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* NaN must neither vanish in a ReLU or a pooling, nor be explained. */
static void
test_not_finite (void)
{
  g_autoptr (LrpNetwork) network = nets_lenet (TRUE);
  g_autoptr (LrpTensor) input = make_input (1);
  g_autoptr (LrpRun) run = lrp_run_new (network, &input->shape, NULL);
  g_autoptr (GError) error = NULL;

  input->data[100] = NAN;
  g_assert_false (lrp_run_forward (run, input, NULL, &error));
  g_assert_error (error, LRP_ERROR, LRP_ERROR_NOT_FINITE);
}

/* Layer by layer a sigmoid makes much of a score that is nearly nothing: its relevance passes unchanged and is then
 * divided by that score. This is said, not shown as a map of NaN. */
static void
test_outgrown (void)
{
  static const float weights[] = { 1, -0.999f, 1, -0.997f }, ones[] = { 1, 1 };
  g_autoptr (LrpNetwork) network = lrp_network_new ("growing", "input", &LRP_SHAPE (1, 2));
  g_autoptr (LrpTensor) input = lrp_tensor_new_copy (&LRP_SHAPE (1, 2), ones, NULL);
  g_autoptr (LrpRun) run = NULL;
  g_autoptr (LrpRequest) request = lrp_request_new ();
  g_autoptr (LrpExplanation) e = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 24; i++)
    {
      LrpLayer *dense = lrp_layer_new (LRP_OP_DENSE, NULL);
      dense->weights = lrp_tensor_new_copy (&LRP_SHAPE (2, 2), weights, NULL);
      nets_add (network, dense, -1);
      nets_add (network, lrp_layer_new (LRP_OP_SIGMOID, NULL), -1);
    }
  run = lrp_run_new (network, &input->shape, NULL);
  g_assert_true (lrp_request_set_composite (request, "lrp-0", NULL));
  e = lrp_request_explain (request, run, input, NULL, &error);
  g_assert_null (e);
  g_assert_error (error, LRP_ERROR, LRP_ERROR_NOT_FINITE);
  g_assert_nonnull (strstr (error->message, "has grown beyond"));
}

static void
test_zero_network (void)
{
  g_autoptr (LrpNetwork) network = nets_lenet (FALSE);
  g_autoptr (LrpTensor) input = lrp_tensor_new (&LRP_SHAPE (1, 2, 12, 12), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (conserving); i++)
    {
      g_autoptr (LrpExplanation) e = explain (network, conserving[i], LRP_START_ONE, input);
      g_assert_true (lrp_tensor_is_finite (e->relevance));
    }
}

static void
test_wrong_input (void)
{
  g_autoptr (LrpNetwork) network = nets_lenet (FALSE);
  g_autoptr (GError) error = NULL;

  g_assert_null (lrp_run_new (network, &LRP_SHAPE (1, 2, 12, 13), &error));
  g_assert_error (error, LRP_ERROR, LRP_ERROR_SHAPE);
  g_assert_nonnull (strstr (error->message, "1x2x12x12"));
}

/* Terabytes of activations are refused before anything is taken. */
static void
test_too_large (void)
{
  LrpShape shape = LRP_SHAPE (1, 1, 1024, 1024);
  g_autoptr (LrpNetwork) network = lrp_network_new ("large", "input", &shape);
  g_autoptr (GError) error = NULL;

  nets_add (network, nets_conv (&LRP_SHAPE (2000, 1, 1, 1), &(LrpWindow) LRP_WINDOW_INIT, FALSE, 1), -1);
  shape.dims[0] = 1000;
  g_assert_null (lrp_run_new (network, &shape, &error));
  g_assert_error (error, LRP_ERROR, LRP_ERROR_MEMORY);
  g_assert_nonnull (strstr (error->message, "GB are free"));
}

static void
add_cases (const char *what, GTestDataFunc func)
{
  for (guint i = 0; i < G_N_ELEMENTS (conserving); i++)
    for (guint n = 0; n < G_N_ELEMENTS (networks); n++)
      {
        Case c = { conserving[i], networks[n].name, networks[n].make };
        g_autofree char *path = g_strdup_printf ("/run/%s/%s/%s", what, c.network, c.request);
        g_test_add_data_func_full (path, g_memdup2 (&c, sizeof c), func, g_free);
      }
}

/* What is too small to be counted with fast is 0 in a pass, and nowhere else. */
static void
test_denormals (void)
{
  g_autoptr (LrpNetwork) network = lrp_network_new ("tiny", "x", &LRP_SHAPE (1, 1));
  g_autoptr (LrpTensor) input = lrp_tensor_new (&LRP_SHAPE (1, 1), NULL);
  g_autoptr (LrpRequest) request = lrp_request_new ();
  g_autoptr (LrpRun) run = NULL;
  g_autoptr (LrpExplanation) e = NULL;
  volatile float tiny = 1e-20f, product;

  nets_add (network, nets_dense (1, 1, FALSE, 1), -1);
  lrp_network_get_layer (network, 1)->weights->data[0] = tiny;
  input->data[0] = tiny;
  run = lrp_run_new (network, &input->shape, NULL);
  e = lrp_request_explain (request, run, input, NULL, NULL);
  g_assert_nonnull (e);
#if defined(__SSE__) || defined(__aarch64__)
  g_assert_cmpfloat (e->scores->data[0], ==, 0);
#endif
  product = tiny * tiny;
  g_assert_cmpfloat (product, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_cases ("conservation", test_conservation);
  add_cases ("accounts", test_accounts);
  add_cases ("batch", test_batch);
  for (guint i = 0; i < G_N_ELEMENTS (identities); i++)
    {
      g_autofree char *path = g_strconcat ("/run/identity/", identities[i].name, NULL);
      g_test_add_data_func (path, &identities[i], test_identity);
    }
  for (guint i = 0; LRP_BASELINE_NAMES[i]; i++)
    {
      g_autofree char *path = g_strconcat ("/run/completeness/", LRP_BASELINE_NAMES[i], NULL);
      g_test_add_data_func (path, LRP_BASELINE_NAMES[i], test_completeness);
    }
  g_test_add_func ("/run/expected", test_expected);
  g_test_add_func ("/run/simple-taylor", test_simple_taylor);
  g_test_add_func ("/run/smoothgrad", test_smoothgrad);
  g_test_add_func ("/run/average-has-no-layers", test_average_has_no_layers);
  g_test_add_func ("/run/excitation-sums-to-one", test_excitation);
  g_test_add_func ("/run/again", test_run_again);
  g_test_add_func ("/run/target-and-layer", test_target_and_layer);
  g_test_add_func ("/run/cancelled", test_cancelled);
  g_test_add_func ("/run/not-finite", test_not_finite);
  g_test_add_func ("/run/outgrown", test_outgrown);
  g_test_add_func ("/run/zero-network", test_zero_network);
  g_test_add_func ("/run/wrong-input", test_wrong_input);
  g_test_add_func ("/run/too-large", test_too_large);
  g_test_add_func ("/run/denormals", test_denormals);
  return g_test_run ();
}
