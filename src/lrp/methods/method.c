/* SPDX-License-Identifier: GPL-3.0-or-later */
/* method.c: the method table */
#include "config.h"

#include "lrp/methods/method.h"

#include "lrp/methods/baseline.h"
#include "lrp/methods/call.h"
#include "lrp/methods/own-ways.h"
#include "lrp/rules/common-params.h"

#include <glib/gi18n-lib.h>

#define PARAM_BASELINE                                                                                                 \
  {                                                                                                                    \
    "baseline", N_("What the input is compared with"), 0, 5, 0, 0, 5, FALSE, LRP_BASELINE_NAMES                       \
  }
#define PARAM_SEED                                                                                                     \
  {                                                                                                                    \
    "seed", N_("Another number, other noise"), 0, 4294967295.0, 1, 0, 100, FALSE, NULL                                \
  }

static const LrpParam box_params[] = { LRP_PARAM_LOW, LRP_PARAM_HIGH, { 0 } };
static const LrpParam excitation_params[] = { LRP_PARAM_BIAS, { 0 } };
static const LrpParam taylor_params[] = {
  { "root", N_("The point at which the score is expanded"), 0, 2, 0, 0, 2, FALSE,
    (const char *const[]){ "zero", "nearest", "black", NULL } },
  { 0 },
};
static const LrpParam path_params[] = {
  { "steps", N_("At how many points of the way the gradient is taken"), 1, 4096, 64, 1, 256, FALSE, NULL },
  PARAM_BASELINE,
  { "rule", N_("How the points are placed and weighed"), 0, 2, 0, 0, 2, FALSE, LRP_QUADRATURE_NAMES },
  PARAM_SEED,
  { 0 },
};
static const LrpParam noise_params[] = {
  { "samples", N_("How many noisy copies"), 1, 4096, 32, 1, 128, FALSE, NULL },
  { "noise", N_("Standard deviation of the noise, as a share of the input’s range"), 0, 10, 0.15, 0, 0.5, FALSE,
    NULL },
  { "square", N_("Whether gradients are squared before they are averaged"), 0, 1, 0, 0, 1, FALSE,
    (const char *const[]){ "no", "yes", NULL } },
  PARAM_SEED,
  { 0 },
};

static const LrpParam smooth_params[] = { LRP_PARAM_SMOOTHNESS, { 0 } };
static const LrpParam baseline_params[] = { PARAM_BASELINE, PARAM_SEED, { 0 } };
static const LrpParam cam_params[] = {
  { "layer", N_("The layer whose channels are weighed; the last convolution, with its activation, unless given"), 0, 0,
    0, 0, 0, FALSE, NULL, N_("Layer"), TRUE },
  { 0 },
};
static const LrpParam occlusion_params[] = {
  { "window", N_("Side of the window, in pixels; 0: a fourteenth of the picture’s, at least 3"), 0, 4096, 0, 0, 32,
    FALSE, NULL },
  { "stride", N_("How far the window moves on, in pixels; 0: half its side"), 0, 4096, 0, 0, 32, FALSE, NULL },
  PARAM_BASELINE,
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

/* Around x the score is about f + (r - x) g; the nearest r where that is 0 is x - f g / |g|^2, and with it
 * (x - r) g = f g^2 / |g|^2. */
static gboolean
expand_at_nearest (const LrpMethodCall *call, LrpTensor *relevance, GError **error)
{
  const LrpExplanation *e = call->explanation;
  gsize size = relevance->count / e->n;
  g_autofree double *scores = g_new (double, e->n);

  if (!lrp_aim_scores (call->aim, call->run, -1, scores, error))
    return FALSE;

  for (guint n = 0; n < e->n; n++)
    {
      float *r = relevance->data + n * size;
      double score = scores[n], norm = 0;
      for (gsize i = 0; i < size; i++)
        norm += (double) r[i] * (double) r[i];
      for (gsize i = 0; i < size; i++)
        r[i] = norm > 0 ? (float) (score * (double) r[i] * (double) r[i] / norm) : 0;
    }
  return TRUE;
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
    return expand_at_nearest (call, relevance, error);
  black = lrp_baseline_new (LRP_BASELINE_BLACK, &call->explanation->network->input, values, 0, error);
  for (gsize i = 0; black && i < relevance->count; i++)
    relevance->data[i] *= values->data[i] - black->data[i];
  return black != NULL;
}

/* Why a map is empty that leaves out what speaks against the score. */
#define EMPTY_POSITIVE N_("no positive gradient comes through; the method leaves out what lowers the score.")
#define EMPTY_CAM      N_("no channel is both active and raises the score; Grad-CAM leaves out what lowers it.")

static const LrpMethod rows[] = {
  { { "lrp", N_("LRP"),
      N_("Layer-wise relevance propagation: hands the score down, layer by layer, by the rules of a composite"),
      "R_j = sum_k share_jk R_k  [Bach15]", NULL },
    .uses_composite = TRUE },
  { { "gradient", N_("Gradient"), N_("How much the score changes when a pixel does"), "R = df / dx  [Simonyan13]",
      NULL },
    .start_one = TRUE },
  { { "gradient-x-input", N_("Gradient × input"), N_("The gradient times the pixel’s value"),
      "R = x df / dx  [Shrikumar16]", NULL },
    .start_one = TRUE,
    .finish = times_input },
  { { "sensitivity", N_("Sensitivity"), N_("The squared gradient: where the score is easily changed, whichever way"),
      "R = (df / dx)^2  [Simonyan13, Montavon18]", NULL },
    .start_one = TRUE,
    .finish = squared },
  { { "simple-taylor", N_("Simple Taylor"), N_("The first terms of the score’s Taylor expansion at a root point"),
      "R = (x - r) df / dx  [Bach15, Montavon17]", taylor_params },
    .start_one = TRUE,
    .finish = expand },
  { { "deep-taylor", N_("Deep Taylor"), N_("A Taylor expansion in every layer: z⁺ everywhere, zᴮ at bounded pixels"),
      "z-box or w-square | z-plus  [Montavon17]", box_params },
    .composite = "deep-taylor" },
  { { "integrated-gradients", N_("Integrated gradients"),
      N_("The mean gradient on the way from a baseline, times the way"),
      "R = (x - x0) mean of df / dx from x0 to x  [Sundararajan17]", path_params },
    .start_one = TRUE,
    .explain = lrp_average_path },
  { { "smoothgrad", N_("SmoothGrad"), N_("The mean gradient of noisy copies of the input"),
      "R = mean of df / dx at x + noise  [Smilkov17]", noise_params },
    .start_one = TRUE,
    .explain = lrp_average_noise },
  { { "guided-backprop", N_("Guided backprop"), N_("The gradient, but only positive ones through active ReLUs"),
      "R_j = (x_j > 0) max (R_k, 0) at ReLU  [Springenberg15]", NULL },
    .composite = "guided-backprop",
    .start_one = TRUE,
    .empty = EMPTY_POSITIVE },
  { { "deconvnet", N_("Deconvnet"), N_("The gradient, but only positive ones through ReLUs"),
      "R_j = max (R_k, 0) at ReLU  [Zeiler14]", NULL },
    .composite = "deconvnet",
    .start_one = TRUE,
    .empty = EMPTY_POSITIVE },
  { { "beta-smooth", N_("β-smooth"), N_("The gradient, with ReLUs as smooth as softplus on the way back"),
      "R_j = sigmoid (beta x_j) R_k at ReLU  [Dombrowski19]", smooth_params },
    .composite = "beta-smooth",
    .start_one = TRUE },
  { { "deeplift", N_("DeepLIFT"), N_("Each layer’s slope between the input and a baseline, times their difference"),
      "R = (x - x0) m, m = (y - y0) / (x - x0) at activations  [Shrikumar17]", baseline_params },
    .start_one = TRUE,
    .explain = lrp_deeplift },
  { { "grad-cam", N_("Grad-CAM"), N_("Where the channels of a late layer that raise the score are active"),
      "R = max (sum_c mean (df / da_c) a_c, 0), enlarged  [Selvaraju17]", cam_params },
    .start_one = TRUE,
    .empty = EMPTY_CAM,
    .explain = lrp_grad_cam },
  { { "guided-grad-cam", N_("Guided Grad-CAM"), N_("Guided backprop where Grad-CAM looks"),
      "guided-backprop x grad-cam  [Selvaraju17]", cam_params },
    .start_one = TRUE,
    .empty = EMPTY_CAM,
    .explain = lrp_guided_grad_cam },
  { { "occlusion", N_("Occlusion"), N_("How much the score falls when a window of the picture is covered"),
      "R = mean of (f (x) - f (x covered)) / size of the window  [Zeiler14]", occlusion_params },
    .start_one = TRUE,
    .explain = lrp_occlusion },
  { { "excitation-backprop", N_("Excitation backprop"), N_("Which neurons’ excitations win, as probabilities"),
      "z-plus  [Zhang16]", excitation_params },
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
