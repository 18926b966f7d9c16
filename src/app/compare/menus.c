/* SPDX-License-Identifier: GPL-3.0-or-later */
/* menus.c: menus made from the tables, and with what people saved */
#include "config.h"

#include "app/compare/page-private.h"

#include "app/compare/set.h"
#include "files/own/shelf.h"

#include <glib/gi18n.h>

static void
add_item (GMenu *menu, const char *label, const char *action, const char *target)
{
  /* In a label of a menu, an underscore marks a key unless there are two. */
  g_auto (GStrv) parts = g_strsplit (label, "_", -1);
  g_autofree char *escaped = g_strjoinv ("__", parts);
  g_autoptr (GMenuItem) item = g_menu_item_new (escaped, NULL);

  g_menu_item_set_action_and_target (item, action, "s", target);
  g_menu_append_item (menu, item);
}

/* --- adding ------------------------------------------------------------------------------------------------------- */

static void
add_methods (RlvComparePage *self)
{
  for (guint i = 0; i < lrp_composites.n_rows; i++)
    {
      const LrpEntry *entry = lrp_table_get (&lrp_composites, i);
      g_autofree char *method = g_strconcat ("lrp:composite=", entry->name, NULL);
      add_item (self->add_composites, _(entry->title), "compare.add", method);
    }
  for (guint i = 0; i < lrp_methods.n_rows; i++)
    {
      const LrpEntry *entry = lrp_table_get (&lrp_methods, i);
      if (!((const LrpMethod *) entry)->uses_composite)
        add_item (self->add_methods, _(entry->title), "compare.add", entry->name);
    }
}

/* Each time the menu opens, since composites may have been saved or removed meanwhile. */
static void
list_saved (GtkMenuButton *button, gpointer data)
{
  RlvComparePage *self = data;
  g_autoptr (GPtrArray) saved = lrp_shelf_list ();

  g_menu_remove_all (self->add_saved);
  g_menu_remove_all (self->add_saved_section);
  for (guint i = 0; i < saved->len; i++)
    {
      const LrpSaved *each = saved->pdata[i];
      if (each->composite)
        add_item (self->add_saved, each->title ? each->title : each->name, "compare.add-saved", each->name);
    }
  if (g_menu_model_get_n_items (G_MENU_MODEL (self->add_saved)))
    g_menu_append_submenu (self->add_saved_section, _("_Saved Composites"), G_MENU_MODEL (self->add_saved));
}

/* --- sets --------------------------------------------------------------------------------------------------------- */

static void
add_sets (RlvComparePage *self)
{
  for (guint i = 0; i < rlv_compare_n_sets (); i++)
    add_item (self->sets, _(rlv_compare_sets[i].title), "compare.set", rlv_compare_sets[i].name);
}

static void
list_own_sets (RlvComparePage *self)
{
  g_auto (GStrv) names = _rlv_compare_page_dup_own_sets (self);

  g_menu_remove_all (self->own_sets);
  g_menu_remove_all (self->forget_sets);
  g_menu_remove_all (self->forget_section);
  if (names[0])
    g_menu_append_submenu (self->forget_section, _("_Remove a Saved Set"), G_MENU_MODEL (self->forget_sets));
  for (guint i = 0; names[i]; i++)
    {
      add_item (self->own_sets, names[i], "compare.own-set", names[i]);
      add_item (self->forget_sets, names[i], "compare.forget-set", names[i]);
    }
}

/**
 * _rlv_compare_page_fill_menus:
 * @self: a page that has its actions
 *
 * Fills the menus from the tables, and with what people saved.
 */
void
_rlv_compare_page_fill_menus (RlvComparePage *self)
{
  self->add_saved = g_menu_new ();
  self->forget_sets = g_menu_new ();
  g_menu_append (self->add_chosen, _("_Method Chosen in the Window"), "compare.add-chosen");
  add_methods (self);
  add_sets (self);
  _rlv_compare_page_list_orders (self->orders);
  list_saved (NULL, self);
  list_own_sets (self);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->add_button), list_saved, self, NULL);
  if (self->settings)
    g_signal_connect_object (self->settings, "changed::comparisons", G_CALLBACK (list_own_sets), self,
                             G_CONNECT_SWAPPED);
}
