/* SPDX-License-Identifier: GPL-3.0-or-later */
/* flips.h: what becomes of the score while pixels go, for several explanations, found in a thread */
#pragma once

#include "app/kit/job.h"
#include "lrp/metrics/flipping.h"
#include "lrp/metrics/metric.h"

G_BEGIN_DECLS

/**
 * RlvCompareFlip:
 * @name: what the explanation is called
 * @explanation: of one sample
 * @request: how it was made
 * @flipping: (nullable): what is done to its input; %NULL before it was measured, and where that failed
 * @measure: the curve of the score, and the area under it
 * @problem: (nullable): why it could not be measured
 *
 * One of the explanations.
 */
typedef struct
{
  char *name;
  LrpExplanation *explanation;
  LrpRequest *request;
  LrpFlipping *flipping;
  LrpMeasure measure;
  char *problem;
} RlvCompareFlip;

#define RLV_TYPE_COMPARE_FLIPS (rlv_compare_flips_get_type ())
G_DECLARE_FINAL_TYPE (RlvCompareFlips, rlv_compare_flips, RLV, COMPARE_FLIPS, GObject)

RlvCompareFlips *rlv_compare_flips_new (void) G_GNUC_WARN_UNUSED_RESULT;
void rlv_compare_flips_add (RlvCompareFlips *self, const char *name, LrpExplanation *explanation,
                            const LrpRequest *request);

/* While it is measured, only the job may be looked at. */
RlvJob *rlv_compare_flips_measure_async (RlvCompareFlips *self, GAsyncReadyCallback callback, gpointer data);

guint rlv_compare_flips_get_n (RlvCompareFlips *self);
const RlvCompareFlip *rlv_compare_flips_get (RlvCompareFlips *self, guint i);
/* The curve of its score; NULL where there is none. */
const LrpCurve *rlv_compare_flip_get_curve (const RlvCompareFlip *flip);
/* The score when that share of the pixels is gone. */
double rlv_compare_flip_get_score (const RlvCompareFlip *flip, double share);

G_END_DECLS
