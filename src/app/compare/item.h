/* SPDX-License-Identifier: GPL-3.0-or-later */
/* item.h: what a card of a comparison is about, to be remembered */
#pragma once

#include "lrp/methods/request.h"

G_BEGIN_DECLS

/* How many cards a comparison can have. */
#define RLV_COMPARE_MAX_ITEMS  200
#define RLV_COMPARE_ITEM_TYPE  "(sbiissii)"
#define RLV_COMPARE_ITEMS_TYPE "a" RLV_COMPARE_ITEM_TYPE

/**
 * RlvCompareItem:
 * @request: how it explains; its target counts where @follows is %FALSE
 * @follows: whether it explains the session's target
 * @network: (nullable): the name of another network than the session's
 * @first: the place of the card that another is taken from; -1 where it is no difference
 * @second: the place of that other one
 *
 * An explanation, or the difference of two.
 */
typedef struct
{
  LrpRequest *request;
  gboolean follows;
  char *network;
  int first, second;
} RlvCompareItem;

RlvCompareItem *rlv_compare_item_new (const char *method) G_GNUC_WARN_UNUSED_RESULT;
RlvCompareItem *rlv_compare_item_new_difference (int first, int second) G_GNUC_WARN_UNUSED_RESULT;
RlvCompareItem *rlv_compare_item_copy (const RlvCompareItem *item) G_GNUC_WARN_UNUSED_RESULT;
void rlv_compare_item_free (RlvCompareItem *item);
gboolean rlv_compare_item_is_difference (const RlvCompareItem *item);

/* For people: "LRP-γ", "gamma 0.25"; either may be written anew at any time. */
char *rlv_compare_item_dup_title (const RlvCompareItem *item) G_GNUC_WARN_UNUSED_RESULT;
char *rlv_compare_item_dup_detail (const RlvCompareItem *item) G_GNUC_WARN_UNUSED_RESULT;

/* All items of a comparison, (element-type RlvCompareItem). What cannot be read is left out. */
GVariant *rlv_compare_items_to_variant (const GPtrArray *items) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *rlv_compare_items_from_variant (GVariant *variant) G_GNUC_WARN_UNUSED_RESULT;
guint rlv_compare_items_get_columns (const GPtrArray *items);
void rlv_compare_items_tidy (GPtrArray *items);
GPtrArray *rlv_compare_items_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RlvCompareItem, rlv_compare_item_free)

G_END_DECLS
