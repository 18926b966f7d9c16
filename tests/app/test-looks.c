/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-looks.c: small things that are seen and felt: tooltips, bars below each other, the wheel, the list of keys */
#include "config.h"

#include "window-fixture.h"

typedef struct
{
  GType type;
  GPtrArray *found;
} Search;

static void
collect (GtkWidget *widget, gpointer data)
{
  Search *search = data;

  if (g_type_is_a (G_OBJECT_TYPE (widget), search->type))
    g_ptr_array_add (search->found, widget);
}

/* Returns: (transfer container): in the order in which they are shown */
static GPtrArray *
find_all (gpointer root, GType type)
{
  Search search = { type, g_ptr_array_new () };

  window_fixture_walk (root, collect, &search);
  return search.found;
}

/* --- the list of keys ------------------------------------------------------------------------------------------- */

static void
test_shortcuts (WindowFixture *f, gconstpointer data)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/io/github/relevance_lrp/Relevance/gtk/help-overlay.ui");
  GObject *overlay = gtk_builder_get_object (builder, "help_overlay");
  g_autoptr (GPtrArray) groups = find_all (overlay, GTK_TYPE_SHORTCUTS_GROUP);
  g_autoptr (GHashTable) titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_assert_cmpuint (groups->len, >=, 5);
  for (guint i = 0; i < groups->len; i++)
    {
      char *title;
      g_object_get (groups->pdata[i], "title", &title, NULL);
      g_assert_true (g_hash_table_add (titles, title));
    }
  gtk_window_destroy (GTK_WINDOW (overlay));
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);
#define ADD(name, settings, function)                                                                                  \
  g_test_add ("/looks/" name, WindowFixture, settings, window_fixture_set_up, function, window_fixture_tear_down)
  ADD ("shortcuts", NULL, test_shortcuts);
  return g_test_run ();
}
