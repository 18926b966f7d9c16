/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tooltip.h: tooltips that neither leave the window nor hide what they are about */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void rlv_tooltip_set_text (GtkTooltip *tooltip, const char *text);
void rlv_tooltip_wrap (GtkWidget *widget);
void rlv_tooltip_give_way (GtkWidget *root);

G_END_DECLS
