/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tiles.c: one sample's pictures cut into tiles, each with what a window needs for it */
#include "config.h"

#include "lrp/engine/tiles.h"

#include <string.h>

/* As large as they may be; where they are of the plane, of whole strides, so that the window lies alike in all. */
static void
choose_extent (LrpTiles *tiles, const LrpShape *out, double share)
{
  gint64 least[2], *extent = tiles->extent;
  double all = (double) (out->dims[2] * out->dims[3]);

  for (guint i = 0; i < 2; i++)
    {
      least[i] = tiles->gather ? 1 : tiles->stride[i];
      extent[i] = (out->dims[2 + i] + least[i] - 1) / least[i] * least[i];
    }
  while ((double) (extent[0] * extent[1]) > share * all && (extent[0] > least[0] || extent[1] > least[1]))
    {
      guint larger = extent[0] / least[0] >= extent[1] / least[1] ? 0 : 1;
      extent[larger] = (extent[larger] / least[larger] + 1) / 2 * least[larger];
    }
}

static gint64
floor_div (gint64 a, gint64 b)
{
  return a / b - (a % b < 0 ? 1 : 0);
}

/* Places the window in a tile along one axis. Returns how much of the input it needs. */
static gint64
place_window (LrpTiles *tiles, guint i, LrpWindow *window)
{
  gint64 stride = window->stride[i], reach = (window->kernel[i] - 1) * window->dilation[i] + 1;
  gint64 pad = window->pad_begin[i], extent = tiles->extent[i], needed;

  if (tiles->gather)
    {
      tiles->begin[i] = -pad;
      window->pad_begin[i] = window->pad_end[i] = 0;
      return (extent - 1) * stride + reach;
    }
  tiles->begin[i] = floor_div (pad - reach + 1, stride);
  needed = floor_div (extent - 1 + pad, stride) - tiles->begin[i] + 2; /* one more, lest padding be negative */
  window->pad_begin[i] = pad - tiles->begin[i] * stride;
  window->pad_end[i] = (needed - 1) * stride + reach - extent - window->pad_begin[i];
  return needed;
}

void
lrp_tiles_init (LrpTiles *tiles, const LrpShape *in, const LrpShape *out, LrpWindow *window, gboolean gather,
                double share)
{
  *tiles = (LrpTiles){ .gather = gather, .stride = { window->stride[0], window->stride[1] } };
  choose_extent (tiles, out, share);
  tiles->in.room.shape = LRP_SHAPE (1, in->dims[1], place_window (tiles, 0, window), place_window (tiles, 1, window));
  tiles->out.room.shape = LRP_SHAPE (1, out->dims[1], tiles->extent[0], tiles->extent[1]);
  for (guint i = 0; i < 2; i++)
    {
      tiles->in.size[i] = in->dims[2 + i];
      tiles->out.size[i] = out->dims[2 + i];
    }
}

gboolean
lrp_tiles_make_room (LrpTiles *tiles, gsize in_block, gsize out_block, GError **error)
{
  LrpShape in = tiles->in.room.shape, out = tiles->out.room.shape;
  gsize count;

  return lrp_shape_count (&in, &count, error) && lrp_shape_count (&out, &count, error)
         && lrp_buffer_init (&tiles->in.room, &in, in_block, error)
         && lrp_buffer_init (&tiles->out.room, &out, out_block, error);
}

void
lrp_tiles_clear (LrpTiles *tiles)
{
  lrp_buffer_clear (&tiles->in.room);
  lrp_buffer_clear (&tiles->out.room);
}

/* Where a rectangle of pixels begins in one sample. */
typedef struct
{
  const LrpLayout *layout;
  gint64 width, row, column;
} Corner;

static gsize
row_at (const Corner *corner, gsize channel, gint64 row)
{
  gsize pixel = (gsize) ((corner->row + row) * corner->width + corner->column);

  return lrp_layout_channel (corner->layout, 0, channel) + pixel * corner->layout->block;
}

static void
copy_rectangle (const Corner *to, float *dst, const Corner *from, const float *src, gint64 rows, gint64 columns)
{
  gsize to_block = to->layout->block, from_block = from->layout->block;
  gboolean same = to_block == from_block;

  for (gsize c = 0; c < to->layout->c; c += same ? to_block : 1)
    for (gint64 r = 0; r < rows; r++)
      {
        float *d = dst + row_at (to, c, r);
        const float *s = src + row_at (from, c, r);
        if (same)
          memcpy (d, s, (gsize) columns * to_block * sizeof *d);
        for (gint64 i = 0; !same && i < columns; i++)
          d[(gsize) i * to_block] = s[(gsize) i * from_block];
      }
}

void
lrp_tiles_fetch (LrpTiles *tiles, gint64 row, gint64 column, const float *in)
{
  LrpBuffer *room = &tiles->in.room;
  const gint64 at[] = { row, column }, *wanted = room->shape.dims + 2;
  gint64 begin[2], first[2], n[2];

  for (guint i = 0; i < 2; i++)
    {
      begin[i] = tiles->begin[i] + (tiles->gather ? at[i] * tiles->stride[i] : at[i] / tiles->stride[i]);
      first[i] = CLAMP (begin[i], 0, tiles->in.size[i]);
      n[i] = CLAMP (begin[i] + wanted[i], 0, tiles->in.size[i]) - first[i];
    }
  if (n[0] < wanted[0] || n[1] < wanted[1])
    memset (room->data, 0, lrp_layout_size (&room->layout) * sizeof (float));
  if (n[0] > 0 && n[1] > 0)
    copy_rectangle (&(Corner){ &room->layout, wanted[1], first[0] - begin[0], first[1] - begin[1] }, room->data,
                    &(Corner){ &tiles->in.all, tiles->in.size[1], first[0], first[1] }, in, n[0], n[1]);
}

void
lrp_tiles_deliver (LrpTiles *tiles, gint64 row, gint64 column, float *out)
{
  copy_rectangle (&(Corner){ &tiles->out.all, tiles->out.size[1], row, column }, out,
                  &(Corner){ &tiles->out.room.layout, tiles->extent[1], 0, 0 }, tiles->out.room.data,
                  MIN (tiles->extent[0], tiles->out.size[0] - row),
                  MIN (tiles->extent[1], tiles->out.size[1] - column));
}
