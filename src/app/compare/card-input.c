/* SPDX-License-Identifier: GPL-3.0-or-later */
/* card-input.c: keys and clicks on a card, which give commands or move the place pointed at */
#include "config.h"

#include "app/compare/card-private.h"

/* What a key means: a command, or how far the place pointed at moves. */
typedef struct
{
  guint key;
  GdkModifierType modifiers;
  const char *command;
  int columns, rows;
} Key;

static const Key keys[] = {
  { GDK_KEY_Menu, 0, "menu" },
  { GDK_KEY_F10, GDK_SHIFT_MASK, "menu" },
  { GDK_KEY_F2, 0, "edit" },
  { GDK_KEY_Delete, 0, "remove" },
  { GDK_KEY_KP_Delete, 0, "remove" },
  { GDK_KEY_d, GDK_CONTROL_MASK, "duplicate" },
  { GDK_KEY_p, 0, "pin" },
  { GDK_KEY_Left, GDK_ALT_MASK, "move-left" },
  { GDK_KEY_Right, GDK_ALT_MASK, "move-right" },
  { GDK_KEY_Up, GDK_ALT_MASK, "move-up" },
  { GDK_KEY_Down, GDK_ALT_MASK, "move-down" },
  { GDK_KEY_plus, 0, "zoom-in" },
  { GDK_KEY_plus, GDK_SHIFT_MASK, "zoom-in" },
  { GDK_KEY_equal, 0, "zoom-in" },
  { GDK_KEY_KP_Add, 0, "zoom-in" },
  { GDK_KEY_minus, 0, "zoom-out" },
  { GDK_KEY_KP_Subtract, 0, "zoom-out" },
  { GDK_KEY_0, 0, "zoom-reset" },
  { GDK_KEY_KP_0, 0, "zoom-reset" },
  { GDK_KEY_Left, GDK_ALT_MASK | GDK_SHIFT_MASK, NULL, -1, 0 },
  { GDK_KEY_Right, GDK_ALT_MASK | GDK_SHIFT_MASK, NULL, 1, 0 },
  { GDK_KEY_Up, GDK_ALT_MASK | GDK_SHIFT_MASK, NULL, 0, -1 },
  { GDK_KEY_Down, GDK_ALT_MASK | GDK_SHIFT_MASK, NULL, 0, 1 },
};

/* NULL where it means nothing. */
static const Key *
find_key (guint keyval, GdkModifierType state)
{
  GdkModifierType modifiers = state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK | GDK_ALT_MASK | GDK_SUPER_MASK);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].key == keyval && keys[i].modifiers == modifiers)
      return &keys[i];
  return NULL;
}

static void
give_command (RlvCompareCard *self, const char *command)
{
  g_signal_emit_by_name (self, "command", command);
}

static gboolean
key_cb (RlvCompareCard *self, guint keyval, guint keycode, GdkModifierType state)
{
  const Key *key = find_key (keyval, state);

  if (!key)
    return FALSE;
  if (key->command)
    give_command (self, key->command);
  else
    rlv_compare_view_point_on (self->view, key->columns, key->rows);
  return TRUE;
}

static void
pressed_cb (RlvCompareCard *self, int n, double x, double y, GtkGesture *gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  give_command (self, "menu");
}

/**
 * _rlv_compare_card_add_input:
 * @self: a card
 *
 * Lets it take keys, and the click that opens its menu.
 */
void
_rlv_compare_card_add_input (RlvCompareCard *self)
{
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), key);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}
