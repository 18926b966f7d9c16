/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view-image.c: the image of a card's map, with marks on it, and where it lies */
#include "config.h"

#include "app/compare/view-private.h"

#include <math.h>

/* The mark is never smaller than this, in logical pixels. */
#define MARK 5
/* The number of a pin, in logical pixels. */
#define DIGIT 11

/* What is seen of a photo; NULL where a drawing is explained, or nothing. */
static const LrpShown *
get_shown (RlvCompareView *self)
{
  return self->site && self->site->photo ? &self->site->shown : NULL;
}

/**
 * _rlv_compare_view_get_area:
 * @self: a view
 * @area: (out): where its image lies
 */
void
_rlv_compare_view_get_area (RlvCompareView *self, graphene_rect_t *area)
{
  rlv_site_get_area (self->site, gtk_widget_get_width (GTK_WIDGET (self)), gtk_widget_get_height (GTK_WIDGET (self)),
                     area);
}

/* Where the map lies on the part that is seen. */
static LrpHeatTransform
get_fit (RlvCompareView *self)
{
  const LrpHeatTransform *all = &self->site->fit;
  double u, v, zoom = rlv_compare_look_get_zoom (self->look, &u, &v);
  double down = all->scale_y > 0 ? all->scale_y : all->scale;

  return (LrpHeatTransform){ all->scale / zoom, all->scale * u + all->dx, down * v + all->dy, down / zoom };
}

static cairo_surface_t *
compose (RlvCompareView *self, int width, int height)
{
  LrpHeatStyle style = *rlv_display_get_style (rlv_session_get_display (rlv_compare_look_get_session (self->look)));
  const LrpShown *shown = get_shown (self);
  LrpHeatTransform fit;

  style.fixed_scale = self->scale;
  if (!self->heat)
    return lrp_heat_compose (NULL, 1, 1, NULL, rlv_compare_look_get_ink (self->look, width), NULL, &style, width,
                             height);
  fit = get_fit (self);
  return lrp_heat_compose (
      self->heat, self->cells_w, self->cells_h, &fit, shown ? NULL : rlv_compare_look_get_ink (self->look, width),
      shown ? rlv_compare_look_get_picture (self->look, shown, width, height) : NULL, &style, width, height);
}

/* Keeps the image unless its size or the scale that it shares with others has changed. */
static void
update_image (RlvCompareView *self, int width, int height)
{
  double scale = self->counts ? rlv_compare_look_get_scale (self->look) : 0;

  if (self->image && scale == self->scale && cairo_image_surface_get_width (self->image) == width
      && cairo_image_surface_get_height (self->image) == height)
    return;
  g_clear_pointer (&self->image, cairo_surface_destroy);
  self->scale = scale;
  self->image = compose (self, width, height);
}

/**
 * _rlv_compare_view_find_cell:
 * @self: a view that has a map
 * @u: a place of what was drawn
 * @v: the same
 * @column: (out): of the cell there, which may lie beyond the map
 * @row: (out): the same
 */
void
_rlv_compare_view_find_cell (RlvCompareView *self, double u, double v, int *column, int *row)
{
  const LrpHeatTransform *fit = &self->site->fit;

  *column = (int) floor (fit->scale * u + fit->dx);
  *row = (int) floor ((fit->scale_y > 0 ? fit->scale_y : fit->scale) * v + fit->dy);
}

/* A frame around a cell, dark in light so that it is seen on any colour. number: of a pin; 0: it is pointed at. */
static void
draw_mark (RlvCompareView *self, cairo_t *cr, const graphene_rect_t *area, int column, int row, guint number)
{
  double width = (double) area->size.width, height = (double) area->size.height;
  LrpHeatTransform fit = get_fit (self);
  double w = MAX (width / fit.scale, MARK), h = MAX (height / fit.scale_y, MARK);
  double x = floor (width * (column + 0.5 - fit.dx) / fit.scale - w / 2) + 0.5;
  double y = floor (height * (row + 0.5 - fit.dy) / fit.scale_y - h / 2) + 0.5;
  const char text[2] = { (char) ('0' + number), '\0' };

  cairo_rectangle (cr, x, y, ceil (w), ceil (h));
  if (number > 0)
    {
      cairo_set_font_size (cr, DIGIT);
      cairo_move_to (cr, x + w + 2, y - 1);
      cairo_text_path (cr, text);
    }
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_set_line_width (cr, 3);
  cairo_stroke_preserve (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

static void
draw_marks (RlvCompareView *self, cairo_t *cr, const graphene_rect_t *area)
{
  RlvPins *pins = rlv_session_get_pins (rlv_compare_look_get_session (self->look));
  double u, v;
  int column, row;

  if (!self->heat)
    return;
  for (guint i = 0; i < rlv_pins_get_n (pins); i++)
    {
      RlvPin pin = rlv_pins_get (pins, i);
      if (pin.column < self->cells_w && pin.row < self->cells_h)
        draw_mark (self, cr, area, pin.column, pin.row, i + 1);
    }
  if (!rlv_compare_look_get_pointed (self->look, &u, &v))
    return;
  _rlv_compare_view_find_cell (self, u, v, &column, &row);
  draw_mark (self, cr, area, column, row, 0);
}

/**
 * _rlv_compare_view_paint:
 * @self: a view that has a look
 * @cr: where to
 * @area: where its image lies
 *
 * Paints the map, and marks pins and the place pointed at.
 */
void
_rlv_compare_view_paint (RlvCompareView *self, cairo_t *cr, const graphene_rect_t *area)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));

  update_image (self, (int) area->size.width * scale, (int) area->size.height * scale);
  cairo_translate (cr, (double) area->origin.x, (double) area->origin.y);
  cairo_save (cr);
  cairo_scale (cr, 1.0 / scale, 1.0 / scale);
  cairo_set_source_surface (cr, self->image, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_paint (cr);
  cairo_restore (cr);
  draw_marks (self, cr, area);
}
