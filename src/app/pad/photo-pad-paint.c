/* SPDX-License-Identifier: GPL-3.0-or-later */
/* photo-pad-paint.c: how the photo pad looks: the photo, the frame over it, and where the brush is */
#include "config.h"

#include "app/pad/photo-pad-private.h"

#include <math.h>

/* How long the handle of a corner is, and an arm of the cross. */
#define HANDLE    12
#define CROSS_ARM 9

static void
draw_handles (cairo_t *cr, double x, double y, double width, double height)
{
  double length = MIN (HANDLE, MIN (width, height) / 3);

  for (int i = 0; i < 4; i++)
    {
      double cx = i % 2 ? x + width : x, cy = i / 2 ? y + height : y;
      cairo_move_to (cr, cx + (i % 2 ? -length : length), cy);
      cairo_line_to (cr, cx, cy);
      cairo_line_to (cr, cx, cy + (i / 2 ? -length : length));
    }
}

/* White on black, to be seen on any photo; what is outside of the frame is darkened by a shade. */
static void
draw_frame (cairo_t *cr, const graphene_rect_t *area, const graphene_rect_t *frame, double shade, gboolean handles)
{
  double x = (double) frame->origin.x, y = (double) frame->origin.y;
  double width = (double) frame->size.width, height = (double) frame->size.height;

  cairo_rectangle (cr, (double) area->origin.x, (double) area->origin.y, (double) area->size.width,
                   (double) area->size.height);
  cairo_rectangle (cr, x, y, width, height);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_set_source_rgba (cr, 0, 0, 0, shade);
  cairo_fill (cr);
  for (int pass = 0; pass < 2; pass++)
    {
      cairo_set_source_rgba (cr, pass, pass, pass, pass ? 1 : 0.5);
      cairo_rectangle (cr, x + 0.5, y + 0.5, width - 1, height - 1);
      cairo_set_line_width (cr, pass ? 1 : 3);
      cairo_stroke (cr);
      if (!handles)
        continue;
      draw_handles (cr, x + 1.5, y + 1.5, width - 3, height - 3);
      cairo_set_line_width (cr, pass ? 3 : 5);
      cairo_stroke (cr);
    }
}

/* One ring in white and one in black, so that one of them is seen. */
static void
draw_brush (cairo_t *cr, double x, double y, double radius)
{
  for (int pass = 0; pass < 2; pass++)
    {
      cairo_set_source_rgba (cr, pass, pass, pass, 0.8);
      cairo_set_line_width (cr, 1);
      cairo_new_sub_path (cr);
      cairo_arc (cr, x, y, MAX (radius, 2) + 1 - pass, 0, 2 * G_PI);
      cairo_stroke (cr);
    }
}

static void
draw_cross (cairo_t *cr, double x, double y, gboolean down)
{
  for (int pass = 0; pass < 2; pass++)
    {
      double arm = CROSS_ARM + 1 - pass;
      cairo_set_source_rgba (cr, pass, pass, pass, 1);
      cairo_set_line_width (cr, (down ? 3 : 1) + 2 * (1 - pass));
      cairo_move_to (cr, x - arm, y);
      cairo_line_to (cr, x + arm, y);
      cairo_move_to (cr, x, y - arm);
      cairo_line_to (cr, x, y + arm);
      cairo_stroke (cr);
    }
}

/* The brush is shown where the pointer is, or the cross that the keys move. */
static void
draw_hand (RlvPhotoPad *self, cairo_t *cr, const graphene_rect_t *area)
{
  const RlvPhotoInput *input = &self->input;
  double radius = self->brush_width * (double) MAX (area->size.width, area->size.height) / 2;
  double x = floor ((double) area->origin.x + input->cross_x * (double) area->size.width) + 0.5;
  double y = floor ((double) area->origin.y + input->cross_y * (double) area->size.height) + 0.5;

  if (input->keyboard)
    {
      draw_brush (cr, x, y, radius);
      draw_cross (cr, x, y, input->down);
    }
  else if (input->hovering)
    draw_brush (cr, input->hover_x, input->hover_y, radius);
}

static void
draw_photo (RlvPhotoPad *self, cairo_t *cr, const graphene_rect_t *area)
{
  RlvPhoto *photo = _rlv_photo_pad_get_photo (self);
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  const LrpRegion all = { 0, 0, rlv_photo_get_width (photo), rlv_photo_get_height (photo) };
  cairo_surface_t *image =
      rlv_photo_render (photo, &all, (int) area->size.width * scale, (int) area->size.height * scale);

  cairo_save (cr);
  cairo_translate (cr, (double) area->origin.x, (double) area->origin.y);
  cairo_scale (cr, 1.0 / scale, 1.0 / scale);
  cairo_set_source_surface (cr, image, 0, 0);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_surface_destroy (image);
}

/**
 * _rlv_photo_pad_paint:
 * @self: a photo pad
 * @snapshot: where to
 *
 * Paints the photo, the frame, and the brush over them.
 */
void
_rlv_photo_pad_paint (RlvPhotoPad *self, GtkSnapshot *snapshot)
{
  gboolean framing = self->tool == RLV_PHOTO_TOOL_FRAME;
  graphene_rect_t area, frame;
  cairo_t *cr;

  if (!_rlv_photo_pad_get_photo (self))
    return;
  _rlv_photo_pad_get_area (self, &area);
  cr = gtk_snapshot_append_cairo (snapshot, &area);
  draw_photo (self, cr, &area);
  if (rlv_photo_pad_get_frame (self, &frame) && graphene_rect_intersection (&frame, &area, &frame))
    draw_frame (cr, &area, &frame, framing ? 0.5 : 0.25, framing);
  if (!framing)
    draw_hand (self, cr, &area);
  cairo_destroy (cr);
}
