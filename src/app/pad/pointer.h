/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pointer.h: the way of the pointer between two frames */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* x, y: in widget coordinates; pressure: 0..1 or RLV_PRESSURE_NORMAL. */
typedef void (*RlvPointerFunc) (gpointer data, double x, double y, double pressure);

double rlv_pointer_get_pressure (GdkEvent *event);
gboolean rlv_pointer_is_eraser (GdkEvent *event);
/* Calls a function for every point that lies between the event before and this one. */
void rlv_pointer_follow (GtkWidget *widget, GdkEvent *event, RlvPointerFunc lead, gpointer data);

G_END_DECLS
