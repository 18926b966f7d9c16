/* SPDX-License-Identifier: GPL-3.0-or-later */
/* text.h: layers, and what becomes of relevance there, in words */
#pragma once

#include "app/layers/flow.h"

G_BEGIN_DECLS

/* "32 × 28 × 28": a layer's output, without the batch. */
char *rlv_layer_text_shape (const LrpLayer *layer) G_GNUC_WARN_UNUSED_RESULT;
/* "convolution" */
const char *rlv_layer_text_kind (LrpOpKind kind);
char *rlv_layer_text_subtitle (const RlvFlow *flow, guint row) G_GNUC_WARN_UNUSED_RESULT;
char *rlv_layer_text_account (const RlvFlowSum *sum, const char *separator) G_GNUC_WARN_UNUSED_RESULT;
char *rlv_layer_text_label (const RlvFlow *flow, guint row, const RlvFlowSum *sum) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
