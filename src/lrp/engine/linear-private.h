/* SPDX-License-Identifier: GPL-3.0-or-later */
/* linear-private.h: what the files of linear layers share; private to the core */
#pragma once

#include "lrp/engine/linear.h"
#include "lrp/engine/pack.h"

G_BEGIN_DECLS

/* A term of a rule, ready for one layer. */
typedef struct
{
  LrpInputPart in;
  gboolean flat; /* weights and inputs are all 1 */
  float scale;
  float *level; /* in low or high: the input's place is taken by these, else NULL */
  LrpPack *weights[2];
} PlanTerm;

/* A group of a rule, ready for one layer. */
typedef struct
{
  LrpWhere where;
  float scale;
  float *bias;         /* its part in the denominator, one per channel of the output, or NULL */
  gboolean own_output; /* the denominator is the layer's own output */
  float *constant;     /* what does not depend on the input, bias included, like the output; or NULL */
  guint n_terms;
  PlanTerm terms[LRP_MAX_TERMS];
} PlanGroup;

/* A rule, ready for one layer. */
typedef struct
{
  LrpChoice rule; /* its entry is NULL for the plain gradient, which has no groups */
  LrpStabilizer stabilizer;
  double gamma; /* 0 where the rule has none */
  guint n_groups;
  PlanGroup groups[LRP_MAX_GROUPS];
} Plan;

struct _LrpLinear
{
  LrpParts *map;
  LrpPack *weights[2];
  LrpLayout in, out; /* with what rules call channels in the right place */
  GPtrArray *plans;  /* (element-type Plan): those used last are at the end */
  const Plan *plan;  /* the one in force, or NULL */
};

void _lrp_plan_free (gpointer plan);

G_END_DECLS
