/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pixel-swap.h: scores of an input with one pixel changed */
#pragma once

#include "app/session/pins.h"
#include "lrp/methods/explanation.h"

G_BEGIN_DECLS

/* What the pixel would be. */
typedef enum
{
  RLV_SWAP_LOW,  /* the least value that it can have: black, or paper where ink is bright to the network */
  RLV_SWAP_HIGH, /* the largest: white, or ink */
  RLV_SWAP_MEAN, /* the mean of the input, for each colour */
  RLV_N_SWAPS
} RlvSwap;

/**
 * RlvWhatIfScore:
 * @pin: the pixel
 * @scores: (array): what is explained, had the pixel another value; NaN where the network does not say what black is
 *
 * An answer.
 */
typedef struct
{
  RlvPin pin;
  double scores[RLV_N_SWAPS];
} RlvWhatIfScore;

/* answers: of RlvWhatIfScore. run: kept for the next call, in the same thread. */
gboolean rlv_pixel_swap (LrpRun **run, const LrpExplanation *explanation, GArray *answers, GCancellable *cancellable,
                         GError **error);

/* Whether ink is the larger value, and paper the least one. */
gboolean rlv_pixel_swap_is_ink (const LrpNetwork *network);

G_END_DECLS
