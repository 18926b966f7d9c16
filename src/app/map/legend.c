/* SPDX-License-Identifier: GPL-3.0-or-later */
/* legend.c: the colour bar with the numbers that its colours stand for */
#include "config.h"

#include "app/map/legend.h"

#include "heat/draw.h"
#include "app/kit/text.h"

#include <glib/gi18n.h>

#define BAR_HEIGHT 10
#define BAR_WIDTH  120

/**
 * RlvLegend:
 *
 * Low end, bar, high end, in one line.
 */
struct _RlvLegend
{
  GtkWidget parent_instance;

  RlvDisplay *display;
  RlvQuery *query; /* NULL: it is told the number */
  double full;
  GtkWidget *low, *bar, *high;
};

G_DEFINE_FINAL_TYPE (RlvLegend, rlv_legend, GTK_TYPE_WIDGET)

static void
draw_bar (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  RlvLegend *self = data;
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (area));
  cairo_surface_t *bar;

  if (!self->display || width < 1 || height < 1)
    return;
  bar = lrp_heat_legend (rlv_display_get_style (self->display), width * scale, height * scale, FALSE);
  cairo_surface_set_device_scale (bar, scale, scale);
  cairo_set_source_surface (cr, bar, 0, 0);
  cairo_paint (cr);
  cairo_surface_destroy (bar);
}

/* full: the number at the ends; 0 where none holds for all maps, so that the ends say "against" and "for" instead. */
static void
show_ends (RlvLegend *self, double full)
{
  gboolean one_sided = rlv_display_get_style (self->display)->map->one_sided;
  g_autofree char *low = one_sided ? g_strdup ("0") : full > 0 ? rlv_text_signed (-full) : g_strdup (_("against"));
  g_autofree char *high = full > 0 ? rlv_text_signed (full) : g_strdup (_("for"));

  gtk_inscription_set_text (GTK_INSCRIPTION (self->low), low);
  gtk_inscription_set_text (GTK_INSCRIPTION (self->high), high);
}

static void
update_numbers (RlvLegend *self)
{
  int width, height;
  const float *heat;
  g_autofree char *low = NULL, *high = NULL;

  if (!self->query)
    {
      show_ends (self, self->full / rlv_display_get_style (self->display)->gain);
      return;
    }
  heat = rlv_query_get_heat (self->query, &width, &height);
  if (!heat)
    return;
  rlv_text_legend (heat, (gsize) width * (gsize) height, rlv_display_get_style (self->display), &low, &high);
  gtk_inscription_set_text (GTK_INSCRIPTION (self->low), low);
  gtk_inscription_set_text (GTK_INSCRIPTION (self->high), high);
}

static void
display_cb (RlvLegend *self)
{
  update_numbers (self);
  gtk_widget_queue_draw (self->bar);
}

/* An inscription, whose size does not follow its text: new numbers must not lay out the window anew. */
static GtkWidget *
add_number (RlvLegend *self, float xalign, const char *tooltip)
{
  GtkWidget *label = gtk_inscription_new (NULL);

  gtk_widget_set_direction (label, GTK_TEXT_DIR_LTR);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (label), 9);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (label), 11);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (label), xalign);

  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_set_tooltip_text (label, tooltip);
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  return label;
}

static void
rlv_legend_dispose (GObject *object)
{
  RlvLegend *self = RLV_LEGEND (object);

  g_clear_object (&self->display);
  g_clear_object (&self->query);
  g_clear_pointer (&self->low, gtk_widget_unparent);
  g_clear_pointer (&self->bar, gtk_widget_unparent);
  g_clear_pointer (&self->high, gtk_widget_unparent);
  G_OBJECT_CLASS (rlv_legend_parent_class)->dispose (object);
}

static void
rlv_legend_class_init (RlvLegendClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rlv_legend_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "legend");
}

static void
rlv_legend_init (RlvLegend *self)
{
  /* The bar begins at the left wherever people read; so do numbers. */
  gtk_widget_set_direction (GTK_WIDGET (self), GTK_TEXT_DIR_LTR);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))), 8);
  self->low = add_number (
      self, 1, _("Relevance that gets the first colour: it speaks against. ≤ where there is more that gets the same"));
  self->bar = gtk_drawing_area_new ();
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (self->bar), BAR_WIDTH);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (self->bar), BAR_HEIGHT);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->bar), draw_bar, self, NULL);
  gtk_widget_set_valign (self->bar, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (self->bar, TRUE);
  gtk_widget_add_css_class (self->bar, "bar");
  gtk_widget_set_tooltip_text (self->bar, _("What the colours mean: relevance per pixel, zero at the neutral colour"));
  gtk_widget_set_parent (self->bar, GTK_WIDGET (self));
  self->high = add_number (self, 0,
                           _("Relevance that gets the last colour: it speaks for, or, with ±, either way. ≥ where "
                              "there is more that gets the same"));
}

/**
 * rlv_legend_set_query:
 * @self: a legend
 * @display: whose colours it explains
 * @query: whose heatmap has them; both are set once
 */
void
rlv_legend_set_query (RlvLegend *self, RlvDisplay *display, RlvQuery *query)
{
  g_return_if_fail (RLV_IS_LEGEND (self) && !self->query);

  self->display = g_object_ref (display);
  self->query = g_object_ref (query);
  g_signal_connect_object (query, "notify::explanation", G_CALLBACK (update_numbers), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (display, "notify", G_CALLBACK (display_cb), self, G_CONNECT_SWAPPED);
  update_numbers (self);
}

/**
 * rlv_legend_set_display:
 * @self: a legend
 * @display: whose colours it explains, in maps of several queries; set once
 */
void
rlv_legend_set_display (RlvLegend *self, RlvDisplay *display)
{
  g_return_if_fail (RLV_IS_LEGEND (self) && !self->display);

  self->display = g_object_ref (display);
  g_signal_connect_object (display, "notify", G_CALLBACK (display_cb), self, G_CONNECT_SWAPPED);
  update_numbers (self);
}

/**
 * rlv_legend_set_full:
 * @self: a legend of several queries
 * @full: the relevance that has the full colour in all maps, at a gain of 1; 0: each map has its own
 */
void
rlv_legend_set_full (RlvLegend *self, double full)
{
  g_return_if_fail (RLV_IS_LEGEND (self) && self->display && !self->query);

  if (self->full == full)
    return;
  self->full = full;
  update_numbers (self);
}
