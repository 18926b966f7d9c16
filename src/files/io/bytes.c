/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bytes.c: comparing stretches of memory that somebody else keeps */
#include "config.h"

#include "files/io/bytes.h"

#include <string.h>

/**
 * lrp_bytes_of:
 * @bytes: bytes, which must outlive the result
 *
 * Returns: (transfer none): all of them
 */
LrpBytes
lrp_bytes_of (GBytes *bytes)
{
  LrpBytes all;

  all.data = g_bytes_get_data (bytes, &all.size);
  return all;
}

/**
 * lrp_bytes_equal:
 * @a: bytes
 * @b: bytes
 *
 * Returns: whether they are the same
 */
gboolean
lrp_bytes_equal (LrpBytes a, LrpBytes b)
{
  return a.size == b.size && (a.size == 0 || memcmp (a.data, b.data, a.size) == 0);
}

/**
 * lrp_bytes_equal_string:
 * @a: bytes
 * @b: a string
 *
 * Returns: whether @a spells @b
 */
gboolean
lrp_bytes_equal_string (LrpBytes a, const char *b)
{
  return lrp_bytes_equal (a, (LrpBytes){ (const guint8 *) b, strlen (b) });
}
