/* SPDX-License-Identifier: GPL-3.0-or-later */
/* share.h: the division that all rules have in common; private to the core */
#pragma once

#include "lrp/engine/step.h"

G_BEGIN_DECLS

/* s = scale R / stab (z), where it counts. */
typedef struct
{
  LrpStabilizer stabilizer;
  LrpWhere where;
  float scale;
} LrpDivision;

/* Divides what arrives at a step's output, r, by denominators like that output; with rms each sample has its own
 * stabiliser. Where a denominator is exactly 0 nothing is handed on. stabilizer, unmatched: what the stabiliser absorbs
 * and what has nobody to be handed to are added to them. */
void lrp_divide (const LrpStep *step, const LrpDivision *division, const float *r, const float *z, float *s,
                 double *stabilizer, double *unmatched);

/* The same for steps without a rule of their own, by the epsilon rule with the step's stabiliser. Absorbs what arrives
 * where z is 0, unless the stabiliser is 0: then it ends there. Returns the shares, which are in call->scratch->s. */
const float *lrp_share_output (const LrpStep *step, const LrpBackward *call, const float *r, const float *z);

G_END_DECLS
