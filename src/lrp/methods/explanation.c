/* SPDX-License-Identifier: GPL-3.0-or-later */
/* explanation.c: why a network decided as it did, and what of that is asked most */
#include "config.h"

#include "lrp/methods/explanation.h"

#include <glib/gi18n-lib.h>

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
      lrp_tensor_unref (explanation->layers[i].activation);
      lrp_tensor_unref (explanation->layers[i].relevance);
    }
  g_free (explanation->layers);
  g_clear_pointer (&explanation->warnings, g_ptr_array_unref);
  g_free (explanation->request);
  lrp_aim_clear (&explanation->aim);
  lrp_tensor_unref (explanation->input);
  lrp_tensor_unref (explanation->scores);
  lrp_tensor_unref (explanation->probabilities);
  lrp_tensor_unref (explanation->relevance);
  lrp_network_unref (explanation->network);
  g_free (explanation);
}

/**
 * lrp_explanation_is_of_class:
 * @explanation: an explanation
 *
 * Returns: whether one class is explained of each sample, alone or compared with another; else it is all of them
 *   together, or a part of a layer
 */
gboolean
lrp_explanation_is_of_class (const LrpExplanation *explanation)
{
  return !lrp_explanation_is_of_unit (explanation) && explanation->aim.target.class_index != LRP_TARGET_ALL;
}

/**
 * lrp_explanation_is_of_unit:
 * @explanation: an explanation
 *
 * Returns: whether a part of a layer is explained, and no class
 */
gboolean
lrp_explanation_is_of_unit (const LrpExplanation *explanation)
{
  return explanation->aim.target.unit != NULL;
}

/**
 * lrp_explanation_get_class:
 * @explanation: an explanation
 * @sample: a sample of the batch
 *
 * Returns: the class that is explained; the top class where no single class is
 */
guint
lrp_explanation_get_class (const LrpExplanation *explanation, guint sample)
{
  return (guint) explanation->aim.classes[sample];
}

/**
 * lrp_explanation_get_against:
 * @explanation: an explanation
 * @sample: a sample of the batch
 *
 * Returns: the class that it is compared with; -1 where it is not
 */
int
lrp_explanation_get_against (const LrpExplanation *explanation, guint sample)
{
  return explanation->aim.against[sample];
}

static double
get_of_class (const LrpTensor *numbers, const LrpExplanation *explanation, guint sample)
{
  gsize classes = numbers->count / explanation->n;

  return (double) numbers->data[sample * classes + lrp_explanation_get_class (explanation, sample)];
}

/**
 * lrp_explanation_get_probability:
 * @explanation: an explanation
 * @sample: a sample of the batch
 *
 * Returns: the probability of the class that lrp_explanation_get_class() gives; NaN where there are no probabilities
 */
double
lrp_explanation_get_probability (const LrpExplanation *explanation, guint sample)
{
  return get_of_class (explanation->probabilities, explanation, sample);
}

/**
 * lrp_explanation_get_class_score:
 * @explanation: an explanation
 * @sample: a sample of the batch
 *
 * Returns: the score of the class that lrp_explanation_get_class() gives
 */
double
lrp_explanation_get_class_score (const LrpExplanation *explanation, guint sample)
{
  return get_of_class (explanation->scores, explanation, sample);
}

/* "3", "3 at 20,14", "3 where it wins". */
static char *
dup_class_and_place (const LrpExplanation *explanation, guint sample)
{
  const char *place = explanation->aim.target.place;
  g_autofree char *label =
      lrp_explanation_is_of_class (explanation)
          ? lrp_network_dup_label (explanation->network, lrp_explanation_get_class (explanation, sample))
          : g_strdup (_("all classes"));

  if (!place)
    return g_steal_pointer (&label);
  if (explanation->aim.winners)
    return g_strdup_printf (
        lrp_explanation_is_of_class (explanation) ? _("%s where it wins") : _("%s where each wins"), label);
  /* Translators: a class, and the place whose score is explained, as "20,14" */
  return g_strdup_printf (_("%s at %s"), label, place);
}

/**
 * lrp_explanation_dup_target:
 * @explanation: an explanation
 * @sample: a sample of the batch
 *
 * Returns: (transfer full): what is explained, for people: a label, "3 rather than 8", "3 at 20,14", "all classes", or
 *   a unit
 */
char *
lrp_explanation_dup_target (const LrpExplanation *explanation, guint sample)
{
  int against = lrp_explanation_get_against (explanation, sample);
  g_autofree char *what = NULL, *other = NULL;

  if (lrp_explanation_is_of_unit (explanation))
    return g_strdup (explanation->aim.target.unit);
  what = dup_class_and_place (explanation, sample);
  if (against < 0)
    return g_steal_pointer (&what);
  other = lrp_network_dup_label (explanation->network, (guint) against);
  /* Translators: a class and the class it is compared with, as in “why 3 rather than 8” */
  return g_strdup_printf (_("%s rather than %s"), what, other);
}

/* The sum of one number over all layers. */
static double
total (const LrpExplanation *explanation, gsize offset)
{
  double sum = 0;

  for (guint i = 0; i < explanation->n_layers; i++)
    sum += G_STRUCT_MEMBER (double, &explanation->layers[i], offset);
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
  return total (explanation, G_STRUCT_OFFSET (LrpLayerSum, bias));
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
  return total (explanation, G_STRUCT_OFFSET (LrpLayerSum, stabilizer));
}

/**
 * lrp_explanation_get_created:
 * @explanation: an explanation
 *
 * Returns: the relevance that rules made out of nothing (negative: let vanish), in all layers together
 */
double
lrp_explanation_get_created (const LrpExplanation *explanation)
{
  return total (explanation, G_STRUCT_OFFSET (LrpLayerSum, created));
}
