/* SPDX-License-Identifier: GPL-3.0-or-later */
/* shortcuts.c: the window that lists all keys */
#include "config.h"

#include "app/window/pages.h"
#include "app/window/window-private.h"

/**
 * _rlv_window_add_shortcuts:
 * @self: a window
 *
 * Lets the action "win.show-help-overlay" list the keys.
 */
void
_rlv_window_add_shortcuts (RlvWindow *self)
{
  g_autoptr (GtkBuilder) builder =
      gtk_builder_new_from_resource ("/io/github/relevance_lrp/Relevance/ui/window/shortcuts.ui");
  g_autofree char *keys = rlv_pages_dup_keys ();

  g_object_set (gtk_builder_get_object (builder, "pages"), "accelerator", keys, NULL);
  gtk_application_window_set_help_overlay (GTK_APPLICATION_WINDOW (self),
                                           GTK_SHORTCUTS_WINDOW (gtk_builder_get_object (builder, "shortcuts")));
}
