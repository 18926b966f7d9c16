/* SPDX-License-Identifier: GPL-3.0-or-later */
/* page.h: the page with many explanations of the same drawing */
#pragma once

#include <adwaita.h>

#include "app/compare/card.h"

G_BEGIN_DECLS

#define RLV_TYPE_COMPARE_PAGE (rlv_compare_page_get_type ())
G_DECLARE_FINAL_TYPE (RlvComparePage, rlv_compare_page, RLV, COMPARE_PAGE, GtkWidget)

/* Signal "toast" (AdwToast): something is to be said to people. settings: NULL: nothing is remembered. */
GtkWidget *rlv_compare_page_new (RlvSession *session, GSettings *settings) G_GNUC_WARN_UNUSED_RESULT;

/* Between its cards and a session's file: (element-type RlvItem). What cannot be shown is told in sentences. */
void rlv_compare_page_collect_items (RlvComparePage *self, GPtrArray *items);
void rlv_compare_page_restore_items (RlvComparePage *self, const GPtrArray *items, GPtrArray *problems);

/* When all cards have answered, signal "figure" (RlvExportMap, NULL where there is no map) has all of them. model:
 * (nullable) what the session's network is called to load it. */
void rlv_compare_page_export (RlvComparePage *self, const char *model);

guint rlv_compare_page_get_n_cards (RlvComparePage *self);
RlvCompareCard *rlv_compare_page_get_card (RlvComparePage *self, guint i);

G_END_DECLS
