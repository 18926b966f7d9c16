/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rows.h: rows that several groups of the panel need */
#pragma once

#include <adwaita.h>

#include "lrp/base/param.h"

G_BEGIN_DECLS

/* A row to choose an entry of a table from, by its title. */
AdwComboRow *rlv_table_row_new (const LrpTable *table, const char *title) G_GNUC_WARN_UNUSED_RESULT;
/* A row to choose one of a parameter's names from. */
AdwComboRow *rlv_names_row_new (const LrpParam *param) G_GNUC_WARN_UNUSED_RESULT;
/* Has a row made of a template show words that are longer than libadwaita has room for. */
void rlv_combo_row_show_long (AdwComboRow *row);
/* A row to write something that counts once it is applied. */
GtkWidget *rlv_apply_row_new (const char *title, const char *tooltip) G_GNUC_WARN_UNUSED_RESULT;
/* A row to write a parameter that is a text. */
GtkWidget *rlv_text_row_new (const LrpParam *param) G_GNUC_WARN_UNUSED_RESULT;
/* A row that says in a sentence what the entry chosen in another row is. */
GtkWidget *rlv_blurb_row_new (AdwComboRow *row, const LrpTable *table) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
