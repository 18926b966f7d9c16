/* SPDX-License-Identifier: GPL-3.0-or-later */
/* panel.c: how it is explained, and how that is shown */
#include "config.h"

#include "app/panel/panel.h"

#include "app/panel/show-group.h"
#include "app/session/layer-rule.h"

#include <glib/gi18n.h>

/**
 * RlvMethodPanel:
 *
 * The right column: target, method, composite with its parameters, rules by layer, what of these was saved, looks. It
 * turns what is chosen into the session's request, and follows the request when something else changes it.
 */
struct _RlvMethodPanel
{
  GtkWidget parent_instance;

  RlvSession *session;
  GtkWidget *root; /* all that is in it */
  RlvTargetRow *target;
  RlvChoiceGroup *method;
  RlvChoiceGroup *composite;
  GtkWidget *reset; /* takes back the rules by layer, where there are some */
  GtkWidget *layers;
  RlvLayerRules *rules;
  RlvSavedList *saved;
  RlvShowGroup *show;
  RlvInputGroup *input;
};

G_DEFINE_FINAL_TYPE (RlvMethodPanel, rlv_method_panel, GTK_TYPE_WIDGET)

static void
changed_cb (RlvMethodPanel *self)
{
  g_autoptr (LrpRequest) request = lrp_request_copy (rlv_session_get_request (self->session));

  request->method = *rlv_choice_group_get_choice (self->method);
  request->composite->choice = *rlv_choice_group_get_choice (self->composite);
  rlv_session_set_request (self->session, request);
}

/* Where the composite is named it is told that not all layers have its rules. */
static void
show_changed (RlvMethodPanel *self, const LrpComposite *composite)
{
  LrpNetwork *network = rlv_session_get_network (self->session);
  guint n = network ? lrp_composite_count_changed (composite, network) : 0;
  g_autofree char *text = g_strdup_printf (ngettext ("%u layer changed", "%u layers changed", n), n);

  rlv_choice_group_set_note (self->composite, n > 0 ? text : "");
  gtk_widget_set_visible (self->reset, n > 0);
}

/* A composite that leaves the choice to the network has parameters that not every network's needs. */
static void
show_meaning (RlvMethodPanel *self)
{
  LrpNetwork *network = rlv_session_get_network (self->session);
  g_autoptr (LrpComposite) composite = lrp_composite_copy (rlv_session_get_request (self->session)->composite);

  if (network)
    lrp_composite_resolve (composite, network);
  rlv_choice_group_set_meaning (self->composite, composite->choice.entry);
}

/* What the first composite, which leaves the choice to the network, means for the one that is open. */
static void
network_cb (RlvMethodPanel *self)
{
  LrpNetwork *network = rlv_session_get_network (self->session);
  g_autoptr (LrpComposite) composite = lrp_composite_new ("auto", NULL);
  const LrpEntry *automatic = composite->choice.entry;
  g_autofree char *title = NULL;

  /* Translators: the composite that suits the network, and in brackets which one that is */
  title = network && lrp_composite_resolve (composite, network)
              ? g_strdup_printf (_("%s (%s)"), _(automatic->title), _(composite->choice.entry->title))
              : g_strdup (_(automatic->title));
  rlv_choice_group_set_row_title (self->composite, 0, title);
  show_meaning (self);
}

static void
reset_cb (RlvMethodPanel *self)
{
  g_autoptr (LrpRequest) request = lrp_request_copy (rlv_session_get_request (self->session));

  /* The button vanishes; the keyboard goes on where it stood. */
  gtk_widget_grab_focus (GTK_WIDGET (self->composite));
  g_array_set_size (request->composite->overrides, 0);
  rlv_session_set_request (self->session, request);
}

static void
request_cb (RlvMethodPanel *self)
{
  const LrpRequest *request = rlv_session_get_request (self->session);
  gboolean by_composite = ((const LrpMethod *) request->method.entry)->uses_composite;

  rlv_choice_group_set_choice (self->method, &request->method);
  rlv_choice_group_set_choice (self->composite, &request->composite->choice);
  show_meaning (self);
  show_changed (self, request->composite);
  gtk_widget_set_visible (GTK_WIDGET (self->composite), by_composite);
  gtk_widget_set_visible (self->layers, by_composite);
}

/* As long as a button or finger is down, what it moves makes one step to undo. */
static gboolean
event_cb (RlvMethodPanel *self, GdkEvent *event)
{
  GdkEventType type = gdk_event_get_event_type (event);

  if (type == GDK_BUTTON_PRESS || type == GDK_TOUCH_BEGIN)
    rlv_history_set_held (rlv_session_get_history (self->session), TRUE);
  else if (type == GDK_BUTTON_RELEASE || type == GDK_TOUCH_END || type == GDK_TOUCH_CANCEL)
    rlv_history_set_held (rlv_session_get_history (self->session), FALSE);
  return GDK_EVENT_PROPAGATE;
}

static void
rlv_method_panel_dispose (GObject *object)
{
  RlvMethodPanel *self = RLV_METHOD_PANEL (object);

  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), RLV_TYPE_METHOD_PANEL);
  G_OBJECT_CLASS (rlv_method_panel_parent_class)->dispose (object);
}

static void
rlv_method_panel_class_init (RlvMethodPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rlv_method_panel_dispose;

  g_type_ensure (RLV_TYPE_TARGET_ROW);
  g_type_ensure (RLV_TYPE_CHOICE_GROUP);
  g_type_ensure (RLV_TYPE_LAYER_RULES);
  g_type_ensure (RLV_TYPE_SAVED_LIST);
  g_type_ensure (RLV_TYPE_SHOW_GROUP);
  g_type_ensure (RLV_TYPE_INPUT_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/relevance_lrp/Relevance/ui/panel/panel.ui");
  gtk_widget_class_bind_template_child (widget_class, RlvMethodPanel, root);
  gtk_widget_class_bind_template_child (widget_class, RlvMethodPanel, target);
  gtk_widget_class_bind_template_child (widget_class, RlvMethodPanel, method);
  gtk_widget_class_bind_template_child (widget_class, RlvMethodPanel, composite);
  gtk_widget_class_bind_template_child (widget_class, RlvMethodPanel, layers);
  gtk_widget_class_bind_template_child (widget_class, RlvMethodPanel, rules);
  gtk_widget_class_bind_template_child (widget_class, RlvMethodPanel, saved);
  gtk_widget_class_bind_template_child (widget_class, RlvMethodPanel, show);
  gtk_widget_class_bind_template_child (widget_class, RlvMethodPanel, input);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
add_reset (RlvMethodPanel *self)
{
  self->reset = gtk_button_new_from_icon_name ("edit-undo-symbolic");
  gtk_widget_set_valign (self->reset, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->reset, "flat");
  gtk_widget_set_tooltip_text (self->reset, _("All Layers as the Composite Says"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->reset), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("All Layers as the Composite Says"), -1);
  g_signal_connect_swapped (self->reset, "clicked", G_CALLBACK (reset_cb), self);
  rlv_choice_group_add_button (self->composite, self->reset);
}

static void
rlv_method_panel_init (RlvMethodPanel *self)
{
  GtkEventController *events = gtk_event_controller_legacy_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (events, "event", G_CALLBACK (event_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), events);
  rlv_choice_group_set_table (self->method, &lrp_methods, _("Method"));
  rlv_choice_group_set_table (self->composite, &lrp_composites, _("Composite"));
  add_reset (self);
}

/**
 * rlv_method_panel_set_session:
 * @self: a panel
 * @session: whose request and looks it sets; set once
 */
void
rlv_method_panel_set_session (RlvMethodPanel *self, RlvSession *session)
{
  g_return_if_fail (RLV_IS_METHOD_PANEL (self) && !self->session);

  self->session = g_object_ref (session);
  rlv_target_row_set_session (self->target, session);
  rlv_layer_rules_set_session (self->rules, session);
  rlv_saved_list_set_session (self->saved, session);
  rlv_show_group_set_session (self->show, session);
  rlv_input_group_set_session (self->input, session);
  g_signal_connect_object (session, "notify::request", G_CALLBACK (request_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::network", G_CALLBACK (network_cb), self, G_CONNECT_SWAPPED);
  request_cb (self);
  network_cb (self);
}

/**
 * rlv_method_panel_get_saved:
 * @self: a panel
 *
 * Returns: (transfer none): where composites are saved
 */
RlvSavedList *
rlv_method_panel_get_saved (RlvMethodPanel *self)
{
  g_return_val_if_fail (RLV_IS_METHOD_PANEL (self), NULL);
  return self->saved;
}

/**
 * rlv_method_panel_get_input:
 * @self: a panel
 *
 * Returns: (transfer none): how pictures become the network's input
 */
RlvInputGroup *
rlv_method_panel_get_input (RlvMethodPanel *self)
{
  g_return_val_if_fail (RLV_IS_METHOD_PANEL (self), NULL);
  return self->input;
}
