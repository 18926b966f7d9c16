/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-page.c: many explanations of one drawing: alive, changed, moved, compared; by pointer and keyboard */
#include "config.h"

#include "app/compare/curves.h"
#include "app/compare/item-text.h"
#include "app/compare/items.h"
#include "app/compare/set.h"
#include "lrp/base/stats.h"
#include "app/map/cell.h"
#include "window-fixture.h"

#include <math.h>
#include <string.h>

static RlvComparePage *
page_of (WindowFixture *f)
{
  return TEST_FIND (f->window, COMPARE_PAGE);
}

static RlvCompareCard *
card_at (WindowFixture *f, guint i)
{
  RlvCompareCard *card = rlv_compare_page_get_card (page_of (f), i);

  g_assert_nonnull (card);
  return card;
}

static guint
count (WindowFixture *f)
{
  return rlv_compare_page_get_n_cards (page_of (f));
}

static const char *
title_at (WindowFixture *f, guint i)
{
  return rlv_compare_card_get_title (card_at (f, i));
}

static void
act (WindowFixture *f, const char *action, const char *parameter)
{
  g_autofree char *name = g_strconcat ("compare.", action, NULL);

  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (page_of (f)), name,
                                                     parameter ? g_variant_new_string (parameter) : NULL));
}

static void
wait (WindowFixture *f)
{
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 3, PATIENCE));
  window_fixture_settle (f);
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
}

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

/* By the keyboard, as people do. */
static void
open_page (WindowFixture *f)
{
  test_key (GDK_KEY_2, GDK_ALT_MASK);
  g_assert_true (test_wait_until (is_mapped, page_of (f), PATIENCE));
  wait (f);
}

static void
set_up (WindowFixture *f, gconstpointer data)
{
  window_fixture_set_up (f, data);
  open_page (f);
}

static void
focus (WindowFixture *f, guint i)
{
  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (card_at (f, i))));
  wait (f);
}

typedef struct
{
  WindowFixture *f;
  guint n;
} Wanted;

static gboolean
has_count (gpointer data)
{
  Wanted *wanted = data;

  return count (wanted->f) == wanted->n;
}

static void
wait_for_count (WindowFixture *f, guint n)
{
  g_assert_true (test_wait_until (has_count, &(Wanted){ f, n }, PATIENCE));
  wait (f);
}

static RlvQuery *
query_at (WindowFixture *f, guint i)
{
  return rlv_compare_card_get_query (card_at (f, i));
}

/* What a card shows is what its request gives alone. */
static void
assert_true_card (WindowFixture *f, guint i)
{
  LrpExplanation *e = rlv_query_get_explanation (query_at (f, i));
  g_autoptr (LrpRequest) request = lrp_request_copy (rlv_query_get_request (query_at (f, i)));
  g_autoptr (LrpExplanation) alone = NULL;
  g_autoptr (LrpRun) run = NULL;

  g_assert_nonnull (e);
  if (rlv_query_get_follows_target (query_at (f, i)))
    {
      lrp_target_clear (&request->target);
      lrp_target_copy (&request->target, rlv_session_get_full_target (f->session));
    }
  run = lrp_run_new (e->network, &e->input->shape, NULL);
  alone = lrp_request_explain (request, run, e->input, NULL, NULL);
  for (gsize k = 0; k < alone->relevance->count; k++)
    g_assert_cmpfloat (alone->relevance->data[k], ==, e->relevance->data[k]);
  g_assert_nonnull (rlv_compare_view_get_image (rlv_compare_card_get_view (card_at (f, i))));
}

/* --- 1: alive ----------------------------------------------------------------------------------------------------- */

/* A new user finds six ways to explain, and every stroke moves them all, with one input for them. */
static void
test_alive (WindowFixture *f, gconstpointer data)
{
  g_assert_cmpuint (count (f), ==, 6);
  for (int digit = 1; digit <= 3; digit += 2)
    {
      rlv_document_clear (f->document);
      window_fixture_draw (f, digit);
      wait (f);
      for (guint i = 0; i < 6; i++)
        {
          g_autofree char *why = g_strdup_printf ("why %d", digit);
          assert_true_card (f, i);
          g_assert_true (rlv_query_get_explanation (query_at (f, i))->input
                         == rlv_session_get_explanation (f->session)->input);
          g_assert_true (g_str_has_prefix (rlv_compare_card_get_numbers (card_at (f, i)), why));
        }
    }
  /* Those who cannot see it are told the same. */
  g_assert_true (g_str_has_prefix (rlv_compare_card_get_name (card_at (f, 1)), "ε-γ-box, Gamma 0.25: why 3 · "));
  g_assert_nonnull (strstr (rlv_compare_card_get_name (card_at (f, 1)), "sum "));
}

static guint
count_active (WindowFixture *f)
{
  guint n = 0;

  for (guint i = 0; i < count (f); i++)
    n += (guint) rlv_query_get_active (query_at (f, i));
  return n;
}

/* What nobody sees is not computed: neither on a hidden page nor beyond the edge of the window. */
static void
test_out_of_sight (WindowFixture *f, gconstpointer data)
{
  guint n, seen;

  act (f, "set", "rules-classes");
  wait (f);
  n = count (f);
  g_assert_cmpuint (n, ==, 50);
  window_fixture_draw (f, 3);
  wait (f);
  seen = count_active (f);
  g_assert_cmpuint (seen, >, 0);
  g_assert_cmpuint (seen, <, n);
  g_assert_true (rlv_query_get_active (query_at (f, 0)));
  g_assert_null (rlv_query_get_explanation (query_at (f, n - 1)));
  /* The keyboard brings the last one into sight. */
  focus (f, n - 1);
  wait (f);
  g_assert_true (rlv_query_get_active (query_at (f, n - 1)));
  g_assert_false (rlv_query_get_active (query_at (f, 0)));
  assert_true_card (f, n - 1);
  g_assert_cmpuint (rlv_query_get_explanation (query_at (f, n - 1))->targets[0], ==, 9);
  test_key (GDK_KEY_1, GDK_ALT_MASK);
  wait (f);
  g_assert_cmpuint (count_active (f), ==, 0);
}

static gboolean
is_unmapped (gpointer widget)
{
  return !gtk_widget_get_mapped (widget);
}

static gboolean
has_keyboard (gpointer card)
{
  return gtk_widget_is_focus (card);
}

/* The rows of the method panel, for one card: another composite, another parameter, a target of its own. */
static void
test_edit (WindowFixture *f, gconstpointer data)
{
  RlvCompareEdit *edit = rlv_compare_page_get_edit (page_of (f));
  LrpChoice choice;

  window_fixture_draw (f, 3);
  focus (f, 1);
  test_key (GDK_KEY_F2, 0);
  g_assert_true (test_wait_until (is_mapped, edit, PATIENCE));
  g_assert_cmpstr (rlv_choice_group_get_choice (rlv_compare_edit_get_composite (edit))->entry->name, ==,
                   "epsilon-gamma-box");
  lrp_choice_parse (&choice, &lrp_composites, "gamma:gamma=0.5", NULL);
  for (guint i = 0; i < lrp_composites.n_rows; i++)
    if (lrp_table_get (&lrp_composites, i) == choice.entry)
      adw_combo_row_set_selected (window_fixture_get_combo (rlv_compare_edit_get_composite (edit)), i);
  g_object_set (window_fixture_get_param_row (rlv_compare_edit_get_composite (edit), "gamma"), "value", 0.5, NULL);
  adw_combo_row_set_selected (rlv_compare_edit_get_target (edit), 3 + 8);
  wait (f);
  g_assert_cmpstr (title_at (f, 1), ==, "LRP-γ");
  g_assert_nonnull (strstr (rlv_compare_card_get_name (card_at (f, 1)), "class 8 · Gamma 0.5"));
  g_assert_cmpuint (rlv_query_get_explanation (query_at (f, 1))->targets[0], ==, 8);
  assert_true_card (f, 1);
  g_assert_cmpuint (rlv_query_get_explanation (query_at (f, 0))->targets[0], ==, 3);
  test_key (GDK_KEY_Escape, 0);
  g_assert_true (test_wait_until (is_unmapped, edit, PATIENCE));
  g_assert_true (test_wait_until (has_keyboard, card_at (f, 1), PATIENCE));
}

/* All that can be done with a card is in its menu, which the keyboard opens as well as the pointer. */
static void
test_menu (WindowFixture *f, gconstpointer data)
{
  focus (f, 2);
  test_key (GDK_KEY_Menu, 0);
  g_assert_true (test_wait_until (window_fixture_has_menu, page_of (f), PATIENCE));
  test_key (GDK_KEY_Escape, 0);
  g_assert_true (test_wait_until (has_keyboard, card_at (f, 2), PATIENCE));
  test_key (GDK_KEY_F10, GDK_SHIFT_MASK);
  g_assert_true (test_wait_until (window_fixture_has_menu, page_of (f), PATIENCE));
  wait (f);
  /* By the letter that is underlined. */
  test_key (GDK_KEY_d, 0);
  g_assert_true (test_wait_until (window_fixture_has_no_menu, page_of (f), PATIENCE));
  wait_for_count (f, 7);
  g_assert_cmpstr (title_at (f, 3), ==, title_at (f, 2));
  test_pointer_move (GTK_WIDGET (card_at (f, 1)), 60, 80);
  wait (f);
  test_pointer_button (3, TRUE);
  test_pointer_button (3, FALSE);
  g_assert_true (test_wait_until (window_fixture_has_menu, page_of (f), PATIENCE));
  test_key (GDK_KEY_Escape, 0);
  g_assert_true (test_wait_until (window_fixture_has_no_menu, page_of (f), PATIENCE));
}

/* --- 2: cards come, go and move ----------------------------------------------------------------------------------- */

/* The button of the toast that was shown last. */
static void
find_undo (GtkWidget *widget, gpointer data)
{
  if (GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget)
      && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), "_Undo") == 0)
    *(GtkWidget **) data = widget;
}

static GtkWidget *
get_undo (WindowFixture *f)
{
  GtkWidget *button = NULL;

  window_fixture_walk (GTK_WIDGET (f->window), find_undo, &button);
  return button;
}

static gboolean
has_undo (gpointer f)
{
  return get_undo (f) != NULL;
}

static gboolean
has_no_undo (gpointer f)
{
  return get_undo (f) == NULL;
}

/* As fast as a hand, no faster: libadwaita 1.2 crashes when a toast goes while it still appears. And until it is gone,
 * since what is fading out is not to be clicked again. */
static void
undo (WindowFixture *f)
{
  g_assert_true (test_wait_until (has_undo, f, PATIENCE));
  g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 60, PATIENCE));
  g_signal_emit_by_name (get_undo (f), "clicked");
  g_assert_true (test_wait_until (has_no_undo, f, PATIENCE));
  wait (f);
}

static void
test_keys (WindowFixture *f, gconstpointer data)
{
  window_fixture_draw (f, 3);
  focus (f, 0);
  test_key (GDK_KEY_d, GDK_CONTROL_MASK);
  wait_for_count (f, 7);
  g_assert_cmpstr (title_at (f, 1), ==, title_at (f, 0));
  assert_true_card (f, 1);
  /* The copy has the keyboard now, and goes two places on. */
  test_key (GDK_KEY_Right, GDK_ALT_MASK);
  wait (f);
  test_key (GDK_KEY_Right, GDK_ALT_MASK);
  wait (f);
  g_assert_cmpstr (title_at (f, 3), ==, "ε-plus-flat");
  test_key (GDK_KEY_Up, GDK_ALT_MASK);
  wait (f);
  g_assert_cmpstr (title_at (f, 3), !=, "ε-plus-flat");
  /* Delete takes the card and not the drawing, wherever on the card the keyboard is. */
  test_key (GDK_KEY_Delete, 0);
  wait_for_count (f, 6);
  g_assert_false (rlv_document_get_empty (f->document));
  undo (f);
  g_assert_cmpuint (count (f), ==, 7);
  for (guint i = 0; i < 7; i++)
    assert_true_card (f, i);
}

static void
test_add (WindowFixture *f, gconstpointer data)
{
  window_fixture_draw (f, 3);
  act (f, "add", "lrp:composite=w-square");
  wait (f);
  g_assert_cmpuint (count (f), ==, 7);
  assert_true_card (f, 6);
  g_assert_cmpstr (title_at (f, 6), ==, "w²");
  act (f, "add-chosen", NULL);
  wait (f);
  g_assert_cmpstr (title_at (f, 7), ==, "ε-plus-flat");
  /* And back: the window explains as a card does. */
  focus (f, 6);
  act (f, "use", NULL);
  wait (f);
  g_assert_cmpstr (rlv_session_get_request (f->session)->composite->choice.entry->name, ==, "w-square");
}

/* Steps, so that GTK sees a drag begin and pass over cards. */
static void
drag_by (WindowFixture *f, GtkWidget *from, double x, double y, double dx, double dy)
{
  test_pointer_move (from, x, y);
  wait (f);
  test_pointer_button (1, TRUE);
  for (int i = 1; i <= 10; i++)
    {
      test_pointer_move (from, x + dx * i / 10, y + dy * i / 10);
      g_assert_true (test_wait_frames (GTK_WIDGET (f->window), 2, PATIENCE));
    }
  test_pointer_button (1, FALSE);
  wait (f);
}

static void
drag (WindowFixture *f, GtkWidget *from, GtkWidget *to, double x, double y)
{
  graphene_point_t end;

  g_assert_true (gtk_widget_compute_point (to, from, &GRAPHENE_POINT_INIT ((float) x, (float) y), &end));
  drag_by (f, from, x, y, (double) end.x - x, (double) end.y - y);
}

static gboolean
is_first (gpointer card)
{
  return gtk_flow_box_child_get_index (card) == 0;
}

static void
test_drag (WindowFixture *f, gconstpointer data)
{
  RlvCompareCard *third = card_at (f, 2);

  window_fixture_draw (f, 3);
  drag (f, GTK_WIDGET (third), GTK_WIDGET (card_at (f, 0)), 60, 100);
  g_assert_true (test_wait_until (is_first, third, PATIENCE));
  wait (f);
  for (guint i = 0; i < 6; i++)
    assert_true_card (f, i);
  /* Where the maps are zoomed, by the head. */
  third = card_at (f, 2);
  rlv_compare_look_zoom_by (rlv_compare_page_get_look (page_of (f)), 2, 0.5, 0.5);
  drag (f, GTK_WIDGET (third), GTK_WIDGET (card_at (f, 0)), 40, 12);
  g_assert_true (test_wait_until (is_first, third, PATIENCE));
}

/* Every set can be shown, and none of its cards fails on a digit. */
static void
test_sets (WindowFixture *f, gconstpointer data)
{
  window_fixture_draw (f, 3);
  for (guint i = 0; i < rlv_compare_n_sets (); i++)
    {
      const RlvCompareSet *set = &rlv_compare_sets[i];
      guint n = (set->methods ? g_strv_length ((char **) set->methods) : 1)
                * (set->classes    ? 10
                   : set->networks ? 5
                                   : 1);
      act (f, "set", set->name);
      wait_for_count (f, n);
      for (guint k = 0; k < n; k++)
        {
          g_assert_null (rlv_query_get_error (query_at (f, k)));
          if (rlv_query_get_active (query_at (f, k)))
            assert_true_card (f, k);
        }
      undo (f);
      g_assert_cmpuint (count (f), ==, 6);
    }
}

/* One method on all networks for digits: each card has its own, and says which. */
static void
test_networks (WindowFixture *f, gconstpointer data)
{
  window_fixture_draw (f, 3);
  act (f, "set", "networks");
  wait_for_count (f, 5);
  for (guint i = 0; i < 5; i++)
    {
      const char *name = rlv_compare_card_get_item (card_at (f, i))->network;
      g_assert_nonnull (strstr (rlv_compare_card_get_name (card_at (f, i)), name));
      for (guint k = 0; k < i; k++)
        g_assert_true (rlv_query_get_network (query_at (f, i)) != rlv_query_get_network (query_at (f, k)));
    }
}

static guint
find_network (RlvCompareEdit *edit, const char *name)
{
  GListModel *model = adw_combo_row_get_model (rlv_compare_edit_get_network (edit));

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
  focus (f, i);
  test_key (GDK_KEY_F2, 0);
  g_assert_true (test_wait_until (is_mapped, rlv_compare_page_get_edit (page_of (f)), PATIENCE));
  g_assert_true (test_wait_until (has_choice, rlv_compare_page_get_edit (page_of (f)), PATIENCE));
}

static void
close_edit (WindowFixture *f)
{
  test_key (GDK_KEY_Escape, 0);
  g_assert_true (test_wait_until (is_unmapped, rlv_compare_page_get_edit (page_of (f)), PATIENCE));
  wait (f);
}

/* One card among others gets a network of its own, says so, keeps it when another is opened, and gives it back. */
static void
test_own_network (WindowFixture *f, gconstpointer data)
{
  RlvCompareEdit *edit = rlv_compare_page_get_edit (page_of (f));
  AdwComboRow *choice = rlv_compare_edit_get_network (edit);
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
  g_assert_true (test_wait_until (has_own_network, query_at (f, 1), PATIENCE));
  close_edit (f);
  g_assert_cmpstr (rlv_compare_card_get_item (card_at (f, 1))->network, ==, "mnist-mlp");
  g_assert_true (g_str_has_prefix (rlv_compare_card_get_name (card_at (f, 1)), "ε-γ-box, mnist-mlp · Gamma 0.25: "));
  g_assert_true (rlv_query_get_explanation (query_at (f, 1))->network != open);
  assert_true_card (f, 1);
  g_assert_true (rlv_query_get_explanation (query_at (f, 0))->network == open);
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
  g_assert_null (rlv_compare_card_get_item (card_at (f, 1))->network);
  g_assert_true (rlv_query_get_explanation (query_at (f, 1))->network == open);
  assert_true_card (f, 1);
}

/* The next start finds the cards as they were, and the sets that were saved. */
static void
test_remembered (WindowFixture *f, gconstpointer data)
{
  RlvWindow *next;
  RlvComparePage *page;

  act (f, "set", "gamma");
  focus (f, 2);
  test_key (GDK_KEY_Left, GDK_ALT_MASK);
  wait (f);
  next = window_fixture_new_window ();
  window_fixture_wait_for_network (next);
  page = TEST_FIND (next, COMPARE_PAGE);
  g_assert_cmpuint (rlv_compare_page_get_n_cards (page), ==, 6);
  for (guint i = 0; i < 6; i++)
    g_assert_cmpstr (rlv_compare_card_get_name (rlv_compare_page_get_card (page, i)), ==,
                     rlv_compare_card_get_name (card_at (f, i)));
  test_destroy_window (GTK_WINDOW (next));
}

static gboolean
has_dialog (gpointer data)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data) && gtk_window_is_active (l->data))
      {
        *(GtkWidget **) data = l->data;
        return TRUE;
      }
  return FALSE;
}

static gboolean
has_saved (gpointer data)
{
  g_autoptr (GVariant) sets = g_settings_get_value (data, "comparisons");

  return g_variant_n_children (sets) == 1;
}

static void
test_own_set (WindowFixture *f, gconstpointer data)
{
  GtkWidget *dialog;

  act (f, "set", "alpha-beta");
  wait_for_count (f, 4);
  act (f, "save-set", NULL);
  g_assert_true (test_wait_until (has_dialog, &dialog, PATIENCE));
  gtk_editable_set_text (GTK_EDITABLE (adw_message_dialog_get_extra_child (ADW_MESSAGE_DIALOG (dialog))), "My α");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "save");
  g_assert_true (test_wait_until (has_saved, f->settings, PATIENCE));
  gtk_window_destroy (GTK_WINDOW (dialog));
  act (f, "set", "overview");
  wait_for_count (f, 6);
  act (f, "own-set", "My α");
  wait_for_count (f, 4);
  g_assert_cmpstr (title_at (f, 3), ==, "LRP-αβ");
  act (f, "forget-set", "My α");
  g_assert_false (has_saved (f->settings));
  undo (f);
  g_assert_true (has_saved (f->settings));
}

/* What another version, or nobody sane, wrote into the settings does no harm. */
static void
test_hostile (WindowFixture *f, gconstpointer data)
{
  g_assert_cmpuint (count (f), ==, 3);
  g_assert_cmpstr (title_at (f, 0), ==, "Gradient");
  g_assert_cmpstr (title_at (f, 1), ==, "SmoothGrad");
  g_assert_cmpstr (title_at (f, 2), ==, "Difference");
}

static const char *const hostile[] = {
  "comparison",
  "[('gradient', true, -1, -4, '', '', -1, -1), ('no-such-method', true, -1, -4, '', '', -1, -1),"
  " ('smoothgrad', true, -1, -4, '', '', -1, -1), ('lrp', true, -1, -4, '', '', 0, 2),"
  " ('lrp', true, -1, -4, '', '', 0, 99),"
  " ('lrp', true, -1, -4, '', '', 1, 2), ('lrp', true, -1, -4, '', '', 0, 0), ('lrp', true, -1, -4, '', '', 0, -5),"
  " ('lrp', true, -1, -4, '', '', 3, 0)]",
  NULL
};

#define TWIN    "('lrp:composite=gamma', true, -1, -4, '', '', -1, -1)"
#define N_TWINS 6

static const char *const twins[] = { "comparison", "[" TWIN "," TWIN "," TWIN "," TWIN "," TWIN "," TWIN "]", NULL };

/* A card whose map another has just got is not said to be infinitely fast; of those that are alike, each of the
 * threads, four at most, computes one. */
static void
test_twins (WindowFixture *f, gconstpointer data)
{
  guint shared = 0;

  window_fixture_draw (f, 3);
  for (guint i = 0; i < N_TWINS; i++)
    {
      const char *numbers = rlv_compare_card_get_numbers (card_at (f, i));
      gboolean told = strstr (numbers, "time shared") != NULL;

      g_assert_true (told == (strstr (numbers, "ms") == NULL));
      shared += told;
    }
  g_assert_cmpuint (shared, >=, N_TWINS - 4);
  g_assert_cmpuint (shared, <, N_TWINS);
}

/* --- 3: what all cards share -------------------------------------------------------------------------------------- */

static gboolean
has_reading (gpointer card)
{
  return rlv_compare_card_get_reading (card) != NULL;
}

static gboolean
has_none (gpointer card)
{
  return rlv_compare_card_get_reading (card) == NULL;
}

/* Pointing at one map reads all of them. */
static void
test_point (WindowFixture *f, gconstpointer data)
{
  RlvCompareView *view = rlv_compare_card_get_view (card_at (f, 0));
  WindowWords words = { f, NULL, NULL };
  g_autofree char *share = NULL, *pixel = NULL;
  double u, v;
  int column, row;
  RlvCell cell;

  window_fixture_draw (f, 3);
  test_pointer_move (GTK_WIDGET (view), 0.5 * gtk_widget_get_width (GTK_WIDGET (view)), 60);
  for (guint i = 0; i < 6; i++)
    g_assert_true (test_wait_until (has_reading, card_at (f, i), PATIENCE));
  g_assert_true (rlv_compare_look_get_pointed (rlv_compare_page_get_look (page_of (f)), &u, &v));
  g_assert_cmpfloat_with_epsilon (u, 0.5, 0.02);
  g_assert_true (rlv_compare_view_get_cell (rlv_compare_card_get_view (card_at (f, 5)), u, v, &column, &row));
  g_assert_cmpint (column, ==, 14);
  g_assert_true (rlv_cell_read (rlv_compare_card_get_query (card_at (f, 5)), column, row, &cell));
  g_assert_true (g_str_has_prefix (rlv_compare_card_get_reading (card_at (f, 5)), cell.relevance < 0   ? "−"
                                                                                  : cell.relevance > 0 ? "+"
                                                                                                       : "0"));
  share = rlv_cell_share_text (&cell);
  g_assert_true (g_str_has_suffix (rlv_compare_card_get_reading (card_at (f, 5)), share));
  /* Which pixel that is, and what the network is fed there, stands below all. */
  pixel = g_strdup_printf ("column 14, row %d: input ", row);
  words.words = pixel;
  g_assert_true (test_wait_until (window_fixture_says, &words, PATIENCE));
  test_pointer_move (GTK_WIDGET (f->pad), 5, 5);
  g_assert_true (test_wait_until (has_none, card_at (f, 0), PATIENCE));
  /* The keyboard can point, too: one cell to the right is another number. */
  focus (f, 0);
  test_key (GDK_KEY_Right, GDK_ALT_MASK | GDK_SHIFT_MASK);
  g_assert_true (test_wait_until (has_reading, card_at (f, 3), PATIENCE));
}

static gboolean
has_pin (gpointer data)
{
  return rlv_pins_get_n (rlv_session_get_pins (((WindowFixture *) data)->session)) == 1;
}

static gboolean
has_no_pin (gpointer data)
{
  return rlv_pins_get_n (rlv_session_get_pins (((WindowFixture *) data)->session)) == 0;
}

static guint32
checksum (RlvCompareView *view)
{
  int width = gtk_widget_get_width (GTK_WIDGET (view)), height = gtk_widget_get_height (GTK_WIDGET (view));
  g_autofree guint32 *pixels = g_new (guint32, width * height);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  guint32 sum = 0;

  GTK_WIDGET_GET_CLASS (view)->snapshot (GTK_WIDGET (view), snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  texture = test_render_node (node, width, height);
  gdk_texture_download (texture, (guchar *) pixels, (gsize) width * 4);
  for (int i = 0; i < width * height; i++)
    sum = 31 * sum + pixels[i];
  return sum;
}

/* The item of the card's menu that says so. */
typedef struct
{
  const char *text;
  GtkWidget *item;
} Item;

static void
find_item (GtkWidget *widget, gpointer data)
{
  Item *wanted = data;
  g_autofree char *text = NULL;

  if (!g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkModelButton"))
    return;
  g_object_get (widget, "text", &text, NULL);
  if (text && g_str_has_prefix (text, wanted->text))
    wanted->item = widget;
}

/* What is taken from a card is chosen in its menu. */
static void
test_difference_menu (WindowFixture *f, gconstpointer data)
{
  Item item = { "2. ", NULL };

  window_fixture_draw (f, 3);
  focus (f, 0);
  test_key (GDK_KEY_Menu, 0);
  g_assert_true (test_wait_until (window_fixture_has_menu, page_of (f), PATIENCE));
  window_fixture_walk (GTK_WIDGET (page_of (f)), find_item, &item);
  g_assert_nonnull (item.item);
  g_assert_true (gtk_widget_is_sensitive (item.item));
  g_signal_emit_by_name (item.item, "clicked");
  wait_for_count (f, 7);
  g_assert_cmpstr (title_at (f, 6), ==, "Difference");
}

/* A pixel is pinned where the menu was opened, and let go by a key; it is marked on all maps. */
static void
test_pin (WindowFixture *f, gconstpointer data)
{
  RlvCompareView *view = rlv_compare_card_get_view (card_at (f, 1));
  double middle = 0.5 * gtk_widget_get_width (GTK_WIDGET (view));
  guint32 plain;
  int column, row;
  RlvPin pin;

  window_fixture_draw (f, 3);
  plain = checksum (rlv_compare_card_get_view (card_at (f, 0)));
  test_pointer_move (GTK_WIDGET (view), middle, middle);
  g_assert_true (test_wait_until (has_reading, card_at (f, 1), PATIENCE));
  test_pointer_button (3, TRUE);
  test_pointer_button (3, FALSE);
  g_assert_true (test_wait_until (window_fixture_has_menu, page_of (f), PATIENCE));
  gtk_widget_activate_action (GTK_WIDGET (page_of (f)), "compare.pin", NULL);
  g_assert_true (test_wait_until (has_pin, f, PATIENCE));
  pin = rlv_pins_get (rlv_session_get_pins (f->session), 0);
  g_assert_true (rlv_compare_view_get_cell (view, 0.5, 0.5, &column, &row));
  g_assert_cmpint (ABS (pin.column - column), <=, 1);
  g_assert_cmpint (ABS (pin.row - row), <=, 1);
  test_key (GDK_KEY_Escape, 0);
  g_assert_true (test_wait_until (window_fixture_has_no_menu, page_of (f), PATIENCE));
  test_pointer_move (GTK_WIDGET (f->pad), 5, 5);
  g_assert_true (test_wait_until (has_none, card_at (f, 0), PATIENCE));
  g_assert_cmpuint (checksum (rlv_compare_card_get_view (card_at (f, 0))), !=, plain);
  test_pointer_move (GTK_WIDGET (view), middle, middle);
  g_assert_true (test_wait_until (has_reading, card_at (f, 1), PATIENCE));
  focus (f, 1);
  test_key (GDK_KEY_p, 0);
  g_assert_true (test_wait_until (has_no_pin, f, PATIENCE));
}

static gboolean
is_zoomed (gpointer look)
{
  double u, v;

  return rlv_compare_look_get_zoom (look, &u, &v) > 1;
}

static gboolean
is_whole (gpointer look)
{
  return !is_zoomed (look);
}

static void
test_zoom (WindowFixture *f, gconstpointer data)
{
  RlvCompareLook *look = rlv_compare_page_get_look (page_of (f));
  GtkWidget *view = GTK_WIDGET (rlv_compare_card_get_view (card_at (f, 0)));
  double u, v, before_u, before_v;

  window_fixture_draw (f, 3);
  test_pointer_move (view, 30, 40);
  g_assert_true (test_wait_until (has_reading, card_at (f, 0), PATIENCE));
  rlv_compare_look_get_pointed (look, &before_u, &before_v);
  gtk_widget_grab_focus (GTK_WIDGET (card_at (f, 0)));
  test_key (GDK_KEY_plus, GDK_SHIFT_MASK);
  g_assert_true (test_wait_until (is_zoomed, look, PATIENCE));
  wait (f);
  /* What was pointed at stayed under the pointer. */
  test_pointer_move (view, 31, 40);
  test_pointer_move (view, 30, 40);
  wait (f);
  g_assert_true (rlv_compare_look_get_pointed (look, &u, &v));
  g_assert_cmpfloat_with_epsilon (u, before_u, 0.002);
  g_assert_cmpfloat_with_epsilon (v, before_v, 0.002);
  test_key (GDK_KEY_0, 0);
  g_assert_true (test_wait_until (is_whole, look, PATIENCE));
  g_assert_cmpint (rlv_session_get_target (f->session), ==, LRP_TARGET_TOP);
}

static void
assert_cursor (WindowFixture *f, guint i, const char *name)
{
  GdkCursor *cursor = gtk_widget_get_cursor (GTK_WIDGET (rlv_compare_card_get_view (card_at (f, i))));

  g_assert_cmpstr (cursor ? gdk_cursor_get_name (cursor) : NULL, ==, name);
}

/* What is seen of a zoomed map is dragged, in all cards at once, and what is under the pointer stays there; the card is
 * then dragged by its head, or what stands below. */
static void
test_pan (WindowFixture *f, gconstpointer data)
{
  RlvCompareLook *look = rlv_compare_page_get_look (page_of (f));
  RlvCompareCard *third = card_at (f, 2);
  RlvCompareView *view = rlv_compare_card_get_view (third);
  double width = gtk_widget_get_width (GTK_WIDGET (view)), u, v, zoom, place_u, place_v, to_u, to_v;

  window_fixture_draw (f, 3);
  assert_cursor (f, 0, NULL);
  rlv_compare_look_zoom_by (look, 2, 0.5, 0.5);
  zoom = rlv_compare_look_get_zoom (look, &u, &v);
  g_assert_cmpfloat (u, ==, 0.25);
  assert_cursor (f, 0, "grab");
  test_pointer_move (GTK_WIDGET (view), 60, 60);
  g_assert_true (test_wait_until (has_reading, card_at (f, 0), PATIENCE));
  rlv_compare_look_get_pointed (look, &place_u, &place_v);
  drag_by (f, GTK_WIDGET (view), 60, 60, 20, -15);
  g_assert_cmpfloat (rlv_compare_look_get_zoom (look, &to_u, &to_v), ==, zoom);
  g_assert_cmpfloat_with_epsilon (to_u, u - 20 / width / zoom, 1e-6);
  g_assert_cmpfloat_with_epsilon (to_v, v + 15 / width / zoom, 1e-6);
  rlv_compare_look_get_pointed (look, &u, &v);
  g_assert_cmpfloat_with_epsilon (u, place_u, 1e-6);
  g_assert_cmpfloat_with_epsilon (v, place_v, 1e-6);
  g_assert_true (card_at (f, 2) == third);
  /* Not beyond the edge. */
  drag_by (f, GTK_WIDGET (view), 20, 20, 300, 0);
  rlv_compare_look_get_zoom (look, &u, &v);
  g_assert_cmpfloat (u, ==, 0);
  g_assert_true (card_at (f, 2) == third);
  rlv_compare_look_zoom_by (look, 0, 0, 0);
  assert_cursor (f, 0, NULL);
}

/* With the keyboard in the drawing the same keys zoom; but a plain 0 explains the class, and other pages are left
 * alone. */
static void
test_zoom_from_afar (WindowFixture *f, gconstpointer data)
{
  RlvCompareLook *look = rlv_compare_page_get_look (page_of (f));
  double u, v, zoom;

  window_fixture_draw (f, 3);
  gtk_widget_grab_focus (GTK_WIDGET (f->pad));
  test_key (GDK_KEY_plus, GDK_SHIFT_MASK);
  g_assert_true (test_wait_until (is_zoomed, look, PATIENCE));
  zoom = rlv_compare_look_get_zoom (look, &u, &v);
  test_key (GDK_KEY_0, 0);
  wait (f);
  g_assert_cmpint (rlv_session_get_target (f->session), ==, 0);
  g_assert_cmpfloat (rlv_compare_look_get_zoom (look, &u, &v), ==, zoom);
  test_key (GDK_KEY_1, GDK_ALT_MASK);
  g_assert_true (test_wait_until (is_unmapped, page_of (f), PATIENCE));
  test_key (GDK_KEY_plus, GDK_SHIFT_MASK);
  wait (f);
  g_assert_cmpfloat (rlv_compare_look_get_zoom (look, &u, &v), ==, zoom);
  open_page (f);
  test_key (GDK_KEY_0, GDK_CONTROL_MASK);
  g_assert_true (test_wait_until (is_whole, look, PATIENCE));
}

/* One scale for all: the full colour is the largest relevance of any map. */
static void
test_scale (WindowFixture *f, gconstpointer data)
{
  double largest = 0, own[6];

  window_fixture_draw (f, 3);
  for (guint i = 0; i < 6; i++)
    {
      own[i] = rlv_compare_view_get_scale (rlv_compare_card_get_view (card_at (f, i)));
      largest = MAX (largest, own[i]);
    }
  g_assert_cmpfloat (own[0], !=, own[1]);
  act (f, "locked", NULL);
  wait (f);
  for (guint i = 0; i < 6; i++)
    g_assert_cmpfloat (rlv_compare_view_get_scale (rlv_compare_card_get_view (card_at (f, i))), ==, largest);
  g_assert_true (g_settings_get_boolean (f->settings, "comparison-locked"));
}

/* --- 4 and 5: differences and order ------------------------------------------------------------------------------- */

static void
click (WindowFixture *f, guint i, gboolean control)
{
  GtkWidget *view = GTK_WIDGET (rlv_compare_card_get_view (card_at (f, i)));

  test_pointer_move (view, 40, 40);
  wait (f);
  if (control)
    test_hold (GDK_CONTROL_MASK, TRUE);
  test_pointer_button (1, TRUE);
  test_pointer_button (1, FALSE);
  if (control)
    test_hold (GDK_CONTROL_MASK, FALSE);
  wait (f);
}

static void
test_difference (WindowFixture *f, gconstpointer data)
{
  g_autofree double *a = NULL, *b = NULL;
  int width, height;
  const float *first, *second, *difference;
  RlvCompareCard *card;
  double correlation;

  window_fixture_draw (f, 3);
  click (f, 0, FALSE);
  click (f, 1, TRUE);
  act (f, "locked", NULL);
  act (f, "difference", NULL);
  wait_for_count (f, 7);
  card = card_at (f, 6);
  first = rlv_compare_card_get_heat (card_at (f, 0), &width, &height, NULL);
  second = rlv_compare_card_get_heat (card_at (f, 1), &width, &height, NULL);
  difference = rlv_compare_card_get_heat (card, &width, &height, NULL);
  a = g_new (double, width *height);
  b = g_new (double, width *height);
  for (int i = 0; i < width * height; i++)
    {
      a[i] = (double) first[i];
      b[i] = (double) second[i];
      g_assert_cmpfloat_with_epsilon (difference[i], first[i] - second[i], 1e-7);
    }
  correlation = lrp_stats_spearman (a, b, (gsize) (width * height));
  g_assert_cmpfloat (rlv_compare_card_get_figures (card)->correlation, ==, correlation);
  /* In scales of their own, what is subtracted are shares of the full colour. */
  act (f, "locked", NULL);
  wait (f);
  difference = rlv_compare_card_get_heat (card, &width, &height, NULL);
  for (int i = 0; i < width * height; i++)
    g_assert_cmpfloat (fabsf (difference[i]), <=, 2.0001f);
  /* It goes with what it is made from, and comes back with it. */
  focus (f, 0);
  test_key (GDK_KEY_Delete, 0);
  wait_for_count (f, 5);
  undo (f);
  g_assert_cmpuint (count (f), ==, 7);
  g_assert_cmpstr (title_at (f, 6), ==, "Difference");
}

static gboolean
is_all_in_sight (gpointer card)
{
  gboolean seen = TRUE;

  for (GtkWidget *above = gtk_widget_get_parent (card); above; above = gtk_widget_get_parent (above))
    {
      graphene_rect_t bounds;
      if (!GTK_IS_SCROLLED_WINDOW (above))
        continue;
      seen = seen && gtk_widget_compute_bounds (card, above, &bounds) && bounds.origin.y > -0.5f
             && bounds.origin.y + bounds.size.height < (float) gtk_widget_get_height (above) + 0.5f;
    }
  return seen;
}

/* Who adds a card beyond the edge of the window, or moves one there, sees it. */
static void
test_newcomer (WindowFixture *f, gconstpointer data)
{
  guint n;

  act (f, "set", "rules-classes");
  wait (f);
  window_fixture_draw (f, 3);
  n = count (f);
  g_assert_false (is_all_in_sight (card_at (f, n - 1)));
  click (f, 0, FALSE);
  click (f, 1, TRUE);
  act (f, "difference", NULL);
  wait_for_count (f, n + 1);
  g_assert_true (test_wait_until (is_all_in_sight, card_at (f, n), PATIENCE));
  g_assert_true (has_keyboard (card_at (f, n)));
  g_assert_false (is_all_in_sight (card_at (f, 0)));
}

static gboolean
is_sorted (gpointer f)
{
  return has_undo (f) && !g_str_equal (title_at (f, 0), "ε-plus-flat");
}

/* The sparsest map comes first. */
static void
test_order (WindowFixture *f, gconstpointer data)
{
  double last = 1;

  window_fixture_draw (f, 3);
  act (f, "order", "sparsity");
  g_assert_true (test_wait_until (is_sorted, f, PATIENCE));
  wait (f);
  for (guint i = 0; i < count (f); i++)
    {
      double sparsity = rlv_compare_card_get_figures (card_at (f, i))->sparsity;
      g_assert_cmpfloat (sparsity, <=, last);
      last = sparsity;
    }
  undo (f);
  g_assert_cmpstr (title_at (f, 0), ==, "ε-plus-flat");
}

/* --- rules by classes --------------------------------------------------------------------------------------------- */

static float
get_edge (WindowFixture *f, guint i, gboolean top)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (card_at (f, i)), GTK_WIDGET (page_of (f)), &bounds));
  return top ? bounds.origin.y : bounds.origin.x;
}

/* Rows are classes and columns are rules, until a card is missing. */
static void
test_table (WindowFixture *f, gconstpointer data)
{
  window_fixture_draw (f, 3);
  act (f, "set", "rules-classes");
  wait (f);
  for (guint i = 0; i < 50; i++)
    {
      g_assert_cmpfloat (get_edge (f, i, TRUE), ==, get_edge (f, i - i % 5, TRUE));
      g_assert_cmpfloat (get_edge (f, i, FALSE), ==, get_edge (f, i % 5, FALSE));
      g_assert_cmpint (rlv_compare_card_get_item (card_at (f, i))->request->target.class_index, ==, (int) i / 5);
      g_assert_cmpstr (title_at (f, i), ==, title_at (f, i % 5));
    }
  g_assert_cmpuint (rlv_query_get_explanation (query_at (f, 5))->targets[0], ==, 1);
  focus (f, 0);
  test_key (GDK_KEY_Delete, 0);
  wait_for_count (f, 49);
  g_assert_cmpfloat (get_edge (f, 3, TRUE), >, get_edge (f, 0, TRUE));
}

/* --- pixel flipping ----------------------------------------------------------------------------------------------- */

static gboolean
has_curves (gpointer data)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  *(GtkWidget **) data = NULL;
  for (GList *l = windows; l; l = l->next)
    if (RLV_IS_COMPARE_CURVES (l->data) && rlv_compare_curves_get_ready (l->data))
      *(GtkWidget **) data = l->data;
  return *(GtkWidget **) data != NULL;
}

static guint32
get_sum (GdkTexture *picture)
{
  int width = gdk_texture_get_width (picture), height = gdk_texture_get_height (picture);
  g_autofree guchar *data = g_malloc ((gsize) (4 * width * height));
  guint32 sum = 0;

  gdk_texture_download (picture, data, (gsize) (4 * width));
  for (int i = 0; i < 4 * width * height; i += 4)
    sum += data[i];
  return sum;
}

/* Whether a label that is seen has these words. */
static gboolean
says (GtkWidget *widget, const char *words)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget)
      && strstr (gtk_label_get_label (GTK_LABEL (widget)), words))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (says (child, words))
      return TRUE;
  return FALSE;
}

/* All cards in one chart; the slider takes the ink away, and the score with it. */
static void
test_curves (WindowFixture *f, gconstpointer data)
{
  GtkWidget *window;
  RlvCompareCurves *curves;
  guint32 whole, half;
  g_autofree char *text = NULL;

  window_fixture_draw (f, 3);
  act (f, "curves", NULL);
  g_assert_true (test_wait_until (has_curves, &window, PATIENCE));
  curves = RLV_COMPARE_CURVES (window);
  /* What makes a curve a good one is said beside them too, not just before. */
  g_assert_true (says (window, "the faster its score falls, the better the map"));
  whole = get_sum (rlv_compare_curves_get_picture (curves, 0));
  text = g_strdup (rlv_compare_curves_get_text (curves, 0));
  for (guint i = 1; i < count (f); i++)
    {
      g_assert_cmpuint (get_sum (rlv_compare_curves_get_picture (curves, i)), ==, whole);
      g_assert_cmpstr (rlv_compare_curves_get_text (curves, i), ==, text);
    }
  gtk_range_set_value (rlv_compare_curves_get_scrubber (curves), 20);
  half = get_sum (rlv_compare_curves_get_picture (curves, 0));
  g_assert_cmpuint (half, !=, whole);
  g_assert_cmpstr (rlv_compare_curves_get_text (curves, 0), !=, text);
  gtk_range_set_value (rlv_compare_curves_get_scrubber (curves), 100);
  /* Nothing is left of any of them, so that all say the same. */
  for (guint i = 1; i < count (f); i++)
    g_assert_cmpstr (rlv_compare_curves_get_text (curves, i), ==, rlv_compare_curves_get_text (curves, 0));
  g_assert_true (test_wait_frames (window, 2, PATIENCE));
  test_destroy_window (GTK_WINDOW (window));
}

static gboolean
has_any_curves (gpointer data)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (RLV_IS_COMPARE_CURVES (l->data))
      *(GtkWidget **) data = l->data;
  return *(GtkWidget **) data != NULL;
}

/* Closing the window ends the work, whatever it has come to. */
static void
test_curves_cancelled (WindowFixture *f, gconstpointer data)
{
  GtkWidget *window = NULL;

  window_fixture_draw (f, 3);
  act (f, "set", "rules-classes");
  wait (f);
  act (f, "curves", NULL);
  g_assert_true (test_wait_until (has_any_curves, &window, PATIENCE));
  gtk_widget_activate_action (window, "window.close", NULL);
  test_drain ();
  window = NULL;
  g_assert_false (has_any_curves (&window));
  wait (f);
}

/* Parameters and what is chosen for them go by the names that the panel gives them. */
static void
test_item_detail (void)
{
  static const struct
  {
    const char *method, *detail;
  } cases[] = {
    { "lrp:composite=epsilon-gamma-box,gamma=0.5,max-pool=average", "Gamma 0.5 · Max Pooling Average" },
    { "integrated-gradients:baseline=white", "Steps 64 · Baseline White" },
    { "gradient", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RlvItem *item = rlv_compare_item_parse (cases[i].method);
      g_autofree char *detail = rlv_compare_item_dup_detail (item);
      g_assert_cmpstr (detail, ==, cases[i].detail);
      rlv_item_free (item);
    }
}

#define ADD(name, func, data) g_test_add ("/compare/" name, WindowFixture, data, set_up, func, window_fixture_tear_down)

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);
  g_test_add_func ("/compare/item-detail", test_item_detail);
  ADD ("alive", test_alive, NULL);
  ADD ("out-of-sight", test_out_of_sight, NULL);
  ADD ("edit", test_edit, NULL);
  ADD ("menu", test_menu, NULL);
  ADD ("keys", test_keys, NULL);
  ADD ("add", test_add, NULL);
  ADD ("drag", test_drag, NULL);
  ADD ("sets", test_sets, NULL);
  ADD ("networks", test_networks, NULL);
  ADD ("own-network", test_own_network, NULL);
  ADD ("remembered", test_remembered, NULL);
  ADD ("own-set", test_own_set, NULL);
  ADD ("hostile", test_hostile, hostile);
  ADD ("twins", test_twins, twins);
  ADD ("point", test_point, NULL);
  ADD ("pin", test_pin, NULL);
  ADD ("zoom", test_zoom, NULL);
  ADD ("zoom/pan", test_pan, NULL);
  ADD ("zoom/from-afar", test_zoom_from_afar, NULL);
  ADD ("scale", test_scale, NULL);
  ADD ("newcomer", test_newcomer, NULL);
  ADD ("difference", test_difference, NULL);
  ADD ("difference/menu", test_difference_menu, NULL);
  ADD ("order", test_order, NULL);
  ADD ("table", test_table, NULL);
  ADD ("curves", test_curves, NULL);
  ADD ("curves/cancelled", test_curves_cancelled, NULL);
  return g_test_run ();
}
