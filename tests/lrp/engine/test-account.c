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
      if (lrp_composite_has_rules (composite))
        g_test_add_data_func (path, composite->choice.entry, test_composite);
    }
  g_test_add_func ("/account/slopes", test_slopes);
  g_test_add_func ("/account/padding", test_padding);
  return g_test_run ();
}
