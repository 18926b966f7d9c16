/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-alone.c: the map of a sample does not depend on what else is in its batch, whatever the method or composite */
#include "nets.h"

#include <math.h>
#include <string.h>

#define SAMPLES 3

/* Gates, normalisations, products and sums of branches, none of which looks beyond its sample. */
static LrpNetwork *
make_mixed (gboolean bias)
{
  LrpNetwork *network = lrp_network_new ("mixed", "input", &LRP_SHAPE (1, 2, 12, 12));
  LrpLayer *layer;
  guint trunk, gate, gated;

  nets_add (network, nets_conv (&LRP_SHAPE (4, 2, 3, 3), &(LrpWindow) LRP_WINDOW_INIT, bias, 41), -1);
  layer = lrp_layer_new (LRP_OP_GROUP_NORM, NULL);
  layer->norm = (LrpNorm){ .epsilon = 1e-5, .groups = 2 };
  layer->weights = nets_tensor (&LRP_SHAPE (4), 42);
  layer->bias = nets_tensor (&LRP_SHAPE (4), 43);
  nets_add (network, layer, -1);
  trunk = nets_add (network, lrp_layer_new (LRP_OP_GELU, NULL), -1);
  nets_add (network, nets_conv (&LRP_SHAPE (4, 4, 1, 1), &(LrpWindow) LRP_WINDOW_INIT, bias, 44), -1);
  gate = nets_add (network, lrp_layer_new (LRP_OP_SIGMOID, NULL), -1);
  layer = lrp_layer_new (LRP_OP_PRODUCT, NULL);
  lrp_layer_set_inputs (layer, (guint[]){ trunk, gate }, 2);
  gated = nets_add (network, layer, -1);
  layer = lrp_layer_new (LRP_OP_LOCAL_RESPONSE, NULL);
  layer->response = (LrpResponse){ 3, FALSE, 1, 0.75, 1 };
  nets_add (network, layer, (int) gated);
  layer = lrp_layer_new (LRP_OP_SUM, NULL);
  lrp_layer_set_inputs (layer, (guint[]){ trunk, gated + 1 }, 2);
  nets_add (network, layer, -1);
  layer = lrp_layer_new (LRP_OP_SUM_POOL, NULL);
  for (guint i = 0; i < 2; i++)
    layer->window.kernel[i] = layer->window.stride[i] = 5;
  nets_add (network, layer, -1);
  layer = lrp_layer_new (LRP_OP_FLATTEN, NULL);
  layer->axis = 1;
  nets_add (network, layer, -1);
  nets_add (network, nets_dense (4 * 2 * 2, 5, bias, 45), -1);
  return network;
}

static LrpLayer *
reshape (const LrpShape *target)
{
  LrpLayer *layer = lrp_layer_new (LRP_OP_RESHAPE, NULL);

  layer->target = *target;
  return layer;
}

static LrpLayer *
swap_first (void)
{
  LrpLayer *layer = lrp_layer_new (LRP_OP_TRANSPOSE, NULL);

  layer->perm[0] = 1;
  layer->perm[1] = 0;
  layer->perm[2] = 2;
  return layer;
}

/* Steps in time stand before the samples, then both count as one axis. */
static LrpNetwork *
make_sequence (gboolean bias)
{
  LrpNetwork *network = lrp_network_new ("sequence", "input", &LRP_SHAPE (1, 2, 12, 12));

  nets_add (network, reshape (&LRP_SHAPE (-1, 12, 24)), -1);
  nets_add (network, swap_first (), -1);
  nets_add (network, nets_dense (24, 10, bias, 51), -1);
  nets_add (network, lrp_layer_new (LRP_OP_RELU, NULL), -1);
  nets_add (network, reshape (&LRP_SHAPE (-1, 10)), -1);
  nets_add (network, nets_dense (10, 7, bias, 53), -1);
  nets_add (network, lrp_layer_new (LRP_OP_TANH, NULL), -1);
  nets_add (network, reshape (&LRP_SHAPE (12, -1, 7)), -1);
  nets_add (network, swap_first (), -1);
  nets_add (network, reshape (&LRP_SHAPE (-1, 84)), -1);
  nets_add (network, nets_dense (84, 5, bias, 55), -1);
  return network;
}

/* Samples of very different range and sign. */
static LrpTensor *
make_batch (void)
{
  LrpTensor *batch = nets_tensor (&LRP_SHAPE (SAMPLES, 2, 12, 12), 61);
  gsize size = batch->count / SAMPLES;

  for (gsize i = 0; i < size; i++)
    {
      batch->data[i] = fabsf (batch->data[i]) / 10;
      batch->data[2 * size + i] *= 8;
    }
  return batch;
}

static LrpTensor *
dup_sample (const LrpTensor *batch, guint n)
{
  gsize size = batch->count / SAMPLES;

  return lrp_tensor_new_copy (&LRP_SHAPE (1, 2, 12, 12), batch->data + n * size, NULL);
}

/* NULL with an error where the method does not suit the network. */
static LrpExplanation *
explain (LrpNetwork *network, const char *method, LrpTensor *input, GError **error)
{
  g_autoptr (LrpRequest) request = lrp_request_new ();
  g_autoptr (LrpRun) run = lrp_run_new (network, &input->shape, error);

  g_assert_nonnull (run);
  g_assert_true (lrp_request_set_method (request, method, error));
  return lrp_request_explain (request, run, input, NULL, error);
}

static void
check (LrpNetwork *network, const char *method)
{
  g_autoptr (LrpTensor) batch = make_batch ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpExplanation) all = explain (network, method, batch, &error);

  g_assert_no_error (error);
  for (guint n = 0; n < SAMPLES; n++)
    {
      g_autoptr (LrpTensor) one = dup_sample (batch, n), part = dup_sample (all->relevance, n);
      g_autoptr (LrpExplanation) alone = explain (network, method, one, &error);
      double top = 0, difference = 0;
      g_assert_no_error (error);
      for (gsize i = 0; i < part->count; i++)
        {
          top = fmax (top, fabs ((double) part->data[i]));
          difference = fmax (difference, fabs ((double) part->data[i] - (double) alone->relevance->data[i]));
        }
      g_assert_cmpfloat (top, >, 0);
      if (difference > 1e-6 * top)
        g_error ("%s, %s: sample %u differs by %g of its largest value", network->name, method, n, difference / top);
    }
}

/* What the parameters of methods may be, beside their defaults. */
static const char *const variants[] = {
  "integrated-gradients:steps=8,baseline=noise",
  "integrated-gradients:steps=8,baseline=mean",
  "integrated-gradients:steps=8,baseline=blur",
  "smoothgrad:samples=17",
  "smoothgrad:samples=4,square=yes,noise=0.5",
  "simple-taylor:root=nearest",
  "deeplift:baseline=noise",
  "deeplift:baseline=zero",
  "deeplift:baseline=mean",
  "occlusion:baseline=noise",
  "occlusion:baseline=blur",
  "lrp:composite=epsilon,epsilon=0.5,scale=rms",
  "lrp:composite=epsilon,epsilon=0.5",
  "lrp:composite=epsilon-plus,max-pool=average",
  "lrp:composite=epsilon-plus,bias=ignore",
};

static const struct
{
  const char *name;
  LrpNetwork *(*make) (gboolean bias);
} nets[] = {
  { "lenet", nets_lenet }, { "branches", nets_branches }, { "mixed", make_mixed }, { "sequence", make_sequence }
};

static gboolean
has_maps (const LrpNetwork *network)
{
  for (guint i = 0; i < network->layers->len; i++)
    if (lrp_network_get_layer (network, i)->kind == LRP_OP_CONV)
      return TRUE;
  return FALSE;
}

static void
test_methods (gconstpointer data)
{
  g_autoptr (LrpNetwork) network = nets[GPOINTER_TO_UINT (data)].make (TRUE);

  for (guint i = 0; i < lrp_methods.n_rows; i++)
    {
      const LrpEntry *method = lrp_table_get (&lrp_methods, i);
      gboolean baseline = lrp_entry_find_param (method, "baseline") >= 0,
               low = lrp_entry_find_param (method, "low") >= 0;
      g_autofree char *text = g_strconcat (method->name,
                                           baseline ? ":baseline=zero"
                                           : low    ? ":low=-1,high=1"
                                                    : "",
                                           NULL);
      if (has_maps (network) || !strstr (method->name, "grad-cam"))
        check (network, text);
    }
  for (guint i = 0; i < G_N_ELEMENTS (variants); i++)
    check (network, variants[i]);
}

static void
test_composites (gconstpointer data)
{
  g_autoptr (LrpNetwork) network = nets[GPOINTER_TO_UINT (data)].make (TRUE);

  for (guint i = 0; i < lrp_composites.n_rows; i++)
    {
      const LrpEntry *composite = lrp_table_get (&lrp_composites, i);
      g_autofree char *text = g_strconcat ("lrp:composite=", composite->name,
                                           lrp_entry_find_param (composite, "low") >= 0 ? ",low=-1,high=1" : "", NULL);
      check (network, text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (nets); i++)
    {
      g_autofree char *methods = g_strconcat ("/alone/methods/", nets[i].name, NULL);
      g_autofree char *composites = g_strconcat ("/alone/composites/", nets[i].name, NULL);
      g_test_add_data_func (methods, GUINT_TO_POINTER (i), test_methods);
      g_test_add_data_func (composites, GUINT_TO_POINTER (i), test_composites);
    }
  return g_test_run ();
}
