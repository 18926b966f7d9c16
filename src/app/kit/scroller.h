/* SPDX-License-Identifier: GPL-3.0-or-later */
/* scroller.h: what is scrolled within something else that is scrolled */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void rlv_scroller_pass_on (GtkScrolledWindow *scroller);
void rlv_scroller_show (GtkWidget *widget);

/* The widget around a scrolled window asks for the height that the content has at the width that there is. */
void rlv_scroller_fit_height (GtkScrolledWindow *scroller);

G_END_DECLS
