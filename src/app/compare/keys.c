/* SPDX-License-Identifier: GPL-3.0-or-later */
/* keys.c: what keys mean for the card that has the keyboard */
#include "config.h"

#include "app/compare/card-private.h"

static const RlvCompareKey keys[] = {
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

/**
 * _rlv_compare_card_find_key:
 * @keyval: a key
 * @state: what is held down with it
 *
 * Returns: (transfer none) (nullable): what it means
 */
const RlvCompareKey *
_rlv_compare_card_find_key (guint keyval, GdkModifierType state)
{
  GdkModifierType modifiers = state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK | GDK_ALT_MASK | GDK_SUPER_MASK);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].key == keyval && keys[i].modifiers == modifiers)
      return &keys[i];
  return NULL;
}
