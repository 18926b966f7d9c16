/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-rule.c: every rule on every kind of linear layer, against the slow twin */
#include "nets.h"
#include "twin.h"

#include <math.h>

typedef struct
{
  const char *name;
  LrpShape in; /* rank 2: a dense layer */
  LrpShape weights;
  gint64 stride[2], dilation[2], pad_begin[2], pad_end[2], group; /* 0: as in LRP_WINDOW_INIT */
  gboolean transposed;
  gint64 output_padding[2];
} Geometry;

static const Geometry geometries[] = {
  { "dense", { 2, { 3, 20 } }, { 2, { 7, 20 } } },
  { "dense-one", { 2, { 1, 1 } }, { 2, { 1, 1 } } },
  { "dense-rows", { 3, { 2, 4, 6 } }, { 2, { 5, 6 } } },
  { "conv", { 4, { 2, 3, 7, 6 } }, { 4, { 5, 3, 3, 3 } } },
  { "conv-blocked", { 4, { 1, 32, 5, 5 } }, { 4, { 16, 32, 3, 3 } }, .pad_begin = { 1, 1 }, .pad_end = { 1, 1 } },
  { "stride", { 4, { 1, 2, 9, 8 } }, { 4, { 3, 2, 3, 3 } }, .stride = { 2, 3 } },
  { "padding", { 4, { 1, 2, 5, 5 } }, { 4, { 3, 2, 3, 3 } }, .pad_begin = { 1, 2 }, .pad_end = { 2, 0 } },
  { "groups", { 4, { 1, 4, 5, 5 } }, { 4, { 6, 2, 3, 3 } }, .group = 2, .pad_begin = { 1, 1 }, .pad_end = { 1, 1 } },
  { "depthwise",
    { 4, { 1, 16, 5, 5 } },
    { 4, { 16, 1, 3, 3 } },
    .group = 16,
    .pad_begin = { 1, 1 },
    .pad_end = { 1, 1 } },
  { "dilation",
    { 4, { 1, 2, 9, 9 } },
    { 4, { 3, 2, 3, 3 } },
    .dilation = { 2, 3 },
    .pad_begin = { 1, 1 },
    .pad_end = { 1, 1 } },
  { "one-by-one", { 4, { 1, 3, 4, 4 } }, { 4, { 4, 3, 1, 1 } } },
  { "one-channel", { 4, { 1, 1, 8, 8 } }, { 4, { 1, 1, 5, 5 } } },
  { "large-kernel", { 4, { 1, 2, 3, 3 } }, { 4, { 2, 2, 5, 5 } }, .pad_begin = { 2, 2 }, .pad_end = { 2, 2 } },
  { "transposed", { 4, { 2, 3, 4, 3 } }, { 4, { 3, 5, 3, 3 } }, .transposed = TRUE },
  { "transposed-blocked", { 4, { 1, 32, 4, 4 } }, { 4, { 32, 16, 2, 2 } }, .stride = { 2, 2 }, .transposed = TRUE },
  { "transposed-padding",
    { 4, { 1, 2, 4, 5 } },
    { 4, { 2, 3, 4, 3 } },
    .stride = { 2, 3 },
    .pad_begin = { 1, 2 },
    .pad_end = { 2, 0 },
    .transposed = TRUE,
    .output_padding = { 1, 2 } },
  { "transposed-groups",
    { 4, { 1, 4, 3, 3 } },
    { 4, { 4, 3, 3, 3 } },
    .group = 2,
    .stride = { 2, 1 },
    .pad_begin = { 1, 1 },
    .pad_end = { 1, 1 },
    .transposed = TRUE },
  { "transposed-depthwise",
    { 4, { 1, 16, 3, 3 } },
    { 4, { 16, 1, 3, 3 } },
    .group = 16,
    .stride = { 2, 2 },
    .transposed = TRUE },
  { "transposed-dilation",
    { 4, { 1, 2, 4, 4 } },
    { 4, { 2, 3, 3, 2 } },
    .dilation = { 2, 3 },
    .pad_begin = { 1, 2 },
    .pad_end = { 0, 1 },
    .transposed = TRUE },
  { "transposed-gaps", { 4, { 1, 2, 3, 3 } }, { 4, { 2, 3, 2, 1 } }, .stride = { 3, 2 }, .transposed = TRUE },
};

static const char *const rules[] = {
  "zero",
  "zero:bias=ignore",
  "epsilon",
  "epsilon:epsilon=0.25",
  "epsilon:epsilon=0",
  "epsilon:epsilon=0.1,scale=rms",
  "epsilon:bias=ignore",
  "gamma",
  "gamma:gamma=0",
  "gamma:gamma=10",
  "gamma:gamma=0.25,bias=ignore",
  "alpha-beta",
  "alpha-beta:alpha=1",
  "alpha-beta:alpha=3,beta=2",
  "alpha-beta:alpha=2,bias=ignore",
  "z-plus",
  "z-plus:bias=ignore",
  "w-square",
  "w-square:bias=ignore",
  "flat",
  "z-box:low=-1,high=1",
  "z-box:low=-1.5,high=2",
  "custom",
  "custom:pp=2,pn=0.5,np=-1,nn=0,b=0.5",
  "custom:pn=0,np=0",
  "custom:pp=0,pn=0,np=0,nn=0",
};

static const char *const inputs[] = { "mixed", "positive", "zero" };

typedef struct
{
  const Geometry *geometry;
  const char *rule;
  gboolean bias;
  guint input;
  gboolean zero_weights;
} Case;

static LrpWindow
make_window (const Geometry *g)
{
  LrpWindow window = LRP_WINDOW_INIT;

  for (guint i = 0; i < 2; i++)
    {
      window.stride[i] = MAX (g->stride[i], 1);
      window.dilation[i] = MAX (g->dilation[i], 1);
      window.pad_begin[i] = g->pad_begin[i];
      window.pad_end[i] = g->pad_end[i];
      window.output_padding[i] = g->output_padding[i];
    }
  window.group = MAX (g->group, 1);
  return window;
}

static LrpNetwork *
make_network (const Case *c)
{
  const Geometry *g = c->geometry;
  LrpWindow window = make_window (g);
  LrpNetwork *network = lrp_network_new ("one-layer", "input", &g->in);
  LrpLayer *layer = g->in.rank == 4 ? nets_conv (&g->weights, &window, c->bias, 21)
                                    : nets_dense (g->weights.dims[1], g->weights.dims[0], c->bias, 21);

  if (g->transposed)
    {
      layer->kind = LRP_OP_CONV_TRANSPOSE;
      lrp_tensor_unref (layer->bias);
      layer->bias = c->bias ? nets_tensor (&LRP_SHAPE (lrp_layer_n_outputs (layer)), 22) : NULL;
    }
  for (gsize i = 0; c->zero_weights && i < layer->weights->count; i++)
    layer->weights->data[i] = 0;
  nets_add (network, layer, -1);
  return network;
}

static LrpTensor *
make_input (const Case *c)
{
  LrpTensor *input = nets_tensor (&c->geometry->in, 33);

  for (gsize i = 0; i < input->count; i++)
    input->data[i] = c->input == 0 ? input->data[i] : c->input == 1 ? fabsf (input->data[i]) : 0;
  return input;
}

/* Largest difference over largest value: 2e-5, and float's rounding of a denominator whose parts cancel, which is as
 * many times larger as the parts are larger than the denominator. */
static void
compare (const double *want, const float *got, guint n, double condition, double *worst)
{
  double top = 1e-30, difference = 0;

  for (guint i = 0; i < n; i++)
    {
      g_assert_true (isfinite (got[i]));
      top = fmax (top, fabs (want[i]));
      difference = fmax (difference, fabs (want[i] - (double) got[i]));
    }
  *worst = fmax (*worst, difference / top);
  g_assert_cmpfloat (difference / top, <=, 2e-5 + 1e-6 * condition);
}

static void
check_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpNetwork) network = make_network (c);
  g_autoptr (LrpRun) run = lrp_run_new (network, &c->geometry->in, &error);
  g_autoptr (LrpTensor) input = make_input (c);
  g_autoptr (LrpComposite) composite = lrp_composite_new ("lrp-0", NULL);
  g_autofree char *override = g_strconcat ("*=", c->rule, NULL);
  const LrpShape *out = run ? lrp_run_get_shape (run, 1) : NULL;
  g_autoptr (LrpTensor) start = NULL;
  g_autoptr (LrpTensor) got = NULL;
  TwinLayer *twin;
  LrpChoice rule;
  guint samples = (guint) c->geometry->in.dims[0];
  double bias = 0, stabilizer = 0, unmatched = 0, arrived = 0, worst = 0, condition = 0;

  g_assert_no_error (error);
  start = nets_tensor (out, 55);
  g_assert_true (lrp_composite_add_override (composite, override, &error));
  g_assert_true (lrp_composite_get_rule (composite, network, 1, &rule, &error));
  g_assert_true (lrp_run_forward (run, input, NULL, &error));
  g_assert_true (
      lrp_run_pass_back (run, &(LrpPass){ composite, NULL, lrp_run_get_network (run)->output, start }, NULL, &error));
  g_assert_no_error (error);
  got = lrp_run_dup_relevance (run, 0, &error);
  twin = twin_layer_new (lrp_network_get_layer (network, 1), &c->geometry->in, out);
  for (guint n = 0; n < samples; n++)
    {
      g_autofree double *a = g_new (double, twin->n_in), *r = g_new (double, twin->n_out),
                        *want = g_new (double, twin->n_in);
      TwinAccount account;
      for (guint i = 0; i < twin->n_in; i++)
        a[i] = (double) input->data[n * twin->n_in + i];
      for (guint i = 0; i < twin->n_out; i++)
        arrived += r[i] = (double) start->data[n * twin->n_out + i];
      twin_relevance (twin, &rule, a, r, want, &account);
      bias += account.bias;
      stabilizer += account.stabilizer;
      unmatched += account.unmatched;
      condition = fmax (condition, account.condition);
      compare (want, got->data + n * twin->n_in, twin->n_in, account.condition, &worst);
    }
  /* The accounts: what arrived is what was handed on and absorbed, and the twin absorbs as much. They are rounded as
   * the shares are that they add up. */
  {
    const LrpFlow *flow = lrp_run_get_flow (run, 1);
    double scale = 1 + fabs (flow->left) + fabs (bias) + fabs (stabilizer) + fabs (unmatched);
    double rounding = fmax (1e-3, 2e-5 + 1e-6 * condition);
    g_assert_cmpfloat (fabs (flow->sum - arrived), <, 1e-5 * (1 + fabs (arrived)));
    g_assert_cmpfloat (fabs (flow->bias - bias), <, rounding * scale);
    g_assert_cmpfloat (fabs (flow->stabilizer - stabilizer), <, rounding * scale);
    g_assert_cmpfloat (fabs (flow->unmatched[0] + flow->unmatched[1] - unmatched), <, rounding * scale);
    g_assert_cmpfloat (fabs (flow->left - lrp_tensor_sum (got)), <, 1e-4 * scale);
    g_assert_cmpfloat (fabs (flow->sum - flow->left - flow->bias - flow->stabilizer - unmatched), <, rounding * scale);
  }
  g_test_message ("largest error %.2g, condition %.2g", worst, condition);
  twin_layer_free (twin);
}

static void
add_case (const Case *c)
{
  g_autofree char *path =
      g_strdup_printf ("/rule/%s/%s/%s/%s%s", c->rule, c->geometry->name, c->bias ? "bias" : "no-bias",
                       inputs[c->input], c->zero_weights ? "/zero-weights" : "");
  g_test_add_data_func_full (path, g_memdup2 (c, sizeof *c), check_case, g_free);
}

/* A composite that has a rule's parameter hands its value to the rule. */
static void
test_composite_parameters (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpNetwork) network = nets_lenet (TRUE);
  g_autoptr (LrpComposite) composite =
      lrp_composite_new ("epsilon-gamma-box:gamma=0.5,epsilon=0.01,low=-1,high=1", &error);
  LrpChoice rule;

  g_assert_no_error (error);
  g_assert_true (lrp_composite_get_rule (composite, network, 1, &rule, &error));
  g_assert_cmpstr (rule.entry->name, ==, "z-box");
  g_assert_cmpfloat (lrp_choice_get (&rule, "low"), ==, -1);
  g_assert_true (lrp_composite_get_rule (composite, network, 4, &rule, &error));
  g_assert_cmpstr (rule.entry->name, ==, "gamma");
  g_assert_cmpfloat (lrp_choice_get (&rule, "gamma"), ==, 0.5);
  g_assert_true (lrp_composite_get_rule (composite, network, 8, &rule, &error));
  g_assert_cmpstr (rule.entry->name, ==, "epsilon");
  g_assert_cmpfloat (lrp_choice_get (&rule, "epsilon"), ==, 0.01);
}

static void
test_alpha_beta_sum (void)
{
  g_autoptr (GError) error = NULL;
  LrpChoice rule;

  g_assert_true (lrp_choice_parse (&rule, &lrp_rules, "alpha-beta:alpha=3,beta=1", NULL));
  g_assert_false (lrp_rule_resolve (&rule, &error));
  g_assert_error (error, LRP_ERROR, LRP_ERROR_RANGE);
  g_assert_nonnull (strstr (error->message, "must be 1"));
  g_assert_true (lrp_choice_parse (&rule, &lrp_rules, "alpha-beta:alpha=3", NULL));
  g_assert_true (lrp_rule_resolve (&rule, NULL));
  g_assert_cmpfloat (lrp_choice_get (&rule, "beta"), ==, 2);
}

static void
test_negative_gamma (void)
{
  g_autoptr (GError) error = NULL;
  Case c = { &geometries[3], "gamma", FALSE, 0, FALSE };
  g_autoptr (LrpNetwork) network = make_network (&c);
  g_autoptr (LrpRun) run = lrp_run_new (network, &c.geometry->in, NULL);
  g_autoptr (LrpTensor) input = make_input (&c);
  g_autoptr (LrpTensor) start = nets_tensor (lrp_run_get_shape (run, 1), 55);
  g_autoptr (LrpComposite) composite = lrp_composite_new ("gamma:gamma=-0.9", NULL);

  g_assert_true (lrp_run_forward (run, input, NULL, NULL));
  g_assert_false (
      lrp_run_pass_back (run, &(LrpPass){ composite, NULL, lrp_run_get_network (run)->output, start }, NULL, &error));
  g_assert_error (error, LRP_ERROR, LRP_ERROR_RANGE);
  g_assert_nonnull (strstr (error->message, "conv: a negative gamma"));
}

static void
test_box_needs_range (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LrpNetwork) network = nets_lenet (FALSE);
  g_autoptr (LrpRun) run = lrp_run_new (network, &LRP_SHAPE (1, 2, 12, 12), NULL);
  g_autoptr (LrpTensor) input = nets_tensor (&LRP_SHAPE (1, 2, 12, 12), 3);
  g_autoptr (LrpTensor) start = nets_tensor (&LRP_SHAPE (1, 5), 4);
  g_autoptr (LrpComposite) composite = lrp_composite_new ("epsilon-gamma-box", NULL);

  g_assert_true (lrp_run_forward (run, input, NULL, NULL));
  g_assert_false (
      lrp_run_pass_back (run, &(LrpPass){ composite, NULL, lrp_run_get_network (run)->output, start }, NULL, &error));
  g_assert_error (error, LRP_ERROR, LRP_ERROR_RANGE);
  g_assert_nonnull (strstr (error->message, "z-box needs"));
  g_assert_nonnull (strstr (error->message, "low=… and high=…"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint r = 0; r < G_N_ELEMENTS (rules); r++)
    for (guint g = 0; g < G_N_ELEMENTS (geometries); g++)
      for (guint b = 0; b < 2; b++)
        for (guint i = 0; i < G_N_ELEMENTS (inputs); i++)
          add_case (&(Case){ &geometries[g], rules[r], b, i, FALSE });
  for (guint r = 0; r < G_N_ELEMENTS (rules); r++)
    for (guint b = 0; b < 2; b++)
      add_case (&(Case){ &geometries[3], rules[r], b, 0, TRUE });
  g_test_add_func ("/composite/parameters", test_composite_parameters);
  g_test_add_func ("/rule/alpha-beta/sum", test_alpha_beta_sum);
  g_test_add_func ("/rule/gamma/negative", test_negative_gamma);
  g_test_add_func ("/rule/z-box/range", test_box_needs_range);
  return g_test_run ();
}
