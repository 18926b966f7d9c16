/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-saved-list.c: composites are saved, chosen and removed in the window. run-headless.sh gives the program a data
 * folder of its own. */
#include "config.h"

#include "window-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#define REQUEST "lrp:composite=gamma,gamma=0.5;kind:conv=alpha-beta:alpha=3,beta=2;layer:1=flat"

static RlvSavedList *
list_of (WindowFixture *f)
{
  return rlv_method_panel_get_saved (TEST_FIND (f->window, METHOD_PANEL));
}

static AdwEntryRow *
entry_of (WindowFixture *f)
{
  return ADW_ENTRY_ROW (test_find_by_type (GTK_WIDGET (list_of (f)), ADW_TYPE_ENTRY_ROW, 0));
}

/* The nth of what was saved; NULL: there are not so many. */
static GtkWidget *
row_of (WindowFixture *f, guint nth)
{
  return test_find_by_type (GTK_WIDGET (list_of (f)), RLV_TYPE_SAVED_ROW, nth);
}

static guint
count_rows (WindowFixture *f)
{
  guint n = 0;

  while (row_of (f, n))
    n++;
  return n;
}

static GtkWidget *
remove_button_of (GtkWidget *row)
{
  return test_find_by_type (row, GTK_TYPE_BUTTON, 0);
}

static GtkWidget *
replace_button_of (WindowFixture *f)
{
  return test_find_by_label (GTK_WIDGET (list_of (f)), "Replace");
}

/* Why nothing was saved; NULL: all is well. */
static const char *
problem_of (WindowFixture *f)
{
  GtkWidget *row = gtk_widget_get_ancestor (replace_button_of (f), ADW_TYPE_ACTION_ROW);

  return gtk_widget_get_visible (row) ? adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)) : NULL;
}

static void
ask (WindowFixture *f, const char *text)
{
  g_autoptr (LrpRequest) request = lrp_request_new ();

  g_assert_true (lrp_request_set_method (request, text, NULL));
  rlv_session_set_request (f->session, request);
}

static void
assert_asked (WindowFixture *f, const char *text)
{
  g_autofree char *asked = lrp_request_to_string (rlv_session_get_request (f->session));

  g_assert_cmpstr (asked, ==, text);
}

/* Where a composite of that name is saved. */
static char *
shelf_path (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".json", NULL);

  return g_build_filename (g_get_user_data_dir (), "relevance", "composites", file, NULL);
}

/* Only files in the one folder. */
static void
forget_saved (void)
{
  g_autofree char *path = shelf_path ("x"), *folder = g_path_get_dirname (path);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_true (g_str_has_prefix (folder, g_get_tmp_dir ()));
  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *file = g_build_filename (folder, name, NULL);
      g_unlink (file);
    }
}

static void
write_saved (const char *name, const char *content)
{
  g_autofree char *path = shelf_path (name), *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, content, -1, NULL));
}

static void
open_list (WindowFixture *f)
{
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (list_of (f)), FALSE);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (list_of (f)), TRUE);
}

/* In sight and at rest: folding out and scrolling are animated. */
static gboolean
is_at_rest (gpointer data)
{
  static graphene_point_t last;
  GtkWidget *widget = data, *window = GTK_WIDGET (gtk_widget_get_root (widget));
  graphene_point_t at;
  gboolean same;

  if (!gtk_widget_get_mapped (widget) || !gtk_widget_compute_point (widget, window, &GRAPHENE_POINT_INIT (0, 0), &at))
    return FALSE;
  same = graphene_point_equal (&at, &last);
  last = at;
  return same && at.y > 0 && at.y + (float) gtk_widget_get_height (widget) <= (float) gtk_widget_get_height (window)
         && test_wait_frames (widget, 3, PATIENCE);
}

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

/* As the keyboard would: what is out of sight scrolls into it. */
static void
focus (gpointer widget)
{
  g_assert_true (test_wait_until (is_mapped, widget, PATIENCE));
  g_assert_true (gtk_widget_grab_focus (widget));
  g_assert_true (test_wait_until (is_at_rest, widget, PATIENCE));
}

static void
click (GtkWidget *widget)
{
  gtk_widget_queue_draw (widget);
  g_assert_true (test_wait_until (is_at_rest, widget, PATIENCE));
  test_pointer_move (widget, gtk_widget_get_width (widget) / 2.0, gtk_widget_get_height (widget) / 2.0);
  test_pointer_button (1, TRUE);
  test_pointer_button (1, FALSE);
}

typedef struct
{
  const char *name; /* of an icon, or of the property "tooltip-text" */
  GtkWidget *found;
} Search;

static void
visit_button (GtkWidget *widget, gpointer data)
{
  Search *search = data;

  if (GTK_IS_BUTTON (widget) && gtk_widget_get_visible (widget)
      && (g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (widget)), search->name) == 0
          || g_strcmp0 (gtk_widget_get_tooltip_text (widget), search->name) == 0))
    search->found = widget;
}

/* A button of a toast, which has a label. */
static void
visit_undo (GtkWidget *widget, gpointer data)
{
  Search *search = data;

  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), search->name) == 0)
    search->found = widget;
}

static gboolean
has_undo (gpointer data)
{
  Search search = { "_Undo", NULL };

  window_fixture_walk (data, visit_undo, &search);
  return search.found != NULL;
}

static void
press_undo (WindowFixture *f)
{
  Search search = { "_Undo", NULL };

  g_assert_true (test_wait_until (has_undo, f->window, PATIENCE));
  window_fixture_walk (GTK_WIDGET (f->window), visit_undo, &search);
  g_signal_emit_by_name (search.found, "clicked");
}

static gboolean
is_saved (gpointer name)
{
  return lrp_shelf_has (name);
}

static void
type (const char *text)
{
  for (; *text; text++)
    test_key (gdk_unicode_to_keyval ((guint32) *text), 0);
}

static gboolean
has_text (gpointer editable)
{
  return strlen (gtk_editable_get_text (editable)) == strlen ("mine-2");
}

/* What is saved is what was asked for, rules by layer included. */
static void
test_type_a_name (WindowFixture *f, gconstpointer data)
{
  AdwEntryRow *entry = entry_of (f);
  Search search = { "Apply", NULL };
  g_autoptr (LrpSaved) saved = NULL;

  ask (f, REQUEST);
  open_list (f);
  focus (entry);
  type ("mine-2");
  g_assert_true (test_wait_until (has_text, entry, PATIENCE));
  window_fixture_walk (GTK_WIDGET (entry), visit_button, &search);
  g_assert_nonnull (search.found);
  click (search.found);
  g_assert_true (test_wait_until (is_saved, (gpointer) "mine-2", PATIENCE));
  saved = lrp_shelf_find ("mine-2", NULL);
  g_assert_true (lrp_composite_equal (saved->composite, rlv_session_get_request (f->session)->composite));
  g_assert_cmpuint (count_rows (f), ==, 1);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
  g_assert_null (problem_of (f));
  g_assert_cmpstr (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (list_of (f))), ==, "mine-2");
}

static void
save_as (WindowFixture *f, const char *name)
{
  AdwEntryRow *entry = entry_of (f);

  gtk_editable_set_text (GTK_EDITABLE (entry), name);
  g_signal_emit_by_name (entry, "apply");
}

static void
test_choose (WindowFixture *f, gconstpointer data)
{
  ask (f, REQUEST);
  save_as (f, "mine");
  ask (f, "lrp:composite=flat");
  g_assert_cmpstr (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (list_of (f))), ==, "1 saved");
  open_list (f);
  focus (row_of (f, 0));
  click (row_of (f, 0));
  g_assert_true (test_wait_until (has_undo, f->window, PATIENCE));
  assert_asked (f, REQUEST);
  g_assert_cmpstr (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (list_of (f))), ==, "mine");
  press_undo (f);
  assert_asked (f, "lrp:composite=flat");
}

static void
test_remove (WindowFixture *f, gconstpointer data)
{
  const char *content = "{\"composite\": \"flat\", \"title\": \"Soft\", \"by\": \"hand\"}";
  g_autofree char *path = shelf_path ("soft"), *after = NULL;
  GtkWidget *button;

  write_saved ("soft", content);
  open_list (f);
  g_assert_cmpuint (count_rows (f), ==, 1);
  button = remove_button_of (row_of (f, 0));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (button), ==, "Remove “Soft”");
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, "Remove “Soft”");
  focus (button);
  click (button);
  g_assert_true (test_wait_until (has_undo, f->window, PATIENCE));
  g_assert_false (lrp_shelf_has ("soft"));
  g_assert_cmpuint (count_rows (f), ==, 0);
  press_undo (f);
  g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, content);
  g_assert_cmpuint (count_rows (f), ==, 1);
}

/* Nothing is replaced until somebody says so; nothing is saved under a name that cannot be. */
static void
test_problems (WindowFixture *f, gconstpointer data)
{
  GtkWidget *replace = replace_button_of (f);

  ask (f, "lrp:composite=flat");
  save_as (f, "mine");
  ask (f, REQUEST);
  save_as (f, "mine");
  g_assert_cmpstr (problem_of (f), ==, "There is a saved composite “mine” already.");
  g_assert_true (gtk_widget_get_visible (replace));
  g_autoptr (LrpSaved) kept = lrp_shelf_find ("mine", NULL);
  g_assert_cmpstr (kept->composite->choice.entry->name, ==, "flat");
  g_signal_emit_by_name (replace, "clicked");
  g_assert_null (problem_of (f));
  g_autoptr (LrpSaved) replaced = lrp_shelf_find ("mine", NULL);
  g_assert_cmpstr (replaced->composite->choice.entry->name, ==, "gamma");
  save_as (f, "a name");
  g_assert_true (g_str_has_prefix (problem_of (f), "“a name” cannot be a name"));
  g_assert_false (gtk_widget_get_visible (replace));
  /* It goes as soon as another name is written. */
  gtk_editable_set_text (GTK_EDITABLE (entry_of (f)), "a");
  g_assert_null (problem_of (f));
}

/* A file that cannot be used is shown with the reason, is not chosen, and can be removed. */
static void
test_bad_file (WindowFixture *f, gconstpointer data)
{
  GtkWidget *row;

  write_saved ("bad", "{\"composite\": \"epsilon-minus\"}");
  ask (f, "lrp:composite=flat");
  open_list (f);
  row = row_of (f, 0);
  g_assert_true (
      g_str_has_prefix (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "Unknown composite “epsilon-minus”"));
  g_assert_cmpstr (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (list_of (f))), ==, "None yet");
  g_assert_false (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row)));
  g_signal_emit_by_name (remove_button_of (row), "clicked");
  g_assert_false (lrp_shelf_has ("bad"));
}

/* All rows of one kind of method: there is nothing to save where there are no rules. */
static void
test_other_methods (WindowFixture *f, gconstpointer data)
{
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (list_of (f))));
  ask (f, "gradient");
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (list_of (f))));
}

static AdwComboRow *
rule_row (WindowFixture *f, guint i)
{
  return ADW_COMBO_ROW (test_find_by_type (GTK_WIDGET (TEST_FIND (f->window, LAYER_RULES)), ADW_TYPE_COMBO_ROW, i));
}

static void
assert_rule (WindowFixture *f, guint i, const char *rule, const char *subtitle)
{
  guint selected = adw_combo_row_get_selected (rule_row (f, i));

  g_assert_cmpstr (selected == 0 ? "composite" : lrp_table_get (&lrp_rules, selected - 1)->name, ==, rule);
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (rule_row (f, i))), ==, subtitle);
}

/* Whatever kind of pattern gives a layer its rule, its row shows that one: conv1, conv2, dense1, dense2. */
static void
test_rules_shown (WindowFixture *f, gconstpointer data)
{
  ask (f, "lrp:composite=epsilon;kind:conv=gamma:gamma=0.5;layer:1=flat;dense1=zero;d*1=z-plus");
  assert_rule (f, 0, "flat", "conv · Flat");
  assert_rule (f, 1, "gamma", "conv · LRP-γ · gamma=0.5");
  assert_rule (f, 2, "z-plus", "dense · z⁺");
  assert_rule (f, 3, "composite", "dense · LRP-ε");
}

/* A layer that is given back to the composite leaves the pattern; the others that it means stay. */
static void
test_leave_pattern (WindowFixture *f, gconstpointer data)
{
  ask (f, "lrp:composite=epsilon;kind:conv=gamma:gamma=0.5");
  adw_combo_row_set_selected (rule_row (f, 0), 0);
  assert_rule (f, 0, "composite", "conv · LRP-ε");
  assert_rule (f, 1, "gamma", "conv · LRP-γ · gamma=0.5");
  assert_asked (f, "lrp:composite=epsilon;conv2=gamma:gamma=0.5");
  /* One that is given another rule wins over the pattern. */
  ask (f, "lrp:composite=epsilon;conv1=flat;kind:conv=gamma");
  adw_combo_row_set_selected (rule_row (f, 0), 1);
  assert_asked (f, "lrp:composite=epsilon;kind:conv=gamma;conv1=zero");
}

static void
tear_down (WindowFixture *f, gconstpointer data)
{
  window_fixture_tear_down (f, data);
  forget_saved ();
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);
  forget_saved ();
#define ADD(name, function)                                                                                            \
  g_test_add ("/saved-list/" name, WindowFixture, NULL, window_fixture_set_up, function, tear_down)
  ADD ("type-a-name", test_type_a_name);
  ADD ("choose", test_choose);
  ADD ("remove", test_remove);
  ADD ("problems", test_problems);
  ADD ("bad-file", test_bad_file);
  ADD ("other-methods", test_other_methods);
  ADD ("rules-shown", test_rules_shown);
  ADD ("leave-pattern", test_leave_pattern);
  return g_test_run ();
}
