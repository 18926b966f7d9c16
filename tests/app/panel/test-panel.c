/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-panel.c: rows come from the tables, and what they say is what is asked */
#include "config.h"

#include "app/choose/param-row.h"
#include "files/load.h"
#include "window-fixture.h"

#include <math.h>
#include <string.h>

static RlvChoiceGroup *
composite_of (WindowFixture *f)
{
  return RLV_CHOICE_GROUP (test_find_by_id (GTK_WIDGET (TEST_FIND (f->window, METHOD_PANEL)), "composite"));
}

static RlvChoiceGroup *
method_of (WindowFixture *f)
{
  return RLV_CHOICE_GROUP (test_find_by_id (GTK_WIDGET (TEST_FIND (f->window, METHOD_PANEL)), "method"));
}

static const LrpComposite *
asked (WindowFixture *f)
{
  return rlv_session_get_request (f->session)->composite;
}

static void
choose (RlvChoiceGroup *group, const LrpTable *table, const char *name)
{
  guint row = 0;

  while (!g_str_equal (lrp_table_get (table, row)->name, name))
    row++;
  adw_combo_row_set_selected (window_fixture_get_combo (group), row);
}

/* Every row of every table can be chosen, has a row for each of its parameters, and is what is asked then. */
static void
test_tables (WindowFixture *f, gconstpointer data)
{
  for (guint i = 0; i < lrp_composites.n_rows; i++)
    {
      const LrpEntry *entry = lrp_table_get (&lrp_composites, i);
      adw_combo_row_set_selected (window_fixture_get_combo (composite_of (f)), i);
      g_assert_cmpstr (asked (f)->choice.entry->name, ==, entry->name);
      for (guint p = 0; p < lrp_entry_n_params (entry); p++)
        {
          GtkWidget *row = window_fixture_get_param_row (composite_of (f), entry->params[p].name);
          g_assert_true (entry->params[p].choices ? ADW_IS_COMBO_ROW (row) : RLV_IS_PARAM_ROW (row));
        }
      g_assert_null (window_fixture_get_param_row (composite_of (f), "no such parameter"));
    }
  for (guint i = 0; i < lrp_methods.n_rows; i++)
    {
      adw_combo_row_set_selected (window_fixture_get_combo (method_of (f)), i);
      g_assert_true (rlv_session_get_request (f->session)->method.entry == lrp_table_get (&lrp_methods, i));
    }
}

/* The composite that suits the network says which one it is, and stays chosen where that changes. */
static void
test_automatic (WindowFixture *f, gconstpointer data)
{
  static const struct
  {
    const char *network, *title;
  } cases[] = { { "mnist-cnn", "Automatic (ε-plus-flat)" }, { "mnist-mlp", "Automatic (LRP-γ)" } };
  AdwComboRow *row = window_fixture_get_combo (composite_of (f));

  choose (composite_of (f), &lrp_composites, "auto");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LrpNetwork) network = lrp_load_network (cases[i].network, NULL);
      rlv_session_set_network (f->session, network);
      g_assert_cmpuint (adw_combo_row_get_selected (row), ==, 0);
      g_assert_cmpstr (gtk_string_object_get_string (adw_combo_row_get_selected_item (row)), ==, cases[i].title);
      g_assert_cmpstr (asked (f)->choice.entry->name, ==, "auto");
    }
}

static void
test_only_what_counts (WindowFixture *f, gconstpointer data)
{
  choose (method_of (f), &lrp_methods, "gradient");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (composite_of (f))));
  choose (method_of (f), &lrp_methods, "lrp");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (composite_of (f))));
}

static void
test_slider (WindowFixture *f, gconstpointer data)
{
  RlvParamRow *row;

  choose (composite_of (f), &lrp_composites, "gamma");
  row = RLV_PARAM_ROW (window_fixture_get_param_row (composite_of (f), "gamma"));
  g_assert_cmpfloat (rlv_param_row_get_value (row), ==, 0.25);
  gtk_range_set_value (window_fixture_get_slider (row), 0.5);
  g_assert_cmpfloat_with_epsilon (lrp_choice_get (&asked (f)->choice, "gamma"), 2, 1e-9);
  /* What no slider reaches is kept as it is. */
  rlv_param_row_set_value (row, 100);
  g_assert_cmpfloat (lrp_choice_get (&asked (f)->choice, "gamma"), ==, 100);
  g_assert_cmpfloat (gtk_range_get_value (window_fixture_get_slider (row)), ==, 1);
}

static void
test_log_slider (WindowFixture *f, gconstpointer data)
{
  RlvParamRow *row;
  const LrpEntry *entry = lrp_table_find (&lrp_composites, "epsilon", NULL);
  const LrpParam *param = &entry->params[lrp_entry_find_param (entry, "epsilon")];

  choose (composite_of (f), &lrp_composites, "epsilon");
  row = RLV_PARAM_ROW (window_fixture_get_param_row (composite_of (f), "epsilon"));
  gtk_range_set_value (window_fixture_get_slider (row), 1);
  g_assert_cmpfloat_with_epsilon (lrp_choice_get (&asked (f)->choice, "epsilon"), param->high, 1e-9);
  gtk_range_set_value (window_fixture_get_slider (row), 0.5);
  /* The middle is the geometric mean, to two digits. */
  g_assert_cmpfloat_with_epsilon (lrp_choice_get (&asked (f)->choice, "epsilon") / sqrt (param->low * param->high), 1,
                                  0.05);
}

static void
find_reset (GtkWidget *widget, gpointer data)
{
  if (GTK_IS_BUTTON (widget))
    *(GtkWidget **) data = widget;
}

static void
test_reset (WindowFixture *f, gconstpointer data)
{
  GtkWidget *button = NULL, *row;

  choose (composite_of (f), &lrp_composites, "gamma");
  row = window_fixture_get_param_row (composite_of (f), "gamma");
  window_fixture_walk (row, find_reset, &button);
  g_assert_false (gtk_widget_get_sensitive (button));
  rlv_param_row_set_value (RLV_PARAM_ROW (row), 1.5);
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpfloat (lrp_choice_get (&asked (f)->choice, "gamma"), ==, 0.25);
  g_assert_false (gtk_widget_get_sensitive (button));
}

/* alpha - beta is 1, whichever of them is moved: never an error. */
static void
test_couple (WindowFixture *f, gconstpointer data)
{
  window_fixture_draw (f, 3);
  choose (composite_of (f), &lrp_composites, "alpha-beta");
  rlv_param_row_set_value (RLV_PARAM_ROW (window_fixture_get_param_row (composite_of (f), "alpha")), 3.5);
  window_fixture_settle (f);
  g_assert_null (rlv_query_get_error (rlv_session_get_query (f->session)));
  rlv_param_row_set_value (RLV_PARAM_ROW (window_fixture_get_param_row (composite_of (f), "beta")), 0.5);
  g_assert_cmpfloat (lrp_choice_get (&asked (f)->choice, "alpha"), ==, 1.5);
  window_fixture_settle (f);
  g_assert_null (rlv_query_get_error (rlv_session_get_query (f->session)));
  g_assert_nonnull (rlv_session_get_explanation (f->session));
}

static const char *
rule_of_layer (WindowFixture *f, const char *name)
{
  const LrpExplanation *explanation = rlv_session_get_explanation (f->session);

  for (guint i = 0; i < explanation->n_layers; i++)
    if (g_str_equal (explanation->layers[i].name, name))
      return explanation->layers[i].rule;
  return NULL;
}

static void
test_rule_by_layer (WindowFixture *f, gconstpointer data)
{
  RlvLayerRules *rules = TEST_FIND (f->window, LAYER_RULES);
  AdwComboRow *row = ADW_COMBO_ROW (test_find_by_type (GTK_WIDGET (rules), ADW_TYPE_COMBO_ROW, 1));
  const char *layer = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));
  guint flat = 0;

  while (!g_str_equal (lrp_table_get (&lrp_rules, flat)->name, "flat"))
    flat++;
  window_fixture_draw (f, 3);
  g_assert_cmpstr (rule_of_layer (f, layer), ==, "z-plus");
  adw_combo_row_set_selected (row, flat + 1);
  window_fixture_settle (f);
  g_assert_cmpstr (rule_of_layer (f, layer), ==, "flat");
  g_assert_cmpuint (asked (f)->overrides->len, ==, 1);
  adw_combo_row_set_selected (row, 0);
  window_fixture_settle (f);
  g_assert_cmpstr (rule_of_layer (f, layer), ==, "z-plus");
  g_assert_cmpuint (asked (f)->overrides->len, ==, 0);
}

static void
test_a_row_for_each_linear_layer (WindowFixture *f, gconstpointer data)
{
  RlvLayerRules *rules = TEST_FIND (f->window, LAYER_RULES);
  LrpNetwork *network = rlv_session_get_network (f->session);
  guint linear = 0;

  for (guint i = 0; i < network->layers->len; i++)
    linear += lrp_op_is_linear (lrp_network_get_layer (network, i)->kind);
  g_assert_cmpuint (linear, >, 2);
  g_assert_nonnull (test_find_by_type (GTK_WIDGET (rules), ADW_TYPE_COMBO_ROW, linear - 1));
  g_assert_null (test_find_by_type (GTK_WIDGET (rules), ADW_TYPE_COMBO_ROW, linear));
}

/* dense0 to dense99 */
static LrpNetwork *
make_many_layers (void)
{
  g_autoptr (LrpNetwork) network = lrp_network_new ("many", "x", &LRP_SHAPE (1, 1, 2, 2));
  LrpNetwork *sealed;

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *name = g_strdup_printf ("dense%u", i);
      LrpLayer *layer = lrp_layer_new (LRP_OP_DENSE, name);
      layer->weights = lrp_tensor_new (&LRP_SHAPE (2, 2), NULL);
      lrp_layer_set_inputs (layer, &i, 1);
      g_assert_cmpint (lrp_network_add (network, layer, NULL), >, 0);
    }
  sealed = lrp_network_canonize (network, NULL);
  g_assert_nonnull (sealed);
  return sealed;
}

static const char *
title_of (RlvLayerRules *rules, guint row)
{
  GtkWidget *combo = test_find_by_type (GTK_WIDGET (rules), ADW_TYPE_COMBO_ROW, row);

  return combo ? adw_preferences_row_get_title (ADW_PREFERENCES_ROW (combo)) : NULL;
}

static gboolean
begins_with_77 (gpointer rules)
{
  return g_strcmp0 (title_of (rules, 0), "dense77") == 0;
}

/* Of very many layers some are shown, first those that were changed, and each can be found. */
static void
test_many_layers (WindowFixture *f, gconstpointer data)
{
  RlvLayerRules *rules = TEST_FIND (f->window, LAYER_RULES);
  g_autoptr (LrpNetwork) network = make_many_layers ();
  g_autoptr (LrpRequest) request = lrp_request_copy (rlv_session_get_request (f->session));
  GtkWidget *search = test_find_by_type (GTK_WIDGET (rules), GTK_TYPE_SEARCH_ENTRY, 0);

  g_assert_false (gtk_widget_get_visible (gtk_widget_get_ancestor (search, ADW_TYPE_PREFERENCES_ROW)));
  rlv_session_set_network (f->session, network);
  g_assert_true (gtk_widget_get_visible (gtk_widget_get_ancestor (search, ADW_TYPE_PREFERENCES_ROW)));
  g_assert_cmpstr (title_of (rules, 0), ==, "dense0");
  g_assert_cmpstr (title_of (rules, 23), ==, "dense23");
  g_assert_null (title_of (rules, 24));
  g_assert_nonnull (test_find_by_label (GTK_WIDGET (rules), "And 76 more layers"));
  g_assert_true (lrp_composite_add_override (request->composite, "dense60=gamma", NULL));
  rlv_session_set_request (f->session, request);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (rules), TRUE);
  g_assert_cmpstr (title_of (rules, 0), ==, "dense60");
  g_assert_cmpstr (title_of (rules, 1), ==, "dense0");
  gtk_editable_set_text (GTK_EDITABLE (search), "77");
  g_assert_true (test_wait_until (begins_with_77, rules, PATIENCE));
  g_assert_null (title_of (rules, 1));
  adw_combo_row_set_selected (ADW_COMBO_ROW (test_find_by_type (GTK_WIDGET (rules), ADW_TYPE_COMBO_ROW, 0)), 1);
  g_assert_cmpstr (g_array_index (asked (f)->overrides, LrpOverride, 1).pattern, ==, "dense77");
  g_assert_cmpstr (title_of (rules, 0), ==, "dense77");
}

/* A rule by layer is told where the composite is named, and taken back there. */
static void
test_changed_layers (WindowFixture *f, gconstpointer data)
{
  AdwActionRow *row = ADW_ACTION_ROW (window_fixture_get_combo (composite_of (f)));
  GtkWidget *reset = test_find_by_label (GTK_WIDGET (row), "All Layers as the Composite Says");
  g_autoptr (LrpRequest) request = lrp_request_copy (rlv_session_get_request (f->session));

  g_assert_nonnull (reset);
  g_assert_false (gtk_widget_get_visible (reset));
  g_assert_cmpstr (adw_action_row_get_subtitle (row), ==, "");
  choose (composite_of (f), &lrp_composites, "epsilon-plus");
  /* Its last layer has epsilon anyway, and there is no such layer as the other. */
  lrp_composite_free (request->composite);
  request->composite = lrp_composite_copy (asked (f));
  g_assert_true (lrp_composite_add_override (request->composite, "layer:-1=epsilon", NULL));
  rlv_session_set_request (f->session, request);
  g_assert_false (gtk_widget_get_visible (reset));
  g_assert_true (lrp_composite_add_override (request->composite, "layer:1=gamma", NULL));
  rlv_session_set_request (f->session, request);
  g_assert_true (gtk_widget_get_visible (reset));
  g_assert_cmpstr (adw_action_row_get_subtitle (row), ==, "1 layer changed");
  g_assert_true (lrp_composite_add_override (request->composite, "layer:1..2=flat", NULL));
  rlv_session_set_request (f->session, request);
  g_assert_cmpstr (adw_action_row_get_subtitle (row), ==, "2 layers changed");
  g_signal_emit_by_name (reset, "clicked");
  g_assert_cmpuint (asked (f)->overrides->len, ==, 0);
  g_assert_false (gtk_widget_get_visible (reset));
  g_assert_cmpstr (adw_action_row_get_subtitle (row), ==, "");
  /* By mistake? It is a step like any other. */
  rlv_session_undo (f->session);
  g_assert_cmpuint (asked (f)->overrides->len, ==, 3);
  g_assert_cmpstr (adw_action_row_get_subtitle (row), ==, "2 layers changed");
}

/* The panel follows what a key or a setting changes. */
static void
test_follows (WindowFixture *f, gconstpointer data)
{
  g_autoptr (LrpRequest) request = lrp_request_new ();
  guint row;

  g_assert_true (lrp_request_set_method (request, "lrp:composite=epsilon-gamma-box,gamma=0.75", NULL));
  rlv_session_set_request (f->session, request);
  row = adw_combo_row_get_selected (window_fixture_get_combo (composite_of (f)));
  g_assert_cmpstr (lrp_table_get (&lrp_composites, row)->name, ==, "epsilon-gamma-box");
  g_assert_cmpfloat (rlv_param_row_get_value (RLV_PARAM_ROW (window_fixture_get_param_row (composite_of (f), "gamma"))),
                     ==, 0.75);
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.next-method", NULL);
  g_assert_cmpuint (adw_combo_row_get_selected (window_fixture_get_combo (method_of (f))), ==, 1);
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);
#define ADD(name, function)                                                                                            \
  g_test_add ("/method-panel/" name, WindowFixture, NULL, window_fixture_set_up, function, window_fixture_tear_down)
  ADD ("tables", test_tables);
  ADD ("only-what-counts", test_only_what_counts);
  ADD ("automatic", test_automatic);
  ADD ("slider", test_slider);
  ADD ("log-slider", test_log_slider);
  ADD ("reset", test_reset);
  ADD ("couple", test_couple);
  ADD ("rule-by-layer", test_rule_by_layer);
  ADD ("a-row-for-each-linear-layer", test_a_row_for_each_linear_layer);
  ADD ("changed-layers", test_changed_layers);
  ADD ("many-layers", test_many_layers);
  ADD ("follows", test_follows);
  return g_test_run ();
}
