/* SPDX-License-Identifier: GPL-3.0-or-later */
/* field.c: the picture that a network reads */
#include "config.h"

#include "files/pictures/field.h"

#include <math.h>

#define MAX_SIDE 4096

/* A square of grey pixels, written as one row: [N, 784] is 28 x 28. */
static gboolean
find_in_row (gint64 n, LrpField *field)
{
  gint64 side = (gint64) floor (sqrt ((double) n) + 0.5);

  *field = (LrpField){ 1, (int) side, (int) side };
  return side > 1 && side <= MAX_SIDE && side * side == n;
}

/**
 * lrp_field_find:
 * @network: a network
 * @field: (out caller-allocates): the picture it reads
 *
 * Returns: whether the network reads pictures at all
 */
gboolean
lrp_field_find (const LrpNetwork *network, LrpField *field)
{
  const LrpShape *shape = &lrp_network_get_layer (network, 0)->shape;
  const gint64 *d = shape->dims;

  if (shape->rank == 2)
    return find_in_row (d[1], field);
  if (shape->rank != 4 || d[1] < 1 || d[1] > LRP_MAX_CHANNELS || d[2] < 1 || d[2] > MAX_SIDE || d[3] < 1
      || d[3] > MAX_SIDE)
    return FALSE;
  *field = (LrpField){ (guint) d[1], (int) d[3], (int) d[2] };
  return TRUE;
}
