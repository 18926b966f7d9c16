/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-window.c: public networks are looked through, fetched and opened in the window, with a real pointer.
 * run-headless.sh gives the program a data folder of its own. */
#include "config.h"

#include "app/catalogue/window.h"
#include "files/io/paths.h"
#include "files/fetch/store.h"
#include "server.h"
#include "window-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

static Server *server;
static char *catalogue_path;

/* All are mnist-mlp; each is served in another way. */
static void
write_catalogue (void)
{
  static const char *const lies[] = { "honest", "wrong_sum", "slow", "missing" };
  g_autofree char *file = lrp_data_path ("models/mnist-mlp.onnx"), *content = NULL, *sum = NULL;
  g_autoptr (GString) text = g_string_new ("{\"networks\": [");
  gsize size;

  g_assert_true (g_file_get_contents (file, &content, &size, NULL));
  sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guint8 *) content, size);
  server = server_start (file);
  for (guint i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      g_autofree char *address = server_dup_address (server, lies[i]);
      g_string_append_printf (
          text,
          "%s{\"name\": \"net-%s\", \"title\": \"The <%s> one\", \"licence\": \"%s\", \"top1\": 56.78,"
          " \"bytes\": %" G_GSIZE_FORMAT ", \"sha256\": \"%s\", \"addresses\": [\"%s\"]}",
          i ? "," : "", lies[i], lies[i], i == 1 ? "CC0-1.0" : "MIT", size, sum, address);
    }
  g_string_append (text, "]}");
  catalogue_path = g_build_filename (g_get_user_data_dir (), "catalogue.json", NULL);
  g_assert_true (g_file_set_contents (catalogue_path, text->str, -1, NULL));
  g_setenv ("RELEVANCE_CATALOGUE", catalogue_path, TRUE);
}

static RlvCatalogueWindow *
find_window (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
      if (RLV_IS_CATALOGUE_WINDOW (window))
        return RLV_CATALOGUE_WINDOW (window);
    }
  return NULL;
}

static gboolean
is_row_of (GtkWidget *widget, gconstpointer name)
{
  return RLV_IS_CATALOGUE_ROW (widget)
         && g_str_equal (rlv_catalogue_row_get_offer (RLV_CATALOGUE_ROW (widget))->name, name);
}

static RlvCatalogueRow *
find_row (RlvCatalogueWindow *window, const char *name)
{
  return (RlvCatalogueRow *) test_find (GTK_WIDGET (window), is_row_of, name);
}

/* What a row's button does: "_Fetch", "_Cancel", "_Open" or "_Try Again". */
static const char *
label_of (RlvCatalogueRow *row)
{
  return gtk_button_get_label (GTK_BUTTON (rlv_catalogue_row_get_button (row)));
}

/* Why the network was not fetched; NULL: all is well. */
static const char *
problem_of (RlvCatalogueRow *row)
{
  if (!gtk_widget_get_visible (test_find_by_id (GTK_WIDGET (row), "problem")))
    return NULL;
  return gtk_label_get_label (GTK_LABEL (test_find_by_id (GTK_WIDGET (row), "reason")));
}

static gboolean
is_filled (gpointer name)
{
  RlvCatalogueWindow *window = find_window ();

  return window && gtk_widget_get_mapped (GTK_WIDGET (window)) && find_row (window, name);
}

static gboolean
is_gone (gpointer data)
{
  return find_window () == NULL;
}

static RlvCatalogueWindow *
show (WindowFixture *f)
{
  g_free (server_take_log (server));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (f->window), "win.catalogue", NULL));
  g_assert_true (test_wait_until (is_filled, (gpointer) "net-slow", PATIENCE));
  g_assert_true (test_wait_frames (GTK_WIDGET (find_window ()), 3, PATIENCE));
  return find_window ();
}

static void
assert_asked (const char *log)
{
  g_autofree char *asked = server_take_log (server);

  g_assert_cmpstr (asked, ==, log);
}

static RlvCatalogueRow *
row_of (RlvCatalogueWindow *window, const char *name)
{
  RlvCatalogueRow *row = find_row (window, name);

  g_assert_nonnull (row);
  return row;
}

static void
click (GtkWidget *widget)
{
  g_assert_true (test_wait_frames (widget, 3, PATIENCE));
  g_assert_true (gtk_widget_get_mapped (widget));
  test_pointer_move (widget, gtk_widget_get_width (widget) / 2.0, gtk_widget_get_height (widget) / 2.0);
  test_pointer_button (1, TRUE);
  test_pointer_button (1, FALSE);
}

typedef struct
{
  RlvCatalogueRow *row;
  const char *label;
} Wanted;

static gboolean
has_label (gpointer data)
{
  const Wanted *wanted = data;

  return g_str_equal (label_of (wanted->row), wanted->label);
}

static void
wait_for (RlvCatalogueRow *row, const char *label)
{
  Wanted wanted = { row, label };

  g_assert_true (test_wait_until (has_label, &wanted, PATIENCE));
}

static gboolean
is_under_way (gpointer row)
{
  GtkWidget *bar = test_find_by_id (row, "bar");

  return gtk_widget_get_mapped (bar) && gtk_progress_bar_get_fraction (GTK_PROGRESS_BAR (bar)) > 0.1;
}

static gboolean
file_exists (const char *name, const char *end)
{
  g_autofree char *path = lrp_fetched_dup_path (name), *file = g_strconcat (path, end, NULL);

  return g_file_test (file, G_FILE_TEST_EXISTS);
}

static gboolean
is_opened (gpointer session)
{
  return g_str_equal (rlv_session_get_network (session)->name, "net-honest");
}

typedef struct
{
  WindowFixture *fixture;
  guint n;
} Menu;

static void
visit_menu (GtkWidget *widget, gpointer found)
{
  if (GTK_IS_MENU_BUTTON (widget) && !gtk_menu_button_get_primary (GTK_MENU_BUTTON (widget))
      && gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (widget)) && !*(GMenuModel **) found)
    *(GMenuModel **) found = gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (widget));
}

/* The second part of the models' menu has the fetched ones. */
static gboolean
has_fetched (gpointer data)
{
  const Menu *wanted = data;
  GMenuModel *menu = NULL;
  g_autoptr (GMenuModel) fetched = NULL;

  window_fixture_walk (GTK_WIDGET (wanted->fixture->window), visit_menu, &menu);
  fetched = g_menu_model_get_item_link (menu, 1, G_MENU_LINK_SECTION);
  return g_menu_model_get_n_items (fetched) == (int) wanted->n;
}

/* Only a click fetches; then the network can be opened, and the menu knows it. */
static void
test_fetch_and_open (WindowFixture *f, gconstpointer data)
{
  RlvCatalogueWindow *window = show (f);
  RlvCatalogueRow *row = row_of (window, "net-honest");
  Menu menu = { f, 1 };

  g_assert_cmpstr (label_of (row), ==, "_Fetch");
  assert_asked ("");
  click (rlv_catalogue_row_get_button (row));
  wait_for (row, "_Open");
  assert_asked ("/honest - - 200\n");
  g_assert_true (file_exists ("net-honest", ""));
  g_assert_true (test_wait_until (has_fetched, &menu, PATIENCE));
  click (rlv_catalogue_row_get_button (row));
  g_assert_true (test_wait_until (is_opened, f->session, PATIENCE));
  g_assert_true (test_wait_until (is_gone, NULL, PATIENCE));
  /* The next time it is known to be there. */
  g_assert_cmpstr (label_of (row_of (show (f), "net-honest")), ==, "_Open");
  gtk_window_destroy (GTK_WINDOW (find_window ()));
}

/* Errors stand where they happened, with a way out. */
static void
test_failure (WindowFixture *f, gconstpointer data)
{
  RlvCatalogueWindow *window = show (f);
  RlvCatalogueRow *wrong = row_of (window, "net-wrong_sum"), *missing = row_of (window, "net-missing");

  g_assert_null (problem_of (wrong));
  click (rlv_catalogue_row_get_button (wrong));
  wait_for (wrong, "_Try Again");
  g_assert_true (g_str_has_prefix (problem_of (wrong), "What 127.0.0.1 sent is not the file"));
  g_assert_false (file_exists ("net-wrong_sum", ""));
  g_assert_false (file_exists ("net-wrong_sum", ".part"));
  assert_asked ("/wrong_sum - - 200\n");
  click (rlv_catalogue_row_get_button (wrong));
  wait_for (wrong, "_Cancel");
  wait_for (wrong, "_Try Again");
  assert_asked ("/wrong_sum - - 200\n");
  click (rlv_catalogue_row_get_button (missing));
  wait_for (missing, "_Try Again");
  g_assert_nonnull (strstr (problem_of (missing), "status 404"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_cancel (WindowFixture *f, gconstpointer data)
{
  RlvCatalogueWindow *window = show (f);
  RlvCatalogueRow *row = row_of (window, "net-slow");

  click (rlv_catalogue_row_get_button (row));
  wait_for (row, "_Cancel");
  g_assert_true (test_wait_until (is_under_way, row, PATIENCE));
  click (rlv_catalogue_row_get_button (row));
  wait_for (row, "_Fetch");
  g_assert_null (problem_of (row));
  g_assert_true (file_exists ("net-slow", ".part"));
  g_assert_false (file_exists ("net-slow", ""));
  assert_asked ("/slow - - 200\n");
  click (rlv_catalogue_row_get_button (row));
  wait_for (row, "_Open");
  g_autofree char *asked = server_take_log (server);
  g_assert_true (g_str_has_prefix (asked, "/slow bytes="));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* As long as it is being fetched, nobody else may. */
static gboolean
is_given_up (gpointer data)
{
  g_autofree char *path = lrp_fetched_dup_path ("net-slow");
  LrpOffer *offer = data;
  const char *const nowhere[] = { NULL };
  const LrpFetch fetch = { nowhere, path, offer->bytes, offer->sha256, 0 };
  g_autoptr (GError) error = NULL;

  lrp_fetch (&fetch, NULL, NULL, NULL, &error);
  if (!g_error_matches (error, LRP_FETCH_ERROR, LRP_FETCH_ERROR_BUSY))
    return TRUE;
  g_main_context_wakeup (NULL);
  return FALSE;
}

/* Whoever closes the window wants no more of it; what has come is kept. */
static void
test_close (WindowFixture *f, gconstpointer data)
{
  RlvCatalogueWindow *window = show (f);
  RlvCatalogueRow *row = row_of (window, "net-slow");
  g_autoptr (LrpOffer) offer = lrp_offer_ref (rlv_catalogue_row_get_offer (row));

  click (rlv_catalogue_row_get_button (row));
  g_assert_true (test_wait_until (is_under_way, row, PATIENCE));
  test_destroy_window (GTK_WINDOW (window));
  g_assert_true (test_wait_until (is_given_up, offer, PATIENCE));
  g_assert_true (file_exists ("net-slow", ".part"));
  g_assert_false (file_exists ("net-slow", ""));
}

typedef struct
{
  RlvCatalogueWindow *window;
  const char *const *seen;
} Seen;

static gboolean
are_seen (gpointer data)
{
  static const char *const all[] = { "net-honest", "net-wrong_sum", "net-slow", "net-missing" };
  const Seen *wanted = data;

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (gtk_widget_get_child_visible (GTK_WIDGET (row_of (wanted->window, all[i])))
        != g_strv_contains (wanted->seen, all[i]))
      return FALSE;
  return TRUE;
}

static void
assert_seen (RlvCatalogueWindow *window, const char *const *names)
{
  Seen seen = { window, names };

  g_assert_true (test_wait_until (are_seen, &seen, PATIENCE));
}

/* Whoever just writes, searches; Escape takes back first what was written, then the window. */
static void
test_search (WindowFixture *f, gconstpointer data)
{
  RlvCatalogueWindow *window = show (f);

  for (const char *text = "cc0"; *text; text++)
    test_key (gdk_unicode_to_keyval ((guint32) *text), 0);
  assert_seen (window, (const char *const[]){ "net-wrong_sum", NULL });
  gtk_editable_set_text (GTK_EDITABLE (test_find_by_id (GTK_WIDGET (window), "search")), "mit S");
  assert_seen (window, (const char *const[]){ "net-slow", "net-missing", "net-honest", NULL });
  gtk_editable_set_text (GTK_EDITABLE (test_find_by_id (GTK_WIDGET (window), "search")), "no such thing");
  assert_seen (window, (const char *const[]){ NULL });
  test_key (GDK_KEY_Escape, 0);
  assert_seen (window, (const char *const[]){ "net-honest", "net-wrong_sum", "net-slow", "net-missing", NULL });
  test_key (GDK_KEY_Escape, 0);
  g_assert_true (test_wait_until (is_gone, NULL, PATIENCE));
}

static GtkWidget *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
      if (ADW_IS_MESSAGE_DIALOG (window))
        return window;
    }
  return NULL;
}

/* It is asked first; then the row offers it again, and the menu has it no more. */
static void
test_remove (WindowFixture *f, gconstpointer data)
{
  RlvCatalogueWindow *window = show (f);
  RlvCatalogueRow *row = row_of (window, "net-honest");
  Menu menu = { f, 0 };

  click (rlv_catalogue_row_get_button (row));
  wait_for (row, "_Open");
  g_signal_emit_by_name (row, "remove");
  g_assert_true (file_exists ("net-honest", ""));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (find_dialog ()), "cancel");
  g_assert_true (file_exists ("net-honest", ""));
  g_signal_emit_by_name (row, "remove");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (find_dialog ()), "remove");
  /* Nobody can open it any more while a thread removes it. */
  g_assert_cmpstr (label_of (row), ==, "_Open");
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (row)));
  wait_for (row, "_Fetch");
  g_assert_true (gtk_widget_get_sensitive (GTK_WIDGET (row)));
  g_assert_false (file_exists ("net-honest", ""));
  g_assert_true (test_wait_until (has_fetched, &menu, PATIENCE));
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
is_there_no_more (gpointer weak)
{
  return *(gpointer *) weak == NULL;
}

/* Who closes the window meanwhile finds the network gone from the menu too; then the window is gone for good. */
static void
test_remove_and_close (WindowFixture *f, gconstpointer data)
{
  RlvCatalogueWindow *window = show (f);
  RlvCatalogueRow *row = row_of (window, "net-honest");
  Menu menu = { f, 1 };

  click (rlv_catalogue_row_get_button (row));
  wait_for (row, "_Open");
  g_assert_true (test_wait_until (has_fetched, &menu, PATIENCE));
  g_signal_emit_by_name (row, "remove");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (find_dialog ()), "remove");
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_close (GTK_WINDOW (window));
  menu.n = 0;
  g_assert_true (test_wait_until (has_fetched, &menu, PATIENCE));
  g_assert_false (file_exists ("net-honest", ""));
  g_assert_true (test_wait_until (is_there_no_more, &window, PATIENCE));
}

/* From 360 pixels on all is seen, and everything has a name. */
static void
test_layout (WindowFixture *f, gconstpointer data)
{
  RlvCatalogueWindow *window = show (f);
  RlvCatalogueRow *row = row_of (window, "net-honest");
  int least;

  gtk_widget_measure (GTK_WIDGET (window), GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <=, 360);
  gtk_test_accessible_assert_property (rlv_catalogue_row_get_button (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Fetch “The <honest> one”");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
visit_status (GtkWidget *widget, gpointer found)
{
  if (ADW_IS_STATUS_PAGE (widget) && gtk_widget_get_mapped (widget))
    *(GtkWidget **) found = widget;
}

static gboolean
has_status (gpointer found)
{
  if (find_window ())
    window_fixture_walk (GTK_WIDGET (find_window ()), visit_status, found);
  return *(GtkWidget **) found != NULL;
}

static void
test_bad_catalogue (WindowFixture *f, gconstpointer data)
{
  GtkWidget *page = NULL;

  g_setenv ("RELEVANCE_CATALOGUE", "/nowhere/<at>/all.json", TRUE);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (f->window), "win.catalogue", NULL));
  g_assert_true (test_wait_until (has_status, &page, PATIENCE));
  g_assert_nonnull (strstr (adw_status_page_get_description (ADW_STATUS_PAGE (page)), "/nowhere/&lt;at&gt;/all.json"));
  gtk_window_destroy (GTK_WINDOW (find_window ()));
  g_setenv ("RELEVANCE_CATALOGUE", catalogue_path, TRUE);
}

static void
tear_down (WindowFixture *f, gconstpointer data)
{
  static const char *const names[] = { "net-honest", "net-wrong_sum", "net-slow", "net-missing" };

  test_drain ();
  window_fixture_tear_down (f, data);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    lrp_store_remove (names[i], NULL);
}

int
main (int argc, char **argv)
{
  int status;

  window_fixture_init (&argc, &argv);
  write_catalogue ();
#define ADD(name, function)                                                                                            \
  g_test_add ("/catalogue-window/" name, WindowFixture, NULL, window_fixture_set_up, function, tear_down)
  ADD ("fetch-and-open", test_fetch_and_open);
  ADD ("failure", test_failure);
  ADD ("cancel", test_cancel);
  ADD ("close", test_close);
  ADD ("search", test_search);
  ADD ("remove", test_remove);
  ADD ("remove-and-close", test_remove_and_close);
  ADD ("layout", test_layout);
  ADD ("bad-catalogue", test_bad_catalogue);
  status = g_test_run ();
  server_stop (server);
  g_free (catalogue_path);
  return status;
}
