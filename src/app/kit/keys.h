/* SPDX-License-Identifier: GPL-3.0-or-later */
/* keys.h: keys that mean the same wherever something is moved or pressed */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An arrow, also of the keypad: -1, 0 or 1 to the right and downward. */
gboolean rlv_key_is_arrow (guint key, int *dx, int *dy);
/* Space or Return, also of the keypad. */
gboolean rlv_key_is_press (guint key);

G_END_DECLS
