/* SPDX-License-Identifier: GPL-3.0-or-later */
/* occlusion.h: what covering a part of the input does; private to the core */
#pragma once

#include "lrp/methods/method.h"

G_BEGIN_DECLS

/* How much f falls where a window is covered, spread over the window and averaged over windows [Zeiler14]. */
gboolean lrp_occlusion (const LrpMethodCall *call, LrpTensor *relevance, double *expected, GError **error);

G_END_DECLS
