/* SPDX-License-Identifier: GPL-3.0-or-later */
/* average.h: methods that average gradients at many inputs; private to the core */
#pragma once

#include "lrp/methods/method.h"

G_BEGIN_DECLS

/* ORDER: lrp_average_path's rules */
#define LRP_QUADRATURE_NAMES ((const char *const[]){ "gauss-legendre", "trapezoid", "middle", NULL })

/* (x - x0) times the mean gradient on the way from the baseline x0 to x [Sundararajan17]. */
gboolean lrp_average_path (const LrpMethodCall *call, LrpTensor *relevance, double *expected, GError **error);
/* The mean gradient, or squared gradient, at noisy copies of x [Smilkov17]. */
gboolean lrp_average_noise (const LrpMethodCall *call, LrpTensor *relevance, double *expected, GError **error);

G_END_DECLS
