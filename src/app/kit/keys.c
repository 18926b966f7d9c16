/* SPDX-License-Identifier: GPL-3.0-or-later */
/* keys.c: keys that mean the same wherever something is moved or pressed */
#include "config.h"

#include "app/kit/keys.h"

#include <gdk/gdk.h>

static const struct
{
  guint key, keypad_key;
  int dx, dy;
} arrows[] = {
  { GDK_KEY_Left, GDK_KEY_KP_Left, -1, 0 },
  { GDK_KEY_Right, GDK_KEY_KP_Right, 1, 0 },
  { GDK_KEY_Up, GDK_KEY_KP_Up, 0, -1 },
  { GDK_KEY_Down, GDK_KEY_KP_Down, 0, 1 },
};

/**
 * rlv_key_is_arrow:
 * @key: a key
 * @dx: (out): to the right: -1, 0 or 1
 * @dy: (out): downward: the same
 *
 * Returns: whether it is an arrow; else @dx and @dy are left alone
 */
gboolean
rlv_key_is_arrow (guint key, int *dx, int *dy)
{
  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    if (key == arrows[i].key || key == arrows[i].keypad_key)
      {
        *dx = arrows[i].dx;
        *dy = arrows[i].dy;
        return TRUE;
      }
  return FALSE;
}

/**
 * rlv_key_is_press:
 * @key: a key
 *
 * Returns: whether it does what a click does: Space or Return
 */
gboolean
rlv_key_is_press (guint key)
{
  return key == GDK_KEY_space || key == GDK_KEY_KP_Space || key == GDK_KEY_Return || key == GDK_KEY_KP_Enter;
}
