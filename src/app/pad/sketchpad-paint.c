/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sketchpad-paint.c: how the paper looks: ink, overlay, invitation, and where the pen is */
#include "config.h"

#include "app/pad/sketchpad-private.h"

#include "app/drawing/example.h"

#include <glib/gi18n.h>
#include <math.h>

#define CORNER 12
/* Arms of the cross, in pixels. */
#define CROSS_ARM 9

/* Dark ink on light paper, or the other way round. */
static const GdkRGBA light_paper = { 1, 1, 1, 1 }, light_ink = { 0.12f, 0.12f, 0.13f, 1 };
static const GdkRGBA dark_paper = { 0.10f, 0.10f, 0.11f, 1 }, dark_ink = { 0.96f, 0.96f, 0.95f, 1 };

static const GdkRGBA *
get_paper (void)
{
  return adw_style_manager_get_dark (adw_style_manager_get_default ()) ? &dark_paper : &light_paper;
}

static GdkRGBA
get_ink (double alpha)
{
  GdkRGBA ink = adw_style_manager_get_dark (adw_style_manager_get_default ()) ? dark_ink : light_ink;

  ink.alpha = (float) alpha;
  return ink;
}

/* What could not be drawn in one frame. */
static gboolean
again_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer unused)
{
  gtk_widget_queue_draw (widget);
  return G_SOURCE_REMOVE;
}

/* The ink in its colour, by its coverage of device pixels. */
static void
append_ink (RlvSketchpad *self, GtkSnapshot *snapshot, const graphene_rect_t *pad)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  const GdkRGBA color = get_ink (1);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, pad);

  rlv_ink_cache_update (self->cache, self->document, (int) pad->size.width * scale);
  if (rlv_ink_cache_is_behind (self->cache))
    gtk_widget_add_tick_callback (GTK_WIDGET (self), again_cb, NULL, NULL);
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_translate (cr, (double) pad->origin.x, (double) pad->origin.y);
  cairo_scale (cr, 1.0 / scale, 1.0 / scale);
  cairo_mask_surface (cr, rlv_ink_cache_get_surface (self->cache), 0, 0);
  cairo_destroy (cr);
}

static void
append_words (RlvSketchpad *self, GtkSnapshot *snapshot, const graphene_rect_t *pad, const char *words, float y)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), words);
  const GdkRGBA color = get_ink (0.6);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (pad->origin.x + (pad->size.width - (float) width) / 2,
                                                          pad->origin.y + pad->size.height * y - (float) height / 2));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

static void
append_invitation (RlvSketchpad *self, GtkSnapshot *snapshot, const graphene_rect_t *pad)
{
  const GdkRGBA color = get_ink (0.13);
  cairo_t *cr;

  if (self->for_pictures)
    {
      append_words (self, snapshot, pad, _("Drop or paste a picture"), 0.5f);
      return;
    }
  cr = gtk_snapshot_append_cairo (snapshot, pad);
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_translate (cr, (double) pad->origin.x, (double) pad->origin.y);
  rlv_example_draw (cr, (double) pad->size.width, self->example_progress);
  cairo_destroy (cr);
  append_words (self, snapshot, pad, _("Draw a digit"), 0.86f);
}

static void
append_ring (GtkSnapshot *snapshot, double x, double y, double radius, const GdkRGBA *color)
{
  GskRoundedRect ring;
  const graphene_rect_t box =
      GRAPHENE_RECT_INIT ((float) (x - radius), (float) (y - radius), (float) (2 * radius), (float) (2 * radius));
  const float widths[4] = { 1, 1, 1, 1 };
  const GdkRGBA colors[4] = { *color, *color, *color, *color };

  gsk_rounded_rect_init_from_rect (&ring, &box, (float) radius);
  gtk_snapshot_append_border (snapshot, &ring, widths, colors);
}

/* The size of the pen, where it is: one ring in the ink's colour and one in the paper's, so one of them is seen. */
static void
append_pen (RlvSketchpad *self, GtkSnapshot *snapshot, const graphene_rect_t *pad, double x, double y)
{
  const GdkRGBA ink = get_ink (0.7);
  GdkRGBA paper = *get_paper ();
  double radius = MAX (self->pen_width * (double) pad->size.width / 2, 2);

  paper.alpha = 0.7f;
  append_ring (snapshot, x, y, radius + 1, &paper);
  append_ring (snapshot, x, y, radius, &ink);
}

static void
append_cross (RlvSketchpad *self, GtkSnapshot *snapshot, const graphene_rect_t *pad)
{
  const RlvPadInput *input = &self->input;
  double x = round ((double) pad->origin.x + input->cross_x * (double) pad->size.width);
  double y = round ((double) pad->origin.y + input->cross_y * (double) pad->size.height);
  const GdkRGBA ink = get_ink (0.9);
  float half = input->pen_down ? 1.5f : 0.5f;

  append_pen (self, snapshot, pad, x, y);
  for (int pass = 0; pass < 2; pass++)
    {
      float grow = pass == 0 ? 1 : 0, arm = CROSS_ARM + grow, thick = half + grow;
      const GdkRGBA *color = pass == 0 ? get_paper () : &ink;

      gtk_snapshot_append_color (snapshot, color,
                                 &GRAPHENE_RECT_INIT ((float) x - arm, (float) y - thick, 2 * arm, 2 * thick));
      gtk_snapshot_append_color (snapshot, color,
                                 &GRAPHENE_RECT_INIT ((float) x - thick, (float) y - arm, 2 * thick, 2 * arm));
    }
}

static void
append_frame (RlvSketchpad *self, GtkSnapshot *snapshot, const GskRoundedRect *sheet)
{
  gboolean focused = gtk_widget_has_visible_focus (GTK_WIDGET (self)) || self->input.keyboard;
  GdkRGBA color = get_ink (0.18);
  float width = focused ? 2 : 1;

  if (focused)
    gtk_style_context_lookup_color (gtk_widget_get_style_context (GTK_WIDGET (self)), "accent_color", &color);
  gtk_snapshot_append_border (snapshot, sheet, (const float[4]){ width, width, width, width },
                              (const GdkRGBA[4]){ color, color, color, color });
}

/**
 * _rlv_sketchpad_paint:
 * @self: a sketchpad
 * @snapshot: where to
 *
 * Paints paper, overlay, ink, and the pen or the cross over them.
 */
void
_rlv_sketchpad_paint (RlvSketchpad *self, GtkSnapshot *snapshot)
{
  graphene_rect_t pad;
  GskRoundedRect sheet;

  rlv_sketchpad_get_pad (self, &pad);
  if (pad.size.width < 1)
    return;
  gsk_rounded_rect_init_from_rect (&sheet, &pad, CORNER);
  gtk_snapshot_push_rounded_clip (snapshot, &sheet);
  gtk_snapshot_append_color (snapshot, get_paper (), &pad);
  if (self->overlay)
    gtk_snapshot_append_texture (snapshot, self->overlay, &pad);
  append_ink (self, snapshot, &pad);
  if (rlv_document_get_empty (self->document) && !self->input.keyboard)
    append_invitation (self, snapshot, &pad);
  if (self->input.keyboard)
    append_cross (self, snapshot, &pad);
  else if (self->input.hovering)
    append_pen (self, snapshot, &pad, self->input.hover_x, self->input.hover_y);
  gtk_snapshot_pop (snapshot);
  append_frame (self, snapshot, &sheet);
}
