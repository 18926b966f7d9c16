/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-flow.c: a network as rows: nothing is left out, and what is said of relevance adds up */
#include "config.h"

#include "app/layers/channel-grid.h"
#include "app/layers/channel-links.h"
#include "app/layers/channels.h"
#include "app/layers/flow-bar.h"
#include "app/layers/flow.h"
#include "app/layers/text.h"
#include "files/load.h"
#include "lrp/methods/request.h"

#include <math.h>

/* Of float sums over thousands of units. */
#define TOLERANCE 2e-3

static LrpExplanation *
explain (const char *name, const char *method, const char *through)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpNetwork) network = lrp_load_network (name, &error);
  g_autoptr (LrpRequest) request = lrp_request_new ();
  g_autoptr (LrpTensor) input = NULL;
  g_autoptr (LrpRun) run = NULL;
  LrpExplanation *explanation;

  g_assert_no_error (error);
  input = lrp_tensor_new (&lrp_network_get_layer (network, 0)->shape, NULL);
  for (gsize i = 0; i < input->count; i++)
    input->data[i] = i / 28 > 5 && i / 28 < 22 && i % 28 > 11 && i % 28 < 16 ? 1 : 0;
  g_assert_true (lrp_request_set_method (request, method, &error));
  request->keep_layers = TRUE;
  request->through = g_strdup (through);
  run = lrp_run_new (network, &input->shape, &error);
  g_assert_no_error (error);
  explanation = lrp_request_explain (request, run, input, NULL, &error);
  g_assert_no_error (error);
  return explanation;
}

static void
assert_near (double a, double b, double scale)
{
  g_assert_cmpfloat_with_epsilon (a, b, TOLERANCE * MAX (scale, 1e-6));
}

static double
get_scale (const LrpExplanation *e)
{
  double scale = fabs (e->score);

  for (guint i = 0; i < e->n_layers; i++)
    scale = MAX (scale, e->layers[i].positive - e->layers[i].negative);
  return scale;
}

/* Every layer is in exactly one row that is a layer, and in all rows around that. */
static void
assert_complete (const RlvFlow *flow)
{
  g_autofree guint *seen = g_new0 (guint, flow->network->layers->len);

  for (guint i = 0; i < flow->rows->len; i++)
    {
      const RlvFlowRow *row = rlv_flow_get_row (flow, i);
      guint inside = 0;
      if (row->kind == RLV_FLOW_LAYER)
        {
          g_assert_cmpuint (flow->row_of[row->layer], ==, i);
          seen[row->layer]++;
          continue;
        }
      for (guint k = 0; k < row->rows->len; k++)
        {
          const RlvFlowRow *child = rlv_flow_get_row (flow, g_array_index (row->rows, guint, k));
          g_assert_cmpint (child->parent, ==, (int) i);
          inside += child->layers->len;
        }
      g_assert_cmpuint (inside, ==, row->layers->len);
    }
  for (guint i = 0; i < flow->network->layers->len; i++)
    g_assert_cmpuint (seen[i], ==, 1);
}

static void
assert_adds_up (const RlvFlow *flow, const LrpExplanation *e)
{
  double scale = get_scale (e), bias = 0, stabilizer = 0, created = 0;

  for (guint i = 0; i < flow->rows->len; i++)
    {
      RlvFlowSum sum;
      rlv_flow_get_sum (flow, i, e, &sum);
      assert_near (sum.sum + sum.created, sum.left + sum.bias + sum.stabilizer, scale);
    }
  for (guint i = 0; i < flow->chain->len; i++)
    {
      RlvFlowSum sum;
      rlv_flow_get_sum (flow, g_array_index (flow->chain, guint, i), e, &sum);
      bias += sum.bias;
      stabilizer += sum.stabilizer;
      created += sum.created;
    }
  assert_near (bias, lrp_explanation_get_absorbed_by_bias (e), scale);
  assert_near (stabilizer, lrp_explanation_get_absorbed_by_stabilizer (e), scale);
  assert_near (created, lrp_explanation_get_created (e), scale);
}

static void
test_account (gconstpointer method)
{
  static const char *const networks[] = { "mnist-cnn", "mnist-mlp", "mnist-lstm" };

  for (guint i = 0; i < G_N_ELEMENTS (networks); i++)
    {
      g_autoptr (LrpExplanation) e = explain (networks[i], method, NULL);
      g_autoptr (RlvFlow) flow = rlv_flow_new (e->network);
      assert_complete (flow);
      assert_adds_up (flow, e);
    }
}

/* What a row shows of a layer is what the explanation says of it. */
static void
test_layers (void)
{
  g_autoptr (LrpExplanation) e = explain ("mnist-cnn", "lrp", NULL);
  g_autoptr (RlvFlow) flow = rlv_flow_new (e->network);
  double low, high;

  g_assert_cmpuint (flow->chain->len, ==, e->n_layers);
  rlv_flow_get_extent (flow, e, &low, &high);
  for (guint i = 0; i < e->n_layers; i++)
    {
      RlvFlowSum sum;
      rlv_flow_get_sum (flow, flow->row_of[i], e, &sum);
      g_assert_cmpfloat (sum.sum, ==, e->layers[i].sum);
      g_assert_cmpfloat (sum.bias, ==, e->layers[i].bias);
      g_assert_cmpstr (sum.cause, ==, e->layers[i].cause);
      g_assert_cmpfloat (sum.sum, <=, high);
      g_assert_cmpfloat (sum.sum, >=, low);
    }
}

/* 28 rows are read, one at a time; what is read in all steps is all that the pixels have. */
static void
test_recurrent (void)
{
  g_autoptr (LrpExplanation) e = explain ("mnist-lstm", "lrp", NULL);
  g_autoptr (RlvFlow) flow = rlv_flow_new (e->network);
  double scale = get_scale (e), read = 0, ended = 0;
  guint place = 0, row, n;
  g_autofree double *steps = NULL;
  RlvFlowSum sum;

  while (rlv_flow_get_row (flow, g_array_index (flow->chain, guint, place))->kind != RLV_FLOW_RECURRENT)
    place++;
  row = g_array_index (flow->chain, guint, place);
  g_assert_cmpuint (flow->chain->len, <, 10);
  steps = rlv_flow_dup_steps (flow, row, e, &n);
  g_assert_cmpuint (n, ==, 28);
  for (guint i = 0; i < n; i++)
    {
      const float *pixels = e->relevance->data + 28 * i;
      double pixel_row = 0;
      for (guint x = 0; x < 28; x++)
        pixel_row += (double) pixels[x];
      assert_near (steps[i], pixel_row, scale);
      read += steps[i];
    }
  assert_near (read, e->layers[0].sum, scale);
  rlv_flow_get_sum (flow, row, e, &sum);
  assert_near (sum.left, e->layers[0].sum, scale);
  for (guint i = 0, step = 0; i < rlv_flow_get_row (flow, row)->rows->len; i++)
    {
      RlvFlowSum inner;
      guint child = g_array_index (rlv_flow_get_row (flow, row)->rows, guint, i);
      if (rlv_flow_get_row (flow, child)->kind != RLV_FLOW_STEP)
        continue;
      g_assert_cmpuint (rlv_flow_get_row (flow, child)->step, ==, step++);
      rlv_flow_get_sum (flow, child, e, &inner);
      ended += inner.sum;
    }
  /* All that came to the recurrent layer ended in one of its steps. */
  assert_near (ended, sum.sum, scale);
}

/* --- lines -------------------------------------------------------------------------------------------------------- */

static guint
find_lanes (const guint (*pairs)[2], guint n_pairs, guint n, RlvLane *lanes)
{
  g_autoptr (GPtrArray) reads = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (reads, g_array_new (FALSE, FALSE, sizeof (guint)));
  for (guint i = 0; i < n_pairs; i++)
    g_array_append_val ((GArray *) reads->pdata[pairs[i][0]], pairs[i][1]);
  return rlv_lanes_find ((GArray *const *) reads->pdata, n, lanes);
}

static void
test_chain_lanes (void)
{
  static const guint pairs[][2] = { { 1, 0 }, { 2, 1 } };
  RlvLane lanes[3];

  g_assert_cmpuint (find_lanes (pairs, 2, 3, lanes), ==, 1);
  g_assert_cmpuint (lanes[0].in, ==, 0);
  g_assert_true (lanes[0].out && lanes[1].out && !lanes[2].out);
  g_assert_cmpuint (lanes[2].in, ==, 1);
}

/* Row 3 adds row 0 to what rows 1 and 2 made of it: the short cut runs beside them. */
static void
test_residual_lanes (void)
{
  static const guint pairs[][2] = { { 1, 0 }, { 2, 1 }, { 3, 2 }, { 3, 0 } };
  RlvLane lanes[4];

  g_assert_cmpuint (find_lanes (pairs, 4, 4, lanes), ==, 2);
  g_assert_cmpuint (lanes[1].column, ==, 1);
  g_assert_cmpuint (lanes[1].in, ==, 1);
  g_assert_cmpuint (lanes[1].through, ==, 1);
  g_assert_cmpuint (lanes[2].through, ==, 1);
  g_assert_cmpuint (lanes[3].in, ==, 3);
  g_assert_cmpuint (lanes[3].column, ==, 0);
  g_assert_cmpuint (lanes[3].through, ==, 0);
}

/* More branches than can be told apart still end. */
static void
test_many_lanes (void)
{
  enum
  {
    N = 40
  };
  guint pairs[2 * N][2];
  RlvLane lanes[N + 2];

  for (guint i = 0; i < N; i++)
    {
      pairs[2 * i][0] = i + 1;
      pairs[2 * i][1] = 0;
      pairs[2 * i + 1][0] = N + 1;
      pairs[2 * i + 1][1] = i + 1;
    }
  g_assert_cmpuint (find_lanes ((const guint (*)[2]) pairs, 2 * N, N + 2, lanes), <=, RLV_MAX_LANES);
  g_assert_cmpuint (lanes[N + 1].through, ==, 0);
}

/* --- bars --------------------------------------------------------------------------------------------------------- */

static void
test_bar (void)
{
  static const RlvFlowSum cases[] = {
    { .sum = 8, .left = 7, .bias = 0.6, .stabilizer = 0.4 },
    { .sum = -8, .left = -7, .bias = -0.6, .stabilizer = -0.4 },
    { .sum = 8, .left = 9, .bias = -1 },
    { .sum = 8, .left = 5, .created = -3 },
    { .sum = 8, .left = 10, .created = 2.5, .bias = 0.5 },
    { .sum = 8, .left = -2, .bias = 10 },
    { .sum = 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RlvBarSegment segments[RLV_N_BAR_FILLS];
      guint n = rlv_bar_split (&cases[i], segments);
      double inside = 0, beyond = 0;
      for (guint k = 0; k < n; k++)
        {
          double length = fabs (segments[k].to - segments[k].from);
          if (fabs (segments[k].to) <= fabs (cases[i].sum) + 1e-12)
            inside += length;
          else
            beyond += length;
        }
      g_assert_cmpfloat_with_epsilon (inside, fabs (cases[i].sum), 1e-9);
      g_assert_cmpint (segments[0].fill, ==, RLV_BAR_HANDED_ON);
      g_assert_cmpfloat_with_epsilon (beyond, i == 2 ? 1 : i == 4 ? 2.5 : 0, 1e-9);
    }
}

/* --- channels ----------------------------------------------------------------------------------------------------- */

static void
test_channels (void)
{
  const float relevance[] = { 1, 1, 1, 1, -9, 0, 0, 0, 2, 2, 2, 2 },
              activation[] = { 4, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 5 };
  g_autoptr (LrpTensor) r = lrp_tensor_new_copy (&LRP_SHAPE (1, 3, 2, 2), relevance, NULL);
  g_autoptr (LrpTensor) a = lrp_tensor_new_copy (&LRP_SHAPE (1, 3, 2, 2), activation, NULL);
  g_autoptr (RlvChannels) channels = rlv_channels_new (a, r);
  static const guint orders[RLV_N_ORDERS][3] = { { 2, 0, 1 }, { 1, 2, 0 }, { 2, 0, 1 }, { 0, 1, 2 } };
  g_autofree float *map = rlv_channels_sum_map (channels);

  g_assert_cmpuint (channels->n, ==, 3);
  g_assert_true (rlv_channels_have_places (channels));
  g_assert_cmpfloat (channels->channels[1].relevance, ==, -9);
  g_assert_cmpfloat (channels->channels[2].activation, ==, 2);
  g_assert_cmpfloat (channels->total, ==, 3);
  g_assert_cmpfloat (channels->size, ==, 21);
  g_assert_cmpuint (rlv_channels_get_rank (channels, 1), ==, 3);
  g_assert_cmpfloat ((double) map[0], ==, -6);
  for (guint order = 0; order < RLV_N_ORDERS; order++)
    {
      guint n = 3;
      g_autofree guint *sorted = rlv_channels_sort (channels, order, &n);
      g_assert_cmpmem (sorted, 3 * sizeof *sorted, orders[order], sizeof orders[order]);
    }
}

/* Of 2,048 channels only those that can be seen are painted, and each is found where it lies. */
static void
test_grid (void)
{
  RlvGrid grid = { .n = 2048, .width = 540, .cell_width = 108, .cell_height = 76 };
  guint first, last;

  g_assert_cmpuint (rlv_grid_get_columns (&grid), ==, 5);
  g_assert_cmpint (rlv_grid_get_height (&grid), ==, 410 * 76);
  rlv_grid_get_range (&grid, 1000, 1400, &first, &last);
  g_assert_cmpuint (first, ==, 65);
  g_assert_cmpuint (last - first, <=, 35);
  for (gboolean mirrored = FALSE; mirrored <= TRUE; mirrored++)
    {
      grid.mirrored = mirrored;
      for (guint i = 0; i < grid.n; i++)
        {
          graphene_rect_t cell;
          rlv_grid_get_cell (&grid, i, &cell);
          g_assert_cmpint (rlv_grid_find (&grid, (double) cell.origin.x + 1, (double) cell.origin.y + 1), ==, (int) i);
          if (i % 5 == 0)
            g_assert_cmpfloat ((double) cell.origin.x, ==, mirrored ? 432 : 0);
        }
    }
  g_assert_cmpint (rlv_grid_find (&grid, 500, 410 * 76 - 1), ==, 2045);
  g_assert_cmpint (rlv_grid_find (&grid, 10, 410 * 76 - 1), ==, -1);
  g_assert_cmpint (rlv_grid_find (&grid, -1, 0), ==, -1);
  rlv_grid_get_range (&grid, 100, 50, &first, &last);
  g_assert_cmpuint (first, ==, last);
}

/* The sources of a channel are given all of it, but for what the bias keeps. */
static void
test_sources (void)
{
  g_autoptr (LrpExplanation) all = explain ("mnist-cnn", "lrp:composite=epsilon", NULL);
  guint layer = (guint) lrp_network_find_layer (all->network, "conv2"), n = 1;
  g_autoptr (RlvChannels) channels = rlv_channels_new (all->layers[layer].activation, all->layers[layer].relevance);
  g_autofree guint *best = rlv_channels_sort (channels, RLV_BY_SIZE, &n);
  g_autofree char *unit = g_strdup_printf ("conv2:%u", best[0]);
  g_autoptr (LrpExplanation) through = explain ("mnist-cnn", "lrp:composite=epsilon", unit);
  RlvLink links[64];
  double sum = 0;

  n = rlv_links_find_sources (through->network, layer, through, links, 64);
  g_assert_cmpuint (n, >, 1);
  for (guint i = 0; i < n; i++)
    {
      sum += links[i].relevance;
      g_assert_cmpuint (links[i].layer, ==, layer - 1);
      if (i > 0)
        g_assert_cmpfloat (fabs (links[i].relevance), <=, fabs (links[i - 1].relevance));
    }
  assert_near (sum + through->layers[layer].bias + through->layers[layer].stabilizer,
               channels->channels[best[0]].relevance, get_scale (all));
  g_assert_cmpint (rlv_links_find_reader (all->network, layer), ==, lrp_network_find_layer (all->network, "dense1"));
}

static void
test_words (void)
{
  g_autoptr (LrpExplanation) e = explain ("mnist-cnn", "lrp", NULL);
  g_autoptr (RlvFlow) flow = rlv_flow_new (e->network);
  guint row = flow->row_of[lrp_network_find_layer (e->network, "conv1")];
  g_autofree char *plain = rlv_layer_text_label (flow, row, NULL);
  g_autofree char *account =
      rlv_layer_text_account (&(RlvFlowSum){ .sum = 8, .left = 7.5, .bias = 0.5, .positive = 8 }, "; ");

  g_assert_cmpstr (plain, ==, "conv1, convolution · 32 × 28 × 28");
  g_assert_cmpstr (account, ==, "relevance 8.00; handed on 7.50; absorbed by biases 0.500");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/layer-flow/account/plus-flat", "lrp", test_account);
  g_test_add_data_func ("/layer-flow/account/epsilon", "lrp:composite=epsilon", test_account);
  g_test_add_func ("/layer-flow/layers", test_layers);
  g_test_add_func ("/layer-flow/recurrent", test_recurrent);
  g_test_add_func ("/layer-flow/lanes/chain", test_chain_lanes);
  g_test_add_func ("/layer-flow/lanes/residual", test_residual_lanes);
  g_test_add_func ("/layer-flow/lanes/many", test_many_lanes);
  g_test_add_func ("/layer-flow/bar", test_bar);
  g_test_add_func ("/layer-flow/channels", test_channels);
  g_test_add_func ("/layer-flow/grid", test_grid);
  g_test_add_func ("/layer-flow/sources", test_sources);
  g_test_add_func ("/layer-flow/words", test_words);
  return g_test_run ();
}
