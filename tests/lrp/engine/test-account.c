/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-account.c: where relevance goes: what arrived at every layer is handed on, absorbed, or said to be lost or made
 */
#include "nets.h"

#include <math.h>
#include <string.h>

static LrpExplanation *
explain (LrpNetwork *network, const char *text, LrpTensor *input)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpRequest) request = lrp_request_new ();
  g_autoptr (LrpRun) run = lrp_run_new (network, &input->shape, &error);
  LrpExplanation *explanation;

  g_assert_no_error (error);
  request->start = LRP_START_ONE;
  request->target.class_index = 0;
  g_assert_true (lrp_request_set_method (request, text, &error));
  explanation = lrp_request_explain (request, run, input, NULL, &error);
  g_assert_no_error (error);
  return explanation;
}

/* One unit with two inputs. */
typedef struct
{
  const char *name, *rule;
  float x[2], w[2], bias;
  double sum, created;
  const char *cause; /* part of the sentence, or NULL */
} UnitCase;

static const UnitCase units[] = {
  { "doubled", "alpha-beta", { 1, 3 }, { 2, 1 }, 0, 2, 1, "speaks against" },
  { "tripled", "alpha-beta:alpha=3", { 1, 3 }, { 2, 1 }, 0, 3, 2, "speaks against" },
  { "only against", "alpha-beta", { 1, 3 }, { -2, -1 }, 0, -1, -2, "speaks for" },
  { "balanced", "alpha-beta", { 1, 3 }, { 2, -1 }, 0, 1, 0, NULL },
  { "bias balances", "alpha-beta", { 1, 3 }, { 2, 1 }, -1, 2, 0, NULL },
  { "nothing for", "z-plus", { 1, 3 }, { -2, -1 }, 0, 0, -1, "speaks for" },
  { "only the bias for", "z-plus", { 1, 3 }, { -2, -1 }, 2, 0, 0, NULL },
  { "silent", "zero", { 3, 3 }, { 1, -1 }, 0, 0, -1, "exactly zero" },
  { "silent, gamma", "gamma", { 3, 3 }, { 1, -1 }, 0, 0, -1, "exactly zero" },
  { "no weights", "w-square", { 1, 3 }, { 0, 0 }, 0, 0, -1, "no weights" },
  { "no shares", "custom:pp=0,pn=0", { 1, 3 }, { 2, -1 }, 0, 0, -1, "add up to exactly zero" },
  { "flat", "flat", { 1, 3 }, { 2, -1 }, 5, 1, 0, NULL },
};

static void
test_unit (gconstpointer data)
{
  const UnitCase *c = data;
  g_autoptr (LrpNetwork) network = lrp_network_new ("unit", "input", &LRP_SHAPE (1, 2));
  g_autoptr (LrpTensor) input = lrp_tensor_new_copy (&LRP_SHAPE (1, 2), c->x, NULL);
  g_autofree char *text = g_strdup_printf ("lrp:composite=lrp-0;*=%s", c->rule);
  g_autoptr (LrpExplanation) e = NULL;
  LrpLayer *layer = lrp_layer_new (LRP_OP_DENSE, NULL);
  const LrpLayerSum *sum;

  layer->weights = lrp_tensor_new_copy (&LRP_SHAPE (1, 2), c->w, NULL);
  layer->bias = c->bias != 0 ? lrp_tensor_new_copy (&LRP_SHAPE (1), &c->bias, NULL) : NULL;
  nets_add (network, layer, -1);
  e = explain (network, text, input);
  sum = &e->layers[1];
  g_assert_cmpfloat_with_epsilon (sum->sum, 1, 1e-6);
  g_assert_cmpfloat_with_epsilon (sum->left, c->sum, 1e-4);
  g_assert_cmpfloat_with_epsilon (sum->created, c->created, 1e-4);
  g_assert_cmpfloat_with_epsilon (lrp_explanation_get_created (e), c->created, 1e-4);
  if (c->cause)
    g_assert_nonnull (strstr (sum->cause, c->cause));
  else
    g_assert_null (sum->cause);
}

/* Over a whole network: what arrives at the input, plus all that was absorbed, less all that was created, is what it
 * started as, whatever the composite does. */
static void
test_composite (gconstpointer data)
{
  const LrpEntry *entry = data;
  LrpNetwork *(*const nets[]) (gboolean) = { nets_lenet, nets_branches };

  for (guint i = 0; i < G_N_ELEMENTS (nets); i++)
    {
      g_autoptr (LrpNetwork) network = nets[i](TRUE);
      g_autoptr (LrpTensor) input = nets_positive (&LRP_SHAPE (2, 2, 12, 12), 8);
      g_autofree char *text = g_strdup_printf ("lrp:composite=%s%s", entry->name,
                                               lrp_entry_find_param (entry, "low") >= 0 ? ",low=-1,high=1" : "");
      g_autoptr (LrpExplanation) e = explain (network, text, input);
      double scale = 1, bias = lrp_explanation_get_absorbed_by_bias (e), created = lrp_explanation_get_created (e);
      for (guint k = 1; k < e->n_layers; k++)
        {
          const LrpLayerSum *layer = &e->layers[k];
          scale = fmax (scale, layer->positive - layer->negative);
          g_assert_cmpfloat (fabs (layer->sum + layer->created - layer->left - layer->bias - layer->stabilizer), <=,
                             1e-6 * (layer->positive - layer->negative + 1));
        }
      g_assert_cmpfloat (
          fabs (lrp_tensor_sum (e->relevance) + bias + lrp_explanation_get_absorbed_by_stabilizer (e) - created - 2),
          <=, 1e-4 * scale);
    }
}

/* Excitation backprop takes each activation's slope, and says so at the ReLUs and nowhere else. */
static void
test_slopes (void)
{
  g_autoptr (LrpNetwork) network = nets_lenet (TRUE);
  g_autoptr (LrpTensor) input = nets_positive (&LRP_SHAPE (1, 2, 12, 12), 8);
  g_autoptr (LrpExplanation) e = explain (network, "lrp:composite=excitation-backprop;*=flat", input);
  guint told = 0;

  for (guint i = 0; i < e->n_layers; i++)
    if (e->layers[i].cause)
      {
        told++;
        g_assert_cmpstr (e->layers[i].kind, ==, "relu");
        g_assert_nonnull (strstr (e->layers[i].cause, "slope"));
        g_assert_cmpfloat (e->layers[i].created, <, 0);
      }
  g_assert_cmpuint (told, >, 0);
}

/* Padding that is not the network's own input keeps what reaches it. */
static void
test_padding (void)
{
  g_autoptr (LrpNetwork) network = lrp_network_new ("padded", "input", &LRP_SHAPE (1, 2));
  g_autoptr (LrpTensor) input = nets_positive (&LRP_SHAPE (1, 2), 3);
  g_autoptr (LrpExplanation) e = NULL;
  LrpLayer *pad = lrp_layer_new (LRP_OP_PAD, NULL);

  pad->pad = (LrpPad){ { 0, 1 }, { 0, 1 }, 1 };
  nets_add (network, pad, -1);
  nets_add (network, nets_dense (4, 3, FALSE, 5), -1);
  e = explain (network, "lrp:composite=flat", input);
  g_assert_cmpfloat_with_epsilon (e->layers[1].created, -0.5, 1e-5);
  g_assert_nonnull (strstr (e->layers[1].cause, "padding"));
}

/* --- random graphs ------------------------------------------------------------------------------------------------ */

#define SIDE 6
#define WIDE 4

static LrpLayer *
random_conv (GRand *rand, gint64 inputs)
{
  LrpWindow padded = LRP_WINDOW_INIT;
  gint64 side = g_rand_boolean (rand) ? 3 : 1;

  for (guint i = 0; i < 2; i++)
    padded.pad_begin[i] = padded.pad_end[i] = side / 2;
  return nets_conv (&LRP_SHAPE (WIDE, inputs, side, side), &padded, g_rand_boolean (rand), g_rand_int (rand));
}

static LrpLayer *
random_pool (LrpOpKind kind)
{
  LrpLayer *layer = lrp_layer_new (kind, NULL);

  for (guint i = 0; i < 2; i++)
    {
      layer->window.kernel[i] = 3;
      layer->window.pad_begin[i] = layer->window.pad_end[i] = 1;
    }
  return layer;
}

static LrpLayer *
random_constant (GRand *rand, LrpOpKind kind)
{
  LrpLayer *layer = lrp_layer_new (kind, NULL);

  layer->weights = nets_tensor (&LRP_SHAPE (WIDE, 1, 1), g_rand_int (rand));
  if (kind == LRP_OP_SCALE && g_rand_boolean (rand)) /* so that differences come about */
    for (gsize i = 0; i < layer->weights->count; i++)
      layer->weights->data[i] = -1;
  return layer;
}

static LrpLayer *
random_norm (GRand *rand)
{
  LrpLayer *layer = lrp_layer_new (g_rand_boolean (rand) ? LRP_OP_GROUP_NORM : LRP_OP_RMS_NORM, NULL);

  layer->norm = (LrpNorm){ .epsilon = 1e-5, .axis = 1, .groups = 2 };
  if (layer->kind == LRP_OP_GROUP_NORM && g_rand_boolean (rand))
    layer->bias = nets_tensor (&LRP_SHAPE (WIDE), g_rand_int (rand));
  return layer;
}

/* One of the last `reach` layers that has the shape that all have, concatenations excepted. */
static guint
pick (LrpNetwork *network, GRand *rand, guint reach)
{
  guint n = network->layers->len, lowest = n > reach ? n - reach : 1, layer;

  do
    layer = (guint) g_rand_int_range (rand, (gint32) MAX (lowest, 1), (gint32) n);
  while (lrp_network_get_layer (network, layer)->shape.dims[1] != WIDE);
  return layer;
}

/* Reads two layers there are already, often one twice; sums may read three. */
static LrpLayer *
random_join (GRand *rand, LrpOpKind kind, LrpNetwork *network)
{
  LrpLayer *layer = lrp_layer_new (kind, NULL);
  guint inputs[3], n = kind == LRP_OP_SUM ? (guint) g_rand_int_range (rand, 2, 4) : 2;

  for (guint i = 0; i < n; i++)
    inputs[i] = i > 0 && g_rand_int_range (rand, 0, 3) == 0 ? inputs[0] : pick (network, rand, 8);
  lrp_layer_set_inputs (layer, inputs, n);
  if (kind == LRP_OP_CONCAT)
    layer->axis = 1;
  return layer;
}

static void
add_random (LrpNetwork *network, GRand *rand)
{
  static const LrpOpKind activations[] = { LRP_OP_RELU,     LRP_OP_TANH, LRP_OP_GELU,    LRP_OP_SIGMOID,
                                           LRP_OP_SOFTPLUS, LRP_OP_MISH, LRP_OP_IDENTITY };
  static const LrpOpKind pools[] = { LRP_OP_MAX_POOL, LRP_OP_AVERAGE_POOL, LRP_OP_SUM_POOL };
  guint n = network->layers->len;
  int from = n > 1 ? (int) pick (network, rand, 4) : 0;

  switch (n > 1 ? g_rand_int_range (rand, 0, 10) : 0)
    {
    case 0:
      nets_add (network, random_conv (rand, n > 1 ? WIDE : 2), from);
      break;
    case 1:
    case 2:
      nets_add (network, lrp_layer_new (activations[g_rand_int_range (rand, 0, 7)], NULL), from);
      break;
    case 3:
      nets_add (network, random_pool (pools[g_rand_int_range (rand, 0, 3)]), from);
      break;
    case 4:
      nets_add (network, random_constant (rand, g_rand_boolean (rand) ? LRP_OP_BIAS : LRP_OP_SCALE), from);
      break;
    case 5:
      nets_add (network, random_norm (rand), from);
      break;
    case 6:
      nets_add (network, random_join (rand, LRP_OP_PRODUCT, network), -1);
      break;
    case 7:
      nets_add (network, random_join (rand, LRP_OP_CONCAT, network), -1);
      nets_add (network, random_conv (rand, 2 * WIDE), -1);
      break;
    default:
      nets_add (network, random_join (rand, LRP_OP_SUM, network), -1);
    }
}

/* Layers end in one shape; only concatenations do not, and a convolution follows these. */
static LrpNetwork *
make_random (guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  LrpNetwork *network = lrp_network_new ("random", "input", &LRP_SHAPE (1, 2, SIDE, SIDE));
  guint n = (guint) g_rand_int_range (rand, 4, 20);
  LrpLayer *flatten = lrp_layer_new (LRP_OP_FLATTEN, NULL);

  while (network->layers->len < n)
    add_random (network, rand);
  flatten->axis = 1;
  nets_add (network, flatten, -1);
  nets_add (network, nets_dense (WIDE * SIDE * SIDE, 3, TRUE, seed), -1);
  return network;
}
/* Whether a layer should hand on, or lay to biases or the stabiliser, all that it is given. */
static gboolean
conserves (const LrpLayerSum *layer)
{
  return !layer->rule || g_str_has_prefix (layer->rule, "epsilon") || g_str_has_prefix (layer->rule, "zero");
}

static double
size_of (const LrpLayerSum *layer)
{
  return layer->positive - layer->negative;
}

/* What an explanation started as is found again, to the last layer; and where one hands on another sum than it was
 * given though its rule does not, float numbers could not tell it: next to what it handed on the difference is small.
 */
static void
check_account (const LrpNetwork *network, const LrpExplanation *e)
{
  double largest = 1, bias = lrp_explanation_get_absorbed_by_bias (e), created = lrp_explanation_get_created (e);

  for (guint i = 1; i < e->n_layers; i++)
    {
      const LrpLayerSum *layer = &e->layers[i];
      const LrpLayer *row = lrp_network_get_layer (network, i);
      double size = size_of (layer) + fabs (layer->sum);
      for (guint k = 0; k < row->n_inputs; k++)
        size += size_of (&e->layers[row->inputs[k]]) + fabs (layer->left);
      largest = fmax (largest, size);
      g_assert_cmpfloat (fabs (layer->sum + layer->created - layer->left - layer->bias - layer->stabilizer), <=,
                         1e-4 * fabs (layer->sum) + 1e-9 * size);
      g_assert_true (fabs (layer->created) <= 1e-3 * size || layer->cause);
      if (conserves (layer) && fabs (layer->created) > 1e-4 * size && !strstr (layer->cause, "exactly zero"))
        g_error ("%s: %s: %s: %g becomes %g of %g", e->request, layer->name, layer->cause, layer->sum,
                 layer->left + layer->bias + layer->stabilizer, size);
    }
  g_assert_cmpfloat (fabs (lrp_tensor_sum (e->relevance) + bias + lrp_explanation_get_absorbed_by_stabilizer (e)
                           - created - e->expected),
                     <=, 1e-11 * largest);
}

/* Where relevance grows beyond what float numbers hold there is no map, and no account. */
static void
test_random (gconstpointer data)
{
  const LrpEntry *entry = data;
  g_autofree char *text = g_strdup_printf ("lrp:composite=%s%s", entry->name,
                                           lrp_entry_find_param (entry, "low") >= 0 ? ",low=-1,high=1" : "");
  guint done = 0;

  for (guint seed = 0; seed < 100; seed++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LrpNetwork) network = make_random (seed);
      g_autoptr (LrpTensor) input = nets_tensor (&LRP_SHAPE (2, 2, SIDE, SIDE), seed);
      g_autoptr (LrpRequest) request = lrp_request_new ();
      g_autoptr (LrpRun) run = lrp_run_new (network, &input->shape, &error);
      g_autoptr (LrpExplanation) e = NULL;
      g_assert_no_error (error);
      g_assert_true (lrp_request_set_method (request, text, &error));
      e = lrp_request_explain (request, run, input, NULL, &error);
      if (error)
        g_assert_error (error, LRP_ERROR, LRP_ERROR_NOT_FINITE);
      else
        check_account (network, e);
      done += e != NULL;
    }
  g_assert_cmpuint (done, >=, 90);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autofree char *path = g_strconcat ("/account/unit/", units[i].name, NULL);
      g_test_add_data_func (path, &units[i], test_unit);
    }
  for (guint i = 0; i < lrp_composites.n_rows; i++)
    {
      g_autoptr (LrpComposite) composite = lrp_composite_new (lrp_table_get (&lrp_composites, i)->name, NULL);
      g_autofree char *path = g_strconcat ("/account/composite/", composite->choice.entry->name, NULL);
      g_autofree char *graphs = g_strconcat ("/account/random/", composite->choice.entry->name, NULL);
      if (!lrp_composite_has_rules (composite))
        continue;
      g_test_add_data_func (path, composite->choice.entry, test_composite);
      if (lrp_composite_get_activation (composite) == LRP_ACTIVATION_PASS)
        g_test_add_data_func (graphs, composite->choice.entry, test_random);
    }
  g_test_add_func ("/account/slopes", test_slopes);
  g_test_add_func ("/account/padding", test_padding);
  return g_test_run ();
}
