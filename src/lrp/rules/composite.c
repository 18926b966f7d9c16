/* SPDX-License-Identifier: GPL-3.0-or-later */
/* composite.c: the composite table, and which of its lines wins for a layer */
#include "config.h"

#include "lrp/rules/composite.h"

#include "lrp/rules/common-params.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Which layers a line of a composite speaks of. */
typedef enum
{
  LINE_ANY,
  LINE_FIRST,         /* the first linear layer */
  LINE_FIRST_BOUNDED, /* the same, if the model says which values its input can have */
  LINE_FIRST_CONV,
  LINE_INPUT_DENSE, /* the first linear layer of a network without convolutions */
  LINE_CONV,
  LINE_DENSE,
} LineScope;

typedef struct
{
  LineScope scope;
  const char *rule; /* NULL ends the list: the plain gradient */
} Line;

/* Which other row does a row's work, by what a network begins with. */
typedef struct
{
  const char *convolution, *dense;
} Stand;

/* A row: the first line that speaks of a layer decides; or other rows stand in for it. */
typedef struct
{
  LrpEntry entry;
  LrpActivationMode activation;
  Line lines[4];
  const Stand *stand;
} Row;

/* Flat gives all inputs of a dense layer the same, so that there another one is needed. The area between the curves
 * (ABPC, score) is, over the 200 bundled digits, of mnist-mlp, mnist-tanh
 * and mnist-lstm: gamma 3.43, 3.47, 1.91; epsilon 2.14, 4.55, 1.74; z-plus 3.05, 2.82, 1.54; deep-taylor 2.47, 2.03,
 * 1.54; of the first two: alpha-beta 1.89, 2.74; w-square 2.40, 2.24; epsilon-gamma-box 1.88, -0.92; epsilon-plus-flat
 * 0, 0. */
static const Stand automatic = { "epsilon-plus-flat", "gamma" };

#define PARAM_FIRST                                                                                                    \
  {                                                                                                                    \
    "first", N_("Another rule for the first linear layer"), 0, 1, 0, 0, 1, FALSE,                                     \
        (const char *const[]){ "auto", NULL }, N_("First Layer"), .rows = &lrp_ready_rules, .role = LRP_ROLE_FIRST    \
  }
#define PARAM_MAX_POOL                                                                                                 \
  {                                                                                                                    \
    "max-pool", N_("Whether the winner of a max pooling takes all, or its window shares as in average pooling"), 0,   \
        1, 0, 0, 1, FALSE, (const char *const[]){ "winner", "average", NULL }, N_("Max Pooling"),                     \
        .role = LRP_ROLE_MAX_POOL                                                                                      \
  }
#define COMMON                                                                                                         \
  PARAM_FIRST, PARAM_MAX_POOL, LRP_PARAM_BIAS,                                                                         \
  {                                                                                                                    \
    0                                                                                                                  \
  }

static const LrpParam common[] = { COMMON };
static const LrpParam epsilon_params[] = { LRP_PARAM_EPSILON, COMMON };
/* What those have that stand for it; each takes what it knows. */
static const LrpParam auto_params[] = { LRP_PARAM_EPSILON, LRP_PARAM_GAMMA, COMMON };
static const LrpParam epsilon_scale_params[] = { LRP_PARAM_EPSILON, LRP_PARAM_SCALE, COMMON };
static const LrpParam epsilon_alpha_beta_params[] = { LRP_PARAM_EPSILON, LRP_PARAM_ALPHA, LRP_PARAM_BETA, COMMON };
static const LrpParam epsilon_gamma_box_params[] = { LRP_PARAM_EPSILON, LRP_PARAM_GAMMA, LRP_PARAM_LOW, LRP_PARAM_HIGH,
                                                     COMMON };
static const LrpParam box_params[] = { LRP_PARAM_LOW, LRP_PARAM_HIGH, COMMON };
static const LrpParam gamma_params[] = { LRP_PARAM_GAMMA, COMMON };
static const LrpParam alpha_beta_params[] = { LRP_PARAM_ALPHA, LRP_PARAM_BETA, COMMON };
static const LrpParam smooth_params[] = { LRP_PARAM_SMOOTHNESS, { 0 } };
static const LrpParam custom_params[] = { LRP_PARAMS_CUSTOM, LRP_PARAM_EPSILON, COMMON };

/* Names and defaults as in Zennit 0.5 [Anders21]; deep-taylor [Montavon17]; excitation-backprop [Zhang16];
 * guided-backprop [Springenberg15]; deconvnet [Zeiler14]; beta-smooth [Dombrowski19]. */
static const Row rows[] = {
  { { "auto", N_("Automatic"), N_("What suits the network: by what it begins with, a convolution or a dense layer"),
      "epsilon-plus-flat | gamma", auto_params },
    LRP_ACTIVATION_PASS,
    .stand = &automatic },
  { { "epsilon-plus-flat", N_("ε-plus-flat"), N_("Flat at the pixels, z⁺ in convolutions, ε above: robust and calm"),
      "flat | z-plus | epsilon", epsilon_params },
    LRP_ACTIVATION_PASS,
    { { LINE_FIRST, "flat" }, { LINE_CONV, "z-plus" }, { LINE_DENSE, "epsilon" } } },
  { { "epsilon-plus", N_("ε-plus"), N_("z⁺ in convolutions, ε above"), "z-plus | epsilon", epsilon_params },
    LRP_ACTIVATION_PASS,
    { { LINE_CONV, "z-plus" }, { LINE_DENSE, "epsilon" } } },
  { { "epsilon-gamma-box", N_("ε-γ-box"), N_("zᴮ at the pixels, γ in convolutions, ε above: crisp"),
      "z-box | gamma | epsilon", epsilon_gamma_box_params },
    LRP_ACTIVATION_PASS,
    { { LINE_FIRST_CONV, "z-box" },
      { LINE_INPUT_DENSE, "z-box" },
      { LINE_CONV, "gamma" },
      { LINE_DENSE, "epsilon" } } },
  { { "epsilon-alpha2-beta1", N_("ε-α2β1"), N_("αβ in convolutions, which shows what speaks against, ε above"),
      "alpha-beta | epsilon", epsilon_alpha_beta_params },
    LRP_ACTIVATION_PASS,
    { { LINE_CONV, "alpha-beta" }, { LINE_DENSE, "epsilon" } } },
  { { "epsilon-alpha2-beta1-flat", N_("ε-α2β1-flat"), N_("Flat at the pixels, αβ in convolutions, ε above"),
      "flat | alpha-beta | epsilon", epsilon_alpha_beta_params },
    LRP_ACTIVATION_PASS,
    { { LINE_FIRST, "flat" }, { LINE_CONV, "alpha-beta" }, { LINE_DENSE, "epsilon" } } },
  { { "deep-taylor", N_("Deep Taylor"), N_("z⁺ everywhere, zᴮ at bounded pixels: only what speaks for"),
      "z-box or w-square | z-plus", box_params },
    LRP_ACTIVATION_PASS,
    { { LINE_FIRST_BOUNDED, "z-box" }, { LINE_FIRST, "w-square" }, { LINE_ANY, "z-plus" } } },
  { { "excitation-backprop", N_("Excitation backprop"), N_("z⁺ everywhere: the winning neurons’ excitations"),
      "z-plus", common },
    LRP_ACTIVATION_GRADIENT,
    { { LINE_ANY, "z-plus" } } },
  { { "guided-backprop", N_("Guided backprop"), N_("The gradient, but only positive ones through active ReLUs"),
      "R_j = (x_j > 0) max (R_k, 0) at ReLU", NULL },
    LRP_ACTIVATION_GUIDED },
  { { "deconvnet", N_("Deconvnet"), N_("The gradient, but only positive ones through ReLUs"),
      "R_j = max (R_k, 0) at ReLU", NULL },
    LRP_ACTIVATION_DECONVNET },
  { { "beta-smooth", N_("β-smooth"), N_("The gradient, with ReLUs as smooth as softplus on the way back"),
      "R_j = sigmoid (beta x_j) R_k at ReLU", smooth_params },
    LRP_ACTIVATION_SMOOTH },
  { { "lrp-0", N_("LRP-0"), N_("The basic rule everywhere"), "zero", common },
    LRP_ACTIVATION_PASS,
    { { LINE_ANY, "zero" } } },
  { { "epsilon", N_("LRP-ε"), N_("The ε rule everywhere"), "epsilon", epsilon_scale_params },
    LRP_ACTIVATION_PASS,
    { { LINE_ANY, "epsilon" } } },
  { { "gamma", N_("LRP-γ"), N_("The γ rule everywhere"), "gamma", gamma_params },
    LRP_ACTIVATION_PASS,
    { { LINE_ANY, "gamma" } } },
  { { "alpha-beta", N_("LRP-αβ"), N_("The αβ rule everywhere"), "alpha-beta", alpha_beta_params },
    LRP_ACTIVATION_PASS,
    { { LINE_ANY, "alpha-beta" } } },
  { { "z-plus", N_("z⁺"), N_("The z⁺ rule everywhere"), "z-plus", common },
    LRP_ACTIVATION_PASS,
    { { LINE_ANY, "z-plus" } } },
  { { "w-square", N_("w²"), N_("The w² rule everywhere"), "w-square", common },
    LRP_ACTIVATION_PASS,
    { { LINE_ANY, "w-square" } } },
  { { "flat", N_("Flat"), N_("The flat rule everywhere: how far each pixel reaches"), "flat", common },
    LRP_ACTIVATION_PASS,
    { { LINE_ANY, "flat" } } },
  { { "z-box", N_("zᴮ"), N_("The zᴮ rule everywhere; low and high count for every layer"), "z-box", box_params },
    LRP_ACTIVATION_PASS,
    { { LINE_ANY, "z-box" } } },
  { { "custom", N_("Custom"), N_("A rule of your own everywhere"), "custom", custom_params },
    LRP_ACTIVATION_PASS,
    { { LINE_ANY, "custom" } } },
};

const LrpTable lrp_composites = { "composite", rows, sizeof *rows, G_N_ELEMENTS (rows) };

/**
 * lrp_composite_find_first:
 * @network: a network
 *
 * Returns: its first layer with weights that rules apply to; -1 where it has none
 */
int
lrp_composite_find_first (const LrpNetwork *network)
{
  return network->first_linear ? (int) network->first_linear : -1;
}

/**
 * lrp_composite_is_dense:
 * @network: a network
 * @layer: one of its linear layers
 *
 * Returns: whether each of its outputs reads all of its input: it is dense, or a convolution as large as the picture
 */
gboolean
lrp_composite_is_dense (const LrpNetwork *network, guint layer)
{
  const LrpLayer *l = lrp_network_get_layer (network, layer);
  const LrpShape *in = &lrp_network_get_layer (network, l->inputs[0])->shape;

  if (l->kind == LRP_OP_DENSE)
    return TRUE;
  return l->kind == LRP_OP_CONV && l->window.group == 1 && in->dims[2] * in->dims[3] > 1
         && l->shape.dims[2] * l->shape.dims[3] == 1 && l->window.kernel[0] >= in->dims[2]
         && l->window.kernel[1] >= in->dims[3];
}

/* A layer of a recurrent cell reads its own past beside the input, so that no rule for pixels suits it by itself; and
 * all time steps of the cell are one layer. */
static gboolean
is_first (const LrpNetwork *network, guint layer, gboolean cells)
{
  guint first = network->first_linear;
  const char *cell = first ? lrp_network_get_layer (network, first)->cell : NULL;

  if (!cell)
    return first == layer;
  return cells && g_strcmp0 (cell, lrp_network_get_layer (network, layer)->cell) == 0;
}

static gboolean
line_matches (const Line *line, const LrpComposite *composite, const LrpNetwork *network, guint layer)
{
  LrpOpKind kind = lrp_network_get_layer (network, layer)->kind;
  gboolean first = is_first (network, layer, FALSE);

  switch (line->scope)
    {
    case LINE_ANY:
      return TRUE;
    case LINE_FIRST:
      return first;
    case LINE_FIRST_BOUNDED:
      return first && (network->input.bounded || !isnan (lrp_choice_get_role (&composite->choice, LRP_ROLE_LOW)));
    case LINE_FIRST_CONV:
      return network->first_convolution == layer;
    case LINE_INPUT_DENSE:
      return first && !network->first_convolution;
    case LINE_CONV:
      return lrp_op_is_convolution (kind);
    case LINE_DENSE:
      return kind == LRP_OP_DENSE;
    default:
      g_assert_not_reached ();
    }
}

/* A rule's parameters come from the composite's of the same name. */
static void
take_params (LrpChoice *rule, const LrpChoice *composite)
{
  for (guint i = 0; i < lrp_entry_n_params (rule->entry); i++)
    {
      int j = lrp_entry_find_param (composite->entry, rule->entry->params[i].name);
      if (j >= 0)
        rule->values[i] = composite->values[j];
    }
}

/* The row that works for a composite on a network, with its parameters: those of the same name are handed on. */
static LrpChoice
resolve (const LrpChoice *choice, const LrpNetwork *network)
{
  const Stand *stand = ((const Row *) choice->entry)->stand;
  int first = lrp_composite_find_first (network);
  LrpChoice result = *choice;

  if (!stand)
    return result;
  lrp_choice_init (
      &result,
      lrp_table_find (&lrp_composites,
                      first >= 0 && lrp_composite_is_dense (network, (guint) first) ? stand->dense : stand->convolution,
                      NULL));
  take_params (&result, choice);
  return result;
}

/**
 * lrp_composite_resolve:
 * @composite: a composite, to be changed
 * @network: a network
 *
 * Where what a composite does depends on the network, as that of “auto”, makes it the one that does the same for this
 * network and has a name of its own.
 *
 * Returns: whether it is another now
 */
gboolean
lrp_composite_resolve (LrpComposite *composite, const LrpNetwork *network)
{
  const LrpEntry *entry = composite->choice.entry;

  composite->choice = resolve (&composite->choice, network);
  return composite->choice.entry != entry;
}

/* The rule that the composite itself gives, or NULL for the plain gradient. */
static const LrpEntry *
find_rule (const LrpComposite *composite, const LrpNetwork *network, guint layer)
{
  const Row *row = (const Row *) composite->choice.entry;
  double first = lrp_choice_get_role (&composite->choice, LRP_ROLE_FIRST);

  if (first > 0 && is_first (network, layer, TRUE))
    return lrp_param_get_row (lrp_entry_get_role (&row->entry, LRP_ROLE_FIRST), (guint) first);
  for (guint i = 0; i < G_N_ELEMENTS (row->lines) && row->lines[i].rule; i++)
    if (line_matches (&row->lines[i], composite, network, layer))
      return lrp_table_find (&lrp_rules, row->lines[i].rule, NULL);
  return NULL;
}

/**
 * lrp_composite_get_rule:
 * @composite: a composite
 * @network: a network
 * @layer: index of one of its linear layers
 * @rule: (out caller-allocates): the rule and its parameters; its entry is %NULL where the composite uses the plain
 *   gradient
 * @error: return location for an error that names the layer
 *
 * Finds the rule of a linear layer: the last override that matches its name, else the composite's own.
 *
 * Returns: whether the rule can be used
 */
gboolean
lrp_composite_get_rule (const LrpComposite *composite, const LrpNetwork *network, guint layer, LrpChoice *rule,
                        GError **error)
{
  const char *layer_name = lrp_network_get_layer (network, layer)->name;
  const LrpComposite named = { resolve (&composite->choice, network), composite->overrides };
  const LrpEntry *entry = find_rule (&named, network, layer);

  memset (rule, 0, sizeof *rule);
  if (entry)
    {
      lrp_choice_init (rule, entry);
      take_params (rule, &named.choice);
    }
  for (guint i = 0; i < composite->overrides->len; i++)
    {
      const LrpOverride *override = &g_array_index (composite->overrides, LrpOverride, i);
      if (lrp_pattern_matches (override->pattern, network, layer))
        *rule = override->rule;
    }
  if (rule->entry && !lrp_rule_resolve (rule, error))
    {
      g_prefix_error (error, "%s: ", layer_name);
      return FALSE;
    }
  return TRUE;
}

/**
 * lrp_composite_get_activation:
 * @composite: a composite
 *
 * Returns: what it does at activations
 */
LrpActivationMode
lrp_composite_get_activation (const LrpComposite *composite)
{
  return ((const Row *) composite->choice.entry)->activation;
}

/**
 * lrp_composite_has_rules:
 * @composite: a composite
 *
 * Returns: whether it hands relevance down by rules, and does not just change the gradient
 */
gboolean
lrp_composite_has_rules (const LrpComposite *composite)
{
  const Row *row = (const Row *) composite->choice.entry;

  return row->stand || row->lines[0].rule;
}

/**
 * lrp_composite_get_stabilizer:
 * @composite: a composite
 *
 * Layers without weights share relevance by the epsilon rule: sums, poolings, resizing, products of matrices, added
 * constants.
 *
 * Returns: what keeps their denominators from zero: the composite's epsilon, or where it has none, that of its rules,
 * so 0 for LRP-0
 */
LrpStabilizer
lrp_composite_get_stabilizer (const LrpComposite *composite)
{
  const Row *row = (const Row *) composite->choice.entry;
  LrpChoice rule = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (row->lines) && row->lines[i].rule; i++)
    lrp_choice_init (&rule, lrp_table_find (&lrp_rules, row->lines[i].rule, NULL));
  if (!rule.entry)
    return (LrpStabilizer){ 0, FALSE };
  take_params (&rule, &composite->choice);
  return lrp_rule_get_stabilizer (&rule);
}

/**
 * lrp_composite_pools_average:
 * @composite: a composite
 *
 * Returns: whether max pooling shares relevance as average pooling does
 */
gboolean
lrp_composite_pools_average (const LrpComposite *composite)
{
  return lrp_choice_get_role (&composite->choice, LRP_ROLE_MAX_POOL) == 1;
}

/**
 * lrp_composite_get_smoothness:
 * @composite: a composite
 *
 * Returns: how sharp the ReLU still is where it is smoothed; NaN where it is not
 */
double
lrp_composite_get_smoothness (const LrpComposite *composite)
{
  return lrp_choice_get_role (&composite->choice, LRP_ROLE_SMOOTHNESS);
}

/**
 * lrp_composite_count_changed:
 * @composite: a composite
 * @network: a network
 *
 * Returns: how many of its layers have another rule than the composite alone would give them
 */
guint
lrp_composite_count_changed (const LrpComposite *composite, const LrpNetwork *network)
{
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (LrpOverride));
  const LrpComposite plain = { composite->choice, none };
  guint n = 0;

  for (guint i = 0; composite->overrides->len > 0 && i < network->layers->len; i++)
    if (lrp_op_is_linear (lrp_network_get_layer (network, i)->kind))
      {
        LrpChoice rule, own;
        gboolean both = lrp_composite_get_rule (composite, network, i, &rule, NULL)
                        && lrp_composite_get_rule (&plain, network, i, &own, NULL);
        n += !both || !lrp_choice_equal (&rule, &own);
      }
  return n;
}
