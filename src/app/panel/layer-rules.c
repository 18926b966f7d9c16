/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layer-rules.c: which rule each layer gets, and another one where it is wanted */
#include "config.h"

#include "app/panel/layer-rules.h"

#include "app/session/layer-rule.h"

#include <glib/gi18n.h>
#include <string.h>

/* So many rows are shown at most; of more layers, these are found by their names. */
#define MAX_ROWS 24

/**
 * RlvLayerRules:
 *
 * A row for every linear layer of the network: what the composite gives it, and a list to choose another rule from. The
 * choices are the overrides of the session's composite. Of very many layers those are shown first that have another
 * rule, in the network's order otherwise, until somebody looks for others.
 */
struct _RlvLayerRules
{
  AdwExpanderRow parent_instance;

  RlvSession *session;
  GtkWidget *search_row, *more_row;
  GtkEditable *search;
  GtkLabel *more;
  GPtrArray *rows; /* of AdwComboRow */
  GArray *layers;  /* of guint: the layer of each row that is shown */
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
  for (guint i = 0; i < self->layers->len; i++)
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

/* --- which layers ------------------------------------------------------------------------------------------------- */

typedef struct
{
  const LrpNetwork *network;
  const LrpComposite *composite;
  char *wanted; /* in a name */
  guint n;      /* that were found */
} Choice;

static gboolean
is_found (const Choice *choice, guint layer)
{
  const LrpLayer *l = lrp_network_get_layer (choice->network, layer);
  g_autofree char *folded = NULL;

  if (!lrp_op_is_linear (l->kind))
    return FALSE;
  folded = *choice->wanted ? g_utf8_casefold (l->name, -1) : NULL;
  return !folded || strstr (folded, choice->wanted);
}

static gboolean
is_changed (const Choice *choice, guint layer)
{
  return choice->composite->overrides->len > 0 && rlv_layer_rule_get (choice->composite, choice->network, layer) > 0;
}

static int
compare_layers (gconstpointer a, gconstpointer b)
{
  return *(const guint *) a < *(const guint *) b ? -1 : 1;
}

/* Those that were changed are not left out where there is room for them only. */
static void
choose_layers (Choice *choice, GArray *layers)
{
  g_autoptr (GArray) others = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < choice->network->layers->len; i++)
    if (is_found (choice, i))
      {
        GArray *taken = is_changed (choice, i) ? layers : others;
        choice->n++;
        if (taken->len < MAX_ROWS)
          g_array_append_val (taken, i);
      }
  g_array_append_vals (layers, others->data, MIN (others->len, MAX_ROWS - layers->len));
  if (choice->n <= MAX_ROWS)
    g_array_sort (layers, compare_layers);
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

static void
add_row (RlvLayerRules *self)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GListModel) model = make_model ();

  adw_combo_row_set_model (ADW_COMBO_ROW (row), model);
  gtk_widget_set_tooltip_text (row, _("The rule for this layer: the composite’s, or another one"));
  g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (selected_cb), self);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  g_ptr_array_add (self->rows, row);
}

/* As many rows as there are layers to show; what is there already stays. */
static void
set_n_rows (RlvLayerRules *self, guint n)
{
  for (guint i = self->rows->len; i > n; i--)
    {
      adw_expander_row_remove (ADW_EXPANDER_ROW (self), self->rows->pdata[i - 1]);
      g_ptr_array_set_size (self->rows, (int) i - 1);
    }
  if (self->rows->len == n)
    return;
  /* What says that there are more stands last. */
  adw_expander_row_remove (ADW_EXPANDER_ROW (self), self->more_row);
  while (self->rows->len < n)
    add_row (self);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), self->more_row);
}

static void
show_more (RlvLayerRules *self, guint n_found)
{
  guint left = n_found - self->layers->len;
  g_autofree char *text = NULL;

  if (n_found == 0)
    text = g_strdup (_("No layer is called so"));
  else
    text = g_strdup_printf (ngettext ("And %u more layer", "And %u more layers", left), left);
  gtk_label_set_label (self->more, text);
  gtk_widget_set_visible (self->more_row, left > 0 || (n_found == 0 && *gtk_editable_get_text (self->search)));
}

static void
show_layers (RlvLayerRules *self)
{
  LrpNetwork *network = rlv_session_get_network (self->session);
  g_autofree char *wanted = g_utf8_casefold (gtk_editable_get_text (self->search), -1);
  Choice choice = { network, rlv_session_get_request (self->session)->composite, wanted, 0 };

  g_array_set_size (self->layers, 0);
  if (network)
    choose_layers (&choice, self->layers);
  set_n_rows (self, self->layers->len);
  for (guint i = 0; i < self->layers->len; i++)
    {
      const LrpLayer *layer = lrp_network_get_layer (network, g_array_index (self->layers, guint, i));
      g_autofree char *title = g_markup_escape_text (layer->name, -1);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->rows->pdata[i]), title);
    }
  show_more (self, choice.n);
  show_rules (self);
}

static void
network_cb (RlvLayerRules *self)
{
  LrpNetwork *network = rlv_session_get_network (self->session);
  guint n = network ? lrp_network_get_layer (network, network->layers->len - 1)->place : 0;

  gtk_widget_set_visible (self->search_row, n > MAX_ROWS);
  if (n <= MAX_ROWS)
    gtk_editable_set_text (self->search, "");
  show_layers (self);
}

/* The order stays while it is looked at: a row does not move away from the one who changes it. */
static void
expanded_cb (RlvLayerRules *self)
{
  if (self->session && adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)))
    show_layers (self);
}

static void
stop_search_cb (GtkEditable *search)
{
  gtk_editable_set_text (search, "");
}

static GtkWidget *
add_plain_row (RlvLayerRules *self, GtkWidget *child)
{
  GtkWidget *row =
      g_object_new (ADW_TYPE_PREFERENCES_ROW, "activatable", FALSE, "focusable", FALSE, "child", child, NULL);

  gtk_widget_set_visible (row, FALSE);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  /* It is taken out and put back. */
  return g_object_ref (row);
}

static void
rlv_layer_rules_dispose (GObject *object)
{
  RlvLayerRules *self = RLV_LAYER_RULES (object);

  g_clear_object (&self->session);
  g_clear_object (&self->search_row);
  g_clear_object (&self->more_row);
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
add_search (RlvLayerRules *self)
{
  GtkWidget *search = gtk_search_entry_new ();

  self->search = GTK_EDITABLE (search);
  g_object_set (search, "placeholder-text", _("Find a layer"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (search), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Find a layer"), -1);
  gtk_widget_set_margin_start (search, 6);
  gtk_widget_set_margin_end (search, 6);
  gtk_widget_set_margin_top (search, 6);
  gtk_widget_set_margin_bottom (search, 6);
  g_signal_connect_swapped (search, "search-changed", G_CALLBACK (show_layers), self);
  g_signal_connect (search, "stop-search", G_CALLBACK (stop_search_cb), NULL);
  self->search_row = add_plain_row (self, search);
}

static void
rlv_layer_rules_init (RlvLayerRules *self)
{
  GtkWidget *more = gtk_label_new (NULL);

  self->rows = g_ptr_array_new ();
  self->layers = g_array_new (FALSE, FALSE, sizeof (guint));
  add_search (self);
  self->more = GTK_LABEL (more);
  gtk_label_set_wrap (self->more, TRUE);
  gtk_label_set_xalign (self->more, 0);
  gtk_widget_add_css_class (more, "dim-label");
  gtk_widget_add_css_class (more, "caption");
  self->more_row = add_plain_row (self, more);
  gtk_widget_add_css_class (self->more_row, "blurb");
  g_signal_connect (self, "notify::expanded", G_CALLBACK (expanded_cb), NULL);
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
