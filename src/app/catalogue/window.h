/* SPDX-License-Identifier: GPL-3.0-or-later */
/* window.h: the public networks, to look through and to fetch */
#pragma once

#include "app/catalogue/row.h"

G_BEGIN_DECLS

#define RLV_TYPE_CATALOGUE_WINDOW (rlv_catalogue_window_get_type ())
G_DECLARE_FINAL_TYPE (RlvCatalogueWindow, rlv_catalogue_window, RLV, CATALOGUE_WINDOW, AdwWindow)

RlvCatalogueWindow *rlv_catalogue_window_new (GtkWindow *parent) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
