/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rule.c: the rule table */
#include "config.h"

#include "lrp/rules/rule.h"

#include "lrp/rules/common-params.h"

#include <glib/gi18n-lib.h>

static const LrpParam only_bias[] = { LRP_PARAM_BIAS, { 0 } };
static const LrpParam epsilon_params[] = { LRP_PARAM_EPSILON, LRP_PARAM_SCALE, LRP_PARAM_BIAS, { 0 } };
static const LrpParam gamma_params[] = { LRP_PARAM_GAMMA, LRP_PARAM_BIAS, { 0 } };
static const LrpParam alpha_beta_params[] = { LRP_PARAM_ALPHA, LRP_PARAM_BETA, LRP_PARAM_BIAS, { 0 } };
static const LrpParam box_params[] = { LRP_PARAM_LOW, LRP_PARAM_HIGH, { 0 } };
static const LrpParam custom_params[] = { LRP_PARAMS_CUSTOM, LRP_PARAM_EPSILON, LRP_PARAM_BIAS, { 0 } };

/* Where a rule does not name its own. */
#define STABILIZER 1e-6

/* What happens where a group finds nothing to share relevance among, for people. */
#define EMPTY_WEIGHTS                                                                                                  \
  N_("Some units have no weights but zeros. They have nothing to share relevance by, and it ends there.")
#define EMPTY_FOR                                                                                                      \
  N_("Some units have no input that speaks for them. The relevance that reaches them is handed to nobody.")
#define EMPTY_AGAINST                                                                                                  \
  N_("Some units have no input that speaks against them. Nothing balances there what alpha hands on too much.")
#define EMPTY_SHARES N_("Some units’ shares add up to exactly zero, so that they cannot be given out.")

/* methods.md's table, row by row. Sources: Bach15 PLoS ONE 10(7); Montavon17 Pattern Recognition 65; Montavon19
 * LNCS 11700 ch. 10; Andeol21 (general gamma); Lapuschkin19 Nature Communications 10. */
static const LrpRule rows[] = {
  { .entry = { "zero", N_("LRP-0"), N_("Shares relevance in proportion to each input's contribution"),
               "R_j = sum_k a_j w_jk / z_k R_k  [Bach15]", only_bias },
    .epsilon = 0,
    .n_groups = 1,
    .groups = { { 1, NULL, LRP_WHERE_ANY, LRP_W_ALL, NULL, 1, { { LRP_IN_ALL, LRP_W_ALL, 1 } }, LRP_EMPTY_OUTPUT } } },
  { .entry = { "epsilon", N_("LRP-ε"), N_("Like LRP-0, but weak and contradictory shares are absorbed"),
               "R_j = sum_k a_j w_jk / (z_k + e sign z_k) R_k  [Bach15]", epsilon_params },
    .n_groups = 1,
    .groups = { { 1, NULL, LRP_WHERE_ANY, LRP_W_ALL, NULL, 1, { { LRP_IN_ALL, LRP_W_ALL, 1 } }, LRP_EMPTY_OUTPUT } } },
  { .entry = { "gamma", N_("LRP-γ"), N_("Favours contributions that agree with the output's sign"),
               "R_j = sum_k a_j (w + g w+)_jk / sum_j a_j (w + g w+)_jk R_k where z_k > 0, mirrored where z_k < 0"
               "  [Montavon19, Andeol21]",
               gamma_params },
    .epsilon = STABILIZER,
    .n_groups = 2,
    .groups = { { 1,
                  NULL,
                  LRP_WHERE_POSITIVE,
                  LRP_W_GAMMA_POSITIVE,
                  NULL,
                  2,
                  { { LRP_IN_POSITIVE, LRP_W_GAMMA_POSITIVE, 1 }, { LRP_IN_NEGATIVE, LRP_W_GAMMA_NEGATIVE, 1 } },
                  LRP_EMPTY_OUTPUT },
                { 1,
                  NULL,
                  LRP_WHERE_NEGATIVE,
                  LRP_W_GAMMA_NEGATIVE,
                  NULL,
                  2,
                  { { LRP_IN_POSITIVE, LRP_W_GAMMA_NEGATIVE, 1 }, { LRP_IN_NEGATIVE, LRP_W_GAMMA_POSITIVE, 1 } },
                  LRP_EMPTY_OUTPUT } } },
  { .entry = { "alpha-beta", N_("LRP-αβ"), N_("Weighs what speaks for and what speaks against separately"),
               "R_j = sum_k (alpha (a_j w_jk)+ / sum_j (a_j w_jk)+ - beta (a_j w_jk)- / sum_j (a_j w_jk)-) R_k  "
               "[Bach15]",
               alpha_beta_params },
    .epsilon = STABILIZER,
    .n_groups = 2,
    .groups = { { 1,
                  "alpha",
                  LRP_WHERE_ANY,
                  LRP_W_POSITIVE,
                  NULL,
                  2,
                  { { LRP_IN_POSITIVE, LRP_W_POSITIVE, 1 }, { LRP_IN_NEGATIVE, LRP_W_NEGATIVE, 1 } },
                  EMPTY_FOR },
                { -1,
                  "beta",
                  LRP_WHERE_ANY,
                  LRP_W_NEGATIVE,
                  NULL,
                  2,
                  { { LRP_IN_POSITIVE, LRP_W_NEGATIVE, 1 }, { LRP_IN_NEGATIVE, LRP_W_POSITIVE, 1 } },
                  EMPTY_AGAINST } } },
  { .entry = { "z-plus", N_("z⁺"), N_("Only contributions that speak for the output count"),
               "R_j = sum_k (a_j w_jk)+ / sum_j (a_j w_jk)+ R_k  [Bach15, Montavon17]", only_bias },
    .epsilon = STABILIZER,
    .n_groups = 1,
    .groups = { { 1,
                  NULL,
                  LRP_WHERE_ANY,
                  LRP_W_POSITIVE,
                  NULL,
                  2,
                  { { LRP_IN_POSITIVE, LRP_W_POSITIVE, 1 }, { LRP_IN_NEGATIVE, LRP_W_NEGATIVE, 1 } },
                  EMPTY_FOR } } },
  { .entry = { "w-square", N_("w²"), N_("Shares by the squared weights, whatever the input"),
               "R_j = sum_k w_jk^2 / sum_j w_jk^2 R_k  [Montavon17]", only_bias },
    .epsilon = STABILIZER,
    .n_groups = 1,
    .groups = { { 1,
                  NULL,
                  LRP_WHERE_ANY,
                  LRP_W_SQUARE,
                  NULL,
                  1,
                  { { LRP_IN_ONE, LRP_W_SQUARE, 1 } },
                  EMPTY_WEIGHTS } } },
  { .entry = { "flat", N_("Flat"), N_("Shares equally among all inputs that exist"),
               "R_j = sum_k 1 / sum_j 1 R_k  [Lapuschkin19]", NULL },
    .epsilon = STABILIZER,
    .n_groups = 1,
    .groups = { { 1, NULL, LRP_WHERE_ANY, LRP_W_NONE, NULL, 1, { { LRP_IN_ONE, LRP_W_ONE, 1 } }, EMPTY_SHARES } } },
  { .entry = { "z-box", N_("zᴮ"), N_("For pixels, which lie between a least and a largest value"),
               "R_j = sum_k (a_j w_jk - l_j w+_jk - h_j w-_jk) / sum_j (...) R_k  [Montavon17]", box_params },
    .epsilon = STABILIZER,
    .n_groups = 1,
    .groups = { { 1,
                  NULL,
                  LRP_WHERE_ANY,
                  LRP_W_NONE,
                  NULL,
                  3,
                  { { LRP_IN_ALL, LRP_W_ALL, 1 },
                    { LRP_IN_LOW, LRP_W_POSITIVE, -1 },
                    { LRP_IN_HIGH, LRP_W_NEGATIVE, -1 } },
                  EMPTY_SHARES } } },
  /* The last: see lrp_ready_rules. */
  { .entry = { "custom", N_("Custom"), N_("A rule of your own: how much each kind of contribution counts"),
               "R_j = sum_k (a+ (pp w+ + pn w-) + a- (np w+ + nn w-)) / stab (sum_j (...) + b bias) R_k",
               custom_params },
    .n_groups = 1,
    .groups = { { 1,
                  NULL,
                  LRP_WHERE_ANY,
                  LRP_W_ALL,
                  "b",
                  4,
                  { { LRP_IN_POSITIVE, LRP_W_POSITIVE, 1, "pp" },
                    { LRP_IN_POSITIVE, LRP_W_NEGATIVE, 1, "pn" },
                    { LRP_IN_NEGATIVE, LRP_W_POSITIVE, 1, "np" },
                    { LRP_IN_NEGATIVE, LRP_W_NEGATIVE, 1, "nn" } },
                  EMPTY_SHARES } } },
};

const LrpTable lrp_rules = { "rule", rows, sizeof *rows, G_N_ELEMENTS (rows) };
const LrpTable lrp_ready_rules = { "rule", rows, sizeof *rows, G_N_ELEMENTS (rows) - 1 };

/**
 * lrp_rule_get_stabilizer:
 * @rule: a rule and its parameters
 *
 * Returns: what keeps its denominators from zero
 */
LrpStabilizer
lrp_rule_get_stabilizer (const LrpChoice *rule)
{
  double own = lrp_choice_get_role (rule, LRP_ROLE_STABILIZER);

  return (LrpStabilizer){ isnan (own) ? ((const LrpRule *) rule->entry)->epsilon : own,
                          lrp_choice_get_role (rule, LRP_ROLE_STABILIZER_SCALE) == 1 };
}

/**
 * lrp_rule_resolve:
 * @rule: (inout): a rule and its parameters
 * @error: return location for an error
 *
 * Gives beta its value where only alpha is known, and checks what no single parameter's range can say: alpha - beta
 * is 1, low lies below high.
 *
 * Returns: whether the rule can be used
 */
gboolean
lrp_rule_resolve (LrpChoice *rule, GError **error)
{
  double alpha = lrp_choice_get_role (rule, LRP_ROLE_FOR);
  const LrpParam *against = lrp_entry_get_role (rule->entry, LRP_ROLE_AGAINST);
  double *beta = against ? &rule->values[against - rule->entry->params] : NULL;
  double low = lrp_choice_get_role (rule, LRP_ROLE_LOW), high = lrp_choice_get_role (rule, LRP_ROLE_HIGH);

  if (beta && isnan (*beta))
    *beta = alpha - 1;
  if (beta && fabs (alpha - *beta - 1) > 1e-6)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_RANGE, _("%s: alpha − beta must be 1, but %g − %g is %g"),
                   rule->entry->name, alpha, *beta, alpha - *beta);
      return FALSE;
    }
  if (low >= high)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_RANGE, _("%s: low (%g) must be less than high (%g)"), rule->entry->name,
                   low, high);
      return FALSE;
    }
  return TRUE;
}
