/* SPDX-License-Identifier: GPL-3.0-or-later */
/* menu.c: the menu of models: which there are, and which is explained */
#include "config.h"

#include "app/window/window-private.h"

#include "app/work/loading.h"

#include <glib/gi18n.h>

/**
 * _rlv_window_add_item:
 * @menu: a menu
 * @label: what stands there, as it is
 * @action: what it does
 * @target: with what
 *
 * Adds an item to a menu. In a label of a menu, an underscore marks a key unless there are two.
 */
void
_rlv_window_add_item (GMenu *menu, const char *label, const char *action, const char *target)
{
  g_auto (GStrv) parts = g_strsplit (label, "_", -1);
  g_autofree char *escaped = g_strjoinv ("__", parts);
  g_autoptr (GMenuItem) item = g_menu_item_new (escaped, NULL);

  g_menu_item_set_action_and_target (item, action, "s", target);
  g_menu_append_item (menu, item);
}

/* Where no models could be found, the menu stays as it is. */
static void
fill (GMenu *menu, GAsyncResult *result)
{
  g_auto (GStrv) titles = NULL;
  g_auto (GStrv) names = rlv_load_models_finish (result, &titles, NULL);

  if (!names)
    return;
  g_menu_remove_all (menu);
  for (guint i = 0; names[i]; i++)
    _rlv_window_add_item (menu, titles[i], "win.model", names[i]);
}

static void
bundled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RlvWindow) self = data;

  fill (self->models, result);
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RlvWindow) self = data;

  fill (self->fetched, result);
}

/**
 * _rlv_window_list_models:
 * @self: a window
 *
 * Fills the part of the menu that has the models that come with the program.
 */
void
_rlv_window_list_models (RlvWindow *self)
{
  rlv_load_models_async (self->closing, bundled_cb, g_object_ref (self));
}

/**
 * _rlv_window_list_fetched:
 * @self: a window
 *
 * Fills the part of the menu that has the fetched models.
 */
void
_rlv_window_list_fetched (RlvWindow *self)
{
  rlv_load_fetched_async (self->closing, fetched_cb, g_object_ref (self));
}

/* A model from a file is offered beside the bundled ones until another file is opened. */
static void
offer_opened (RlvWindow *self, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);

  if (!g_path_is_absolute (path))
    return;
  g_menu_remove_all (self->opened);
  _rlv_window_add_item (self->opened, name, "win.model", path);
}

/**
 * _rlv_window_show_model:
 * @self: a window
 * @network: the network that is explained
 * @path_or_name: where that is from
 *
 * Makes the menu show which model is explained. The model's own name for people is the menu's button, and stands whole
 * in its tooltip, for there may be no room.
 */
void
_rlv_window_show_model (RlvWindow *self, const LrpNetwork *network, const char *path_or_name)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "model");
  const char *name = network->title ? network->title : network->name;
  g_autofree char *tooltip = g_strdup_printf (
      "%s\n%s", name, network->description ? network->description : _("The network that is explained"));

  gtk_label_set_label (self->model_label, name);
  gtk_widget_set_tooltip_text (self->model_button, tooltip);
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (path_or_name));
  offer_opened (self, path_or_name);
}

/**
 * _rlv_window_get_model:
 * @self: a window
 *
 * Returns: (transfer full): the network's file, or a bundled one's name
 */
char *
_rlv_window_get_model (RlvWindow *self)
{
  g_autoptr (GVariant) state = g_action_group_get_action_state (G_ACTION_GROUP (self), "model");

  return g_variant_dup_string (state, NULL);
}
