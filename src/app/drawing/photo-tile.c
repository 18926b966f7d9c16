/* SPDX-License-Identifier: GPL-3.0-or-later */
/* photo-tile.c: the squares in which a photo is painted on */
#include "config.h"

#include "app/drawing/photo-tile.h"

#include "app/drawing/photo-private.h"

/**
 * _rlv_tile_count_columns:
 * @photo: a photo
 *
 * Returns: how many tiles lie side by side
 */
guint
_rlv_tile_count_columns (const RlvPhoto *photo)
{
  return ((guint) rlv_photo_get_width (photo) + RLV_TILE - 1) / RLV_TILE;
}

/**
 * _rlv_tile_get_pixel:
 * @photo: a photo
 * @x: column
 * @y: row
 *
 * Returns: (transfer none): that pixel of its surface, and those to the right
 */
guint32 *
_rlv_tile_get_pixel (const RlvPhoto *photo, int x, int y)
{
  return _rlv_photo_get_row (photo->surface, y) + x;
}

/**
 * _rlv_tile_intersect:
 * @a: (inout): an area; then what of it lies in @b
 * @b: another one
 *
 * Returns: whether anything is left
 */
gboolean
_rlv_tile_intersect (cairo_rectangle_int_t *a, const cairo_rectangle_int_t *b)
{
  int x2 = MIN (a->x + a->width, b->x + b->width), y2 = MIN (a->y + a->height, b->y + b->height);

  a->x = MAX (a->x, b->x);
  a->y = MAX (a->y, b->y);
  a->width = MAX (x2 - a->x, 0);
  a->height = MAX (y2 - a->y, 0);
  return a->width > 0 && a->height > 0;
}

/* Two channels at a time; by 255, rounded. */
static guint32
mix_pair (guint32 below, guint32 fill, guint32 cover)
{
  guint32 sum = (below & 0xff00ff) * (255 - cover) + (fill & 0xff00ff) * cover + 0x800080;

  return (sum + (sum >> 8 & 0xff00ff)) >> 8 & 0xff00ff;
}

static void
mix_row (guint32 *pixels, const guint32 *below, const guint32 *fill, const guint8 *cover, int n)
{
  for (int i = 0; i < n; i++)
    pixels[i] =
        0xff000000u | mix_pair (below[i], fill[i], cover[i]) | mix_pair (below[i] >> 8, fill[i] >> 8, cover[i]) << 8;
}

/**
 * _rlv_tile_mix:
 * @photo: a photo
 * @paint: a movement over it
 * @tile: a tile
 * @cover: how much of each of its pixels the movement covers, row by row
 * @below: (nullable): what is under it, row by row; %NULL: what is there
 *
 * Paints on a tile.
 */
void
_rlv_tile_mix (RlvPhoto *photo, const RlvPaint *paint, const cairo_rectangle_int_t *tile, const guint8 *cover,
               const guint32 *below)
{
  guint32 fill[RLV_TILE];

  for (int y = 0; y < tile->height; y++)
    {
      guint32 *pixels = _rlv_tile_get_pixel (photo, tile->x, tile->y + y);
      gsize row = (gsize) y * (gsize) tile->width;
      rlv_photo_fill_row (photo, paint, tile->x, tile->y + y, tile->width, fill);
      mix_row (pixels, below ? below + row : pixels, fill, cover + row, tile->width);
    }
}

/**
 * _rlv_tile_foreach:
 * @photo: a photo
 * @part: a part of it
 * @visit: called for every tile that lies in the part
 * @data: for @visit
 */
void
_rlv_tile_foreach (RlvPhoto *photo, const cairo_rectangle_int_t *part, RlvTileVisit visit, gpointer data)
{
  const cairo_rectangle_int_t all = { 0, 0, rlv_photo_get_width (photo), rlv_photo_get_height (photo) };

  for (int y = part->y / RLV_TILE; y * RLV_TILE < part->y + part->height; y++)
    for (int x = part->x / RLV_TILE; x * RLV_TILE < part->x + part->width; x++)
      {
        cairo_rectangle_int_t tile = { x * RLV_TILE, y * RLV_TILE, RLV_TILE, RLV_TILE };
        if (_rlv_tile_intersect (&tile, &all))
          visit (photo, &tile, (guint) y * _rlv_tile_count_columns (photo) + (guint) x, data);
      }
}
