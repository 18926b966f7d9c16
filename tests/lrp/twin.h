/* SPDX-License-Identifier: GPL-3.0-or-later */
/* twin.h: every rule once more, slowly, in double precision, straight from its definition */
#pragma once

#include "lrp/lrp.h"

/* One weight of a linear layer: input j reaches output k through w. */
typedef struct
{
  guint j, k;
  double w;
} TwinEdge;

/* A linear layer on one sample, as a list of all its weights. */
typedef struct
{
  GArray *edges; /* of TwinEdge; weights that are 0 included, padding left out */
  guint n_in, n_out;
  double *bias; /* per output */
} TwinLayer;

TwinLayer *twin_layer_new (const LrpLayer *layer, const LrpShape *in, const LrpShape *out);
void twin_layer_free (TwinLayer *twin);

/* What a rule absorbs and cannot match, and how much a denominator's parts cancel: sum |parts| / |denominator|, the
 * worst of all. */
typedef struct
{
  double bias, stabilizer, unmatched, condition;
} TwinAccount;

/* z = sum_j a_j w_jk + b_k */
void twin_forward (const TwinLayer *twin, const double *a, double *z);
/* R_j by the rule, for one sample. */
void twin_relevance (const TwinLayer *twin, const LrpChoice *rule, const double *a, const double *r_out, double *r_in,
                     TwinAccount *account);
