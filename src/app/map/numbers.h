/* SPDX-License-Identifier: GPL-3.0-or-later */
/* numbers.h: an explanation in numbers, in one line */
#pragma once

#include <gtk/gtk.h>

#include "app/session/session.h"

G_BEGIN_DECLS

#define RLV_TYPE_NUMBERS (rlv_numbers_get_type ())
G_DECLARE_FINAL_TYPE (RlvNumbers, rlv_numbers, RLV, NUMBERS, GtkWidget)

void rlv_numbers_set_query (RlvNumbers *self, RlvQuery *query);

G_END_DECLS
