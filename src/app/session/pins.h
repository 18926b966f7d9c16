/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pins.h: pixels that are watched */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define RLV_TYPE_PINS (rlv_pins_get_type ())
G_DECLARE_FINAL_TYPE (RlvPins, rlv_pins, RLV, PINS, GObject)

/* As many as people can tell apart by a digit. */
#define RLV_PINS_MAX 9

typedef struct
{
  int column, row;
} RlvPin;

/* Signal "changed" (no arguments). */
RlvPins *rlv_pins_new (void) G_GNUC_WARN_UNUSED_RESULT;

guint rlv_pins_get_n (RlvPins *self);
RlvPin rlv_pins_get (RlvPins *self, guint index);
int rlv_pins_find (RlvPins *self, int column, int row);

void rlv_pins_toggle (RlvPins *self, int column, int row);
void rlv_pins_remove (RlvPins *self, guint index);
void rlv_pins_clear (RlvPins *self);

G_END_DECLS
