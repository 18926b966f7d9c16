/* SPDX-License-Identifier: GPL-3.0-or-later */
/* samples.h: the handwritten digits that come with the program */
#pragma once

#include "lrp/base/tensor.h"

G_BEGIN_DECLS

/* Loaded once, at the first call; 0, NULL and -1 where the files are missing or damaged. Any thread may ask. */
guint lrp_samples_count (void);
/* Image number i as [1, 1, 28, 28] in 0..1, ink bright. */
LrpTensor *lrp_samples_dup_image (guint i) G_GNUC_WARN_UNUSED_RESULT;
/* The digit that image number i shows, 0..9. */
int lrp_samples_get_label (guint i);

G_END_DECLS
