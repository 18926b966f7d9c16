/* SPDX-License-Identifier: GPL-3.0-or-later */
/* recent.c: the models and pictures that were opened last, in the menu */
#include "config.h"

#include "app/window/window-private.h"

#define MOST 10
/* Longer names are cut in the middle, where they differ least. */
#define LONGEST 40

static char *
dup_label (GtkRecentInfo *info)
{
  const char *name = gtk_recent_info_get_display_name (info);
  glong length = g_utf8_strlen (name, -1);
  g_autofree char *begin = g_utf8_substring (name, 0, MIN (length, LONGEST / 2));
  g_autofree char *end = length > LONGEST ? g_utf8_substring (name, length - LONGEST / 2 + 1, -1) : NULL;

  return end ? g_strconcat (begin, "…", end, NULL) : g_strdup (name);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return g_date_time_compare (gtk_recent_info_get_modified ((gpointer) b), gtk_recent_info_get_modified ((gpointer) a));
}

/* The desktop's list holds what all programs have opened. */
static void
fill (RlvWindow *self)
{
  GList *infos = g_list_sort (gtk_recent_manager_get_items (gtk_recent_manager_get_default ()), compare);

  g_menu_remove_all (self->recent);
  for (GList *l = infos; l && g_menu_model_get_n_items (G_MENU_MODEL (self->recent)) < MOST; l = l->next)
    if (gtk_recent_info_has_application (l->data, g_get_application_name ()) && gtk_recent_info_is_local (l->data))
      {
        g_autofree char *label = dup_label (l->data);
        _rlv_window_add_item (self->recent, label, "win.open-uri", gtk_recent_info_get_uri (l->data));
      }
  g_list_free_full (infos, (GDestroyNotify) gtk_recent_info_unref);
}

/**
 * _rlv_window_follow_recent:
 * @self: a window
 *
 * Keeps the menu of recent files as the desktop's list is.
 */
void
_rlv_window_follow_recent (RlvWindow *self)
{
  g_signal_connect_object (gtk_recent_manager_get_default (), "changed", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  fill (self);
}

/**
 * _rlv_window_remember:
 * @path: a file, or a bundled model's name, which is in a menu of its own
 *
 * Adds a file that was opened to the desktop's list of recent ones.
 */
void
_rlv_window_remember (const char *path)
{
  g_autofree char *uri = g_path_is_absolute (path) ? g_filename_to_uri (path, NULL, NULL) : NULL;

  if (uri)
    gtk_recent_manager_add_item (gtk_recent_manager_get_default (), uri);
}
