/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bar-key.c: what the parts of the bars mean */
#include "config.h"

#include "app/layers/bar-key.h"

#include "app/kit/draw-text.h"
#include "app/layers/flow-bar.h"

#include <glib/gi18n.h>

#define SWATCH_WIDTH  18
#define SWATCH_HEIGHT 10

static const struct
{
  const char *title, *tooltip;
} words[RLV_N_BAR_FILLS] = {
  [RLV_BAR_HANDED_ON] = { N_("handed on"), N_("Relevance that the layer handed on to its inputs") },
  [RLV_BAR_BIAS] = { N_("biases"),
                     N_("Relevance that the layer’s biases absorbed; beyond the end of a bar, what they gave") },
  [RLV_BAR_STABILIZER] = { N_("stabiliser"), N_("Relevance that epsilon, the stabiliser, took away from weak and "
                                                  "contradictory shares") },
  [RLV_BAR_LOST] = { N_("lost"),
                     N_("Relevance that the layer was given and could not hand on, because of its rule") },
  [RLV_BAR_MADE] = { N_("made"),
                     N_("Relevance that the layer handed on without having been given it, because of its rule") },
};

/**
 * RlvBarKey:
 *
 * A swatch and a word for each part, on as many lines as they need.
 */
struct _RlvBarKey
{
  GtkWidget parent_instance;

  RlvLayers *layers;
  GtkWidget *box;
};

G_DEFINE_FINAL_TYPE (RlvBarKey, rlv_bar_key, GTK_TYPE_WIDGET)

static void
draw_swatch (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  RlvBarKey *self = RLV_BAR_KEY (gtk_widget_get_ancestor (GTK_WIDGET (area), RLV_TYPE_BAR_KEY));
  GdkRGBA foreground = rlv_get_foreground (GTK_WIDGET (area));

  if (self->layers)
    rlv_bar_draw_part (cr, GPOINTER_TO_UINT (data), &foreground,
                       lrp_colormap_lookup (rlv_layers_get_style (self->layers)->map, 0.8), 0, 0, width, height);
}

static GtkWidget *
make_entry (RlvBarFill part)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4), *swatch = gtk_drawing_area_new ();
  GtkWidget *label = gtk_label_new (_(words[part].title));

  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (swatch), SWATCH_WIDTH);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (swatch), SWATCH_HEIGHT);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (swatch), draw_swatch, GUINT_TO_POINTER (part), NULL);
  gtk_widget_set_valign (swatch, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (box), swatch);
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_set_tooltip_text (box, _(words[part].tooltip));
  return box;
}

static void
rlv_bar_key_dispose (GObject *object)
{
  RlvBarKey *self = RLV_BAR_KEY (object);

  g_clear_object (&self->layers);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (rlv_bar_key_parent_class)->dispose (object);
}

static void
rlv_bar_key_class_init (RlvBarKeyClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rlv_bar_key_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
rlv_bar_key_init (RlvBarKey *self)
{
  GtkFlowBox *box;

  self->box = gtk_flow_box_new ();
  box = GTK_FLOW_BOX (self->box);
  gtk_flow_box_set_selection_mode (box, GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (box, RLV_N_BAR_FILLS);
  gtk_flow_box_set_min_children_per_line (box, 3);
  gtk_flow_box_set_column_spacing (box, 8);
  for (guint part = 0; part < RLV_N_BAR_FILLS; part++)
    {
      gtk_flow_box_append (box, make_entry (part));
      gtk_widget_set_focusable (GTK_WIDGET (gtk_flow_box_get_child_at_index (box, (int) part)), FALSE);
    }
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

static void
redraw (GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    redraw (child);
  gtk_widget_queue_draw (widget);
}

/**
 * rlv_bar_key_set_layers:
 * @self: a key
 * @layers: in whose colours; set once
 */
void
rlv_bar_key_set_layers (RlvBarKey *self, RlvLayers *layers)
{
  g_return_if_fail (RLV_IS_BAR_KEY (self) && !self->layers);

  self->layers = g_object_ref (layers);
  g_signal_connect_object (rlv_session_get_display (rlv_layers_get_session (layers)), "notify", G_CALLBACK (redraw),
                           self, G_CONNECT_SWAPPED);
}
