/* SPDX-License-Identifier: GPL-3.0-or-later */
/* page.c: the page that follows relevance through the network, layer by layer */
#include "config.h"

#include "app/layers/page.h"

#include "app/layers/bar-key.h"
#include "app/kit/text.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/**
 * RlvLayersPage:
 *
 * A slider from the score to the pixels, the list of layers, and details about the layer that is chosen in them. Layers
 * are kept in explanations only while the page is to be seen.
 */
struct _RlvLayersPage
{
  GtkWidget parent_instance;

  RlvLayers *layers;

  GtkStack *stack;
  AdwStatusPage *problem;
  RlvScrubber *scrubber;
  GtkWidget *unit_bar;
  GtkLabel *unit_label;
  GtkWidget *back_to_top;
  AdwLeaflet *leaflet;
  GtkWidget *chain;
  RlvLayerList *list;
  RlvBarKey *key;
  RlvLayerDetails *details;
};

G_DEFINE_FINAL_TYPE (RlvLayersPage, rlv_layers_page, GTK_TYPE_WIDGET)

static RlvSession *
get_session (RlvLayersPage *self)
{
  return rlv_layers_get_session (self->layers);
}

static void
show_problem (RlvLayersPage *self, const char *title, const char *description)
{
  g_autofree char *markup = g_markup_escape_text (description, -1);

  adw_status_page_set_title (self->problem, title);
  adw_status_page_set_description (self->problem, markup);
  gtk_stack_set_visible_child_name (self->stack, "problem");
}

static void
choose_child (RlvLayersPage *self)
{
  const char *error = rlv_query_get_error (rlv_session_get_query (get_session (self)));
  LrpExplanation *explanation = rlv_session_get_explanation (get_session (self));
  g_autofree char *sentence = error ? rlv_text_sentence (error) : NULL;

  if (error)
    show_problem (self, _("This Cannot Be Explained"), sentence);
  else if (explanation && explanation->n_layers == 0)
    show_problem (
        self, _("Nothing Is Known of the Layers"),
        _("This method explains the pixels by many passes through the network. Methods that hand relevance down "
           "from layer to layer, such as LRP, can be followed here"));
  else
    gtk_stack_set_visible_child_name (self->stack, "layers");
}

/* While an answer is waited for, the last one stays, a little faded. */
static void
waiting_cb (RlvLayersPage *self)
{
  gtk_widget_set_opacity (GTK_WIDGET (self->stack),
                          rlv_query_get_waiting (rlv_session_get_query (get_session (self))) ? 0.6 : 1);
}

static void
target_cb (RlvLayersPage *self)
{
  const char *unit = rlv_session_get_full_target (get_session (self))->unit;
  g_autofree char *text = g_strdup_printf (_("Explaining %s"), unit ? unit : "");

  gtk_label_set_label (self->unit_label, text);
  gtk_widget_set_visible (self->unit_bar, unit != NULL);
}

static void
back_to_top_cb (RlvLayersPage *self)
{
  rlv_session_set_target (get_session (self), LRP_TARGET_TOP);
}

static void
opened_cb (RlvLayersPage *self)
{
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->details));
  if (adw_leaflet_get_folded (self->leaflet))
    gtk_widget_grab_focus (GTK_WIDGET (rlv_layer_details_get_montage (self->details)));
}

static void
back_cb (RlvLayersPage *self)
{
  adw_leaflet_set_visible_child (self->leaflet, self->chain);
  gtk_widget_grab_focus (GTK_WIDGET (rlv_layer_list_get_view (self->list)));
}

/* When list and details no longer fit side by side, the list is shown, unless a channel was chosen. */
static void
folded_cb (RlvLayersPage *self)
{
  if (adw_leaflet_get_folded (self->leaflet)
      && rlv_channel_montage_get_channel (rlv_layer_details_get_montage (self->details)) < 0)
    adw_leaflet_set_visible_child (self->leaflet, self->chain);
}

static void
rlv_layers_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rlv_layers_page_parent_class)->map (widget);
  rlv_layers_set_active (RLV_LAYERS_PAGE (widget)->layers, TRUE);
}

static void
rlv_layers_page_unmap (GtkWidget *widget)
{
  RlvLayersPage *self = RLV_LAYERS_PAGE (widget);

  rlv_scrubber_set_playing (self->scrubber, FALSE);
  rlv_layers_set_active (self->layers, FALSE);
  GTK_WIDGET_CLASS (rlv_layers_page_parent_class)->unmap (widget);
}

static void
rlv_layers_page_dispose (GObject *object)
{
  RlvLayersPage *self = RLV_LAYERS_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RLV_TYPE_LAYERS_PAGE);
  g_clear_object (&self->layers);
  G_OBJECT_CLASS (rlv_layers_page_parent_class)->dispose (object);
}

static void
rlv_layers_page_class_init (RlvLayersPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rlv_layers_page_dispose;
  widget_class->map = rlv_layers_page_map;
  widget_class->unmap = rlv_layers_page_unmap;
  g_type_ensure (RLV_TYPE_SCRUBBER);
  g_type_ensure (RLV_TYPE_LAYER_LIST);
  g_type_ensure (RLV_TYPE_BAR_KEY);
  g_type_ensure (RLV_TYPE_LAYER_DETAILS);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/relevance_lrp/Relevance/ui/layers/page.ui");
  gtk_widget_class_bind_template_child (widget_class, RlvLayersPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RlvLayersPage, problem);
  gtk_widget_class_bind_template_child (widget_class, RlvLayersPage, scrubber);
  gtk_widget_class_bind_template_child (widget_class, RlvLayersPage, unit_bar);
  gtk_widget_class_bind_template_child (widget_class, RlvLayersPage, unit_label);
  gtk_widget_class_bind_template_child (widget_class, RlvLayersPage, back_to_top);
  gtk_widget_class_bind_template_child (widget_class, RlvLayersPage, leaflet);
  gtk_widget_class_bind_template_child (widget_class, RlvLayersPage, chain);
  gtk_widget_class_bind_template_child (widget_class, RlvLayersPage, list);
  gtk_widget_class_bind_template_child (widget_class, RlvLayersPage, key);
  gtk_widget_class_bind_template_child (widget_class, RlvLayersPage, details);
  gtk_widget_class_bind_template_callback (widget_class, back_to_top_cb);
  gtk_widget_class_bind_template_callback (widget_class, opened_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
}

static void
rlv_layers_page_init (RlvLayersPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rlv_layers_page_new:
 * @session: what it shows
 * @settings: (nullable): not used: it remembers nothing
 *
 * Returns: (transfer floating): the page that follows relevance through the network
 */
GtkWidget *
rlv_layers_page_new (RlvSession *session, GSettings *settings)
{
  RlvLayersPage *self = g_object_new (RLV_TYPE_LAYERS_PAGE, NULL);

  self->layers = rlv_layers_new (session);
  rlv_scrubber_set_layers (self->scrubber, self->layers);
  rlv_layer_list_set_layers (self->list, self->layers);
  rlv_bar_key_set_layers (self->key, self->layers);
  rlv_layer_details_set_layers (self->details, self->layers);
  g_signal_connect_object (rlv_session_get_query (session), "notify::explanation", G_CALLBACK (choose_child), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rlv_session_get_query (session), "notify::error", G_CALLBACK (choose_child), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::target", G_CALLBACK (target_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (rlv_session_get_query (session), "notify::waiting", G_CALLBACK (waiting_cb), self,
                           G_CONNECT_SWAPPED);
  choose_child (self);
  target_cb (self);
  return GTK_WIDGET (self);
}
