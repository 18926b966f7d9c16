/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lanes.h: which column each of the lines lies in that, beside a list, join every row to the rows that read it */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* More lines than this are not drawn apart. */
#define RLV_MAX_LANES 16

/**
 * RlvLane:
 * @column: where the row's own dot lies, from 0
 * @in: (type guint): bit i: line i comes from above to the dot
 * @through: bit i: line i passes by, from above to below
 * @out: whether a line leaves the dot downward, in its own column
 *
 * What is drawn beside one row.
 */
typedef struct
{
  guint column;
  guint in, through;
  gboolean out;
} RlvLane;

/* reads[i]: (element-type guint): the rows that row i reads, all before it. Returns how many columns there are. */
guint rlv_lanes_find (GArray *const *reads, guint n, RlvLane *lanes);

G_END_DECLS
