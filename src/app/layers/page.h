/* SPDX-License-Identifier: GPL-3.0-or-later */
/* page.h: the page that follows relevance through the network, layer by layer */
#pragma once

#include "app/layers/details.h"
#include "app/layers/list.h"
#include "app/layers/scrubber.h"

G_BEGIN_DECLS

#define RLV_TYPE_LAYERS_PAGE (rlv_layers_page_get_type ())
G_DECLARE_FINAL_TYPE (RlvLayersPage, rlv_layers_page, RLV, LAYERS_PAGE, GtkWidget)

GtkWidget *rlv_layers_page_new (RlvSession *session, GSettings *settings) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
