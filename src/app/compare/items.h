/* SPDX-License-Identifier: GPL-3.0-or-later */
/* items.h: all items of a comparison: how they are remembered, which are sound, and whether they are a table */
#pragma once

#include "app/session/item.h"

G_BEGIN_DECLS

#define RLV_COMPARE_ITEM_TYPE  "(sbiisssii)"
#define RLV_COMPARE_ITEMS_TYPE "a" RLV_COMPARE_ITEM_TYPE

RlvItem *rlv_compare_item_parse (const char *method) G_GNUC_WARN_UNUSED_RESULT;

/* (element-type RlvItem). What cannot be read is left out. */
GVariant *rlv_compare_items_to_variant (const GPtrArray *items) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *rlv_compare_items_from_variant (GVariant *variant) G_GNUC_WARN_UNUSED_RESULT;
guint rlv_compare_items_get_columns (const GPtrArray *items);
void rlv_compare_items_tidy (GPtrArray *items);

G_END_DECLS
