/* SPDX-License-Identifier: GPL-3.0-or-later */
/* page.c: the page with many explanations of the same drawing */
#include "config.h"

#include "app/compare/page-private.h"

#include "app/map/cell.h"
#include "app/kit/scroller.h"

#include <glib/gi18n.h>

/**
 * RlvComparePage:
 *
 * A grid of cards that reflows with the width. Each asks the session for its own explanation as long as it is in sight.
 */
G_DEFINE_FINAL_TYPE (RlvComparePage, rlv_compare_page, GTK_TYPE_WIDGET)

enum
{
  TOAST,
  FIGURE,
  COMMAND,
  CARDS_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* --- the widget --------------------------------------------------------------------------------------------------- */

static void
rlv_compare_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rlv_compare_page_parent_class)->map (widget);
  _rlv_compare_page_watch (RLV_COMPARE_PAGE (widget));
}

static void
rlv_compare_page_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rlv_compare_page_parent_class)->unmap (widget);
  _rlv_compare_page_stop_watching (RLV_COMPARE_PAGE (widget));
}

static void
activated_cb (RlvComparePage *self, RlvCompareCard *card)
{
  _rlv_compare_page_command (self, "edit", card);
}

static void
network_cb (RlvComparePage *self, const char *name)
{
  _rlv_compare_page_set_network (self, rlv_compare_edit_get_card (RLV_COMPARE_EDIT (self->edit)), name);
}

static void
cards_changed_cb (RlvComparePage *self)
{
  _rlv_compare_page_remember (self);
  _rlv_compare_page_update_actions (self);
}

/* GTK 4.8 leaves the keyboard with nobody when a popover closes. */
static void
closed_cb (RlvComparePage *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  if (self->current && (!focus || !gtk_widget_get_mapped (focus)))
    gtk_widget_grab_focus (GTK_WIDGET (self->current));
}

static void
selected_cb (RlvComparePage *self)
{
  if (self->session)
    _rlv_compare_page_update_actions (self);
}

/* Where the pixel pointed at is, and its value in what the first network that has it is fed; its relevance stands on
 * the cards. */
static char *
dup_pixel (RlvComparePage *self)
{
  double u, v;
  int column, row;
  RlvCell cell;

  if (!rlv_compare_look_get_pointed (self->look, &u, &v))
    return NULL;
  for (guint i = 0; i < rlv_compare_page_get_n_cards (self); i++)
    {
      RlvCompareCard *card = rlv_compare_page_get_card (self, i);
      g_autofree char *input = NULL;
      if (!rlv_compare_card_get_query (card)
          || !rlv_compare_view_get_cell (rlv_compare_card_get_view (card), u, v, &column, &row)
          || !rlv_cell_read (rlv_compare_card_get_query (card), column, row, &cell))
        continue;
      input = rlv_cell_input_text (&cell);
      return g_strdup_printf (_("column %d, row %d: input %s"), column, row, input);
    }
  return NULL;
}

static void
show_note (RlvComparePage *self)
{
  g_autofree char *pixel = dup_pixel (self);
  const char *scale =
      rlv_compare_look_get_locked (self->look) ? _("One scale for all maps") : _("Each map in its own scale");
  const char *note = pixel ? pixel : scale;

  if (!g_str_equal (gtk_label_get_label (self->scale_note), note))
    gtk_label_set_label (self->scale_note, note);
}

static void
pointed_cb (RlvComparePage *self)
{
  double u, v;

  if (rlv_compare_look_get_pointed (self->look, &u, &v))
    self->aimed = FALSE;
  show_note (self);
}

/* The legend has numbers at its ends only where all maps share a scale. */
static void
show_scale (RlvComparePage *self)
{
  rlv_legend_set_full (self->legend, rlv_compare_look_get_scale (self->look));
  show_note (self);
}

static void
rlv_compare_page_dispose (GObject *object)
{
  RlvComparePage *self = RLV_COMPARE_PAGE (object);

  g_clear_handle_id (&self->asking_source, g_source_remove);
  /* As the cards go, the shared scale changes, which nobody is to be told any more. */
  if (self->look)
    {
      g_signal_handlers_disconnect_by_func (self->look, show_scale, self);
      g_signal_handlers_disconnect_by_func (self->look, pointed_cb, self);
    }
  g_clear_weak_pointer (&self->current);
  g_clear_weak_pointer (&self->dragged);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "compare", NULL);
  g_clear_object (&self->actions);
  g_clear_object (&self->add_saved);
  g_clear_object (&self->forget_sets);
  g_clear_pointer (&self->edit, gtk_widget_unparent);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), RLV_TYPE_COMPARE_PAGE);
  g_clear_object (&self->look);
  g_clear_object (&self->networks);
  g_clear_object (&self->settings);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rlv_compare_page_parent_class)->dispose (object);
}

static void
rlv_compare_page_finalize (GObject *object)
{
  g_ptr_array_unref (RLV_COMPARE_PAGE (object)->adjustments);
  g_free (RLV_COMPARE_PAGE (object)->model);
  G_OBJECT_CLASS (rlv_compare_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/relevance_lrp/Relevance/ui/compare/page.ui");
  gtk_widget_class_bind_template_child (widget_class, RlvComparePage, root);
  gtk_widget_class_bind_template_child (widget_class, RlvComparePage, stack);
  gtk_widget_class_bind_template_child (widget_class, RlvComparePage, scroller);
  gtk_widget_class_bind_template_child (widget_class, RlvComparePage, grid);
  gtk_widget_class_bind_template_child (widget_class, RlvComparePage, scale_note);
  gtk_widget_class_bind_template_child (widget_class, RlvComparePage, legend);
  gtk_widget_class_bind_template_child (widget_class, RlvComparePage, sets_button);
  gtk_widget_class_bind_template_child (widget_class, RlvComparePage, add_button);
  gtk_widget_class_bind_template_child (widget_class, RlvComparePage, add_chosen);
  gtk_widget_class_bind_template_child (widget_class, RlvComparePage, add_composites);
  gtk_widget_class_bind_template_child (widget_class, RlvComparePage, add_saved_section);
  gtk_widget_class_bind_template_child (widget_class, RlvComparePage, add_methods);
  gtk_widget_class_bind_template_child (widget_class, RlvComparePage, sets);
  gtk_widget_class_bind_template_child (widget_class, RlvComparePage, own_sets);
  gtk_widget_class_bind_template_child (widget_class, RlvComparePage, forget_section);
  gtk_widget_class_bind_template_child (widget_class, RlvComparePage, orders);
  gtk_widget_class_bind_template_child (widget_class, RlvComparePage, difference_menu);
  gtk_widget_class_bind_template_child (widget_class, RlvComparePage, card_menu);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
}

static void
rlv_compare_page_class_init (RlvComparePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rlv_compare_page_dispose;
  object_class->finalize = rlv_compare_page_finalize;
  widget_class->map = rlv_compare_page_map;
  widget_class->unmap = rlv_compare_page_unmap;

  /**
   * RlvComparePage::toast:
   * @self: the page
   * @toast: says what was done
   *
   * Something is to be said to people.
   */
  signals[TOAST] = g_signal_new ("toast", RLV_TYPE_COMPARE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 ADW_TYPE_TOAST);

  /**
   * RlvComparePage::figure:
   * @self: the page
   * @map: (nullable) (type RlvExportMap): all maps; %NULL where there is none
   *
   * The figure that rlv_compare_page_export() wants can be made.
   */
  signals[FIGURE] = g_signal_new ("figure", RLV_TYPE_COMPARE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  1, G_TYPE_POINTER);

  /* These two are for the page's own files. */
  signals[COMMAND] = g_signal_new_class_handler ("command", RLV_TYPE_COMPARE_PAGE, G_SIGNAL_RUN_LAST,
                                                 G_CALLBACK (_rlv_compare_page_command), NULL, NULL, NULL, G_TYPE_NONE,
                                                 2, G_TYPE_STRING, RLV_TYPE_COMPARE_CARD);
  signals[CARDS_CHANGED] = g_signal_new_class_handler ("cards-changed", RLV_TYPE_COMPARE_PAGE, G_SIGNAL_RUN_LAST,
                                                       G_CALLBACK (cards_changed_cb), NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (RLV_TYPE_LEGEND);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_template (widget_class);
}

/* A grid of which several can be selected drags a rubber band over its cards; here the cards themselves are dragged. */
static void
forbid_rubber_band (RlvComparePage *self)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (self->grid));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      if (GTK_IS_GESTURE_DRAG (controller))
        gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_NONE);
    }
}

static void
rlv_compare_page_init (RlvComparePage *self)
{
  self->adjustments = g_ptr_array_new_with_free_func (g_object_unref);
  self->networks = rlv_compare_networks_new ();
  self->actions = g_simple_action_group_new ();
  gtk_widget_insert_action_group (GTK_WIDGET (self), "compare", G_ACTION_GROUP (self->actions));
  gtk_widget_init_template (GTK_WIDGET (self));
  forbid_rubber_band (self);
  rlv_scroller_pass_on (self->scroller);
  rlv_scroller_fit_height (self->scroller);
  self->edit = rlv_compare_edit_new ();
  gtk_widget_set_parent (self->edit, GTK_WIDGET (self));
  g_signal_connect_swapped (self->edit, "changed", G_CALLBACK (cards_changed_cb), self);
  g_signal_connect_swapped (self->edit, "network", G_CALLBACK (network_cb), self);
  self->menu = gtk_popover_menu_new_from_model (self->card_menu);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  g_signal_connect_swapped (self->edit, "closed", G_CALLBACK (closed_cb), self);
  g_signal_connect_swapped (self->menu, "closed", G_CALLBACK (closed_cb), self);
}

/**
 * rlv_compare_page_new:
 * @session: whose drawing is explained
 * @settings: (nullable): where the cards are remembered
 *
 * Returns: (transfer floating): the page with many explanations
 */
GtkWidget *
rlv_compare_page_new (RlvSession *session, GSettings *settings)
{
  RlvComparePage *self = g_object_new (RLV_TYPE_COMPARE_PAGE, NULL);

  self->session = g_object_ref (session);
  self->look = rlv_compare_look_new (session);
  rlv_legend_set_display (self->legend, rlv_session_get_display (session));
  g_signal_connect_object (self->look, "changed", G_CALLBACK (show_scale), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->look, "pointed", G_CALLBACK (pointed_cb), self, G_CONNECT_SWAPPED);
  if (settings)
    {
      self->settings = g_object_ref (settings);
      g_settings_bind (settings, "comparison-locked", self->look, "locked", G_SETTINGS_BIND_DEFAULT);
    }
  _rlv_compare_page_add_actions (self);
  _rlv_compare_page_add_adding_actions (self);
  _rlv_compare_page_add_own_actions (self);
  _rlv_compare_page_fill_menus (self);
  _rlv_compare_page_recall (self);
  show_scale (self);
  return GTK_WIDGET (self);
}
