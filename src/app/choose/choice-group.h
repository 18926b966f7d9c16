/* SPDX-License-Identifier: GPL-3.0-or-later */
/* choice-group.h: rows to choose an entry of a table, such as a method, and to set its parameters */
#pragma once

#include <adwaita.h>

#include "lrp/base/choice.h"

G_BEGIN_DECLS

#define RLV_TYPE_CHOICE_GROUP (rlv_choice_group_get_type ())
G_DECLARE_FINAL_TYPE (RlvChoiceGroup, rlv_choice_group, RLV, CHOICE_GROUP, AdwPreferencesGroup)

void rlv_choice_group_set_table (RlvChoiceGroup *self, const LrpTable *table, const char *title);

const LrpChoice *rlv_choice_group_get_choice (RlvChoiceGroup *self);
void rlv_choice_group_set_choice (RlvChoiceGroup *self, const LrpChoice *choice);
void rlv_choice_group_set_meaning (RlvChoiceGroup *self, const LrpEntry *entry);
void rlv_choice_group_set_row_title (RlvChoiceGroup *self, guint row, const char *title);
void rlv_choice_group_set_note (RlvChoiceGroup *self, const char *note);
void rlv_choice_group_add_button (RlvChoiceGroup *self, GtkWidget *button);

G_END_DECLS
