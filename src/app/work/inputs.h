/* SPDX-License-Identifier: GPL-3.0-or-later */
/* inputs.h: what is drawn, as each network reads it */
#pragma once

#include "app/drawing/document.h"
#include "app/work/site.h"
#include "lrp/net/network.h"

G_BEGIN_DECLS

/**
 * RlvInput:
 * @network: who reads it
 * @tensor: (nullable): the network's input; %NULL: @error says why there is none
 * @site: (nullable): where it lies
 * @error: (nullable): a sentence for people
 * @late: a part of the photo that was wanted before, or what was drawn before, for want of a newer one
 *
 * What is drawn, as one network reads it.
 */
typedef struct
{
  LrpNetwork *network;
  LrpTensor *tensor;
  RlvSite *site;
  char *error;
  gboolean late;
} RlvInput;

#define RLV_TYPE_INPUTS (rlv_inputs_get_type ())
G_DECLARE_FINAL_TYPE (RlvInputs, rlv_inputs, RLV, INPUTS, GObject)

/* Signal "changed" (no arguments): what was got before is out of date. */
RlvInputs *rlv_inputs_new (RlvDocument *document) G_GNUC_WARN_UNUSED_RESULT;

/* Borrowed, until the next change. NULL: it takes a moment; "changed" comes when it is there. */
const RlvInput *rlv_inputs_get (RlvInputs *self, LrpNetwork *network);
/* What a network sees of the photo now; FALSE where there is no photo, or the network reads no pictures. */
gboolean rlv_inputs_get_region (RlvInputs *self, LrpNetwork *network, LrpRegion *region);
/* Whether a photo or a drawing is being read. */
gboolean rlv_inputs_is_busy (RlvInputs *self);
/* Reads everything anew, because a network reads it in another way. */
void rlv_inputs_reset (RlvInputs *self);
/* Nothing is wanted any more. */
void rlv_inputs_forget (RlvInputs *self);

/* Whether drawings are scaled and centred. */
gboolean rlv_inputs_get_fit (RlvInputs *self);
void rlv_inputs_set_fit (RlvInputs *self, gboolean fit);
LrpFit rlv_inputs_get_photo_fit (RlvInputs *self);
void rlv_inputs_set_photo_fit (RlvInputs *self, LrpFit fit);

G_END_DECLS
