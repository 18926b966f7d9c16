/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-share.c: layers without weights share by the composite's stabiliser, and account for what nobody can be given */
#include "nets.h"

#include <math.h>
#include <string.h>

static LrpExplanation *
explain (LrpNetwork *network, const char *composite, LrpTensor *input)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpRequest) request = lrp_request_new ();
  g_autoptr (LrpRun) run = lrp_run_new (network, &input->shape, &error);
  g_autofree char *method = g_strconcat ("lrp:composite=", composite, NULL);
  LrpExplanation *explanation;

  g_assert_no_error (error);
  request->start = LRP_START_ONE;
  request->target.class_index = 0;
  g_assert_true (lrp_request_set_method (request, method, &error));
  explanation = lrp_request_explain (request, run, input, NULL, &error);
  g_assert_no_error (error);
  return explanation;
}

static guint
join (LrpNetwork *network, LrpOpKind kind, guint a, guint b)
{
  LrpLayer *layer = lrp_layer_new (kind, NULL);

  if (kind == LRP_OP_CONCAT)
    layer->axis = 1;
  lrp_layer_set_inputs (layer, (guint[]){ a, b }, 2);
  return nets_add (network, layer, -1);
}

static guint
negate (LrpNetwork *network, guint a)
{
  LrpLayer *layer = lrp_layer_new (LRP_OP_SCALE, NULL);

  layer->weights = lrp_tensor_new_copy (&LRP_SHAPE (1), (float[]){ -1 }, NULL);
  return nets_add (network, layer, (int) a);
}

/* What is left at the input plus what was absorbed, less what was created, is the 1 that it started as. */
static void
assert_accounted (const LrpExplanation *e)
{
  for (guint i = 1; i < e->n_layers; i++)
    {
      const LrpLayerSum *layer = &e->layers[i];
      g_assert_cmpfloat (fabs (layer->sum + layer->created - layer->left - layer->bias - layer->stabilizer), <=, 1e-9);
    }
  g_assert_cmpfloat (fabs (lrp_tensor_sum (e->relevance) + lrp_explanation_get_absorbed_by_bias (e)
                           + lrp_explanation_get_absorbed_by_stabilizer (e) - lrp_explanation_get_created (e) - 1),
                     <=, 1e-5);
}

/* One unit that reads the sum, the product ... of an input and itself. dense: its weights. */
static LrpNetwork *
make_twice (LrpOpKind kind, gboolean difference, float weight)
{
  LrpNetwork *network = lrp_network_new ("twice", "input", &LRP_SHAPE (1, 2));
  LrpLayer *dense;

  join (network, kind, 0, difference ? negate (network, 0) : 0);
  dense = nets_dense (kind == LRP_OP_CONCAT ? 4 : 2, 1, FALSE, 1);
  for (gsize i = 0; i < dense->weights->count; i++)
    dense->weights->data[i] = weight;
  nets_add (network, dense, -1);
  return network;
}

/* x + x, x x, and x beside x hand all to x. */
static void
test_same (gconstpointer data)
{
  LrpOpKind kind = (LrpOpKind) GPOINTER_TO_UINT (data);
  static const char *const composites[] = {
    "epsilon", "lrp-0", "gamma", "z-plus", "epsilon-plus", "alpha-beta:alpha=1"
  };
  g_autoptr (LrpNetwork) network = make_twice (kind, FALSE, 0.5f);
  g_autoptr (LrpTensor) input = lrp_tensor_new_copy (&LRP_SHAPE (1, 2), (float[]){ 3, 1 }, NULL);
  /* Shares of 3 and 1; of their squares. */
  double expected = kind == LRP_OP_PRODUCT ? 0.9 : 0.75;

  for (guint i = 0; i < G_N_ELEMENTS (composites); i++)
    {
      g_autoptr (LrpExplanation) e = explain (network, composites[i], input);
      assert_accounted (e);
      g_assert_cmpfloat_with_epsilon (e->relevance->data[0], expected, 1e-5);
      g_assert_cmpfloat_with_epsilon (e->relevance->data[1], 1 - expected, 1e-5);
    }
}

/* x - x is 0 whatever x is, and none of it is due to x: where the stabiliser is not 0 it absorbs what arrives; else it
 * ends there, and the account says why. A branch beside it keeps its own to the bit. */
static void
test_difference (gconstpointer data)
{
  const char *composite = data;
  gboolean zero = strcmp (composite, "lrp-0") == 0;
  g_autoptr (LrpNetwork) network = lrp_network_new ("difference", "input", &LRP_SHAPE (1, 2));
  g_autoptr (LrpTensor) input = lrp_tensor_new_copy (&LRP_SHAPE (1, 2), (float[]){ 12345.678f, 1e-3f }, NULL);
  g_autoptr (LrpExplanation) e = NULL;
  guint nothing = join (network, LRP_OP_SUM, 0, negate (network, 0));
  LrpLayer *shift = lrp_layer_new (LRP_OP_BIAS, NULL);
  const LrpLayerSum *layer;

  join (network, LRP_OP_CONCAT, nothing, 0);
  shift->weights = lrp_tensor_new_copy (&LRP_SHAPE (4), (float[]){ 2, 2, 0, 0 }, NULL);
  nets_add (network, shift, -1);
  nets_add (network, nets_dense (4, 1, FALSE, 1), -1);
  e = explain (network, composite, input);
  assert_accounted (e);
  layer = &e->layers[nothing];
  g_assert_cmpfloat (layer->left, ==, 0);
  g_assert_cmpfloat_with_epsilon (zero ? -layer->created : layer->stabilizer, layer->sum, 1e-9);
  g_assert_true (!zero || layer->sum == 0 || strstr (layer->cause, "exactly zero"));
}

/* The flat rule hands the same to all, zeros included, so that something arrives at x - x. */
static void
test_nothing_to_share (void)
{
  g_autoptr (LrpNetwork) network = make_twice (LRP_OP_SUM, TRUE, 0.5f);
  g_autoptr (LrpTensor) input = lrp_tensor_new_copy (&LRP_SHAPE (1, 2), (float[]){ 3, 1 }, NULL);
  g_autoptr (LrpExplanation) absorbed = explain (network, "epsilon;layer:-1=flat", input);
  g_autoptr (LrpExplanation) ended = explain (network, "lrp-0;layer:-1=flat", input);
  guint sum = 2;

  g_assert_cmpstr (absorbed->layers[sum].kind, ==, "sum");
  g_assert_cmpfloat_with_epsilon (absorbed->layers[sum].sum, 1, 1e-5);
  g_assert_cmpfloat (absorbed->layers[sum].stabilizer, ==, absorbed->layers[sum].sum);
  g_assert_cmpfloat (absorbed->layers[sum].left, ==, 0);
  g_assert_null (absorbed->layers[sum].cause);
  g_assert_cmpfloat (ended->layers[sum].stabilizer, ==, 0);
  g_assert_cmpfloat_with_epsilon (ended->layers[sum].created, -1, 1e-5);
  g_assert_nonnull (strstr (ended->layers[sum].cause, "exactly zero"));
  for (gsize i = 0; i < 2; i++)
    {
      g_assert_cmpfloat (absorbed->relevance->data[i], ==, 0);
      g_assert_cmpfloat (ended->relevance->data[i], ==, 0);
    }
}

/* --- the composite's stabiliser ----------------------------------------------------------------------------------- */

/* A network of one layer that shares by the epsilon rule. */
static LrpNetwork *
make_shared (LrpOpKind kind)
{
  LrpNetwork *network = lrp_network_new ("shared", "input", &LRP_SHAPE (1, 1, 4, 4));
  LrpLayer *layer = lrp_layer_new (kind, NULL), *flatten = lrp_layer_new (LRP_OP_FLATTEN, NULL);

  if (kind == LRP_OP_SUM || kind == LRP_OP_MATMUL)
    lrp_layer_set_inputs (layer, (guint[]){ 0, 0 }, 2);
  for (guint i = 0; i < 2 && (kind == LRP_OP_SUM_POOL || kind == LRP_OP_AVERAGE_POOL); i++)
    layer->window.kernel[i] = layer->window.stride[i] = 2;
  if (kind == LRP_OP_REDUCE_MEAN || kind == LRP_OP_REDUCE_SUM)
    layer->reduce = (LrpReduce){ .axes = 1 << 2, .keep = TRUE };
  if (kind == LRP_OP_BIAS)
    layer->weights = nets_positive (&LRP_SHAPE (4), 3);
  if (kind == LRP_OP_RESIZE)
    layer->resize = (LrpResize){ .interpolation = LRP_RESIZE_LINEAR, .size = { 0, 0, 2, 3 } };
  if (kind == LRP_OP_GROUP_NORM)
    {
      layer->norm = (LrpNorm){ .epsilon = 1e-5, .groups = 1 };
      layer->bias = nets_positive (&LRP_SHAPE (1), 4);
    }
  nets_add (network, layer, -1);
  flatten->axis = 1;
  nets_add (network, flatten, -1);
  return network;
}

static const struct
{
  const char *composite;
  double epsilon;
  gboolean rms;
} stabilizers[] = {
  { "lrp-0", 0, FALSE },
  { "gamma", 1e-6, FALSE },
  { "z-plus", 1e-6, FALSE },
  { "epsilon", 1e-6, FALSE },
  { "epsilon,epsilon=0.25", 0.25, FALSE },
  { "epsilon,epsilon=0.25,scale=rms", 0.25, TRUE },
  { "epsilon-plus-flat,epsilon=0.25", 0.25, FALSE },
  { "epsilon-gamma-box,epsilon=0.125,low=0,high=1", 0.125, FALSE },
  { "custom,epsilon=0", 0, FALSE },
};

/* Of the 1 that starts at the first output z the stabiliser takes e / (|z| + e). */
static void
test_stabilizer (gconstpointer data)
{
  g_autoptr (LrpNetwork) network = make_shared ((LrpOpKind) GPOINTER_TO_UINT (data));
  g_autoptr (LrpTensor) input = nets_positive (&LRP_SHAPE (1, 1, 4, 4), 8);

  for (guint i = 0; i < G_N_ELEMENTS (stabilizers); i++)
    {
      g_autoptr (LrpExplanation) e = explain (network, stabilizers[i].composite, input);
      const LrpTensor *scores = e->scores;
      double epsilon = stabilizers[i].epsilon, square = 0, z = fabs ((double) scores->data[0]);
      for (gsize k = 0; k < scores->count; k++)
        square += (double) scores->data[k] * (double) scores->data[k] / (double) scores->count;
      epsilon *= stabilizers[i].rms ? sqrt (square) : 1;
      assert_accounted (e);
      g_assert_cmpfloat_with_epsilon (e->layers[1].stabilizer, epsilon / (z + epsilon), 1e-6);
      g_assert_cmpfloat_with_epsilon (e->layers[1].created, 0, 1e-6);
    }
}

/* Max pooling that shares as average pooling does, too. */
static void
test_average_of_maxima (void)
{
  g_autoptr (LrpNetwork) network = lrp_network_new ("maxima", "input", &LRP_SHAPE (1, 1, 1, 2));
  g_autoptr (LrpTensor) input = lrp_tensor_new_copy (&LRP_SHAPE (1, 1, 1, 2), (float[]){ 0.5f, 1 }, NULL);
  g_autoptr (LrpExplanation) e = NULL;
  LrpLayer *flatten = lrp_layer_new (LRP_OP_FLATTEN, NULL);

  nets_add (network, lrp_layer_new (LRP_OP_GLOBAL_MAX_POOL, NULL), -1);
  flatten->axis = 1;
  nets_add (network, flatten, -1);
  e = explain (network, "epsilon,epsilon=0.25,max-pool=average", input);
  g_assert_cmpfloat_with_epsilon (e->layers[1].stabilizer, 0.25, 1e-6);
  g_assert_cmpfloat_with_epsilon (e->relevance->data[0], 0.25, 1e-6);
  g_assert_cmpfloat_with_epsilon (e->relevance->data[1], 0.5, 1e-6);
}

int
main (int argc, char **argv)
{
  static const LrpOpKind same[] = { LRP_OP_SUM, LRP_OP_PRODUCT, LRP_OP_CONCAT };
  static const char *const composites[] = { "epsilon", "lrp-0", "gamma", "w-square" };
  static const LrpOpKind shared[] = { LRP_OP_SUM,         LRP_OP_MATMUL,
                                      LRP_OP_SUM_POOL,    LRP_OP_AVERAGE_POOL,
                                      LRP_OP_REDUCE_MEAN, LRP_OP_REDUCE_SUM,
                                      LRP_OP_BIAS,        LRP_OP_GLOBAL_AVERAGE_POOL,
                                      LRP_OP_RESIZE,      LRP_OP_GROUP_NORM };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autofree char *path = g_strconcat ("/share/same/", lrp_op_kind_name (same[i]), NULL);
      g_test_add_data_func (path, GUINT_TO_POINTER (same[i]), test_same);
    }
  for (guint i = 0; i < G_N_ELEMENTS (composites); i++)
    {
      g_autofree char *path = g_strconcat ("/share/difference/", composites[i], NULL);
      g_test_add_data_func (path, composites[i], test_difference);
    }
  g_test_add_func ("/share/nothing", test_nothing_to_share);
  for (guint i = 0; i < G_N_ELEMENTS (shared); i++)
    {
      g_autofree char *path = g_strconcat ("/share/stabilizer/", lrp_op_kind_name (shared[i]), NULL);
      g_test_add_data_func (path, GUINT_TO_POINTER (shared[i]), test_stabilizer);
    }
  g_test_add_func ("/share/average-of-maxima", test_average_of_maxima);
  return g_test_run ();
}
