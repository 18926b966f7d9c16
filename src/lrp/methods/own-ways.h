/* SPDX-License-Identifier: GPL-3.0-or-later */
/* own-ways.h: methods that find relevance in a way of their own, each in a file of its own; private to the core */
#pragma once

#include "lrp/methods/call.h"

G_BEGIN_DECLS

/* ORDER: the functions in average.c */
#define LRP_QUADRATURE_NAMES ((const char *const[]){ "gauss-legendre", "trapezoid", "middle", NULL })

/* average.c: (x - x0) times the mean gradient on the way from the baseline x0 to x [Sundararajan17]; and the mean
 * gradient, or squared gradient, at noisy copies of x [Smilkov17]. */
gboolean lrp_average_path (const LrpMethodCall *call, LrpTensor *relevance, double *expected, GError **error);
gboolean lrp_average_noise (const LrpMethodCall *call, LrpTensor *relevance, double *expected, GError **error);
/* cam.c: max (sum_c mean (df / da_c) a_c, 0) at a layer, enlarged to the input, where every channel of a pixel gets an
 * equal share [Selvaraju17]; and the same times guided backprop. */
gboolean lrp_grad_cam (const LrpMethodCall *call, LrpTensor *relevance, double *expected, GError **error);
gboolean lrp_guided_grad_cam (const LrpMethodCall *call, LrpTensor *relevance, double *expected, GError **error);
/* deeplift.c: slopes between the input and a baseline, layer by layer [Shrikumar17]. */
gboolean lrp_deeplift (const LrpMethodCall *call, LrpTensor *relevance, double *expected, GError **error);
/* occlusion.c: how much the score falls where a window of the input is covered [Zeiler14]. */
gboolean lrp_occlusion (const LrpMethodCall *call, LrpTensor *relevance, double *expected, GError **error);

G_END_DECLS
