/* SPDX-License-Identifier: GPL-3.0-or-later */
/* edit.h: a popover in which a card gets another method, other parameters, target or network */
#pragma once

#include <adwaita.h>

#include "app/compare/card.h"

G_BEGIN_DECLS

#define RLV_TYPE_COMPARE_EDIT (rlv_compare_edit_get_type ())
G_DECLARE_FINAL_TYPE (RlvCompareEdit, rlv_compare_edit, RLV, COMPARE_EDIT, GtkPopover)

/* Signals: "changed": the card explains in another way; "network" (string or NULL): it is to have one of its own, or
 * the open one. */
GtkWidget *rlv_compare_edit_new (void) G_GNUC_WARN_UNUSED_RESULT;
void rlv_compare_edit_set_card (RlvCompareEdit *self, RlvCompareCard *card, LrpNetwork *open);
RlvCompareCard *rlv_compare_edit_get_card (RlvCompareEdit *self);
void rlv_compare_edit_set_networks (RlvCompareEdit *self, const char *const *names);

G_END_DECLS
