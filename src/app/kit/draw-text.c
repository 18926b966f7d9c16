/* SPDX-License-Identifier: GPL-3.0-or-later */
/* draw-text.c: a line of text in a widget that draws itself */
#include "config.h"

#include "app/kit/draw-text.h"

#include <math.h>

#define LEFT_TO_RIGHT "\xe2\x80\x8e" /* U+200E */

GdkRGBA
rlv_fade (const GdkRGBA *color, double alpha)
{
  return (GdkRGBA){ color->red, color->green, color->blue, color->alpha * (float) alpha };
}

GdkRGBA
rlv_get_foreground (GtkWidget *widget)
{
  GdkRGBA color;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  return color;
}

/* Numbers alone have no direction; where reading runs to the left, their sign would end up behind them. */
static gboolean
has_letters (const char *text)
{
  for (; *text; text = g_utf8_next_char (text))
    if (g_unichar_isalpha (g_utf8_get_char (text)))
      return TRUE;
  return FALSE;
}

static PangoAttrList *
make_attributes (const RlvTextLook *look)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  if (look->bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_attr_list_insert (attributes, pango_attr_scale_new (look->scale));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  return attributes;
}

/**
 * rlv_draw_text:
 * @widget: in whose font and direction
 * @snapshot: where to
 * @text: one line
 * @look: how it looks
 * @x: left edge of its room
 * @y: upper edge of the line
 * @width: of its room; a longer text is cut off
 */
void
rlv_draw_text (GtkWidget *widget, GtkSnapshot *snapshot, const char *text, const RlvTextLook *look, double x, double y,
               double width)
{
  g_autofree char *marked = g_strconcat (has_letters (text) ? "" : LEFT_TO_RIGHT, text, NULL);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, marked);
  PangoAttrList *attributes = make_attributes (look);
  double align = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL ? 1 - look->align : look->align;
  PangoRectangle extents;

  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_width (layout, (int) (MAX (width, 1) * PANGO_SCALE));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_get_pixel_extents (layout, NULL, &extents);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((float) (x - extents.x + align * (width - extents.width)), (float) y));
  gtk_snapshot_append_layout (snapshot, layout, &look->color);
  gtk_snapshot_restore (snapshot);
}

/**
 * rlv_draw_image:
 * @snapshot: where to
 * @image: device pixels
 * @x: left edge
 * @y: upper edge
 * @width: of what it fills
 * @height: of what it fills
 *
 * By Cairo and not as a texture, because the software renderer of GTK 4.8 takes every pixel of a texture through
 * floats.
 */
void
rlv_draw_image (GtkSnapshot *snapshot, cairo_surface_t *image, double x, double y, double width, double height)
{
  cairo_t *cr =
      gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height));

  cairo_translate (cr, x, y);
  cairo_scale (cr, width / cairo_image_surface_get_width (image), height / cairo_image_surface_get_height (image));
  cairo_set_source_surface (cr, image, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_paint (cr);
  cairo_destroy (cr);
}

/**
 * rlv_draw_framed:
 * @widget: for whom
 * @snapshot: where to
 * @image: device pixels
 * @x: left edge of a square
 * @y: upper edge
 * @size: of the square
 */
void
rlv_draw_framed (GtkWidget *widget, GtkSnapshot *snapshot, cairo_surface_t *image, double x, double y, double size)
{
  int scale = gtk_widget_get_scale_factor (widget);
  double w = cairo_image_surface_get_width (image) / (double) scale,
         h = cairo_image_surface_get_height (image) / (double) scale;
  GdkRGBA foreground = rlv_get_foreground (widget), line = rlv_fade (&foreground, 0.2);
  GskRoundedRect outline;

  x += floor ((size - w) / 2);
  y += floor ((size - h) / 2);
  rlv_draw_image (snapshot, image, x, y, w, h);
  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) w, (float) h), 0);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]){ 1, 1, 1, 1 }, (GdkRGBA[4]){ line, line, line, line });
}
