/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lettering.h: words in drawings */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  LRP_LETTER_LEFT,
  LRP_LETTER_MIDDLE,
  LRP_LETTER_RIGHT,
} LrpLetterPlace;

void lrp_letter_font (cairo_t *cr, double size, gboolean bold);
double lrp_letter_width (cairo_t *cr, const char *text);
/* (x, y) is on the line that letters stand on; place says which end of the text x is. */
void lrp_letter_draw (cairo_t *cr, double x, double y, LrpLetterPlace place, const char *text);
/* As much of the text as there is room for. */
char *lrp_letter_shorten (cairo_t *cr, const char *text, double room) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
