/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-edit.c: a card is changed: its method, its target, its network */
#include "config.h"

#include "app/choose/choice-group.h"
#include "compare/fixture.h"

#include <string.h>

/* The rows of the method panel, for one card: another composite, another parameter, a target of its own. */
static void
test_edit (WindowFixture *f, gconstpointer data)
{
  GtkWidget *edit = compare_edit (f);
  RlvChoiceGroup *composite = RLV_CHOICE_GROUP (test_find_by_id (edit, "composite"));
  g_autofree char *name = NULL;
  LrpChoice choice;

  window_fixture_draw (f, 3);
  compare_focus (f, 1);
  test_key (GDK_KEY_F2, 0);
  g_assert_true (test_wait_until (compare_is_mapped, edit, PATIENCE));
  g_assert_cmpstr (rlv_choice_group_get_choice (composite)->entry->name, ==, "epsilon-gamma-box");
  lrp_choice_parse (&choice, &lrp_composites, "gamma:gamma=0.5", NULL);
  for (guint i = 0; i < lrp_composites.n_rows; i++)
    if (lrp_table_get (&lrp_composites, i) == choice.entry)
      adw_combo_row_set_selected (window_fixture_get_combo (composite), i);
  g_object_set (window_fixture_get_param_row (composite, "gamma"), "value", 0.5, NULL);
  adw_combo_row_set_selected (ADW_COMBO_ROW (test_find_by_id (edit, "target")), 3 + 8);
  compare_wait (f);
  g_assert_cmpstr (compare_title (f, 1), ==, "LRP-γ");
  name = compare_dup_name (compare_card (f, 1));
  g_assert_nonnull (strstr (name, "class 8 · Gamma 0.5"));
  g_assert_cmpuint (lrp_explanation_get_class (rlv_query_get_explanation (compare_query (f, 1)), 0), ==, 8);
  compare_assert_true (f, 1);
  g_assert_cmpuint (lrp_explanation_get_class (rlv_query_get_explanation (compare_query (f, 0)), 0), ==, 3);
  test_key (GDK_KEY_Escape, 0);
  g_assert_true (test_wait_until (compare_is_unmapped, edit, PATIENCE));
  g_assert_true (test_wait_until (compare_has_keyboard, compare_card (f, 1), PATIENCE));
}

static guint
find_network (GtkWidget *edit, const char *name)
{
  GListModel *model = adw_combo_row_get_model (ADW_COMBO_ROW (test_find_by_id (edit, "network")));

  for (guint i = 0; model && i < g_list_model_get_n_items (model); i++)
    if (g_str_equal (gtk_string_list_get_string (GTK_STRING_LIST (model), i), name))
      return i;
  return GTK_INVALID_LIST_POSITION;
}

static gboolean
has_choice (gpointer edit)
{
  return find_network (edit, "mnist-mlp") != GTK_INVALID_LIST_POSITION;
}

static gboolean
has_own_network (gpointer query)
{
  return rlv_query_get_network (query) != NULL;
}

static void
open_edit (WindowFixture *f, guint i)
{
  compare_focus (f, i);
  test_key (GDK_KEY_F2, 0);
  g_assert_true (test_wait_until (compare_is_mapped, compare_edit (f), PATIENCE));
  g_assert_true (test_wait_until (has_choice, compare_edit (f), PATIENCE));
}

static void
close_edit (WindowFixture *f)
{
  test_key (GDK_KEY_Escape, 0);
  g_assert_true (test_wait_until (compare_is_unmapped, compare_edit (f), PATIENCE));
  compare_wait (f);
}

/* One card among others gets a network of its own, says so, keeps it when another is opened, and gives it back. */
static void
test_own_network (WindowFixture *f, gconstpointer data)
{
  GtkWidget *edit = compare_edit (f);
  AdwComboRow *choice = ADW_COMBO_ROW (test_find_by_id (edit, "network"));
  g_autofree char *name = NULL;
  LrpNetwork *open = rlv_session_get_network (f->session);
  RlvWindow *next;

  window_fixture_draw (f, 3);
  open_edit (f, 1);
  g_assert_cmpuint (adw_combo_row_get_selected (choice), ==, find_network (edit, "The open network"));
  /* Networks for colour pictures cannot be asked about a digit. */
  g_assert_cmpuint (find_network (edit, "mnist-lstm"), !=, GTK_INVALID_LIST_POSITION);
  g_assert_cmpuint (find_network (edit, "cifar10-vgg"), ==, GTK_INVALID_LIST_POSITION);
  adw_combo_row_set_selected (choice, find_network (edit, "mnist-lstm"));
  adw_combo_row_set_selected (choice, find_network (edit, "mnist-mlp"));
  g_assert_true (test_wait_until (has_own_network, compare_query (f, 1), PATIENCE));
  close_edit (f);
  g_assert_cmpstr (rlv_compare_card_get_item (compare_card (f, 1))->network, ==, "mnist-mlp");
  name = compare_dup_name (compare_card (f, 1));
  g_assert_true (g_str_has_prefix (name, "ε-γ-box, mnist-mlp · Gamma 0.25: "));
  g_assert_true (rlv_query_get_explanation (compare_query (f, 1))->network != open);
  compare_assert_true (f, 1);
  g_assert_true (rlv_query_get_explanation (compare_query (f, 0))->network == open);
  /* The next start finds it so. */
  next = window_fixture_new_window ();
  window_fixture_wait_for_network (next);
  g_assert_cmpstr (rlv_compare_card_get_item (rlv_compare_page_get_card (TEST_FIND (next, COMPARE_PAGE), 1))->network,
                   ==, "mnist-mlp");
  test_destroy_window (GTK_WINDOW (next));
  open_edit (f, 1);
  g_assert_cmpuint (adw_combo_row_get_selected (choice), ==, find_network (edit, "mnist-mlp"));
  adw_combo_row_set_selected (choice, find_network (edit, "The open network"));
  close_edit (f);
  g_assert_null (rlv_compare_card_get_item (compare_card (f, 1))->network);
  g_assert_true (rlv_query_get_explanation (compare_query (f, 1))->network == open);
  compare_assert_true (f, 1);
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);
  COMPARE_ADD ("edit", test_edit, NULL);
  COMPARE_ADD ("own-network", test_own_network, NULL);
  return g_test_run ();
}
