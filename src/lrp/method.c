/* SPDX-License-Identifier: GPL-3.0-or-later */
/* method.c: the method table */
#include "config.h"

#include "lrp/method.h"

#include "lrp/average.h"
#include "lrp/baseline.h"
#include "lrp/common-params.h"

#include <glib/gi18n-lib.h>

#define PARAM_BASELINE                                                                                                 \
  { "baseline", N_ ("What the input is compared with"), 0, 5, 0, 0, 5, FALSE, LRP_BASELINE_NAMES }
#define PARAM_SEED { "seed", N_ ("Another number, other noise"), 0, 4294967295.0, 1, 0, 100, FALSE, NULL }

static const LrpParam box_params[] = { LRP_PARAM_LOW, LRP_PARAM_HIGH, { 0 } };
static const LrpParam excitation_params[] = { LRP_PARAM_BIAS, { 0 } };
static const LrpParam taylor_params[] = {
  { "root", N_ ("The point at which the score is expanded"), 0, 2, 0, 0, 2, FALSE,
    (const char *const[]) { "zero", "nearest", "black", NULL } },
  { 0 },
};
static const LrpParam path_params[] = {
  { "steps", N_ ("At how many points of the way the gradient is taken"), 1, 4096, 64, 1, 256, FALSE, NULL },
  PARAM_BASELINE,
  { "rule", N_ ("How the points are placed and weighed"), 0, 2, 0, 0, 2, FALSE, LRP_QUADRATURE_NAMES },
  PARAM_SEED,
  { 0 },
};
static const LrpParam noise_params[] = {
  { "samples", N_ ("How many noisy copies"), 1, 4096, 32, 1, 128, FALSE, NULL },
  { "noise", N_ ("Standard deviation of the noise, as a share of the input’s range"), 0, 10, 0.15, 0, 0.5, FALSE, NULL },
  { "square", N_ ("Whether gradients are squared before they are averaged"), 0, 1, 0, 0, 1, FALSE,
    (const char *const[]) { "no", "yes", NULL } },
  PARAM_SEED,
  { 0 },
};

static gboolean
times_input (const LrpMethodCall *call, const LrpTensor *values, LrpTensor *relevance, GError **error)
{
  for (gsize i = 0; i < relevance->count; i++)
    relevance->data[i] *= values->data[i];
  return TRUE;
}

static gboolean
squared (const LrpMethodCall *call, const LrpTensor *values, LrpTensor *relevance, GError **error)
{
  for (gsize i = 0; i < relevance->count; i++)
    relevance->data[i] *= relevance->data[i];
  return TRUE;
}

/* The nearest point where the linearised score is 0, r = x - f g / |g|^2: (x - r) g = f g^2 / |g|^2. */
static void
expand_at_nearest (const LrpExplanation *e, LrpTensor *relevance)
{
  gsize size = relevance->count / e->n, classes = e->scores->count / e->n;

  for (guint n = 0; n < e->n; n++)
    {
      float *r = relevance->data + n * size;
      double score = (double) e->scores->data[n * classes + e->targets[n]], norm = 0;
      for (gsize i = 0; i < size; i++)
        norm += (double) r[i] * (double) r[i];
      for (gsize i = 0; i < size; i++)
        r[i] = norm > 0 ? (float) (score * (double) r[i] * (double) r[i] / norm) : 0;
    }
}

/* (x - r) g, r the root point [Bach15, Montavon17]. */
static gboolean
expand (const LrpMethodCall *call, const LrpTensor *values, LrpTensor *relevance, GError **error)
{
  guint root = (guint) lrp_choice_get (call->method, "root");
  g_autoptr (LrpTensor) black = NULL;

  if (root == 0)
    return times_input (call, values, relevance, error);
  if (root == 1)
    {
      expand_at_nearest (call->explanation, relevance);
      return TRUE;
    }
  black = lrp_baseline_new (LRP_BASELINE_BLACK, &call->explanation->network->input, values, 0, error);
  for (gsize i = 0; black && i < relevance->count; i++)
    relevance->data[i] *= values->data[i] - black->data[i];
  return black != NULL;
}

static const LrpMethod rows[] = {
  { { "lrp", N_ ("LRP"), N_ ("Layer-wise relevance propagation: hands the score down, layer by layer, by the rules of a composite"),
      "R_j = sum_k share_jk R_k  [Bach15]", NULL },
    .uses_composite = TRUE },
  { { "gradient", N_ ("Gradient"), N_ ("How much the score changes when a pixel does"), "R = df / dx  [Simonyan13]", NULL },
    .start_one = TRUE },
  { { "gradient-x-input", N_ ("Gradient × input"), N_ ("The gradient times the pixel’s value"), "R = x df / dx  [Shrikumar16]", NULL },
    .start_one = TRUE,
    .finish = times_input },
  { { "sensitivity", N_ ("Sensitivity"), N_ ("The squared gradient: where the score is easily changed, whichever way"),
      "R = (df / dx)^2  [Simonyan13, Montavon18]", NULL },
    .start_one = TRUE,
    .finish = squared },
  { { "simple-taylor", N_ ("Simple Taylor"), N_ ("The first terms of the score’s Taylor expansion at a root point"),
      "R = (x - r) df / dx  [Bach15, Montavon17]", taylor_params },
    .start_one = TRUE,
    .finish = expand },
  { { "deep-taylor", N_ ("Deep Taylor"), N_ ("A Taylor expansion in every layer: z⁺ everywhere, zᴮ at bounded pixels"),
      "z-box or w-square | z-plus  [Montavon17]", box_params },
    .composite = "deep-taylor" },
  { { "integrated-gradients", N_ ("Integrated gradients"), N_ ("The mean gradient on the way from a baseline, times the way"),
      "R = (x - x0) mean of df / dx from x0 to x  [Sundararajan17]", path_params },
    .start_one = TRUE,
    .average = lrp_average_path },
  { { "smoothgrad", N_ ("SmoothGrad"), N_ ("The mean gradient of noisy copies of the input"), "R = mean of df / dx at x + noise  [Smilkov17]",
      noise_params },
    .start_one = TRUE,
    .average = lrp_average_noise },
  { { "guided-backprop", N_ ("Guided backprop"), N_ ("The gradient, but only positive ones through active ReLUs"),
      "R_j = (x_j > 0) max (R_k, 0) at ReLU  [Springenberg15]", NULL },
    .composite = "guided-backprop",
    .start_one = TRUE },
  { { "deconvnet", N_ ("Deconvnet"), N_ ("The gradient, but only positive ones through ReLUs"), "R_j = max (R_k, 0) at ReLU  [Zeiler14]", NULL },
    .composite = "deconvnet",
    .start_one = TRUE },
  { { "excitation-backprop", N_ ("Excitation backprop"), N_ ("Which neurons’ excitations win, as probabilities"), "z-plus  [Zhang16]",
      excitation_params },
    .composite = "excitation-backprop",
    .start_one = TRUE },
};

const LrpTable lrp_methods = { "method", rows, sizeof *rows, G_N_ELEMENTS (rows) };

/**
 * lrp_method_dup_composite:
 * @method: a method and its parameters
 * @requested: the request's composite
 * @error: return location for an error
 *
 * Finds the composite by which a method works. A method that is another name for a composite hands its parameters on.
 *
 * Returns: (transfer full) (nullable): the composite; %NULL without an error for methods that take the gradient
 */
LrpComposite *
lrp_method_dup_composite (const LrpChoice *method, const LrpComposite *requested, GError **error)
{
  const LrpMethod *row = (const LrpMethod *) method->entry;
  LrpComposite *composite;

  if (row->uses_composite)
    return lrp_composite_copy (requested);
  if (!row->composite)
    return NULL;
  composite = lrp_composite_new (row->composite, error);
  for (guint i = 0; composite && i < lrp_entry_n_params (&row->entry); i++)
    {
      int j = lrp_entry_find_param (composite->choice.entry, row->entry.params[i].name);
      g_assert (j >= 0);
      composite->choice.values[j] = method->values[i];
    }
  return composite;
}
