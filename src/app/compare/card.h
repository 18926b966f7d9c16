/* SPDX-License-Identifier: GPL-3.0-or-later */
/* card.h: one explanation among others, or the difference of two */
#pragma once

#include <gtk/gtk.h>

#include "app/session/item.h"
#include "app/compare/view.h"

G_BEGIN_DECLS

#define RLV_TYPE_COMPARE_CARD (rlv_compare_card_get_type ())
G_DECLARE_FINAL_TYPE (RlvCompareCard, rlv_compare_card, RLV, COMPARE_CARD, GtkFlowBoxChild)

/* Signals: "command" (a word that says what is to be done with the card), "changed" (another answer). */
GtkWidget *rlv_compare_card_new (RlvCompareLook *look, const RlvItem *item) G_GNUC_WARN_UNUSED_RESULT;
GtkWidget *rlv_compare_card_new_difference (RlvCompareLook *look, RlvCompareCard *first,
                                            RlvCompareCard *second) G_GNUC_WARN_UNUSED_RESULT;

const RlvItem *rlv_compare_card_get_item (RlvCompareCard *self);
void rlv_compare_card_set_request (RlvCompareCard *self, const LrpRequest *request, gboolean follows);
/* NULL: it could not be loaded, and why. */
void rlv_compare_card_set_network (RlvCompareCard *self, LrpNetwork *network, const char *problem);
void rlv_compare_card_name_network (RlvCompareCard *self, const char *name);
/* NULL for a difference. */
RlvQuery *rlv_compare_card_get_query (RlvCompareCard *self);
gboolean rlv_compare_card_get_sources (RlvCompareCard *self, RlvCompareCard **first, RlvCompareCard **second);

/* Whether somebody looks at it, or at something made from it. */
void rlv_compare_card_set_active (RlvCompareCard *self, gboolean active);

const float *rlv_compare_card_get_heat (RlvCompareCard *self, int *width, int *height, RlvSite **site);
RlvCompareView *rlv_compare_card_get_view (RlvCompareCard *self);
const char *rlv_compare_card_get_title (RlvCompareCard *self);
/* Its parameters, or what is taken from what; empty where there is nothing to say. */
char *rlv_compare_card_dup_detail (RlvCompareCard *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
