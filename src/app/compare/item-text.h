/* SPDX-License-Identifier: GPL-3.0-or-later */
/* item-text.h: what people call an item, and what they are told about how it explains */
#pragma once

#include "app/session/item.h"

G_BEGIN_DECLS

/* "LRP-γ", "gamma 0.25"; either may be written anew at any time. */
char *rlv_compare_item_dup_title (const RlvItem *item) G_GNUC_WARN_UNUSED_RESULT;
char *rlv_compare_item_dup_detail (const RlvItem *item) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
