/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layers.h: what the parts of the layers page share: the network as rows, the explanation, the row looked at */
#pragma once

#include "app/layers/channels.h"
#include "app/layers/flow.h"
#include "app/session/session.h"

G_BEGIN_DECLS

#define RLV_TYPE_LAYERS (rlv_layers_get_type ())
G_DECLARE_FINAL_TYPE (RlvLayers, rlv_layers, RLV, LAYERS, GObject)

/* Properties, notified when they change: "flow" (RlvFlow), "explanation" (LrpExplanation), "row" (uint). Emits "warned"
 * when rlv_layers_dup_warning() says something else. */
RlvLayers *rlv_layers_new (RlvSession *session) G_GNUC_WARN_UNUSED_RESULT;

RlvSession *rlv_layers_get_session (RlvLayers *self);
const LrpHeatStyle *rlv_layers_get_style (RlvLayers *self);
void rlv_layers_set_active (RlvLayers *self, gboolean active);

/* NULL where there is no network. */
RlvFlow *rlv_layers_get_flow (RlvLayers *self);
/* Of that network, with its layers; NULL where there is none such. */
LrpExplanation *rlv_layers_get_explanation (RlvLayers *self);
void rlv_layers_get_extent (RlvLayers *self, double *low, double *high);
/* Why what comes of a row should not be believed; NULL where nothing speaks against it. */
char *rlv_layers_dup_warning (RlvLayers *self, guint row) G_GNUC_WARN_UNUSED_RESULT;
/* NULL where the explanation has none. */
RlvChannels *rlv_layers_get_channels (RlvLayers *self, guint layer);
/* Whether a row lies above what is explained, so that no relevance comes there. */
gboolean rlv_layers_is_above (RlvLayers *self, guint row);

guint rlv_layers_get_row (RlvLayers *self);
void rlv_layers_set_row (RlvLayers *self, guint row);

G_END_DECLS
