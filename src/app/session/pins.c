/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pins.c: pixels that are watched */
#include "config.h"

#include "app/session/pins.h"

/**
 * RlvPins:
 *
 * Places in the network's input, in the order in which they were pinned.
 */
struct _RlvPins
{
  GObject parent_instance;

  GArray *pins; /* of RlvPin */
};

G_DEFINE_FINAL_TYPE (RlvPins, rlv_pins, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
rlv_pins_finalize (GObject *object)
{
  g_array_unref (RLV_PINS (object)->pins);
  G_OBJECT_CLASS (rlv_pins_parent_class)->finalize (object);
}

static void
rlv_pins_class_init (RlvPinsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rlv_pins_finalize;

  /**
   * RlvPins::changed:
   * @self: the pins
   *
   * There is one more, or one less.
   */
  signals[CHANGED] = g_signal_new ("changed", RLV_TYPE_PINS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rlv_pins_init (RlvPins *self)
{
  self->pins = g_array_new (FALSE, FALSE, sizeof (RlvPin));
}

/**
 * rlv_pins_new:
 *
 * Returns: (transfer full): no pins yet
 */
RlvPins *
rlv_pins_new (void)
{
  return g_object_new (RLV_TYPE_PINS, NULL);
}

/**
 * rlv_pins_get_n:
 * @self: pins
 *
 * Returns: how many there are, at most %RLV_PINS_MAX
 */
guint
rlv_pins_get_n (RlvPins *self)
{
  g_return_val_if_fail (RLV_IS_PINS (self), 0);
  return self->pins->len;
}

/**
 * rlv_pins_get:
 * @self: pins
 * @index: less than rlv_pins_get_n()
 *
 * Returns: where it is
 */
RlvPin
rlv_pins_get (RlvPins *self, guint index)
{
  g_return_val_if_fail (RLV_IS_PINS (self) && index < self->pins->len, ((RlvPin){ -1, -1 }));
  return g_array_index (self->pins, RlvPin, index);
}

/**
 * rlv_pins_find:
 * @self: pins
 * @column: of a pixel
 * @row: of it
 *
 * Returns: which pin is there, or -1
 */
int
rlv_pins_find (RlvPins *self, int column, int row)
{
  g_return_val_if_fail (RLV_IS_PINS (self), -1);

  for (guint i = 0; i < self->pins->len; i++)
    {
      const RlvPin *pin = &g_array_index (self->pins, RlvPin, i);
      if (pin->column == column && pin->row == row)
        return (int) i;
    }
  return -1;
}

/**
 * rlv_pins_toggle:
 * @self: pins
 * @column: of a pixel
 * @row: of it
 *
 * Pins a pixel, or lets it go where it is pinned. Of too many the first one gives way.
 */
void
rlv_pins_toggle (RlvPins *self, int column, int row)
{
  RlvPin pin = { column, row };
  int found;

  g_return_if_fail (RLV_IS_PINS (self));

  found = rlv_pins_find (self, column, row);
  if (found >= 0)
    {
      rlv_pins_remove (self, (guint) found);
      return;
    }
  if (self->pins->len == RLV_PINS_MAX)
    g_array_remove_index (self->pins, 0);
  g_array_append_val (self->pins, pin);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * rlv_pins_remove:
 * @self: pins
 * @index: less than rlv_pins_get_n()
 */
void
rlv_pins_remove (RlvPins *self, guint index)
{
  g_return_if_fail (RLV_IS_PINS (self) && index < self->pins->len);

  g_array_remove_index (self->pins, index);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * rlv_pins_clear:
 * @self: pins
 */
void
rlv_pins_clear (RlvPins *self)
{
  g_return_if_fail (RLV_IS_PINS (self));

  if (!self->pins->len)
    return;
  g_array_set_size (self->pins, 0);
  g_signal_emit (self, signals[CHANGED], 0);
}
