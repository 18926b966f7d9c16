/* SPDX-License-Identifier: GPL-3.0-or-later */
/* secant.h: the mean slope between two inputs; private to the core */
#pragma once

#include "lrp/engine/step.h"

G_BEGIN_DECLS

/* Nodes and weights of Gauss and Legendre's quadrature on 0 .. 1. */
void lrp_gauss_legendre (guint n, double *nodes, double *weights);

/* In place of an operator's backward function: its mean gradient on the straight way from call->reference's inputs to
 * the step's own, at n points. What it hands down, times the difference of the inputs, adds up to what the output's
 * change was worth: exactly where the operator multiplies two inputs, very nearly where it is smooth. */
void lrp_secant_backward (LrpStep *step, const LrpBackward *call, guint n);

G_END_DECLS
