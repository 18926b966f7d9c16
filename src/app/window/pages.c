/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pages.c: the table of pages: header, keys, the action "win.page" and session files have them from here */
#include "config.h"

#include "app/window/pages.h"

#include "app/compare/page.h"
#include "app/layers/page.h"
#include "app/map/page.h"

#include <glib/gi18n.h>

static const RlvPage pages[] = {
  { "heatmap", N_("_Heatmap"), "relevance-heat-symbolic", rlv_heat_page_new },
  { "compare", N_("_Compare"), "relevance-compare-symbolic", rlv_compare_page_new },
  { "layers", N_("_Layers"), "relevance-layers-symbolic", rlv_layers_page_new },
};

/**
 * rlv_pages_add:
 * @stack: where they go
 * @session: what they show
 * @settings: (nullable): where they remember things
 *
 * Makes all pages.
 */
void
rlv_pages_add (AdwViewStack *stack, RlvSession *session, GSettings *settings)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      GtkWidget *page = pages[i].construct (session, settings);
      AdwViewStackPage *child =
          adw_view_stack_add_titled_with_icon (stack, page, pages[i].name, _(pages[i].title), pages[i].icon);
      adw_view_stack_page_set_use_underline (child, TRUE);
    }
}

/**
 * rlv_pages_show:
 * @stack: that has the pages
 * @name: (nullable): a page's name, perhaps from a file of another version
 *
 * Shows a page, if there is such a one.
 */
void
rlv_pages_show (AdwViewStack *stack, const char *name)
{
  if (name && adw_view_stack_get_child_by_name (stack, name))
    adw_view_stack_set_visible_child_name (stack, name);
}

/**
 * rlv_pages_add_keys:
 * @application: whose windows have the pages
 *
 * Lets Alt and a page's number show it.
 */
void
rlv_pages_add_keys (GtkApplication *application)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *action = g_strdup_printf ("win.page('%s')", pages[i].name);
      g_autofree char *key = g_strdup_printf ("<Alt>%u", i + 1);
      gtk_application_set_accels_for_action (application, action, (const char *[]){ key, NULL });
    }
}

/**
 * rlv_pages_dup_keys:
 *
 * Returns: (transfer full): "<Alt>1...3"
 */
char *
rlv_pages_dup_keys (void)
{
  return g_strdup_printf ("<Alt>1...%u", (guint) G_N_ELEMENTS (pages));
}
