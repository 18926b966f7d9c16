/* SPDX-License-Identifier: GPL-3.0-or-later */
/* page.h: the page with one explanation, large, and its numbers */
#pragma once

#include "app/map/view.h"
#include "app/map/pin-list.h"

G_BEGIN_DECLS

#define RLV_TYPE_HEAT_PAGE (rlv_heat_page_get_type ())
G_DECLARE_FINAL_TYPE (RlvHeatPage, rlv_heat_page, RLV, HEAT_PAGE, GtkWidget)

GtkWidget *rlv_heat_page_new (RlvSession *session, GSettings *settings) G_GNUC_WARN_UNUSED_RESULT;

RlvHeatView *rlv_heat_page_get_view (RlvHeatPage *self);

G_END_DECLS
