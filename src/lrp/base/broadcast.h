/* SPDX-License-Identifier: GPL-3.0-or-later */
/* broadcast.h: constants that are spread over a tensor as NumPy does; private to the core */
#pragma once

#include "lrp/base/tensor.h"

G_BEGIN_DECLS

/* Whether a constant can be spread over a tensor as NumPy does; an error says so. */
gboolean lrp_broadcast_check (const LrpTensor *constant, const LrpShape *shape, GError **error);
/* Row-major: the constant's element that each element of `shape` meets. */
void lrp_broadcast_fill (const LrpTensor *constant, const LrpShape *shape, float *out);

G_END_DECLS
