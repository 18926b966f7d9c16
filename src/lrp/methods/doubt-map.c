/* SPDX-License-Identifier: GPL-3.0-or-later */
/* doubt-map.c: what speaks against a map is seen in the map itself */
#include "config.h"

#include "lrp/methods/doubt.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* --- empty -------------------------------------------------------------------------------------------------------- */

static gboolean
is_zero (const LrpTensor *tensor, guint sample, guint n)
{
  gsize size = tensor->count / n;

  for (gsize i = sample * size; i < (sample + 1) * size; i++)
    if (tensor->data[i] != 0)
      return FALSE;
  return TRUE;
}

/* Why there is nothing in the map of a sample. */
static const char *
empty_because (const LrpDoubt *doubt, guint sample)
{
  const LrpExplanation *e = doubt->explanation;
  const LrpMethod *method = (const LrpMethod *) doubt->request->method.entry;

  if (e->handed_down && e->expected == 0)
    return N_("what is explained is itself 0, so that there is nothing to hand down.");
  if (method->empty)
    return method->empty;
  if (is_zero (e->input, sample, e->n))
    return N_("the input is 0 everywhere.");
  return N_("what is explained does not change with the input here, as where all activations on the way are off.");
}

/* A map of zeros looks like the answer that nothing counts. */
LrpWarning *
lrp_doubt_empty (const LrpDoubt *doubt, double threshold)
{
  static const char *const others[] = { "auto", "epsilon", NULL };
  const LrpExplanation *e = doubt->explanation;

  for (guint i = 0; i < e->n && !doubt->request->layer; i++)
    if (is_zero (e->relevance, i, e->n))
      {
        char *text = g_strdup_printf (_("The map is 0 everywhere: %s"), _(empty_because (doubt, i)));
        return e->expected == 0 || e->score == 0 ? lrp_doubt_warn (NULL, text)
                                                 : lrp_doubt_warn_composite (doubt, NULL, text, others);
      }
  return NULL;
}

/* --- incomplete --------------------------------------------------------------------------------------------------- */

/* With how many times as many steps a map is tried at most. */
#define MOST_TIMES 32

/* How far a sum is off what it should be, as a share of that. */
static double
find_error (const LrpTensor *relevance, double expected)
{
  return fabs (lrp_tensor_sum (relevance) - expected) / fabs (expected);
}

/* Doubles the steps until the sum is right. Returns: the steps that did, or 0 where none of those tried. */
static double
try_more_steps (const LrpDoubt *doubt, LrpChoice method, int param, double threshold)
{
  const LrpMethod *row = (const LrpMethod *) method.entry;
  g_autoptr (LrpTensor) relevance = lrp_tensor_new (&doubt->explanation->relevance->shape, NULL);
  LrpMethodCall call = *doubt->call;
  double most = MIN (method.values[param] * MOST_TIMES, method.entry->params[param].max), expected = NAN;

  call.method = &method;
  call.progress = NULL;
  for (double *steps = &method.values[param]; relevance && *steps < most;)
    {
      *steps = MIN (2 * *steps, most);
      if (!row->explain (&call, relevance, &expected, NULL))
        return 0;
      if (find_error (relevance, expected) <= threshold)
        return *steps;
    }
  return 0;
}

/* More steps: as many as do, where the request lets them be tried. */
static LrpWarning *
warn_steps (const LrpDoubt *doubt, int param, double error, double threshold)
{
  LrpChoice method = doubt->request->method;
  double enough = doubt->request->tries ? try_more_steps (doubt, method, param, threshold) : 0;
  LrpWarning *warning;

  method.values[param] = MIN (enough > 0 ? enough : 4 * method.values[param], method.entry->params[param].max);
  warning = lrp_doubt_warn_method (
      NULL,
      g_strdup_printf (enough > 0
                           ? _("The sum of the map is %.0f %% off what it should be; with %.0f steps it is right")
                           : _("The sum of the map is %.0f %% off what it should be; more steps, as %.0f, come "
                                "closer"),
                       100 * error, method.values[param]),
      &method);
  g_free (warning->advice);
  /* Translators: of the way from a baseline to the input */
  warning->advice = g_strdup_printf (_("%.0f steps"), method.values[param]);
  return warning;
}

/* Threshold: by which share of it the sum misses what the method promises, which a method that works by rules accounts
 * for otherwise. */
LrpWarning *
lrp_doubt_incomplete (const LrpDoubt *doubt, double threshold)
{
  const LrpExplanation *e = doubt->explanation;
  int steps = lrp_entry_find_param (doubt->request->method.entry, "steps");
  double error = e->handed_down ? NAN : find_error (e->relevance, e->expected);

  if (!(error > threshold))
    return NULL;
  if (steps >= 0)
    return warn_steps (doubt, steps, error, threshold);
  return lrp_doubt_warn_gradients (
      doubt, NULL, g_strdup_printf (_("The sum of the map is %.0f %% off what it should be"), 100 * error));
}
