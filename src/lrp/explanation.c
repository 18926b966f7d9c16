/* SPDX-License-Identifier: GPL-3.0-or-later */
/* explanation.c: the immutable result */
#include "config.h"

#include "lrp/explanation.h"

/**
 * lrp_explanation_ref:
 * @explanation: an explanation
 *
 * Returns: (transfer full): @explanation
 */
LrpExplanation *
lrp_explanation_ref (LrpExplanation *explanation)
{
  g_atomic_ref_count_inc (&explanation->ref_count);
  return explanation;
}

/**
 * lrp_explanation_unref:
 * @explanation: (transfer full) (nullable): an explanation
 */
void
lrp_explanation_unref (LrpExplanation *explanation)
{
  if (!explanation || !g_atomic_ref_count_dec (&explanation->ref_count))
    return;
  for (guint i = 0; i < explanation->n_layers; i++)
    {
      g_free (explanation->layers[i].name);
      g_free (explanation->layers[i].rule);
      lrp_tensor_unref (explanation->layers[i].relevance);
    }
  g_free (explanation->layers);
  g_free (explanation->request);
  g_free (explanation->targets);
  lrp_tensor_unref (explanation->input);
  lrp_tensor_unref (explanation->scores);
  lrp_tensor_unref (explanation->probabilities);
  lrp_tensor_unref (explanation->relevance);
  lrp_network_unref (explanation->network);
  g_free (explanation);
}

/**
 * lrp_explanation_get_score:
 * @explanation: an explanation
 *
 * Returns: the targets' scores, summed over the batch: what relevance adds up to where nothing is absorbed, with
 *   start=logit
 */
double
lrp_explanation_get_score (const LrpExplanation *explanation)
{
  gsize classes = explanation->scores->count / explanation->n;
  double sum = 0;

  for (guint i = 0; i < explanation->n; i++)
    sum += (double) explanation->scores->data[i * classes + explanation->targets[i]];
  return sum;
}

/**
 * lrp_explanation_get_absorbed_by_bias:
 * @explanation: an explanation
 *
 * Returns: the relevance that biases absorbed, in all layers together
 */
double
lrp_explanation_get_absorbed_by_bias (const LrpExplanation *explanation)
{
  double sum = 0;

  for (guint i = 0; i < explanation->n_layers; i++)
    sum += explanation->layers[i].bias;
  return sum;
}

/**
 * lrp_explanation_get_absorbed_by_stabilizer:
 * @explanation: an explanation
 *
 * Returns: the relevance that the stabiliser absorbed, in all layers together
 */
double
lrp_explanation_get_absorbed_by_stabilizer (const LrpExplanation *explanation)
{
  double sum = 0;

  for (guint i = 0; i < explanation->n_layers; i++)
    sum += explanation->layers[i].stabilizer;
  return sum;
}
