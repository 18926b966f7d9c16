/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pin-list.h: a table of the pinned pixels: their relevance, and the score if they had other values */
#pragma once

#include <gtk/gtk.h>

#include "app/session/session.h"
#include "app/map/what-if.h"

G_BEGIN_DECLS

#define RLV_TYPE_PIN_LIST (rlv_pin_list_get_type ())
G_DECLARE_FINAL_TYPE (RlvPinList, rlv_pin_list, RLV, PIN_LIST, GtkWidget)

void rlv_pin_list_set_query (RlvPinList *self, RlvQuery *query, RlvPins *pins);

G_END_DECLS
