/* SPDX-License-Identifier: GPL-3.0-or-later */
/* class-sensitivity.c: how alike the maps for other classes are: one that is always the same does not explain the
 * class [Sixt20] */
#include "config.h"

#include "lrp/metrics/class-sensitivity.h"

#include "lrp/base/stats.h"
#include "lrp/methods/doubt.h"
#include "lrp/metrics/call.h"
#include "lrp/metrics/rows.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* With less, a mean correlation above 0.95, it is said that the map hardly depends on the class. On the bundled
 * networks z-plus, excitation-backprop and deep-taylor have 0.001 to 0.10, and on most less than this; guided-backprop
 * 0.05 to 0.8; all others, the default among them, 0.10 and more; flat on a dense layer has 0. */
#define LEAST 0.05
/* Multiply-adds of forward passes that are spent unasked, about a third of a second of one core. */
#define CHEAP 4e9

/* |R| of each pixel of one sample, its channels summed before. */
static double *
dup_absolute (const LrpExplanation *e, guint sample, gsize *n)
{
  const LrpTensor *relevance = e->relevance;
  gsize size = relevance->count / e->n, channels = relevance->shape.rank >= 4 ? (gsize) relevance->shape.dims[1] : 1;
  double *pixels;

  *n = size / channels;
  pixels = g_new0 (double, *n);
  for (gsize i = 0; i < size; i++)
    pixels[i % *n] += (double) relevance->data[sample * size + i];
  for (gsize i = 0; i < *n; i++)
    pixels[i] = fabs (pixels[i]);
  return pixels;
}

/* Pearson's correlation. Two maps that are the same everywhere are alike; such a map is like no other. */
static double
correlate (const double *a, const double *b, gsize n)
{
  double mean_a = 0, mean_b = 0, aa = 0, bb = 0, ab = 0;

  for (gsize i = 0; i < n; i++)
    {
      mean_a += a[i] / (double) n;
      mean_b += b[i] / (double) n;
    }
  for (gsize i = 0; i < n; i++)
    {
      aa += (a[i] - mean_a) * (a[i] - mean_a);
      bb += (b[i] - mean_b) * (b[i] - mean_b);
      ab += (a[i] - mean_a) * (b[i] - mean_b);
    }
  if (aa <= 1e-12 * mean_a * mean_a * (double) n || bb <= 1e-12 * mean_b * mean_b * (double) n)
    return aa <= 1e-12 * mean_a * mean_a * (double) n && bb <= 1e-12 * mean_b * mean_b * (double) n ? 1 : 0;
  return ab / sqrt (aa * bb);
}

static double
compare (const LrpExplanation *a, const LrpExplanation *b, guint sample)
{
  gsize n;
  g_autofree double *x = dup_absolute (a, sample, &n), *y = dup_absolute (b, sample, &n);

  return correlate (x, y, n);
}

/* The classes from the strongest on, all samples together. */
static guint *
sort_classes (const LrpExplanation *e, guint n)
{
  g_autofree double *scores = g_new0 (double, n);

  for (gsize i = 0; i < e->scores->count; i++)
    scores[i % n] += (double) e->scores->data[i];
  return lrp_stats_sort (scores, n, TRUE);
}

/**
 * lrp_class_sensitivity_measure:
 * @request: how the explanation was made
 * @run: the network, compiled for the explanation's input
 * @explanation: what was made
 * @classes: how many other classes are asked about at most: of more, the strongest
 * @progress: (nullable) (scope call): told how far it is
 * @data: for @progress
 * @cancellable: (nullable): looked at between layers
 * @result: (out caller-allocates): what was found
 * @error: return location for an error, %G_IO_ERROR_CANCELLED among them
 *
 * Explains the same input for other classes, too, and finds how alike the maps are. The forward pass is shared.
 *
 * Returns: whether it was measured
 */
gboolean
lrp_class_sensitivity_measure (const LrpRequest *request, LrpRun *run, const LrpExplanation *explanation, guint classes,
                               LrpProgress progress, gpointer data, GCancellable *cancellable,
                               LrpClassSensitivity *result, GError **error)
{
  g_autoptr (LrpRequest) other = lrp_request_copy (request);
  guint n = lrp_network_n_classes (explanation->network), pairs = 0;
  g_autofree guint *order = sort_classes (explanation, n);
  double sum = 0;

  *result = (LrpClassSensitivity){ NAN, 0, n - 1 };
  /* Where classes are explained at the places that they win, each is at others. */
  if (!lrp_explanation_is_of_class (explanation) || request->target.against != LRP_TARGET_NONE
      || explanation->aim.winners)
    return TRUE;
  other->keep_layers = other->tries = FALSE;
  for (guint k = 0; k < n && result->n_asked < classes; k++)
    {
      g_autoptr (LrpExplanation) map = NULL;
      other->target.class_index = (int) order[k];
      if (explanation->n == 1 && order[k] == lrp_explanation_get_class (explanation, 0))
        continue;
      if (!(map = lrp_request_explain_more (other, run, explanation->input, NULL, NULL, cancellable, error)))
        return FALSE;
      for (guint i = 0; i < explanation->n; i++)
        if (order[k] != lrp_explanation_get_class (explanation, i))
          {
            sum += compare (explanation, map, i);
            pairs++;
          }
      result->n_asked++;
      if (progress)
        progress ((double) result->n_asked / MIN (classes, n - 1), data);
    }
  result->value = pairs > 0 ? 1 - sum / pairs : NAN;
  return TRUE;
}

/**
 * lrp_class_sensitivity_is_cheap:
 * @request: how the explanation was made
 * @explanation: what was made
 *
 * Returns: whether lrp_class_sensitivity_measure() takes no longer than people wait without noticing
 */
gboolean
lrp_class_sensitivity_is_cheap (const LrpRequest *request, const LrpExplanation *explanation)
{
  guint others = MIN (lrp_network_n_classes (explanation->network) - 1, LRP_CLASS_SENSITIVITY_CLASSES);
  double macs = 0;

  for (guint i = 0; i < explanation->network->layers->len; i++)
    macs += (double) lrp_network_layer_macs (explanation->network, i);
  return !((const LrpMethod *) request->method.entry)->explain && macs * others * explanation->n <= CHEAP;
}

/**
 * lrp_class_sensitivity_dup_warning:
 * @sensitivity: what was measured
 * @request: how the explanation was made
 * @explanation: what was made
 *
 * Returns: (transfer full) (nullable): a warning where the map hardly depends on the class
 */
LrpWarning *
lrp_class_sensitivity_dup_warning (const LrpClassSensitivity *sensitivity, const LrpRequest *request,
                                   const LrpExplanation *explanation)
{
  static const char *const others[] = { "auto", "epsilon-gamma-box", "epsilon", NULL };
  g_autoptr (LrpComposite) composite = lrp_method_dup_composite (&request->method, request->composite, NULL);
  g_autofree char *label = NULL;
  LrpWarning *warning;

  if (!(sensitivity->value < LEAST))
    return NULL;
  label = lrp_explanation_dup_target (explanation, 0);
  warning = lrp_doubt_warn_composite (
      &(LrpDoubt){ request, composite, NULL, explanation }, NULL,
      g_strdup_printf (_("About the same map for every class (mean correlation %.3f, with %u of %u others): it shows "
                          "what the network looks at, not why it says %s"),
                       1 - sensitivity->value, sensitivity->n_asked, sensitivity->n_others, label),
      others);
  warning->code = "same-for-every-class";
  return warning;
}

gboolean
lrp_metric_class_sensitivity (const LrpMetricCall *call, guint i, LrpMeasure *measure, GError **error)
{
  guint classes = (guint) lrp_choice_get (call->metric, "classes");
  LrpClassSensitivity result;

  if (!lrp_run_forward (call->run, call->explanations[i]->input, call->cancellable, error)
      || !lrp_class_sensitivity_measure (call->request, call->run, call->explanations[i], classes, NULL, NULL,
                                         call->cancellable, &result, error))
    return FALSE;
  measure->values[0] = result.value;
  return TRUE;
}
