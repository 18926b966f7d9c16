/* SPDX-License-Identifier: GPL-3.0-or-later */
/* row.h: one public network: what it is, and a button that fetches it */
#pragma once

#include <adwaita.h>

#include "files/fetch/catalogue.h"

G_BEGIN_DECLS

#define RLV_TYPE_CATALOGUE_ROW (rlv_catalogue_row_get_type ())
G_DECLARE_FINAL_TYPE (RlvCatalogueRow, rlv_catalogue_row, RLV, CATALOGUE_ROW, AdwPreferencesRow)

GtkWidget *rlv_catalogue_row_new (LrpOffer *offer, gboolean fetched) G_GNUC_WARN_UNUSED_RESULT;

LrpOffer *rlv_catalogue_row_get_offer (RlvCatalogueRow *self);
/* Whether all words are found in what is said about it. */
gboolean rlv_catalogue_row_matches (RlvCatalogueRow *self, const char *const *words);

GtkWidget *rlv_catalogue_row_get_button (RlvCatalogueRow *self);
void rlv_catalogue_row_set_removed (RlvCatalogueRow *self);

G_END_DECLS
