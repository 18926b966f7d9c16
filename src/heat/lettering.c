/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lettering.c: lines of text in drawings */
#include "config.h"

#include "heat/lettering.h"

/**
 * lrp_letter_font:
 * @cr: where to write
 * @size: height of the letters
 * @bold: whether they are bold
 *
 * Chooses the letters for what is written next.
 */
void
lrp_letter_font (cairo_t *cr, double size, gboolean bold)
{
  cairo_select_font_face (cr, "sans-serif", CAIRO_FONT_SLANT_NORMAL,
                          bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size (cr, size);
}

/**
 * lrp_letter_width:
 * @cr: where it would be written
 * @text: words
 *
 * Returns: how much room they take
 */
double
lrp_letter_width (cairo_t *cr, const char *text)
{
  cairo_text_extents_t extents;

  cairo_text_extents (cr, text, &extents);
  return extents.x_advance;
}

/**
 * lrp_letter_draw:
 * @cr: where to write
 * @x: where the part of the text lies that @align names
 * @y: of the line that the letters stand on
 * @align: whether the text begins, has its middle or ends at @x
 * @text: words
 *
 * Writes one line of text.
 */
void
lrp_letter_draw (cairo_t *cr, double x, double y, LrpLetterAlign align, const char *text)
{
  cairo_move_to (cr, x - lrp_letter_width (cr, text) * align / 2.0, y);
  cairo_show_text (cr, text);
}

/**
 * lrp_letter_shorten:
 * @cr: where it is to be written
 * @text: words
 * @room: how much room there is
 *
 * Returns: (transfer full): as much of the text as there is room for
 */
char *
lrp_letter_shorten (cairo_t *cr, const char *text, double room)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  glong n = g_utf8_strlen (valid, -1);
  char *shown = g_strdup (valid);

  while (n > 1 && lrp_letter_width (cr, shown) > room)
    {
      g_autofree char *start = g_utf8_substring (valid, 0, --n);
      g_free (shown);
      shown = g_strconcat (start, "…", NULL);
    }
  return shown;
}
