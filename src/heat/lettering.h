/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lettering.h: lines of text in drawings */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* What of a text is at the place that is given. */
typedef enum
{
  LRP_LETTER_LEFT,
  LRP_LETTER_MIDDLE,
  LRP_LETTER_RIGHT,
} LrpLetterAlign;

void lrp_letter_font (cairo_t *cr, double size, gboolean bold);
double lrp_letter_width (cairo_t *cr, const char *text);
/* Writes text on the line y that its letters stand on; align says which end of the text, or its middle, is at x. */
void lrp_letter_draw (cairo_t *cr, double x, double y, LrpLetterAlign align, const char *text);
/* As much of the text as there is room for. */
char *lrp_letter_shorten (cairo_t *cr, const char *text, double room) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
