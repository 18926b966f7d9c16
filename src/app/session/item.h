/* SPDX-License-Identifier: GPL-3.0-or-later */
/* item.h: one of several explanations beside the session's own, or the difference of two of them */
#pragma once

#include "lrp/methods/request.h"

G_BEGIN_DECLS

/* How many a session can have. */
#define RLV_MAX_ITEMS 200

/**
 * RlvItem:
 * @request: how it explains; its target counts where @follows is %FALSE
 * @unknown: (nullable): the method as another version wrote it, where this one does not know it; @request lacks it then
 * @follows: whether it explains the session's target
 * @network: (nullable): the name of another network than the session's
 * @first: the place of the item that another is taken from; -1 where it is no difference
 * @second: the place of that other one
 *
 * An explanation, or the difference of two.
 */
typedef struct
{
  LrpRequest *request;
  char *unknown;
  gboolean follows;
  char *network;
  int first, second;
} RlvItem;

RlvItem *rlv_item_new (const LrpRequest *request) G_GNUC_WARN_UNUSED_RESULT;
RlvItem *rlv_item_new_difference (int first, int second) G_GNUC_WARN_UNUSED_RESULT;
RlvItem *rlv_item_copy (const RlvItem *item) G_GNUC_WARN_UNUSED_RESULT;
void rlv_item_free (RlvItem *item);

void rlv_item_set_method (RlvItem *item, const char *method);
gboolean rlv_item_is_known (const RlvItem *item, GError **error);
gboolean rlv_item_is_difference (const RlvItem *item);

/* (element-type RlvItem) */
GPtrArray *rlv_items_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RlvItem, rlv_item_free)

G_END_DECLS
