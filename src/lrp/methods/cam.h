/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cam.h: class activation maps of a late layer; private to the core */
#pragma once

#include "lrp/methods/method.h"

G_BEGIN_DECLS

/* max (sum_c mean (df / da_c) a_c, 0) at a layer, enlarged to the input; every channel of a pixel has an equal part. */
gboolean lrp_grad_cam (const LrpMethodCall *call, LrpTensor *relevance, double *expected, GError **error);
/* That, times guided backprop [Selvaraju17]. */
gboolean lrp_guided_grad_cam (const LrpMethodCall *call, LrpTensor *relevance, double *expected, GError **error);

G_END_DECLS
