/* SPDX-License-Identifier: GPL-3.0-or-later */
/* draw-text.h: a line of text in a widget that draws itself */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * RlvTextLook:
 * @color: of the letters
 * @bold: whether they are bold
 * @scale: their size, times the widget's
 * @align: 0: where reading begins, 0.5: in the middle, 1: where reading ends
 *
 * How a line looks.
 */
typedef struct
{
  GdkRGBA color;
  gboolean bold;
  double scale, align;
} RlvTextLook;

void rlv_draw_text (GtkWidget *widget, GtkSnapshot *snapshot, const char *text, const RlvTextLook *look, double x,
                    double y, double width);
GdkRGBA rlv_fade (const GdkRGBA *color, double alpha);
/* The colour of the widget's text. */
GdkRGBA rlv_get_foreground (GtkWidget *widget);
/* A surface of device pixels, 1:1. */
void rlv_draw_image (GtkSnapshot *snapshot, cairo_surface_t *image, double x, double y, double width, double height);
/* The same in the middle of a square, with a faint frame. */
void rlv_draw_framed (GtkWidget *widget, GtkSnapshot *snapshot, cairo_surface_t *image, double x, double y,
                      double size);

G_END_DECLS
