/* SPDX-License-Identifier: GPL-3.0-or-later */
/* what-if.h: what the network would say if one pixel were another */
#pragma once

#include "app/pins.h"
#include "lrp/explanation.h"

G_BEGIN_DECLS

/* What the pixel would be. */
typedef enum
{
  RLV_FILL_LOW,  /* the least value that it can have: black, or paper where ink is bright to the network */
  RLV_FILL_HIGH, /* the largest: white, or ink */
  RLV_FILL_MEAN, /* the mean of the input, for each colour */
  RLV_N_FILLS
} RlvFillKind;

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
  double scores[RLV_N_FILLS];
} RlvWhatIfScore;

#define RLV_TYPE_WHAT_IF (rlv_what_if_get_type ())
G_DECLARE_FINAL_TYPE (RlvWhatIf, rlv_what_if, RLV, WHAT_IF, GObject)

/* Signal "changed" (no arguments): there are answers. */
RlvWhatIf *rlv_what_if_new (void) G_GNUC_WARN_UNUSED_RESULT;

void rlv_what_if_ask (RlvWhatIf *self, LrpExplanation *explanation, RlvPins *pins);
void rlv_what_if_forget (RlvWhatIf *self);
gboolean rlv_what_if_is_busy (RlvWhatIf *self);
/* What the answer about a pixel is, and of which explanation; NULL where none has come. */
const RlvWhatIfScore *rlv_what_if_get (RlvWhatIf *self, int column, int row);
/* What is explained as things are, in the answers. */
double rlv_what_if_get_score (RlvWhatIf *self);

/* Whether ink is the larger value, and paper the least one. */
gboolean rlv_what_if_is_ink (const LrpNetwork *network);

G_END_DECLS
