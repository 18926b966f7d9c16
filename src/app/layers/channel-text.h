/* SPDX-License-Identifier: GPL-3.0-or-later */
/* channel-text.h: channels and units in words */
#pragma once

#include "app/layers/layers.h"

G_BEGIN_DECLS

/* "5", or the label of a class. */
char *rlv_channel_text_name (RlvLayers *layers, guint layer, guint channel) G_GNUC_WARN_UNUSED_RESULT;
/* "conv2:5", as requests call it. */
char *rlv_channel_text_unit (RlvLayers *layers, guint layer, guint channel) G_GNUC_WARN_UNUSED_RESULT;
/* "Channel 5", "Unit 5", "Class 3" */
char *rlv_channel_text_title (RlvLayers *layers, guint layer, guint channel) G_GNUC_WARN_UNUSED_RESULT;
/* "Channel 5: relevance +0.53, number 2 of 32; mean activation 0.1" */
char *rlv_channel_text_describe (RlvLayers *layers, guint layer, guint channel) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
