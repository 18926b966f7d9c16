/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-layers.c: what relevance does at layers that no rule applies to: it passes, follows a linear map by the epsilon
 * rule, or is split between two sides; each written down here once more, slowly, in double precision */
#include "nets.h"
#include "twin.h"

#include <math.h>

static double
stab (double z)
{
  return z >= 0 ? z + 1e-6 : z - 1e-6;
}

/* One layer (or the network given), its input, and what came of a random start. */
typedef struct
{
  LrpNetwork *network;
  LrpRun *run;
  LrpTensor *input, *output, *start, *relevance;
} Probe;

static Probe *
probe_new (LrpNetwork *network, LrpTensor *input)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpComposite) composite = lrp_composite_new ("epsilon", NULL);
  Probe *probe = g_new0 (Probe, 1);

  probe->network = network;
  probe->input = input;
  probe->run = lrp_run_new (network, &input->shape, &error);
  g_assert_no_error (error);
  g_assert_true (lrp_run_forward (probe->run, input, NULL, &error));
  g_assert_no_error (error);
  probe->output = lrp_run_dup_activation (probe->run, network->output, NULL);
  probe->start = nets_tensor (&probe->output->shape, 91);
  g_assert_true (lrp_run_pass_back (
      probe->run, &(LrpPass){ composite, NULL, lrp_run_get_network (probe->run)->output, probe->start }, NULL, &error));
  g_assert_no_error (error);
  probe->relevance = lrp_run_dup_relevance (probe->run, 0, NULL);
  return probe;
}

static void
probe_free (Probe *probe)
{
  lrp_run_free (probe->run);
  lrp_network_unref (probe->network);
  lrp_tensor_unref (probe->input);
  lrp_tensor_unref (probe->output);
  lrp_tensor_unref (probe->start);
  lrp_tensor_unref (probe->relevance);
  g_free (probe);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Probe, probe_free)

static Probe *
probe_layer (LrpLayer *layer, const LrpShape *shape, gboolean positive)
{
  LrpNetwork *network = lrp_network_new ("layer", "input", shape);

  nets_add (network, layer, -1);
  return probe_new (network, positive ? nets_positive (shape, 7) : nets_tensor (shape, 7));
}

/* What arrived at the last layer was handed on or absorbed, as its account says. */
static void
assert_account (const Probe *probe)
{
  const LrpFlow *flow = lrp_run_get_flow (probe->run, probe->network->output);
  double scale = 1 + fabs (flow->left) + fabs (flow->bias) + fabs (flow->stabilizer);

  g_assert_cmpfloat (fabs (flow->sum - lrp_tensor_sum (probe->start)), <, 1e-5);
  g_assert_cmpfloat (fabs (flow->sum - flow->left - flow->bias - flow->stabilizer), <, 1e-4 * scale);
}

static void
assert_near (const LrpTensor *got, const double *want, double tolerance)
{
  double top = 0;

  for (gsize i = 0; i < got->count; i++)
    top = fmax (top, fabs (want[i]));
  g_assert_cmpfloat (top, >, 0);
  for (gsize i = 0; i < got->count; i++)
    g_assert_cmpfloat (fabs ((double) got->data[i] - want[i]), <=, tolerance * top);
}

/* --- passing unchanged -------------------------------------------------------------------------------------------- */

static const LrpOpKind passing[] = {
  LRP_OP_RELU,         LRP_OP_LEAKY_RELU,
  LRP_OP_TANH,         LRP_OP_SIGMOID,
  LRP_OP_ELU,          LRP_OP_SELU,
  LRP_OP_CELU,         LRP_OP_GELU,
  LRP_OP_GELU_TANH,    LRP_OP_SILU,
  LRP_OP_MISH,         LRP_OP_HARD_SWISH,
  LRP_OP_HARD_SIGMOID, LRP_OP_SOFTPLUS,
  LRP_OP_SOFTSIGN,     LRP_OP_CAPPED_RELU,
  LRP_OP_CLIP,         LRP_OP_THRESHOLDED_RELU,
  LRP_OP_PRELU,        LRP_OP_ERF,
  LRP_OP_EXP,          LRP_OP_LOG,
  LRP_OP_SQRT,         LRP_OP_ABS,
  LRP_OP_RECIPROCAL,   LRP_OP_RMS_NORM,
  LRP_OP_LAYER_NORM,   LRP_OP_LOCAL_RESPONSE,
};

static LrpLayer *
passing_layer (LrpOpKind kind)
{
  LrpLayer *layer = lrp_layer_new (kind, NULL);

  if (kind == LRP_OP_LOCAL_RESPONSE)
    layer->response = (LrpResponse){ .size = 1, .alpha = 0.5, .beta = 0.75, .bias = 0.75 };
  else if (kind == LRP_OP_RMS_NORM || kind == LRP_OP_LAYER_NORM)
    layer->norm = (LrpNorm){ .epsilon = 0.5, .axis = 1 };
  else
    layer->activation = (LrpActivation){ 0.5, 0.75, 0.75 };
  if (kind == LRP_OP_PRELU || kind == LRP_OP_RMS_NORM || kind == LRP_OP_LAYER_NORM)
    layer->weights = nets_tensor (&LRP_SHAPE (5, 1, 1), 3);
  return layer;
}

static void
test_passes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (passing); i++)
    {
      g_autoptr (Probe) probe = probe_layer (passing_layer (passing[i]), &LRP_SHAPE (2, 5, 3, 4),
                                             passing[i] == LRP_OP_LOG || passing[i] == LRP_OP_SQRT);
      g_test_message ("%s", lrp_op_kind_name (passing[i]));
      g_assert_cmpmem (probe->relevance->data, probe->relevance->count * sizeof (float), probe->start->data,
                       probe->start->count * sizeof (float));
      assert_account (probe);
    }
}

/* A normalisation's shift takes its share as a bias: R (y - shift) / stab (y). */
static void
test_shift_is_a_bias (void)
{
  const LrpOpKind kinds[] = { LRP_OP_LAYER_NORM, LRP_OP_GROUP_NORM };

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      LrpLayer *layer = lrp_layer_new (kinds[k], NULL);
      g_autoptr (Probe) probe = NULL;
      g_autoptr (LrpTensor) shift = nets_tensor (&LRP_SHAPE (4), 5);
      double want[2 * 4 * 3], bias = 0;
      layer->norm = (LrpNorm){ .epsilon = 1e-3, .axis = 1, .groups = 2 };
      layer->weights = nets_tensor (kinds[k] == LRP_OP_LAYER_NORM ? &LRP_SHAPE (4, 1) : &LRP_SHAPE (4), 4);
      layer->bias = lrp_tensor_new_copy (&layer->weights->shape, shift->data, NULL);
      probe = probe_layer (layer, &LRP_SHAPE (2, 4, 3), FALSE);
      for (guint i = 0; i < G_N_ELEMENTS (want); i++)
        {
          double y = (double) probe->output->data[i], b = (double) shift->data[i / 3 % 4],
                 r = (double) probe->start->data[i];
          want[i] = r * (y - b) / stab (y);
          bias += r * b / stab (y);
        }
      assert_near (probe->relevance, want, 1e-5);
      g_assert_cmpfloat (fabs (lrp_run_get_flow (probe->run, 1)->bias - bias), <, 1e-4 * (1 + fabs (bias)));
      assert_account (probe);
    }
}

/* Across channels and within one, by definition. */
static void
test_local_response (gconstpointer data)
{
  gboolean within = GPOINTER_TO_UINT (data);
  LrpLayer *layer = lrp_layer_new (LRP_OP_LOCAL_RESPONSE, NULL);
  g_autoptr (Probe) probe = NULL;

  layer->response = (LrpResponse){ .size = 3, .within = within, .alpha = 2, .beta = 0.75, .bias = 1 };
  probe = probe_layer (layer, &LRP_SHAPE (1, 3, 4, 5), FALSE);
  for (int i = 0; i < 60; i++)
    {
      double sum = 0, x = (double) probe->input->data[i];
      for (int k = 0; k < 60; k++)
        {
          int c = k / 20 - i / 20, y = k / 5 % 4 - i / 5 % 4, s = k % 5 - i % 5;
          gboolean near = within ? c == 0 && abs (y) <= 1 && abs (s) <= 1 : abs (c) <= 1 && y == 0 && s == 0;
          sum += near ? pow ((double) probe->input->data[k], 2) : 0;
        }
      g_assert_cmpfloat_with_epsilon ((double) probe->output->data[i], x / pow (1 + 2 * sum / (within ? 9 : 3), 0.75),
                                      1e-6);
    }
}

/* --- linear maps without weights: the epsilon rule ---------------------------------------------------------------- */

static LrpLayer *
resize_layer (LrpInterpolation interpolation, LrpCoordinates coordinates)
{
  LrpLayer *layer = lrp_layer_new (LRP_OP_RESIZE, NULL);

  layer->resize.interpolation = interpolation;
  layer->resize.coordinates = coordinates;
  layer->resize.size[2] = 7;
  layer->resize.size[3] = 3;
  return layer;
}

static LrpLayer *
reduce_layer (LrpOpKind kind, guint axes)
{
  LrpLayer *layer = lrp_layer_new (kind, NULL);

  layer->reduce.axes = axes;
  return layer;
}

static LrpLayer *
pool_layer (LrpOpKind kind)
{
  LrpLayer *layer = lrp_layer_new (kind, NULL);

  for (guint i = 0; i < 2; i++)
    {
      layer->window.kernel[i] = 3;
      layer->window.stride[i] = 2;
      layer->window.pad_begin[i] = layer->window.pad_end[i] = 1;
    }
  return layer;
}

/* The weights of a linear map are what it makes of unit vectors; then the rule is R_j = x_j sum_k w_jk R_k / stab
 * (z_k). */
static void
check_linear_map (LrpLayer *layer)
{
  g_autoptr (Probe) probe = probe_layer (layer, &LRP_SHAPE (1, 3, 4, 5), FALSE);
  g_autoptr (LrpTensor) unit = lrp_tensor_new (&LRP_SHAPE (1, 3, 4, 5), NULL);
  gsize n = probe->input->count, m = probe->output->count;
  g_autofree double *z = g_new0 (double, m), *want = g_new0 (double, n);
  double absorbed = 0;

  for (gsize k = 0; k < m; k++)
    {
      z[k] = (double) probe->output->data[k];
      absorbed += (double) probe->start->data[k] * (stab (z[k]) - z[k]) / stab (z[k]);
    }
  assert_account (probe);
  g_assert_cmpfloat (fabs (lrp_run_get_flow (probe->run, 1)->stabilizer - absorbed), <, 1e-4);
  for (gsize j = 0; j < n; j++)
    {
      g_autoptr (LrpTensor) weights = NULL;
      unit->data[j] = 1;
      g_assert_true (lrp_run_forward (probe->run, unit, NULL, NULL));
      weights = lrp_run_dup_activation (probe->run, 1, NULL);
      unit->data[j] = 0;
      for (gsize k = 0; k < m; k++)
        want[j] += (double) (probe->input->data[j] * weights->data[k] * probe->start->data[k]) / stab (z[k]);
    }
  assert_near (probe->relevance, want, 1e-4);
}

static void
test_linear_maps (void)
{
  for (guint i = 0; i < 2; i++)
    for (guint c = LRP_RESIZE_HALF_PIXEL; c <= LRP_RESIZE_ASYMMETRIC; c++)
      check_linear_map (resize_layer (i == 0 ? LRP_RESIZE_NEAREST : LRP_RESIZE_LINEAR, c));
  check_linear_map (reduce_layer (LRP_OP_REDUCE_MEAN, 1u << 2 | 1u << 3));
  check_linear_map (reduce_layer (LRP_OP_REDUCE_MEAN, 1u << 1));
  check_linear_map (reduce_layer (LRP_OP_REDUCE_SUM, 1u << 1 | 1u << 3));
  check_linear_map (pool_layer (LRP_OP_SUM_POOL));
  check_linear_map (pool_layer (LRP_OP_AVERAGE_POOL));
}

/* A sum pooling's numbers: the average's times how many there are. */
static void
test_sum_pool (void)
{
  LrpLayer *layer = lrp_layer_new (LRP_OP_SUM_POOL, NULL);
  g_autoptr (Probe) probe = NULL;

  layer->window.kernel[0] = layer->window.kernel[1] = 2;
  probe = probe_layer (layer, &LRP_SHAPE (1, 1, 2, 2), FALSE);
  g_assert_cmpfloat_with_epsilon ((double) probe->output->data[0], lrp_tensor_sum (probe->input), 1e-6);
}

/* All goes to the first of the largest. */
static void
test_reduce_max (void)
{
  LrpNetwork *network = lrp_network_new ("max", "input", &LRP_SHAPE (1, 3, 2));
  g_autoptr (Probe) probe = NULL;
  const float x[] = { 1, 5, 3, 5, 3, 2 };

  nets_add (network, reduce_layer (LRP_OP_REDUCE_MAX, 1u << 1), -1);
  probe = probe_new (network, lrp_tensor_new_copy (&LRP_SHAPE (1, 3, 2), x, NULL));
  for (guint i = 0; i < 6; i++)
    g_assert_cmpfloat (probe->relevance->data[i], ==,
                       i == 2   ? probe->start->data[0]
                       : i == 1 ? probe->start->data[1]
                                : 0);
}

/* --- the matrix product of two activations ------------------------------------------------------------------------ */

/* Queries [1, heads, 3, 4] times keys [1, heads or 1, 4, 3]: to both a b R / (2 stab (z)). */
static void
test_matmul (gconstpointer data)
{
  const guint heads = 2, shared = GPOINTER_TO_UINT (data);
  const LrpShape shape = LRP_SHAPE (1, heads, 3, 4);
  LrpNetwork *network = lrp_network_new ("attention", "input", &shape);
  LrpLayer *turn = lrp_layer_new (LRP_OP_TRANSPOSE, NULL);
  LrpLayer *product = lrp_layer_new (LRP_OP_MATMUL, NULL);
  guint a = nets_add (network, lrp_layer_new (LRP_OP_TANH, NULL), 0), b = 0;
  g_autoptr (Probe) probe = NULL;
  g_autoptr (LrpTensor) x = NULL, y = NULL, rx = NULL, ry = NULL;
  double want[2][24] = { { 0 } };

  if (shared)
    {
      LrpLayer *keys = reduce_layer (LRP_OP_REDUCE_SUM, 1u << 1);
      keys->reduce.keep = TRUE;
      b = nets_add (network, keys, 0);
    }
  memcpy (turn->perm, (guint[]){ 0, 1, 3, 2 }, 4 * sizeof (guint));
  b = nets_add (network, turn, (int) b);
  lrp_layer_set_inputs (product, (guint[]){ a, b }, 2);
  nets_add (network, product, -1);
  probe = probe_new (network, nets_tensor (&shape, 3));
  x = lrp_run_dup_activation (probe->run, a, NULL);
  y = lrp_run_dup_activation (probe->run, b, NULL);
  rx = lrp_run_dup_relevance (probe->run, a, NULL);
  ry = lrp_run_dup_relevance (probe->run, b, NULL);
  for (guint h = 0; h < heads; h++)
    for (guint i = 0; i < 3; i++)
      for (guint j = 0; j < 3; j++)
        {
          double z = 0, r = (double) probe->start->data[(h * 3 + i) * 3 + j];
          guint from = shared ? 0 : h;
          for (guint k = 0; k < 4; k++)
            z += (double) x->data[(h * 3 + i) * 4 + k] * (double) y->data[(from * 4 + k) * 3 + j];
          g_assert_cmpfloat_with_epsilon ((double) probe->output->data[(h * 3 + i) * 3 + j], z, 1e-6);
          for (guint k = 0; k < 4; k++)
            {
              double part = (double) x->data[(h * 3 + i) * 4 + k] * (double) y->data[(from * 4 + k) * 3 + j];
              want[0][(h * 3 + i) * 4 + k] += part * r / (2 * stab (z));
              want[1][(from * 4 + k) * 3 + j] += part * r / (2 * stab (z));
            }
        }
  assert_near (rx, want[0], 1e-4);
  assert_near (ry, want[1], 1e-4);
  assert_account (probe);
}

/* --- layouts and kinds -------------------------------------------------------------------------------------------- */

/* Between convolutions channels lie in blocks, of which lanes may be left over: no function may leave numbers there. */
static void
test_blocked (void)
{
  const LrpOpKind kinds[] = { LRP_OP_SOFTPLUS, LRP_OP_EXP, LRP_OP_SIGMOID, LRP_OP_HARD_SIGMOID, LRP_OP_CLIP };
  const LrpShape in = LRP_SHAPE (1, 16, 5, 5), middle = LRP_SHAPE (1, 13, 5, 5);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      LrpNetwork *network = lrp_network_new ("blocked", "input", &in);
      LrpWindow window = LRP_WINDOW_INIT;
      LrpLayer *layer = lrp_layer_new (kinds[i], NULL);
      g_autoptr (Probe) probe = NULL;
      g_autoptr (LrpTensor) x = NULL;
      g_autofree double *a = NULL, *z = NULL;
      TwinLayer *twin;
      window.pad_begin[0] = window.pad_begin[1] = window.pad_end[0] = window.pad_end[1] = 1;
      layer->activation = (LrpActivation){ 0.25, 0.5, 0 };
      nets_add (network, nets_conv (&LRP_SHAPE (13, 16, 3, 3), &window, TRUE, 1), -1);
      nets_add (network, layer, -1);
      nets_add (network, nets_conv (&LRP_SHAPE (16, 13, 3, 3), &window, TRUE, 3), -1);
      probe = probe_new (network, nets_tensor (&in, 5));
      x = lrp_run_dup_activation (probe->run, 2, NULL);
      twin = twin_layer_new (lrp_network_get_layer (network, 3), &middle, &in);
      a = g_new (double, twin->n_in);
      z = g_new (double, twin->n_out);
      for (guint k = 0; k < twin->n_in; k++)
        a[k] = (double) x->data[k];
      twin_forward (twin, a, z);
      assert_near (probe->output, z, 1e-5);
      twin_layer_free (twin);
    }
}

/* Composites treat a transposed convolution as a convolution. */
static void
test_transposed_is_convolution (void)
{
  g_autoptr (LrpNetwork) network = lrp_network_new ("decoder", "input", &LRP_SHAPE (1, 2, 3, 3));
  g_autoptr (LrpComposite) composite = lrp_composite_new ("epsilon-plus", NULL);
  g_autoptr (GError) error = NULL;
  LrpLayer *layer = nets_conv (&LRP_SHAPE (2, 3, 2, 2), &(LrpWindow) LRP_WINDOW_INIT, FALSE, 1);
  LrpChoice rule;

  layer->kind = LRP_OP_CONV_TRANSPOSE;
  nets_add (network, layer, -1);
  g_assert_true (lrp_composite_get_rule (composite, network, 1, &rule, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (rule.entry->name, ==, "z-plus");
  g_assert_cmpuint (lrp_network_layer_macs (network, 1), ==, 2 * 3 * 3 * 3 * 2 * 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layers/passes", test_passes);
  g_test_add_func ("/layers/shift-is-a-bias", test_shift_is_a_bias);
  g_test_add_data_func ("/layers/local-response/across", GUINT_TO_POINTER (FALSE), test_local_response);
  g_test_add_data_func ("/layers/local-response/within", GUINT_TO_POINTER (TRUE), test_local_response);
  g_test_add_func ("/layers/linear-maps", test_linear_maps);
  g_test_add_func ("/layers/sum-pool", test_sum_pool);
  g_test_add_func ("/layers/reduce-max", test_reduce_max);
  g_test_add_data_func ("/layers/matmul", GUINT_TO_POINTER (FALSE), test_matmul);
  g_test_add_data_func ("/layers/matmul/broadcast", GUINT_TO_POINTER (TRUE), test_matmul);
  g_test_add_func ("/layers/blocked", test_blocked);
  g_test_add_func ("/layers/transposed-is-convolution", test_transposed_is_convolution);
  return g_test_run ();
}
