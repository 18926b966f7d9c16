/* SPDX-License-Identifier: GPL-3.0-or-later */
/* secant.h: the mean slope between two inputs; private to the core
 *
 * DeepLIFT needs, at every layer, slopes that, times the difference of the inputs, add up to the difference of the
 * outputs. The mean of the gradient on the straight way from one input to the other has them. */
#pragma once

#include "lrp/engine/step.h"

G_BEGIN_DECLS

/* Nodes and weights of Gauss and Legendre's quadrature on 0 .. 1. */
void lrp_gauss_legendre (guint n, double *nodes, double *weights);

#define LRP_SECANT_POINTS 8

/* The same for a piece of the way that is short beside whatever bends there. */
typedef struct
{
  double nodes[LRP_SECANT_POINTS], weights[LRP_SECANT_POINTS];
} LrpSecantPiece;

void lrp_secant_piece_init (LrpSecantPiece *piece);

/* plain: the mean of q^-power; moments[k]: that of t^k q^(-power - 1). */
typedef struct
{
  double plain, moments[3];
} LrpSecantMeans;

/* Means over t from 0 to 1, where q = a t^2 + b t + c is positive: what a normalisation divides by. That may all but
 * jump: from an input that is the same everywhere, the variance grows from next to nothing at t = 0. */
LrpSecantMeans lrp_secant_means (const LrpSecantPiece *piece, double a, double b, double c, double power);

/* In place of an operator's backward function, where it multiplies its two inputs: the gradient halfway is the mean
 * one, exactly. */
void lrp_secant_halfway (LrpStep *step, const LrpBackward *call);

G_END_DECLS
