/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-own.c: sets of the user's own */
#include "config.h"

#include "compare/fixture.h"

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

  compare_act (f, "set", "alpha-beta");
  compare_wait_for_count (f, 4);
  compare_act (f, "save-set", NULL);
  g_assert_true (test_wait_until (has_dialog, &dialog, PATIENCE));
  gtk_editable_set_text (GTK_EDITABLE (adw_message_dialog_get_extra_child (ADW_MESSAGE_DIALOG (dialog))), "My α");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "save");
  g_assert_true (test_wait_until (has_saved, f->settings, PATIENCE));
  gtk_window_destroy (GTK_WINDOW (dialog));
  compare_act (f, "set", "overview");
  compare_wait_for_count (f, 6);
  compare_act (f, "own-set", "My α");
  compare_wait_for_count (f, 4);
  g_assert_cmpstr (compare_title (f, 3), ==, "LRP-αβ");
  compare_act (f, "forget-set", "My α");
  g_assert_false (has_saved (f->settings));
  compare_undo (f);
  g_assert_true (has_saved (f->settings));
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);
  COMPARE_ADD ("own-set", test_own_set, NULL);
  return g_test_run ();
}
