/* SPDX-License-Identifier: GPL-3.0-or-later */
/* doubt-layers.c: what the account of the layers says against a map that rules made */
#include "config.h"

#include "lrp/methods/doubt.h"

#include "lrp/net/op-row.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* All relevance at a layer's output, whatever its sign. */
static double
amount (const LrpLayerSum *layer)
{
  return layer->positive - layer->negative;
}

/* What relevance started as, whatever its sign; 0 where nothing was handed down by rules. */
static double
amount_at_start (const LrpExplanation *explanation)
{
  if (!explanation->handed_down)
    return 0;
  for (guint i = explanation->n_layers; i-- > 0;)
    if (amount (&explanation->layers[i]) > 0)
      return amount (&explanation->layers[i]);
  return 0;
}

/* --- cancellation ------------------------------------------------------------------------------------------------- */

/* Threshold: how many times what relevance started as, or what is left of it, is handed down in both signs. */
LrpWarning *
lrp_doubt_cancellation (const LrpDoubt *doubt, double threshold)
{
  static const char *const others[] = { "auto", "z-plus", NULL };
  const LrpExplanation *e = doubt->explanation;
  const LrpLayerSum *begins = NULL, *worst = NULL;
  double start = amount_at_start (e), most = threshold;

  for (guint i = e->n_layers; start > 0 && i-- > 0;)
    {
      const LrpLayerSum *layer = &e->layers[i];
      double ratio = amount (layer) / MAX (fabs (layer->sum), start);
      if (ratio > threshold && !begins)
        begins = layer;
      if (ratio > most)
        {
          most = ratio;
          worst = layer;
        }
    }
  if (!worst)
    return NULL;
  return lrp_doubt_warn_composite (
      doubt, begins->name,
      g_strdup_printf (
          _("%.3g and %.3g are handed down for what started as %.3g: what is left of them says little. It "
             "begins at %s"),
          worst->positive, worst->negative, start, begins->name),
      others);
}

/* --- absorbed ----------------------------------------------------------------------------------------------------- */

/* Which layer has most of a number. */
static const LrpLayerSum *
find_most (const LrpExplanation *e, gsize offset)
{
  guint most = 0;

  for (guint i = 1; i < e->n_layers; i++)
    if (fabs (G_STRUCT_MEMBER (double, &e->layers[i], offset))
        > fabs (G_STRUCT_MEMBER (double, &e->layers[most], offset)))
      most = i;
  return &e->layers[most];
}

/* As much of epsilon as would take a hundredth of what it takes now, a power of ten. */
static double
smaller_epsilon (double epsilon, double share)
{
  double wanted = epsilon * MAX (1 - share, 1e-6) / 100;

  return wanted > 1e-30 ? pow (10, floor (log10 (wanted))) : 0;
}

/* Threshold: the share that stabilisers took of what relevance started as. */
LrpWarning *
lrp_doubt_stabilizer (const LrpDoubt *doubt, double threshold)
{
  static const char *const others[] = { "epsilon:scale=rms", NULL };
  const LrpExplanation *e = doubt->explanation;
  const LrpChoice *choice = doubt->composite ? &doubt->composite->choice : NULL;
  double share = e->handed_down ? lrp_explanation_get_absorbed_by_stabilizer (e) / e->expected : NAN, epsilon;
  const LrpLayerSum *most;
  char *text;

  if (!(share > threshold))
    return NULL;
  most = find_most (e, G_STRUCT_OFFSET (LrpLayerSum, stabilizer));
  epsilon = lrp_choice_get_role (choice, LRP_ROLE_STABILIZER);
  text = g_strdup_printf (
      _("The stabiliser took %.0f %% of the relevance, most of it at %s, where the numbers are small. A "
         "smaller epsilon, or scale=rms, leaves more"),
      100 * MIN (share, 1), most->name);
  if (lrp_choice_get_role (choice, LRP_ROLE_STABILIZER_SCALE) == 0)
    return lrp_doubt_warn_role (doubt, most->name, text, LRP_ROLE_STABILIZER_SCALE, 1);
  if (isnan (epsilon))
    return lrp_doubt_warn_composite (doubt, most->name, text, others);
  return lrp_doubt_warn_role (doubt, most->name, text, LRP_ROLE_STABILIZER, smaller_epsilon (epsilon, share));
}

/* Threshold: the share that biases took of what relevance started as. Above 1 the rest has the other sign. */
LrpWarning *
lrp_doubt_biases (const LrpDoubt *doubt, double threshold)
{
  const LrpExplanation *e = doubt->explanation;
  double share = e->handed_down ? lrp_explanation_get_absorbed_by_bias (e) / e->expected : NAN;
  const LrpLayerSum *most;

  if (!(share > threshold))
    return NULL;
  most = find_most (e, G_STRUCT_OFFSET (LrpLayerSum, bias));
  return lrp_doubt_warn_role (
      doubt, most->name,
      g_strdup_printf (_("Biases took %.0f %% of the relevance, most of it at %s: little of the answer is told by the "
                          "input. bias=ignore hands their share on"),
                       100 * share, most->name),
      LRP_ROLE_BIAS, 1);
}

/* --- out of reach ------------------------------------------------------------------------------------------------- */

/* Whether a layer answers 0 with something else: then its output is not made of its input alone, and shares of the one
 * say little about the other. */
static gboolean
answers_nothing (const LrpLayer *layer)
{
  const LrpOp *op = lrp_op_get (layer->kind);
  float nothing = 0, answer = 0;

  if (op->values)
    op->values (layer, &nothing, &answer, 1);
  return answer != 0;
}

/* Threshold: how much of what relevance started as passes through such a layer. Gates get none. */
LrpWarning *
lrp_doubt_out_of_reach (const LrpDoubt *doubt, double threshold)
{
  const LrpExplanation *e = doubt->explanation;
  double start = amount_at_start (e);
  const LrpLayer *first = NULL;
  guint n = 0;

  if (!(start > 0) || lrp_composite_get_activation (doubt->composite) != LRP_ACTIVATION_PASS)
    return NULL;
  for (guint i = e->n_layers; i-- > 1;)
    {
      const LrpLayer *layer = lrp_network_get_layer (e->network, i);
      if (!answers_nothing (layer) || amount (&e->layers[i]) <= threshold * start)
        continue;
      first = first ? first : layer;
      n++;
    }
  if (!first)
    return NULL;
  return lrp_doubt_warn_gradients (
      doubt, first->name,
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                    "Relevance passes %s, which makes something of nothing (%s of 0 is not 0): below "
                                    "it, signs and shares may be wrong",
                                    "Relevance passes %s and other layers that make something of nothing (%s of 0 is "
                                    "not 0): below them, signs and shares may be wrong",
                                    n),
                       first->name, lrp_op_kind_name (first->kind)));
}

/* --- flat on dense layers ----------------------------------------------------------------------------------------- */

/* Whether a rule does not look at the values of the inputs. */
static gboolean
is_blind (const LrpRule *rule)
{
  for (guint g = 0; g < rule->n_groups; g++)
    for (guint t = 0; t < rule->groups[g].n_terms; t++)
      if (rule->groups[g].terms[t].in != LRP_IN_ONE)
        return FALSE;
  return TRUE;
}

/* Whether the composite's own line gave a layer its rule, and no override. */
static gboolean
is_own_rule (const LrpComposite *composite, const LrpNetwork *network, guint layer)
{
  for (guint i = 0; i < composite->overrides->len; i++)
    if (lrp_pattern_matches (g_array_index (composite->overrides, LrpOverride, i).pattern, network, layer))
      return FALSE;
  return TRUE;
}

/* A dense layer reads all inputs, so that a rule that is blind for their values gives each the same, whatever they are.
 */
LrpWarning *
lrp_doubt_flat_dense (const LrpDoubt *doubt, double threshold)
{
  static const char *const others[] = { "auto", NULL };
  const LrpExplanation *e = doubt->explanation;
  int first = lrp_composite_find_first (e->network);
  LrpChoice rule;
  char *text;

  if (!e->handed_down || first < 0 || !lrp_composite_is_dense (e->network, (guint) first)
      || !(amount (&e->layers[first]) > threshold)
      || !lrp_composite_get_rule (doubt->composite, e->network, (guint) first, &rule, NULL) || !rule.entry
      || !is_blind ((const LrpRule *) rule.entry))
    return NULL;
  text = g_strdup_printf (
      _("The rule %s at %s does not look at the values that this dense layer reads: empty places get as "
         "much relevance as any"),
      rule.entry->name, e->layers[first].name);
  if (!is_own_rule (doubt->composite, e->network, (guint) first))
    return lrp_doubt_warn_rule (doubt, e->layers[first].name, text, "epsilon");
  return lrp_doubt_warn_composite (doubt, e->layers[first].name, text, others);
}
