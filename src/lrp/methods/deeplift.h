/* SPDX-License-Identifier: GPL-3.0-or-later */
/* deeplift.h: slopes between an input and a baseline; private to the core */
#pragma once

#include "lrp/methods/method.h"

G_BEGIN_DECLS

/* The rescale rule of DeepLIFT [Shrikumar17]; the result adds up to f (x) - f (x0). */
gboolean lrp_deeplift (const LrpMethodCall *call, LrpTensor *relevance, double *expected, GError **error);

G_END_DECLS
