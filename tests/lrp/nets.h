/* SPDX-License-Identifier: GPL-3.0-or-later */
/* nets.h: tiny networks built in code, for tests that need no file */
#pragma once

#include "lrp/lrp.h"

/* Numbers from -1 to 1 that depend on the seed alone; positive: from 0 to 1. */
void nets_fill (LrpTensor *tensor, guint32 seed, gboolean positive);
LrpTensor *nets_tensor (const LrpShape *shape, guint32 seed);
LrpTensor *nets_positive (const LrpShape *shape, guint32 seed);

/* That two maps differ by no more than this share of their largest value, and that there is something in them. */
void nets_assert_same (const LrpTensor *a, const LrpTensor *b, double tolerance);

/* Appends a layer that reads the last one (or `from`, if it is not negative). */
guint nets_add (LrpNetwork *network, LrpLayer *layer, int from);
LrpLayer *nets_conv (const LrpShape *weights, const LrpWindow *window, gboolean bias, guint32 seed);
LrpLayer *nets_dense (gint64 inputs, gint64 outputs, gboolean bias, guint32 seed);

/* conv, relu, max pool, conv, relu, average pool, flatten, dense, relu, dense: on [N, 2, 12, 12], 5 classes. */
LrpNetwork *nets_lenet (gboolean bias);
/* With a residual sum and a concatenation. */
LrpNetwork *nets_branches (gboolean bias);
