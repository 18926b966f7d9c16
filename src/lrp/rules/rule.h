/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rule.h: the rule table: what each LRP rule does, as data */
#pragma once

#include "lrp/base/choice.h"

G_BEGIN_DECLS

/* What parameters of rules and composites are taken for; see LrpParam. Whoever carries out a rule asks for these, and
 * knows no parameter's name. */
typedef enum
{
  LRP_ROLE_NONE,
  LRP_ROLE_STABILIZER,       /* epsilon: what keeps denominators from zero */
  LRP_ROLE_STABILIZER_SCALE, /* 1: that, times the root mean square of the outputs */
  LRP_ROLE_GAMMA,            /* what LRP_W_GAMMA_POSITIVE and LRP_W_GAMMA_NEGATIVE favour by; below zero it may turn the
                              * sign of a denominator */
  LRP_ROLE_FOR,              /* alpha: the share of what speaks for */
  LRP_ROLE_AGAINST,          /* beta: the share of what speaks against, less by 1; it follows if it is not given */
  LRP_ROLE_LOW,              /* what LRP_IN_LOW is; NaN: what the model says of its input */
  LRP_ROLE_HIGH,             /* what LRP_IN_HIGH is; NaN: what the model says of its input */
  LRP_ROLE_BIAS,             /* 1: biases take no share */
  LRP_ROLE_SMOOTHNESS,       /* of LRP_ACTIVATION_SMOOTH */
  LRP_ROLE_FIRST,            /* the rule of the first linear layer; 0: the composite's own */
  LRP_ROLE_MAX_POOL,         /* 1: max pooling shares as average pooling does */
} LrpRole;

/* Which part of a layer's input a term multiplies. */
typedef enum
{
  LRP_IN_ALL,      /* a */
  LRP_IN_POSITIVE, /* a+ */
  LRP_IN_NEGATIVE, /* a- */
  LRP_IN_ONE,      /* 1, where an input exists */
  LRP_IN_LOW,      /* l, the least value of the input's channel */
  LRP_IN_HIGH,     /* h, the largest value of the input's channel */
} LrpInputPart;

/* Which part of the weights (or of the bias) a term takes. */
typedef enum
{
  LRP_W_NONE,           /* 0 */
  LRP_W_ALL,            /* w */
  LRP_W_POSITIVE,       /* w+ */
  LRP_W_NEGATIVE,       /* w- */
  LRP_W_SQUARE,         /* w^2 */
  LRP_W_ONE,            /* 1 */
  LRP_W_GAMMA_POSITIVE, /* w + gamma w+ */
  LRP_W_GAMMA_NEGATIVE, /* w + gamma w- */
} LrpWeightPart;

/* At which outputs a group counts, by the sign of the layer's own output z. */
typedef enum
{
  LRP_WHERE_ANY,
  LRP_WHERE_POSITIVE,
  LRP_WHERE_NEGATIVE,
} LrpWhere;

/* What happens where there is nothing to share relevance among, whatever the layer; a sentence for people. */
#define LRP_EMPTY_OUTPUT                                                                                               \
  N_("Some units’ outputs are exactly zero. They have nothing to share relevance by, and it ends there.")

/* What keeps denominators from zero: stab (z) = z + epsilon sign z, where sign 0 is +; epsilon as it is, or times the
 * root mean square of each sample's outputs. */
typedef struct
{
  double epsilon;
  gboolean rms;
} LrpStabilizer;

#define LRP_MAX_TERMS  4
#define LRP_MAX_GROUPS 2

/* scale x (the parameter called `by`, if any) x input part x weight part */
typedef struct
{
  LrpInputPart in;
  LrpWeightPart w;
  double scale;
  const char *by;
} LrpTerm;

typedef struct
{
  double scale; /* the group's share of the relevance, times the parameter called `by`, if any */
  const char *by;
  LrpWhere where;
  LrpWeightPart bias; /* its part in the denominator, times the parameter called `bias_by`, if any */
  const char *bias_by;
  guint n_terms;
  LrpTerm terms[LRP_MAX_TERMS];
  const char
      *empty; /* what it means where the group finds nothing to share among: a sentence for people (translatable) */
} LrpGroup;

/**
 * LrpRule:
 * @entry: name, formula, parameters
 * @epsilon: the stabiliser, where no parameter of the rule plays that role
 * @n_groups: how many groups
 * @groups: z_group = sum of terms + bias part; R_j = sum over groups of scale in_j sum_k w_jk R_k / stab (z_group_k)
 *
 * A row of the rule table. One routine carries out all of them (linear.c).
 */
struct _LrpRule
{
  LrpEntry entry;
  double epsilon;
  guint n_groups;
  LrpGroup groups[LRP_MAX_GROUPS];
};

extern const LrpTable lrp_rules;
/* Those that mean something without a word on their parameters: all but the last, custom. */
extern const LrpTable lrp_ready_rules;

LrpStabilizer lrp_rule_get_stabilizer (const LrpChoice *rule);
/* beta from alpha; and what no single parameter's range can say (alpha - beta = 1). */
gboolean lrp_rule_resolve (LrpChoice *rule, GError **error);

G_END_DECLS
