/* SPDX-License-Identifier: GPL-3.0-or-later */
/* composite.h: which rule each linear layer gets */
#pragma once

#include "lrp/net/network.h"
#include "lrp/rules/override.h"
#include "lrp/rules/rule.h"

G_BEGIN_DECLS

/* What happens at an activation. */
typedef enum
{
  LRP_ACTIVATION_PASS,      /* relevance passes unchanged */
  LRP_ACTIVATION_GRADIENT,  /* times the derivative */
  LRP_ACTIVATION_GUIDED,    /* ReLU: only positive values, at positive inputs */
  LRP_ACTIVATION_DECONVNET, /* ReLU: only positive values */
  LRP_ACTIVATION_SMOOTH,    /* ReLU: times sigmoid (beta x) instead of its slope */
} LrpActivationMode;

/**
 * LrpComposite:
 * @choice: a row of #lrp_composites and its parameters
 * @overrides: (element-type LrpOverride): the last that matches wins over the composite
 *
 * Which rule each layer gets.
 */
struct _LrpComposite
{
  LrpChoice choice;
  GArray *overrides;
};

extern const LrpTable lrp_composites;

/* To and from NAME[:key=value,...][;PATTERN=RULE[:key=value,...]...]. */
LrpComposite *lrp_composite_new (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
LrpComposite *lrp_composite_copy (const LrpComposite *composite) G_GNUC_WARN_UNUSED_RESULT;
void lrp_composite_free (LrpComposite *composite);
gboolean lrp_composite_equal (const LrpComposite *a, const LrpComposite *b);
gboolean lrp_composite_set (LrpComposite *composite, const char *text, GError **error);
gboolean lrp_composite_add_override (LrpComposite *composite, const char *text, GError **error);
char *lrp_composite_overrides_to_string (const LrpComposite *composite) G_GNUC_WARN_UNUSED_RESULT;
/* Whether no override is for a layer that the network lacks. */
gboolean lrp_composite_check (const LrpComposite *composite, const LrpNetwork *network, GError **error);

/* Makes “auto” the composite that it means for a network; whether that is another now. */
gboolean lrp_composite_resolve (LrpComposite *composite, const LrpNetwork *network);
/* The first linear layer of a network, -1 where it has none; and whether a layer reads all of its input at once. */
int lrp_composite_find_first (const LrpNetwork *network);
gboolean lrp_composite_is_dense (const LrpNetwork *network, guint layer);
/* The rule of a linear layer, with low and high resolved; FALSE with an error, e.g. z-box without an input range.
 * rule->entry is NULL where the composite uses the plain gradient (guided-backprop, deconvnet, beta-smooth). */
gboolean lrp_composite_get_rule (const LrpComposite *composite, const LrpNetwork *network, guint layer, LrpChoice *rule,
                                 GError **error);
/* How many layers have another rule than the composite alone would give them. */
guint lrp_composite_count_changed (const LrpComposite *composite, const LrpNetwork *network);
LrpActivationMode lrp_composite_get_activation (const LrpComposite *composite);
/* FALSE for those that are gradients in disguise (guided-backprop, deconvnet, beta-smooth). */
gboolean lrp_composite_has_rules (const LrpComposite *composite);
/* That of layers without weights that share relevance: poolings, sums ... */
LrpStabilizer lrp_composite_get_stabilizer (const LrpComposite *composite);
gboolean lrp_composite_pools_average (const LrpComposite *composite);
/* Of LRP_ACTIVATION_SMOOTH; NaN where the composite has another way. */
double lrp_composite_get_smoothness (const LrpComposite *composite);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LrpComposite, lrp_composite_free)

G_END_DECLS
