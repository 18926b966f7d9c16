/* SPDX-License-Identifier: GPL-3.0-or-later */
/* list.c: all layers, from pixels to the score */
#include "config.h"

#include "app/layers/list.h"

#include "app/kit/scroller.h"

#include <glib/gi18n.h>

/* The list is never lower than the one, and does not ask for more than the other; in pixels. */
#define MIN_HEIGHT 200
#define MAX_HEIGHT 420

#define KEY_ROW "row" /* of an item: its row, and 1 */

/**
 * RlvLayerList:
 *
 * A tree of rows: time steps lie inside of recurrent layers. The list recycles the rows' widgets; those that are not to
 * be seen draw nothing.
 */
struct _RlvLayerList
{
  GtkWidget parent_instance;

  RlvLayers *layers;
  GtkWidget *scroller;
  GtkListView *view;
  GtkSingleSelection *selection;
  GHashTable *rows; /* the set of RlvLayerRow that show something */
  gboolean following;
};

G_DEFINE_FINAL_TYPE (RlvLayerList, rlv_layer_list, GTK_TYPE_WIDGET)

enum
{
  OPENED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* --- the model ---------------------------------------------------------------------------------------------------- */

static guint
get_item_row (gpointer item)
{
  return GPOINTER_TO_UINT (g_object_get_data (item, KEY_ROW)) - 1;
}

static GListModel *
make_model (const GArray *rows)
{
  GListStore *store = g_list_store_new (G_TYPE_OBJECT);
  g_autoptr (GPtrArray) items = g_ptr_array_new_full (rows->len, g_object_unref);

  for (guint i = 0; i < rows->len; i++)
    {
      GObject *item = g_object_new (G_TYPE_OBJECT, NULL);
      g_object_set_data (item, KEY_ROW, GUINT_TO_POINTER (g_array_index (rows, guint, i) + 1));
      g_ptr_array_add (items, item);
    }
  g_list_store_splice (store, 0, 0, items->pdata, items->len);
  return G_LIST_MODEL (store);
}

static GListModel *
make_children (gpointer item, gpointer data)
{
  const GArray *rows = rlv_flow_get_row (data, get_item_row (item))->rows;

  return rows->len > 0 ? make_model (rows) : NULL;
}

/* The row, or the one that it is inside of where that is closed. */
static GtkTreeListRow *
find_tree_row (RlvLayerList *self, GtkTreeListModel *model, guint row)
{
  const RlvFlowRow *r = rlv_flow_get_row (rlv_layers_get_flow (self->layers), row);
  g_autoptr (GtkTreeListRow) parent = NULL;

  if (r->parent < 0)
    return gtk_tree_list_model_get_child_row (model, r->place);
  parent = find_tree_row (self, model, (guint) r->parent);
  if (!gtk_tree_list_row_get_expanded (parent))
    return g_steal_pointer (&parent);
  return gtk_tree_list_row_get_child_row (parent, r->place);
}

static guint
find_position (RlvLayerList *self, guint row)
{
  GListModel *model = gtk_single_selection_get_model (self->selection);
  g_autoptr (GtkTreeListRow) found = model ? find_tree_row (self, GTK_TREE_LIST_MODEL (model), row) : NULL;

  return found ? gtk_tree_list_row_get_position (found) : GTK_INVALID_LIST_POSITION;
}

static void
selected_cb (RlvLayerList *self)
{
  GtkTreeListRow *selected = gtk_single_selection_get_selected_item (self->selection);
  g_autoptr (GObject) item = selected && !self->following ? gtk_tree_list_row_get_item (selected) : NULL;

  if (item)
    rlv_layers_set_row (self->layers, get_item_row (item));
}

static GtkWidget *
find_item (RlvLayerList *self, guint position)
{
  g_autoptr (GtkTreeListRow) item = g_list_model_get_item (gtk_single_selection_get_model (self->selection), position);
  g_autoptr (GObject) object = gtk_tree_list_row_get_item (item);
  RlvLayerRow *row = rlv_layer_list_find_row (self, get_item_row (object));
  GtkWidget *expander = row ? gtk_widget_get_parent (GTK_WIDGET (row)) : NULL;

  return expander ? gtk_widget_get_parent (expander) : NULL;
}

/* The keyboard goes on from here: at once where it is in the list, else when it comes. GTK 4.8 learns which item that
 * is only from the item that is scrolled to while it is the list's focus child. Scrolls no further than it must. */
static void
go_to (RlvLayerList *self, guint position)
{
  GtkWidget *item, *view = GTK_WIDGET (self->view), *focus_child = gtk_widget_get_focus_child (view);
  GtkRoot *root = gtk_widget_get_root (view);
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  gtk_widget_activate_action (view, "list.scroll-to-item", "u", position);
  item = find_item (self, position);
  if (!item || item == focus_child)
    return;
  if (focus && gtk_widget_is_ancestor (focus, view))
    {
      gtk_widget_grab_focus (item);
      return;
    }
  gtk_widget_set_focus_child (view, item);
  gtk_widget_activate_action (view, "list.scroll-to-item", "u", position);
}

static void
show_row (RlvLayerList *self)
{
  guint position = find_position (self, rlv_layers_get_row (self->layers));

  if (position == GTK_INVALID_LIST_POSITION || gtk_single_selection_get_selected (self->selection) == position)
    return;
  self->following = TRUE;
  gtk_single_selection_set_selected (self->selection, position);
  self->following = FALSE;
  go_to (self, position);
}

static void
flow_cb (RlvLayerList *self)
{
  RlvFlow *flow = rlv_layers_get_flow (self->layers);
  GtkTreeListModel *tree = NULL;

  self->following = TRUE;
  if (flow)
    tree = gtk_tree_list_model_new (make_model (flow->chain), FALSE, FALSE, make_children, rlv_flow_ref (flow),
                                    (GDestroyNotify) rlv_flow_unref);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (tree));
  g_clear_object (&tree);
  self->following = FALSE;
  show_row (self);
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

static void
for_each_row (RlvLayerList *self, void (*visit) (RlvLayerRow *row))
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    visit (row);
}

static void
update_rows (RlvLayerList *self)
{
  for_each_row (self, rlv_layer_row_update);
}

static void
show_rules (RlvLayerList *self)
{
  for_each_row (self, rlv_layer_row_show_rule);
}

static void
scrolled_cb (RlvLayerList *self)
{
  for_each_row (self, rlv_layer_row_scrolled);
}

/* A click tells more; the list itself has chosen the row by then. */
static void
released_cb (RlvLayerRow *row, int n_press, double x, double y, GtkGesture *gesture)
{
  GtkWidget *self = gtk_widget_get_ancestor (GTK_WIDGET (row), RLV_TYPE_LAYER_LIST);

  rlv_layers_set_row (RLV_LAYER_LIST (self)->layers, rlv_layer_row_get_row (row));
  g_signal_emit (self, signals[OPENED], 0);
}

static void
setup_cb (RlvLayerList *self, GtkListItem *item)
{
  GtkWidget *expander = gtk_tree_expander_new (), *row = rlv_layer_row_new (self->layers);
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), row);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_hexpand (row, TRUE);
  gtk_tree_expander_set_child (GTK_TREE_EXPANDER (expander), row);
  gtk_list_item_set_child (item, expander);
}

static void
bind_cb (RlvLayerList *self, GtkListItem *item)
{
  GtkTreeExpander *expander = GTK_TREE_EXPANDER (gtk_list_item_get_child (item));
  RlvLayerRow *row = RLV_LAYER_ROW (gtk_tree_expander_get_child (expander));
  GtkTreeListRow *tree_row = gtk_list_item_get_item (item);
  g_autoptr (GObject) object = gtk_tree_list_row_get_item (tree_row);
  guint index = get_item_row (object);
  const RlvFlow *flow = rlv_layers_get_flow (self->layers);

  gtk_tree_expander_set_list_row (expander, tree_row);
  /* Room for the arrow only where there are arrows. */
  gtk_tree_expander_set_indent_for_icon (expander, flow->chain->len < flow->rows->len);
  g_hash_table_add (self->rows, row);
  rlv_layer_row_bind (row, index);
}

static void
unbind_cb (RlvLayerList *self, GtkListItem *item)
{
  GtkTreeExpander *expander = GTK_TREE_EXPANDER (gtk_list_item_get_child (item));

  g_hash_table_remove (self->rows, gtk_tree_expander_get_child (expander));
  rlv_layer_row_unbind (RLV_LAYER_ROW (gtk_tree_expander_get_child (expander)));
  gtk_tree_expander_set_list_row (expander, NULL);
}

static void
activate_cb (RlvLayerList *self, guint position)
{
  selected_cb (self);
  g_signal_emit (self, signals[OPENED], 0);
}

/* The arrows that point away from where rows begin open and close, as in every tree; the arrow itself has no focus. */
static gboolean
key_cb (RlvLayerList *self, guint keyval, guint keycode, GdkModifierType state)
{
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  guint open = mirrored ? GDK_KEY_Left : GDK_KEY_Right, close = mirrored ? GDK_KEY_Right : GDK_KEY_Left;
  GtkTreeListRow *row = gtk_single_selection_get_selected_item (self->selection);
  g_autoptr (GtkTreeListRow) parent = row ? gtk_tree_list_row_get_parent (row) : NULL;
  g_autoptr (GObject) item = NULL;

  if (!row || (state & gtk_accelerator_get_default_mod_mask ()) || (keyval != open && keyval != close))
    return FALSE;
  if (keyval == open || gtk_tree_list_row_get_expanded (row))
    gtk_tree_list_row_set_expanded (row, keyval == open);
  else if (parent && (item = gtk_tree_list_row_get_item (parent)))
    rlv_layers_set_row (self->layers, get_item_row (item));
  return TRUE;
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

static void
rlv_layer_list_dispose (GObject *object)
{
  RlvLayerList *self = RLV_LAYER_LIST (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->layers);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  G_OBJECT_CLASS (rlv_layer_list_parent_class)->dispose (object);
}

static void
rlv_layer_list_class_init (RlvLayerListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rlv_layer_list_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[OPENED] =
      g_signal_new ("opened", RLV_TYPE_LAYER_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rlv_layer_list_init (RlvLayerList *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->rows = g_hash_table_new (NULL, NULL);
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
  self->view = GTK_LIST_VIEW (gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)), factory));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "layers");
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Layers, from the pixels to the score"), -1);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (self->scroller), MIN_HEIGHT);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scroller), MAX_HEIGHT);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->view));
  rlv_scroller_pass_on (GTK_SCROLLED_WINDOW (self->scroller));
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), "value-changed",
                           G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), "changed",
                           G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

/**
 * rlv_layer_list_set_layers:
 * @self: a list
 * @layers: what the page's parts share; set once
 */
void
rlv_layer_list_set_layers (RlvLayerList *self, RlvLayers *layers)
{
  RlvSession *session = rlv_layers_get_session (layers);

  g_return_if_fail (RLV_IS_LAYER_LIST (self) && !self->layers);

  self->layers = g_object_ref (layers);
  g_signal_connect_object (layers, "notify::flow", G_CALLBACK (flow_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (layers, "notify::row", G_CALLBACK (show_row), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (layers, "notify::explanation", G_CALLBACK (update_rows), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (layers, "warned", G_CALLBACK (update_rows), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::request", G_CALLBACK (show_rules), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (rlv_session_get_display (session), "notify", G_CALLBACK (update_rows), self,
                           G_CONNECT_SWAPPED);
  flow_cb (self);
}

GtkListView *
rlv_layer_list_get_view (RlvLayerList *self)
{
  g_return_val_if_fail (RLV_IS_LAYER_LIST (self), NULL);
  return self->view;
}

RlvLayerRow *
rlv_layer_list_find_row (RlvLayerList *self, guint row)
{
  GHashTableIter iter;
  gpointer found;

  g_return_val_if_fail (RLV_IS_LAYER_LIST (self), NULL);

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &found, NULL))
    if (rlv_layer_row_get_row (found) == row)
      return found;
  return NULL;
}
