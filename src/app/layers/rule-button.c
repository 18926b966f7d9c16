/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rule-button.c: says which rule a layer has, and opens a menu of others */
#include "config.h"

#include "app/layers/rule-button.h"

#include "app/session/layer-rule.h"

#include <glib/gi18n.h>

/**
 * RlvRuleButton:
 *
 * Its menu is made when it is asked for: a network may have hundreds of layers.
 */
struct _RlvRuleButton
{
  GtkWidget parent_instance;

  RlvLayers *layers;
  int row;         /* -1: none */
  GArray *members; /* of guint: its layers that have rules */
  GtkMenuButton *button;
  GSimpleAction *rule; /* its state is the choice */
};

G_DEFINE_FINAL_TYPE (RlvRuleButton, rlv_rule_button, GTK_TYPE_WIDGET)

static const LrpRequest *
get_request (RlvRuleButton *self)
{
  return rlv_session_get_request (rlv_layers_get_session (self->layers));
}

static LrpNetwork *
get_network (RlvRuleButton *self)
{
  return rlv_layers_get_flow (self->layers)->network;
}

static guint
get_member (RlvRuleButton *self, guint i)
{
  return g_array_index (self->members, guint, i);
}

/* The layers of a recurrent layer are named after it. */
static void
chosen_cb (RlvRuleButton *self, GVariant *choice)
{
  g_autoptr (LrpRequest) request = lrp_request_copy (get_request (self));
  const RlvFlowRow *row = rlv_flow_get_row (rlv_layers_get_flow (self->layers), (guint) self->row);
  g_autofree char *pattern = g_strconcat (row->name, "/*", NULL);
  guint selected = g_variant_get_uint32 (choice);

  if (row->kind == RLV_FLOW_LAYER)
    rlv_layer_rule_set (request->composite, get_network (self), row->layer, selected);
  else
    rlv_layer_rule_set_all (request->composite, get_network (self), pattern, self->members, selected);
  rlv_session_set_request (rlv_layers_get_session (self->layers), request);
}

static void
append_choice (GMenu *menu, const char *title, guint choice)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (title, NULL);

  g_menu_item_set_action_and_target (item, "layer.rule", "u", choice);
  g_menu_append_item (menu, item);
}

static void
create_popup (GtkMenuButton *button, gpointer data)
{
  RlvRuleButton *self = data;
  g_autoptr (GMenu) menu = g_menu_new (), rules = g_menu_new ();
  guint choice = rlv_layer_rule_get (get_request (self)->composite, get_network (self), get_member (self, 0));

  append_choice (menu, _("As the composite says"), 0);
  for (guint i = 0; i < lrp_rules.n_rows; i++)
    append_choice (rules, _(lrp_table_get (&lrp_rules, i)->title), i + 1);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (rules));
  g_simple_action_set_state (self->rule, g_variant_new_uint32 (choice));
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static void
rlv_rule_button_dispose (GObject *object)
{
  RlvRuleButton *self = RLV_RULE_BUTTON (object);

  g_clear_object (&self->layers);
  g_clear_object (&self->rule);
  g_clear_pointer (&self->members, g_array_unref);
  if (self->button)
    gtk_widget_unparent (GTK_WIDGET (self->button));
  self->button = NULL;
  G_OBJECT_CLASS (rlv_rule_button_parent_class)->dispose (object);
}

static void
rlv_rule_button_class_init (RlvRuleButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rlv_rule_button_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
rlv_rule_button_init (RlvRuleButton *self)
{
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();

  self->row = -1;
  self->members = g_array_new (FALSE, FALSE, sizeof (guint));
  self->rule = g_simple_action_new_stateful ("rule", G_VARIANT_TYPE_UINT32, g_variant_new_uint32 (0));
  g_signal_connect_swapped (self->rule, "change-state", G_CALLBACK (chosen_cb), self);
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (self->rule));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "layer", G_ACTION_GROUP (actions));

  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_has_frame (self->button, FALSE);
  gtk_menu_button_set_create_popup_func (self->button, create_popup, self, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "rule");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button),
                               _("The rule for this layer: the composite’s, or another one"));
  gtk_widget_set_parent (GTK_WIDGET (self->button), GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* Those of a time step have the rule of their recurrent layer, which has a button of its own. */
static void
find_members (RlvRuleButton *self)
{
  const RlvFlowRow *row =
      self->row >= 0 ? rlv_flow_get_row (rlv_layers_get_flow (self->layers), (guint) self->row) : NULL;

  g_array_set_size (self->members, 0);
  for (guint i = 0; row && row->kind != RLV_FLOW_STEP && i < row->layers->len; i++)
    {
      guint layer = g_array_index (row->layers, guint, i);
      if (lrp_op_is_linear (lrp_network_get_layer (get_network (self), layer)->kind))
        g_array_append_val (self->members, layer);
    }
}

static const char *
get_title (RlvRuleButton *self)
{
  const LrpComposite *composite = get_request (self)->composite;
  const char *title = rlv_layer_rule_get_title (composite, get_network (self), get_member (self, 0));

  for (guint i = 1; i < self->members->len; i++)
    if (!g_str_equal (title, rlv_layer_rule_get_title (composite, get_network (self), get_member (self, i))))
      return _("several");
  return title;
}

/**
 * rlv_rule_button_set_row:
 * @self: a button
 * @layers: what the page's parts share
 * @row: the row whose rule it shows; -1 for none
 */
void
rlv_rule_button_set_row (RlvRuleButton *self, RlvLayers *layers, int row)
{
  g_autofree char *label = NULL;
  const char *title;
  gboolean visible;

  g_return_if_fail (RLV_IS_RULE_BUTTON (self));

  g_set_object (&self->layers, layers);
  self->row = row;
  find_members (self);
  visible = self->members->len > 0 && ((const LrpMethod *) get_request (self)->method.entry)->uses_composite;
  gtk_widget_set_visible (GTK_WIDGET (self), visible);
  if (!visible)
    return;
  title = get_title (self);
  label =
      g_strdup_printf (_("Rule of %s: %s"), rlv_flow_get_row (rlv_layers_get_flow (layers), (guint) row)->name, title);
  gtk_menu_button_set_label (self->button, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}
