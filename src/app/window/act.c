/* SPDX-License-Identifier: GPL-3.0-or-later */
/* act.c: how actions get into the window, are enabled, and leave it */
#include "config.h"

#include "app/window/window-private.h"

/**
 * _rlv_window_add_acts:
 * @self: a window
 * @acts: (array length=n): names, and what they do
 * @n: how many
 *
 * Adds actions that take nothing but the window.
 */
void
_rlv_window_add_acts (RlvWindow *self, const RlvWindowAction *acts, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GSimpleAction) action = g_simple_action_new (acts[i].name, NULL);

      g_signal_connect_swapped (action, "activate", G_CALLBACK (acts[i].act), self);
      g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
    }
}

/**
 * _rlv_window_add_property_action:
 * @self: a window
 * @name: the action's name
 * @object: what has the property
 * @property: its name
 *
 * Adds an action whose state is a property.
 */
void
_rlv_window_add_property_action (RlvWindow *self, const char *name, gpointer object, const char *property)
{
  g_autoptr (GPropertyAction) action = g_property_action_new (name, object, property);

  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
}

/**
 * _rlv_window_enable_while:
 * @self: a window
 * @name: an action that it has
 * @object: what has the property
 * @property: a boolean
 * @flags: %G_BINDING_INVERT_BOOLEAN: while the property is %FALSE
 *
 * Enables an action just while a property is %TRUE.
 */
void
_rlv_window_enable_while (RlvWindow *self, const char *name, gpointer object, const char *property, GBindingFlags flags)
{
  g_object_bind_property (object, property, g_action_map_lookup_action (G_ACTION_MAP (self), name), "enabled",
                          G_BINDING_SYNC_CREATE | flags);
}

/**
 * _rlv_window_remove_actions:
 * @self: a window that goes
 *
 * GTK's tooltip window may keep the actions longer than the window; they must not keep what they act on.
 */
void
_rlv_window_remove_actions (RlvWindow *self)
{
  g_auto (GStrv) names = g_action_group_list_actions (G_ACTION_GROUP (self));

  for (guint i = 0; names[i]; i++)
    g_action_map_remove_action (G_ACTION_MAP (self), names[i]);
}
