/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-target-row.c: what is explained is chosen by click, key and list, and always said */
#include "config.h"

#include "window-fixture.h"

#include "app/choose/class-model.h"

#include <string.h>

static GtkWidget *
find (WindowFixture *f, const char *id)
{
  return test_find_by_id (GTK_WIDGET (TEST_FIND (f->window, TARGET_ROW)), id);
}

/* What a picker's button says. */
static const char *
text_of (WindowFixture *f, const char *picker)
{
  return gtk_label_get_label (GTK_LABEL (test_find_by_id (find (f, picker), "label")));
}

static const char *
explain_text (WindowFixture *f)
{
  return text_of (f, "class_picker");
}

static const char *
against_text (WindowFixture *f)
{
  return text_of (f, "against");
}

static GtkWidget *
row_of (WindowFixture *f, guint class_index)
{
  return window_fixture_get_class_row (TEST_FIND (f->window, CLASS_LIST), class_index);
}

static gboolean
is_marked (WindowFixture *f, guint class_index, const char *mark)
{
  return gtk_widget_has_css_class (row_of (f, class_index), mark);
}

typedef struct
{
  RlvSession *session;
  int class_index, against;
} Wanted;

static gboolean
explains (gpointer data)
{
  const Wanted *wanted = data;
  const LrpExplanation *e = rlv_session_get_explanation (wanted->session);

  return e && lrp_explanation_is_of_class (e) && (int) lrp_explanation_get_class (e, 0) == wanted->class_index
         && lrp_explanation_get_against (e, 0) == wanted->against;
}

static void
wait_for (WindowFixture *f, int class_index, int against)
{
  Wanted wanted = { f->session, class_index, against };

  g_assert_true (test_wait_until (explains, &wanted, PATIENCE));
  window_fixture_settle (f);
}

static void
click_row (WindowFixture *f, guint class_index, double at)
{
  GtkWidget *row = row_of (f, class_index);

  test_pointer_move (row, gtk_widget_get_width (row) * at, gtk_widget_get_height (row) / 2.0);
  test_pointer_button (1, TRUE);
  test_pointer_button (1, FALSE);
}

static void
pick (WindowFixture *f, const char *picker, int class_index)
{
  g_signal_emit_by_name (find (f, picker), "picked", class_index);
}

static void
test_says_what (WindowFixture *f, gconstpointer data)
{
  g_assert_cmpstr (explain_text (f), ==, "Top class");
  g_assert_cmpstr (against_text (f), ==, "Nothing");
  window_fixture_draw (f, 3);
  g_assert_cmpstr (explain_text (f), ==, "3 (top)");
  pick (f, "class_picker", LRP_TARGET_RUNNER_UP);
  window_fixture_settle (f);
  g_assert_true (g_str_has_suffix (explain_text (f), " (runner-up)"));
  pick (f, "class_picker", LRP_TARGET_ALL);
  window_fixture_settle (f);
  g_assert_cmpstr (explain_text (f), ==, "All classes");
  /* All of them cannot be compared with one. */
  g_assert_false (gtk_widget_is_sensitive (find (f, "against")));
  test_key (GDK_KEY_t, 0);
  wait_for (f, 3, -1);
  g_assert_cmpstr (explain_text (f), ==, "3 (top)");
}

/* A click with Ctrl asks: why 3 rather than 8? */
static void
test_click_with_control (WindowFixture *f, gconstpointer data)
{
  window_fixture_draw (f, 3);
  test_hold (GDK_CONTROL_MASK, TRUE);
  click_row (f, 8, 0.7);
  test_hold (GDK_CONTROL_MASK, FALSE);
  wait_for (f, 3, 8);
  g_assert_cmpstr (explain_text (f), ==, "3");
  g_assert_cmpstr (against_text (f), ==, "8");
  g_assert_true (is_marked (f, 8, "contrast"));
  g_assert_true (is_marked (f, 3, "explained"));
  /* A click without it explains another; the comparison stays. */
  click_row (f, 5, 0.3);
  wait_for (f, 5, 8);
  click_row (f, 8, 0.5);
  wait_for (f, 8, 5);
  /* T: the top class again, compared with nothing. */
  test_key (GDK_KEY_t, 0);
  wait_for (f, 3, -1);
  g_assert_false (is_marked (f, 5, "contrast"));
}

static void
test_keys (WindowFixture *f, gconstpointer data)
{
  window_fixture_draw (f, 3);
  test_key (GDK_KEY_8, GDK_SHIFT_MASK);
  wait_for (f, 3, 8);
  test_key (GDK_KEY_8, GDK_SHIFT_MASK);
  wait_for (f, 3, -1);
  /* On a row, Ctrl and Return do what a click with Ctrl does. */
  gtk_widget_grab_focus (row_of (f, 5));
  test_key (GDK_KEY_Return, GDK_CONTROL_MASK);
  wait_for (f, 3, 5);
}

static gboolean
has_focus (gpointer row)
{
  return gtk_widget_is_focus (row);
}

/* By the letter that is underlined. */
static void
choose (WindowFixture *f, guint letter)
{
  RlvClassList *list = TEST_FIND (f->window, CLASS_LIST);

  g_assert_true (test_wait_until (window_fixture_has_menu, list, PATIENCE));
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
  test_key (letter, 0);
  g_assert_true (test_wait_until (window_fixture_has_no_menu, list, PATIENCE));
}

/* What can be done with a class is in its menu, by the other button and by both keys; and the way back as well. */
static void
test_menu (WindowFixture *f, gconstpointer data)
{
  window_fixture_draw (f, 3);
  test_pointer_move (row_of (f, 5), 40, 10);
  test_pointer_button (3, TRUE);
  test_pointer_button (3, FALSE);
  choose (f, GDK_KEY_e);
  wait_for (f, 5, -1);
  gtk_widget_grab_focus (row_of (f, 8));
  test_key (GDK_KEY_Menu, 0);
  choose (f, GDK_KEY_c);
  wait_for (f, 5, 8);
  /* The keyboard is where it was. */
  g_assert_true (test_wait_until (has_focus, row_of (f, 8), PATIENCE));
  test_key (GDK_KEY_F10, GDK_SHIFT_MASK);
  choose (f, GDK_KEY_c);
  wait_for (f, 5, -1);
  gtk_widget_grab_focus (row_of (f, 5));
  test_key (GDK_KEY_F10, GDK_SHIFT_MASK);
  choose (f, GDK_KEY_e);
  wait_for (f, 3, -1);
  g_assert_cmpint (rlv_session_get_target (f->session), ==, LRP_TARGET_TOP);
}

/* The pin keeps what is explained while the drawing changes, the contrast as well. */
static void
test_pin (WindowFixture *f, gconstpointer data)
{
  GtkToggleButton *pin = GTK_TOGGLE_BUTTON (find (f, "pin"));

  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (pin)));
  window_fixture_draw (f, 3);
  pick (f, "against", LRP_TARGET_RUNNER_UP);
  window_fixture_settle (f);
  g_assert_false (gtk_toggle_button_get_active (pin));
  gtk_toggle_button_set_active (pin, TRUE);
  window_fixture_settle (f);
  g_assert_cmpint (rlv_session_get_full_target (f->session)->class_index, ==, 3);
  g_assert_cmpint (rlv_session_get_full_target (f->session)->against, >=, 0);
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.clear", NULL);
  window_fixture_draw (f, 1);
  g_assert_cmpuint (lrp_explanation_get_class (rlv_session_get_explanation (f->session), 0), ==, 3);
  gtk_toggle_button_set_active (pin, FALSE);
  window_fixture_settle (f);
  g_assert_cmpuint (lrp_explanation_get_class (rlv_session_get_explanation (f->session), 0), ==, 1);
}

static void
test_unit (WindowFixture *f, gconstpointer data)
{
  GtkWidget *back = find (f, "back");
  const char *layer;
  g_autofree char *unit = NULL;

  window_fixture_draw (f, 3);
  layer = lrp_network_get_layer (rlv_session_get_network (f->session), 1)->name;
  unit = g_strdup_printf ("%s:5", layer);
  rlv_session_set_full_target (f->session, &(LrpTarget){ LRP_TARGET_TOP, LRP_TARGET_NONE, unit });
  window_fixture_settle (f);
  g_assert_true (lrp_explanation_is_of_unit (rlv_session_get_explanation (f->session)));
  g_assert_true (gtk_widget_get_mapped (back));
  g_assert_false (gtk_widget_get_mapped (find (f, "class_picker")));
  g_assert_false (is_marked (f, 3, "explained"));
  g_signal_emit_by_name (back, "clicked");
  wait_for (f, 3, -1);
  g_assert_false (gtk_widget_get_mapped (back));
}

static void
find_list (GtkWidget *widget, gpointer data)
{
  if (GTK_IS_LIST_VIEW (widget))
    *(GtkWidget **) data = widget;
}

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

static gboolean
is_compared (gpointer session)
{
  return rlv_session_get_full_target (session)->against != LRP_TARGET_NONE;
}

/* With the keyboard alone: open the list, and choose from it. */
static void
test_list (WindowFixture *f, gconstpointer data)
{
  GtkWidget *picker = find (f, "against"), *list = NULL;

  window_fixture_draw (f, 3);
  window_fixture_walk (picker, find_list, &list);
  g_assert_nonnull (list);
  gtk_widget_child_focus (picker, GTK_DIR_TAB_FORWARD);
  test_key (GDK_KEY_space, 0);
  g_assert_true (test_wait_until (is_mapped, list, PATIENCE));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list)))), ==, 12);
  g_assert_true (test_wait_frames (list, 2, PATIENCE));
  test_key (GDK_KEY_Down, 0);
  test_key (GDK_KEY_Down, 0);
  test_key (GDK_KEY_Return, 0);
  g_assert_true (test_wait_until (is_compared, f->session, PATIENCE));
}

/* --- very many classes -------------------------------------------------------------------------------------------- */

#define N_MANY 5000

/* Of any ink, class 4321 is the most probable one, then 4320 and so on; class 7 has a name that is not ASCII. */
static LrpNetwork *
make_many (void)
{
  g_autoptr (LrpNetwork) network = lrp_network_new ("many", "x", &LRP_SHAPE (1, 1, 2, 2));
  LrpLayer *flat = lrp_layer_new (LRP_OP_RESHAPE, "flat"), *dense = lrp_layer_new (LRP_OP_DENSE, "dense");
  LrpNetwork *sealed;

  flat->target = LRP_SHAPE (0, -1);
  lrp_layer_set_inputs (flat, (const guint[]){ 0 }, 1);
  g_assert_cmpint (lrp_network_add (network, flat, NULL), ==, 1);
  dense->weights = lrp_tensor_new (&LRP_SHAPE (N_MANY, 4), NULL);
  for (guint i = 0; i < 4 * N_MANY; i++)
    dense->weights->data[i] = i / 4 > 4321 ? -1 : (float) (i / 4) / 100;
  lrp_layer_set_inputs (dense, (const guint[]){ 1 }, 1);
  g_assert_cmpint (lrp_network_add (network, dense, NULL), ==, 2);
  network->labels = g_new0 (char *, N_MANY + 1);
  for (guint i = 0; i < N_MANY; i++)
    network->labels[i] = i == 7 ? g_strdup ("Öltanker") : g_strdup_printf ("Class %u", i);
  sealed = lrp_network_canonize (network, NULL);
  g_assert_nonnull (sealed);
  return sealed;
}

static gboolean
shows_only_seven (gpointer f)
{
  return row_of (f, 7) && !row_of (f, 4321);
}

static gboolean
shows_best_again (gpointer f)
{
  return row_of (f, 4321) && !row_of (f, 7);
}

static gboolean
has_one (gpointer model)
{
  return g_list_model_get_n_items (model) == 1;
}

/* The best are listed, best first, and each can be found by its name. */
static void
test_many (WindowFixture *f, gconstpointer data)
{
  g_autoptr (LrpNetwork) network = make_many ();
  GtkWidget *search = test_find_by_id (GTK_WIDGET (TEST_FIND (f->window, CLASS_LIST)), "search");

  rlv_session_set_network (f->session, network);
  window_fixture_draw (f, 1);
  for (guint i = 0; i < 10; i++)
    g_assert_nonnull (row_of (f, 4321 - i));
  g_assert_null (row_of (f, 4311));
  g_assert_true (is_marked (f, 4321, "top"));
  gtk_editable_set_text (GTK_EDITABLE (search), "öLt");
  g_assert_true (test_wait_until (shows_only_seven, f, PATIENCE));
  g_assert_false (is_marked (f, 7, "top"));
  gtk_editable_set_text (GTK_EDITABLE (search), "");
  g_assert_true (test_wait_until (shows_best_again, f, PATIENCE));
  /* One that is pinned is shown, too: in the last row. */
  rlv_session_set_target (f->session, 7);
  window_fixture_settle (f);
  g_assert_nonnull (row_of (f, 7));
  g_assert_null (row_of (f, 4312));
}

/* What a picker lists is made when it is looked at. */
static void
test_many_to_choose (WindowFixture *f, gconstpointer data)
{
  g_autoptr (LrpNetwork) network = make_many ();
  g_autoptr (RlvClassModel) model = rlv_class_model_new ();
  g_autoptr (GtkStringObject) last = NULL, seven = NULL;
  const int others[] = { LRP_TARGET_TOP };

  rlv_class_model_set_entries (model, others, 1, network);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, N_MANY + 1);
  last = g_list_model_get_item (G_LIST_MODEL (model), N_MANY);
  g_assert_cmpstr (gtk_string_object_get_string (last), ==, "Class 4999");
  g_assert_cmpint (rlv_class_model_get_class (last), ==, 4999);
  rlv_class_model_search (model, "TANK");
  g_assert_true (test_wait_until (has_one, model, PATIENCE));
  seven = g_list_model_get_item (G_LIST_MODEL (model), 0);
  g_assert_cmpint (rlv_class_model_get_class (seven), ==, 7);
  rlv_class_model_search (model, "top cl");
  g_assert_true (test_wait_until (has_one, model, PATIENCE));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*test) (WindowFixture *f, gconstpointer data);
  } tests[] = {
    { "/target-row/says-what", test_says_what },
    { "/target-row/control-click", test_click_with_control },
    { "/target-row/keys", test_keys },
    { "/target-row/pin", test_pin },
    { "/target-row/unit", test_unit },
    { "/target-row/list", test_list },
    { "/target-row/menu", test_menu },
    { "/target-row/many", test_many },
    { "/target-row/many-to-choose", test_many_to_choose },
  };

  window_fixture_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, WindowFixture, NULL, window_fixture_set_up, tests[i].test, window_fixture_tear_down);
  return g_test_run ();
}
