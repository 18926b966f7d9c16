/* SPDX-License-Identifier: GPL-3.0-or-later */
/* page.c: the page with many explanations of the same drawing */
#include "config.h"

#include "app/compare/page-private.h"

#include "app/map/cell.h"
#include "app/compare/set.h"
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
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* --- what is in sight --------------------------------------------------------------------------------------------- */

/* Whether any of it is seen through everything that scrolls. */
static gboolean
is_in_sight (GtkWidget *card)
{
  gboolean seen = gtk_widget_get_mapped (card);

  for (GtkWidget *above = gtk_widget_get_parent (card); seen && above; above = gtk_widget_get_parent (above))
    {
      graphene_rect_t bounds, window;
      if (!GTK_IS_SCROLLED_WINDOW (above))
        continue;
      window = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (above), (float) gtk_widget_get_height (above));
      seen = gtk_widget_compute_bounds (card, above, &bounds) && graphene_rect_intersection (&bounds, &window, NULL);
    }
  return seen;
}

/* While all are asked, it does not matter where they are. */
static void
update_sight (RlvComparePage *self)
{
  guint n = rlv_compare_page_get_n_cards (self);
  g_autofree gboolean *active = g_new0 (gboolean, MAX (n, 1));

  for (guint i = 0; i < n; i++)
    {
      RlvCompareCard *card = rlv_compare_page_get_card (self, i), *first, *second;
      active[i] = active[i] || self->asking_source || is_in_sight (GTK_WIDGET (card));
      if (active[i] && rlv_compare_card_get_sources (card, &first, &second))
        active[_rlv_compare_page_find (self, first)] = active[_rlv_compare_page_find (self, second)] = TRUE;
    }
  for (guint i = 0; i < n; i++)
    rlv_compare_card_set_active (rlv_compare_page_get_card (self, i), active[i]);
}

static void
stop_looking (RlvComparePage *self)
{
  if (self->sight_handler)
    g_signal_handler_disconnect (gtk_widget_get_frame_clock (GTK_WIDGET (self)), self->sight_handler);
  self->sight_handler = 0;
}

static void
painted_cb (RlvComparePage *self)
{
  stop_looking (self);
  update_sight (self);
}

/**
 * _rlv_compare_page_queue_sight:
 * @self: the page
 *
 * Finds out what is in sight once the next frame has its layout.
 */
void
_rlv_compare_page_queue_sight (RlvComparePage *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  if (self->sight_handler || !clock || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->sight_handler = g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (painted_cb), self);
  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
}

static void
follow (RlvComparePage *self, GtkScrolledWindow *scroller)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (scroller);

  g_ptr_array_add (self->adjustments, g_object_ref (adjustment));
  g_signal_connect_swapped (adjustment, "value-changed", G_CALLBACK (_rlv_compare_page_queue_sight), self);
  g_signal_connect_swapped (adjustment, "changed", G_CALLBACK (_rlv_compare_page_queue_sight), self);
}

static void
rlv_compare_page_map (GtkWidget *widget)
{
  RlvComparePage *self = RLV_COMPARE_PAGE (widget);

  GTK_WIDGET_CLASS (rlv_compare_page_parent_class)->map (widget);
  for (GtkWidget *above = GTK_WIDGET (self->grid); above; above = gtk_widget_get_parent (above))
    if (GTK_IS_SCROLLED_WINDOW (above))
      follow (self, GTK_SCROLLED_WINDOW (above));
  _rlv_compare_page_queue_sight (self);
}

static void
rlv_compare_page_unmap (GtkWidget *widget)
{
  RlvComparePage *self = RLV_COMPARE_PAGE (widget);

  stop_looking (self);
  for (guint i = 0; i < self->adjustments->len; i++)
    g_signal_handlers_disconnect_by_func (self->adjustments->pdata[i], _rlv_compare_page_queue_sight, self);
  g_ptr_array_set_size (self->adjustments, 0);
  GTK_WIDGET_CLASS (rlv_compare_page_parent_class)->unmap (widget);
  update_sight (self);
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

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

/* GTK 4.8 leaves the keyboard with nobody. */
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

/* The pixel pointed at, in what the first card's network is fed: where it is, and what; cards say the rest. */
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

/* Where each map has its own scale, the ends of the bar have no number. */
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
  /* The last cards that go have no scale any more. */
  if (self->look)
    {
      g_signal_handlers_disconnect_by_func (self->look, show_scale, self);
      g_signal_handlers_disconnect_by_func (self->look, pointed_cb, self);
    }
  g_clear_weak_pointer (&self->current);
  g_clear_weak_pointer (&self->dragged);
  g_clear_weak_pointer (&self->said);
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
   * @toast: (transfer full): says what was done
   *
   * Something is to be said to people.
   */
  signals[TOAST] = g_signal_new ("toast", RLV_TYPE_COMPARE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 ADW_TYPE_TOAST);

  /**
   * RlvComparePage::figure:
   * @self: the page
   * @job: (nullable) (type RlvExportJob): all maps; %NULL where there is none
   *
   * The figure that rlv_compare_page_export() wants can be made.
   */
  signals[FIGURE] = g_signal_new ("figure", RLV_TYPE_COMPARE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  1, G_TYPE_POINTER);

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
  g_signal_connect_swapped (self->edit, "changed", G_CALLBACK (_rlv_compare_page_remember), self);
  g_signal_connect_swapped (self->edit, "network", G_CALLBACK (network_cb), self);
  self->menu = gtk_popover_menu_new_from_model (self->card_menu);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  g_signal_connect_swapped (self->edit, "closed", G_CALLBACK (closed_cb), self);
  g_signal_connect_swapped (self->menu, "closed", G_CALLBACK (closed_cb), self);
}

/* The cards of last time; a new user finds the first set. */
static void
recall (RlvComparePage *self)
{
  g_autoptr (GVariant) state = self->settings ? g_settings_get_value (self->settings, "comparison") : NULL;
  g_autoptr (GPtrArray) items = state ? rlv_compare_items_from_variant (state) : rlv_items_new ();

  if (!items->len)
    {
      g_ptr_array_unref (items);
      items = rlv_compare_set_make (&rlv_compare_sets[0], rlv_session_get_request (self->session), NULL, 0, NULL);
    }
  _rlv_compare_page_set_items (self, items);
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
  recall (self);
  show_scale (self);
  return GTK_WIDGET (self);
}

/**
 * rlv_compare_page_get_n_cards:
 * @self: a page
 *
 * Returns: how many cards it has
 */
guint
rlv_compare_page_get_n_cards (RlvComparePage *self)
{
  guint n = 0;

  g_return_val_if_fail (RLV_IS_COMPARE_PAGE (self), 0);
  while (gtk_flow_box_get_child_at_index (self->grid, (int) n))
    n++;
  return n;
}

/**
 * rlv_compare_page_get_card:
 * @self: a page
 * @i: which, in their order
 *
 * Returns: (transfer none) (nullable): the card
 */
RlvCompareCard *
rlv_compare_page_get_card (RlvComparePage *self, guint i)
{
  GtkFlowBoxChild *child;

  g_return_val_if_fail (RLV_IS_COMPARE_PAGE (self), NULL);
  child = gtk_flow_box_get_child_at_index (self->grid, (int) i);
  return child ? RLV_COMPARE_CARD (child) : NULL;
}

/**
 * rlv_compare_page_get_look:
 * @self: a page
 *
 * Returns: (transfer none): what all its cards share
 */
RlvCompareLook *
rlv_compare_page_get_look (RlvComparePage *self)
{
  g_return_val_if_fail (RLV_IS_COMPARE_PAGE (self), NULL);
  return self->look;
}

/**
 * rlv_compare_page_get_edit:
 * @self: a page
 *
 * Returns: (transfer none): where cards are changed
 */
RlvCompareEdit *
rlv_compare_page_get_edit (RlvComparePage *self)
{
  g_return_val_if_fail (RLV_IS_COMPARE_PAGE (self), NULL);
  return RLV_COMPARE_EDIT (self->edit);
}
