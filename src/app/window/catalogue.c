/* SPDX-License-Identifier: GPL-3.0-or-later */
/* catalogue.c: networks that others published come into the window */
#include "config.h"

#include "app/window/window-private.h"

#include "app/catalogue/window.h"

static void
open_cb (RlvWindow *self, const char *name)
{
  _rlv_window_load_model (self, name);
}

/**
 * _rlv_window_show_catalogue:
 * @self: a window
 *
 * Shows which public networks there are.
 */
void
_rlv_window_show_catalogue (RlvWindow *self)
{
  RlvCatalogueWindow *catalogue = rlv_catalogue_window_new (GTK_WINDOW (self));

  g_signal_connect_object (catalogue, "open", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (catalogue, "changed", G_CALLBACK (_rlv_window_list_fetched), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (catalogue));
}
