/* SPDX-License-Identifier: GPL-3.0-or-later */
/* element.c: the types of the numbers that files hold, and what their bits mean */
#include "config.h"

#include "files/io/element.h"

#include <math.h>
#include <string.h>

static float
float_of_float (guint64 bits)
{
  guint32 low = (guint32) bits;
  float value;

  memcpy (&value, &low, sizeof value);
  return value;
}

static float
float_of_double (guint64 bits)
{
  double value;

  memcpy (&value, &bits, sizeof value);
  return (float) value;
}

/* One sign, five exponent and ten fraction bits. */
static float
float_of_half (guint64 bits)
{
  guint32 exponent = (guint32) bits >> 10 & 31, fraction = (guint32) bits & 1023;
  float value = exponent == 31 ? (fraction ? NAN : INFINITY)
                : exponent     ? ldexpf ((float) (fraction + 1024), (int) exponent - 25)
                               : ldexpf ((float) fraction, -24);

  return bits & 0x8000 ? -value : value;
}

/* The upper half of a float. */
static float
float_of_bfloat (guint64 bits)
{
  return float_of_float ((bits & 0xffff) << 16);
}

#define INT_OF(type, ctype)                                                                                            \
  static gint64 int_of_##type (guint64 bits)                                                                           \
  {                                                                                                                    \
    return (gint64) (ctype) bits;                                                                                      \
  }
INT_OF (int8, gint8)
INT_OF (int16, gint16)
INT_OF (int32, gint32)
INT_OF (int64, gint64)
INT_OF (uint8, guint8)
INT_OF (uint16, guint16)
INT_OF (uint32, guint32)
#undef INT_OF

static gint64
int_of_bool (guint64 bits)
{
  return (bits & 0xff) != 0;
}

/* ORDER: as of LrpElementType. */
const LrpElement lrp_elements[LRP_N_ELEMENTS] = {
  [LRP_ELEMENT_FLOAT16] = { "float16", 2, .to_float = float_of_half },
  [LRP_ELEMENT_BFLOAT16] = { "bfloat16", 2, .to_float = float_of_bfloat },
  [LRP_ELEMENT_FLOAT32] = { "float32", 4, .to_float = float_of_float },
  [LRP_ELEMENT_FLOAT64] = { "float64", 8, .to_float = float_of_double },
  [LRP_ELEMENT_INT8] = { "int8", 1, .to_int = int_of_int8 },
  [LRP_ELEMENT_INT16] = { "int16", 2, .to_int = int_of_int16 },
  [LRP_ELEMENT_INT32] = { "int32", 4, .to_int = int_of_int32 },
  [LRP_ELEMENT_INT64] = { "int64", 8, .to_int = int_of_int64 },
  [LRP_ELEMENT_UINT8] = { "uint8", 1, .to_int = int_of_uint8 },
  [LRP_ELEMENT_UINT16] = { "uint16", 2, .to_int = int_of_uint16 },
  [LRP_ELEMENT_UINT32] = { "uint32", 4, .to_int = int_of_uint32 },
  [LRP_ELEMENT_UINT64] = { "uint64", 8, .to_int = int_of_int64 },
  [LRP_ELEMENT_BOOL] = { "bool", 1, .to_int = int_of_bool },
};
