/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tiles.h: one sample's pictures cut into tiles, each with what a window needs for it; private to the core */
#pragma once

#include "lrp/base/layout.h"
#include "lrp/net/op.h"

G_BEGIN_DECLS

/* One end of what is cut: all of it, and room for what belongs to one tile. */
typedef struct
{
  LrpLayout all;
  gint64 size[2]; /* rows and columns of all */
  LrpBuffer room;
} LrpTileEnd;

/**
 * LrpTiles:
 * @in: what is read
 * @out: what is cut into tiles
 * @extent: rows and columns of a tile; tiles begin at multiples of them
 * @begin: where in the input that of the first tile begins
 * @stride: the window's
 * @gather: @out is a window's places, else the plane that it slides over
 *
 * A tile is worked out as if it were all there is: tiles at the edge are like all others, with zeros around the
 * picture.
 */
typedef struct
{
  LrpTileEnd in, out;
  gint64 extent[2], begin[2], stride[2];
  gboolean gather;
} LrpTiles;

/* Chooses tiles that are at most that share of a sample, if they can be, and sets their shapes in the rooms. window:
 * changed to how it lies in a tile. */
void lrp_tiles_init (LrpTiles *tiles, const LrpShape *in, const LrpShape *out, LrpWindow *window, gboolean gather,
                     double share);
/* Makes the rooms, of these blocks. */
gboolean lrp_tiles_make_room (LrpTiles *tiles, gsize in_block, gsize out_block, GError **error);
void lrp_tiles_clear (LrpTiles *tiles);

/* Brings what the tile at that place needs of one sample into its room; and the tile from its room to the sample. */
void lrp_tiles_fetch (LrpTiles *tiles, gint64 row, gint64 column, const float *in);
void lrp_tiles_deliver (LrpTiles *tiles, gint64 row, gint64 column, float *out);

G_END_DECLS
