/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-list.c: layers in a list: what rows say, their rules, time steps, and the keyboard */
#include "config.h"

#include "layers/fixture.h"

#include <string.h>

/* The button that says which rule the layer of a row has. */
static RlvRuleButton *
rule_of (WindowFixture *f, guint row)
{
  return TEST_FIND (rlv_layer_list_find_row (list_of (f), row), RULE_BUTTON);
}

static const char *
rule_label (gpointer rule)
{
  return gtk_menu_button_get_label (GTK_MENU_BUTTON (test_find_by_type (rule, GTK_TYPE_MENU_BUTTON, 0)));
}

static GtkRange *
range_of (gpointer scrubber)
{
  return GTK_RANGE (find_below (scrubber, "scale"));
}

static RlvScrubber *
scrubber_of (WindowFixture *f)
{
  return TEST_FIND (f->window, SCRUBBER);
}

/* A row says to those who do not see it what it shows. */
static void
test_names (WindowFixture *f, gconstpointer data)
{
  RlvLayerRow *row;
  g_autofree char *label = NULL;

  set_out (f);
  row = rlv_layer_list_find_row (list_of (f), row_of (f, "conv1"));
  g_assert_nonnull (row);
  gtk_test_accessible_assert_role (row, GTK_ACCESSIBLE_ROLE_GROUP);
  label = gtk_test_accessible_check_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, "nothing");
  g_assert_nonnull (strstr (label, "conv1, convolution · 32 × 28 × 28: relevance "));
  g_assert_nonnull (strstr (label, "handed on "));
}

static GtkWidget *
find_popover (GtkWidget *widget)
{
  if (GTK_IS_POPOVER (widget) && gtk_widget_get_mapped (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_popover (child);
      if (found)
        return found;
    }
  return NULL;
}

static gboolean
is_popped_up (gpointer button)
{
  return find_popover (button) != NULL;
}

static gboolean
is_z_plus (gpointer data)
{
  return strcmp (rule_label (data), "z⁺") == 0;
}

/* The rule is changed where it stands, by keyboard. */
static void
test_rule (WindowFixture *f, gconstpointer data)
{
  RlvRuleButton *button;
  guint row = 0;

  set_out (f);
  button = rule_of (f, row_of (f, "conv1"));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (button)));
  g_assert_false (is_z_plus (button));
  click_middle (GTK_WIDGET (button));
  g_assert_true (test_wait_until (is_popped_up, button, PATIENCE));
  while (!g_str_equal (lrp_table_get (&lrp_rules, row)->name, "z-plus"))
    row++;
  gtk_widget_activate_action (GTK_WIDGET (gtk_widget_get_first_child (GTK_WIDGET (button))), "layer.rule", "u",
                              row + 1);
  g_assert_true (test_wait_until (is_z_plus, button, PATIENCE));
  g_assert_cmpuint (rlv_session_get_request (f->session)->composite->overrides->len, ==, 1);
  test_key (GDK_KEY_Escape, 0);
  window_fixture_settle (f);
  /* Only layers with weights have rules. */
  button = rule_of (f, row_of (f, "relu1"));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (button)));
}

/* A recurrent layer opens into its time steps. */
static void
test_steps (WindowFixture *f, gconstpointer data)
{
  RlvLayerList *list = list_of (f);
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (rlv_layer_list_get_view (list)));
  RlvFlow *flow;
  GtkWidget *button;
  guint closed, recurrent = 0, rule = 0;

  set_out (f);
  flow = flow_of (f);
  closed = g_list_model_get_n_items (model);
  g_assert_cmpuint (closed, ==, flow->chain->len);
  g_assert_cmpuint (closed, <, 10);
  while (rlv_flow_get_row (flow, recurrent)->kind != RLV_FLOW_RECURRENT)
    recurrent++;
  gtk_widget_grab_focus (GTK_WIDGET (rlv_layer_list_get_view (list)));
  for (guint i = rlv_flow_get_place (flow, recurrent); i > 0; i--)
    test_key (GDK_KEY_Down, 0);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
  g_assert_cmpuint (shown_row (f), ==, recurrent);
  test_key (GDK_KEY_Right, 0);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
  g_assert_cmpuint (g_list_model_get_n_items (model), >=, closed + 28);
  test_key (GDK_KEY_Down, 0);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
  g_assert_cmpint (rlv_flow_get_row (flow, shown_row (f))->parent, ==, (int) recurrent);
  test_key (GDK_KEY_Left, 0);
  test_key (GDK_KEY_Left, 0);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, closed);
  /* One rule for all of them, and back. */
  button = GTK_WIDGET (rule_of (f, recurrent));
  g_assert_true (gtk_widget_get_visible (button));
  while (!g_str_equal (lrp_table_get (&lrp_rules, rule)->name, "z-plus"))
    rule++;
  gtk_widget_activate_action (gtk_widget_get_first_child (button), "layer.rule", "u", rule + 1);
  g_assert_cmpuint (rlv_session_get_request (f->session)->composite->overrides->len, ==, 1);
  g_assert_cmpstr (rule_label (button), ==, "z⁺");
  window_fixture_settle (f);
  for (guint i = 0; i < flow->network->layers->len; i++)
    if (lrp_network_get_layer (flow->network, i)->cell
        && lrp_op_is_linear (lrp_network_get_layer (flow->network, i)->kind))
      g_assert_cmpstr (rlv_session_get_explanation (f->session)->layers[i].rule, ==, "z-plus");
  gtk_widget_activate_action (gtk_widget_get_first_child (button), "layer.rule", "u", 0);
  g_assert_cmpuint (rlv_session_get_request (f->session)->composite->overrides->len, ==, 0);
  window_fixture_settle (f);
}

static gboolean
has_focus (gpointer widget)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  return focus && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

/* place: counted from the pixels, as in the list; the slider begins at the score. */
static void
scrub_to (WindowFixture *f, guint place)
{
  const GArray *chain = flow_of (f)->chain;

  g_assert_cmpuint (place, <, chain->len);
  gtk_range_set_value (range_of (scrubber_of (f)), chain->len - 1 - place);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
  g_assert_cmpuint (shown_row (f), ==, g_array_index (chain, guint, place));
}

static void
press_and_be_at (WindowFixture *f, guint key, guint place)
{
  const GArray *chain = flow_of (f)->chain;

  test_key (key, 0);
  g_assert_true (test_wait_until (
      is_at_row, ((gpointer[]){ f, GUINT_TO_POINTER (g_array_index (chain, guint, place)) }), PATIENCE));
}

/* The list follows the slider, and its keys go on from the layer that is shown: whether the keyboard comes to it later,
 * or has been there all the time. */
static void
test_list_follows (WindowFixture *f, gconstpointer data)
{
  GtkWidget *range = GTK_WIDGET (range_of (scrubber_of (f)));
  GtkWidget *view = GTK_WIDGET (rlv_layer_list_get_view (list_of (f)));
  GtkSelectionModel *model = gtk_list_view_get_model (GTK_LIST_VIEW (view));

  set_out (f);
  /* The list has had the keyboard before. */
  gtk_widget_grab_focus (view);
  press_and_be_at (f, GDK_KEY_Down, 1);
  gtk_widget_grab_focus (range);
  scrub_to (f, 6);
  g_assert_true (gtk_widget_is_focus (range));
  g_assert_true (gtk_selection_model_is_selected (model, 6));
  gtk_widget_grab_focus (view);
  press_and_be_at (f, GDK_KEY_Down, 7);
  /* Also by Tab. */
  gtk_widget_grab_focus (range);
  scrub_to (f, 2);
  for (int i = 0; i < 8 && !has_focus (view); i++)
    gtk_widget_child_focus (GTK_WIDGET (f->window), GTK_DIR_TAB_FORWARD);
  g_assert_true (has_focus (view));
  press_and_be_at (f, GDK_KEY_Up, 1);
  /* With the keyboard in the list, as while it plays. */
  scrub_to (f, 5);
  g_assert_true (has_focus (view));
  press_and_be_at (f, GDK_KEY_Down, 6);
  window_fixture_settle (f);
}

static gboolean
is_marked (gpointer row)
{
  GtkWidget *icon = test_find_by_type (row, GTK_TYPE_IMAGE, 0);

  return icon && gtk_widget_get_parent (icon) == row && gtk_widget_get_mapped (icon);
}

/* What speaks against the map is told at the layer where it begins, and at no other. */
static void
test_warning (WindowFixture *f, gconstpointer data)
{
  g_autoptr (LrpRequest) request = lrp_request_new ();
  const LrpWarning *warning;
  RlvLayerRow *row, *other;
  g_autofree char *layer = NULL, *label = NULL;

  set_out (f);
  g_assert_true (lrp_request_set_method (request, "lrp:composite=epsilon:epsilon=100", NULL));
  rlv_session_set_request (f->session, request);
  window_fixture_settle (f);
  warning = g_ptr_array_index (rlv_query_get_warnings (rlv_session_get_query (f->session)), 0);
  g_assert_cmpstr (warning->code, ==, "absorbed");
  layer = g_strdup (warning->layer);
  scrub_to_row (f, row_of (f, layer));
  test_drain ();
  row = rlv_layer_list_find_row (list_of (f), row_of (f, layer));
  other = rlv_layer_list_find_row (list_of (f), row_of (f, "conv1"));
  g_assert_nonnull (row);
  g_assert_true (test_wait_until (is_marked, row, PATIENCE));
  g_assert_true (!other || !is_marked (other));
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
  warning = g_ptr_array_index (rlv_query_get_warnings (rlv_session_get_query (f->session)), 0);
  label = gtk_test_accessible_check_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, "nothing");
  g_assert_nonnull (strstr (label, warning->text));
  g_assert_nonnull (strstr (
      gtk_label_get_label (GTK_LABEL (find_below (TEST_FIND (f->window, LAYER_DETAILS), "account"))), warning->text));
}

static const char *const lstm[] = { "model", "'mnist-lstm'", NULL };

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    const char *const *settings;
    void (*test) (WindowFixture *f, gconstpointer data);
  } tests[] = {
    { "/layer-list/names", NULL, test_names },     { "/layer-list/rule", NULL, test_rule },
    { "/layer-list/steps", lstm, test_steps },     { "/layer-list/follows", NULL, test_list_follows },
    { "/layer-list/warning", NULL, test_warning },
  };

  window_fixture_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, WindowFixture, tests[i].settings, window_fixture_set_up, tests[i].test,
                window_fixture_tear_down);
  return g_test_run ();
}
