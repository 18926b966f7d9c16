/* SPDX-License-Identifier: GPL-3.0-or-later */
/* baseline.h: inputs that show nothing, to compare with; private to the core */
#pragma once

#include "lrp/net/network.h"

G_BEGIN_DECLS

#define LRP_BASELINE_NAMES ((const char *const[]){ "black", "zero", "mean", "white", "blur", "noise", NULL })

/* ORDER: LRP_BASELINE_NAMES */
typedef enum
{
  LRP_BASELINE_BLACK,
  LRP_BASELINE_ZERO,
  LRP_BASELINE_MEAN,
  LRP_BASELINE_WHITE,
  LRP_BASELINE_BLUR,
  LRP_BASELINE_NOISE,
} LrpBaseline;

LrpTensor *lrp_baseline_new (LrpBaseline baseline, const LrpInput *input, const LrpTensor *x, guint32 seed,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Least and largest value that any input can have: the model's, or those of one sample, x, where the model does not
 * say.
 */
void lrp_baseline_range (const LrpInput *input, const float *x, gsize size, double *low, double *high);

G_END_DECLS
