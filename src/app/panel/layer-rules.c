/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layer-rules.c: which rule each layer gets, and another one where it is wanted */
#include "config.h"

#include "app/panel/layer-rules.h"

#include "app/session/layer-rule.h"

#include <glib/gi18n.h>

/**
 * RlvLayerRules:
 *
 * A row for every linear layer of the network: what the composite gives it, and a list to choose another rule from. The
 * choices are the overrides of the session's composite.
 */
struct _RlvLayerRules
{
  AdwExpanderRow parent_instance;

  RlvSession *session;
  GPtrArray *rows; /* of AdwComboRow */
  GArray *layers;  /* of guint: the layer of each row */
  gboolean following;
};

G_DEFINE_FINAL_TYPE (RlvLayerRules, rlv_layer_rules, ADW_TYPE_EXPANDER_ROW)

/* Choice 0 is what the composite says; the others are the rows of the rule table. */
static GListModel *
make_model (void)
{
  GtkStringList *names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _("Composite"));
  for (guint i = 0; i < lrp_rules.n_rows; i++)
    gtk_string_list_append (names, _(lrp_table_get (&lrp_rules, i)->title));
  return G_LIST_MODEL (names);
}

static void
show_rules (RlvLayerRules *self)
{
  const LrpComposite *composite = rlv_session_get_request (self->session)->composite;
  LrpNetwork *network = rlv_session_get_network (self->session);

  self->following = TRUE;
  for (guint i = 0; i < self->rows->len; i++)
    {
      guint layer = g_array_index (self->layers, guint, i);
      AdwComboRow *row = g_ptr_array_index (self->rows, i);
      g_autofree char *subtitle = rlv_layer_rule_describe (composite, network, layer);
      adw_combo_row_set_selected (row, rlv_layer_rule_get (composite, network, layer));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
    }
  self->following = FALSE;
}

static void
selected_cb (RlvLayerRules *self, GParamSpec *pspec, AdwComboRow *row)
{
  g_autoptr (LrpRequest) request = NULL;
  guint i;

  if (self->following || !g_ptr_array_find (self->rows, row, &i))
    return;
  request = lrp_request_copy (rlv_session_get_request (self->session));
  rlv_layer_rule_set (request->composite, rlv_session_get_network (self->session),
                      g_array_index (self->layers, guint, i), adw_combo_row_get_selected (row));
  rlv_session_set_request (self->session, request);
}

static void
add_row (RlvLayerRules *self, guint layer, const char *name)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GListModel) model = make_model ();
  g_autofree char *title = g_markup_escape_text (name, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), model);
  gtk_widget_set_tooltip_text (row, _("The rule for this layer: the composite’s, or another one"));
  g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (selected_cb), self);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  g_ptr_array_add (self->rows, row);
  g_array_append_val (self->layers, layer);
}

static void
network_cb (RlvLayerRules *self)
{
  LrpNetwork *network = rlv_session_get_network (self->session);

  for (guint i = 0; i < self->rows->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  g_array_set_size (self->layers, 0);
  for (guint i = 0; network && i < network->layers->len; i++)
    if (lrp_op_is_linear (lrp_network_get_layer (network, i)->kind))
      add_row (self, i, lrp_network_get_layer (network, i)->name);
  show_rules (self);
}

static void
rlv_layer_rules_dispose (GObject *object)
{
  RlvLayerRules *self = RLV_LAYER_RULES (object);

  g_clear_object (&self->session);
  G_OBJECT_CLASS (rlv_layer_rules_parent_class)->dispose (object);
}

static void
rlv_layer_rules_finalize (GObject *object)
{
  RlvLayerRules *self = RLV_LAYER_RULES (object);

  g_ptr_array_unref (self->rows);
  g_array_unref (self->layers);
  G_OBJECT_CLASS (rlv_layer_rules_parent_class)->finalize (object);
}

static void
rlv_layer_rules_class_init (RlvLayerRulesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rlv_layer_rules_dispose;
  G_OBJECT_CLASS (klass)->finalize = rlv_layer_rules_finalize;
}

static void
rlv_layer_rules_init (RlvLayerRules *self)
{
  self->rows = g_ptr_array_new ();
  self->layers = g_array_new (FALSE, FALSE, sizeof (guint));
}

/**
 * rlv_layer_rules_set_session:
 * @self: the rows
 * @session: whose network and composite they are about; set once
 */
void
rlv_layer_rules_set_session (RlvLayerRules *self, RlvSession *session)
{
  g_return_if_fail (RLV_IS_LAYER_RULES (self) && !self->session);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::network", G_CALLBACK (network_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::request", G_CALLBACK (show_rules), self, G_CONNECT_SWAPPED);
  network_cb (self);
}
