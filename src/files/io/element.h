/* SPDX-License-Identifier: GPL-3.0-or-later */
/* element.h: the types of the numbers that files hold, and what they become */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  LRP_ELEMENT_FLOAT16,
  LRP_ELEMENT_BFLOAT16,
  LRP_ELEMENT_FLOAT32,
  LRP_ELEMENT_FLOAT64,
  LRP_ELEMENT_INT8,
  LRP_ELEMENT_INT16,
  LRP_ELEMENT_INT32,
  LRP_ELEMENT_INT64,
  LRP_ELEMENT_UINT8,
  LRP_ELEMENT_UINT16,
  LRP_ELEMENT_UINT32,
  LRP_ELEMENT_UINT64,
  LRP_ELEMENT_BOOL,
  LRP_N_ELEMENTS
} LrpElementType;

/**
 * LrpElement:
 * @name: "float32", ...
 * @size: bytes in a file
 * @to_float: (nullable): what its bits mean, for real numbers
 * @to_int: (nullable): what its bits mean, for whole numbers and truth values
 *
 * A type of numbers. It has either @to_float or @to_int.
 */
typedef struct
{
  const char *name;
  gsize size;
  float (*to_float) (guint64 bits);
  gint64 (*to_int) (guint64 bits);
} LrpElement;

extern const LrpElement lrp_elements[LRP_N_ELEMENTS];

/* The bits of one element. */
static inline guint64
lrp_element_bits (const guint8 *data, gsize size, gboolean big_endian)
{
  guint64 bits = 0;

  for (gsize i = 0; i < size; i++)
    bits |= (guint64) data[big_endian ? size - 1 - i : i] << (8 * i);
  return bits;
}

G_END_DECLS
