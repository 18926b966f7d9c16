/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-network.c: canonising leaves a network's function as it is; labels, names and sizes */
#include "nets.h"

#include <math.h>

static LrpTensor *
scores_of (LrpNetwork *network, const LrpTensor *input)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpRun) run = lrp_run_new (network, &input->shape, &error);

  g_assert_no_error (error);
  g_assert_true (lrp_run_forward (run, input, NULL, &error));
  return lrp_run_dup_activation (run, network->output, &error);
}

/* Same scores before and after; returns the canonised network. */
static LrpNetwork *
assert_same_function (LrpNetwork *network, const LrpTensor *input)
{
  g_autoptr (GError) error = NULL;
  LrpNetwork *canonical = lrp_network_canonize (network, &error);
  g_autoptr (LrpTensor) before = scores_of (network, input);
  g_autoptr (LrpTensor) after = NULL;

  g_assert_no_error (error);
  after = scores_of (canonical, input);
  g_assert_cmpuint (before->count, ==, after->count);
  for (gsize i = 0; i < before->count; i++)
    g_assert_cmpfloat (fabsf (before->data[i] - after->data[i]), <=, 1e-4f * (1 + fabsf (before->data[i])));
  return canonical;
}

static LrpLayer *
batch_norm (gint64 channels, guint32 seed)
{
  LrpLayer *layer = lrp_layer_new (LRP_OP_BATCH_NORM, NULL);

  layer->weights = nets_positive (&LRP_SHAPE (4, channels), seed);
  layer->norm.epsilon = 1e-5;
  return layer;
}

static LrpLayer *
constant (LrpOpKind kind, const LrpShape *shape, guint32 seed)
{
  LrpLayer *layer = lrp_layer_new (kind, NULL);

  layer->weights = nets_tensor (shape, seed);
  return layer;
}

static guint
count_kind (const LrpNetwork *network, LrpOpKind kind)
{
  guint n = 0;

  for (guint i = 0; i < network->layers->len; i++)
    n += lrp_network_get_layer (network, i)->kind == kind;
  return n;
}

static LrpWindow
padded (gint64 pad)
{
  LrpWindow window = LRP_WINDOW_INIT;

  for (guint i = 0; i < 2; i++)
    window.pad_begin[i] = window.pad_end[i] = pad;
  return window;
}

/* A transposed convolution's weights are in the order of its inputs; groups make that matter. */
static void
test_fold_into_transposed (void)
{
  g_autoptr (LrpNetwork) network = lrp_network_new ("decoder", "input", &LRP_SHAPE (1, 4, 5, 5));
  g_autoptr (LrpTensor) input = nets_tensor (&LRP_SHAPE (2, 4, 5, 5), 9);
  g_autoptr (LrpNetwork) canonical = NULL;
  LrpLayer *layer = nets_conv (&LRP_SHAPE (4, 3, 3, 3), &(LrpWindow) LRP_WINDOW_INIT, FALSE, 1);

  layer->kind = LRP_OP_CONV_TRANSPOSE;
  layer->window.group = 2;
  layer->window.stride[0] = 2;
  nets_add (network, constant (LRP_OP_SCALE, &LRP_SHAPE (4, 1, 1), 6), -1);
  nets_add (network, layer, -1);
  nets_add (network, batch_norm (6, 3), -1);
  nets_add (network, constant (LRP_OP_BIAS, &LRP_SHAPE (6, 1, 1), 4), -1);
  nets_add (network, constant (LRP_OP_SCALE, &LRP_SHAPE (6, 1, 1), 5), -1);
  canonical = assert_same_function (network, input);
  g_assert_cmpuint (canonical->layers->len, ==, 3);
  g_assert_cmpuint (count_kind (canonical, LRP_OP_CONV_TRANSPOSE), ==, 1);
}

/* A normalisation before one moves into it if it only scales. */
static void
test_fold_before_transposed (void)
{
  for (guint shifted = 0; shifted < 2; shifted++)
    {
      g_autoptr (LrpNetwork) network = lrp_network_new ("decoder", "input", &LRP_SHAPE (1, 4, 5, 5));
      g_autoptr (LrpTensor) input = nets_tensor (&LRP_SHAPE (2, 4, 5, 5), 9);
      g_autoptr (LrpNetwork) canonical = NULL;
      LrpLayer *norm = batch_norm (4, 3),
               *layer = nets_conv (&LRP_SHAPE (4, 3, 3, 3), &(LrpWindow) LRP_WINDOW_INIT, TRUE, 1);
      layer->kind = LRP_OP_CONV_TRANSPOSE;
      layer->window.group = 2;
      lrp_tensor_unref (layer->bias);
      layer->bias = nets_tensor (&LRP_SHAPE (6), 2);
      for (guint i = 4; i < 12 && !shifted; i++) /* shift and mean */
        norm->weights->data[i] = 0;
      nets_add (network, norm, -1);
      nets_add (network, layer, -1);
      canonical = assert_same_function (network, input);
      g_assert_cmpuint (count_kind (canonical, LRP_OP_BATCH_NORM), ==, shifted);
    }
}

static void
test_fold_after (void)
{
  LrpShape shape = LRP_SHAPE (2, 4, 6, 6);
  g_autoptr (LrpNetwork) network = lrp_network_new ("net", "input", &shape);
  g_autoptr (LrpTensor) input = nets_tensor (&shape, 1);
  g_autoptr (LrpNetwork) canonical = NULL;
  LrpWindow window = padded (1);

  window.group = 2;
  nets_add (network, nets_conv (&LRP_SHAPE (6, 2, 3, 3), &window, FALSE, 2), -1);
  nets_add (network, constant (LRP_OP_BIAS, &LRP_SHAPE (6, 1, 1), 3), -1);
  nets_add (network, batch_norm (6, 4), -1);
  nets_add (network, constant (LRP_OP_SCALE, &LRP_SHAPE (1), 5), -1);
  nets_add (network, lrp_layer_new (LRP_OP_RELU, "relu"), -1);
  canonical = assert_same_function (network, input);
  g_assert_cmpuint (canonical->layers->len, ==, 3);
  g_assert_cmpint (lrp_network_find_layer (canonical, "conv"), ==, 1);
  g_assert_cmpint (lrp_network_find_layer (canonical, "batch-norm"), ==, 1);
  g_assert_cmpint (lrp_network_find_layer (canonical, "relu"), ==, 2);
  g_assert_cmpint (lrp_network_find_layer (canonical, "conv9"), ==, -1);
}

static void
test_fold_before (void)
{
  LrpShape shape = LRP_SHAPE (1, 4, 6, 6);
  g_autoptr (LrpNetwork) network = lrp_network_new ("net", "input", &shape);
  g_autoptr (LrpTensor) input = nets_tensor (&shape, 1);
  g_autoptr (LrpNetwork) canonical = NULL;
  LrpWindow window = padded (0);

  window.group = 2;
  nets_add (network, batch_norm (4, 2), -1);
  nets_add (network, nets_conv (&LRP_SHAPE (6, 2, 3, 3), &window, TRUE, 3), -1);
  canonical = assert_same_function (network, input);
  g_assert_cmpuint (count_kind (canonical, LRP_OP_BATCH_NORM), ==, 0);
}

/* Padding brings zeros that the normalisation has not shifted: folding would change the border. */
static void
test_keep_before_padding (void)
{
  LrpShape shape = LRP_SHAPE (1, 4, 6, 6);
  g_autoptr (LrpNetwork) network = lrp_network_new ("net", "input", &shape);
  g_autoptr (LrpTensor) input = nets_tensor (&shape, 1);
  g_autoptr (LrpNetwork) canonical = NULL;
  LrpWindow window = padded (1);

  nets_add (network, batch_norm (4, 2), -1);
  nets_add (network, nets_conv (&LRP_SHAPE (6, 4, 3, 3), &window, TRUE, 3), -1);
  canonical = assert_same_function (network, input);
  g_assert_cmpuint (count_kind (canonical, LRP_OP_BATCH_NORM), ==, 1);
}

/* Somebody else reads the convolution's own output: it must not change. */
static void
test_keep_shared (void)
{
  LrpShape shape = LRP_SHAPE (1, 4, 6, 6);
  g_autoptr (LrpNetwork) network = lrp_network_new ("net", "input", &shape);
  g_autoptr (LrpTensor) input = nets_tensor (&shape, 1);
  g_autoptr (LrpNetwork) canonical = NULL;
  LrpLayer *sum = lrp_layer_new (LRP_OP_SUM, NULL);
  LrpWindow window = padded (1);

  nets_add (network, nets_conv (&LRP_SHAPE (4, 4, 3, 3), &window, TRUE, 3), -1);
  nets_add (network, batch_norm (4, 2), -1);
  lrp_layer_set_inputs (sum, (guint[]){ 1, 2 }, 2);
  nets_add (network, sum, -1);
  canonical = assert_same_function (network, input);
  g_assert_cmpuint (count_kind (canonical, LRP_OP_BATCH_NORM), ==, 1);
}

static void
test_cut_and_drop (void)
{
  g_autoptr (LrpNetwork) network = nets_lenet (TRUE);
  g_autoptr (LrpNetwork) canonical = NULL;
  g_autoptr (GError) error = NULL;
  LrpLayer *softmax = lrp_layer_new (LRP_OP_SOFTMAX, "probabilities");
  guint layers = network->layers->len;

  nets_add (network, lrp_layer_new (LRP_OP_DROPOUT, NULL), -1);
  nets_add (network, lrp_layer_new (LRP_OP_IDENTITY, NULL), -1);
  softmax->axis = 1;
  nets_add (network, softmax, -1);
  canonical = lrp_network_canonize (network, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (canonical->layers->len, ==, layers);
  g_assert_cmpstr (lrp_network_get_end (canonical)->name, ==, "softmax");
  g_assert_cmpint (lrp_network_find_layer (canonical, "probabilities"), ==, (int) canonical->output);
  g_assert_cmpuint (lrp_network_n_classes (canonical), ==, 5);
}

static void
test_unused_branch (void)
{
  g_autoptr (LrpNetwork) network = nets_lenet (TRUE);
  g_autoptr (LrpNetwork) canonical = NULL;
  guint output = network->output, layers = network->layers->len;

  nets_add (network, lrp_layer_new (LRP_OP_RELU, "aside"), 1);
  network->output = output;
  canonical = lrp_network_canonize (network, NULL);
  g_assert_cmpuint (canonical->layers->len, ==, layers);
  g_assert_cmpint (lrp_network_find_layer (canonical, "aside"), ==, -1);
}

static void
test_classes (void)
{
  g_autoptr (LrpNetwork) network = nets_lenet (TRUE);
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL, *number = NULL;

  number = lrp_network_dup_label (network, 3);
  g_assert_cmpstr (number, ==, "3");
  network->labels = g_strsplit ("cat dog 0 bird fish", " ", -1);
  label = lrp_network_dup_label (network, 3);
  g_assert_cmpstr (label, ==, "bird");
  g_assert_cmpint (lrp_network_find_class (network, "Dog", &error), ==, 1);
  g_assert_cmpint (lrp_network_find_class (network, "0", &error), ==, 2);
  g_assert_cmpint (lrp_network_find_class (network, "4", &error), ==, 4);
  g_assert_no_error (error);
  g_assert_cmpint (lrp_network_find_class (network, "5", &error), ==, -1);
  g_assert_error (error, LRP_ERROR, LRP_ERROR_RANGE);
}

static void
test_sizes (void)
{
  g_autoptr (LrpNetwork) network = nets_lenet (TRUE);

  g_assert_cmpuint (lrp_network_layer_parameters (network, 1), ==, 16 * 2 * 9 + 16);
  g_assert_cmpuint (lrp_network_layer_macs (network, 1), ==, 16 * 2 * 9 * 12 * 12);
  g_assert_cmpuint (lrp_network_layer_macs (network, 2), ==, 0);
  g_assert_cmpuint (lrp_network_layer_macs (network, network->output), ==, 20 * 5);
}

static void
test_shape_limits (void)
{
  const LrpShape bad[] = { { 1, { 0 } },
                           { 2, { 4, -1 } },
                           { 2, { G_GINT64_CONSTANT (1) << 32, G_GINT64_CONSTANT (1) << 32 } },
                           { 3, { 1 << 20, 1 << 20, 1 << 20 } },
                           { 2, { 1 << 16, (1 << 15) + 1 } } };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (lrp_tensor_new (&bad[i], &error));
      g_assert_error (error, LRP_ERROR, LRP_ERROR_SHAPE);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/network/canonize/into-transposed", test_fold_into_transposed);
  g_test_add_func ("/network/canonize/before-transposed", test_fold_before_transposed);
  g_test_add_func ("/canonize/fold-after", test_fold_after);
  g_test_add_func ("/canonize/fold-before", test_fold_before);
  g_test_add_func ("/canonize/keep-before-padding", test_keep_before_padding);
  g_test_add_func ("/canonize/keep-shared", test_keep_shared);
  g_test_add_func ("/canonize/cut-and-drop", test_cut_and_drop);
  g_test_add_func ("/canonize/unused-branch", test_unused_branch);
  g_test_add_func ("/network/classes", test_classes);
  g_test_add_func ("/network/sizes", test_sizes);
  g_test_add_func ("/shape/limits", test_shape_limits);
  return g_test_run ();
}
